"""The rows of a worksheet's XML as cells.

openpyxl knows the workbook: its sheets, texts, styles and dates. Its rows, made of a dictionary
and an object for each cell, take three times as long as these.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree

from glocal_kg._glocal.corpus.tables.address import column_of
from glocal_kg._glocal.corpus.tables.cell import EMPTY, Cell
from glocal_kg._glocal.corpus.tables.number_formats import show
from glocal_kg._glocal.corpus.tables.sizes import COLUMNS, ROWS, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any
    from xml.etree.ElementTree import Element

_DIGITS = "0123456789"
_TEXTS = ("s", "inlineStr", "str")


class _Style(NamedTuple):
    """The number format of cells, and whether it shows a date or a duration."""

    format: str
    date: bool
    duration: bool


class RowReader:
    """Reads the rows of one sheet; texts and styles that come again are looked up once."""

    def __init__(self, sheet: Any, strings: list[str]) -> None:
        self._sheet = sheet
        self._strings = strings  # of the workbook, which cells name by their number
        self._styles: dict[str | None, _Style] = {}
        self._texts: dict[str, Cell] = {}
        self._columns: dict[str, int] = {}

    def rows(self, xml: IO[bytes]) -> Iterator[tuple[int, list[Cell]]]:
        """The number and the cells of each row that the file holds, down to the last filled."""
        number = 0
        for _, element in ElementTree.iterparse(xml):
            if not element.tag.endswith("}row"):
                continue
            written = element.get("r")
            number = int(float(written)) if written else number + 1
            within(number, ROWS, "rows")
            yield number, self._cells(element, element.tag[:-3])
            element.clear()

    def _cells(self, row: Element, namespace: str) -> list[Cell]:
        value_tag, inline_tag = namespace + "v", namespace + "is"
        cells: list[Cell] = []
        texts, columns = self._texts, self._columns
        column = -1
        for element in row:
            place = element.get("r")
            if place:
                letters = place.rstrip(_DIGITS)
                known = columns.get(letters)
                if known is None:
                    known = columns[letters] = column_of(letters)
                    within(known + 1, COLUMNS, "columns")
                column = known
            else:
                column += 1
            text: str | None
            kind = element.get("t", "n")
            if kind == "inlineStr":
                text = _inline(element.find(inline_tag), namespace)
            else:
                text = element.findtext(value_tag)
                if kind == "s" and text:
                    text = self._strings[int(text)]
            if not text:
                cell = EMPTY
            elif kind in _TEXTS:
                found = texts.get(text)
                cell = texts[text] = show(text, None) if found is None else found
            else:
                cell = self._valued(kind, text, element.get("s"))
            if column > len(cells):
                cells += [EMPTY] * (column - len(cells))
            if column == len(cells):
                cells.append(cell)
            else:
                cells[column] = cell
        return cells

    def _valued(self, kind: str, text: str, style: str | None) -> Cell:
        """The cell of a number, a date, true or false, or an error."""
        if kind == "e":
            return Cell(text, "error")
        if kind == "b":
            return Cell("FALSE" if text == "0" else "TRUE", "boolean")
        shown = self._styles.get(style) or self._style(style)
        if kind == "d":
            from openpyxl.utils.datetime import from_ISO8601

            return show(from_ISO8601(text), shown.format)  # type: ignore[no-untyped-call]  # has no types
        number = float(text) if "." in text or "e" in text or "E" in text else int(text)
        return self._dated(number, shown) if shown.date else show(number, shown.format)

    def _dated(self, number: float, style: _Style) -> Cell:
        from openpyxl.utils.datetime import from_excel

        epoch = self._sheet.parent.epoch
        try:
            return show(from_excel(number, epoch, timedelta=style.duration), style.format)
        except (OverflowError, ValueError):
            return Cell("#VALUE!", "error")  # a day that no calendar has

    def _style(self, style: str | None) -> _Style:
        from openpyxl.cell.read_only import ReadOnlyCell
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format

        cell = ReadOnlyCell(self._sheet, 1, 1, None, style_id=int(style or 0))
        format = str(cell.number_format)
        found = _Style(format, is_date_format(format), is_timedelta_format(format))
        self._styles[style] = found
        return found


def _inline(element: Element | None, namespace: str) -> str:
    """The text of a cell that holds it itself, whole or in runs of one format each."""
    if element is None:
        return ""
    plain = element.findtext(namespace + "t") or ""
    if len(element) == 1 and plain:
        return plain
    runs = (run.findtext(namespace + "t") or "" for run in element.iter(namespace + "r"))
    return plain + "".join(runs)
