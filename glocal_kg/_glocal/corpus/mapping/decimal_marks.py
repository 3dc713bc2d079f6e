"""Which decimal mark a draft writes: by the numbers of the columns that it reads."""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from glocal_kg._glocal.corpus.mapping.sampling import ColumnSample

_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
_POINT = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)\.\d+")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")  # or a decimal mark: 45.075
_DEGREES = re.compile(r".*(lat|lon|lng|long|latitud\w*|longitud\w*|breite\w*|l(ä|ae)nge\w*)", re.I)


class DecimalMark(NamedTuple):
    """Whether a comma is the decimal mark, and what a draft says of it."""

    comma: bool
    lines: list[str]


def decimal_of(read: list[ColumnSample], columns: Iterable[ColumnSample] = ()) -> DecimalMark:
    """The mark that most numbers of the columns that are read have; a point where none shows.

    What the others of all ``columns`` have is asked about, as is what is as often the one as
    the other.
    """
    commas, points = _texts(read, _COMMA), _texts(read, _POINT)
    if commas and not points:
        return DecimalMark(True, ['decimal: ","'])
    if commas:
        told = f"{_counted(commas)} a comma, as {commas[0]}, and {len(points)} a point"
        if len(commas) > len(points):
            return DecimalMark(True, [f'decimal: ","  # {told}: correct the others'])
        asked = "correct them" if len(commas) < len(points) else "which is it?"
        return DecimalMark(False, [f'# decimal: ","  # {told}; {asked}'])
    for column in columns:
        if (texts := _texts([column], _COMMA)) and column not in read:
            told = f"{texts[0]} of {column.name} has a comma; say it there if you import it"
            return DecimalMark(False, [f'# decimal: ","  # {told}'])
    return DecimalMark(False, [])


def _texts(columns: list[ColumnSample], form: re.Pattern[str]) -> list[str]:
    """The numbers of a form, each as often as it stands there; of degrees none has thousands."""
    return [
        text
        for column in columns
        for text in column.texts.elements()
        if form.fullmatch(text)
        and (_DEGREES.fullmatch(column.name.strip()) or not _THOUSANDS.fullmatch(text))
    ]


def _counted(texts: list[str]) -> str:
    return "1 number has" if len(texts) == 1 else f"{len(texts)} numbers have"
