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
