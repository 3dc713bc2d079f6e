"""Tests of texts that need no terms: REGEX, CONTAINS and their like over one variable."""

from __future__ import annotations

from typing import TypeAlias

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


def text_test(expression: Expression) -> tuple[str, bool, Test, str | None] | None:
    """A call as the variable it looks at, whether through STR, and a test of its texts.

    At the end stands a part that a text must have to pass, where one is known. None for a call
    that is not of this kind, or whose pattern is none.

    >>> name, any_term, test, part = text_test(Call("CONTAINS", (Var("x"), Literal("b"))))
    >>> name, any_term, list(test(["abc", "ac"], bool)), part
    ('x', False, [True, False], 'b')
    """
    if not isinstance(expression, Call) or len(expression.args) < 2:
        return None
    first, *rest = expression.args
    any_term = lower = False
    if isinstance(first, Call) and first.name in ("LCASE", "UCASE"):
        lower, turn = True, (str.lower if first.name == "LCASE" else str.upper)
        first = first.args[0]
    if isinstance(first, Call) and first.name == "STR":
        any_term, first = True, first.args[0]
    plain = [arg.value for arg in rest if isinstance(arg, Literal) and _is_plain(arg)]
    if not isinstance(first, Var) or len(plain) != len(rest):
        return None
    try:
        test = _test(expression.name, plain)
    except NoValue:
        return None
    if test is None or not lower:
        part = required(*plain) if expression.name == "REGEX" else plain[0]
        return None if test is None else (first.name, any_term, test, _searched(part))
    found = test
    return first.name, any_term, lambda texts, check: found(list(map(turn, texts)), check), None


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
