"""Of which properties a thing has one value, so that two are a contradiction to be told."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from glocal_kg._glocal.corpus.mapping.cellvalue import STRING
from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.names import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.importing.record import Record
    from glocal_kg._glocal.corpus.mapping import MappedProperty
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue

# A thing has one number, day or yes of a kind; of texts it has one name, one definition and one
# identifier, while of themes, notes and addresses it may have many.
_TYPES = frozenset(("whole", "number", "date", "year", "when", "boolean"))
_TEXTS = frozenset(
    ("label", "prefLabel", "title", "name", "definition", "description", "identifier")
)
_LOCATED = "locatedIn"


def is_single(given: MappedProperty) -> bool:
    """Whether a thing has but one value of a property, in each language; where the mapping
    parts a cell into several, it has not.

    >>> from glocal_kg._glocal.corpus.mapping import MappedProperty
    >>> is_single(MappedProperty("https://schema.org/startDate", type="when"))
    True
    >>> is_single(MappedProperty("https://schema.org/keywords"))
    False
    """
    if given.one:
        return True
    if given.split or given.constant is not None:
        return False
    return given.type in _TYPES or local(given.iri) in _TEXTS


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.replace("#", "/").rpartition("/")[2]


def by_kind(values: list[CellValue]) -> dict[str, list[CellValue]]:
    """Values that exclude each other: texts by their language, all others together."""
    found: dict[str, list[CellValue]] = {}
    for value in values:
        language = value.type if value.type[:1] == "@" else ""
        found.setdefault(language, []).append(value)
    return found


def agree(one: str, other: str, kind: str) -> bool:
    """Whether two values say the same: 1.50 and 1.5, or a year and a day of it.

    >>> agree("2003", "2003-05-01", "http://www.w3.org/2001/XMLSchema#gYear")
    True
    """
    if one == other:
        return True
    if kind == STRING or kind[:1] in ("@", ""):
        return False
    name = local(kind)
    if name in ("date", "gYear", "gYearMonth"):
        return one.startswith(other) or other.startswith(one)
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def country_of(record: Record) -> str:
    """The country that a row says a place lies in, "" where it says none."""
    if record.wanted is not None and record.wanted.country:
        return record.wanted.country if "name" in record.columns else ""
    named = (other for given, other in record.links if local(given.iri) == _LOCATED)
    return next((other.told for other in named if other.thing.match), "")


def same_country(one: str, other: str) -> bool:
    """Whether two names are of one country.

    >>> same_country("Italien", "IT"), same_country("Italy", "France")
    (True, False)
    """
    states = countries.state(one), countries.state(other)
    if states[0] is not None and states[1] is not None:
        return states[0] == states[1]
    return fold(one) == fold(other)
