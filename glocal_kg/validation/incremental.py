"""A report kept up to date change by change.

After an edit only those focus nodes are looked at again whose result can have changed: nodes
whose target facts changed, and nodes from which a path of their shape leads to a changed fact,
in the graph before the edit for facts taken away, after it for facts added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from glocal_kg.store.index import Triple, TripleIndex
from glocal_kg.validation import doubts
from glocal_kg.validation.data import Data
from glocal_kg.validation.dependencies import is_opaque, places_of, reads_of
from glocal_kg.validation.engine import Engine
from glocal_kg.validation.errors import ShapesError
from glocal_kg.validation.facets import Terms
from glocal_kg.validation.findings import LABELS, Writer
from glocal_kg.validation.report import Report, Violation
from glocal_kg.validation.shape import Shape
from glocal_kg.validation.shapes import Shapes
from glocal_kg.validation.terms import plain
from glocal_kg.validation.watches import Edit, Watch, back, led_back, prepare, watches_of


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did to the report: findings that appeared, and findings that are gone."""

    appeared: tuple[Violation, ...] = ()
    gone: tuple[Violation, ...] = ()


class Validator:
    """A report on some facts that follows their changes.

    ``triples`` is an int32 array of shape (n, 3) or an index, of which the validator keeps a
    copy of its own. ``report`` is the report on the facts as they are now; a report once taken
    does not change. Raises ShapesError for shapes that only the reference engine can run.
    """

    def __init__(
        self,
        shapes: Shapes,
        terms: Terms,
        triples: NDArray[np.integer] | TripleIndex,
        *,
        languages: Sequence[str] = ("en",),
    ) -> None:
        if shapes.beyond:
            raise ShapesError(
                f"The report cannot follow changes: {'; '.join(shapes.beyond)}.",
                remedy="Validate anew after each change, or write the rule as a check.",
            )
        index = triples.copy() if isinstance(triples, TripleIndex) else TripleIndex(triples)
        self._shapes = shapes
        self._data = shapes.data(terms, index)
        self._engine = Engine(self._data, shapes.shapes)
        self._writer = Writer(self._data, languages)
        self._doubts = doubts.about_graph(shapes.graph, shapes.roots, shapes.shapes)
        self._roots = [_Root(shape, self._engine, self._writer) for shape in shapes.roots]
        for root in self._roots:
            root.run()

    @property
    def index(self) -> TripleIndex:
        """The facts under validation, to read only."""
        return self._data.index

    @property
    def data(self) -> Data:
        """The facts under validation with their classes, to read only."""
        return self._data

    @property
    def report(self) -> Report:
        """The report on the facts as they are now."""
        looked_at = {plain(root.shape.node): root.looked_at for root in self._roots}
        violations = [
            violation
            for root in self._roots
            for node in sorted(root.found)
            for violation in root.found[node]
        ]
        warnings = (*self._doubts, *doubts.about_targets(self._shapes.roots, looked_at))
        return Report(violations, looked_at, warnings)

    def update(self, added: Iterable[Triple] = (), removed: Iterable[Triple] = ()) -> Change:
        """Remove, then add, some triples of term numbers, and bring the report up to date.

        What is added twice or removed without being there changes nothing. A change of the
        class hierarchy (rdfs:subClassOf) runs every shape again.
        """
        contains = self._data.index.contains
        wanted = dict.fromkeys(_tuples(added))
        gone = [t for t in dict.fromkeys(_tuples(removed)) if t not in wanted and contains(*t)]
        new = [t for t in wanted if not contains(*t)]
        if not new and not gone:
            return Change()
        more, less = Edit(new), Edit(gone)
        changed = more.predicates | less.predicates
        everything = self._data.subclass in changed
        before = [None if everything else root.before(more, less) for root in self._roots]
        self._data.index.update(new, gone)
        self._data.forget(changed)
        self._engine.forget_store()
        appeared: list[Violation] = []
        vanished: list[Violation] = []
        for root, nodes in zip(self._roots, before, strict=True):
            if nodes is None:
                old = root.run()
                fresh = [v for some in root.found.values() for v in some]
            else:
                old, fresh = root.after(nodes, more)
            appeared += fresh
            vanished += old
        return _difference(appeared, vanished)


class _Root:
    """One shape with a target: its findings by focus node, and what can change them."""

    def __init__(self, shape: Shape, engine: Engine, writer: Writer) -> None:
        self.shape = shape
        self.found: dict[int, tuple[Violation, ...]] = {}
        self.looked_at = 0
        self._engine = engine
        self._data = engine.data
        self._writer = writer
        self._opaque = is_opaque(shape, engine.shapes)
        code = self._data.code
        labels = frozenset(code(NamedNode(iri)) for iri in LABELS)
        reads = () if shape.deactivated else reads_of(shape, engine.shapes)
        self._content = watches_of(reads, self._data)
        self._names = [Watch(back(path), False, labels) for path in places_of(shape, engine.shapes)]
        self._watched = [
            (target.kind, code(target.term)) for target in shape.targets if target.kind != "node"
        ]
        prepare((*self._content, *self._names), self._data)
        self._fixed = {code(t.term) for t in shape.targets if t.kind == "node"}

    def run(self) -> list[Violation]:
        """Look at every focus node again; gives the findings there were before."""
        old = [violation for some in self.found.values() for violation in some]
        nodes = self._engine.focus_nodes(self.shape)
        self.looked_at = 0 if self.shape.deactivated else len(nodes)
        self.found = {}
        for block, found in self._engine.run(self.shape, nodes):
            self.found |= self._writer.by_node(block, found)
        return old

    def before(self, more: Edit, less: Edit) -> dict[int, bool] | None:
        """The nodes to look at again as far as the old graph knows, and which were targets.

        None where every node has to be looked at.
        """
        if self._opaque:
            return None
        nodes = self._affected(less)
        touched = self._touched(more) | self._touched(less)
        return dict.fromkeys(nodes | touched, False) | {n: self._is_target(n) for n in touched}

    def after(self, nodes: dict[int, bool], more: Edit) -> tuple[list[Violation], list[Violation]]:
        """Look at the affected nodes again; gives their findings before and now."""
        touched = self._touched(more) | {n for n, was in nodes.items() if was}
        again = sorted(nodes.keys() | self._affected(more) | touched)
        targets = [node for node in again if self._is_target(node)]
        if not self.shape.deactivated:
            self.looked_at += len(touched.intersection(targets))
            self.looked_at -= sum(nodes.values())
        old = [v for node in again for v in self.found.pop(node, ())]
        block = np.array(targets, np.int32)
        found = [part for _, some in self._engine.run(self.shape, block) for part in some]
        fresh = self._writer.by_node(block, found)
        self.found |= fresh
        return old, [v for some in fresh.values() for v in some]

    def _affected(self, edit: Edit) -> set[int]:
        """The nodes whose findings these facts can have a part in."""
        nodes = led_back(self._content, edit, self._data)
        if self.found:
            nodes |= led_back(self._names, edit, self._data) & self.found.keys()
        return nodes

    def _touched(self, edit: Edit) -> set[int]:
        """The nodes whose being a target these facts have a part in."""
        found: set[int] = set()
        for kind, number in self._watched:
            if kind == "class":
                if self._data.type in edit.predicates:
                    classes, type_ = self._data.subclasses(number), self._data.type
                    found.update(s for s, p, o in edit.triples if p == type_ and o in classes)
            elif number in edit.predicates:
                found |= edit.ends[kind == "objects"][number]
        return found

    def _is_target(self, node: int) -> bool:
        if node in self._fixed:
            return True
        index = self._data.index
        for kind, number in self._watched:
            if kind == "class":
                if self._data.has_type(node, number):
                    return True
            elif kind == "subjects":
                if len(index.objects(node, number)):
                    return True
            elif len(index.subjects(number, node)):
                return True
        return False


def _tuples(triples: Iterable[Triple]) -> list[Triple]:
    rows = triples.tolist() if isinstance(triples, np.ndarray) else triples
    return [(s, p, o) for s, p, o in rows]


def _difference(appeared: list[Violation], vanished: list[Violation]) -> Change:
    """What is only in one of the two lists."""
    left: dict[Violation, int] = {}
    for violation in vanished:
        left[violation] = left.get(violation, 0) + 1
    fresh = []
    for violation in appeared:
        if left.get(violation):
            left[violation] -= 1
        else:
            fresh.append(violation)
    gone = [violation for violation, times in left.items() for _ in range(times)]
    return Change(tuple(fresh), tuple(gone))
