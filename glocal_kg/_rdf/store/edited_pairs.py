"""The pairs of one predicate: sorted 64-bit numbers, and beside them what came and went since.

A pair is packed into one number, so that the pairs of a subject stand together. An edit goes
into one of two sorted lists, which are merged when they have grown to a fixed share of the numbers:
a lookup or an edit costs the same at a thousand and at a hundred million pairs. Single numbers are
looked up through a ``memoryview``, which for one number is quicker than the array itself.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from heapq import merge

import numpy as np

from glocal_kg._rdf.store.pairs import Keys, Numbers, flipped, merged, place_of, unpack, without

SMALL, MOST = 1 << 9, 1 << 14
"""Fewer edits are never merged, more always are."""
_LOW = 0xFFFFFFFF
_FEW = 32  # so many are a list
_MOST_KEPT = 1024  # lists of so many numbers are kept for the next time


class SortedPairs:
    """The pairs in one order, found by what is left in it."""

    __slots__ = ("_kept", "_less", "_more", "_view", "keys")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._view = keys.data
        self._more: list[int] = []
        self._less: list[int] = []
        self._kept: dict[int, list[int]] = {}  # what was asked for; readers may hold the lists

    def has(self, left: int, right: int) -> bool:
        """Whether a pair is here."""
        key = left << 32 | right
        if self._more and _in(self._more, key):
            return True
        return _in(self._view, key) and not (self._less and _in(self._less, key))

    def each(self, left: int) -> Iterable[int]:
        """All right of a number, sorted; many are found one by one as they are drawn."""
        kept = self._kept.get(left)
        if kept is not None:
            return kept
        found = self._each(left)
        if isinstance(found, list):
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[left] = found
        return found

    def _each(self, left: int) -> Iterable[int]:
        low, high = self._range(left)
        keys: Iterable[int] = self._view[low:high]
        less, more = _of(self._less, left), _of(self._more, left)
        if high - low + len(more) <= _FEW:
            return [key & _LOW for key in sorted({*keys, *more}.difference(less))]
        gone = set(less)
        return (key & _LOW for key in merge(keys, more) if key not in gone)

    def array(self, left: int) -> Numbers:
        """All right of a number, sorted."""
        low, high = self._range(left)
        return unpack(_edited(self.keys[low:high], _of(self._less, left), _of(self._more, left)))[1]

    def count(self, left: int) -> int:
        """How many are right of a number: as quick for a million as for one."""
        low, high = self._range(left)
        return high - low + len(_of(self._more, left)) - len(_of(self._less, left))

    def _range(self, left: int) -> tuple[int, int]:
        view = self._view
        low = place_of(view, left << 32)
        return low, bisect_left(view, (left + 1) << 32, low)

    def put(self, left: int, right: int) -> None:
        """Add a pair that is not here."""
        self._note(left, right, self._less, self._more)

    def take(self, left: int, right: int) -> None:
        """Remove a pair that is here."""
        self._note(left, right, self._more, self._less)

    def _note(self, left: int, right: int, back: list[int], to: list[int]) -> None:
        """Take an edit back where it is the opposite of an earlier one, else note it."""
        key = left << 32 | right
        self._kept.pop(left, None)
        if back and _in(back, key):
            del back[bisect_left(back, key)]
        else:
            insort(to, key)

    def merged(self) -> Keys:
        """All pairs, sorted, the edits among them."""
        return _edited(self.keys, self._less, self._more)


def _in(keys: Sequence[int] | memoryview[int], key: int) -> bool:
    place = place_of(keys, key)
    return place < len(keys) and keys[place] == key


def _of(keys: list[int], left: int) -> list[int]:
    """Those that belong to one number."""
    return (
        keys[bisect_left(keys, left << 32) : bisect_left(keys, (left + 1) << 32)] if keys else keys
    )


def _edited(keys: Keys, less: list[int], more: list[int]) -> Keys:
    if less:
        keys = without(keys, np.array(less, np.int64))
    return merged(keys, np.array(more, np.int64)) if more else keys


class Pairs:
    """The pairs of one predicate, sorted by subject and, once asked for, by object as well."""

    __slots__ = ("_by_object", "_edits", "_size", "by_subject")

    def __init__(self, keys: Keys, flipped: Keys | None = None) -> None:
        self._set(keys, flipped)

    def _set(self, keys: Keys, flipped: Keys | None) -> None:
        self.by_subject = SortedPairs(keys)
        self._by_object = None if flipped is None else SortedPairs(flipped)
        self._size = len(keys)
        self._edits = 0

    def copy(self) -> Pairs:
        """A copy that can be edited alone; the sorted numbers are shared."""
        keys = self.keys
        return Pairs(keys, None if self._by_object is None else self._by_object.keys)

    @property
    def keys(self) -> Keys:
        """All pairs as packed numbers, sorted by subject. Merges the edits first."""
        if self._edits:
            other = self._by_object
            self._set(self.by_subject.merged(), None if other is None else other.merged())
        return self.by_subject.keys

    @property
    def by_object(self) -> SortedPairs:
        """The pairs by object, sorted on the first need."""
        if self._by_object is None:
            self._by_object = SortedPairs(flipped(self.keys))
        return self._by_object

    @property
    def flipped(self) -> Keys:
        """All pairs as packed numbers with the object first, sorted by it."""
        _ = self.keys
        return self.by_object.keys

    def merge(self, keys: Keys) -> None:
        """Add many pairs at once: sorted, distinct, and none of them here before."""
        base, other = self.keys, self._by_object
        # Of more than there were, all are sorted by object as soon as only these would be.
        kept = other is not None and len(keys) < len(base)
        self._set(
            merged(base, keys),
            merged(other.keys, flipped(keys)) if kept and other is not None else None,
        )

    def add(self, s: int, o: int) -> bool:
        """Add one pair; False where it was there."""
        new = not self.by_subject.has(s, o)
        if new:
            self.by_subject.put(s, o)
            if self._by_object is not None:
                self._by_object.put(o, s)
            self._edited(1)
        return new

    def remove(self, s: int, o: int) -> bool:
        """Remove one pair; False where it was not there."""
        there = self.by_subject.has(s, o)
        if there:
            self.by_subject.take(s, o)
            if self._by_object is not None:
                self._by_object.take(o, s)
            self._edited(-1)
        return there

    def _edited(self, more: int) -> None:
        self._size += more
        self._edits += 1
        if self._edits > SMALL and self._edits > min(len(self.by_subject.keys) >> 3, MOST):
            _ = self.keys

    def __len__(self) -> int:
        return self._size
