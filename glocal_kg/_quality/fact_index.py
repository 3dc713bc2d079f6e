"""Facts by subject and by predicate, with every literal as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from glocal_kg._rdf.namespaces import RDF

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal


def name(term: object) -> str:
    """A term as findings name it: the IRI, or the blank node.

    >>> name(NamedNode("urn:a")), name(BlankNode("b"))
    ('urn:a', '_:b')
    """
    return term.value if isinstance(term, NamedNode) else str(term)


def local_name(node: NamedNode) -> str:
    """What stands behind the last ``#`` or ``/`` of an IRI.

    >>> local_name(NamedNode("https://example.org/onto#City"))
    'City'
    """
    return node.value[max(node.value.rfind("#"), node.value.rfind("/")) + 1 :]


class FactIndex:
    """An index of quads for checks in Python; a fact that stands in two graphs counts once.

    Statements about statements (triple terms of RDF 1.2) are left out.

    >>> from pyoxigraph import DefaultGraph
    >>> a, p = NamedNode("urn:a"), NamedNode("urn:p")
    >>> FactIndex([Quad(a, p, Literal("x", language="en"), DefaultGraph())]).values(a, p)
    [<Literal value=x language=en>]
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.by_subject: dict[Node, dict[NamedNode, list[Term]]] = {}
        self.by_predicate: dict[NamedNode, list[tuple[Node, Term]]] = {}
        seen: set[tuple[Node, NamedNode, Term]] = set()
        for quad in quads:
            subject, predicate, object_, _ = quad
            if isinstance(subject, Triple) or isinstance(object_, Triple):
                continue
            if (subject, predicate, object_) in seen:
                continue
            seen.add((subject, predicate, object_))
            self.by_subject.setdefault(subject, {}).setdefault(predicate, []).append(object_)
            self.by_predicate.setdefault(predicate, []).append((subject, object_))

    def __iter__(self) -> Iterator[tuple[Node, NamedNode, Term]]:
        for predicate, pairs in self.by_predicate.items():
            for subject, object_ in pairs:
                yield subject, predicate, object_

    def __contains__(self, fact: tuple[Node, NamedNode, Term]) -> bool:
        subject, predicate, object_ = fact
        return object_ in self.by_subject.get(subject, {}).get(predicate, ())

    def values(self, subject: Node, *predicates: NamedNode) -> list[Term]:
        """The values of a subject for some properties, in the order in which they were read."""
        said = self.by_subject.get(subject, {})
        return [value for predicate in predicates for value in said.get(predicate, ())]

    def one(self, subject: Node, *predicates: NamedNode) -> Term | None:
        """The first of the values, or None."""
        found = self.values(subject, *predicates)
        return found[0] if found else None

    def nodes(self, subject: Node, *predicates: NamedNode) -> list[Node]:
        """The values that are nodes."""
        return [
            v for v in self.values(subject, *predicates) if isinstance(v, (NamedNode, BlankNode))
        ]

    def texts(self, subject: Node, *predicates: NamedNode) -> list[Literal]:
        """The values that are literals."""
        return [v for v in self.values(subject, *predicates) if isinstance(v, Literal)]

    def pairs(self, *predicates: NamedNode) -> Iterator[tuple[Node, Term]]:
        """Subject and value of every fact with one of the properties."""
        for predicate in predicates:
            yield from self.by_predicate.get(predicate, ())

    def subjects(self, predicate: NamedNode, value: Term) -> list[Node]:
        """The subjects that have a value."""
        return [subject for subject, other in self.pairs(predicate) if other == value]

    def typed(self, *classes: NamedNode) -> list[Node]:
        """The subjects that are said to be of one of the classes."""
        wanted = set(classes)
        found = (subject for subject, kind in self.pairs(RDF.type) if kind in wanted)
        return list(dict.fromkeys(found))

    def types(self, subject: Node) -> list[Term]:
        """The classes a subject is said to be of."""
        return self.values(subject, RDF.type)

    def members(self, head: Term) -> list[Term]:
        """The members of an RDF list; a list that runs in a circle ends where it closes."""
        found: list[Term] = []
        seen: set[Term] = set()
        while isinstance(head, (NamedNode, BlankNode)) and head != RDF.nil and head not in seen:
            seen.add(head)
            found += self.values(head, RDF.first)[:1]
            head = self.one(head, RDF.rest) or RDF.nil
        return found

    def above(self, start: Term, predicate: NamedNode) -> set[Term]:
        """Everything reached from a node over one property, the node itself only in a circle."""
        found: set[Term] = set()
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if isinstance(node, (NamedNode, BlankNode)):
                more = set(self.values(node, predicate)) - found
                found |= more
                waiting += more
        return found
