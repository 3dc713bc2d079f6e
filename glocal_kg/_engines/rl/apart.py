"""Lists of things that exclude each other: AllDifferent and the two AllDisjoint axioms.

Read as rules, a list of n members is a rule for each two of them. Here the members are looked
at once: the things of two member classes, the pairs of two member properties, and the members
that are the same thing, are found by sorting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from glocal_kg._engines.rl.equal_literals import BY_VALUE
from glocal_kg._engines.rl.rules import Rule
from glocal_kg._rdf.store.index import Keys, Triple, TripleIndex


@dataclass(eq=False)
class Apart:
    """The members of one list, by one rule; ``facts`` are the axiom and the cells of its list."""

    rule: Rule
    facts: tuple[Triple, ...]
    members: tuple[int, ...]
    rdf_type: int
    same: int
    places: dict[int, list[int]] = field(init=False)
    """Where in the list a member stands."""

    def __post_init__(self) -> None:
        self.places = defaultdict(list)
        for place, member in enumerate(self.members):
            self.places[member].append(place)

    @property
    def of_properties(self) -> bool:
        """Whether the members are properties."""
        return self.rule.name == "prp-adp"

    def everywhere(self, index: TripleIndex, by_value: bool) -> Iterator[tuple[Triple, ...]]:
        """The facts of an index that go against each other by this list."""
        if self.rule.name.startswith("eq-diff"):
            yield from self._same_members(index)
        elif self.of_properties:
            flag = BY_VALUE if by_value else 0
            tables = {p: index.table(p | flag).keys for p in self.places}
            for key, two in _met_twice(tables, self.places):
                s, o = key >> 32, key & 0xFFFFFFFF
                yield tuple((s, p | flag, o) for p in two)
        else:
            a = self.rdf_type
            tables = {c: index.subjects(a, c).astype(np.int64) for c in self.places}
            for x, two in _met_twice(tables, self.places):
                yield tuple((x, a, c) for c in two)

    def _same_members(self, index: TripleIndex) -> Iterator[tuple[Triple, ...]]:
        for member, places in self.places.items():
            for other in sorted({member, *index.each_object(member, self.same)}):
                if _in_order(places, self.places.get(other, []), member == other):
                    yield ((member, self.same, other),)

    def of(self, index: TripleIndex, fact: Triple) -> Iterator[tuple[Triple, ...]]:
        """The facts that go against each other by this list, one of them ``fact``."""
        s, p, o = fact
        if self.rule.name.startswith("eq-diff"):
            known = p == self.same and s in self.places and o in self.places
            if known and _in_order(self.places[s], self.places[o], s == o):
                yield (fact,)
        elif self.of_properties:
            if p in self.places:
                others = [q for q in self.places if q != p and index.contains(s, q, o)]
                for q in others:
                    yield fact, (s, q, o)
                if len(self.places[p]) > 1:
                    yield (fact,)
        elif p == self.rdf_type and o in self.places:
            for c in index.each_object(s, p):
                if c in self.places and (c != o or len(self.places[c]) > 1):
                    yield fact, (s, p, c)


def _in_order(one: list[int], two: list[int], equal: bool) -> bool:
    """Whether some place of one member comes before some place of the other."""
    return len(one) > 1 if equal else bool(one and two) and one[0] < two[-1]


def _met_twice(
    tables: dict[int, Keys], places: dict[int, list[int]]
) -> Iterator[tuple[int, tuple[int, int]]]:
    """What is in the tables of two members, with each two of these; or of one listed twice."""
    members = list(tables)
    keys = np.concatenate([np.empty(0, np.int64), *tables.values()])
    owners = np.repeat(np.arange(len(members)), [len(table) for table in tables.values()])
    if not len(keys):
        return
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    repeated = {member for member, where in places.items() if len(where) > 1}
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    ends = np.append(starts[1:], len(keys))
    if not repeated:
        starts, ends = starts[ends - starts > 1], ends[ends - starts > 1]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        met = [members[n] for n in owners[start:end].tolist()]
        for two in (*combinations(met, 2), *((one, one) for one in met if one in repeated)):
            yield int(keys[start]), two
