"""Ratings, networks, maps and workbooks."""

from __future__ import annotations

from pathlib import Path

from benchmarks.bench import Bench, ratio, same
from benchmarks.measure import Run, best, run

JUDGING = "benchmarks.peers.judging"
IMPORTING = "benchmarks.peers.importing"


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
    for name in ("world map", "butterfly"):
        few, many = (
            job(f"{name} of a graph, {practices} practices", "glocal_kg", "drawn", name, practices)
            for practices in ("1000", "10000")
        )
        told = f"{name} of a graph with 10,000 practices"
        bench.mark(f"{told}, in s", "at most 2", many.seconds, lambda x: x <= 2)
        bench.mark(f"{told}, growth", "at most 12", ratio(many, few), lambda x: x <= 12)


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
