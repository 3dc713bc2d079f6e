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
from itertools import combinations, product

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.rl.closure import Closure
from glocal_kg._engines.rl.datatypes import value_key
from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.proof import Proof
from glocal_kg._engines.rl.ranges import is_within
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple


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


class Prover:
    """Shows of single things what they are; ``triples`` are facts and definitions, (n, 3).

    A method that shows something gives back its grounds, or None where it cannot.
    """

    def __init__(self, terms: Dictionary, triples: Iterable[Triple]) -> None:
        self.terms = terms
        self.closure = Closure(terms, np.array(sorted(set(triples)), np.int32).reshape(-1, 3))
        self.of = Vocabulary(terms)
        self._supposed: list[Triple] = []
        self._asked: set[tuple[int, int]] = set()
        self._new = 0
        self._forms: dict[Hashable, set[int]] = defaultdict(set)
        self._read = 0  # how many terms are in _forms

    def fresh(self) -> int:
        """A thing of which nothing is known."""
        while self.terms.find(node := BlankNode(f"anything{self._new}")) is not None:
            self._new += 1
        return self.terms.add(node)

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
        self.closure.update(added=[(x, p, x) for p in properties for x in things])

    def objects(self, s: int, name: str) -> list[int]:
        """What stands with a subject and a property of the vocabulary."""
        found: list[int] = self.closure.index.objects(s, self.of[name]).tolist()
        return found

    def holds(self, s: int, p: int, o: int) -> Grounds | None:
        """A fact, where the rules give it, be it with another form of its value (rule dt-eq)."""
        index = self.closure.index
        if not index.contains(s, p, o):
            others = self.forms(o).intersection(index.objects(s, p).tolist())
            if not others:
                return None
            o = min(others)
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
        """Suppose facts for a while."""
        new = [fact for fact in facts if not self.closure.asserted.contains(*fact)]
        self.closure.update(added=new)
        self._supposed += new
        try:
            yield
        finally:
            del self._supposed[len(self._supposed) - len(new) :]
            self.closure.update(removed=new)

    def impossible(self, cases: Iterable[Case]) -> Grounds | None:
        """That each of some cases leads to a contradiction."""
        grounds: Grounds = []
        for facts in cases:
            with self.supposing(facts):
                clash = next(iter(self.closure.clashes), None)
                if clash is None:
                    return None
                proofs = tuple(self.closure.explain(*fact) for fact in clash.facts)
                grounds.append(Ground(tuple(self._supposed), proofs, clash.rule))
        return grounds

    def different(self, a: int, b: int) -> Grounds | None:
        """That two things are not the same."""
        apart = self.of["owl:differentFrom"]
        return (
            self.holds(a, apart, b)
            or self.holds(b, apart, a)
            or self.impossible([[(a, self.of["owl:sameAs"], b)]])
        )

    # Membership

    def cases(self, x: int, c: int) -> list[Case]:
        """What it means that a thing is of a class: the cases of which one must be so."""
        parts: list[list[Case]] = [[[(x, self.of["rdf:type"], c)]]]
        for head in self.objects(c, "owl:intersectionOf"):
            parts += [self.cases(x, member) for member in self.members(head)]
        for head in self.objects(c, "owl:unionOf"):
            parts.append([case for m in self.members(head) for case in self.cases(x, m)])
        for head in self.objects(c, "owl:oneOf"):
            same = self.of["owl:sameAs"]
            parts.append([[(x, same, member)] for member in self.members(head)])
        for p in self.objects(c, "owl:onProperty"):
            for d in self.objects(c, "owl:someValuesFrom"):
                y = self.fresh()
                if not self.is_datatype(d):
                    parts.append([[(x, p, y), *case] for case in self.cases(y, d)])
            for kind in ("owl:minCardinality", "owl:minQualifiedCardinality"):
                parts += [[self.values(x, p, n, c)] for n in self._numbers(c, kind)]
        return [[fact for case in chosen for fact in case] for chosen in product(*parts)]

    def values(self, x: int, p: int, count: int, c: int) -> Case:
        """That a thing has so many different values of a property, of the class a restriction
        ``c`` speaks of."""
        new = [self.fresh() for _ in range(count)]
        kinds = self.objects(c, "owl:onClass")
        facts = [(x, p, y) for y in new]
        facts += [(y, self.of["rdf:type"], kind) for y in new for kind in kinds]
        return facts + [(a, self.of["owl:differentFrom"], b) for a, b in combinations(new, 2)]

    def is_a(self, x: int, c: int) -> Grounds | None:
        """That a thing is of a class, which may be an expression."""
        if c == self.of["owl:Thing"]:
            return []
        found = self.holds(x, self.of["rdf:type"], c)
        if found is not None:
            return found
        described = self._described(x, c)
        if described is not None:
            return described
        for d in self.objects_of(c, "rdfs:subClassOf"):
            if (x, d) not in self._asked and isinstance(self.terms[d], BlankNode):
                self._asked.add((x, d))
                found = self._described(x, d)
                self._asked.discard((x, d))
                if found is not None:
                    return self.all([self.holds(d, self.of["rdfs:subClassOf"], c), found])
        return None

    def _described(self, x: int, c: int) -> Grounds | None:
        """That a thing meets the description of a class: the list, or the restriction."""
        for head in self.objects(c, "owl:intersectionOf"):
            return self.all(self.is_a(x, member) for member in self.members(head))
        for head in self.objects(c, "owl:unionOf"):
            return self.any(self.is_a(x, member) for member in self.members(head))
        for head in self.objects(c, "owl:oneOf"):
            same = self.of["owl:sameAs"]
            return self.any(
                [] if member == x else self.holds(x, same, member) for member in self.members(head)
            )
        for d in self.objects(c, "owl:complementOf"):
            return self.impossible(self.cases(x, d))
        for p in self.objects(c, "owl:onProperty"):
            return self._meets(x, c, p)
        return None

    def _meets(self, x: int, c: int, p: int) -> Grounds | None:
        """That a thing meets a restriction on a property."""
        for d in self.objects(c, "owl:someValuesFrom"):
            return self.any(
                self.all([self.holds(x, p, y), self.is_a(y, d)]) for y in self._values(x, p)
            )
        for d in self.objects(c, "owl:allValuesFrom"):
            y = self.fresh()
            with self.supposing([(x, p, y)]):
                return self.is_value_of(y, p, d)
        for value in self.objects(c, "owl:hasValue"):
            return self.holds(x, p, value)
        if self.objects(c, "owl:hasSelf"):
            return self.holds(x, p, x)
        least = ("owl:minCardinality", "owl:minQualifiedCardinality")
        most = ("owl:maxCardinality", "owl:maxQualifiedCardinality")
        exactly = ("owl:cardinality", "owl:qualifiedCardinality")
        for kind in (*least, *exactly):
            for n in self._numbers(c, kind):
                found = self._has(x, p, n, c)
                if found is None or kind in least:
                    return found
        for kind in (*most, *exactly):
            for n in self._numbers(c, kind):
                return self.impossible([self.values(x, p, n + 1, c)])
        return None

    def _has(self, x: int, p: int, count: int, c: int) -> Grounds | None:
        """That a thing has so many values that are known to differ."""
        if count == 0:
            return []
        kinds = self.objects(c, "owl:onClass")
        fit = [
            y for y in self._values(x, p) if all(self.is_a(y, kind) is not None for kind in kinds)
        ]
        for chosen in combinations(fit[: count + 8], count):
            grounds = self.all(self.different(a, b) for a, b in combinations(chosen, 2))
            if grounds is not None:
                parts = [self.holds(x, p, y) for y in chosen]
                parts += [self.is_a(y, kind) for y in chosen for kind in kinds]
                return self.all([grounds, *parts])
        return None

    def is_value_of(self, y: int, p: int, d: int) -> Grounds | None:
        """That ``y``, any value of a property, is of a class or datatype."""
        if not self.is_datatype(d):
            return self.is_a(y, d)
        spans = self.objects(p, "rdfs:range")
        names = [node.value for n in spans if isinstance(node := self.terms[n], NamedNode)]
        if not is_within(names, self.terms[d].value):
            return None
        return self.all(self.holds(p, self.of["rdfs:range"], span) for span in spans)

    def is_part_of(self, c: int, d: int) -> Grounds | None:
        """That every value of a datatype is one of another, as XML Schema defines them."""
        one, other = self.terms[c], self.terms[d]
        within = (
            isinstance(one, NamedNode)
            and isinstance(other, NamedNode)
            and is_within([one.value], other.value)
        )
        return [] if within else None

    # Helpers

    def members(self, head: int) -> list[int]:
        """The members of a list."""
        found: list[int] = []
        while head != self.of["rdf:nil"] and len(found) < len(self.terms):
            found += self.objects(head, "rdf:first")[:1]
            head = next(iter(self.objects(head, "rdf:rest")), self.of["rdf:nil"])
        return found

    def is_datatype(self, d: int) -> bool:
        """Whether a term names a datatype of XML Schema or RDF."""
        return self.holds(d, self.of["rdf:type"], self.of["rdfs:Datatype"]) is not None

    def _values(self, x: int, p: int) -> list[int]:
        found: list[int] = self.closure.index.objects(x, p).tolist()
        return found

    def _numbers(self, c: int, kind: str) -> list[int]:
        values = [self.terms[n] for n in self.objects(c, kind)]
        return [int(v.value) for v in values if isinstance(v, Literal) and v.value.isdecimal()]

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
