"""Statements about classes, properties and things, each shown by its own test.

A fact is shown by the rules; an axiom by things of which nothing else is known, as
:mod:`.prover` supposes them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from glocal_kg._engines.rl.membership import Membership
from glocal_kg._engines.rl.prover import Grounds
from glocal_kg._rdf.store.index import Triple

OF_TWO_CLASSES = ["rdfs:subClassOf", "owl:equivalentClass", "owl:disjointWith"]
OF_TWO_PROPERTIES = [
    "rdfs:subPropertyOf", "owl:equivalentProperty", "owl:propertyDisjointWith", "owl:inverseOf",
]  # fmt: skip


class Axioms:
    """Shows statements about classes, properties and things, each by its own test."""

    def __init__(self, prover: Membership) -> None:
        self.prover = prover
        self.of = prover.of
        self._of_predicate = {
            self.of[name]: test
            for name, test in {
                "rdfs:subClassOf": self.sub_class,
                "owl:equivalentClass": lambda c, d: self._both(self.sub_class, c, d),
                "owl:disjointWith": self.disjoint,
                "rdfs:subPropertyOf": self.sub_property,
                "owl:equivalentProperty": lambda p, q: self._both(self.sub_property, p, q),
                "owl:propertyDisjointWith": self.disjoint_properties,
                "owl:inverseOf": self.inverse,
                "owl:propertyChainAxiom": self.chain,
                "rdfs:domain": self.domain,
                "rdfs:range": self.range,
                "owl:differentFrom": prover.different,
                "owl:hasKey": self.key,
                "owl:disjointUnionOf": self.disjoint_union,
            }.items()
        }
        self._of_class: dict[int, Callable[[int], Grounds | None]] = {
            self.of["owl:FunctionalProperty"]: self.functional,
            self.of["owl:InverseFunctionalProperty"]: self.inverse_functional,
            self.of["owl:SymmetricProperty"]: lambda p: self._follows([(0, p, 1)], (1, p, 0)),
            self.of["owl:AsymmetricProperty"]: lambda p: self._never([(0, p, 1), (1, p, 0)]),
            self.of["owl:TransitiveProperty"]: lambda p: self._follows(
                [(0, p, 1), (1, p, 2)], (0, p, 2)
            ),
            self.of["owl:IrreflexiveProperty"]: lambda p: self._never([(0, p, 0)]),
        }

    def show(self, s: int, p: int, o: int) -> Grounds | None:
        """That a statement holds, as a fact or by what it says of all things."""
        found = self.prover.holds(s, p, o)
        if found is not None:
            return found
        if p == self.of["owl:sameAs"] and s == o:
            return []
        if p == self.of["rdf:type"]:
            test = self._of_class.get(o)
            if test:
                return test(s)
            ways = (self.prover.is_a, self.prover.by_cases, self._used)
            return self.prover.any(way(s, o) for way in ways)
        of_two = self._of_predicate.get(p)
        found = self._same_list(s, p, o)
        return of_two(s, o) if of_two and found is None else found

    def _same_list(self, s: int, p: int, head: int) -> Grounds | None:
        """That an axiom about a list is said with another list of the same members."""
        members = self.prover.members(head)
        if members:
            for other in self.prover.closure.index.objects(s, p).tolist():
                if self.prover.members(other) == members:
                    return self.prover.holds(s, p, other)
        return None

    def _used(self, s: int, kind: int) -> Grounds | None:
        """That a term is a class or a property, as a fact uses it so (RDF-Based Semantics, 5.3)."""
        of, index = self.of, self.prover.closure.index
        if kind in (of["owl:Class"], of["rdfs:Class"]):
            uses = [(name, side) for name in OF_TWO_CLASSES for side in (0, 1)]
            uses += [("rdf:type", 1), ("rdfs:domain", 1), ("rdfs:range", 1)]
        elif kind in (of["owl:ObjectProperty"], of["rdf:Property"]):
            if len(index.table(s)):
                left, right = index.pairs(s)
                return self.prover.holds(int(left[0]), s, int(right[0]))
            uses = [(name, side) for name in OF_TWO_PROPERTIES for side in (0, 1)]
            uses += [("rdfs:domain", 0), ("rdfs:range", 0)]
        else:
            return None
        for name, side in uses:
            p = of[name]
            found = index.subjects(p, s) if side else index.objects(s, p)
            for other in found[:1].tolist():
                return self.prover.holds(*((other, p, s) if side else (s, p, other)))
        return None

    def each_two(self, kind: str, head: int) -> Grounds | None:
        """That each two members of a list are different, or disjoint."""
        said = self._listed(kind, head)
        if said is not None:
            return said
        test = {
            "AllDifferent": self.prover.different,
            "AllDisjointClasses": self.disjoint,
            "AllDisjointProperties": self.disjoint_properties,
        }[kind]
        members = self.prover.members(head)
        return self.prover.all(test(a, b) for a, b in combinations(members, 2))

    def _listed(self, kind: str, head: int) -> Grounds | None:
        """That an axiom of this kind has all members of a list, be they thousands."""
        of, prover = self.of, self.prover
        members = prover.members(head)
        wanted = set(members)
        if len(wanted) < len(members):
            return None
        for axiom in prover.objects_of(of[f"owl:{kind}"], "rdf:type"):
            for name in ("owl:members", "owl:distinctMembers"):
                for other in prover.objects(axiom, name):
                    if wanted <= set(prover.members(other)):
                        facts = [(axiom, of["rdf:type"], of[f"owl:{kind}"])]
                        facts.append((axiom, of[name], other))
                        return prover.all(prover.holds(*fact) for fact in facts)
        return None

    # Classes

    def sub_class(self, c: int, d: int) -> Grounds | None:
        """That what is of one class is of another, or of one datatype of another."""
        if self.prover.is_datatype(c) and self.prover.is_datatype(d):
            return self.prover.is_part_of(c, d)
        x = self.prover.fresh()
        grounds: Grounds = []
        if c == self.of["owl:Thing"]:
            return self.prover.is_a(x, d)
        for case in self.prover.cases(x, c):
            case, thing = self.prover.merged(case, x)
            with self.prover.supposing(case):
                found = self._unless_impossible(thing, d)
                if found is None:
                    return None
                grounds += found
        return grounds

    def _unless_impossible(self, x: int, c: int) -> Grounds | None:
        """That a thing is of a class, or that what is supposed cannot be."""
        prover = self.prover
        found = prover.is_a(x, c)
        if found is None:
            found = prover.impossible([[]])
        return prover.by_cases(x, c) if found is None else found

    def disjoint_union(self, c: int, head: int) -> Grounds | None:
        """That a class is the union of the members of a list, each two of them disjoint."""
        x = self.prover.fresh()
        with self.prover.supposing([(x, self.of["owl:unionOf"], head)]):
            parts = [self.sub_class(c, x), self.sub_class(x, c)]
        return self.prover.all([*parts, self.each_two("AllDisjointClasses", head)])

    def disjoint(self, c: int, d: int) -> Grounds | None:
        """That nothing is of both classes."""
        x = self.prover.fresh()
        cases, others = self.prover.cases(x, c), self.prover.cases(x, d)
        return self.prover.impossible(
            self.prover.merged([*one, *other], x)[0] for one in cases for other in others
        )

    # Properties

    def sub_property(self, p: int, q: int) -> Grounds | None:
        """That what one property links, another links too."""
        return self._follows([(0, p, 1)], (0, q, 1))

    def disjoint_properties(self, p: int, q: int) -> Grounds | None:
        """That no two things are linked by both."""
        return self._never([(0, p, 1), (0, q, 1)])

    def inverse(self, p: int, q: int) -> Grounds | None:
        """That each links backwards what the other links."""
        return self.prover.all(
            [self._follows([(0, p, 1)], (1, q, 0)), self._follows([(0, q, 1)], (1, p, 0))]
        )

    def chain(self, p: int, head: int) -> Grounds | None:
        """That a chain of links makes a link."""
        links = self.prover.members(head)
        steps = [(place, q, place + 1) for place, q in enumerate(links)]
        return self._follows(steps, (0, p, len(links)))

    def domain(self, p: int, c: int) -> Grounds | None:
        """That what has the property is of a class."""
        x, y = self.prover.fresh(), self.prover.fresh()
        with self.prover.supposing([(x, p, y)]):
            return self._unless_impossible(x, c)

    def range(self, p: int, c: int) -> Grounds | None:
        """That every value of the property is of a class or datatype."""
        if self.prover.is_datatype(c):
            return self.prover.is_value_of(-1, p, c)
        x, y = self.prover.fresh(), self.prover.fresh()
        with self.prover.supposing([(x, p, y)]):
            return self._unless_impossible(y, c)

    def functional(self, p: int) -> Grounds | None:
        """That nothing has two values."""
        return self._follows([(0, p, 1), (0, p, 2)], (1, self.of["owl:sameAs"], 2))

    def inverse_functional(self, p: int) -> Grounds | None:
        """That no value is one of two things."""
        return self._follows([(1, p, 0), (2, p, 0)], (1, self.of["owl:sameAs"], 2))

    def key(self, c: int, head: int) -> Grounds | None:
        """That two things of a class with the same values are the same."""
        x, y = self.prover.fresh(), self.prover.fresh()
        case = [(x, self.of["rdf:type"], c), (y, self.of["rdf:type"], c)]
        for p in self.prover.members(head):
            value = self.prover.fresh()
            case += [(x, p, value), (y, p, value)]
        with self.prover.supposing(case):
            return self.prover.holds(x, self.of["owl:sameAs"], y)

    def _follows(self, links: list[Triple], link: Triple) -> Grounds | None:
        """That of any links between any things another follows, or that they cannot be."""
        named = self._things([*links, link])
        with self.prover.supposing(named[:-1]):
            return self.prover.holds(*named[-1]) or self.prover.impossible([[]])

    def _never(self, links: list[Triple]) -> Grounds | None:
        return self.prover.impossible([self._things(links)])

    def _things(self, links: list[Triple]) -> list[Triple]:
        """Links between things by place, as links between new things."""
        new = {place: self.prover.fresh() for s, _, o in links for place in (s, o)}
        return [(new[s], p, new[o]) for s, p, o in links]

    def _both(self, test: Callable[[int, int], Grounds | None], a: int, b: int) -> Grounds | None:
        return self.prover.all([test(a, b), test(b, a)])
