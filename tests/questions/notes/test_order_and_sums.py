"""What has no one order, or is no number, is told where it is sorted or added up."""

from __future__ import annotations

import re

import pytest

import glocal_kg as gk

DATED = "?p schema:startDate ?d"
MIXED = "dates of several precisions"

NO_ONE_ORDER = {
    f"SELECT (MIN(?d) AS ?m) {{ {DATED} }}": "Write MIN(STR(?d)).",
    f"SELECT (MAX(?d) AS ?m) {{ {DATED} }}": "Write MAX(STR(?d)).",
    f"SELECT ?d {{ {DATED} }} ORDER BY ?d LIMIT 1": "Write ORDER BY STR(?d).",
    f"SELECT ?d {{ {DATED} }} ORDER BY DESC(?d)": "Write ORDER BY DESC(STR(?d)).",
    f"SELECT ?y {{ {DATED} BIND(?d AS ?y) }} ORDER BY ?y": "Write ORDER BY STR(?y).",
    f"SELECT ?k (MIN(?d) AS ?m) {{ {DATED} ; a ?k }} GROUP BY ?k": "Write MIN(STR(?d)).",
    f"SELECT ?d (COUNT(*) AS ?n) {{ {DATED} }} GROUP BY ?d ORDER BY ?n ?d":
        "Write ORDER BY ... STR(?d).",
}  # fmt: skip

ONE_ORDER = [
    f"SELECT (MIN(STR(?d)) AS ?m) {{ {DATED} }}",
    f"SELECT ?d {{ {DATED} }} ORDER BY STR(?d)",
    f"SELECT ?d {{ {DATED} FILTER(DATATYPE(?d) = xsd:gYear) }} ORDER BY ?d",
    f"SELECT ?p (MIN(?d) AS ?m) {{ {DATED} }} GROUP BY ?p ORDER BY ?p",  # one date in each group
    f"SELECT ?p ?d {{ {DATED} }} ORDER BY ?p ?d",
    "SELECT ?p ?o { place:rome ?p ?o } ORDER BY ?o",  # things and texts: what else
    "SELECT ?l { ?p rdfs:label ?l } ORDER BY ?l LIMIT 3",
]

SUMS = {
    f"SELECT (AVG(?d) AS ?a) {{ {DATED} }}": "AVG(YEAR(?d))",
    f"SELECT (SUM(?d)/COUNT(?d) AS ?a) {{ {DATED} }}": "SUM(YEAR(?d))",
    "SELECT (SUM(?l) AS ?a) { ?p a glocal:City ; rdfs:label ?l }": "STRLEN(?l)",
    "SELECT (SUM(?p) AS ?a) { ?p a glocal:City }": "COUNT(?p)",
    f"SELECT ?p (SUM(?d) AS ?a) {{ {DATED} }} GROUP BY ?p": "SUM(YEAR(?d))",
}  # fmt: skip


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.mark.parametrize("query", NO_ONE_ORDER)
def test_dates_of_several_precisions_are_told(kg: gk.KnowledgeGraph, query: str) -> None:
    (told,) = [one for one in kg.select(query).notes if MIXED in one]
    assert NO_ONE_ORDER[query] in told


@pytest.mark.parametrize("query", ONE_ORDER)
def test_what_has_one_order_is_not_told(kg: gk.KnowledgeGraph, query: str) -> None:
    assert "order" not in " ".join(kg.select(query).notes)


def test_the_order_that_is_told_is_that_of_time(kg: gk.KnowledgeGraph) -> None:
    told = " ".join(kg.select(f"SELECT (MIN(?d) AS ?m) {{ {DATED} }}").notes)
    years = kg.select(f"SELECT (MIN(YEAR(?d)) AS ?m) {{ {DATED} }}")[0][0]
    write = told.partition("Write ")[2].rstrip(".")
    first = kg.select(f"SELECT ({write} AS ?m) {{ {DATED} }}")[0][0]
    assert str(first)[:4] == str(years)


def test_numbers_among_texts_are_told(kg: gk.KnowledgeGraph) -> None:
    mixed = 'VALUES ?v { 1 "a" 2.5 "b"@en }'
    (told,) = kg.select(f"SELECT ?v {{ {mixed} }} ORDER BY ?v").notes
    assert 'numbers and texts, such as "1"^^xsd:integer and "a"' in told
    assert kg.select("SELECT ?v { VALUES ?v { 1 2.5 3e0 } } ORDER BY ?v").notes == ()


@pytest.mark.parametrize("query", SUMS)
def test_what_is_added_up_and_is_no_number_is_told(kg: gk.KnowledgeGraph, query: str) -> None:
    first, *others = kg.select(query).notes
    assert re.search(r"^(SUM|AVG)\(\?\w\) has no value: the values of \?\w are .*not numb", first)
    assert SUMS[query] in first
    assert query.endswith("?p") or not any("more row" in one for one in others)


def test_the_sum_that_is_told_has_a_value(kg: gk.KnowledgeGraph) -> None:
    for query in list(SUMS)[:4]:
        group = query[query.index("{") :]
        assert kg.select(f"SELECT ({SUMS[query]} AS ?a) {group}")[0][0] is not None


def test_one_row_is_no_row_more(kg: gk.KnowledgeGraph) -> None:
    """An aggregate has one row in any case, with interpretations or without."""
    for query in ("SELECT (COUNT(*) AS ?n) { ?p a glocal:Scale }", *list(SUMS)[:4]):
        assert len(kg.select(query, interpreted=True)) == 1
        assert "more row" not in " ".join(kg.select(query).notes)


def test_a_pattern_that_is_told_takes_no_variable_of_the_query(kg: gk.KnowledgeGraph) -> None:
    """So it can stand in the query: ?p there is the proposition and no thing."""
    for query in ("SELECT ?p ?v { ?p schema:amount ?v }", "SELECT ?p ?said { ?p schema:amount ?v "
                  "OPTIONAL { ?p rdfs:label ?said } }"):  # fmt: skip
        told = " ".join(kg.select(query).notes).partition("and how: ")[2].rstrip(".")
        assert told.startswith("?said")
        assert told.split()[0] not in query
        found = kg.select(f"SELECT * {{ {told} }}")
        assert len(found)
        assert "?p" in told
