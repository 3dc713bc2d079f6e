"""From sources to rows of numbers.

A term object for each part of each quad would cost more than parsing. So statements are cut
from canonical N-Triples, line by line, into texts that a plain dictionary numbers. Turtle and
RDF/XML are written as N-Triples by the parser itself; of an N-Triples file only the lines that
bring a new text go through the parser, which says whether they are right and how their texts
are written. Formats with named graphs are numbered term by term. Nothing gets into the store's
dictionary before the whole source is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count
from operator import methodcaller

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from glocal_kg._rdf.formats import N_TRIPLES, RDF_XML, TURTLE
from glocal_kg._rdf.reading.document import Document, Source
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.terms import text_of
from glocal_kg.errors import ArgumentError, ReadError

PIECE = 1 << 22
"""Bytes of a file that are looked at together."""
MANY = 1 << 15
"""Quads that are written together."""
END = b" .\n"
_BREAK, _SPACE, _DOT = b"\n ."

_parts: Callable[[bytes], list[bytes]] = methodcaller("split", b" ", 2)


def quads_of(
    source: Source,
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
) -> Numbers:
    """The statements of a source as rows of (s, p, o, g), shape (n, 4), int32, repeats and all.

    Those of no graph are put into ``target``. Raises ``ReadError``, and nothing has changed.
    """
    rows = None
    if isinstance(source, Document) and source.format is N_TRIPLES:
        rows = Cutter(check=True).rows(_pieces(source), dictionary)
    elif isinstance(source, Document) and source.format in (TURTLE, RDF_XML):
        rows = Cutter(check=False).rows(source.written(MANY), dictionary)
    if rows is None:
        return numbered(source.quads(), dictionary, target, source.name)
    graph = np.full((len(rows), 1), dictionary.add(target), np.int32)
    return np.concatenate((rows, graph), axis=1)


def numbered(
    quads: Iterable[Quad],
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
    name: str = "quads",
) -> Numbers:
    """Quads as rows of numbers, term by term; ``name`` is for errors. See :func:`quads_of`."""
    places: defaultdict[object, int] = defaultdict(count().__next__)
    at = places[DefaultGraph()]
    try:
        flat = np.fromiter(map(places.__getitem__, chain.from_iterable(quads)), np.int32)
    except TypeError:
        raise ArgumentError("quads", quads, "pyoxigraph quads") from None
    if Triple in set(map(type, places)):
        raise ReadError(
            "Triple terms (RDF 1.2) are not supported.",
            source=name,
            remedy="Describe the statement with a node of its own instead.",
        )
    texts = list(map(str.encode, map(str, places)))
    own = places.get(target, at)
    flat[flat == at] = own
    texts[at] = text_of(target) if own == at else b""
    return dictionary.add_texts(texts)[flat].reshape(-1, 4)


def _pieces(source: Document) -> Iterator[bytes]:
    """A document in pieces of whole lines."""
    with source.open() as stream:
        while piece := stream.read(PIECE) + stream.readline():
            yield piece if piece.endswith(b"\n") else piece + b"\n"


class Cutter:
    """Cuts canonical N-Triples into numbered texts; with ``check``, what claims to be that."""

    def __init__(self, *, check: bool) -> None:
        self._check = check
        self._places: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._others: dict[bytes, bytes] = {}  # texts that the parser writes otherwise
        self._blank = False

    def rows(self, pieces: Iterable[bytes], dictionary: Dictionary) -> Numbers | None:
        """The rows (s, p, o), shape (n, 3); None for what must be read in another way."""
        try:
            found = list(map(self._cut, pieces))
        except (_NotCanonicalError, SyntaxError, ValueError, OSError, EOFError, MemoryError):
            if self._check:
                return None
            raise
        if not found:
            return None
        rows = _numbers(self._texts(), dictionary)[np.concatenate(found)]
        return rows if not self._check or _are_facts(rows, dictionary) else None

    def _cut(self, piece: bytes) -> Numbers:
        if not piece.endswith(END) or b"<<(" in piece or b"\0" in piece:
            raise _NotCanonicalError
        texts, ends = _cut_at_spaces(piece)
        places, known = self._places, len(self._places)
        rows = np.fromiter(map(places.__getitem__, texts), np.int32, len(texts)).reshape(-1, 3)
        if self._check:
            self._blank = self._blank or b"_:" in piece
            bounds = [0, *ends.tolist()]
            new = _with_new(rows, known)
            self._parse(b"".join([piece[bounds[n] : bounds[n + 1]] for n in new]))
        return rows

    def _parse(self, text: bytes) -> None:
        written = serialize(parse(text, RdfFormat.N_TRIPLES), format=RdfFormat.N_TRIPLES)
        assert written is not None
        if written == text:
            return
        ours, theirs = text.split(END), written.split(END)
        if len(ours) != len(theirs):
            raise _NotCanonicalError
        for one, other in zip(ours, theirs, strict=True):
            if one != other:
                pairs = zip(_parts(one), _parts(other), strict=True)
                self._others |= {mine: right for mine, right in pairs if mine != right}

    def _texts(self) -> list[bytes]:
        """The texts by number, as the parser writes them; blank nodes get names of their own."""
        texts, others = list(self._places), self._others
        if others:
            texts = [others.get(text, text) for text in texts]
        if self._blank:
            texts = [b"_:" + BlankNode().value.encode() if t[:2] == b"_:" else t for t in texts]
        return texts


def _cut_at_spaces(piece: bytes) -> tuple[list[bytes], NDArray[np.intp]]:
    """The three texts of each line, one after the other, and where the lines end.

    Only a literal, which is the last of them, can have a space within. So the first two spaces
    and the last one are made line breaks, and all is cut in one go.

    >>> _cut_at_spaces(b'<urn:a> <urn:p> "b c" .\\n')[0]
    [b'<urn:a>', b'<urn:p>', b'"b c"']
    """
    lines = bytearray(piece)
    letters = np.frombuffer(lines, np.uint8)
    places = np.flatnonzero(letters <= _SPACE)
    breaks = np.flatnonzero(letters[places] == _BREAK)
    begins = np.concatenate(([0], breaks[:-1] + 1))
    if (breaks - begins < 3).any() or (letters[places[breaks] - 1] != _DOT).any():
        raise _NotCanonicalError
    if (places[breaks] - places[breaks - 1] != 2).any():
        raise _NotCanonicalError
    for cut in (begins, begins + 1, breaks - 1):
        if (letters[places[cut]] != _SPACE).any():
            raise _NotCanonicalError
        letters[places[cut]] = _BREAK
    texts = bytes(lines).split(b"\n")
    del texts[3::4]  # the dots
    del texts[-1]  # what is behind the last line: nothing
    return texts, places[breaks] + 1


class _NotCanonicalError(Exception):
    """Lines that are not canonical N-Triples."""


def _are_facts(rows: Numbers, dictionary: Dictionary) -> bool:
    """Whether no literal is a subject and each predicate an IRI."""
    predicates = map(dictionary.text, np.unique(rows[:, 1]).tolist())
    return not dictionary.literals()[rows[:, 0]].any() and all(t[:1] == b"<" for t in predicates)


def _with_new(rows: Numbers, known: int) -> list[int]:
    """The rows that have a number for the first time; ``known`` numbers came before."""
    highest = rows.max(axis=1)
    before = np.maximum.accumulate(np.concatenate(([known - 1], highest[:-1])))
    found: list[int] = np.flatnonzero(highest > before).tolist()
    return found


def _numbers(texts: list[bytes], dictionary: Dictionary) -> Numbers:
    """The numbers of texts that may repeat."""
    distinct = dict.fromkeys(texts)
    if len(distinct) == len(texts):
        return dictionary.add_texts(texts)
    numbers = dictionary.add_texts(list(distinct))
    place = {text: at for at, text in enumerate(distinct)}
    return numbers[[place[text] for text in texts]]
