"""How ratings, networks, maps and reports ask a graph: rows of terms, sources, names, places.

Only what sources say is asked, unless interpretations are wanted. A fact is read in the graph in
which it stands, so that each result can name what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._rdf.labels import label_properties
from glocal_kg._study import packaged
from glocal_kg._study.vocab import INFERRED, INFERRED_INTERPRETED
from glocal_kg.errors import ArgumentError, GlocalError

INTERPRETATION = "https://w3id.org/glocal/graph/interpretation"

Term = Any
Row = dict[str, Term]

PREFIXES = """
PREFIX glocal: <https://w3id.org/glocal/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX role: <https://w3id.org/glocal/id/role/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

# What counts as a practice, and as a place, where no ontology is at hand to say so.
_BELOW = {
    "Practice": ("Practice", "Project", "Program", "GlocalPractice"),
    "City": ("City",),
    "Assessment": ("Assessment", "SyntheticAssessment"),
}


class Asks(Protocol):
    """A knowledge graph, as far as it is asked here."""

    languages: tuple[str, ...]

    def query(self, sparql: str, *, inferred: bool = True) -> Any:
        """The answer to a SPARQL query."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Which named graphs are read: all that hold what sources say, some, or the user's own.

    ``wanted`` are IRIs of graphs, or the word ``mine``; none means all. ``interpretations``
    reads the graphs of readings too.
    """

    wanted: tuple[str, ...] = ()
    interpretations: bool = False

    def filter(self, variable: str = "?source") -> str:
        """A SPARQL filter on the variable of the graph."""
        terms = []
        if not self.interpretations:
            terms.append(f'!STRSTARTS(STR({variable}), "{INTERPRETATION}")')
        if self.wanted:
            others = [*sorted(packaged.graphs()), INFERRED.value, INFERRED_INTERPRETED.value]
            ours = ", ".join(f"<{name}>" for name in others)
            mine = f"{variable} NOT IN ({ours})"
            either = [mine if one == "mine" else f"{variable} = <{one}>" for one in self.wanted]
            terms.append(f"({' || '.join(either)})")
        return f"FILTER({' && '.join(terms)})" if terms else ""


def sources_of(source: str | NamedNode | Sequence[str] | None, interpretations: bool) -> Sources:
    """The sources that a caller names; ``GlocalError`` for what names no graph.

    >>> sources_of("mine", False).wanted
    ('mine',)
    """
    listed = isinstance(source, list | tuple | set | frozenset)
    if not (source is None or isinstance(source, str | NamedNode) or listed):
        raise ArgumentError("source", source, "the IRI of a graph, 'mine', or a list of these")
    given = () if source is None else (source,) if isinstance(source, str | NamedNode) else source
    names = tuple(one.value if isinstance(one, NamedNode) else str(one) for one in given)
    for name in names:
        try:
            NamedNode("urn:x" if name == "mine" else name)
        except ValueError as error:
            raise GlocalError(
                f"'{name}' names no source: {error}.",
                remedy="Give the IRI of a graph in full, or 'mine'.",
            ) from None
    return Sources(names, interpretations)


class Once:
    """A graph whose answers are kept, for what asks the same several times while nothing changes.

    A map asks for two networks, which need the same participants and names. Nodes without a name
    have one of their own on each reading of a file; here they are numbered by what is said of
    them, so that nothing that is made of the answers changes from run to run.
    """

    def __init__(self, kg: Asks, languages: Sequence[str] = ()) -> None:
        self.languages = tuple(languages or kg.languages)
        self._kg = kg
        self._answers: dict[tuple[str, bool], list[Row]] = {}
        self._numbers: dict[str, BlankNode] | None = None

    def query(self, sparql: str, *, inferred: bool = True) -> Any:
        """The answer to a SPARQL query."""
        return self._kg.query(sparql, inferred=inferred)

    def rows(self, sparql: str, nameless: bool = True) -> list[Row]:
        """The rows of a query as ``rows`` gives them, as they were the first time."""
        found = self._answers.get((sparql, nameless))
        if found is None:
            found = list(_asked(self._kg, sparql))
            if nameless:
                found = [self._numbered(row) for row in found]
            self._answers[sparql, nameless] = found
        return found

    def _numbered(self, row: Row) -> Row:
        if not any(isinstance(term, BlankNode) for term in row.values()):
            return row
        if self._numbers is None:
            self._numbers = _numbers_of_nameless(self._kg)
        known = self._numbers
        return {
            name: known.get(term.value, term) if isinstance(term, BlankNode) else term
            for name, term in row.items()
        }


def rows(kg: Asks, sparql: str, *, nameless: bool = True) -> Iterable[Row]:
    """The rows of a SELECT query on asserted facts: terms by name, unbound cells left out.

    Who looks for no nameless node says so, and spares their numbering.
    """
    return kg.rows(sparql, nameless) if isinstance(kg, Once) else _asked(kg, sparql)


def _asked(kg: Asks, sparql: str) -> Iterator[Row]:
    table = kg.query(PREFIXES + sparql, inferred=False)
    for cells in table.terms:
        yield {
            name: term for name, term in zip(table.columns, cells, strict=True) if term is not None
        }


def _numbers_of_nameless(kg: Asks) -> dict[str, BlankNode]:
    """Nodes without a name, numbered by their facts, and by those of their neighbors."""
    said: dict[str, list[tuple[str, Term]]] = {}
    for row in _asked(kg, _OF_NAMELESS):
        for node, way, other in ((row["s"], ">", row["o"]), (row["o"], "<", row["s"])):
            if isinstance(node, BlankNode):
                said.setdefault(node.value, []).append((f"{way}{row['p']}", other))
    keys = dict.fromkeys(said, "")
    for _ in range(3):  # each round looks one step further
        keys = {
            node: sha256(
                repr(
                    sorted(
                        (way, keys[other.value] if isinstance(other, BlankNode) else str(other))
                        for way, other in facts
                    )
                ).encode()
            ).hexdigest()
            for node, facts in said.items()
        }
    ordered = sorted(said, key=lambda node: keys[node])
    return {node: BlankNode(f"n{place}") for place, node in enumerate(ordered, 1)}


_OF_NAMELESS = """SELECT DISTINCT ?s ?p ?o {
  GRAPH ?g { ?s ?p ?o } FILTER(ISBLANK(?s) || ISBLANK(?o)) }"""


def classes(kg: Asks, name: str) -> str:
    """The classes at and below one of ours, as SPARQL values: the ontology's and the user's."""
    known = " ".join(f"glocal:{one}" for one in _BELOW[name])
    found = {
        row["class"].value
        for row in rows(
            kg, f"SELECT DISTINCT ?class {{ VALUES ?of {{ {known} }} ?class rdfs:subClassOf+ ?of }}"
        )
        if isinstance(row["class"], NamedNode)
    }
    return " ".join([known, *(f"<{iri}>" for iri in sorted(found))])


def iri(term: Term) -> str:
    """The name of a node: its IRI, or ``_:x`` for a blank node."""
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term.value)


def number(term: Term) -> float | None:
    """A literal as a number, or None."""
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None


@dataclass
class ThingNames:
    """Names, kinds and places of things, read once for all of them."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)

    def name(self, node: str) -> str:
        """The name in the first language of the graph that has one, else English, else any."""
        found = self.names.get(node, {})
        for language in (*self.languages, "en", ""):
            for tag in sorted(found):
                if tag == language or tag.startswith(f"{language}-"):
                    return found[tag]
        return found[min(found)] if found else shorten(node)


def things(kg: Asks, wanted: Iterable[str]) -> ThingNames:
    """What is known of things: their names in all languages, their classes, where they lie.

    An actor that governs a place lies there.
    """
    asked = set(wanted)
    nameless = any(name.startswith("_:") for name in asked)
    found = ThingNames(languages=tuple(kg.languages))
    known = label_properties_in(kg)
    for properties in (known[:2], known[2:]):  # one's own, where the usual ones find nothing
        named = frozenset(found.names)
        listed = " ".join(map(str, properties))
        for row in rows(kg, _NAMES.format(listed), nameless=nameless) if listed else ():
            node, label = iri(row["x"]), row["label"]
            if node in asked and node not in named and isinstance(label, Literal):
                said = found.names.setdefault(node, {})
                tag = (label.language or "").lower()
                said[tag] = min(said.get(tag, label.value), label.value)
    for row in rows(kg, _CLASSES, nameless=nameless):
        node = iri(row["x"])
        if node in asked and isinstance(row["class"], NamedNode):
            kind = shorten(row["class"].value)
            found.kinds[node] = min(found.kinds.get(node, kind), kind)
    for row in rows(kg, _PLACES, nameless=nameless):
        node, lat, lon = iri(row["x"]), number(row["lat"]), number(row["lon"])
        if node in asked and lat is not None and lon is not None:
            here = (lat, lon)
            found.places[node] = min(found.places.get(node, here), here)
    return found


def label_properties_in(kg: Asks) -> tuple[NamedNode, ...]:
    """The properties that things are named by: the usual two, then the user's own."""
    declared = list(rows(kg, _PROPERTIES_BELOW, nameless=False))
    return label_properties(lambda p: [row["below"] for row in declared if row["above"] == p])


def class_names(kg: Asks, kinds: Iterable[str]) -> dict[str, str]:
    """What a reader calls our classes, by the last part of their IRI; as it is where unknown."""
    wanted = sorted({kind for kind in kinds if kind.isidentifier()})
    found = ThingNames(languages=tuple(kg.languages))
    if wanted:
        listed = " ".join(f"glocal:{kind}" for kind in wanted)
        asked = f"SELECT ?x ?label {{ VALUES ?x {{ {listed} }} ?x rdfs:label ?label }}"
        for row in rows(kg, asked):
            tag = (row["label"].language or "").lower()
            found.names.setdefault(shorten(iri(row["x"])), {})[tag] = row["label"].value
    return {kind: found.name(kind) for kind in wanted}


# No FILTER: over all names of a graph it would take longer than the rest.
_NAMES = "SELECT DISTINCT ?x ?label {{ VALUES ?p {{ {} }} ?x ?p ?label }}"
_PROPERTIES_BELOW = "SELECT DISTINCT ?below ?above { ?below rdfs:subPropertyOf ?above }"
_CLASSES = "SELECT DISTINCT ?x ?class { ?x a ?class }"
_PLACES = """SELECT DISTINCT ?x ?lat ?lon {
  { ?x geo:lat ?lat ; geo:long ?lon } UNION { ?x glocal:governs/geo:lat ?lat ;
    glocal:governs/geo:long ?lon }
}"""


def shorten(name: str) -> str:
    """The last part of an IRI, for where there is no label.

    >>> shorten("https://w3id.org/glocal/id/place/rome")
    'rome'
    """
    return name.rstrip("/#").replace("#", "/").rpartition("/")[2] or name
