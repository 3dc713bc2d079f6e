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
    from glocal_kg.validation import Report, Shapes

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
    if shapes is not None:
        quads = list(open_source(shapes).quads())
    elif facts == "asserted" and engine == "fast":
        return _with_checks(kg, _follow(kg), facts)
    else:
        quads = own_shapes(kg)
    report = Shapes(quads).validate(
        kg.facts.terms, _triples(kg, facts), engine=engine, languages=kg.languages
    )
    return report if shapes is not None else _with_checks(kg, report, facts)


class Followed:
    """The report on the asserted facts by the shapes of the graph, kept for the next time."""

    def __init__(self, kg: KnowledgeGraph, shapes: Shapes) -> None:
        from glocal_kg.validation import Validator

        self.version = kg.facts.version
        self.languages = kg.languages
        self.validator = Validator(
            shapes, kg.facts.terms, _triples(kg, "asserted"), languages=kg.languages
        )


def _follow(kg: KnowledgeGraph) -> Report:
    """The report, brought up to date from the change where there is one to start from."""
    from glocal_kg.validation import Shapes

    followed = kg._followed
    if followed is not None and followed.languages == kg.languages:
        added, removed = kg.facts.changes_since(followed.version)
        graphs = {kg.facts.terms[int(row[3])] for rows in (added, removed) for row in rows}
        if not any(map(_is_shapes_graph, graphs)):
            new, gone = kg._complete().triple_changes_since(followed.version)
            followed.validator.update(map(tuple, new), map(tuple, gone))  # type: ignore[arg-type]
            followed.version = kg.facts.version
            return followed.validator.report
    shapes = Shapes(own_shapes(kg))
    if shapes.beyond:  # these shapes need the reference engine, which cannot follow changes
        return shapes.validate(kg.facts.terms, _triples(kg, "asserted"), languages=kg.languages)
    kg._followed = Followed(kg, shapes)
    return kg._followed.validator.report


def own_shapes(kg: KnowledgeGraph) -> list[Quad]:
    """The quads of the shapes graphs in a knowledge graph; ``GlocalError`` without any."""
    found = [
        quad
        for graph in kg.facts_graphs()
        if _is_shapes_graph(graph)
        for quad in kg.store.quads_for_pattern(None, None, None, graph)
    ]
    if not found:
        raise GlocalError(
            "This knowledge graph has no shapes.",
            remedy="Give shapes=, or start from gk.load().",
        )
    return found


def _is_shapes_graph(graph: object) -> bool:
    return isinstance(graph, NamedNode) and graph.value.startswith(SHAPES_GRAPHS)


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
    found = run_checks(checks, kg.store, graphs=graphs, languages=kg.languages)
    return report.joined(list(dict.fromkeys(found)))
