"""How deep triple terms (RDF 1.2) stand in each other, found without parsing.

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

DEEPEST = 500  # in each other: a quarter of what a small stack carries
PIECE = 1 << 20
_OPEN = b"<<("
# Texts, IRIs and comments, in which a bracket is none; then the brackets.
_PARTS = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*"""|' + rb"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    rb'"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)*'|"
    rb'<[^<>"{}|^`\\\x00-\x20]*>|#[^\n]*|(<<\()|(\)>>)',
    re.DOTALL,
)


def refuse_nested(name: str, opened: Callable[[], IO[bytes]]) -> None:
    """Raise ``ReadError`` where a document could end the process; see ``terms_deeper_than``."""
    if terms_deeper_than(DEEPEST, opened):
        raise ReadError(
            f"More than {DEEPEST} triple terms (RDF 1.2) stand in each other.",
            source=name,
            remedy="They are not supported: describe a statement with a node of its own instead.",
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
