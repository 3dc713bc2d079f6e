"""Transitive closure of one relation, for shallow trees and for rings alike.

Most relations (partOf, broader, subClassOf) are shallow: a few rounds of joins find all paths.
A ring or a very long chain would take as many rounds as it is long, so after a few rounds the
rest is done over strongly connected components, each of them once.
"""

from __future__ import annotations

import numpy as np

from glocal_kg._engines.rl.joins import Budget, Starts, compose
from glocal_kg._rdf.deadline import look, looking
from glocal_kg._rdf.store.index import Keys, Numbers, distinct, pack, unpack
from glocal_kg._rdf.store.pairs import rises, union, without

ROUNDS = 24
"""Paths longer than this are found over components."""
DENSE = 1 << 24
"""So are those of a relation so dense that one round takes more rows than this."""


def paths(known: Keys, edges: Keys, budget: Budget, what: str) -> Keys:
    """The pairs that ``edges`` add to a relation that was transitive before.

    ``known`` are the pairs of before and the edges together, sorted. Gives back sorted pairs
    that are in neither. Raises :class:`.joins.LimitError` where the budget is spent.

    >>> chain = pack(np.array([1, 2, 3]), np.array([2, 3, 4]))
    >>> [part.tolist() for part in unpack(paths(chain, chain, Budget(100), "a test"))]
    [[1, 1, 2], [3, 4, 4]]
    """
    if not len(edges):
        return edges
    # A new path ends in a new edge (before it, anything known), and goes on by known steps.
    frontier = edges
    if len(known) > len(edges):
        frontier = union([edges, *compose(known, edges, budget, what)])
    found = [without(frontier, known)]
    steps = Starts(known)
    tree = rises(unpack(known)[0])  # of one step from each, a path is only found again in a ring
    for _ in range(ROUNDS):
        if _work(frontier, steps) > DENSE:
            break
        frontier = union([frontier[:0], *compose(frontier, steps, budget, what)])
        if tree:
            found.append(frontier)
        else:
            frontier = without(without(frontier, known), found[0])
            found = [union([found[0], frontier])]
        if not len(frontier):
            return union(found)
        budget.check(sum(map(len, found)), what)
    if tree and len(found) > 1:  # so where the last round only went on in rings, that is all
        every = union([known, *found[:-1]])
        if not len(without(found[-1], every)):
            return without(every, known)
    reached = _by_components(known, budget, what)
    return without(reached, known)


def _work(left: Keys, right: Starts) -> int:
    """How many rows it takes to compose two relations."""
    low, high = right.spans(unpack(left)[1])
    return int((high - low).sum())


def _by_components(pairs: Keys, budget: Budget, what: str) -> Keys:
    left, right = unpack(pairs)
    nodes = distinct(np.concatenate((left, right)))
    tails, heads = nodes.searchsorted(left), nodes.searchsorted(right)
    starts = tails.searchsorted(np.arange(len(nodes) + 1)).tolist()
    component = np.array(components(starts, heads.tolist()))
    # Components come numbered so that every edge leads to the same or a lower number.
    reach = _reach(distinct(pack(component[tails], component[heads])), budget, what)
    sizes = np.bincount(component)
    one, other = unpack(reach)
    budget.check(int((sizes[one] * sizes[other]).sum()), what)
    into = pack(nodes, component)
    out_of = distinct(pack(component, nodes))
    some = np.concatenate((pairs[:0], *compose(into, reach, budget, what)))
    return distinct(np.concatenate((pairs[:0], *compose(some, out_of, budget, what))))


def _reach(edges: Keys, budget: Budget, what: str) -> Keys:
    """What each component reaches: edges lead from higher numbers to lower, or stay."""
    tails, heads = unpack(edges)
    count = int(tails.max()) + 1
    starts = tails.searchsorted(np.arange(count + 1)).tolist()
    reach: list[Numbers] = []
    total = 0
    for number in looking(range(count), 64):
        targets = heads[starts[number] : starts[number + 1]].tolist()
        seen = np.zeros(number + 1, bool)
        for target in reversed(targets):  # the nearest first: it covers the others
            if target == number:
                seen[number] = True
            elif not seen[target]:
                seen[target] = True
                seen[reach[target]] = True
        reach.append(np.flatnonzero(seen).astype(np.int32))
        total += len(reach[-1])
        budget.check(total, what)
    lengths = np.array([len(found) for found in reach])
    return pack(np.repeat(np.arange(count), lengths), np.concatenate(reach))


def components(starts: list[int], following: list[int]) -> list[int]:
    """The strongly connected component of each node, numbered against the edges (Tarjan 1972).

    Node ``n`` leads to ``following[starts[n]:starts[n + 1]]``. An edge between two components
    leads from the higher number to the lower.

    >>> components([0, 1, 2, 3], [1, 0, 0])
    [0, 0, 1]
    """
    count = len(starts) - 1
    component = [-1] * count
    order = [-1] * count
    low = [0] * count
    stack: list[int] = []
    number = clock = 0
    for root in looking(range(count)):
        if order[root] >= 0:
            continue
        path = [(root, starts[root])]
        order[root] = low[root] = clock
        clock += 1
        stack.append(root)
        while path:
            node, edge = path.pop()
            if not edge & 1023:
                look()
            if edge < starts[node + 1]:
                path.append((node, edge + 1))
                target = following[edge]
                if order[target] < 0:
                    order[target] = low[target] = clock
                    clock += 1
                    stack.append(target)
                    path.append((target, starts[target]))
                elif component[target] < 0:
                    low[node] = min(low[node], order[target])
                continue
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == order[node]:
                while True:
                    member = stack.pop()
                    component[member] = number
                    if member == node:
                        break
                number += 1
    return component
