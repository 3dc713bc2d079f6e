"""The jobs with rdflib, owlrl and pyshacl."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.peers.common import DATA, ONTOLOGY, SHAPES, dispatch, measured, tell
from benchmarks.peers.rdflib_jobs import ask, graph_of, write_facts


def cold(corpus: str) -> None:
    """Start, read, close, validate, answer every packaged question, write."""
    import owlrl
    import pyshacl

    graph = graph_of([*ONTOLOGY, *DATA, Path(corpus)])
    before = len(graph)
    shapes = graph_of([*ONTOLOGY, *SHAPES])
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    with tempfile.TemporaryDirectory() as folder:
        graph.serialize(Path(folder) / "closed.nt", format="nt", encoding="utf-8")
        report.serialize(Path(folder) / "report.ttl")
        rows, ended = ask(graph)
    tell(inferred=len(graph) - before, rows=rows, ended=ended)


def closure(corpus: str, out: str = "") -> None:
    """owlrl on facts in memory."""
    import owlrl

    graph = graph_of([*ONTOLOGY, *DATA, Path(corpus)])
    before = len(graph)
    asserted = set(graph) if out else set()
    with measured() as clock:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    if out:
        write_facts(set(graph) - asserted, out)
    tell(**clock.told(), inferred=len(graph) - before)


def validate(corpus: str, own: str = "") -> None:
    """pyshacl on facts in memory, with the packaged shapes and facts or with shapes of its own."""
    import pyshacl
    from rdflib import RDF, SH

    graph = graph_of([Path(corpus)] if own else [*ONTOLOGY, *DATA, Path(corpus)])
    shapes = graph_of([Path(own)] if own else [*ONTOLOGY, *SHAPES])
    with measured() as clock:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    top = set(report.objects(None, SH.result))
    assert all((node, RDF.type, SH.ValidationResult) in report for node in top)
    tell(**clock.told(), violations=len(top), comparable=len(top))


if __name__ == "__main__":
    dispatch({"cold": cold, "closure": closure, "validate": validate})
