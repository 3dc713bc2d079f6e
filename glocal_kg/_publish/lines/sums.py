"""SHA256SUMS: the list of all files with their SHA-256, as ``sha256sum`` writes and checks it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) ([ *])([^\n]+)\n")


def sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> Iterator[str]:
    """The paths of all files under a folder, with ``/``, sorted; links are not followed."""
    found = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    ]
    return iter(sorted(found))


def write_sums(folder: Path) -> None:
    """Write ``SHA256SUMS`` over every other file of the folder."""
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files_in(folder) if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_sums(text: str) -> dict[str, str]:
    """The sums by file name.

    Raises ``ValueError`` with the number of the line where the text is not exactly what
    ``sha256sum`` writes, so that a change to the list itself does not pass.

    >>> read_sums("0" * 64 + "  all.nq\\n")["all.nq"] == "0" * 64
    True
    >>> read_sums("x")
    Traceback (most recent call last):
        ...
    ValueError: line 1 is not a SHA-256, two spaces and a file name
    """
    sums: dict[str, str] = {}
    marks: set[str] = set()
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number} is not a SHA-256, two spaces and a file name")
        digest, mark, name = match.groups()
        if name.endswith("\r"):
            raise ValueError(
                f"line {number} ends as on Windows (CRLF); sha256sum finds no such file"
            )
        marks.add(mark)
        if len(marks) > 1:
            raise ValueError(f"line {number} mixes text and binary marks")
        if name in sums:
            raise ValueError(f"line {number} repeats the file {name}")
        sums[name] = digest
    return sums
