"""The values of a record: read from its cells, each told where it cannot be."""

from __future__ import annotations

from glocal_kg._glocal.corpus.importing.cells import CellReader
from glocal_kg._glocal.corpus.importing.plan import Plan
from glocal_kg._glocal.corpus.importing.record import Held, Record
from glocal_kg._glocal.corpus.mapping.cellvalue import STRING, CellProblem
from glocal_kg._glocal.corpus.mapping.text_values import read_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping import MappedProperty
    from glocal_kg._glocal.corpus.tables import Cell, SheetRow

    Cells = dict[int, Cell | None]  # by column; None: it cannot be read, and that is told

_REMEMBERED = 20_000  # values of a column that are kept, since most come again


class ValueReader:
    """Reads the values of things; what is wrong with them is told by the reader of cells."""

    def __init__(self, cells: CellReader) -> None:
        self._cells = cells

    def read(self, row: SheetRow, cells: Cells, plan: Plan, record: Record) -> None:
        """Put the values that a row has of a thing into its record."""
        for given, columns, missing, known in plan.values:
            cell = cells[columns[0]]
            held = known.get((cell.kind, cell.text)) if cell is not None else None
            if held is not None:
                record.values.append(held)
            else:
                self._values(row, cells, given, columns, missing, known, record)
        record.values += plan.constants

    def compare(self, row: SheetRow, columns: tuple[int, int], record: Record) -> None:
        """Tell of an interval that ends before it starts."""
        held = {held.column: held.value.text for held in record.values}
        start, end = held.get(columns[0]), held.get(columns[1])
        if start is None or end is None:
            return
        shared = min(len(start), len(end))  # compared as far as both are told
        if end[:shared] < start[:shared]:
            self._cells.add(
                row, columns[1], "ends-before-start", value=end,
                expected=f"an end that is not before {start}",
                suggestion="Correct one of the two dates.",
            )  # fmt: skip

    def _values(
        self,
        row: SheetRow,
        cells: Cells,
        given: MappedProperty,
        columns: list[int],
        missing: frozenset[str],
        known: dict[tuple[str, str], Held],
        record: Record,
    ) -> None:
        column = columns[0]
        cell = cells[column]
        if cell is None:  # told already
            return
        if len(columns) > 1:
            joined = _joined(cells, given, columns, missing)
            if joined is None:
                return
            cell = joined
        text = cell.text
        if not text or text in missing:
            if given.required and not self._cells.told(row, column, "key-incomplete"):
                self._cells.add(row, column, "required", suggestion=f"Fill in {given.columns[0]}.")
            return
        if not (cell.parts or given.split):
            plain = self._value(row, column, cell, text, given, record)
            if plain and len(columns) == 1 and len(known) < _REMEMBERED:
                known[cell.kind, text] = record.values[-1]
            return
        parts = cell.parts or tuple(
            part for piece in text.split(given.split) if (part := piece.strip())
        )
        if given.part:
            parts = parts[given.part - 1 : given.part]
        for part in parts:
            if part not in missing:
                self._value(row, column, cell._replace(text=part), part, given, record)

    def _value(
        self,
        row: SheetRow,
        column: int,
        cell: Cell,
        text: str,
        given: MappedProperty,
        record: Record,
    ) -> bool:
        """Read a value; True where it is one of which there is nothing to tell."""
        value = read_value(cell, given)
        if isinstance(value, CellProblem):
            self._cells.add(
                row, column, value.rule, value=text, expected=value.expected,
                suggestion=value.suggestion,
            )  # fmt: skip
            return False
        record.values.append(Held(given, value, column))
        if given.type in ("date", "when"):
            return self._cells.look_time(row, column, text)
        if value.type == STRING or value.type[:1] == "@":
            return self._cells.look(row, column, text)
        if given.type in ("whole", "number"):
            return self._cells.look_number(row, column, text)
        return True


def _joined(
    cells: Cells, given: MappedProperty, columns: list[int], missing: frozenset[str]
) -> Cell | None:
    """The cells of several columns as one; None where one of them cannot be read."""
    texts = []
    first: Cell | None = None
    for column in columns:
        cell = cells[column]
        if cell is None:
            return None
        first = first or cell
        if cell.text and cell.text not in missing:
            texts.append(cell.text)
    assert first is not None
    if given.sorted:
        texts.sort()
    return first._replace(text=given.join.join(texts), kind="text")
