"""What follows is seen, told apart, and follows each change."""

from __future__ import annotations

import pickle

import pytest
from pyoxigraph import NamedNode, Quad

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._rdf.store import moment as module
from glocal_kg._study.vocab import INFERRED, INFERRED_INTERPRETED
from tests.graph.family import EX, PREFIXES, node


def types(kg, name="rome", **options):
    answer = kg.query(f"SELECT ?t {{ <{EX}{name}> a ?t }} ORDER BY ?t", **options)
    return [term.value.removeprefix(EX) for term in answer.column("t")]


def test_answers_see_what_follows_unless_told_otherwise(kg):
    assert kg.inference is None
    assert types(kg, inferred=False) == ["City"]
    assert kg.inference is None
    assert types(kg) == ["City", "Place", "Thing"]
    assert kg.inference is not None
    assert len(kg) == 3


@pytest.mark.parametrize("engine", ["fast", "owlrl"])
def test_inferred_facts_live_in_their_own_graph(kg, engine):
    facts = set(kg.facts)
    inference = kg.infer(engine)
    assert set(kg.facts) == facts
    assert types(kg) == ["City", "Place", "Thing"]
    assert types(kg, inferred=False) == ["City"]
    found = {q for q in kg.seen() if q.graph_name == INFERRED}
    assert len(found) == inference.inferred == sum(inference.by_predicate().values())
    assert Quad(node("rome"), RDF.type, node("Place"), INFERRED) in found
    assert inference.clashes == []
    assert inference.engine == engine


def test_an_inferred_literal_stays_when_another_form_of_it_goes():
    text = """<urn:p> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <urn:q> .
        <urn:a> <urn:p> 1.5 , 1.50 , 2.0 ."""
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(text, "turtle"))
    kg.infer()
    assert kg.query("ASK { <urn:a> <urn:q> 1.5 }")
    for form, left in (("1.50", True), ("1.5", False)):
        kg.remove([quad for quad in kg.facts if getattr(quad.object, "value", "") == form])
        kg.infer()
        assert kg.query("ASK { <urn:a> <urn:q> 1.5 }") == left
        assert kg.query("ASK { <urn:a> <urn:q> 2.0 }")


def test_changes_are_followed_by_the_next_answer(kg):
    kg.infer()
    new = Quad(node("kigali"), RDF.type, node("City"), node("g"))
    kg.add([new])
    assert kg.inference.stale
    assert types(kg, "kigali", inferred=False) == ["City"]
    assert kg.inference.stale
    assert types(kg, "kigali") == ["City", "Place", "Thing"]
    assert not kg.inference.stale
    assert types(kg, "kigali") == ["City", "Place", "Thing"]
    kg.remove([new])
    assert types(kg, "kigali") == []
    assert types(kg) == ["City", "Place", "Thing"]


def test_a_fact_in_two_graphs_stays_until_both_let_go(kg):
    twice = [Quad(node("x"), RDF.type, node("City"), node(name)) for name in ("g", "h")]
    kg.add(twice)
    kg.infer()
    for quad, expected in zip(twice, (["City", "Place", "Thing"], []), strict=True):
        kg.remove([quad])
        kg.infer()
        assert types(kg, "x") == expected


def test_inference_after_edits_equals_inference_anew(kg):
    kg.infer()
    kg.add([Quad(node("Thing"), RDFS.subClassOf, node("Top"), node("g"))])
    kg.infer()
    kg.remove([q for q in kg.facts if q.subject == node("Place")])
    kg.infer()
    fresh = gk.KnowledgeGraph()
    fresh.add(list(kg.facts))
    fresh.infer()
    assert set(kg.seen()) == set(fresh.seen()) > set(kg.facts)


def test_a_slow_engine_is_not_replaced_behind_ones_back(kg):
    kg.infer("owlrl")
    kg.add([Quad(node("kigali"), RDF.type, node("City"), node("g"))])
    with pytest.raises(gk.StaleError, match="owlrl"):
        types(kg)
    assert types(kg, "kigali", inferred=False) == ["City"]


READINGS = "https://w3id.org/glocal/graph/interpretation"


def test_readings_are_seen_only_when_asked_for(kg):
    kg.add([Quad(node("oslo"), RDF.type, node("City"), NamedNode(READINGS + "/rossi"))])
    for inferred in (True, False):
        assert types(kg, "oslo", inferred=inferred) == []
    assert types(kg, "oslo", interpreted=True) == ["City", "Place", "Thing"]
    assert types(kg, "oslo", interpreted=True, inferred=False) == ["City"]
    assert types(kg) == ["City", "Place", "Thing"]
    kg.remove([q for q in kg.facts if q.subject == node("oslo")])
    assert types(kg, "oslo", interpreted=True) == []


def test_each_kind_of_query_has_its_verb(kg):
    assert kg.ask(f"ASK {{ <{EX}rome> a <{EX}Thing> }}")
    assert len(kg.select("SELECT ?x { ?x ?p ?o }", inferred=False)) == 3
    assert len(kg.construct("CONSTRUCT WHERE { ?s a ?o }", inferred=False)) == 1
    with pytest.raises(gk.QueryError, match="no SELECT query"):
        kg.select("ASK { ?s ?p ?o }")


def test_languages_are_a_list():
    with pytest.raises(gk.ArgumentError, match="list of language tags"):
        gk.KnowledgeGraph(languages="en")


def test_contradictions_are_told(kg):
    kg.add(gk.Text(PREFIXES + ":City owl:disjointWith :Person . :rome a :Person .", "turtle"))
    inference = kg.infer()
    assert len(inference.clashes) == 1
    assert "Contradiction" in inference.clash_texts(kg.labels)[0]
    with pytest.raises(gk.GlocalError, match="fast, owlrl"):
        kg.infer("magic")


@pytest.mark.parametrize("interpreted", [False, True])
def test_the_first_question_finds_merged_what_is_asserted_and_what_follows(
    kg: gk.KnowledgeGraph, interpreted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.infer(interpreted=interpreted)
    merged: list[int] = []
    monkeypatch.setattr(module, "merged", lambda *both: merged.append(len(both)) or both[0])
    question = "SELECT ?x ?class ?below { ?x a ?class . ?below rdfs:subClassOf ?class }"
    assert len(kg.query(question, interpreted=interpreted)) > 0
    assert not merged


def followed(kg, graph):
    return {quad.triple for quad in kg.all_facts.quads_for_pattern(g=graph)}


def test_what_follows_without_readings_is_told_apart_from_the_rest(kg):
    """Through each change: who drops all that is read in keeps what follows from the sources."""
    read, said = NamedNode(READINGS + "/rossi"), node("g")
    oslo, rome = (Quad(node(x), RDF.type, node("City"), read) for x in ("oslo", "rome"))
    top = Quad(node("Place"), RDFS.subClassOf, node("Top"), said)
    flat = Quad(oslo.subject, oslo.predicate, oslo.object, said)
    steps = [
        lambda: kg.add([oslo, rome]),
        lambda: kg.add([top]),
        lambda: kg.add([flat]),
        lambda: kg.remove([flat]),
        lambda: kg.remove([top]),
        lambda: kg.remove([oslo]),
    ]
    counts = []
    for step in steps:
        step()
        every, alone = kg.infer(interpreted=True), kg.infer()
        fresh = gk.KnowledgeGraph()
        fresh.add(list(kg.facts))
        assert set(every) == set(fresh.infer(interpreted=True))
        assert set(alone) == set(fresh.infer()) <= set(every)
        assert followed(kg, INFERRED) == {quad.triple for quad in alone}
        rest = followed(kg, INFERRED_INTERPRETED)
        assert len(rest) == every.inferred - alone.inferred
        assert not rest & followed(kg, INFERRED)
        counts.append(len(rest))
        again = pickle.loads(pickle.dumps(every))
        assert set(again) == set(every)
        sparql = f"SELECT ?s {{ GRAPH <{INFERRED_INTERPRETED.value}> {{ ?s ?p ?o }} }}"
        assert len(kg.query(sparql, interpreted=True)) == len(rest)
        assert not kg.query(sparql)
    assert counts[1] > counts[0] > counts[2] == counts[5]


def test_an_ill_formed_value_in_a_list_is_told() -> None:
    kg = gk.KnowledgeGraph()
    owl, xsd = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2001/XMLSchema#"
    kg.add(gk.Text(f'<urn:c> <{owl}oneOf> ("x"^^<{xsd}integer>) .', "turtle"))
    (text,) = kg.infer().clash_texts(kg.labels)
    assert "is not a valid integer" in text
