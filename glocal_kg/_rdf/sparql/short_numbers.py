"""Integers and decimals of a few digits, read in columns from the last bytes of their texts.

Eight letters are one number of 64 bits, a word. What is done for a word is done for all eight, so
that a whole column of texts is read in a few dozen steps.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.sparql.typed_tails import TypedTail
from glocal_kg._rdf.store.segment import ENDING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Words: TypeAlias = NDArray[np.uint64]
    Counts: TypeAlias = NDArray[np.uint8]

_INTEGER, _DECIMAL = TypedTail("integer"), TypedTail("decimal")
_PLACE, _BYTES = divmod(ENDING - _INTEGER.size, 8)
_BEFORE: Final = np.uint64(8 * _BYTES)
"""The type begins in this word of an ending, behind so many bits."""
LONGEST: Final = 16
"""Letters of two words."""
_SAFE: Final = 2**53
"""Up to here an integer is a double, and divided by a power of ten the nearest double there is."""
_TENS: Final = np.array([10.0**place for place in range(LONGEST + 1)])
WORD: Final = np.dtype("<u8")
"""A word with its first letter lowest, as digits are put together here."""


def _each(letter: int) -> np.uint64:
    """A word of one letter."""
    return np.uint64(0x0101010101010101 * letter)


_ZEROS, _POINTS = _each(ord("0")), _each(ord(".") ^ ord("0"))
_HIGH, _LOW = _each(0x80), _each(0x7F)
_OVER: Final = _each(0x80 - 10)
"""What brings a byte that is no digit to its highest bit."""
_LAST: Final = np.array([(1 << 64) - (1 << 8 * (8 - n)) for n in range(9)], np.uint64)
"""The bits of the last so many letters of a word."""
_FOURS: Final = np.uint64(0x000000FF000000FF)
_LEFT: Final = np.uint64(100 + (1_000_000 << 32))
_RIGHT: Final = np.uint64(1 + (10_000 << 32))
"""Of four pairs of digits the first and the third, and what all four are to be taken times."""


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
        long = lengths[at] - (_INTEGER.size + 1)
        short = (long > 0) & (long <= LONGEST)
        if not short.all():
            at, whole, long = at[short], whole[short], long[short]
        words = endings.view(WORD)
        before, middle, last = (words[:, _PLACE - back][at] for back in (2, 1, 0))
        first = before >> _BEFORE | middle << (64 - _BEFORE)
        last = middle >> _BEFORE | last << (64 - _BEFORE)
        right, negative, units, places = read_numbers(first, last, long, whole)
        values = units / _TENS.take(places)
        np.negative(units, out=units, where=negative)
        np.negative(values, out=values, where=negative)
        if not right.all():
            at, units, values = at[right], units[right], values[right]
            places, whole = places[right], whole[right]
        self.at, self.units, self.values, self.places, self.whole = at, units, values, places, whole


def read_numbers(
    first: Words, last: Words, long: NDArray[np.int64], whole: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64], Counts]:
    """Of texts of at most ``LONGEST`` letters which are numbers: of those that are ``whole``
    integers, else decimals.

    The last ``long`` letters of two words, of which there is at least one, are those of a text.
    Beside it which are negative, their units without the sign, and their places.
    """
    wide = np.flatnonzero(long > 8)  # the others are in one word
    sign = last >> (8 * (-long & 7)).astype(np.uint64)
    first, more = first[wide], long[wide]
    sign[wide] = first >> (8 * (-more & 7)).astype(np.uint64)
    sign &= 0xFF
    negative = sign == ord("-")
    signed = negative | (sign == ord("+"))
    count = long - signed
    units, places, points, right = _read(last, np.minimum(count, 8))
    if len(wide):
        before, behind, others, fine = _read(first, count[wide] - 8)
        units[wide] += before * np.where(points[wide], np.uint64(10**7), np.uint64(10**8))
        places[wide] = np.where(others, behind + np.uint8(8), places[wide])
        points[wide] += others
        right[wide] &= fine & (units[wide] <= _SAFE)
    right &= (points <= ~whole) & (points < count)
    return right, negative, units.view(np.int64), places


def _read(word: Words, count: NDArray[np.int64]) -> tuple[Words, Counts, Counts, NDArray[np.bool_]]:
    """What the last letters of words are, so many of each, without a point among them.

    Gives the number, how many of its digits stand behind the point, how many points there are,
    and whether all other letters are digits.
    """
    digits = (word ^ _ZEROS) & _LAST.take(count)
    point = digits ^ _POINTS
    point = ~((point & _LOW) + _LOW | point | _LOW)  # the highest bit of each byte that is one
    points = np.bitwise_count(point)
    places: Counts = np.bitwise_count(~(point | point - np.uint64(1))) >> np.uint8(3)
    some = (point != 0).astype(np.uint64)
    # What stands before the point goes on a place: then all digits stand together.
    moved = (digits & (point >> 7) - some) << 8
    digits = digits & ~((point << 1) - some) | moved
    right = (digits + _OVER | digits) & _HIGH == 0
    # Two digits, then four, then eight are put together.
    two = digits * 10 + (digits >> 8)
    four, others = two & _FOURS, two >> 16 & _FOURS
    return (four * _LEFT + others * _RIGHT) >> 32, places, points, right
