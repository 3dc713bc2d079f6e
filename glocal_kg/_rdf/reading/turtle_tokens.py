"""Turtle cut into tokens, and the statements that a row of tokens makes.

One regular expression cuts a piece of text; what a token means is no business of this file. A
token has a kind, which says where it may stand, and the kinds alone say which tokens are
subject, predicate and object of a statement, and whether the grammar allows them there. So all
of it is done with columns, without a step of Python for each token.

What is not covered has the kind ``ODD``: collections, reifiers, directives among statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Kinds = NDArray[np.uint8]
Numbers = NDArray[np.int32]

# A term's kind is the sum of the places where it may stand.
SUBJECT, PREDICATE, OBJECT, GRAPH = 1, 2, 4, 8
VERB, LITERAL, BLANK = PREDICATE, OBJECT, SUBJECT | OBJECT | GRAPH
IRI = BLANK | PREDICATE
# So may two marks: a line of N-Quads has a dot in place of a graph, and a bracket is a subject.
DOT, SEMICOLON, COMMA, OPEN, CLOSE, WORD, BEGIN, END = range(24, 32)
ODD = 255
MARK_KINDS = {b";": SEMICOLON, b",": COMMA, b"[": OPEN, b"]": CLOSE}
BLOCK_KINDS = {b"{": BEGIN, b"}": END, b"GRAPH": WORD, b"graph": WORD, b"Graph": WORD}

_NEED = np.full(256, -1)  # so many terms stand between a mark and the next
_NEED[[DOT, SEMICOLON, COMMA, OPEN]] = 3, 2, 1, 2


def _pattern(space: bytes, string: bytes, letter: bytes) -> re.Pattern[bytes]:
    word = rb"%b++(?>\.++%b++)*+" % (letter, letter)  # it does not end with a dot
    tail = rb"(?>@[A-Za-z0-9-]++|\^\^(?:<[^>]*+>|%b))?+" % word
    return re.compile(
        rb"%b(<[^>]*+>|(?:%b)%b|[;,.]|%b|[^ \t\r\n]|\Z)" % (space, string, tail, word)
    )


_SPACE = rb"[ \t\r\n]"
_LETTER = rb"""[^\x00-\x20<>"'{}|^`\\;,.()\[\]#@]"""
_STRING = rb"Q{3}(?>[^Q\\]++|\\.|Q(?!QQ))*+Q{3}|Q(?>[^Q\\\r\n]++|\\.)*+Q(?!Q)"
PLAIN = _pattern(_SPACE + rb"*+", rb'"[^"]*+"', _LETTER)
"""Tokens of a piece without escapes, comments and long or single quotes, which is most of them:
those are cut wrong, and are then no statements."""
FULL = _pattern(
    rb"(?>%b++|\#[^\r\n]*+)*+" % _SPACE,
    _STRING.replace(b"Q", b'"') + b"|" + _STRING.replace(b"Q", b"'"),
    rb"(?>%b++|\\.)" % _LETTER,
)
"""Tokens of any piece."""
DIRECTIVES = re.compile(
    rb"""(?>%b++ | \#[^\r\n]*+
      | (?:@prefix|(?i:prefix))%b++[^\x00-\x20:<>"'\#]*+:%b*+<[^>]*+>(?>%b*+\.)?+
      | (?:@base|(?i:base))%b*+<[^>]*+>(?>%b*+\.)?+)*+"""
    % ((_SPACE.replace(b" ", rb"\x20"),) * 6),
    re.VERBOSE,
)
"""Directives and comments before the first statement."""


def tokens_of(piece: bytes, pattern: re.Pattern[bytes]) -> list[bytes]:
    """The tokens of a text, without spaces and comments; each byte is in one of them.

    >>> tokens_of(b'ex:a ex:p "b. c"@en, 1.5 ;a ex:C.', PLAIN)
    [b'ex:a', b'ex:p', b'"b. c"@en', b',', b'1.5', b';', b'a', b'ex:C', b'.']
    """
    found = pattern.findall(piece)
    while found and not found[-1]:  # the end of the text
        del found[-1]
    return found


def statements(numbers: Numbers, kinds: Kinds, nodes: Callable[[int], Numbers]) -> Numbers | None:
    """The rows (s, p, o, g), shape (n, 4), that the tokens of whole statements say.

    ``numbers`` and ``kinds`` have one item for each token, and a mark has the number of the graph
    that it stands in; ``nodes`` gives numbers to as many nodes without a name. None where the
    tokens are none that this file knows.

    >>> numbers = np.array([1, 2, 3, 9, 4, 9], np.int32)  # a b c , d .
    >>> kinds = np.array([IRI, IRI, IRI, COMMA, LITERAL, DOT], np.uint8)
    >>> statements(numbers, kinds, np.arange).tolist()
    [[1, 2, 3, 9], [1, 2, 4, 9]]
    """
    if not len(kinds) or kinds[-1] != DOT or (kinds == ODD).any():
        return None
    filled = numbers[:0]
    if (kinds >= OPEN).any():
        depths = _depths(kinds)
        if depths is None:
            return None
        numbers, kinds, filled = _by_depth(numbers, kinds, depths, nodes)
    at, before, terms = _between(kinds)
    if ((kinds[at] == SEMICOLON) & (terms == 0) & (before != SEMICOLON)).any():
        return None
    # A semicolon before another mark says nothing.
    idle = at[np.flatnonzero((terms == 0) & (before == SEMICOLON)) - 1]
    if len(idle):
        numbers, kinds = np.delete(numbers, idle), np.delete(kinds, idle)
        at, before, terms = _between(kinds)
    said = (kinds[at] != OPEN) & ((terms > 0) | (kinds[at] != CLOSE) | (before != OPEN))  # nor []
    alone = (terms == 1) & (before == DOT) & (kinds[at] == DOT)  # as in [ ex:p 1 ] .
    said[alone] = ~np.isin(numbers[at[alone] - 1], filled)
    at, before = at[said], before[said]
    if (terms[said] != _NEED[before]).any():
        return None
    begins = (before == DOT) | (before == OPEN)  # the mark [ has the number of its node
    columns = _kept(at - 3, begins), _kept(at - 2, before != COMMA), at - 1
    for column, place in zip(columns, (SUBJECT, PREDICATE, OBJECT), strict=True):
        if not (kinds[column] & place).all():
            return None
    return np.stack([numbers[column] for column in (*columns, at)], axis=1)


def _between(kinds: Kinds) -> tuple[NDArray[np.intp], Kinds, NDArray[np.intp]]:
    """The places of the marks, the kind of the mark before each, and how many terms between."""
    at = np.flatnonzero(kinds >= DOT)
    before = np.full(len(at), DOT, np.uint8)
    before[1:] = kinds[at[:-1]]
    return at, before, np.diff(at, prepend=-1) - 1


def _kept(places: NDArray[np.intp], fresh: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Places where they are ``fresh``, and the last of these where not."""
    rows: NDArray[np.intp] = np.where(fresh, np.arange(len(fresh)), 0)
    return places[np.maximum.accumulate(rows)]


def _depths(kinds: Kinds) -> NDArray[np.int32] | None:
    """How many brackets are open at each token; None where they do not match."""
    closes = kinds == CLOSE
    depths = np.cumsum((kinds == OPEN).astype(np.int32) - closes, dtype=np.int32)
    if depths[-1] or depths.min() < 0 or depths[kinds == DOT].any():
        return None
    depths += closes
    return depths  # a bracket belongs to what is in it


def _by_depth(
    numbers: Numbers, kinds: Kinds, depths: NDArray[np.int32], nodes: Callable[[int], Numbers]
) -> tuple[Numbers, Kinds, Numbers]:
    """Tokens with what stands in brackets taken out of what stands around, and behind it.

    A bracket leaves its node where it was. So all is a flat row again, in which ``[`` is a mark
    that begins to say something of its node. Also the nodes that something is said of.
    """
    opens = kinds == OPEN
    twice = np.repeat(np.arange(len(kinds)), 1 + opens)
    first = np.flatnonzero(opens) + np.arange(np.count_nonzero(opens))  # where nodes are left
    numbers, kinds, depths = numbers[twice], kinds[twice], depths[twice]
    found = nodes(len(first))
    numbers[first] = numbers[first + 1] = found
    kinds[first] = BLANK
    depths[first] -= 1
    filled = found[kinds[first + 2] != CLOSE]
    order = np.argsort(depths, kind="stable")
    return numbers[order], kinds[order], filled
