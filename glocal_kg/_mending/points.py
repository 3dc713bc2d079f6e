"""Points on the map that are only half there, or written as no question reads them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.report import Finding
from glocal_kg._engines.shacl.terms import short
from glocal_kg._mending.own import Own
from glocal_kg._mending.slip import slip
from glocal_kg._mending.values import as_point
from glocal_kg._rdf.namespaces import GEO, SCHEMA
from glocal_kg._rdf.store.terms import Term

_HALVES = ((GEO.lat, GEO.long), (GEO.long, GEO.lat))


def points(own: Own) -> Iterator[Finding]:
    """A latitude without a longitude, a point in one text, a point in a node of its own."""
    if not own.speaks_ours:
        return
    for one, other in _HALVES:
        for fact in _with(own, one):
            if not _has(own, fact[0], other) and not as_point(getattr(fact[2], "value", "")):
                told = f"{short(fact[0])} has {short(one)} and no {short(other)}: it is on no map."
                remedy = f"Add {short(other)}, as a decimal number such as 7.69."
                yield slip("point", fact, told, remedy, severity="warning")
    for fact in _with(own, GEO.lat_long):
        both = as_point(getattr(fact[2], "value", ""))
        yield _elsewhere(fact, both)
    for fact in _with(own, SCHEMA.geo):
        both = None
        if isinstance(fact[2], NamedNode | BlankNode):
            values = [_value(own, fact[2], SCHEMA[name]) for name in ("latitude", "longitude")]
            both = (values[0], values[1]) if values[0] and values[1] else None
        yield _elsewhere(fact, both)


def _elsewhere(fact: tuple[Term, NamedNode, Term], both: tuple[str, str] | None) -> Finding:
    s, p, o = fact
    latitude, longitude = both or ("45.07", "7.69")
    told = f"No map reads {short(p)}; geo:lat and geo:long are read."
    write = f"Write {short(s)} geo:lat {latitude} ; geo:long {longitude} ."
    return slip("point", (s, p, o), told, write, severity="warning")


def _with(own: Own, p: NamedNode) -> Iterator[tuple[Term, NamedNode, Term]]:
    number = own.moment.find(p)
    rows = own.rows
    return own.facts_of(rows[rows[:, 1] == (-1 if number is None else number)])


def _has(own: Own, thing: Term, p: NamedNode) -> bool:
    return next(own.facts.quads_for_pattern(thing, p), None) is not None


def _value(own: Own, thing: Term, p: NamedNode) -> str:
    quad = next(own.facts.quads_for_pattern(thing, p), None)
    return quad.object.value if quad is not None and isinstance(quad.object, Literal) else ""
