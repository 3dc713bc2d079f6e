"""The facts and their index, changed together or not at all.

The table of facts keeps every literal as written; the index (an Oxigraph store) answers
SPARQL. Inferred facts get into the index, in a graph of their own, when they are first asked
for. Every change of either goes through here.
"""

from __future__ import annotations

import os
from itertools import chain, islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from glocal_kg.errors import GlocalError, ReadError
from glocal_kg.formats import N_TRIPLES, TURTLE
from glocal_kg.vocab import INFERRED, XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias, TypeGuard

    import numpy as np
    from numpy.typing import NDArray

    from glocal_kg.reading import Source
    from glocal_kg.store.facts import FactTable

Numbers: TypeAlias = "Sequence[int]"

BIG = 4 << 20  # bytes; below this a second thread costs more than it saves
LOOK = 20_000  # quads looked at before deciding

_ANY = NamedNode("urn:any")


class QuadStore:
    """Asserted facts (``facts``) with their index (``index``), and the inferred graph.

    >>> quads = QuadStore()
    >>> a = NamedNode("https://example.org/a")
    >>> quads.edit(added=[Quad(a, a, Literal("x"))])
    (1, 0)
    >>> len(quads.facts), len(quads.index)
    (1, 1)
    """

    def __init__(self) -> None:
        self.index = Store()
        """What is asserted, and of what is inferred as much as was asked for."""
        self._facts: FactTable | None = None
        self._inferred: Callable[[], NDArray[np.int32]] | None = None
        # The predicates whose inferred facts are in the index; None stands for all.
        self._shown: set[int] | None = set()
        # The index holds one literal where the facts hold two (1.5 and 1.50): the first of
        # each such group, the others, and how many terms of the facts have been looked at.
        self._forms, self._others, self._seen = Store(), Store(), 0

    @property
    def facts(self) -> FactTable:
        """The table of asserted facts, made when first wanted: a query needs none."""
        if self._facts is None:
            from glocal_kg.store.facts import FactTable

            self._facts = FactTable()
        return self._facts

    def read(self, source: Source, target: NamedNode) -> int:
        """Add all quads of a source, those of no graph to ``target``; returns how many it has.

        Raises ``ReadError``, and then nothing has changed.
        """
        len(self.facts)  # index what is waiting, so that a rollback leaves it alone
        before = self.facts.mark()
        try:
            if self._is_big(source):
                self._read_twice(source, target)
            else:
                placed = _placed(source.quads(), source.name, target)
                self.index.extend(self.facts.encode(placed))
        except BaseException:
            self.facts.rollback(before)
            raise
        self._compare_forms()
        return (self.facts.mark()[0] - before[0]) // 4

    def edit(self, added: Iterable[Quad] = (), removed: Iterable[Quad] = ()) -> tuple[int, int]:
        """Remove and then add asserted quads; returns how many were new and how many went.

        Raises ``GlocalError`` for quads in the inferred graph, before anything changes.
        """
        new, old = list(added), list(removed)
        for quad in chain(new, old):
            _refuse(quad, "edit")
        gone = [quad for quad in dict.fromkeys(old) if self.facts.remove(quad)]
        for quad in gone:
            self.index.remove(quad)
        for graph in {quad.graph_name for quad in gone}:
            if next(self.index.quads_for_pattern(None, None, None, graph), None) is None:
                self.index.remove_graph(graph)  # which the index would go on naming
        self._restore(gone)
        before = len(self.facts)
        self.index.extend(self.facts.encode(new))
        self._compare_forms()
        return len(self.facts) - before, len(gone)

    def written_as(self, quad: Quad) -> list[Quad]:
        """The facts that the index shows as this quad: it, or other forms of its literal."""
        if quad in self.facts or not _may_vary(quad.object) or quad not in self.index:
            return [quad]
        s, p, _, g = quad
        alone = Store()
        alone.add(quad)
        return [
            other
            for other in self._with_same(s, p, g)
            if _may_vary(other.object) and other in alone
        ]

    def triple_changes_since(self, version: int) -> tuple[list[list[int]], list[list[int]]]:
        """Triples (numbers) added and removed since a version of the facts.

        A triple is only removed when no graph asserts it any more.
        """
        added, removed = self.facts.changes_since(version)
        gone = [row for row in removed.tolist() if not self._still_said(row)]
        return added[:, :3].tolist(), [row[:3] for row in gone]

    def _still_said(self, row: Numbers) -> bool:
        s, p, o, _ = self.facts.quad(row)
        return any(
            self.facts.had(Quad(s, p, o, other.graph_name))
            for other in self.index.quads_for_pattern(s, p, o)
            if other.graph_name != INFERRED
        )

    # Inferred facts: as many of them as there are asserted ones, so the index takes them in late

    def offer_inferred(self, triples: Callable[[], NDArray[np.int32]]) -> None:
        """Say what is inferred now: ``triples()`` gives rows (n, 3) of numbers, by predicate."""
        if self._shown is None or self._shown:
            self.index.clear_graph(INFERRED)
        self._inferred, self._shown = triples, set()

    def show_inferred(self, predicates: Iterable[NamedNode] | None = None) -> Store:
        """The index, with all inferred facts or those of some predicates at least."""
        if self._inferred is None or self._shown is None:
            return self.index
        find, rows = self.facts.terms.find, self._inferred()
        wanted = set(rows[:, 1].tolist() if predicates is None else map(find, predicates))
        for predicate in wanted - self._shown:
            if predicate is not None:
                low, high = rows[:, 1].searchsorted((predicate, predicate + 1))
                self.index.bulk_extend(self.inferred_quads(rows[low:high].tolist()))
                self._shown.add(predicate)
        if predicates is None:
            self._shown = None
        return self.index

    def change_inferred(self, added: Iterable[Numbers], removed: Iterable[Numbers]) -> None:
        """Follow a change of what is inferred."""
        for quad in self.inferred_quads(filter(self._is_shown, removed)):
            self.index.remove(quad)
        self.index.extend(self.inferred_quads(filter(self._is_shown, added)))

    def _is_shown(self, triple: Numbers) -> bool:
        return self._shown is None or triple[1] in self._shown

    def inferred_quads(self, triples: Iterable[Numbers]) -> Iterator[Quad]:
        """Triples of numbers as quads of the inferred graph."""
        terms = self.facts.terms
        for s, p, o in triples:
            yield Quad(terms[s], terms[p], terms[o], INFERRED)  # type: ignore[arg-type]

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
            placed = _placed(chain(head, quads), source.name, target)
            self.index.extend(self.facts.encode(placed))
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
                raise _triple_term(source.name)
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

    def _compare_forms(self) -> None:
        """Look at the literals that are new: which of them the index cannot tell apart."""
        terms = self.facts.terms
        start, self._seen = min(self._seen, len(terms)), len(terms)
        for term in terms.since(start):
            if _may_vary(term):
                form = _alone(term)
                (self._others if form in self._forms else self._forms).add(form)

    def _restore(self, gone: list[Quad]) -> None:
        """Index again what is still a fact in another form of a removed literal."""
        for s, p, o, g in gone:
            if _may_vary(o) and _alone(o) in self._others:
                self.index.extend(self._with_same(s, p, g))

    def _with_same(self, *parts: object) -> list[Quad]:
        """The facts with this subject, predicate and graph."""

        numbers = [self.facts.terms.find(part) for part in parts]  # type: ignore[arg-type]
        if None in numbers:
            return []
        columns = self.facts.columns()
        rows = columns[(columns[:, [0, 1, 3]] == numbers).all(axis=1)]
        return list(map(self.facts.quad, rows.tolist()))


def _alone(literal: Literal) -> Quad:
    return Quad(_ANY, _ANY, literal)


def _may_vary(term: object) -> TypeGuard[Literal]:
    return type(term) is Literal and not term.language and term.datatype != XSD.string


def _placed(quads: Iterable[Quad], name: str, target: NamedNode) -> Iterator[Quad]:
    for quad in quads:
        s, p, o, g = quad
        if type(o) is Triple:
            raise _triple_term(name)
        if type(g) is DefaultGraph:
            yield Quad(s, p, o, target)
        elif g == INFERRED:
            raise _into_inferred(name)
        else:
            yield quad


def _refuse(quad: Quad, name: str) -> None:
    if quad.graph_name == INFERRED:
        raise _into_inferred(name)
    if type(quad.object) is Triple:
        raise _triple_term(name)


def _into_inferred(name: str) -> GlocalError:
    return ReadError(
        f"The graph <{INFERRED.value}> holds only what infer() puts there.",
        source=name,
        remedy="Put these statements into a graph of your own.",
    )


def _triple_term(name: str) -> GlocalError:
    return ReadError(
        "Triple terms (RDF 1.2) are not supported.",
        source=name,
        remedy="Describe the statement with a glocal:Claim instead.",
    )
