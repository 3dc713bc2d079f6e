"""What patterns have of other languages that the regular expressions of XPath have not.

SHACL takes those of XPath (SHACL 4.4.3; SPARQL 1.1, 17.4.3.14; XQuery 1.0 and XPath 2.0 Functions,
7.6.1). Others are read here as the languages they come from do; another engine may refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.regexes import compiled
from glocal_kg.errors import TooLargeError

_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?[a-zA-Z-]*.?", re.S)
_NO_ESCAPES = frozenset("bBAzZGaefvxuXRKQEhHkg0")
_NEEDLESS = re.compile(r"\\(?:([/'\"<>#%&,:;=@_`~! ])|.)", re.S)
"""Escapes; the first group is a sign that stands for itself, escaped or not, wherever it is."""


def foreign_pieces(pattern: str, flags: str = "") -> Iterator[tuple[str, str]]:
    r"""Each piece of a pattern that XPath has not, or the whole pattern, and what to write.

    >>> list(foreign_pieces("(?i)rome"))
    [('(?i)', 'Write sh:flags "i" beside it instead.')]
    >>> [piece for piece, _ in foreign_pieces("[[:alpha:]]+")], list(foreign_pieces(r"^a\/b$"))
    (['"[[:alpha:]]+"'], [])
    """
    if "q" in flags:
        return
    told = False
    for piece in dict.fromkeys(found[0] for found in _PIECE.finditer(pattern)):
        if piece[0] == "[" or piece == "(?:":
            continue
        if piece[0] == "(":
            names = piece[2:-1]
            hint = f'Write sh:flags "{names}" beside it instead.' if names.isalpha() else ""
            yield piece, hint or "Leave it out."
            told = True
        elif piece[1] in _NO_ESCAPES:
            hint = "Say it with the characters that may stand there, such as (^|\\W) and (\\W|$)."
            yield piece, hint
            told = True
    if not told and not _is_of_xpath(pattern, flags):
        hint = (
            "Put what a second sign of repetition is for in brackets, write [ within [ ] as \\[,"
            " and letters of a kind as \\p{L} or \\p{IsGreek}."
        )
        yield f'"{pattern}"', hint


def _is_of_xpath(pattern: str, flags: str) -> bool:
    plain = _NEEDLESS.sub(lambda found: found[1] or found[0], pattern)
    try:
        compiled(plain, "".join(set(flags) & set("smix")))
    except NoValue:
        return False
    except TooLargeError:
        pass
    return True
