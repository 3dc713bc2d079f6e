"""Brackets of Turtle and its kin: how many are open at once, and where a triple term stands.

The parser ends the process where thousands of triple terms (RDF 1.2) are nested, and takes
hundreds of bytes for each open bracket: seven gigabytes for ten megabytes of them.
"""

from __future__ import annotations

import re
from itertools import accumulate

from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

TRIPLE_TERMS = "RDF 1.2, whose triple terms are not supported"
INSTEAD = "Describe the statement with a node of its own instead."
DEEPEST = 500  # in each other: a quarter of what a small stack carries
BRACKETS = 100_000  # open at once, of lists and blank nodes: more is no data
PIECE = 1 << 20
_OPEN = b"<<("
# Texts, IRIs and comments, in which a bracket is none.
_OTHER = (
    rb"\\.|" + rb'"""(?:[^"\\]|\\.|"(?!""))*"""|' + rb"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    rb'"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)*'|"
    rb'<[^<>"{}|^`\\\x00-\x20]*>|#[^\n]*|'
)
_PARTS = re.compile(_OTHER + rb"(<<\()|(\)>>)", re.DOTALL)
_OPENED, _CLOSED = (b"(", b"[", b"<<"), (b")", b"]", b">>")
_BRACKETS = re.compile(_OTHER + rb"(<<|[(\[])|(>>|[)\]])", re.DOTALL)
_SIGNS = re.compile(_OTHER + rb"(<<|(?<!\\)~|\{\|)", re.DOTALL)
"""A triple term, a reified triple, a reifier, an annotation."""


def refuse_nested(name: str, opened: Callable[[], IO[bytes]]) -> None:
    """Raise ``ReadError`` where reading a document could end the process or fill the memory."""
    brackets, angles = _counted(opened)
    if angles > DEEPEST and terms_deeper_than(DEEPEST, opened):
        raise ReadError(
            f"More than {DEEPEST} triple terms (RDF 1.2) stand in each other.",
            source=name,
            remedy="They are not supported: describe a statement with a node of its own instead.",
        )
    many = brackets + angles > BRACKETS and _may_be_deeper_than(BRACKETS, opened)
    if many and _deeper_than(BRACKETS, _BRACKETS, opened):
        raise ReadError(
            f"More than {BRACKETS:,} brackets are open at once.",
            source=name,
            remedy="Close them, or give the inner nodes names.",
        )


def _counted(opened: Callable[[], IO[bytes]]) -> tuple[int, int]:
    """How many brackets open lists and blank nodes, and how many, at most, triple terms."""
    brackets, angles, kept = 0, 0, b""
    with opened() as stream:
        while piece := stream.read(PIECE):
            brackets += piece.count(b"(") + piece.count(b"[")
            angles += piece.count(b"<<") + (kept + piece[:1] == b"<<")
            kept = piece[-1:]
    return brackets, angles


def no_triple_terms(name: str, opened: Callable[[], IO[bytes]] | None = None) -> ReadError:
    r"""The error for triple terms, with the place of the first where the document can be opened.

    >>> from io import BytesIO
    >>> text = b"<urn:a> <urn:b> 1 ;\n  <urn:c> 2 ~ <urn:r> ."
    >>> str(no_triple_terms("a.ttl", lambda: BytesIO(text))).split(". ")[0]
    'a.ttl:2:13: This is of RDF 1.2, whose triple terms are not supported'
    """
    line = column = None
    if opened is not None:
        with opened() as stream:
            text = stream.read()
        for found in _SIGNS.finditer(text):
            if found[1]:
                line = text.count(b"\n", 0, found.start()) + 1
                begin = text.rfind(b"\n", 0, found.start()) + 1
                column = len(text[begin : found.start()].decode("utf-8", "replace")) + 1
                break
    return ReadError(
        f"This is of {TRIPLE_TERMS}.", source=name, line=line, column=column, remedy=INSTEAD
    )


def terms_deeper_than(most: int, opened: Callable[[], IO[bytes]]) -> bool:
    r"""Whether more than ``most`` triple terms are ever open at once in Turtle or its kin.

    ``opened`` opens the document anew. One that has hardly any is only looked through.

    >>> from io import BytesIO
    >>> text = b'<urn:a> <urn:p> <<( <urn:a> <urn:p> <<( <urn:a> <urn:p> "<<(" )>> )>> .'
    >>> [terms_deeper_than(most, lambda: BytesIO(text)) for most in (1, 2)]
    [True, False]
    """
    found, kept = 0, b""
    with opened() as stream:
        while found <= most and (piece := stream.read(PIECE)):
            found += (kept + piece).count(_OPEN)
            kept = piece[1 - len(_OPEN) :]
    return found > most and _deeper_than(most, _PARTS, opened)


def _may_be_deeper_than(most: int, opened: Callable[[], IO[bytes]]) -> bool:
    """Whether more brackets may be open at once, by how many stand in each part of a document."""
    level = 0
    with opened() as stream:
        while piece := stream.read(PIECE):
            more = sum(map(piece.count, _OPENED))
            if level + more > most:
                return True
            level = max(0, level + more - sum(map(piece.count, _CLOSED)))
    return False


def _deeper_than(most: int, brackets: re.Pattern[bytes], opened: Callable[[], IO[bytes]]) -> bool:
    """Whether more are ever open at once, of those that a pattern finds outside of texts."""
    with opened() as stream:
        parts = brackets.finditer(stream.read())
    steps = (1 if part[1] else -1 for part in parts if part[1] or part[2])
    return any(level > most for level in accumulate(steps))
