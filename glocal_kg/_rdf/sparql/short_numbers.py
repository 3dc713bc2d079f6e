"""Integers and decimals of a few digits, read in columns from the last bytes of their texts."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.segment import ENDING

_TAILS: Final = tuple(
    np.frombuffer((b'"^^<http://www.w3.org/2001/XMLSchema#%b>' % name).rjust(ENDING), np.uint8)
    for name in (b"integer", b"decimal")
)
_ROOM: Final = ENDING - len(_TAILS[0].tobytes().lstrip())
"""Bytes before the type: a quotation mark, what stands before it, and up to 17 of a number."""
_WORDS: Final = slice(_ROOM // 8 + 1, None)
"""The words of eight bytes that are of the type alone."""
_MARK, _ESCAPE, _DOT, _PLUS, _MINUS, _ZERO = b'"\\.+-0'
_SAFE: Final = 2**53
"""Up to here an integer is a double, and divided by a power of ten the nearest double there is."""


class ShortNumbers:
    """The short numbers among some texts.

    ``at`` are their places among these; ``units`` of the last place and how many ``places`` there
    are behind the point say what each is worth, and ``values`` the same as the nearest double.
    ``whole`` tells which are integers.
    """

    __slots__ = ("at", "places", "units", "values", "whole")

    def __init__(self, endings: NDArray[np.uint8]) -> None:
        """``endings`` are the last bytes of each text; before a shorter one stands anything."""
        words = endings.view(np.uint64)[:, _WORDS]
        typed = [np.flatnonzero((words == tail.view(np.uint64)[_WORDS]).all(axis=1))
                 for tail in _TAILS]  # fmt: skip
        at = np.concatenate(typed)
        whole = np.arange(len(at)) < len(typed[0])
        letters = endings[at, : _WORDS.start * 8].T.copy()  # letter by letter, side by side
        right = np.ones(len(at), bool)
        for place in range(_ROOM, len(letters)):  # the same in both types
            right &= letters[place] == _TAILS[0][place]
        first = np.zeros(len(at), np.uint8)  # behind the last quotation mark
        for place in range(_ROOM):
            first[letters[place] == _MARK] = place + 1
        units = np.zeros(len(at), np.int64)
        digits, points, places = (np.zeros(len(at), np.uint8) for _ in range(3))
        signs = np.zeros(len(at), np.uint8)
        for place in range(1, _ROOM):
            letter, inside = letters[place], first <= place
            digit = letter - np.uint8(_ZERO)
            is_digit = inside & (digit < 10)
            units = np.where(is_digit, 10 * units + digit, units)
            digits += is_digit
            places += is_digit & (points > 0)
            points += inside & (letter == _DOT)
            signs = np.where(first == place, letter, signs)
        # The mark must be the first of all of the text: within it there is an escape before it.
        before = letters[np.maximum(first, 2) - 2, np.arange(len(at))]
        right &= (first > 1) & (before != _ESCAPE) & (digits > 0) & (points <= ~whole)
        signed = (signs == _PLUS) | (signs == _MINUS)
        right &= (digits + points + signed + first == _ROOM) & (units <= _SAFE)
        values = units / 10.0**places
        negative = signs == _MINUS
        self.at = at[right]
        self.units = np.where(negative, -units, units)[right]
        self.values = np.where(negative, -values, values)[right]
        self.places, self.whole = places[right], whole[right]
