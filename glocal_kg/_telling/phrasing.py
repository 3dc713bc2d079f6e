"""Facts and axioms as sentences: classes by what they mean, properties as verbs.

An axiom of OWL takes many triples (a restriction, a list) and one sentence. A class without a
name is called by its meaning, "something that governs a place"; no label of a blank node is
ever shown. Axioms about properties speak of A, B and C: "if A governs B, then A is a
government".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._rdf.store.term_text import Term
from glocal_kg._telling.english import article, listing
from glocal_kg._telling.term_names import Labels, Look, Naming, code

CELLS: Final = ("rdf:first", "rdf:rest")
DEFINES: Final = (
    "owl:intersectionOf", "owl:unionOf", "owl:complementOf", "owl:oneOf", "owl:onProperty",
    "owl:someValuesFrom", "owl:allValuesFrom", "owl:hasValue", "owl:hasSelf",
    "owl:minCardinality", "owl:maxCardinality", "owl:cardinality", "owl:onClass",
    "owl:minQualifiedCardinality", "owl:maxQualifiedCardinality", "owl:qualifiedCardinality",
    "owl:onDataRange", "owl:onDatatype", "owl:withRestrictions", "owl:datatypeComplementOf",
)  # fmt: skip
"""The predicates that say together what a class is."""
_COUNTS = {
    "owl:minCardinality": "at least", "owl:minQualifiedCardinality": "at least",
    "owl:maxCardinality": "at most", "owl:maxQualifiedCardinality": "at most",
    "owl:cardinality": "exactly", "owl:qualifiedCardinality": "exactly",
}  # fmt: skip
_KINDS = {
    "owl:SymmetricProperty": ("A {p} B", "B {p} A"),
    "owl:TransitiveProperty": ("A {p} B and B {p} C", "A {p} C"),
    "owl:FunctionalProperty": ("A {p} B and A {p} C", "B is the same as C"),
    "owl:InverseFunctionalProperty": ("A {p} C and B {p} C", "A is the same as B"),
    "owl:AsymmetricProperty": ("A {p} B", "never B {p} A"),
    "owl:IrreflexiveProperty": ("A {p} B", "B is not A"),
}
LONGEST_MEANING = 600
"""Characters of what a class means; one that takes more is numbered instead."""
DEEPEST = 12
"""Things without a name within each other that are told before one is numbered instead."""

Meaning: TypeAlias = tuple[list[str], list[str]]
"""The named classes that members of a class are in, and what else is said of them."""


class Phrasing(Naming):
    """Words for facts, and for classes and other things without a name.

    Takes what :class:`.naming.Naming` takes.
    """

    def __init__(
        self, labels: Labels | None = None, look: Look | None = None, words: Labels | None = None
    ) -> None:
        super().__init__(labels, look, words)
        self._unnamed: dict[Term, int] = {}
        self._meanings: dict[Term, Meaning] = {}
        self._depth = 0

    # Facts

    def fact(self, s: Term, p: Term, o: Term) -> str:
        """A fact as a sentence without its full stop."""
        kind, value = code(p), code(o)
        if kind == "rdf:type":
            if value in _KINDS:
                when, then = (part.replace("{p}", self.verb(s)) for part in _KINDS[value])
                return f"if {when}, then {then}"
            return f"{self.name(s)} {self.predicate(o)}"
        if kind == "rdfs:subClassOf":
            return f"{self._every(s)} {self.predicate(o)}"
        if kind == "owl:equivalentClass":
            one, other = (o, s) if isinstance(s, BlankNode) else (s, o)
            return f"{self.some(one)} is the same as {self.some(other)}"
        if kind == "owl:disjointWith":
            return f"nothing {self.predicate(s)} and also {self.predicate(o)}"
        if kind in DEFINES:
            return self.definition(s) or self.statement(self.name(s), p, self.name(o))
        return self._property_axiom(s, kind, o) or self.statement(self.name(s), p, self.name(o))

    def _property_axiom(self, s: Term, kind: str, o: Term) -> str | None:
        say = self.statement
        if kind in ("rdfs:domain", "rdfs:range"):
            subject = "A" if kind == "rdfs:domain" else "B"
            return f"if {say('A', s, 'B')}, then {subject} {self.predicate(o)}"
        if kind == "rdfs:subPropertyOf":
            return f"if {say('A', s, 'B')}, then {say('A', o, 'B')}"
        if kind in ("owl:inverseOf", "owl:equivalentProperty"):
            then = say("B", o, "A") if kind == "owl:inverseOf" else say("A", o, "B")
            return f"if {say('A', s, 'B')}, then {then}, and the other way round"
        if kind == "owl:propertyDisjointWith":
            return f"never both: {say('A', s, 'B')}, and {say('A', o, 'B')}"
        if kind == "owl:propertyChainAxiom":
            links = [say(_letter(i), link, _letter(i + 1)) for i, link in enumerate(self._list(o))]
            return (
                f"if {listing(links)}, then {say('A', s, _letter(len(links)))}" if links else None
            )
        if kind == "owl:hasKey":
            keys = [f"{say('A', key, 'the same')} as B" for key in self._list(o)]
            both = f"A {self.predicate(s)} and B {self.predicate(s)}"
            return f"if {listing([both, *keys])}, then A is the same as B"
        return None

    # Classes and other things without a name

    def name(self, term: Term) -> str:
        """A thing by its label, a thing without a name by what it is."""
        if not isinstance(term, BlankNode):
            return super().name(term)
        if self._depth < DEEPEST and self._look(term, "rdf:first"):
            self._depth += 1
            members = [self.name(item) for item in self._list(term)]
            self._depth -= 1
            return f"the list ({', '.join(members)})"
        return self.some(term)

    def predicate(self, c: Term) -> str:
        """What is said of a member of a class: "is a city", "governs a place"."""
        return _and(self._said(c))

    def some(self, c: Term) -> str:
        """Any member of a class: "a city", "something that governs a place"."""
        if not isinstance(c, BlankNode):
            return "something" if code(c) == "owl:Thing" else article(self.noun(c))
        heads, clauses = self._meaning(c)
        head = article(heads[0]) if heads else "something"
        return _that(head, heads, clauses)

    def _every(self, c: Term) -> str:
        if not isinstance(c, BlankNode):
            return "everything" if code(c) == "owl:Thing" else f"every {self.noun(c)}"
        heads, clauses = self._meaning(c)
        if not heads:
            return f"whatever {_and(clauses)}"
        return _that(f"every {heads[0]}", heads, clauses)

    def definition(self, c: Term) -> str | None:
        """What a class with a name is; None for one without, as its name says it."""
        if isinstance(c, BlankNode):
            return None
        heads, clauses = self._defined(c)
        if not heads and not clauses:
            return None
        head = article(heads[0]) if heads else "something"
        return f"{self.some(c)} is the same as {_that(head, heads, clauses)}"

    def _said(self, c: Term) -> list[str]:
        if not isinstance(c, BlankNode):
            return [f"is {self.some(c)}"]
        heads, clauses = self._meaning(c)
        if not heads:
            return clauses
        return [f"is {_that(article(heads[0]), heads, clauses)}"]

    def _meaning(self, c: Term) -> Meaning:
        """What a class without a name means; a number where that is unknown or endless."""
        if c not in self._meanings:
            kinds = [
                k for k in self._look(c, "rdf:type") if isinstance(k, NamedNode) and not code(k)
            ]
            number = self._unnamed.setdefault(c, len(self._unnamed) + 1)
            numbered: Meaning = [], [f"has no name ({number})"]
            if kinds:
                numbered = [f"{self.noun(kinds[0])} without a name ({number})"], []
            self._meanings[c] = numbered  # for a class that is part of its own meaning
            self._depth += 1
            known: Meaning = self._defined(c) if self._depth <= DEEPEST else ([], [])
            self._depth -= 1
            if any(known) and sum(map(len, known[0] + known[1])) <= LONGEST_MEANING:
                del self._unnamed[c]
                self._meanings[c] = known
        return self._meanings[c]

    def _defined(self, c: Term) -> Meaning:
        heads: list[str] = []
        clauses = list(self._restriction(c))
        for member in self._members(c, "owl:intersectionOf"):
            if isinstance(member, BlankNode):
                more, others = self._meaning(member)
                heads += more
                clauses += others
            else:
                heads.append(self.noun(member))
        if members := self._members(c, "owl:unionOf"):
            clauses.append(self._either(members))
        if members := self._members(c, "owl:oneOf"):
            clauses.append(f"is {listing([self.name(member) for member in members], 'or')}")
        for predicate in ("owl:complementOf", "owl:datatypeComplementOf"):
            clauses += [f"is not {self.some(other)}" for other in self._look(c, predicate)]
        for datatype in self._look(c, "owl:onDatatype"):
            heads.append(self.noun(datatype))
            clauses.append("is within given limits")
        return heads, list(dict.fromkeys(clauses))

    def _either(self, members: list[Term]) -> str:
        if any(isinstance(member, BlankNode) for member in members):
            return listing([self.predicate(member) for member in members], "or")
        return f"is {listing([self.some(member) for member in members], 'or')}"

    def _members(self, c: Term, predicate: str) -> list[Term]:
        return [member for cell in self._look(c, predicate) for member in self._list(cell)]

    def _restriction(self, c: Term) -> Iterator[str]:
        for p in self._look(c, "owl:onProperty"):
            for value in self._look(c, "owl:someValuesFrom"):
                yield self._related(p, self.some(value))
            for value in self._look(c, "owl:hasValue"):
                yield self._related(p, self.name(value))
            for value in self._look(c, "owl:allValuesFrom"):
                yield self._related(p, f"only what {self.predicate(value)}")
            if self._look(c, "owl:hasSelf"):
                yield self._related(p, "itself")
            for kind, bound in _COUNTS.items():
                for count in self._look(c, kind):
                    yield self._related(p, f"{bound} {self._things(count, c)}")

    def _things(self, count: Term, c: Term) -> str:
        number = count.value if isinstance(count, Literal) else "some"
        one = number.lstrip("+0") == "1"
        of = self._look(c, "owl:onClass") + self._look(c, "owl:onDataRange")
        which = [f"that {self.predicate(kind)}" for kind in of if one]
        which += [f"each of which {self.predicate(kind)}" for kind in of if not one]
        return " ".join([number, "thing" if one else "things", *which])

    def _related(self, p: Term, object: str) -> str:
        """ "governs a place", said of something."""
        if isinstance(p, BlankNode):
            return f"is such that {self.statement('it', p, object)}"
        return f"{self.verb(p)} {object}"


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"A{place}"


def _and(clauses: list[str]) -> str:
    return " and ".join(clauses)


def _that(head: str, heads: list[str], clauses: list[str]) -> str:
    also = [f"is also {article(other)}" for other in heads[1:]]
    said = [*also, *clauses]
    return f"{head} that {' and '.join(said)}" if said else head
