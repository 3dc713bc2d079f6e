"""Numbers computed in columns: arithmetic and casts over integers, without a call for each row.

Here every row has an integer or a decimal of a few digits, held as units of one last place; what
has another row, or grows too long (``Mixed``), is computed row by row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from pyoxigraph import Literal

from glocal_kg._rdf.sparql.algebra import Call, Chain, Var
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
        _room(2 * _most(self.units))
        once, back = np.unique(2 * self.units + self.whole, return_inverse=True)
        power, made = 10**self.places, []
        for key in once.tolist():
            units = key >> 1
            if key & 1:
                made.append(Literal(str(units // power), datatype=INTEGER))
                continue
            whole, part = divmod(abs(units), power)
            text = f"{whole}.{part:0{self.places}}".rstrip("0") if part else str(whole)
            made.append(Literal(f"-{text}" if units < 0 else text, datatype=DECIMAL))
        return made, back

    def doubles(self) -> tuple[list[Literal], NDArray[np.intp]]:
        """The same cast to xsd:double."""
        if _most(self.units) > _SAFE:
            raise Mixed
        once, back = np.unique(self.units, return_inverse=True)
        values = (once / 10.0**self.places).tolist()
        return [Literal(float_text(value), datatype=DOUBLE) for value in values], back

    def strings(self) -> tuple[list[Literal], NDArray[np.intp]]:
        """The same cast to xsd:string."""
        made, back = self.literals()
        return [Literal(one.value) for one in made], back


Numbers: TypeAlias = "Callable[[RowsAt], Exact]"
Made: TypeAlias = "tuple[list[Literal], NDArray[np.intp]]"


def computed_numbers(expression: Expression) -> Callable[[RowsAt], Made] | None:
    """What computes the different literals of a column, and for each row which one it has.

    None where an expression gives something else than numbers; what it gives raises ``Mixed``.
    """
    if isinstance(expression, Call) and len(expression.args) == 1:
        for name, cast in ((f"{XSD}double", Exact.doubles), (f"{XSD}string", Exact.strings)):
            if expression.name == name:
                return _first_of(_column(expression.args[0]), cast, _of_texts(expression))
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
        case Call(name, (arg,)) if name in _OF_ONE:
            column, function = _column(arg), _OF_ONE[name]
            return None if column is None else lambda rows: function(column(rows))
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


_OF_TEXTS: Final = frozenset({f"{XSD}integer", f"{XSD}decimal", f"{XSD}double"})


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
