"""Explanations lead to the graph and the passage."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF
from tests.graph.family import EX, FAMILY, PREFIXES, node


def test_an_explanation_does_not_depend_on_what_was_asked_before():
    text = """@prefix : <https://example.org/> .
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :holds owl:inverseOf glocal:fromSource .
        :study rdfs:label "The Study"@en ; :holds :page .
        :rome a :City ; glocal:statedIn :page . :City rdfs:subClassOf :Place ."""
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(text, "turtle"))
    kg.infer()
    before = str(kg.explain(EX + "rome", RDF.type, EX + "Place"))
    assert "The Study" in before
    assert kg.query("ASK { ?page glocal:fromSource ?study }")
    assert str(kg.explain(EX + "rome", RDF.type, EX + "Place")) == before


def test_explain_leads_to_graph_and_passage():
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FAMILY, "turtle", name="family"))
    source = PREFIXES + (
        "@prefix glocal: <https://w3id.org/glocal/ontology#> .\n"
        ":rome glocal:statedIn :slide . :slide rdfs:label 'Slide 7'@en ; glocal:fromSource :deck ."
        " :deck rdfs:label 'The deck'@en ."
    )
    kg.add(gk.Text(source, "turtle", name="family"))
    explanation = kg.explain(EX + "rome", "rdf:type", node("Thing"))
    assert "(stated in Slide 7)" in str(explanation)
    assert "The deck, Slide 7" in str(explanation)
    passages = [origin.passage for origin in explanation.sources() if origin.passage]
    assert passages == [EX + "slide"]
    assert {origin.graph for origin in explanation.sources()} == {
        "https://w3id.org/glocal/graph/import/family"
    }
    assert len(explanation.others()) == 1
    for form in ("json", "turtle", "mermaid"):
        assert getattr(explanation, f"to_{form}")()
    with pytest.raises(gk.NotFoundError, match="neither says nor implies"):
        kg.explain(EX + "rome", "rdf:type", EX + "Person")
    with pytest.raises(gk.GlocalError, match="Nothing is called"):
        kg.explain("rome", "rdf:type", EX + "Person")


def test_an_assertion_of_the_fact_names_its_own_passage():
    kg = gk.KnowledgeGraph()
    said = f"""
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        :rome a :City ; glocal:statedIn :wrong .
        :said glocal:subject :rome ; glocal:relation <{RDF.type.value}> ; glocal:value :City .
        :assertion glocal:asserts :said ; glocal:reportedIn :right ."""
    kg.add(gk.Text(PREFIXES + said, "turtle"))
    kg.infer()
    origins = kg.explain(EX + "rome", "rdf:type", EX + "City").sources()
    assert [origin.passage for origin in origins] == [EX + "right"]
    assert origins[0].text.startswith("reported in")
