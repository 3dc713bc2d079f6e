"""Regular expressions over many texts, with the REGEX of SPARQL and in linear time.

Python's engine runs patterns that it cannot hang on, which are most, over texts that are not too
long for that; all others run on that of the embedded store, which does not go back, so that no
pattern or text of a stranger can make validation hang. The price is that back-references are
refused, and texts so long that the pattern would take seconds for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pyoxigraph import Literal, Store

from glocal_kg._engines.shacl.xpath import linear
from glocal_kg._rdf.deadline import look, looking
from glocal_kg._rdf.sparql.linear import ENDLESS, slow_from, together
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.regexes import compiled

_OFTEN = 16  # texts that Python's engine looks through between two looks at the time


def check_pattern(pattern: str, flags: str) -> tuple[str, str] | None:
    """What is wrong with a pattern or its flags and what to do, or None where it can be used."""
    with_flags = f" with the flags {flags!r}" if flags else ""
    reason = ""
    try:
        if Store().query(f"ASK {{ BIND({_regex('', pattern, flags)} AS ?r) FILTER(BOUND(?r)) }}"):
            return None
    except ValueError as error:
        reason = f": {error}"
    return (
        f"{pattern!r}{with_flags} is no regular expression that can be used{reason}.",
        "Use the syntax of SPARQL's REGEX with flags from i, s, m, x, q; "
        "back-references and look-around are not supported.",
    )


def without_match(texts: Sequence[str], pattern: str, flags: str) -> set[str]:
    """The texts that do not match.

    >>> without_match(["rome", "Rome", "1"], "^[a-z]+$", "")  == {"Rome", "1"}
    True
    """
    find = _quick(pattern, flags)
    slow = 0 if find is None else ENDLESS if "q" in flags else slow_from(pattern)
    found: set[str] = set()
    long: list[str] = []
    for text in looking(texts, _OFTEN):
        if len(text) >= slow:
            long.append(text)
        elif find is not None and find(text) is None:
            found.add(text)
    if not long:
        return found
    store = Store()
    condition = f"FILTER(!{_regex(None, pattern, flags)})"
    for some in together(long, pattern):
        look()
        values = f"VALUES ?t {{ {_listed(some)} }}"
        solutions = store.query(f"SELECT ?t WHERE {{ {values} {condition} }}")
        found.update(solution[0].value for solution in solutions)  # type: ignore[union-attr]  # solutions of a SELECT, each a literal
    return found


def _quick(pattern: str, flags: str) -> Callable[[str], object] | None:
    """How Python looks for a pattern; None where it has no such pattern."""
    try:
        return compiled(pattern, flags).search
    except NoValue:
        return None


def _regex(text: str | None, pattern: str, flags: str) -> str:
    """A call of REGEX about a text, or about ``?t``; ValueError for what is no pattern."""
    known, rest = linear(pattern, flags)
    about = "?t" if text is None else _text(text)
    return f"REGEX({about}, {_text(known)}, {_text(rest)})"


def _listed(texts: Sequence[str]) -> str:
    """The texts as terms of SPARQL, one after the other."""
    between = '" "'
    joined = between.join(texts)
    plain = joined.count('"') == 2 * (len(texts) - 1)
    if plain and not any(mark in joined for mark in "\\\n\r"):  # nothing to escape
        return f'"{joined}"'
    return " ".join(map(_text, texts))


def _text(value: str) -> str:
    return str(Literal(value))
