"""Points on the map that are only half there, or written as no question reads them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.written_values import as_point
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import GEO, SCHEMA
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import Numbers, among
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._study.vocab import GLOCAL

_OGC = "http://www.opengis.net/ont/geosparql#"
_WKT = NamedNode(_OGC + "asWKT")
_GEOMETRY = (NamedNode(_OGC + "hasGeometry"), NamedNode(_OGC + "hasDefaultGeometry"))
READ_AT_VALUES = (SCHEMA.latitude, SCHEMA.longitude, _WKT)
"""What is read at the value of a fact, and not at its subject."""
_HALVES = ((GEO.lat, GEO.long), (GEO.long, GEO.lat))


def points(own: OwnFacts) -> Iterator[Finding]:
    """A latitude without a longitude, a point in one text, a point in a node of its own."""
    if not own.speaks_ours:
        return
    for one, other in _HALVES:
        for fact in _with(own, one, without=other):
            if not as_point(getattr(fact[2], "value", "")):
                told = f"{short(fact[0])} has {short(one)} and no {short(other)}: it is on no map."
                remedy = f"Add {short(other)}, as a decimal number such as 7.69."
                yield slip("point", fact, told, remedy, severity="warning")
    for fact in _with(own, GEO.lat_long):
        both = as_point(getattr(fact[2], "value", ""))
        yield _elsewhere(fact, both)
    for fact in _with(own, SCHEMA.geo):
        both = as_point(fact[2].value) if isinstance(fact[2], Literal) else None
        if isinstance(fact[2], NamedNode | BlankNode):
            values = [_value(own, fact[2], SCHEMA[name]) for name in ("latitude", "longitude")]
            both = (values[0], values[1]) if values[0] and values[1] else None
        yield _elsewhere(fact, both)
    yield from _shapes(own)


def _shapes(own: OwnFacts) -> Iterator[Finding]:
    """Points in WKT, of a thing of ours or of a node for its geometry."""
    numbers = own.literals_like(lambda text: "OINT" in text or "oint" in text, _may_be_points)
    mine = own.rows[among(own.rows[:, 2], numbers)]
    facts = [
        (fact, getattr(fact[2], "value", ""))
        for fact in own.facts_of(mine)
        if fact[1] not in (GEO.lat, GEO.long, GEO.lat_long, SCHEMA.geo)
    ]
    for p in _GEOMETRY:
        facts += [(fact, _value(own, fact[2], _WKT)) for fact in _with(own, p)]
    for fact, text in facts:
        both = as_point(text)
        ours = any(kind in GLOCAL for kind in own.types(fact[0]))
        if both is not None and ours and not _value(own, fact[0], GEO.lat):
            yield _elsewhere(fact, both)


def _may_be_points(terms: Dictionary, literals: Numbers) -> NDArray[np.bool_]:
    """Which of many literals may have the name of a point."""
    may: NDArray[np.bool_] = terms.holding(literals, b"OINT")[0]
    return may | terms.holding(literals, b"oint")[0]


def _elsewhere(fact: tuple[Term, NamedNode, Term], both: tuple[str, str] | None) -> Finding:
    s, p, o = fact
    told = f"No map reads {short(p)}; geo:lat and geo:long are read."
    write = "Write them as two decimal numbers."
    if both is not None:
        write = f"Write {short(s)} geo:lat {both[0]} ; geo:long {both[1]} ."
    return slip("point", (s, p, o), told, write, severity="warning")


def _with(
    own: OwnFacts, p: NamedNode, *, without: NamedNode | None = None
) -> Iterator[tuple[Term, NamedNode, Term]]:
    """The facts of a property, of things that have another one not."""
    mine = own.of(p)
    other = own.moment.find(without) if without is not None else None
    if other is not None and len(mine):
        mine = np.delete(mine, own.moment.probe(other, "s", mine[:, 0], SAID)[0], axis=0)
    return own.facts_of(mine)


def _value(own: OwnFacts, thing: Term, p: NamedNode) -> str:
    if isinstance(thing, Literal):
        return ""
    quad = next(own.facts.quads_for_pattern(thing, p), None)
    return quad.object.value if quad is not None and isinstance(quad.object, Literal) else ""
