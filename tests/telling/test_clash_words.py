"""Contradictions read as sentences: the facts, and the axiom they go against."""

from __future__ import annotations

import pytest

import glocal_kg as gk

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
TOLD = [
    (
        "[] a owl:AllDisjointClasses ; owl:members (ex:city ex:person ex:river)."
        " ex:x a ex:city, ex:river .",
        "cax-adc): x is a city and x is a river, but nothing is a city and also is a river.",
    ),
    (
        "[] a owl:AllDisjointProperties ; owl:members (ex:governs ex:knows)."
        " ex:x ex:governs ex:y ; ex:knows ex:y .",
        "prp-adp): x governs y and x knows y, but never both: A governs B, and A knows B.",
    ),
    (
        "[] a owl:AllDifferent ; owl:members (ex:x ex:y ex:z) . ex:x owl:sameAs ex:z .",
        "eq-diff2): x is the same as z, but they are said to be different.",
    ),
    (
        "[] owl:sourceIndividual ex:x ; owl:assertionProperty ex:governs ;"
        " owl:targetIndividual ex:y . ex:x ex:governs ex:y .",
        "prp-npa1): x governs y, but it is said that this does not hold.",
    ),
    (
        "ex:governs a owl:IrreflexiveProperty . ex:x ex:governs ex:x .",
        "prp-irp): x governs x, but if A governs B, then B is not A.",
    ),
    (
        "ex:x a owl:Nothing .",
        "cls-nothing2): x is a member of the empty class, but the empty class has no members.",
    ),
    (
        'ex:x ex:startsOn "2024-13-45"^^xsd:date .',
        "dt-not-type): x starts on 2024-13-45, but 2024-13-45 is not a valid date.",
    ),
    (
        'ex:governs rdfs:range xsd:integer . ex:x ex:governs "all" .',
        "dt-not-type): x governs “all”, but if A governs B, then B is an integer.",
    ),
    (
        "ex:x a [ a owl:Restriction ; owl:onProperty ex:governs ; owl:maxCardinality 0 ] ;"
        " ex:governs ex:y .",
        "cls-maxc1): x governs at most 0 things and x governs y.",
    ),
]


@pytest.mark.parametrize(("facts", "sentence"), TOLD)
def test_a_contradiction_is_a_sentence(facts: str, sentence: str) -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(PREFIXES + facts, "turtle"))
    inference = kg.infer()
    assert inference.clash_texts(kg.labels) == [f"Contradiction ({sentence}"]
    assert inference.clash_texts(kg.labels, 0) == []


def test_axioms_that_cannot_be_read_are_told() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(PREFIXES + "ex:c owl:unionOf ex:l . ex:l rdfs:label 'l' .", "turtle"))
    (problem,) = kg.infer().problems
    assert problem.startswith("<https://example.org/l>: The list has no end")


def test_the_reference_engine_says_that_it_cannot_read_a_list_in_a_loop() -> None:
    kg = gk.KnowledgeGraph()
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    loop = rdf + "ex:p owl:propertyChainAxiom _:l . _:l rdf:first ex:p ; rdf:rest _:l ."
    kg.add(gk.Text(PREFIXES + loop, "turtle"))
    with pytest.raises(gk.GlocalError, match="engine='fast'"):
        kg.infer("owlrl")


def test_an_axiom_in_a_node_without_a_name_is_told_by_the_way_to_it() -> None:
    kg = gk.KnowledgeGraph()
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    kg.add(gk.Text(PREFIXES + rdf + "ex:c owl:unionOf [ rdf:first ex:d ] .", "turtle"))
    (problem,) = kg.infer().problems
    assert problem.startswith("<https://example.org/c> > owl:unionOf: The list has no end")
