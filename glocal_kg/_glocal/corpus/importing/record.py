"""What rows tell: records, one for each thing of a row; and entities, which records make up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from glocal_kg._glocal.corpus.tables import SheetRow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping import MappedProperty, ThingMapping
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue
    from glocal_kg._glocal.corpus.matching import Match, Wanted
    from glocal_kg._glocal.corpus.tables import Sheet

    Key = tuple[str, ...]
    Spot = tuple[str, int]  # the name of a sheet and the number of a row

JOIN = "\x1f"  # between the parts of a key that is made of keys, so that no two run together


class Held(NamedTuple):
    """A value a row holds: of which property, and in which column (-1: a constant)."""

    given: MappedProperty
    value: CellValue
    column: int


@dataclass(slots=True)
class Record:
    """What one row says of one thing.

    ``columns`` has the columns of a place's name, coordinates, country and time by those
    words; ``links`` the records of the row that it is linked to. Where the row is set ``aside``,
    ``doubts`` are the words of those columns that have to be corrected.
    """

    thing: ThingMapping
    key: Key
    sheet: Sheet
    row: int
    pointer: str
    columns: dict[str, int]
    first: int  # the first column of the key
    parts: list[Record | None]  # the things of the row in the key, by their place in it
    place_in_cell: tuple[int, int] | None = None  # of one of several: the column, and which one
    values: list[Held] = field(default_factory=list)
    links: list[tuple[MappedProperty, Record]] = field(default_factory=list)
    wanted: Wanted | None = None
    entity: Entity | None = None
    aside: bool = False
    doubts: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """The key as a person reads it."""
        return _told(self.thing, self.key)

    @property
    def spot(self) -> Spot:
        """Sheet and row."""
        return self.sheet.name, self.row

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return self.wanted.point if self.wanted else None

    def place(self, column: int) -> str:
        """The address of a cell of the row; of the row itself for a constant."""
        if column < 0:
            return f"{self.row}:{self.row}"
        return self.sheet.place(SheetRow(self.row, [], False, self.pointer), column)


@dataclass(slots=True)
class Entity:
    """A thing of the import: its IRI, the records it is made of, and what they come to.

    Rows set aside are compared with the others, but what a thing comes to is what the rows that
    are kept say; those stand first.
    """

    thing: ThingMapping
    key: Key
    records: list[Record]
    iri: str = ""
    values: list[tuple[MappedProperty, CellValue]] = field(default_factory=list)
    links: list[tuple[MappedProperty, Entity]] = field(default_factory=list)
    match: Match | None = None

    @property
    def first(self) -> Record:
        """The record of the first row."""
        return self.records[0]

    @property
    def counting(self) -> list[Record]:
        """The records that say what the thing comes to: those kept, or all where none is."""
        if self.first.aside or not self.records[-1].aside:
            return self.records
        return [record for record in self.records if not record.aside]

    @property
    def name(self) -> str:
        """What the thing is called in findings."""
        named = self.first.wanted
        return named.name if named and named.name else self.told

    @property
    def told(self) -> str:
        """The key as a person reads it."""
        return _told(self.thing, self.key)


def _told(thing: ThingMapping, key: Key) -> str:
    """A key in words: Lyon, France; or of a thing of two others Lyon, France – Milan, Italy."""
    of_things = any(part.startswith("@") for part in thing.key)
    return (" – " if of_things else ", ").join(part.replace(JOIN, ", ") for part in key)


class Merge(NamedTuple):
    """What was made one: the entity, its rows, the property, what was kept, what not, and why."""

    iri: str
    name: str
    rows: str
    property: str
    kept: str
    others: str
    why: str
