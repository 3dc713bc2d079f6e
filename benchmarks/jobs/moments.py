"""What one edit, one lookup, one explanation and the first answer take."""

from __future__ import annotations

from benchmarks.bench import OURS, Bench
from benchmarks.measure import best, fastest, in_turns, run


def edit(bench: Bench) -> None:
    """One edit with all that follows: sizes in turns, of each the fastest of some rounds."""
    size = bench.size
    sizes = (size.slow, size.middle, size.large)
    jobs = [("edit", "-m", OURS, "edit", bench.file(n)) for n in sizes]
    rounds = in_turns(*jobs, rounds=max(size.repeat, 3))
    runs = dict(zip(sizes, map(fastest, rounds), strict=True))
    for practices, one in runs.items():
        kinds = {
            "added": "added", "removed": "removed", "slowest": "slowest",
            "own_added": "with a name of its own added", "own_removed": "removed",
        }  # fmt: skip
        told = ((what, one.answer.get(how)) for how, what in kinds.items())
        note = "; ".join(f"{what} {seconds:.3f} s" for what, seconds in told if seconds)
        bench.add("one practice added or removed", f"glocal_kg, {practices:,}", one, note)
    times = [one.seconds for one in runs.values() if one.seconds is not None]
    largest = max(times) * 1000 if len(times) == len(runs) else None
    bench.mark("one edit, in ms", "at most 10", largest, lambda x: x <= 10)
    spread = max(times) / min(times) if len(times) == len(runs) else None
    bench.mark("one edit, largest beside smallest", "at most 2 times", spread, lambda x: x <= 2)


ONE_THREAD = "import os; os.environ['OPENBLAS_NUM_THREADS'] = '1'; "
"""As the command has it: numpy's library for matrices starts no thread for each core."""
FLOOR = ONE_THREAD + "import numpy, pyoxigraph"
MODULES = (
    "import glocal_kg._cli.query, glocal_kg._graph.contents, glocal_kg._rdf.store.mapped, "
    "glocal_kg._rdf.sparql.answering, glocal_kg._rdf.sparql.parser"
)
ASK = "from glocal_kg._cli import main; main(['query', 'map/principles', '-f', 'csv'])"
SOURCES = "from glocal_kg._graph import checkpoint; checkpoint.is_current = lambda: False; "


def first_answer(bench: Bench) -> None:
    """The first answer of the command line, and what it consists of."""
    run("bytecode", "-m", "compileall", "-q", "glocal_kg")  # as an installed package has it
    run("checkpoint", "-m", "glocal_kg._graph.checkpoint")
    parts = {
        "glocal query map/principles": ASK,
        "python -c pass": "pass",
        "python, import pyoxigraph": "import pyoxigraph",
        "python, import numpy": "import numpy",
        "python, import numpy and pyoxigraph, one thread: the floor": FLOOR,
        "the floor and our modules": f"{FLOOR}; {MODULES}",
        "glocal query map/principles, from the sources": SOURCES + ASK,
        "python, import rdflib": "import rdflib",
    }
    runs = {what: best("first", "-c", code, repeat=15) for what, code in parts.items()}
    for what, one in runs.items():
        bench.add("first answer", what, one)
    # By the processor: it counts the threads of numpy too, and not what else the machine does.
    ours, _, oxigraph, _, floor, _, _, rdflib = (one.processor or 0 for one in runs.values())
    bench.mark(
        "first answer beside start and import", "at most 2.5", ours / oxigraph, lambda x: x <= 2.5
    )
    bench.mark("first answer beside importing rdflib", "below 1", ours / rdflib, lambda x: x < 1)
    bench.mark("first answer beside its floor", "at most 1.3", ours / floor, lambda x: x <= 1.3)


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
