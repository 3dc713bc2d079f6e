"""Closing, validating, and the whole job from nothing, beside the engines of others."""

from __future__ import annotations

from pathlib import Path

from benchmarks.agreement import compare
from benchmarks.bench import BRICK, CLASSIC, OURS, OXIGRAPH, Bench, ratio, same
from benchmarks.measure import Run, best, run

HALF = 46.96 / 2
"""Half of what the cold job of 100,000 practices took in the first edition, in seconds."""


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
    large = {"size": size.large, "least": 100_000}
    bench.mark("closure beside parse", "at most 0.5 of its time", half, lambda x: x <= 0.5, **large)
    faster = ratio(reasonable, ours[size.middle])
    bench.mark(
        "closure beside reasonable", "25 times", faster, lambda x: x >= 25,
        size=size.middle, least=10_000,
    )  # fmt: skip
    grown = ratio(ours[size.large], ours[size.middle])
    bench.mark("closure, growth for ten times", "at most 12", grown, lambda x: x <= 12, **large)
    peak = ours[size.large].peak_mb
    bench.mark("closure, memory in MB", "at most 2,000", peak, lambda x: x <= 2000, **large)


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
    large = {"size": size.large, "least": 100_000}
    faster = ratio(shifty, ours[size.large], scale)
    bench.mark(
        "validation beside pyshifty (scaled)", "50 times faster", faster, lambda x: x >= 50, **large
    )
    scaled = ratio(pyshacl, ours[size.large], size.large / size.slow)
    bench.mark(
        "validation beside pyshacl (scaled)", "500 times faster", scaled, lambda x: x >= 500,
        **large,
    )  # fmt: skip
    grown = ratio(ours[size.large], ours[size.middle])
    bench.mark("validation, growth for ten times", "at most 12", grown, lambda x: x <= 12, **large)
    peak = ours[size.large].peak_mb
    bench.mark("validation, memory in MB", "at most 2,000", peak, lambda x: x <= 2000, **large)


def cold(bench: Bench) -> None:
    size = bench.size
    ours = {n: bench.ours("cold", n) for n in (size.slow, size.middle, size.large)}
    for practices, one in ours.items():
        bench.add("whole cold job", f"glocal_kg, {practices:,} practices", one)
    small = run("brickschema", "-m", BRICK, "cold", bench.file(size.slow))
    bench.add("whole cold job", f"brickschema 0.8, {size.slow:,}", small, _ended(small))
    brick = run("brickschema", "-m", BRICK, "cold", bench.file(size.middle), timeout=900)
    bench.add("whole cold job", f"brickschema 0.8, {size.middle:,}", brick, _ended(brick))
    faster = ratio(brick, ours[size.middle])
    middle = {"size": size.middle, "least": 10_000}
    large = {"size": size.large, "least": 100_000}
    bench.mark("cold job beside brickschema", "30 times", faster, lambda x: x >= 30, **middle)
    if size.patient:
        classic = run("classic", "-m", CLASSIC, "cold", bench.file(size.slow), timeout=1800)
        told = _ended(classic)
        bench.add("whole cold job", f"rdflib + owlrl + pyshacl, {size.slow:,}", classic, told)
        scaled = ratio(classic, ours[size.middle], size.middle / size.slow)
        bench.mark(
            "cold job beside the classic (scaled)", "300 times", scaled, lambda x: x >= 300,
            **middle,
        )  # fmt: skip
    grown = ratio(ours[size.large], ours[size.middle])
    bench.mark("cold job, growth for ten times", "at most 12", grown, lambda x: x <= 12, **large)
    peak = ours[size.middle].peak_mb
    bench.mark("cold job, memory in MB", "at most 500", peak, lambda x: x <= 500, **middle)
    bench.mark(
        f"cold job, {size.large:,} practices, in s", f"at most {HALF:.1f}",
        ours[size.large].seconds, lambda x: x <= HALF, **large,
    )  # fmt: skip


def million(bench: Bench) -> None:
    """Load, close, validate, check and ask a million practices, which nobody else can."""
    file = bench.file(1_000_000, ".nt")
    one = run("million", "-m", OURS, "everything", file, timeout=7200, memory=24 * 2**30)
    note = ", ".join(f"{step} {took:,} s" for step, took in one.answer.get("took", {}).items())
    bench.add("everything", "glocal_kg, 1,000,000 practices", one, f"{note}; {_found(one)}")
    peak = one.peak_mb if one.seconds is not None else None
    bench.mark("a million practices, memory in MB", "at most 16,000", peak, lambda x: x <= 16_000)


def _ended(one: Run) -> str:
    """What a peer did not answer in time, so that it would have taken longer than it did."""
    ended = one.answer.get("ended")
    return f"ended after a minute: {', '.join(ended)}" if ended else ""


def _inferred(one: Run) -> str:
    return f"{one.answer['inferred']:,} inferred" if "inferred" in one.answer else ""


def _found(one: Run) -> str:
    return f"{one.answer['violations']:,} findings" if "violations" in one.answer else ""
