"""Whether what is of several datatypes is of another: xsd:byte within xsd:short."""

from __future__ import annotations

from collections.abc import Iterable

from glocal_kg._engines.rl.datatypes import ANY
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._rdf.sparql.numbers import RANGES

_XSD = PREFIXES["xsd"]
_ABOVE = {
    "normalizedString": "string", "token": "normalizedString", "language": "token",
    "NMTOKEN": "token", "Name": "token", "NCName": "Name", "dateTimeStamp": "dateTime",
    "dayTimeDuration": "duration", "yearMonthDuration": "duration", "integer": "decimal",
}  # fmt: skip


def is_within(datatypes: Iterable[str], wanted: str) -> bool:
    """Whether every value of all of some datatypes is one of another.

    >>> xsd = "http://www.w3.org/2001/XMLSchema#"
    >>> is_within([xsd + "short", xsd + "unsignedInt"], xsd + "unsignedShort")
    True
    >>> is_within([xsd + "short"], xsd + "unsignedShort")
    False
    """
    known = [one for one in datatypes if one]
    if wanted in ANY or wanted in known:
        return True
    names = [one.removeprefix(_XSD) for one in known if one.startswith(_XSD)]
    name = wanted.removeprefix(_XSD)
    spans = [RANGES[one] for one in names if one in RANGES]
    if spans and name in RANGES:
        low = max((low for low, _ in spans if low is not None), default=None)
        high = min((high for _, high in spans if high is not None), default=None)
        least, most = RANGES[name]
        return (least is None or (low is not None and low >= least)) and (
            most is None or (high is not None and high <= most)
        )
    above = {"integer"} if spans else set()
    for one in (*names, *above):
        while one in _ABOVE:
            one = _ABOVE[one]
            above.add(one)
    return name in above
