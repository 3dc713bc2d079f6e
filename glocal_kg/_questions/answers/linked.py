"""Triples as a networkx graph that can be written as it is."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import Literal, NamedNode, Triple

from glocal_kg._questions.answers.values import bare, plain, python_value, shown
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import RDF, Prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx


def linked(
    triples: Sequence[Triple], labels: Labels | None, prefixes: Prefixes
) -> networkx.MultiDiGraph[str]:
    """The graph of some triples; see ``Triples.to_networkx``."""
    from networkx import MultiDiGraph

    graph: MultiDiGraph[str] = MultiDiGraph()
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples:
        ends = (subject,) if isinstance(value, Literal) else (subject, value)
        for end in ends:
            if plain(end) not in graph:
                label = labels(end) if labels is not None and isinstance(end, NamedNode) else None
                short = shown(end, prefixes)
                graph.add_node(plain(end), name=label.value if label else short, iri=short)
        node = graph.nodes[plain(subject)]
        if isinstance(value, Literal):
            key, text = prefixes.shorten(predicate.value), bare(python_value(value))
            node[key] = text if key not in node else f"{node[key]}; {text}"
        else:
            graph.add_edge(
                plain(subject),
                plain(value),
                key=predicate.value,
                name=prefixes.shorten(predicate.value),
            )
            if predicate == RDF.type and isinstance(value, NamedNode):
                kinds[plain(subject)].add(shown(value, prefixes))
    for name, found in kinds.items():
        graph.nodes[name]["kind"] = min(found, key=lambda kind: (not _own(kind), kind))
    return graph


def _own(kind: str) -> bool:
    """Whether a class is more telling than the general ones of OWL, SKOS and PROV."""
    return not kind.startswith(("owl:", "rdfs:", "skos:", "prov:"))
