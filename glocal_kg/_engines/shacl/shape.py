"""What a shape is once read: targets, path, constraints, and how it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.rdf_terms import SH, Term, short
from glocal_kg._engines.shacl.report import Severity
from glocal_kg._engines.shacl.walk import rows_of, values_of
from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.index import Keys, Numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._engines.shacl.queries import Asked
    from glocal_kg._engines.shacl.query_batches import Answers

Mask = NDArray[np.bool_]
_FEW = 1_000


class Target(Frozen):
    """Where the focus nodes of a shape come from.

    ``kind`` is node, class, subjects, objects or query; ``term`` the node, class or property,
    or where the query stands, ``asked`` the query and ``given`` what is pre-bound in it.
    """

    kind: str
    term: Term
    asked: Asked | None = None
    given: tuple[tuple[str, Term], ...] = ()


@dataclass(frozen=True)
class Shape:
    """A node shape (``path`` is None) or a property shape, with everything it demands.

    ``owner`` is the nearest shape with an IRI that uses it, where it has none itself; ``place``
    says where it stands in the shapes graph.
    """

    node: Term
    path: Path | None = None
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    severity: Severity | NamedNode = "violation"
    messages: tuple[Literal, ...] = ()
    owner: Term | None = None
    deactivated: bool = False
    place: str = ""

    @property
    def key(self) -> str:
        """The shape as plain data: its IRI, or the way to it where it has none."""
        return self.node.value if isinstance(self.node, NamedNode) else self.place

    @property
    def title(self) -> str:
        """The shape by a name for people: its own, or that of the shape it is part of."""
        named = self.node if isinstance(self.node, NamedNode) else self.owner
        return short(named) if named else self.place


class NestedShapes(Protocol):
    """One validation: the facts, the shapes, and the way to ask for a nested shape."""

    data: Data
    shapes: Mapping[Term, Shape]

    def ask(self, asked: Asked, given: Mapping[str, Numbers]) -> Answers:
        """The solutions of a query for rows of terms that are given."""

    def findings(self, shape: Term, nodes: Numbers) -> list[Found]:
        """The findings of a shape at sorted distinct nodes."""

    def failing(self, shape: Term, nodes: Numbers) -> tuple[Mask, list[Found]]:
        """For each of sorted distinct nodes whether it does not conform; and the findings."""


class ValueNodes:
    """The value nodes of a shape: sorted distinct (row, value) pairs for an array of nodes."""

    def __init__(self, nodes: Numbers, keys: Keys) -> None:
        self.nodes = nodes
        self.keys = keys

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """The row of every pair."""
        return rows_of(self.keys)

    @cached_property
    def values(self) -> Numbers:
        """The value of every pair."""
        return values_of(self.keys)

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """How many values each row has."""
        return np.bincount(self.rows, minlength=len(self.nodes))

    @cached_property
    def distinct(self) -> tuple[Numbers, NDArray[np.intp]]:
        """The values sorted, each once, and the place of every pair's value among them."""
        values = self.values
        if len(values) < 2:
            return values, np.arange(len(values))
        if len(values) < _FEW:
            return np.unique(values, return_inverse=True)
        once = unique(values)
        table = np.empty(int(once[-1]) + 1, np.intp)
        table[once] = np.arange(len(once))
        return once, table[values]


@dataclass(frozen=True)
class Found:
    """What one constraint found, as columns.

    ``rows`` says for which of the nodes asked for, ``focus`` at which node (another one inside
    a nested property shape), ``values`` which value (None: the whole set of values), ``paths``
    the property where it is not the path of the shape. ``nested`` are findings about the values,
    their rows counting in the array beside them; ``texts`` ready messages where the constraint
    made its own.
    """

    shape: Shape
    constraint: Constraint
    rows: NDArray[np.intp]
    focus: Numbers
    values: Numbers | None = None
    paths: Numbers | None = None
    nested: tuple[Numbers, list[Found]] | None = None
    texts: Sequence[tuple[Literal, ...]] | None = None

    def moved(self, items: NDArray[np.intp], rows: NDArray[np.intp]) -> Found:
        """Some of the findings, now said of other rows."""
        return Found(
            self.shape,
            self.constraint,
            rows,
            self.focus[items],
            None if self.values is None else self.values[items],
            None if self.paths is None else self.paths[items],
            self.nested,
            None if self.texts is None else [self.texts[item] for item in items.tolist()],
        )


class Constraint(Frozen):
    """One demand of a shape. Each has texts for people and a way to find what fails."""

    component: ClassVar[str]
    needs_values: ClassVar[bool] = False
    """Whether it finds nothing at nodes without values, and need not be asked there."""

    @property
    def iri(self) -> str:
        """The IRI of the constraint component."""
        return f"{SH}{self.component}ConstraintComponent"

    def uses(self) -> tuple[Term, ...]:
        """The shapes that this constraint asks for."""
        return ()

    @property
    def expected(self) -> str:
        """What was expected, to be read after "expected"."""
        raise NotImplementedError

    def problem(self, path: str, value: str) -> str:
        """What is wrong, where the shape has no message of its own."""
        return f"{value or path} is not {self.expected}."

    def remedy(self, path: str) -> str:
        """What to do about it."""
        where = f" of {path}" if path else ""
        return f"Replace the value{where}: expected is {self.expected}."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """The findings at all nodes at once."""
        raise NotImplementedError


class ValueConstraint(Constraint):
    """A demand that each value node meets or fails by itself."""

    needs_values = True

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which of the values fail."""
        raise NotImplementedError

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """One finding for each value that fails."""
        bad = self.fails(run, values.values)
        if bad.any():
            rows = values.rows[bad]
            yield Found(shape, self, rows, values.nodes[rows], values.values[bad])
