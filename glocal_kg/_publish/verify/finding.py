"""What a check of a release found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class ReleaseFinding:
    """One thing that is wrong with a release.

    ``path`` is the file within the release, '' for the folder itself; ``check`` is the kind of
    check: files, checksum, syntax, graph, catalog, count, link, card or table.

    >>> print(ReleaseFinding("all.nq", "graph", "does not hold the same graph as all.ttl"))
    all.nq: graph: does not hold the same graph as all.ttl
    """

    path: str
    check: str
    message: str
    also: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The other checks that say the same."""

    def __str__(self) -> str:
        return f"{self.path or '.'}: {self.check}: {self.message}"


def number_in(text: object) -> int | None:
    """The number that a description gives, None where it gives none.

    Beyond 18 digits it is told as 10 to the 18th, which is as wrong of any release.

    >>> number_in("12"), number_in("9" * 5000) == 10**18, number_in("²")
    (12, True, None)
    """
    digits = str(text)
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) if len(digits) <= 18 else 10**18


def absent(path: str, by: str, check: str = "link") -> ReleaseFinding:
    """That something (``by``) names a file that the release does not have."""
    return ReleaseFinding(path, check, f"{by} names a file that is not there")


def other_sum(path: str, by: str, check: str) -> ReleaseFinding:
    """That a file has another sum than something (``by``) says."""
    return ReleaseFinding(path, check, f"its SHA-256 is not the one in {by}")


def other_size(path: str, by: str, check: str, said: int, found: int) -> ReleaseFinding:
    """That a file has another size than something (``by``) says."""
    return ReleaseFinding(path, check, f"{by} says {said} for its size, found {found}")


ODD = "this is a link or no plain file"
"""Of a file that is not looked into, so that to everything else it is not there."""
_ABSENT = re.compile("()(.+) names( a file that is not there)")
_SHARED = (
    (_ABSENT, "name"),
    (re.compile("(its SHA-256 is not the one in )(.+)()"), ""),
    (re.compile(r"()(.+) says( \d+ for its size, found \d+)"), "say"),
)
"""What several can say of one file: what stands before and behind their names, and the verb."""


def together(findings: Iterable[ReleaseFinding]) -> list[ReleaseFinding]:
    """The findings in order, each once; what several say of a file is one finding.

    >>> for one in together([absent("a.nq", "SHA256SUMS", "files"), absent("a.nq", "the catalog")]):
    ...     print(one)
    a.nq: files: SHA256SUMS and the catalog name a file that is not there
    """
    found: list[ReleaseFinding] = []
    shared: dict[tuple[str, str, str, str], list[tuple[str, ReleaseFinding]]] = {}
    kept = sorted(set(findings), key=lambda one: (one.path, one.check not in _FIRST, one))
    odd = {one.path for one in kept if one.message == ODD}
    for one in kept:
        met = [(said, verb) for form, verb in _SHARED if (said := form.fullmatch(one.message))]
        if not met:
            found.append(one)
        elif one.path not in odd:
            said, verb = met[0]
            shared.setdefault((one.path, said[1], said[3], verb), []).append((said[2], one))
    for (path, before, behind, verb), several in shared.items():
        names, first = [name for name, _ in several], several[0][1]
        told = first.message
        if len(names) > 1:
            by = f"{', '.join(names[:-1])} and {names[-1]}"
            told = f"{before}{by}{' ' * bool(verb)}{verb}{behind}"
        also = {one.check for _, one in several} - {first.check}
        found.append(ReleaseFinding(path, first.check, told, tuple(sorted(also))))
    return sorted(found)


_FIRST = ("files", "checksum")  # the list of sums is named before the cards
