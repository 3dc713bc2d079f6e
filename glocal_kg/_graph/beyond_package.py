"""What a user added to the graphs that came with the package."""

from __future__ import annotations

import numpy as np
from pyoxigraph import BlankNode

from glocal_kg._graph.checkpoint import fill
from glocal_kg._graph.editing import rows_beyond
from glocal_kg._rdf.namespaces import OWL
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.selection import Selection
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import ONTOLOGY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._graph.graph import Graph
    from glocal_kg._rdf.store.pairs import Numbers
    from glocal_kg._rdf.store.store import State


def added_to_packaged(graph: Graph, now: State) -> Numbers:
    """What was added to the graphs that came with the package, shape (n, 4).

    A graph that began with them costs nothing where they are as they were; one on disk, or one
    that they were added to, is compared with the package, until they are found to be the same.
    """
    before = graph._contents.packaged
    if before is None:
        added, same = _beside_the_package(now)
        graph._contents.packaged = now if same else None
        return added
    touched: tuple[int, ...] = ()
    for name in SAID.layers:
        were, are = (state.graphs_of(name) for state in (before, now))
        touched += tuple(g for g, table in were.items() if are.get(g) is not table)
    touched = tuple(g for g in touched if is_packaged(before.term(g)))
    if not touched:
        return np.zeros((0, 4), np.int32)
    selection = Selection(SAID.layers, touched)
    new, old = (
        np.stack(state.scan_quads(None, None, None, selection), axis=1) for state in (now, before)
    )
    return rows_beyond(new, old)


def _beside_the_package(now: State) -> tuple[Numbers, bool]:
    """The facts in packaged graphs that the package does not have, and whether there are none.

    What is there of another edition of the package is nobody's own.
    """
    from glocal_kg._rdf.store.store import Store

    graphs = now.graphs(SAID).tolist()
    ours = tuple(one for one in graphs if is_packaged(now.term(one)))
    rows = np.stack(
        now.scan_quads(None, None, None, Selection(SAID.layers, ours)), axis=1
    ) if ours else np.zeros((0, 4), np.int32)  # fmt: skip
    if not len(rows):
        return rows, False
    store = Store()
    fill(store)
    package = store.moment
    if _edition(package) != _edition(now):
        return rows[:0], False
    once, back = np.unique(rows, return_inverse=True)
    terms, back = now.terms(once), back.reshape(rows.shape)
    there = package.find_many(terms)[back]
    nameless = np.array([isinstance(one, BlankNode) for one in terms])[back].any(axis=1)
    held = np.stack(package.scan_quads(None, None, None, SAID), axis=1)
    kind = np.dtype([(part, held.dtype) for part in "spog"])
    here, ours_too = (np.ascontiguousarray(part).view(kind).ravel() for part in (there, held))
    new = ~np.isin(here, ours_too)
    new &= ~_as_many(there, held, new & nameless)
    return rows[new], not new.any()


def _as_many(there: Numbers, held: Numbers, nameless: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Nameless facts of a graph's predicate that has as many facts as in the package.

    The numbers are those of the package. Read by other hands, blank nodes have other names, and
    facts that have them look new; where none came, their number is the same.
    """
    found = np.zeros(len(there), bool)
    for p, g in np.unique(there[nameless][:, [1, 3]], axis=0).tolist():
        of = (there[:, 1] == p) & (there[:, 3] == g)
        if of.sum() == ((held[:, 1] == p) & (held[:, 3] == g)).sum():
            found |= of & nameless
    return found


def _edition(state: State) -> set[str]:
    """The versions that the ontology of a state says it has."""
    node, p = state.find(ONTOLOGY), state.find(OWL.versionIRI)
    if node is None or p is None:
        return set()
    return set(map(str, state.terms(state.scan(node, p, None, SAID)[2])))
