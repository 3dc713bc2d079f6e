"""Rows of packed pairs and their graphs, sorted: to find, join and take away some of them."""

from __future__ import annotations

from functools import lru_cache
from sys import byteorder

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.pairs import Keys, Numbers, among, flip, flipped, spread, unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias, TypeVar

    _Number = TypeVar("_Number", np.int32, np.int64)

Places: TypeAlias = "NDArray[np.intp]"
Rows: TypeAlias = tuple[Keys, Numbers]
"""Packed pairs and the graph of each, sorted by both."""

NO_PLACES = np.empty(0, np.intp)
NO_ROWS: Rows = (np.empty(0, np.int64), np.empty(0, np.int32))
_FEW = 32  # so many rows are compared one by one
_MANY = 1 << 10  # so many rows are not sorted anew for a few more


def is_constant(graphs: NDArray[_Number]) -> bool:
    """Whether a column repeats one number without taking room for it."""
    return graphs.strides == (0,)


@lru_cache(maxsize=1024)  # each edit asks for the same few
def repeated(graph: int, length: int) -> Numbers:
    """A column with one number, which takes no room and cannot be written to."""
    return np.ndarray((length,), np.int32, graph.to_bytes(4, byteorder, signed=True), strides=(0,))


def ending_in(rows: Rows, right: int, gone: Places) -> Rows:
    """The rows with a number on the right, flipped, without those at some places."""
    left, rights = unpack(rows[0])
    at = np.flatnonzero(rights == right)
    at = at[~among(at, gone)] if len(gone) and len(at) else at
    graphs = rows[1][: len(at)] if is_constant(rows[1]) else rows[1][at]
    return left[at].astype(np.int64) | right << 32, graphs


def flipped_rows(rows: Rows) -> Rows:
    """The same rows with left and right exchanged."""
    keys, graphs = rows
    if is_constant(graphs):
        return flipped(keys), graphs
    keys = flip(keys)
    order = np.lexsort((graphs, keys))
    return keys[order], graphs[order]


def merged_beside(
    right: Numbers, graphs: Numbers, more: Numbers, others: Numbers
) -> tuple[Numbers, Numbers]:
    """Sorted numbers and their graphs with some more of both, sorted by both."""
    place = right.searchsorted(more)
    if len(right) > _MANY and not among(more, right).any():
        return np.insert(right, place, more), np.insert(graphs, place, others)
    right, graphs = np.concatenate((right, more)), np.concatenate((graphs, others))
    order = np.lexsort((graphs, right))
    return right[order], graphs[order]


def joined_rows(one: Rows, two: Rows) -> Rows:
    """Two sorted lots of rows as one."""
    if not len(one[0]):
        return two
    if not len(two[0]):
        return one
    keys = np.concatenate((one[0], two[0]))
    if is_constant(one[1]) and is_constant(two[1]) and one[1][0] == two[1][0]:
        keys.sort(kind="stable")  # two sorted runs: this is one pass over them
        return keys, repeated(int(one[1][0]), len(keys))
    graphs = np.concatenate((one[1], two[1]))
    order = np.lexsort((graphs, keys))
    return keys[order], graphs[order]


def changed_rows(rows: Rows, more: Rows, less: Places) -> Rows:
    if len(less):
        rows = (left_of(rows[0], less), left_of(rows[1], less))
    return joined_rows(rows, more)


def left_of(column: NDArray[_Number], places: Places) -> NDArray[_Number]:
    """A column without some places: quicker than ``np.delete`` where it is short."""
    if len(places) == len(column) or (is_constant(column) and len(column)):
        return column[: len(column) - len(places)]
    kept = np.ones(len(column), bool)
    kept[places] = False
    return column[kept]


def taken(rows: Rows, gone: Rows) -> tuple[Rows, Rows]:
    """Sorted rows without those that are gone, and those of the gone that are not among them.

    >>> rows, gone = (np.array([1, 5]), repeated(7, 2)), (np.array([5, 9]), repeated(7, 2))
    >>> [part[0].tolist() for part in taken(rows, gone)]
    [[1], [9]]
    """
    if not len(rows[0]):
        return rows, gone
    graphs, others = rows[1], gone[1]
    if len(graphs) + len(others) <= _FEW and is_constant(graphs) and is_constant(others):
        if graphs[0] != others[0]:
            return rows, gone
        here, away = rows[0].tolist(), gone[0].tolist()  # quicker than columns
        kept, rest = (
            [key for key in here if key not in away],
            [key for key in away if key not in here],
        )
        return _some(kept, graphs), _some(rest, graphs)
    place, found = located(rows, gone)
    there = place[found]
    if not len(there):
        return rows, gone
    return (left_of(rows[0], there), left_of(rows[1], there)), (gone[0][~found], gone[1][~found])


def _some(keys: list[int], graphs: Numbers) -> Rows:
    """A few rows of one graph, that which is repeated."""
    if not keys:
        return NO_ROWS
    return np.array(keys, np.int64), repeated(int(graphs[0]), len(keys))


def located(rows: Rows, wanted: Rows) -> tuple[Places, NDArray[np.bool_]]:
    """The place of each wanted row, and whether it is there."""
    keys, graphs = rows
    if not len(keys):
        return np.zeros(len(wanted[0]), np.intp), np.zeros(len(wanted[0]), bool)
    place = keys.searchsorted(wanted[0])
    if is_constant(graphs):  # then each pair is there once
        there: NDArray[np.bool_] = keys.take(place, mode="clip") == wanted[0]
        return place, there & (wanted[1] == graphs[0])
    end = keys.searchsorted(wanted[0], "right")
    while True:  # as often as graphs have the same pair
        behind = place < end
        behind[behind] = graphs[place[behind]] < wanted[1][behind]
        if not behind.any():
            break
        place[behind] += 1
    found = place < end
    found[found] = graphs[place[found]] == wanted[1][found]
    return place, found


def row_ranges(keys: Keys, wanted: Keys) -> tuple[NDArray[np.intp], Places]:
    """The rows of each left number, as packed without a right: (place in it, place in ``keys``)."""
    low = keys.searchsorted(wanted)
    return spread(keys.searchsorted(wanted + (1 << 32)) - low, low)
