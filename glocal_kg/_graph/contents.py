"""What is in a knowledge graph: its store, and packaged files read when they are first wanted."""

from __future__ import annotations

import numpy as np
from pyoxigraph import DefaultGraph, NamedNode, Quad

from glocal_kg._rdf.reading import Source, open_source
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.loading import numbered, quads_of
from glocal_kg._rdf.store.moment import INFERRED as FOLLOWS
from glocal_kg._rdf.store.moment import Selection
from glocal_kg._rdf.store.store import Change, Store
from glocal_kg._study import packaged
from glocal_kg._study.vocab import INFERRED
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from glocal_kg._rdf.store.pairs import Keys, Numbers
    from glocal_kg._rdf.store.store import Triple

DEFAULT = DefaultGraph()
WITH_INFERRED = Selection((*SAID.layers, FOLLOWS))
"""What is asserted and what follows from it."""


class Contents:
    """A store and the changes it may see. ``lock`` is held while something changes."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store if store is not None else Store()
        self.lock = self._store.lock
        self._waiting: list[str] = []  # packaged files that nobody has wanted yet

    def expect(self, files: list[str]) -> None:
        """Name the packaged files to be read when something is first asked."""
        self._waiting = files

    @property
    def store(self) -> Store:
        """The store with everything in it."""
        if self._waiting:
            with self.lock:
                if self._waiting:  # no other thread has read them in the meantime
                    rows = [self._rows(open_source(f), packaged.graph_of(f)) for f in self._waiting]
                    self._store.edit(added=np.concatenate(rows))
                    self._waiting = []
        return self._store

    def facts(self, *, inferred: bool = False) -> Facts:
        """The facts of now, as they will stay for whoever holds them."""
        return Facts(self.store.moment, WITH_INFERRED if inferred else SAID)

    def inferred(self) -> Facts:
        """What follows, now."""
        return Facts(self._store.moment, Selection((FOLLOWS,)))

    # Changes of what is asserted

    def read(self, source: Source, target: NamedNode) -> int:
        """Add all quads of a source, those of no graph to ``target``; returns how many it has.

        Raises ``ReadError``, and then nothing has changed.
        """
        with self.lock:
            store = self.store
            rows = self._rows(source, target)
            store.edit(added=rows)
            return len(rows)

    def replace(self, source: Source, target: NamedNode, *, whole: bool) -> Change:
        """Put a source in the place of what stands in its graphs; see ``KnowledgeGraph.replace``.

        ``whole``: what stands in ``target`` goes even where the source has nothing for it.
        """
        with self.lock:
            store = self.store
            rows = self._rows(source, target)
            graphs = set(np.unique(rows[:, 3]).tolist())
            if whole:
                graphs.add(store.dictionary.add(target))
            selection = Selection(SAID.layers, tuple(graphs))
            before = store.moment.scan_quads(None, None, None, selection)
            return store.edit(added=rows, removed=np.stack(before, axis=1))

    def edit(self, added: Iterable[Quad] = (), removed: Iterable[Quad] = ()) -> Change:
        """Remove and then add asserted quads. Raises ``ReadError`` before anything changes."""
        with self.lock:
            store = self.store
            new, old = (self._rows(Source("edit", quads)) for quads in (added, removed))
            return store.edit(new, old)

    def _rows(self, source: Source, target: NamedNode | None = None) -> Numbers:
        terms = self._store.dictionary
        if target is None:
            rows = numbered(source.quads(), terms, DEFAULT, source.name)
        else:
            rows = quads_of(source, terms, target)
        inferred = terms.find(INFERRED)
        if inferred is not None and (rows[:, 3] == inferred).any():
            raise ReadError(
                f"The graph <{INFERRED.value}> holds only what infer() puts there.",
                source=source.name,
                remedy="Put these statements into a graph of your own.",
            )
        return rows

    def close(self) -> None:
        """Let go of the folder that the store is in."""
        with self.lock:
            if self._store.disk is not None:
                self._store.disk.close(self._store.moment)
                self._store.closed = True

    # Changes of what is inferred

    def infer(self, pairs: Mapping[int, Keys]) -> None:
        """Let the inferred graph hold these pairs by predicate, and nothing else."""
        self._store.put(FOLLOWS, self._store.dictionary.add(INFERRED), pairs)

    def follow(self, added: Iterable[Triple], removed: Iterable[Triple]) -> None:
        """Change the inferred graph."""
        self._store.follow(FOLLOWS, self._store.dictionary.add(INFERRED), added, removed)
