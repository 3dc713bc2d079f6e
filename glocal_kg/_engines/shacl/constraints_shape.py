"""Constraints that ask for other shapes: nested, combined, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.rdf_terms import Term, short
from glocal_kg._engines.shacl.shape import Constraint, Found, Mask, NestedShapes, Shape, ValueNodes
from glocal_kg._engines.shacl.walk import spread
from glocal_kg._rdf.store.index import Numbers

_LONGEST = 160
"""Characters of what a shape without a name wants."""


def demand_of(shape: Shape) -> str:
    """What a nested shape wants, for messages: its name, or in brackets what it says."""
    if isinstance(shape.node, NamedNode):
        return short(shape.node)
    wanted = ", ".join(dict.fromkeys(part.expected for part in shape.constraints))
    if not wanted:
        return "a nested shape"
    text = wanted if shape.path is None else f"{shape.path}: {wanted}"
    return f"[{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}]"


class ShapeConstraint(Constraint):
    """A demand on each value that other shapes decide."""

    needs_values = True

    def decide(self, run: NestedShapes, nodes: Numbers) -> tuple[Mask, list[Found]]:
        """Which of sorted distinct nodes fail, and the findings that explain it."""
        raise NotImplementedError

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """One finding for each value that fails, with the nested findings as details."""
        nodes, places = values.distinct
        bad, nested = self.decide(run, nodes)
        if bad.any():
            items = np.flatnonzero(bad[places])
            rows = values.rows[items]
            details = (nodes, nested) if nested else None
            yield Found(shape, self, rows, values.nodes[rows], values.values[items], nested=details)


class Node(ShapeConstraint):
    """sh:node: the value conforms to a shape."""

    component: ClassVar[str] = "Node"
    shape: Term
    told: str
    """What the shape wants, as :func:`demand_of` says it; likewise below."""

    def uses(self) -> tuple[Term, ...]:
        """The shapes asked for."""
        return (self.shape,)

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"a node that conforms to {self.told}"

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Correct the node, or link one that conforms to {self.told}."

    def decide(self, run: NestedShapes, nodes: Numbers) -> tuple[Mask, list[Found]]:
        """Those that do not conform."""
        return run.failing(self.shape, nodes)


class Not(ShapeConstraint):
    """sh:not: the value does not conform to a shape."""

    component: ClassVar[str] = "Not"
    shape: Term
    told: str

    def uses(self) -> tuple[Term, ...]:
        """The shapes asked for."""
        return (self.shape,)

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"a node that does not conform to {self.told}"

    def decide(self, run: NestedShapes, nodes: Numbers) -> tuple[Mask, list[Found]]:
        """Those that conform."""
        bad, _ = run.failing(self.shape, nodes)
        return ~bad, []


class Logic(ShapeConstraint):
    """sh:and, sh:or and sh:xone: the value conforms to all, to some, to exactly one of a list."""

    component: str  # type: ignore[misc]  # a field where the base has a constant
    shapes: tuple[Term, ...]
    told: str

    def uses(self) -> tuple[Term, ...]:
        """The shapes asked for."""
        return self.shapes

    @property
    def expected(self) -> str:
        """What was expected."""
        how = {"And": "all", "Or": "at least one", "Xone": "exactly one"}[self.component]
        return f"a node that conforms to {how} of {self.told}"

    def decide(self, run: NestedShapes, nodes: Numbers) -> tuple[Mask, list[Found]]:
        """Count the shapes that each node conforms to."""
        conforms = np.zeros(len(nodes), np.int32)
        nested: list[Found] = []
        for shape in self.shapes:
            bad, findings = run.failing(shape, nodes)
            conforms += ~bad
            nested += findings
        if self.component == "And":
            return conforms < len(self.shapes), nested
        if self.component == "Or":
            return conforms == 0, nested
        return conforms != 1, nested


class Property(Constraint):
    """sh:property: the value nodes are the focus nodes of a property shape."""

    component: ClassVar[str] = "Property"
    needs_values: ClassVar[bool] = True
    shape: Term
    told: str

    def uses(self) -> tuple[Term, ...]:
        """The shapes asked for."""
        return (self.shape,)

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"a node that conforms to {self.told}"

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """The findings of the property shape itself, said of the node that was asked for."""
        if shape.path is None:  # every value is its own row
            yield from run.findings(self.shape, values.nodes)
            return
        nodes, places = values.distinct
        for found in run.findings(self.shape, nodes):
            order = np.argsort(found.rows, kind="stable")
            bounds = found.rows[order].searchsorted(np.arange(len(nodes) + 1))
            which, items = spread(np.diff(bounds)[places], bounds[:-1][places])
            yield found.moved(order[items], values.rows[which])


class Qualified(Constraint):
    """sh:qualifiedValueShape with its minimum or maximum: how many values conform to a shape.

    Values that also conform to one of ``siblings`` do not count.
    """

    shape: Term
    told: str
    bound: int
    at_most: bool
    siblings: tuple[Term, ...] = ()

    def uses(self) -> tuple[Term, ...]:
        """The shapes asked for."""
        return (self.shape, *self.siblings)

    @property
    def component(self) -> str:  # type: ignore[override]  # one by what it counts
        """The component, one of two."""
        return "QualifiedMaxCount" if self.at_most else "QualifiedMinCount"

    @property
    def expected(self) -> str:
        """What was expected."""
        how = "at most" if self.at_most else "at least"
        some = f"{self.bound} value{'' if self.bound == 1 else 's'}"
        other = " and to no sibling shape" if self.siblings else ""
        return f"{how} {some} that conform to {self.told}{other}"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        how = "more" if self.at_most else "fewer"
        return f"{path} has {how} than {self.bound} such values ({self.told})."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"{'Remove' if self.at_most else 'Add'} values of {path}: {self.expected}."

    def counts(self, run: NestedShapes, values: ValueNodes) -> NDArray[np.intp]:
        """How many values of each row count."""
        nodes, places = values.distinct
        good = ~run.failing(self.shape, nodes)[0]
        for sibling in self.siblings:
            good &= run.failing(sibling, nodes)[0]
        return np.bincount(values.rows[good[places]], minlength=len(values.nodes))

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Nodes with too few or too many such values."""
        counts = self.counts(run, values)
        bad = counts > self.bound if self.at_most else counts < self.bound
        rows = np.flatnonzero(bad)
        if len(rows):
            yield Found(shape, self, rows, values.nodes[rows])
