"""From sources to rows of numbers.

A term object for each part of each quad would cost more than parsing. So N-Triples and Turtle
are cut into texts that a plain dictionary numbers, and only new texts go through the parser, which
says whether they are terms and how they are written. RDF/XML is written as N-Triples by its parser,
and so is Turtle that the parser alone understands. Formats with named graphs are numbered term
by term. Nothing gets into the store's dictionary before the whole source is read.

Blank nodes of a document get names made of what all of it says and of the graph it goes to, so
that the same document read again says nothing new, and no two documents share a node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, count

import numpy as np
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from glocal_kg._rdf.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from glocal_kg._rdf.reading.document import Document, Source
from glocal_kg._rdf.reading.term_depth import no_triple_terms
from glocal_kg._rdf.store.cutting import Cutter
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.numbering import renamed
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.term_text import text_of
from glocal_kg._rdf.store.turtle_cutting import TurtleCutter
from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

PIECE = 1 << 19
"""Bytes of a file that are looked at together: what the processor keeps near."""
MANY = 1 << 11
"""Quads that are written together: about as many bytes."""


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
    elif isinstance(source, Document) and source.format is TURTLE:
        cutter = TurtleCutter(home, source.base)
        rows = cutter.rows(source, PIECE, dictionary)
        source.prefixes |= cutter.prefixes
    if rows is None and isinstance(source, Document) and source.format in (TURTLE, RDF_XML):
        rows = Cutter(check=False, home=home).rows(source.written(MANY), dictionary)
    if rows is None:
        if not isinstance(source, Document):
            return numbered(source.quads(), dictionary, target, source.name)
        opened = None if source.format is JSON_LD else source.open
        return numbered(source.quads(), dictionary, target, source.name, home=home, opened=opened)
    graph = np.full((len(rows), 1), dictionary.add(target), np.int32)
    return np.concatenate((rows, graph), axis=1)


def numbered(
    quads: Iterable[Quad],
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
    name: str = "quads",
    *,
    home: bytes | None = None,
    opened: Callable[[], IO[bytes]] | None = None,
) -> Numbers:
    """Quads as rows of numbers, term by term. See :func:`quads_of`.

    ``name`` is for errors, and so is what opens the document that they are written in. With
    ``home``, blank nodes are named anew; see ``renamed``.
    """
    places: defaultdict[object, int] = defaultdict(count().__next__)
    at = places[DefaultGraph()]
    try:
        flat = np.fromiter(map(places.__getitem__, chain.from_iterable(quads)), np.int32)
    except TypeError:
        raise ArgumentError("quads", quads, "pyoxigraph quads") from None
    if Triple in set(map(type, places)):
        raise no_triple_terms(name, opened)
    texts = list(map(str.encode, map(str, places)))
    own = places.get(target, at)
    flat[flat == at] = own
    texts[at] = text_of(target) if own == at else b""
    if home is not None:
        texts = renamed(texts, [flat], home)
    return dictionary.add_texts(texts)[flat].reshape(-1, 4)


def _pieces(source: Document) -> Iterator[bytes]:
    """A document in pieces of whole lines."""
    with source.open() as stream:
        while piece := stream.read(PIECE) + stream.readline():
            yield piece if piece.endswith(b"\n") else piece + b"\n"
