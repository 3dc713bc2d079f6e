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
_PLACE: Final = np.arange(_ROOM, dtype=np.uint8)[:, None]
_TENS: Final = np.array([10.0**place for place in range(_ROOM)])
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
        words = endings.view(np.uint64)
        typed = [_alike(words[:, _WORDS], tail.view(np.uint64)[_WORDS]) for tail in _TAILS]
        at = np.concatenate(typed)
        whole = np.arange(len(at)) < len(typed[0])
        some = words[:, : _WORDS.start].T.take(at, axis=1)  # word by word, then letter by letter
        letters = some.view(np.uint8).reshape(len(some), -1, 8).transpose(0, 2, 1)
        every = letters.reshape(8 * len(some), -1)
        right = np.ones(len(at), bool)
        for place in range(_ROOM, len(every)):  # the same in both types
            right &= every[place] == _TAILS[0][place]
        letters = every[:_ROOM]
        first = _last(letters == _MARK) + np.uint8(1)  # behind the last quotation mark
        inside = first <= _PLACE
        digit = letters - np.uint8(_ZERO)
        is_digit, is_point = inside & (digit < 10), inside & (letters == _DOT)
        digits, points = (_count(some) for some in (is_digit, is_point))
        point = _last(is_point)
        places = np.where(points > 0, _ROOM - 1 - point, 0).astype(np.uint8)
        begins = first == _PLACE
        negative = (begins & (letters == _MINUS)).any(axis=0)
        signed = negative | (begins & (letters == _PLUS)).any(axis=0)
        # The mark must be the first of all of the text: within it there is an escape before it.
        escaped = ((letters[:-1] == _ESCAPE) & (letters[1:] == _MARK)).any(axis=0)
        right &= ~escaped & (first > 1) & (digits > 0) & (points <= ~whole)
        digit *= is_digit
        # What stands before the point goes on a place: then all digits stand together.
        behind = point < _PLACE[1:]
        units = _number(digit[1:] * behind + digit[:-1] * ~behind)
        right &= (digits + points + signed + first == _ROOM) & (units <= _SAFE)
        values = units / _TENS[places]
        self.at = at[right]
        self.units = np.where(negative, -units, units)[right]
        self.values = np.where(negative, -values, values)[right]
        self.places, self.whole = places[right], whole[right]


def _alike(words: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.intp]:
    """The rows of words that are the wanted ones; the last tells most."""
    same = words[:, -1] == wanted[-1]
    for place in range(len(wanted) - 1 if same.any() else 0):
        same &= words[:, place] == wanted[place]
    return np.flatnonzero(same)


def _last(found: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """For each column the last place that is true, or the first place of all."""
    places: NDArray[np.uint8] = (found * _PLACE).max(axis=0)
    return places


def _count(found: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.add.reduce(found, axis=0, dtype=np.uint8)  # type: ignore[no-any-return]


def _number(digits: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The number of each column of up to 24 digits: two, then four, then eight are put together."""
    row = np.zeros((24, digits.shape[1]), np.uint8)
    row[24 - len(digits) :] = digits
    two = 10 * row[::2] + row[1::2]
    four = 100 * two[::2].astype(np.uint16) + two[1::2]
    eight = 10_000 * four[::2].astype(np.uint32) + four[1::2]
    number: NDArray[np.int64] = (eight[0].astype(np.int64) * 10**8 + eight[1]) * 10**8 + eight[2]
    return number
