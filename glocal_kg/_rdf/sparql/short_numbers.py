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
_TAIL: Final = len(_TAILS[0].tobytes().lstrip())
"""Bytes of a quotation mark and the type behind it."""
_MOST: Final = ENDING - _TAIL - 2
"""Letters of a number that stand before these in the bytes of an ending: 17."""
_WORD: Final = (ENDING - _TAIL) // 8
"""The first word of an ending that is of these, at least its last bytes."""
_REST: Final = np.array([0] * (_MOST + 2) + [255] * _TAIL, np.uint8).view(np.uint64)[_WORD]
"""Which bits of this word are of these."""
_DOT, _PLUS, _MINUS, _ZERO = b".+-0"
_TENS: Final = np.array([10.0**place for place in range(_MOST + 1)])
_SAFE: Final = 2**53
"""Up to here an integer is a double, and divided by a power of ten the nearest double there is."""


class ShortNumbers:
    """The short numbers among some texts.

    ``at`` are their places among these; ``units`` of the last place and how many ``places`` there
    are behind the point say what each is worth, and ``values`` the same as the nearest double.
    ``whole`` tells which are integers.
    """

    __slots__ = ("at", "places", "units", "values", "whole")

    def __init__(self, endings: NDArray[np.uint8], lengths: NDArray[np.int64]) -> None:
        """``endings`` are the last bytes of each text, ``lengths`` how many bytes it has."""
        words = endings.view(np.uint64)
        typed = [_alike(words, tail.view(np.uint64)) for tail in _TAILS]
        at = np.concatenate(typed)
        whole = np.arange(len(at)) < len(typed[0])
        long = lengths[at] - (_TAIL + 1)
        short = (long > 0) & (long <= _MOST)
        if not short.all():
            at, whole, long = at[short], whole[short], long[short]
        width = int(long.max(initial=1))
        letters = np.empty((width, len(at)), np.uint8)
        for row in range(width):
            letters[row] = endings[:, ENDING - _TAIL - width + row][at]
        first, place = (width - long).astype(np.uint8), np.arange(width, dtype=np.uint8)[:, None]
        inside = first <= place
        digit = letters - np.uint8(_ZERO)
        is_digit, is_point = inside & (digit < 10), inside & (letters == _DOT)
        digits, points = (_count(some) for some in (is_digit, is_point))
        point = (is_point * place).max(axis=0)
        places = np.where(points > 0, width - 1 - point, 0).astype(np.uint8)
        begins = first == place
        negative = (begins & (letters == _MINUS)).any(axis=0)
        signed = negative | (begins & (letters == _PLUS)).any(axis=0)
        digit *= is_digit
        # What stands before the point goes on a place: then all digits stand together.
        moved = np.zeros_like(digit)
        moved[1:] = digit[:-1]
        units = _number(np.where((point < place) | (points == 0), digit, moved))
        right = (digits > 0) & (points <= ~whole) & (units <= _SAFE)
        right &= digits + points + signed == long
        values = units / _TENS.take(places)
        np.negative(units, out=units, where=negative)
        np.negative(values, out=values, where=negative)
        if not right.all():
            at, units, values = at[right], units[right], values[right]
            places, whole = places[right], whole[right]
        self.at, self.units, self.values, self.places, self.whole = at, units, values, places, whole


def _alike(words: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.intp]:
    """The rows of words that end in the wanted ones; the last word tells most."""
    same = words[:, -1] == wanted[-1]
    if same.any():
        same &= words[:, _WORD] & _REST == wanted[_WORD] & _REST
        for place in range(_WORD + 1, len(wanted) - 1):
            same &= words[:, place] == wanted[place]
    return np.flatnonzero(same)


def _count(found: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.add.reduce(found, axis=0, dtype=np.uint8)  # type: ignore[no-any-return]


def _number(digits: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The number of each column of digits: two, then four, then eight are put together."""
    eights = -(-len(digits) // 8)
    row = np.zeros((8 * eights, digits.shape[1]), np.uint8)
    row[len(row) - len(digits) :] = digits
    two = 10 * row[::2] + row[1::2]
    four = 100 * two[::2].astype(np.uint16) + two[1::2]
    eight = 10_000 * four[::2].astype(np.uint32) + four[1::2]
    number: NDArray[np.int64] = eight[0].astype(np.int64)
    for behind in eight[1:]:
        number = number * 10**8 + behind
    return number
