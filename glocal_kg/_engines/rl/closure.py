"""The closure of a graph under OWL 2 RL: its inferred facts, its clashes, and why.

closure = Closure(terms, triples)        # int32 array of shape (n, 3)
closure.inferred                         # what follows, without what was asserted
closure.clashes                          # contradictions, with the facts that cause them
closure.update(added, removed)           # brought up to date from the change alone
closure.explain(s, p, o)                 # the shortest proof of a fact
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from glocal_kg._engines.rl.clashes import Clashes, NumberedClash
from glocal_kg._engines.rl.engine import Engine
from glocal_kg._engines.rl.explain import Search
from glocal_kg._engines.rl.growing import GrowingEngine
from glocal_kg._engines.rl.incremental import Stepper
from glocal_kg._engines.rl.program import UnreadAxiom
from glocal_kg._engines.rl.proof import Proof
from glocal_kg._engines.rl.trivial import Nontrivial
from glocal_kg._engines.rl.update import NetChange, follow
from glocal_kg._rdf.namespaces import shorten
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.fact_table import columns_of
from glocal_kg._rdf.store.index import Keys, Numbers, Triple, TripleIndex, tuples
from glocal_kg._rdf.store.pairs import without
from glocal_kg._rdf.store.term_text import Term
from glocal_kg.errors import GlocalError, LimitError, NotFoundError

LEAST = 20_000_000
PER_FACT = 15

SMALL, SHARE = 1_000, 250
"""An edit larger than this many facts and this part of the graph is faster closed anew."""


@dataclass(frozen=True, slots=True)
class ClosureChange:
    """What an update did to the inferred facts: two sets of triples of numbers."""

    added: frozenset[Triple]
    removed: frozenset[Triple]


class Closure:
    """The closure of asserted triples; nothing is written to the triples themselves.

    ``terms`` is the table the numbers belong to; the terms of the OWL vocabulary are added to
    it. ``limit`` is the largest number of inferred facts (default: twenty million, and fifteen
    for each asserted fact); beyond it :class:`.joins.LimitError` is raised instead of filling
    the memory. ``trivial`` keeps facts that hold of anything, such as ``x sameAs x``.

    >>> from pyoxigraph import NamedNode
    >>> terms = Dictionary()
    >>> def n(iri): return terms.add(NamedNode(iri))
    >>> below = n("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    >>> a = n("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    >>> rome, city, place = n("ex:rome"), n("ex:City"), n("ex:Place")
    >>> closure = Closure(terms, np.array([[city, below, place], [rome, a, city]], np.int32))
    >>> closure.inferred.tolist() == [[rome, a, place]]
    True
    """

    def __init__(
        self,
        terms: Dictionary,
        triples: NDArray[np.integer] | TripleIndex,
        *,
        limit: int | None = None,
        trivial: bool = False,
    ) -> None:
        self.terms = terms
        self.trivial = trivial
        self._limit = limit
        self._whole = True
        self._close(triples if isinstance(triples, TripleIndex) else TripleIndex(triples))

    @classmethod
    def resumed(cls, terms: Dictionary, asserted: TripleIndex, closed: TripleIndex) -> Closure:
        """The closure of facts of which ``closed`` is known: :attr:`index` of an earlier one."""
        closure = cls.__new__(cls)
        closure.terms, closure.trivial = terms, False
        closure._limit, closure._whole = None, True
        closure._close(asserted, closed)
        return closure

    def grown(self, added: Mapping[int, Keys]) -> Closure:
        """The closure of these asserted facts and some more, packed pairs by predicate.

        What is known to follow is not looked for again, unless there are axioms among them.
        """
        asserted = self.asserted.copy()
        for p, keys in added.items():
            asserted.merge(p, without(keys, asserted.table(p).keys))
        closure = Closure.__new__(Closure)
        closure.terms, closure.trivial = self.terms, self.trivial
        closure._limit, closure._whole = self._limit, True
        closure._close(asserted, before=self._engine, added=TripleIndex.of(added))
        return closure

    def _close(
        self,
        asserted: TripleIndex,
        closed: TripleIndex | None = None,
        before: Engine | None = None,
        added: TripleIndex | None = None,
    ) -> None:
        limit = self._limit
        if limit is None:
            limit = LEAST + PER_FACT * len(asserted)
        engine = GrowingEngine(self.terms, asserted, limit=limit, trivial=self.trivial)
        if closed is not None:
            engine.resume(closed)
        elif before is None or added is None:
            engine.run()
        elif not engine.grow(before, added):
            self._close(asserted)
            return
        self.asserted = asserted
        """The asserted facts, as an index."""
        self.index = engine.index
        """All facts, as an index: asserted, inferred, and those not worth saying."""
        self._engine = engine
        self._nontrivial = Nontrivial(
            self.terms, engine.vocabulary, lambda: engine.literals.mask, self.trivial
        )
        self._inferred: Numbers | None = None
        self._clashes: Clashes | None = None
        self._steps: Stepper | None = None
        self._proofs: Stepper | None = None

    @property
    def inferred(self) -> Numbers:
        """The inferred facts, int32 of shape (m, 3), by predicate, subject, object."""
        if self._inferred is None:
            self._inferred = columns_of(self.inferred_pairs())
        return self._inferred

    def inferred_pairs(self, of: Iterable[int] | None = None) -> dict[int, Keys]:
        """The inferred facts by predicate, as packed pairs, sorted; ``of`` some predicates."""
        found = ((p, self._nontrivial.keys(p, keys)) for p, keys in self._followed(of))
        return {p: keys for p, keys in found if len(keys)}

    def unsaid_pairs(self) -> dict[int, Keys]:
        """What follows and is not worth saying, in the same form: :meth:`resumed` needs it too."""
        found = ((p, without(keys, self._nontrivial.keys(p, keys))) for p, keys in self._followed())
        return {p: keys for p, keys in found if len(keys)}

    def _followed(self, of: Iterable[int] | None = None) -> Iterator[tuple[int, Keys]]:
        for p in self.index.predicates() if of is None else of:
            keys, told = self.index.table(p).keys, self.asserted.table(p).keys
            if len(keys) > len(told):
                yield p, without(keys, told)

    @property
    def clashes(self) -> list[NumberedClash]:
        """The contradictions in the closed graph, sorted by rule. Looked for when asked."""
        if self._clashes is None:
            self._clashes = Clashes(self._engine)
        return self._clashes.sorted()

    def clash(self) -> NumberedClash | None:
        """One of the contradictions, where there are any: the others are not looked for."""
        if self._clashes is None:
            self._clashes = Clashes(self._engine)
        return self._clashes.first()

    def bound(self, limit: int) -> None:
        """Let updates from now on infer no more than so many facts."""
        self._limit = self._engine.limit = limit

    @property
    def problems(self) -> list[UnreadAxiom]:
        """Axioms that could not be read and were left out, such as lists without an end."""
        problems = self._engine.program.problems
        return [problems[node] for node in sorted(problems)]

    def update(
        self,
        added: Iterable[Triple] = (),
        removed: Iterable[Triple] = (),
        *,
        bare: Collection[int] = (),
    ) -> ClosureChange:
        """Bring the closure up to date after an edit of the asserted facts.

        ``added`` and ``removed`` are triples of numbers (rows of an array will do); a triple
        in both stays. ``bare`` may name things, not literals, that are in no asserted fact any
        more: nothing follows of them, so that no proofs need be looked for. The cost is that of
        the change, not of the graph, as long as no axiom changes; otherwise the closure is
        computed anew. Gives back what changed among the inferred facts. Raises
        :class:`.joins.LimitError` and then leaves all as it was.
        Whatever else interrupts it leaves the closure of no use, and every later update says
        so with a :class:`glocal_kg.errors.GlocalError`.
        """
        if not self._whole:
            raise GlocalError(
                "An earlier update of this closure was interrupted.",
                remedy="Close the facts anew.",
            )
        self._whole = False
        try:
            change = self._update(added, removed, bare)
        except LimitError:
            self._whole = True
            raise
        self._whole = True
        return change

    def _update(
        self, added: Iterable[Triple], removed: Iterable[Triple], bare: Collection[int]
    ) -> ClosureChange:
        more, less = tuples(added), tuples(removed)
        more_set = set(more)
        new = {fact for fact in more_set if not self.asserted.contains(*fact)}
        gone = {fact for fact in less if fact not in more_set and self.asserted.contains(*fact)}
        edit = None
        if is_small(len(new) + len(gone), self.asserted):
            if self._steps is None:
                program = self._engine.program
                self._steps = Stepper(program, program.instances, self._engine.rdf_type)
            unproved = set(bare).difference(self._engine.vocabulary.values())
            edit = follow(self._engine, self._steps, self.asserted, new, gone, unproved)
        if edit is None:
            return self._recompute(new, gone)
        self._inferred = None
        if self._clashes is not None:
            self._clashes.follow(edit.lost, edit.gained | new, unsaid=gone - edit.lost)
        return self._change(edit, new, gone)

    def _change(self, edit: NetChange, new: set[Triple], gone: set[Triple]) -> ClosureChange:
        was = {f for f in edit.lost if f not in gone} | {f for f in new if f not in edit.gained}
        now = {f for f in edit.gained if f not in new} | {f for f in gone if f not in edit.lost}
        say = self._nontrivial.fact
        return ClosureChange(
            frozenset(fact for fact in now if say(*fact)),
            frozenset(fact for fact in was if say(*fact)),
        )

    def _recompute(self, new: set[Triple], gone: set[Triple]) -> ClosureChange:
        before = self.inferred
        asserted = self.asserted.copy()
        asserted.update(new, gone)
        self._close(asserted)
        then, now = TripleIndex(before), TripleIndex(self.inferred)
        return ClosureChange(_without(self.inferred, then), _without(before, now))

    def explain(self, s: int | Term, p: int | Term, o: int | Term) -> Proof:
        """The shortest proof of a fact: as few steps as possible, down to asserted facts.

        Takes numbers or terms. Raises :class:`glocal_kg.errors.NotFoundError` where the fact
        is not in the closure.
        """
        return self._search(s, p, o).shortest()

    def explain_all(
        self, s: int | Term, p: int | Term, o: int | Term, most: int = 10
    ) -> list[Proof]:
        """Independent proofs of a fact, the shortest first, at most ``most`` of them.

        Independent means that no proof rests on all the asserted facts of another and more.
        """
        return self._search(s, p, o).independent(most)

    def _search(self, s: int | Term, p: int | Term, o: int | Term) -> Search:
        numbers = []
        for part in (s, p, o):
            number = part if isinstance(part, int) else self.terms.find(part)
            numbers.append(-1 if number is None else number)
        fact = (numbers[0], numbers[1], numbers[2])
        if -1 in fact or not self.index.contains(*fact):
            three = [self.terms[x] if isinstance(x, int) else x for x in (s, p, o)]
            told = " ".join(shorten(x.value) if isinstance(x, NamedNode) else str(x) for x in three)
            raise NotFoundError(
                f"The graph neither says nor implies: {told}.",
                remedy="Check the three terms; an explanation is only given for what follows.",
            )
        if self._proofs is None:
            program = self._engine.program
            everything = [*program.instances, *program.spare]
            self._proofs = Stepper(program, everything, self._engine.rdf_type)
        return Search(self.terms, self._proofs, self.index, self.asserted, fact)


def is_small(changes: int, asserted: Sized) -> bool:
    """Whether so many changed facts of so many are followed; more of them are closed anew."""
    return changes < SMALL or changes < SMALL + len(asserted) // SHARE


def _without(rows: Numbers, index: TripleIndex) -> frozenset[Triple]:
    kept = rows[~index.contains_many(rows)]
    return frozenset((s, p, o) for s, p, o in kept.tolist())
