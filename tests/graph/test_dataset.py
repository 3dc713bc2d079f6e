"""The same facts by the interfaces of rdflib."""

from __future__ import annotations

import pickle

import pytest
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._study.vocab import INFERRED, INTERPRETATION
from tests.graph.family import EX

XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.filterwarnings("error")
def test_dataset_says_what_it_is(kg):
    assert repr(kg.dataset) == "<Dataset: a view of a knowledge graph>"
    assert str(kg.dataset) == repr(kg.dataset)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_reads_without_a_copy_and_writes_through(kg):
    dataset = kg.dataset
    rome, city = URIRef(EX + "rome"), URIRef(EX + "City")
    assert (rome, URIRef(RDF.type.value), city) in dataset
    rows = dataset.query(f"SELECT ?t WHERE {{ <{EX}rome> a ?t }}")
    assert {str(row[0]) for row in rows} == {EX + kind for kind in ("City", "Place", "Thing")}
    graph = dataset.graph(URIRef(EX + "g"))
    graph.add((rome, URIRef(EX + "height"), RdflibLiteral("21", datatype=URIRef(XSD_INTEGER))))
    assert len(kg) == 4
    assert kg.query(f"ASK {{ <{EX}rome> <{EX}height> 21 }}") is True
    assert kg.facts.version > 0
    graph.remove((rome, None, None))
    assert len(kg) == 3
    with pytest.raises(gk.GlocalError, match=r"kg\.add"):
        dataset.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    with pytest.raises(gk.ReadError):
        dataset.graph(URIRef(INFERRED.value)).add((rome, rome, rome))
    assert len(kg) == 3


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_answers_queries_as_the_graph_does(kg):
    kg.add(gk.Text(f"<{EX}a> <{EX}p> 1.50, 007, 'x'@en .", "turtle"), graph=EX + "numbers")
    dataset = kg.dataset
    text = f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }} ORDER BY ?x"
    assert [str(row.x) for row in dataset.query(text)] == ["1.50", "007", "x"]
    assert [term.value for (term,) in kg.query(text).terms] == ["1.50", "007", "x"]
    prepared = prepareQuery("SELECT ?x { ?s ex:p ?x FILTER(?x > 2) }", initNs={"ex": EX})
    assert [row.x.n3() for row in dataset.query(prepared)] == [f'"007"^^<{XSD_INTEGER}>']
    bound = dataset.query("SELECT ?x { ?s ?p ?x }", initBindings={"s": URIRef(EX + "a")})
    assert len(bound) == 3
    graph = dataset.graph(URIRef(EX + "numbers"))
    assert len(graph.query("SELECT * { ?s ?p ?o }")) == 3
    assert len(dataset.graph(URIRef(EX + "none")).query("SELECT * { ?s ?p ?o }")) == 0
    assert dataset.query("ASK { ?s ?p 1.5 }").askAnswer is False
    assert dataset.query("ASK { ?s ?p ?x FILTER(?x = 1.5) }").askAnswer is True
    assert len(dataset.query("CONSTRUCT WHERE { ?s ex:p ?x }", initNs={"ex": EX}).graph) == 3
    with pytest.raises(gk.QueryError, match="more than 1 row"):
        dataset.query("SELECT * { ?s ?p ?o }", max_rows=1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_has_what_follows_whoever_asked_first():
    def facts(*asked: bool) -> list[str]:
        graph = gk.KnowledgeGraph()
        text = "<urn:p> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <urn:q> ."
        graph.add(gk.Text(text, "turtle"))
        graph.add(gk.Text("<urn:a> <urn:p> 1 .", "turtle"), graph=INTERPRETATION + "/x")
        graph.add(gk.Text("<urn:b> <urn:p> 2 .", "turtle"))
        dataset = graph.dataset
        for interpreted in asked:
            graph.query("ASK { ?s ?p ?o }", interpreted=interpreted)
        return sorted(str(s) for s in dataset.subjects(URIRef("urn:q")))

    assert facts() == facts(True) == facts(False, True) == facts(True, False) == ["urn:b"]


def test_dataset_parses_and_removes_graphs_through_the_facts(kg):
    dataset = kg.dataset
    graph = dataset.graph(URIRef(EX + "parsed"))
    graph.parse(data="<urn:a> <urn:b> 1.50 .", format="turtle")
    graph.parse(data="<urn:a> <urn:b> 2 .", format="ox-turtle")
    assert len(kg) == 5
    dataset.remove_graph(URIRef(EX + "parsed"))
    assert len(kg) == 3


def test_dataset_removes_a_literal_in_whichever_form_it_was_written(kg):
    kg.add(gk.Text("<urn:a> <urn:b> 1.50 .", "turtle"), graph=EX + "g")
    graph = kg.dataset.graph(URIRef(EX + "g"))
    (triple,) = graph.triples((URIRef("urn:a"), None, None))
    graph.remove(triple)
    assert len(kg) == 3


def test_dataset_removes_the_form_that_is_given_where_it_is_there(kg):
    kg.add(gk.Text("<urn:a> <urn:b> 1, 01, +1 . <urn:c> <urn:b> 01 .", "turtle"), graph=EX + "g")
    one = RdflibLiteral("1", datatype=URIRef(XSD_INTEGER))  # also what rdflib makes of 01
    kg.dataset.remove((None, URIRef("urn:b"), one))
    found = kg.query("SELECT ?s ?o { ?s <urn:b> ?o } ORDER BY STR(?o)")
    assert [(s.value, o.value) for s, o in found.terms] == [("urn:a", "+1"), ("urn:a", "01")]


@pytest.mark.parametrize(
    ("triple", "said"),
    [
        ((RdflibLiteral("x"), URIRef("urn:p"), URIRef("urn:o")), "a literal cannot be a subject"),
        ((URIRef("urn:s"), RdflibLiteral("p"), URIRef("urn:o")), "a property is an IRI"),
        ((URIRef("urn:s"), URIRef("urn:p"), URIRef("relative")), "No scheme"),
    ],
)
def test_dataset_says_which_statement_is_no_rdf(kg, triple, said):
    with pytest.raises(gk.ReadError, match=f"The statement .* is not RDF: .*{said}"):
        kg.dataset.add((*triple, URIRef(EX + "g")))
    assert len(kg) == 3


def test_dataset_says_which_binding_is_no_term(kg):
    with pytest.raises(gk.ArgumentError, match=r"initBindings\['s'\]"):
        kg.dataset.query("SELECT * { ?s ?p ?o }", initBindings={"s": 5})


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_that_is_no_union_still_has_its_named_graphs(kg):
    kg.add(gk.Text(f"<{EX}g> {{ <{EX}a> <{EX}p> 7 }}", "trig"))
    dataset = kg.dataset
    dataset.default_union = False
    dataset.add((URIRef(EX + "d"), URIRef(EX + "p"), RdflibLiteral("x")))
    graph = f"<{EX}g>"

    def asked(query: str) -> list[str]:
        return [str(row[0]) for row in dataset.query(query)]

    assert asked(f"SELECT ?s {{ ?s <{EX}p> ?o }}") == [EX + "d"]
    assert asked("SELECT ?g { GRAPH ?g { ?s ?p 7 } }") == [EX + "g"]
    assert asked(f"SELECT ?s FROM {graph} {{ ?s ?p 7 }}") == [EX + "a"]
    assert asked(f"SELECT ?s FROM NAMED {graph} {{ GRAPH ?g {{ ?s ?p 7 }} }}") == [EX + "a"]
    assert len(dataset.default_graph.query("SELECT * { ?s ?p ?o }")) == 1
    alone = dataset.graph(URIRef(EX + "g")).query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert [str(row[0]) for row in alone] == [EX + "g"]


@pytest.mark.parametrize("part", ["all", "one graph"])
def test_dataset_does_not_travel(kg, part):
    dataset = kg.dataset
    with pytest.raises(gk.GlocalError, match="does not travel"):
        pickle.dumps(dataset if part == "all" else dataset.graph(URIRef(EX + "g")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_finds_a_text_whose_direction_rdflib_does_not_know(kg):
    kg.add(gk.Text('<urn:a> <urn:b> "x"@ar--rtl, "y"@ar .', "turtle"), graph=EX + "g")
    dataset = kg.dataset
    found = list(dataset.triples((URIRef("urn:a"), None, None)))
    assert len(found) == 2
    assert all(triple in dataset for triple in found)
    dataset.remove((None, None, RdflibLiteral("x", lang="ar")))
    assert len(kg) == 4
