"""Items about values in the data: dates, coordinates, numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._quality.fact_index import Term, name
from glocal_kg._quality.item import Fault, Item, item
from glocal_kg._quality.material import Material
from glocal_kg._quality.ontology_header import day_of
from glocal_kg._rdf.namespaces import DCAT, DCTERMS, GEO, PROV, SCHEMA, XSD
from glocal_kg._study.vocab import shorten

_INTERVALS = (
    (SCHEMA.startDate, SCHEMA.endDate),
    (DCAT.startDate, DCAT.endDate),
    (PROV.startedAtTime, PROV.endedAtTime),
    (DCTERMS.created, DCTERMS.issued),
    (DCTERMS.created, DCTERMS.modified),
)
_PAST = (
    DCTERMS.created, DCTERMS.issued, DCTERMS.modified, PROV.startedAtTime, PROV.endedAtTime,
    NamedNode("http://www.w3.org/ns/prov#generatedAtTime"),
    NamedNode("https://w3id.org/sssom/mapping_date"),
)  # fmt: skip
_DATED = {XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth, XSD.dateTimeStamp}
_FAR = 100
"""A date so many years ahead is a slip."""

_WKT = re.compile(r"(?:<(?P<system>[^>]*)>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.I)
_AS_WKT = NamedNode("http://www.opengis.net/ont/geosparql#asWKT")
_LOCAL = (
    (re.compile(r"[0-9]{1,2}([./])[0-9]{1,2}\1([0-9]{2}|[0-9]{4})"),
     "a date as one country writes it"),
    (re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})*,[0-9]+|-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"),
     "a number as one country writes it"),
    (re.compile(r"[0-9]{1,2}[:.][0-9]{2} ?(am|pm)", re.I), "a time as one country writes it"),
)  # fmt: skip
_VERSION = re.compile("version|revision", re.I)
"""What is in the name of a property whose values may look like dates: 2.1.26."""


@item(102, "error", of="dates", remedy="Correct the date after its source.")
def dates(m: Material) -> Iterator[Fault]:
    """Dates are plausible, and nothing ends before it starts."""
    for subject, predicate, value in m.facts:
        if not isinstance(value, Literal) or value.datatype not in _DATED:
            continue
        day = day_of(value)
        path = shorten(predicate.value)
        if value.value.startswith("0000"):
            yield Fault(name(subject), f"There was no year 0 ({path}).")
        elif day is not None and day.year > m.today.year + _FAR:
            yield Fault(name(subject), f"{value.value} is far ahead ({path}).")
        elif day is not None and predicate in _PAST and day > m.today:
            yield Fault(name(subject), f"{value.value} is yet to come ({path}).")
    for start, end in _INTERVALS:
        for subject, last in m.facts.pairs(end):
            for first in m.facts.texts(subject, start):
                if isinstance(last, Literal) and _after(first.value, last.value):
                    yield Fault(
                        name(subject),
                        f"{shorten(end.value)} {last.value} is before"
                        f" {shorten(start.value)} {first.value}.",
                    )


@item(
    103,
    "error",
    of="coordinates",
    remedy="Give latitude from -90 to 90 and longitude from -180 to 180.",
)
def coordinates(m: Material) -> Iterator[Fault]:
    """Coordinates are in range, in the order their system asks for."""
    for predicates, most in (
        ((GEO.lat, SCHEMA.latitude), 90.0),
        ((GEO.long, SCHEMA.longitude), 180.0),
    ):
        for subject, value in m.facts.pairs(*predicates):
            if not _within(value, most):
                yield Fault(name(subject), f"{_text(value)} is not from -{most:g} to {most:g}.")
    for subject, value in m.facts.pairs(GEO.lat_long):
        parts = _text(value).split(",")
        if len(parts) != 2 or not _in(parts[0], 90) or not _in(parts[1], 180):
            yield Fault(name(subject), f"'{_text(value)}' is not latitude, longitude.")
    for subject, value in m.facts.pairs(_AS_WKT):
        match = _WKT.fullmatch(_text(value).strip())
        if match is not None:
            latitude_first = "EPSG" in (match["system"] or "")
            order = "latitude, longitude" if latitude_first else "longitude, latitude"
            limits = (90, 180) if latitude_first else (180, 90)
            if not all(_in(match[n + 2], most) for n, most in enumerate(limits)):
                yield Fault(name(subject), f"'{_text(value)}' is out of range for {order}.")


@item(104, "warning", of="literals", remedy="Write 2004-05-31 and 1234.5, with the datatype.")
def neutral(m: Material) -> Iterator[Fault]:
    """Dates and numbers are written as XML Schema has them."""
    for subject, predicate, value in m.facts:
        if isinstance(value, Literal) and len(value.value) < 25:
            if _VERSION.search(predicate.value):
                continue
            for form, what in _LOCAL:
                if form.fullmatch(value.value.strip()):
                    path = shorten(predicate.value)
                    yield Fault(name(subject), f"'{value.value}' is {what} ({path}).")


def _after(first: str, last: str) -> bool:
    """Whether one date is later than another at the precision that both have."""
    if not first[:4].isdigit() or not last[:4].isdigit():
        return False
    length = min(len(first), len(last), 10)
    return first[:length] > last[:length]


def _within(value: Term, most: float) -> bool:
    return isinstance(value, Literal) and _in(value.value, most)


def _in(text: str, most: float) -> bool:
    try:
        return abs(float(text)) <= most
    except ValueError:
        return False


def _text(value: Term) -> str:
    return value.value if isinstance(value, (Literal, NamedNode)) else str(value)


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
