"""Property paths from one node: the same ends as in :mod:`.paths`, as often as there are ways."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import Alternative, Inverse, Repeat, Sequence
from glocal_kg._rdf.sparql.row_code import MOST
from glocal_kg._rdf.sparql.row_terms import NotByRows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.algebra import Path
    from glocal_kg._rdf.sparql.row_terms import NodeLookups, RowTerms

    Walk: TypeAlias = Callable[[int], Iterable[int]]


def steps_of(path: Path, facts: NodeLookups, terms: RowTerms, *, backward: bool) -> Walk:
    """The walk along a path. Raises ``NotByRows`` for a negated property."""
    match path:
        case NamedNode():
            cell = terms.cell(path)
            if backward:
                return lambda node: facts.each_subject(cell[0], node)
            return lambda node: facts.each_object(node, cell[0])
        case Inverse(inner):
            return steps_of(inner, facts, terms, backward=not backward)
        case Sequence(parts):
            walks = [steps_of(one, facts, terms, backward=backward) for one in parts]
            return _one_after_the_other(walks[::-1] if backward else walks)
        case Alternative(parts):
            ways = [steps_of(one, facts, terms, backward=backward) for one in parts]
            return lambda node: [end for way in ways for end in way(node)]
        case Repeat(inner, least, many):
            step = steps_of(inner, facts, terms, backward=backward)
            return _kept(_repeated(step, least, many), terms)
        case _:
            raise NotByRows


def _kept(walk: Walk, terms: RowTerms) -> Walk:
    """The same walk, which leads from many rows through the few classes that there are."""
    known: dict[int, list[int]] = terms.kept()

    def kept(node: int) -> Iterable[int]:
        ends = known.get(node)
        if ends is None:
            ends = known[node] = list(walk(node))
        return ends

    return kept


def _one_after_the_other(walks: list[Walk]) -> Walk:
    def sequence(node: int) -> Iterable[int]:
        ends: list[int] = [node]
        for walk in walks:
            ends = _few(end for near in ends for end in walk(near))
        return ends

    return sequence


def _repeated(step: Walk, least: int, many: bool) -> Walk:
    def repeated(node: int) -> Iterable[int]:
        found = dict.fromkeys((node,) if least == 0 else _few(step(node)))
        if not many:
            return dict.fromkeys((*found, *_few(step(node))))
        waiting = list(found)
        for near in waiting:
            for end in step(near):
                if end not in found:
                    found[end] = None
                    waiting.append(end)
                    if len(found) > MOST:
                        raise NotByRows
        return found

    return repeated


def _few(ends: Iterable[int]) -> list[int]:
    found: list[int] = []
    for end in ends:
        if len(found) == MOST:
            raise NotByRows
        found.append(end)
    return found
