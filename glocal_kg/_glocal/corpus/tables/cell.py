"""What a table is made of: books of sheets, sheets of rows, rows of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from glocal_kg._glocal.corpus.tables.address import address
from glocal_kg._rdf.escaping import file_name, file_stem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

Kind = Literal[
    "empty",  # nothing, or nothing but spaces
    "text",
    "number",
    "boolean",
    "date",
    "month",  # a date that shows its year and month
    "year",  # a date that shows its year alone
    "day",  # a date that hides its year
    "time",  # a time of day or a duration
    "moment",  # a date with a time
    "list",  # several values in one cell of JSON or YAML
    "error",  # #REF! and its like
    "uncomputed",  # a formula whose result the file does not hold
    "covered",  # part of a merged area, not its first cell
]


class Cell(NamedTuple):
    """A cell: ``text`` is what it shows, ``kind`` what the file says it is.

    ``day`` is the date of cells that hold one; ``parts`` the texts of a list.
    """

    text: str
    kind: Kind = "text"
    day: date | None = None
    parts: tuple[str, ...] = ()


PART = 1 << 20  # parts of a cell are numbered past all columns: the cell's, and PART for each
EMPTY = Cell("", "empty")

# What spreadsheets show where a formula fails, in the language of the one who saved them; a copy
# saved as CSV has the words alone. Most end in a mark; for a value not available some do not.
_FAILED = re.compile(
    r"#[¡¿]?[^\W\d_][\w./]*[!?]|#[^\W\d_]/[^\W\d_]|#(?:NV|YOK|HIÁNYZIK|N/DISP\.?|NEDOSTUPNÝ"
    r"|NENÍ_K_DISPOZICI|GETTING_DATA)|Err ?:\d{3}|#{3,}"  # the last: a column that is too narrow
)


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows where there is no value, for a formula failed.

    >>> [is_error(text) for text in ("#N/A", "#¡VALOR!", "#NV", "#DÉJÀ VU", "#love!")]
    [True, True, True, False, False]
    """
    text = text.strip()
    return bool(_FAILED.fullmatch(text)) and (text[0] == "E" or text == text.upper())


def text_cell(text: str) -> Cell:
    """A cell of plain text; the words of a failed formula fail here as they do in a workbook.

    >>> text_cell("00123").text, text_cell(" ").kind, text_cell("#N/A").kind
    ('00123', 'empty', 'error')
    """
    if not text or text.isspace():
        return EMPTY
    if text[0] in "#E " and is_error(text):
        return Cell(text.strip(), "error")
    return Cell(text)


class SheetRow(NamedTuple):
    """A row: its number as a spreadsheet counts, its cells, and whether it is hidden.

    ``pointer`` is the place of the row's object in a file of JSON or YAML ("" elsewhere).
    """

    number: int
    cells: list[Cell]
    hidden: bool = False
    pointer: str = ""

    def cell(self, column: int) -> Cell:
        """The cell of a column, from 0; an empty one past the row's end."""
        return self.cells[column] if column < len(self.cells) else EMPTY


class Trouble(NamedTuple):
    """Something the reader of a file met that a person has to know (see ``findings.rules``)."""

    rule: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    suggestion: str = ""


@dataclass
class Sheet:
    """A sheet: ``rows`` goes through the file anew each time, so that no sheet fills memory."""

    name: str
    rows: Callable[[], Iterator[SheetRow]]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()  # areas, as A1:B3
    header: tuple[str, ...] | None = None  # names of columns that the format itself has
    tails: tuple[tuple[int, str], ...] | None = None  # of JSON and YAML; see place
    about: int = 0  # how many rows there are, as far as that is known: to tell how far one is

    def place(self, row: SheetRow, column: int) -> str:
        """Where a cell is, as a person finds it: A1, or a JSON pointer.

        For the latter ``tails`` has, of each column, how many parts of the row's pointer lead
        to the object that holds the value, and what follows.
        """
        column %= PART
        if self.tails is None:
            return address(row.number, column)
        depth, tail = self.tails[column] if column < len(self.tails) else (99, "")
        parts = row.pointer.split("/")[: depth + 1]
        return "/".join([*parts, tail]) if tail else "/".join(parts)


@dataclass
class Book:
    """A file of one or more sheets, with its checksum and what its reader met."""

    path: Path
    format: Literal["csv", "xlsx", "ods", "json", "yaml"]
    sha256: str
    sheets: list[Sheet]
    troubles: list[Trouble] = field(default_factory=list)
    # How delimited text was read, for files written beside it
    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def name(self) -> str:
        """The name of the file, as text."""
        return file_name(self.path)

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return file_stem(self.path)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
