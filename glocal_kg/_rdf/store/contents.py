"""What is in a knowledge graph, with packaged files that are read when they are first wanted.

A query only needs the index, which reads packaged files by itself, and a packaged question only
those it rests on. Whoever wants the facts has all files read into facts and index.
"""

from __future__ import annotations

from _thread import RLock

from pyoxigraph import Store

from glocal_kg._rdf.store.quads import QuadStore
from glocal_kg._study import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, NamedNode


class Contents:
    """Facts and index. ``lock`` is held while files are read and facts change.

    ``later`` leaves the index empty until something is asked of it.
    """

    def __init__(self, *, later: bool = False) -> None:
        self.lock = RLock()
        self._later = later
        self._quads = QuadStore(later=later, lock=self.lock)
        # Packaged files that the index has not read yet, and those the facts have not.
        self._waiting: list[str] = []
        self._unread: list[str] = []

    def expect(self, files: list[str]) -> None:
        """Name the packaged files to be read when they are wanted."""
        self._waiting = self._unread = files

    def quads(self) -> QuadStore:
        """Facts and index with everything in both."""
        if self._unread:
            with self.lock:
                if self._unread:  # no other thread has read them in the meantime
                    from glocal_kg._rdf.reading import open_source

                    quads = QuadStore(later=self._later, lock=self.lock)
                    for path in self._unread:
                        quads.read(open_source(path), packaged.graph_of(path))
                    self._quads, self._unread, self._waiting = quads, [], []
        return self._quads

    def index(self, parts: Iterable[str] | None = None) -> Store:
        """The index with no more inferred facts than were asked for.

        Of the packaged files at least those of some parts are in it; None wants all.
        """
        self._await(parts)
        return self._quads.index

    def with_inferred(self, predicates: Iterable[NamedNode] | None = None) -> Store:
        """The index with the inferred facts of some predicates, or of all."""
        self.index()
        quads = self._quads
        if quads.inferred.hides(predicates):  # else nobody need wait for a thread that adds facts
            with self.lock:
                quads.inferred.show(predicates)
        return quads.index

    def graphs(self) -> list[NamedNode | BlankNode]:
        """The names of the named graphs that hold asserted facts, sorted."""
        self._await(None)
        return self._quads.graphs()

    def _await(self, parts: Iterable[str] | None) -> None:
        """Have what waits read: into the index, or only into the facts where that is made later."""
        if self._later:
            self.quads()
        elif self._waiting:
            self._read({path for part in parts for path in packaged.part(part)} if parts else None)

    def _read(self, wanted: set[str] | None) -> None:
        with self.lock:
            for path in [path for path in self._waiting if wanted is None or path in wanted]:
                try:
                    self._quads.index.load(
                        path=path, format=packaged.format_of(path), to_graph=packaged.graph_of(path)
                    )
                except (SyntaxError, OSError):
                    from glocal_kg._rdf.reading import open_source

                    for _ in open_source(path).quads():  # meets the same error and tells it well
                        pass
                    raise
                self._waiting = [other for other in self._waiting if other != path]
