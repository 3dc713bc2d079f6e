"""Breaking lines, sizes in rooms, and places."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal_kg._drawing.typeface import face
from glocal_kg._glocal.butterfly.curves import Box
from glocal_kg._glocal.butterfly.setting import balance, breaks, largest, place, shorten

REGULAR = face("regular")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcmwiéß-", min_size=1, max_size=12), min_size=1, max_size=9))
def test_no_word_is_lost_and_each_way_is_narrower(words: list[str]) -> None:
    text = " ".join(words)
    ways = breaks(text, REGULAR)
    assert ways[0].texts == (text,)
    for way, following in itertools.pairwise(ways):
        assert following.width < way.width
        assert len(following.texts) > len(way.texts)
    for way in ways:
        assert "".join("".join(way.texts).split()) == "".join(words)
        assert way.widths == tuple(REGULAR.width(line) for line in way.texts)


def test_the_best_break_is_found() -> None:
    two = breaks("problems of international cooperation", REGULAR)[1]
    assert two.texts == ("problems of international", "cooperation")


def test_breaks_at_hyphens_but_not_at_numbers() -> None:
    assert breaks("peace-building", REGULAR)[1].texts == ("peace-", "building")
    assert len(breaks("-5", REGULAR)) == 1


def test_a_very_long_word_gets_hyphens_only_where_it_breaks() -> None:
    ways = breaks("Donaudampfschifffahrtsgesellschaft", REGULAR)
    assert ways[0].texts == ("Donaudampfschifffahrtsgesellschaft",)
    assert ways[1].texts == ("Donaudampfschifff-", "ahrtsgesellschaft")


def test_ideographs_break_anywhere_but_not_before_a_comma() -> None:
    assert breaks("平和、構築", REGULAR)[1].texts in {("平和、", "構築"), ("平", "和、構築")}


def test_a_long_label_ends_in_an_ellipsis() -> None:
    short = shorten("word " * 60)
    assert short.endswith("word…")
    assert len(short) <= 160


@settings(max_examples=60, deadline=None)
@given(
    st.text("abcm wi", min_size=1, max_size=40).filter(str.strip),
    st.floats(30, 400),
    st.floats(20, 200),
)
def test_text_at_its_largest_size_fits_and_touches(text: str, width: float, height: float) -> None:
    ways, room = breaks(text, REGULAR), Box(10, 20, width, height)
    size = largest(ways, [room])
    boxes = place(ways, [room], size, air=1.0).boxes()
    across = max(box.right for box in boxes) - min(box.x for box in boxes)
    down = boxes[-1].bottom - boxes[0].y
    assert across <= width + 1e-6
    assert down <= height + 1e-6
    assert across == pytest.approx(width) or down == pytest.approx(height)
    assert min(box.x for box in boxes) >= room.x - 1e-6
    assert boxes[-1].bottom <= room.bottom + 1e-6


def test_text_stands_in_the_middle_where_there_is_room() -> None:
    block = place(breaks("city", REGULAR), [Box(0, 0, 200, 100), Box(0, 0, 200, 20)], 10)
    assert (block.x, block.y) == (100, 50)


def test_weights_shift_room_to_the_cell_that_needs_it() -> None:
    weights = balance(3, lambda weights: [weights[0], weights[1] / 2, weights[2]], enough=9.0)
    assert weights[1] > 1.2 > 0.9 > weights[0]
    assert balance(3, lambda weights: [5.0, 6.0, 7.0], enough=4.0) == [1.0, 1.0, 1.0]
    assert balance(0, lambda weights: [], enough=4.0) == []
