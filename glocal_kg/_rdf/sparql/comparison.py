"""What terms are worth: truth, equality, order. Terms stay as written; only here they mean more.

Every function takes pyoxigraph terms and gives terms or Python's own truth values; where SPARQL
has a type error they raise ``NoValue``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.sparql import numbers, times
from glocal_kg._rdf.sparql.numbers import XSD, NoValue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.numbers import Number

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

STRING: Final = f"{XSD}string"
BOOLEAN: Final = f"{XSD}boolean"
TRUE, FALSE = Literal(True), Literal(False)
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
_TIMES: Final = {XSD + name: name for name in times.NAMES}
# What a literal may be worth: a number, a truth value, a time, a string, a text with language.
ExpressionValue: TypeAlias = Any


@lru_cache(maxsize=65536)
def value(literal: Literal) -> tuple[str, ExpressionValue]:
    """The kind of a literal and what it is worth.

    Kinds are ``number``, ``boolean``, ``time``, ``string``, ``tagged``; ``wrong`` for a text
    that does not fit its type, ``other`` for a type that is not known here.
    """
    if literal.language is not None:
        return "tagged", literal
    datatype, text = literal.datatype.value, literal.value
    if datatype == STRING:
        return "string", text
    if datatype in numbers.TYPES:
        number = numbers.read(datatype, text)
        return ("wrong", None) if number is None else ("number", number)
    if datatype == BOOLEAN:
        truth = _TRUTH.get(text)
        return ("wrong", None) if truth is None else ("boolean", truth)
    if datatype in _TIMES:
        time = times.read(_TIMES[datatype], text)
        return ("wrong", None) if time is None else ("time", time)
    return "other", None


def number(term: Term) -> Number:
    """The number of a term."""
    if isinstance(term, Literal):
        kind, worth = value(term)
        if kind == "number":
            return worth  # type: ignore[no-any-return]  # a number, as its kind says
    raise NoValue


def truth(term: Term) -> bool:
    """The effective boolean value of a term (17.2.2)."""
    if term is TRUE or term is FALSE:  # as all tests give it
        return term is TRUE
    if isinstance(term, Literal):
        kind, worth = value(term)
        if kind == "boolean":
            return bool(worth)
        if kind in ("string", "tagged"):  # a plain literal, be it in a language
            return term.value != ""
        if kind == "number":
            return bool(worth == worth and worth != 0)
        datatype = term.datatype.value
        if kind == "wrong" and (datatype == BOOLEAN or datatype in numbers.TYPES):
            return False
    raise NoValue


def boolean(found: bool) -> Literal:
    """A truth value as a literal."""
    return TRUE if found else FALSE


def equal(a: Term, b: Term) -> bool:
    """``a = b``: by value where the types are known, else the same term (17.4.1.7).

    Two literals that differ, one of them of an unknown type or not well-formed, may or may not
    be the same value: ``NoValue``.
    """
    if isinstance(a, Literal) and isinstance(b, Literal):
        kind, first = value(a)
        other, second = value(b)
        if kind == other == "number":
            first, second = numbers.promoted(first, second)
            return bool(first == second)
        if a == b:
            return True
        if kind == other == "time":
            order = times.compare(first, second)
            if order is None and isinstance(first, times.Duration):
                return False
            if order is None and type(first) is type(second) and first.kind == second.kind:
                raise NoValue
            return order == 0
        unknown = kind in ("wrong", "other") or other in ("wrong", "other")
        if unknown and "tagged" not in (kind, other):
            raise NoValue
        return bool(kind == other and first == second)
    if isinstance(a, Triple) and isinstance(b, Triple):
        return all(
            equal(x, y)
            for x, y in ((a.subject, b.subject), (a.predicate, b.predicate), (a.object, b.object))
        )
    return a == b


def compare(a: Term, b: Term) -> int | None:
    """-1, 0 or 1 as ``a`` is less than, equal to or greater than ``b``; None: not a number.

    Numbers, strings, truth values, and dates and times of one type have an order (17.3).
    """
    if isinstance(a, Literal) and isinstance(b, Literal):
        kind, first = value(a)
        other, second = value(b)
        if kind == other and kind in ("number", "string", "boolean"):
            if kind == "number":
                first, second = numbers.promoted(first, second)
                if first != first or second != second:
                    return None
            return int(first > second) - int(first < second)
        if kind == other == "time":
            order = times.compare(first, second)
            if order is not None:
                return order
    raise NoValue


def order(a: Term, b: Term) -> int | None:
    """-1, 0 or 1; None where two terms have no order."""
    try:
        return compare(a, b)
    except NoValue:
        return None


def less(a: Term, b: Term) -> bool:
    """``a < b``."""
    return compare(a, b) == -1


def less_or_equal(a: Term, b: Term) -> bool:
    """``a <= b``."""
    return compare(a, b) in (-1, 0)


def order_key(term: Term | None) -> tuple[Any, ...]:
    """A key that sorts terms as ORDER BY wants it (15.1): unbound, blank, IRI, literal.

    Literals that ``<`` cannot compare stand in a fixed order too: numbers, times, truth values,
    strings, texts with a language, all others.
    """
    if term is None:
        return (0,)
    if isinstance(term, BlankNode):
        return 1, term.value
    if isinstance(term, NamedNode):
        return 2, term.value
    if isinstance(term, Triple):
        return 4, *map(order_key, (term.subject, term.predicate, term.object))
    kind, worth = value(term)
    if kind == "number":
        return (3, 0, 0, 0) if worth != worth else (3, 0, 1, worth)
    if kind == "time":
        if isinstance(worth, times.Duration):
            return 3, 1, "duration", worth.length
        return 3, 1, worth.kind, worth.place
    if kind == "boolean":
        return 3, 2, worth
    if kind == "string":
        return 3, 3, worth
    if kind == "tagged":
        return 3, 4, term.value, term.language, str(term.direction)
    return 3, 5, term.datatype.value, term.value


def text_of(term: Term) -> str:
    """The text of a string, with a language or without; ``NoValue`` for anything else."""
    if isinstance(term, Literal) and (term.language is not None or term.datatype.value == STRING):
        return term.value
    raise NoValue


def plain_text(term: Term) -> str:
    """The text of a string without a language."""
    if isinstance(term, Literal) and term.datatype.value == STRING:
        return term.value
    raise NoValue
