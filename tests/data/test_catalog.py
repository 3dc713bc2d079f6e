"""The catalog: every graph of the data is described, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

NEEDED = {
    "rdfs:label": {"en", "it", "fr"},
    "dcterms:title": {"en", "it", "fr"},
    "dcterms:description": {"en", "it", "fr"},
}


@pytest.fixture(scope="module")
def catalog(facts: Callable):
    return facts("data/catalog.trig")


@pytest.fixture(scope="module")
def graphs(catalog):
    """What the catalog says of graphs; it describes their maker too."""
    return [q for q in catalog.quads if "/graph/" in q.subject.value]


def test_every_graph_of_the_data_is_described(graphs, facts: Callable):
    present = {q.graph_name.value for q in facts("data/**/*.trig").quads}
    described = {q.subject.value for q in graphs}
    assert described == present | {"https://w3id.org/glocal/graph/inferred"}


@pytest.mark.parametrize("words", NEEDED)
def test_a_graph_is_described_in_three_languages(graphs, words):
    name = words.split(":")[1]
    found: dict[str, set[str]] = {}
    for q in graphs:
        if q.predicate.value.endswith(("/" + name, "#" + name)):
            found.setdefault(q.subject.value, set()).add(q.object.language)
    assert set(found) == {q.subject.value for q in graphs}
    assert all(languages == NEEDED[words] for languages in found.values())


def test_each_graph_has_a_maker_a_date_and_a_license(catalog):
    graphs = {s for s, _, _ in catalog.triples if s.startswith("graph:")}
    for wanted in ("dcterms:creator", "dcterms:created", "dcterms:license"):
        assert {s for s, p, _ in catalog.triples if p == wanted} == graphs


def test_what_a_graph_derives_from_is_described(catalog, facts: Callable):
    known = {s for s, p, _ in facts("data/**/*.trig", "ontology/*.ttl").triples if p == "rdf:type"}
    origins = {
        o
        for _, p, o in catalog.triples
        if p in {"prov:wasDerivedFrom", "dcterms:source", "dcterms:creator"}
    }
    assert origins
    assert origins - known == set()
