"""Read one corpus in six formats; print seconds of the processor beside bare parses of each.

    python -m benchmarks.formats [practices|catalogue] [SIZE]

A bare parse is pyoxigraph's. For RDF/XML and JSON-LD the least that a reader over Python's own
parsers can take stands beside: expat with handlers that do nothing, and ``json.loads``. Each figure
is the fastest of three.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

from benchmarks import catalogue, corpus
from glocal_kg import load

FORMATS = {
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
CORPORA = {"practices": corpus.write, "catalogue": catalogue.write}
GRAPH = NamedNode("https://example.org/graph/corpus")


def fastest(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor that the fastest of so many runs took."""
    took = []
    for _ in range(times):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def read(path: Path) -> None:
    with load() as kg:
        kg.add(path)


def empty(path: Path) -> None:
    """What expat takes where nothing is done with what it finds."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: None
    parser.EndElementHandler = lambda name: None
    parser.CharacterDataHandler = lambda text: None
    parser.Parse(path.read_bytes(), True)


def row(ending: str, source: Path, started: float) -> str:
    """The line of one format. The corpus is written in it first, and taken away at the end."""
    kind, file = FORMATS[ending], source.with_suffix(f".made.{ending}")
    graph = GRAPH if ending in ("nq", "trig") else DefaultGraph()
    quads = (Quad(t.subject, t.predicate, t.object, graph) for t in parse(path=str(source)))
    serialize(quads, str(file), format=kind)
    bare = fastest(lambda: sum(1 for _ in parse(path=str(file), format=kind)))
    ours = fastest(lambda: read(file)) - started
    floor = ""
    if ending == "rdf":
        floor = f"{fastest(lambda: empty(file)) / bare:.2f} expat"
    elif ending == "jsonld":
        floor = f"{fastest(lambda: json.loads(file.read_bytes())) / bare:.2f} json.loads"
    file.unlink()
    return f"{ending:6} {bare:6.2f} {ours:6.2f} {ours / bare:6.2f}  {floor}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", nargs="?", default="practices", choices=list(CORPORA))
    arguments.add_argument("size", type=int, nargs="?", default=10_000)
    given = arguments.parse_args()
    started = fastest(lambda: load().close())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.nt"
        print(f"{CORPORA[given.corpus](source, given.size):,} statements")
        print("format  parse   read beside  floor")
        for ending in FORMATS:
            print(row(ending, source, started), flush=True)


if __name__ == "__main__":
    main()
