"""Integers and decimals of a few digits, read in columns from the last bytes of their texts."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.segment import ENDING

_TAILS: Final = tuple(
    np.frombuffer(b'"^^<http://www.w3.org/2001/XMLSchema#%b>' % name, np.uint8)
    for name in (b"integer", b"decimal")
)
_ROOM: Final = ENDING - len(_TAILS[0])
"""Bytes before the type: a quotation mark, what stands before it, and up to 17 of a number."""
_MARK, _ESCAPE, _DOT, _PLUS, _MINUS, _ZERO = b'"\\.+-0'
_SAFE: Final = 2**53
"""Below this an integer is a double, and divided by a power of ten the nearest double there is."""


class ShortNumbers:
    """The short numbers among some texts.

    ``at`` are their places among these; ``units`` of the last place and how many ``places`` there
    are behind the point say what each is worth, and ``values`` the same as the nearest double.
    ``whole`` tells which are integers.
    """

    __slots__ = ("at", "places", "units", "values", "whole")

    def __init__(self, endings: NDArray[np.uint8]) -> None:
        """``endings`` are the last bytes of each text; before a shorter one stands anything."""
        whole, decimal = ((endings[:, _ROOM:] == tail).all(axis=1) for tail in _TAILS)
        at = np.flatnonzero(whole | decimal)
        letters = endings[at, :_ROOM]
        first = _ROOM - (letters[:, ::-1] == _MARK).argmax(axis=1)  # behind the quotation mark
        units = np.zeros(len(at), np.int64)
        digits, points, places = (np.zeros(len(at), np.int8) for _ in range(3))
        signs = np.zeros(len(at), np.uint8)
        for place in range(1, _ROOM):
            letter, inside = letters[:, place], place >= first
            is_digit = inside & (letter - np.uint8(_ZERO) < 10)
            units = np.where(is_digit, 10 * units + (letter - np.uint8(_ZERO)), units)
            digits += is_digit
            places += is_digit & (points > 0)
            points += inside & (letter == _DOT)
            signs = np.where(place == first, letter, signs)
        signed = (signs == _PLUS) | (signs == _MINUS)
        rows = np.arange(len(at))
        # The mark must be the first of all of the text: within it there is an escape before it.
        right = (first > 1) & (first < _ROOM) & (letters[rows, first - 2] != _ESCAPE)
        right &= (letters[rows, first - 1] == _MARK) & (digits > 0) & (points <= ~whole[at])
        right &= (digits + points + signed == _ROOM - first) & (units <= _SAFE)
        values = units / 10.0**places
        negative = signs == _MINUS
        self.at = at[right]
        self.units = np.where(negative, -units, units)[right]
        self.values = np.where(negative, -values, values)[right]
        self.places, self.whole = places[right], whole[at][right]
