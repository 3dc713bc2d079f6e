"""What a sample of a table shows: where its header is, and of which type its columns are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from glocal_kg._glocal.corpus.mapping.cellvalue import CellProblem
from glocal_kg._glocal.corpus.mapping.mapping import CellStyle, MappedProperty
from glocal_kg._glocal.corpus.mapping.text_values import read_value
from glocal_kg._glocal.corpus.tables.address import corners, letters
from glocal_kg._glocal.corpus.tables.headers import named_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping.mapping import Type
    from glocal_kg._glocal.corpus.tables import Cell, Sheet, SheetRow

_SAMPLE = 2000  # rows looked at
_HEAD = 30  # rows among which the header is looked for


class ColumnSample(NamedTuple):
    """What a sample of a column shows."""

    name: str
    letter: str
    filled: int
    distinct: int
    texts: Counter[str]
    type: str
    odd: list[tuple[str, int]]  # texts that do not fit its type, and how often


def width(sheet: Sheet) -> int:
    """How many columns the first rows have."""
    return max((len(row.cells) for row in islice(sheet.rows(), 30)), default=0)


def header_of(sheet: Sheet) -> int:
    """The first row whose cells are all texts, none of them twice, and as many as later rows';
    the one below it, where that has the names of columns which a merged cell is above."""
    named = list(named_rows(sheet, _HEAD))
    rows = [row for row, _ in named]
    wide = max((len(row.cells) for row in rows), default=0)
    for at, row in enumerate(rows):
        texts = [cell.text for cell in row.cells if cell.text and cell.kind != "covered"]
        if len(texts) >= max(1, wide * 0.6) and _are_names(texts):
            if _like(row, rows[at + 1 :]):
                return 0
            parted = any(_is_second_line(sheet, row, *below) for below in named[at + 1 : at + 2])
            return row.number + parted  # True is one more
    return 0


def _is_second_line(sheet: Sheet, above: SheetRow, row: SheetRow, names: list[str]) -> bool:
    """Whether a row has names for the columns below merged cells of the header, and only there;
    the others have their names from cells that reach down to it."""
    parted: set[int] = set()
    for top, left, _, right in map(corners, sheet.merged):
        if top == above.number and right > left:
            parted.update(range(left, right + 1))
    own = {n for n, cell in enumerate(row.cells) if cell.text and cell.kind != "covered"}
    every = [name for name in names if name]
    whole = len(every) >= sum(1 for cell in above.cells if cell.text and cell.kind != "covered")
    return row.number == above.number + 1 and own <= parted and whole and _are_names(every)


def _are_names(texts: list[str]) -> bool:
    """Whether these may name columns: no numbers, and none twice."""
    numbers = any(re.fullmatch(r"[-+\d.,/%\s]+", text) for text in texts)
    return not numbers and len(set(texts)) == len(texts)


def _like(row: SheetRow, below: list[SheetRow]) -> bool:
    """Whether a row of texts is no header, for it is made as the rows below it are: Q42, say."""
    made = []
    for column, cell in enumerate(row.cells):
        under = [other.cell(column).text for other in below if other.cell(column).text]
        if not cell.text or not under:
            continue
        form = re.sub(r"\d+", "0", cell.text)
        made.append("0" in form and all(re.sub(r"\d+", "0", text) == form for text in under))
    return bool(made) and any(made) and len(below) > 1


def columns_of(sheet: Sheet, header: int) -> list[ColumnSample]:
    """What a sample of the rows below the header shows of each column."""
    names = list(sheet.header or ())
    cells: dict[int, list[Cell]] = {}
    for row, shown in named_rows(sheet, header):
        if row.number == header:
            names = shown
    for row in islice(sheet.rows(), _SAMPLE):
        if row.number > header:
            for number, cell in enumerate(row.cells):
                if cell.text and cell.kind not in ("error", "covered"):
                    cells.setdefault(number, []).append(cell)
    found, often = [], Counter(names)
    for number in range(max(len(names), max(cells, default=-1) + 1)):
        name = names[number] if number < len(names) else ""
        name = name if header or sheet.header is not None else letters(number)
        if not name or often[name] > 1:
            name = f"[{letters(number)}]"
        held = cells.get(number, [])
        texts = Counter(cell.text for cell in held)
        type_, odd = _type(held)
        found.append(ColumnSample(name, letters(number), len(held), len(texts), texts, type_, odd))
    return found


def _type(cells: list[Cell]) -> tuple[str, list[tuple[str, int]]]:
    """The narrowest type that nine of ten cells have, and the texts that do not fit."""
    source = CellStyle(decimal=",", grouping=".", dates="day first")
    points = CellStyle(dates="day first")
    kinds: tuple[Type, ...] = ("whole", "number", "date", "boolean")
    for kind in kinds:
        odd: Counter[str] = Counter()
        for cell in cells:
            tried = (
                read_value(cell, MappedProperty("", type=kind, source=given))
                for given in (points, source)
            )
            if all(isinstance(value, CellProblem) for value in tried):
                odd[cell.text] += 1
        if cells and sum(odd.values()) <= len(cells) * 0.5 and len(odd) <= 3 + len(cells) * 0.1:
            zeros = any(re.fullmatch(r"0\d+", cell.text) for cell in cells)
            return ("identifier" if zeros else kind), odd.most_common(5)
    return "text", []
