"""What is told of orders, of figures of queries within, and of what is optional and not shown."""

from __future__ import annotations

import pytest

import glocal_kg as gk

AMOUNTS = "?p glocal:relation schema:amount ; glocal:value ?v"
UNITS = "OPTIONAL { ?p glocal:unit ?unit } and "
GONE = "?p a glocal:Practice OPTIONAL { ?p glocal:locatedIn ?c }"  # no practice has it

TOLD = {
    f"SELECT ?p ?v {{ {AMOUNTS} }} ORDER BY ?v": [
        "?v sorts the answer, and is of values in several units: ", f"{UNITS}ORDER BY ?unit part",
    ],
    f"SELECT ?p ?v {{ {AMOUNTS} }} ORDER BY DESC(?v * 2)": [
        "?v * 2 sorts the answer, and is of values", f"{UNITS}ORDER BY ?unit part",
    ],
    f"SELECT ?p (?v AS ?much) {{ {AMOUNTS} }} ORDER BY ?much": ["?v sorts the answer"],
    f"SELECT ?s {{ {{ SELECT (SUM(?v) AS ?s) {{ {AMOUNTS} }} }} }}": [
        "SUM(?v) is of values in several units: ", f"{UNITS}GROUP BY ?unit part",
    ],
    "SELECT ?n { { SELECT (COUNT(?x) AS ?n) { ?x a glocal:City ; rdfs:label ?l } } }": [
        "COUNT(?x) counts ", "it is there in several languages",
    ],
    "SELECT ?x ?l { ?x a glocal:City ; rdfs:label ?l } ORDER BY ?l": [
        "?l is sorted in several languages together, and ?x stands once for each",
        'FILTER(LANG(?l) = "en")',
    ],
    "SELECT ?x { ?x a glocal:City ; rdfs:label ?l } ORDER BY YEAR(?l)": [
        "YEAR(?l) has no value in any row: ?l is a text",
    ],
    f"SELECT ?p {{ {GONE} }} ORDER BY ?c": ["?c has no value in any row. "],
    f"SELECT ?p {{ {GONE} FILTER(?c = place:rome) }}": ["?c has no value in any row. "],
    f"SELECT ?p ?d {{ {GONE} BIND(STR(?c) AS ?d) }}": ["?c has no value in any row. "],
}  # fmt: skip

NOT_TOLD = [
    f"SELECT ?p ?v {{ {AMOUNTS} ; glocal:unit ?u }} ORDER BY ?u ?v",
    f'SELECT ?p ?v {{ {AMOUNTS} ; glocal:unit "USD" }} ORDER BY ?v',
    'SELECT ?x ?l { ?x a glocal:City ; rdfs:label ?l FILTER(LANG(?l) = "en") } ORDER BY ?l',
    "SELECT ?x ?i { ?x schema:position ?i } ORDER BY ?i",
    f"SELECT ?p {{ {GONE} FILTER(!BOUND(?c)) }}",
    f'SELECT ?p ?d {{ {GONE} BIND(COALESCE(?c, "nowhere") AS ?d) }}',
    "SELECT ?p { ?p a glocal:Practice OPTIONAL { ?p glocal:theme ?t } FILTER(!BOUND(?t)) }",
    "SELECT ?p { ?p a glocal:Practice OPTIONAL { ?p schema:startDate ?d } } ORDER BY STR(?d)",
]
WORDS = ("several units", "several languages", "has no value in any row")


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.mark.parametrize("query", TOLD)
def test_it_is_told(kg: gk.KnowledgeGraph, query: str) -> None:
    notes = kg.select(query).notes
    assert any(all(part in note for part in TOLD[query]) for note in notes), notes


@pytest.mark.parametrize("query", NOT_TOLD)
def test_what_is_well_is_not_told(kg: gk.KnowledgeGraph, query: str) -> None:
    assert [one for one in kg.select(query).notes if any(word in one for word in WORDS)] == []
