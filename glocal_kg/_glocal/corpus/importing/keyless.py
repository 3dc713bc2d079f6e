"""Rows that tell of a thing without naming it: what they say would be lost, so it is told."""

from __future__ import annotations

from glocal_kg._glocal.corpus.tables.cell import PART

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.importing.cells import CellReader
    from glocal_kg._glocal.corpus.importing.plan import Plan
    from glocal_kg._glocal.corpus.importing.record import Record
    from glocal_kg._glocal.corpus.tables import Cell, SheetRow

    Cells = dict[int, Cell | None]

_IN_KEY = "Fill it in, or take the column out of key: in the mapping."
_MAY_BE_NONE = 'Fill it in, or say missing: [""] in the mapping if it may be empty.'
_LOST = "Fill it in, or empty the cells of the row that tell of it."


class Keyless:
    """Looks, in the rows of one sheet, at things whose key is not filled in.

    A thing with no key at all may be absent: a city without a mayor. It is a slip where cells
    tell of the thing all the same; and, in a template, where a row tells of anything but its
    own thing.
    """

    def __init__(self, reader: CellReader, plans: list[Plan], template: bool) -> None:
        self._reader = reader
        self._plans = plans
        self._template = template
        self.unnamed: list[tuple[Plan, Cells]] = []  # of the row, those that lack a name
        self._by_name = {plan.thing.name: plan for plan in plans}
        self._columns: dict[str, set[int]] = {}
        for plan in plans:
            self._columns.setdefault(plan.thing.name, set()).update(self._telling(plan))

    def half(self, row: SheetRow, cells: Cells, plan: Plan, key: list[str]) -> None:
        """Tell of a key that is filled in, but for a part, at the first cell of that part."""
        if not any(key):
            unread = [part for part in plan.key if isinstance(part, int) and cells[part] is None]
            self._note(row, cells, plan, unread)
            return
        missing = [part for part, text in zip(plan.key, key, strict=True) if not text]
        self._half(row, cells, plan, missing)
        self._note(row, cells, plan, [self._first(part) for part in missing])

    def _half(self, row: SheetRow, cells: Cells, plan: Plan, missing: list[int | str]) -> None:
        columns = [part for part in missing if isinstance(part, int)]
        if columns:
            if all(cells[column] is not None for column in columns):
                self._tell(row, columns[0], plan, _IN_KEY)
            return
        if self._one_of_several(plan) and not self._tells(plan, missing, cells):
            return
        for column in (self._first(part) for part in missing):
            cell = cells.get(column)
            if cell is not None and not cell.text and "" not in plan.missing:
                self._tell(row, column, plan, _MAY_BE_NONE)
                return

    def look(self, row: SheetRow, cells: Cells, found: dict[str, list[Record]]) -> None:
        """Tell of things that no record was made of, though cells of the row tell of them."""
        absent = [
            plan
            for plan in self._plans
            if not (plan.thing.reference or found[plan.thing.name] or not plan.told_by(cells))
        ]
        if not absent:
            return
        made = (p.thing.name for p in self._plans if found[p.thing.name] and not p.thing.reference)
        used = {column for name in made for column in self._columns[name]}
        for plan in absent:
            own = self._columns[plan.thing.name] - used
            if self._template and plan is self._main():
                own = set(cells)
            told = [cells[column] for column in own]
            column = self._unfilled(plan, cells, found)
            if column is not None and any(c and c.text not in ("", *plan.missing) for c in told):
                self._tell(row, column, plan, _LOST)
                self._note(row, cells, plan, [column])

    def _one_of_several(self, plan: Plan) -> bool:
        """Whether a row has several such things, as where a city has a column for each partner:
        some may be absent."""
        return sum(other.thing.pool == plan.thing.pool for other in self._plans) > 1

    def _tells(self, plan: Plan, missing: list[int | str], cells: Cells) -> bool:
        """Whether a cell tells of a thing, or of the things that its key lacks."""
        names = [plan.thing.name, *(part for part in missing if isinstance(part, str))]
        columns = {column for name in names for column in self._columns[name]}
        return any(cell is None or cell.text for cell in (cells.get(c) for c in columns))

    def _note(self, row: SheetRow, cells: Cells, plan: Plan, columns: list[int]) -> None:
        """Keep a thing whose name is told to be missing: its other cells are read all the same."""
        told = any(cells.get(c) is None or self._reader.told(row, c) for c in columns)
        if told and plan.each is None and all(plan is not other for other, _ in self.unnamed):
            self.unnamed.append((plan, cells))

    def _main(self) -> Plan:
        """The thing that a row of a template is about, which stands first in its mapping."""
        return next(plan for plan in self._plans if not plan.thing.reference)

    def _telling(self, plan: Plan) -> set[int]:
        """The columns of a row that tell of a thing; of a part of a cell, that of the cell."""
        columns = {part for part in plan.key if isinstance(part, int)}
        columns |= {column for _, read, *_ in plan.values for column in read}
        columns |= set(plan.place.values())
        columns |= set() if plan.each is None else {plan.each}
        for given in plan.links:
            linked = self._by_name[given.thing]
            if linked.thing.reference:
                columns.add(linked.first)
        return {column for column in columns if column < PART}

    def _first(self, part: int | str) -> int:
        """The first column of a part of a key: of another thing, the first of that one's key."""
        while isinstance(part, str):
            part = self._by_name[part].key[0]
        return part

    def _unfilled(self, plan: Plan, cells: Cells, found: dict[str, list[Record]]) -> int | None:
        """The cell that a name is missing in; None where something was told of it already."""
        missing = []
        for part in plan.key if plan.each is None else [plan.each]:
            column = self._first(part)
            cell = cells.get(column)
            if cell is None:
                return None
            if isinstance(part, str) and found[part]:
                continue
            if isinstance(part, str) or cell.text in ("", *plan.missing):
                missing.append(column)
        return missing[0] if missing else None

    def _tell(self, row: SheetRow, column: int, plan: Plan, suggestion: str) -> None:
        if self._reader.told(row, column):
            return
        named = "what the row tells of" if self._template else f"the {plan.thing.name}"
        self._reader.add(
            row, column, "key-incomplete", expected=f"a value, for it names {named}",
            suggestion="Fill it in, or empty the row." if self._template else suggestion,
        )  # fmt: skip
