"""A document cut into numbered texts, without a term object for each.

A line of N-Triples or N-Quads is cut at its spaces. A piece that is not in their canonical form
goes to the parser, whose statements are written in it; so is a whole document where the parser
refuses a piece. Then it says what is wrong, and where. RDF/XML and JSON-LD are read as such texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, islice

import numpy as np
from pyoxigraph import RdfFormat, serialize

from glocal_kg._rdf.formats import JSON_LD, N_TRIPLES, RDF_XML, Format
from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.reading.term_depth import no_triple_terms
from glocal_kg._rdf.reading.turtle_tokens import DOT, GRAPH, OBJECT, PREDICATE, SUBJECT, Kinds
from glocal_kg._rdf.reading.unlawful import refusal, unlawful
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import REFUSED, NewTexts, NotCanonicalError
from glocal_kg._rdf.store.numbering import HOME, Numbering
from glocal_kg._rdf.store.pairs import Numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from pyoxigraph import Quad, QuadParser

TOGETHER = 1 << 11
"""Quads that are written together: about as many bytes as are looked at together."""
NOTHING = np.empty((0, 4), np.int32)
_BREAK, _SPACE, _SIGN, _QUOTE, _DOT = b'\n !".'
_PLACES = np.array([SUBJECT, PREDICATE, OBJECT, GRAPH], np.uint8)


class Cutter:
    """Cuts one document; here for all formats but Turtle and TriG.

    ``home`` is the text of the graph where statements of none go.
    """

    ends: tuple[bytes, ...] = (b"\n",)
    """What a piece may end with; the first byte of it belongs to the piece."""
    longest = 1 << 24
    """Bytes that are looked at together where no piece seems to end before."""

    def __init__(self, document: Document, home: bytes, new: NewTexts | None = None) -> None:
        self._document, self._home = document, home
        self._new = new or NewTexts()
        self._begin(self._new)

    def _begin(self, new: NewTexts | None) -> None:
        self._numbering = Numbering(self._home, new)
        self._numbering.seed(b".", DOT, self._home)  # behind a line that names no graph

    def rows(self, size: int, dictionary: Dictionary) -> Numbers:
        """The rows (s, p, o, g), shape (n, 4), of the document, taken in pieces of a size.

        Raises ``ReadError``, and then the dictionary has not changed.
        """
        if self._document.format in (RDF_XML, JSON_LD):
            wide = 3 if self._document.format is RDF_XML else 4
            found = [self._rows(texts, wide)[0] for texts in self._document.texts()]
            return self._numbering.rows(found, dictionary)
        try:
            with self._document.open() as stream:
                found = list(self._found(stream, size))
        except (*REFUSED, OSError, EOFError, MemoryError):
            found = []
        if not any(map(len, found)):
            self._begin(None)
            try:
                found = list(map(self._lines, self._document.written(TOGETHER)))
            except NotCanonicalError:
                raise no_triple_terms(self._document.name, self._document.open) from None
        return self._numbering.rows(found, dictionary)

    def _found(self, stream: IO[bytes], size: int) -> Iterator[Numbers]:
        """The rows of texts, piece by piece."""
        text = b""
        while more := stream.read(max(size, len(text))):
            text += more
            end = next((at for one in self.ends if (at := text.rfind(one) + 1)), 0)
            rows = self._cut(text[:end]) if end else None
            if rows is not None:
                yield rows
                text = text[end:]
            elif len(text) > self.longest:
                raise NotCanonicalError
        rows = self._cut(text)
        if rows is None:
            raise NotCanonicalError
        yield rows

    def _cut(self, piece: bytes) -> Numbers | None:
        """The rows of a piece; None where it may be more than what it ends with was thought."""
        if not piece:
            return NOTHING
        try:
            return self._lines(piece, self._document.format)
        except REFUSED:
            rows, _ = self._parsed(piece)
        if rows is None:  # more lines make it no better
            raise NotCanonicalError
        return rows

    def _lines(self, piece: bytes, format: Format | None = None) -> Numbers:
        """The rows of lines as the parser writes them, or of what claims to be written so."""
        texts, wide = cut_at_spaces(piece)
        if format is None and b"<<(" in piece and any(text[:3] == b"<<(" for text in texts):
            raise NotCanonicalError  # else a triple term is refused as a new text
        if format is None and (text := unlawful(piece, texts)):
            raise refusal(text, self._document.name, self._document.open)
        rows, kinds = self._rows(texts, wide, trusted=format is None)
        if format is not None and not (kinds & _PLACES[:wide]).all():
            raise NotCanonicalError
        if wide == 4 and format is N_TRIPLES:
            raise NotCanonicalError
        return rows

    def _rows(
        self, texts: list[bytes], wide: int, *, trusted: bool = True
    ) -> tuple[Numbers, Kinds]:
        """The rows of the texts of statements, three or four each, and the kinds of these."""
        numbers, kinds = self._numbering.numbered(texts, trusted=trusted)
        if wide == 4:
            return numbers.reshape(-1, 4), kinds.reshape(-1, 4)
        rows = np.full((len(numbers) // 3, 4), HOME, np.int32)
        rows[:, :3] = numbers.reshape(-1, 3)
        return rows, kinds.reshape(-1, 3)

    def _parsed(self, text: bytes) -> tuple[Numbers | None, Quad | None]:
        """The rows of a text as the parser reads it, and the last; None where it is refused."""
        if b"<<(" in text:  # triple terms: only for who knows how deep they stand in each other
            raise NotCanonicalError
        found, last = [NOTHING], None
        try:
            parser = self._new.parser(text, self._document.format)
            while quads := list(islice(parser, TOGETHER)):
                last = quads[-1]
                found.append(self._lines(serialize(quads, format=RdfFormat.N_QUADS) or b""))
            self._declare(parser)
        except (SyntaxError, ValueError):
            return None, None
        return np.concatenate(found), last

    def _declare(self, parser: QuadParser) -> None:
        """Let names mean what a parser has read; lines have none."""


def cut_at_spaces(piece: bytes) -> tuple[list[bytes], int]:
    """The texts of lines, one after the other, and how many of them are of each line.

    These are three, or four with the graph; a dot stands where another line has a graph. Only a
    literal can have a space within, and what is behind the value of a literal has none. So the
    first two spaces and the last one are made line breaks, and so is the one before it, if it is
    a third and no quotation mark comes behind it; and all is cut in one go.

    >>> cut_at_spaces(b'<urn:a> <urn:p> "b c" .\\n')
    ([b'<urn:a>', b'<urn:p>', b'"b c"'], 3)
    >>> cut_at_spaces(b'<urn:a> <urn:p> _:b <urn:g> .\\n<urn:a> <urn:p> _:b .\\n')[0][3:]
    [b'<urn:g>', b'<urn:a>', b'<urn:p>', b'_:b', b'.']
    """
    lines = bytearray(piece)
    letters = np.frombuffer(lines, np.uint8)
    places = np.flatnonzero(letters <= _QUOTE)
    signs = letters[places]
    if _SIGN in signs:
        places = places[signs != _SIGN]
        signs = letters[places]
    breaks = np.flatnonzero(signs == _BREAK)
    begins = np.concatenate(([0], breaks[:-1] + 1))
    if lines[-1] != _BREAK or (breaks - begins < 3).any():
        raise NotCanonicalError
    if (letters[places[breaks] - 1] != _DOT).any() or (np.diff(places)[breaks - 1] != 2).any():
        raise NotCanonicalError
    named = (signs[breaks - 2] == _SPACE) & (breaks - 2 > begins + 1)
    for cut in (begins, begins + 1, breaks - 1, breaks[named] - 2):
        if (signs[cut] != _SPACE).any():
            raise NotCanonicalError
        letters[places[cut]] = _BREAK
    texts = bytes(lines).split(b"\n")
    del texts[-1]  # what is behind the last line: nothing
    if not named.any():
        del texts[3::4]  # the dots
        return texts, 3
    if named.all():
        del texts[4::5]
        return texts, 4
    kept = np.ones(len(texts), bool)
    kept[np.cumsum(4 + named)[named] - 1] = False
    return list(compress(texts, kept.tobytes())), 4
