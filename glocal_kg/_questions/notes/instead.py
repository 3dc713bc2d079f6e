"""What to write in the place of a call that has no value for the kinds of what it is asked of."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.value_kinds import DATES, NUMBER, TEXT, THING
from glocal_kg._questions.notes.written import name_of
from glocal_kg._rdf.namespaces import expand
from glocal_kg._rdf.sparql.algebra import Call, Chain, Var
from glocal_kg._rdf.sparql.iris import is_absolute
from glocal_kg._rdf.sparql.numbers import TYPES
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glocal_kg._rdf.sparql.algebra import Expression

_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
_ORDERED = ("<", ">", "<=", ">=")
_COMPARED = ("=", "!=", "IN", *_ORDERED)
_TEXTS = {"CONTAINS": 2, "STRSTARTS": 2, "STRENDS": 2, "REGEX": 3, "LCASE": 1, "UCASE": 1,
          "STRLEN": 1, "SUBSTR": 1, "STRBEFORE": 2, "STRAFTER": 2, "REPLACE": 4}  # fmt: skip
"""Functions of texts, with how many of their arguments are texts."""
_NUMBERS = {"xsd:integer", "xsd:decimal", "xsd:double", "xsd:float"}


def remedies(call: Call | Chain, kinds: Sequence[str]) -> Iterator[Expression]:
    """The calls that may have been meant, the first that has a value; none where nobody can know.

    Numbers have no order as texts: where STR is asked of some, it is left out.
    """
    if isinstance(call, Call) and call.name in _ORDERED and kinds[0] != kinds[1]:
        plain = tuple(
            one.args[0] if isinstance(one, Call) and one.name == "STR" else one for one in call.args
        )
        if plain != call.args:
            yield call.but(args=plain)
    if isinstance(call, Call) and call.name in (*_ORDERED, "=", "!="):
        years = tuple(
            Call("YEAR", one.args) if isinstance(one, Call) and one.name == "STR" else one
            for one in call.args
        )
        if years != call.args and any(map(_is_year, years)):
            yield call.but(args=years)
    if isinstance(call, Call) and call.name in _ORDERED and TEXT in kinds:
        yield from _as_numbers(call, kinds)
    meant = _meant(call, kinds)
    if meant is not None:
        yield meant


def _meant(call: Call | Chain, kinds: Sequence[str]) -> Expression | None:
    if isinstance(call, Chain):
        parts = [call.first, *(one for _, one in call.rest)]
        first, *others = (_number(one, kind) for one, kind in zip(parts, kinds, strict=True))
        signs = [sign for sign, _ in call.rest]
        return call.but(first=first, rest=tuple(zip(signs, others, strict=True)))
    if call.name in _COMPARED:
        return _compared(call, kinds)
    if call.name in _TEXTS:
        return call.but(args=tuple(
            _text(one, kind) if at < _TEXTS[call.name] else one
            for at, (one, kind) in enumerate(zip(call.args, kinds, strict=True))
        ))  # fmt: skip
    if ":" in call.name and name_of(NamedNode(call.name)) in _NUMBERS and kinds[0] in DATES:
        return Call("YEAR", call.args)
    if call.name == "YEAR" and kinds[0] == TEXT:
        return Call("SUBSTR", (*call.args, Literal(1), Literal(4)))
    return None


def _compared(call: Call, kinds: Sequence[str]) -> Expression | None:
    """A comparison of one kind with values of the same."""
    at = 0 if call.name == "IN" or not isinstance(call.args[0], Literal) else 1
    asked, kind = call.args[at], kinds[at]
    others = [one for n, one in enumerate(call.args) if n != at]
    if not all(isinstance(one, Literal) for one in others):
        return None
    values = [one.value for one in others if isinstance(one, Literal)]
    meant: list[Expression] | None = None
    if kind in DATES and all(one.isdigit() and len(one) == 4 for one in values):
        asked, meant = Call("YEAR", (asked,)), [_whole(one) for one in values]
    elif kind in DATES:
        asked, meant = Call("STR", (asked,)), [Literal(one) for one in values]
    elif kind == TEXT:
        meant = [Literal(one) for one in values]
    elif kind == NUMBER and all(map(_is_number, values)):
        meant = [_whole(one) for one in values]
    elif kind == THING:
        named = [_iri(one) for one in values]
        meant = [one for one in named if one is not None]
        if len(meant) < len(named) and isinstance(asked, Var):
            return None
    if meant is None or len(meant) < len(others):
        return None
    args = [*meant]
    args.insert(at, asked)
    return call.but(args=tuple(args))


def _as_numbers(call: Call, kinds: Sequence[str]) -> Iterator[Expression]:
    """A comparison with a number of what is written as a text: texts have another order."""
    sides = list(zip(call.args, kinds, strict=True))
    if any(kind == NUMBER and isinstance(one, Literal) for one, kind in sides):
        cast = (Call(_DECIMAL, (one,)) if kind == TEXT else one for one, kind in sides)
        yield call.but(args=tuple(cast))


def _is_year(part: Expression) -> bool:
    """Whether a number of four digits stands there."""
    return (
        isinstance(part, Literal)
        and part.datatype.value in TYPES
        and len(part.value) == 4
        and part.value.isdigit()
    )


def _text(part: Expression, kind: str) -> Expression:
    if kind == TEXT:
        return part
    return Literal(part.value) if isinstance(part, Literal) else Call("STR", (part,))


def _number(part: Expression, kind: str) -> Expression:
    if isinstance(part, Literal) and _is_number(part.value):
        return _whole(part.value)
    if kind in DATES:
        return Call("YEAR", (part,))
    return Call(_DECIMAL, (part,)) if kind == TEXT else part


def _whole(text: str) -> Literal:
    kind = "integer" if text.lstrip("+-").isdigit() else "decimal"
    return Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))


def _is_number(text: str) -> bool:
    digits = text.lstrip("+-").replace(".", "", 1)
    return digits.isdecimal() and digits.isascii()


def _iri(text: str) -> NamedNode | None:
    """The IRI that a text in quotes was meant for, in full or with a prefix."""
    try:
        return NamedNode(text) if "://" in text and is_absolute(text) else expand(text)
    except (GlocalError, ValueError):
        return None


__all__ = ["remedies"]
