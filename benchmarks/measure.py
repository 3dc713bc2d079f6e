"""Run one job in a process of its own: its time, processor time, peak memory and answer.

A job prints one line of JSON at its end: what it found (``answer``, compared between peers before
times are) and, where it measures a part of itself, that part's ``seconds``
by the clock and of the ``processor``.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 12 * 2**30
"""The address space a job may take, in bytes, unless said otherwise."""


@dataclass(frozen=True)
class Run:
    """One measured run: seconds of the job by the clock, peak memory in MB, what it answered, and
    seconds of the processor, where they are known."""

    name: str
    seconds: float | None
    peak_mb: float | None
    answer: dict[str, Any] = field(default_factory=dict)
    failure: str = ""
    processor: float | None = None


def run(name: str, *command: str, timeout: float = 3600, memory: int = MEMORY) -> Run:
    """Run a command as a child; the last line it prints is its answer in JSON, if it is one.

    ``memory`` bounds its address space, in bytes: some peers otherwise take the whole machine.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, *command],
            stdout=out,
            stderr=err,
            cwd=ROOT,
            env=_environment(),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
        )
        deadline = start + timeout
        status, usage = 0, None
        while usage is None:
            pid, status, seen = os.wait4(child.pid, os.WNOHANG)
            if pid:
                usage = seen
            elif time.perf_counter() > deadline:
                child.kill()
                os.wait4(child.pid, 0)
                return Run(name, None, None, failure=f"stopped after {timeout:.0f} s")
            else:
                time.sleep(0.001)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines = out.read().strip().splitlines()
        peak = usage.ru_maxrss / 1024
        if child.returncode:
            reason = (err.read().strip().splitlines() or ["no message"])[-1]
            return Run(name, None, peak, failure=f"exit code {child.returncode}: {reason[:120]}")
    try:
        answer = json.loads(lines[-1]) if lines else {}
    except json.JSONDecodeError:
        answer = {}
    if not isinstance(answer, dict):
        answer = {}
    if "seconds" in answer:  # of a part; the processor time of all the process is not that part's
        part, spent = float(answer.pop("seconds")), answer.pop("processor", None)
        return Run(name, part, peak, answer, processor=spent)
    return Run(name, seconds, peak, answer, processor=usage.ru_utime + usage.ru_stime)


def machine() -> str:
    """What the times of a run depend on beside the code; asked for before the run.

    Cores that this process may use, whether Python keeps compiled modules, and the load.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    kept = "not written (PYTHONDONTWRITEBYTECODE)" if sys.dont_write_bytecode else "written"
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    return f"cores: {cores}; bytecode: {kept}; load before the run (1, 5, 15 minutes): {load}"


def best(name: str, *command: str, repeat: int = 3, timeout: float = 3600) -> Run:
    """The fastest of several runs; a failure ends it at once."""
    runs: list[Run] = []
    for _ in range(repeat):
        runs.append(run(name, *command, timeout=timeout))
        if runs[-1].seconds is None:
            return runs[-1]
    return fastest(runs)


def fastest(runs: Sequence[Run]) -> Run:
    """The fastest of some runs; where one has failed, that."""
    return min(runs, key=lambda one: one.seconds or 0.0)


def in_turns(*jobs: tuple[str, ...], rounds: int = 3) -> list[list[Run]]:
    """The runs of several jobs, of each one after the other in every round.

    Jobs that are compared should have like minutes: on a machine that is shared, the same job
    takes up to twice as long a minute later.
    """
    every = [[run(*job) for job in jobs] for _ in range(rounds)]
    return [list(runs) for runs in zip(*every, strict=True)]


def beside(ours: Sequence[Run], theirs: Sequence[Run]) -> float | None:
    """How many times as long ours took as theirs of the same round, in the median round."""
    pairs = [(one.seconds, other.seconds) for one, other in zip(ours, theirs, strict=True)]
    found = [mine / other for mine, other in pairs if mine is not None and other is not None]
    return median(found) if len(found) == len(pairs) else None


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
