"""What a check of a release found."""

from __future__ import annotations

from collections.abc import Iterable
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


_ABSENT = " names a file that is not there"


def absent(path: str, by: str, check: str = "link") -> ReleaseFinding:
    """That something (``by``) names a file that the release does not have."""
    return ReleaseFinding(path, check, by + _ABSENT)


def together(findings: Iterable[ReleaseFinding]) -> list[ReleaseFinding]:
    """The findings in order, each once; a file that is not there is one, whoever names it.

    >>> for one in together([absent("a.nq", "SHA256SUMS", "files"), absent("a.nq", "the catalog")]):
    ...     print(one)
    a.nq: files: SHA256SUMS and the catalog name a file that is not there
    """
    found: list[ReleaseFinding] = []
    missing: dict[str, list[ReleaseFinding]] = {}
    for one in sorted(set(findings)):
        if one.message.endswith(_ABSENT):
            missing.setdefault(one.path, []).append(one)
        else:
            found.append(one)
    for path, several in missing.items():
        names = [one.message.removesuffix(_ABSENT) for one in several]
        told = names[0] + _ABSENT
        if len(names) > 1:
            told = f"{', '.join(names[:-1])} and {names[-1]}{_ABSENT.replace('names', 'name')}"
        found.append(ReleaseFinding(path, several[0].check, told))
    return sorted(found)
