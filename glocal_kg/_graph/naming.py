"""Names of graphs: which may be given to a graph of one's own."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._study.vocab import INFERRED, INFERRED_INTERPRETED
from glocal_kg.errors import GlocalError


def graph_name(iri: str | NamedNode) -> NamedNode:
    """The name of a graph that may be written to; ``GlocalError`` for any other."""
    try:
        graph = iri if isinstance(iri, NamedNode) else NamedNode(iri)
    except (ValueError, TypeError) as error:
        raise GlocalError(
            f"'{iri}' cannot name a graph: {error}.", remedy="Give an IRI in full."
        ) from None
    if graph in (INFERRED, INFERRED_INTERPRETED):
        raise GlocalError(
            f"The graph <{graph.value}> holds only what infer() puts there.",
            remedy="Put these statements into a graph of your own.",
        )
    return graph
