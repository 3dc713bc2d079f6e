"""The IRIs of the study, once: its closed namespace, its prefixes, and the names of its graphs.

>>> GLOCAL.Practice
<NamedNode value=https://w3id.org/glocal/ontology#Practice>
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.namespaces import STANDARD, Namespace, Prefixes, set_default

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._study.generate import Terms

BASE = "https://w3id.org/glocal/"


class _Ontology(Namespace):
    """The terms of our own ontology: the generated list is read when first needed."""

    def _names(self) -> frozenset[str] | None:
        if self._terms is None:
            from glocal_kg._study.generate import TERMS

            self._terms = frozenset(TERMS)
        return self._terms


if TYPE_CHECKING:
    GLOCAL = Terms()
else:
    GLOCAL = _Ontology("glocal", BASE + "ontology#")

SHAPE = Namespace("shape", BASE + "ontology/shapes#")

# The kinds of resources: https://w3id.org/glocal/id/<kind>/<slug>, one prefix a kind.
KINDS = (
    "source",
    "transcription",
    "passage",
    "study",
    "map",
    "mapping",
    "component",
    "placement",
    "list",
    "convention",
    "term",
    "definition",
    "principle",
    "trend",
    "area",
    "criterion",
    "practice",
    "participation",
    "support",
    "aim",
    "aspect",
    "item",
    "actor",
    "group",
    "place",
    "level",
    "levelsystem",
    "process",
    "reaction",
    "explanation",
    "assertion",
    "proposition",
    "silence",
    "variant",
    "variantkind",
    "reading",
    "emphasis",
    "role",
    "basis",
    "scheme",
    "kind",
    "modality",
    "capacity",
    "event",
    "assessment",
    "scale",
    "rating",
    "framework",
    "figure",
    "picture",
)

RESOURCE = BASE + "id/"
GRAPH = Namespace("graph", BASE + "graph/")
ONTOLOGY = NamedNode(BASE + "ontology")
INFERRED = NamedNode(BASE + "graph/inferred")
INFERRED_INTERPRETED = NamedNode(BASE + "graph/inferred/interpretation")
INTERPRETATION = BASE + "graph/interpretation"
"""The graph of our interpretations; graphs below it (``.../interpretation/...``) hold others'."""
IMPORT = BASE + "graph/import/"


def is_interpretation(graph: str) -> bool:
    """Whether a graph, by its IRI, holds what is read into the sources: ours or one below it.

    >>> is_interpretation(BASE + "graph/interpretation/rossi"), is_interpretation(BASE + "graph")
    (True, False)
    """
    return graph == INTERPRETATION or graph.startswith(INTERPRETATION + "/")


PREFIXES = Prefixes(
    {
        "glocal": str(GLOCAL),
        **STANDARD,
        "shape": str(SHAPE),
        "graph": str(GRAPH),
        **{kind: f"{RESOURCE}{kind}/" for kind in KINDS},
    }
)
"""Prefix to IRI: what every query may use without declaring it, and what shortens IRIs."""

set_default(PREFIXES)
expand = PREFIXES.expand
shorten = PREFIXES.shorten
