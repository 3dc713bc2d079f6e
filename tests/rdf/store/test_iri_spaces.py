"""Namespaces told from columns of bytes are those told from each IRI."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from glocal_kg._rdf.store import iri_spaces
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.iri_spaces import spaces_of
from glocal_kg._study.vocabularies import namespace

NAMES = ["", "x", "köln", "a/b", "a#b", "b/", "c#", "n" * 300, f"{'d' * 300}/e", "a:b"]
BASES = ["urn:", "urn:a/", "https://example.org/id/", "https://example.org/x#", "u:é/"]


@pytest.mark.parametrize("kinds", [1, 64])
def test_namespaces_in_columns(kinds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iri_spaces, "_PART", 7)
    monkeypatch.setattr(iri_spaces, "_KINDS", kinds)
    chance = Random(kinds)
    for _ in range(200):
        made = [chance.choice(BASES) + chance.choice(NAMES) for _ in range(chance.randrange(30))]
        texts = list(dict.fromkeys(f"<{iri}>" for iri in made))
        others = ['"a/b"@en', "_:b", '<< <urn:a> <urn:b> "c/d" >>'][: chance.randrange(4)]
        terms = Dictionary()
        numbers = terms.add_texts([text.encode() for text in (*texts, *others)])
        if chance.random() < 0.7:
            terms.rest()
        some = numbers[np.array([chance.random() < 0.8 for _ in numbers], bool)]
        names = [t[1:-1] for t in terms.texts(some) if t[:1] == "<" != t[1] and t[-2] not in "/#"]
        spaces, bare = spaces_of(terms, some)
        assert sorted(spaces) == sorted(set(map(namespace, names)))
        assert [text[1:-1] for text in terms.texts(bare)] == [n for n in names if "/" not in n]
