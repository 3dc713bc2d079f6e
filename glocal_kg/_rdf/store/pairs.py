"""Pairs of numbers packed into one of 64 bits each: columns of them, sorted and joined."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.deadline import look

Numbers: TypeAlias = NDArray[np.int32]
Keys: TypeAlias = NDArray[np.int64]
N = TypeVar("N", bound=np.integer)

_GLANCE = 1 << 10
_TOGETHER = 1 << 21  # so many are sorted in one go


def pack(left: NDArray[np.integer], right: NDArray[np.integer]) -> Keys:
    """Two columns as one of 64 bits that sorts by ``left``, then by ``right``.

    >>> pack(np.array([1]), np.array([2])).tolist() == [2**32 + 2]
    True
    """
    keys = left.astype(np.int64)
    keys <<= 32
    keys |= right
    return keys


def unpack(keys: Keys) -> tuple[Numbers, Numbers]:
    """The two columns of packed numbers: the inverse of :func:`pack`."""
    if not keys.flags.c_contiguous:
        keys = np.ascontiguousarray(keys)
    halves = keys.view(np.int32)
    low, high = (0, 1) if np.little_endian else (1, 0)
    return halves[high::2], halves[low::2]


def flip(keys: Keys) -> Keys:
    """The same pairs with left and right exchanged, in the order of ``keys``."""
    return (keys << 32) | (keys >> 32)


def sort(keys: NDArray[np.integer]) -> None:
    """Sort in place, by halves where keys are many: between two steps it can be ended.

    >>> keys = np.arange(9)[::-1].copy()
    >>> sort(keys)
    >>> keys.tolist() == list(range(9))
    True
    """
    look()
    if len(keys) <= _TOGETHER:
        keys.sort()
        return
    half = len(keys) // 2
    keys.partition(half)
    sort(keys[:half])
    sort(keys[half:])


def flipped(keys: Keys) -> Keys:
    """The same pairs with left and right exchanged, sorted."""
    turned = flip(keys)
    sort(turned)
    return turned


def distinct(keys: NDArray[N]) -> NDArray[N]:
    """Sorted, each once. Sorts in place where it may: pass an array of your own.

    ``np.unique`` does the same and, for masked arrays, brings in the module of those: a tenth of
    the time in which the command line gives its first answer.
    """
    look()
    if len(keys) < 2 or rises(keys):
        return keys
    sort(keys)
    return once(keys)


def once(keys: NDArray[N]) -> NDArray[N]:
    """Sorted numbers, each once."""
    if len(keys) < 2:
        return keys
    look()
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys if first.all() else keys[first]


def rises(numbers: NDArray[np.integer]) -> bool:
    """Whether numbers are sorted, each once: mostly the first few tell, else one look at all."""
    first = numbers[:_GLANCE]
    return bool((first[1:] > first[:-1]).all() and (numbers[1:] > numbers[:-1]).all())


def place_of(view: Sequence[int] | memoryview[int], key: int) -> int:
    """The place of the first that is not smaller: ``bisect_left``, but at once beyond the last.

    There is what an edit says of new things, whose numbers are the highest.
    """
    size = len(view)
    return bisect_left(view, key) if size and view[size - 1] >= key else size


def union(parts: Sequence[Keys]) -> Keys:
    """What is in any of some arrays, sorted, each once. Sorts them in place where it may.

    Where one has most of it and is sorted, the rest is only put in.

    >>> union([np.array([1, 2, 9]), np.array([9, 4])]).tolist()
    [1, 2, 4, 9]
    """
    largest = max(range(len(parts)), key=lambda place: len(parts[place]))
    base, rest = parts[largest], [*parts[:largest], *parts[largest + 1 :]]
    more = sum(map(len, rest))
    if not more:
        return distinct(base)
    if 4 * more > len(base) or not rises(base):
        return distinct(np.concatenate(parts))
    return distinct(merged(base, distinct(np.concatenate(rest))))


def among(values: NDArray[np.integer], keys: NDArray[np.integer]) -> NDArray[np.bool_]:
    """For each value whether it is one of the sorted ``keys``. (``np.isin`` takes longer.)"""
    if not len(keys):
        return np.zeros(len(values), bool)
    places = keys.searchsorted(values)
    places[places == len(keys)] = 0
    found: NDArray[np.bool_] = keys[places] == values
    return found


def places(keys: Keys, some: Keys) -> NDArray[np.intp]:
    """Where in sorted keys those of ``some`` stand that are there; both distinct."""
    if not len(keys):
        return np.empty(0, np.intp)
    at = keys.searchsorted(some)
    at[at == len(keys)] = 0
    found: NDArray[np.intp] = at[keys[at] == some]
    return found


def spread(
    counts: NDArray[np.integer], starts: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For ranges of ``counts`` items at ``starts``: which range, and which item, in order.

    >>> [part.tolist() for part in spread(np.array([2, 0, 1]), np.array([5, 9, 0]))]
    [[0, 0, 2], [5, 6, 0]]
    """
    look()
    which = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return which, np.arange(total) + np.repeat(starts - (ends - counts), counts)


def without(keys: Keys, others: Keys) -> Keys:
    """Sorted, distinct keys less those that are others, sorted too: the fewer are looked up.

    >>> without(np.array([1, 2, 3]), np.array([2, 4])).tolist()
    [1, 3]
    """
    look()
    if not len(others):
        return keys
    if len(others) >= len(keys):
        return keys[~among(keys, others)]
    kept = np.ones(len(keys), bool)
    kept[places(keys, others)] = False
    return keys[kept]


def numbers_of(column: Numbers) -> list[int]:
    """The distinct numbers of a column, sorted: many are marked, few are sorted."""
    if len(column) < _GLANCE >> 3:
        return sorted(set(column.tolist()))
    top = int(column.max()) + 1 if len(column) else 0
    if 16 * len(column) < top:
        return distinct(column.copy()).tolist()  # type: ignore[no-any-return]  # numpy's lists have no types
    marked = np.zeros(top, bool)
    marked[column] = True
    return np.flatnonzero(marked).tolist()


def merged(keys: NDArray[N], more: NDArray[N]) -> NDArray[N]:
    """Two sorted arrays as one."""
    look()
    if not len(more):
        return keys
    both = np.concatenate((keys, more))
    both.sort(kind="stable")  # two sorted runs: this is one pass over them
    return both
