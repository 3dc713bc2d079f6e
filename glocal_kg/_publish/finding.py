"""What a check of a release found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class ReleaseFinding:
    """One thing that is wrong with a release.

    ``path`` is the file within the release, '' for the folder itself; ``check`` is the kind of
    check: files, checksum, syntax, graph, catalog, count, link, card or table.

    >>> print(ReleaseFinding("all.nq", "checksum", "its SHA-256 is not the one listed"))
    all.nq: checksum: its SHA-256 is not the one listed
    """

    path: str
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or '.'}: {self.check}: {self.message}"
