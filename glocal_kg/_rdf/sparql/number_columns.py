"""Numbers computed in columns: arithmetic, lengths, parts of times, without a call for each row.

Here every row has an integer or a decimal of a few digits, held as units of one last place; what
has another row, or grows too long (``Mixed``), is computed row by row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from pyoxigraph import Literal

from glocal_kg._rdf.sparql.algebra import Call, Chain, Var
from glocal_kg._rdf.sparql.column_order import SIGNS
from glocal_kg._rdf.sparql.comparison import number
from glocal_kg._rdf.sparql.numbers import DECIMAL, INTEGER, XSD, NoValue, read, written
from glocal_kg._rdf.sparql.text_columns import Mixed, Texts, text_column
from glocal_kg._rdf.sparql.worth import MOMENT, WHOLE, aligned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.computing import RowsAt

_DIGITS: Final = 18  # that an int64 always holds


class Exact(NamedTuple):
    """Numbers in units of the last of some places, and which are integers by their type."""

    units: NDArray[np.int64]
    places: int
    whole: NDArray[np.bool_]

    def at(self, places: int) -> NDArray[np.int64]:
        """The same in units of a later place."""
        factor: int = 10 ** (places - self.places)
        _room(_most(self.units) * factor)
        units: NDArray[np.int64] = self.units * factor
        return units

    def literals(self) -> list[Literal]:
        """The numbers as literals; a number that comes twice is made once."""
        _room(2 * _most(self.units))
        once, back = np.unique(2 * self.units + self.whole, return_inverse=True)
        units, whole = once >> 1, (once & 1).astype(bool)
        before, behind = np.divmod(np.abs(units), 10**self.places)
        texts = list(map(str, before.tolist()))
        if behind.any():
            ends = map(f"%0{self.places}d".__mod__, behind.tolist())
            texts = [
                f"{text}.{end}".rstrip("0").removesuffix(".")
                for text, end in zip(texts, ends, strict=True)
            ]
        below = int(np.count_nonzero(units < 0))  # these come first
        texts[:below] = [f"-{text}" for text in texts[:below]]
        kinds = [INTEGER if one else DECIMAL for one in whole.tolist()]
        made = [Literal(text, datatype=kind) for text, kind in zip(texts, kinds, strict=True)]
        return list(map(made.__getitem__, back.tolist()))


Numbers: TypeAlias = "Callable[[RowsAt], Exact]"


def computed_numbers(expression: Expression) -> Callable[[RowsAt], list[Literal]] | None:
    """What computes numbers as literals.

    None where an expression gives something else; what it gives raises ``Mixed``.
    """
    column = _column(expression) if isinstance(expression, (Call, Chain)) else None
    texts, name = None, ""
    match expression:
        case Call(name, (arg,)) if name in _CASTS:
            texts = text_column(arg)

    def computed(rows: RowsAt) -> list[Literal]:
        if column is not None:
            try:
                return column(rows).literals()
            except Mixed:
                if texts is None:
                    raise
        return [] if texts is None else _read(name, texts(rows))

    return None if column is None and texts is None else computed


def _read(kind: str, column: Texts) -> list[Literal]:
    """The numbers of a type that strings say."""
    found = [read(kind, text.strip(" \t\r\n")) for text in column.texts]
    odd = [one is None or tail != "" for one, tail in zip(found, column.tails, strict=True)]
    if any(odd):
        raise Mixed(odd)
    return [written(one) for one in found if one is not None]


def _column(expression: Expression) -> Numbers | None:
    match expression:
        case Var(name):
            return lambda rows: _known(rows, name)
        case Literal():
            return _constant(expression)
        case Chain(first, rest):
            start = _column(first)
            following = [(sign, _column(arg)) for sign, arg in rest]
            if start is None or any(sign == "/" or arg is None for sign, arg in following):
                return None
            return lambda rows: _chain(start(rows), [(s, arg(rows)) for s, arg in following if arg])
        case Call("STRLEN", (arg,)):
            texts = text_column(arg)
            return None if texts is None else lambda rows: _whole(list(map(len, texts(rows).texts)))
        case Call(name, (Var(variable),)) if name in _OF_TIMES:
            return _time_part(name, variable)
        case Call(name, (arg,)) if name in _OF_ONE:
            column, function = _column(arg), _OF_ONE[name]
            return None if column is None else lambda rows: function(column(rows))
    return None


def number_test(expression: Expression) -> Callable[[RowsAt], list[bool]] | None:
    """What compares numbers, or looks for them among others (IN), without making terms of them.

    None for anything else; what it gives raises ``Mixed``.
    """
    match expression:
        case Call("IN", (wanted, *others)) if others:
            tests = [number_test(Call("=", (wanted, other))) for other in others]
            sure = [test for test in tests if test is not None]
            if len(sure) < len(tests):
                return None
            return lambda rows: list(map(any, zip(*(test(rows) for test in sure), strict=True)))
        case Call(sign, (a, b)) if sign in SIGNS:
            left, right, compare = _column(a), _column(b), SIGNS[sign]
            if left is None or right is None:
                return None

            def test(rows: RowsAt) -> list[bool]:
                one, other = left(rows), right(rows)
                places = max(one.places, other.places)
                return compare(one.at(places), other.at(places)).tolist()  # type: ignore[no-any-return]  # numpy's lists have no types

            return test
    return None


def _known(rows: RowsAt, name: str) -> Exact:
    """The numbers that a variable has."""
    units, places = rows.exact(name)
    found = aligned(units, places)
    if found is None:
        raise Mixed
    return Exact(*found, places == WHOLE)


def _constant(literal: Literal) -> Numbers | None:
    try:
        worth = number(literal)
    except NoValue:
        return None
    if isinstance(worth, float):
        return None
    whole = isinstance(worth, int)
    sign, digits, exponent = Decimal(worth).as_tuple()
    units, places = int("".join(map(str, digits[:_DIGITS]))), -int(exponent)
    units = -units if sign else units
    if len(digits) > _DIGITS or not 0 <= places <= _DIGITS:
        return None
    return lambda rows: Exact(
        np.full(len(rows), units, np.int64), places, np.full(len(rows), whole)
    )


def _time_part(name: str, variable: str) -> Numbers:
    """What computes YEAR, MONTH, DAY, HOURS, MINUTES or SECONDS of a variable."""

    from glocal_kg._rdf.sparql.short_times import DAY, FRACTION, MINUTE, SECOND, calendar

    clock = {"HOURS": (60 * MINUTE, 24), "MINUTES": (MINUTE, 60), "SECONDS": (1, 60 * SECOND)}
    """Units of one, and how many there are until the next greater one."""

    def part(rows: RowsAt) -> Exact:
        kinds, zones, units = rows.times(variable)
        here = units + np.nan_to_num(zones).astype(np.int64) * MINUTE
        if name in _OF_CALENDAR:
            return _whole(calendar(here)[_OF_CALENDAR.index(name)])
        if kinds.min() < MOMENT:
            raise Mixed(kinds < MOMENT)
        one, many = clock[name]
        found = here % DAY // one % many
        if name == "SECONDS":
            return Exact(found, FRACTION, np.zeros(len(found), bool))
        return _whole(found)

    return part


def _whole(numbers: list[int] | NDArray[np.int64]) -> Exact:
    return Exact(np.asarray(numbers, np.int64), 0, np.ones(len(numbers), bool))


def _chain(found: Exact, rest: list[tuple[str, Exact]]) -> Exact:
    for sign, other in rest:
        whole = found.whole & other.whole
        if sign == "*":
            _room(_most(found.units) * _most(other.units))
            found = Exact(found.units * other.units, found.places + other.places, whole)
            continue
        places = max(found.places, other.places)
        left, right = found.at(places), other.at(places)
        _room(_most(left) + _most(right))
        found = Exact(left + right if sign == "+" else left - right, places, whole)
    return found


def _rounded(column: Exact) -> Exact:
    """Halves go up."""
    _room(_most(column.units) * 2 + 10**column.places)
    power = 10**column.places
    return Exact((2 * column.units + power) // (2 * power), 0, column.whole)


def _cut(column: Exact) -> Exact:
    """Without what stands behind the point, as an integer."""
    units = np.sign(column.units) * (np.abs(column.units) // 10**column.places)
    return Exact(units, 0, np.ones(len(units), bool))


_CASTS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double"))
_OF_CALENDAR: Final = ("YEAR", "MONTH", "DAY")
_OF_TIMES: Final = frozenset({*_OF_CALENDAR, "HOURS", "MINUTES", "SECONDS"})


def _most(units: NDArray[np.int64]) -> int:
    return max(int(units.max()), -int(units.min()))


def _room(most: int) -> None:
    if most >= 2**63:
        raise Mixed


_OF_ONE: Final[dict[str, Callable[[Exact], Exact]]] = {
    "unary +": lambda column: column,
    "unary -": lambda column: column._replace(units=-column.units),
    "ABS": lambda column: column._replace(units=np.abs(column.units)),
    "FLOOR": lambda column: Exact(column.units // 10**column.places, 0, column.whole),
    "CEIL": lambda column: Exact(-(-column.units // 10**column.places), 0, column.whole),
    "ROUND": _rounded,
    f"{XSD}integer": _cut,
    f"{XSD}decimal": lambda column: column._replace(whole=np.zeros(len(column.units), bool)),
}
