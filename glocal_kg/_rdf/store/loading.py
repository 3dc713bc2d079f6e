"""From sources to rows of numbers.

A term object for each part of each quad would cost more than parsing. So documents are cut into
texts that a plain dictionary numbers, and only new texts go through the parser, which says whether
they are terms and how they are written. The readers of RDF/XML and JSON-LD give such texts
themselves; other formats are written as N-Quads where the parser alone understands them.
Quads that a program has made are numbered term by term. Nothing gets into the store's dictionary
before the whole source is read.

Blank nodes of a document get names made of what all of it says and of the graph it goes to, so
that the same document read again says nothing new, and no two documents share a node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, count

import numpy as np
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from glocal_kg._rdf.formats import TRIG, TURTLE
from glocal_kg._rdf.reading.document import Document, Source
from glocal_kg._rdf.reading.term_depth import no_triple_terms
from glocal_kg._rdf.store.cutting import Cutter
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.term_text import text_of
from glocal_kg._rdf.store.turtle_cutting import TurtleCutter
from glocal_kg.errors import ArgumentError

PIECE = 1 << 19
"""Bytes of a file that are looked at together: what the processor keeps near."""


def quads_of(
    source: Source,
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
) -> Numbers:
    """The statements of a source as rows of (s, p, o, g), shape (n, 4), int32, repeats and all.

    Those of no graph are put into ``target``. Raises ``ReadError``, and nothing has changed.
    """
    if not isinstance(source, Document):
        return numbered(source.quads(), dictionary, target, source.name)
    cutter = TurtleCutter if source.format in (TURTLE, TRIG) else Cutter
    return cutter(source, text_of(target)).rows(PIECE, dictionary)


def numbered(
    quads: Iterable[Quad],
    dictionary: Dictionary,
    target: NamedNode | DefaultGraph,
    name: str = "quads",
) -> Numbers:
    """Quads as rows of numbers, term by term. See :func:`quads_of`.

    ``name`` is for errors.
    """
    places: defaultdict[object, int] = defaultdict(count().__next__)
    at = places[DefaultGraph()]
    try:
        flat = np.fromiter(map(places.__getitem__, chain.from_iterable(quads)), np.int32)
    except TypeError:
        raise ArgumentError("quads", quads, "pyoxigraph quads") from None
    if Triple in set(map(type, places)):
        raise no_triple_terms(name)
    texts = list(map(str.encode, map(str, places)))
    own = places.get(target, at)
    flat[flat == at] = own
    texts[at] = text_of(target) if own == at else b""
    return dictionary.add_texts(texts)[flat].reshape(-1, 4)
