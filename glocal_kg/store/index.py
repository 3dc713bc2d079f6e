"""Triples of numbers in sorted order: every lookup is a binary search.

For each predicate there is one :class:`Pairs`: its (subject, object) pairs packed into one
64-bit number each and sorted, once by subject and, from the first time it is asked for, once
by object. Edits go into a small overlay beside the sorted numbers, so that a lookup or an edit
costs the same at a thousand and at a hundred million triples; the overlay is merged when it has
grown to a fixed share of its predicate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int32]
Keys: TypeAlias = NDArray[np.int64]
Triple: TypeAlias = tuple[int, int, int]

_Overlay: TypeAlias = dict[int, set[int]]

_SMALL = 512
"""An overlay below this many edits is never merged, however small its predicate."""


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


def distinct(keys: Keys) -> Keys:
    """Sorted, each once. Sorts in place where it may: pass an array of your own."""
    keys.sort()
    if len(keys) < 2:
        return keys
    first = np.empty(len(keys), bool)
    first[0] = True
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys if first.all() else keys[first]


def among(values: Keys, keys: Keys) -> NDArray[np.bool_]:
    """For each value whether it is one of the sorted ``keys``."""
    if not len(keys):
        return np.zeros(len(values), bool)
    places = keys.searchsorted(values)
    places[places == len(keys)] = 0
    found: NDArray[np.bool_] = keys[places] == values
    return found


class Pairs:
    """The pairs of one predicate, sorted, with a small overlay of edits."""

    __slots__ = ("_added", "_base", "_edits", "_flipped", "_removed", "_size")

    def __init__(self, keys: Keys) -> None:
        self._base = keys
        self._flipped: Keys | None = None
        self._size = len(keys)
        self._clear()

    def _clear(self) -> None:
        # Of both the pairs added and the pairs removed: objects by subject, subjects by object.
        self._added: tuple[_Overlay, _Overlay] = {}, {}
        self._removed: tuple[_Overlay, _Overlay] = {}, {}
        self._edits = 0

    def copy(self) -> Pairs:
        """A copy that can be edited alone; the sorted numbers are shared."""
        twin = Pairs(self.keys)
        twin._flipped = self._flipped
        return twin

    @property
    def keys(self) -> Keys:
        """All pairs as packed numbers, sorted by subject. Merges the overlay first."""
        if self._edits:
            base, flipped = self._base, self._flipped
            added, removed = _keys(self._added[0]), _keys(self._removed[0])
            if len(removed):
                base = base[~among(base, np.sort(removed))]
                if flipped is not None:
                    flipped = flipped[~among(flipped, np.sort(flip(removed)))]
            self._base = _merge(base, np.sort(added))
            self._flipped = None if flipped is None else _merge(flipped, np.sort(flip(added)))
            self._clear()
        return self._base

    @property
    def flipped(self) -> Keys:
        """All pairs as packed numbers with the object first, sorted by it."""
        keys = self.keys
        if self._flipped is None:
            self._flipped = np.sort(flip(keys))
        return self._flipped

    def merge(self, keys: Keys) -> None:
        """Add many pairs at once: sorted, distinct, and none of them here before."""
        base = self.keys
        self._base = _merge(base, keys)
        if self._flipped is not None:
            self._flipped = _merge(self._flipped, np.sort(flip(keys)))
        self._size = len(self._base)

    def add(self, s: int, o: int) -> bool:
        """Add one pair; False where it was there."""
        if self.contains(s, o):
            return False
        self._edit(self._added, self._removed, s, o)
        self._size += 1
        return True

    def remove(self, s: int, o: int) -> bool:
        """Remove one pair; False where it was not there."""
        if not self.contains(s, o):
            return False
        self._edit(self._removed, self._added, s, o)
        self._size -= 1
        return True

    def _edit(
        self,
        to: tuple[_Overlay, _Overlay],
        back: tuple[_Overlay, _Overlay],
        s: int,
        o: int,
    ) -> None:
        """Take an edit back where it is the opposite of an earlier one, else note it."""
        if o in back[0].get(s, ()):
            for overlay, left, right in ((back[0], s, o), (back[1], o, s)):
                overlay[left].remove(right)
                if not overlay[left]:
                    del overlay[left]
        else:
            to[0].setdefault(s, set()).add(o)
            to[1].setdefault(o, set()).add(s)
        self._edits += 1
        if self._edits > _SMALL and self._edits > len(self._base) >> 3:
            _ = self.keys

    def contains(self, s: int, o: int) -> bool:
        """Whether the pair is here."""
        if self._edits:
            if o in self._added[0].get(s, ()):
                return True
            if o in self._removed[0].get(s, ()):
                return False
        key = s << 32 | o
        base = self._base
        place = int(base.searchsorted(key))
        return place < len(base) and bool(base[place] == key)

    def objects(self, s: int) -> Numbers:
        """The objects of a subject."""
        found = _slice(self._base, s)
        return self._edited(0, s, found) if self._edits else found

    def subjects(self, o: int) -> Numbers:
        """The subjects of an object."""
        found = _slice(self._by_object(), o)
        return self._edited(1, o, found) if self._edits else found

    def count_objects(self, s: int) -> int:
        """How many objects a subject has: as quick for a million as for one."""
        return self._count(self._base, 0, s)

    def count_subjects(self, o: int) -> int:
        """How many subjects an object has."""
        return self._count(self._by_object(), 1, o)

    def _by_object(self) -> Keys:
        return self.flipped if self._flipped is None else self._flipped

    def _count(self, keys: Keys, side: int, left: int) -> int:
        low, high = keys.searchsorted((left << 32, (left + 1) << 32)).tolist()
        count: int = high - low
        if self._edits:
            count += len(self._added[side].get(left, ())) - len(self._removed[side].get(left, ()))
        return count

    def _edited(self, side: int, left: int, found: Numbers) -> Numbers:
        gone, more = self._removed[side].get(left), self._added[side].get(left)
        if gone:
            found = np.delete(found, found.searchsorted(sorted(gone)))
        if more:
            found = np.sort(np.concatenate((found, np.fromiter(more, np.int32, len(more)))))
        return found

    def __len__(self) -> int:
        return self._size


def _keys(overlay: _Overlay) -> Keys:
    return np.array([left << 32 | o for left, rights in overlay.items() for o in rights], np.int64)


def _merge(keys: Keys, more: Keys) -> Keys:
    if not len(more):
        return keys
    merged = np.concatenate((keys, more))
    merged.sort(kind="stable")  # two sorted runs: this is one pass over them
    return merged


def _slice(keys: Keys, left: int) -> Numbers:
    low, high = keys.searchsorted((left << 32, (left + 1) << 32)).tolist()
    return unpack(keys[low:high])[1]


_NOTHING = Pairs(np.empty(0, np.int64))


class TripleIndex:
    """Triples of term numbers, found by any of their parts.

    ``triples`` is an array of shape (n, 3), int32: subject, predicate, object; repeats count
    once. Arrays given back are int32, sorted, and must not be written to.

    >>> index = TripleIndex(np.array([[1, 9, 2], [1, 9, 3], [4, 9, 2]], np.int32))
    >>> index.objects(1, 9).tolist(), index.subjects(9, 2).tolist()
    ([2, 3], [1, 4])
    >>> index.update(added=[(4, 8, 1)], removed=[(1, 9, 2)])
    >>> index.contains(1, 9, 2), index.predicates(), len(index)
    (False, [8, 9], 3)
    """

    __slots__ = ("_tables",)

    def __init__(self, triples: NDArray[np.integer] | None = None) -> None:
        self._tables: dict[int, Pairs] = {}
        if triples is None or not len(triples):
            return
        for predicate, keys in _by_predicate(triples):
            self._tables[predicate] = Pairs(distinct(keys))

    def copy(self) -> TripleIndex:
        """An index that can be edited alone; the sorted numbers are shared until then."""
        twin = TripleIndex()
        twin._tables = {predicate: pairs.copy() for predicate, pairs in self._tables.items()}
        return twin

    def table(self, p: int) -> Pairs:
        """The pairs of a predicate, to read only; empty where the predicate is unknown."""
        return self._tables.get(p, _NOTHING)

    def merge(self, p: int, keys: Keys) -> None:
        """Add many packed pairs of a predicate: sorted, distinct and new."""
        table = self._tables.get(p)
        if table is None:
            self._tables[p] = Pairs(keys)
        else:
            table.merge(keys)

    def predicates(self) -> list[int]:
        """The predicates that have at least one triple, sorted."""
        return sorted(p for p, table in self._tables.items() if len(table))

    def objects(self, s: int, p: int) -> Numbers:
        """The objects of a subject and predicate."""
        return self._tables.get(p, _NOTHING).objects(s)

    def subjects(self, p: int, o: int) -> Numbers:
        """The subjects of a predicate and object."""
        return self._tables.get(p, _NOTHING).subjects(o)

    def count_objects(self, s: int, p: int) -> int:
        """How many objects a subject and predicate have."""
        return self._tables.get(p, _NOTHING).count_objects(s)

    def count_subjects(self, p: int, o: int) -> int:
        """How many subjects a predicate and object have."""
        return self._tables.get(p, _NOTHING).count_subjects(o)

    def pairs(self, p: int) -> tuple[Numbers, Numbers]:
        """All (subjects, objects) of a predicate, sorted by subject, then object.

        Merges the overlay of this predicate: meant for whole columns, not for lookups.
        """
        return unpack(self.table(p).keys)

    def pairs_by_object(self, p: int) -> tuple[Numbers, Numbers]:
        """All (subjects, objects) of a predicate, sorted by object, then subject."""
        objects, subjects = unpack(self.table(p).flipped)
        return subjects, objects

    def of_subject(self, s: int) -> tuple[Numbers, Numbers]:
        """The (predicates, objects) of a subject, sorted by predicate, then object."""
        return self._of(s, Pairs.objects)

    def of_object(self, o: int) -> tuple[Numbers, Numbers]:
        """The (predicates, subjects) of an object, sorted by predicate, then subject."""
        return self._of(o, Pairs.subjects)

    def _of(self, node: int, side: object) -> tuple[Numbers, Numbers]:
        predicates: list[Numbers] = []
        others: list[Numbers] = []
        for p in sorted(self._tables):
            found = side(self._tables[p], node)  # type: ignore[operator]
            if len(found):
                predicates.append(np.full(len(found), p, np.int32))
                others.append(found)
        if not others:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        return np.concatenate(predicates), np.concatenate(others)

    def contains(self, s: int, p: int, o: int) -> bool:
        """Whether the triple is here."""
        table = self._tables.get(p)
        return table is not None and table.contains(s, o)

    def contains_many(self, triples: NDArray[np.integer]) -> NDArray[np.bool_]:
        """For each row of an (n, 3) array whether it is here.

        >>> index = TripleIndex(np.array([[1, 9, 2]], np.int32))
        >>> index.contains_many(np.array([[1, 9, 2], [2, 9, 1]], np.int32)).tolist()
        [True, False]
        """
        found = np.zeros(len(triples), bool)
        for p in np.unique(triples[:, 1]).tolist() if len(triples) else ():
            rows = np.flatnonzero(triples[:, 1] == p)
            keys = pack(triples[rows, 0], triples[rows, 2])
            found[rows] = among(keys, self.table(p).keys)
        return found

    def update(self, added: Iterable[Triple] = (), removed: Iterable[Triple] = ()) -> None:
        """Remove, then add, a few triples (tuples or array rows). What is there, stays once."""
        for s, p, o in _rows(removed):
            table = self._tables.get(p)
            if table is not None:
                table.remove(s, o)
        for s, p, o in _rows(added):
            table = self._tables.get(p)
            if table is None:
                table = self._tables[p] = Pairs(np.empty(0, np.int64))
            table.add(s, o)

    def columns(self) -> Numbers:
        """All triples as an array of shape (n, 3), int32, by predicate, subject, object."""
        rows = np.empty((len(self), 3), np.int32)
        start = 0
        for p in sorted(self._tables):
            subjects, objects = self.pairs(p)
            part = rows[start : start + len(subjects)]
            part[:, 0], part[:, 1], part[:, 2] = subjects, p, objects
            start += len(part)
        return rows

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))


def _rows(triples: Iterable[Triple]) -> Iterable[Triple]:
    return triples.tolist() if isinstance(triples, np.ndarray) else triples


def _by_predicate(triples: NDArray[np.integer]) -> Iterator[tuple[int, Keys]]:
    """The packed pairs of each predicate, unsorted: one counting sort over the predicates."""
    column = np.ascontiguousarray(triples[:, 1])
    codes = np.zeros(int(column.max()) + 1, np.uint32)
    codes[column] = 1
    predicates = np.flatnonzero(codes)
    small = np.uint16 if len(predicates) < 1 << 16 else np.uint32  # 16 bits: sorted by counting
    codes[predicates] = np.arange(len(predicates))
    grouped = codes.astype(small)[column]
    keys = pack(triples[:, 0], triples[:, 2])
    if len(predicates) > 1:
        keys = keys[np.argsort(grouped, kind="stable")]
    ends = np.cumsum(np.bincount(grouped, minlength=len(predicates))).tolist()
    start = 0
    for predicate, end in zip(predicates.tolist(), ends, strict=True):
        yield predicate, keys[start:end]
        start = end
