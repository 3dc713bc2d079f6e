"""Facts of a proof as sentences: with labels, verbs, and class descriptions instead of node ids.

A blank node that stands for a list or a class description is told by what the proof says of
it: ``thing that takes part in a glocal practice``. The facts that say so are then not told a
second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg.reasoning.rules import PREFIXES
from glocal_kg.store.facts import Term

Label: TypeAlias = Callable[[Term], str]
Fact: TypeAlias = tuple[Term, Term, Term]

VERBS = {
    "rdf:type": "is a",
    "rdfs:subClassOf": "is a kind of",
    "rdfs:subPropertyOf": "is a special case of",
    "rdfs:domain": "is said only of a",
    "rdfs:range": "has as value only a",
    "owl:sameAs": "is the same as",
    "owl:differentFrom": "is different from",
    "owl:inverseOf": "is the inverse of",
    "owl:equivalentClass": "is the same class as",
    "owl:equivalentProperty": "is the same property as",
    "owl:disjointWith": "has nothing in common with",
    "owl:complementOf": "is the opposite of",
    "owl:propertyChainAxiom": "follows from the chain",
    "owl:intersectionOf": "is all of",
    "owl:unionOf": "is any of",
    "owl:oneOf": "is one of",
    "owl:hasKey": "is told apart by",
}
_PARTS = {
    "rdf:first", "rdf:rest", "owl:onProperty", "owl:someValuesFrom", "owl:allValuesFrom",
    "owl:hasValue", "owl:maxCardinality", "owl:maxQualifiedCardinality", "owl:onClass",
    "owl:intersectionOf", "owl:unionOf", "owl:oneOf", "owl:complementOf",
}  # fmt: skip
_DEEPEST = 6


def short(term: Term) -> str:
    """A name for a term without labels: the end of its IRI, or the literal as written.

    >>> short(NamedNode("https://example.org/id/place/rome"))
    'rome'
    """
    if isinstance(term, NamedNode):
        return term.value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return term.value if isinstance(term, Literal) else str(term)


class Wording:
    """Tells the facts of one proof. ``label`` gives the names of terms."""

    def __init__(self, facts: Iterable[Fact], label: Label | None = None) -> None:
        self._label = label or short
        self._parts: dict[Term, dict[str, Term]] = defaultdict(dict)
        for s, p, o in facts:
            if isinstance(s, BlankNode) and (part := _prefixed(p)) in _PARTS:
                self._parts[s][part] = o

    def sentence(self, fact: Fact) -> str:
        """A fact as a sentence."""
        s, p, o = fact
        verb = VERBS.get(_prefixed(p)) or self._label(p)
        return f"{self.name(s)} {verb} {self.name(o)}"

    def is_told(self, fact: Fact) -> bool:
        """Whether a fact only describes a blank node, and so is told wherever that is named."""
        s, p, _ = fact
        return _prefixed(p) in _PARTS and self.name(s) != self._label(s)

    def name(self, term: Term, depth: int = 0) -> str:
        """A term by its label, a blank node by its description where there is one."""
        if isinstance(term, BlankNode) and depth < _DEEPEST:
            return self._described(term, depth + 1) or self._label(term)
        return self._label(term)

    def _described(self, node: BlankNode, depth: int) -> str:
        parts = self._parts.get(node, {})

        def told(part: str) -> str:
            return self.name(parts[part], depth)

        if "rdf:first" in parts:
            return f"({', '.join(self._members(node, depth))})"
        for part, word in (("owl:intersectionOf", " and "), ("owl:unionOf", " or ")):
            if part in parts:
                return f"({word.join(self._members(parts[part], depth))})"
        if "owl:oneOf" in parts:
            return f"one of ({', '.join(self._members(parts['owl:oneOf'], depth))})"
        if "owl:complementOf" in parts:
            return f"thing that is no {told('owl:complementOf')}"
        if "owl:onProperty" not in parts:
            return ""
        link = f"thing that {told('owl:onProperty')}"
        for part, word in (
            ("owl:someValuesFrom", "a "),
            ("owl:allValuesFrom", "only a "),
            ("owl:hasValue", ""),
            ("owl:maxCardinality", "at most "),
            ("owl:maxQualifiedCardinality", "at most "),
        ):
            if part in parts:
                kind = f" {told('owl:onClass')}" if "owl:onClass" in parts else ""
                return f"{link} {word}{told(part)}{kind}"
        return ""

    def _members(self, head: Term, depth: int) -> list[str]:
        names = []
        seen: set[Term] = set()
        while head in self._parts and head not in seen:
            seen.add(head)
            parts = self._parts[head]
            if "rdf:first" not in parts:
                break
            names.append(self.name(parts["rdf:first"], depth))
            head = parts.get("rdf:rest", head)
        return names


def _prefixed(term: Term) -> str:
    if isinstance(term, NamedNode):
        for prefix, iri in PREFIXES.items():
            if term.value.startswith(iri):
                return f"{prefix}:{term.value.removeprefix(iri)}"
    return ""
