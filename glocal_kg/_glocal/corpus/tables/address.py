"""Addresses of cells as spreadsheets write them: A1, B7, AA12."""

from __future__ import annotations

from functools import cache

from glocal_kg.errors import GlocalError


@cache
def letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def column_of(text: str) -> int:
    """The number of a column, from 0, by its letters; raises ``GlocalError`` for others.

    >>> column_of("A"), column_of("AA")
    (0, 26)
    """
    if not (text.isascii() and text.isalpha()):
        raise GlocalError(f"'{text}' is no column.", remedy="Columns are A, B, ..., Z, AA, ...")
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def address(row: int, column: int) -> str:
    """The address of a cell: rows count from 1 as in a spreadsheet, columns from 0.

    >>> address(7, 1)
    'B7'
    """
    return f"{letters(column)}{row}"


def corners(area: str) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of an area such as A1:B3.

    >>> corners("A1:B3"), corners("C5")
    ((1, 0, 3, 1), (5, 2, 5, 2))
    """
    first, _, last = area.replace("$", "").partition(":")
    ends = []
    for corner in (first, last or first):
        name = corner.rstrip("0123456789")
        ends += [int(corner[len(name) :]), column_of(name)]
    return ends[0], ends[1], ends[2], ends[3]
