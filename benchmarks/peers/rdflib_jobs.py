"""What the peers on rdflib share: reading files into one graph, and asking the questions."""

from __future__ import annotations

import contextlib
import logging
import signal
from collections.abc import Iterable
from pathlib import Path

import rdflib
from rdflib.util import from_n3

from benchmarks.peers.common import QUESTIONS

logging.disable(logging.CRITICAL)
PATIENCE = 60.0
"""Seconds of the processor that a question may take."""


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


class Ended(BaseException):
    """A question took longer than it may."""


def ask(graph: rdflib.Graph) -> tuple[int, list[str]]:
    """Run every packaged question with its defaults: how many rows, and what did not end.

    A question may take a minute of the processor; beyond it counts with that minute, so that the
    time of all is the least that it can be. What asks with SERVICE is not run.
    """
    from glocal_kg._questions.question import find, names

    rows, ended = 0, []
    assert len(names()) == len(QUESTIONS)
    signal.signal(signal.SIGVTALRM, _end)
    for name in names():
        question = find(name)
        values = {
            key: from_n3(str(parameter.term(parameter.default)))
            for key, parameter in question.parameters.items()
            if parameter.default is not None and key != "limit"
        }
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            with contextlib.suppress(NotImplementedError):
                rows += len(list(graph.query(question.text, initBindings=values)))
        except Ended:
            ended.append(name)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return rows, ended


def _end(*_: object) -> None:
    raise Ended
