"""From the rows of a sheet to records: every cell is read, and every problem told."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from glocal_kg._glocal.corpus.importing.cells import CellReader
from glocal_kg._glocal.corpus.importing.keyless import Keyless
from glocal_kg._glocal.corpus.importing.plan import Plan, plans
from glocal_kg._glocal.corpus.importing.record import JOIN, Held, Record
from glocal_kg._glocal.corpus.importing.row_kinds import RowKinds
from glocal_kg._glocal.corpus.importing.sheet_header import Header, find_header
from glocal_kg._glocal.corpus.importing.wanted import wanted_of
from glocal_kg._glocal.corpus.mapping.cellvalue import STRING, CellProblem
from glocal_kg._glocal.corpus.mapping.form import read as read_form
from glocal_kg._glocal.corpus.mapping.text_values import read_value
from glocal_kg._glocal.corpus.matching.countries import is_blank
from glocal_kg._glocal.corpus.tables import EMPTY
from glocal_kg._glocal.corpus.tables.address import letters
from glocal_kg._glocal.corpus.tables.cell import text_cell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.mapping import MappedProperty, Mapping, SheetMapping
    from glocal_kg._glocal.corpus.tables import Book, Cell, Sheet, SheetRow

    Cells = dict[int, Cell | None]  # by column; None: it cannot be read, and that is told

_REMEMBERED = 20_000  # values of a column that are kept, since most come again
_TOLD = frozenset(("error", "uncomputed", "covered"))  # kinds of cells that are findings


class Reading(NamedTuple):
    """What was read of a sheet: its records, the row of its header, how many rows hold
    something, and the columns that are not imported."""

    records: list[Record]
    header: int
    rows: int
    unmapped: list[str]


def read_sheet(
    book: Book,
    sheet: Sheet,
    mapping: Mapping,
    given: SheetMapping,
    findings: Findings,
    tell: Callable[[str, int], None],
) -> Reading:
    """The records of a sheet; what is wrong with its cells is added to the findings."""
    header = find_header(book, sheet, given, findings)
    records: list[Record] = []
    if header.missing:
        return Reading(records, header.row, 0, header.unmapped)
    reader = _RecordReader(book, sheet, mapping, given, header, findings)
    rows = 0
    for row in sheet.rows():
        if row.number <= header.row or (given.last and row.number > given.last):
            continue
        if all(cell.kind == "empty" for cell in row.cells):
            continue
        rows += 1
        if row.hidden and mapping.hidden == "skip":
            continue
        records += reader.read(row)
        if rows % 500 == 0:
            tell(sheet.name, rows)
    reader.cells.close()
    if not rows and not mapping.template:
        findings.add(
            book.path.name, sheet.name, "", "no-rows",
            suggestion="Look whether this is the sheet, and whether header: is its header.",
        )  # fmt: skip
    nameless = [f"{letters(column)} (without a name)" for column in sorted(reader.unnamed)]
    return Reading(records, header.row, rows, header.unmapped + nameless)


class _RecordReader:
    def __init__(
        self,
        book: Book,
        sheet: Sheet,
        mapping: Mapping,
        given: SheetMapping,
        header: Header,
        findings: Findings,
    ) -> None:
        self.cells = CellReader(book, sheet, mapping, findings)
        self._sheet = sheet
        self._hidden = mapping.hidden
        self._of_sheet = f" of {sheet.name}" if len(mapping.sheets) > 1 else ""
        self._plans = plans(given.things, header.columns, header.names)
        self._keyless = Keyless(self.cells, self._plans, bool(mapping.template))
        self._mapped = sorted(set(header.columns.values()))
        self._kinds = RowKinds(self.cells, self._plans)
        self._wide = header.width
        self._end = header.end
        self._nameless = [
            n for n, name in enumerate(header.names[: header.width]) if header.row and not name
        ]
        self._header = [
            (n, header.names[n]) for n in self._mapped if header.row and n < len(header.names)
        ]
        self.unnamed: set[int] = set()

    def read(self, row: SheetRow) -> list[Record]:
        if row.hidden and self._hidden == "ask":
            self.cells.add(
                row, self._mapped[0] if self._mapped else 0, "hidden-row",
                suggestion="Say hidden: read, or hidden: skip, in the mapping.",
            )  # fmt: skip
        if self._wide and len(row.cells) != self._wide:
            self._width(row)
        for column in self._nameless:
            if row.cell(column).text and column not in self._mapped:
                self.unnamed.add(column)
        if self._header and all(row.cell(n).text == name for n, name in self._header):
            self.cells.add(
                row, self._mapped[0], "header-again", suggestion="Remove the row.",
            )  # fmt: skip
            return []
        cells = self._cells(row)
        self._kinds.look(row, cells)
        self._keyless.unnamed = []
        found: dict[str, list[Record]] = {plan.thing.name: [] for plan in self._plans}
        made = []
        for plan in self._plans:
            made.append(self._records(row, cells, plan, found))
            found[plan.thing.name] += made[-1]
        self._keyless.look(row, cells, found)
        for plan, own in self._keyless.unnamed:
            found[plan.thing.name].append(self._without_name(row, own, plan))
        for plan, records in zip(self._plans, made, strict=True):
            if plan.links or plan.thing.differ:
                for record in records:
                    self._link(row, record, plan, found)
        return [record for records in found.values() for record in records]

    def _cells(self, row: SheetRow) -> Cells:
        """The cells that are mapped; most need no second look."""
        held, wide, slow = row.cells, len(row.cells), self.cells.merges
        cells: Cells = {}
        for column in self._mapped:
            cell = held[column] if column < wide else EMPTY
            kind = cell.kind
            if (
                slow
                or kind in _TOLD
                or (kind == "text" and (cell.text[0].isspace() or cell.text[-1].isspace()))
            ):
                cells[column] = self.cells.read(row, column)
            else:
                cells[column] = cell
        return cells

    def _width(self, row: SheetRow) -> None:
        for column in range(self._wide, min(self._end, len(row.cells))):
            if row.cells[column].text:
                self.cells.add(
                    row, column, "beyond-header", value=row.cells[column].text,
                    suggestion="Look for a mark between cells that belongs to a text.",
                )  # fmt: skip
                return
        if self.cells.delimited and len(row.cells) < self._wide:
            self.cells.add(
                row, len(row.cells) - 1, "short-row",
                value=f"{len(row.cells)} of {self._wide} cells",
            )  # fmt: skip

    def _records(
        self, row: SheetRow, cells: Cells, plan: Plan, found: dict[str, list[Record]]
    ) -> list[Record]:
        if plan.where and not plan.told_by(cells):
            return []
        if plan.each is None:
            record = self._record(row, cells, plan, found)
            return [] if record is None else [record]
        cell = cells[plan.each]
        if cell is None:
            return []
        several = []
        pieces = cell.parts or (
            cell.text.split(plan.thing.split) if plan.thing.split else [cell.text]
        )
        for number, part in enumerate(piece.strip() for piece in pieces):
            if not part or part in plan.missing:
                continue
            # The thing sees the part as the whole cell.
            own = {**cells, plan.each: cell._replace(text=part, parts=())}
            if plan.series:
                seen = (text_cell(plan.title), own[plan.each])  # header, and the cell as it is
                own |= dict(zip(plan.form, seen, strict=False))
            elif plan.form:
                held = read_form(plan.thing.form, part)
                if held is None:
                    self._not_in_form(row, plan, part)
                    continue
                named = zip(plan.form, plan.thing.parts(), strict=True)
                own |= {column: text_cell(held.get(name, "")) for column, name in named}
            record = self._record(row, own, plan, found, plan.series or (plan.each, number))
            several += [] if record is None else [record]
        return several

    def _not_in_form(self, row: SheetRow, plan: Plan, part: str) -> None:
        assert plan.each is not None
        self.cells.add(
            row, plan.each, "not-in-form", value=part, expected=" or ".join(plan.thing.form),
            suggestion="Write it so, or add its form to the mapping.",
        )  # fmt: skip

    def _record(
        self,
        row: SheetRow,
        cells: Cells,
        plan: Plan,
        found: dict[str, list[Record]],
        place: tuple[int, int] | None = None,
    ) -> Record | None:
        key: list[str] = []
        parts: list[Record | None] = []
        for part in plan.key:
            if isinstance(part, str):
                others = _beside(found.get(part, []), place)
                key.append(JOIN.join(others[0].key) if others else "")
                parts.append(others[0] if others else None)
                continue
            parts.append(None)
            cell = cells[part]
            text = cell.text if cell is not None else ""
            if "  " in text or "\n" in text:
                text = " ".join(text.split())
            key.append("" if text in plan.missing else text)
        if not all(key):
            self._keyless.half(row, cells, plan, key)
            return None
        if len(key) == 1 and key[0][0] in "t_.hw/" and is_blank(key[0]):
            return None  # Wikidata's mark for a value not known names no thing
        return self._filled(row, cells, plan, tuple(key), parts, place)

    def _without_name(self, row: SheetRow, cells: Cells, plan: Plan) -> Record:
        """What a row says of a thing that it does not name, which is told: it is set aside, and
        what else is wrong with it is to be known as well."""
        key = f"row {row.number}" + self._of_sheet
        return self._filled(row, cells, plan, (key,), [None])

    def _filled(
        self,
        row: SheetRow,
        cells: Cells,
        plan: Plan,
        key: tuple[str, ...],
        parts: list[Record | None],
        place: tuple[int, int] | None = None,
    ) -> Record:
        """The record of a thing with its values."""
        thing, where = plan.thing, self._sheet
        record = Record(
            thing, key, where, row.number, row.pointer, plan.place, plan.first, parts, place
        )
        for given, columns, missing, known in plan.values:
            cell = cells[columns[0]]
            held = known.get((cell.kind, cell.text)) if cell is not None else None
            if held is not None:
                record.values.append(held)
            else:
                self._values(row, cells, given, columns, missing, known, record)
        record.values += plan.constants
        if plan.place and not thing.reference:
            record.wanted = wanted_of(self.cells, row, cells, plan, record)
        if plan.interval:
            self._interval(row, plan.interval, record)
        return record

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
            if given.required and not self.cells.told(row, column, "key-incomplete"):
                self.cells.add(row, column, "required", suggestion=f"Fill in {given.columns[0]}.")
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
            self.cells.add(
                row, column, value.rule, value=text, expected=value.expected,
                suggestion=value.suggestion,
            )  # fmt: skip
            return False
        record.values.append(Held(given, value, column))
        if given.type in ("date", "when"):
            return self.cells.look_time(row, column, text)
        if value.type == STRING or value.type[:1] == "@":
            return self.cells.look(row, column, text)
        if given.type in ("whole", "number"):
            return self.cells.look_number(row, column, text)
        return True

    def _interval(self, row: SheetRow, columns: tuple[int, int], record: Record) -> None:
        held = {held.column: held.value.text for held in record.values}
        start, end = held.get(columns[0]), held.get(columns[1])
        if start is None or end is None:
            return
        shared = min(len(start), len(end))  # compared as far as both are told
        if end[:shared] < start[:shared]:
            self.cells.add(
                row, columns[1], "ends-before-start", value=end,
                expected=f"an end that is not before {start}",
                suggestion="Correct one of the two dates.",
            )  # fmt: skip

    def _link(
        self, row: SheetRow, record: Record, plan: Plan, found: dict[str, list[Record]]
    ) -> None:
        for given in plan.links:
            others = _beside(found[given.thing], record.place_in_cell)
            record.links += [(given, other) for other in others]
        beside = [_beside(found[name], record.place_in_cell) for name in plan.thing.differ]
        differ = [others[0] for others in beside if others]
        for one, other in pairwise(differ):
            # Two cities may have one name: the key alone does not make them the same one.
            apart = one.point and other.point and one.point != other.point
            if one.key == other.key and not apart:
                self.cells.add(
                    row, other.columns.get("name", other.first), "to-itself",
                    value=other.told,
                    suggestion="Correct one of the two, or remove the row.",
                )  # fmt: skip


def _beside(records: list[Record], place: tuple[int, int] | None) -> list[Record]:
    """Of several things of one cell the one that a record of this cell goes with; else all."""
    if place is None or not records or records[0].place_in_cell is None:
        return records
    if records[0].place_in_cell[0] != place[0]:
        return records
    return [record for record in records if record.place_in_cell == place]


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
