"""Whether facts imply a statement or an ontology: facts, and axioms about classes and properties.

A fact holds if the rules give it. An axiom holds if it holds of things of which nothing else is
known: two classes are disjoint if a thing of both is a contradiction, a property is transitive
if of any ``a p b`` and ``b p c`` follows ``a p c`` (:mod:`.prover`, :mod:`.membership`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count, product
from typing import Literal, TypeAlias

from pyoxigraph import BlankNode

from glocal_kg._engines.rl.bindings import Pattern, fill, solve
from glocal_kg._engines.rl.implied_axioms import Axioms
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
    given_up: tuple[str, ...] = ()
    """Why something was not shown, or no contradiction looked for further, though it may be."""


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
    most = prover.most
    try:
        if claims.definitions:
            prover = Membership(terms, [*rows, *claims.definitions], most)
            wrong = prover.impossible([[]])  # such as a value that is none of its datatype
            if wrong:
                return Entailment("no", terms, (), tuple(said), wrong[0])
        prover.reflexive()
    except GivenUp as error:
        return Entailment("unknown", terms, (), tuple(said), None, (str(error),))
    shown: list[tuple[Triple, tuple[Ground, ...]]] = []
    missing: list[Triple] = []
    given_up: dict[str, None] = {}
    for statement, test in claims.tests(prover):
        prover.steps = 0
        try:
            grounds = test()
        except GivenUp as error:
            grounds = None
            given_up[str(error)] = None
        about_keys = statement[1] == claims.of["owl:hasKey"]
        if grounds is None or (prover.rests_on_keys(grounds) and not about_keys):
            missing.append(statement)
        else:
            shown.append((statement, tuple(grounds)))
    if not missing:
        return Entailment("yes", terms, tuple(shown), ())
    denied = None
    try:
        denied = Prover(terms, [*rows, *said], most).impossible([[]])
    except GivenUp as error:
        given_up[str(error)] = None
    plain = complete and any(claims.is_plain_fact(statement) for statement in missing)
    return Entailment(
        "no" if denied or plain else "unknown",
        terms,
        tuple(shown),
        tuple(missing),
        denied[0] if denied else None,
        tuple(given_up),
    )


Test: TypeAlias = Callable[[], "Grounds | None"]

MADE_OF = ["intersectionOf", "unionOf", "complementOf", "oneOf"]
"""What a class with a name is said to be, as it may be said to be equivalent to one without."""
PARTS = ["onProperty", *MADE_OF, "onDatatype"]
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
        definitions = {t for t in said if t[0] in described and t[1] not in own}
        apart = headers | self.nodes.keys() | self.denials
        rest = [t for t in said if t[0] not in apart and t not in definitions]
        things = blank - described - apart
        existential = {t for t in rest if t[0] in things or t[2] in things}
        self.existential = sorted(existential)
        self.statements = [t for t in rest if t not in existential]
        self.same_as = self._same_as()
        """For statements of what a class with a name is made of, a class that is made so."""
        made = [(new, p, o) for (_, p, o), new in self.same_as.items()]
        self.definitions = [*sorted(definitions), *made]
        self.said = said
        self._things = things

    def _same_as(self) -> dict[Triple, int]:
        kinds = {self.of[f"owl:{name}"] for name in MADE_OF}
        return {t: self._new() for t in self.statements if t[1] in kinds}

    def _new(self) -> int:
        names = (BlankNode(f"claimed{n}") for n in count())
        return self.terms.add(next(name for name in names if self.terms.find(name) is None))

    def value(self, s: int, name: str) -> int:
        """The object of one of the claim's own triples."""
        p = self.of[name]
        return next((o for t, q, o in self.said if t == s and q == p), -1)

    def tests(self, prover: Membership) -> Iterable[tuple[Triple, Test]]:
        """Each statement with its test."""
        axioms = Axioms(prover)
        equivalent = self.of["owl:equivalentClass"]
        for fact in self.statements:
            shown = (fact[0], equivalent, self.same_as[fact]) if fact in self.same_as else fact
            yield fact, lambda shown=shown: axioms.show(*shown)  # type: ignore[misc]  # bound in each round
        a = self.of["rdf:type"]
        for node, kind in self.nodes.items():
            head = max(self.value(node, "owl:members"), self.value(node, "owl:distinctMembers"))
            yield (
                (node, a, self.of[f"owl:{kind}"]),
                lambda kind=kind, head=head: axioms.each_two(kind, head),  # type: ignore[misc]  # bound in each round
            )
        for node in self.denials:
            p = self.value(node, "owl:assertionProperty")
            o = max(self.value(node, "owl:targetIndividual"), self.value(node, "owl:targetValue"))
            s = self.value(node, "owl:sourceIndividual")
            yield (s, p, o), lambda fact=(s, p, o): prover.impossible([[fact]])  # type: ignore[misc]  # bound in each round
        if self.existential:
            yield self.existential[0], lambda: self.something(prover)

    def something(self, prover: Prover) -> Grounds | None:
        """That there are things for the blank nodes of which the facts hold."""
        names = {node: -1 - place for place, node in enumerate(sorted(self._things))}
        wanted: list[Pattern] = [fill(_signed(t, names), {}) for t in self.existential]
        forms = [sorted(prover.forms(o)) if o >= 0 else [o] for _, _, o in wanted]
        for chosen in product(*forms):
            patterns = [(s, p, o) for (s, p, _), o in zip(wanted, chosen, strict=True)]
            for binding in solve(prover.watched(), patterns, {}):
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
