"""Turtle and TriG cut into numbered tokens, each of which is made a term only once.

A document is taken in pieces that end with a statement. Tokens are numbered as they are
written, and what they mean is found out for those that are new. What the tokens of a piece do
not show to be plain statements is left to the parser, with all that was declared before the
piece and the block of a graph that it begins in.
"""

from __future__ import annotations

from collections.abc import Iterator

from glocal_kg._rdf.formats import TRIG
from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.reading.trig_blocks import NO_BLOCK, unwrapped
from glocal_kg._rdf.reading.turtle_tokens import (
    BLOCK_KINDS,
    DIRECTIVES,
    FULL,
    MARK_KINDS,
    PLAIN,
    VERB,
    statements,
    tokens_of,
)
from glocal_kg._rdf.store.cutting import NOTHING, Cutter
from glocal_kg._rdf.store.new_texts import REFUSED, NewTexts, NotCanonicalError
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.term_text import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from pyoxigraph import QuadParser

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LAST = b"\n<urn:any> <urn:any> <urn:any> }"
"""A statement behind a piece, whose graph is that of the block that is open there."""


class TurtleCutter(Cutter):
    """Cuts one document, which is given the prefixes that it declares."""

    ends: tuple[bytes, ...] = (b".\n", b".\r\n")
    longest = 1 << 22

    def __init__(self, document: Document, home: bytes) -> None:
        super().__init__(document, home, NewTexts(turtle=True))
        self._base = document.base
        self._prefixes: dict[str, str] = {}
        self._is_plain = True  # no piece so far needed the slower pattern for comments and the like
        # The graph whose block is open, and how it is called.
        self._graph, self._label = NO_BLOCK, b""
        self._new.declare({}, self._base)
        self._numbering.seed(b"a", VERB, _TYPE)
        marks = MARK_KINDS
        if document.format is TRIG:
            marks = MARK_KINDS | BLOCK_KINDS
            self.ends = (*self.ends, b"}\n", b"}\r\n")
        for token, kind in marks.items():
            self._numbering.seed(token, kind, home)

    def _found(self, stream: IO[bytes], size: int) -> Iterator[Numbers]:
        yield from super()._found(stream, size)
        if self._graph != NO_BLOCK:
            raise NotCanonicalError
        self._document.prefixes |= self._prefixes

    def _cut(self, piece: bytes) -> Numbers | None:
        """The rows of a piece; None where it is not one of whole statements."""
        rest = piece
        directives = DIRECTIVES.match(piece) if self._graph == NO_BLOCK else None
        if directives and b"<" in directives[0]:
            try:
                self._declare(self._new.parser(directives[0]))
            except REFUSED:
                return self._read(piece)
            rest = piece[directives.end() :]
        if self._is_plain and b"\\" not in rest:
            rows = self._said(tokens_of(rest, PLAIN))
            if rows is not None:
                return rows
        rows = self._said(tokens_of(rest, FULL))
        if rows is None:
            return self._read(rest)
        self._is_plain = self._is_plain and b"\\" in rest
        return rows

    def _said(self, tokens: list[bytes]) -> Numbers | None:
        """The rows of the tokens of a piece; None where they are odd."""
        if not tokens:
            return NOTHING
        try:
            numbers, kinds = self._numbering.numbered(tokens)
        except REFUSED:  # by the parser they may be accepted, as other tokens
            return None
        found = unwrapped(numbers, kinds, self._graph)
        if found is None:
            return None
        numbers, kinds, graph = found
        rows = statements(numbers, kinds, self._numbering.nodes) if len(kinds) else NOTHING
        if rows is not None:
            self._graph = graph
            if graph != NO_BLOCK and b"{" in tokens:
                label = [b".", *tokens][-tokens[::-1].index(b"{") - 2]
                self._label = b"" if label in (b".", b"}") else label
        return rows

    def _read(self, piece: bytes) -> Numbers | None:
        """The rows of a piece as the parser reads it; None where it is refused."""
        if self._graph != NO_BLOCK:
            piece = self._label + b" {" + piece
        if self._document.format is TRIG and b"{" in piece:
            rows, last = self._parsed(piece + _LAST)
            if rows is not None and last is not None:
                self._graph, self._label = int(rows[-1, 3]), text_of(last.graph_name)
                return rows[:-1]
        rows, _ = self._parsed(piece)
        if rows is not None:
            self._graph = NO_BLOCK
        return rows

    def _declare(self, parser: QuadParser) -> None:
        """Let tokens mean what the text of a parser, read to its end, makes of them."""
        for _ in parser:
            pass
        prefixes, base = dict(parser.prefixes), parser.base_iri
        if (prefixes, base) != (self._prefixes, self._base):
            self._prefixes, self._base = prefixes, base
            self._new.declare(prefixes, base)
            self._numbering.forget()
