"""A corpus as a folder: its files of facts, each with its size and checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from glocal_kg.errors import ReadError

SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of a corpus: where it is, its name within the folder, its size, its SHA-256."""

    path: Path
    name: str
    size: int
    sha256: str


def corpus_files(folder: str | PathLike[str]) -> list[CorpusFile]:
    """The files of facts in a folder and below it, or the one file, in the order of their names.

    Hidden files are left out. Raises ``ReadError`` where there is none.
    """
    root = Path(folder)
    paths = [root] if root.is_file() else sorted(root.rglob("*"))
    found = []
    for path in paths:
        parts = path.relative_to(root).parts if path != root else (path.name,)
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and path.suffix.lower() in SUFFIXES and not hidden:
            data = path.read_bytes()
            name = "/".join(parts)
            found.append(CorpusFile(path, name, len(data), hashlib.sha256(data).hexdigest()))
    if not found:
        raise ReadError(
            "There is no file of facts here.",
            source=str(folder),
            remedy=f"Facts are in {', '.join(SUFFIXES)} files; glocal import makes them.",
        )
    return sorted(found, key=lambda one: one.name)
