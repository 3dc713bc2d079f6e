"""The findings of set-based checks, kept up to date change by change.

A check says in its header along which paths from ``?focus`` it reads. Walked backward from a
changed fact they lead to the nodes it can matter to, as with shapes. Walked forward from those
nodes they lead to all facts that the check reads there. The query, unchanged, is asked of a
small store with these facts; its rows for these nodes are what it finds in all facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from glocal_kg.errors import QueryError
from glocal_kg.validation.checks import Check, Found, ask, in_order
from glocal_kg.validation.data import Data
from glocal_kg.validation.facets import LITERAL
from glocal_kg.validation.findings import LABELS, labels
from glocal_kg.validation.path_text import reads_of_text
from glocal_kg.validation.report import Violation
from glocal_kg.validation.terms import plain
from glocal_kg.validation.walk import values_of
from glocal_kg.validation.watches import Edit, led_back, prepare, watches_of

_FEW = 1000  # up to so many candidates a small store is made even for a full run


class FollowedChecks:
    """The findings of checks on the facts of ``data``, which its owner changes.

    ``quads(s, p, o, g)`` gives the asserted quads of a pattern (None: any), ``whole()`` a store
    with all of them and nothing else. Around a change call ``before``, change the data, and
    call ``after``. Raises QueryError, naming the check, for a query that cannot be run.
    """

    def __init__(
        self,
        checks: Iterable[Check],
        data: Data,
        quads: Callable[..., Iterator[Quad]],
        whole: Callable[[], Store],
        *,
        languages: Sequence[str] = ("en",),
    ) -> None:
        self._data = data
        self._quads = quads
        self._whole = whole
        self._languages = languages
        self._names = frozenset(data.code(NamedNode(iri)) for iri in LABELS)
        self._parts = [_Part(check, data) for check in checks]
        self._near = self._always()
        self._run(self._parts)

    @property
    def found(self) -> list[Violation]:
        """The findings now, check by check."""
        return [violation for part in self._parts for violation in part.ordered]

    def before(self, removed: Iterable[Sequence[int]]) -> list[set[int]]:
        """The nodes, check by check, to which facts that will go matter."""
        return self._affected(list(removed))

    def after(
        self,
        affected: list[set[int]],
        added: Iterable[Sequence[int]],
        removed: Iterable[Sequence[int]],
    ) -> None:
        """Look again at what ``before`` gave and at the nodes to which new facts matter."""
        new, gone = list(added), list(removed)
        for nodes, more in zip(affected, self._affected(new), strict=True):
            nodes |= more
        changed = {row[1] for row in (*new, *gone)}
        if any(changed & part.whole for part in self._parts):
            self._near = self._always()
        again = [p for p in self._parts if not p.follows or changed & p.whole]
        self._run(again)
        self._look(
            [
                (part, part.drop(nodes))
                for part, nodes in zip(self._parts, affected, strict=True)
                if part not in again
            ]
        )

    def _affected(self, rows: list[Sequence[int]]) -> list[set[int]]:
        edit = Edit([(s, p, o) for s, p, o, _ in rows])
        named = edit.of(self._names, False) if edit.predicates & self._names else set()
        graphs = {row[3] for row in rows}
        return [
            led_back(part.watches, edit, self._data)
            | (named & part.found.keys())
            | (graphs if part.check.of_graphs else set())
            for part in self._parts
        ]

    def _run(self, parts: Sequence[_Part]) -> None:
        """Look at all nodes: those that can have a finding where they are few, else the facts."""
        few, store = [], None
        for part in parts:
            part.drop(set(part.found))
            nodes = part.candidates()
            if nodes is not None and len(nodes) <= _FEW:
                few.append((part, nodes))
                continue
            store = store or self._whole()
            self._keep(part, list(ask(part.check, store)))
        self._look(few)

    def _look(self, asked: list[tuple[_Part, set[int]]]) -> None:
        """Look at some nodes, check by check, in a store of the facts around them."""
        standing: dict[int, bool] = {}
        asked = [(part, self._fit(part, nodes, standing)) for part, nodes in asked if nodes]
        asked = [(part, nodes) for part, nodes in asked if nodes]
        around = [quad for quad in self._around(asked) if quad not in self._near]
        self._near.extend(around)
        terms = self._data.terms
        for part, nodes in asked:
            wanted = {terms[node] for node in nodes}
            rows = [row for row in ask(part.check, self._near) if row.focus in wanted]
            self._keep(part, rows)
        for quad in around:
            self._near.remove(quad)

    def _fit(self, part: _Part, nodes: set[int], standing: dict[int, bool]) -> set[int]:
        fit = part.fitting(nodes)
        if part.check.of_graphs:
            return {node for node in fit if next(self._in_graph(node), None) is not None}
        if part.check.having:
            return fit
        for node in fit - standing.keys():
            standing[node] = self._stands(node)
        return {node for node in fit if standing[node]}

    def _stands(self, node: int) -> bool:
        """Whether a node stands in any fact, as a taken away one may not."""
        term = self._data.terms[node]
        places = (self._quads(term), self._quads(o=term), self._quads(g=term))
        return any(next(place, None) is not None for place in places)

    def _in_graph(self, node: int) -> Iterator[Quad]:
        return self._quads(g=self._data.terms[node])

    def _around(self, asked: list[tuple[_Part, set[int]]]) -> Iterator[Quad]:
        """The facts that checks read at these nodes."""
        places: set[tuple[int, int | None]] = set()  # subject and predicate (None: any)
        for part, nodes in asked:
            start = np.array(sorted(nodes), np.int32)
            for read, predicate in part.reads:
                ends = start
                if read.path is not None:
                    ends = np.unique(values_of(self._data.walk(read.path, start)))
                places.update(self._places(ends.tolist(), predicate, read.at_object))
            if part.check.of_graphs:
                yield from filter(None, (next(self._in_graph(node), None) for node in nodes))
        terms = self._data.terms
        for s, p in places:
            if isinstance(terms[s], Literal):
                continue  # the end of a path that can be a text
            if p is None:
                yield from self._quads(terms[s])
            elif (s, None) not in places:
                yield from self._quads(terms[s], terms[p])

    def _places(
        self, ends: list[int], predicate: int | None, at_object: bool
    ) -> Iterable[tuple[int, int | None]]:
        index = self._data.index
        if not at_object:
            return [(end, predicate) for end in ends]
        if predicate is not None:
            return [(s, predicate) for end in ends for s in index.subjects(predicate, end).tolist()]
        found = [index.of_object(end) for end in ends]
        return [(int(s), int(p)) for some in found for p, s in zip(*some, strict=True)]

    def _keep(self, part: _Part, rows: list[Found]) -> None:
        """Make findings of rows and keep them by node."""
        if not rows:
            return
        find = self._data.terms.find
        owners = [-1 if isinstance(row.focus, Literal) else find(row.focus) for row in rows]
        nodes = np.unique(np.array([n for n in owners if n is not None and n >= 0], np.int32))
        named = labels(self._data, nodes, self._languages)
        for owner, row in zip(owners, rows, strict=True):
            if owner is None or (owner < 0 and part.follows):
                raise QueryError(
                    f"{part.check.name}: ?focus is {row.focus}.",
                    remedy="A check with 'reads' selects as ?focus a node of the facts.",
                )
            part.found.setdefault(owner, []).append(row.finding(named.get(owner, "")))
        part.changed()

    def _always(self) -> Store:
        """A store with the facts that checks want at hand as a whole."""
        store = Store()
        for predicate in set().union(*(part.whole for part in self._parts)):
            store.extend(self._quads(p=self._data.terms[predicate]))
        return store


class _Part:
    """One check: its findings by focus node, and what can change them."""

    def __init__(self, check: Check, data: Data) -> None:
        self.check = check
        self.found: dict[int, list[Violation]] = {}
        self.follows = bool(check.reads)
        self._data = data
        self._ordered: tuple[Violation, ...] | None = None
        reads = frozenset().union(*map(reads_of_text, check.reads))
        self.reads = [
            (read, None if read.predicate is None else data.code(read.predicate)) for read in reads
        ]
        self.watches = watches_of(reads, data)
        prepare(self.watches, data)
        self.whole = frozenset(self._codes(check.whole))
        self._having = self._codes(check.having)
        self._lacking = self._codes(check.lacking)
        self._under = tuple(check.under)

    def _codes(self, names: Iterable[str]) -> list[int]:
        from glocal_kg.vocab import expand

        return [self._data.code(expand(name)) for name in names]

    @property
    def ordered(self) -> tuple[Violation, ...]:
        """The findings, each once, in the order in which a full run gives them."""
        if self._ordered is None:
            self._ordered = tuple(in_order(v for some in self.found.values() for v in some))
        return self._ordered

    def changed(self) -> None:
        """Sort anew when next asked."""
        self._ordered = None

    def drop(self, nodes: set[int]) -> set[int]:
        """Forget the findings at nodes that are looked at again; gives the nodes."""
        for node in nodes & self.found.keys():
            del self.found[node]
            self.changed()
        return nodes

    def candidates(self) -> set[int] | None:
        """All nodes that can have a finding; None where the header does not narrow them."""
        index = self._data.index
        if self._having:
            return self.fitting({n for p in self._having for n in index.pairs(p)[0].tolist()})
        if not (self._lacking and self._under):
            return None
        marks = np.zeros(len(self._data.terms), bool)
        for p in index.predicates():
            for nodes in index.pairs(p):
                marks[nodes] = True
        for p in self._lacking:
            marks[index.pairs(p)[0]] = False
        numbers = np.flatnonzero(marks).astype(np.int32)
        nodes = numbers[self._data.facets.has(numbers, lambda profile: profile.kind != LITERAL)]
        return self.fitting(set(nodes.tolist()))

    def fitting(self, nodes: set[int]) -> set[int]:
        """Those of some nodes that the header does not rule out."""
        count, terms = self._data.index.count_objects, self._data.terms
        return {
            node
            for node in nodes
            if all(count(node, p) for p in self._having)
            and not any(count(node, p) for p in self._lacking)
            and (not self._under or plain(terms[node]).startswith(self._under))
            and isinstance(terms[node], NamedNode | BlankNode)
        }
