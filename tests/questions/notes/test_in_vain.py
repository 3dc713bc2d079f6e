"""A filter that can be true in no row, or is in all, and a column without a value say why."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._questions.notes import again

DATED = "?p schema:startDate ?d"

IN_VAIN = {
    'CONTAINS(?d, "2004")': 'CONTAINS(STR(?d), "2004")',
    'REGEX(?d, "2004")': 'REGEX(STR(?d), "2004")',
    "STR(?d) > 2005": "YEAR(?d) > 2005",
    "STR(?d) = 2004": "YEAR(?d) = 2004",
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


WITHIN = {
    f"SELECT ?p {{ ?p a glocal:Practice OPTIONAL {{ {DATED} FILTER(?d > 2004) }} }}",
    f"SELECT ?p {{ ?p a glocal:Practice OPTIONAL {{ {{ {DATED} FILTER(?d > 2004) }} }} }}",
    f"SELECT ?p {{ {DATED} OPTIONAL {{ ?p rdfs:label ?l FILTER(?d > 2004) }} }}",
    f"SELECT ?p {{ ?p a glocal:Practice FILTER EXISTS {{ {DATED} FILTER(?d > 2004) }} }}",
    f"SELECT ?p {{ {DATED} FILTER EXISTS {{ ?p rdfs:label ?l FILTER(?d > 2004) }} }}",
    f"SELECT ?p {{ ?p a glocal:Practice FILTER NOT EXISTS {{ {DATED} FILTER(?d > 2004) }} }}",
    f"SELECT ?p {{ ?p a glocal:Practice MINUS {{ {DATED} FILTER(?d > 2004) }} }}",
    f"SELECT ?p {{ {{ ?p a glocal:City }} UNION {{ {DATED} FILTER(?d > 2004) }} }}",
    "SELECT ?p { ?p a glocal:Practice OPTIONAL { SELECT ?p { "
    f"{DATED} FILTER(?d > 2004) }} }} }}",
    f"SELECT ?p {{ GRAPH ?g {{ ?p a ?k OPTIONAL {{ {DATED} FILTER(?d > 2004) }} }} }}",
    f"SELECT ?p {{ ?p a glocal:Practice OPTIONAL {{ {DATED} BIND(?d AS ?e) FILTER(?e > 2004) }} }}",
    f"CONSTRUCT {{ ?p a ?k }} {{ ?p a ?k MINUS {{ {DATED} FILTER(?d > 2004) }} }}",
    f"SELECT ?p (?d > 2004 AS ?late) {{ {DATED} }}",
    f"SELECT ?p ?late {{ {DATED} BIND(?d > 2004 AS ?late) }}",
}  # fmt: skip


@pytest.mark.parametrize("query", sorted(WITHIN))
def test_it_is_told_beside_rows_too_and_once(kg: gk.KnowledgeGraph, query: str) -> None:
    told = [one for one in kg.query(query).notes if "YEAR(?d) > 2004" in one]
    assert len(told) == 1
    assert "no value in any row" in told[0]
    right = kg.query(query.replace("?d > 2004", "YEAR(?d) > 2004").replace("?e >", "YEAR(?e) >"))
    assert "no value in any row" not in " ".join(right.notes)


HAVING = {
    f"SELECT ?p {{ {DATED} }} GROUP BY ?p HAVING(COUNT(?d) > '0')": "COUNT(?d) > 0",
    f"SELECT ?p {{ {DATED} }} GROUP BY ?p HAVING(COUNT(?d) = '1')": "COUNT(?d) = 1",
    f"SELECT ?p {{ {DATED} }} GROUP BY ?p HAVING(MIN(?d) > 2004)": "YEAR(MIN(?d)) > 2004",
    f"SELECT ?d {{ {DATED} }} GROUP BY ?d HAVING(?d > 2004)": "YEAR(?d) > 2004",
}


@pytest.mark.parametrize("query", HAVING)
def test_it_is_told_of_having(kg: gk.KnowledgeGraph, query: str) -> None:
    (told,) = kg.select(query).notes
    assert told.endswith(f"; write {HAVING[query]}.")
    assert len(kg.select(f"{query[: query.index('HAVING')]} HAVING({HAVING[query]})"))
    within = f"SELECT * {{ ?p a glocal:Practice OPTIONAL {{ {query} }} }}"
    assert told in kg.select(within).notes


def test_what_a_subquery_computes_without_a_value_is_told(kg: gk.KnowledgeGraph) -> None:
    query = f"{{ {{ SELECT ?p (xsd:integer(?d) AS ?y) {{ {DATED} }} }} FILTER(?y > 2004) }}"
    (told,) = kg.select(f"SELECT * {query}").notes
    assert told.startswith("xsd:integer(?d) has no value in any row")
    assert told.endswith("; write YEAR(?d).")


def test_an_equality_of_a_column_that_can_never_be_is_told(kg: gk.KnowledgeGraph) -> None:
    told = kg.select(f"SELECT ?p (?d = 2004 AS ?is) {{ {DATED} }}").notes
    assert any(one.startswith("?d = 2004 is true in no row") for one in told)
    assert not any("row:" in one for one in kg.select(
        f"SELECT ?p (YEAR(?d) = 1066 AS ?is) {{ {DATED} }}").notes)  # fmt: skip


def test_the_command_tells_it_of_yes_and_no(capsys: pytest.CaptureFixture[str]) -> None:
    inside = f"FILTER NOT EXISTS {{ {DATED} FILTER(?d > 2004) }}"
    assert run(["query", f"ASK {{ ?p a glocal:Practice {inside} }}"]) == 0
    assert "?d > 2004 has no value in any row" in capsys.readouterr().err


@pytest.fixture(scope="module")
def large() -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    day, whole = ("http://www.w3.org/2001/XMLSchema#" + one for one in ("date", "integer"))
    kg.add(gk.Text("".join(
        f'<urn:x{n}> <urn:d> "{1950 + n % 70}-01-02"^^<{day}> ; <urn:n> "{n}"^^<{whole}> ;'
        f' <urn:l> "thing {n}" .\n'
        for n in range(12_000)
    ), "turtle"))  # fmt: skip
    return kg


LARGE = {
    "<urn:d> ?d FILTER(?d != 2004)": "write YEAR(?d) != 2004",
    "<urn:d> ?d FILTER(YEAR(?d) = '2004')": "write YEAR(?d) = 2004",
    "<urn:n> ?n FILTER(?n != '7')": "write ?n != 7",
    "<urn:l> ?n FILTER(STRLEN(?n) = '7')": "write STRLEN(?n) = 7",
    "<urn:l> ?l OPTIONAL { ?x <urn:d> ?d FILTER(?d > 2004) }": "write YEAR(?d) > 2004",
    "<urn:l> ?l FILTER(CONTAINS(?l, 'thing 1195') && ?l != 5)": 'write ?l != "5"',
}


@pytest.mark.parametrize("pattern", LARGE)
def test_it_is_told_of_many_rows(
    large: gk.KnowledgeGraph, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "_WORK", 400_000)  # a tenth of the work for a tenth of the rows
    (told,) = large.select(f"SELECT ?x {{ ?x {pattern} }}", inferred=False).notes
    assert f"; {LARGE[pattern]}." in told


@pytest.mark.parametrize("test", ["CONTAINS(?l, 'ZZ')", "STRLEN(?l) = 99", "?l = 'thing'"])
def test_a_right_filter_of_many_rows_is_asked_of_the_first_alone(
    large: gk.KnowledgeGraph, test: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    took = again.NoteLimits._take

    def taken(self: again.NoteLimits, rows: int) -> None:
        sizes.append(rows)
        took(self, rows)

    table = large.select(f"SELECT ?x {{ ?x <urn:l> ?l FILTER({test}) }}", inferred=False)
    monkeypatch.setattr(again.NoteLimits, "_take", taken)
    assert table.notes == ()
    assert sum(rows > 1000 for rows in sizes) <= 2  # the rows before the first ones are taken


def test_a_thing_without_a_name_is_shown_as_one() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("<urn:a> <urn:p> [ <urn:n> 3 ] , [ <urn:n> 4 ] .", "turtle"))
    (told,) = kg.select("SELECT ?b { ?a <urn:p> ?b FILTER(?b != 3) }").notes
    assert told == "?b != 3 is true in every row: ?b is a thing, such as []."
