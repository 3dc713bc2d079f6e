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
