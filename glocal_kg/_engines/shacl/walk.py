"""Walking a property path from many nodes at once.

The answer is a set of pairs (row, value), packed into one 64-bit number each and sorted: ``row``
is the place of the starting node in the array given, ``value`` a term number. With it a path is
a chain of joins between sorted arrays, whatever the number of starting nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glocal_kg._engines.shacl.paths import (
    AlternativePath,
    InversePath,
    Path,
    Predicate,
    RepeatedPath,
    SequencePath,
    parts,
)
from glocal_kg._engines.shacl.rdf_terms import Term
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store import pairs
from glocal_kg._rdf.store.index import Keys, Numbers, TripleIndex, distinct, pack, unpack
from glocal_kg.errors import TooLargeError

Code: TypeAlias = Callable[[Term], int]
Reach: TypeAlias = Callable[[AbstractSet[int]], AbstractSet[int]]

NONE: Keys = np.empty(0, np.int64)
_LOW = 0xFFFFFFFF
_FEW = 48  # below this many nodes single lookups win, and need no merged columns
_DENSE = 16  # pairs, or numbers there are, for each node: up to so many are looked at one and all
_CELLS = 1 << 25  # the largest table of visited (row, node) marks of a repeated path
_STEPS = 1 << 22  # steps of a repeated path that are gone together
MOST = 1 << 25
"""Values of a path that are held together."""


class TooWideError(TooLargeError):
    """A path leads to more values than can be held together from as many nodes."""


def expect_room(values: int) -> None:
    """Before so many values of a path are made: raise where fewer nodes are to be looked at."""
    if values > MOST:
        raise TooWideError(f"A path leads to {values:,} values", limit=MOST)


def rows_of(keys: Keys) -> NDArray[np.intp]:
    """The row of every pair."""
    return (keys >> 32).astype(np.intp)


def values_of(keys: Keys) -> Numbers:
    """The value of every pair, as a copy."""
    return (keys & _LOW).astype(np.int32)


def identity(nodes: Numbers) -> Keys:
    """Every node as its own value: the value nodes of a node shape."""
    return pack(np.arange(len(nodes)), nodes)


def spread(
    counts: NDArray[np.intp], starts: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The same as :func:`.pairs.spread`, for values for which there is to be room."""
    expect_room(int(counts.sum()))
    return pairs.spread(counts, starts)


def follow(index: TripleIndex, p: int, nodes: Numbers, backward: bool = False) -> Keys:
    """One step along a predicate, or backward, from sorted distinct nodes."""
    look()
    table = index.table(p)
    if not len(nodes):
        return NONE
    if len(nodes) <= _FEW:
        side = table.by_object if backward else table.by_subject
        found = list(map(side.array, nodes.tolist()))
        sizes = list(map(len, found))
        return pack(np.arange(len(nodes)).repeat(sizes), np.concatenate(found))
    keys = table.flipped if backward else table.keys
    left = nodes.astype(np.int64) << 32
    near = keys.searchsorted((left[0], left[-1] + (1 << 32)))
    keys = keys[slice(*near)]
    if not len(keys):
        return NONE
    if max(nodes[-1] - nodes[0], len(keys)) < _DENSE * len(nodes):
        return _of_most(keys, nodes)
    starts = keys.searchsorted(left)
    counts = keys.searchsorted(left + (1 << 32)) - starts
    which, items = pairs.spread(counts, starts)  # no more than the table has
    values = keys if len(items) == len(keys) else keys[items]
    return (which << 32) | (values & _LOW)


def _of_most(keys: Keys, nodes: Numbers) -> Keys:
    """The same where the nodes are so many that each pair is looked at, without a search."""
    first = nodes[0]
    rows = np.full(nodes[-1] - first + 1, -1, np.int32)
    rows[nodes - first] = np.arange(len(nodes), dtype=np.int32)
    left, right = unpack(keys)
    which = rows[left - first]
    if (which < 0).any():
        kept = which >= 0
        which, right = which[kept], right[kept]
    return pack(which, right)


def compose(keys: Keys, step: Callable[[Numbers], Keys]) -> Keys:
    """Pairs joined with one more step from their values."""
    if not len(keys):
        return NONE
    middles, place = np.unique(values_of(keys), return_inverse=True)
    further = step(middles)
    bounds = further.searchsorted(np.arange(len(middles) + 1, dtype=np.int64) << 32)
    starts, counts = bounds[:-1][place], np.diff(bounds)[place]
    which, items = spread(counts, starts)
    return distinct(((keys[which] >> 32) << 32) | (further[items] & _LOW))


def walk(index: TripleIndex, code: Code, path: Path, nodes: Numbers, size: int) -> Keys:
    """The values of a path from sorted distinct nodes; ``size`` is the number of terms."""
    match path:
        case Predicate(iri):
            return follow(index, code(iri), nodes)
        case InversePath(Predicate(iri)):
            return follow(index, code(iri), nodes, backward=True)
        case InversePath(inner):
            return walk(index, code, invert(inner), nodes, size)
        case SequencePath(steps):
            keys = walk(index, code, steps[0], nodes, size)
            for step in steps[1:]:
                keys = compose(keys, lambda some, step=step: walk(index, code, step, some, size))  # type: ignore[misc]  # bound in each round
            return keys
        case AlternativePath(choices):
            found = [walk(index, code, choice, nodes, size) for choice in choices]
            return distinct(np.concatenate(found))
        case RepeatedPath(inner, zero, once):
            if once:
                found = [identity(nodes), walk(index, code, inner, nodes, size)]
                return distinct(np.concatenate(found))
            return _repeat(lambda some: walk(index, code, inner, some, size), nodes, zero, size)


def reacher(index: TripleIndex, code: Code, path: Path) -> Reach:
    """A function that gives the values of a path from any of a few nodes, found one by one."""
    match path:
        case Predicate(iri):
            p, each_object = code(iri), index.each_object
            return lambda nodes: {value for node in nodes for value in each_object(node, p)}
        case InversePath(Predicate(iri)):
            p, each_subject = code(iri), index.each_subject
            return lambda nodes: {value for node in nodes for value in each_subject(p, node)}
        case InversePath(inner):
            return reacher(index, code, invert(inner))
        case SequencePath(steps):
            return _one_after_the_other([reacher(index, code, step) for step in steps])
        case AlternativePath(choices):
            ways = [reacher(index, code, choice) for choice in choices]
            return lambda nodes: {value for way in ways for value in way(nodes)}
        case RepeatedPath(inner, zero, once):
            return _again(reacher(index, code, inner), zero=zero, once=once)


def _one_after_the_other(steps: list[Reach]) -> Reach:
    def reach(nodes: AbstractSet[int]) -> AbstractSet[int]:
        for step in steps:
            nodes = step(nodes)
            if not nodes:
                break
        return nodes

    return reach


def _again(step: Reach, *, zero: bool, once: bool) -> Reach:
    def reach(nodes: AbstractSet[int]) -> AbstractSet[int]:
        found = set(nodes) if zero else set()
        fresh = nodes
        while fresh:
            fresh = step(fresh) - found
            found |= fresh
            if once:
                break
        return found

    return reach


def repeats(path: Path) -> bool:
    """Whether a path can go on without end."""
    return any(isinstance(part, RepeatedPath) and not part.once for part in parts(path))


def invert(path: Path) -> Path:
    """The path that leads back, with every inverse pushed down to a single predicate."""
    match path:
        case Predicate():
            return InversePath(path)
        case InversePath(inner):
            return inner
        case SequencePath(steps):
            return SequencePath(tuple(invert(step) for step in reversed(steps)))
        case AlternativePath(choices):
            return AlternativePath(tuple(invert(choice) for choice in choices))
        case RepeatedPath(inner, zero, once):
            return RepeatedPath(invert(inner), zero, once)


def _repeat(step: Callable[[Numbers], Keys], nodes: Numbers, zero: bool, size: int) -> Keys:
    """Zero or more, or one or more, steps: breadth first from all rows at once."""
    reached, sources, targets = _reachable(step, nodes, size)
    local = np.zeros(size, np.int32)
    local[reached] = np.arange(len(reached))
    # the steps as a list of neighbors per reached node
    bounds = local[sources].searchsorted(np.arange(len(reached) + 1))
    starts, counts, targets = bounds[:-1], np.diff(bounds), local[targets]
    block = max(1, _CELLS // max(1, len(reached)))
    parts, total = [], 0
    for first in range(0, len(nodes), block):
        some = nodes[first : first + block]
        frontier = pack(np.arange(len(some)), local[some])
        marks = np.zeros((len(some), len(reached)), bool)
        if zero:
            marks[np.arange(len(some)), local[some]] = True
        while len(frontier):
            new = []
            for piece in _pieces(frontier, counts):
                at = piece & _LOW
                which, items = spread(counts[at], starts[at])
                rows, nexts = rows_of(piece)[which], targets[items]
                fresh = ~marks[rows, nexts]
                rows, nexts = rows[fresh], nexts[fresh]
                marks[rows, nexts] = True
                new.append(distinct(pack(rows, nexts)))
            frontier = np.concatenate(new)
        total += int(np.count_nonzero(marks))
        expect_room(total)
        rows, places = np.nonzero(marks)
        parts.append(pack(rows + first, reached[places]))
    return np.concatenate(parts) if parts else NONE


def _pieces(frontier: Keys, counts: NDArray[np.intp]) -> Iterator[Keys]:
    """The pairs of a level in pieces from which not too many steps lead on at once."""
    ends = np.cumsum(counts[frontier & _LOW])
    cuts = ends.searchsorted(np.arange(_STEPS, int(ends[-1]), _STEPS)).tolist()
    for first, last in pairwise([0, *cuts, len(frontier)]):
        if first < last:
            yield frontier[first:last]


def _reachable(
    step: Callable[[Numbers], Keys], nodes: Numbers, size: int
) -> tuple[Numbers, Numbers, Numbers]:
    """All nodes reached, sorted, and the steps between them, sorted by source."""
    seen = np.zeros(size, bool)
    seen[nodes] = True
    edges: list[Keys] = []
    frontier = nodes
    while len(frontier):
        keys = step(frontier)
        nexts = values_of(keys)
        edges.append(pack(frontier[rows_of(keys)], nexts))
        frontier = unique(nexts[~seen[nexts]])
        seen[frontier] = True
    sources, targets = unpack(distinct(np.concatenate(edges)) if edges else NONE)
    return np.flatnonzero(seen).astype(np.int32), sources, targets
