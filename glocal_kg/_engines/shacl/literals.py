"""XSD literals: whether a lexical form is legal, and which value it stands for.

Legal forms follow XML Schema 1.1 part 2 without its white-space handling, as RDF wants it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal

from glocal_kg._engines.shacl.rdf_terms import XSD, Term
from glocal_kg._rdf.sparql.numbers import Single

Exact: TypeAlias = int | Fraction

_TZ = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-4]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]+))?"

DATES = {
    name: pattern + _TZ
    for name, pattern in {
        "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}",
        "date": f"{_YEAR}-{_MONTH}-{_DAY}",
        "time": _TIME,
        "gYear": _YEAR,
        "gYearMonth": f"{_YEAR}-{_MONTH}",
        "gMonth": f"--{_MONTH}",
        "gMonthDay": f"--{_MONTH}-{_DAY}",
        "gDay": f"---{_DAY}",
    }.items()
}
_FIELDS = {
    "dateTime": "ymdt",
    "date": "ymd",
    "time": "t",
    "gYear": "y",
    "gYearMonth": "ym",
    "gMonth": "m",
    "gMonthDay": "md",
    "gDay": "d",
}
_DURATION = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]+))?S)?)?"
)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    + (r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF")
)
_MORE = _START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_FORMS = {
    "boolean": "true|false|1|0",
    "decimal": _DECIMAL.pattern,
    "double": _DOUBLE.pattern,
    "float": _DOUBLE.pattern,
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": (
        r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
        r"|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
    ),
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "NMTOKEN": f"[:{_MORE}]+",
    "Name": f"[:{_START}][:{_MORE}]*",
    "NCName": f"[{_START}][{_MORE}]*",
}
BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_DURATIONS = ("duration", "yearMonthDuration", "dayTimeDuration")
_LEAP = 1972  # the year XML Schema takes where a date has none
SECOND = 1_000_000
DAY = 86_400 * SECOND


class Comparable(NamedTuple):
    """A literal as something to compare: values of different ``kind`` have no order.

    ``number`` holds an int, Decimal or float (``single`` for xsd:float); moments are
    microseconds, with ``zoned`` telling whether a time zone was given; durations are months
    and microseconds.
    """

    kind: str
    content: object
    zoned: bool = False


_USUAL = {
    "date": re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"),
    "gYear": re.compile("[0-9]{4}"),
    "gYearMonth": re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])"),
}
"""How most dates are written: legal without looking at the calendar."""
_NEVER = re.compile(r"(?!)")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def is_legal(form: str, datatype: str) -> bool:
    """Whether a lexical form is in the lexical space of a datatype.

    Datatypes that are unknown, or that allow any text, take every form.

    >>> is_legal("1999", XSD + "gYear"), is_legal("99", XSD + "gYear")
    (True, False)
    >>> is_legal("300", XSD + "byte"), is_legal("2023-02-29", XSD + "date")
    (False, False)
    """
    check = checker(datatype)
    return check is None or check(form)


def checker(datatype: str) -> Callable[[str], bool] | None:
    """The test of a lexical form for a datatype; None where every form is legal."""
    if not datatype.startswith(XSD):
        return None
    name = datatype[len(XSD) :]
    if name in BOUNDS:
        return lambda form: _integer(form, name) is not None
    if name in _FORMS:
        pattern = _compiled(_FORMS[name])
        return lambda form: pattern.fullmatch(form) is not None
    if name in DATES or name == "dateTimeStamp":
        usual = _USUAL.get(name, _NEVER).fullmatch
        return lambda form: usual(form) is not None or _moment(form, name) is not None
    if name in _DURATIONS:
        return lambda form: _duration(form, name) is not None
    return None


@cache
def usual_lines(datatype: str) -> re.Pattern[str] | None:
    """What lines of literals fit that are all written as most of a datatype; None for no such.

    >>> line = f'"1999"^^<{XSD}gYear>\\n'
    >>> usual_lines(XSD + "gYear").fullmatch(2 * line) is None
    False
    """
    usual = _USUAL.get(datatype.removeprefix(XSD))
    tail = re.escape(f'"^^<{datatype}>')
    return None if usual is None else re.compile(rf'(?>"(?:{usual.pattern}){tail}\n)*+')


def _integer(form: str, name: str) -> int | None:
    if not _INTEGER.fullmatch(form):
        return None
    number = _big_int(form)
    low, high = BOUNDS[name]
    fits = (low is None or number >= low) and (high is None or number <= high)
    return number if fits else None


def _big_int(digits: str) -> int:
    # int() refuses more than 4,300 digits, Decimal does not; both are exact
    return int(digits) if len(digits) < 4_000 else int(Decimal(digits))


def days(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 in the Gregorian calendar, for any year."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _micro(seconds: int, digits: str | None) -> Exact:
    if not digits:
        return seconds * SECOND
    if len(digits) <= 6:
        return seconds * SECOND + int(digits.ljust(6, "0"))
    part = Fraction(_big_int(digits), 10 ** len(digits)) * SECOND
    return seconds * SECOND + part


def _moment(form: str, name: str) -> tuple[Exact, bool] | None:
    """Microseconds from 1970 UTC and whether a time zone is given, or None for a bad form."""
    base = "dateTime" if name == "dateTimeStamp" else name
    match = _compiled(DATES[base]).fullmatch(form)
    if match is None:
        return None
    groups = list(match.groups())
    zone = groups.pop()
    if name == "dateTimeStamp" and zone is None:
        return None
    year, month, day = _LEAP, 1 if base == "gDay" else 12, 1
    time: Exact = 0
    for field in _FIELDS[base]:
        if field == "y":
            year = int(groups.pop(0)[:4_000])
        elif field == "m":
            month = int(groups.pop(0))
        elif field == "d":
            day = int(groups.pop(0))
        else:
            hour, minute, second = (int(groups.pop(0)) for _ in range(3))
            time = _micro(hour * 3600 + minute * 60 + second, groups.pop(0))
            if time > DAY:
                return None  # 24:00:00 is the end of the day, 24:00:01 is nothing
    if day > _month_length(year, month):
        return None
    if base == "time":
        time %= DAY
    moment = days(year, month, day) * DAY + time
    if zone is None:
        return moment, False
    if zone != "Z":
        offset = int(zone[1:3]) * 60 + int(zone[4:6])
        moment -= (offset if zone[0] == "+" else -offset) * 60 * SECOND
    return moment, True


def _duration(form: str, name: str) -> tuple[int, Exact] | None:
    match = _DURATION.fullmatch(form)
    if match is None:
        return None
    sign, years, months, days, time, hours, minutes, seconds, part = match.groups()
    if time == "T" or not any((years, months, days, time)):
        return None
    if name == "yearMonthDuration" and (days or time):
        return None
    if name == "dayTimeDuration" and (years or months):
        return None
    number = [
        _big_int(item) if item else 0 for item in (years, months, days, hours, minutes, seconds)
    ]
    total = number[0] * 12 + number[1]
    length = _micro(number[2] * 86_400 + number[3] * 3_600 + number[4] * 60 + number[5], part)
    return (-total, -length) if sign else (total, length)


def value_of(form: str, datatype: str) -> Comparable | None:
    """The value to compare, or None where the form is illegal or its type has no order."""
    parse = _PARSERS.get(datatype)
    return None if parse is None else parse(form)


def value_of_term(term: Term) -> Comparable | None:
    """The value of a term; None for all but literals of a type with an order."""
    if not isinstance(term, Literal) or term.language:
        return None
    return value_of(term.value, term.datatype.value)


def _parser(name: str) -> Callable[[str], Comparable | None]:
    if name in BOUNDS:

        def parse(form: str) -> Comparable | None:
            number = _integer(form, name)
            return None if number is None else Comparable("number", number)

    elif name in _DURATIONS:

        def parse(form: str) -> Comparable | None:
            duration = _duration(form, name)
            return None if duration is None else Comparable("duration", duration)

    else:
        kind = "dateTime" if name == "dateTimeStamp" else name

        def parse(form: str) -> Comparable | None:
            moment = _moment(form, name)
            return None if moment is None else Comparable(kind, *moment)

    return parse


def _decimal(form: str) -> Comparable | None:
    return Comparable("number", Decimal(form)) if _DECIMAL.fullmatch(form) else None


def _real(form: str) -> float | None:
    return float(form.replace("INF", "inf")) if _DOUBLE.fullmatch(form) else None


def _double(form: str) -> Comparable | None:
    real = _real(form)
    return None if real is None else Comparable("number", real)


def _float(form: str) -> Comparable | None:
    real = _real(form)
    return None if real is None else Comparable("number", Single(real))


def _boolean(form: str) -> Comparable | None:
    legal = _compiled(_FORMS["boolean"]).fullmatch(form)
    return Comparable("boolean", int(form in ("true", "1"))) if legal else None


_PARSERS: dict[str, Callable[[str], Comparable | None]] = {
    XSD + "string": lambda form: Comparable("string", form),
    XSD + "boolean": _boolean,
    XSD + "decimal": _decimal,
    XSD + "double": _double,
    XSD + "float": _float,
    **{XSD + name: _parser(name) for name in (*BOUNDS, *DATES, "dateTimeStamp", *_DURATIONS)},
}
