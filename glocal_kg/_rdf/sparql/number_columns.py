"""Numbers computed in columns: arithmetic, casts, lengths, without a call for each row.

Here every row has an integer or a decimal of a few digits, held as units of one last place; what
has another row, or grows too long (``Mixed``), is computed row by row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.algebra import Call, Chain, Var
from glocal_kg._rdf.sparql.column_order import SIGNS
from glocal_kg._rdf.sparql.comparison import number
from glocal_kg._rdf.sparql.numbers import (
    DECIMAL,
    DOUBLE,
    INTEGER,
    XSD,
    NoValue,
    float_text,
    read,
    written,
)
from glocal_kg._rdf.sparql.text_columns import Mixed, text_column
from glocal_kg._rdf.sparql.worth import WHOLE, aligned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.computing import RowsAt

_SAFE: Final = 2**53  # up to here an integer is a double, and so is a power of ten
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

    def literals(self) -> tuple[list[Literal], NDArray[np.intp]]:
        """The different numbers as literals, and for each row which."""
        made, back = self._written()
        return [Literal(text, datatype=kind) for text, kind in made], back

    def _written(self) -> tuple[list[tuple[str, NamedNode]], NDArray[np.intp]]:
        """The texts and types of the different numbers, and for each row which."""
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
        return list(zip(texts, kinds, strict=True)), back

    def doubles(self) -> tuple[list[Literal], NDArray[np.intp]]:
        """The same cast to xsd:double."""
        if _most(self.units) > _SAFE:
            raise Mixed
        once, back = np.unique(self.units, return_inverse=True)
        values = (once / 10.0**self.places).tolist()
        return [Literal(float_text(value), datatype=DOUBLE) for value in values], back

    def strings(self) -> tuple[list[Literal], NDArray[np.intp]]:
        """The same cast to xsd:string."""
        made, back = self._written()
        return [Literal(text) for text, _ in made], back


Numbers: TypeAlias = "Callable[[RowsAt], Exact]"
Made: TypeAlias = "tuple[list[Literal], NDArray[np.intp]]"


def computed_numbers(expression: Expression) -> Callable[[RowsAt], Made] | None:
    """What computes the different literals of a column, and for each row which one it has.

    None where an expression gives something else than numbers; what it gives raises ``Mixed``.
    """
    if isinstance(expression, Call) and len(expression.args) == 1:
        for name, cast in ((f"{XSD}double", Exact.doubles), (f"{XSD}string", Exact.strings)):
            if expression.name == name:
                column = _cast(expression) if cast == Exact.doubles else None
                column = column or _column(expression.args[0])
                return _first_of(column, cast, _of_texts(expression))
    if not isinstance(expression, (Call, Chain)):
        return None
    return _first_of(_column(expression), Exact.literals, _of_texts(expression))


def _first_of(
    column: Numbers | None, cast: Callable[[Exact], Made], other: Callable[[RowsAt], Made] | None
) -> Callable[[RowsAt], Made] | None:
    """A column of numbers as literals; of texts, where it is none."""
    if column is None:
        return other

    def made(rows: RowsAt) -> Made:
        try:
            return cast(column(rows))
        except Mixed:
            if other is None:
                raise
            return other(rows)

    return made


def _of_texts(expression: Expression) -> Callable[[RowsAt], Made] | None:
    """Casts of strings to numbers."""
    if not isinstance(expression, Call) or expression.name not in _OF_TEXTS:
        return None
    column, kind = text_column(expression.args[0]), expression.name
    if column is None:
        return None

    def cast(rows: RowsAt) -> Made:
        texts, tails = column(rows)
        if any(tails):
            raise Mixed
        places: dict[str, int] = {}
        back = [places.setdefault(text, len(places)) for text in texts]
        found = [read(kind, text.strip(" \t\r\n")) for text in places]
        if any(one is None for one in found):
            raise Mixed
        return [written(one) for one in found if one is not None], np.array(back, np.intp)

    return cast


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
            from glocal_kg._rdf.sparql.time_columns import time_part

            return time_part(name, variable)
        case Call(name) if name in _CASTS and (cast := _cast(expression)) is not None:
            return cast
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


def _cast(expression: Call) -> Numbers | None:
    """A cast to a number of what a computed text says; None for another cast."""
    (arg,) = expression.args
    column = text_column(arg) if isinstance(arg, Call) and _column(arg) is None else None
    if column is None:
        return None
    whole, double = expression.name == f"{XSD}integer", expression.name == f"{XSD}double"

    def cast(rows: RowsAt) -> Exact:
        from glocal_kg._rdf.sparql.short_numbers import LONGEST, WORD, read_numbers

        texts, tails = column(rows)
        if any(tails):
            raise Mixed
        texts = [text.strip(" \t\r\n") for text in texts]
        sizes = np.array(list(map(len, texts)), np.int64)
        letters = "".join([text.rjust(LONGEST) for text in texts])
        if not 0 < sizes.min() <= sizes.max() <= LONGEST or not letters.isascii():
            raise Mixed
        first, last = np.frombuffer(letters.encode(), WORD).reshape(-1, 2).T
        wholes = np.full(len(texts), whole)
        right, negative, units, places = read_numbers(first, last, sizes, wholes)
        if not right.all() or (double and (negative & (units == 0)).any()):
            raise Mixed  # a double has a zero below zero
        units = np.where(negative, -units, units)
        found = aligned(units, np.where(wholes, WHOLE, places).astype(np.int8))
        if found is None:
            raise Mixed
        return Exact(*found, wholes)

    return cast


def _whole(numbers: list[int]) -> Exact:
    return Exact(np.array(numbers, np.int64), 0, np.ones(len(numbers), bool))


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


_CASTS: Final = frozenset({f"{XSD}integer", f"{XSD}decimal"})
_OF_TEXTS: Final = _CASTS | {f"{XSD}double"}
_OF_TIMES: Final = frozenset({"YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS"})


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
