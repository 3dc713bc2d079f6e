"""Ask small data in a moment of the store itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyoxigraph as ox

from glocal_kg._rdf.sparql.answering import Rows, answer
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.selection import Selection
from glocal_kg._rdf.store.store import Store

PREFIXES = {
    "": "http://ex.org/",
    "ex": "http://ex.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def moment_of(quads: Iterable[ox.Quad]) -> Moment:
    store = Store()
    number = store.dictionary.add
    number(ox.DefaultGraph())
    rows = [
        (number(q.subject), number(q.predicate), number(q.object), number(q.graph_name))
        for q in quads
    ]
    store.edit(added=np.array(rows, np.int32).reshape(-1, 4))
    return store.moment


def read(text: str) -> Moment:
    """The moment of data in TriG, with the usual prefixes declared."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return moment_of(ox.parse(head + text, ox.RdfFormat.TRIG))


def default_graph(moment: Moment) -> Selection:
    return Selection(graphs=(int(moment.find(ox.DefaultGraph()) or 0),))


def ask(text: str, data: str | Moment = "", **options: Any) -> Any:
    """The answer to a query: a truth value, a list of triples, or rows of N-Triples terms."""
    moment = read(data) if isinstance(data, str) else data
    limits = {key: options.pop(key) for key in list(options) if key not in ("given",)}
    found = answer(
        parse(text, PREFIXES),
        moment,
        default_graph(moment),
        Selection(),
        limits=Limits(**limits),
        **options,
    )
    if not isinstance(found, Rows):
        return found if isinstance(found, bool) else found.triples()
    return [tuple("" if term is None else str(term) for term in row) for row in found]
