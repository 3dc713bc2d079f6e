"""In which graphs it stands what things are, and what links two of them: for many at once.

What is found is a list of sets of graphs, the first without any, and for each thing or pair the
place of its set in this list. There are few sets, however many things.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.namespaces import RDF
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import among, distinct, pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.store.moment import Column, Moment

Places: TypeAlias = NDArray[np.intp]
Sets: TypeAlias = tuple[list[tuple[int, ...]], Places]
_FEW = 256  # things whose facts are looked up; of more all facts are gone through


def graphs_of_things(moment: Moment, things: Column) -> Sets:
    """The graphs that say of what kind each of some things is."""
    a = moment.find(RDF.type)
    if a is None:
        return sets_of(len(things), _NONE, _NONE)
    places, _, _, graphs = moment.beside("s", things, a, SAID)
    return sets_of(len(things), places, graphs)


def graphs_of_links(moment: Moment, ones: Column, others: Column) -> Sets:
    """The graphs in which a fact links two things, either way, for each of some pairs of them."""
    known = np.flatnonzero((ones >= 0) & (others >= 0))
    pairs = pack(ones[known], others[known])
    order = np.argsort(pairs)
    keys = pairs[order]
    s, o, graphs = _facts_between(moment, ones[known], others[known])
    found = []
    for met in (pack(s, o), pack(o, s)):
        here = among(met, keys)
        found.append((known[order[keys.searchsorted(met[here])]], graphs[here]))
    owners, members = (np.concatenate(part) for part in zip(*found, strict=True))
    return sets_of(len(ones), owners, members)


def _facts_between(moment: Moment, ones: Column, others: Column) -> tuple[Column, Column, Column]:
    """Subjects, objects and graphs of facts: at least all that link one to another, either way."""
    few = min(distinct(ones.copy()), distinct(others.copy()), key=len)
    if len(few) <= _FEW:
        at, _, o, graphs = moment.beside("s", few, None, SAID)
        back, _, s, more = moment.beside("o", few, None, SAID)
        return (
            np.concatenate((few[at], s)),
            np.concatenate((o, few[back])),
            np.concatenate((graphs, more)),
        )
    marked = np.zeros(len(moment.dictionary), bool)
    marked[ones] = marked[others] = True
    found = [(ones[:0], ones[:0], ones[:0])]
    for p in moment.predicates(SAID):
        s, _, o, graphs = moment.scan_quads(None, p, None, SAID)
        met = np.flatnonzero(marked[s])
        met = met[marked[o[met]]]
        found.append((s[met], o[met], graphs[met]))
    s, o, graphs = (np.concatenate(part) for part in zip(*found, strict=True))
    return s, o, graphs


def sets_of(count: int, owners: Places, members: NDArray[np.integer]) -> Sets:
    """The different sets of members that some owners have, and for each owner which is its own.

    >>> sets, places = sets_of(3, np.array([2, 0, 2, 2]), np.array([8, 8, 9, 8]))
    >>> [sets[place] for place in places.tolist()]
    [(8,), (), (8, 9)]
    """
    sets: dict[tuple[int, ...], int] = {(): 0}
    found = np.zeros(count, np.intp)
    keys = distinct(pack(owners, members))
    waiting, member = keys >> 32, keys & 0xFFFFFFFF
    while len(waiting):  # the first member of each, then the second
        first = np.ones(len(waiting), bool)
        first[1:] = waiting[1:] != waiting[:-1]
        own = waiting[first]
        steps = pack(found[own], member[first])
        known = list(sets)
        once, back = np.unique(steps, return_inverse=True)
        grown = [(*known[step >> 32], step & 0xFFFFFFFF) for step in once.tolist()]
        found[own] = np.array([sets.setdefault(one, len(sets)) for one in grown])[back]
        waiting, member = waiting[~first], member[~first]
    return list(sets), found


_NONE = np.empty(0, np.intp)
