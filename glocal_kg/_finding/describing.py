"""All that is said of a thing, both ways, over the nodes that only link it to others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

from glocal_kg._finding.searching import folded, search
from glocal_kg._questions.parameters import read_iri
from glocal_kg._rdf.namespaces import RDF, using
from glocal_kg.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from glocal_kg._graph.graph import Graph

_ATTESTED = ("statedIn", "reportedIn", "interpretedFrom")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said: property and value for people, which way, and where it stands.

    ``way`` is "->" where the thing is the subject, "<-" where it is the value. ``terms`` are
    the property and the other end as IRIs or text; ``graph`` is the IRI of the graph.
    """

    way: str
    property: str
    value: str
    terms: tuple[str, str]
    graph: str
    kind: str
    """"stated", "interpreted", or "ontology"."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a thing, in the order of its properties."""

    iri: str
    name: str
    types: tuple[str, ...]
    said: tuple[Said, ...]

    def to_text(self, width: int = 100) -> str:
        """The description for a terminal, one line for each thing said."""
        lines = [f"{self.name}  {self.iri}", f"  a {', '.join(self.types)}" if self.types else ""]
        for one in self.said:
            mark = " (interpreted)" if one.kind == "interpreted" else ""
            text = f"  {one.way} {one.property}: {one.value}{mark}"
            lines.append(text if len(text) <= width else text[: width - 1] + "…")
        return "\n".join(line for line in lines if line)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr><td>{escape(one.way)}</td><td>{escape(one.property)}</td>"
            f"<td>{escape(one.value)}</td><td>{escape(one.kind)}</td></tr>"
            for one in self.said
        )
        head = f"<strong>{escape(self.name)}</strong> {escape(self.iri)}"
        return f"<p>{head} ({escape(', '.join(self.types))})</p><table>{rows}</table>"


def describe(kg: Graph, thing: str | NamedNode) -> Description:
    """What is said of a thing, named by IRI, prefix:name, or a name that only it has.

    Raises ``NotFoundError`` with the nearest names.
    """
    with using(kg.prefixes):
        node = resolve(kg, thing)
        quads = [*_of(kg, node)]
        types = sorted(
            {
                kg.prefixes.shorten(quad.object.value)
                for quad in quads
                if quad.predicate == RDF.type and isinstance(quad.object, NamedNode)
            }
        )
        said = {_said(kg, node, quad) for quad in quads if quad.predicate != RDF.type}
        order = sorted(said, key=lambda one: (one.way, one.property, one.value, one.graph))
        return Description(node.value, _name(kg, node), tuple(types), tuple(order))


def resolve(kg: Graph, thing: str | NamedNode) -> NamedNode:
    """The one thing that is meant; ``NotFoundError`` for none, and for several with their IRIs."""
    try:
        node = read_iri(thing)
    except (ValueError, TypeError):
        node = None
    if node is not None:
        if next(_of(kg, node), None) is not None:
            return node
        local = node.value[max(node.value.rfind("#"), node.value.rfind("/")) + 1 :]
        near = [kg.prefixes.shorten(hit.iri) for hit in search(kg, local.replace("-", " "), 3)]
        raise NotFoundError(
            f"Nothing is said of <{node.value}>.",
            remedy=f"Did you mean {' or '.join(near)}?" if near else "Use search for its words.",
            name=str(thing),
            suggestions=near,
        )
    found = [hit for hit in search(kg, str(thing), 20) if folded(hit.name) == folded(str(thing))]
    iris = list(dict.fromkeys(hit.iri for hit in found))
    if len(iris) == 1:
        return NamedNode(iris[0])
    near = iris or [hit.iri for hit in search(kg, str(thing), 3)]
    short = [kg.prefixes.shorten(iri) for iri in near]
    if iris:
        raise NotFoundError(
            f"'{thing}' is the name of {len(iris)} things.",
            remedy=f"Say which: {' or '.join(short)}.",
            name=str(thing),
            suggestions=short,
        )
    raise NotFoundError(
        f"Nothing is called '{thing}'.",
        remedy=f"Did you mean {' or '.join(short)}?" if short else "Use search for its words.",
        name=str(thing),
        suggestions=short,
    )


def _of(kg: Graph, node: NamedNode) -> Iterator[Quad]:
    """The quads about a thing, and those of the nodes that link it to others."""
    facts = kg.facts
    for quad in facts.quads_for_pattern(node):
        yield quad
        if isinstance(quad.object, BlankNode):
            yield from facts.quads_for_pattern(quad.object)
    yield from facts.quads_for_pattern(None, None, node)


def _said(kg: Graph, node: NamedNode, quad: Quad) -> Said:
    from glocal_kg._graph.contents import layer_of
    from glocal_kg._rdf.store.moment import INTERPRETED

    back = quad.object == node and quad.subject != node
    other = quad.subject if back else quad.object
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    kind = "interpreted" if layer_of(quad.graph_name) == INTERPRETED else "stated"
    if "/ontology" in graph and kind == "stated":
        kind = "ontology"
    return Said(
        "<-" if back else "->",
        _name(kg, quad.predicate),
        _name(kg, other) if isinstance(other, NamedNode) else _text(other),
        (quad.predicate.value, other.value if hasattr(other, "value") else str(other)),
        graph,
        kind,
    )


def _text(term: object) -> str:
    if isinstance(term, Literal):
        return f"{term.value} ({term.language})" if term.language else term.value
    return str(term)


def _name(kg: Graph, node: NamedNode) -> str:
    label = kg.labels(node)
    short = kg.prefixes.shorten(node.value)
    return short if label is None else label.value
