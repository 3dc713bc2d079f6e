"""Many texts in one piece of memory, and their numbers in a dictionary."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal_kg._rdf.store import dictionary, text_pile
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.text_pile import TextPile

texts = st.lists(st.binary(max_size=5).map(lambda text: text.replace(b"\n", b"")), max_size=6)
steps = st.lists(st.tuples(st.sampled_from(("append", "prepend", "keep")), texts), max_size=8)


@given(steps)
def test_a_pile_is_a_list_of_texts(steps):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_pile, "_PART", 2)
        _keep_as_a_list(steps)


def _keep_as_a_list(steps):
    pile, wanted = TextPile(), []
    for step, some in steps:
        if step == "append":
            pile.append(some)
            wanted += some
        elif step == "prepend":
            pile.prepend(some)
            wanted[:0] = some
        else:
            pile.keep(np.array([text not in some for text in wanted], bool))
            wanted = [text for text in wanted if text not in some]
        assert len(pile) == len(wanted)
    assert list(pile) == [pile[place] for place in range(len(pile))] == wanted
    assert pile.some(np.arange(len(pile))[::2]) == wanted[::2]
    assert pile.hashes.tolist() == list(map(crc32, wanted))
    segment = pile.segment()
    assert [segment.text(place) for place in range(len(segment))] == wanted
    assert all(wanted[segment.find(text)] == text for text in wanted)
    assert not segment.blob.flags.writeable


numbers = st.lists(st.integers(0, 30), unique=True, max_size=20)


@pytest.mark.parametrize("many", [1, 4, 1000])
@given(before=st.lists(numbers, max_size=3), piles=st.lists(numbers, max_size=4))
@settings(max_examples=40)
def test_a_pile_gets_the_numbers_of_its_texts(many, before, piles):
    def named(some):
        return [b"<urn:%d>" % number for number in some]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dictionary, "WAITING", many)
        terms, wanted = Dictionary(), Dictionary()
        for some in before:
            terms.add_texts(named(some))
            wanted.add_texts(named(some))
        for some in piles:
            pile = TextPile()
            pile.append(named(some))
            assert terms.add_pile(pile).tolist() == wanted.add_texts(named(some)).tolist()
            assert len(terms) == len(wanted)
            assert [terms.text(n) for n in range(len(terms))] == [
                wanted.text(n) for n in range(len(wanted))
            ]
