"""What a class is, taken apart: when a thing is of it, and what follows for a thing that is.

Classes are described by lists and restrictions (unions, complements, all values of a property).
A description may be long, deep, or speak of itself: each has an end here, beyond which less is
shown, but nothing that does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, product
from math import prod

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.rl.datatypes import holds, value_key, whole_number
from glocal_kg._engines.rl.prover import MOST_LOOKS, Case, GivenUp, Grounds, Prover
from glocal_kg._engines.rl.ranges import is_within
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple

MOST_VALUES = 12
"""So many values are supposed where a restriction speaks of more: what follows from these
follows from more of them."""
MOST_CASES = 256
"""A class that splits into more cases is not split further: with less supposed, less follows."""
DEEPEST = 100
"""So deep are classes looked into that are described by others."""


class Membership(Prover):
    """A prover that knows what classes are."""

    def __init__(
        self, terms: Dictionary, triples: Iterable[Triple], most: int | None = None
    ) -> None:
        super().__init__(terms, triples, most)
        self._asked: set[tuple[int, int]] = set()  # which thing of which class is looked at

    def cases(self, x: int, c: int, above: frozenset[int] = frozenset()) -> list[Case]:
        """What it means that a thing is of a class: the cases of which one must be so.

        ``above`` are the classes in whose description this one stands.
        """
        parts: list[list[Case]] = [[[(x, self.of["rdf:type"], c)]]]
        if c in above or len(above) == DEEPEST:
            return parts[0]
        above |= {c}
        for head in self.objects(c, "owl:intersectionOf"):
            parts += [self.cases(x, member, above) for member in self.members(head)]
        for head in self.objects(c, "owl:unionOf"):
            parts.append([case for m in self.members(head) for case in self.cases(x, m, above)])
        for head in self.objects(c, "owl:oneOf"):
            same = self.of["owl:sameAs"]
            parts.append([[(x, same, member)] for member in self.members(head)])
        for p in self.objects(c, "owl:onProperty"):
            for d in self.objects(c, "owl:someValuesFrom"):
                y = self.fresh()
                if not self.is_datatype(d):
                    parts.append([[(x, p, y), *case] for case in self.cases(y, d, above)])
            for kind in ("owl:minCardinality", "owl:minQualifiedCardinality"):
                parts += [[self.values(x, p, n, c)] for n in self._numbers(c, kind)]
        split: list[list[Case]] = []
        for part in parts:
            if len(part) * prod(map(len, split)) <= MOST_CASES:
                split.append(part)
        return [[fact for case in chosen for fact in case] for chosen in product(*split)]

    def values(self, x: int, p: int, count: int, c: int) -> Case:
        """That a thing has so many different values of a property, of the class a restriction
        ``c`` speaks of."""
        new = [self.fresh() for _ in range(min(count, MOST_VALUES))]
        kinds = self.objects(c, "owl:onClass")
        facts = [(x, p, y) for y in new]
        facts += [(y, self.of["rdf:type"], kind) for y in new for kind in kinds]
        return facts + [(a, self.of["owl:differentFrom"], b) for a, b in combinations(new, 2)]

    def is_a(self, x: int, c: int) -> Grounds | None:
        """That a thing is of a class, which may be an expression."""
        term = self.terms[x]
        if c == self.of["owl:Thing"]:
            return []
        if isinstance(term, Literal) and self.is_datatype(c):
            return [] if holds(self.terms[c].value, term) else None
        asked = x, c
        if asked in self._asked or asked in self.vain or len(self._asked) == DEEPEST:
            return None
        self._asked.add(asked)
        try:
            found = self._is_a(x, c)
        finally:
            self._asked.discard(asked)
        if found is None:
            self.vain.add(asked)
        else:
            self.vain.clear()  # what was not shown may rest on it
        return found

    def _is_a(self, x: int, c: int) -> Grounds | None:
        found = self.holds(x, self.of["rdf:type"], c)
        if found is not None:
            return found
        described = self._described(x, c)
        if described is not None:
            return described
        for d in self.objects_of(c, "rdfs:subClassOf"):
            if isinstance(self.terms[d], BlankNode):
                found = self.is_a(x, d)
                if found is not None:
                    return self.all([self.holds(d, self.of["rdfs:subClassOf"], c), found])
        return None

    def by_cases(self, x: int, c: int) -> Grounds | None:
        """That a thing is of a class in each case of another that it is of: a union, or a list."""
        for d in self.objects(x, "rdf:type"):
            if not (self.objects(d, "owl:unionOf") or self.objects(d, "owl:oneOf")):
                continue
            grounds = self.holds(x, self.of["rdf:type"], d) or []
            for case in self.cases(x, d):
                case, thing = self.merged(case, x)
                with self.supposing(case):
                    found = self.is_a(thing, c)
                    if found is None:
                        found = self.impossible([[]])
                if found is None:
                    break
                grounds += found
            else:
                return grounds
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
        for value in self.objects(c, "owl:hasSelf"):
            true = value_key(self.terms[value]) == value_key(Literal(True))
            return self.holds(x, p, x) if true else None
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
        kinds = [*self.objects(c, "owl:onClass"), *self.objects(c, "owl:onDataRange")]
        fit = [
            y for y in self._values(x, p) if all(self.is_a(y, kind) is not None for kind in kinds)
        ]
        apart: dict[tuple[int, int], Grounds | None] = {}
        looks = 0

        def differ(a: int, b: int) -> bool:
            nonlocal looks
            looks += 1
            if looks > MOST_LOOKS:
                raise GivenUp("it took too many looks at combinations of things")
            if (a, b) not in apart:
                apart[a, b] = self.different(a, b)
            return apart[a, b] is not None

        chosen = _each_two(fit, count, differ)
        if chosen is None:
            return None
        parts = [apart[pair] for pair in combinations(chosen, 2)]
        parts += [self.holds(x, p, y) for y in chosen]
        parts += [self.is_a(y, kind) for y in chosen for kind in kinds]
        return self.all(parts)

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

    def _values(self, x: int, p: int) -> list[int]:
        found: list[int] = self.closure.index.objects(x, p).tolist()
        return found

    def _numbers(self, c: int, kind: str) -> list[int]:
        values = [whole_number(self.terms[n]) for n in self.objects(c, kind)]
        return [value for value in values if value is not None]


def _each_two(things: list[int], count: int, fit: Callable[[int, int], bool]) -> list[int] | None:
    """So many of some things of which each two fit together."""
    if count == 0:
        return []
    for place in range(len(things) - count + 1):
        first, *rest = things[place:]
        others = [other for other in rest if count > 1 and fit(first, other)]
        chosen = _each_two(others, count - 1, fit)
        if chosen is not None:
            return [first, *chosen]
    return None
