"""Validating changes nothing, and follows what was changed."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF, RDFS
from tests.graph.family import SHAPES, node

SH_TARGET = "http://www.w3.org/ns/shacl#targetClass"


def test_validate_changes_nothing_and_looks_at_what_is_asked(kg):
    kg.add(gk.Text(SHAPES, "turtle", name="shapes"))
    shapes = gk.Text(SHAPES, "turtle")
    before = set(kg.facts)
    report = kg.validate(shapes)
    assert [v.focus for v in report.results] == [node("rome")]
    kg.infer()
    assert len(kg.validate(shapes, facts="all").results) == 1
    assert set(kg.facts) == before
    kg.add([Quad(node("rome"), node("name"), Literal("Rome"), node("g"))])
    assert kg.validate(shapes).conforms
    assert kg.validate(shapes, facts="all").conforms
    assert kg.validate().conforms  # by the shapes among its own facts
    with pytest.raises(gk.GlocalError, match="has no shapes"):
        gk.KnowledgeGraph().validate()
    with pytest.raises(gk.GlocalError, match="'asserted' or 'all'"):
        kg.validate(shapes, facts="some")


def test_a_second_validation_follows_the_change_and_equals_one_anew(kg):
    graph = "https://w3id.org/glocal/ontology/shapes/own"
    kg.add(gk.Text(SHAPES, "turtle"), graph=graph)

    def found(knowledge):
        report = knowledge.validate()  # of which the packaged checks are not our concern
        return [(v.focus, v.path) for v in report.results if "MinCount" in v.constraint]

    assert [focus for focus, _ in found(kg)] == [node("rome")]
    name = Quad(node("rome"), node("name"), Literal("Rome"), node("g"))
    edits = [
        ([name], []),
        ([Quad(node("kigali"), RDF.type, node("City"), node("g"))], []),
        ([Quad(node("rome"), node("name"), Literal("Rome"), node("h"))], [name]),
        ([], [Quad(node("rome"), node("name"), Literal("Rome"), node("h"))]),
        ([Quad(node("Place"), RDFS.subClassOf, node("Spot"), node("g"))], []),
        ([Quad(node("S"), NamedNode(SH_TARGET), node("Spot"), NamedNode(graph))], []),
        ([Quad(node("x"), RDF.type, node("Spot"), node("g"))], []),
    ]
    for added, removed in edits:
        kg.add(added)
        kg.remove(removed)
        fresh = gk.KnowledgeGraph()
        fresh.add(list(kg.facts))
        assert found(kg) == found(fresh)
    assert {focus for focus, _ in found(kg)} == {node("rome"), node("kigali"), node("x")}


MISSPELT = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix glocal: <https://w3id.org/glocal/ontology#> .
<urn:S> a sh:NodeShape ; sh:targetClass glocal:Practise ;
    sh:property [ sh:path glocal:participents ; sh:minCount 1 ] .
"""


def test_misspelt_terms_in_shapes_that_were_added_are_doubted_until_something_is_said() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(MISSPELT, "turtle"))

    def misspelt(report: gk.Report) -> set[str]:
        found = [one.message for one in report.doubts if one.kind == "misspelt"]
        return {message.partition(" ")[0] for message in found}

    both = {"glocal:Practise", "glocal:participents"}
    assert misspelt(kg.validate()) == misspelt(kg.validate(facts="all")) == both
    assert misspelt(kg.validate(gk.Text(MISSPELT, "turtle"))) == both
    remedies = {one.remedy for one in kg.validate().doubts if one.kind == "misspelt"}
    assert remedies == {"Did you mean glocal:Practice?", "Did you mean glocal:participant?"}
    kg.add(gk.Text("<https://w3id.org/glocal/ontology#Practise> a <urn:Class> .", "turtle"))
    assert misspelt(kg.validate()) == {"glocal:participents"}  # followed, not begun anew
    loaded = gk.load()
    assert misspelt(loaded.validate()) == set()
    loaded.add(gk.Text(MISSPELT, "turtle", name="shapes"))
    assert misspelt(loaded.validate()) == both
