"""Why a fact holds: the shortest proof, found backwards from the fact.

The search asks: is there a proof of one step? of two? and so on. A proof of ``n`` steps has
premises with proofs of fewer, so that the search cannot run in a circle, and the first proof
it finds is the shortest. What it learns about a fact (its shortest proof, or that it has none
of so few steps) is kept for the next question. Axioms are premises like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glocal_kg._engines.rl.equal_literals import BY_VALUE
from glocal_kg._engines.rl.incremental import Derivation, Stepper
from glocal_kg._engines.rl.program import Instance
from glocal_kg._engines.rl.proof import ASSERTED, Proof, Step
from glocal_kg._engines.rl.support import Support
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple, TripleIndex
from glocal_kg.errors import NotFoundError

KEPT = 200
"""Derivations of one fact that are kept for the next round of the search."""
PATIENCE = 150_000
"""Derivations looked at before a proof that may not be the shortest will do."""


class _OutOfPatience(Exception):
    pass


class Search:
    """Searches for proofs of one fact in a closed graph."""

    def __init__(
        self,
        terms: Dictionary,
        stepper: Stepper,
        index: TripleIndex,
        asserted: TripleIndex,
        fact: Triple,
    ) -> None:
        self._terms = terms
        self._stepper = stepper
        self._index = index
        self._asserted = asserted
        self._fact = fact
        self._same = stepper.same
        self._equal = index.has_any(stepper.same)
        self._forget()

    def _forget(self, without: Triple | None = None) -> None:
        self._without = without
        self._best: dict[Triple, tuple[int, Derivation | None]] = {}
        self._more_than: dict[Triple, int] = {}
        self._kept: dict[Triple, list[Derivation]] = {}
        self._looked = 0

    def shortest(self) -> Proof:
        """The proof with the fewest steps; where that takes too long, some proof that says so."""
        try:
            return self._proof(self._least(self._fact))
        except _OutOfPatience:
            return self._some_proof()

    def independent(self, most: int) -> list[Proof]:
        """Proofs that differ in what they rest on, the shortest first."""
        fact = self._fact
        found: list[Proof] = []
        if self._asserted.contains(*fact):
            found.append(self._proof(Step(fact, ASSERTED, ())))
        self._forget(without=fact)
        steps: list[Step] = []
        try:
            for instance, facts in self._derivations(fact):
                premises = (*instance.facts, *facts)
                if len(steps) >= 20 * most:
                    break
                if all(self._provable(premise) for premise in premises):
                    parts = tuple(self._least(premise) for premise in premises)
                    steps.append(_conclude(fact, instance, parts, self._same))
        except _OutOfPatience:
            pass
        for step in sorted(steps, key=lambda step: (step.size, step.rule)):
            leaves = frozenset(step.leaves())
            if len(found) < most and not any(set(p.root.leaves()) <= leaves for p in found):
                found.append(self._proof(step))
        return found or [self.shortest()]

    def _proof(self, root: Step, shortest: bool = True) -> Proof:
        return Proof(self._terms, root, shortest)

    def _provable(self, fact: Triple) -> bool:
        """Whether a fact has a proof that does without the fact in question."""
        if self._without is None:
            return True
        support = Support(
            self._stepper, self._index, self._asserted, axioms=True, without=self._without
        )
        return support.proves(fact)

    def _least(self, fact: Triple) -> Step:
        budget = 0
        while self._cost(fact, budget) is None:
            budget = max(budget, self._more_than.get(fact, 0)) + 1
        return self._step(fact)

    def _step(self, fact: Triple) -> Step:
        if self._is_leaf(fact):
            return Step(fact, ASSERTED, ())
        _, derivation = self._best[fact]
        assert derivation is not None
        instance, facts = derivation
        return _conclude(fact, instance, map(self._step, (*instance.facts, *facts)), self._same)

    def _is_leaf(self, fact: Triple) -> bool:
        return fact != self._without and self._asserted.contains(*fact)

    def _at_least(self, fact: Triple) -> int:
        known = self._best.get(fact)
        if known is not None:
            return known[0]
        bound = self._more_than.get(fact)
        if bound is not None:
            return bound + 1
        if self._is_leaf(fact):
            self._best[fact] = 0, None
            return 0
        return 1

    def _cost(self, fact: Triple, budget: int) -> int | None:
        """The steps of the shortest proof of a fact, or None where it has more than allowed."""
        least = self._at_least(fact)
        if fact in self._best:
            return least if least <= budget else None
        if least > budget or fact == self._without:
            return None
        limit = budget
        for derivation in self._derivations(fact):
            cost = self._derivation_cost(derivation, limit)
            if cost is not None:
                self._best[fact] = cost, derivation
                limit = cost - 1
                if cost == least:
                    break
        if fact in self._best:
            return self._best[fact][0]
        self._more_than[fact] = budget
        return None

    def _derivation_cost(self, derivation: Derivation, limit: int) -> int | None:
        self._work()
        instance, facts = derivation
        premises = (*facts, *instance.facts)
        bounds = [self._at_least(premise) for premise in premises]
        total = 1 + sum(bounds)
        if total > limit:
            return None
        for premise, bound in zip(premises, bounds, strict=True):
            cost = self._cost(premise, limit - total + bound)
            if cost is None:
                return None
            total += cost - bound
        return total

    def _derivations(self, fact: Triple) -> Iterator[Derivation]:
        kept = self._kept.get(fact)
        if kept is not None:
            yield from kept
            return
        kept = []
        for derivation in self._stepper.before(self._index, fact, self._equal):
            self._work()
            if len(kept) <= KEPT:
                kept.append(derivation)
            yield derivation
        if len(kept) <= KEPT:
            self._kept[fact] = kept

    def _work(self) -> None:
        if not self._looked & 255:
            look()
        self._looked += 1
        if self._looked > PATIENCE:
            raise _OutOfPatience

    def _some_proof(self) -> Proof:
        support = Support(self._stepper, self._index, self._asserted, axioms=True)
        if not support.proves(self._fact):
            raise NotFoundError("The fact has no proof: the closure is not up to date.")

        steps: dict[Triple, Step] = {}
        for fact, derivation in support.proofs.items():  # premises come before conclusions
            if derivation is None:
                steps[fact] = Step(fact, ASSERTED, ())
            else:
                instance, facts = derivation
                parts = (steps[premise] for premise in (*instance.facts, *facts))
                steps[fact] = _conclude(fact, instance, parts, self._same)
        return self._proof(steps[self._fact], shortest=False)


def _conclude(fact: Triple, instance: Instance, parts: Iterable[Step], same: int) -> Step:
    """A step of a proof; what it reads in tables by value told with the facts as written."""
    premises = list(parts)
    if instance.written is not None:
        first = len(instance.facts)
        for place, (_, _, o) in enumerate(instance.written, first):
            if premises[place].fact[1] >= BY_VALUE:
                premises[place] = _in_form(premises[place], o, same)
    return Step(fact, instance.rule.name, tuple(premises))


def _in_form(by_value: Step, form: int, same: int) -> Step:
    """A fact of a table by value as an ordinary one, in a form (below 0: the standing one)."""
    (step,) = by_value.premises
    s, p, o = step.fact
    form = by_value.fact[2] if form < 0 else form
    if form == o:
        return step
    return Step((s, p, form), "eq-rep-o", (Step((o, same, form), "dt-eq", ()), step))
