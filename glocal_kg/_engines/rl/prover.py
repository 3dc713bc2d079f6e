"""What holds of things beyond the rules: by supposing something and looking what follows.

The rules conclude facts, not axioms, and give no member of a class that is described anew. But
what they conclude of a new thing, about which nothing but a supposition is known, holds of all
things; and where a supposition leads to a contradiction, its opposite holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

import numpy as np
from pyoxigraph import BlankNode, Literal

from glocal_kg._engines.rl.closure import Closure
from glocal_kg._engines.rl.datatypes import value_key
from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.proof import Proof
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Numbers, Triple, TripleIndex
from glocal_kg.errors import LimitError


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something holds: what was supposed, and what follows from it.

    ``proofs`` prove what was to be shown, or, where ``clash`` names a rule, the facts that
    contradict each other by it.
    """

    supposed: tuple[Triple, ...]
    proofs: tuple[Proof, ...]
    clash: str = ""


Grounds = list[Ground]
Case = list[Triple]
"""Facts supposed together."""

MOST_STEPS = 1000
"""So many steps are gone for one statement, before it is given up: to suppose something is one."""
MOST_IN_ALL = 4000
"""And so many for all statements of a claim; what needs none is shown after that, too."""
WHOLE = 80
"""Where a supposition closes the facts anew, each so many of them are one more step."""
LOOKS = 20
"""So many looks at what classes are take as long as a step."""
PROOF = 5
"""To prove a fact takes as long as so many steps."""
MOST_FACTS = 500_000
"""So many facts may follow from what is supposed or claimed, and two for each that is known."""
MOST_LOOKS = 200_000
"""So often something is looked up or compared in one search through combinations."""


class GivenUp(Exception):
    """Showing a statement takes more steps, looks or facts than there may be: which."""

    def __init__(self, why: str = "it took too many steps") -> None:
        super().__init__(why)


@contextmanager
def _ending() -> Iterator[None]:
    """Give up where more facts follow than may."""
    try:
        yield
    except LimitError as error:
        raise GivenUp(f"too much follows: {error.message.rstrip('.')}") from error


class _Watched:
    """An index that may be asked so often: a search through combinations need not end."""

    def __init__(self, index: TripleIndex) -> None:
        self._index = index
        self._left = MOST_LOOKS

    def __getattr__(self, name: str) -> Any:
        look()
        self._left -= 1
        if self._left < 0:
            raise GivenUp("it took too many looks at combinations of things")
        return getattr(self._index, name)


class Prover:
    """Shows of single things what they are; ``triples`` are facts and definitions, (n, 3).

    A method that shows something gives back its grounds, or None where it cannot.
    """

    def __init__(
        self, terms: Dictionary, triples: Iterable[Triple], most: int | None = None
    ) -> None:
        self.terms = terms
        rows = _rows(triples)
        if most is None:  # the facts themselves, which are to be closed as ever
            self.closure = Closure(terms, rows)
            most = MOST_FACTS + 2 * len(self.closure.index)
            self.closure.bound(most)
        else:
            with _ending():
                self.closure = Closure(terms, rows, limit=most)
        self.most = most
        """So many facts may follow from what is claimed or supposed."""
        self.of = Vocabulary(terms)
        self._supposed: list[Triple] = []
        self.steps = self.spent = 0
        """How many steps were gone: for this statement, and for all."""
        self._looks = 0
        self.vain: set[tuple[int, int]] = set()
        """Which thing was not shown to be of which class, from what is supposed now."""
        self._new: set[int] = set()  # things that are only supposed
        self._forms: dict[Hashable, set[int]] = defaultdict(set)
        self._read = 0  # how many terms are in _forms

    def fresh(self) -> int:
        """A thing of which nothing is known."""
        name = len(self._new)
        while self.terms.find(node := BlankNode(f"anything{name}")) is not None:
            name += 1
        self._new.add(thing := self.terms.add(node))
        return thing

    def rests_on_keys(self, grounds: Grounds) -> bool:
        """Whether a thing that is only supposed is the same as another by a key.

        Keys speak of things with a name alone (OWL 2 Direct Semantics, 2.3.5).
        """
        proofs = (proof for ground in grounds for proof in ground.proofs)
        steps = (step for proof in proofs for _, step in proof.root.steps())
        return any(step.rule == "prp-key" and not self._new.isdisjoint(step.fact) for step in steps)

    def reflexive(self) -> None:
        """Take up what reflexive properties say, which are not among the rules: ``x p x``."""
        from glocal_kg._engines.rl.rules import PREFIXES

        ours = tuple(f"<{prefix}" for prefix in PREFIXES.values())
        index, a = self.closure.index, self.of["rdf:type"]
        properties = index.subjects(a, self.of["owl:ReflexiveProperty"]).tolist()
        found = np.unique(index.columns()[:, [0, 2]]).tolist() if properties else []
        things = [
            x
            for x in found
            if not isinstance(self.terms[x], Literal) and not str(self.terms[x]).startswith(ours)
        ]
        with _ending():
            self.closure.update(added=[(x, p, x) for p in properties for x in things])

    def objects(self, s: int, name: str) -> list[int]:
        """What stands with a subject and a property of the vocabulary."""
        self._looks += 1
        if self._looks % LOOKS == 0:
            self._count(1)
        return list(self.closure.index.each_object(s, self.of[name]))

    def holds(self, s: int, p: int, o: int) -> Grounds | None:
        """A fact, where the rules give it, be it with another form of its value (rule dt-eq)."""
        index = self.closure.index
        if not index.contains(s, p, o):
            others = self.forms(o).intersection(index.objects(s, p).tolist())
            if not others:
                return None
            o = min(others)
        self._count(PROOF, ahead=False)
        return [Ground(tuple(self._supposed), (self.closure.explain(s, p, o),))]

    def forms(self, o: int) -> set[int]:
        """The literals that have the value of a literal, itself too; of another term itself."""
        term = self.terms[o]
        key = value_key(term) if isinstance(term, Literal) else None
        if key is None:
            return {o}
        if len(self.terms) > self._read:
            for number in range(self._read, len(self.terms)):
                one = self.terms[number]
                if isinstance(one, Literal) and (own := value_key(one)) is not None:
                    self._forms[own].add(number)
            self._read = len(self.terms)
        return self._forms[key]

    def objects_of(self, o: int, name: str) -> list[int]:
        """What has an object for a property of the vocabulary."""
        found: list[int] = self.closure.index.subjects(self.of[name], o).tolist()
        return found

    @contextmanager
    def supposing(self, facts: Case) -> Iterator[None]:
        """Suppose facts for a while. Raises :class:`GivenUp` after too many."""
        self._count(1)
        new = [fact for fact in facts if not self.closure.asserted.contains(*fact)]
        whole = self.closure.asserted
        try:
            with _ending():
                change = self.closure.update(added=new)
        except GivenUp:
            self._count(self.most // WHOLE, ahead=False)
            raise
        follows = 0 if self.closure.asserted is whole else len(whole)
        self._count((follows + len(change.added)) // WHOLE, ahead=False)
        before, self.vain = self.vain, set()
        self._supposed += new
        try:
            yield
        except GivenUp:
            self._take_back(new, before)
            raise
        # Where anything else stops it, such as Ctrl-C, it ends at once: nobody asks further.
        self._take_back(new, before)

    def _take_back(self, facts: Case, vain: set[tuple[int, int]]) -> None:
        del self._supposed[len(self._supposed) - len(facts) :]
        self.closure.update(removed=facts)
        self.vain = vain

    def _count(self, steps: int, *, ahead: bool = True) -> None:
        look()
        self.steps += steps
        self.spent += steps
        if ahead and (self.steps > MOST_STEPS or self.spent > MOST_IN_ALL):
            raise GivenUp

    def impossible(self, cases: Iterable[Case]) -> Grounds | None:
        """That each of some cases leads to a contradiction."""
        grounds: Grounds = []
        for facts in cases:
            with self.supposing(facts):
                with _ending():
                    clash = self.closure.clash()
                if clash is None:
                    return None
                proofs = tuple(self.closure.explain(*fact) for fact in clash.facts)
                grounds.append(Ground(tuple(self._supposed), proofs, clash.rule))
        return grounds

    def watched(self) -> TripleIndex:
        """The facts, for one search of which nobody knows how long it takes."""
        return cast("TripleIndex", _Watched(self.closure.index))

    def merged(self, case: Case, x: int) -> tuple[Case, int]:
        """A case in which a supposed thing is the same as another, said of that one; and ``x``.

        To suppose that two things are the same takes long where axioms name one of them.
        """
        same = self.of["owl:sameAs"]
        while True:
            found = next((f for f in case if f[1] == same and f[0] in self._new), None)
            if found is None:
                return case, x
            new, _, old = found
            rest = (fact for fact in case if fact != found)
            case = [tuple(old if part == new else part for part in f) for f in rest]  # type: ignore[misc]  # rows of three stay so
            x = old if x == new else x

    def different(self, a: int, b: int) -> Grounds | None:
        """That two things, or values, are not the same."""
        apart = self.of["owl:differentFrom"]
        if isinstance(self.terms[a], Literal) and isinstance(self.terms[b], Literal):
            keys = value_key(self.terms[a]), value_key(self.terms[b])
            return None if None in keys or keys[0] == keys[1] else []  # rule dt-diff
        return (
            self.holds(a, apart, b)
            or self.holds(b, apart, a)
            or self.impossible([[(a, self.of["owl:sameAs"], b)]])
        )

    # Helpers

    def members(self, head: int) -> list[int]:
        """The members of a list."""
        first, rest, nil = (self.of[f"rdf:{name}"] for name in ("first", "rest", "nil"))
        each, found = self.closure.index.each_object, list[int]()
        while head != nil and len(found) < len(self.terms):
            found += list(each(head, first))[:1]
            head = next(iter(each(head, rest)), nil)
        return found

    def is_datatype(self, d: int) -> bool:
        """Whether a term names a datatype of XML Schema or RDF."""
        return self.holds(d, self.of["rdf:type"], self.of["rdfs:Datatype"]) is not None

    @staticmethod
    def all(parts: Iterable[Grounds | None]) -> Grounds | None:
        """The grounds of all, where each has some."""
        together: Grounds = []
        for part in parts:
            if part is None:
                return None
            together += part
        return together

    @staticmethod
    def any(parts: Iterable[Grounds | None]) -> Grounds | None:
        """The grounds of the first that has some."""
        return next((part for part in parts if part is not None), None)


def _rows(triples: Iterable[Triple]) -> Numbers:
    """Triples as an array; repeats count once where it is closed."""
    parts, following = [np.empty((0, 3), np.int32)], iter(triples)
    while some := list(islice(following, _PART)):
        look()
        parts.append(np.array(some, np.int32))
    return np.concatenate(parts)


_PART = 1 << 16
"""So many triples are taken between two looks at the time."""
