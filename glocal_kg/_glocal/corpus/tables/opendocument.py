"""ODS: the cells of an OpenDocument spreadsheet, read straight from its XML.

The file itself holds what every cell shows, as a paragraph of text beside the stored value.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

from glocal_kg._glocal.corpus.tables.cell import Book, Cell, Sheet, SheetRow, is_error, text_cell
from glocal_kg._glocal.corpus.tables.sizes import (
    BLANKS,
    COLUMNS,
    COVERED,
    REPEATED,
    ROWS,
    count,
    expect_small,
    within,
)
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_COLUMNS = f"{_TABLE}number-columns-repeated"
_ROWS = f"{_TABLE}number-rows-repeated"


def read(path: Path, data: bytes, sha256: str) -> Book:
    """The sheets of a spreadsheet. Raises ``ReadError`` for a broken or locked one."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        expect_small(archive, len(data), str(path))
        root = ElementTree.fromstring(archive.read("content.xml"))
        named = [root]  # formats stand beside the cells, or among the styles of the whole
        if "styles.xml" in archive.namelist():
            named.append(ElementTree.fromstring(archive.read("styles.xml")))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, RuntimeError) as error:
        raise ReadError(
            f"The spreadsheet is broken or locked: {error}.",
            source=str(path),
            remedy="Open it in a spreadsheet program and save it anew, without a password.",
        ) from None
    styles = _date_styles(named)
    shown = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    tables = list(root.iter(f"{_TABLE}table"))
    return Book(path, "ods", sha256, [_sheet(table, styles, shown, path) for table in tables])


def _sheet(
    table: ElementTree.Element,
    styles: dict[str, frozenset[str]],
    shown: set[str | None],
    path: Path,
) -> Sheet:
    name = table.get(f"{_TABLE}name", "")
    try:
        columns, hidden_columns, column_styles = 0, set(), []
        for column in table.iter(f"{_TABLE}table-column"):
            times = int(column.get(_COLUMNS, "1"))
            if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                hidden_columns |= set(range(columns, columns + min(times, 1024)))
            column_styles.append((times, column.get(f"{_TABLE}default-cell-style-name", "")))
            columns += times
        merged = tuple(_merged(table))
    except ValueError as error:
        raise _broken(name, 0, error, path) from None
    return Sheet(
        name,
        _OpenDocumentRows(table, styles, column_styles, path),
        hidden=table.get(f"{_TABLE}style-name") in shown,
        hidden_columns=frozenset(hidden_columns),
        merged=merged,
    )


def _broken(name: str, row: int, error: ValueError, path: Path) -> ReadError:
    return ReadError(
        f"The sheet '{name}' is broken after row {row}: {error}.",
        source=str(path),
        remedy="Open it in a spreadsheet program and save it anew.",
    )


class _OpenDocumentRows:
    def __init__(
        self,
        table: ElementTree.Element,
        styles: dict[str, frozenset[str]],
        columns: list[tuple[int, str]],
        path: Path,
    ) -> None:
        self._table = table
        self._path = path
        self._styles = styles
        self._columns = columns

    def __call__(self) -> Iterator[SheetRow]:
        number = 0
        try:
            for row in self._rows():
                number = row.number
                yield row
        except ValueError as error:
            name = self._table.get(f"{_TABLE}name", "")
            raise _broken(name, number, error, self._path) from None

    def _rows(self) -> Iterator[SheetRow]:
        number = repeated = 0
        covers: dict[tuple[int, int], str] = {}
        waiting = 0  # empty rows, given out only where a row with something follows
        for row in self._table.iter(f"{_TABLE}table-row"):
            times = int(row.get(_ROWS, "1"))
            hidden = row.get(f"{_TABLE}visibility") in ("collapse", "filter")
            cells = self._cells(row, number + waiting + 1, covers)
            if all(cell.kind == "empty" for cell in cells):
                waiting += times
                continue
            within(number + waiting + times, ROWS, "rows")
            repeated += (times - 1) * len(cells)
            within(repeated, REPEATED, "cells that are repeated")
            for _ in range(waiting):
                number += 1
                yield SheetRow(number, [])
            waiting = 0
            for _ in range(times):
                number += 1
                yield SheetRow(number, cells, hidden)

    def _cells(
        self, row: ElementTree.Element, number: int, covers: dict[tuple[int, int], str]
    ) -> list[Cell]:
        cells: list[Cell] = []
        for element in row:
            times = int(element.get(_COLUMNS, "1"))
            if element.tag == f"{_TABLE}covered-table-cell":
                within(len(cells) + times, COLUMNS, "columns")
                first = [covers.get((number, len(cells) + step), "") for step in range(times)]
                cells += [Cell(name, "covered") for name in first]
                continue
            if element.tag != f"{_TABLE}table-cell":
                continue
            style = element.get(f"{_TABLE}style-name") or self._column_style(len(cells))
            cell = _cell(element, self._styles.get(style, frozenset()))
            if cell.kind == "empty" and times > 256:  # the empty rest of the sheet
                break
            within(len(cells) + times, COLUMNS, "columns")
            _cover(element, number, len(cells), covers)
            cells += [cell] * times
        while cells and cells[-1].kind == "empty":
            cells.pop()
        return cells

    def _column_style(self, column: int) -> str:
        for times, style in self._columns:
            if column < times:
                return style
            column -= times
        return ""


def _cell(element: ElementTree.Element, parts: frozenset[str]) -> Cell:
    kind = element.get(f"{_OFFICE}value-type")
    lines = ["".join(_words(paragraph)) for paragraph in element.findall(f"{_TEXT}p")]
    text = "\n".join(lines)
    formula = element.get(f"{_TABLE}formula") is not None
    if formula and kind is None and not text:
        return Cell("", "uncomputed")
    if is_error(text) or (formula and text.startswith(("#", "Err:"))):
        return Cell(text.strip(), "error")
    if kind in ("float", "currency", "percentage"):
        value = element.get(f"{_OFFICE}value", "")
        return Cell(_shown_number(text, value, kind), "number")
    if kind == "boolean":
        yes = element.get(f"{_OFFICE}boolean-value") == "true"
        return Cell("TRUE" if yes else "FALSE", "boolean")
    if kind == "date":
        return _date(element.get(f"{_OFFICE}date-value", ""), parts)
    if kind == "time":
        return Cell(text, "time")
    return text_cell(text)


def _shown_number(text: str, value: str, kind: str) -> str:
    """The stored digits, in the dress of what is shown: zeros before, a percent sign."""
    from glocal_kg._glocal.corpus.tables.number_formats import digits

    try:
        plain = digits(float(value)) if not value.lstrip("-").isdigit() else value
    except ValueError:
        return text
    if kind == "percentage":
        from decimal import Decimal

        return digits(float(Decimal(value) * 100)) + "%"
    if text.isdigit() and plain.isdigit() and int(text) == int(plain):
        return text
    return plain


def _date(value: str, parts: frozenset[str]) -> Cell:
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return Cell(value, "error")
    if "year" in parts and "month" not in parts and "day" not in parts:
        return Cell(value[:4], "year", day)
    if "year" in parts and "day" not in parts:
        return Cell(value[:7], "month", day)
    if parts and "year" not in parts and "month" in parts:
        return Cell(f"--{value[5:10]}", "day", day)
    clock = value[11:19]
    if clock and clock != "00:00:00" and (not parts or "hours" in parts):
        return Cell(f"{value[:10]}T{clock}", "moment", day)
    return Cell(value[:10], "date", day)


def _date_styles(roots: list[ElementTree.Element]) -> dict[str, frozenset[str]]:
    """Which parts of a date the cells of a style show."""
    shown = {
        style.get(f"{_STYLE}name", ""): frozenset(
            part.tag.rpartition("}")[2] for part in style if part.tag.startswith(_NUMBER)
        )
        for root in roots
        for style in root.iter(f"{_NUMBER}date-style")
    }
    return {
        style.get(f"{_STYLE}name", ""): shown.get(
            style.get(f"{_STYLE}data-style-name", ""), frozenset()
        )
        for root in roots
        for style in root.iter(f"{_STYLE}style")
    }


def _words(paragraph: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph, with its spaces, tabs and line breaks, without comments."""
    yield paragraph.text or ""
    for child in paragraph:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            yield " " * count(child.attrib, f"{_TEXT}c", BLANKS, "blanks beside each other")
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name != "annotation":
            yield from _words(child)
        yield child.tail or ""


def _cover(
    element: ElementTree.Element, row: int, column: int, covers: dict[tuple[int, int], str]
) -> None:
    from glocal_kg._glocal.corpus.tables.address import address

    down = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
    right = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
    if down * right > 1:
        within(len(covers) + down * right, COVERED, "merged cells")
        for step in range(down):
            for side in range(right):
                covers[row + step, column + side] = address(row, column)


def _merged(table: ElementTree.Element) -> Iterator[str]:
    from glocal_kg._glocal.corpus.tables.address import address

    number = 0
    for row in table.iter(f"{_TABLE}table-row"):
        number += 1
        column = 0
        for element in row:
            down = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
            right = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
            if down * right > 1:
                last = address(number + down - 1, column + right - 1)
                yield f"{address(number, column)}:{last}"
            column += int(element.get(_COLUMNS, "1"))
        number += int(row.get(_ROWS, "1")) - 1
