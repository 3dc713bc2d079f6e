"""The picture of a proof: every line in its card, every card in the picture, valid XML."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import glocal_kg as gk
from glocal_kg._drawing.typeface import face

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Inter" + "communal" * 20 + " council of <all> towns & cities " + "along the river " * 12
FACTS = f"""
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:council a ex:board ; rdfs:label "{LONG}"@en .
ex:board rdfs:subClassOf ex:government . ex:government rdfs:subClassOf ex:actor .
"""
FACT = ("https://example.org/council", "rdf:type", "https://example.org/actor")


@pytest.fixture(scope="module")
def picture() -> ElementTree.Element:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FACTS, "turtle"))
    kg.infer()
    return ElementTree.fromstring(kg.explain(*FACT).to_svg())


def test_the_picture_has_a_title_and_a_card_for_each_line(picture) -> None:
    assert picture.findtext(f"{SVG}title").endswith("is an actor")
    kinds = [group.get("class") for group in picture.iter(f"{SVG}g")]
    assert kinds == ["proved", "said", "said", "said"]
    assert len(picture.findall(f"{SVG}path")) == 1 + 3  # the ground, and a line to each premise


def test_no_text_leaves_its_card_and_no_card_the_picture(picture) -> None:
    wide, high = float(picture.get("width")), float(picture.get("height"))
    bottom = 0.0
    for group in picture.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        left, top, width, height = (float(rect.get(k)) for k in ("x", "y", "width", "height"))
        assert top >= bottom
        assert left + width <= wide
        bottom = top + height
        for span in group.iter(f"{SVG}tspan"):
            end = float(span.get("x")) + 15 * face("regular").width(span.text)
            assert left < float(span.get("x")) <= end < left + width
            assert top < float(span.get("y")) < bottom
    assert bottom < high


def test_the_words_are_those_of_the_text(picture) -> None:
    told = "".join("".join(span.text.split()) for span in picture.iter(f"{SVG}tspan"))
    assert "".join(LONG.split()) in told
