"""A filter that can be true in no row, or is in all, and a column without a value say why."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from glocal_kg._cli import run

DATED = "?p schema:startDate ?d"

IN_VAIN = {
    'CONTAINS(?d, "2004")': 'CONTAINS(STR(?d), "2004")',
    'REGEX(?d, "2004")': 'REGEX(STR(?d), "2004")',
    "STR(?d) > 2005": 'STR(?d) > "2005"',
    "STR(?d) = 2004": 'STR(?d) = "2004"',
    "SUBSTR(STR(?d), 1, 4) = 2004": 'SUBSTR(STR(?d), 1, 4) = "2004"',
    'YEAR(?d) = "2004"': "YEAR(?d) = 2004",
    "?d IN (2004, 2005)": "YEAR(?d) IN (2004, 2005)",
    "!(?d > 2004)": "YEAR(?d) > 2004",
    "IF(?d > 2004, true, false)": "YEAR(?d) > 2004",
    "COALESCE(?d > 2004, false)": "YEAR(?d) > 2004",
    "?d > 2004 || ?d < 1990": "YEAR(?d) > 2004",
    "STR(?p) != '' && ?d - 1 > 2000": "YEAR(?d) - 1",
    "xsd:integer(?d) > 1990": "YEAR(?d)",
    'DATATYPE(?d) = "xsd:gYear"': "DATATYPE(?d) = xsd:gYear",
    "STRSTARTS(STR(?d), 2004)": 'STRSTARTS(STR(?d), "2004")',
}

ALL_THROUGH = {
    f"SELECT ?p {{ {DATED} FILTER(?d != 2004) }}": "YEAR(?d) != 2004",
    'SELECT ?s { ?s a glocal:Source FILTER(?s != "source:deck") }': "?s != source:deck",
    'SELECT ?s { ?s a glocal:Source FILTER(?s NOT IN ("source:deck")) }':
        "?s NOT IN (source:deck)",
    "SELECT ?n { ?x schema:position ?n FILTER(!(?n = '1')) }": "!(?n = 1)",
}  # fmt: skip

RIGHT = [
    f"{{ {DATED} FILTER(STR(?d) > '3000') }}",
    f"{{ {DATED} FILTER(YEAR(?d) = 1066) }}",
    f"{{ {DATED} FILTER(MONTH(?d) > 12) }}",  # of a year it has no value, of some it has
    "{ ?x a glocal:City FILTER(?x = ?y) VALUES ?y { place:atlantis } }",
    "{ ?x a glocal:City ; rdfs:label ?l FILTER(?l != 'Rome'@en) }",
    "{ ?x a glocal:City FILTER(?x != place:rome) }",
    "{ ?x schema:position ?n FILTER(?n != 1.0) }",
    "{ ?x a glocal:City FILTER(COALESCE(xsd:integer(?x), 7) = 7) }",  # it is so on purpose
    "{ ?x a glocal:City OPTIONAL { ?x schema:endDate ?e } FILTER(?e > '2000'^^xsd:gYear) }",
]


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.mark.parametrize("test", IN_VAIN)
def test_a_filter_in_vain_is_told_with_a_value_and_what_to_write(
    kg: gk.KnowledgeGraph, test: str
) -> None:
    table = kg.select(f"SELECT ?p {{ {DATED} FILTER({test}) }}")
    assert len(table) == 0
    (told,) = [one for one in table.notes if "silence" not in one]
    assert "has no value in any row" in told or "is true in no row" in told
    assert ", such as " in told
    write = told.partition("; write ")[2].rstrip(".")
    assert write == IN_VAIN[test]
    assert any(row[0] is not None for row in kg.select(f"SELECT ({write} AS ?x) {{ {DATED} }}"))


def test_numbers_are_compared_as_numbers_and_no_note_has_the_time_of_day(
    kg: gk.KnowledgeGraph,
) -> None:
    (told,) = kg.select("SELECT ?p { ?p schema:position ?l FILTER(STR(?l) > 4) }").notes
    assert told.endswith("; write ?l > 4.")
    now = f"SELECT ?p {{ {DATED} FILTER(?d > NOW()) }}"
    assert kg.select(now).notes == kg.select(now).notes != ()


def test_it_is_told_wherever_the_filter_stands(kg: gk.KnowledgeGraph) -> None:
    test = "FILTER(?d IN (2004, 2005))"
    for pattern in (
        f"{{ GRAPH ?g {{ {DATED} {test} }} }}",
        f"{{ {{ {DATED} {test} }} UNION {{ {DATED} {test} }} }}",
        f"{{ {{ SELECT ?p {{ {DATED} {test} }} }} }}",
        f"{{ {DATED} BIND(?d IN (2004, 2005) AS ?x) FILTER(?x) }}",
    ):
        assert "?d IN (2004, 2005) is true in no row" in " ".join(
            kg.select(f"SELECT * {pattern}").notes
        )


@pytest.mark.parametrize("query", ALL_THROUGH)
def test_a_filter_that_lets_all_through_is_told(kg: gk.KnowledgeGraph, query: str) -> None:
    table = kg.select(query)
    told = table.notes[0]
    assert "is true in every row" in told
    assert told.endswith(f"; write {ALL_THROUGH[query]}.")
    filtered = query[query.index("FILTER(") : query.rindex("}")]
    right = query.replace(filtered, f"FILTER({ALL_THROUGH[query]}) ")
    assert len(kg.select(right)) < len(table)


def test_a_yes_that_rests_on_a_filter_that_lets_all_through_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["query", 'ASK { ?s a glocal:Source FILTER(?s != "source:deck") }']) == 0
    assert "is true in every row" in capsys.readouterr().err


@pytest.mark.parametrize("pattern", RIGHT)
def test_a_right_filter_has_no_note(kg: gk.KnowledgeGraph, pattern: str) -> None:
    told = " ".join(kg.select(f"SELECT * {pattern}").notes)
    assert "row:" not in told


COLUMNS = {
    f"SELECT (?d + 1 AS ?e) {{ {DATED} }}": "YEAR(?d) + 1",
    f"SELECT (STRLEN(?p) AS ?n) {{ {DATED} }}": "STRLEN(STR(?p))",
    f"SELECT (xsd:integer(?d) AS ?n) {{ {DATED} }}": "YEAR(?d)",
    f"SELECT ?n {{ {DATED} BIND(xsd:integer(?d) AS ?n) }}": "YEAR(?d)",
    "SELECT (LCASE(?n) AS ?t) { ?y schema:position ?n }": "LCASE(STR(?n))",
}


@pytest.mark.parametrize("query", COLUMNS)
def test_a_computed_column_without_a_value_says_why(kg: gk.KnowledgeGraph, query: str) -> None:
    table = kg.select(query)
    assert {row[0] for row in table} == {None}
    told = table.notes[0]
    assert "has no value in any row: ?" in told
    assert told.endswith(f"; write {COLUMNS[query]}.")
    right = kg.select(f"SELECT ({COLUMNS[query]} AS ?x) {query[query.index('{') :]}")
    assert any(row[0] is not None for row in right)
