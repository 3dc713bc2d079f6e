"""A copy of the workbook with the cells of findings marked, to correct them where they are."""

from __future__ import annotations

import io
from pathlib import Path

from glocal_kg._glocal.corpus.findings.finding import COLUMNS
from glocal_kg._rdf.extras import need

TYPE_CHECKING = False
if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from glocal_kg._glocal.corpus.findings.finding import Findings, ImportFinding
    from glocal_kg._glocal.corpus.tables import Book

_COLORS = {"error": "F4B6B0", "question": "F9DC9C", "warning": "FFF3B0", "note": "DCE9F5"}
_SHEET = "findings"
_COMMENTED = 5000  # cells with a comment; a workbook with many more is slow to open


def mark(book: Book, findings: Findings, path: str | Path) -> Path:
    """Write a workbook with every cell of a finding colored and commented; returns its path.

    A table that is no XLSX is copied as text, cell by cell. A sheet named findings lists all.
    """
    path = Path(path).with_suffix(".xlsx")
    copy = _copy(book)
    marked: dict[tuple[str, int, int], list[ImportFinding]] = {}
    for finding in findings:
        if finding.row and finding.column is not None:
            marked.setdefault((finding.sheet, finding.row, finding.column), []).append(finding)
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fills = {level: PatternFill("solid", fgColor=color) for level, color in _COLORS.items()}
    for number, ((sheet, row, column), found) in enumerate(marked.items()):
        if sheet not in copy.sheetnames:
            continue
        cell = copy[sheet].cell(row, column + 1)
        if isinstance(cell, MergedCell):
            continue
        worst = min(found, key=lambda finding: list(_COLORS).index(finding.level))
        cell.fill = fills[worst.level]
        if number < _COMMENTED:
            words = [
                f"{finding.level}: expected {finding.expected}. {finding.suggestion}".strip()
                for finding in found
            ]
            cell.comment = Comment("\n".join(words), "glocal")
    name = _SHEET
    while name in copy.sheetnames:
        name += " of the import"
    listed = copy.create_sheet(name)
    listed.append(COLUMNS)
    for values in findings.rows():
        listed.append([_plain(value) for value in values.values()])
    copy.save(path)
    return path


def _copy(book: Book) -> Workbook:
    need("openpyxl", "import", "A workbook")
    import openpyxl

    if book.format == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(book.path.read_bytes()))
    copy = openpyxl.Workbook()
    copy.remove(copy.worksheets[0])
    for sheet in book.sheets:
        made = copy.create_sheet(sheet.name[:31])
        # Rows of JSON and YAML have no header of their own; their marks are by row all the same.
        for row in sheet.rows():
            for column, cell in enumerate(row.cells, 1):
                if cell.text:
                    made.cell(row.number, column, _plain(cell.text)).data_type = "s"
    return copy


def _plain(text: str) -> str:
    """Text that a workbook can hold: without control characters, within its limit."""
    kept = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
    return kept[:32767]
