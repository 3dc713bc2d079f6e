"""Triple terms (RDF 1.2): where one stands, and how deep in each other, without parsing.

We hold none, but the parser reads them first, and ends the process where thousands are nested.
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
PIECE = 1 << 20
_OPEN = b"<<("
# Texts, IRIs and comments, in which a bracket is none.
_OTHER = (
    rb'"""(?:[^"\\]|\\.|"(?!""))*"""|' + rb"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    rb'"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)*'|"
    rb'<[^<>"{}|^`\\\x00-\x20]*>|#[^\n]*|'
)
_PARTS = re.compile(_OTHER + rb"(<<\()|(\)>>)", re.DOTALL)
_SIGNS = re.compile(_OTHER + rb"(<<|(?<!\\)~|\{\|)", re.DOTALL)
"""A triple term, a reified triple, a reifier, an annotation."""


def refuse_nested(name: str, opened: Callable[[], IO[bytes]]) -> None:
    """Raise ``ReadError`` where a document could end the process; see ``terms_deeper_than``."""
    if terms_deeper_than(DEEPEST, opened):
        raise ReadError(
            f"More than {DEEPEST} triple terms (RDF 1.2) stand in each other.",
            source=name,
            remedy="They are not supported: describe a statement with a node of its own instead.",
        )


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
    if found <= most:
        return False
    with opened() as stream:
        parts = _PARTS.finditer(stream.read())
    steps = (1 if part[1] else -1 for part in parts if part[1] or part[2])
    return max(accumulate(steps), default=0) > most
