"""Triples of numbers, found by any of their parts.

Each predicate has its pairs (:mod:`.edited_pairs`), sorted by subject and, from the first time it
is asked for, once by object. A lookup or an edit costs the same however many triples there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.edited_pairs import Pairs
from glocal_kg._rdf.store.fact_table import by_predicate, columns_of
from glocal_kg._rdf.store.pairs import Keys, Numbers, among, distinct, flip, pack, unpack

Triple: TypeAlias = tuple[int, int, int]

__all__ = [
    "Keys",
    "Numbers",
    "Pairs",
    "Triple",
    "TripleIndex",
    "among",
    "distinct",
    "flip",
    "pack",
    "tuples",
    "unpack",
]

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
        for predicate, keys in by_predicate(triples[:, 0], triples[:, 1], triples[:, 2]):
            self._tables[predicate] = Pairs(keys)

    @classmethod
    def of(cls, pairs: Mapping[int, Keys]) -> TripleIndex:
        """An index of packed pairs by predicate, sorted and distinct; they are shared."""
        index = cls()
        index._tables = {predicate: Pairs(keys) for predicate, keys in pairs.items()}
        return index

    def copy(self) -> TripleIndex:
        """An index that can be edited alone; the sorted numbers are shared until then."""
        twin = TripleIndex()
        twin._tables = {predicate: pairs.copy() for predicate, pairs in self._tables.items()}
        return twin

    def table(self, p: int) -> Pairs:
        """The pairs of a predicate, to read only; empty where the predicate is unknown."""
        return self._tables.get(p, _NOTHING)

    def has_any(self, p: int) -> bool:
        """Whether a predicate has a triple."""
        table = self._tables.get(p)
        return table is not None and len(table) > 0

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
        return self.table(p).by_subject.array(s)

    def subjects(self, p: int, o: int) -> Numbers:
        """The subjects of a predicate and object."""
        return self.table(p).by_object.array(o)

    def each_object(self, s: int, p: int) -> Iterable[int]:
        """The objects of a subject and predicate, sorted, one by one as they are drawn.

        For a few it is quicker than ``objects``. Draw them all before the next edit.
        """
        return self._tables.get(p, _NOTHING).by_subject.each(s)

    def each_subject(self, p: int, o: int) -> Iterable[int]:
        """The subjects of a predicate and object, sorted, one by one as they are drawn."""
        table = self._tables.get(p, _NOTHING)
        return (table.known_by_object or table.by_object).each(o)

    def count_objects(self, s: int, p: int) -> int:
        """How many objects a subject and predicate have."""
        return self.table(p).by_subject.count(s)

    def count_subjects(self, p: int, o: int) -> int:
        """How many subjects a predicate and object have."""
        return self.table(p).by_object.count(o)

    def pairs(self, p: int) -> tuple[Numbers, Numbers]:
        """All (subjects, objects) of a predicate, sorted by subject, then object.

        Merges the overlay of this predicate: meant for whole columns, not for lookups.
        """
        return unpack(self.table(p).keys)

    def of_subject(self, s: int) -> tuple[Numbers, Numbers]:
        """The (predicates, objects) of a subject, sorted by predicate, then object."""
        return self._of({p: table.by_subject.array(s) for p, table in self._tables.items()})

    def of_object(self, o: int) -> tuple[Numbers, Numbers]:
        """The (predicates, subjects) of an object, sorted by predicate, then subject."""
        return self._of({p: table.by_object.array(o) for p, table in self._tables.items()})

    @staticmethod
    def _of(others: dict[int, Numbers]) -> tuple[Numbers, Numbers]:
        every, nothing = sorted(others), np.empty(0, np.int32)
        predicates = np.repeat(np.array(every, np.int32), [len(others[p]) for p in every])
        return predicates, np.concatenate([nothing, *(others[p] for p in every)])

    def contains(self, s: int, p: int, o: int) -> bool:
        """Whether the triple is here."""
        table = self._tables.get(p)
        return table is not None and table.by_subject.has(s, o)

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

    def add(self, s: int, p: int, o: int) -> bool:
        """Add one triple; False where it was there."""
        table = self._tables.get(p)
        if table is None:
            table = self._tables[p] = Pairs(np.empty(0, np.int64))
        return table.add(s, o)

    def update(self, added: Iterable[Triple] = (), removed: Iterable[Triple] = ()) -> None:
        """Remove, then add, a few triples (tuples or array rows). What is there, stays once."""
        for s, p, o in tuples(removed):
            table = self._tables.get(p)
            if table is not None:
                table.remove(s, o)
        for s, p, o in tuples(added):
            self.add(s, p, o)

    def columns(self) -> Numbers:
        """All triples as an array of shape (n, 3), int32, by predicate, subject, object."""
        return columns_of({p: self.table(p).keys for p in sorted(self._tables)})

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))


def tuples(triples: Iterable[Triple]) -> list[Triple]:
    """Triples as tuples, be they rows of an array."""
    rows = triples.tolist() if isinstance(triples, np.ndarray) else triples
    return [(s, p, o) for s, p, o in rows]
