"""Regular expressions that could take without end, on an engine that cannot.

Python's engine goes back and tries again; a pattern such as ``(a+)+$`` doubles its time with each
letter, and no limit stops it inside. Such patterns are given to pyoxigraph, whose engine is
linear in the text: slower for a single text, but it always ends.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, QuerySolutions, Store

from glocal_kg.errors import QueryError

_MANY: Final = 4  # so many repetitions without end one after the other are slow as well


@lru_cache(maxsize=256)
def can_explode(pattern: str) -> bool:
    """Whether a pattern repeats without end what itself repeats or has alternatives.

    >>> can_explode("(a+)+$"), can_explode("(a|aa)*b"), can_explode("^made.*[0-9]+$")
    (True, True, False)
    """
    open_: list[bool] = []  # for each open group whether it repeats or has alternatives
    inside, closed, endless, place = False, False, 0, 0
    while place < len(pattern):
        letter = pattern[place]
        width, group = 1, False
        if letter == "\\":
            width = 2
        elif letter == "[":
            width = _class_end(pattern, place) - place
        elif letter == "(":
            open_.append(inside)
            inside = False
        elif letter == ")":
            group = True
            closed, inside = inside, (open_.pop() if open_ else False) or inside
        elif letter == "|":
            inside = True
        elif letter in "*+" or (letter == "{" and _is_endless(pattern, place)):
            if closed:
                return True
            inside, endless = True, endless + 1
        if not group:
            closed = False
        place += width
    return endless >= _MANY


def search(text: str, pattern: str, flags: str) -> bool:
    """Whether a pattern is found in a text."""
    return _asked(f"REGEX({_text(text)}, {_text(pattern)}, {_text(flags)})", pattern) == "true"


def replace(text: str, pattern: str, new: str, flags: str) -> str:
    """A text with what the pattern finds replaced."""
    args = ", ".join(map(_text, (text, pattern, new, flags)))
    return _asked(f"REPLACE({args})", pattern)


def _asked(expression: str, pattern: str) -> str:
    found = Store().query(f"SELECT ({expression} AS ?x) {{}}")
    assert isinstance(found, QuerySolutions)
    value = next(found)[0]
    if not isinstance(value, Literal):
        raise QueryError(
            f"The regular expression {pattern!r} could take without end.",
            remedy="Write it without a repetition of what repeats itself.",
        )
    return value.value


def _is_endless(pattern: str, place: int) -> bool:
    """Whether ``{`` begins a repetition without end or of many times."""
    inner = pattern[place + 1 : pattern.find("}", place)]
    least, comma, most = inner.partition(",")
    return (comma and not most) or int(most or least or 0) > 8 if least.isdigit() else False


def _class_end(pattern: str, place: int) -> int:
    depth = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == "\\":
            place += 1
        elif letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
            if not depth:
                return place + 1
        place += 1
    return len(pattern)


def _text(value: str) -> str:
    return str(Literal(value))
