"""From the rows of a sheet to records: every cell is read, and every problem told."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from glocal_kg._glocal.corpus.importing.cells import CellReader
from glocal_kg._glocal.corpus.importing.keyless import Keyless
from glocal_kg._glocal.corpus.importing.plan import Plan, plans
from glocal_kg._glocal.corpus.importing.record import JOIN, Record
from glocal_kg._glocal.corpus.importing.record_values import ValueReader
from glocal_kg._glocal.corpus.importing.row_kinds import RowKinds
from glocal_kg._glocal.corpus.importing.sheet_header import Header, find_header
from glocal_kg._glocal.corpus.importing.wanted import wanted_of
from glocal_kg._glocal.corpus.mapping.form import read as read_form
from glocal_kg._glocal.corpus.matching.countries import is_blank
from glocal_kg._glocal.corpus.tables import EMPTY
from glocal_kg._glocal.corpus.tables.address import letters
from glocal_kg._glocal.corpus.tables.cell import text_cell
from glocal_kg._rdf.counted import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.mapping import Mapping, SheetMapping
    from glocal_kg._glocal.corpus.tables import Book, Cell, Sheet, SheetRow

    Cells = dict[int, Cell | None]  # by column; None: it cannot be read, and that is told

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
            book.name, sheet.name, "", "no-rows",
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
        self._values = ValueReader(self.cells)
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
                value=f"{len(row.cells)} of {counted(self._wide, 'cell')}",
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
        self._values.read(row, cells, plan, record)
        if plan.place and not thing.reference:
            record.wanted = wanted_of(self.cells, row, cells, plan, record)
        if plan.interval:
            self._values.compare(row, plan.interval, record)
        return record

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
