"""Sorting of long columns in pieces, with a look at the clock between two of them.

A column is cut into pieces that are sorted one by one. Then what lies between two values is taken
from all pieces and sorted again, one such range after the other: equal numbers stay together. A
range is about as long as a piece, or has equal numbers alone, which need no sorting.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np

from glocal_kg._rdf.store.pairs import distinct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.intp]

TOGETHER: Final = 1 << 20  # numbers that are sorted in one go
_SAMPLE: Final = 64  # of a piece, for each range
_FEW: Final = 256  # so few places are sorted as quickly as numbers
_STRIDE: Final = 64  # each number of so many tells whether a column is nearly in order
_HALF: Final = 32
_LOW: Final = (1 << _HALF) - 1


def in_order(column: NDArray[Any]) -> tuple[Places, NDArray[Any]]:
    """The places of the numbers of a column in their order, equal ones by place, and the numbers.

    Numbers are sorted some ten times faster than places by their numbers, unless these are nearly
    in order. So a number and its place are sorted as one number, where both have room in it.

    >>> [part.tolist() for part in in_order(np.array([7, 5, 7]))]
    [[1, 0, 2], [5, 7, 7]]
    """
    rows = len(column)
    mixed = rows > _FEW and not _is_nearly_in_order(column[::_STRIDE])
    keys = _narrow(column, rows.bit_length()) if mixed else None
    if keys is None:
        order = np.argsort(column, kind="stable")
        return order, column[order]
    keys <<= np.uint64(rows.bit_length())
    keys |= np.arange(rows, dtype=np.uint64)
    keys.sort()
    keys &= np.uint64((1 << rows.bit_length()) - 1)
    order = keys.view(np.int64)
    return order, column[order]


def _is_nearly_in_order(column: NDArray[Any]) -> bool:
    """Whether hardly any number of a sample is below the one before it."""
    return int(np.count_nonzero(column[1:] < column[:-1])) * 8 < len(column)


def _narrow(column: NDArray[Any], bits: int) -> NDArray[np.uint64] | None:
    """Numbers that sort like those of a column and leave so many bits free; None where none do.

    A pair of two numbers in one is made of as few bits as these need.
    """
    if column.dtype.kind != "i":
        return None
    least, most = int(column.min()), int(column.max())
    if (most - least).bit_length() + bits <= 64:
        return (column.astype(np.int64) - least).view(np.uint64)
    high, low = column >> _HALF, column & _LOW
    high -= high.min()
    low -= low.min()
    width = int(low.max()).bit_length()
    if int(high.max()).bit_length() + width + bits > 64:
        return None
    high <<= width
    high |= low
    return high.view(np.uint64)


def sorted_ranges(column: NDArray[Any], check: Callable[[], object]) -> Iterator[NDArray[Any]]:
    """The numbers of a column in their order, range by range.

    ``check`` is called before each step, and may raise.

    >>> [part.tolist() for part in sorted_ranges(np.array([7, 5, 7]), bool)]
    [[5, 7, 7]]
    """
    pieces = []
    for start in range(0, len(column), TOGETHER):
        check()
        pieces.append(np.sort(column[start : start + TOGETHER]))
    yield from merged_ranges(pieces, check)


def merged_ranges(parts: list[NDArray[Any]], check: Callable[[], object]) -> Iterator[NDArray[Any]]:
    """The numbers of several sorted columns in their order, range by range.

    >>> [part.tolist() for part in merged_ranges([np.array([1, 5]), np.array([2])], bool)]
    [[1, 2, 5]]
    """
    if len(parts) > 1 and sum(map(len, parts)) <= TOGETHER:
        check()
        yield np.sort(np.concatenate(parts), kind="stable")  # which finds the parts in order
        return
    for some, done in _ranges(parts):
        check()
        found = np.concatenate([part[cut] for part, cut in zip(parts, some, strict=True)])
        yield found if done else np.sort(found, kind="stable")


def ordered_ranges(
    column: NDArray[Any], check: Callable[[], object]
) -> Iterator[tuple[Places, NDArray[Any]]]:
    """The same with the place of each number; equal numbers in the order of their places."""
    if len(column) <= TOGETHER:
        check()
        yield in_order(column)
        return
    pieces, places = [], []
    for start in range(0, len(column), TOGETHER):
        check()
        piece = column[start : start + TOGETHER]
        order, piece = in_order(piece)
        pieces.append(piece)
        places.append(order + start)
    for some, done in _ranges(pieces):
        check()
        found = np.concatenate([piece[part] for piece, part in zip(pieces, some, strict=True)])
        at = np.concatenate([place[part] for place, part in zip(places, some, strict=True)])
        if not done:
            order, found = in_order(found)
            at = at[order]
        yield at, found


def ordering(keys: Sequence[NDArray[Any]], check: Callable[[], object]) -> Places:
    """The places of rows in the order of some keys, of which the first counts most.

    >>> ordering([np.array([2, 1, 1]), np.array([0, 5, 4])], bool).tolist()
    [2, 1, 0]
    """
    if len(keys[0]) <= TOGETHER:
        check()
        return np.lexsort(keys[::-1]) if len(keys) > 1 else in_order(keys[0])[0]
    places: Places | None = None
    for key in keys[::-1]:
        column = key if places is None else key[places]
        found = np.concatenate([at for at, _ in ordered_ranges(column, check)])
        places = found if places is None else places[found]
    assert places is not None
    return places


def slices(rows: int, check: Callable[[], object]) -> Iterator[slice]:
    """Rows in pieces, with a look at the clock before each."""
    for start in range(0, rows, TOGETHER):
        check()
        yield slice(start, start + TOGETHER)


def taken(
    column: NDArray[Any],
    places: NDArray[np.integer],
    check: Callable[[], object],
    least: int = 0,
) -> NDArray[Any]:
    """What a column has at some places, in their order; ``least`` is its first place.

    >>> taken(np.array([7, 5]), np.array([1, 1, 0]), bool).tolist()
    [5, 5, 7]
    """
    if len(places) <= TOGETHER:
        some = places - least if least else places
        return column.take(some)
    found = np.empty(len(places), column.dtype)
    for part in slices(len(places), check):
        some = places[part]
        found[part] = column[some - least if least else some]
    return found


def lasts(numbers: NDArray[np.integer], count: int, check: Callable[[], object]) -> Places:
    """The last place of each number below ``count`` in a column that has them all.

    >>> lasts(np.array([1, 0, 1]), 2, bool).tolist()
    [1, 2]
    """
    found = np.empty(count, np.intp)
    for start in range(0, len(numbers), TOGETHER):
        check()
        some = numbers[start : start + TOGETHER]
        found[some] = np.arange(start, start + len(some))
    return found


def _ranges(pieces: list[NDArray[Any]]) -> Iterator[tuple[list[slice], bool]]:
    """Of each sorted piece what lies in a range of values, and whether that is all in order."""
    if len(pieces) < 2:
        yield from (([slice(None)], True) for _ in pieces)
        return
    step = max(1, TOGETHER // (_SAMPLE * len(pieces)))
    sample = np.sort(np.concatenate([piece[::step] for piece in pieces]))
    cuts = distinct(sample[:: max(1, TOGETHER // step)].copy())
    bounds = []
    for piece in pieces:  # by turns what lies between two cuts, and what is equal to one
        sides = np.stack([piece.searchsorted(cuts, "left"), piece.searchsorted(cuts, "right")])
        bounds.append([0, *sides.T.ravel().tolist(), len(piece)])
    for number, some in enumerate(zip(*map(pairwise, bounds), strict=True)):
        if any(start < end for start, end in some):
            yield [slice(start, end) for start, end in some], number % 2 == 1
