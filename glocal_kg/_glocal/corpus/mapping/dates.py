"""Days, months and years as people write them: in numbers, and with the names of months.

Names of months are those of the language of the column, and English ones; other languages than
English need Babel.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from glocal_kg._glocal.corpus.mapping.cellvalue import XSD, CellProblem, CellValue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping.mapping import CellStyle, MappedProperty
    from glocal_kg._glocal.corpus.tables import Cell

_CLOCK = r"[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?"
_ISO = re.compile(rf"(-?\d{{4,}})(?:-(\d\d)(?:-(\d\d)(?:{_CLOCK})?)?)?")
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
_PLAIN = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)")
_ONE_YEAR = re.compile(r"\D*([12]\d{3})\D*")
_SLASHED = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})")
# 1 February 2003, 1. Februar 2003, 1er février 2003, 1º de febrero de 2003, February 2003.
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|er|º|°)?\s+(?:de |di )?)?([^\W\d_]{3,})\.?,?\s+(?:de |del )?(\d{4})", re.I
)
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2}),\s*(\d{4})")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def read_date(cell: Cell, text: str, given: MappedProperty) -> CellValue | CellProblem:
    """The day, month or year of a cell, by the type of its property."""
    kind = given.type
    wrong = CellProblem("not-a-year" if kind == "year" else "not-a-date")
    if cell.kind == "moment" and cell.day is not None:
        text = cell.day.isoformat()
    if cell.kind == "number" and kind == "date":
        return CellProblem("not-a-date", "Give the cell the format of a date if it holds one.")
    parts: tuple[int, int, int] | CellProblem | None = _iso(text)
    if parts is None:
        parts = _slashed(text, given.source) or _named(text, given.source.language)
    if parts is None:
        return wrong._replace(suggestion=_advice(text, given))
    if isinstance(parts, CellProblem):
        return parts
    year, month, day = parts
    if not year:
        told = "There is no year 0: leave the cell empty if the year is not known."
        return wrong._replace(suggestion=told)
    if day:
        try:
            date(max(1, year), month, day)
        except ValueError:
            return wrong._replace(suggestion="There is no such day.")
    elif month and not 1 <= month <= 12:
        return wrong._replace(suggestion="There is no such month.")
    if kind == "year":
        if month:
            return wrong._replace(suggestion="Map the column as when: or date to keep the day.")
        return CellValue(_year(year), XSD + "gYear")
    if kind == "date" and not day:
        return wrong._replace(suggestion="Map the column as when where a year is enough.")
    if day:
        return CellValue(f"{_year(year)}-{month:02}-{day:02}", XSD + "date")
    if month:
        return CellValue(f"{_year(year)}-{month:02}", XSD + "gYearMonth")
    return CellValue(_year(year), XSD + "gYear")


def time_of(text: str) -> str:
    """The time of day that a date has and that no day keeps; "" for none, and for midnight, by
    which programs write a day alone.

    >>> time_of("2004-01-02T10:00"), time_of("2004-01-02 00:00:00"), time_of("2004-01-02T00:00Z")
    ('10:00', '', '00:00Z')
    """
    found = _ISO.fullmatch(text.strip())
    if found is None or found[4] is None:
        return ""
    zone = found[5] or ""
    return found[4] + zone if zone or found[4].strip("0:.") else ""


def _advice(text: str, given: MappedProperty) -> str:
    """What to write instead of a text that is no date."""
    language = given.source.language
    if _NAMED.fullmatch(text) and not language:
        return "Say language: in the mapping, for names of months."
    month, plain = _MONTH.fullmatch(text), _PLAIN.fullmatch(text)
    if given.type == "when" and month and 1 <= int(month[1]) <= 12:
        return f"Write the month as {month[2]}-{int(month[1]):02}."
    if given.type != "year" and plain:
        return f"Write the day as {plain[1]}-{plain[2]}-{plain[3]}."
    year = _ONE_YEAR.fullmatch(text)
    if given.type != "date" and year:
        return f"Write {year[1]} alone if no more is known."
    if given.type == "year":
        return "Write the year alone, with four digits."
    return "Write a day as 2003-02-01" + (
        "." if given.type == "date" else ", a month as 2003-02, a year as 2003."
    )


def _year(year: int) -> str:
    return f"{year:05}" if year < 0 else f"{year:04}"


def _iso(text: str) -> tuple[int, int, int] | None:
    found = _ISO.fullmatch(text)
    if not found or len(found[1].lstrip("-")) > 4:
        return None
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


def _slashed(text: str, source: CellStyle) -> tuple[int, int, int] | CellProblem | None:
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        return first, second, third
    if len(found[3]) != 4:
        return CellProblem("date-unclear", "Write the year with four digits.")
    if source.dates == "day first":
        return third, second, first
    if source.dates == "month first":
        return third, first, second
    if first > 12 >= second:
        return third, second, first
    if second > 12 >= first:
        return third, first, second
    if first == second:
        return third, first, second
    return CellProblem(
        "date-unclear",
        "Say dates: day first, or dates: month first, in the mapping.",
        f"{third}-{second:02}-{first:02} or {third}-{first:02}-{second:02}",
    )


def _named(text: str, language: str) -> tuple[int, int, int] | None:
    found = _NAMED.fullmatch(text)
    if found:
        day, name, year = found[1], found[2], found[3]
    else:
        first = _NAMED_FIRST.fullmatch(text)
        if not first:
            return None
        name, day, year = first[1], first[2], first[3]
    folded = _fold(name)
    for months in (_months(language), _months("en")):
        at = {number for number, month in months if month.startswith(folded)}
        if len(at) == 1:
            return int(year), at.pop(), int(day or 0)
    return None


@cache
def _months(language: str) -> tuple[tuple[int, str], ...]:
    """The names of months in a language, each with its number.

    >>> [number for number, name in _months("es") if name.startswith("ago")][:1]
    [8]
    """
    english = tuple(enumerate(_MONTHS, 1))
    if language in ("", "en"):
        return english
    try:
        from babel import Locale
        from babel.core import UnknownLocaleError
    except ImportError:
        return english
    try:
        forms = Locale.parse(language, sep="-").months
    except (UnknownLocaleError, ValueError):
        return english
    return tuple(
        (number, _fold(name).rstrip("."))
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in forms[form][width].items()
    )


def _fold(name: str) -> str:
    from glocal_kg._glocal.corpus.matching.names import fold

    return fold(name)
