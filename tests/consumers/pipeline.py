"""A pipeline of many files: a pool of processes, and no file can break it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import glocal_kg as gk

NAMED = "SELECT ?x ?label { ?x a glocal:Practice ; rdfs:label ?label } ORDER BY ?label"


@dataclass(frozen=True)
class Done:
    """What became of a file: a table, its first row, and a report."""

    name: str
    table: gk.Table
    first: gk.Row
    report: gk.Report


_loaded: list[gk.KnowledgeGraph] = []


def work(file: Path) -> Done:
    """One file beside the packaged graph, which each process loads once."""
    if not _loaded:
        _loaded.append(gk.load())
    with _loaded[0].copy() as kg:
        kg.add(file)
        table = kg.select(NAMED)
        report = kg.validate(checks=False)
        report.raise_for_violations()
        return Done(file.name, table, table[0], report)


def run(files: list[Path], processes: int = 2) -> Iterator[Done | gk.GlocalError]:
    """The results in the order of the files, errors among them."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: list[Future[Done]] = [pool.submit(work, file) for file in files]
        for one in waiting:
            error = one.exception()
            if isinstance(error, gk.GlocalError):
                yield error
            else:
                yield one.result()
