"""What the parser reads of a text, and what we read of it, to be compared."""

from __future__ import annotations

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    Triple,
    parse,
)

from glocal_kg._rdf.formats import by_code
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import quads_of
from glocal_kg._rdf.store.store import Store
from glocal_kg.errors import ReadError

BASE = "http://example.org/data/x"
HOME = NamedNode("urn:g")
"""Where what is in no graph goes."""


def canonical(quads: list[Quad]) -> set[str] | None:
    """Quads with names for blank nodes that do not depend on how they were read; None for none."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, dataset)) or None


def expected(text: bytes, format: str = "turtle", base: str = BASE) -> set[str] | None:
    """What the parser reads; None where it reads nothing that we take."""
    known = by_code(format)
    own = base if known.code in ("turtle", "trig") else None
    try:
        quads = list(parse(text, known.rdf, base_iri=own))
    except SyntaxError:
        return None
    if any(isinstance(quad.object, Triple) for quad in quads):
        return None
    return canonical(
        [
            Quad(*quad.triple, HOME if quad.graph_name == DefaultGraph() else quad.graph_name)
            for quad in quads
        ]
    )


def read(text: bytes, format: str = "turtle", base: str = BASE) -> set[str] | None:
    """What we read; None where it is refused, which adds no term."""
    store = Store()
    source = open_source(Text(text, format, base=base))
    try:
        rows = quads_of(source, store.dictionary, HOME)
    except ReadError:
        assert len(store.dictionary) == 0
        return None
    store.edit(added=rows)
    return canonical(list(Facts(store.moment)))
