"""The language of a text is told by its little words, and never where these leave a doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from glocal_kg._mending.slips.literal_slips import fault_of
from glocal_kg._mending.slips.speech import spoken

ONTOLOGY = Path(__file__).resolve().parents[3] / "ontology"


def told(text: str, tag: str) -> str:
    fault = fault_of(Literal(text, language=tag))
    return fault[2].rpartition("@")[2] if fault else ""


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Something that actors do, or did, together: a program, a project.", "en"),
        ("Metro con cui le pratiche vengono esaminate e possono essere giudicate.", "it"),
        ("Accordo, proposto da qualcuno, su quali termini usare.", "it"),
        ("Risorsa pubblicata o curata da un singolo agente.", "it"),
        ("Un sitio o end-point que da acceso a la distribución.", "es"),
        ("Objekt des Typus ... wurde benutzt in", "de"),
        ("connaissance générale, non vérifiée", "fr"),
        ("interval met by", "en"),
        ("area per length", "en"),
        ("glocalismo secondo Globus et Locus", "it"),
        ("Beck's cosmopolitanization", "en"),
    ],
)
def test_texts_in_their_language_are_no_slips(text: str, tag: str) -> None:
    assert told(text, tag) == ""


@pytest.mark.parametrize(
    ("text", "tag", "right"),
    [
        ("meeting of choirs in the city", "it", "en"),
        ("incontro di cori nella città", "en", "it"),
        ("Vernetzung zwischen Städten und kleinen Dörfern", "fr", "de"),
        ("encontro da cidade com os prefeitos", "en", "pt"),
        ("réseau avec des villes", "en", "fr"),
    ],
)
def test_texts_in_another_language_are_told(text: str, tag: str, right: str) -> None:
    assert told(text, tag) == right


def test_names_are_in_no_language() -> None:
    names = ("Frankfurt am Main", "Globus et Locus", "Vico del Gargano", "Kigali Forum")
    assert not any(spoken(name) for name in names)


def test_every_text_of_the_ontology_is_in_its_language() -> None:
    files = [*ONTOLOGY.glob("*.ttl"), *ONTOLOGY.glob("alignments/*.ttl")]
    texts = {
        quad.object
        for path in files
        for quad in parse(path=str(path), format=RdfFormat.TURTLE, base_iri="http://x/")
        if isinstance(quad.object, Literal) and quad.object.language
    }
    assert len(texts) > 1000
    assert [str(text) for text in texts if fault_of(text)] == []
