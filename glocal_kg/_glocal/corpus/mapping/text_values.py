"""From a cell to a value: what a text must look like to be a number, a date, a list's word.

Text is read alike in every format: a number typed into CSV and the same words in a workbook
pass or fail together. Numbers and dates a workbook stores as such need no reading.
"""

from __future__ import annotations

import re
import unicodedata

from glocal_kg._glocal.corpus.mapping.cellvalue import STRING, XSD, CellProblem, CellValue
from glocal_kg._glocal.corpus.mapping.dates import read_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from glocal_kg._glocal.corpus.mapping.mapping import CellStyle, MappedProperty
    from glocal_kg._glocal.corpus.tables import Cell

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_BETWEEN = (";", ",", "|", "/", "&", "+", " and ")
_ALIKE = 0.75  # of two words; transport and sport have 0.71
_TRUE = {"true": "true", "false": "false"}
_SCHEMES = ("http", "https", "urn", "doi", "tag", "mailto", "ftp", "info", "geo", "ark")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def read_value(cell: Cell, given: MappedProperty) -> CellValue | CellProblem:
    """The value of a cell that is not empty, by the type its property has."""
    text = cell.text.strip()
    kind = given.type
    if given.values is not None:
        listed = _listed(text, given)
        if isinstance(listed, CellProblem) or given.values_iri or kind in ("text", "identifier"):
            return listed
        text = listed.text  # sí stands for true, which is then read as such
        cell = cell._replace(text=text, kind="text")
    if given.around and kind in ("text", "identifier", "address", "iri"):
        text = given.around.replace("{}", text)
    if kind == "text":
        language = given.source.language
        return CellValue(text, f"@{language}") if language else CellValue(text, STRING)
    if kind == "identifier":
        return CellValue(text, STRING)
    if kind in ("number", "whole"):
        return _number(cell, text, given)
    if kind in ("date", "year", "when"):
        return read_date(cell, text, given)
    if kind == "boolean":
        known = _TRUE.get(text.lower())
        if known is None:
            return CellProblem("not-true-or-false", "List the words in the mapping under values:.")
        return CellValue(known, XSD + "boolean")
    return _address(text, kind)


def _listed(text: str, given: MappedProperty) -> CellValue | CellProblem:
    assert given.values is not None
    found = given.values.get(text)
    if found is None:
        folded = " ".join(text.casefold().split())
        alike = [key for key in given.values if " ".join(key.casefold().split()) == folded]
        if len(alike) == 1:
            found = given.values[alike[0]]
    if found is not None:
        return CellValue(found, "") if given.values_iri else CellValue(found, STRING)
    shown = ", ".join(list(given.values)[:8])
    more = ", ..." if len(given.values) > 8 else ""
    told = (
        meant_or_parted(text, given.values, given.split) or "Correct it, or add it under values:."
    )
    return CellProblem("not-listed", told, f"one of {shown}{more}")


def meant_or_parted(text: str, words: Iterable[str], split: str = "") -> str:
    """What to do about a text that is none of the words: its parts are, or it is one misspelled.

    ``split`` is the mark that parts several in one cell. Words that only end alike are not
    taken for each other: transport is no slip for sport.

    >>> meant_or_parted("culture, sport", ["culture", "sport"], ";")
    "Several are parted by ;: write 'culture; sport'."
    >>> meant_or_parted("kulture", ["culture"]), meant_or_parted("transport", ["sport"])
    ("Did you mean 'culture'?", '')
    """
    from difflib import get_close_matches

    known = {" ".join(word.casefold().split()): word for word in words}
    between = next((mark for mark in _BETWEEN if mark in text and mark != split), "")
    parts = [" ".join(part.split()) for part in text.split(between)] if between else []
    if parts and all(part.casefold() in known for part in parts):
        if not split:
            return f'Say split: "{between}" in the mapping if a cell may hold several.'
        written = f"{split} ".join(known[part.casefold()] for part in parts)
        return f"Several are parted by {split}: write '{written}'."
    close = get_close_matches(" ".join(text.casefold().split()), known, 1, _ALIKE)
    return f"Did you mean '{known[close[0]]}'?" if close else ""


def _number(cell: Cell, text: str, given: MappedProperty) -> CellValue | CellProblem:
    source = given.source
    if cell.kind == "number" and not _NUMBER.fullmatch(text):
        # Stored as a number, shown with a unit or a percent sign: what it shows is no number.
        return CellProblem("not-a-number", "Write the number alone, without sign or unit.")
    if cell.kind != "number":
        plain = _plain_number(text, source)
        if isinstance(plain, CellProblem):
            return plain
        text = plain
    try:
        number = float(text)
    except ValueError:
        return CellProblem("not-a-number", _number_hint(text, source))
    if given.type == "whole":
        if not text.lstrip("+-").isdigit():
            return CellProblem("not-whole", "Write it without a decimal mark, or map it as number.")
        text = str(int(text))
    elif "e" in text.lower():
        from decimal import Decimal

        text = format(Decimal(text), "f")
    if not (given.least is None or number >= given.least) or not (
        given.most is None or number <= given.most
    ):
        return CellProblem("out-of-range", "", _limits(given.least, given.most))
    kind = "integer" if given.type == "whole" else "decimal"
    return CellValue(text.removeprefix("+"), XSD + kind)


def _limits(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"a number from {least:g} to {most:g}"
    return f"a number not below {least:g}" if most is None else f"a number not above {most:g}"


def _plain_number(text: str, source: CellStyle) -> str | CellProblem:
    """A number in Python's form, by the marks the mapping names."""
    text = text.replace("−", "-")
    if source.grouping:
        pattern = rf"[+-]?\d{{1,3}}(?:{re.escape(source.grouping)}\d{{3}})+(?!\d)"
        if re.match(pattern, text):
            text = text.replace(source.grouping, "")
    if source.decimal == ",":
        if re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+", text):
            return CellProblem("number-unclear", 'Say grouping: "." if the point parts thousands.')
        if "." in text:
            return CellProblem("not-a-number", _number_hint(text, source))
        text = text.replace(",", ".")
    if _NUMBER.fullmatch(text):
        return text
    if re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+", text):
        return CellProblem(
            "number-unclear",
            'Say grouping: "," if the comma parts thousands, decimal: "," if it is the decimal'
            " mark.",
        )
    return CellProblem("not-a-number", _number_hint(text, source))


def _number_hint(text: str, source: CellStyle) -> str:
    if source.decimal == "." and re.fullmatch(r"[+-]?\d+,\d+", text):
        return 'Say decimal: "," in the mapping if the comma is the decimal mark.'
    if source.decimal == "," and re.fullmatch(r"[+-]?\d*\.\d+", text):
        return 'decimal: is "," in the mapping; take it out if the point is the decimal mark.'
    if text and not any(sign.isdigit() for sign in text):
        return f'Say missing: ["{text}"] in the mapping if it means that there is no value.'
    return "Write the number alone."


def _address(text: str, kind: str) -> CellValue | CellProblem:
    if kind == "address":
        if re.match(r"www\.[^\s]+\.", text):
            return CellProblem("not-an-address", f"Write https://{text}")
        if not re.fullmatch(r"(?:https?|ftp|doi|urn|mailto):[^\s<>\"{}|\\^`]+", text):
            return CellProblem("not-an-address")
        return CellValue(text, "")
    if not _IRI.fullmatch(text):
        return CellProblem("not-an-address", "Write an IRI in full, or prefix:name.")
    from glocal_kg._study.vocab import PREFIXES, expand

    prefix = text.partition(":")[0]
    if prefix in PREFIXES:
        return CellValue(expand(text).value, "")
    if prefix.lower() not in _SCHEMES:
        return CellProblem(
            "not-an-address", f"The prefix {prefix}: is not known; write it in full."
        )
    return CellValue(text, "")


def invisible(text: str) -> str:
    """The invisible characters of a text, as U+200E; "" where there are none.

    >>> invisible("Granada\\u200e"), invisible("Granada")
    ('U+200E', '')
    """
    if text.isascii():
        return "" if text.isprintable() else _controls(text)
    found = [sign for sign in text if unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cn")]
    # The joiners of Indic and Arabic scripts are letters to those who write them.
    found = [sign for sign in found if sign not in "\t\n\r\u200c\u200d"]
    return " ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in found))


def _controls(text: str) -> str:
    found = [sign for sign in text if not sign.isprintable() and sign not in "\t\n\r"]
    return " ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in found))
