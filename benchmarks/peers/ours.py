"""The jobs with glocal_kg."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from benchmarks.peers.common import dispatch, import_engines, measured, tell

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def cold(corpus: str) -> None:
    """Start, read, close, validate, answer every packaged question, write: all from nothing."""
    import glocal_kg as gk
    from glocal_kg._questions.question import names

    kg = gk.load()
    kg.add(corpus)
    report = kg.validate()  # asserted facts, so before inference, as the peers do
    inference = kg.infer()
    rows = 0
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        kg.write(out / "inferred.nt", facts="inferred")
        (out / "report.json").write_text(report.to_json(), encoding="utf-8")
        for name in names():
            table = kg.run(name)
            rows += len(table)
            (out / f"{name.replace('/', '-')}.csv").write_text(table.to_csv(), encoding="utf-8")
    tell(inferred=inference.inferred, violations=len(report.results), rows=rows)


def closure(corpus: str, out: str = "") -> None:
    """From facts as numbers to inferred facts as numbers; reading is not measured."""
    import glocal_kg as gk
    from glocal_kg._engines.rl import Closure

    kg = gk.load()
    kg.add(corpus)
    triples = kg.facts.triples()
    with measured() as clock:
        found = Closure(kg.facts.terms, triples).inferred
    if out:
        rows = (kg.facts.terms.take(row) for row in found.tolist())
        Path(out).write_text("".join(f"{s} {p} {o} .\n" for s, p, o in rows), encoding="utf-8")
    tell(**clock.told(), asserted=len(triples), inferred=len(found))


def everything(corpus: str) -> None:
    """Load, close, validate with the checks, and ask the twelve queries: how long each takes."""
    import glocal_kg as gk
    from benchmarks.queries import PRACTICES

    took: dict[str, float] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        with measured() as clock:
            found = work()
        took[name] = round(clock.seconds, 1)
        return found

    kg = gk.load()
    with measured() as clock:
        facts = step("load", lambda: kg.add(corpus))
        inferred = step("close", kg.infer).inferred
        report = step("validate", kg.validate)
        rows = step("ask", lambda: sum(len(kg.query(text)) for text in PRACTICES.values()))
    found = len(report.results)
    tell(**clock.told(), facts=facts, inferred=inferred, violations=found, rows=rows, took=took)


def validate(corpus: str) -> None:
    """A full report from facts in memory; reading is not measured."""
    import glocal_kg as gk

    import_engines()
    kg = gk.load()
    kg.add(corpus)
    _ = kg.facts
    with measured() as clock:
        report = kg.validate()
    tell(**clock.told(), violations=len(report.results), nodes=looked(report))


def shapes(corpus: str) -> None:
    """The report on the shapes alone, which is what the peers do.

    ``comparable`` leaves out the ill-typed dates of the corpus, which the peers let pass against
    the standard (docs/validation.md).
    """
    import glocal_kg as gk

    import_engines()
    kg = gk.load()
    kg.add(corpus)
    _ = kg.facts
    with measured() as clock:
        report = kg.validate(checks=False)
    found = report.results
    ill_typed = sum("start-precision" in str(one.source_shape) for one in found)
    tell(**clock.told(), violations=len(found), comparable=len(found) - ill_typed)


def looked(report: Any) -> int:
    return int(sum(report.looked_at.values()))


def load(corpus: str) -> None:
    """From a file to a graph that answers questions."""
    import glocal_kg as gk

    kg = gk.KnowledgeGraph()
    with measured() as clock:
        count = kg.add(corpus)
    tell(**clock.told(), facts=count)


def edit(corpus: str) -> None:
    """Add one practice and remove it again; after each: closure, report, an answer that sees it.

    Once with the name of another practice, which makes warnings, and once with its own. ``seconds``
    is the mean of the medians of adding and of removing, as one takes longer than the other: a
    median of both together jumps from these to those. ``processor`` is the same of its time.
    """
    import statistics

    import glocal_kg as gk
    from benchmarks.corpus import practice_quads

    kg = gk.load()
    kg.add(corpus)
    made_up = "SELECT ?c { ?c a glocal:City FILTER(CONTAINS(STR(?c), 'corpus-city')) }"
    size = (len(kg.query(made_up)) - 2) * 20  # a corpus has a city for twenty practices, and two
    kg.validate()
    kg.infer()
    seen = "SELECT (COUNT(*) AS ?n) { ?practice a glocal:Practice }"
    times: dict[str, list[float]] = {"added": [], "removed": [], "own_added": [], "own_removed": []}
    spent: dict[str, list[float]] = {how: [] for how in times}
    for own in ("", "own_"):
        for number in range(10):
            quads = practice_quads(number, size, own_name=bool(own))
            for change, how in ((kg.add, "added"), (kg.remove, "removed")):
                with measured() as clock:
                    change(quads)
                    kg.infer()
                    kg.validate()
                    kg.query(seen)
                times[own + how].append(clock.seconds)
                spent[own + how].append(clock.processor)
    middle = {how: statistics.median(each) for how, each in times.items()}
    seconds, processor = (
        statistics.mean(statistics.median(each[how]) for how in ("added", "removed"))
        for each in (times, spent)
    )
    slowest = max(times["added"] + times["removed"])
    tell(seconds=seconds, processor=processor, slowest=slowest, **middle)


def lookup(corpus: str) -> None:
    """What is said of a practice, a thousand times: in the index, SPARQL, rdflib and the facts.

    ``seconds`` is the slowest but ten of a thousand, for the slowest way.
    """
    import random

    from rdflib import RDFS, URIRef

    import glocal_kg as gk

    kg = gk.load()
    kg.add(corpus)
    dataset, facts = kg.dataset, kg.facts
    labels = [q for q in facts.quads_for_pattern(None, LABEL, None) if "/corpus-" in str(q.subject)]
    quads = random.Random(1).choices(labels, k=1000)
    ways = {
        "pattern": lambda quad: list(facts.quads_for_pattern(quad.subject)),
        "facts": lambda quad: quad in facts,
        "SPARQL": lambda quad: kg.query(f"SELECT ?label {{ {quad.subject} rdfs:label ?label }}"),
        "rdflib": lambda quad: dataset.value(URIRef(quad.subject.value), RDFS.label),
    }
    slowest = {}
    for way, look in ways.items():
        times = []
        for quad in quads:
            with measured() as clock:
                assert look(quad)
            times.append(clock.seconds)
        slowest[way] = sorted(times)[-11]
    tell(seconds=max(slowest.values()), ways=slowest)


def explain(corpus: str) -> None:
    """The shortest proofs of a hundred inferred facts; ``seconds`` is the slowest."""
    import random

    import glocal_kg as gk

    kg = gk.load()
    kg.add(corpus)
    triples = kg.infer().triples
    times, lines = [], 0
    for row in random.Random(1).sample(range(len(triples)), 100):
        fact = [kg.facts.terms[number] for number in triples[row].tolist()]
        with measured() as clock:
            lines += len(str(kg.explain(*fact)).splitlines())
        times.append(clock.seconds)
    tell(seconds=max(times), lines=lines)


if __name__ == "__main__":
    dispatch(
        {
            "cold": cold,
            "closure": closure,
            "everything": everything,
            "validate": validate,
            "shapes": shapes,
            "load": load,
            "edit": edit,
            "lookup": lookup,
            "explain": explain,
        }
    )
