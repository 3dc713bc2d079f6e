"""Graphs to reason over: written in Turtle, or drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from glocal_kg._engines.rl import Closure
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._rdf.store.dictionary import Dictionary

EX = "https://example.org/"
HEAD = f"@prefix ex: <{EX}> . " + " ".join(
    f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()
)


@dataclass
class Graph:
    """Triples of numbers and the table they belong to."""

    terms: Dictionary
    rows: list[tuple[int, int, int]]

    @property
    def triples(self) -> np.ndarray:
        return np.array(self.rows, np.int32).reshape(-1, 3)

    def number(self, name: str) -> int:
        """The number of ``ex:rome``, or of a bare word in the example namespace."""
        prefix, _, local = name.rpartition(":")
        return self.terms.add(NamedNode(PREFIXES.get(prefix, EX) + local))

    def fact(self, text: str) -> tuple[int, int, int]:
        (row,) = read(text, self.terms)
        return row

    def close(self, **options: object) -> Closure:
        return Closure(self.terms, self.triples, **options)

    def says(self, closure: Closure) -> set[str]:
        """The inferred facts as text, in short names."""
        return {self.told(row) for row in closure.inferred.tolist()}

    def told(self, row: tuple[int, int, int]) -> str:
        parts = []
        for number in row:
            text = str(self.terms[number])
            for prefix, iri in {"ex": EX, **PREFIXES}.items():
                text = text.replace(f"<{iri}", f"<{prefix}:")
            parts.append(text.strip("<>"))
        return " ".join(parts)


def read(text: str, terms: Dictionary) -> list[tuple[int, int, int]]:
    quads = parse(f"{HEAD} {text} .", format=RdfFormat.TURTLE)
    add = terms.add
    return [(add(q.subject), add(q.predicate), add(q.object)) for q in quads]


@pytest.fixture(scope="session")
def turtle() -> Callable[[str], Graph]:
    def build(text: str) -> Graph:
        terms = Dictionary()
        return Graph(terms, read(text, terms) if text else [])

    return build


@pytest.fixture(scope="session")
def graphs() -> st.SearchStrategy[Graph]:
    return random_graphs()


@pytest.fixture(scope="session")
def graphs_of_values() -> st.SearchStrategy[Graph]:
    return random_values()


@pytest.fixture(scope="session")
def graphs_of_both() -> st.SearchStrategy[Graph]:
    return random_mixtures()


@st.composite
def random_mixtures(draw: st.DrawFn) -> Graph:
    """Axioms and data of both kinds below, about the same classes, properties and things."""
    graph, other = draw(random_graphs()), draw(random_values())

    def own(number: int) -> int:
        term = other.terms[number]
        alone = isinstance(term, BlankNode) and term.value[0] in "ln"  # cells of lists, and nodes
        return graph.terms.add(BlankNode(f"v{term.value}") if alone else term)

    graph.rows += [(own(s), own(p), own(o)) for s, p, o in other.rows]
    return graph


@st.composite
def random_graphs(draw: st.DrawFn) -> Graph:
    """A small ontology of any axioms of OWL 2 RL, and data on the same few names."""
    graph = Graph(Dictionary(), [])
    n = graph.number
    classes = [n(f"C{i}") for i in range(5)] + [n("owl:Thing")]
    restrictions = [graph.terms.add(BlankNode(f"r{i}")) for i in range(4)]
    classes += restrictions
    links = [n(f"p{i}") for i in range(4)]
    values = [n(f"d{i}") for i in range(2)]
    things = [n(f"x{i}") for i in range(6)]
    texts = [graph.terms.add(Literal(f"v{i}")) for i in range(3)]
    count = NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")
    counts = [graph.terms.add(Literal(str(i), datatype=count)) for i in range(2)]

    def one(items: list[int]) -> int:
        return draw(st.sampled_from(items))

    def add(s: int, p: str | int, o: int | str) -> None:
        graph.rows.append((s, n(p) if isinstance(p, str) else p, n(o) if isinstance(o, str) else o))

    def listed(items: list[int], most: int) -> int:
        head = n("rdf:nil")
        for item in draw(st.lists(st.sampled_from(items), min_size=1, max_size=most)):
            cell = graph.terms.add(BlankNode(f"l{len(graph.rows)}"))
            add(cell, "rdf:first", item)
            add(cell, "rdf:rest", head)
            head = cell
        return head

    def restriction(kind: str, value: int) -> None:
        node = one(restrictions)
        add(node, "owl:onProperty", one(links))
        add(node, kind, value)
        if "Qualified" in kind:
            add(node, "owl:onClass", one(classes))

    kinds = ["Symmetric", "Transitive", "Functional", "InverseFunctional", "Asymmetric"]
    kinds.append("Irreflexive")

    def axiom(kind: int) -> None:
        match kind:
            case 0 | 1:
                add(one(classes), "rdfs:subClassOf", one(classes))
            case 2:
                add(one(links), "rdfs:subPropertyOf", one(links))
            case 3:
                add(one(links + values), "rdfs:domain", one(classes))
            case 4:
                add(one(links), "rdfs:range", one(classes))
            case 5:
                add(one(links), "owl:inverseOf", one(links))
            case 6 | 7:
                add(one(links), "rdf:type", f"owl:{draw(st.sampled_from(kinds))}Property")
            case 8:
                add(one(links), "owl:propertyChainAxiom", listed(links, 3))
            case 9:
                restriction("owl:someValuesFrom", one(classes))
            case 10:
                restriction("owl:allValuesFrom", one(classes))
            case 11:
                restriction("owl:hasValue", one(things + texts))
            case 12:
                restriction("owl:maxCardinality", one(counts))
            case 13:
                restriction("owl:maxQualifiedCardinality", one(counts))
            case 14:
                add(one(classes), "owl:intersectionOf", listed(classes, 3))
            case 15:
                add(one(classes), "owl:unionOf", listed(classes, 3))
            case 16:
                add(one(classes), "owl:oneOf", listed(things, 3))
            case 17:
                add(one(classes), "owl:equivalentClass", one(classes))
            case 18:
                add(one(links), "owl:equivalentProperty", one(links))
            case 19:
                add(one(classes), "owl:disjointWith", one(classes))
            case 20:
                add(one(classes), "owl:complementOf", one(classes))
            case 21:
                add(one(classes), "owl:hasKey", listed(links + values, 2))
            case 22:
                add(one(classes), "rdf:type", "owl:Class")
            case 23:
                names = things + classes + links
                add(one(names), "owl:sameAs", one(names))
            case 24:
                add(one(things), "owl:differentFrom", one(things))
            case _:
                add(one(links), "rdf:type", "owl:ObjectProperty")

    for kind in draw(st.lists(st.integers(0, 25), max_size=9)):
        axiom(kind)
    for _ in range(draw(st.integers(1, 8))):
        add(one(things), "rdf:type", one(classes))
        add(one(things), one(links), one(things))
        add(one(things), one(links), one(things))
        add(one(things), one(values), one(texts))
    return graph


FORMS = [
    ("1", "integer"), ("01", "integer"), ("1.0", "decimal"), ("2", "integer"), ("300", "short"),
    ("1", "string"), ("a", "string"), ("a", "token"), ("true", "boolean"), ("1", "boolean"),
    ("0.0", "double"), ("-0.0", "double"), ("x", "integer"), ("P1D", "duration"),
    ("PT24H", "dayTimeDuration"), ("2002", "gYear"),
]  # fmt: skip
"""Values in several forms, and a form that is none of its datatype."""

TYPES = ["integer", "byte", "decimal", "string", "token", "boolean", "double", "duration"]


@st.composite
def random_values(draw: st.DrawFn) -> Graph:
    """Axioms about values and datatypes, and data in several forms on the same few names."""
    graph = Graph(Dictionary(), [])
    n = graph.number
    xsd = PREFIXES["xsd"]
    literals = [
        graph.terms.add(Literal(form, datatype=NamedNode(xsd + kind)))
        for form, kind in draw(st.lists(st.sampled_from(FORMS), min_size=2, max_size=6))
    ]
    values = [n(f"d{i}") for i in range(4)]
    classes = [n(f"C{i}") for i in range(3)]
    datatypes = [n(f"xsd:{name}") for name in draw(st.sets(st.sampled_from(TYPES), min_size=1))]
    datatypes.append(n("D"))
    things = [n(f"x{i}") for i in range(4)]
    restrictions = [graph.terms.add(BlankNode(f"r{i}")) for i in range(3)]
    counts = [
        graph.terms.add(Literal(form, datatype=NamedNode(xsd + kind)))
        for form, kind in [("0", "integer"), ("1", "nonNegativeInteger"), ("1", "string")]
    ]

    def one(items: list[int]) -> int:
        return draw(st.sampled_from(items))

    def add(s: int, p: str | int, o: int | str) -> None:
        graph.rows.append((s, n(p) if isinstance(p, str) else p, n(o) if isinstance(o, str) else o))

    def listed(items: list[int]) -> int:
        head = n("rdf:nil")
        for item in draw(st.lists(st.sampled_from(items), min_size=1, max_size=3)):
            cell = graph.terms.add(BlankNode(f"l{len(graph.rows)}"))
            add(cell, "rdf:first", item)
            add(cell, "rdf:rest", head)
            head = cell
        return head

    def node(kind: str) -> int:
        made = graph.terms.add(BlankNode(f"n{len(graph.rows)}"))
        add(made, "rdf:type", kind)
        return made

    def restriction(kind: str, value: int) -> None:
        made = one(restrictions)
        add(made, "owl:onProperty", one(values))
        add(made, kind, value)

    def axiom(kind: int) -> None:
        match kind:
            case 0:
                add(one(values), "rdf:type", "owl:FunctionalProperty")
            case 1:
                add(one(values), "rdf:type", "owl:InverseFunctionalProperty")
            case 2:
                add(one(classes), "owl:hasKey", listed(values))
            case 3:
                add(one(values), "rdfs:range", one(datatypes))
            case 4:
                add(one(values), "rdfs:subPropertyOf", one(values))
            case 5:
                restriction("owl:hasValue", one(literals))
            case 6:
                restriction("owl:someValuesFrom", one(datatypes))
            case 7:
                restriction("owl:allValuesFrom", one(datatypes))
            case 8:
                restriction("owl:maxCardinality", one(counts))
            case 9:
                add(one(datatypes), "rdfs:subClassOf", one(datatypes))
            case 10:
                add(one(datatypes), "owl:oneOf", listed(literals))
            case 11:
                add(one(values), "owl:propertyDisjointWith", one(values))
            case 12:
                add(node("owl:AllDisjointProperties"), "owl:members", listed(values))
            case 13:
                add(node("owl:AllDisjointClasses"), "owl:members", listed(classes + datatypes))
            case 14:
                add(node("owl:AllDifferent"), "owl:distinctMembers", listed(things))
            case 15:
                denied = node("owl:NegativePropertyAssertion")
                add(denied, "owl:sourceIndividual", one(things))
                add(denied, "owl:assertionProperty", one(values))
                add(denied, "owl:targetValue", one(literals))
            case 16:
                add(one(restrictions), "rdfs:subClassOf", one(classes))
            case 17:
                add(one(classes), "rdfs:subClassOf", one(restrictions))
            case _:
                add(one(things), "owl:sameAs", one(things))

    for kind in draw(st.lists(st.integers(0, 18), max_size=7)):
        axiom(kind)
    for _ in range(draw(st.integers(1, 6))):
        add(one(things), "rdf:type", one(classes))
        add(one(things), one(values), one(literals))
        add(one(things), one(values), one(literals))
    return graph
