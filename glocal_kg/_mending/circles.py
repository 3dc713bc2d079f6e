"""Things that are part of themselves, or lie in themselves, by way of others."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.slip import slip
from glocal_kg._rdf.namespaces import SKOS
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._study.vocab import GLOCAL

_UPWARD = (GLOCAL.partOf, GLOCAL.locatedIn, SKOS.broader)
"""What leads upward, and so never round."""


def circles(own: OwnFacts) -> Iterator[Finding]:
    """One finding for each way round that one's own facts close."""
    for p in _UPWARD:
        number = own.moment.find(p)
        mine = own.rows[own.rows[:, 1] == (-1 if number is None else number)]
        if number is None or not len(mine):
            continue
        told: set[int] = set()
        for row in mine.tolist():
            way = [] if row[0] in told else _way(own, number, row[2], row[0])
            if not way or row[0] == row[2]:  # a link to itself is told by a check
                continue
            told.update(way)
            (fact,) = own.facts_of([row])
            names = ["[ ]" if isinstance(one, BlankNode) else short(one)
                     for one in (fact[0], *own.moment.terms(way[:-1]))]  # fmt: skip
            over = ", ".join(names[1:])
            cause = f"{names[0]} leads to itself by {short(p)}, by way of {over}."
            yield slip("circle", fact, cause, "Leave out the one of these links that is wrong.")


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
