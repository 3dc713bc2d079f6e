"""The order of literal values, one by one and as ranks for whole columns.

It follows the ``<`` of SPARQL 1.1 (section 17.3) and, for the other ordered types, the order of
XML Schema 1.1; two values without an order are incomparable.
"""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from glocal_kg._engines.shacl.literals import (
    DATES,
    DAY,
    SECOND,
    Comparable,
    Exact,
    days,
)
from glocal_kg._rdf.sparql.numbers import Single

_SHIFT = 14 * 3_600 * SECOND  # an unknown time zone lies within 14 hours of UTC


def compare(a: Comparable | None, b: Comparable | None) -> int | None:
    """-1, 0 or 1 as a is less than, equal to or greater than b; None where there is no order.

    >>> from glocal_kg._engines.shacl.literals import value_of
    >>> from glocal_kg._engines.shacl.rdf_terms import XSD
    >>> def value(form, name): return value_of(form, XSD + name)
    >>> compare(value("01", "integer"), value("1.0", "decimal"))
    0
    >>> compare(value("2000-01-01T00:00:00", "dateTime"), value("2000-01-01T00:00:00Z", "dateTime"))
    >>> compare(value("1999", "gYear"), value("2000", "gYear"))
    -1
    """
    if a is None or b is None or a.kind != b.kind:
        return None
    x, y = a.content, b.content
    if a.kind == "number":
        return _compare_numbers(x, y)  # type: ignore[arg-type]  # of the kind
    if a.kind == "duration":
        return _compare_durations(x, y)  # type: ignore[arg-type]  # of the kind
    if a.zoned != b.zoned:
        return _compare_zoned(x, y, a.zoned)  # type: ignore[arg-type]  # of the kind
    return (x > y) - (x < y)  # type: ignore[operator, no-any-return]  # of the kind


_FAMILY_BITS = 58
_HALF = 1 << (_FAMILY_BITS - 1)
_FAMILIES = {
    (kind, zoned): place << _FAMILY_BITS
    for place, (kind, zoned) in enumerate(
        [("number", False), *((name, zoned) for name in DATES for zoned in (False, True))], 1
    )
}

_NUMBERS = _FAMILIES["number", False] + _HALF
_SCALES = np.array([*(SECOND // 10**place for place in range(7)), _HALF])
"""What a unit of each decimal place counts; too much where it is smaller than a millionth."""


def rank(value: Comparable | None) -> int:
    """A whole number of 64 bits that sorts as the values of one family do; 0 where there is none.

    The family (numbers; or moments of one type, with or without time zone) is in the upper
    bits, so that ranks are comparable exactly where ``same_family`` says so. Both numbers and
    moments count in millionths; what needs more than that has no rank.

    >>> two, half = rank(Comparable("number", 2)), rank(Comparable("number", Decimal("0.5")))
    >>> two > half > rank(None) == rank(Comparable("number", 0.5)) == 0
    True
    """
    family = None if value is None else _FAMILIES.get((value.kind, value.zoned))
    if value is None or family is None:
        return 0
    content = value.content
    if isinstance(content, Decimal) and abs(content) < _HALF // SECOND:
        whole = int(content.scaleb(6))
        content = whole if Decimal(whole).scaleb(-6) == content else None
    elif isinstance(content, int) and value.kind == "number":
        content *= SECOND
    if not isinstance(content, int) or not -_HALF < content < _HALF:
        return 0
    return family + _HALF + content


def ranks_of_units(units: NDArray[np.int64], places: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The ranks of numbers given in units of their last place; 0 where one may have none.

    >>> (ranks,) = ranks_of_units(np.array([-15]), np.array([1], np.uint8))
    >>> ranks == rank(Comparable("number", Decimal("-1.5")))
    np.True_
    """
    scale = _SCALES[np.minimum(places, len(_SCALES) - 1)]
    fits = np.abs(units) <= _HALF // scale - 1
    found: NDArray[np.int64] = np.where(fits, _NUMBERS + units * np.where(fits, scale, 0), 0)
    return found


def same_family(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of two arrays of ranks can be compared."""
    family = x >> _FAMILY_BITS
    same: NDArray[np.bool_] = (family == y >> _FAMILY_BITS) & (family > 0)
    return same


def _compare_numbers(x: int | Decimal | float, y: int | Decimal | float) -> int | None:
    if isinstance(x, float) or isinstance(y, float):
        narrow = all(isinstance(n, Single) or not isinstance(n, float) for n in (x, y))
        x, y = _as_float(x), _as_float(y)
        if narrow:
            x, y = Single(x), Single(y)
        if x != x or y != y:
            return None
    return (x > y) - (x < y)


def _as_float(number: int | Decimal | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _compare_zoned(x: Exact, y: Exact, x_is_zoned: bool) -> int | None:
    """Order where one side has no time zone: known only if they are 14 hours apart."""
    if not x_is_zoned:
        swapped = _compare_zoned(y, x, True)
        return None if swapped is None else -swapped
    if x < y - _SHIFT:
        return -1
    return 1 if x > y + _SHIFT else None


def _compare_durations(x: tuple[int, Exact], y: tuple[int, Exact]) -> int | None:
    """XML Schema adds both to four moments and wants the same order each time."""
    months, length = x[0] - y[0], x[1] - y[1]
    if months == 0 or length == 0 or (months > 0) == (length > 0):
        total = months or length
        return (total > 0) - (total < 0)
    orders = set()
    for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)):
        ends = []
        for whole, rest in (x, y):
            added_year, added_month = divmod(year * 12 + month - 1 + whole, 12)
            ends.append(days(added_year, added_month + 1, 1) * DAY + rest)
        orders.add((ends[0] > ends[1]) - (ends[0] < ends[1]))
    return orders.pop() if len(orders) == 1 else None
