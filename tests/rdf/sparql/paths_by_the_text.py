"""Triples and property paths by the text of SPARQL 1.1 (18.3 to 18.5): each fact is tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from glocal_kg._rdf.sparql import algebra as a

Term = Any
Solution = dict[str, Term]
Facts = frozenset[tuple[Term, Term, Term]]


def solutions(pattern: a.TriplePattern, facts: Facts) -> list[Solution]:
    s, p, o = pattern.s, pattern.p, pattern.o
    if isinstance(p, (a.Var, ox.NamedNode)):
        found = [_matched((s, p, o), fact) for fact in facts]
        return [row for row in found if row is not None]
    ends = _path(p, _given(s), _given(o), facts)
    rows = [_matched((s, o), both) for both in ends]
    return [row for row in rows if row is not None]


def _given(node: a.Node) -> Term | None:
    return None if isinstance(node, a.Var) else node


def _matched(nodes: Sequence[Any], terms: Sequence[Term]) -> Solution | None:
    row: Solution = {}
    for node, term in zip(nodes, terms, strict=True):
        if not isinstance(node, a.Var):
            if node != term:
                return None
        elif row.setdefault(node.name, term) != term:
            return None
    return row


def _path(path: a.Path, s: Term | None, o: Term | None, facts: Facts) -> list[tuple[Term, Term]]:
    """The ends of a path, as often as there are ways; None is a variable."""
    match path:
        case a.Inverse(inner):
            return [(y, x) for x, y in _path(inner, o, s, facts)]
        case a.Sequence(steps):
            found = _path(steps[0], s, None if len(steps) > 1 else o, facts)
            for place, step in enumerate(steps[1:], 2):
                after = _path(step, None, o if place == len(steps) else None, facts)
                found = [(x, z) for x, y in found for y2, z in after if y == y2]
        case a.Alternative(ways):
            return [ends for way in ways for ends in _path(way, s, o, facts)]
        case a.Negated(forward, backward):
            found = [(x, y) for x, p, y in facts if forward is not None and p not in forward]
            found += [(y, x) for x, p, y in facts if backward is not None and p not in backward]
        case a.Repeat(inner, least, many):
            return _repeated(inner, s, o, facts, least, many)
        case _:
            found = [(x, y) for x, p, y in facts if p == path]
    return [(x, y) for x, y in found if s in (None, x) and o in (None, y)]


def _repeated(
    path: a.Path, s: Term | None, o: Term | None, facts: Facts, least: int, many: bool
) -> list[tuple[Term, Term]]:
    if s is None and o is not None:  # from the end that is known, backward
        back = _repeated(a.Inverse(path), o, None, facts, least, many)
        return [(y, x) for x, y in back]
    if s is not None:
        starts = [s]
    else:
        starts = list(dict.fromkeys(end for x, _, y in facts for end in (x, y)))
    found = []
    for start in starts:
        reached: dict[Term, None] = {} if least else {start: None}
        waiting = [start]
        while waiting:
            for _, end in _path(path, waiting.pop(), None, facts):
                if end not in reached:
                    reached[end] = None
                    if many:
                        waiting.append(end)
        found += [(start, end) for end in reached if o in (None, end)]
    return found
