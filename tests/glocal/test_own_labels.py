"""Names by a property of one's own, declared below rdfs:label, in all that shows names."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

import glocal_kg as gk
from glocal_kg._glocal.butterfly.content import read_map
from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere

EX = "https://example.org/"
FACTS = f"""
@prefix ex: <{EX}> .
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:title rdfs:subPropertyOf rdfs:label .
ex:suva a glocal:City ; ex:title "Suva by the sea"@en ; geo:lat -18.1 ; geo:long 178.4 .
ex:apia a glocal:City ; ex:title "A town"@en ; rdfs:label "Apia"@en ;
  geo:lat -13.8 ; geo:long -171.8 .
ex:choirs a glocal:Practice ; ex:title "Choirs"@en ; glocal:participant ex:suva, ex:apia .
ex:map a glocal:IdealMap ; ex:title "My map"@en .
ex:near a glocal:Principle ; ex:title "Nearness"@en .
[] glocal:onMap ex:map ; glocal:element ex:near .
"""


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FACTS, "turtle"), graph=NamedNode(f"{EX}graph"))
    return kg


def test_a_thing_is_called_by_it_unless_it_has_a_label(kg: gk.KnowledgeGraph) -> None:
    assert {one.label for one in kg.cities()} == {"Suva by the sea", "Apia"}
    assert kg.get(f"{EX}apia").labels == {"en": "Apia"}
    assert kg.get(f"{EX}suva").labels == {"en": "Suva by the sea"}
    assert kg.practices()[0].label == "Choirs"


def test_a_network_and_a_world_map_show_it(kg: gk.KnowledgeGraph) -> None:
    network = kg.network("co-participation")
    assert {node["name"] for _, node in network.nodes(data=True)} == {"Suva by the sea", "Apia"}
    assert "Suva by the sea" in kg.map(world=True).svg


def test_a_map_is_found_and_titled_by_it(kg: gk.KnowledgeGraph) -> None:
    content = read_map(kg.facts, map="my map")
    assert content.map.label == "My map"
    assert [one.label for one in content.principles.elements] == ["Nearness"]


def test_an_import_knows_what_is_called_so(kg: gk.KnowledgeGraph) -> None:
    others = Elsewhere(kg, NamedNode(f"{EX}another"))
    assert others.names(f"{EX}suva") == ["Suva by the sea"]
    assert others.named("suva by the sea") == [f"{EX}suva"]
    assert Elsewhere(kg, NamedNode(f"{EX}graph")).named("suva by the sea") == []
