"""From sources to rows of numbers.

A term object for each part of each quad would cost more than parsing. So statements are cut
from canonical N-Triples, line by line, into texts that a plain dictionary numbers. Turtle and
RDF/XML are written as N-Triples by the parser itself. Of an N-Triples file only new texts go
through the parser, which says whether they are terms and how they are written. Formats with
named graphs are numbered term by term. Nothing gets into the store's dictionary before the
whole source is read.

Blank nodes of a document get names made of what all of it says and of the graph it goes to, so
that the same document read again says nothing new, and no two documents share a node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import chain, count, islice
from operator import methodcaller

import numpy as np
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from glocal_kg._rdf.formats import N_TRIPLES, RDF_XML, TURTLE
from glocal_kg._rdf.reading.document import Document, Source
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.term_text import text_of
from glocal_kg.errors import ArgumentError, ReadError

PIECE = 1 << 18
"""Bytes of a file that are looked at together: what the processor keeps near."""
MANY = 1 << 11
"""Quads that are written together: about as many bytes."""
END = b" .\n"
_BREAK, _SPACE, _DOT = b"\n ."
_ANY = b"<urn:any>"
# What the parser may write otherwise beside controls: escapes, and two that are no characters.
_ODD = b"\x7f", b"\\"
_NO_CHARACTERS = "\ufffe".encode(), "\uffff".encode()

_parts: Callable[[bytes], list[bytes]] = methodcaller("split", b" ", 2)


def quads_of(
    source: Source,
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
) -> Numbers:
    """The statements of a source as rows of (s, p, o, g), shape (n, 4), int32, repeats and all.

    Those of no graph are put into ``target``. Raises ``ReadError``, and nothing has changed.
    """
    rows, home = None, text_of(target)
    if isinstance(source, Document) and source.format is N_TRIPLES:
        rows = Cutter(check=True, home=home).rows(_pieces(source), dictionary)
    elif isinstance(source, Document) and source.format in (TURTLE, RDF_XML):
        rows = Cutter(check=False, home=home).rows(source.written(MANY), dictionary)
    if rows is None:
        own = home if isinstance(source, Document) else None
        return numbered(source.quads(), dictionary, target, source.name, home=own)
    graph = np.full((len(rows), 1), dictionary.add(target), np.int32)
    return np.concatenate((rows, graph), axis=1)


def numbered(
    quads: Iterable[Quad],
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
    name: str = "quads",
    *,
    home: bytes | None = None,
) -> Numbers:
    """Quads as rows of numbers, term by term; ``name`` is for errors. See :func:`quads_of`.

    With ``home``, blank nodes are named anew; see ``_renamed``.
    """
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
    if home is not None:
        texts = _renamed(texts, [flat], home)
    return dictionary.add_texts(texts)[flat].reshape(-1, 4)


def _pieces(source: Document) -> Iterator[bytes]:
    """A document in pieces of whole lines."""
    with source.open() as stream:
        while piece := stream.read(PIECE) + stream.readline():
            yield piece if piece.endswith(b"\n") else piece + b"\n"


class Cutter:
    """Cuts canonical N-Triples into numbered texts; with ``check``, what claims to be that."""

    def __init__(self, *, check: bool, home: bytes = b"") -> None:
        self._check = check
        self._home = home
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
        texts = self._texts(found)
        add = _numbers if self._others else Dictionary.add_texts
        rows = add(dictionary, texts)[np.concatenate(found)]
        return rows if not self._check or _are_facts(rows, dictionary) else None

    def _cut(self, piece: bytes) -> Numbers:
        if not piece.endswith(END) or b"<<(" in piece or b"\0" in piece:
            raise _NotCanonicalError
        texts = _cut_at_spaces(piece)
        places, known = self._places, len(self._places)
        rows = np.fromiter(map(places.__getitem__, texts), np.int32, len(texts)).reshape(-1, 3)
        self._blank = self._blank or b"_:" in piece
        if self._check:
            self._read(list(islice(reversed(places), len(places) - known)))
        return rows

    def _read(self, texts: list[bytes]) -> None:
        """Let the parser say whether new texts are terms, and how it writes them.

        It reads IRIs three at a time, and of literals without escapes only what stands behind.
        """
        if not texts:
            return
        together = b"\n".join(texts)
        if not together.isascii():
            together.decode()  # UnicodeDecodeError is a ValueError
        others = list(filter(_is_odd, texts)) if _is_odd(together) else []
        if others:
            odd = set(others)
            texts = [text for text in texts if text not in odd]
        kinds: dict[bytes, list[bytes]] = {b"<": [], b'"': [], b"_": others}
        try:
            for text in texts:
                kinds[text[:1]].append(text)
        except KeyError:
            raise _NotCanonicalError from None
        literals = kinds[b'"']
        changed = _changed([b'""' + tail for tail in _tails(literals)])
        if changed:  # a language or a type is written otherwise
            others += [text for text in literals if b'"' + text[text.rfind(b'"') :] in changed]
        self._others |= _changed(others)
        _check_iris(kinds[b"<"])

    def _texts(self, found: list[Numbers]) -> list[bytes]:
        """The texts by number, as the parser writes them; blank nodes get names of their own."""
        texts, others = list(self._places), self._others
        if others:
            texts = [others.get(text, text) for text in texts]
        return _renamed(texts, found, self._home) if self._blank else texts


def _renamed(texts: list[bytes], rows: Iterable[Numbers], home: bytes) -> list[bytes]:
    """Texts with names for blank nodes that are the same whenever the same is read into ``home``.

    Each is made of a checksum of all texts and rows, and of its place among the texts. It is too
    long to be met by chance.
    """
    places = [at for at, text in enumerate(texts) if text[:2] == b"_:"]
    if not places:
        return texts
    named = list(texts)
    for at in places:
        named[at] = b"_:"
    said = blake2b(b"\n".join([home, *named]), digest_size=14)
    for some in rows:
        said.update(some.tobytes())
    stem = b"_:g" + said.hexdigest().encode()
    for at in places:
        named[at] = b"%bn%x" % (stem, at)
    return named


def _is_odd(text: bytes) -> bool:
    controls = np.count_nonzero(np.frombuffer(text, np.uint8) < _SPACE) - text.count(b"\n")
    if controls or any(one in text for one in _ODD):
        return True
    return not text.isascii() and any(one in text for one in _NO_CHARACTERS)


def _changed(objects: list[bytes]) -> dict[bytes, bytes]:
    """Those of some texts that the parser writes otherwise, and how."""
    # As a subject, a node cannot hide the end of a line and a comment.
    subjects = [_ANY if one[:1] == b'"' else one for one in objects]
    pairs = zip(subjects, objects, strict=True)
    text = b"".join([b"%b %b %b .\n" % (subject, _ANY, one) for subject, one in pairs])
    written = serialize(parse(text, RdfFormat.N_TRIPLES), format=RdfFormat.N_TRIPLES)
    if written is None or written == text:
        return {}
    theirs = [_parts(line)[2] for line in written.split(END)[:-1]]
    pairs = zip(objects, theirs, strict=True)
    return {mine: right for mine, right in pairs if mine != right}


def _tails(literals: list[bytes]) -> set[bytes]:
    """What stands behind the values of literals without escapes.

    >>> sorted(_tails([b'"a"', b'"b"@en', b'"c"@en']))
    [b'', b'@en']
    """
    parts = b"\n".join([*literals, b""]).split(b'"')
    tails = set(parts[2::2])
    # As many ends as literals, one in each tail: so each literal has two quotation marks.
    if len(parts) != 2 * len(literals) + 1 or any(t.find(b"\n") != len(t) - 1 for t in tails):
        raise _NotCanonicalError
    return {tail[:-1] for tail in tails}


def _check_iris(texts: list[bytes]) -> None:
    """Raise where texts are no IRIs, each ``<...>`` and nothing else."""
    texts = [*texts, *[_ANY] * (-len(texts) % 3)]
    together = b"".join(texts)
    ends = together.count(b"><") + together.endswith(b">")  # as many as texts: each is closed
    if not together.count(b"<") == together.count(b">") == ends == len(texts):
        raise _NotCanonicalError
    lines = b"%b %b %b .\n" * (len(texts) // 3) % tuple(texts)
    for _ in parse(lines, RdfFormat.N_TRIPLES):
        pass


def _cut_at_spaces(piece: bytes) -> list[bytes]:
    """The three texts of each line, one after the other.

    Only a literal, which is the last of them, can have a space within. So the first two spaces
    and the last one are made line breaks, and all is cut in one go.

    >>> _cut_at_spaces(b'<urn:a> <urn:p> "b c" .\\n')
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
    return texts


class _NotCanonicalError(Exception):
    """Lines that are not canonical N-Triples."""


def _are_facts(rows: Numbers, dictionary: Dictionary) -> bool:
    """Whether no literal is a subject and each predicate an IRI."""
    predicates = map(dictionary.text, np.unique(rows[:, 1]).tolist())
    return not dictionary.literals()[rows[:, 0]].any() and all(t[:1] == b"<" for t in predicates)


def _numbers(dictionary: Dictionary, texts: list[bytes]) -> Numbers:
    """The numbers of texts that may repeat."""
    distinct = dict.fromkeys(texts)
    numbers = dictionary.add_texts(list(distinct))
    place = {text: at for at, text in enumerate(distinct)}
    return numbers[[place[text] for text in texts]]
