"""The header of a sheet: which column is which, what is missing, and what is not imported."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from glocal_kg._glocal.corpus.findings.aside import MARKS
from glocal_kg._glocal.corpus.tables.address import address, column_of, letters
from glocal_kg._glocal.corpus.tables.headers import named_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.mapping import SheetMapping
    from glocal_kg._glocal.corpus.tables import Book, Sheet

_FARTHEST = 1 << 20  # no sheet has so many columns
_LETTERS = re.compile(r"\[?([A-Z]{1,3})\]?")


class Header(NamedTuple):
    """Columns by the names the mapping has for them, and what else the sheet holds.

    ``row`` is 0 where there is no header; ``width`` the number of columns, 0 where not known,
    and ``end`` where columns begin that no import reads. ``names`` has the texts of the header.
    """

    row: int
    columns: dict[str, int]
    missing: list[str]
    unmapped: list[str]
    width: int
    end: int
    names: list[str]


def find_header(book: Book, sheet: Sheet, given: SheetMapping, findings: Findings) -> Header:
    """The header by the mapping; columns that are missing or there twice are findings."""
    file = book.name
    row = 0 if sheet.header is not None else given.header
    names = list(sheet.header) if sheet.header is not None else titles(sheet, row)
    columns: dict[str, int] = {}
    missing = []
    keys = {part for thing in given.things for part in thing.key}
    for wanted in given.columns():
        at = [n for n, name in enumerate(names) if name == wanted]
        at = at or [n for n, name in enumerate(names) if _same(name, wanted)]
        lettered = _LETTERS.fullmatch(wanted)
        if not at and lettered and (given.header == 0 or wanted.startswith("[")):
            at = [column_of(lettered[1])]
        if len(at) == 1:
            columns[wanted] = at[0]
            continue
        if not at and sheet.tails is not None and wanted not in keys:
            # Objects may all leave out what they have no value for.
            columns[wanted] = len(names) + len(columns)
            findings.add(
                file, sheet.name, "", "column-missing", value=wanted, level="warning",
                suggestion="No object has it, so it is empty in all.",
            )  # fmt: skip
            continue
        missing.append(wanted)
        if at:
            findings.add(
                file, sheet.name, address(row, at[1]), "column-twice", value=wanted,
                suggestion=f"Name the column by its letter: [{letters(at[0])}].",
                row=row, column=at[1],
            )  # fmt: skip
        else:
            close = get_close_matches(wanted, names, 1)
            findings.add(
                file, sheet.name, f"{row}:{row}" if row else "", "column-missing", value=wanted,
                suggestion=f"Is it '{close[0]}' now?" if close else _hint(names),
            )  # fmt: skip
    used = set(columns.values())
    unmapped = [
        f"{letters(n)} {name}".strip() if sheet.tails is None else name
        for n, name in enumerate(names)
        if n not in used and name and name not in MARKS
    ]
    for name, at_column in columns.items():
        if at_column in sheet.hidden_columns:
            findings.add(
                file, sheet.name, address(max(row, 1), at_column), "hidden-column", value=name,
                suggestion="It is imported all the same: the mapping names it.",
                row=row, column=at_column,
            )  # fmt: skip
    own = names[: names.index(MARKS[0])] if MARKS[0] in names else names
    width = len(own)
    while width and not own[width - 1]:
        width -= 1
    end = len(own) if len(own) < len(names) else _FARTHEST
    return Header(row, columns, missing, unmapped, width if row else 0, end, names)


def titles(sheet: Sheet, row: int) -> list[str]:
    """The texts of the header's row, without what is empty at its end."""
    if row == 0:
        return []
    for found, names in named_rows(sheet, row):
        if found.number == row:
            while names and not names[-1]:
                names.pop()
            return names
    return []


def _same(name: str, wanted: str) -> bool:
    """Headers are alike when they differ in case, spaces and the mark of required ones."""
    return _plain(name) == _plain(wanted)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("*", "").split())


def _hint(names: list[str]) -> str:
    shown = ", ".join(name for name in names[:8] if name)
    if not shown:
        return "Say in which row the header is: header: 3."
    return f"The columns are {shown}{', ...' if len(names) > 8 else ''}."
