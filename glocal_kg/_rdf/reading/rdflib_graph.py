"""Quads from an rdflib graph or dataset, which the user has made and rdflib has loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib import BNode, ConjunctiveGraph, Dataset, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, QuotedGraph

from glocal_kg.errors import ReadError

_PLACES = "a literal cannot be a subject, and a property is an IRI"


def quads_of(graph: object) -> Iterator[Quad]:
    """The quads of an rdflib ``Graph`` (in the default graph), ``Dataset`` or ``ConjunctiveGraph``.

    Raises ``ReadError`` for other rdflib objects and for terms RDF does not know, such as the
    formulas and variables of N3.

    >>> graph = Graph().add((URIRef("urn:a"), URIRef("urn:b"), RdflibLiteral("c", lang="en")))
    >>> [str(quad) for quad in quads_of(graph)]
    ['<urn:a> <urn:b> "c"@en']
    """
    if not isinstance(graph, Graph):
        raise ReadError(
            f"An rdflib {type(graph).__name__} is no graph.",
            source="rdflib",
            remedy="Give an rdflib Graph or Dataset.",
        )
    if isinstance(graph, QuotedGraph):
        raise ReadError(
            "An rdflib QuotedGraph is a formula of N3: what is in it is quoted, not said.",
            source="rdflib",
            remedy="Copy its statements to an rdflib Graph, if they are to be said.",
        )
    parts: list[Graph]
    unnamed: set[Any]
    if isinstance(graph, Dataset):
        parts, unnamed = list(graph.graphs()), {DATASET_DEFAULT_GRAPH_ID}
    elif isinstance(graph, ConjunctiveGraph):
        parts, unnamed = list(graph.contexts()), {graph.default_context.identifier}
    else:
        parts, unnamed = [graph], {graph.identifier}
    for name, s, p, o in ((part.identifier, *row) for part in parts for row in part):
        yield quad_of(s, p, o, None if name in unnamed else name)


def quad_of(s: object, p: object, o: object, graph: object) -> Quad:
    """A statement of rdflib in a graph, or in the default graph for None.

    Raises ``ReadError`` where it is none of RDF.
    """
    try:
        if isinstance(s, RdflibLiteral) or not isinstance(p, URIRef):
            raise TypeError(_PLACES)
        name = DefaultGraph() if graph is None else term_of(graph)
        return Quad(term_of(s), term_of(p), term_of(o), name)
    except (ValueError, TypeError) as error:
        raise ReadError(
            f"The statement {_short(s)} {_short(p)} {_short(o)} is not RDF: {error}.",
            source="rdflib",
            remedy="Correct it in the rdflib graph.",
        ) from None


def term_of(term: object) -> Any:
    """An rdflib term as the store's; ``TypeError`` or ``ValueError`` for what RDF has not."""
    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, BNode):
        return BlankNode(str(term))
    if isinstance(term, RdflibLiteral):
        if term.language:
            return Literal(str(term), language=term.language)
        datatype = NamedNode(str(term.datatype)) if term.datatype else None
        return Literal(str(term), datatype=datatype)
    if isinstance(term, QuotedGraph):
        raise TypeError("a formula of N3 is no RDF term")
    if isinstance(term, Graph):
        return term_of(term.identifier)
    raise TypeError(f"{term!r} is no RDF term")


def _short(term: object) -> str:
    return "{...}" if isinstance(term, QuotedGraph) else repr(term)[:200]
