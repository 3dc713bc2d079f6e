"""Terms in shapes of one's own that their vocabularies do not have."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.node_places import place_of
from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._rdf.namespaces import RDF, SH, shorten
from glocal_kg._study.vocabularies import exists, meant_by, namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from glocal_kg._engines.shacl import Shapes
    from glocal_kg._rdf.store.facts import Facts

_HOLDERS = (str(SH), str(RDF))
"""Properties that name a class or property are of SHACL, or of a list."""


def unknown_terms(shapes: Shapes) -> dict[str, Doubt]:
    """A doubt for each class or property that its vocabulary does not have, at its first place.

    What is said of it in the shapes themselves makes it one that exists; ``still_unknown`` looks
    whether something is said of it in the facts.
    """
    graph, found = shapes.graph, dict[str, Doubt]()
    for predicate in graph.predicates():
        if not predicate.startswith(_HOLDERS):
            continue
        for node, term in graph.pairs(predicate):
            if not isinstance(term, NamedNode) or term.value in found:
                continue
            if namespace(term.value) in _HOLDERS or exists(term.value) is not False:
                continue
            if graph.predicates_of(term):
                continue
            near = meant_by(term.value)
            near = near if not near or ":" in near else shorten(namespace(term.value) + near)
            remedy = f"Did you mean {near}?" if near else "glocal terms lists those of ours."
            found[term.value] = Doubt(
                "misspelt",
                f"{shorten(term.value)} does not exist: its vocabulary has no such term; it was"
                f" used at {place_of(graph, node)}.",
                remedy=remedy,
            )
    return found


def still_unknown(unknown: Mapping[str, Doubt], facts: Facts) -> tuple[Doubt, ...]:
    """The doubts on terms of which nothing is said in the facts either."""
    quads = facts.quads_for_pattern
    return tuple(
        doubt for iri, doubt in unknown.items() if not any(quads(NamedNode(iri), None, None))
    )
