"""Regular expressions that could take without end, on an engine that cannot.

Python's engine goes back and tries again; a pattern such as ``(a+)+$`` doubles its time with each
letter, one such as ``a*b`` takes the square of them, and no limit stops it inside. Such patterns,
and long texts, are given to pyoxigraph, whose engine is linear in the text: slower for a single
text, but it always ends. It cannot be stopped within a text either, so a text that would take it
seconds is refused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, QuerySolutions, Store

from glocal_kg.errors import QueryError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MANY: Final = 4  # so many repetitions without end one after the other are slow as well
_STEPS: Final = 1_000_000  # that Python's engine may go back and forth in one text
ENDLESS: Final = 1 << 62  # letters
_TOGETHER: Final = 1 << 18  # letters of texts that are tested between two looks at the clock
_WORK: Final = 1 << 24  # the same times the signs of the pattern
_MOST_WORK: Final = 1 << 26  # letters of one text times the signs of a pattern, which nobody stops


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

    Python's engine tries each way in which the parts of a pattern can be given letters, from each
    letter on: an option doubles the ways, ``{1,8}`` has eight, and eight times these where what is
    repeated has several itself; ``*`` has as many as there are letters.

    >>> slow_from("abc") == ENDLESS, slow_from("a*b"), slow_from("(a|aa)*b")
    (True, 1000, 0)
    >>> slow_from("(aa?)*b"), slow_from("(a{1,8}){1,8}b"), slow_from("a?b")
    (0, 0, 500000)
    """
    open_: list[_Part] = []
    part, place = _Part(), 0
    before = ""  # what stands before a sign; behind a repetition ``?`` is none of its own
    while place < len(pattern):
        letter, width = pattern[place], 1
        if letter == "(":
            part.next()
            open_.append(part)
            part = _Part()
        elif letter == ")":
            inner, part = part, open_.pop() if open_ else _Part()
            part.last, part.last_stars = inner.whole(), inner.stars + inner.last_stars
        elif letter == "|":
            part.other()
        elif letter in "*+" or (letter == "{" and _times(pattern, place) is None):
            if part.last > 1 or part.last_stars:
                return 0
            part.last_stars = 1
        elif letter == "{":
            part.repeat(*(_times(pattern, place) or (1, 1)))
        elif letter == "?":
            part.last += before not in ("(", "*", "+", "?", "}")
        else:
            part.next()
            if letter == "\\":
                width = 2
            elif letter == "[":
                width = _class_end(pattern, place) - place
        before = letter if width == 1 else ""
        place += width
    for outer in open_[::-1]:  # what no bracket ends is no pattern
        outer.last, outer.last_stars, part = part.whole(), part.stars + part.last_stars, outer
    ways, stars = part.whole(), part.stars + part.last_stars
    if stars >= _MANY or ways > _STEPS:
        return 0
    return (
        ENDLESS if ways == 1 and not stars else int(round((_STEPS / ways) ** (1 / (stars + 1)), 6))
    )


class _Part:
    """A group as far as it is read: the ways of what is before its last part, of this, and of the
    alternatives before; and the repetitions without end in the first two."""

    __slots__ = ("last", "last_stars", "others", "stars", "ways")

    def __init__(self) -> None:
        self.ways, self.last, self.others, self.stars, self.last_stars = 1, 1, 0, 0, 0

    def next(self) -> None:
        """Another part follows the last."""
        self.ways = min(self.ways * self.last, ENDLESS)
        self.stars += self.last_stars
        self.last, self.last_stars = 1, 0

    def other(self) -> None:
        """An alternative follows."""
        self.next()
        self.others, self.ways = self.others + self.ways, 1

    def repeat(self, least: int, most: int) -> None:
        """The last part comes so many times."""
        if self.last > 1 or self.last_stars:
            power = self.last ** min(most, ENDLESS.bit_length())
            self.last, self.last_stars = min(power, ENDLESS), self.last_stars * most
        self.last = min(self.last * max(most - least + 1, 1), ENDLESS)

    def whole(self) -> int:
        """The ways of all."""
        return min(self.others + self.ways * self.last, ENDLESS)


@lru_cache(maxsize=256)
def signs(pattern: str) -> int:
    """How many signs a pattern has at most when what it repeats is written so often.

    >>> signs("ab"), signs("(ab){20}"), signs("(a{1,50}){1,50}z")
    (2, 80, 2601)
    """
    open_: list[int] = []  # signs before each open group
    count, last, place = 0, 0, 0
    while place < len(pattern):
        letter, width = pattern[place], 1
        if letter == "(":
            open_.append(count)
        if letter == ")" and open_:
            last = count + 1 - open_.pop()
        elif letter == "{" and (times := _times(pattern, place)):
            more = last * max(times[1] - 1, 0)
            count, last = count + more, last + more
            width = max(pattern.find("}", place) + 1 - place, 1)
            count -= 1
        else:
            last = 1
            width = 2 if letter == "\\" else width
            width = _class_end(pattern, place) - place if letter == "[" else width
        count, place = count + 1, place + width
    return count


def search(text: str, pattern: str, flags: str) -> bool:
    """Whether a pattern is found in a text."""
    _fitting(text, pattern)
    return _asked(f"REGEX({_text(text)}, {_text(pattern)}, {_text(flags)})", pattern) == "true"


def search_all(
    texts: Iterable[str], pattern: str, flags: str, check: Callable[[], object]
) -> list[bool]:
    """The same for many texts, asked together; ``check`` is called now and then."""
    search("", pattern, flags)  # which says whether the pattern can be asked at all
    found: list[bool] = []
    for some in together(texts, pattern):
        check()
        found += _found(some, pattern, flags)
    return found


def together(texts: Iterable[str], pattern: str) -> Iterator[list[str]]:
    """Texts in lots that are soon looked through, all of them; raise where one is not."""
    most = min(_TOGETHER, _WORK // signs(pattern))
    some: list[str] = []
    letters = 0
    for text in texts:
        _fitting(text, pattern)
        some.append(text)
        letters += len(text) + 1
        if letters >= most:
            yield some
            some, letters = [], 0
    yield some


def _found(texts: list[str], pattern: str, flags: str) -> list[bool]:
    rows = " ".join(f"({place} {_text(text)})" for place, text in enumerate(texts))
    test = f"REGEX(?t, {_text(pattern)}, {_text(flags)})"
    asked = Store().query(f"SELECT ?i {{ VALUES (?i ?t) {{ {rows} }} FILTER({test}) }}")
    assert isinstance(asked, QuerySolutions)
    found = [False] * len(texts)
    for solution in asked:
        place = solution[0]
        assert isinstance(place, Literal)
        found[int(place.value)] = True
    return found


def _fitting(text: str, pattern: str) -> None:
    """Before a text is looked at: raise where that might take seconds, which nothing stops."""
    if len(text) * signs(pattern) > _MOST_WORK:
        raise TooLargeError(
            f"A text of {len(text):,} letters is to be looked through for a pattern of"
            f" {signs(pattern):,} signs, all repetitions written out: {text[:40]!r}...",
            remedy="Look for a shorter pattern, or for one that repeats nothing in several ways.",
            limit=_MOST_WORK,
        )


def replace(text: str, pattern: str, new: str, flags: str) -> str:
    """A text with what the pattern finds replaced."""
    _fitting(text, pattern)
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


def _times(pattern: str, place: int) -> tuple[int, int] | None:
    """How often ``{`` says at least and at most; once where it says nothing, None for no end."""
    inner = pattern[place + 1 : pattern.find("}", place)]
    least, comma, most = inner.partition(",")
    if not least.isdecimal() or not (most or "0").isdecimal():
        return 1, 1
    return None if comma and not most else (int(least[:9]), int((most or least)[:9]))


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
