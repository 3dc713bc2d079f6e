"""Which shapes, checks and facts a validation of a knowledge graph looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode, Quad

from glocal_kg import packaged
from glocal_kg.errors import GlocalError
from glocal_kg.formats import QUERY_SUFFIX
from glocal_kg.reading import open_source
from glocal_kg.vocab import INFERRED, ONTOLOGY

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glocal_kg.graph import KnowledgeGraph
    from glocal_kg.validation import Report

SHAPES_GRAPHS = f"{ONTOLOGY.value}/shapes/"


def validate(
    kg: KnowledgeGraph,
    shapes: object,
    facts: Literal["asserted", "all"],
    engine: Literal["fast", "pyshacl"],
) -> Report:
    """The report of a knowledge graph; see ``KnowledgeGraph.validate``."""
    from glocal_kg.validation import Shapes

    if facts not in ("asserted", "all"):
        raise GlocalError(f"There are no {facts!r} facts.", remedy="Use 'asserted' or 'all'.")
    if engine not in ("fast", "pyshacl"):
        raise GlocalError(
            f"There is no validation engine {engine!r}.", remedy="Use 'fast' or 'pyshacl'."
        )
    quads = own_shapes(kg) if shapes is None else list(open_source(shapes).quads())
    report = Shapes(quads).validate(
        kg.facts.terms, _triples(kg, facts), engine=engine, languages=kg.languages
    )
    return report if shapes is not None else _with_checks(kg, report, facts)


def own_shapes(kg: KnowledgeGraph) -> list[Quad]:
    """The quads of the shapes graphs in a knowledge graph; ``GlocalError`` without any."""
    found = [
        quad
        for graph in kg.facts_graphs()
        if isinstance(graph, NamedNode) and graph.value.startswith(SHAPES_GRAPHS)
        for quad in kg.store.quads_for_pattern(None, None, None, graph)
    ]
    if not found:
        raise GlocalError(
            "This knowledge graph has no shapes.",
            remedy="Give shapes=, or start from gk.load().",
        )
    return found


def _triples(kg: KnowledgeGraph, facts: str) -> NDArray[np.int32]:
    import numpy as np

    asserted = kg.facts.columns()[:, :3]
    if facts == "asserted":
        return asserted
    if kg.inference is None:
        raise GlocalError("Nothing is inferred yet.", remedy="Call kg.infer() first.")
    kg._refuse_stale()
    return np.concatenate((asserted, kg.inference.triples))


def _with_checks(kg: KnowledgeGraph, report: Report, facts: str) -> Report:
    from pathlib import Path

    from glocal_kg.validation import read_checks, run_checks

    checks = read_checks(
        Path(path) for path in packaged.files("ontology", QUERY_SUFFIX) if "checks" in path
    )
    if not checks:
        return report
    graphs = [*kg.facts_graphs(), *([INFERRED] if facts == "all" else [])]
    found = run_checks(checks, kg.store, graphs=graphs, languages=kg.languages)  # type: ignore[arg-type]
    return report.joined(list(dict.fromkeys(found)))
