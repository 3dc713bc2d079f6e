"""What the peers on rdflib share: reading files into one graph, and asking the questions."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from pathlib import Path

import rdflib

from benchmarks.peers.common import QUESTIONS

logging.disable(logging.CRITICAL)


def graph_of(files: Iterable[Path]) -> rdflib.Graph:
    """All triples of some files in one graph, whatever graph they are in."""
    import pyoxigraph

    graph = rdflib.Graph()
    for file in files:
        if file.suffix == ".trig":  # through N-Triples, so that every peer reads the same triples
            triples = (quad.triple for quad in pyoxigraph.parse(path=str(file)))
            text = "".join(f"{triple} .\n" for triple in triples)
            graph.parse(data=text, format="nt")
        else:
            graph.parse(file)
    return graph


def write_facts(facts: Iterable[tuple[rdflib.term.Node, ...]], out: str) -> None:
    """Write facts as N-Triples, without those that have a literal as subject."""
    graph = rdflib.Graph()
    for s, p, o in facts:
        if not isinstance(s, rdflib.Literal):
            graph.add((s, p, o))
    graph.serialize(out, format="nt", encoding="utf-8")


def ask(graph: rdflib.Graph) -> int:
    """Run every packaged question with its defaults; the number of rows of those that run."""
    from glocal_kg._questions.question import find, names

    rows = 0
    assert len(names()) == len(QUESTIONS)
    for name in names():
        question = find(name)
        values = {
            key: rdflib.URIRef(str(parameter.default).strip("<>"))
            for key, parameter in question.parameters.items()
            if parameter.default is not None
        }
        with contextlib.suppress(NotImplementedError):
            rows += len(list(graph.query(question.text, initBindings=values)))
    return rows
