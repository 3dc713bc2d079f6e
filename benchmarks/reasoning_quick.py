"""Measure the reasoning engine alone: closure, clashes, updates, explanations.

Reads a corpus (see benchmarks/corpus.py) and the packaged ontology into columns, untimed, then
times each job and prints one line for it, next to pyoxigraph's parse of the same N-Triples.

    python -m benchmarks.corpus 10000 corpus.nt
    python -m benchmarks.reasoning_quick corpus.nt
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np
from pyoxigraph import parse

from glocal_kg.reasoning import Closure
from glocal_kg.store.facts import TermTable

ONTOLOGY = Path(__file__).parents[1] / "ontology"


@contextmanager
def timed(name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    print(f"{name:36} {seconds:9.4f} s", flush=True)


def load(corpus: Path) -> tuple[TermTable, np.ndarray]:
    terms = TermTable()
    rows = [
        (terms.add(quad.subject), terms.add(quad.predicate), terms.add(quad.object))
        for path in (*sorted(ONTOLOGY.glob("*.ttl")), corpus)
        for quad in parse(path=str(path))
    ]
    return terms, np.array(rows, np.int32)


def practices(closure: Closure, terms: TermTable, count: int) -> list[set[tuple[int, int, int]]]:
    """All facts of some practices and of what belongs to them alone."""
    numbers = [n for n in range(len(terms)) if "/id/practice/corpus-" in str(terms[n])]
    found = []
    for number in random.Random(1).sample(numbers, count):
        rows = set()
        todo = [number]
        for node in todo:
            predicates, objects = closure.asserted.of_subject(node)
            rows |= {
                (node, p, o) for p, o in zip(predicates.tolist(), objects.tolist(), strict=True)
            }
            todo += [
                o
                for o in objects.tolist()
                if o not in todo and any(f"/id/{k}/" in str(terms[o]) for k in OWN)
            ]
        found.append(rows)
    return found


OWN = ("involvement", "support")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    path = parser.parse_args().corpus
    with timed("pyoxigraph parse of the N-Triples"):
        for _ in parse(path=str(path)):
            pass
    gc.disable()
    terms, triples = load(path)
    gc.enable()
    gc.freeze()
    for _ in range(3):
        with timed("closure: columns to inferred columns"):
            closure = Closure(terms, triples)
            inferred = closure.inferred
    print(f"{'inferred':36} {len(inferred):9} facts")
    with timed("clashes"):
        _ = closure.clashes
    print(f"{'clashes found':36} {len(closure.clashes):9}")
    added, removed = [], []
    for rows in practices(closure, terms, 22):
        start = time.perf_counter()
        closure.update(removed=rows)
        middle = time.perf_counter()
        closure.update(added=rows)
        removed.append(middle - start)
        added.append(time.perf_counter() - middle)
    print(f"{'one practice removed (median)':36} {median(removed[2:]):9.4f} s")
    print(f"{'one practice added (median)':36} {median(added[2:]):9.4f} s")
    took = []
    for fact in random.Random(2).sample(range(len(inferred)), 300):
        start = time.perf_counter()
        closure.explain(*inferred[fact].tolist())
        took.append(time.perf_counter() - start)
    print(f"{'explanation (median)':36} {median(took):9.4f} s  slowest of 300: {max(took):.4f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'peak memory':36} {peak:9} MB, the terms as Python objects included")


if __name__ == "__main__":
    main()
