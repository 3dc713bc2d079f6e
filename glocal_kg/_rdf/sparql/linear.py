"""Regular expressions that could take without end, on an engine that cannot.

Python's engine goes back and tries again; a pattern such as ``(a+)+$`` doubles its time with each
letter, one such as ``a*b`` takes the square of them, and no limit stops it inside. Such patterns,
and long texts, are given to pyoxigraph, whose engine is linear in the text: slower for a single
text, but it always ends.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Final

from pyoxigraph import Literal, QuerySolutions, Store

from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MANY: Final = 4  # so many repetitions without end one after the other are slow as well
_STEPS: Final = 1_000_000  # that Python's engine may go back and forth in one text
ENDLESS: Final = 1 << 62  # letters
_TOGETHER: Final = 1 << 18  # letters of texts that are tested between two looks at the clock


@lru_cache(maxsize=256)
def can_explode(pattern: str) -> bool:
    """Whether a pattern repeats without end what itself repeats or has alternatives.

    >>> can_explode("(a+)+$"), can_explode("(a|aa)*b"), can_explode("^made.*[0-9]+$")
    (True, True, False)
    """
    return slow_from(pattern) == 0


@lru_cache(maxsize=256)
def slow_from(pattern: str) -> int:
    """How many letters a text has on which a pattern may take too long; 0: any text.

    >>> slow_from("abc") == ENDLESS, slow_from("a*b"), slow_from("(a|aa)*b")
    (True, 1000, 0)
    """
    open_: list[bool] = []  # for each open group whether it repeats or has alternatives
    inside, closed, endless, perhaps, place = False, False, 0, 0, 0
    before = ""  # what stands before a sign; behind a repetition ``?`` is none of its own
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
                return 0
            inside, endless = True, endless + 1
        elif letter in "?{" and before not in ("(", "*", "+", "?", "}"):
            perhaps += 1
        if not group:
            closed = False
        before = letter if width == 1 else ""
        place += width
    if endless >= _MANY:
        return 0
    steps = _STEPS >> perhaps  # each of these is tried with and without
    return int(round(steps ** (1 / (endless + 1)), 6)) if endless or not steps else ENDLESS


def search(text: str, pattern: str, flags: str) -> bool:
    """Whether a pattern is found in a text."""
    return _asked(f"REGEX({_text(text)}, {_text(pattern)}, {_text(flags)})", pattern) == "true"


def search_all(
    texts: Iterable[str], pattern: str, flags: str, check: Callable[[], object]
) -> list[bool]:
    """The same for many texts, asked together; ``check`` is called now and then."""
    search("", pattern, flags)  # which says whether the pattern can be asked at all
    found: list[bool] = []
    waiting = iter(texts)
    while some := list(islice(waiting, 1)):
        letters = len(some[0])
        while letters < _TOGETHER and (more := list(islice(waiting, 16))):
            letters += sum(map(len, more))
            some += more
        check()
        rows = " ".join(f"({place} {_text(text)})" for place, text in enumerate(some))
        test = f"REGEX(?t, {_text(pattern)}, {_text(flags)})"
        asked = Store().query(f"SELECT ?i {{ VALUES (?i ?t) {{ {rows} }} FILTER({test}) }}")
        assert isinstance(asked, QuerySolutions)
        part = [False] * len(some)
        for solution in asked:
            place = solution[0]
            assert isinstance(place, Literal)
            part[int(place.value)] = True
        found += part
    return found


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
