"""The rows that were set aside, in a file that imports alone once it is corrected."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from glocal_kg._glocal.corpus.findings.copying import Copy, harmless, save, titled
from glocal_kg._glocal.corpus.tables.address import address
from glocal_kg._glocal.corpus.tables.books import written_like
from glocal_kg._glocal.corpus.templates.sheets import ABOUT, COLUMNS
from glocal_kg._rdf.extras import need
from glocal_kg._rdf.writing.csv_text import csv_text
from glocal_kg._rdf.writing.whole_file import expect_other, write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from glocal_kg._glocal.corpus.tables import Book, Cell, Sheet

# Columns beside the rows set aside, which no import reads: the row it was, and what to correct.
MARKS = ("# row set aside", "# why set aside")
ASKED = "#N/A"  # what a spreadsheet shows where a value is not known
_SAYS = (ABOUT, COLUMNS, COLUMNS.strip("_"))  # the sheets that say what a template is


def set_aside(
    book: Book,
    rows: Mapping[str, set[int]],
    headers: Mapping[str, int],
    merged: str,
    path: str | Path,
    why: Mapping[tuple[str, int], str],
) -> Path:
    """Write rows of sheets (by name: their numbers) as the file had them; returns the path.

    ``headers`` has the row of each sheet's header, 0 for none; what stands above the header
    and the header itself are written too, so that the same mapping reads the new file, and of
    templates the sheets that say what it is. ``merged`` is what the mapping says of merged
    cells; ``why`` tells for sheet and row why it was set aside, and stands beside it where the
    sheet has a header. Delimited text stays so, workbooks become XLSX, lists JSON, folders folders.
    """
    path = written_like(book, Path(path))
    wanted = {sheet.name: rows[sheet.name] for sheet in book.sheets if rows.get(sheet.name)}
    kept = _KeptRows(book, wanted, headers, merged, why)
    expect_other(path, book.path, "the table that was imported")
    if book.format == "csv" and len(book.sheets) > 1:
        path.mkdir(parents=True, exist_ok=True)
        for name in kept.names:
            _delimited(book, kept, name, path / f"{name}.csv")
    elif book.format == "csv":
        _delimited(book, kept, next(iter(wanted)), path)
    elif book.format in ("xlsx", "ods"):
        (_workbook if book.format == "xlsx" else _from_texts)(book, kept, path)
    else:
        lists = [
            f"{json.dumps(name, ensure_ascii=False)}: [\n"
            + ",\n".join(_objects(sheet, numbers, kept))
            + "\n]"
            for name, numbers in wanted.items()
            if (sheet := book.sheet(name)) is not None
        ]
        write_whole(path, "{" + ",\n".join(lists) + "}\n")
    return path


class _KeptRows:
    """Which rows of which sheets are written, and what becomes of merged cells in them."""

    def __init__(
        self,
        book: Book,
        wanted: dict[str, set[int]],
        headers: Mapping[str, int],
        merged: str,
        why: Mapping[tuple[str, int], str],
    ) -> None:
        self.names = [
            sheet.name for sheet in book.sheets if sheet.name in wanted or sheet.name in _SAYS
        ]
        self._wanted = wanted
        self._headers = headers
        self._merged = merged
        self._why = why
        self._widths = {name: _width(book.sheet(name), headers.get(name, 0)) for name in wanted}

    def marks(self, name: str, row: int, before: str = "") -> Iterator[tuple[int, str]]:
        """The columns, from 0, and the texts that say which row it was, and why it is here.

        ``before`` is the number it had in a file that was set aside itself.
        """
        header = self._headers.get(name, 0)
        if not header or row < header or name not in self._widths:
            return
        texts = MARKS if row == header else (before or str(row), self._why.get((name, row), ""))
        yield from enumerate(texts, self._widths[name])

    def why(self, name: str, row: int) -> str:
        """Why a row was set aside."""
        return self._why.get((name, row), "")

    def width(self, name: str) -> int:
        """Where these columns begin; 0 where a sheet has none."""
        return self._widths.get(name, 0) if self._headers.get(name, 0) else 0

    def has(self, name: str, row: int) -> bool:
        """Whether a row of a sheet is written."""
        return (
            name in _SAYS
            or row <= self._headers[name]
            or row in self._wanted.get(name, frozenset())
        )

    def covered(self, name: str, row: int, first: object) -> object:
        """What stands in a cell that was covered by a merged one: an error, if that was asked.

        The area is no more, and an empty cell would import as one. Banners stay as they are.
        """
        if row <= self._headers.get(name, 0):
            return None
        return {"repeat": first, "first": None}.get(self._merged, ASKED if first else None)


def _delimited(book: Book, kept: _KeptRows, name: str, path: Path) -> None:
    sheet = book.sheet(name)
    assert sheet is not None
    table: list[list[str]] = []
    for row in sheet.rows():
        if kept.has(name, row.number):
            texts = [cell.text for cell in row.cells]
            width = kept.width(name)
            marks = [text for _, text in kept.marks(name, row.number, "".join(texts[width:][:1]))]
            if marks:
                texts = [*texts[:width], *[""] * (width - len(texts)), *marks]
            table.append(texts)
    encoding = "utf-8" if book.encoding.startswith("utf") else book.encoding
    # Rows are as they were read; only what is said beside them may have other letters.
    text = csv_text(table, delimiter=book.delimiter)
    write_whole(path, text.encode(encoding, "replace"))


def _width(sheet: Sheet | None, header: int) -> int:
    """How many columns of its own a sheet has: those of its header and of longer rows."""
    wide = 0
    for row in sheet.rows() if sheet and header else ():
        texts = [cell.text.strip() for cell in row.cells]
        while texts and not texts[-1]:
            texts.pop()
        if row.number == header and MARKS[0] in texts:
            return texts.index(MARKS[0])
        wide = max(wide, len(texts))
    return wide


def _workbook(book: Book, kept: _KeptRows, path: Path) -> None:
    """Values, formulas and formats as they are in the workbook."""
    from openpyxl.cell import WriteOnlyCell

    copy = Copy(book)
    for name in kept.names:
        made = copy.sheet(name)
        width = kept.width(name)
        for number, cells, covered in copy.rows(name, made, partial(kept.has, name)):
            for column, first in covered.items():
                value: Any = kept.covered(name, number, first)
                cells += [None] * (column + 1 - len(cells))
                cells[column] = None if value is None else WriteOnlyCell(made, value)
            before = cells[width] if width < len(cells) else None
            for column, text in kept.marks(name, number, str(before.value if before else "")):
                cells += [None] * (column + 1 - len(cells))
                told = cells[column] = WriteOnlyCell(made, harmless(text))
                told.data_type = "s"
            made.append(cells)
    save(copy.target, path)


def _from_texts(book: Book, kept: _KeptRows, path: Path) -> None:
    need("openpyxl", "import", "A workbook")
    import openpyxl

    target = openpyxl.Workbook()
    target.remove(target.worksheets[0])
    for name in kept.names:
        made = target.create_sheet(titled(name))
        place = 0
        sheet = book.sheet(name)
        firsts: dict[str, str] = {}
        for row in sheet.rows() if sheet else ():
            for column, cell in enumerate(row.cells):
                firsts[address(row.number, column)] = cell.text
            if not kept.has(name, row.number):
                continue
            place += 1
            for column, cell in enumerate(row.cells, 1):
                text: Any = harmless(cell.text)
                if cell.kind == "covered":
                    text = kept.covered(name, row.number, firsts.get(cell.text))
                if text:
                    made.cell(place, column, text).data_type = "e" if text == ASKED else "s"
            before = row.cell(kept.width(name)).text
            for column, text in kept.marks(name, row.number, before):
                made.cell(place, column + 1, harmless(text)).data_type = "s"
    save(target, path)


def _objects(sheet: Sheet, numbers: set[int], kept: _KeptRows) -> list[str]:
    """Rows as objects whose names are the paths of the columns, so that they read the same."""
    names = sheet.header or ()
    found = []
    for row in sheet.rows():
        if row.number in numbers:
            pairs = [
                f"{json.dumps(name, ensure_ascii=False)}: {_value(cell)}"
                for name, cell in zip(names, row.cells, strict=True)
                if cell.kind != "empty" and name not in MARKS
            ]
            told = (str(row.number), kept.why(sheet.name, row.number))
            pairs += [
                f"{json.dumps(name)}: {json.dumps(text, ensure_ascii=False)}"
                for name, text in zip(MARKS, told, strict=True)
            ]
            found.append(" {" + ", ".join(pairs) + "}")
    return found


def _value(cell: Cell) -> str:
    if cell.kind in ("number", "boolean"):
        return cell.text
    if cell.kind == "list":
        return json.dumps(cell.parts, ensure_ascii=False)
    return json.dumps(cell.text, ensure_ascii=False)
