"""A workbook copied row by row, so that no workbook is too large: values, formulas and formats
of numbers as they are, without colors, widths and drop-downs."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

from glocal_kg._glocal.corpus.tables.address import corners
from glocal_kg._rdf.writing.whole_file import write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from openpyxl.workbook import Workbook

    from glocal_kg._glocal.corpus.tables import Book

_WIDEST = 500  # a merged area wider than this is a banner, and covers nothing that is data
# What XML cannot hold, and so no workbook; a control character has a picture in Unicode.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def harmless(text: str) -> str:
    """Text that a workbook can hold: control characters as their pictures, within its limit.

    >>> harmless("Lyon\\x1fMilan")
    'Lyon␟Milan'
    """
    return _HARMFUL.sub(_pictured, text)[:32767]


def _pictured(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "\r":
        return ""
    return chr(0x2400 + ord(sign)) if sign < " " else "\ufffd"


def titled(name: str) -> str:
    """The name of a sheet as a workbook takes it, which a file of text need not have.

    >>> titled("twins[1]")
    'twins(1)'
    """
    marks = str.maketrans({"[": "(", "]": ")", **dict.fromkeys("\\*?:/", "-")})
    return harmless(name).translate(marks).strip("'")[:31] or "table"


def save(workbook: Workbook, path: Path) -> None:
    """Write a workbook whole or not at all: what fails halfway leaves no file that none opens."""
    held = io.BytesIO()
    workbook.save(held)
    write_whole(path, held.getvalue())


class Copied(NamedTuple):
    """A row that is copied: its number in the workbook, the cells of its copy (None where there
    is nothing), and by column, from 0, what the first cell of a merged area holds."""

    number: int
    cells: list[Any]
    covered: dict[int, Any]


class Copy:
    """A copy that is written while the workbook is read."""

    def __init__(self, book: Book) -> None:
        import openpyxl

        self._book = book
        self._source = openpyxl.load_workbook(io.BytesIO(book.path.read_bytes()), read_only=True)
        self.target: Workbook = openpyxl.Workbook(write_only=True)

    def sheet(self, name: str) -> Any:
        """An empty sheet of the copy, shown or hidden as that of the workbook."""
        made: Any = self.target.create_sheet(name)
        made.sheet_state = self._source[name].sheet_state
        return made

    def rows(
        self, name: str, made: Any, wanted: Callable[[int], bool] = lambda row: True
    ) -> Iterator[Copied]:
        """The rows of a sheet that are ``wanted``, by their numbers, as cells of the copy, which
        are still to be appended to it."""
        from openpyxl.cell import WriteOnlyCell

        sheet: Any = self._source[name]
        sheet.reset_dimensions()
        covered, firsts = self._covered(name)
        starts: dict[int, list[tuple[int, int]]] = {}
        for top, left in firsts:
            starts.setdefault(top, []).append((top, left))
        for number, row in enumerate(sheet.iter_rows(), 1):
            for top, left in starts.get(number, ()):
                firsts[top, left] = row[left].value if left < len(row) else None
            if not wanted(number):
                continue
            cells: list[Any] = []
            for cell in row:
                value = cell.value
                if value is None:
                    cells.append(None)
                    continue
                copy = WriteOnlyCell(made, value)
                if cell.data_type in ("s", "e"):  # a text that begins with = is no formula
                    copy.data_type = cell.data_type
                copy.number_format = cell.number_format
                cells.append(copy)
            within = covered.get(number, {})
            yield Copied(number, cells, {at: firsts[first] for at, first in within.items()})

    def _covered(
        self, name: str
    ) -> tuple[dict[int, dict[int, tuple[int, int]]], dict[tuple[int, int], Any]]:
        """By row and column the first cell of the area that covers a cell; and these cells."""
        sheet = self._book.sheet(name)
        covered: dict[int, dict[int, tuple[int, int]]] = {}
        firsts: dict[tuple[int, int], Any] = {}
        for area in sheet.merged if sheet else ():
            top, left, bottom, right = corners(area)
            if right - left > _WIDEST:
                continue
            firsts[top, left] = None
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        covered.setdefault(row, {})[column] = (top, left)
        return covered, firsts
