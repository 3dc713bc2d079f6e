"""Short names of Turtle for what is no IRI: refused where they stand, however they are read."""

from __future__ import annotations

import pytest

import glocal_kg as gk

ODD = "\U000e01ef"  # PN_CHARS_BASE of Turtle has it, ucschar of RFC 3987 has not


@pytest.mark.parametrize(
    ("format", "statement", "column"),
    [
        ("turtle", "<urn:a> a:x{}y 1 .", 12),
        ("turtle", "<urn:a> a:x 'flag {} a:' ; a:y a:{} .", 33),
        ("turtle", "<urn:a> a:x 'x'^^a:{} .", 20),
        ("turtle", "<urn:a> a:x (1 a:{}) .", 18),  # the parser reads the piece
        ("turtle", "<urn:a> a:x 1 ; a:y [ a:z a:{} ] . # {}", 29),
        ("trig", "<urn:g> {{ <urn:a> a:x a:{} }}", 25),
        ("trig", "a:{} {{ <urn:a> a:x 1 }}", 3),
    ],
)
def test_a_name_for_what_is_no_iri_is_told(format: str, statement: str, column: int) -> None:
    text = "@prefix a: <http://a/> .\n" + statement.format(ODD, ODD)
    kg = gk.KnowledgeGraph()
    with pytest.raises(gk.ReadError, match=f"x:2:{column}: .* U\\+E01EF") as raised:
        kg.add(gk.Text(text, format, name="x"))
    assert "<http://a/" in raised.value.remedy
    assert not list(kg.facts)


@pytest.mark.parametrize("format", ["ntriples", "turtle", "trig"])
def test_texts_have_what_iris_do_not(format: str) -> None:
    kg = gk.KnowledgeGraph()
    text = f'<urn:a> <urn:b> "<x:{ODD}>"@en .\n<urn:a> <urn:b> "{ODD}" .'
    kg.add(gk.Text(text, format, name="x"))
    assert {str(quad.object) for quad in kg.facts} == {f'"<x:{ODD}>"@en', f'"{ODD}"'}


def test_the_letters_of_flags_stand_in_texts_beside_any_names() -> None:
    kg = gk.KnowledgeGraph()
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e007f"
    kg.add(
        gk.Text(f"@prefix a: <http://a/> . a:é a:\U00010000 '{flag}', (1) .", "turtle", name="x")
    )
    assert flag in [getattr(quad.object, "value", "") for quad in kg.facts]
