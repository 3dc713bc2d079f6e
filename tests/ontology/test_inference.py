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

# A city government and an international body take part in one practice, a city by a plain link.
actor:municipality a glocal:Government ; glocal:governs place:city .
actor:world-body a glocal:Organization ; glocal:kind kind:international-body .
place:city a glocal:City .
place:second a glocal:City .
practice:both a glocal:Practice ; glocal:participant place:second ;
    glocal:qualifiedParticipation participation:a , participation:b .
participation:a glocal:ofParticipant actor:municipality ; glocal:linkedWith participation:b .
participation:b glocal:ofParticipant actor:world-body .
event:talk a glocal:Event ; glocal:where place:city .

# A practice of cities alone, in which an association has a part.
actor:association a glocal:Organization ; glocal:kind kind:civil-society-organization .
practice:held a glocal:Program .
practice:local-only a glocal:Practice ; glocal:participant place:second , actor:association .

# Classes of actors, placed on a level by their source.
group:provinces a glocal:ActorGroup ; glocal:atLevel level:subnational .
group:communities a glocal:ActorGroup ; glocal:atLevel level:local .
group:executives a glocal:ActorGroup ; glocal:atLevel level:national .

# What is said, by whom, where.
process:driver glocal:favors trend:up .
process:one glocal:drives trend:up .
assertion:one glocal:asserts proposition:one ; glocal:statedIn passage:one .
proposition:one glocal:subject principle:one ; glocal:relation glocal:value ; glocal:value 7 .
passage:one glocal:fromSource source:one .
"""

EXPECTED = """
actor:municipality a glocal:SubnationalActor , prov:Agent ; glocal:atLevel level:local .
actor:world-body glocal:atLevel level:supranational , level:global .
practice:both a glocal:GlocalPractice ;
    glocal:atLevel level:local , level:global , level:subnational ;
    glocal:participant actor:municipality , actor:world-body ;
    glocal:concerns place:second , actor:municipality , place:city .
practice:held a glocal:Practice .
place:city glocal:atLevel level:local , level:subnational .
event:talk glocal:concerns place:city .
group:provinces a glocal:SubnationalActor .
group:communities a glocal:SubnationalActor .
participation:b glocal:linkedWith participation:a ; a glocal:Participation .
process:driver glocal:affects trend:up .
assertion:one glocal:attestedIn passage:one ; glocal:fromSource source:one .
proposition:one glocal:about principle:one , 7 .
passage:one a prov:Entity .
"""

# What must not follow: a practice of cities alone is not glocal, whoever takes part in it has no
# level from it; what a trend is made of need not favor it; a passage is from its source, and no
# source is a passage.
UNEXPECTED = """
practice:local-only a glocal:GlocalPractice ; glocal:atLevel level:global .
actor:association a glocal:SubnationalActor ; glocal:atLevel level:local .
actor:world-body a glocal:SubnationalActor .
group:executives a glocal:SubnationalActor .
event:talk a glocal:Practice .
process:one glocal:favors trend:up .
proposition:one glocal:statedIn passage:one .
"""

GLOCAL = rdflib.Namespace(str(vocab.GLOCAL))
NEEDED = [
    (GLOCAL.City, RDFS.subClassOf, None),
    (GLOCAL.Program, RDFS.subClassOf, None),
    (GLOCAL.GlocalPractice, OWL.equivalentClass, None),
    (GLOCAL.SubnationalActor, OWL.equivalentClass, None),
    (GLOCAL.participant, OWL.propertyChainAxiom, None),
    (GLOCAL.participant, RDFS.subPropertyOf, None),
    (GLOCAL.concerns, OWL.propertyChainAxiom, None),
    (GLOCAL.where, RDFS.subPropertyOf, None),
    (GLOCAL.atLevel, OWL.propertyChainAxiom, None),
    (GLOCAL.correspondsTo, RDF.type, OWL.SymmetricProperty),
    (GLOCAL.linkedWith, RDF.type, OWL.SymmetricProperty),
    (GLOCAL.favors, RDFS.subPropertyOf, None),
    (GLOCAL.statedIn, RDFS.subPropertyOf, None),
    (GLOCAL.fromSource, OWL.propertyChainAxiom, None),
    (GLOCAL.subject, RDFS.subPropertyOf, None),
    (GLOCAL.value, RDFS.subPropertyOf, None),
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
