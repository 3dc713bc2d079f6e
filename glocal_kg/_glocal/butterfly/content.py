"""What is on an ideal map, read from the graph. Nothing here knows how it will look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._questions.parameters import read_iri
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.languages import folded
from glocal_kg._rdf.namespaces import DCTERMS, RDF, SCHEMA, SKOS
from glocal_kg._rdf.sparql.solutions import solutions
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.vocab import GLOCAL, shorten
from glocal_kg.errors import GlocalError, NotFoundError, ParameterError

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple

KINDS = {
    "principles": GLOCAL.Principle,
    "adverse": GLOCAL.AdverseTrend,
    "favorable": GLOCAL.FavorableTrend,
    "areas": GLOCAL.AreaOfAttraction,
}

_ELEMENTS = f"""
PREFIX glocal: <{GLOCAL}>
PREFIX schema: <{SCHEMA}>
SELECT ?map ?kind ?component ?element ?position WHERE {{
  ?placement glocal:onMap ?map ; glocal:element ?element .
  ?element a ?kind .
  OPTIONAL {{ ?placement glocal:partOf ?list . ?list glocal:partOf ?map }}
  OPTIONAL {{ ?placement schema:position ?position }}
  BIND (COALESCE(?list, ?map) AS ?component)
}}
"""
# What the picture says by itself: a printed text that is not the name of an element.
_PICTURE = f"""
PREFIX glocal: <{GLOCAL}>
PREFIX schema: <{SCHEMA}>
SELECT ?map ?element ?position WHERE {{
  ?element glocal:partOf ?map ; schema:text ?text .
  FILTER NOT EXISTS {{ ?element glocal:about ?named }}
  OPTIONAL {{ ?element schema:position ?position }}
}}
"""


class HasFacts(Protocol):
    """Anything with facts, such as a ``KnowledgeGraph``."""

    @property
    def all_facts(self) -> Facts:
        """The quads."""


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the graph with its label: ``iri`` is empty for a blank node.

    ``language`` is the tag of the label that was found, which need not be the one asked for.
    ``printed`` is what the picture of the source shows instead of the label, such as a sign.
    """

    iri: str
    label: str
    language: str = ""
    definition: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The elements of one kind, in order, and the component of the map that holds them.

    ``heading`` is None where they are on the map itself, in no list of it.
    """

    heading: Element | None
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class MapContent:
    """All that a picture of an ideal map shows: elements, mottos, and poles known by a sign."""

    map: Element
    principles: Group
    adverse: Group
    favorable: Group
    areas: Group
    mottos: tuple[Element, ...] = ()
    poles: tuple[Element, ...] = ()


def read_map(
    source: Facts | HasFacts,
    *,
    map: NamedNode | str | None = None,
    languages: Sequence[str] = ("en",),
) -> MapContent:
    """The content of one ideal map, from all graphs together.

    ``map`` is its IRI, in full or as prefix:name; it may be left out where there is one only.
    Labels are taken in the first of the languages that has one, else in English, else untagged,
    else in any.

    Raises ``NotFoundError`` where there is no such map or no element on it, ``GlocalError``
    where the graph has several maps and none was named, ``ParameterError`` where ``map`` is no
    IRI.

    >>> read_map(Facts.of([]))
    Traceback (most recent call last):
        ...
    glocal_kg.errors.NotFoundError: The graph has no ideal map. Start from gk.load(), or add one.
    """
    facts = source if isinstance(source, Facts) else source.all_facts
    node = _the_map(facts, map)
    groups = {name: _group(facts, node, kind, languages) for name, kind in KINDS.items()}
    if not any(group.elements for group in groups.values()):
        raise NotFoundError(
            f"The map {shorten(node.value)} has no principle, trend or area of attraction.",
            remedy="Place its elements with a glocal:Placement each: glocal:element, glocal:onMap, "
            "schema:position.",
        )
    beside = [
        replace(_element(facts, shown, languages), printed=_printed(facts, shown, languages))
        for shown in _in_order(_rows(facts, _PICTURE, node))
    ]
    return MapContent(
        map=_element(facts, node, languages),
        poles=tuple(element for element in beside if _is_sign(element.printed)),
        mottos=tuple(element for element in beside if not _is_sign(element.printed)),
        **groups,
    )


def _the_map(facts: Facts, wanted: NamedNode | str | None) -> NamedNode:
    maps = sorted(
        {
            quad.subject.value
            for quad in facts.quads_for_pattern(None, RDF.type, GLOCAL.IdealMap, None)
            if isinstance(quad.subject, NamedNode)
        }
    )
    listed = ", ".join(shorten(iri) for iri in maps[:5])
    if wanted is not None:
        try:
            node = read_iri(wanted)
        except (TypeError, ValueError) as error:
            named = [one for one in maps if _is_called(facts, one, wanted)]
            if len(named) == 1:
                return NamedNode(named[0])
            raise ParameterError(
                f"The map {wanted!r} is no IRI and the name of {len(named) or 'no'} map"
                f"{'s' if named else ''}.",
                remedy=f"Take one of {', '.join(map(shorten, named or maps[:5]))}."
                if maps
                else "Give it in full or as prefix:name, such as map:butterfly-2002.",
            ) from error
        if node.value not in maps:
            raise NotFoundError(
                f"The graph has no ideal map {shorten(node.value)}.",
                remedy=f"It has {listed}." if maps else "It has no ideal map at all.",
            )
        return node
    if not maps:
        raise NotFoundError(
            "The graph has no ideal map.", remedy="Start from gk.load(), or add one."
        )
    if len(maps) > 1:
        raise GlocalError(f"The graph has {len(maps)} ideal maps.", remedy=f"Name one: {listed}.")
    return NamedNode(maps[0])


def _is_called(facts: Facts, iri: str, name: object) -> bool:
    """Whether a map has a name, in any language, accents and case apart."""
    return any(
        isinstance(quad.object, Literal) and folded(quad.object.value) == folded(str(name))
        for p in (*label_properties_of(facts), SKOS.altLabel, DCTERMS.title)
        for quad in facts.quads_for_pattern(NamedNode(iri), p)
    )


def _group(facts: Facts, map: NamedNode, kind: NamedNode, languages: Sequence[str]) -> Group:
    rows = _rows(facts, _ELEMENTS, map, kind)
    elements = _in_order(rows)
    lists = (row[0] for row in rows if row[0] != map)
    component = min(lists, key=str, default=None)
    return Group(
        None if component is None else _element(facts, component, languages),
        tuple(_element(facts, element, languages) for element in elements),
    )


# The component (or None), the element, and its position where it has one.
Row = tuple[Node | None, Node, float | None]


def _rows(facts: Facts, query: str, map: NamedNode, kind: NamedNode | None = None) -> list[Row]:
    given: dict[str, Term] = {"map": map} if kind is None else {"map": map, "kind": kind}
    found: list[Row] = []
    for solution in solutions(query, facts, given):
        component, element = solution.get("component"), solution["element"]
        if isinstance(element, Node) and isinstance(component, Node | None):
            found.append((component, element, _number(solution.get("position"))))
    return found


def _number(term: object) -> float | None:
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None


def _in_order(rows: Iterable[Row]) -> list[Node]:
    """By position; what has none follows, by IRI."""
    positions: dict[Node, float] = {}
    for _, element, position in rows:
        given = float("inf") if position is None else position
        positions[element] = min(given, positions.get(element, float("inf")))
    return sorted(positions, key=lambda node: (positions[node], str(node)))


def _element(facts: Facts, node: Node, languages: Sequence[str]) -> Element:
    iri = node.value if isinstance(node, NamedNode) else ""
    for predicate in label_properties_of(facts):
        label = _text(facts, node, predicate, languages)
        if label is not None:
            definition = _text(facts, node, SKOS.definition, languages)
            return Element(iri, label[0], label[1], definition[0] if definition else "")
    # A node without any label is shown by the end of its IRI, so that it is seen and can be found.
    return Element(iri, iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or "?")


def _text(
    facts: Facts, node: Node, predicate: NamedNode, languages: Sequence[str]
) -> tuple[str, str] | None:
    """The value in the first language that has one, else English, else untagged, else any."""
    values = sorted(
        {
            (quad.object.language or "", quad.object.value)
            for quad in facts.quads_for_pattern(node, predicate, None, None)
            if isinstance(quad.object, Literal) and quad.object.value.strip()
        }
    )
    for wanted in (*languages, "en", ""):
        for tag, value in values:
            if tag.lower() == wanted.lower() or (
                wanted and tag.lower().startswith(wanted.lower().split("-")[0] + "-")
            ):
                return value, tag
        if "-" in wanted:  # a reader of it-CH is served by it
            for tag, value in values:
                if tag.lower() == wanted.lower().split("-")[0]:
                    return value, tag
    return (values[0][1], values[0][0]) if values else None


def _printed(facts: Facts, node: Node, languages: Sequence[str]) -> str:
    found = _text(facts, node, SCHEMA.text, languages)
    return found[0].strip() if found else ""


def _is_sign(text: str) -> bool:
    return len(text) == 1 and not text.isalnum()
