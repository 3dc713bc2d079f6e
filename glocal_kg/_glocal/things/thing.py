"""Things of the graph as typed objects: what is said of them, by name, with nothing lost.

An object holds the facts it was read from, each in its graph and with its literals as written. So
written back unchanged it changes nothing, and a change to it is exactly the facts that differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from glocal_kg._glocal.row_queries import iri, shorten
from glocal_kg._rdf.arguments import IRI, LANGUAGE, LIST, TEXT, takes
from glocal_kg.errors import ParameterError

Term = NamedNode | BlankNode | Literal | Triple
T = TypeVar("T", bound="Thing")

GLOCAL = "https://w3id.org/glocal/ontology#"
SCHEMA = "https://schema.org/"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
DCTERMS = "http://purl.org/dc/terms/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, eq=False, repr=False)
class Thing:
    """A thing: its IRI, and every fact that says something of it, each in its graph.

    ``facts`` are those of the thing itself and of the nodes that only say more about it, such as
    a participation. ``languages`` is the order in which names are chosen. Two things are equal
    where the same is said of them.
    """

    iri: str
    facts: tuple[Quad, ...]
    languages: tuple[str, ...] = ("en",)
    read_from: tuple[Quad, ...] = ()
    """The facts as they were read, whatever was changed since; none for a new thing."""
    named_by: tuple[str, ...] = (RDFS + "label", SKOS + "prefLabel")
    """The IRIs of the properties that name things in its graph, the first first."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Thing)
            and self.iri == other.iri
            and set(self.facts) == set(other.facts)
        )

    def __hash__(self) -> int:
        return hash(self.iri)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {shorten(self.iri)}: {self.label}>"

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        rows = [
            [shorten(quad.predicate.value), shorten(iri(quad.object)) or iri(quad.object)]
            for quad in self.facts
            if iri(quad.subject) == self.iri
        ]
        return table(rows, ("property", "value"), repr(self)[1:-1])

    @cached_property
    def _by_property(self) -> dict[str, list[Quad]]:
        found: dict[str, list[Quad]] = {}
        for quad in self.facts:
            if iri(quad.subject) == self.iri:
                found.setdefault(quad.predicate.value, []).append(quad)
        return found

    @takes(property=TEXT)
    def values(self, property: str) -> tuple[Term, ...]:
        """What is said of it with a property (its IRI), as terms, each once."""
        said = (quad.object for quad in self._by_property.get(property, ()))
        return tuple(dict.fromkeys(said))

    def iris(self, property: str) -> tuple[str, ...]:
        """The IRIs of the things that a property leads to."""
        return tuple(term.value for term in self.values(property) if isinstance(term, NamedNode))

    def text(self, property: str) -> str | None:
        """A text as written, in the first language that has one, or None."""
        texts: dict[str, str] = {}
        for term in self.values(property):
            if isinstance(term, Literal):
                tag = (term.language or "").lower()
                texts[tag] = min(texts.get(tag, term.value), term.value)
        for language in (*self.languages, "en", ""):
            for tag in sorted(texts):
                if tag == language or tag.startswith(f"{language}-"):
                    return texts[tag]
        return texts[min(texts)] if texts else None

    @property
    def label(self) -> str:
        """The name in the first language that has one, else the last part of the IRI."""
        return next(filter(None, map(self.text, self.named_by)), None) or shorten(self.iri)

    @property
    def labels(self) -> dict[str, str]:
        """The names by language, the empty text for a name without one."""
        return {
            term.language or "": term.value
            for property in reversed(self.named_by)
            for term in self.values(property)
            if isinstance(term, Literal)
        }

    @property
    def description(self) -> str | None:
        """The description in the first language that has one."""
        return self.text(DCTERMS + "description")

    @property
    def types(self) -> tuple[str, ...]:
        """The IRIs of its classes, as asserted."""
        return self.iris(TYPE)

    @property
    def sources(self) -> tuple[str, ...]:
        """The graphs in which something is said of it, sorted."""
        names = {iri(q.graph_name) for q in self.facts if isinstance(q.graph_name, NamedNode)}
        return tuple(sorted(names))

    @property
    def stated_in(self) -> tuple[str, ...]:
        """The passages that state it."""
        return self.iris(GLOCAL + "statedIn")

    @takes(property=IRI, values=LIST, graph=IRI.or_none())
    def with_values(
        self: T, property: str, values: Iterable[Term | str | int], graph: str | None = None
    ) -> T:
        """The same thing with other values of a property; nothing is written.

        A ``str`` is a plain text, an ``int`` an integer; give terms for anything else. The facts
        go to ``graph``, by default to where the property was said before, else to the first
        graph of the thing. Raises ``ParameterError`` where no graph can be told.
        """
        before = self._by_property.get(property, [])
        home = (
            NamedNode(graph)
            if graph
            else next((q.graph_name for q in (*before, *self.facts)), None)
        )
        if home is None:
            raise ParameterError(
                f"No graph is known for {shorten(self.iri)}.", remedy="Give graph=."
            )
        stay = tuple(quad for quad in self.facts if quad not in before)
        terms = dict.fromkeys(_term(value) for value in values)
        same = {quad.object: quad for quad in before if not graph or quad.graph_name == home}
        made = tuple(
            same.get(term) or Quad(NamedNode(self.iri), NamedNode(property), term, home)
            for term in terms
        )
        return replace(self, facts=stay + made)

    @takes(text=TEXT, language=LANGUAGE, graph=IRI.or_none())
    def with_label(self: T, text: str, language: str = "", graph: str | None = None) -> T:
        """The same thing with another name in one language; nothing is written."""
        kept = [
            term
            for term in self.values(RDFS + "label")
            if not (isinstance(term, Literal) and (term.language or "") == language)
        ]
        made = Literal(text, language=language) if language else Literal(text)
        return self.with_values(RDFS + "label", [*kept, made], graph)


def changes(before: Thing | None, after: Thing | None) -> tuple[list[Quad], list[Quad]]:
    """The facts that go and those that come where one thing takes the place of another."""
    old = set(before.facts) if before else set()
    new = set(after.facts) if after else set()
    order = str
    return sorted(old - new, key=order), sorted(new - old, key=order)


def _term(value: Term | str | int) -> Term:
    if isinstance(value, bool | int):
        return Literal(value)
    return Literal(value) if isinstance(value, str) else value
