"""Turtle cut into numbered tokens, each of which is made a term only once.

A document is taken in pieces that end with a statement. Tokens are numbered as they are
written, and what they mean is found out for those that are new. What the tokens of a piece do
not show to be plain statements is left to the parser, with all that was declared before the
piece; and where the parser refuses a piece, the whole document has to be read by it, which then
says what is wrong, and in which line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from pyoxigraph import RdfFormat, serialize

from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.reading.turtle_tokens import (
    DIRECTIVES,
    FULL,
    MARK_KINDS,
    PLAIN,
    VERB,
    statements,
    tokens_of,
)
from glocal_kg._rdf.store.cutting import cut_at_spaces
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import REFUSED, NewTexts, NotCanonicalError
from glocal_kg._rdf.store.numbering import Numbering
from glocal_kg._rdf.store.pairs import Numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from pyoxigraph import QuadParser

LONGEST = 1 << 22
"""Bytes that are looked at together where no statement seems to end before."""
TOGETHER = 1 << 11
"""Quads that the parser writes together."""
_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NONE = np.empty((0, 3), np.int32)


class TurtleCutter:
    """Cuts one document; after that, ``prefixes`` are those that it declares."""

    def __init__(self, home: bytes, base: str | None) -> None:
        self.prefixes: dict[str, str] = {}
        self._home, self._base = home, base
        self._is_plain = True  # no piece so far needed the slower pattern for comments and the like
        self._new = NewTexts(turtle=True)
        self._new.declare({}, base)
        self._numbering = Numbering(self._new)
        for token, kind in MARK_KINDS.items():
            self._numbering.seed(token, kind)
        self._numbering.seed(b"a", VERB, _TYPE)

    def rows(self, document: Document, size: int, dictionary: Dictionary) -> Numbers | None:
        """The rows (s, p, o), shape (n, 3); None for what must be read in another way.

        ``size`` is how many bytes are looked at together.
        """
        try:
            with document.open() as stream:
                found = list(self._found(stream, size))
        except (*REFUSED, OSError, EOFError, MemoryError):
            return None
        if not any(map(len, found)):
            return None
        return self._numbering.rows(found, dictionary, self._home)

    def _found(self, stream: IO[bytes], size: int) -> Iterator[Numbers]:
        """The rows of tokens, piece by piece."""
        text = b""
        while more := stream.read(max(size, len(text))):
            text += more
            end = (text.rfind(b".\n") + 1) or (text.rfind(b".\r\n") + 1)
            rows = self._cut(text[:end]) if end else None
            if rows is not None:
                yield rows
                text = text[end:]
            elif len(text) > LONGEST:
                raise NotCanonicalError
        rows = self._cut(text)
        if rows is None:
            raise NotCanonicalError
        yield rows

    def _cut(self, piece: bytes) -> Numbers | None:
        """The rows of a piece; None where it is not one of whole statements."""
        directives = DIRECTIVES.match(piece)
        rest = piece
        if directives and b"<" in directives[0]:
            try:
                self._declare(self._new.parser(directives[0]))
            except REFUSED:
                return self._parsed(piece)
            rest = piece[directives.end() :]
        if self._is_plain and b"\\" not in rest:
            rows = self._said(tokens_of(rest, PLAIN))
            if rows is not None:
                return rows
        rows = self._said(tokens_of(rest, FULL))
        if rows is None:
            return self._parsed(rest)
        self._is_plain = self._is_plain and b"\\" in rest
        return rows

    def _said(self, tokens: list[bytes]) -> Numbers | None:
        """The rows of the tokens of a piece; None where they are odd."""
        if not tokens:
            return _NONE
        try:
            numbers, kinds = self._numbering.numbered(tokens)
        except REFUSED:  # by the parser they may be accepted, as other tokens
            return None
        return statements(numbers, kinds, self._numbering.nodes)

    def _parsed(self, piece: bytes) -> Numbers | None:
        """The rows of a piece as the parser reads it; None where it is refused."""
        found = [_NONE]
        if b"<<(" in piece:  # triple terms: only for who knows how deep they stand in each other
            raise NotCanonicalError
        try:
            parser = self._new.parser(piece)
            while written := serialize(islice(parser, TOGETHER), format=RdfFormat.N_TRIPLES):
                if b"<<(" in written or b"\0" in written:
                    raise NotCanonicalError
                numbers, _ = self._numbering.numbered(cut_at_spaces(written), trusted=True)
                found.append(numbers.reshape(-1, 3))
            self._declare(parser)
        except REFUSED:
            return None
        return np.concatenate(found)

    def _declare(self, parser: QuadParser) -> None:
        """Let tokens mean what the text of a parser, read to its end, makes of them."""
        for _ in parser:
            pass
        prefixes, base = dict(parser.prefixes), parser.base_iri
        if (prefixes, base) != (self.prefixes, self._base):
            self.prefixes, self._base = prefixes, base
            self._new.declare(prefixes, base)
            self._numbering.forget()
