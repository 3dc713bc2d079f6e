"""``timeout`` of every long verb: an end at any look, nothing half done, the next call right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

import pytest

import glocal_kg as gk
from glocal_kg._rdf import deadline

EX = "https://example.org/"
CHAIN = """@prefix ex: <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:partOf a owl:TransitiveProperty ; rdfs:domain ex:Part . ex:Part rdfs:subClassOf ex:Thing .
ex:shape sh:targetClass ex:Part ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ;
    sh:sparql [ sh:select "SELECT $this { $this <https://example.org/partOf>+ $this }" ] .
"""
EDIT = f"<{EX}n2> a <{EX}Part> ; <{EX}partOf> <{EX}n0> ."


def chain(size: int) -> str:
    links = (f"ex:n{n} a ex:Part ; ex:partOf ex:n{n + 1} ." for n in range(size))
    return "\n".join((CHAIN, *links))


def small() -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(chain(3), "turtle"), graph=EX + "g")
    return kg


PART = ("https://example.org/n0", "https://example.org/partOf", "https://example.org/n3")
VERBS: dict[str, Callable[..., Any]] = {
    "infer": lambda kg, **more: set(kg.infer(**more)),
    "infer interpreted": lambda kg, **more: set(kg.infer(interpreted=True, **more)),
    "validate": lambda kg, **more: kg.validate(**more).to_json(),
    "validate mine": lambda kg, **more: kg.validate(source="mine", **more).to_json(),
    "explain": lambda kg, **more: str(kg.explain(*PART, **more)),
    "entails": lambda kg, **more: str(kg.entails(PART, **more)),
    "query": lambda kg, **more: len(kg.query("SELECT * { ?s ?p ?o }", **more)),
    "run": lambda kg, **more: len(kg.run("map/principles", **more)),
}


@pytest.fixture
def stopped_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], list[int]]]:
    """Let the time be up at the nth look; gives what counts the looks."""

    def at(number: int) -> list[int]:
        looks = [0]

        def clock() -> float:
            looks[0] += 1
            return float(looks[0] > number) * 1e6  # the first is when the time begins

        monkeypatch.setattr(deadline, "monotonic", clock)
        return looks

    yield at
    monkeypatch.undo()


@pytest.mark.parametrize("edited", [False, True], ids=["anew", "after an edit"])
@pytest.mark.parametrize("verb", VERBS)
def test_whatever_look_ends_it_the_next_call_is_right(
    verb: str, edited: bool, stopped_at: Callable[[int], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = VERBS[verb]

    def begun() -> gk.KnowledgeGraph:
        kg = small()
        if edited:
            work(kg)
            kg.add(gk.Text(EDIT, "turtle"), graph=EX + "g")
        return kg

    right = work(begun())
    kg = begun()
    looks = stopped_at(10**9)
    work(kg, timeout=1)
    monkeypatch.undo()
    ends, ended = looks[0], 0
    for number in sorted({1, 2, 3, *range(1, ends, max(1, ends // 5))}):
        kg = begun()
        facts = set(kg.facts)
        stopped_at(number)
        try:
            work(kg, timeout=1)  # what is kept of other calls may make it shorter
        except gk.TimeLimitError:
            ended += 1
        monkeypatch.undo()
        assert set(kg.facts) == facts
        assert work(kg) == right
    assert ended > 1


WIDE = " ".join(f"ex:a{n} ex:p ex:hub . ex:hub ex:p ex:b{n} ." for n in range(3000))


def test_a_cross_product_in_a_shape_is_ended_in_time() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(f"@prefix ex: <{EX}> . {WIDE}", "turtle"))
    query = "SELECT $this { $this ?p ?o . ?a ?q ?b . ?c ?r ?d . ?e ?s ?f FILTER(?a = ?f) }"
    shapes = gk.Text(
        f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:s> a sh:NodeShape ; sh:targetSubjectsOf <{EX}p> ; sh:sparql [ sh:select "{query}" ] .
        """,
        "turtle",
    )
    start = perf_counter()
    with pytest.raises(gk.TimeLimitError, match=r"The validation took longer than 0\.5 seconds"):
        kg.validate(shapes, timeout=0.5)
    assert perf_counter() - start < 5


@pytest.mark.parametrize(
    "work",
    [
        lambda kg: kg.infer("owlrl", timeout=1),
        lambda kg: kg.validate(engine="pyshacl", checks=False, timeout=1),
    ],
    ids=["owlrl", "pyshacl"],
)
def test_the_slow_engines_are_ended_too(work: Callable[[gk.KnowledgeGraph], object]) -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(chain(300), "turtle"), graph=EX + "g")
    start = perf_counter()
    with pytest.raises(gk.TimeLimitError):
        work(kg)
    assert perf_counter() - start < 1 + 5


@pytest.mark.parametrize(
    "work",
    [
        lambda kg, place: kg.publish(place / "dist", version="0.2.0", date="2026-01-01", timeout=1),
        pytest.param(lambda kg, place: gk.quality.check(timeout=1), marks=pytest.mark.slow),
        lambda kg, place: kg.report(source=None, timeout=1),
    ],
    ids=["publish", "check", "report"],
)
def test_other_long_verbs_are_ended_at_any_look(
    work: Callable[[gk.KnowledgeGraph, Path], object],
    tmp_path: Path,
    stopped_at: Callable[[int], list[int]],
) -> None:
    for number in (1, 2):
        kg = gk.load()
        stopped_at(number)
        with pytest.raises(gk.TimeLimitError):
            work(kg, tmp_path)
        assert list(tmp_path.iterdir()) == []


def test_a_query_has_one_time_for_what_follows_and_for_itself() -> None:
    kg = small()
    with pytest.raises(gk.QueryTimeoutError, match=r"call kg\.infer\(\) beforehand"):
        kg.query("ASK {}", timeout=1e-9)
    kg.infer()
    with pytest.raises(gk.QueryTimeoutError, match="Make its patterns narrower"):
        kg.query("ASK {}", timeout=1e-9)


@pytest.mark.parametrize("verb", VERBS)
def test_a_time_is_looked_at_when_the_verb_is_called(verb: str) -> None:
    with pytest.raises(gk.errors.ArgumentError, match="timeout takes a number of seconds"):
        VERBS[verb](small(), timeout="soon")


@pytest.mark.parametrize("verb", ["infer", "query", "explain"])
def test_who_waits_for_another_thread_waits_no_longer(verb: str) -> None:
    kg, held, done = small(), Event(), Event()

    def hold() -> None:
        with kg._contents.lock:
            held.set()
            done.wait(30)

    thread = Thread(target=hold)
    thread.start()
    held.wait(30)
    start = perf_counter()
    with pytest.raises(gk.TimeLimitError):
        VERBS[verb](kg, timeout=0.1)
    assert perf_counter() - start < 5
    done.set()
    thread.join()
    assert VERBS[verb](kg, timeout=60)


def test_others_go_on_beside_what_is_ended() -> None:
    kg, ended = small(), count()
    right = VERBS["validate"](kg)

    def hasty() -> None:
        for _ in range(20):
            try:
                kg.validate(facts="all", timeout=1e-6)
            except gk.TimeLimitError:
                next(ended)

    threads = [Thread(target=hasty) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert all(VERBS["validate"](kg) == right for _ in range(10))
    for thread in threads:
        thread.join()
    assert next(ended) > 0
