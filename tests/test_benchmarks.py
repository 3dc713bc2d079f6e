"""The made-up corpus of the benchmarks: in the terms of the ontology, each fault found once."""

from __future__ import annotations

import random

import pytest

import glocal_kg as gk
from benchmarks.corpus import FAULTS, frame, practice
from benchmarks.measure import machine

SIZE = 4


def findings(fault: str | None) -> int:
    """How many findings a small corpus adds, with one practice at fault."""
    kg = gk.load()
    rng, rows = random.Random(1), list(frame(SIZE))
    for n in range(SIZE):
        rows += practice(n, SIZE, rng, fault if n == 1 else None)
    before = len(kg.validate().results)
    kg.add(gk.Text("".join(f"{s} {p} {o} .\n" for s, p, o in rows), "turtle"))
    return len(kg.validate().results) - before


def test_the_corpus_is_sound():
    assert findings(None) == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_once(fault):
    assert findings(fault) == 1


def test_the_machine_is_described():
    assert all(word in machine() for word in ("cores: ", "bytecode: ", "load before the run"))
