"""Loading, disk, memory and queries of the store, on corpora of two shapes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import catalogue
from benchmarks.bench import BRICK, CLASSIC, OXIGRAPH, SHAPES, Bench, ratio, same
from benchmarks.measure import Run, beside, best, fastest, in_turns, run
from benchmarks.queries import LOOKUPS
from benchmarks.queries import SHAPES as QUERIES

STORE = "benchmarks.peers.storing"


@contextmanager
def busy() -> Iterator[None]:
    """Another process that does nothing but count, so that the second core has other work."""
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as other:
        try:
            yield
        finally:
            other.kill()


def load(bench: Bench) -> None:
    """Loading, in turns with a bare parse: also beside a busy core, and of a tenth of the size."""
    size = bench.size
    rounds = max(size.repeat, 3)
    for shape in SHAPES:
        for suffix in (".nt", ".ttl"):
            what = f"{size.large:,} {shape}, {suffix}"
            file = bench.file(size.large, suffix, shape)
            smaller = bench.file(size.middle, suffix, shape)
            own = ("load", "-m", STORE, "load", file)
            bare = ("parse", "-m", OXIGRAPH, "parse", file)
            ours, parse, small = in_turns(
                own, bare, ("load", "-m", STORE, "load", smaller), rounds=rounds
            )
            bulk = best("bulk", "-m", OXIGRAPH, "load", file, repeat=size.repeat)
            with busy():
                ours_busy, parse_busy = in_turns(own, bare, rounds=rounds)
            for who, runs in (
                ("glocal_kg", ours),
                ("pyoxigraph, bare parse", parse),
                ("pyoxigraph, bulk load", [bulk]),
                ("glocal_kg, second core busy", ours_busy),
                ("pyoxigraph, bare parse, second core busy", parse_busy),
            ):
                bench.add(f"load, {what}", who, fastest(runs))
            most = 1.2 * size.large / size.middle
            bench.mark(
                f"load, growth, {what}", f"at most {most:.0f}", beside(ours, small),
                lambda x, m=most: x <= m, size=size.large, least=100_000,
            )  # fmt: skip
            for state, mine, peer in (("", ours, parse), (", core busy", ours_busy, parse_busy)):
                bench.mark(
                    f"load beside bare parse, {what}{state}", "at most 2",
                    beside(mine, peer), lambda x: x <= 2, size=size.large, least=100_000,
                )  # fmt: skip
        for suffix in (".nq", ".trig"):
            what = f"{size.large:,} {shape}, {suffix}"
            file = bench.file(size.large, suffix, shape)
            own, bare = (
                ("load", "-m", STORE, "load", file),
                ("parse", "-m", OXIGRAPH, "parse", file),
            )
            ours, parse = in_turns(own, bare, rounds=rounds)
            bench.add(f"load, {what}", "glocal_kg", fastest(ours))
            bench.add(f"load, {what}", "pyoxigraph, bare parse", fastest(parse))
            bench.mark(
                f"load beside bare parse, {what}", "at most 2", beside(ours, parse),
                lambda x: x <= 2, size=size.large, least=100_000,
            )  # fmt: skip


def second(bench: Bench) -> None:
    """Closing and validating the catalogue, which has shapes of its own."""
    size = bench.size
    runs = {
        n: best("closure", "-m", STORE, "closure", bench.file(n, ".nt", "catalogue"))
        for n in (size.middle, size.large)
    }
    for units, one in runs.items():
        note = f"{one.answer.get('inferred', 0):,} inferred"
        bench.add(f"closure, {units:,} catalogue", "glocal_kg", one, note)
    parse = best("parse", "-m", OXIGRAPH, "parse", bench.file(size.large, ".nt", "catalogue"))
    bench.add(f"closure, {size.large:,} catalogue", "pyoxigraph parse, the yardstick", parse)
    share = ratio(runs[size.large], parse)
    large = {"size": size.large, "least": 100_000}
    bench.mark("closure beside parse, catalogue", "at most 0.5", share, lambda x: x <= 0.5, **large)

    shapes = bench.folder / "catalogue-shapes.ttl"
    shapes.write_text(catalogue.SHAPES, encoding="utf-8")
    reports = {
        (who, n): run(
            who, "-m", module, "validate", bench.file(n, ".ttl", "catalogue"), str(shapes)
        )
        for who, module, sizes in (
            ("glocal_kg", STORE, (size.slow, size.middle, size.large)),
            ("pyshifty", BRICK, (size.middle,)),
            ("pyshacl", CLASSIC, (size.slow,)),
        )
        for n in sizes
    }
    for (who, units), one in reports.items():
        note = f"{one.answer.get('violations', 0):,} findings"
        bench.add(f"validate, shapes, {units:,} catalogue", who, one, note)
    whole = reports["glocal_kg", size.large]
    for who, n, wanted in (("pyshifty", size.middle, 50), ("pyshacl", size.slow, 500)):
        peer = reports[who, n]
        mine = reports["glocal_kg", n]
        same(bench, f"validation, {n:,} catalogue", "comparable", mine, peer)
        faster = ratio(peer, whole, size.large / n)
        bench.mark(
            f"validation beside {who} (scaled), catalogue", f"{wanted} times faster",
            faster, lambda x, m=wanted: x >= m, **large,
        )  # fmt: skip


def store(bench: Bench) -> None:
    """From disk, first queries after closing, memory, constraints in SPARQL, and kills."""
    size = bench.size
    large = {"size": size.large, "least": 100_000}
    for shape in SHAPES:
        file = bench.file(size.large, ".nt", shape)
        one = run("disk", "-m", STORE, "disk", file)
        bench.add(f"open from disk, {size.large:,} {shape}", "glocal_kg", one)
        opened = one.seconds and one.seconds * 1000
        bench.mark(
            f"open from disk, {shape}, in ms", "at most 50", opened, lambda x: x <= 50, **large
        )
        _first_runs(bench, shape, file)
    file = bench.file(size.large, ".nt", "catalogue")
    core, sparql = (
        bench.add(
            f"one constraint in {kind}, {size.large:,} catalogue", "glocal_kg",
            best(kind, "-m", STORE, "constraint", file, kind, repeat=size.repeat),
        )
        for kind in ("core", "sparql")
    )  # fmt: skip
    slower = ratio(sparql, core)
    bench.mark("SPARQL constraint beside Core", "at most 10 times", slower, lambda x: x <= 10)
    times = 1000 if size.patient else 20
    killed = run("kills", "-m", "benchmarks.store", "kills", str(times))
    bench.add(f"{times:,} kills of a writer", "glocal_kg", killed)
    lost = None if killed.seconds is None else 0
    bench.mark(f"lost after {times:,} kills", "nothing", lost, lambda x: x == 0)


def _first_runs(bench: Bench, shape: str, file: str) -> None:
    """Each of the twelve queries as the first that is asked after closing, alone in a process."""
    size = bench.size.large
    large = {"size": size, "least": 100_000}
    runs = [
        bench.add(f"first query after infer, {size:,} {shape}", name, one, _later(one))
        for name in QUERIES[shape][1]
        for one in (run(name, "-m", STORE, "after", file, shape, name),)
    ]
    ended = all(one.seconds is not None for one in runs)
    more = max(one.answer["more"] for one in runs) if ended else None
    bench.mark(
        f"first query after infer, {shape}, the slowest of twelve, more than a later one in s",
        "at most 0.1", more, lambda x: x <= 0.1, **large,
    )  # fmt: skip
    # An answer of two million triples takes more than all else: it is shown and not judged.
    rows = [one for one in runs if one.name != "construct"]
    peak = max(one.peak_mb or 0 for one in rows) if ended else None
    bench.mark(
        f"memory, loaded, closed, asked, {shape}, in MB", "at most 1,200",
        peak, lambda x: x <= 1200, **large,
    )  # fmt: skip


def _later(one: Run) -> str:
    """What a later run of a query took, and the terms of both, where it ended."""
    if not one.answer:
        return ""
    found = {name: f"{value:.3f}" for name, value in one.answer.items()}
    asked = "later {later} s, {more} more; terms {terms}, later {terms_later}"
    return asked.format(**found)


def queries(bench: Bench) -> None:
    """Twelve queries of all kinds on both shapes; each engine has the facts in memory."""
    for shape in SHAPES:
        for size in (bench.size.middle, bench.size.large):
            one = run("queries", "-m", "benchmarks.queries", shape, str(size), timeout=7200)
            times = one.answer.get("times", {})
            for name, (ours, theirs) in times.items():
                for who, seconds in (("glocal_kg", ours), ("pyoxigraph", theirs)):
                    ended = name in one.answer["ended"] and who == "pyoxigraph"
                    note = "ended after a minute" if ended else ""
                    bench.add(f"{name}, {size:,} {shape}", who, Run(who, seconds, None), note)
            what = f"{size:,} {shape}"
            if one.failure:
                bench.add(f"queries, {what}", "both", one)
            rest = [pair for name, pair in times.items() if name not in LOOKUPS]
            looked = [pair for name, pair in times.items() if name in LOOKUPS]
            ours, theirs = (sum(column) for column in zip(*rest, strict=True)) if rest else (0, 0)
            together = ours / theirs if rest else None
            slowest = max((a / b for a, b in looked), default=None)
            longest = max((a * 1000 for a, _ in looked), default=None)
            differ = len(one.answer["differ"]) if times else None
            for job, wanted, got, most, least in (
                ("queries that differ", "none", differ, 0, 0),
                ("queries but lookups beside pyoxigraph", "at most 0.3", together, 0.3, 10_000),
                ("slowest lookup beside pyoxigraph", "at most 2 times", slowest, 2, 10_000),
                ("slowest lookup, in ms", "below 1", longest, 1, 0),
            ):
                bench.mark(
                    f"{job}, {what}", wanted, got, lambda x, m=most: x <= m, size=size, least=least
                )
