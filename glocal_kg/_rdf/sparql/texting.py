"""Tests of texts that need no terms: REGEX, CONTAINS and their like over one variable."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import Literal

from glocal_kg._rdf.sparql.algebra import Call, Var
from glocal_kg._rdf.sparql.comparison import STRING
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.regexes import compiled, found_in, required

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glocal_kg._rdf.sparql.algebra import Expression

Test: TypeAlias = "Callable[[list[str], Callable[[], object]], Iterable[object]]"
"""For each of some texts whether it passes; the other argument is called now and then."""


class TextTest(NamedTuple):
    """A test of the texts of a variable.

    Without ``any_term`` only strings have a text, else all that STR takes. ``part`` is what a text
    must have to pass, where one is known.
    """

    name: str
    any_term: bool
    test: Test
    part: str | None


def text_test(expression: Expression) -> TextTest | None:
    """The test that a call is; None for one not of this kind, or whose pattern is none.

    >>> found = text_test(Call("CONTAINS", (Var("x"), Literal("b"))))
    >>> found.name, found.any_term, list(found.test(["abc", "ac"], bool)), found.part
    ('x', False, [True, False], 'b')
    """
    if not isinstance(expression, Call) or len(expression.args) < 2:
        return None
    first, *rest = expression.args
    any_term, turn = False, ""
    if isinstance(first, Call) and first.name in _TURNS:
        turn, first = first.name, first.args[0]
    if isinstance(first, Call) and first.name == "STR":
        any_term, first = True, first.args[0]
    plain = [arg.value for arg in rest if isinstance(arg, Literal) and _is_plain(arg)]
    if not isinstance(first, Var) or len(plain) != len(rest):
        return None
    try:
        test = _test(expression.name, plain)
    except NoValue:
        return None
    if test is None:
        return None
    part = required(*plain) if expression.name == "REGEX" else plain[0]
    if turn:
        plainly, function, part = test, _TURNS[turn], ""
        test = lambda texts, check: plainly(list(map(function, texts)), check)  # noqa: E731 - one of two ways
    return TextTest(first.name, any_term, test, _searched(part))


_TURNS: Final[dict[str, Callable[[str], str]]] = {"LCASE": str.lower, "UCASE": str.upper}


def _searched(part: str) -> str | None:
    """A part that is written in N-Triples as it is."""
    return part if part.isprintable() and part and not set('"\\') & set(part) else None


def _test(name: str, args: list[str]) -> Test | None:
    (wanted, *more) = args
    if name == "REGEX":
        flags = more[0] if more else ""
        compiled(wanted, flags)
        return lambda texts, check: found_in(texts, wanted, flags, check)
    if more:
        return None
    if name == "CONTAINS":
        return lambda texts, _: [wanted in text for text in texts]
    if name == "STRSTARTS":
        return lambda texts, _: [text.startswith(wanted) for text in texts]
    if name == "STRENDS":
        return lambda texts, _: [text.endswith(wanted) for text in texts]
    return None


def _is_plain(literal: Literal) -> bool:
    return literal.language is None and literal.datatype.value == STRING
