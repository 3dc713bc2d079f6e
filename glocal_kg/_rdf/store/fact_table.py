"""The facts of one graph by predicate, and a layer of graphs seen as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.nearby import Nearby, Side
from glocal_kg._rdf.store.pairs import Keys, Numbers, distinct, pack, unpack
from glocal_kg._rdf.store.relation import NOTHING, Relation
from glocal_kg._rdf.store.sorted_rows import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

_FEW = 16  # nodes whose facts are looked up one by one
_KEPT = 1000  # nodes whose facts are kept
_SHORT = 300  # so many facts are put in order one by one
_SIDES: Final[tuple[Side, Side]] = "s", "o"
_RIGHT = 0xFFFFFFFF

Around: TypeAlias = "dict[tuple[int, str], list[tuple[int, int, int]] | None]"
"""For a node as subject ("s") or object the predicate, other end and graph of each fact; None
where they are many."""

Changes: TypeAlias = dict[int, tuple[Rows | None, Rows | None]]
"""For a predicate the rows that come, all new, and those that go, all there."""
GraphRows: TypeAlias = "list[tuple[int, int, Rows]]"
"""Rows of graphs and predicates."""


class FactTable:
    """The facts of one graph: a relation for each predicate. It never changes."""

    __slots__ = ("_size", "relations")

    def __init__(self, relations: Mapping[int, Relation]) -> None:
        self.relations = relations
        self._size: int | None = None

    def relation(self, p: int) -> Relation:
        """The facts of a predicate."""
        return self.relations.get(p, NOTHING)

    def predicates(self) -> list[int]:
        """The predicates that have facts, sorted."""
        return sorted(self.relations)

    def changed(self, changes: Changes) -> FactTable:
        """This table with some facts more and some less."""
        relations = dict(self.relations)
        for p, (added, removed) in changes.items():
            relation = relations.pop(p, NOTHING).changed(added, removed)
            if len(relation):
                relations[p] = relation
        return FactTable(relations)

    def columns(self) -> Numbers:
        """All facts, shape (n, 3), int32: by predicate, subject, object."""
        return columns_of({p: self.relation(p).keys for p in self.predicates()})

    def __len__(self) -> int:
        if self._size is None:
            self._size = sum(map(len, self.relations.values()))
        return self._size


class Layer:
    """Some graphs, seen one by one or all together. It never changes.

    All together are worked out predicate by predicate when asked, and kept through changes.
    """

    __slots__ = ("_around", "_nearby", "_predicates", "_size", "_together", "graphs")

    def __init__(
        self,
        graphs: Mapping[int, FactTable],
        together: Mapping[int, Relation] | None = None,
        nearby: Nearby | None = None,
        around: Around | None = None,
    ) -> None:
        self.graphs = graphs
        self._together = dict(together or {})
        self._nearby = Nearby() if nearby is None else nearby
        self._predicates: list[int] | None = None
        self._size: int | None = None
        self._around: Around = around or {}

    def relation(self, p: int) -> Relation:
        """The facts of a predicate in all graphs."""
        found = self._together.get(p)
        if found is None:
            parts = [table.relations[p] for table in self.graphs.values() if p in table.relations]
            found = _together(parts)
            self._together[p] = found
        return found

    def predicates(self) -> list[int]:
        """The predicates that have facts, sorted."""
        if self._predicates is None:
            every = (table.relations.keys() for table in self.graphs.values())
            self._predicates = sorted(set().union(*every))
        return self._predicates

    def near(self, nodes: Numbers, side: Literal["s", "o"]) -> list[int]:
        """The predicates of facts with some nodes as subject or object, sorted; perhaps more."""
        found = self._nearby.of(nodes, side)
        if found is not None:
            return found
        predicates = self.predicates()
        if self._nearby.pays(nodes, side, len(predicates), len(self)):
            tables = self.graphs.values()
            every = ((p, table.relation(p).rows[0]) for table in tables for p in table.relations)
            self._nearby = self._nearby.built(side, every)
            return self.near(nodes, side)
        return predicates

    def near_one(self, node: int, side: Literal["s", "o"]) -> list[int]:
        """The same for one node, which is quicker so."""
        found = self._nearby.of_one(node, side)
        return self.near(np.array((node,), np.int32), side) if found is None else found

    def all_beside(
        self, nodes: Numbers, side: Literal["s", "o"], graphs: Sequence[int] | None
    ) -> list[tuple[int, int, int, int]] | None:
        """Predicate, place in ``nodes``, other end and graph of the facts beside a few nodes.

        None where the nodes are many, or one has many facts: columns are quicker then.
        """
        if len(nodes) > _FEW:
            return None
        found: list[tuple[int, int, int, int]] = []
        for place, node in enumerate(nodes.tolist()):
            around = self.few_beside(node, side, graphs)
            if around is None:
                return None
            found += [(p, place, o, g) for p, o, g in around]
        return sorted(found)

    def few_beside(
        self, node: int, side: Literal["s", "o"], graphs: Sequence[int] | None
    ) -> list[tuple[int, int, int]] | None:
        """Predicate, other end and graph of the facts beside a node; None where they are many."""
        found = self._beside(node, side)
        if graphs is None or found is None:
            return found
        return [fact for fact in found if fact[2] in graphs]

    def _beside(self, node: int, side: Literal["s", "o"]) -> list[tuple[int, int, int]] | None:
        """Predicate, other end and graph of the facts beside a node, kept for the next time."""
        key = node, side
        if key in (kept := self._around):
            return kept[key]
        if len(kept) >= _KEPT:
            kept = self._around = {}
        found: list[tuple[int, int, int]] = []
        for p in self.near_one(node, side):
            relation = self.relation(p)
            some = (relation if side == "s" else relation.toward(node)).each(node)
            if some is None:
                kept[key] = None
                return None
            found += [(p, other, graph) for other, graph in some]
        kept[key] = found
        return found

    def changed(self, changes: Mapping[int, Changes]) -> Layer:
        """This layer with some facts of some graphs more and some less."""
        graphs, together = dict(self.graphs), dict(self._together)
        for graph, some in changes.items():
            before = graphs.pop(graph, FactTable({}))
            after = before.changed(some)
            if after.relations:
                graphs[graph] = after
            for p, (added, removed) in some.items():
                shown = together.get(p)
                if shown is None:
                    continue
                if shown is before.relations.get(p):  # no other graph has this predicate
                    together[p] = after.relation(p)
                else:
                    together[p] = shown.changed(added, removed)
        come, go = (
            [(graph, p, rows) for graph, some in changes.items() for p, both in some.items()
             if (rows := both[side]) is not None]
            for side in (0, 1)
        )  # fmt: skip
        new = [(p, rows[0]) for _, p, rows in come]
        return Layer(graphs, together, self._nearby.changed(new), self._around_after(come, go))

    def _around_after(self, come: GraphRows, go: GraphRows) -> Around:
        """What is kept of the facts beside nodes after a change, with those of new subjects."""
        if not self._around and not self._nearby.made:
            return {}
        if sum(len(rows[0]) for _, _, rows in (*come, *go)) > _SHORT:
            return {}
        kept, own = dict(self._around), set[tuple[int, str]]()
        for node in {key >> 32 for _, _, rows in come for key in rows[0].tolist()}:
            for side in _SIDES:
                if (node, side) not in kept and self._nearby.of_one(node, side) == []:
                    kept[node, side] = []
        for some, take in ((go, list.remove), (come, list.append)):
            for graph, p, rows in some:
                for pair in rows[0].tolist():
                    s, o = pair >> 32, pair & _RIGHT
                    for key, other in (((s, "s"), o), ((o, "o"), s)):
                        found = kept.get(key)
                        if found is None:
                            kept.pop(key, None)  # where it has fewer now, it is looked up anew
                            continue
                        if key not in own:
                            found = kept[key] = [*found]
                            own.add(key)
                        take(found, (p, other, graph))
                        if len(found) > _SHORT:
                            del kept[key]
        return kept

    def without(self, graph: int) -> Layer:
        """This layer without one graph."""
        return Layer({name: table for name, table in self.graphs.items() if name != graph})

    def __len__(self) -> int:
        if self._size is None:
            self._size = sum(map(len, self.graphs.values()))
        return self._size


def _together(parts: list[Relation]) -> Relation:
    """Relations of several graphs as one; of one graph, the very same."""
    if len(parts) <= 1:
        return parts[0] if parts else NOTHING
    look()
    keys = np.concatenate([part.rows[0] for part in parts])
    graphs = np.concatenate([part.rows[1] for part in parts])
    order = np.lexsort((graphs, keys))
    return Relation((keys[order], graphs[order]))


def columns_of(pairs: Mapping[int, Keys]) -> Numbers:
    """The packed pairs of each predicate as one array of shape (n, 3), int32."""
    rows = np.empty((sum(map(len, pairs.values())), 3), np.int32)
    start = 0
    for p, keys in pairs.items():
        look()
        part = rows[start : start + len(keys)]
        part[:, 0], part[:, 2] = unpack(keys)
        part[:, 1] = p
        start += len(part)
    return rows


def by_predicate(
    subjects: NDArray[np.integer], predicates: NDArray[np.integer], objects: NDArray[np.integer]
) -> Iterator[tuple[int, Keys]]:
    """The packed pairs of each predicate, sorted, each once."""
    if len(predicates) < _SHORT:
        yield from _few_by_predicate(subjects, predicates, objects)
        return
    codes = np.zeros(int(predicates.max()) + 1, np.uint32)
    codes[predicates] = 1
    known = np.flatnonzero(codes)
    keys = pack(subjects, objects)
    if len(known) > 1:
        codes[known] = np.arange(len(known))
        small = np.uint16 if len(known) < 1 << 16 else np.uint32  # 16 bits: sorted by counting
        grouped = codes.astype(small)[predicates]
        if (grouped[1:] < grouped[:-1]).any():
            keys = keys[np.argsort(grouped, kind="stable")]
        ends = np.cumsum(np.bincount(grouped, minlength=len(known))).tolist()
    else:
        ends = [len(keys)]
    start = 0
    for predicate, end in zip(known.tolist(), ends, strict=True):
        yield predicate, distinct(keys[start:end])
        start = end


def _few_by_predicate(
    subjects: NDArray[np.integer], predicates: NDArray[np.integer], objects: NDArray[np.integer]
) -> Iterator[tuple[int, Keys]]:
    found: dict[int, set[int]] = {}
    for s, p, o in zip(subjects.tolist(), predicates.tolist(), objects.tolist(), strict=True):
        found.setdefault(p, set()).add(s << 32 | o)
    for p in sorted(found):
        yield p, np.array(sorted(found[p]), np.int64)
