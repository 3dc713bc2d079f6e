"""What is the same as what: owl:sameAs as groups instead of pairs.

The rules eq-sym, eq-trans and eq-rep-* say that the members of a group share every fact.
Joining pairs would find each such fact many times over; here the groups are kept by
union-find, facts are written with one member standing for its group, and then spread once
over all members. The result is the same as that of the rules.
"""

from __future__ import annotations

import numpy as np

from glocal_kg.reasoning.joins import LimitError
from glocal_kg.store.index import Keys, distinct, pack, unpack


class Groups:
    """Disjoint groups of terms that are the same.

    >>> groups = Groups()
    >>> groups.unite([(1, 2), (2, 3), (7, 7)])
    True
    >>> groups.members(3), groups.members(7)
    ([1, 2, 3], [7])
    """

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._members)

    def _root(self, term: int) -> int:
        parent = self._parent
        while (above := parent.get(term, term)) != term:
            parent[term] = parent.get(above, above)
            term = above
        return term

    def members(self, term: int) -> list[int]:
        """All that are the same as a term, itself included, sorted."""
        return sorted(self._members.get(self._root(term), [term]))

    def unite(self, pairs: list[tuple[int, int]]) -> bool:
        """Make the terms of each pair the same; whether that was news."""
        news = False
        for a, b in pairs:
            a, b = self._root(a), self._root(b)
            if a == b:
                continue
            news = True
            ours, theirs = self._members.get(a, [a]), self._members.pop(b, [b])
            if len(ours) < len(theirs):
                a, b, ours, theirs = b, a, theirs, ours
                self._members.pop(b, None)
            self._parent[b] = a
            ours.extend(theirs)
            self._members[a] = ours
        return news

    def grouped(self) -> set[int]:
        """All terms that have another name."""
        return {term for members in self._members.values() for term in members}

    def pairs(self) -> int:
        """How many sameAs facts the groups stand for."""
        return sum(len(members) ** 2 for members in self._members.values())

    def largest(self) -> list[int]:
        """The largest group, sorted."""
        largest: list[int] = max(self._members.values(), key=len, default=[])
        return sorted(largest)

    def spreader(self, terms: int, limit: int) -> Spreader:
        """The groups as arrays, for terms numbered below ``terms``."""
        return Spreader(self, terms, limit)


class Spreader:
    """Spreads facts over the groups: one lookup per fact and member."""

    def __init__(self, groups: Groups, terms: int, limit: int) -> None:
        self._limit = limit
        standing = np.arange(terms, dtype=np.int32)
        for members in groups._members.values():
            standing[members] = min(members)
        self._standing = standing
        self._size = np.bincount(standing, minlength=terms)
        self._start = np.cumsum(self._size) - self._size
        self._members = np.argsort(standing, kind="stable").astype(np.int32)
        self.grouped = self._size[standing] > 1

    def touched(self, keys: Keys) -> Keys:
        """The pairs of which a part has another name."""
        left, right = unpack(keys)
        return keys[self.grouped[left] | self.grouped[right]]

    def spread(self, keys: Keys) -> Keys:
        """All pairs that are the same as these, sorted."""
        left, right = unpack(keys)
        standing = distinct(pack(self._standing[left], self._standing[right]))
        left, right = unpack(standing)
        wide = self._size[right]
        counts = self._size[left] * wide
        total = int(counts.sum())
        if total > self._limit:
            raise LimitError(
                f"Things that are the same (owl:sameAs) share {total:,} facts, more than "
                f"{self._limit:,}; the largest group has {int(self._size.max()):,} members.",
                remedy="Look for a wrong owl:sameAs or functional property, or raise the limit.",
            )
        rows = np.repeat(np.arange(len(standing)), counts)
        place = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        row, column = np.divmod(place, wide[rows])
        spread = pack(
            self._members[self._start[left][rows] + row],
            self._members[self._start[right][rows] + column],
        )
        return distinct(spread)


def numbers(pairs: Keys) -> list[tuple[int, int]]:
    """Packed pairs as a list of tuples."""
    left, right = unpack(pairs)
    return list(zip(left.tolist(), right.tolist(), strict=True))
