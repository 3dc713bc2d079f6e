"""One run of the measurements: its rows, its marks, and the tables it is told in."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import catalogue, corpus
from benchmarks.measure import Run, best, machine

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


OURS, BRICK = "benchmarks.peers.ours", "benchmarks.peers.brick"
CLASSIC, OXIGRAPH = "benchmarks.peers.classic", "benchmarks.peers.oxigraph"
SHAPES = {"practices": corpus.write, "catalogue": catalogue.write}


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


MET, MISSED, NOT_JUDGED = "met", "**missed**", "not judged: the mark is for"


@dataclass(frozen=True)
class Mark:
    """A figure beside what it should be, and whether it is."""

    what: str
    wanted: str
    got: str
    verdict: str


class Bench:
    """The rows of one run, printed as they come."""

    def __init__(self, size: Size, folder: Path) -> None:
        self.size = size
        self.folder = folder
        self.machine = machine()
        self.rows: list[Row] = []
        self.marks: list[Mark] = []

    def file(self, size: int, suffix: str = ".ttl", shape: str = "practices") -> str:
        """A corpus of one shape and size, written once: ``practices`` or ``catalogue``."""
        path = self.folder / f"{shape}-{size}{suffix}"
        if not path.exists():
            SHAPES[shape](path, size)
        return str(path)

    def add(self, job: str, what: str, result: Run, note: str = "") -> Run:
        row = Row(job, what, result, note)
        self.rows.append(row)
        print(row.text(), flush=True)
        return result

    def mark(
        self,
        what: str,
        wanted: str,
        got: float | None,
        holds: Callable[[float], bool],
        *,
        size: int = 0,
        least: int = 0,
    ) -> None:
        """Judge a figure; one of a smaller ``size`` than its mark is set for is only shown.

        A run that did not finish has missed its mark at every size.
        """
        if got is None:
            self.marks.append(Mark(what, wanted, "a run did not finish", MISSED))
            return
        verdict = MET if holds(got) else MISSED
        if size < least:
            verdict = f"{NOT_JUDGED} {least:,}"
        self.marks.append(Mark(what, wanted, f"{got:,.2f}", verdict))

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
        bench.marks.append(Mark(f"{job}: same {key}", "equal", str(found), MISSED))


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
        *(f"| {one.what} | {one.wanted} | {one.got} | {one.verdict} |" for one in bench.marks),
        "",
        "| job | what | seconds | processor | MB | |",
        "|---|---|---|---|---|---|",
        *(row.text() for row in bench.rows),
        "",
    ]
    return "\n".join(lines)
