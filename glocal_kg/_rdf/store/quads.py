"""The facts and their index, changed together or not at all.

The table of facts keeps every literal as written; the index (an Oxigraph store) answers
SPARQL. Inferred facts get into the index, in a graph of their own, when they are first asked
for. Every change of either goes through here.
"""

from __future__ import annotations

import os
from _thread import RLock
from itertools import chain, islice

from pyoxigraph import BlankNode, NamedNode, Quad, Store, Triple

from glocal_kg._rdf.formats import N_TRIPLES, TURTLE
from glocal_kg._rdf.store.admission import placed, refuse, triple_term
from glocal_kg._rdf.store.forms import Forms, may_vary
from glocal_kg._rdf.store.inferred import InferredGraph
from glocal_kg._study.vocab import INFERRED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from glocal_kg._rdf.reading import Source
    from glocal_kg._rdf.store.facts import FactTable

Numbers: TypeAlias = "Sequence[int]"

BIG = 4 << 20  # bytes; below this a second thread costs more than it saves
LOOK = 20_000  # quads looked at before deciding


class QuadStore:
    """Asserted facts (``facts``) with their index (``index``), and the inferred graph.

    >>> from pyoxigraph import Literal
    >>> quads = QuadStore()
    >>> a = NamedNode("https://example.org/a")
    >>> quads.edit(added=[Quad(a, a, Literal("x"))])
    (1, 0)
    >>> len(quads.facts), len(quads.index)
    (1, 1)
    """

    def __init__(self, *, later: bool = False, lock: RLock | None = None) -> None:
        """``later`` leaves the index empty until somebody asks it something.

        It is filled under ``lock``, which is to be held by whoever changes facts meanwhile.
        """
        self._index = Store()
        self._indexed = not later
        self._lock = lock or RLock()
        self._facts: FactTable | None = None
        self.forms = Forms()
        self.inferred = InferredGraph(self)

    @property
    def index(self) -> Store:
        """What is asserted, and of what is inferred as much as was asked for."""
        if not self._indexed:
            with self._lock:
                if not self._indexed:  # by another thread in the meantime
                    self._index.bulk_extend(self.facts)
                    self._indexed = True
        return self._index

    @property
    def facts(self) -> FactTable:
        """The table of asserted facts, made when first wanted: a query needs none."""
        if self._facts is None:
            from glocal_kg._rdf.store.facts import FactTable

            self._facts = FactTable()
        return self._facts

    def read(self, source: Source, target: NamedNode) -> int:
        """Add all quads of a source, those of no graph to ``target``; returns how many it has.

        Raises ``ReadError``, and then nothing has changed.
        """
        len(self.facts)  # index what is waiting, so that a rollback leaves it alone
        before = self.facts.mark()
        try:
            if self._indexed and self._is_big(source):
                self._read_twice(source, target)
            else:
                self._take(placed(source.quads(), source.name, target))
        except BaseException:
            self.facts.rollback(before)
            raise
        self.forms.note(self.facts.terms)
        return (self.facts.mark()[0] - before[0]) // 4

    def edit(self, added: Iterable[Quad] = (), removed: Iterable[Quad] = ()) -> tuple[int, int]:
        """Remove and then add asserted quads; returns how many were new and how many went.

        Raises ``GlocalError`` for quads in the inferred graph, before anything changes.
        """
        new, old = list(added), list(removed)
        for quad in chain(new, old):
            refuse(quad, "edit")
        gone = [quad for quad in dict.fromkeys(old) if self.facts.remove(quad)]
        if self._indexed:
            self._drop(gone)
        before = len(self.facts)
        self._take(new)
        self.forms.note(self.facts.terms)
        return len(self.facts) - before, len(gone)

    def replace(self, source: Source, target: NamedNode, *, whole: bool) -> tuple[int, int]:
        """Put a source in the place of what stands in its graphs; see ``KnowledgeGraph.replace``.

        ``whole``: what stands in ``target`` goes even where the source has nothing for it.
        """
        new = dict.fromkeys(placed(source.quads(), source.name, target))
        graphs = {quad.graph_name for quad in new} | ({target} if whole else set())
        return self.edit(new, [quad for quad in self.facts.of_graphs(graphs) if quad not in new])

    def _take(self, quads: Iterable[Quad]) -> None:
        encoded = self.facts.encode(quads)
        if self._indexed:
            self._index.extend(encoded)
        else:
            for _ in encoded:
                pass

    def _drop(self, gone: list[Quad]) -> None:
        for quad in gone:
            self.index.remove(quad)
        for graph in {quad.graph_name for quad in gone}:
            if next(self.index.quads_for_pattern(None, None, None, graph), None) is None:
                self.index.remove_graph(graph)  # which the index would go on naming
        self._restore(gone)

    def graphs(self) -> list[NamedNode | BlankNode]:
        """The names of the named graphs that hold asserted facts, sorted."""
        found = self.index.named_graphs() if self._indexed else self.facts.graphs()
        return sorted((graph for graph in found if graph != INFERRED), key=str)

    def written_as(self, quad: Quad) -> list[Quad]:
        """The facts that the index shows as this quad: it, or other forms of its literal."""
        if quad in self.facts or not may_vary(quad.object) or quad not in self.index:
            return [quad]
        s, p, _, g = quad
        alone = Store()
        alone.add(quad)
        return [
            other for other in self._with_same(s, p, g) if may_vary(other.object) and other in alone
        ]

    def triple_changes_since(self, version: int) -> tuple[list[list[int]], list[list[int]]]:
        """Triples (numbers) added and removed since a version of the facts.

        A triple is only removed when no graph asserts it any more.
        """
        added, removed = self.facts.changes_since(version)
        if self._indexed:
            gone = [row[:3] for row in removed.tolist() if not self._still_said(row)]
        else:
            gone = self.facts.without_triples(removed[:, :3].tolist())
        return added[:, :3].tolist(), gone

    def _still_said(self, row: Numbers) -> bool:
        s, p, o, _ = self.facts.quad(row)
        return any(
            self.facts.had(Quad(s, p, o, other.graph_name))
            for other in self.index.quads_for_pattern(s, p, o)
            if other.graph_name != INFERRED
        )

    def refill(self) -> None:
        """Build the index anew from the facts; the inferred graph stays."""
        inferred = list(self.index.quads_for_pattern(None, None, None, INFERRED))
        self.index.clear()
        self.index.extend(chain(self.facts, inferred))

    # Reading a big file: the index reads it in a thread of its own while the facts are
    # numbered here, which takes the time of the slower one instead of the sum.

    def _is_big(self, source: Source) -> bool:
        if source.path is None or source.format not in (TURTLE, N_TRIPLES):
            return False
        return os.path.getsize(source.path) > BIG

    def _read_twice(self, source: Source, target: NamedNode) -> None:
        quads = source.quads()
        head = list(islice(quads, LOOK))
        if any(type(s) is BlankNode or type(o) is BlankNode for s, _, o, _ in head):
            # The two readers would give a blank node two names.
            self._take(placed(chain(head, quads), source.name, target))
            return
        from threading import Thread

        done: list[bool] = []

        def fill() -> None:
            try:
                assert source.format is not None
                self.index.load(path=source.path, format=source.format.rdf, to_graph=target)
                done.append(True)
            except (SyntaxError, OSError, MemoryError, ValueError):
                pass  # the reader below meets the same error and tells it

        before = self.facts.mark()
        thread = Thread(target=fill)
        thread.start()
        same = False
        try:
            for _ in self.facts.encode(chain(head, quads), target):
                pass
            fresh = self.facts.terms.since(before[1])
            if any(isinstance(term, Triple) for term in fresh):
                raise triple_term(source.name)
            same = not any(type(term) is BlankNode for term in fresh)
        except BaseException:
            thread.join()
            self.facts.rollback(before)
            if done:
                self.refill()
            raise
        thread.join()
        if not (done and same):
            self.refill()

    # Literals that differ in the facts and are one in the index

    def _restore(self, gone: list[Quad]) -> None:
        """Index again what is still a fact in another form of a removed literal."""
        for s, p, o, g in gone:
            if self.forms.is_one_of_many(o):
                self.index.extend(self._with_same(s, p, g))

    def _with_same(self, *parts: object) -> list[Quad]:
        """The facts with this subject, predicate and graph."""

        numbers = [self.facts.terms.find(part) for part in parts]  # type: ignore[arg-type]
        if None in numbers:
            return []
        columns = self.facts.columns()
        rows = columns[(columns[:, [0, 1, 3]] == numbers).all(axis=1)]
        return list(map(self.facts.quad, rows.tolist()))
