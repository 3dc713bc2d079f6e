"""The targets of shapes: which nodes of the shapes graph are shapes that look at something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.given import NodeParameters
from glocal_kg._engines.shacl.queries import read_query
from glocal_kg._engines.shacl.rdf_terms import OWL, RDF, RDFS, SH, Term
from glocal_kg._engines.shacl.shape import Target
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.terms_of_shacl import PARAMETERS
from glocal_kg._rdf.counted import counted
from glocal_kg.errors import ShapesError

_TARGETS = {
    "targetNode": "node",
    "targetClass": "class",
    "targetSubjectsOf": "subjects",
    "targetObjectsOf": "objects",
}
_SLIP = SH.replace("http:", "https:")
SHAPE_CLASSES = (SH + "NodeShape", SH + "PropertyShape")


def refuse_without_shapes(graph: ShapesGraph) -> None:
    """Raise ShapesError for a graph without any shape, against which all data would conform."""
    for iri in _iris(graph):
        if iri.startswith(_SLIP) and iri != _SLIP:
            raise ShapesError(
                f"The shapes use <{iri}>, but the namespace of SHACL is <{SH}>.",
                shape=_SLIP,
                remedy="Write http in place of https: @prefix sh: <" + SH + "> .",
            )
    used = (SH + name for name in (*_TARGETS, "target", *PARAMETERS))
    if any(graph.pairs(name) for name in used) or graph.instances(*SHAPE_CLASSES):
        return
    many = f"its {counted(len(graph), 'statement')}" if len(graph) else "an empty graph"
    raise ShapesError(
        f"There is no shape in {many}.",
        remedy="A shape has a target (such as sh:targetClass) and constraints (such as "
        f"sh:property), all in the namespace <{SH}>.",
    )


def _iris(graph: ShapesGraph) -> Iterator[str]:
    """The predicates and the types of a graph, and the values of what is of SHACL."""
    yield from graph.predicates()
    for predicate in graph.predicates():
        if predicate == RDF + "type" or predicate.startswith(SH):
            for _, value in graph.pairs(predicate):
                if isinstance(value, NamedNode):
                    yield value.value


def targets_of(graph: ShapesGraph) -> dict[Term, list[Target]]:
    """The targets of every shape that has some, in the order of the graph.

    Raises ShapesError for a target of another form than SHACL asks for.
    """
    found: dict[Term, list[Target]] = {}
    for name, kind in _TARGETS.items():
        for node, term in graph.pairs(SH + name):
            if kind == "node" and isinstance(term, BlankNode):
                raise NodeParameters(graph, node).wrong(name, term, "an IRI or a literal")
            if kind != "node" and not isinstance(term, NamedNode):
                raise NodeParameters(graph, node).wrong(
                    name, term, "the IRI of a class or property"
                )
            found.setdefault(node, []).append(Target(kind, term))
    for node in implicit_classes(graph):
        found.setdefault(node, []).append(Target("class", node))
    for node, term in graph.pairs(SH + "target"):
        found.setdefault(node, []).append(_query_target(graph, node, term))
    return found


def _query_target(graph: ShapesGraph, node: Term, term: Term) -> Target:
    """A target that selects its nodes by a query of its own, or of its type."""
    if graph.objects(term, SH + "select"):
        return Target("query", term, read_query(graph, term, "select", owner=node))
    for kind in graph.objects(term, RDF + "type"):
        if graph.objects(kind, SH + "select"):
            given = tuple(
                (name_of(path), value)
                for parameter in graph.objects(kind, SH + "parameter")
                for path in NodeParameters(graph, parameter).iris("path", once=True)
                for value in graph.objects(term, path.value)
            )
            return Target("query", term, read_query(graph, kind, "select", owner=node), given)
    return Target("unknown", term)


def name_of(parameter: NamedNode) -> str:
    """The variable that stands for a parameter in queries: the end of its IRI.

    >>> name_of(NamedNode("https://example.org/ns#least"))
    'least'
    """
    return re.split(r"[/#:]", parameter.value)[-1]


def implicit_classes(graph: ShapesGraph) -> Iterator[NamedNode]:
    """The shapes that are classes too (SHACL 2.1.3.3): typed as both, or by subclasses of both."""
    classes = set(class_nodes(graph))
    for node in graph.instances(*SHAPE_CLASSES):
        if node in classes and isinstance(node, NamedNode):
            yield node


def class_nodes(graph: ShapesGraph) -> list[Term]:
    """The classes that a shapes graph declares."""
    return graph.instances(RDFS + "Class", OWL + "Class")
