"""XLSX: openpyxl's read-only mode for the workbook, and the sheet's XML for its cells.

Read-only mode streams, but does not tell merged cells, hidden rows, and formulas whose result
the file does not hold: an empty cell and an uncomputed one look alike. These are looked for in
the XML itself.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from typing import NamedTuple
from xml.etree import ElementTree

from glocal_kg._glocal.corpus.tables.address import column_of, corners
from glocal_kg._glocal.corpus.tables.cell import EMPTY, Book, Cell, Sheet, SheetRow
from glocal_kg._glocal.corpus.tables.sheetrows import RowReader
from glocal_kg._glocal.corpus.tables.sizes import COVERED, expect_small, within
from glocal_kg._rdf.extras import need
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any
    from zipfile import ZipFile

    from openpyxl.reader.excel import ExcelReader

_WIDEST = 500  # a merged area wider than this is a banner, and covers nothing that is data
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z0-9:$]+)\"")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>(0?)</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SIZE = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=\"[A-Z0-9]+:[A-Z]+([0-9]+)\"")
_REF = re.compile(rb"\br=\"([A-Z]+)([0-9]+)\"")


_BROKEN = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, ValueError, IndexError, OSError,
    OverflowError,
)  # fmt: skip


class _Marks(NamedTuple):
    """What a sheet's XML says beside its values."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[str, ...]
    special: dict[int, dict[int, Cell]]  # row -> column -> covered or uncomputed cell
    about: int  # the last row, as the file says it, which is not always right


def read(path: Path, data: bytes, sha256: str) -> Book:
    """The visible and hidden sheets of a workbook. Raises ``ReadError`` for a broken one."""
    need("openpyxl", "import", "A workbook", "save the sheet as CSV")
    from openpyxl.reader.excel import ExcelReader

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        expect_small(archive, len(data), str(path))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True)
            reader.read()
        parts, unsure = _parts(archive)
        sheets = [
            _sheet(reader, sheet.title, archive, parts, unsure, path)
            for sheet in reader.wb.worksheets
        ]
    except (*_BROKEN, KeyError) as error:
        raise ReadError(
            f"The workbook is broken: {error}.",
            source=str(path),
            remedy="Open it in a spreadsheet program and save it anew.",
        ) from None
    return Book(path, "xlsx", sha256, sheets)


def _sheet(
    reader: ExcelReader,
    title: str,
    archive: ZipFile,
    parts: dict[str, str],
    unsure: bool,
    path: Path,
) -> Sheet:
    marks = _marks(archive.read(parts[title]), unsure)
    return Sheet(
        title,
        _WorkbookRows(reader, title, archive, parts[title], marks, path),
        hidden=reader.wb[title].sheet_state != "visible",
        hidden_columns=marks.hidden_columns,
        merged=marks.merged,
        about=marks.about,
    )


class _WorkbookRows:
    """The rows of a sheet, read anew with each call."""

    def __init__(
        self,
        reader: ExcelReader,
        title: str,
        archive: ZipFile,
        part: str,
        marks: _Marks,
        path: Path,
    ) -> None:
        self._reader = reader
        self._title = title
        self._archive = archive
        self._part = part
        self._marks = marks
        self._path = path

    def __call__(self) -> Iterator[SheetRow]:
        hidden, special = self._marks.hidden_rows, self._marks.special
        # Rows of which the file has nothing may still be a part of a merged area.
        waiting = sorted(special, reverse=True)
        number = 0
        try:
            with self._archive.open(self._part) as xml:
                sheet: Any = self._reader.wb[self._title]
                reader = RowReader(sheet, self._reader.shared_strings)
                for number, cells in reader.rows(xml):
                    while waiting and waiting[-1] <= number:
                        row = waiting.pop()
                        if row < number:
                            yield SheetRow(row, _with(special[row], []), row in hidden)
                        else:
                            _with(special[row], cells)
                    yield SheetRow(number, cells, number in hidden)
                for row in reversed(waiting):
                    yield SheetRow(row, _with(special[row], []), row in hidden)
        except _BROKEN as error:
            raise ReadError(
                f"The sheet '{self._title}' is broken after row {number}: {error}.",
                source=str(self._path),
                remedy="Open it in a spreadsheet program and save it anew.",
            ) from None


def _with(special: dict[int, Cell], cells: list[Cell]) -> list[Cell]:
    """The cells of a row with those that its values do not tell."""
    for column, cell in special.items():
        cells += [EMPTY] * (column + 1 - len(cells))
        cells[column] = cell
    return cells


def _parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """The file of each sheet in the package, and whether stored results are out of date.

    A workbook that asks to be computed when it is opened was written by a program that does
    not compute; some of these store 0 as the result of every formula.
    """
    main = next(name for name in archive.namelist() if name.lower().endswith("workbook.xml"))
    folder = main.rpartition("/")[0]
    links = {}
    for link in ElementTree.fromstring(archive.read(f"{folder}/_rels/workbook.xml.rels")):
        target = link.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        links[link.get("Id")] = full
    parts, unsure = {}, False
    for element in ElementTree.fromstring(archive.read(main)).iter():
        if element.tag.endswith("}sheet"):
            key = next(value for name, value in element.attrib.items() if name.endswith("}id"))
            title = element.get("name", "")
            if title in parts:
                raise ValueError(f"two sheets are called '{title}'")
            if links[key] not in archive.namelist():
                raise ValueError(f"the sheet '{title}' is missing")
            parts[title] = links[key]
        elif element.tag.endswith("}calcPr"):
            unsure = element.get("fullCalcOnLoad") in ("1", "true")
    return parts, unsure


def _marks(xml: bytes, unsure: bool) -> _Marks:
    rows, columns = set(), set()
    if b"hidden=" in xml:
        for found in _ROW.finditer(xml):
            number = re.search(rb"\br=\"([0-9]+)\"", found.group())
            if number:
                rows.add(int(number.group(1)))
        for found in _COLUMN.finditer(xml):
            ends = [
                int(value) for value in re.findall(rb"\b(?:min|max)=\"([0-9]+)\"", found.group())
            ]
            columns |= set(range(min(ends) - 1, min(max(ends), 16384))) if ends else set()
    special: dict[int, dict[int, Cell]] = {}
    if b"<f" in xml or b":f" in xml:
        for found in _FORMULA.finditer(xml):
            place = _REF.search(found.group(1))
            text = b't="str"' in found.group(1)
            zero = found.group(2) == b"0"
            if place and not text and (not zero or unsure):
                row, column = int(place.group(2)), column_of(place.group(1).decode())
                special.setdefault(row, {})[column] = Cell("", "uncomputed")
    merged, covered = [], 0
    for found in _MERGED.finditer(xml):
        area = found.group(1).decode()
        merged.append(area)
        top, left, bottom, right = corners(area)
        if right - left > _WIDEST:
            continue
        covered += (right - left + 1) * (bottom - top + 1)
        within(covered, COVERED, "merged cells")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    special.setdefault(row, {})[column] = Cell(area.split(":")[0], "covered")
    size = _SIZE.search(xml, 0, 4000)
    return _Marks(
        frozenset(rows), frozenset(columns), tuple(merged), special, int(size[1]) if size else 0
    )
