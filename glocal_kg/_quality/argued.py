"""Arguments: findings that are there for a reason, one line each.

A table with the columns ``item``, ``subject`` and ``argument``, separated by tabs. The subject is
an IRI, a prefixed name or the name of a file; ``*`` in it stands for anything. An argument whose
finding is gone is stale, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from os import PathLike
from pathlib import Path

from glocal_kg._quality.item import LAST, Fault
from glocal_kg._rdf.arguments import PATH, takes
from glocal_kg._study.vocab import shorten
from glocal_kg.errors import ReadError

HEADER = ["item", "subject", "argument"]
PACKAGED = Path(__file__).with_name("arguments.tsv")
"""The arguments for findings in the packaged ontology and data."""


@dataclass(frozen=True, slots=True)
class Argument:
    """Why the findings of an item about some subjects are as they should be.

    >>> not_yet = Argument(31, "https://example.org/*", "Not yet.")
    >>> not_yet.covers(31, Fault("https://example.org/onto", "It has no DOI."))
    True
    """

    item: int
    subject: str
    text: str

    def covers(self, number: int, finding: Fault) -> bool:
        """Whether it speaks of a finding."""
        names = (finding.subject, shorten(finding.subject))
        return self.item == number and any(fnmatchcase(name, self.subject) for name in names)


@takes(path=PATH)
def read_arguments(path: str | PathLike[str]) -> list[Argument]:
    """The arguments of a table; ``ReadError`` names the line that is none."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            f"The arguments cannot be read: {error}.", source=str(path), remedy="Check the path."
        ) from None
    found = []
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if (number == 1 and cells == HEADER) or not line.strip():
            continue
        if len(cells) != 3 or not all(cell.strip() for cell in cells):
            raise ReadError(
                "This is not item, subject and argument.",
                source=str(path), line=number, remedy="Separate three columns by tabs.",
            )  # fmt: skip
        if not cells[0].isdigit() or not 1 <= int(cells[0]) <= LAST:
            raise ReadError(
                f"There is no item '{cells[0]}'.",
                source=str(path), line=number, remedy=f"Items have numbers from 1 to {LAST}.",
            )  # fmt: skip
        found.append(Argument(int(cells[0]), cells[1].strip(), cells[2].strip()))
    return found


def argument_for(number: int, finding: Fault, arguments: Iterable[Argument]) -> Argument | None:
    """The first argument that covers a finding."""
    return next((one for one in arguments if one.covers(number, finding)), None)
