"""The pairs of one predicate: sorted 64-bit numbers, and beside them what came and went since.

A pair is packed into one number, so that the pairs of a subject stand together. An edit goes
into one of two sorted lists, which are merged when they have grown to a fixed share of the numbers:
a lookup or an edit costs the same at a thousand and at a hundred million pairs. Single numbers are
looked up through a ``memoryview``, which for one number is quicker than the array itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from heapq import merge

import numpy as np

from glocal_kg._rdf.store.pairs import Keys, Numbers, flipped, merged, unpack, without

SMALL, MOST = 1 << 9, 1 << 14
"""Fewer edits are never merged, more always are."""
_LOW = 0xFFFFFFFF
_FEW = 32  # so many are a list
_MOST_KEPT = 1024  # lists of so many numbers are kept for the next time


class SortedPairs:
    """The pairs in one order, found by what is left in it; ``more`` came and ``less`` went."""

    __slots__ = ("_kept", "_last", "_view", "keys", "less", "more")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.more: list[int] = []
        self.less: list[int] = []
        self._view = keys.data
        self._last = self._view[len(keys) - 1] if len(keys) else -1  # beyond it are new things
        self._kept: dict[int, list[int]] = {}  # what was asked for; readers may hold the lists

    def has(self, left: int, right: int) -> bool:
        """Whether a pair is here."""
        key = left << 32 | right
        more = self.more
        place = bisect_left(more, key)
        if place < len(more) and more[place] == key:
            return True
        view, less = self._view, self.less
        if key > self._last or view[bisect_left(view, key)] != key:
            return False
        place = bisect_left(less, key)
        return place == len(less) or less[place] != key

    def each(self, left: int) -> Iterable[int]:
        """All right of a number, sorted; many are found one by one as they are drawn."""
        kept = self._kept.get(left)
        if kept is not None:
            return kept
        found = self._each(left << 32, (left + 1) << 32)
        if isinstance(found, list):
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[left] = found
        return found

    def _each(self, first: int, end: int) -> Iterable[int]:
        view, more, less = self._view, self.more, self.less
        low = bisect_left(view, first) if first <= self._last else len(view)
        high = bisect_left(view, end, low)
        keys: Iterable[int] = view[low:high]
        more = more[bisect_left(more, first) : bisect_left(more, end)]
        less = less[bisect_left(less, first) : bisect_left(less, end)]
        if high - low + len(more) > _FEW:
            gone = set(less)
            return (key - first for key in merge(keys, more) if key not in gone)
        if more or less:
            keys = sorted({*keys, *more}.difference(less))
        return list(map(_LOW.__and__, keys))

    def array(self, left: int) -> Numbers:
        """All right of a number, sorted."""
        low, high = self._range(left)
        found = self.keys[low:high]
        if self.more or self.less:
            found = _edited(found, _of(self.less, left), _of(self.more, left))
        return unpack(found)[1]

    def count(self, left: int) -> int:
        """How many are right of a number: as quick for a million as for one."""
        low, high = self._range(left)
        return high - low + len(_of(self.more, left)) - len(_of(self.less, left))

    def _range(self, left: int) -> tuple[int, int]:
        view, first = self._view, left << 32
        low = bisect_left(view, first) if first <= self._last else len(view)
        return low, bisect_left(view, first + _LOW + 1, low)

    def note(self, left: int, right: int, *, gone: bool) -> bool:
        """Have a pair more, or one less; False where that is so already."""
        back, to = (self.more, self.less) if gone else (self.less, self.more)
        key = left << 32 | right
        place = bisect_left(back, key)
        if place < len(back) and back[place] == key:
            del back[place]  # the opposite of an earlier one
        else:
            view, place = self._view, bisect_left(to, key)
            found = key <= self._last and view[bisect_left(view, key)] == key
            if found is not gone or (place < len(to) and to[place] == key):
                return False
            to.insert(place, key)
        self._kept.pop(left, None)
        return True

    def merged(self) -> Keys:
        """All pairs, sorted, the edits among them."""
        return _edited(self.keys, self.less, self.more)


def _of(keys: list[int], left: int) -> list[int]:
    """Those that belong to one number."""
    low = bisect_left(keys, left << 32)
    return keys[low : bisect_left(keys, (left + 1) << 32, low)]


def _edited(keys: Keys, less: list[int], more: list[int]) -> Keys:
    if less:
        keys = without(keys, np.array(less, np.int64))
    return merged(keys, np.array(more, np.int64)) if more else keys


class Pairs:
    """The pairs of one predicate, sorted by subject and, once asked for, by object as well."""

    __slots__ = ("by_subject", "known_by_object")

    def __init__(self, keys: Keys, flipped: Keys | None = None) -> None:
        self._set(keys, flipped)

    def _set(self, keys: Keys, flipped: Keys | None) -> None:
        self.by_subject = SortedPairs(keys)
        self.known_by_object = None if flipped is None else SortedPairs(flipped)

    def copy(self) -> Pairs:
        """A copy that can be edited alone; the sorted numbers are shared."""
        keys = self.keys
        return Pairs(keys, None if self.known_by_object is None else self.known_by_object.keys)

    @property
    def keys(self) -> Keys:
        """All pairs as packed numbers, sorted by subject. Merges the edits first."""
        if self.by_subject.more or self.by_subject.less:
            other = self.known_by_object
            self._set(self.by_subject.merged(), None if other is None else other.merged())
        return self.by_subject.keys

    @property
    def by_object(self) -> SortedPairs:
        """The pairs by object, sorted on the first need: ``known_by_object`` from then on."""
        if self.known_by_object is None:
            self.known_by_object = SortedPairs(flipped(self.keys))
        return self.known_by_object

    @property
    def flipped(self) -> Keys:
        """All pairs as packed numbers with the object first, sorted by it."""
        _ = self.keys
        return self.by_object.keys

    def merge(self, keys: Keys) -> None:
        """Add many pairs at once: sorted, distinct, and none of them here before."""
        base, other = self.keys, self.known_by_object
        # Of more than there were, all are sorted by object as soon as only these would be.
        kept = other is not None and len(keys) < len(base)
        self._set(
            merged(base, keys),
            merged(other.keys, flipped(keys)) if kept and other is not None else None,
        )

    def add(self, s: int, o: int) -> bool:
        """Add one pair; False where it was there."""
        new = self.by_subject.note(s, o, gone=False)
        if new and self.known_by_object is not None:
            self.known_by_object.note(o, s, gone=False)
        if len(self.by_subject.more) > SMALL:
            self._grown()
        return new

    def remove(self, s: int, o: int) -> bool:
        """Remove one pair; False where it was not there."""
        there = self.by_subject.note(s, o, gone=True)
        if there and self.known_by_object is not None:
            self.known_by_object.note(o, s, gone=True)
        if len(self.by_subject.less) > SMALL:
            self._grown()
        return there

    def _grown(self) -> None:
        """Merge the edits where they are many beside the pairs."""
        side = self.by_subject
        if len(side.more) + len(side.less) > min(len(side.keys) >> 3, MOST):
            _ = self.keys

    def __len__(self) -> int:
        side = self.by_subject
        return len(side.keys) + len(side.more) - len(side.less)
