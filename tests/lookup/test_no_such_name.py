"""A name that nothing has is answered with the names that are like it, whoever is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import glocal_kg as gk


@pytest.mark.parametrize(
    "ask",
    [
        lambda kg: kg.get("Kigalli"),
        lambda kg: kg.describe("Kigalli"),
        lambda kg: kg.practices(participant="Kigalli"),
        lambda kg: kg.explain("Kigalli", "a", "glocal:City"),
    ],
)
def test_a_misspelt_name(ask: Callable[[gk.KnowledgeGraph], object]) -> None:
    with pytest.raises(gk.NotFoundError, match="Did you mean place:kigali") as told:
        ask(gk.load())
    assert told.value.suggestions == ("place:kigali",)


def test_what_does_not_follow_is_told_in_short_with_what_is_there() -> None:
    with pytest.raises(gk.NotFoundError) as told:
        gk.load().explain("place:kigali", "rdf:type", "glocal:Principle")
    text = str(told.value)
    assert "implies: place:kigali rdf:type glocal:Principle. " in text
    assert "place:kigali has rdf:type geo:SpatialThing, glocal:City" in text


def test_a_prefix_of_rdflib_is_told_only_where_it_is_used() -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    kg = gk.KnowledgeGraph()
    graph = rdflib.Graph().parse(data="<urn:a> <urn:b> <urn:c> .", format="turtle")
    assert kg.add(graph).notes == ()
    feature = "<urn:a> a <http://www.opengis.net/ont/geosparql#Feature> ."
    [note] = kg.add(rdflib.Graph().parse(data=feature, format="turtle")).notes
    assert note.startswith("The prefix geo: is")


@pytest.mark.parametrize("format", ["turtle", "rdfxml", "jsonld", "trig"])
def test_a_web_page_is_one_in_every_format(format: str) -> None:
    page = "<!DOCTYPE html><html><body>404</body></html>"
    with pytest.raises(gk.ReadError, match="It is a web page"):
        gk.KnowledgeGraph().add(gk.Text(page, format))


def test_shapes_of_ones_own_are_no_things_that_shapes_look_at() -> None:
    kg = gk.load()
    kg.add(gk.Text(SHAPES, "turtle"))
    report = kg.validate(source="mine")
    assert report.things == (0, 0)
    assert report.passed_over == ()


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://my.example/s#> .
@prefix glocal: <https://w3id.org/glocal/ontology#> .
s:C a sh:NodeShape ; sh:targetClass glocal:City ;
  sh:property [ sh:path glocal:theme ; sh:maxCount 9 ] .
"""
