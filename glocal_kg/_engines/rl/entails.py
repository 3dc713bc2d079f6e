"""Whether facts imply a statement or an ontology: facts, and axioms about classes and properties.

A fact holds if the rules give it. An axiom holds if it holds of things of which nothing else is
known: two classes are disjoint if a thing of both is a contradiction, a property is transitive
if of any ``a p b`` and ``b p c`` follows ``a p c`` (:mod:`.prover`, :mod:`.membership`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal, TypeAlias

from pyoxigraph import BlankNode

from glocal_kg._engines.rl.bindings import Pattern, fill, solve
from glocal_kg._engines.rl.membership import Membership
from glocal_kg._engines.rl.prover import GivenUp, Ground, Grounds, Prover
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple

Verdict: TypeAlias = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Entailment:
    """The answer, with the grounds of each statement that holds.

    "no" means that the statement contradicts the facts, or that the rules, which find all facts
    of such an ontology, do not give it; "unknown" that neither it nor its opposite was shown.
    """

    answer: Verdict
    terms: Dictionary
    shown: tuple[tuple[Triple, tuple[Ground, ...]], ...]
    """What was shown, statement by statement, and why."""
    open: tuple[Triple, ...]
    """The statements that were not shown."""
    contradiction: Ground | None = None
    """A contradiction of the facts themselves, which imply everything then; or, where the
    answer is no, of the facts with the statement."""
    given_up: bool = False
    """Whether something was not shown because that took too many suppositions."""


def entails(
    terms: Dictionary, facts: Iterable[Triple], claim: Iterable[Triple], *, complete: bool = False
) -> Entailment:
    """Whether facts imply all of a claim; all are triples of numbers of ``terms``, which grows.

    Blank nodes of the claim stand for anything, and must be none of those of the facts.
    ``complete``: the rules give every fact that follows, as the ontology is within OWL 2 RL,
    so that what they do not give is no.
    """
    said = sorted(set(claim))
    claims = _Claims(terms, said)
    rows = list(facts)
    prover = Membership(terms, rows)
    contradiction = prover.impossible([[]])
    if contradiction:
        return Entailment("yes", terms, (), (), contradiction[0])
    if claims.definitions:
        prover = Membership(terms, [*rows, *claims.definitions])
        wrong = prover.impossible([[]])  # such as a value that is none of its datatype
        if wrong:
            return Entailment("no", terms, (), tuple(said), wrong[0])
    prover.reflexive()
    shown: list[tuple[Triple, tuple[Ground, ...]]] = []
    missing: list[Triple] = []
    given_up = False
    for statement, test in claims.tests(prover):
        prover.steps = 0
        try:
            grounds = test()
        except GivenUp:
            grounds, given_up = None, True
        about_keys = statement[1] == claims.of["owl:hasKey"]
        if grounds is None or (prover.rests_on_keys(grounds) and not about_keys):
            missing.append(statement)
        else:
            shown.append((statement, tuple(grounds)))
    if not missing:
        return Entailment("yes", terms, tuple(shown), ())
    denied = Prover(terms, [*rows, *said]).impossible([[]])
    plain = complete and any(claims.is_plain_fact(statement) for statement in missing)
    return Entailment(
        "no" if denied or plain else "unknown",
        terms,
        tuple(shown),
        tuple(missing),
        denied[0] if denied else None,
        given_up,
    )


Test: TypeAlias = Callable[[], "Grounds | None"]

PARTS = ["onProperty", "intersectionOf", "unionOf", "complementOf", "oneOf", "onDatatype"]
NODES = ["AllDifferent", "AllDisjointClasses", "AllDisjointProperties"]


class _Claims:
    """A claim, taken apart: descriptions of classes that it uses, and statements to be shown."""

    def __init__(self, terms: Dictionary, said: list[Triple]) -> None:
        from glocal_kg._engines.rl.program import Vocabulary

        self.terms = terms
        self.of = Vocabulary(terms)
        a = self.of["rdf:type"]
        cells = self.of["rdf:first"], self.of["rdf:rest"]
        parts = {self.of[f"owl:{name}"] for name in PARTS}
        blank = {part for s, _, o in said for part in (s, o) if isinstance(terms[part], BlankNode)}
        described = {s for s, p, _ in said if s in blank and (p in parts or p in cells)}
        headers = {s for s, p, o in said if p == a and o == self.of["owl:Ontology"]}
        axioms = {p: self.of[f"owl:{p}"] for p in NODES}
        self.nodes = {
            s: name for s, p, o in said for name, kind in axioms.items() if p == a and o == kind
        }
        source = self.of["owl:sourceIndividual"]
        self.denials = {s for s, p, _ in said if p == source}
        own = {
            self.of["rdfs:subClassOf"],
            self.of["owl:equivalentClass"],
            self.of["owl:disjointWith"],
        }
        self.definitions = [t for t in said if t[0] in described and t[1] not in own]
        apart = headers | self.nodes.keys() | self.denials
        rest = [t for t in said if t[0] not in apart and t not in set(self.definitions)]
        things = blank - described - apart
        self.existential = [t for t in rest if t[0] in things or t[2] in things]
        self.statements = [t for t in rest if t not in set(self.existential)]
        self.said = said
        self._things = things

    def value(self, s: int, name: str) -> int:
        """The object of one of the claim's own triples."""
        p = self.of[name]
        return next((o for t, q, o in self.said if t == s and q == p), -1)

    def tests(self, prover: Membership) -> Iterable[tuple[Triple, Test]]:
        """Each statement with its test."""
        axioms = Axioms(prover)
        for fact in self.statements:
            yield fact, lambda fact=fact: axioms.show(*fact)  # type: ignore[misc]
        a = self.of["rdf:type"]
        for node, kind in self.nodes.items():
            head = max(self.value(node, "owl:members"), self.value(node, "owl:distinctMembers"))
            yield (
                (node, a, self.of[f"owl:{kind}"]),
                lambda kind=kind, head=head: axioms.each_two(kind, head),  # type: ignore[misc]
            )
        for node in self.denials:
            p = self.value(node, "owl:assertionProperty")
            o = max(self.value(node, "owl:targetIndividual"), self.value(node, "owl:targetValue"))
            s = self.value(node, "owl:sourceIndividual")
            yield (s, p, o), lambda fact=(s, p, o): prover.impossible([[fact]])  # type: ignore[misc]
        if self.existential:
            yield self.existential[0], lambda: self.something(prover)

    def something(self, prover: Prover) -> Grounds | None:
        """That there are things for the blank nodes of which the facts hold."""
        names = {node: -1 - place for place, node in enumerate(sorted(self._things))}
        wanted: list[Pattern] = [fill(_signed(t, names), {}) for t in self.existential]
        forms = [sorted(prover.forms(o)) if o >= 0 else [o] for _, _, o in wanted]
        for chosen in product(*forms):
            patterns = [(s, p, o) for (s, p, _), o in zip(wanted, chosen, strict=True)]
            for binding in solve(prover.closure.index, patterns, {}):
                return prover.all(prover.holds(*fill(pattern, binding)) for pattern in patterns)
        return None

    def is_plain_fact(self, fact: Triple) -> bool:
        """Whether a statement is of the kind that the rules give all of: about named things,
        by a property or class of one's own, or that two are the same."""
        _, p, o = fact
        if any(isinstance(self.terms[part], BlankNode) for part in fact):
            return False
        if p == self.of["rdf:type"]:
            return not _is_built_in(str(self.terms[o]))
        return p == self.of["owl:sameAs"] or not _is_built_in(str(self.terms[p]))


def _signed(fact: Triple, names: dict[int, int]) -> Pattern:
    s, p, o = (names.get(part, part) for part in fact)
    return s, p, o


def _is_built_in(iri: str) -> bool:
    from glocal_kg._engines.rl.rules import PREFIXES

    return any(iri.strip("<").startswith(prefix) for prefix in PREFIXES.values())


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
            return test(s) if test else self.prover.is_a(s, o)
        of_two = self._of_predicate.get(p)
        return of_two(s, o) if of_two else None

    def each_two(self, kind: str, head: int) -> Grounds | None:
        """That each two members of a list are different, or disjoint."""
        test = {
            "AllDifferent": self.prover.different,
            "AllDisjointClasses": self.disjoint,
            "AllDisjointProperties": self.disjoint_properties,
        }[kind]
        members = self.prover.members(head)
        return self.prover.all(test(a, b) for a, b in combinations(members, 2))

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
            with self.prover.supposing(case):
                found = self.prover.is_a(x, d)
                if found is None:
                    found = self.prover.impossible([[]])
                if found is None:
                    return None
                grounds += found
        return grounds

    def disjoint(self, c: int, d: int) -> Grounds | None:
        """That nothing is of both classes."""
        x = self.prover.fresh()
        cases, others = self.prover.cases(x, c), self.prover.cases(x, d)
        return self.prover.impossible([*one, *other] for one in cases for other in others)

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
            return self.prover.is_a(x, c)

    def range(self, p: int, c: int) -> Grounds | None:
        """That every value of the property is of a class or datatype."""
        if self.prover.is_datatype(c):
            return self.prover.is_value_of(-1, p, c)
        x, y = self.prover.fresh(), self.prover.fresh()
        with self.prover.supposing([(x, p, y)]):
            return self.prover.is_a(y, c)

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
