"""Publish a made-up corpus of a million triples; print how long it takes and the peak memory.

The quads are parsed from a file as they are published, as ``glocal publish`` does with files.

    python -m benchmarks.publish_quick [practices]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from benchmarks.corpus import write
from glocal_kg._publish import publish, verify

GRAPH = NamedNode("https://w3id.org/glocal/graph/corpus")
ABOUT = {
    "title": "Corpus for measuring",
    "publisher": "glocal_kg contributors",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    "base": "https://example.org/corpus/1.0.0/",
}


def peak() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def quads(path: Path) -> Iterator[Quad]:
    for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES):
        yield Quad(quad.subject, quad.predicate, quad.object, GRAPH)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("practices", type=int, nargs="?", default=24_500)
    size = arguments.parse_args().practices
    with tempfile.TemporaryDirectory() as folder:
        source, dist = Path(folder) / "corpus.nt", Path(folder) / "dist"
        number = write(source, size)
        print(f"{number:,} triples, {source.stat().st_size / 1e6:.0f} MB; at start {peak()}")
        start = time.perf_counter()
        release = publish(
            quads(source), dist, version="1.0.0", date="2026-01-31", about=ABOUT
        )  # fmt: skip
        wall = time.perf_counter() - start
        written = sum(file.size for file in release.facts.files)
        print(f"publish: {wall:.1f} s, peak {peak()}, {written / 1e6:.0f} MB of files")
        start = time.perf_counter()
        findings = verify(dist)
        print(f"verify: {time.perf_counter() - start:.1f} s, peak {peak()}")
        assert findings == [], findings


if __name__ == "__main__":
    main()
