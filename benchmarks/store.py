"""Measure the store by itself: each step with its memory, replacements, and kills.

python -m benchmarks.store whole corpus.nt 100000   # load, infer, ask, edit: and the memory
python -m benchmarks.store replace              # 1,500 replacements of 500 facts
python -m benchmarks.store kills 1000           # kill a writer so often; nothing may be lost
"""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

COUNT = "SELECT (COUNT(*) AS ?n) { ?p a glocal:Practice }"


def step(name: str, work: Callable[[], Any]) -> Any:
    """Run something and print what it took; gives its result."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    now = int(Path("/proc/self/statm").read_text().split()[1]) // 256
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    text = f"{name:28} {clock:9.4f} s, processor {processor:9.4f} s, {now} MB, peak {peak} MB"
    print(text, flush=True)
    return found


def whole(file: str, size: str) -> None:
    """Load, infer, ask and edit, with the memory after each."""
    import glocal_kg as gk
    from benchmarks.corpus import practice_quads

    kg = gk.load()
    step("add", lambda: kg.add(file))
    step("count", lambda: kg.query(COUNT))
    step("infer", kg.infer)
    step("count, first after infer", lambda: kg.query(COUNT))
    step("count again", lambda: kg.query(COUNT))
    for number in range(5):
        quads = practice_quads(number, int(size))
        for name, change in (("add", kg.add), ("remove", kg.remove)):
            step(f"{name} a practice", lambda change=change, quads=quads: change(quads))
            step("  infer", kg.infer)
            step("  count", lambda: kg.query(COUNT))


def replace() -> None:
    """1,500 replacements of 500 facts."""
    from pyoxigraph import Literal, NamedNode, Quad

    import glocal_kg as gk

    kg, p = gk.KnowledgeGraph(), NamedNode("urn:p")

    def some(start: int) -> None:
        for number in range(start, start + 100):
            quads = [Quad(NamedNode(f"urn:{n}"), p, Literal(str(number))) for n in range(500)]
            kg.replace(quads, graph="urn:g")

    for start in range(0, 1500, 100):
        step(f"replacements from {start}", lambda start=start: some(start))


WRITER = """
import sys
from pyoxigraph import Literal, NamedNode, Quad
from glocal_kg._rdf.store import disk, store as module
from glocal_kg._rdf.store.loading import numbered
from pathlib import Path
module.KEPT, disk.LONG = 40, 2000
store = disk.open_folder(Path(sys.argv[1]), write=True)
p, g = NamedNode("urn:p"), NamedNode("urn:g")
for number in range(int(sys.argv[2]), 10**9):
    new = [Quad(NamedNode(f"urn:s{number}"), p, Literal(str(n)), g) for n in range(number % 60 + 1)]
    store.edit(numbered(new, store.dictionary, g))
    print(number, flush=True)
"""


def kills(times: str) -> None:
    """Kill a writer at random moments; each change that it confirmed must be there in full."""
    from glocal_kg._rdf.store.checking import check_folder
    from glocal_kg._rdf.store.disk import open_folder
    from glocal_kg._rdf.store.facts import Facts

    chance, start = random.Random(0), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.glocal"
        made = open_folder(path, write=True, create=True)
        assert made.disk is not None
        made.disk.close(made.moment)
        for number in range(int(times)):
            run = [sys.executable, "-c", WRITER, str(path), str(start)]
            with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as writer:
                assert writer.stdout is not None
                assert writer.stdout.readline(), "the writer did not start"
                time.sleep(chance.random() / 20)
                writer.send_signal(signal.SIGKILL)
                confirmed = start + 1 + sum(1 for _ in writer.stdout)
            counts: dict[int, int] = {}
            for quad in Facts(open_folder(path, write=False).moment):
                n = int(quad.subject.value[5:])
                counts[n] = counts.get(n, 0) + 1
            assert len(counts) >= confirmed, "a confirmed change is lost"
            assert all(count == n % 60 + 1 for n, count in counts.items()), "half a change"
            assert not list(check_folder(path))
            start = len(counts)
            if number % 50 == 49:
                print(f"{number + 1} kills, {start} changes, nothing lost", flush=True)


if __name__ == "__main__":
    {"whole": whole, "replace": replace, "kills": kills}[sys.argv[1]](*sys.argv[2:])
