"""The fast engine: every shape for all its nodes at once.

A shape is a plan: find the focus nodes, walk the path from all of them, ask each constraint
which pairs (row, value) fail. Nested shapes are the same plan over the distinct value nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from glocal_kg._engines.shacl.data import SUBCLASS, Data
from glocal_kg._engines.shacl.queries import Asked
from glocal_kg._engines.shacl.query_batches import Answers, Asker
from glocal_kg._engines.shacl.rdf_terms import Term
from glocal_kg._engines.shacl.shape import Found, Mask, Shape, Target, ValueNodes
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.walk import MOST, TooWideError, identity, repeats
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.sparql.limits import of_machine
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.index import Keys, Numbers, unpack
from glocal_kg.errors import QueryError, ShapesError, TooLargeError

_BLOCK = 1 << 17  # focus nodes taken together: bounds the memory between two results
_FINDING = 1000  # bytes a finding takes, with its words
_FAR = 1 << 10  # fewer where a repeated path may lead from each node to every other


class Validation:
    """One validation of some data against compiled shapes."""

    def __init__(
        self, data: Data, shapes: Mapping[Term, Shape], graph: ShapesGraph | None = None
    ) -> None:
        """``graph`` is where the shapes come from; queries may look into it."""
        self.data = data
        self.shapes = shapes
        self._asker = Asker(data, ShapesGraph(()) if graph is None else graph)
        self._blocks: dict[Term, int] = {}
        self._failing: dict[Term, tuple[Numbers, Mask, list[Found]]] = {}

    def forget(self) -> None:
        """Drop what was worked out from the facts, because they have changed."""
        self._asker.forget()
        self._failing.clear()

    def ask(self, asked: Asked, given: Mapping[str, Numbers]) -> Answers:
        """The solutions of a query for rows of terms that are given."""
        return self._asker.ask(asked, given)

    def focus_nodes(self, shape: Shape) -> Numbers:
        """The nodes that the targets of a shape select, sorted, each once."""
        parts = [self._target(target) for target in shape.targets]
        if len(parts) == 1:
            return parts[0]
        return unique(np.concatenate(parts)) if parts else np.empty(0, np.int32)

    def _target(self, target: Target) -> Numbers:
        """The nodes that a target selects.

        By the class hierarchy of the shapes graph only things that the data speak of: the
        classes that it alone describes are not what is validated.
        """
        data = self.data
        if target.asked is not None:
            given = {name: np.array([data.code(t)], np.int32) for name, t in target.given}
            try:
                return self._selected(target.asked, given)
            except QueryError as error:
                raise ShapesError(f"A target cannot be found. {error}") from None
        if target.kind == "unknown":
            return np.empty(0, np.int32)
        number = data.code(target.term)
        if target.kind == "node":
            return np.array([number], np.int32)
        if target.kind == "class":
            return data.instances(number)
        nodes = self._at_ends(target, data.index.table(number).keys)
        if not self.looks_beyond(target):
            return nodes
        own = self._at_ends(target, data.own_pairs(number))
        return unique(np.concatenate([own, data.said_of(nodes)]))

    def _at_ends(self, target: Target, keys: Keys) -> Numbers:
        return unique(unpack(keys)[target.kind == "objects"])

    def looks_beyond(self, target: Target) -> bool:
        """Whether a target looks for classes that the shapes graph, too, may have."""
        about_classes = target.kind in ("subjects", "objects") and target.term == SUBCLASS
        return about_classes and self.data.has_hierarchy

    def _selected(self, asked: Asked, given: Mapping[str, Numbers]) -> Numbers:
        """The nodes that a query selects, as ``_target`` does."""
        nodes = unique(self._asker.ask(asked, given, classes=False).columns["this"])
        if not self._asker.knows_more(asked):
            return nodes
        more = unique(self._asker.ask(asked, given).columns["this"])
        return unique(np.concatenate([nodes, self.data.said_of(more)]))

    def run(self, shape: Shape, nodes: Numbers) -> Iterator[tuple[Numbers, list[Found]]]:
        """The findings of a shape at its focus nodes, in blocks of nodes of bounded size."""
        if shape.node not in self._blocks:
            self._blocks[shape.node] = _FAR if self._goes_far(shape) else _BLOCK
        size, count = self._blocks[shape.node], 0
        for first in range(0, len(nodes), size):
            for block, found in self._found(shape, nodes[first : first + size]):
                count += sum(len(part.focus) for part in found)
                if count * _FINDING > of_machine():
                    raise TooLargeError(
                        f"{shape.title} finds more wrong than fits into half of the memory of this"
                        f" machine: {count:,} findings and more.",
                        remedy="Mend what a part of the facts shows first, or look whether the"
                        " shape means what it says.",
                    )
                yield block, found

    def _found(self, shape: Shape, block: Numbers) -> Iterator[tuple[Numbers, list[Found]]]:
        """The findings at a block, or at its halves where its paths are too wide together."""
        try:
            found = self.findings(shape.node, block)
        except TooWideError as error:
            if len(block) == 1:
                raise TooLargeError(
                    f"{shape.title}: {error.message} from one node, {self.data.terms[block[0]]},"
                    f" more than {MOST:,}.",
                    remedy="Take a path that leads to less, or leave the node out of the target.",
                    limit=MOST,
                ) from None
            self._failing.clear()
            middle = len(block) // 2
            for half in (block[:middle], block[middle:]):
                yield from self._found(shape, half)
        else:
            yield block, found
            self._failing.clear()

    def findings(self, shape: Term, nodes: Numbers) -> list[Found]:
        """The findings of a shape at sorted distinct nodes; rows count in ``nodes``."""
        plan = self.shapes[shape]
        if not len(nodes):
            return []
        keys = identity(nodes) if plan.path is None else self.data.walk(plan.path, nodes)
        values = ValueNodes(nodes, keys)
        found: list[Found] = []
        for constraint in plan.constraints:
            look()
            if len(keys) or not constraint.needs_values:
                found.extend(constraint.find(self, plan, values))
        return found

    def failing(self, shape: Term, nodes: Numbers) -> tuple[Mask, list[Found]]:
        """For each of sorted distinct nodes whether it does not conform; and the findings.

        The last answer for a shape is kept: several shapes often ask for one and the same.
        """
        kept = self._failing.get(shape)
        if kept is not None and np.array_equal(kept[0], nodes):
            return kept[1], kept[2]
        found = self.findings(shape, nodes)
        bad = np.zeros(len(nodes), bool)
        for part in found:
            bad[part.rows] = True
        self._failing[shape] = (nodes, bad, found)
        return bad, found

    def _goes_far(self, shape: Shape) -> bool:
        seen = {shape.node}
        queue = [shape]
        while queue:
            current = queue.pop()
            if current.path is not None and repeats(current.path):
                return True
            for constraint in current.constraints:
                for inner in constraint.uses():
                    if inner not in seen:
                        seen.add(inner)
                        queue.append(self.shapes[inner])
        return False
