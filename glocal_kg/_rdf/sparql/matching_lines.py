"""A pattern looked for in many texts at once: in the lines in which N-Triples writes them.

Python's engine then goes from line to line by itself. It only finds texts that surely match; what
it does not accept is to be looked at alone, as is what N-Triples writes with a backslash.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.sparql.linear import can_explode
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.regexes import translated

_INSIDE = r'[^"\\\n]'
"""A sign that does not end a text, and is none of several that write one."""


@lru_cache(maxsize=64)
def matcher(pattern: str, flags: str) -> re.Pattern[str] | None:
    """What goes over lines of IRIs and literals as long as a pattern of XPath is found in each.

    None where a pattern cannot be looked for so: it may need too long, or has flags beside ``i``.
    """
    if set(flags) - {"i"} or can_explode(pattern):
        return None
    body = pattern.removeprefix("^")
    before = "" if body != pattern else f"{_INSIDE}*?"
    after = f"{_INSIDE}*"
    if re.search(r"(?<!\\)(?:\\\\)*\$\Z", body):
        body, after = body[:-1], ""
    try:
        inner = translated(body, each=_inside)
        # Neither ^ nor $ inside finds an end of a text here, so such texts are not accepted.
        line = rf'(?:"|<(?!<)){before}(?:{inner}){after}(?:"[^\n]*|>)\n'
        return re.compile(f"(?>{line})*+", re.IGNORECASE if flags else 0)
    except (NoValue, re.error, OverflowError, RecursionError):
        return None


def accepted(matching: re.Pattern[str], lines: str, count: int) -> NDArray[np.bool_]:
    """Which of so many lines, each with a line break, what :func:`matcher` gives accepts.

    >>> accepted(matcher("^[a-z]+$", ""), '"rome"\\n"Rome"@en\\n"bonn"@de\\n', 3).tolist()
    [True, False, True]
    """
    found = np.ones(count, bool)
    place = line = 0
    while (end := matching.match(lines, place).end()) < len(lines):  # type: ignore[union-attr]  # it matches nothing, too
        line += lines.count("\n", place, end)
        found[line] = False
        line, place = line + 1, lines.index("\n", end) + 1
    return found


def _inside(piece: str) -> str:
    """What stands for one sign, kept from those that end a text."""
    if re.fullmatch(r"\\[1-9]", piece):
        raise NoValue  # what a group has found
    if piece == ".":
        return _INSIDE
    if not any(re.match(piece, sign) for sign in '"\\\n'):
        return piece
    if piece.startswith("[^"):
        return rf'[^"\\\n{piece[2:]}'
    return rf'(?:(?!["\\\n]){piece})'
