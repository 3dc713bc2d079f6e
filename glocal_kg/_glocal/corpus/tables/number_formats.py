"""What a cell of a workbook shows: its stored value by its number format.

Numbers keep all their digits (a format that rounds what is shown loses nothing), but show the
zeros, percent signs and units of their format. Dates show only the parts their format has.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from glocal_kg._glocal.corpus.tables.cell import Cell, text_cell

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")


def show(value: object, format: str | None) -> Cell:
    """The cell that shows a value (of openpyxl's types) by a number format of spreadsheets.

    >>> show(123, "00000").text, show(20493.0, "General").text, show(0.25, "0%").text
    ('00123', '20493', '25%')
    >>> show(date(1999, 1, 1), "yyyy").text, show(date(1999, 5, 1), "mmm yyyy").text
    ('1999', '1999-05')
    """
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", "boolean")
    if isinstance(value, int | float):
        return _number(value, format or "General")
    if isinstance(value, datetime):
        return _date(value.date(), value.time(), format or "yyyy-mm-dd hh:mm")
    if isinstance(value, date):
        return _date(value, time(), format or "yyyy-mm-dd")
    if isinstance(value, time):
        return Cell(value.isoformat(), "time")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        hours, rest = divmod(abs(seconds), 3600)
        sign = "-" if seconds < 0 else ""
        return Cell(f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}", "time")
    return text_cell(str(value))


def digits(value: float) -> str:
    """A number in digits alone, as exactly as it is stored: no exponent, no idle ``.0``.

    >>> digits(1e21), digits(1.50), digits(1e-7), digits(-0.0)
    ('1000000000000000000000', '1.5', '0.0000001', '0')
    """
    text = repr(value)
    if "e" in text or "n" in text:
        if not abs(value) < float("inf"):
            return text
        from decimal import Decimal

        text = format(Decimal(text), "f")
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def _number(value: float, format: str) -> Cell:
    if format == "General":
        return Cell(str(value) if isinstance(value, int) else digits(value), "number")
    before, after, percent, zeros, scale, places = _number_format(format)
    if percent:
        from decimal import Decimal

        shown = digits(float(Decimal(repr(value)) * 100))
        return Cell(f"{before}{shown}%{after}", "number")
    if scale:  # 1,234 thousands: what is shown is not what is stored
        return Cell(digits(value), "number")
    text = digits(value)
    if places and "." not in text and text.lstrip("-").isdigit():
        text += "." + "0" * places
    if zeros > 1:
        sign = "-" if text.startswith("-") else ""
        whole, dot, rest = text.removeprefix("-").partition(".")
        text = f"{sign}{whole.zfill(zeros)}{dot}{rest}"
    return Cell(f"{before}{text}{after}", "number")


@cache
def _number_format(format: str) -> tuple[str, str, bool, int, bool, int]:
    """Text before and after, percent, least digits, scaled, decimal places always shown."""
    section = _BRACKETS.sub("", format.split(";")[0])
    # Words written in a format stand in the cell as though they were typed.
    plain = _QUOTED.sub("\x01", section)
    words = ["".join(pair) for pair in _QUOTED.findall(section)]
    match = re.search(r"[0#?][0#?,.]*", plain)
    if match is None:
        return "", "", False, 0, False, 0
    if re.search(r"[Ee][+-]", plain):
        return "", "", False, 0, False, 0
    core = match.group()
    marks = plain[: match.start()].count("\x01")
    before = "".join(words[:marks])
    after = "".join(words[marks:])
    whole, _, rest = core.partition(".")
    scaled = core.endswith(",")
    return (
        before.lstrip(),
        after.rstrip(),
        "%" in plain,
        whole.replace(",", "").count("0"),
        scaled,
        rest.count("0"),
    )


@cache
def _date_parts(format: str) -> frozenset[str]:
    """Which of y, m, d and h a date format shows; minutes are not months."""
    plain = _BRACKETS.sub("", _QUOTED.sub("", format.split(";")[0])).lower()
    plain = plain.replace("am/pm", "").replace("a/p", "")
    runs = [run.group() for run in re.finditer(r"y+|m+|d+|h+|s+|e+|g+", plain)]
    parts = set()
    for place, run in enumerate(runs):
        letter = run[0]
        if letter == "m":
            before = runs[place - 1][0] if place else ""
            after = runs[place + 1][0] if place + 1 < len(runs) else ""
            if len(run) <= 2 and (before in ("h", "s") or after == "s"):
                continue
        if letter == "e":  # the year in formats of East Asia
            letter = "y"
        if letter == "d" and len(run) > 2:  # the name of a weekday says no day of a month
            continue
        if letter in "ymdh":
            parts.add(letter)
    return frozenset(parts)


def _date(day: date, clock: time, format: str) -> Cell:
    parts = _date_parts(format)
    if "y" in parts and "m" not in parts:
        return Cell(f"{day.year:04}", "year", day)
    if "y" in parts and "d" not in parts:
        return Cell(f"{day.year:04}-{day.month:02}", "month", day)
    if "h" in parts and "y" not in parts and "d" not in parts:
        return Cell(clock.isoformat(), "time")
    if parts and "y" not in parts:
        return Cell(f"--{day.month:02}-{day.day:02}", "day", day)
    if "h" in parts and clock != time():
        return Cell(f"{day.isoformat()}T{clock.isoformat()}", "moment", day)
    return Cell(day.isoformat(), "date", day)


__all__ = ["digits", "show"]
