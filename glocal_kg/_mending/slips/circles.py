"""Things that are part of themselves, or lie in themselves, by way of others."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import SKOS
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._study.vocab import GLOCAL

_UPWARD = (GLOCAL.partOf, GLOCAL.locatedIn, SKOS.broader)
"""What leads upward, and so never round."""


def circles(own: OwnFacts) -> Iterator[Finding]:
    """One finding for each way round that one's own facts close."""
    for p in _UPWARD:
        number, mine = own.moment.find(p), own.of(p)
        if number is None or not len(mine):
            continue
        told: set[int] = set()
        for row in mine.tolist():
            way = [] if row[0] in told else _way(own, number, row[2], row[0])
            if len(way) < 2:  # a link to itself is told by a check
                continue
            told.update(way)
            yield _circle(own, p, number, way)


def _circle(own: OwnFacts, p: NamedNode, number: int, way: list[int]) -> Finding:
    """The finding on a way round, about the first of its things by name that is one's own."""
    steps = list(zip(way, [*way[1:], way[0]], strict=True))
    links = [pair for pair in steps if own.moment.count(pair[0], number, pair[1], own.selection)]
    terms = {at: own.moment.term(at) for at in way}
    first, above = min(links or steps, key=lambda pair: str(terms[pair[0]]))
    at = way.index(first)
    names = [
        "[ ]" if isinstance(terms[one], BlankNode) else short(terms[one])
        for one in way[at:] + way[:at]
    ]
    told = f"{names[0]} leads to itself by {short(p)}, by way of {', '.join(names[1:])}."
    remedy = "Leave out the one of these links that is wrong."
    return slip("circle", (terms[first], p, terms[above]), told, remedy)


def _way(own: OwnFacts, p: int, start: int, goal: int) -> list[int]:
    """The nodes from one to another, both included; none where no way leads there."""
    before: dict[int, int] = {start: start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            way = [here]
            while before[here] != here:
                here = before[here]
                way.append(here)
            return way[::-1]
        for above in own.moment.scan(here, p, None, SAID)[2].tolist():
            if above not in before:
                before[above] = here
                waiting.append(above)
    return []
