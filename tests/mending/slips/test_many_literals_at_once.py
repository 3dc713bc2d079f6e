"""What is looked for in many literals at once is what is found in each in turn."""

from __future__ import annotations

from random import Random

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._mending.slips import literal_slips
from glocal_kg._mending.slips.literal_slips import fault_of, may_have_fault, with_fault_perhaps
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.term_text import term_of_text

WORDS = [
    "the", "città", "di", "İ", "Σ", "Straße", "von", "über", "京都", "Київ", "é", "<b>x</b>", "<b",
    "</i >", "&amp;", "&#39;", "Ã©", "\ufffd", "1959", "2500", "a.b", "(the)", "dei\ndel", "\\",
    "Ville-le", '"', "en@en", "l'eau",
]  # fmt: skip
VALUES = ["1959", "12345", "2500", "-12345", "+7", "x", "9999-01-01", "1959-02-30", "\\"]
TYPES = ["gYear", "integer", "date", "strnig", "decimal"]
TAGS = ["en", "it", "fr", "de", "ja", "en-gb", "english", "xx"]


def literal(chance: Random) -> Literal:
    text = " ".join(chance.choices(WORDS, k=chance.randrange(5)))
    if chance.random() < 0.6:
        return Literal(text, language=chance.choice(TAGS))
    if chance.random() < 0.5:
        return Literal(text)
    text = chance.choice([text, *VALUES])
    return Literal(
        text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{chance.choice(TYPES)}")
    )


@pytest.mark.parametrize("few", [0, 3])
def test_the_same_literals_are_doubted(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literal_slips, "_FEW", few)
    monkeypatch.setattr(literal_slips, "_PART", 5)
    chance, found = Random(few), 0
    for _ in range(300):
        written = list(dict.fromkeys(str(literal(chance)) for _ in range(chance.randrange(1, 20))))
        terms = Dictionary()
        numbers = terms.add_texts([text.encode() for text in written])
        if chance.random() < 0.5:
            terms.rest()
        wanted = [place for place, text in enumerate(written) if _is_faulty(text)]
        doubted = with_fault_perhaps(terms, numbers)
        assert [place for place in doubted if _is_faulty(written[place])] == wanted
        assert all(may_have_fault(written[place]) for place in doubted)
        found += len(wanted)
    assert 0 < found < 300 * 10


def _is_faulty(written: str) -> bool:
    return fault_of(term_of_text(written)) is not None
