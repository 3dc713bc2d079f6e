"""Slips that the text of a query shows are told where rows come, too, and cost nothing unseen."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._questions.question import find, names

NO_VALUE = "has no value: no pattern has it."
NOWHERE = "is in no fact here."

SLIPS = {
    "SELECT ?practice { ?p a glocal:Practice }": f"?practice in SELECT {NO_VALUE}",
    "SELECT ?cty { ?city a glocal:City }": "Did you mean ?city?",
    "SELECT ?p { ?p a glocal:Practice } ORDER BY ?title": f"?title in ORDER BY {NO_VALUE}",
    "SELECT ?p { ?p a glocal:Practice } ORDER BY DESC(STR(?q))": f"?q in ORDER BY {NO_VALUE}",
    "SELECT ?p { ?p a glocal:Practice FILTER(!BOUND(?q)) }": f"?q in FILTER {NO_VALUE}",
    "SELECT ?p ?t { ?p a glocal:Practice BIND(STR(?q) AS ?t) }": f"?q in BIND {NO_VALUE}",
    "SELECT (COUNT(*) AS ?n) { ?p a glocal:Practice } GROUP BY ?q": f"?q in GROUP BY {NO_VALUE}",
    "SELECT (COUNT(?q) AS ?n) { ?p a glocal:Practice }": f"?q in SELECT {NO_VALUE}",
    "SELECT ?p { { SELECT ?p ?q { ?p a glocal:Practice } } }": f"?q in SELECT {NO_VALUE}",
    "SELECT ?p { ?p a glocal:Practice MINUS { ?p glocal:theme ?t FILTER(?q = 1) } }":
        f"?q in FILTER {NO_VALUE}",
    "SELECT ?p { ?p a glocal:Practice MINUS { ?q glocal:theme ?t } }":
        "MINUS shares no variable",
    "CONSTRUCT { ?p a glocal:Practice . ?p rdfs:label ?l } { ?p a glocal:Practice }":
        f"?l in CONSTRUCT {NO_VALUE}",
    "SELECT ?p { ?p a glocal:Practice MINUS { ?p glocal:participent ?c } }":
        f"glocal:participent {NOWHERE} Did you mean glocal:participant",
    "SELECT ?p { ?p a glocal:Practice FILTER NOT EXISTS { ?p glocal:thme ?c } }":
        f"glocal:thme {NOWHERE} Did you mean glocal:theme",
    "SELECT ?p { ?p a glocal:Practice FILTER(?p != place:rome && NOT EXISTS { ?p rdfs:lable ?c })}":
        f"rdfs:lable {NOWHERE}",
    "SELECT ?p { ?p a glocal:Practice MINUS { ?p a glocal:Projekt } }": "mean glocal:Project?",
    "SELECT ?p { ?p a glocal:Practice MINUS { ?p glocal:participant place:roma } }":
        "Did you mean place:rome?",
    "SELECT ?p { ?p a glocal:Practice MINUS { ?p glocal:participant <place:rome> } }":
        "without the brackets",
    "SELECT ?p { { ?p a glocal:Practise } UNION { ?p a glocal:City } }": "mean glocal:Practice",
    "SELECT ?p { ?p a glocal:City FILTER(?p != place:roma) }": "Did you mean place:rome?",
    "SELECT ?p { ?p a glocal:City FILTER(?p NOT IN (place:roma)) }": "Did you mean place:rome?",
    "SELECT ?p { VALUES ?p { place:rome place:kigalli } ?p a glocal:City }": "mean place:kigali?",
    "SELECT ?p { ?p a glocal:City OPTIONAL { ?p skos:prefLable|rdfs:label ?l } }":
        "Did you mean skos:prefLabel",
    "SELECT ?p { ?p a glocal:City MINUS { GRAPH graph:deks { ?p a glocal:City } } }":
        "There is no graph graph:deks. Did you mean graph:deck",
}  # fmt: skip

RIGHT = [
    "SELECT ?p (COUNT(?c) AS ?n) { ?p glocal:participant ?c } GROUP BY ?p ORDER BY DESC(?n)",
    "SELECT (COUNT(?c) AS ?n) (?n * 2 AS ?m) { ?p glocal:participant ?c }",
    "SELECT ?k { ?p glocal:participant ?c } GROUP BY (STR(?p) AS ?k) HAVING(COUNT(?c) > 1)",
    "SELECT * { ?p a glocal:City BIND(STR(?p) AS ?t) FILTER(STRLEN(?t) > 3) }",
    "SELECT ?g { GRAPH ?g { ?p a glocal:City } }",
    "SELECT ?p ?l { ?p a glocal:City OPTIONAL { ?p rdfs:label ?l FILTER(?l != 'Rome'@en) } }",
    "SELECT ?p { ?p a glocal:City MINUS { ?p schema:endDate ?e } }",
    "SELECT ?p { ?p a glocal:City FILTER NOT EXISTS { ?p glocal:theme ?t FILTER(?t != ?p) } }",
    "SELECT ?p ?x { ?p a glocal:City } VALUES ?x { 1 }",
    "SELECT ?p { ?p a glocal:City OPTIONAL { ?p foaf:depiction ?d } }",
    "SELECT ?p { ?p a glocal:City OPTIONAL { ?p <https://example.org/depicts> ?d } }",
    "SELECT ?p { ?p a glocal:City MINUS { ?p a schema:GovernmentOffice } }",
    "SELECT ?p ?kind { VALUES (?p ?kind) { (place:rome <urn:a>) } ?p a glocal:City }",
    "SELECT ?p (IF(BOUND(?l), <urn:yes>, <urn:no>) AS ?told) { ?p a glocal:City "
    "OPTIONAL { ?p schema:endDate ?l } }",
    "DESCRIBE ?p { ?p a glocal:City }",
    "CONSTRUCT { ?p <urn:says> [ rdfs:label ?l ] } { ?p a glocal:City ; rdfs:label ?l }",
]


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.mark.parametrize("query", SLIPS)
def test_a_slip_is_told_where_rows_come(kg: gk.KnowledgeGraph, query: str) -> None:
    answer = kg.query(query)
    assert not isinstance(answer, bool)
    assert len(answer)
    assert SLIPS[query] in " ".join(answer.notes)
    assert len(answer.notes) == len(set(answer.notes))


@pytest.mark.parametrize("query", RIGHT)
def test_a_right_query_has_no_slip(kg: gk.KnowledgeGraph, query: str) -> None:
    answer = kg.query(query)
    assert not isinstance(answer, bool)
    assert len(answer)
    assert all("where interpretations are seen" in note for note in answer.notes)


def test_no_packaged_question_has_a_slip(kg: gk.KnowledgeGraph) -> None:
    for name in names():
        table = kg.answer(find(name), {})
        told = [note for note in table.notes if "where interpretations are seen" not in note]
        assert not len(table) or told == [], name


def test_a_slip_is_told_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    pattern = "?x a glocal:City OPTIONAL { ?x glocal:lable ?l }"
    assert run(["query", f"SELECT ?x ?l {{ {pattern} }}", "-f", "csv"]) == 0
    out = capsys.readouterr()
    assert "glocal" not in out.out.replace("w3id.org/glocal", "")
    assert "glocal:lable is in no fact here." in out.err
    assert run(["query", f"CONSTRUCT {{ ?x a ?y }} {{ {pattern} }}"]) == 0
    assert "?y in CONSTRUCT has no value" in capsys.readouterr().err
    assert run(["query", "ASK { ?x a glocal:City MINUS { ?x glocal:lable ?l } }"]) == 0
    out = capsys.readouterr()
    assert out.out == "true\n"
    assert "glocal:lable is in no fact here." in out.err


def test_a_slip_costs_nothing_unseen(
    kg: gk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from glocal_kg._questions.notes import nowhere

    monkeypatch.setattr(nowhere, "slips_of", lambda *_: pytest.fail("looked without being asked"))
    assert len(kg.select("SELECT ?x { ?x a glocal:City MINUS { ?x glocal:lable ?l } }"))


def test_dates_that_a_comparison_leaves_behind_are_told(kg: gk.KnowledgeGraph) -> None:
    query = "SELECT ?x {{ ?x schema:startDate ?d FILTER({}) }}"
    some = kg.select(query.format("?d >= '2004-01-01'^^xsd:date"))
    told = 'FILTER(STR(?d) >= "2004")'
    assert len(some)
    assert told in some.notes[0]
    assert len(kg.select(query.format(told[7:-1]))) > len(some)
    assert kg.select(query.format("?d >= '2003'^^xsd:gYear && STR(?d) > '2000'")).notes
    assert "order" not in " ".join(kg.select(query.format("STR(?d) >= '2004'")).notes)


def test_what_is_described_and_is_nowhere_is_told(kg: gk.KnowledgeGraph) -> None:
    for query in ("DESCRIBE place:roma", "DESCRIBE place:roma place:kigali"):
        answer = kg.query(query)
        assert not isinstance(answer, bool)
        assert "Did you mean place:rome?" in answer.notes[0]
