"""XSD literals: whether a lexical form is legal.

Legal forms follow XML Schema 1.1 part 2 without its white-space handling, as RDF wants it. What
numbers, dates and durations are worth is read as SPARQL reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from glocal_kg._engines.shacl.rdf_terms import XSD
from glocal_kg._rdf.sparql import numbers, times

_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    + (r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF")
)
_MORE = _START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_FORMS = {
    "boolean": "true|false|1|0",
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
_USUAL = {
    "date": re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"),
    "gYear": re.compile("[0-9]{4}"),
    "gYearMonth": re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])"),
}
"""How most dates are written: legal without looking at the calendar."""
_NEVER = re.compile(r"(?!)")
_DIGITS = re.compile(r"\.[0-9]*[1-9][0-9]*|[0-9]{5,}")


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


@cache
def checker(datatype: str) -> Callable[[str], bool] | None:
    """The test of a lexical form for a datatype; None where every form is legal."""
    name = datatype.removeprefix(XSD)
    if datatype in numbers.TYPES:
        return lambda form: numbers.fits(datatype, form)
    if name == datatype:
        return None
    if name in _FORMS:
        pattern = re.compile(_FORMS[name])
        return lambda form: pattern.fullmatch(form) is not None
    if name in times.NAMES:
        usual = _USUAL.get(name, _NEVER).fullmatch
        return lambda form: usual(form) is not None or _is_time(name, form)
    return None


def _is_time(name: str, form: str) -> bool:
    """Whether a form is a date, a time or a duration, which may be longer than one with a value."""
    if len(form) > times.LONGEST:  # leap years come again after 400 years
        form = _DIGITS.sub(
            lambda found: ".1" if found[0][0] == "." else found[0][0] + found[0][-4:], form
        )
    return times.read(name, form) is not None


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
