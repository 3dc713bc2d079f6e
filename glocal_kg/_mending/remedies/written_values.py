"""How a value of a datatype is written, and a wrong value written right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.rdf_terms import XSD

_FORMS = {
    "date": "2002-12-10",
    "gYear": "2002",
    "gYearMonth": "2002-10",
    "dateTime": "2002-12-10T09:30:00Z",
    "time": "09:30:00",
    "integer": "12",
    "nonNegativeInteger": "12",
    "positiveInteger": "12",
    "decimal": "41.9",
    "double": "41.9",
    "boolean": "true",
    "anyURI": "https://example.org/",
    "duration": "P1Y",
    "string": "text",
    "language": "en",
}
_BARE = {
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?\d*\.\d+",
    "boolean": r"true|false",
}
_DAY = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*")
_ISO = re.compile(r"\s*(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?\s*")
_DEGREES = re.compile(
    r"""\s*(\d{1,3})\s*°\s*(?:(\d{1,2})\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:"|″|''|”)\s*)?([NSEW])\s*""",
    re.IGNORECASE,
)
_POINT = re.compile(r"\(?\s*([+-]?\d{1,3}\.\d+)\s*[,;/ ]\s*([+-]?\d{1,3}\.\d+)\s*\)?")
_WKT = re.compile(
    r"\s*(?:<[^<>]*CRS84>|SRID=4326;)?\s*POINT\s*(?:Z\s*)?"
    r"\(\s*([+-]?\d{1,3}(?:\.\d+)?)\s+([+-]?\d{1,2}(?:\.\d+)?)(?:\s+\S+)?\s*\)\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*([+-]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEWnsew])?\s*")


def form_of(datatype: str) -> str:
    """An example of how a datatype is written.

    >>> form_of(XSD + "gYear")
    '2002'
    """
    return _FORMS.get(datatype.removeprefix(XSD), f"as {datatype} says")


def readings(text: str, datatypes: Sequence[str]) -> list[str]:
    """A text as Turtle of the first of some datatypes that fits: in two ways where both may be.

    >>> readings("12/05/1959", [XSD + "gYear", XSD + "date"])
    ['"1959-05-12"^^xsd:date', '"1959-12-05"^^xsd:date']
    >>> readings("5,000", [XSD + "decimal"]), readings("41,9", [XSD + "decimal"])
    (['5.000', '5000.0'], ['41.9'])
    >>> readings("spring", [XSD + "date"])
    []
    """
    first = _first_reading(text, datatypes)
    others = [_first_reading(other, datatypes) for other in _otherwise(text)] if first else []
    return list(dict.fromkeys(one for one in (first, *others) if one))


def _first_reading(text: str, datatypes: Sequence[str]) -> str:
    candidates = [text.strip(), *_as_degrees(text), *_as_dates(text), *_as_numbers(text)]
    for candidate in candidates:
        for datatype in datatypes:
            if _reads_as(candidate, datatype):
                return turtle(candidate, datatype)
    return ""


def _otherwise(text: str) -> list[str]:
    """What else a text may mean: the month first, a comma that groups thousands."""
    if (found := _DAY.fullmatch(text)) and int(found[1]) <= 12 and int(found[2]) <= 12:
        return [f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}"]
    if (found := _GROUPED.fullmatch(text)) and "." not in text and found[1].strip("+-0"):
        return [f"{as_whole(text)}.0"]
    return []


def _reads_as(text: str, datatype: str) -> bool:
    name = datatype.removeprefix(XSD)
    if name == "string":
        return True
    if name == "gYear" and not re.fullmatch(r"-?\d{4}", text):
        return False
    return is_legal(text, datatype)


def turtle(text: str, datatype: str) -> str:
    """A literal in Turtle, bare where that is the same.

    >>> turtle("12", XSD + "integer")
    '12'
    """
    name = datatype.removeprefix(XSD)
    if re.fullmatch(_BARE.get(name, "(?!)"), text):
        return text
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if name == "string":
        return quoted
    return f"{quoted}^^{'xsd:' + name if datatype.startswith(XSD) else f'<{datatype}>'}"


def _as_dates(text: str) -> list[str]:
    """A date as people write it, in the form of the standard; the day before the month."""
    if _OTHER_ERA.search(text):
        return []  # nobody here counts from one calendar to another
    if found := _CLOSE.fullmatch(text):
        return ["-".join(found.groups())]
    if (found := _NAMED.search(text)) and (number := _month(found[2])):
        whole = f"{found[3]}-{number:02}"
        return [f"{whole}-{int(found[1]):02}" if found[1] else whole, whole]
    if found := _DAY.fullmatch(text):
        day, month, year = found.groups()
        if int(month) > 12:
            day, month = month, day
        return [f"{year}-{int(month):02}-{int(day):02}"]
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        whole = f"{year}-{int(month):02}"
        return [f"{whole}-{int(day):02}" if day else whole, whole, year]
    if found := _MOMENT.match(text):
        return [found[1]]
    years = re.findall(r"\b(\d{4})\b", text)
    return years[:1]


_CLOSE = re.compile(r"\s*(\d{4})([01]\d)([0-3]\d)\s*")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_OTHER_ERA = re.compile(
    r"\b(?:muharram|safar|rabi\w*|jumada|rajab|sha.?ban|ramadan|shawwal|dhu\W\w+|tishr[ei]i?|h?eshvan"
    r"|kislev|tevet|shevat|adar|nisan|iyar|sivan|tammuz|elul|farvardin|a\.?h\.?|bce?|b\.c\.(?:e\.)?|a\.?m\.?)\b",
    re.IGNORECASE,
)
_MONTHS = (
    "jan gen ene", "feb fév fev", "mar mär", "apr avr abr", "may mai mag mei maio", "jun juin giu",
    "jul juil lug", "aug aoû aou ago", "sep set", "oct okt ott out", "nov", "dec déc dic dez",
)  # fmt: skip
"""How the names of the months begin in English, Italian, French, German, Spanish, Portuguese."""


def _month(word: str) -> int:
    """The number of a month by its name in one of six languages; 0 for another word.

    >>> _month("maggio"), _month("December"), _month("spring")
    (5, 12, 0)
    """
    word = word.casefold()
    for number, starts in enumerate(_MONTHS, 1):
        if word.startswith(tuple(starts.split())) and len(word) <= 10:
            return number
    return 0


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]")


def no_day(text: str) -> str:
    """Why a date in the form of the standard is none; "" where that is not why.

    >>> no_day("2003-13-01"), no_day("2003-02-30"), no_day("2003-02-03")
    ('there is no month 13', '2003-02 has no day 30', '')
    """
    found = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)", text)
    if found is None:
        return ""
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    if not 1 <= month <= 12:
        return f"there is no month {found[2]}"
    from calendar import monthrange  # with its names of months, which take time to look up

    last = monthrange(max(year, 1), month)[1]
    return "" if 1 <= day <= last else f"{found[1]}-{found[2]} has no day {found[3]}"


def as_point(text: str) -> tuple[str, str] | None:
    """Latitude and longitude that stand in one text.

    WKT has the longitude first.

    >>> as_point("45.07, 7.69"), as_point("POINT(7.69 45.07)")
    (('45.07', '7.69'), ('45.07', '7.69'))
    """
    found = _POINT.fullmatch(text.strip())
    if found is None and (found := _WKT.fullmatch(text)):
        return found[2], found[1]
    return (found[1], found[2]) if found else None


def _as_degrees(text: str) -> list[str]:
    """Degrees, minutes and seconds as a number of degrees."""
    found = _DEGREES.fullmatch(text)
    if not found:
        return []
    whole, minutes, seconds, side = found.groups()
    degrees = int(whole) + int(minutes or 0) / 60 + float(seconds or 0) / 3600
    return [f"{-degrees if side.upper() in 'SW' else degrees:.4f}"]


_GROUPED = re.compile(r"\s*([+-]?\d{1,3})((?:[.,'’ \u00a0\u202f]\d{3})+)\s*")
_MANY = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(thousand|million|mio|mln|k|m)\.?\s*", re.IGNORECASE)
_ZEROS = {"t": 3, "k": 3, "m": 6}


def as_whole(text: str) -> str:
    """A whole number as people write it, in figures alone; "" where it is none.

    >>> as_whole("870.456"), as_whole("1.2 million"), as_whole("709 thousand"), as_whole("7.5")
    ('870456', '1200000', '709000', '')
    """
    if found := _GROUPED.fullmatch(text):
        return found[1] + re.sub(r"\D", "", found[2])
    if found := _MANY.fullmatch(text):
        whole, _, part = found[1].replace(",", ".").partition(".")
        zeros = _ZEROS[found[2][0].lower()]
        return whole + part.ljust(zeros, "0") if len(part) <= zeros else ""
    return text.strip() if re.fullmatch(r"\s*[+-]?\d+\s*", text) else ""


def _as_numbers(text: str) -> list[str]:
    found = _NUMBER.fullmatch(text)
    if not found:
        return []
    number = found[1].replace(",", ".")
    sign = "-" if (found[2] or "").upper() in ("S", "W") and not number.startswith("-") else ""
    number = sign + number
    return [number, f"{number}.0"] if "." not in number else [number]
