"""A graph of three classes and one city, for all tests of the graph."""

from __future__ import annotations

from pyoxigraph import NamedNode

EX = "https://example.org/"
OWN = NamedNode("https://w3id.org/glocal/graph/import/text")
PREFIXES = f"""\
@prefix : <{EX}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
"""
FAMILY = PREFIXES + ":City rdfs:subClassOf :Place . :Place rdfs:subClassOf :Thing . :rome a :City ."
SHAPES = (
    PREFIXES
    + ":S a sh:NodeShape ; sh:targetClass :Place ; sh:property [ sh:path :name ; sh:minCount 1 ] ."
)


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)
