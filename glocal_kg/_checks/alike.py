"""Nodes that are alike: a check has findings at all of them, or at none.

What makes nodes alike is in the header of the check: the properties they have (``any``), or the
values of some. So of each kind of nodes one is looked at, and an edit that only brings nodes of
kinds known to be in order asks nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from glocal_kg._engines.shacl.data import Data
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.index import Numbers, pack
from glocal_kg._study.vocab import expand

_FEW = 32  # so many nodes are quicker one by one


class NodeFacts(NamedTuple):
    """What is said of a node: the values of each property, and the graphs that say it."""

    values: dict[int, set[int]]
    graphs: set[int]


Marks: TypeAlias = tuple[frozenset[int], ...]
"""What a node shares with those alike."""


def said_of(nodes: Collection[int], facts: Facts) -> dict[int, NodeFacts]:
    """What the facts say of some nodes: looked up one by one where these are few."""
    moment, seen = facts.moment, facts.selection
    found = {node: NodeFacts({}, set()) for node in nodes}
    each = {node: moment.few_beside("s", node, seen) for node in nodes} if len(nodes) < _FEW else {}
    many = [node for node in nodes if each.get(node) is None]
    rows: Iterable[Sequence[int]] = (
        (node, *row) for node, few in each.items() for row in few or ()
    )
    if many:
        columns = moment.beside("s", np.array(many, np.int32), None, seen)
        beside = zip(*(column.tolist() for column in columns), strict=True)
        rows = chain(rows, ((many[place], *row) for place, *row in beside))
    for node, predicate, value, graph in rows:
        said = found[node]
        said.values.setdefault(predicate, set()).add(value)
        said.graphs.add(graph)
    return found


class Alike:
    """Which nodes are alike for a check, by the names of its header."""

    def __init__(self, names: Iterable[str], data: Data) -> None:
        self._names = [None if name == "any" else data.code(expand(name)) for name in names]
        self._data = data
        self._right: set[Marks] = set()

    def marks(self, said: NodeFacts) -> Marks:
        """What a node shares with those alike, of which this is said."""
        return tuple(
            frozenset(said.values if p is None else said.values.get(p, ())) for p in self._names
        )

    def is_right(self, said: NodeFacts) -> bool:
        """Whether a node like this one is known to have no finding."""
        return self.marks(said) in self._right

    def note(self, said: Iterable[NodeFacts]) -> None:
        """Remember that nodes of which this is said have no finding."""
        self._right.update(map(self.marks, said))

    def forget(self) -> None:
        """Forget which nodes are right: other facts that the check reads have changed."""
        self._right.clear()

    def kinds(self, nodes: Numbers | None) -> Kinds:
        """The kinds of some nodes (None: of all that have facts)."""
        index = self._data.index
        kinds = Kinds(len(self._data.terms))
        for p in self._names:
            if p is None:
                for q in index.predicates():
                    kinds.split(unique(index.pairs(q)[0]))
                continue
            subjects, values = index.pairs(p)
            places = np.arange(len(subjects)) - subjects.searchsorted(subjects)
            order = np.argsort(places, kind="stable")
            most = int(places.max(initial=-1)) + 1
            bounds = places[order].searchsorted(np.arange(most + 1)).tolist()
            for first, last in pairwise(bounds):
                look()
                at = order[first:last]  # the first value of each node, then the second
                kinds.split_by(subjects[at], values[at])
        if nodes is not None:
            kinds.keep(nodes)
        return kinds


class Kinds:
    """Nodes in kinds: a number for each node, 0 where it is of none."""

    def __init__(self, size: int) -> None:
        self._kinds = np.zeros(size, np.int64)
        self._count = 1

    def split(self, nodes: Numbers) -> None:
        """Tell these nodes from all others."""
        look()
        old = self._kinds[nodes]
        seen = np.zeros(self._count, bool)
        seen[old] = True
        self._kinds[nodes] = self._count - 1 + np.cumsum(seen)[old]
        self._count += int(np.count_nonzero(seen))

    def split_by(self, nodes: Numbers, values: Numbers) -> None:
        """Tell these nodes from all others, and by a value of each."""
        look()
        pairs, new = np.unique(pack(self._kinds[nodes], values), return_inverse=True)
        self._kinds[nodes] = self._count + new
        self._count += len(pairs)

    def keep(self, nodes: Numbers) -> None:
        """Forget all but these nodes."""
        kept = np.zeros_like(self._kinds)
        kept[nodes] = self._kinds[nodes]
        self._kinds = kept

    @property
    def firsts(self) -> Numbers:
        """One node of each kind."""
        firsts = np.full(self._count, -1)
        firsts[self._kinds] = np.arange(len(self._kinds))
        return unique(firsts[1:][firsts[1:] >= 0].astype(np.int32))

    def like(self, nodes: Iterable[int]) -> Numbers:
        """All nodes of the kinds of some nodes, sorted."""
        wanted = self._kinds[np.array(list(nodes), np.int32)]
        return np.flatnonzero(np.isin(self._kinds, wanted)).astype(np.int32)
