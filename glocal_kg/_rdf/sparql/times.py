"""Dates, times and durations of XML Schema: what they are worth and how they compare.

Python's own ``datetime`` knows the years 1 to 9999 and microseconds; these know all that a
literal can say.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from glocal_kg.errors import TooLargeError

_ZONE = r"(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR = r"(-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]\d|2[0-4]):([0-5]\d):([0-5]\d(?:\.\d+)?)"
_FORMS: Final = {
    name: form + _ZONE
    for name, form in {
        "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}",
        "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}(?!$)",
        "date": f"{_YEAR}-{_MONTH}-{_DAY}()()()",
        "time": f"()()(){_CLOCK}",
        "gYearMonth": f"{_YEAR}-{_MONTH}()()()()",
        "gYear": f"{_YEAR}()()()()()",
        "gMonthDay": f"()--{_MONTH}-{_DAY}()()()",
        "gMonth": f"()--{_MONTH}()()()()",
        "gDay": f"()()---{_DAY}()()()",
    }.items()
}
_DURATION: Final = (
    r"(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?"
    r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_DURATIONS: Final = frozenset({"duration", "dayTimeDuration", "yearMonthDuration"})
NAMES: Final = frozenset(_FORMS) | _DURATIONS
_HALF_DAY: Final = 14 * 3600  # as far as two time zones can be from the middle one
LONGEST: Final = 4000  # letters of a literal
_MEAN_MONTH: Final = 2629746  # seconds
_EXACT: Final = Context(prec=2 * LONGEST)  # what 28 digits as usual would cut off counts


@lru_cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form, re.ASCII)


class Instant(NamedTuple):
    """A date, a time or a part of one: its parts, its zone in minutes, its place in seconds."""

    kind: str
    year: int | None
    month: int | None
    day: int | None
    hour: int | None
    minute: int | None
    second: Decimal | None
    zone: int | None
    place: Decimal


class Duration(NamedTuple):
    """So many months and seconds."""

    kind: str
    months: int
    seconds: Decimal

    @property
    def length(self) -> Decimal:
        """About how long it is in seconds, to sort by: a month as a twelfth of a mean year."""
        return _EXACT.add(self.seconds, self.months * _MEAN_MONTH)


def read(name: str, text: str) -> Instant | Duration | None:
    """The value of a literal of the XML Schema type ``name``; None where the text does not fit.

    >>> read("date", "2001-02-29") is None
    True
    """
    if len(text) > LONGEST:
        raise TooLargeError(
            f"The value of a date or duration of {len(text):,} letters is asked for.",
            remedy=f"Those of up to {LONGEST:,} letters have one.",
            limit=LONGEST,
        )
    if name in _DURATIONS:
        return _duration(name, text)
    found = _compiled(_FORMS[name]).fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups()[:5])
    zone = _zone(found.group(7))
    seconds = Decimal(found.group(6)) if found.group(6) else Decimal(0)
    if hour == 24 and (minute or seconds):
        return None
    if day is not None and day > _days_in(year if year is not None else 2000, month or 1):
        return None
    # What a value does not say is that of 1972, a leap year (XSD 1.1, 3.3.7.2: the order).
    days = _days(1972 if year is None else year, month or 1, day or 1)
    whole = days * 86400 + (hour or 0) * 3600 + (minute or 0) * 60
    if hour == 24:
        following = days + 1
        if year is not None:
            year, month, day = _date(following)
        else:
            whole -= 86400
        hour = 0
    kind = "dateTime" if name == "dateTimeStamp" else name
    return Instant(
        kind, year, month, day, hour, minute, None if hour is None else seconds, zone,
        _EXACT.add(seconds, whole - (zone or 0) * 60),
    )  # fmt: skip


def compare(a: Instant | Duration, b: Instant | Duration) -> int | None:
    """-1, 0 or 1; None where the order is not determined (XSD 1.1, D.2: one without zone).

    >>> month, days = read("duration", "P1M"), read("duration", "P30D")
    >>> compare(month, days), compare(month, read("duration", "P32D"))
    (None, -1)
    """
    if isinstance(a, Duration) or isinstance(b, Duration):
        if not (isinstance(a, Duration) and isinstance(b, Duration)):
            return None
        return _compare_durations(a, b)
    if a.kind != b.kind:
        return None
    if (a.zone is None) == (b.zone is None):
        return (a.place > b.place) - (a.place < b.place)
    apart = _EXACT.subtract(a.place, b.place)
    return None if abs(apart) <= _HALF_DAY else (1 if apart > 0 else -1)


def _compare_durations(a: Duration, b: Duration) -> int | None:
    """Both are added to four moments and have the same order each time (XSD 1.1, 3.3.6.1)."""
    if a.months == b.months or a.seconds == b.seconds:
        one, other = (a.months, a.seconds), (b.months, b.seconds)
        return (one > other) - (one < other)
    orders = set()
    for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)):
        ends = []
        for part in (a, b):
            years, months = divmod(year * 12 + month - 1 + part.months, 12)
            ends.append(_EXACT.add(part.seconds, _days(years, months + 1, 1) * 86400))
        orders.add((ends[0] > ends[1]) - (ends[0] < ends[1]))
    return orders.pop() if len(orders) == 1 and 0 not in orders else None


def zone_text(minutes: int | None) -> str:
    """A time zone as TZ gives it: ``Z``, ``-05:00``, or nothing."""
    if minutes is None:
        return ""
    if minutes == 0:
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def date_text(moment: Instant) -> str:
    """The date of a dateTime, with its zone, as a cast to xsd:date gives it."""
    year = moment.year or 0
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{moment.month:02}-{moment.day:02}{zone_text(moment.zone)}"


def _zone(text: str | None) -> int | None:
    if not text:
        return None
    if text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return -minutes if text[0] == "-" else minutes


def _duration(name: str, text: str) -> Duration | None:
    found = _compiled(_DURATION).fullmatch(text)
    if found is None or len(text.lstrip("-")) < 3:
        return None
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
    whole = minutes * 60 + hours * 3600 + days * 86400
    seconds = _EXACT.add(Decimal(found.group(7) or 0), whole)
    if name == "dayTimeDuration" and (found.group(2) or found.group(3)):
        return None
    if name == "yearMonthDuration" and any(found.group(part) for part in (4, 5, 6, 7)):
        return None
    sign = -1 if found.group(1) else 1
    return Duration(name, sign * (years * 12 + months), _EXACT.multiply(sign, seconds))


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _days(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 in the calendar of today, carried on without end."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def _date(days: int) -> tuple[int, int, int]:
    days += 719468
    era, of_era = divmod(days, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    part = (5 * of_year + 2) // 153
    month = part + 3 if part < 10 else part - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * part + 2) // 5 + 1
