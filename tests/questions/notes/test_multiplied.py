"""Rows and figures that are more than meant: of languages, of units, of parts side by side."""

from __future__ import annotations

import re

import pytest

import glocal_kg as gk

PRACTICES = "?x a glocal:Practice ; rdfs:label ?l"
AMOUNT = (
    "?p glocal:subject practice:we-are-the-future ; glocal:relation schema:amount ; glocal:value ?v"
)


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def told(kg: gk.KnowledgeGraph, query: str, word: str) -> list[str]:
    return [one for one in kg.select(query).notes if word in one]


@pytest.mark.parametrize(
    "figure", ["COUNT(?x)", "COUNT(*)", "SUM(STRLEN(STR(?x)))", "COUNT(?x) * 2"]
)
def test_what_counts_once_for_each_language_is_told(kg: gk.KnowledgeGraph, figure: str) -> None:
    (note,) = told(kg, f"SELECT ({figure} AS ?n) {{ {PRACTICES} }}", "several languages")
    rows = len(kg.select(f"SELECT * {{ {PRACTICES} }}"))
    once = len(kg.select("SELECT ?x { ?x a glocal:Practice }"))
    assert f"counts {rows} rows, which are {once} without ?l" in note
    write = note.partition("Write ")[2].rstrip(".")
    for better in write.split(", or "):
        group, asked = PRACTICES, figure
        if better.startswith("FILTER"):
            group += f" {better}"
        else:
            asked = better
        if asked.startswith("COUNT("):
            assert kg.select(f"SELECT ({asked} AS ?n) {{ {group} }}")[0][0] in (once, 2 * once)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {PRACTICES} }}",
        f"SELECT (COUNT(?l) AS ?n) {{ {PRACTICES} }}",
        f"SELECT (COUNT(?x) AS ?n) {{ {PRACTICES} FILTER(LANG(?l) = 'en') }}",
        f"SELECT ?l (COUNT(?x) AS ?n) {{ {PRACTICES} }} GROUP BY ?l",
        "SELECT (COUNT(?x) AS ?n) { ?x a glocal:Practice ; glocal:theme ?t }",
    ],
)
def test_what_counts_once_is_not_told(kg: gk.KnowledgeGraph, query: str) -> None:
    assert told(kg, query, "languages") == []


@pytest.mark.parametrize("figure", ["SUM", "AVG", "MIN", "MAX"])
def test_a_figure_of_several_units_is_told(kg: gk.KnowledgeGraph, figure: str) -> None:
    query = f"SELECT ({figure}(?v) AS ?s) {{ {AMOUNT} }}"
    (note,) = told(kg, query, "units")
    assert note.startswith(f'{figure}(?v) is of values in several units: 1 "USD", 1 "fields".')
    assert told(kg, query.replace("glocal:value", "glocal:unit ?u ; glocal:value"), "units") == []
    (pattern,) = re.findall(r"OPTIONAL \{.*?\}", note)
    apart = f"SELECT ?unit ({figure}(?v) AS ?s) {{ {AMOUNT} {pattern} }} GROUP BY ?unit"
    assert {str(one) for one in kg.select(apart).column("s")} == {"5", "600000"}


def test_values_without_a_unit_are_another_unit_and_groups_are_looked_at_apart() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(
        gk.Text(
            "@prefix glocal: <https://w3id.org/glocal/ontology#> . @prefix : <urn:> ."
            ':a glocal:value 1 ; glocal:unit "m" ; :of :x . :b glocal:value 2 ; :of :y .',
            "turtle",
        )
    )
    (note,) = told(kg, "SELECT (SUM(?v) AS ?s) { ?p glocal:value ?v }", "units")
    assert '1 "m", 1 without one' in note
    grouped = "SELECT ?o (SUM(?v) AS ?s) { ?p glocal:value ?v ; <urn:of> ?o } GROUP BY ?o"
    assert told(kg, grouped, "units") == []


PRODUCTS = {
    "SELECT * { ?x a glocal:City . ?y a glocal:Trend }": ("?x", "?y", 230),
    "SELECT * { { ?x a glocal:City } OPTIONAL { ?y a glocal:Trend } }": ("?x", "?y", 230),
    "SELECT DISTINCT ?p { ?p a glocal:Practice . ?q glocal:theme area:sport }": ("?p", "?q", 12),
    "SELECT (COUNT(*) AS ?n) { ?x a glocal:City . ?y a glocal:Trend }": ("?x", "?y", 230),
}


@pytest.mark.parametrize("query", PRODUCTS)
def test_parts_without_a_common_variable_are_told(kg: gk.KnowledgeGraph, query: str) -> None:
    (note,) = told(kg, query, "No pattern joins")
    one, other, rows = PRODUCTS[query]
    assert note.startswith(f"No pattern joins {one} with {other}")
    first, second = map(int, re.findall(r"(\d+) times (\d+)", note)[0])
    assert first * second == rows


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(DISTINCT ?x) AS ?n) (COUNT(DISTINCT ?y) AS ?m)"
        " { ?x a glocal:City . ?y a glocal:Trend }",
        "SELECT * { ?x a glocal:City . ?y a glocal:Practice FILTER(STR(?x) < STR(?y)) }",
        "SELECT * { ?x a glocal:City . VALUES ?y { 1 } }",
        "SELECT * { ?x a glocal:City . ?y glocal:where ?x . ?y a ?kind }",
        "SELECT * { { ?x a glocal:City } UNION { ?y a glocal:Trend } }",
    ],
)
def test_parts_that_meet_are_not_told(kg: gk.KnowledgeGraph, query: str) -> None:
    assert told(kg, query, "joins") == []
