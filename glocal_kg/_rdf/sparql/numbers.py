"""Numbers of XML Schema as SPARQL counts with them: exact integers and decimals of any length.

A number is an ``int``, a ``Decimal``, a ``Single`` (xsd:float) or a ``float`` (xsd:double); the
kind of a result is the later of its two kinds in this order (17.3).
"""

from __future__ import annotations

import math
import re
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from struct import pack, unpack
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from glocal_kg.errors import TooLargeError

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
INTEGER, DECIMAL, FLOAT, DOUBLE = (
    NamedNode(XSD + name) for name in ("integer", "decimal", "float", "double")
)
# The types derived from xsd:integer, with their least and their largest values.
RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1), "byte": (-128, 127),
    "nonNegativeInteger": (0, None), "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1), "unsignedByte": (0, 255),
}  # fmt: skip
TYPES: Final = frozenset(XSD + name for name in (*RANGES, "decimal", "float", "double"))
_WHOLE_FORM: Final = re.compile(r"[+-]?[0-9]+")
_FLOAT_FORM: Final = re.compile(
    r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
)
_FORMS: Final = {
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "float": _FLOAT_FORM,
    "double": _FLOAT_FORM,
}
_LONGEST: Final = 20_000  # digits of a computed number
_READABLE: Final = 200_000  # digits of one in the data or in a query that is asked for its value
_EXACT: Final = Context(
    prec=_LONGEST,
    Emax=MAX_EMAX,
    Emin=MIN_EMIN,
    traps=[Inexact, InvalidOperation, DivisionByZero, Overflow],
)
_LONG: Final = 4000  # digits from which Python's int no longer reads and writes by itself
_DIGITS: Final = 28  # of a quotient; more where its parts have more
_USUAL: Final = Context(prec=_DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN)


class NoValue(Exception):
    """An expression has no value for a row: a type error in the sense of SPARQL (17.2)."""


class Single(float):
    """An xsd:float: a number of 32 bits."""

    __slots__ = ()

    def __new__(cls, value: float) -> Single:
        """The nearest number of 32 bits."""
        try:
            return super().__new__(cls, unpack("f", pack("f", value))[0])
        except OverflowError:
            return super().__new__(cls, math.copysign(math.inf, value))


Number: TypeAlias = int | Decimal | Single | float


def read(datatype: str, text: str) -> Number | None:
    """The number of a literal; None where its type is no number or its text does not fit it.

    >>> read(XSD + "integer", "99999999999999999999"), read(XSD + "byte", "300")
    (99999999999999999999, None)
    """
    if datatype not in TYPES or not fits(datatype, text):
        return None
    name = datatype[len(XSD) :]
    if name == "decimal":
        return Decimal(text)
    if name in ("double", "float"):
        value = float(text.replace("INF", "inf"))
        return value if name == "double" else Single(value)
    return whole(text)


def fits(datatype: str, text: str) -> bool:
    """Whether a text is one of a type of numbers, however long it is.

    >>> fits(XSD + "nonNegativeInteger", "9" * 300_000), fits(XSD + "byte", "300")
    (True, False)
    """
    name = datatype[len(XSD) :]
    if _FORMS.get(name, _WHOLE_FORM).fullmatch(text) is None:
        return False
    least, most = RANGES.get(name, (None, None))
    return (least is None or Decimal(text) >= least) and (most is None or Decimal(text) <= most)


def whole(text: str) -> int:
    """The integer of some digits, with a sign perhaps, in little more than linear time."""
    if len(text) < _LONG:
        return int(text)
    if len(text) > _READABLE:
        raise _too_long(_READABLE, "asks for the value of")
    digits, half = text.lstrip("+-"), len(text) // 2
    number: int = whole(digits[:-half]) * 10**half + whole(digits[-half:])
    return -number if text[0] == "-" else number


def of_units(units: int, places: int) -> Decimal:
    """The decimal of so many units of its last place.

    >>> of_units(150, 2)
    Decimal('1.50')
    """
    return Decimal(units).scaleb(-places, _EXACT)


def written(number: Number) -> Literal:
    """A computed number as a literal, in the one form that XPath gives its value (F&O, 17.1.2).

    >>> written(Decimal("1.50")).value, written(0.2).value, written(1e21).value
    ('1.5', '0.2', '1.0E21')
    """
    if isinstance(number, int):
        return Literal(_digits(number), datatype=INTEGER)
    if isinstance(number, Decimal):
        return Literal(_plain(number), datatype=DECIMAL)
    kind = FLOAT if isinstance(number, Single) else DOUBLE
    return Literal(float_text(number), datatype=kind)


def float_text(number: float) -> str:
    """A float or double as XPath casts it to a string: ``1050``, ``1.0E21``, ``INF``, ``NaN``."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "INF" if number > 0 else "-INF"
    if number == 0:
        return "-0" if math.copysign(1, number) < 0 else "0"
    if 1e-4 <= abs(number) < 1e6 and not isinstance(number, Single):
        return repr(float(number)).removesuffix(".0")
    exact = shortest(number)
    if 1e-6 <= abs(number) < 1e6:
        return _plain(exact)
    mantissa, _, exponent = f"{exact.normalize():E}".partition("E")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{int(exponent)}"


def shortest(number: float) -> Decimal:
    """The decimal with the fewest digits that reads as the same float or double."""
    if isinstance(number, Single):
        from numpy import float32

        return Decimal(str(float32(number)))
    return Decimal(repr(float(number)))


def promoted(a: Number, b: Number) -> tuple[Number, Number]:
    """Two numbers in the later of their kinds; integers and decimals stay as they are."""
    if isinstance(a, float) or isinstance(b, float):
        both = (Single, int, Decimal)
        if isinstance(a, both) and isinstance(b, both):
            return Single(as_float(a)), Single(as_float(b))
        return as_float(a), as_float(b)
    return a, b


def as_float(number: Number) -> float:
    """The nearest double, infinite beyond its range; only floats have a zero below zero."""
    if not number and not isinstance(number, float):
        return 0.0
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf  # too large for copysign as well


def add(a: Number, b: Number) -> Number:
    """a + b."""
    a, b = promoted(a, b)
    if isinstance(a, float) or isinstance(b, float):
        return type(a)(a + b)  # type: ignore[operator]  # both of one type
    if isinstance(a, int) and isinstance(b, int):
        return a + b
    try:
        return _EXACT.add(a, b)
    except Inexact:
        raise _too_long() from None


def subtract(a: Number, b: Number) -> Number:
    """a - b."""
    return add(a, negative(b))


def multiply(a: Number, b: Number) -> Number:
    """a * b."""
    a, b = promoted(a, b)
    if isinstance(a, float) or isinstance(b, float):
        return type(a)(a * b)  # type: ignore[operator]  # both of one type
    if isinstance(a, int) and isinstance(b, int):
        if a.bit_length() + b.bit_length() > 3.33 * _LONGEST:
            raise _too_long()
        return a * b
    try:
        return _EXACT.multiply(a, b)
    except Inexact:
        raise _too_long() from None


def divide(a: Number, b: Number) -> Number:
    """a / b; of two integers a decimal. By zero: infinite for floats, else no value."""
    a, b = promoted(a, b)
    if isinstance(a, float) and isinstance(b, float):
        if b == 0:
            if a == 0 or math.isnan(a):
                return type(a)(math.nan)
            return type(a)(math.copysign(math.inf, a) * math.copysign(1.0, b))
        return type(a)(a / b)
    if b == 0:
        raise NoValue
    top, bottom = Decimal(a), Decimal(b)
    parts = _length(top), _length(bottom)
    digits = max(_DIGITS, *parts)
    if digits == _DIGITS:
        return _USUAL.divide(top, bottom)
    digits = max(digits, min(sum(parts) + _DIGITS, _LONGEST))  # not only its whole part
    return Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN).divide(top, bottom)


def _too_long(most: int = _LONGEST, does: str = "computes") -> TooLargeError:
    return TooLargeError(
        f"The query {does} a number of more than {most:,} digits.",
        remedy="Numbers may be longer only where their value is not asked for.",
        limit=most,
    )


def _length(number: Decimal) -> int:
    """The digits of a number; a few more where they are few, which is quicker to tell."""
    written = len(str(number))
    return written if written <= _DIGITS else len(number.as_tuple().digits)


def negative(number: Number) -> Number:
    """-a, of the same kind."""
    return number.copy_negate() if isinstance(number, Decimal) else type(number)(-number)


def absolute(number: Number) -> Number:
    """ABS."""
    return number.copy_abs() if isinstance(number, Decimal) else type(number)(abs(number))


def ceiling(number: Number) -> Number:
    """CEIL."""
    return _whole(number, ROUND_CEILING, math.ceil)


def floor(number: Number) -> Number:
    """FLOOR."""
    return _whole(number, ROUND_FLOOR, math.floor)


def rounded(number: Number) -> Number:
    """ROUND: halves go up, as XPath has it.

    >>> rounded(Decimal("2.5")), rounded(Decimal("-2.5"))
    (Decimal('3'), Decimal('-2'))
    """
    if isinstance(number, Decimal):
        return floor(add(number, Decimal("0.5")))
    if isinstance(number, float):
        if not math.isfinite(number):
            return number
        down = math.floor(number)
        nearest = float(down + 1 if number - down >= 0.5 else down)
        return type(number)(math.copysign(nearest, number) if nearest == 0 else nearest)
    return number


def _whole(number: Number, way: str, of_float: object) -> Number:
    if isinstance(number, Decimal):
        return number.to_integral_value(way, _EXACT)
    if isinstance(number, float):
        if not math.isfinite(number):
            return number
        result = of_float(number)  # type: ignore[operator]  # a float here
        return type(number)(math.copysign(float(result), number) if result == 0 else result)
    return number


def _digits(number: int) -> str:
    small = -(10**_LONG) < number < 10**_LONG if number.bit_length() > 13000 else True
    return str(number) if small else f"{Decimal(number):f}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
