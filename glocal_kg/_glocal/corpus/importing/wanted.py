"""What a place is looked up by: name, country, coordinate, population and time, from a row."""

from __future__ import annotations

from glocal_kg._glocal.corpus.mapping.cellvalue import CellProblem
from glocal_kg._glocal.corpus.mapping.text_values import read_value
from glocal_kg._glocal.corpus.matching.candidate import Wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.importing.cells import CellReader
    from glocal_kg._glocal.corpus.importing.plan import Plan
    from glocal_kg._glocal.corpus.importing.record import Record
    from glocal_kg._glocal.corpus.tables import Cell, SheetRow


def wanted_of(
    reader: CellReader, row: SheetRow, cells: dict[int, Cell | None], plan: Plan, record: Record
) -> Wanted:
    """The place of a record; what cannot be read of it is told to ``reader``."""
    texts = {}
    for word, column in plan.place.items():
        cell = cells[column]
        text = cell.text if cell is not None else ""
        texts[word] = "" if text in plan.missing else text
    halves = [texts.get("latitude", ""), texts.get("longitude", "")]
    if "longitude" in texts and bool(halves[0]) != bool(halves[1]):
        word = "longitude" if halves[0] else "latitude"
        if cells[plan.place[word]] is not None:
            reader.add(
                row, plan.place[word], "half-coordinate",
                suggestion="Fill in both, or leave both empty.",
            )  # fmt: skip
    year = texts.get("when", "")[:4]
    name = texts.get("name", "")
    return Wanted(
        " ".join(name.split()) if " " in name else name,
        texts.get("country", "") or plan.within,
        _measure("latitude", reader, row, cells, plan, record),
        _measure("longitude", reader, row, cells, plan, record),
        _measure("population", reader, row, cells, plan, record),
        int(year) if year.isdigit() else None,
    )


def _measure(
    word: str,
    reader: CellReader,
    row: SheetRow,
    cells: dict[int, Cell | None],
    plan: Plan,
    record: Record,
) -> float | None:
    """A number that a property of the record has, or else one that is read for this alone."""
    if word not in plan.measures:
        return None
    given, read = plan.measures[word]
    if read:
        for held in record.values:
            if held.given is given:
                return _number(held.value.text)
        return None
    column = plan.place[word]
    cell = cells[column]
    if cell is None or not cell.text or cell.text in plan.missing:
        return None
    value = read_value(cell, given)
    if isinstance(value, CellProblem):
        reader.add(
            row, column, value.rule, value=cell.text, expected=value.expected,
            suggestion=value.suggestion,
        )  # fmt: skip
        return None
    return _number(value.text)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
