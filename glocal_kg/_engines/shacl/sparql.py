"""SHACL-SPARQL: constraints that a query decides, asked once for all nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.given import NodeParameters
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.queries import Asked, read_query
from glocal_kg._engines.shacl.query_batches import SHAPES_GRAPH, Answers
from glocal_kg._engines.shacl.rdf_terms import XSD, Term, plain
from glocal_kg._engines.shacl.shape import Constraint, Found, NestedShapes, Shape, ValueNodes
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._rdf.store.index import Numbers
from glocal_kg.errors import QueryError, ShapesError

PREBOUND = ("this", "shapesGraph", "currentShape")
_PLACE = re.compile(r"\{[?$](\w+)\}")
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))


class SparqlConstraint(Constraint):
    """A demand that a query decides.

    ``node`` is where the query stands in the shapes graph, ``given`` what is pre-bound beside
    the focus node: the parameters of a component.
    """

    node: Term
    asked: Asked
    messages: tuple[Literal, ...]
    given: Mapping[str, Term]

    def remedy(self, path: str) -> str:
        """What to do."""
        return "See the message and the query of the shape."

    def ask(self, run: NestedShapes, shape: Shape, columns: Mapping[str, Numbers]) -> Answers:
        """The answers for rows of pre-bound terms; ShapesError where the query fails."""
        count = len(next(iter(columns.values())))
        constants = {"shapesGraph": SHAPES_GRAPH, "currentShape": shape.node, **self.given}
        known = {name: np.full(count, run.data.code(c), np.int32) for name, c in constants.items()}
        try:
            answers = run.ask(self.asked, {**known, **columns})
        except QueryError as error:
            raise self.failure(shape, f"the query cannot be answered. {error}") from None
        failed = answers.columns.get("failure")
        if failed is not None and (failed == run.data.code(_TRUE)).any():
            row = answers.rows[np.flatnonzero(failed == run.data.code(_TRUE))[0]]
            node = run.data.terms[int(columns["this"][row])]
            raise self.failure(shape, f"the query reports a failure at {plain(node)}.")
        return answers

    def failure(self, shape: Shape, message: str) -> ShapesError:
        """The error of a query that does not give an answer."""
        name = str(shape.node) if isinstance(shape.node, NamedNode) else shape.place
        return ShapesError(f"{shape.place}: {message}", shape=name)

    def solutions(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Each solution of a SELECT query about a focus node as a finding."""
        answers = self.ask(run, shape, {"this": values.nodes})
        order = np.argsort(answers.rows, kind="stable")
        rows = answers.rows[order]
        if not len(rows):
            return
        columns = {name: column[order] for name, column in answers.columns.items()}
        nothing = np.full(len(rows), -1, np.int32)
        focus = values.nodes[rows]
        other = nothing if shape.path else focus
        value = columns.get("value", nothing)
        paths = columns.get("path", nothing)
        is_iri = run.data.facets.has(np.maximum(paths, 0), lambda profile: profile.kind == 0)
        yield Found(
            shape,
            self,
            rows,
            focus,
            np.where(value < 0, other, value),
            np.where((paths >= 0) & is_iri, paths, -1),
            texts=self.texts(run, shape, {**columns, "this": focus}),
        )

    def texts(
        self, run: NestedShapes, shape: Shape, columns: Mapping[str, Numbers]
    ) -> list[tuple[Literal, ...]]:
        """The messages for rows of terms, with ``{?name}`` filled in.

        Those of the shape go before one that the query selects, and that before those beside
        the query (SHACL 2.1.5, 5.3.2).
        """
        terms = run.data.terms
        rows = zip(*(column.tolist() for column in columns.values()), strict=True)
        return [
            self._filled(
                shape,
                {n: terms[number] for n, number in zip(columns, row, strict=True) if number >= 0},
            )
            for row in rows
        ]

    def _filled(self, shape: Shape, bound: Mapping[str, Term]) -> tuple[Literal, ...]:
        own = bound.get("message")
        chosen = (own,) if isinstance(own, Literal) else self.messages

        def fill(match: re.Match[str]) -> str:
            term = bound.get(match[1], self.given.get(match[1]))
            return match[0] if term is None else plain(term)

        return tuple(
            Literal(_PLACE.sub(fill, m.value), language=m.language)
            if m.language
            else Literal(_PLACE.sub(fill, m.value))
            for m in shape.messages or chosen
        )


class Sparql(SparqlConstraint):
    """sh:sparql: each solution of a query about the focus node is a finding."""

    component: ClassVar[str] = "SPARQL"

    @property
    def expected(self) -> str:
        """What was expected."""
        return "no answer to the query of the shape"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return "The query of the shape has an answer."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Ask the query of all focus nodes."""
        yield from self.solutions(run, shape, values)


class Component(SparqlConstraint):
    """A constraint component that a shapes graph defines with a query.

    ``owner`` is its node and ``component`` its name, ``label`` says what is expected.
    ``for_values``: the query is an ASK, true for each value that conforms; else a SELECT whose
    solutions are findings.
    """

    owner: Term
    component: str  # type: ignore[misc]  # a field where the base has a constant
    label: str = ""
    for_values: bool = False

    @property
    def iri(self) -> str:
        """The IRI of the component."""
        return plain(self.owner)

    @property
    def expected(self) -> str:
        """What was expected."""
        if self.label:
            return self.label
        given = ", ".join(f"{name} {plain(term)}" for name, term in self.given.items())
        return f"a value that {self.component} accepts ({given})"

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Ask the query of all focus nodes, or of all their values."""
        if not self.for_values:
            yield from self.solutions(run, shape, values)
            return
        if not len(values.keys):
            return
        focus = values.nodes[values.rows]
        answers = self.ask(run, shape, {"this": focus, "value": values.values})
        bad = np.ones(len(focus), bool)
        bad[answers.rows] = False
        if bad.any():
            some = {"this": focus[bad], "value": values.values[bad]}
            yield Found(
                shape,
                self,
                values.rows[bad],
                some["this"],
                some["value"],
                texts=self.texts(run, shape, some),
            )


def read_sparql(graph: ShapesGraph, node: Term, shape: Term, path: Path | None) -> Sparql | None:
    """The constraint at a node; None for one that is switched off.

    Raises ShapesError for a query that SHACL forbids or that cannot be read.
    """
    given = NodeParameters(graph, node)
    if given.flag("deactivated"):
        return None
    asked = read_query(graph, node, "select", owner=shape, prebound=PREBOUND, path=path)
    return Sparql(node, asked, given.messages(), {})
