"""Terms get one number and come back as they were written."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import BaseDirection, BlankNode, DefaultGraph, Literal, NamedNode, Triple

from glocal_kg._rdf.store import dictionary, part_places
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.segment import Segment
from glocal_kg._rdf.store.term_text import term_of, terms_of_texts, text_of

XSD = "http://www.w3.org/2001/XMLSchema#"
A = NamedNode("https://example.org/a")
TERMS = [
    A,
    BlankNode("b1"),
    DefaultGraph(),
    Literal(""),
    Literal('a "quoted" \\ text\n\t\r\b\f\x01\x7f\x85'),
    Literal("naïve 🦋 城市"),
    Literal("x", language="en"),
    Literal("x", language="ar", direction=BaseDirection.RTL),
    Literal("1.50", datatype=NamedNode(XSD + "decimal")),
    Literal("007", datatype=NamedNode(XSD + "integer")),
    Literal('"@en', datatype=NamedNode(XSD + "string")),
    Literal('tricky"^^<urn:x>', datatype=NamedNode("urn:my-type")),
    Triple(A, A, Literal('"')),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_terms_come_back_as_written(term: object) -> None:
    text = text_of(term)
    assert term_of(text) == term
    assert b"\n" not in text


@given(
    some.text(some.characters(exclude_categories=["Cs"])), some.sampled_from(["", "en", "it-ch"])
)
def test_any_literal_comes_back(value: str, language: str) -> None:
    term = Literal(value, language=language) if language else Literal(value)
    assert term_of(text_of(term)) == term


@given(some.lists(some.lists(some.integers(0, 60)), max_size=8), some.sampled_from([1, 64]))
def test_numbers_are_given_once_in_every_size(lots: list[list[int]], few: int) -> None:
    before = dictionary.WAITING, dictionary.FEW
    dictionary.WAITING, dictionary.FEW = 7, few
    try:
        terms, known = Dictionary(), {}
        for lot in lots:
            texts = [f"<urn:{n}>".encode() for n in dict.fromkeys(lot)]
            numbers = terms.add_texts(texts).tolist()
            for text, number in zip(texts, numbers, strict=True):
                assert known.setdefault(text, number) == number
            single = terms.add(NamedNode("urn:single"))
            assert known.setdefault(b"<urn:single>", single) == single
        assert sorted(known.values()) == list(range(len(terms)))
        for text, number in known.items():
            assert terms.find_text(text) == number
            assert terms.text(number) == text
        assert terms.find(NamedNode("urn:unknown")) is None
    finally:
        dictionary.WAITING, dictionary.FEW = before


def test_literals_are_told_from_other_terms() -> None:
    before, dictionary.WAITING = dictionary.WAITING, 3
    try:
        terms = Dictionary()
        for term in TERMS:
            terms.add(term)
        wanted = [isinstance(term, Literal) for term in TERMS]
        assert terms.literals().tolist() == wanted
        assert terms.literals(4).tolist() == wanted[4:]
        assert list(terms) == TERMS
    finally:
        dictionary.WAITING = before


@pytest.mark.parametrize("seed", range(3))
def test_terms_that_are_kept_are_the_right_ones_and_no_more_than_allowed(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary, "MADE", 200)
    written = [f'"bòth {n}"' if n % 3 else f"<urn:{n}>" for n in range(1000)]
    terms, random = Dictionary(), Random(seed)
    terms.add_texts([text.encode() for text in written])
    terms.rest()
    for size in (5, 90, 99, 300, 70, 90, 90, 3, 1000):
        wanted = random.choices(range(1000), k=size)
        for numbers in (wanted, sorted(set(wanted))):
            assert [str(term) for term in terms.take(numbers)] == [written[n] for n in numbers]
            assert len(terms._made) <= 200


def test_many_terms_are_the_same_as_each() -> None:
    assert terms_of_texts([text_of(term).decode() for term in TERMS]) == TERMS


def test_many_texts_of_all_lengths_and_scripts_are_read_together() -> None:
    texts = [b'"%s"' % ("żółw 🐢 " * (n % 7) + "a" * (n % 90)).encode() + b"@x%d" % n
             for n in range(300)]  # fmt: skip
    texts[100], texts[-1] = b'"%s"' % (b"long " * 300), b"<urn:z>"
    segment = Segment.of(texts)
    for step in (2, 3, 13):
        for numbers in (np.arange(0, 300, step), np.arange(299, 0, -step)[::-1]):
            found = segment.texts(numbers.astype(np.int32))
            assert found == [texts[number].decode() for number in numbers.tolist()]


@pytest.mark.parametrize("window", [1, 7, 1 << 16])
def test_a_part_is_found_wherever_it_stands(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_places, "WINDOW", window)
    random = Random(window)
    for length in (1, 2, 3, 5):
        text, part = (bytes(random.choices(b"ab\n", k=n)) for n in (random.randrange(90), length))
        found = part_places.places_of(part, np.frombuffer(text, np.uint8), 1000)
        assert found is not None
        assert found.tolist() == [n for n in range(len(text)) if text.startswith(part, n)]
    assert part_places.places_of(b"a", np.frombuffer(b"aaaa", np.uint8), 3) is None
