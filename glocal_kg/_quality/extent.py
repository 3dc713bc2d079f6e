"""What an item looks at, and why it is not checked where there is none of that.

The number of things looked at is part of the result: an item that passes has seen something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import MATCHES
from glocal_kg._rdf.namespaces import BIBO, DCAT, DCTERMS, GEO, OWL, PROV, RDF, RDFS, SCHEMA, VOID
from glocal_kg._rdf.store.facts import Facts as QuadFacts
from glocal_kg._study.vocab import BASE, GLOCAL


@dataclass(frozen=True, slots=True)
class Scope:
    """A kind of thing: what several are called, how they are counted, why there are none."""

    things: str
    count: Callable[[Material], int]
    none: str


def _pairs(*predicates: NamedNode) -> Callable[[Material], int]:
    return lambda m: sum(1 for _ in m.facts.pairs(*predicates))


def _typed(*classes: NamedNode) -> Callable[[Material], int]:
    return lambda m: len(m.facts.typed(*classes))


def _in(store: QuadFacts, kind: NamedNode) -> int:
    return len(set(quad.subject for quad in store.quads_for_pattern(None, RDF.type, kind)))


def _described(kind: NamedNode) -> Callable[[Material], int]:
    return lambda m: _in(m.description, kind)


def _released(*suffixes: str) -> Callable[[Material], int]:
    return lambda m: sum(name.endswith(suffixes) for name in m.release_files)


def _datasets(m: Material) -> int:
    return _in(m.description, VOID.Dataset) + _in(m.description, DCAT.Dataset)


def _literals(m: Material) -> int:
    return sum(isinstance(value, Literal) for _, _, value in m.facts)


def _links(m: Material) -> int:
    return sum(
        isinstance(value, NamedNode) and not m.roles.is_own(value.value)
        for _, value in m.facts.pairs(*MATCHES)
    )


def _identifiers(m: Material) -> int:
    from glocal_kg._quality.reuse import external

    return len(external(m)) + _pairs(BIBO.doi, BIBO.isbn, BIBO.issn)(m)


def _questions(m: Material) -> int:
    from glocal_kg._study import packaged

    return len(packaged.files("queries", ".rq")) if m.packaged else 0


def _data_graphs(m: Material) -> int:
    headers = set(m.roles.ontologies)
    graphs = {quad.graph_name for quad in m.quads}
    return sum(
        isinstance(graph, NamedNode)
        and graph not in headers
        and not graph.value.startswith(f"{BASE}graph/import/")
        for graph in graphs
    )


_DATES = (
    SCHEMA.startDate, SCHEMA.endDate, DCTERMS.date, DCTERMS.created, DCTERMS.issued,
    DCTERMS.modified, PROV.startedAtTime, PROV.endedAtTime, DCAT.startDate, DCAT.endDate,
)  # fmt: skip
_CLAIMS = (GLOCAL.Assertion,)
_NO_ONTOLOGY = "there is no owl:Ontology"
_NO_TERMS = "no class or property is defined"
_NO_DATASET = "no dataset is described; give the folder of a release with --release"
_NO_RELEASE = "it looks at a release; give its folder with --release"

SCOPES = {
    "files": Scope("files", lambda m: len(m.files), "there is no file"),
    "names": Scope(
        "ontologies and terms",
        lambda m: len(m.roles.ontologies) + len(m.roles.terms),
        "no ontology and no term is defined",
    ),
    "prefixes": Scope(
        "prefixes",
        lambda m: sum(len(file.prefixes) for file in m.files),
        "no prefix is declared",
    ),
    "identifiers": Scope("identifiers", _identifiers, "no IRI of others is named"),
    "statements": Scope("statements", lambda m: len(m.quads), "there is no statement"),
    "literals": Scope("literals", _literals, "there is no literal"),
    "ontologies": Scope("ontology headers", lambda m: len(m.roles.ontologies), _NO_ONTOLOGY),
    "root": Scope("ontology header", lambda m: int(m.roles.root is not None), _NO_ONTOLOGY),
    "terms": Scope("terms", lambda m: len(m.roles.terms), _NO_TERMS),
    "classes": Scope("classes", lambda m: len(m.roles.classes), "no class is defined"),
    "properties": Scope("properties", lambda m: len(m.roles.properties), "no property is defined"),
    "relations": Scope(
        "properties",
        lambda m: len(m.roles.relations),
        "no object or datatype property is defined",
    ),
    "object-properties": Scope(
        "object properties",
        lambda m: len(m.roles.object_properties),
        "no object property is defined",
    ),
    "deprecated": Scope(
        "deprecated terms",
        lambda m: (
            _pairs(OWL.deprecated)(m) + _typed(OWL.DeprecatedClass, OWL.DeprecatedProperty)(m)
        ),
        "nothing is deprecated",
    ),
    "hierarchy": Scope(
        "axioms", _pairs(RDFS.subClassOf, RDFS.subPropertyOf), "there is no hierarchy"
    ),
    "inverses": Scope("axioms", _pairs(OWL.inverseOf), "no inverse is declared"),
    "symmetric": Scope(
        "properties", _typed(OWL.SymmetricProperty), "no property is said to be symmetric"
    ),
    "transitive": Scope(
        "properties", _typed(OWL.TransitiveProperty), "no property is said to be transitive"
    ),
    "equivalences": Scope(
        "axioms",
        _pairs(OWL.equivalentClass, OWL.equivalentProperty),
        "no equivalence is declared",
    ),
    "chains": Scope("axioms", _pairs(OWL.propertyChainAxiom), "there is no property chain"),
    "disjointness": Scope(
        "axioms",
        lambda m: _pairs(OWL.disjointWith)(m) + _typed(OWL.AllDisjointClasses)(m),
        "no classes are said to be disjoint",
    ),
    "restrictions": Scope("restrictions", _typed(OWL.Restriction), "there is no restriction"),
    "functional": Scope(
        "axioms",
        lambda m: (
            _typed(OWL.FunctionalProperty, OWL.InverseFunctionalProperty)(m)
            + _pairs(OWL.maxCardinality, OWL.cardinality, OWL.maxQualifiedCardinality)(m)
        ),
        "no property is functional and no cardinality is set",
    ),
    "prior": Scope("headers", _pairs(OWL.priorVersion), "no header names an earlier version"),
    "imports": Scope("imports", _pairs(OWL.imports), "nothing is imported"),
    "links": Scope("links", _links, "nothing is linked to things of others"),
    "identity": Scope("statements", _pairs(OWL.sameAs), "there is no owl:sameAs"),
    "shapes": Scope("shapes", lambda m: len(m.roles.shapes), "there is no shape"),
    "instances": Scope("things", lambda m: len(m.roles.instances), "no thing is described"),
    "concepts": Scope("concepts", lambda m: len(m.roles.concepts), "there is no SKOS concept"),
    "claims": Scope(
        "claims", _typed(*_CLAIMS, RDF.Statement), "there is no claim and no reified statement"
    ),
    "dates": Scope("dates", _pairs(*_DATES), "there is no date"),
    "coordinates": Scope(
        "coordinates",
        _pairs(
            GEO.lat, GEO.long, GEO.lat_long, SCHEMA.latitude, SCHEMA.longitude,
            NamedNode("http://www.opengis.net/ont/geosparql#asWKT"),
        ),
        "there are no coordinates",
    ),
    "data-graphs": Scope("named graphs", _data_graphs, "there is no named graph"),
    "questions": Scope("questions", _questions, "only the packaged questions are known"),
    "datasets": Scope("descriptions of datasets", _datasets, _NO_DATASET),
    "void": Scope("VoID datasets", _described(VOID.Dataset), _NO_DATASET),
    "dcat": Scope("DCAT datasets", _described(DCAT.Dataset), _NO_DATASET),
    "distributions": Scope("distributions", _described(DCAT.Distribution), _NO_DATASET),
    "release": Scope("files", lambda m: len(m.release_files), _NO_RELEASE),
    "cards": Scope("cards", _released(".json", ".cff", ".jsonld"), _NO_RELEASE),
    "pages": Scope("pages", _released(".html"), "it looks at the web pages of a release"),
    "previous": Scope(
        "statements",
        lambda m: len(m.before),
        "it compares with the release before; give it with --previous",
    ),
}  # fmt: skip
