"""Run every measurement with its peers and write one table: ``make bench``, or

    python -m benchmarks --size small      # up to 1,000 practices, each run once, no slow peers
    python -m benchmarks --size quick      # up to 1,000 practices, with slow peers at 100
    python -m benchmarks --size medium     # a quarter of an hour: slow peers at 200, each run once
    python -m benchmarks --size full       # an hour and more: slow peers at 1,000
    python -m benchmarks --size million    # only ours, a million practices: 14 GB, 6 GB on disk

Each run is a process of its own, the fastest of several counts, answers are compared before times
are, and whatever misses its mark is said to miss it.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import corpus
from benchmarks.agreement import compare
from benchmarks.measure import Run, best, machine, run

OURS, BRICK = "benchmarks.peers.ours", "benchmarks.peers.brick"
CLASSIC, OXIGRAPH = "benchmarks.peers.classic", "benchmarks.peers.oxigraph"
JUDGING = "benchmarks.peers.judging"
IMPORTING = "benchmarks.peers.importing"
PEERS = (
    "brickschema",
    "reasonable",
    "pyshifty",
    "owlrl",
    "pyshacl",
    "rdflib",
    "pyoxigraph",
    "krippendorff",
    "networkx",
    "rustworkx",
)


@dataclass(frozen=True)
class Size:
    """How many practices: for slow peers, for fast ones, and for what is ours alone.

    Without ``patient`` what takes minutes is left out, and the marks that rest on it.
    """

    slow: int
    middle: int
    large: int
    repeat: int
    patient: bool = True


SIZES = {
    "small": Size(slow=10, middle=100, large=1_000, repeat=1, patient=False),
    "quick": Size(slow=100, middle=300, large=1_000, repeat=2),
    "medium": Size(slow=200, middle=10_000, large=100_000, repeat=1),
    "full": Size(slow=1_000, middle=10_000, large=100_000, repeat=3),
}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    job: str
    what: str
    run: Run
    note: str = ""

    def text(self) -> str:
        seconds = f"{self.run.seconds:,.3f}" if self.run.seconds is not None else "-"
        peak = f"{self.run.peak_mb:,.0f}" if self.run.peak_mb is not None else "-"
        note = "; ".join(part for part in (self.note, self.run.failure) if part)
        processor = f"{self.run.processor:,.3f}" if self.run.processor is not None else "-"
        return f"| {self.job} | {self.what} | {seconds} | {processor} | {peak} | {note} |"


class Bench:
    """The rows of one run, printed as they come."""

    def __init__(self, size: Size, folder: Path) -> None:
        self.size = size
        self.folder = folder
        self.machine = machine()
        self.rows: list[Row] = []
        self.marks: list[tuple[str, str, str, bool]] = []

    def file(self, practices: int, suffix: str = ".ttl") -> str:
        path = self.folder / f"{practices}{suffix}"
        if not path.exists():
            corpus.write(path, practices)
        return str(path)

    def add(self, job: str, what: str, result: Run, note: str = "") -> Run:
        row = Row(job, what, result, note)
        self.rows.append(row)
        print(row.text(), flush=True)
        return result

    def mark(
        self, what: str, wanted: str, got: float | None, holds: Callable[[float], bool]
    ) -> None:
        shown = "a run did not finish" if got is None else f"{got:,.2f}"
        self.marks.append((what, wanted, shown, got is not None and holds(got)))

    def ours(self, job: str, practices: int, suffix: str = ".ttl", *more: str) -> Run:
        return best(
            job, "-m", OURS, job, self.file(practices, suffix), *more, repeat=self.size.repeat
        )


def ratio(slow: Run, fast: Run, scale: float = 1.0) -> float | None:
    """How many times faster, with the slow run scaled to the size of the fast one."""
    if slow.seconds is None or fast.seconds is None:
        return None
    return slow.seconds * scale / fast.seconds


def same(bench: Bench, job: str, key: str, *runs: Run) -> None:
    """Stop where peers that must agree do not: times of different answers say nothing."""
    found = {one.name: one.answer.get(key) for one in runs if one.seconds is not None}
    if len(set(found.values())) > 1:
        print(f"The answers of {job} differ, so their times are not compared: {found}")
        bench.marks.append((f"{job}: same {key}", "equal", str(found), False))


def agree(bench: Bench, peer: str, files: dict[str, str]) -> str:
    """What a peer's closure shares with ours; a mark is missed where it has a fact we have not."""
    if not (Path(files["ours"]).exists() and Path(files[peer]).exists()):
        return ""
    # reasonable gives literals back without their language
    found = compare(Path(files["ours"]), Path(files[peer]), literals=peer != "reasonable")
    if found.only_theirs:
        print(f"Only {peer} infers: {sorted(found.only_theirs)[:9]}")
    missed = len(found.only_theirs)
    bench.mark(f"facts that only {peer} infers", "none", missed, lambda x: x == 0)
    return f"{found.both:,} facts as we, {len(found.only_ours):,} left out"


def closure(bench: Bench) -> None:
    size = bench.size
    ours = {n: bench.ours("closure", n) for n in (size.slow, size.middle, size.large)}
    for practices, one in ours.items():
        bench.add("closure", f"glocal_kg, {practices:,} practices", one, _inferred(one))
    parse = best(
        "parse", "-m", OXIGRAPH, "parse", bench.file(size.large, ".nt"), repeat=size.repeat
    )
    bench.add("closure", f"pyoxigraph parse of {size.large:,}, the yardstick", parse)
    files = {name: str(bench.folder / f"{name}.nt") for name in ("ours", "reasonable", "owlrl")}
    for file in files.values():
        Path(file).unlink(missing_ok=True)
    run("ours", "-m", OURS, "closure", bench.file(size.slow), files["ours"])
    small = run("reasonable", "-m", BRICK, "closure", bench.file(size.slow), files["reasonable"])
    left_out = agree(bench, "reasonable", files)
    bench.add("closure", f"reasonable, {size.slow:,}", small, f"no property chains; {left_out}")
    reasonable = run("reasonable", "-m", BRICK, "closure", bench.file(size.middle))
    bench.add("closure", f"reasonable, {size.middle:,}", reasonable, "no property chains")
    if size.patient:
        owlrl = run("owlrl", "-m", CLASSIC, "closure", bench.file(size.slow), files["owlrl"])
        bench.add("closure", f"owlrl, {size.slow:,}", owlrl, agree(bench, "owlrl", files))
    half = ratio(ours[size.large], parse)
    bench.mark("closure beside parse", "at most 0.5 of its time", half, lambda x: x <= 0.5)
    faster = ratio(reasonable, ours[size.middle])
    bench.mark("closure beside reasonable", "25 times", faster, lambda x: x >= 25)
    grown = ratio(ours[size.large], ours[size.middle])
    bench.mark("closure, growth for ten times", "at most 12", grown, lambda x: x <= 12)
    peak = ours[size.large].peak_mb
    bench.mark("closure, memory in MB", "at most 2,000", peak, lambda x: x <= 2000)


def validation(bench: Bench) -> None:
    size = bench.size
    ours = {n: bench.ours("shapes", n) for n in (size.slow, size.middle, size.large)}
    for practices, one in ours.items():
        bench.add("validate, shapes", f"glocal_kg, {practices:,} practices", one, _found(one))
    checks = bench.ours("validate", size.middle)
    bench.add("validate, shapes and checks", f"glocal_kg, {size.middle:,}", checks, _found(checks))
    shifty = run("pyshifty", "-m", BRICK, "validate", bench.file(size.middle))
    bench.add("validate, shapes", f"pyshifty, {size.middle:,}", shifty, _found(shifty))
    pyshacl = run("pyshacl", "-m", CLASSIC, "validate", bench.file(size.slow))
    bench.add("validate, shapes", f"pyshacl, {size.slow:,}", pyshacl, _found(pyshacl))
    same(bench, "validation", "comparable", ours[size.middle], shifty)
    same(bench, "validation", "comparable", ours[size.slow], pyshacl)
    scale = size.large / size.middle
    faster = ratio(shifty, ours[size.large], scale)
    bench.mark("validation beside pyshifty (scaled)", "50 times faster", faster, lambda x: x >= 50)
    scaled = ratio(pyshacl, ours[size.large], size.large / size.slow)
    bench.mark("validation beside pyshacl (scaled)", "500 times faster", scaled, lambda x: x >= 500)
    grown = ratio(ours[size.large], ours[size.middle])
    bench.mark("validation, growth for ten times", "at most 12", grown, lambda x: x <= 12)
    peak = ours[size.large].peak_mb
    bench.mark("validation, memory in MB", "at most 2,000", peak, lambda x: x <= 2000)


def cold(bench: Bench) -> None:
    size = bench.size
    ours = {n: bench.ours("cold", n) for n in (size.slow, size.middle, size.large)}
    for practices, one in ours.items():
        bench.add("whole cold job", f"glocal_kg, {practices:,} practices", one)
    small = run("brickschema", "-m", BRICK, "cold", bench.file(size.slow))
    bench.add("whole cold job", f"brickschema 0.8, {size.slow:,}", small)
    brick = run("brickschema", "-m", BRICK, "cold", bench.file(size.middle), timeout=900)
    bench.add("whole cold job", f"brickschema 0.8, {size.middle:,}", brick)
    faster = ratio(brick, ours[size.middle])
    bench.mark("cold job beside brickschema", "30 times", faster, lambda x: x >= 30)
    if size.patient:
        classic = run("classic", "-m", CLASSIC, "cold", bench.file(size.slow), timeout=1800)
        bench.add("whole cold job", f"rdflib + owlrl + pyshacl, {size.slow:,}", classic)
        scaled = ratio(classic, ours[size.middle], size.middle / size.slow)
        bench.mark("cold job beside the classic (scaled)", "300 times", scaled, lambda x: x >= 300)
    grown = ratio(ours[size.large], ours[size.middle])
    bench.mark("cold job, growth for ten times", "at most 12", grown, lambda x: x <= 12)
    peak = ours[size.middle].peak_mb
    bench.mark("cold job, memory in MB", "at most 500", peak, lambda x: x <= 500)


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


def load(bench: Bench) -> None:
    size = bench.size
    for suffix in (".nt", ".ttl"):
        ours = bench.ours("load", size.large, suffix)
        file = bench.file(size.large, suffix)
        bulk = best("bulk", "-m", OXIGRAPH, "load", file, repeat=size.repeat)
        bench.add("parse to ready", f"glocal_kg, {size.large:,}, {suffix}", ours)
        bench.add("parse to ready", f"pyoxigraph bulk load, {suffix}", bulk)
        grown = ratio(ours, bench.ours("load", size.middle, suffix))
        bench.mark(f"load, growth for ten times, {suffix}", "at most 12", grown, lambda x: x <= 12)
        beside = ratio(ours, bulk)
        bench.mark(f"load beside bulk load, {suffix}", "at most 1.3", beside, lambda x: x <= 1.3)


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


def judging(bench: Bench) -> None:
    """Ratings, networks and maps, beside the peers of each."""

    def job(what: str, who: str, name: str, *told: str, repeat: int = bench.size.repeat) -> Run:
        one = best(name, "-m", JUDGING, name, *told, repeat=repeat)
        return bench.add(what, who, one)

    table = ("10000", "20")
    ours = job("alpha, 10,000 units by 20 raters", "glocal_kg", "alpha", *table)
    peer = job("alpha, 10,000 units by 20 raters", "krippendorff", "alpha-peer", *table)
    same(bench, "alpha", "alpha", ours, peer)
    bench.mark("alpha of 10,000 by 20, in s", "at most 1", ours.seconds, lambda x: x <= 1)
    grown = ratio(job("alpha, 100,000 units", "glocal_kg", "alpha", "100000", "20"), ours)
    bench.mark("alpha, growth for ten times", "at most 12", grown, lambda x: x <= 12)
    drawn = ("40", "5", "10000")
    ours = job("10,000 resamples of 40 by 5", "glocal_kg", "bootstrap", *drawn)
    if bench.size.patient:
        job("10,000 resamples of 40 by 5", "krippendorff", "bootstrap-peer", *drawn, repeat=1)
    bench.mark("10,000 resamples of 40 by 5, in s", "at most 5", ours.seconds, lambda x: x <= 5)
    quick = job("measures of 5,678 cities", "rustworkx", "betweenness", "rustworkx")
    if bench.size.patient:
        slow = job("measures of 5,678 cities", "networkx", "betweenness", "networkx", repeat=1)
        same(bench, "betweenness", "measures", quick, slow)
        faster = ratio(slow, quick)
        bench.mark("measures with rustworkx", "faster than networkx", faster, lambda x: x > 1)
    ours = job("world map, 10,000 partnerships", "glocal_kg", "world", "10000")
    bench.mark("world map of 10,000, in s", "at most 2", ours.seconds, lambda x: x <= 2)
    grown = ratio(job("world map, 100,000 partnerships", "glocal_kg", "world", "100000"), ours)
    bench.mark("world map, growth for ten times", "at most 12", grown, lambda x: x <= 12)


def importing(bench: Bench) -> None:
    """A workbook of one's own, beside what reading it takes, and matching by its marks."""
    ours: dict[int, Run] = {}
    for rows in (12_000, 120_000) if bench.size.patient else (12_000,):
        path = str(bench.folder / f"{rows}.xlsx")
        if not Path(path).exists():
            run("write", "-m", IMPORTING, "write", path, str(rows))
        ours[rows] = best("import", "-m", IMPORTING, "import", path, repeat=bench.size.repeat)
        note = f"{ours[rows].answer.get('facts', 0):,} facts"
        bench.add(f"import of {rows:,} x 22", "glocal_kg", ours[rows], note)
        if rows == 12_000:
            peer = best("read", "-m", IMPORTING, "read", path, repeat=bench.size.repeat)
            bench.add(f"reading {rows:,} x 22", "openpyxl, read-only", peer)
            beside = ratio(ours[rows], peer)
            bench.mark("import beside openpyxl", "at most 3", beside, lambda x: x <= 3)
    peak = ours[12_000].peak_mb
    bench.mark("import of 12,000 x 22, memory in MB", "at most 400", peak, lambda x: x <= 400)
    if bench.size.patient:
        grown = ratio(ours[120_000], ours[12_000])
        bench.mark("import, growth for ten times", "at most 12", grown, lambda x: x <= 12)
    for coordinates, right, wrong in (("with", 3900, 8), ("without", 3700, 20)):
        one = best("match", "-m", IMPORTING, "match", coordinates, repeat=1)
        told = f"{one.answer.get('right')} right, {one.answer.get('wrong')} wrong"
        bench.add(f"matching {coordinates} coordinates", "glocal_kg", one, told)
        found, missed = one.answer.get("right"), one.answer.get("wrong")
        bench.mark(
            f"right, {coordinates} coordinates", f"at least {right:,}", found,
            lambda x, m=right: x >= m,
        )  # fmt: skip
        bench.mark(
            f"wrong, {coordinates} coordinates", f"at most {wrong}", missed,
            lambda x, m=wrong: x <= m,
        )  # fmt: skip


def million(bench: Bench) -> None:
    file = bench.file(1_000_000, ".nt")
    for job, show in (("closure", _inferred), ("shapes", _found)):
        one = run(job, "-m", OURS, job, file, timeout=7200, memory=24 * 2**30)
        bench.add(job, "glocal_kg, 1,000,000 practices", one, show(one))


def _inferred(one: Run) -> str:
    return f"{one.answer['inferred']:,} inferred" if "inferred" in one.answer else ""


def _found(one: Run) -> str:
    return f"{one.answer['violations']:,} findings" if "violations" in one.answer else ""


def report(bench: Bench, size: str) -> str:
    """The tables as Markdown, with what they were measured on."""
    packages = []
    for name in PEERS:
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            packages.append(f"{name} not installed")
    lines = [
        f"# Measurements, size `{size}`",
        "",
        f"Made by `python -m benchmarks --size {size}` with Python {platform.python_version()} on"
        f" {platform.machine()}; {', '.join(packages)}. Seconds by the clock of the fastest of"
        f" {bench.size.repeat} runs (one for slow peers), seconds of the processor beside them,"
        " peak memory of the process in MB.",
        "",
        f"{bench.machine}.",
        "",
        "| mark | wanted | measured | |",
        "|---|---|---|---|",
        *(
            f"| {what} | {want} | {got} | {'met' if ok else '**missed**'} |"
            for what, want, got, ok in bench.marks
        ),
        "",
        "| job | what | seconds | processor | MB | |",
        "|---|---|---|---|---|---|",
        *(row.text() for row in bench.rows),
        "",
    ]
    return "\n".join(lines)


JOBS = {
    "first-answer": first_answer,
    "closure": closure,
    "validation": validation,
    "edit": edit,
    "lookup": lookup,
    "load": load,
    "cold": cold,
    "judging": judging,
    "importing": importing,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure every job with its peers.")
    parser.add_argument("--size", choices=[*SIZES, "million"], default="quick")
    parser.add_argument("--only", choices=JOBS, action="append", help="some jobs only")
    parser.add_argument("--out", type=Path, help="write the tables to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(SIZES.get(options.size, SIZES["full"]), Path(folder))
        print(bench.machine, flush=True)
        if options.size == "million":
            million(bench)
        else:
            for name in options.only or JOBS:
                JOBS[name](bench)
                if options.out:  # what is there so far, should the rest be interrupted
                    options.out.write_text(report(bench, options.size), encoding="utf-8")
        text = report(bench, options.size)
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    sys.exit(0 if all(ok for *_, ok in bench.marks) else 1)


if __name__ == "__main__":
    main()
