"""Reading shapes: from the triples of a shapes graph to plans, with errors that name the shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl import read_constraints
from glocal_kg._engines.shacl.components import Components
from glocal_kg._engines.shacl.constraints_value import Class
from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._engines.shacl.given import NodeParameters
from glocal_kg._engines.shacl.node_places import fault, place_of, told
from glocal_kg._engines.shacl.paths import Path, read_path
from glocal_kg._engines.shacl.queries import Asked, asks_for_path
from glocal_kg._engines.shacl.rdf_terms import RDF, SH, Term, short
from glocal_kg._engines.shacl.read_targets import targets_of
from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._engines.shacl.report_graph import severity_of
from glocal_kg._engines.shacl.shape import Constraint, Shape, Target
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.sparql import Component, read_sparql
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Numbers, TripleIndex
from glocal_kg.errors import ShapesError

_DEPTH = 100  # shapes inside shapes
_NODE_SHAPE = NamedNode(SH + "NodeShape")
_PROPERTY_SHAPE = NamedNode(SH + "PropertyShape")
_SIZE = 100_000  # nested shapes in all, each counted as often as it is used


class ShapesReader:
    """Reads every shape that a target leads to; ill-formed shapes nobody uses do no harm.

    ``beyond`` are the reasons, if any, why only the reference engine can run these shapes;
    ``doubts`` are about parameters that have no effect.
    """

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self.shapes: dict[Term, Shape] = {}
        self.beyond: list[str] = []
        self.doubts: list[Doubt] = []
        self._components = Components(graph)
        self._targets: dict[Term, list[Target]] = {}
        self._open: list[Term] = []
        self._facts: Validation | None = None
        self._sizes: dict[Term, int] = {}

    def roots(self) -> list[Shape]:
        """The shapes with targets, in the order of the graph, with all shapes they need.

        Raises ShapesError for anything that breaks the rules of SHACL, and for recursion.
        """
        for node, entailment in self.graph.pairs(SH + "entailment"):
            raise fault(
                self.graph,
                node,
                f"the shapes graph asks for the entailment {told(entailment)}.",
                "Validation does not infer. Infer first, then validate all facts, and "
                "remove sh:entailment.",
            )
        self._targets = targets_of(self.graph)
        for node, targets in self._targets.items():
            for target in targets:
                if target.kind == "unknown":
                    self._note(node, "the kind of its sh:target is not known and selects no node")
                if target.asked is not None:
                    self._look_at(node, target.asked)
        return [self.read(node) for node in self._targets]

    def read(self, node: Term) -> Shape:
        """The shape at a node, with all shapes it uses."""
        graph = self.graph
        if node in self._open:
            circle = [*self._open[self._open.index(node) :], node]
            raise fault(
                graph,
                node,
                "the shape refers to itself: "
                f"{', then '.join(place_of(graph, one) for one in circle)}.",
                "SHACL does not define recursive shapes. Break the circle, for example "
                "with sh:class in place of sh:node.",
            )
        if node in self.shapes:
            return self.shapes[node]
        if isinstance(node, Literal):
            owner = self._open[-1] if self._open else node
            raise fault(graph, owner, f"{told(node)} is used as a shape.", "Give a node.")
        if isinstance(node, NamedNode) and not graph.predicates_of(node):
            text = f"{short(node)} is used as a shape, but nothing is said of it here"
            self._note(self._open[-1], text)
        if len(self._open) == _DEPTH:
            raise self._too_much(self._open[0], f"nests shapes more than {_DEPTH} deep")
        self._open.append(node)
        shape = self.shapes[node] = self._shape(node)
        self._open.pop()
        inner = [self._sizes[used] for part in shape.constraints for used in part.uses()]
        self._sizes[node] = 1 + sum(inner)
        if self._sizes[node] > _SIZE:
            raise self._too_much(node, f"unfolds into more than {_SIZE:,} nested shapes")
        return shape

    def _shape(self, node: Term) -> Shape:
        graph = self.graph
        given = NodeParameters(graph, node, self._note)
        head = given.one("path")
        path = None if head is None else read_path(graph, head, node)
        if path is not None and _NODE_SHAPE in graph.objects(node, RDF + "type"):
            self._note(node, "as it has sh:path, it is no sh:NodeShape, but a property shape")
        if path is None and _PROPERTY_SHAPE in graph.objects(node, RDF + "type"):
            message = "it is an sh:PropertyShape, but has no sh:path."
            raise fault(graph, node, message, "Give it one, or type it as sh:NodeShape.")
        severity = given.one("severity")
        if severity is not None and not isinstance(severity, NamedNode):
            raise given.wrong("severity", severity, "an IRI such as sh:Warning")
        deactivated = given.flag("deactivated")
        return Shape(
            node=node,
            path=path,
            targets=tuple(self._targets.get(node, ())),
            constraints=() if deactivated else tuple(self._constraints(given, path)),
            severity=severity_of(severity) if severity else "violation",
            messages=given.messages(),
            owner=next((n for n in reversed(self._open) if isinstance(n, NamedNode)), None),
            deactivated=deactivated,
            place=place_of(graph, node),
        )

    def _constraints(self, given: NodeParameters, path: Path | None) -> Iterator[Constraint]:
        yield from read_constraints.on_values(given)
        yield from read_constraints.on_sets(given, path)
        yield from read_constraints.on_shapes(given, path, self.read)
        for node in given.all("sparql"):
            constraint = read_sparql(self.graph, node, given.node, path)
            if constraint is not None:
                self._look_at(given.node, constraint.asked)
                if path is None and asks_for_path(constraint.asked):
                    text = "the query uses $PATH, which stands for anything, as there is no sh:path"
                    self._note(given.node, text)
                yield constraint
        for component in self._components.used_at(given, path):
            if isinstance(component, str):
                self._note(given.node, component)
            else:
                self._check_values(given, component)
                self._look_at(given.node, component.asked)
                yield component
        for text in read_constraints.without_effect(given):
            self._note(given.node, text)

    def _check_values(self, given: NodeParameters, component: Component) -> None:
        """Raise ShapesError for a value that its parameter does not allow (SHACL 6.2).

        Classes do not count: which nodes are of a class is often said in the data alone.
        """
        graph = self.graph
        for parameter in graph.objects(component.owner, SH + "parameter"):
            self.read(parameter)
            run, node = self._own_facts()
            for found in run.findings(parameter, node(given.node)):
                if isinstance(found.constraint, Class) or found.values is None:
                    continue
                name = place_of(graph, parameter) if found.shape.path is None else found.shape.path
                value = run.data.terms[int(found.values[0])]
                message = f"{name} is {told(value)}, which {component.component} does not take."
                raise fault(graph, given.node, message, f"Give {found.constraint.expected}.")

    def _own_facts(self) -> tuple[Validation, Callable[[Term], Numbers]]:
        """The shapes graph as facts, and the number of a node of it."""
        if self._facts is None:
            terms = Dictionary()
            rows = [
                (terms.add(t.subject), terms.add(t.predicate), terms.add(t.object))
                for t in self.graph
            ]
            data = Data(terms, TripleIndex(np.array(rows, np.int32).reshape(-1, 3)))
            self._facts = Validation(data, self.shapes)
        facts = self._facts
        return facts, lambda node: np.array([facts.data.code(node)], np.int32)

    def _look_at(self, node: Term, asked: Asked) -> None:
        """Say what a query does that validation does not do."""
        place = place_of(self.graph, node)
        if asked.others:
            self.beyond.append(f"the query of {place} calls <{asked.others[0]}>")
        for prefix, iri in asked.assumed:
            self._note(node, f"the query uses {prefix}: without sh:prefixes; <{iri}> was taken")
        for name in asked.graphs:
            text = f"the query looks into the graph {name}, but the facts are validated as one"
            self._note(node, f"{text} graph without a name, so it finds nothing there")

    def _note(self, node: Term, text: str) -> None:
        place = place_of(self.graph, node)
        name = node.value if isinstance(node, NamedNode) else place
        self.doubts.append(Doubt("no-effect", f"{place}: {text}.", name))

    def _too_much(self, node: Term, what: str) -> ShapesError:
        remedy = "Use each nested shape fewer times, or split the shape."
        return fault(self.graph, node, f"the shape {what}.", remedy)
