"""What is looked for in many literals at once is what is found in each in turn."""

from __future__ import annotations

from random import Random

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._mending.slips import literal_slips
from glocal_kg._mending.slips.literal_slips import may_have_fault, with_fault_perhaps

WORDS = [
    "the", "città", "di", "İ", "Σ", "Straße", "von", "über", "京都", "Київ", "é", "<b>x</b>", "<b",
    "</i >", "&amp;", "&#39;", "Ã©", "\ufffd", "1959", "2500", "a.b", "(the)", "dei\ndel", "\\",
    "Ville-le", '"', "en@en", "l'eau",
]  # fmt: skip
TYPES = ["gYear", "integer", "strnig"]
TAGS = ["en", "it", "fr", "de", "ja", "en-gb", "english", "xx"]


def literal(chance: Random) -> Literal:
    text = " ".join(chance.choices(WORDS, k=chance.randrange(5)))
    if chance.random() < 0.6:
        return Literal(text, language=chance.choice(TAGS))
    if chance.random() < 0.5:
        return Literal(text)
    return Literal(
        text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{chance.choice(TYPES)}")
    )


@pytest.mark.parametrize("few", [0, 3])
def test_the_same_literals_are_doubted(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(literal_slips, "_FEW", few)
    chance, found = Random(few), 0
    for _ in range(300):
        written = [str(literal(chance)) for _ in range(chance.randrange(1, 20))]
        wanted = [place for place, text in enumerate(written) if may_have_fault(text)]
        assert with_fault_perhaps(written) == wanted
        found += len(wanted)
    assert 0 < found < 300 * 10
