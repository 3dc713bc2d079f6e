"""Dates, times and durations written in the one form that XPath casts each to (F&O, 17.1.2)."""

from __future__ import annotations

from decimal import Decimal

from glocal_kg._rdf.sparql.times import Duration, Instant, date_text, zone_text


def written(time: Instant | Duration) -> str:
    """The text of a value.

    >>> from glocal_kg._rdf.sparql.times import read
    >>> written(read("dateTime", "2024-02-29T24:00:00+00:00")), written(read("duration", "P14M"))
    ('2024-03-01T00:00:00Z', 'P1Y2M')
    """
    if isinstance(time, Duration):
        return _of_duration(time)
    year = date_text(time._replace(month=1, day=1, zone=None)).removesuffix("-01-01")
    month, day = f"{time.month or 0:02}", f"{time.day or 0:02}"
    form = {
        "dateTime": f"{year}-{month}-{day}T{clock(time)}",
        "time": clock(time),
        "date": f"{year}-{month}-{day}",
        "gYear": year,
        "gYearMonth": f"{year}-{month}",
        "gMonth": f"--{month}",
        "gMonthDay": f"--{month}-{day}",
        "gDay": f"---{day}",
    }[time.kind]
    return form + zone_text(time.zone)


def clock(time: Instant) -> str:
    """The hour, minute and second of a time."""
    whole, _, rest = _plain(time.second or Decimal(0)).partition(".")
    return f"{time.hour or 0:02}:{time.minute or 0:02}:{whole:>02}{rest and '.' + rest}"


def _of_duration(time: Duration) -> str:
    whole, _, rest = _plain(time.seconds.copy_abs()).partition(".")  # exact at any length
    minutes, seconds = divmod(int(whole), 60)
    years, months = divmod(abs(time.months), 12)
    parts = {"Y": years, "M": months, "D": minutes // 1440}
    dates = "".join(f"{number}{sign}" for sign, number in parts.items() if number)
    parts = {"H": minutes // 60 % 24, "M": minutes % 60}
    clock = "".join(f"{number}{sign}" for sign, number in parts.items() if number)
    clock += f"{seconds}{rest and '.' + rest}S" if seconds or rest else ""
    if not (dates or clock):
        return "P0M" if time.kind == "yearMonthDuration" else "PT0S"
    sign = "-" if time.months < 0 or time.seconds < 0 else ""
    return f"{sign}P{dates}{'T' if clock else ''}{clock}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
