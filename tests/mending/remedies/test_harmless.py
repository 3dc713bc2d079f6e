"""What is offered to write makes nothing wrong: no opposite, no guess, no name of another's."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from tests.mending.test_mistakes import START, kg, told

assert kg  # the fixture, one graph for the module

_A = "ex:a a glocal:Practice ; rdfs:label 'a'@en ; glocal:statedIn ex:page-1 ; "
_LYON = "{} a glocal:City ; rdfs:label 'Lyon'@fr ; glocal:statedIn ex:page-1 . "

# What is added; what a cause or remedy has, and what no one has.
OFFERED = [
    (_A + "schema:beginDate '2004'^^xsd:gYear .", 'ex:a schema:startDate "2004"', "endDate"),
    (_A + "schema:beginingDate '2004'^^xsd:gYear .", "", "endDate"),
    (_A + "schema:tartDate '2004'^^xsd:gYear .", 'ex:a schema:startDate "2004"', "endDate"),
    ("ex:r a glocal:Person ; rdfs:label 'Anna'@en ; glocal:statedIn ex:page-1 ; "
     "<http://www.w3.org/ns/org#memberOf> ex:turin .", "not a glocal:Actor", "memberOf ex:r ."),
    (_A + "schema:startDate '12/03/2004' .",
     'startDate "2004-03-12"^^xsd:date . or ex:a schema:startDate "2004-12-03"^^xsd:date .', ""),
    (_A + "schema:startDate '22/03/2004' .", 'startDate "2004-03-22"^^xsd:date .', " or ex:a"),
    (_A + "schema:startDate '12/03/2004'^^xsd:date .",
     'startDate "2004-03-12"^^xsd:date . or ex:a schema:startDate "2004-12-03"^^xsd:date .', ""),
    ("ex:turin dcterms:created '12/03/2004'^^xsd:date .",
     'It may be "2004-03-12"^^xsd:date or "2004-12-03"^^xsd:date.', "Write ex:turin"),
    (_A + "dcterms:subject 'culture' .", "ex:a glocal:theme area:culture .", 'theme "'),
    (_A + "dcterms:subject 'fishing'@en .",
     'theme <your-theme> . <your-theme> a skos:Concept ; rdfs:label "fishing"@en .', 'theme "'),
    ("place:rome rdfs:label 'Barcelona'@en .", 'skos:altLabel "Barcelona"@en .', 'altLabel "Rome"'),
    (_A + "schema:startDate '1970'^^xsd:gYear ; schema:endDate '1960'^^xsd:gYear .",
     "It ends in 1960, before it starts in 1970", "Write ex:a"),
    (_LYON.format("ex:lyon") + _LYON.format("ex:lyon-a") + _A + "glocal:participant ex:lyon-a . "
     "ex:choirs glocal:participant ex:lyon-a . ex:turin glocal:twinOf ex:lyon .",
     "twinOf ex:lyon-a .", "participant ex:lyon ."),
    (_LYON.format("ex:lyon") + _LYON.format("ex:lyon-a") + _A + "glocal:participant ex:lyon-a . "
     "ex:choirs glocal:participant ex:lyon .", "Join the two", "Write ex:"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "has", "lacks"), OFFERED)
def test_what_is_offered_is_no_harm(
    kg: gk.KnowledgeGraph, added: str, has: str, lacks: str
) -> None:
    results = told(kg, START + added).results
    said = [f"{one.cause} {one.remedy}" for one in results]
    assert not has or any(has in one for one in said), said
    assert not lacks or not any(lacks in one for one in said), said


# What nothing told of; what the cause says.
SILENT = [
    ("ex:as a glocal:Assertion ; glocal:asserts proposition:war-regimes ; glocal:by ex:x ; "
     "glocal:interpretedFrom ex:page-1 ; glocal:reason 'r'@en .",
     "ex:as has no glocal:confidence."),
    ("place:kigali owl:sameAs place:toronto .", "the same as place:toronto"),
    ("glocal:Practice rdfs:subClassOf glocal:City .", "rdfs:subClassOf glocal:City changes it"),
    ("glocal:theme rdfs:range glocal:City .", "rdfs:range glocal:City changes it"),
    ("place:rome a glocal:Person .", "a glocal:City and a glocal:Person at once"),
    ("ex:p a glocal:Proposition ; rdfs:label 'p'@en ; glocal:subject ex:turin ; "
     "glocal:relation process:war ; glocal:value place:rome .", "process:war is no property"),
    ("ex:turin org:memberOf place:rome .", "which is a place too"),
    ("[] a glocal:Placement ; glocal:element principle:vision ; glocal:onMap ex:m . "
     "[] a glocal:Placement ; glocal:element principle:vision ; glocal:onMap ex:m .",
     "principle:vision has 2 places on one map"),
    (_A + "rdfs:label 'one\\ntwo'@fr .", '"one two"@fr has a line break'),
    ("ex:d a glocal:Definition ; rdfs:label 'd'@en ; glocal:defines term:glocalization ; "
     "glocal:statedIn ex:page-1 .", 'ex:d skos:definition "your words"@en .'),
]  # fmt: skip
_MORE = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix process: <https://w3id.org/glocal/id/process/> .
@prefix principle: <https://w3id.org/glocal/id/principle/> .
@prefix proposition: <https://w3id.org/glocal/id/proposition/> .
@prefix term: <https://w3id.org/glocal/id/term/> .
"""

# What is right: of one's own beside ours.
RIGHT = [
    "ex:Choir rdfs:subClassOf glocal:Practice ; a owl:Class ; rdfs:label 'choir'@en .",
    "glocal:City rdfs:label 'Stadt'@de ; owl:equivalentClass <https://schema.org/City> .",
    "place:rome owl:sameAs <http://www.wikidata.org/entity/Q220> .",
    "glocal:City rdfs:subClassOf glocal:Place .",
    "ex:Choir a owl:Class ; rdfs:label 'choir'@en ; owl:unionOf ( glocal:Event glocal:Practice ) . "
    "ex:choirs ex:verses ( 1 2 ) .",
]


@pytest.mark.parametrize(("added", "has"), SILENT)
def test_what_is_plainly_wrong_is_told(kg: gk.KnowledgeGraph, added: str, has: str) -> None:
    said = [f"{one.cause} {one.remedy}" for one in told(kg, START + _MORE + added).results]
    assert any(has in one for one in said), said


@pytest.mark.parametrize("added", RIGHT)
def test_what_is_right_is_not_told(kg: gk.KnowledgeGraph, added: str) -> None:
    assert told(kg, START + _MORE + added).conforms


def test_a_comma_before_another_property_is_told() -> None:
    with pytest.raises(gk.ReadError) as raised:
        gk.KnowledgeGraph().add(
            gk.Text(START + "ex:b a glocal:Practice , rdfs:label 'a' .", "turtle")
        )
    assert "before another property write a semicolon" in raised.value.remedy
