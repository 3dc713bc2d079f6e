"""Turtle cut into numbered tokens, each of which is made a term only once.

A document is taken in pieces that end with a statement. Tokens are numbered as they are
written, and what they mean is found out for those that are new. What the tokens of a piece do
not show to be plain statements is left to the parser, with all that was declared before the
piece; and where the parser refuses a piece, the whole document has to be read by it, which then
says what is wrong, and in which line.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import compress, count, islice

import numpy as np
from pyoxigraph import RdfFormat, serialize

from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.reading.turtle_tokens import (
    BLANK,
    DIRECTIVES,
    FULL,
    IRI,
    LITERAL,
    MARK_KINDS,
    ODD,
    PLAIN,
    VERB,
    statements,
    tokens_of,
)
from glocal_kg._rdf.store.cutting import cut_at_spaces, renamed
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import NewTexts, NotCanonicalError
from glocal_kg._rdf.store.pairs import Numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from pyoxigraph import QuadParser

LONGEST = 1 << 22
"""Bytes that are looked at together where no statement seems to end before."""
MANY = 1 << 16
"""So many tokens that are not written like their terms are known at a time."""
TOGETHER = 1 << 11
"""Quads that the parser writes together."""
_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_KINDS = bytes({60: IRI, 34: LITERAL, 95: BLANK}.get(first, ODD) for first in range(256))
"""The kind of a term by the first byte of its text."""
_NONE = np.empty((0, 3), np.int32)
_REFUSED = NotCanonicalError, SyntaxError, ValueError


class TurtleCutter:
    """Cuts one document; after that, ``prefixes`` are those that it declares."""

    def __init__(self, home: bytes, base: str | None) -> None:
        self.prefixes: dict[str, str] = {}
        self._home, self._base = home, base
        self._is_plain = True  # no piece so far needed the slower pattern for comments and the like
        self._new = NewTexts(turtle=True)
        self._new.declare({}, base)
        # Numbers of tokens, and by number the text of the term, if it is written like the token.
        self._places: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._texts: list[bytes] = []
        self._kinds = bytearray()
        # Tokens that are written otherwise, by number, and the numbers of their terms.
        self._others: list[bytes] = []
        self._tokens, self._terms = array("i"), array("i")
        for token, kind in {_TYPE: IRI, b"a": VERB, **MARK_KINDS}.items():
            self._numbered([token])
            self._texts.append(token)
            self._kinds.append(kind)
        self._let_mean({b"a": _TYPE})
        self._others.clear()  # this one is never forgotten

    def rows(self, document: Document, size: int, dictionary: Dictionary) -> Numbers | None:
        """The rows (s, p, o), shape (n, 3); None for what must be read in another way.

        ``size`` is how many bytes are looked at together.
        """
        try:
            with document.open() as stream:
                found = list(self._found(stream, size))
        except (*_REFUSED, OSError, EOFError, MemoryError):
            return None
        rows = np.concatenate([_NONE, *found])
        if not len(rows):
            return None
        del found
        self._places.clear()  # room for the texts
        terms = np.arange(len(self._texts), dtype=np.int32)
        terms[self._tokens] = self._terms
        used = np.zeros(len(terms), bool)
        used[rows] = True
        used[terms[used]] = True
        used &= terms == np.arange(len(terms))
        texts = list(compress(self._texts, used.tobytes()))
        places = (np.cumsum(used, dtype=np.int32) - 1)[terms]
        if (np.frombuffer(self._kinds, np.uint8)[used] == BLANK).any():
            texts = renamed(texts, [places[rows]], self._home)
        numbers: Numbers = dictionary.add_texts(texts)[places][rows]
        return numbers

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
        if len(self._others) > MANY:
            self._forget()
        directives = DIRECTIVES.match(piece)
        rest = piece
        if directives and b"<" in directives[0]:
            try:
                self._declare(self._new.parser(directives[0]))
            except _REFUSED:
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
        numbers, new = self._numbered(tokens)
        try:
            changed = self._new.read(new)
        except _REFUSED:  # by the parser they may be accepted, as other tokens
            self._texts += [b""] * len(new)
            self._kinds += bytes([ODD]) * len(new)
            for token in new:
                del self._places[token]
            return None
        self._keep([changed.get(token, token) for token in new] if changed else new)
        self._let_mean(changed)
        kinds = np.frombuffer(self._kinds, np.uint8)[numbers]
        return statements(numbers, kinds, self._nodes)

    def _numbered(self, tokens: list[bytes]) -> tuple[Numbers, list[bytes]]:
        """The numbers of tokens or texts, and those that are new, in the order of their numbers."""
        places, known = self._places, len(self._places)
        numbers = np.fromiter(map(places.__getitem__, tokens), np.int32, len(tokens))
        new = list(islice(reversed(places), len(places) - known))
        new.reverse()
        return numbers, new

    def _keep(self, texts: list[bytes]) -> None:
        """Keep the texts of new numbers."""
        self._texts += texts
        self._kinds += b"".join([text[:1] for text in texts]).translate(_KINDS)

    def _let_mean(self, terms: dict[bytes, bytes]) -> None:
        """Let known tokens stand for the terms with these texts."""
        numbers, new = self._numbered(list(terms.values()))
        self._keep(new)
        self._terms.extend(numbers.tolist())
        for token in terms:
            number = self._places[token]
            self._tokens.append(number)
            self._texts[number] = b""  # the room is needed
        self._others += terms

    def _nodes(self, count: int) -> Numbers:
        """Numbers of new nodes without a name."""
        first = len(self._texts)  # a space is in no label
        names = [b"_: %x" % number for number in range(first, first + count)]
        numbers, _ = self._numbered(names)
        self._keep(names)
        self._others += names
        return numbers

    def _parsed(self, piece: bytes) -> Numbers | None:
        """The rows of a piece as the parser reads it; None where it is refused."""
        found = [_NONE]
        try:
            parser = self._new.parser(piece)
            while written := serialize(islice(parser, TOGETHER), format=RdfFormat.N_TRIPLES):
                if b"<<(" in written or b"\0" in written:
                    raise NotCanonicalError
                numbers, new = self._numbered(cut_at_spaces(written))
                self._keep(new)
                found.append(numbers.reshape(-1, 3))
            self._declare(parser)
        except _REFUSED:
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
            self._forget()

    def _forget(self) -> None:
        """Forget the tokens that are not written like their terms."""
        for token in self._others:
            del self._places[token]
        self._others.clear()
