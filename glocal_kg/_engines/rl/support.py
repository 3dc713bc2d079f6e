"""Whether a fact still has a proof: the part of an update that deletions need.

From the fact backwards, derivations are looked at until one rests on asserted facts alone; a
fact in a ring of facts that only support each other has none. This is the backward/forward
idea of Motik, Nenov, Piro and Horrocks (AAAI 2015), with the counting of open premises that
Dowling and Gallier use for Horn formulas: linear in what is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from glocal_kg._engines.rl.incremental import Derivation, Stepper
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.index import Triple, TripleIndex


@dataclass(slots=True)
class _WaitingFact:
    missing: int
    fact: Triple
    derivation: Derivation


class Support:
    """Finds proofs from asserted facts, and remembers what it found.

    ``index`` is the closed graph, ``asserted`` its asserted facts; neither may change while
    this is in use. ``axioms``: whether the axioms of a derivation, and what it reads about
    subclasses, need a proof as well, or are known to stand. ``without``: a fact that no proof
    may use.
    """

    def __init__(
        self,
        stepper: Stepper,
        index: TripleIndex,
        asserted: TripleIndex,
        *,
        axioms: bool = False,
        without: Triple | None = None,
    ) -> None:
        self._stepper = stepper
        self._index = index
        self._asserted = asserted
        self._axioms = axioms
        self._equal = index.has_any(stepper.same)
        self.proofs: dict[Triple, Derivation | None] = {}
        """Each proved fact with its last step; None where it is asserted."""
        self.disproved: set[Triple] = set()
        """The facts found to have no proof."""
        if without is not None:
            self.disproved.add(without)
        self._seen: set[Triple] = set()
        self._open: dict[Triple, list[_WaitingFact]] = defaultdict(list)

    def proves(self, fact: Triple) -> bool:
        """Whether a fact has a proof."""
        if fact in self.proofs or fact in self.disproved:
            return fact in self.proofs
        self._seen.clear()
        self._open.clear()
        stack = [(fact, self._visit(fact))]
        while stack and fact not in self.proofs:
            look()
            top, derivations = stack[-1]
            following = None if top in self.proofs else next(derivations, None)
            if following is None:
                stack.pop()
                continue
            for premise in self._register(top, following):
                if premise not in self._seen:
                    stack.append((premise, self._visit(premise)))
        if fact in self.proofs:
            return True  # what was left half-way is forgotten: it may well have a proof
        self.disproved |= self._seen - self.proofs.keys()
        return False

    def _visit(self, fact: Triple) -> Iterator[Derivation]:
        self._seen.add(fact)
        if self._asserted.contains(*fact):
            self._prove(fact, None)
            return iter(())
        return self._stepper.before(self._index, fact, self._equal)

    def _register(self, fact: Triple, derivation: Derivation) -> list[Triple]:
        """Note a derivation; give back its premises that are not proved yet.

        None, and nothing noted, where it rests on a fact that has no proof.
        """
        instance, facts = derivation
        if self._axioms:
            premises = {*facts, *instance.facts}
        else:
            premises = {fact for fact in facts if fact[1] != self._stepper.sub_class}
        if not self.disproved.isdisjoint(premises):
            return []
        missing = [premise for premise in premises if premise not in self.proofs]
        if not missing:
            self._prove(fact, derivation)
            return []
        waiting = _WaitingFact(len(missing), fact, derivation)
        for premise in missing:
            self._open[premise].append(waiting)
        return missing

    def _prove(self, fact: Triple, derivation: Derivation | None) -> None:
        todo: list[tuple[Triple, Derivation | None]] = [(fact, derivation)]
        while todo:
            fact, derivation = todo.pop()
            if fact in self.proofs:
                continue
            self.proofs[fact] = derivation
            for waiting in self._open.pop(fact, ()):
                waiting.missing -= 1
                if not waiting.missing:
                    todo.append((waiting.fact, waiting.derivation))
