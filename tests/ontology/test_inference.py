"""What the axioms say that nobody wrote down, on a small example, closed by both engines.

Each axiom listed at the end is needed: without it one of the expected facts is missing.
"""

from __future__ import annotations

from typing import Literal

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

import glocal_kg as gk
from glocal_kg._study import vocab

EXAMPLE = """
# The article equates the levels of the two systems.
level:subnational glocal:correspondsTo level:local .
level:supranational glocal:correspondsTo level:global .

# A city government and an international body take part in one practice; a chain of cities in it.
actor:municipality a glocal:CityGovernment ; glocal:governs place:city .
actor:world-body a glocal:InternationalBody .
place:city a glocal:City .
place:second a glocal:City .
place:third a glocal:City .
practice:both a glocal:Practice ;
    glocal:involvement involvement:a , involvement:b , involvement:c , involvement:d .
involvement:a glocal:involved actor:municipality .
involvement:b glocal:involved actor:world-body .
involvement:c glocal:involved place:second .
involvement:d glocal:involved place:third .
involvement:a glocal:linkedWith involvement:c .
involvement:c glocal:linkedWith involvement:d .

# A practice of cities alone, in which an association has a part.
actor:association a glocal:CivilSocietyOrganization .
place:fourth a glocal:City .
practice:local-only glocal:involvement involvement:e , involvement:f , involvement:g .
involvement:e glocal:involved place:third .
involvement:f glocal:involved place:fourth .
involvement:g glocal:involved actor:association .
involvement:e glocal:linkedWith involvement:f .

# Classes of actors, placed on a level by their source.
group:provinces a glocal:ActorGroup ; glocal:atLevel level:subnational .
group:communities a glocal:ActorGroup ; glocal:atLevel level:local .
group:executives a glocal:ActorGroup ; glocal:atLevel level:national .

# Order, parts, evidence.
principle:one glocal:next principle:two .
principle:two glocal:next principle:three .
aspect:part glocal:aspectOf principle:one .
process:driver glocal:drives trend:up .
claim:one glocal:statedIn passage:one ; glocal:claimSubject principle:one .
"""

EXPECTED = """
actor:municipality a glocal:OrganizedActor , glocal:SubnationalActor , prov:Agent .
actor:world-body a glocal:OrganizedActor .
actor:municipality glocal:countsAtLevel level:local .
practice:both a glocal:GlocalPractice ;
    glocal:engagesLevel level:local , level:global , level:subnational ;
    glocal:hasParticipant actor:municipality , place:third .
group:provinces a glocal:SubnationalActor .
group:communities a glocal:SubnationalActor .
place:city glocal:governedBy actor:municipality ; glocal:tiedTo practice:both .
place:second glocal:partnerOf actor:municipality , place:third ;
    glocal:countsAtLevel level:local , level:subnational .
involvement:c glocal:linkedWith involvement:a .
involvement:a glocal:reaches involvement:d .
involvement:d glocal:reaches involvement:a .
principle:one glocal:precedes principle:three ; glocal:hasAspect aspect:part .
principle:three glocal:follows principle:one .
process:driver glocal:affects trend:up .
claim:one glocal:attestedIn passage:one ; glocal:about principle:one .
passage:one a prov:Entity .
"""

# What must not follow: no line of links leads from one practice into another, a practice of
# cities alone is not glocal, whoever takes part in it is not thereby an organized actor.
UNEXPECTED = """
practice:local-only a glocal:GlocalPractice ; glocal:engagesLevel level:global .
actor:association a glocal:OrganizedActor , glocal:SubnationalActor .
actor:world-body a glocal:SubnationalActor .
group:executives a glocal:SubnationalActor .
place:second glocal:partnerOf place:fourth .
involvement:d glocal:reaches involvement:e .
place:city a glocal:OrganizedActor .
"""

GLOCAL = rdflib.Namespace(str(vocab.GLOCAL))
NEEDED = [
    (GLOCAL.CityGovernment, RDFS.subClassOf, None),
    (GLOCAL.InternationalBody, RDFS.subClassOf, None),
    (GLOCAL.City, RDFS.subClassOf, None),
    (GLOCAL.GlocalPractice, OWL.equivalentClass, None),
    (GLOCAL.SubnationalActor, OWL.equivalentClass, None),
    (None, RDFS.subClassOf, GLOCAL.OrganizedActor),
    (GLOCAL.hasParticipant, OWL.propertyChainAxiom, None),
    (GLOCAL.hasParticipant, OWL.inverseOf, None),
    (GLOCAL.countsAtLevel, OWL.propertyChainAxiom, None),
    (GLOCAL.atLevel, RDFS.subPropertyOf, None),
    (GLOCAL.correspondsTo, RDF.type, OWL.SymmetricProperty),
    (GLOCAL.engagesLevel, OWL.propertyChainAxiom, None),
    (GLOCAL.tiedTo, OWL.propertyChainAxiom, None),
    (GLOCAL.governs, OWL.inverseOf, None),
    (GLOCAL.partnerOf, OWL.propertyChainAxiom, None),
    (GLOCAL.involved, OWL.inverseOf, None),
    (GLOCAL.linkedWith, RDF.type, OWL.SymmetricProperty),
    (GLOCAL.linkedWith, RDFS.subPropertyOf, None),
    (GLOCAL.reaches, RDF.type, OWL.TransitiveProperty),
    (GLOCAL.next, RDFS.subPropertyOf, None),
    (GLOCAL.precedes, RDF.type, OWL.TransitiveProperty),
    (GLOCAL.precedes, OWL.inverseOf, None),
    (GLOCAL.hasAspect, OWL.inverseOf, None),
    (GLOCAL.drives, RDFS.subPropertyOf, None),
    (GLOCAL.favors, RDFS.subPropertyOf, None),
    (GLOCAL.statedIn, RDFS.subPropertyOf, None),
    (GLOCAL.claimSubject, RDFS.subPropertyOf, None),
    (GLOCAL.Passage, RDFS.subClassOf, None),
]


def read(turtle: str) -> rdflib.Graph:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in vocab.PREFIXES.items())
    return rdflib.Graph().parse(data=head + turtle, format="turtle")


def closed(axioms: rdflib.Graph, engine: Literal["fast", "owlrl"] = "fast") -> gk.KnowledgeGraph:
    """The example and the axioms, with everything that follows."""
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text((axioms + read(EXAMPLE)).serialize(format="nt"), "ntriples"))
    kg.infer(engine)
    return kg


def held(kg: gk.KnowledgeGraph, turtle: str) -> set[str]:
    """Those of some facts that hold."""
    facts = {" ".join(term.n3() for term in triple) for triple in read(turtle)}
    return {fact for fact in facts if kg.query(f"ASK {{ {fact} }}")}


@pytest.mark.parametrize("engine", ["fast", "owlrl"])
def test_what_follows_and_what_does_not(
    axioms: rdflib.Graph, engine: Literal["fast", "owlrl"]
) -> None:
    kg = closed(axioms, engine)
    assert len(held(kg, EXPECTED)) == len(read(EXPECTED))
    assert held(kg, UNEXPECTED) == set()


@pytest.mark.parametrize(
    "axiom", NEEDED, ids=lambda axiom: " ".join(str(n).rsplit("#", 1)[-1] for n in axiom)
)
def test_each_axiom_is_needed(
    axioms: rdflib.Graph, axiom: tuple[rdflib.term.Node | None, ...]
) -> None:
    assert axiom in axioms
    without = rdflib.Graph() + axioms
    without.remove(axiom)
    assert len(held(closed(without), EXPECTED)) < len(read(EXPECTED))
