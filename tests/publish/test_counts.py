"""Counting: VoID's numbers are those of a recount in SPARQL, on any graph."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, parse

from glocal_kg._publish import Release
from glocal_kg._publish.gathering.counts import ANY, Counts, count, namespace, space_of
from glocal_kg._publish.lines.canonical import canonical_lines
from tests.publish.samples import graphs

# Every number once more, each by a query of its own.
TRIPLES = "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o }"
RECOUNTS = {
    "triples": f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {TRIPLES} }} }}",
    "subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
    "objects": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o FILTER isIRI(?s) }",
}
CLASSES = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c FILTER isIRI(?c) } GROUP BY ?c"
PROPERTIES = (
    "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)"
    f" WHERE {{ {{ {TRIPLES} }} }} GROUP BY ?p"
)
TO_CLASSES = (
    "SELECT ?c ?p ?d (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?s ?c { ?s a ?c } }"
    f" {{ {TRIPLES} }} {{ SELECT DISTINCT ?o ?d {{ ?o a ?d }} }}"
    " FILTER (isIRI(?c) && isIRI(?d)) } GROUP BY ?c ?p ?d"
)
DATATYPES = (
    "SELECT ?c ?p ?d (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?s ?c { ?s a ?c } }"
    f" {{ {TRIPLES} }} FILTER (isIRI(?c) && isLiteral(?o)) BIND (DATATYPE(?o) AS ?d) }}"
    " GROUP BY ?c ?p ?d"
)


def ask(store: Store, query: str) -> list[list[str]]:
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return sorted([str(getattr(term, "value", "")) for term in row] for row in answer)


def check(counts: Counts, store: Store) -> None:
    for name, query in RECOUNTS.items():
        assert [[str(getattr(counts, name))]] == ask(store, query), name
    expected = [row for row in ask(store, CLASSES) if row[0]]
    assert sorted([name, str(number)] for name, number in counts.classes.items()) == expected
    used = counts.properties[ANY].items()
    found = [[p, str(u.triples), str(u.subjects), str(u.objects)] for p, u in used]
    assert sorted(found) == [row for row in ask(store, PROPERTIES) if row[0]]
    for kind, query in (("classes", TO_CLASSES), ("datatypes", DATATYPES)):
        nested = [
            [class_, property_, target, str(number)]
            for class_, properties in counts.properties.items()
            if class_
            for property_, use in properties.items()
            for target, number in getattr(use, kind).items()
        ]
        assert sorted(nested) == [row for row in ask(store, query) if row[0]]


def as_triples(quads: list[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def as_index(quads: list[Quad]) -> Store:
    """An index changes literals, so it gets each value under a text no index touches."""
    from pyoxigraph import Literal, NamedNode

    store = Store()
    for s, p, o, _ in quads:
        if isinstance(o, Literal) and o.datatype.value.startswith("http://www.w3.org/2001/XMLS"):
            kind = o.datatype.value
            if not kind.endswith("#string"):
                o = Literal(o.value, datatype=NamedNode(kind.replace("www.w3.org", "e.org")))
        store.add(Quad(s, p, o))
    return store


@given(graphs)
def test_every_number_is_that_of_a_recount(quads: list[Quad]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        counts = count(canonical_lines(as_triples(quads), place), place)
    for properties in counts.properties.values():
        for use in properties.values():
            for kind in list(use.datatypes):
                if "/XMLSchema#" in kind and not kind.endswith("#string"):
                    use.datatypes[kind.replace("www.w3.org", "e.org")] = use.datatypes.pop(kind)
    check(counts, as_index(as_triples(quads)))


def test_the_packaged_graph(packaged_release: Release) -> None:
    store = Store()
    quads = parse(path=str(packaged_release.folder / "all.nq"), format=RdfFormat.N_QUADS)
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    counts = packaged_release.facts.counts
    for name in ("triples", "subjects", "entities"):
        assert [[str(getattr(counts, name))]] == ask(store, RECOUNTS[name]), name
    assert sorted([name, str(number)] for name, number in counts.classes.items()) == ask(
        store, CLASSES
    )


def test_links_to_elsewhere_are_counted_by_target(release: Release) -> None:
    assert dict(release.facts.counts.links) == {
        ("http://dbpedia.org/", "https://example.org/sample/terms#twinOf"): 1,
        ("http://www.wikidata.org/", "http://www.w3.org/2004/02/skos/core#exactMatch"): 1,
        ("https://creativecommons.org/", "http://purl.org/dc/terms/license"): 1,
    }


def test_spaces_and_namespaces() -> None:
    assert space_of("urn:isbn:1") == ""
    assert space_of("https://w3id.org/glocal/id/x") == "https://w3id.org/glocal/"
    assert namespace("urn:x") == "urn:x"
