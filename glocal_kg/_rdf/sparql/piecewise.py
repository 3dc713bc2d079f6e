"""Sorting of long columns in pieces, with a look at the clock between two of them.

A column is cut into pieces that are sorted one by one. Then what lies between two values is taken
from all pieces and sorted again, one such range after the other: equal numbers stay together. A
range is about as long as a piece, or has equal numbers alone, which need no sorting.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.intp]

TOGETHER: Final = 1 << 20  # numbers that are sorted in one go
_SAMPLE: Final = 64  # of a piece, for each range


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
    for some, done in _ranges(pieces):
        check()
        found = np.concatenate([piece[part] for piece, part in zip(pieces, some, strict=True)])
        yield found if done else np.sort(found)


def ordered_ranges(
    column: NDArray[Any], check: Callable[[], object]
) -> Iterator[tuple[Places, NDArray[Any]]]:
    """The same with the place of each number; equal numbers in the order of their places."""
    pieces, places = [], []
    for start in range(0, len(column), TOGETHER):
        check()
        piece = column[start : start + TOGETHER]
        order = np.argsort(piece, kind="stable")
        pieces.append(piece[order])
        places.append(order + start)
    for some, done in _ranges(pieces):
        check()
        found = np.concatenate([piece[part] for piece, part in zip(pieces, some, strict=True)])
        at = np.concatenate([place[part] for place, part in zip(places, some, strict=True)])
        if not done:
            order = np.argsort(found, kind="stable")
            found, at = found[order], at[order]
        yield at, found


def ordering(keys: Sequence[NDArray[Any]], check: Callable[[], object]) -> Places:
    """The places of rows in the order of some keys, of which the first counts most.

    >>> ordering([np.array([2, 1, 1]), np.array([0, 5, 4])], bool).tolist()
    [2, 1, 0]
    """
    if len(keys[0]) <= TOGETHER:
        check()
        return np.lexsort(keys[::-1])
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
    cuts = np.unique(sample[:: max(1, TOGETHER // step)])
    bounds = []
    for piece in pieces:  # by turns what lies between two cuts, and what is equal to one
        sides = np.stack([piece.searchsorted(cuts, "left"), piece.searchsorted(cuts, "right")])
        bounds.append([0, *sides.T.ravel().tolist(), len(piece)])
    for number, some in enumerate(zip(*map(pairwise, bounds), strict=True)):
        if any(start < end for start, end in some):
            yield [slice(start, end) for start, end in some], number % 2 == 1
