"""The jobs with brickschema 0.8, which runs reasonable and pyshifty."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rdflib import OWL, RDF, Graph

from benchmarks.peers.common import DATA, ONTOLOGY, SHAPES, dispatch, measured, tell
from benchmarks.peers.rdflib_jobs import ask, graph_of, write_facts


def graph_for_reasonable(corpus: str) -> Graph:
    """All triples without functional and inverse functional properties.

    With either reasonable runs out of memory: its joins on them grow with the square of the
    data. Without them it misses no fact here but those like ``x sameAs x``.
    """
    graph = graph_of([*ONTOLOGY, *DATA, Path(corpus)])
    for kind in (OWL.FunctionalProperty, OWL.InverseFunctionalProperty):
        graph.remove((None, RDF.type, kind))
    return graph


def cold(corpus: str) -> None:
    """Start, read, close, validate, answer every packaged question, write."""
    import brickschema

    graph = brickschema.Graph()
    graph += graph_for_reasonable(corpus)
    before = len(graph)
    shapes = graph_of([*ONTOLOGY, *SHAPES])
    valid, _, report = graph.validate([shapes])
    graph.expand("owlrl")
    with tempfile.TemporaryDirectory() as folder:
        graph.serialize(Path(folder) / "closed.nt", format="nt", encoding="utf-8")
        (Path(folder) / "report.txt").write_text(str(report), encoding="utf-8")
        rows, ended = ask(graph)
    tell(inferred=len(graph) - before, valid=bool(valid), rows=rows, ended=ended)


def closure(corpus: str, out: str = "") -> None:
    """reasonable on facts in memory."""
    import reasonable

    graph = graph_for_reasonable(corpus)
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    with measured() as clock:
        found = reasoner.reason()
    if out:
        write_facts(set(found) - set(graph), out)
    tell(**clock.told(), inferred=len(found) - len(graph))


def validate(corpus: str, own: str = "") -> None:
    """pyshifty on facts in memory, with the packaged shapes and facts or with shapes of its own."""
    import shifty
    from rdflib import SH

    graph = graph_of([Path(corpus)] if own else [*ONTOLOGY, *DATA, Path(corpus)])
    shapes = graph_of([Path(own)] if own else [*ONTOLOGY, *SHAPES])
    with measured() as clock:
        _, report, _ = shifty.validate(graph, shapes)
    tell(
        **clock.told(),
        violations=len(set(report.objects(None, SH.result))),
        comparable=len(set(report.objects(None, SH.result))),
    )


if __name__ == "__main__":
    dispatch({"cold": cold, "closure": closure, "validate": validate})
