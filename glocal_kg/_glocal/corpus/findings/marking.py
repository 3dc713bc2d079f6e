"""A copy of the workbook with the cells of findings marked, to correct them where they are."""

from __future__ import annotations

import io
from pathlib import Path

from glocal_kg._glocal.corpus.findings.copying import Copy, harmless, save, titled
from glocal_kg._glocal.corpus.findings.finding import COLUMNS
from glocal_kg._glocal.corpus.tables import SheetRow
from glocal_kg._glocal.corpus.tables.books import with_ending
from glocal_kg._rdf.extras import need
from glocal_kg._rdf.writing.whole_file import expect_other

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from openpyxl.workbook import Workbook

    from glocal_kg._glocal.corpus.findings.finding import Findings, ImportFinding
    from glocal_kg._glocal.corpus.tables import Book

    _Marked = dict[str, dict[int, dict[int, list[ImportFinding]]]]  # by sheet, row and column

_COLORS = {"error": "F4B6B0", "question": "F9DC9C", "warning": "FFF3B0", "note": "DCE9F5"}
_SHEET = "findings"
_WHOLE = 1_000_000  # cells of a workbook that is copied with all its looks: half a gigabyte
_PLAIN = (
    "The workbook has more than a million cells, so this copy has its values, formulas and formats"
    " of numbers alone, without widths, colors and drop-downs: correct the workbook itself by it."
)
_COMMENTED = 5000  # cells with a comment; a workbook with many more is slow to open
_UNCOMMENTED = (
    f"Of the marked cells the first {_COMMENTED:,} have a comment; the sheet of findings lists all."
)


def mark(book: Book, findings: Findings, path: str | Path) -> Path:
    """Write a workbook with every cell of a finding colored and commented; returns its path.

    A table that is no XLSX is copied as text, cell by cell, and of a workbook of more than a
    million cells values, formulas and formats of numbers alone. A sheet named findings lists all,
    and says so where the copy is not whole.
    """
    path = with_ending(Path(path), ".xlsx")
    expect_other(path, book.path, "the table that was imported")
    marked: dict[str, dict[int, dict[int, list[ImportFinding]]]] = {}
    for finding in findings:
        if finding.row and finding.column is not None:
            rows = marked.setdefault(finding.sheet, {}).setdefault(finding.row, {})
            rows.setdefault(finding.column, []).append(finding)
    told = remarks(book, findings)
    copy = _by_rows(book, marked) if _is_large(book) else _whole(book, marked)
    name = _SHEET
    while name in copy.sheetnames:
        name += " of the import"
    listed: Any = copy.create_sheet(name)
    from openpyxl.cell import WriteOnlyCell

    header = dict(zip(COLUMNS, COLUMNS, strict=True))
    for values in (*({"remark": remark} for remark in told), header, *findings.rows()):
        cells = [WriteOnlyCell(listed, harmless(value)) for value in values.values()]
        for cell in cells:
            cell.data_type = "s"  # also what begins with =
        listed.append(cells)
    save(copy, path)
    return path


def remarks(book: Book, findings: Findings) -> tuple[str, ...]:
    """What a marked copy leaves out, a sentence each."""
    cells = {(f.sheet, f.row, f.column) for f in findings if f.row and f.column is not None}
    many = len(cells) > _COMMENTED
    return (_PLAIN,) * _is_large(book) + (_UNCOMMENTED,) * many


def _is_large(book: Book) -> bool:
    return book.format == "xlsx" and _cells(book) > _WHOLE


def _cells(book: Book) -> int:
    """About how many cells a workbook has."""
    wide = [len(next(sheet.rows(), SheetRow(0, [])).cells) for sheet in book.sheets]
    return sum(w * sheet.about for w, sheet in zip(wide, book.sheets, strict=True))


def _whole(book: Book, marked: _Marked) -> Workbook:
    from openpyxl.cell.cell import MergedCell

    copy = _copy(book)
    brush = _Brush()
    for sheet, rows in marked.items():
        for row, columns in rows.items() if titled(sheet) in copy.sheetnames else ():
            for column, found in columns.items():
                cell = copy[titled(sheet)].cell(row, column + 1)
                if not isinstance(cell, MergedCell):
                    brush.mark(cell, found)
    return copy


def _by_rows(book: Book, marked: _Marked) -> Workbook:
    from openpyxl.cell import WriteOnlyCell

    copy, brush = Copy(book), _Brush()
    for sheet in book.sheets:
        made = copy.sheet(sheet.name)
        rows = marked.get(sheet.name, {})
        for number, cells, _ in copy.rows(sheet.name, made):
            for column, found in rows.get(number, {}).items():
                cells += [None] * (column + 1 - len(cells))
                cell = cells[column] or WriteOnlyCell(made, None)
                brush.mark(cell, found)
                cells[column] = cell
            made.append(cells)
    return copy.target


class _Brush:
    """Colors and comments cells."""

    def __init__(self) -> None:
        from openpyxl.styles import PatternFill

        self._fills = {
            level: PatternFill("solid", fgColor=color) for level, color in _COLORS.items()
        }
        self._comments = 0

    def mark(self, cell: Any, found: list[ImportFinding]) -> None:
        from openpyxl.comments import Comment

        worst = min(found, key=lambda finding: list(_COLORS).index(finding.level))
        cell.fill = self._fills[worst.level]
        if self._comments >= _COMMENTED:
            return
        self._comments += 1
        words = [
            f"{finding.level}: expected {finding.expected}. {finding.suggestion}".strip()
            for finding in found
        ]
        cell.comment = Comment(harmless("\n".join(words)), "glocal")


def _copy(book: Book) -> Workbook:
    need("openpyxl", "import", "A workbook")
    import openpyxl

    if book.format == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(book.path.read_bytes()))
    copy = openpyxl.Workbook()
    copy.remove(copy.worksheets[0])
    for sheet in book.sheets:
        made = copy.create_sheet(titled(sheet.name))
        # Rows of JSON and YAML have no header of their own; their marks are by row all the same.
        for row in sheet.rows():
            for column, cell in enumerate(row.cells, 1):
                if cell.text:
                    made.cell(row.number, column, harmless(cell.text)).data_type = "s"
    return copy
