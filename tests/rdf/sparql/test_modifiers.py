"""What follows a pattern: GROUP BY, HAVING, VALUES, LIMIT and OFFSET, of every form (18.2.4)."""

import pytest

from glocal_kg.errors import QueryError
from tests.rdf.sparql.ask import ask

DATA = "ex:a ex:p ex:b , ex:d . ex:b ex:p ex:c . ex:c ex:p ex:a ."
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("ASK { } HAVING (false)", False),
        ("ASK { ?s ex:p ?o } HAVING (?o = ex:c)", True),
        ("ASK { ?s ex:p ?o } HAVING (COUNT(*) > 4)", False),
        ("ASK { ?s ex:p ?o } GROUP BY ?s HAVING (COUNT(*) > 1)", True),
        ("ASK { ?s ex:p ?o } GROUP BY ?s HAVING (COUNT(*) > 2)", False),
        ("ASK { ?s ex:p ?o } LIMIT 0", False),
        ("ASK { ?s ex:p ?o } OFFSET 3", True),
        ("ASK { ?s ex:p ?o } OFFSET 4", False),
        ("ASK { ?s ex:p ?o } VALUES ?s { ex:d }", False),
        ("ASK { ?s ex:p ?o } VALUES ?s { ex:d ex:a }", True),
        ("ASK { } VALUES ?s { }", False),
    ],
)
def test_ask_asks_for_a_row_of_what_is_left(query: str, wanted: bool) -> None:
    assert ask(query, DATA) is wanted


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        # Without an aggregate nothing is grouped, and HAVING is a filter.
        ("SELECT ?s { ?s ex:p ?o } HAVING (?o = ex:c)", ["<http://ex.org/b>"]),
        ("SELECT ?s { ?s ex:p ?o } HAVING (?o = ex:c) LIMIT 1", ["<http://ex.org/b>"]),
        ("SELECT ?s { ?s ex:p ?o } HAVING (false)", []),
        ("SELECT (STR(?s) AS ?x) { ?s ex:p ?o } HAVING (?o = ex:c)", ['"http://ex.org/b"']),
        ("SELECT ?x { { SELECT (?s AS ?x) { ?s ex:p ?o } HAVING (?o = ex:c) } ?x ex:p ?y }",
         ["<http://ex.org/b>"]),
        # VALUES at the end is joined with the groups, not with what is grouped.
        ("SELECT (COUNT(*) AS ?n) { ?s ex:p ?o } VALUES ?s { ex:a }", [f'"4"^^<{XSD}integer>']),
        ("SELECT (COUNT(*) AS ?n) { ?s ex:p ?o } GROUP BY ?s VALUES ?s { ex:a }",
         [f'"2"^^<{XSD}integer>']),
        ("SELECT (COUNT(*) AS ?n) { ?s ex:p ?o } GROUP BY ?s VALUES ?s { ex:a UNDEF }",
         [f'"{n}"^^<{XSD}integer>' for n in (1, 1, 2, 2)]),
    ],
)  # fmt: skip
def test_having_and_values(query: str, rows: list[str]) -> None:
    assert sorted(row[0] for row in ask(query, DATA)) == rows


def test_a_column_cannot_be_computed_and_given() -> None:
    with pytest.raises(QueryError, match="has a value already"):
        ask("SELECT (COUNT(*) AS ?n) { ?s ex:p ?o } VALUES ?n { 6 }", DATA)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?s { ?s ex:p ?o } GROUP BY ?s HAVING(?o > 2)", ["ex:b"]),
        ("SELECT ?s { ?s ex:p ?o } GROUP BY ?s HAVING(?o + 1 > 3 && COUNT(*) = 1)", ["ex:b"]),
        ("SELECT ?s { ?s ex:p ?o } GROUP BY ?s HAVING(BOUND(?o))", ["ex:a", "ex:b"]),
        ("SELECT ?s { ?s ex:p 3 OPTIONAL { ?s a ?x } } GROUP BY ?s HAVING(BOUND(?x))", []),
        ("SELECT ?s { ?s ex:p 3 OPTIONAL { ?s a ?x } } GROUP BY ?s HAVING(!BOUND(?x))", ["ex:b"]),
        ("SELECT ?s { ?s ex:p ?o } GROUP BY ?s ORDER BY DESC(?o)", ["ex:b", "ex:a"]),
        ("SELECT ?s { ?s ex:p ?o } GROUP BY ?s (STR(?o) AS ?t) HAVING(?o = 2)", ["ex:a"]),
        ("SELECT (MIN(?s) AS ?x) { ?s ex:p ?o } GROUP BY STR(?o) HAVING(STR(?o) = '3')", ["ex:b"]),
        ("SELECT (MIN(?s) AS ?x) { ?s ex:p ?o } HAVING(?o > 0)", ["ex:a"]),
    ],
)  # fmt: skip
def test_a_variable_that_is_no_key_stands_for_a_sample(query: str, rows: list[str]) -> None:
    """18.2.4.1: in HAVING and ORDER BY each variable outside aggregates is one of its group."""
    found = ask(query, "ex:a ex:p 1, 2 . ex:b ex:p 3 .")
    names = [name.replace("<http://ex.org/", "ex:").rstrip(">") for (name, *_) in found]
    assert names == rows or ("ORDER" not in query and sorted(names) == rows)
