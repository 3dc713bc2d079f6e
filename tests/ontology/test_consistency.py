"""HermiT, a complete reasoner for OWL 2 DL, finds no contradiction and no empty class."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

GLOCAL = rdflib.Namespace("https://w3id.org/glocal/ontology#")
ID = rdflib.Namespace("https://w3id.org/glocal/id/")
Contradictions = Callable[[rdflib.Graph], list[str]]


@pytest.mark.slow
def test_ontology_and_data_hold_together(
    ontology: rdflib.Graph, data: rdflib.Graph, contradictions: Contradictions
) -> None:
    assert contradictions(ontology + data) == []


def test_a_contradiction_would_be_found(
    ontology: rdflib.Graph, contradictions: Contradictions
) -> None:
    both = rdflib.Graph() + ontology
    both.add((ID["trend/both"], RDF.type, GLOCAL.AdverseTrend))
    both.add((ID["trend/both"], RDF.type, GLOCAL.FavorableTrend))
    assert contradictions(both) == ["the whole is inconsistent"]


def test_an_empty_class_would_be_found(
    ontology: rdflib.Graph, contradictions: Contradictions
) -> None:
    empty = rdflib.Graph() + ontology
    empty.add((GLOCAL.Nobody, RDF.type, OWL.Class))
    empty.add((GLOCAL.Nobody, RDFS.subClassOf, GLOCAL.City))
    empty.add((GLOCAL.Nobody, RDFS.subClassOf, GLOCAL.Practice))
    (name,) = contradictions(empty)
    assert "Nobody" in name
