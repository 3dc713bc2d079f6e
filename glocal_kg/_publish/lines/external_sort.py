"""Sort any number of lines in bounded memory: sorted runs on disk, merged as they are read.

A release of millions of triples is a handful of sorts. Python compares text by code point,
which is also the order of the UTF-8 bytes, so the result depends on no locale.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from glocal_kg._rdf.deadline import looking

RUN_CHARACTERS = 32_000_000
"""Length of the text that is held in memory before a sorted run goes to disk."""


def sort_lines(
    lines: Iterable[str], folder: Path, run_characters: int = RUN_CHARACTERS
) -> Iterator[str]:
    """The distinct lines in code point order. ``folder`` holds the runs while they are merged.

    A line must not contain a line feed; N-Triples and N-Quads never do. All input is read
    before the first line comes out.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     list(sort_lines(["b", "a", "b", "é"], Path(folder), run_characters=2))
    ['a', 'b', 'é']
    """
    runs: list[Path] = []
    run: list[str] = []
    size = 0
    for line in looking(lines):
        run.append(line)
        size += len(line)
        if size >= run_characters:
            runs.append(_spill(run, folder))
            run, size = [], 0
    run.sort()
    if not runs:
        return distinct(iter(run))
    return _merge(runs, run)


def distinct(lines: Iterable[str]) -> Iterator[str]:
    """Sorted lines without the repeats.

    >>> list(distinct(["a", "a", "b"]))
    ['a', 'b']
    """
    last: str | None = None
    for line in lines:
        if line != last:
            yield line
            last = line


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file that ends every line with a line feed, and only with that."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in looking(file):
            yield line[:-1]


def _spill(run: list[str], folder: Path) -> Path:
    run.sort()
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=folder, suffix=".run", delete=False
    ) as file:
        file.writelines(line + "\n" for line in distinct(iter(run)))
    return Path(file.name)


def _merge(runs: list[Path], rest: list[str]) -> Iterator[str]:
    try:
        yield from distinct(heapq.merge(*(read_lines(path) for path in runs), iter(rest)))
    finally:
        for path in runs:
            path.unlink(missing_ok=True)
