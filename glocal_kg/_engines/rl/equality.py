"""What is the same as what: owl:sameAs as groups instead of pairs.

The rules eq-sym, eq-trans and eq-rep-* say that the members of a group share every fact.
Joining pairs would find each such fact many times over; here the groups are kept by
union-find, facts are written with one member standing for its group, and then spread once
over all members. The result is the same as that of the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from glocal_kg._rdf.deadline import look, looking
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Keys, TripleIndex, among, distinct, pack, unpack
from glocal_kg._rdf.store.pairs import spread
from glocal_kg.errors import LimitError


class EqualGroups:
    """Disjoint groups of terms that are the same.

    >>> groups = EqualGroups()
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
        for a, b in looking(pairs):
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

    def all(self) -> Iterable[list[int]]:
        """The groups of more than one."""
        return self._members.values()

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


class Spreader:
    """The groups as arrays, for terms numbered below ``terms``: one lookup a fact and member."""

    def __init__(self, groups: EqualGroups, terms: int, limit: int) -> None:
        self.terms = terms
        self._limit = limit
        standing = np.arange(terms, dtype=np.int32)
        for members in groups.all():
            standing[members] = min(members)
        self._standing = standing
        self._size = np.bincount(standing, minlength=terms)
        self._start = np.cumsum(self._size) - self._size
        self._members = np.argsort(standing, kind="stable").astype(np.int32)
        self._grouped = self._size[standing] > 1

    def apart(self, keys: Keys) -> Keys:
        """The pairs whose parts are not in one group."""
        left, right = unpack(keys)
        apart: Keys = keys[self._standing[left] != self._standing[right]]
        return apart

    def touched(self, keys: Keys) -> Keys:
        """The pairs of which a part has another name."""
        left, right = unpack(keys)
        touched: Keys = keys[self._grouped[left] | self._grouped[right]]
        return touched

    def spread(self, keys: Keys) -> Keys:
        """All pairs that are the same as these, sorted."""
        look()
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
        rows, place = spread(counts, np.zeros(len(counts), np.int64))
        row, column = np.divmod(place, wide[rows])
        return distinct(
            pack(
                self._members[self._start[left][rows] + row],
                self._members[self._start[right][rows] + column],
            )
        )


class Equality:
    """Carries out eq-sym, eq-trans and eq-rep-* round by round."""

    def __init__(self, terms: Dictionary, same: int, limit: int) -> None:
        self.groups = EqualGroups()
        self._terms = terms
        self._same = same
        self._limit = limit
        self._spreader: Spreader | None = None
        self._done: dict[int, Keys] = {}

    def unite(self, facts: TripleIndex) -> bool:
        """Take up the sameAs facts of an index; whether any was news.

        Raises :class:`.joins.LimitError` where the groups stand for too many facts.
        """
        keys = facts.table(self._same).keys
        if self._spreader is not None and len(keys):
            left, right = unpack(keys)
            known = max(int(left.max()), int(right.max())) < self._spreader.terms
            keys = self._spreader.apart(keys) if known else keys
        left, right = unpack(keys)
        if not self.groups.unite(list(zip(left.tolist(), right.tolist(), strict=True))):
            return False
        if self.groups.pairs() > self._limit:
            group = self.groups.largest()
            raise LimitError(
                f"{len(group):,} things are the same (owl:sameAs), among them "
                f"{self._terms[group[0]]} and {self._terms[group[1]]}: that makes "
                f"{self.groups.pairs():,} facts, more than {self._limit:,}.",
                remedy="Look for a wrong owl:sameAs or functional property, or raise the limit.",
            )
        self._spreader = Spreader(self.groups, len(self._terms), self._limit)
        self._done = {}
        return True

    def forget(self) -> None:
        """Drop what was spread in the last round."""
        self._done = {}

    def shared(self, facts: TripleIndex) -> dict[int, Keys]:
        """What follows from facts by other names of their parts, by predicate, sorted."""
        if self._spreader is None:
            return {}
        grouped = self.groups.grouped()
        new: dict[int, list[Keys]] = defaultdict(list)
        for p in facts.predicates():
            keys = facts.table(p).keys
            if p in self._done:
                keys = keys[~among(keys, self._done[p])]
            if p not in grouped:
                keys = self._spreader.touched(keys)
            if len(keys):
                spread = self._spreader.spread(keys)
                for q in self.groups.members(p):
                    new[q].append(spread)
        self._done = {p: distinct(np.concatenate(parts)) for p, parts in new.items()}
        return dict(self._done)
