"""Casts by the name of a type: ``xsd:integer(?x)`` (17.5), as XPath does them."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql import numbers, time_texts, times
from glocal_kg._rdf.sparql.comparison import STRING, boolean, value
from glocal_kg._rdf.sparql.numbers import XSD, NoValue, Single

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._rdf.sparql.comparison import Term


def _worth(term: Term) -> tuple[str, object]:
    if not isinstance(term, Literal):
        raise NoValue
    kind, worth = value(term)
    if kind not in ("number", "boolean", "time", "string"):
        raise NoValue
    return kind, worth


def to_string(term: Term) -> Literal:
    """xsd:string: the text of an IRI or a literal; numbers and times as XPath writes them."""
    if isinstance(term, NamedNode):
        return Literal(term.value)
    kind, worth = _worth(term)
    if kind == "number" and isinstance(worth, (int, float, Decimal)):
        return Literal(numbers.written(worth).value)
    if kind == "boolean":
        return Literal("true" if worth else "false")
    if isinstance(worth, (times.Instant, times.Duration)):
        return Literal(time_texts.written(worth))
    assert isinstance(term, Literal)
    return Literal(term.value)


def to_boolean(term: Term) -> Literal:
    """xsd:boolean."""
    kind, worth = _worth(term)
    if kind == "boolean":
        return boolean(bool(worth))
    if kind == "number":
        return boolean(worth == worth and worth != 0)
    found = {"true": True, "1": True, "false": False, "0": False}.get(str(worth).strip(" \t\r\n"))
    if kind != "string" or found is None:
        raise NoValue
    return boolean(found)


def _to_number(name: str) -> Callable[[Term], Literal]:
    def cast(term: Term) -> Literal:
        kind, worth = _worth(term)
        if kind == "boolean":
            worth = int(bool(worth))
        elif kind == "string":
            worth = numbers.read(XSD + name, str(worth).strip(" \t\r\n"))
        if not isinstance(worth, (int, float, Decimal)) or kind == "time":
            raise NoValue
        if name == "double":
            return numbers.written(numbers.as_float(worth))
        if name == "float":
            return numbers.written(Single(numbers.as_float(worth)))
        if isinstance(worth, float) and not math.isfinite(worth):
            raise NoValue
        if name == "decimal":
            exact = numbers.shortest(worth) if isinstance(worth, float) else Decimal(worth)
            return numbers.written(exact)
        found = numbers.written(int(worth))
        if name == "integer":
            return found
        if numbers.read(XSD + name, found.value) is None:
            raise NoValue
        return Literal(found.value, datatype=NamedNode(XSD + name))

    return cast


def _to_time(name: str) -> Callable[[Term], Literal]:
    kind_of_type = NamedNode(XSD + name)

    def cast(term: Term) -> Literal:
        kind, worth = _worth(term)
        assert isinstance(term, Literal)
        text = term.value
        if kind == "time":
            if isinstance(worth, times.Duration):
                if name not in ("duration", "dayTimeDuration", "yearMonthDuration"):
                    raise NoValue
            elif isinstance(worth, times.Instant) and worth.kind != name:
                text = _converted(worth, text, name)
        elif kind != "string":
            raise NoValue
        text = text.strip(" \t\r\n")
        if times.read(name, text) is None:
            raise NoValue
        return Literal(text, datatype=kind_of_type)

    return cast


def _converted(worth: times.Instant, text: str, name: str) -> str:
    """A dateTime as a date or a time, a date as a dateTime."""
    if worth.kind == "dateTime" and name == "date":
        return times.date_text(worth)
    if worth.kind == "dateTime" and name == "time":
        return time_texts.clock(worth) + times.zone_text(worth.zone)
    if worth.kind == "date" and name == "dateTime":
        zone = times.zone_text(worth.zone)
        return f"{times.date_text(worth).removesuffix(zone)}T00:00:00{zone}"
    if name.startswith("g") and worth.year is not None and worth.month and worth.day:
        year, month, day = times.date_text(worth._replace(zone=None)).rsplit("-", 2)
        parts = {
            "gYear": year, "gYearMonth": f"{year}-{month}", "gMonth": f"--{month}",
            "gMonthDay": f"--{month}-{day}", "gDay": f"---{day}",
        }  # fmt: skip
        return parts[name] + times.zone_text(worth.zone)
    raise NoValue


CASTS: Final[dict[str, Callable[[Term], Literal]]] = {
    STRING: to_string,
    f"{XSD}boolean": to_boolean,
    **{kind: _to_number(kind[len(XSD) :]) for kind in sorted(numbers.TYPES)},
    **{XSD + name: _to_time(name) for name in sorted(times.NAMES) if name != "dateTimeStamp"},
}
