"""Integers and decimals of a few digits, read in columns from the last bytes of their texts."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.sparql.typed_tails import TypedTail
from glocal_kg._rdf.store.segment import ENDING

_INTEGER, _DECIMAL = TypedTail("integer"), TypedTail("decimal")
_TAIL: Final = _INTEGER.size
LONGEST: Final = ENDING - _TAIL - 2
"""Letters of a number that stand before the type in the bytes of an ending: 17."""
_DOT, _PLUS, _MINUS, _ZERO = b".+-0"
_TENS: Final = np.array([10.0**place for place in range(LONGEST + 1)])
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
        typed = [tail.rows(endings) for tail in (_INTEGER, _DECIMAL)]
        at = np.concatenate(typed)
        whole = np.arange(len(at)) < len(typed[0])
        long = lengths[at] - (_TAIL + 1)
        short = (long > 0) & (long <= LONGEST)
        if not short.all():
            at, whole, long = at[short], whole[short], long[short]
        width = int(long.max(initial=1))
        letters = np.empty((width, len(at)), np.uint8)
        for row in range(width):
            letters[row] = endings[:, ENDING - _TAIL - width + row][at]
        right, negative, units, places = read_numbers(letters, long, whole)
        values = units / _TENS.take(places)
        np.negative(units, out=units, where=negative)
        np.negative(values, out=values, where=negative)
        if not right.all():
            at, units, values = at[right], units[right], values[right]
            places, whole = places[right], whole[right]
        self.at, self.units, self.values, self.places, self.whole = at, units, values, places, whole


def read_numbers(
    letters: NDArray[np.uint8], long: NDArray[np.int64], whole: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64], NDArray[np.uint8]]:
    """Of texts of at most ``LONGEST`` letters which are numbers: of those that are ``whole``
    integers, else decimals.

    ``letters`` has a column for each, of which the last ``long`` ones are its own. Beside it
    which are negative, their units without the sign, and their places.
    """
    width = len(letters)
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
    return right, negative, units, places


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
