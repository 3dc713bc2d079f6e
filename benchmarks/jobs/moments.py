"""What one edit, one lookup, one explanation and the first answer take."""

from __future__ import annotations

from benchmarks.bench import OURS, Bench
from benchmarks.measure import best, run


def edit(bench: Bench) -> None:
    size = bench.size
    runs = {
        n: run("edit", "-m", OURS, "edit", bench.file(n))
        for n in (size.slow, size.middle, size.large)
    }
    for practices, one in runs.items():
        slowest = one.answer.get("slowest")
        note = f"median of 20; slowest {slowest:.3f} s" if slowest else ""
        bench.add("one practice added or removed", f"glocal_kg, {practices:,}", one, note)
    times = [one.seconds for one in runs.values() if one.seconds is not None]
    largest = max(times) * 1000 if len(times) == len(runs) else None
    bench.mark("one edit, in ms", "at most 10", largest, lambda x: x <= 10)
    spread = max(times) / min(times) if len(times) == len(runs) else None
    bench.mark("one edit, largest beside smallest", "at most 2 times", spread, lambda x: x <= 2)


def first_answer(bench: Bench) -> None:
    code = "from glocal_kg._cli import main; main(['query', 'map/principles', '-f', 'csv'])"
    runs = {
        "glocal query map/principles": best("first", "-c", code, repeat=15),
        "python -c pass": best("pass", "-c", "pass", repeat=15),
        "python, import pyoxigraph": best("import", "-c", "import pyoxigraph", repeat=15),
        "python, import rdflib": best("rdflib", "-c", "import rdflib", repeat=15),
    }
    for what, one in runs.items():
        bench.add("first answer", what, one)
    ours, _, oxigraph, rdflib = (one.seconds or 0 for one in runs.values())
    bench.mark(
        "first answer beside start and import", "at most 2.5", ours / oxigraph, lambda x: x <= 2.5
    )
    bench.mark("first answer beside importing rdflib", "below 1", ours / rdflib, lambda x: x < 1)


def lookup(bench: Bench) -> None:
    size = bench.size
    for job, what, mark in (
        ("lookup", "one lookup", 1),
        ("explain", "one explanation", 1000),
    ):
        slowest = 0.0
        for practices in (size.slow, size.middle, size.large):
            one = bench.ours(job, practices)
            ways = one.answer.get("ways", {}).items()
            note = ", ".join(f"{way} {seconds * 1e6:.0f} \u00b5s" for way, seconds in ways)
            bench.add(what, f"glocal_kg, {practices:,}", one, note)
            slowest = max(slowest, one.seconds or float("inf"))
        bench.mark(f"{what}, in ms", f"below {mark:,}", slowest * 1000, lambda x, m=mark: x < m)
