"""Cells of a row as they are read: what stops them, and what is told of a whole column."""

from __future__ import annotations

from glocal_kg._glocal.corpus.mapping.dates import time_of
from glocal_kg._glocal.corpus.mapping.text_values import invisible
from glocal_kg._glocal.corpus.tables import EMPTY
from glocal_kg._glocal.corpus.tables.address import corners

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.mapping import Mapping
    from glocal_kg._glocal.corpus.tables import Book, Cell, Sheet, SheetRow

# Words and numbers by which people say that there is no value. NA is not among them: it is
# the code of Namibia, and of North America.
PLACEHOLDERS = frozenset(
    ("-", "--", "---", "–", "—", "?", "??", ".", "..", "/", "n/a", "n.a.", "n.a", "null", "none",
     "nil", "nan", "tbd", "tbc", "unknown", "not available", "not applicable", "no data", "k.a.",
     "s/d", "n.d.", "nd")
)  # fmt: skip
NUMBERS = frozenset(("999", "9999", "99999", "-99", "-999", "-9999", "999999"))


class CellReader:
    """Gives the cells of one sheet, and tells what is wrong with them, each thing once."""

    def __init__(self, book: Book, sheet: Sheet, mapping: Mapping, findings: Findings) -> None:
        self._file = book.name
        self._sheet = sheet
        self._merged = mapping.merged
        self._findings = findings
        self._firsts: dict[str, Cell] = {}  # the first cells of merged areas
        self._starts = {area.split(":")[0] for area in sheet.merged}
        self.merges = bool(self._starts)
        self._counted: dict[tuple[str, int, str], tuple[SheetRow, int]] = {}
        self._told: set[tuple[int, int, str]] = set()
        self._cells_told: set[tuple[int, int]] = set()
        self.delimited = book.format == "csv"

    def read(self, row: SheetRow, column: int) -> Cell | None:
        """The cell of a column; None where it cannot be read, which is told."""
        cell = row.cells[column] if column < len(row.cells) else EMPTY
        kind = cell.kind
        if kind == "text":
            text = cell.text
            if text[0].isspace() or text[-1].isspace():
                self._count("spaces", row, column, "")
                cell = cell._replace(text=text.strip())
        elif kind == "error":
            narrow = not cell.text.strip("#")
            self.add(
                row, column, "error-cell", value=cell.text,
                suggestion="The column was too narrow: widen it, and save the table anew."
                if narrow else "Correct the formula or the value it needs.",
            )  # fmt: skip
            return None
        elif kind == "uncomputed":
            self.add(
                row, column, "uncomputed",
                suggestion="Open the workbook in a spreadsheet program and save it.",
            )  # fmt: skip
            return None
        elif kind == "covered":
            return self._covered(row, column, cell)
        if self._starts:
            place = self._sheet.place(row, column)
            if place in self._starts:
                self._firsts[place] = cell
        return cell

    def _covered(self, row: SheetRow, column: int, cell: Cell) -> Cell | None:
        if self._merged == "repeat":
            return self._firsts.get(cell.text) or self._outside(cell.text)
        if self._merged == "first":
            return EMPTY
        self.add(
            row, column, "merged",
            expected=f"a cell of its own, not a part of the merged cell {cell.text}",
            suggestion="Say merged: repeat (each cell has the value) or merged: first.",
        )  # fmt: skip
        return None

    def _outside(self, start: str) -> Cell:
        """The first cell of an area that begins in a column that is not read."""
        top, left, _, _ = corners(start)
        for row in self._sheet.rows():
            if row.number == top:
                self._firsts[start] = row.cell(left)
                return row.cell(left)
        return EMPTY

    def look(self, row: SheetRow, column: int, text: str) -> bool:
        """Tell what is odd about a text that is imported; True where nothing is."""
        if len(text) < 15 and text.lower() in PLACEHOLDERS:
            self._count("placeholder", row, column, text)
            return False
        if not (text.isascii() and text.isprintable()):
            hidden = invisible(text)
            if hidden:
                self.add(
                    row, column, "invisible-mark", value=f"{text} ({hidden})",
                    suggestion="Type the text anew.",
                )  # fmt: skip
                return False
        return True

    def look_number(self, row: SheetRow, column: int, text: str) -> bool:
        """Tell of a number by which people mean none; True for others."""
        if text in NUMBERS:
            self._count("placeholder", row, column, text)
            return False
        return True

    def look_time(self, row: SheetRow, column: int, text: str) -> bool:
        """Tell of a day whose time is not kept; True for others."""
        if len(text) > 10 and time_of(text):
            self._count("time-left-out", row, column, "")
            return False
        return True

    def told(self, row: SheetRow, column: int, rule: str = "") -> bool:
        """Whether there is a finding on a cell, by one rule or any."""
        if rule:
            return (row.number, column, rule) in self._told
        return (row.number, column) in self._cells_told

    def add(
        self,
        row: SheetRow,
        column: int,
        rule: str,
        *,
        value: str = "",
        expected: str = "",
        suggestion: str = "",
    ) -> None:
        """Add a finding on a cell, once by each rule."""
        key = (row.number, column, rule)
        if key in self._told:
            return
        self._told.add(key)
        self._cells_told.add((row.number, column))
        self._findings.add(
            self._file,
            self._sheet.name,
            self._sheet.place(row, column),
            rule,
            value=value,
            expected=expected,
            suggestion=suggestion,
            row=row.number,
            column=column,
        )

    def _count(self, rule: str, row: SheetRow, column: int, text: str) -> None:
        key = (rule, column, text)
        first, count = self._counted.get(key, (row, 0))
        self._counted[key] = (first, count + 1)

    def close(self) -> None:
        """Tell what was counted by column: once each, at the first cell."""
        for (rule, column, text), (row, count) in self._counted.items():
            cells = "This cell has" if count == 1 else f"{count} cells of the column have"
            told = f"{cells} spaces around the text, which were cut."
            if rule == "time-left-out":
                text = row.cell(column).text
                told = (
                    f"{cells} a time of day, which was left out: the day is that which is written."
                )
            if rule == "placeholder":
                told = (
                    f'{cells} this value, which was imported; say missing: ["{text}"] in the'
                    " mapping if it means that there is none."
                )
            self.add(row, column, rule, value=text, suggestion=told)
