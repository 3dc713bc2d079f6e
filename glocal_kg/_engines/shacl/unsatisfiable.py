"""Shapes that no data can satisfy, found by reading them.

Not every such shape is found (that would take a theorem prover), but every one named is
certain: what a shape demands of one node is gathered through sh:node, sh:and and sh:property,
and demands that exclude each other are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from glocal_kg._engines.shacl import constraints_set as sets
from glocal_kg._engines.shacl import constraints_shape as nested
from glocal_kg._engines.shacl import constraints_value as values
from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._engines.shacl.facets import BLANK, IRI, LITERAL
from glocal_kg._engines.shacl.node_places import told
from glocal_kg._engines.shacl.paths import Path, Predicate
from glocal_kg._engines.shacl.rdf_terms import RDF, Term
from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._engines.shacl.shape import Constraint, Shape, ValueConstraint
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.sparql import comparison
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import TripleIndex

_KINDS = {
    values.Class: {IRI, BLANK},
    values.Datatype: {LITERAL},
    values.LanguageIn: {LITERAL},
    values.Range: {LITERAL},
    values.Length: {IRI, LITERAL},
    values.Pattern: {IRI, LITERAL},
}


def about_shapes(roots: Sequence[Shape], shapes: Mapping[Term, Shape]) -> list[Doubt]:
    """A doubt for each shape with a target that nothing can satisfy."""
    found = []
    for root in roots:
        demands = (
            root.constraints if root.path is None else (nested.Property(root.node, root.title),)
        )
        reason = None if root.deactivated else _NodeDemands(demands, shapes).contradiction()
        if reason:
            text = f"{root.place} cannot be satisfied: {reason}."
            remedy = "Whatever it looks at fails. Correct one of the two."
            found.append(Doubt("unsatisfiable", text, root.key, remedy))
    return found


class _NodeDemands:
    """Everything demanded of one node."""

    def __init__(self, demands: Iterable[Constraint], shapes: Mapping[Term, Shape]) -> None:
        self.shapes = shapes
        self.own: list[ValueConstraint] = []
        self.closed: list[sets.Closed] = []
        self.fixed: list[Term] = []
        self.properties: dict[Path, list[Shape]] = {}
        self._conforms: set[Term] = set()
        self._excluded: set[Term] = set()
        self._gather(demands)

    def _gather(self, demands: Iterable[Constraint]) -> None:
        for demand in demands:
            match demand:
                case nested.Node(shape) | nested.Property(shape):
                    self._shape(shape)
                case nested.Logic("And", members):
                    for member in members:
                        self._shape(member)
                case nested.Not(shape):
                    self._excluded.add(shape)
                case sets.Closed():
                    self.closed.append(demand)
                case sets.HasValue(value):
                    self.fixed.append(value)
                case ValueConstraint():
                    self.own.append(demand)

    def _shape(self, node: Term) -> None:
        shape = self.shapes[node]
        if node in self._conforms or shape.deactivated:
            return
        self._conforms.add(node)
        if shape.path is None:
            self._gather(shape.constraints)
        else:
            self.properties.setdefault(shape.path, []).append(shape)

    def contradiction(self) -> str | None:
        """Why nothing can meet all of it; None where no reason was found."""
        return next(self._reasons(), None)

    def _reasons(self) -> Iterator[str]:
        yield from _no_value(self.own, self.fixed)
        if len(set(self.fixed)) > 1:
            yield f"it is to be both {told(self.fixed[0])} and {told(self.fixed[1])}"
        for shape in self._conforms & self._excluded:
            yield f"it asks for {self.shapes[shape].place} and for the opposite"
        for path, group in self.properties.items():
            demands = [demand for shape in group for demand in shape.constraints]
            yield from self._at(path, demands)

    def _at(self, path: Path, demands: list[Constraint]) -> Iterator[str]:
        """Reasons in what is demanded of the values of one path."""
        fixed = {demand.value for demand in demands if isinstance(demand, sets.HasValue)}
        least = max([len(fixed), *(d.bound for d in demands if isinstance(d, sets.MinCount))])
        for demand in demands:
            if isinstance(demand, nested.Qualified) and not demand.at_most:
                least = max(least, demand.bound)
        most = min((d.bound for d in demands if isinstance(d, sets.MaxCount)), default=least)
        if least > most:
            yield f"{path} needs at least {least} and at most {counted(most, 'value')}"
        if least == 0:
            return
        for closed in self.closed:
            if isinstance(path, Predicate) and path.iri not in closed.allowed:
                yield f"{path} is needed, but the closed shape does not allow it"
        own = [d for d in demands if not isinstance(d, sets.HasValue)]
        for reason in _NodeDemands(own, self.shapes)._reasons():
            yield f"no value of {path} fits, since {reason}"
        for value in fixed:
            for reason in _no_value([d for d in own if isinstance(d, ValueConstraint)], [value]):
                yield f"for {path}, {reason}"


def _no_value(own: Sequence[ValueConstraint], fixed: Sequence[Term]) -> Iterator[str]:
    """Reasons why no term meets all constraints, or why a given term does not."""
    lists = [demand.members for demand in own if isinstance(demand, values.In)]
    rest = [demand for demand in own if not isinstance(demand, values.Class)]
    for term in fixed:
        for failed in _failed(term, rest):
            yield f"{told(term)} is needed, which is not {failed.expected}"
    if lists and not any(not list(_failed(term, rest)) for term in lists[0]):
        yield "no member of sh:in is allowed by the rest"
    kinds = {IRI, BLANK, LITERAL}
    for demand in own:
        taken = demand.kinds if isinstance(demand, values.NodeKind) else _KINDS.get(type(demand))
        kinds &= set(taken) if taken is not None else kinds
    if not kinds:
        yield " and ".join(sorted({d.expected for d in own})) + " exclude each other"
    types = {d.datatype.value for d in own if isinstance(d, values.Datatype)}
    if any(isinstance(demand, values.LanguageIn) for demand in own):
        types.add(RDF + "langString")
    if len(types) > 1:
        yield "it asks for two datatypes"
    sizes = {"MinLength": [0], "MaxLength": [1 << 62]}
    for demand in own:
        if isinstance(demand, values.Length):
            sizes[demand.component].append(demand.bound)
    if max(sizes["MinLength"]) > min(sizes["MaxLength"]):
        yield f"it asks for at least {max(sizes['MinLength'])} characters and for fewer"
    ranges = [demand for demand in own if isinstance(demand, values.Range)]
    for low, high in product(ranges, ranges):
        if low.component.startswith("Min") and high.component.startswith("Max"):
            order = comparison.order(low.bound, high.bound)
            strict = "Exclusive" in low.component + high.component
            if order is None or order > 0 or (order == 0 and strict):
                yield f"it asks for {low.expected} and for {high.expected}"


def _failed(term: Term, demands: Iterable[ValueConstraint]) -> Iterator[ValueConstraint]:
    """The constraints that a term fails by itself."""
    terms = Dictionary()
    run = Validation(Data(terms, TripleIndex()), {})
    number = np.array([terms.add(term)], np.int32)
    for demand in demands:
        if not isinstance(demand, values.Class) and demand.fails(run, number)[0]:
            yield demand
