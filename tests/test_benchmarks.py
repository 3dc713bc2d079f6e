"""The made-up corpus of the benchmarks: in the terms of the ontology, each fault found once."""

from __future__ import annotations

import random

import pytest

import glocal_kg as gk
from benchmarks import catalogue
from benchmarks.bench import MET, MISSED, NOT_JUDGED, SIZES, Bench
from benchmarks.corpus import FAULTS, frame, practice
from benchmarks.measure import Run, beside, in_turns, machine
from benchmarks.queries import (
    SHAPES,
    alike,
    ask_ours,
    ask_theirs,
    ours_of,
    theirs_of,
    write_corpus,
)
from benchmarks.vocabularies import QUESTIONS, patterns

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


@pytest.mark.parametrize("fault", [None, *catalogue.FAULTS])
def test_each_fault_of_the_catalogue_is_found_once(fault, tmp_path):
    rng, rows = random.Random(1), list(catalogue.frame())
    for n in range(SIZE):
        rows += catalogue.item(n, rng, fault if n == 1 else None)
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(catalogue.SHAPES)
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("".join(f"{s} {p} {o} .\n" for s, p, o in rows), "turtle"))
    found = kg.validate(shapes=shapes, checks=False)
    assert len(found.results) == (fault is not None)
    assert found.looked_at  # and what conforms was looked at


@pytest.mark.parametrize("shape", SHAPES)
def test_the_twelve_queries_find_what_pyoxigraph_finds(shape, tmp_path):
    write_corpus(shape, 200, tmp_path / "corpus.nt")
    moment, store = ours_of(tmp_path / "corpus.nt"), theirs_of(tmp_path / "corpus.nt")
    assert len(SHAPES[shape][1]) == 12
    for name, text in SHAPES[shape][1].items():
        ours, theirs = ask_ours(moment, text), ask_theirs(store, text)
        assert ours, name
        assert alike(ours, theirs), name


def test_the_machine_is_described():
    assert all(word in machine() for word in ("cores: ", "bytecode: ", "load before the run"))


def test_a_mark_is_judged_at_the_size_it_is_set_for(tmp_path):
    bench = Bench(SIZES["small"], tmp_path)
    for size in (1_000, 100_000):
        bench.mark("load", "at most 2", 3.0, lambda x: x <= 2, size=size, least=100_000)
    bench.mark("load", "at most 2", None, lambda x: x <= 2, size=1_000, least=100_000)
    bench.mark("edit", "at most 10", 3.0, lambda x: x <= 10)
    assert [one.verdict for one in bench.marks] == [f"{NOT_JUDGED} 100,000", MISSED, MISSED, MET]


def test_jobs_that_are_compared_run_in_turns(tmp_path):
    log = tmp_path / "log"
    write = "import sys; open(sys.argv[1], 'a').write(sys.argv[2])"
    jobs = [(one, "-c", write, str(log), one) for one in "ab"]
    runs = in_turns(*jobs, rounds=2)
    assert log.read_text() == "abab"
    assert [[one.name for one in some] for some in runs] == [["a", "a"], ["b", "b"]]


def test_of_rounds_the_median_counts_and_none_may_fail():
    ours = [Run("ours", seconds, None) for seconds in (3.0, 8.0, 2.0)]
    theirs = [Run("theirs", seconds, None) for seconds in (1.0, 4.0, 2.0)]
    assert beside(ours, theirs) == 2.0
    assert beside(ours, [*theirs[:2], Run("theirs", None, None)]) is None


def test_a_question_beside_other_vocabularies_is_answered_here_and_counted():
    kg = gk.load()
    assert [patterns(mine) for _, mine, _, _ in QUESTIONS] == [1, 3, 1, 3, 1]
    assert all(kg.ask(f"ASK {{ {mine} }}") for _, mine, _, _ in QUESTIONS)
