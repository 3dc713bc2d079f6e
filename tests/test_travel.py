"""Results go to other processes and tasks, show themselves in a notebook, and speak in one line."""

from __future__ import annotations

import asyncio
import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg import publishing, quality

MINE = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:a> rdfs:subClassOf <urn:c> ; owl:disjointWith <urn:b> ."""
BOTH = "<urn:x> a <urn:a>, <urn:b> ."
RATED = [{"unit": n, "ann": a, "bob": b} for n, (a, b) in enumerate(["aa", "ab", "bb"])]
CITIES = "SELECT ?city { ?city a glocal:City } ORDER BY ?city"


def text(turtle: str) -> gk.Text:
    return gk.Text(turtle, "turtle")


def small(*more: str) -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    for turtle in (MINE, *more):
        kg.add(text(turtle))
    return kg


def changed() -> gk.Change:
    told: list[gk.Change] = []
    kg = small()
    kg.subscribe(told.append)
    kg.add(text(BOTH))
    return told[0]


def rated() -> gk.Ratings:
    return gk.read_ratings(RATED, scale="a,b", level="nominal")


RESULTS: dict[str, Callable[[gk.KnowledgeGraph], object]] = {
    "facts": lambda _: small().facts,
    "inference": lambda _: small(BOTH).infer(),
    "contradictions": lambda _: small(BOTH).infer().clashes,
    "explanation": lambda kg: kg.explain("place:rome", "rdf:type", "glocal:Place"),
    "implication": lambda _: small().entails(("urn:b", "owl:disjointWith", "urn:a")),
    "table": lambda kg: kg.run("map/principles"),
    "row": lambda kg: kg.run("map/principles")[0],
    "triples": lambda kg: kg.construct("CONSTRUCT WHERE { ?x a glocal:City }"),
    "description": lambda kg: kg.describe("Kigali"),
    "hits": lambda kg: kg.search("citta"),
    "terms": lambda kg: kg.terms("participant"),
    "practice": lambda kg: kg.practices()[0],
    "city": lambda kg: kg.cities()[0],
    "change": lambda _: changed(),
    "validation": lambda kg: kg.validate(checks=False),
    "ratings": lambda _: rated(),
    "agreement": lambda _: gk.rate(rated(), resamples=10),
    "measures": lambda kg: gk.measure(kg.network()),
    "picture": lambda kg: kg.map(),
    "report": lambda kg: kg.report(resamples=5),
    "comparison": lambda _: publishing.compare(small().facts, small(BOTH).facts),
    "quality": lambda _: quality.check([text(BOTH)], only=[42]),
    "prefixes": lambda kg: kg.prefixes,
    "source": lambda _: text(MINE),
}


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def told(result: object) -> str:
    """What a result says; facts of a store say it by their quads."""
    if isinstance(result, gk.Facts):
        return "\n".join(sorted(map(str, result)))
    if isinstance(result, gk.Text):
        return repr(result) + result.content.decode()
    return str(result)


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_travels_and_is_the_same_there(name: str, kg: gk.KnowledgeGraph) -> None:
    result = RESULTS[name](kg)
    for other in (pickle.loads(pickle.dumps(result)), copy.copy(result), copy.deepcopy(result)):
        assert type(other) is type(result)
        assert told(other) == told(result)
        again = pickle.loads(pickle.dumps(other))
        assert told(again) == told(result)


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_is_one_short_line(name: str, kg: gk.KnowledgeGraph) -> None:
    result = RESULTS[name](kg)
    for one in result if isinstance(result, list) else [result]:
        if not isinstance(one, gk.Row | gk.Hit | gk.Clash | gk.Prefixes):
            assert len(repr(one)) < 120
            assert "\n" not in repr(one)


@pytest.mark.parametrize(
    "name",
    ["facts", "inference", "explanation", "implication", "table", "triples", "description",
     "practice", "city", "change", "validation", "agreement", "measures", "comparison", "quality"],
)  # fmt: skip
def test_a_notebook_shows_it(name: str, kg: gk.KnowledgeGraph) -> None:
    page = RESULTS[name](kg)._repr_html_()
    assert page.startswith("<")
    assert page.count("<table") == page.count("</table>")


def test_a_notebook_shows_a_graph_and_a_term(kg: gk.KnowledgeGraph) -> None:
    assert "graph:interpretation" in kg._repr_html_()
    assert "glocal:participant" in kg.terms("glocal:participant")[0]._repr_html_()
    bad = small('<urn:x> <http://www.w3.org/2000/01/rdf-schema#label> "<script>\\u001B" .')
    page = bad.construct("CONSTRUCT WHERE { ?x rdfs:label ?y }")._repr_html_()
    assert "<script" not in page
    assert "\x1b" not in page


def test_an_inference_that_left_says_what_it_found() -> None:
    kg = small(BOTH)
    found = kg.infer()
    gone = pickle.loads(pickle.dumps(found))
    kg.clear("text")
    kg.infer()
    assert gone.inferred > 0
    assert [clash.rule for clash in gone.clashes] == ["cax-dw"]
    assert "disjoint" in str(gone.clashes[0].facts[0][1])
    assert gone.clash_texts(kg.labels)[0].startswith("Contradiction (cax-dw)")
    assert not gone.stale


def test_an_explanation_that_left_tells_all_but_other_proofs(kg: gk.KnowledgeGraph) -> None:
    here = kg.explain("place:rome", "rdf:type", "glocal:Place")
    gone = pickle.loads(pickle.dumps(here))
    for way in ("to_text", "to_json", "to_turtle", "to_mermaid", "sources", "_repr_html_"):
        assert getattr(gone, way)() == getattr(here, way)()
    assert gone.confidence == here.confidence
    assert len(pickle.dumps(here)) < 100_000  # not the graph
    with pytest.raises(gk.GlocalError, match="has left its graph"):
        gone.others()


def test_a_graph_says_how_it_gets_elsewhere(kg: gk.KnowledgeGraph) -> None:
    with pytest.raises(gk.GlocalError, match=r"read_only=True"):
        pickle.dumps(kg)
    one, other = small(), None
    for other in (copy.copy(one), copy.deepcopy(one)):
        other.add(text(BOTH))
        assert len(one) == 2
        assert len(other) == 4


_shared: list[gk.KnowledgeGraph] = []


def count(file: str) -> int:
    """In another process: what it has of the graph (a fork), or what it opens (a spawn)."""
    kg = _shared[0].copy() if _shared else gk.open(file, read_only=True)
    kg.infer()
    return len(kg.select("SELECT ?x { ?x a <urn:a> }"))


def bad(_: str) -> int:
    return len(gk.KnowledgeGraph().select("SELECT ?x {"))


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_a_pool_of_processes_asks(way: str, tmp_path: Path) -> None:
    """A process that was forked goes on with its copy; one that was spawned opens the folder."""
    if way not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {way}")
    file = str(tmp_path / "mine.glocal")
    with gk.open(file, create=True) as kept:
        kept.add(text(MINE))
        kept.add(text(BOTH))
    kg = small(BOTH)
    kg.infer()
    _shared[:] = [kg] if way == "fork" else []
    try:
        context = multiprocessing.get_context(way)
        with ProcessPoolExecutor(2, mp_context=context) as pool:
            assert list(pool.map(count, [file] * 4)) == [1] * 4
            with pytest.raises(gk.QuerySyntaxError) as told:  # an error, not a broken pool
                list(pool.map(bad, [file]))
            assert told.value.line == 1
            assert list(pool.map(count, [file])) == [1]
    finally:
        _shared.clear()
    kg.add(text("<urn:y> a <urn:a> ."))  # nothing of it reaches us
    assert len(kg.select("SELECT ?x { ?x a <urn:a> }")) == 2


def test_tasks_of_asyncio_ask_while_one_adds() -> None:
    kg = small(BOTH)
    pair = "SELECT ?x { { ?x a <urn:one> } UNION { ?x a <urn:two> } }"

    async def ask() -> int:
        return len(await asyncio.to_thread(kg.select, pair))

    async def add(n: int) -> int:
        return await asyncio.to_thread(kg.add, text(f"<urn:n{n}> a <urn:one>, <urn:two> ."))

    async def work() -> list[int]:
        return await asyncio.gather(*(ask() if n % 2 else add(n) for n in range(20)))

    seen = asyncio.run(work())
    assert all(size % 2 == 0 for size in seen)
    assert len(kg.select(pair)) == 20


def test_a_long_table_says_how_much_is_left_out() -> None:
    kg, told = small(), list[gk.Change]()
    kg.subscribe(told.append)
    kg.add(text(" ".join(f"<urn:s> <urn:p> <urn:o{n}> ." for n in range(130))))
    page = told[0]._repr_html_()
    assert page.count("<tr>") == 101  # with the head
    assert "and 30 more" in page
    assert kg.facts._repr_html_().count("<tr>") == 101


def test_an_item_of_the_checklist_stays_the_item() -> None:
    report = quality.check([text(BOTH)], only=[42])
    there = pickle.loads(pickle.dumps(report))
    assert there.outcome(42).item is report.outcome(42).item


def test_an_error_of_quality_has_its_report() -> None:
    report = quality.check([text("<urn:a> a <urn:City> .")], only=[42])
    with pytest.raises(gk.ValidationError) as told:
        report.raise_for_findings()
    assert told.value.report is report
