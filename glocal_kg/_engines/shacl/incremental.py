"""A report kept up to date change by change.

After an edit only those focus nodes are looked at again whose result can have changed: nodes
whose target facts changed, and nodes from which a path of their shape leads to a changed fact,
in the graph before the edit for facts taken away, after it for facts added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glocal_kg._engines.shacl import doubts
from glocal_kg._engines.shacl.affected import Affected, Targets
from glocal_kg._engines.shacl.conforming import Conforming
from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.dependencies import places_of, queries_of, reads_of
from glocal_kg._engines.shacl.edits import EditedTriples
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._engines.shacl.finding_parts import FindingParts, Part
from glocal_kg._engines.shacl.findings import FindingsWriter
from glocal_kg._engines.shacl.reads import Reads
from glocal_kg._engines.shacl.report import Doubt, Finding, ValidationReport
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.shapes import Shapes
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Numbers, Triple, TripleIndex, tuples
from glocal_kg.errors import ShapesError

_FEW = 100
"""So many nodes are looked at one by one first, as most of them conform."""


@dataclass(frozen=True, slots=True)
class ReportChange:
    """What an edit did to the report: findings that appeared, and findings that are gone."""

    appeared: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()


class Validator:
    """A report on some facts that follows their changes.

    ``triples`` is an int32 array of shape (n, 3) or an index, of which the validator keeps a
    copy of its own. ``report`` is the report on the facts as they are now; a report once taken
    does not change. Raises ShapesError for shapes that only the reference engine can run.
    """

    def __init__(
        self,
        shapes: Shapes,
        terms: Dictionary,
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
        self._engine = Validation(self._data, shapes.shapes, shapes.graph)
        self._writer = FindingsWriter(self._data, languages)
        self._doubts = shapes.doubts()
        self._idle: tuple[list[str], tuple[Doubt, ...]] | None = None  # shapes that look at nothing
        told = Conforming(self._engine, shapes.shapes)
        self._roots = [_Root(shape, self._engine, self._writer, told) for shape in shapes.roots]
        self._targets = Targets(self._data, shapes.roots)
        self._content = Affected(self._data, [root.reads for root in self._roots])
        self._names = Affected(self._data, [root.names for root in self._roots])
        self._every = frozenset(range(len(self._roots)))
        self._asking = [number for number, root in enumerate(self._roots) if root.asks]
        for root in self._roots:
            root.run()

    @property
    def index(self) -> TripleIndex:
        """The facts under validation, with the classes of the shapes graph, to read only."""
        return self._data.index

    @property
    def data(self) -> Data:
        """The facts under validation with their classes, to read only."""
        return self._data

    def targets(self) -> Iterator[tuple[str, Numbers]]:
        """For every shape with a target the numbers of the nodes it looks at."""
        for root in self._roots:
            if not root.shape.deactivated:
                yield root.shape.key, self._engine.focus_nodes(root.shape)

    @property
    def report(self) -> ValidationReport:
        """The report on the facts as they are now."""
        looked_at = {
            root.key: 0 if root.shape.deactivated else root.looked_at for root in self._roots
        }
        violations = FindingParts([root.ordered for root in self._roots])
        idle = [key for key, count in looked_at.items() if not count]
        if self._idle is None or self._idle[0] != idle:
            about = doubts.about_targets(self._shapes.roots, looked_at)
            self._idle = idle, (*self._doubts, *about)
        noted = (*self._idle[1], *self._shapes.unseen.doubts(self._data))
        return ValidationReport(violations, looked_at, noted)

    def update(self, added: Iterable[Triple] = (), removed: Iterable[Triple] = ()) -> ReportChange:
        """Remove, then add, some triples of term numbers, and bring the report up to date.

        What is added twice or removed without being there changes nothing. A change of the
        class hierarchy (rdfs:subClassOf) runs every shape again.
        """
        says = self._data.says
        wanted = dict.fromkeys(tuples(added))
        gone = [t for t in dict.fromkeys(tuples(removed)) if t not in wanted and says(t)]
        new = [t for t in wanted if not says(t)]
        if not new and not gone:
            return ReportChange()
        more, less = EditedTriples(new), EditedTriples(gone)
        changed = more.predicates | less.predicates
        if self._data.subclass in changed:
            self._change(new, gone, changed)
            self._targets.read_classes()
            return _difference([root.run() for root in self._roots])
        again = self._affected(less)
        touched = self._targets.touched((*new, *gone))
        were = {root: self._targets.among(nodes, root) for root, nodes in touched.items()}
        self._change(new, gone, changed)
        for number, nodes in self._affected(more).items():
            again[number] |= nodes
        looked = []
        anew = {number for number in self._asking if self._roots[number].asks_about(changed)}
        for number in sorted(anew | again.keys() | touched.keys()):
            root = self._roots[number]
            if number in anew:
                looked.append(root.run())
            else:
                nodes = again[number] | touched[number]
                targets = self._targets.among(nodes, number)
                root.looked_at += len(targets & touched[number]) - len(were.get(number, ()))
                looked.append(root.look(nodes, targets))
        return _difference(looked)

    def _change(self, new: list[Triple], gone: list[Triple], changed: frozenset[int]) -> None:
        self._data.update(new, gone)
        self._data.forget(changed)
        self._engine.forget()

    def _affected(self, edit: EditedTriples) -> dict[int, set[int]]:
        """For each shape the nodes whose findings these facts have a part in, as facts are now."""
        found: dict[int, set[int]] = defaultdict(set)
        if not edit.triples:
            return found
        for number, nodes in self._content.of(edit, self._every):
            found[number] |= nodes
        said = {number for number, root in enumerate(self._roots) if root.found}
        for number, nodes in self._names.of(edit, said):
            found[number] |= nodes & self._roots[number].found.keys()
        return found


class _Root:
    """One shape with a target: its findings by focus node, and what can change them.

    ``reads`` is what its findings rest on, ``names`` the labels they show. Beside them it may
    ask queries, which rest on all facts of some properties, or on all there are.
    """

    def __init__(
        self, shape: Shape, engine: Validation, writer: FindingsWriter, told: Conforming
    ) -> None:
        self.shape, self.key = shape, shape.key
        self._told = told
        self.found: dict[int, tuple[Finding, ...]] = {}
        self.looked_at = 0
        asked = list(queries_of(shape, engine.shapes))
        self._every = any(query.reads is None for query in asked) or any(
            target.asked is not None or engine.looks_beyond(target) for target in shape.targets
        )
        self._asked = {engine.data.code(iri) for query in asked for iri in query.reads or ()}
        self.asks = self._every or bool(self._asked)
        self.reads = frozenset() if shape.deactivated else reads_of(shape, engine.shapes)
        self.names = frozenset(
            Reads(path, engine.data.terms[p])
            for path in places_of(shape, engine.shapes)
            for p in engine.data.label_properties()
        )
        self._engine = engine
        self._data = engine.data
        self._writer = writer
        self._ordered: Part | None = None

    def asks_about(self, changed: Set[int]) -> bool:
        """Whether a query of the shape reads facts with one of some properties."""
        return self._every or not self._asked.isdisjoint(changed)

    @property
    def ordered(self) -> Part:
        """The findings, sorted by focus node."""
        if self._ordered is None:
            self._ordered = tuple(v for node in sorted(self.found) for v in self.found[node])
        return self._ordered

    def run(self) -> _Looked:
        """Look at every focus node again; gives the findings before and now."""
        old = self.ordered
        nodes = self._engine.focus_nodes(self.shape)
        self.looked_at = len(nodes)
        self.found, self._ordered = {}, None
        for block, found in self._engine.run(self.shape, nodes):
            self.found |= self._writer.by_node(block, found)
        return old, self.ordered

    def look(self, nodes: set[int], targets: set[int]) -> _Looked:
        """Look again at some nodes, of which some are targets; gives the findings as ``run``."""
        old = [v for node in self.found.keys() & nodes for v in self.found.pop(node)]
        if len(targets) <= _FEW:
            conforms = self._told.test(self.shape.node)
            targets = {node for node in targets if not conforms(node)}
        fresh: dict[int, Part] = {}
        if targets:
            block = np.array(sorted(targets), np.int32)
            found = [part for _, some in self._engine.run(self.shape, block) for part in some]
            fresh = self._writer.by_node(block, found)
            self.found |= fresh
        if old or fresh:
            self._ordered = None
        return old, [v for some in fresh.values() for v in some]


_Looked: TypeAlias = tuple[Sequence[Finding], Sequence[Finding]]
"""The findings before and now."""


def _difference(looked: Iterable[_Looked]) -> ReportChange:
    """What is only in one of the two lists of findings."""
    appeared: list[Finding] = []
    left: dict[Finding, int] = {}
    for old, now in looked:
        appeared += now
        for violation in old:
            left[violation] = left.get(violation, 0) + 1
    fresh = []
    for violation in appeared:
        if left.get(violation):
            left[violation] -= 1
        else:
            fresh.append(violation)
    gone = [violation for violation, times in left.items() for _ in range(times)]
    return ReportChange(tuple(fresh), tuple(gone))
