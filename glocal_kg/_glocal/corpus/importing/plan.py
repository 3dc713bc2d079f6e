"""What is to be done with every row of a sheet, worked out once: columns by number."""

from __future__ import annotations

from typing import NamedTuple

from glocal_kg._glocal.corpus.importing.record import Held
from glocal_kg._glocal.corpus.mapping.cellvalue import STRING, XSD, CellValue
from glocal_kg._glocal.corpus.mapping.mapping import CellStyle, MappedProperty
from glocal_kg._glocal.corpus.tables.cell import PART

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from glocal_kg._glocal.corpus.mapping import ThingMapping
    from glocal_kg._glocal.corpus.tables import Cell

_MEASURES: dict[str, tuple[Any, ...]] = {  # least, most, and how properties that have it end
    "latitude": (-90, 90, "/lat", "/latitude"),
    "longitude": (-180, 180, "/long", "/longitude"),
    "population": (0, None, "opulation"),
}
_CONSTANTS = {"whole": "integer", "number": "decimal", "date": "date", "year": "gYear"}


class Plan(NamedTuple):
    """How records of one thing are made.

    ``form`` has the numbers of the parts of a cell; ``title`` the header of a column of a matrix,
    and ``series`` the first column of these and which of them it is; ``key`` has of each part the
    column, or the name of the other thing; ``values`` of each property its columns, the words for
    none, and what was read before, by kind and text of the cell; ``place`` the columns of what a
    place is looked up by, and ``measures`` how the numbers among them are read, with True where a
    property of the thing does; ``within`` the country of all rows; ``interval`` the columns of
    beginning and end; ``where`` the columns and words, folded, of the rows that tell of it.
    """

    thing: ThingMapping
    each: int | None
    title: str
    series: tuple[int, int] | None
    form: list[int]
    key: list[int | str]
    values: list[tuple[MappedProperty, list[int], frozenset[str], dict[tuple[str, str], Held]]]
    constants: list[Held]
    links: list[MappedProperty]
    place: dict[str, int]
    measures: dict[str, tuple[MappedProperty, bool]]
    within: str
    missing: frozenset[str]
    first: int
    interval: tuple[int, int] | None
    where: list[tuple[int, frozenset[str]]]

    def told_by(self, cells: dict[int, Cell | None]) -> bool:
        """Whether a row is one that tells of such a thing."""
        held = [(cells[column], words) for column, words in self.where]
        return all(cell is not None and cell.text.casefold() in words for cell, words in held)


def plans(things: tuple[ThingMapping, ...], at: dict[str, int], titles: list[str]) -> list[Plan]:
    """The plans of things, those first whose key others need; one for each column of a matrix.

    ``titles`` are the texts of the header, as the table has them.
    """
    found = []
    for thing in _in_order(things):
        if not thing.across:
            found.append(_plan(thing, at, at[thing.each] if thing.each else None))
            continue
        columns = [at[name] for name in thing.across]
        for which, (name, column) in enumerate(zip(thing.across, columns, strict=True)):
            title = titles[column] if column < len(titles) else name
            found.append(_plan(thing, at, column, title, (columns[0], which)))
    return found


def _plan(
    thing: ThingMapping,
    at: dict[str, int],
    cell: int | None,
    title: str = "",
    series: tuple[int, int] | None = None,
) -> Plan:
    if cell is not None:
        parts = {name: cell + PART * number for number, name in enumerate(thing.parts(), 1)}
        at = {**at, **parts}
    cells = [given for given in thing.properties if given.columns]
    named = {word: name for word, name in _place(thing).items() if name}
    return Plan(
        thing,
        cell,
        title,
        series,
        [at[name] for name in thing.parts()],
        [part[1:] if part.startswith("@") else at[part] for part in thing.key],
        [
            (given, [at[name] for name in given.columns], frozenset(given.source.missing), {})
            for given in cells
        ],
        [_constant(given) for given in thing.properties if given.constant is not None],
        [given for given in thing.properties if given.thing],
        {word: at[name] for word, name in named.items()},
        {word: _measure(thing, word, named[word]) for word in _MEASURES if word in named},
        thing.match.within if thing.match else "",
        frozenset(thing.missing),
        next((at[part] for part in thing.key if not part.startswith("@")), 0),
        _interval(cells, at),
        [(at[name], frozenset(word.casefold() for word in words)) for name, words in thing.where],
    )


def _place(thing: ThingMapping) -> dict[str, str]:
    """The columns by which a thing is a place; none where it has no coordinates or match."""
    match = thing.match
    named = {
        "latitude": match.latitude if match and match.latitude else thing.latitude,
        "longitude": match.longitude if match and match.longitude else thing.longitude,
    }
    if match is not None:
        named |= {"name": match.name, "country": match.country}
        named |= {"population": match.population, "when": match.when}
        return named
    first = next((part for part in thing.key if not part.startswith("@")), "")
    if thing.reference or all(named.values()):
        return {"name": first, **(named if all(named.values()) else {})}
    return {}


def _measure(thing: ThingMapping, word: str, column: str) -> tuple[MappedProperty, bool]:
    """How a number of a place is read: by the property that does so, or for this alone."""
    least, most, *locals_ = _MEASURES[word]
    found = [given for given in thing.properties if given.columns == (column,)]
    meant = [given for given in found if given.iri.replace("#", "/").endswith(tuple(locals_))]
    if meant or len(found) == 1:
        return (meant or found)[0], True
    source = thing.match.source if thing.match else CellStyle()
    return MappedProperty("", type="number", source=source, least=least, most=most), False


def _constant(given: MappedProperty) -> Held:
    assert given.constant is not None
    if given.constant_iri:
        kind = ""
    elif given.type in _CONSTANTS:
        kind = XSD + _CONSTANTS[given.type]
    elif given.type == "text" and given.source.language:
        kind = f"@{given.source.language}"
    else:
        kind = STRING
    return Held(given, CellValue(given.constant, kind), -1)


def _interval(cells: list[MappedProperty], at: dict[str, int]) -> tuple[int, int] | None:
    found: dict[str, int] = {}
    for given in cells:
        local = given.iri.replace("#", "/").rpartition("/")[2].lower()
        for word in ("start", "end"):
            if local.startswith(word) or local.endswith(word):
                found.setdefault(word, at[given.columns[0]])
    return (found["start"], found["end"]) if len(found) == 2 else None


def _in_order(things: tuple[ThingMapping, ...]) -> list[ThingMapping]:
    ordered: list[ThingMapping] = []
    waiting = list(things)
    while waiting:
        done = {thing.name for thing in ordered}
        ready = [
            thing
            for thing in waiting
            if all(part[1:] in done for part in thing.key if part.startswith("@"))
        ] or waiting[:1]
        ordered += ready
        waiting = [thing for thing in waiting if thing not in ready]
    return ordered
