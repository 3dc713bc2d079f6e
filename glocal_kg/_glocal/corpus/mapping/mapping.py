"""What a mapping says: sheets, the things their rows tell of, and the properties of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from glocal_kg._glocal.corpus.mapping.form import names

Type = Literal[
    "text", "whole", "number", "date", "year", "when", "boolean", "address", "identifier", "iri"
]
TYPES: dict[Type, str] = {
    "text": "words, in the language of the table where it has one",
    "whole": "a whole number",
    "number": "a number",
    "date": "a day, as 2003-02-01",
    "year": "a year, as 2003",
    "when": "a day, a month or a year",
    "boolean": "true or false",
    "address": "a web address",
    "identifier": "a code, kept as written, with no language",
    "iri": "an IRI, in full or as prefix:name",
}
ROW_WORDS = {"hidden": ("ask", "read", "skip"), "merged": ("ask", "repeat", "first")}


@dataclass(frozen=True)
class CellStyle:
    """How the cells of a table are written; a property may say otherwise for its column."""

    language: str = ""
    decimal: str = "."
    grouping: str = ""  # the mark between thousands, where there is one
    dates: str = ""  # day first, month first; "" for days that can be read in one way alone
    missing: tuple[str, ...] = ()  # words that say there is no value


@dataclass(frozen=True)
class MappedProperty:
    """One property of a thing, and where its values come from.

    Exactly one of ``columns``, ``constant`` and ``thing`` is given: the cells of columns (two
    or more are joined), the same value in every row, or a link to another thing of the row.
    """

    iri: str
    columns: tuple[str, ...] = ()
    constant: str | None = None
    constant_iri: bool = False
    thing: str = ""
    inverse: bool = False  # the link runs from the other thing to this one
    type: Type = "text"
    source: CellStyle = field(default_factory=CellStyle)
    join: str = " "
    sorted: bool = False  # joined in the order of the alphabet, not of the columns
    around: str = ""  # a text with {} where the value stands; "" for the value alone
    split: str = ""
    part: int = 0  # of a split cell, the part that is meant, from 1; 0 for all
    values: dict[str, str] | None = None  # a word of the table: the IRI or value it stands for
    values_iri: bool = True
    required: bool = False
    one: bool = False  # a thing has one such value, so another is a conflict
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class MatchColumns:
    """The columns by which a thing is looked for in a gazetteer, and the link that is made.

    Without a name the thing is a country itself, looked for by ``country`` alone. ``within`` is the
    country of all rows, where no column has it; ``source`` says how numbers
    are written that no property reads.
    """

    name: str = ""
    country: str = ""
    latitude: str = ""
    longitude: str = ""
    population: str = ""
    when: str = ""
    within: str = ""
    source: CellStyle = field(default_factory=CellStyle)
    link: str = "http://www.w3.org/2004/02/skos/core#exactMatch"

    def columns(self) -> tuple[str, ...]:
        """The columns named, "" for those that are not."""
        known = (self.name, self.country, self.latitude, self.longitude)
        return (*known, self.population, self.when)


@dataclass(frozen=True)
class ThingMapping:
    """A kind of thing that rows tell of: its class, what names it, and its properties.

    Rows with the same ``key`` tell of the same thing; with ``apart`` (kilometers) they do so
    only where their coordinates are no farther apart. A row whose key is empty tells of none.
    Things of one ``pool`` with one key are one thing, whichever column they come from.
    """

    name: str
    kind: str
    key: tuple[str, ...]
    base: str
    pool: str = ""  # things of one pool are of one kind: a partner from two columns
    properties: tuple[MappedProperty, ...] = ()
    each: str = ""  # a column with several things in one cell
    split: str = ""
    form: tuple[str, ...] = ()  # how each of these holds several values, named as columns
    across: tuple[str, ...] = ()  # columns of a matrix: a thing for each cell that is filled
    across_names: tuple[str, ...] = ()  # the columns in which header and cell of these are
    match: MatchColumns | None = None
    apart: float | None = None
    differ: tuple[str, ...] = ()  # things of the row that may not be the same one
    symmetric: bool = False  # the order of the things in the key does not matter
    missing: tuple[str, ...] = ()  # words in the key that say there is no such thing
    reference: bool = False  # rows only name such a thing, which other rows must tell of
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()  # only in rows with these words in columns

    def parts(self) -> list[str]:
        """The names by which its properties mean a part of the cell, or its header."""
        if self.across:
            return list(self.across_names)
        return list(dict.fromkeys(name for form in self.form for name in names(form)))

    @property
    def latitude(self) -> str:
        """The column of the latitude, or "" where the mapping names none."""
        return self._coordinate("lat", "latitude")

    @property
    def longitude(self) -> str:
        """The column of the longitude."""
        return self._coordinate("long", "longitude")

    def _coordinate(self, *names: str) -> str:
        for given in self.properties:
            local = given.iri.replace("#", "/").rpartition("/")[2]
            if local in names and len(given.columns) == 1:
                return given.columns[0]
        return ""


@dataclass(frozen=True)
class SheetMapping:
    """How one sheet is read: its header, and the things its rows tell of."""

    sheet: str = ""
    header: int = 1  # 0: none, and columns are named by their letters
    last: int = 0  # the last row that is read; 0: all
    things: tuple[ThingMapping, ...] = ()

    def columns(self) -> list[str]:
        """The columns that are read, in the order of the mapping, each once."""
        named: dict[str, None] = {}
        for thing in self.things:
            keys = [name for name in thing.key if not name.startswith("@")]
            match = thing.match
            near = match.columns() if match else ()
            read = [name for given in thing.properties for name in given.columns]
            parts = thing.parts()
            only = [column for column, _ in thing.where]
            for name in [thing.each, *thing.across, *only, *keys, *near, *read]:
                if name and name not in parts:
                    named.setdefault(name)
        return list(named)


@dataclass(frozen=True)
class Mapping:
    """A mapping file: how a file is read, and its sheets. ``sha256`` is of the mapping itself."""

    sheets: tuple[SheetMapping, ...]
    sha256: str
    name: str
    encoding: str | None = None
    delimiter: str | None = None
    hidden: str = "ask"
    merged: str = "ask"
    template: str = ""  # the version of the template it was made from
    prefixes: tuple[tuple[str, str], ...] = ()
