"""What terms are worth as numbers is the same from columns of bytes and from each text."""

from __future__ import annotations

import random

import numpy as np
import pytest

from glocal_kg._rdf.sparql import worth as module
from glocal_kg._rdf.sparql.query_terms import kept
from glocal_kg._rdf.sparql.worth import worth
from glocal_kg._rdf.store.dictionary import Dictionary

XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = [
    "1", "-1", "+1", "0", "-0", "007", "1.50", "-1.5", ".5", "5.", ".", "", "-", "+.", "1.2.3",
    "1-2", "--1", "9007199254740992", "9007199254740993", "900719925474099.3", "0.1", "-0.0",
    "12345678901234567", "123456789012345678", "0.00000000000001", "1e3", " 1", "1 ", "1_0",
    r"\"1", r"\"12", "a", "½", "١", "99999999999999999999", "0000000000000001", "-12345678901.25",
]  # fmt: skip
TYPES = ("integer", "decimal", "int", "double")
TEXTS = [
    *(f'"{value}"^^<{XSD}{name}>' for value in VALUES for name in TYPES),
    *(f'"{value}"{tail}' for value in VALUES for tail in ("", "@en", "^^<urn:integer>")),
    "<urn:a>", "_:b", f"<{XSD}integer>", '"x"^^<urn:t>',
]  # fmt: skip


@pytest.mark.parametrize("rest", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_columns_say_what_texts_say(seed: int, rest: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", 0)
    texts = list(dict.fromkeys(TEXTS))
    random.Random(seed).shuffle(texts)
    dictionary = Dictionary()
    dictionary.add_texts([text.encode() for text in texts])
    if rest:
        dictionary.rest()
    every = np.arange(len(texts), dtype=np.int32)
    known = kept(dictionary).worth
    kinds, values = known.of(every, len(texts))
    units, places = known.exact(every, len(texts))
    for found in zip(
        texts, kinds.tolist(), values.tolist(), units.tolist(), places.tolist(), strict=True
    ):
        wanted = worth(found[0])
        assert found[1:] == wanted
        assert str(found[2]) == str(wanted[1])  # zero has a sign


def test_texts_are_not_made_of_short_numbers() -> None:
    dictionary = Dictionary()
    dictionary.add_texts([f'"{n / 4}"^^<{XSD}decimal>'.encode() for n in range(100)])
    dictionary.rest()
    reader = kept(dictionary).worth
    reader._texts = None
    assert reader.of(np.arange(100, dtype=np.int32), 100)[1].sum() == sum(range(100)) / 4
