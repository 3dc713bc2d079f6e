"""The packaged graph as it is loaded."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, NamedNode

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._study import packaged
from glocal_kg._study.vocab import GLOCAL, INFERRED, ONTOLOGY


@pytest.fixture(scope="module")
def loaded() -> gk.KnowledgeGraph:
    return gk.load()


def test_load_is_asserted_facts_only(loaded):
    assert loaded.inference is None
    assert len(loaded) > 1000
    assert INFERRED not in loaded.facts.graphs()
    assert loaded.query("ASK { glocal:Practice a owl:Class }") is True


def test_ontology_modules_load_into_the_graph_of_their_iri(loaded):
    for path in packaged.files("ontology", ".ttl"):
        iri = NamedNode(packaged.module_iri(path))
        headers = list(loaded.facts.quads_for_pattern(iri, RDF.type, None, iri))
        assert headers, f"{path} does not describe <{iri.value}>"
    assert ONTOLOGY in loaded.facts.graphs()


def test_data_files_hold_named_graphs_of_ours_only(loaded):
    graphs = [g.value for g in loaded.facts_graphs() if isinstance(g, NamedNode)]
    assert not [g for g in graphs if "/graph/import/" in g]
    assert not [
        g for g in graphs if not g.startswith(("https://w3id.org/glocal/graph/", ONTOLOGY.value))
    ]
    assert not list(loaded.facts.quads_for_pattern(None, None, None, DefaultGraph()))


def test_terms_are_checked_where_they_are_written():
    assert GLOCAL.Practice.value == "https://w3id.org/glocal/ontology#Practice"
    with pytest.raises(AttributeError, match="Did you mean 'Practice'"):
        GLOCAL.Practise  # noqa: B018 - to look is to ask for it


def test_many_threads_may_ask_a_graph_that_is_not_read_yet():
    from concurrent.futures import ThreadPoolExecutor

    def ask_all(kg: gk.KnowledgeGraph) -> tuple[int, int, int, bool]:
        practices = "SELECT DISTINCT ?x { ?x a glocal:Practice }"
        known = kg.query("ASK { place:rome a glocal:City }", timeout=60)
        return len(kg.run("map/principles")), len(kg), len(kg.query(practices)), known

    alone = ask_all(gk.load())
    kg = gk.load()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask_all, [kg] * 8)) == {alone}
