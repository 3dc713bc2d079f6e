"""Nothing reaches the network and nothing ends the process, however a query is written."""

from __future__ import annotations

import socket
from contextlib import suppress

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg import KnowledgeGraph, Text
from glocal_kg._questions.ask import ask
from glocal_kg._rdf.sparql.refused import service_at
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import QueryError

# The store understands each of these as a call; U stands for the address of a server.
CALLS = [
    "SELECT * { SERVICE U { ?x ?p ?o } }",
    "SELECT * { ?x ?p 1.SERVICE U{ ?x ?p ?o } }",
    "SELECT * { ?x ?p 1SERVICE U{ ?x ?p ?o } }",
    "SELECT * { ?x ?p 1e3SERVICE U{ ?x ?p ?o } }",
    "SELECT * { ?x ?p true.SERVICE U{ ?x ?p ?o } }",
    "SELECT * { ?x ?p trueSERVICE U{ ?x ?p ?o } }",
    'SELECT * { ?x ?p "a"@en.SERVICE U{ ?x ?p ?o } }',
    "PREFIX : <urn:g> SELECT * { ?x ?p :.SERVICE U{ ?x ?p ?o } }",
    "PREFIX : U SELECT * { SERVICE: { ?x ?p ?o } }",
    "PREFIX : U PREFIX SERVICE: <urn:> SELECT * { SERVICE: { ?x ?p ?o } }",
    "PREFIX : U SELECT * { ?x ?p trueSERVICE: { ?x ?p ?o } }",
    "PREFIX e: <http://h:> SELECT * { ?x ?p e:SERVICE U { ?x ?p ?o } }",
    "SELECT * { ?x ?p ?a FILTER(1<2)SERVICE#>\nU { ?x ?p ?o } }",
    "SELECT * { ?x ?p ?a FILTER(1<2#>'''\n) SERVICE U { ?x ?p ?o } #'''\n}",
    "SELECT * { ?x ?p ?a OPTIONAL { ?x <urn:\\u0041#> ?y } SERVICE U { ?x ?p ?o } }",
    "SELECT * { ?x ?p ?a OPTIONAL { ?x <urn:\\u0041'> ?y } SERVICE U { ?x ?p ?o } }",
    "SELECT * { ?x ?p ?a {}SERVICE#c\rSILENT#c\nU#\n{ ?x ?p ?o } }",
    "PREFIX q: U SELECT * { ?x ?p ?a SERVICE q:\\# { ?x ?p ?o } }",
    "SELECT * { ?x ?p ?a BIND(U AS ?SERVICE) SERVICE?SERVICE{ ?x ?p ?o } }",
]
HARMLESS = [
    "SELECT ?service ?x { ?service ?p ?x }",
    "SELECT $aservice ?x { $aservice ?p ?x }",
    "SELECT ?x { ?x a schema:Service }",
    "SELECT ?x { ?x a <http://example.org/service#a> } # a service",
    'SELECT ?x { ?x ?p "a service of the city" }',
]


@pytest.fixture
def kg() -> KnowledgeGraph:
    kg = KnowledgeGraph()
    terms = '1, 1e3, true, "a"@en, <urn:g>, <http://h:>'
    kg.add(Text(f"<urn:a> <urn:b> {terms} .", "turtle"))
    return kg


@pytest.mark.parametrize("query", CALLS)
def test_no_spelling_of_service_is_run(kg, query):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        address = f"<http://127.0.0.1:{server.getsockname()[1]}/>"
        for run in (kg.query, kg.dataset.query):
            with pytest.raises(QueryError, match=r"SERVICE|Query, line"):
                run(query.replace("U", address, 1) if " U" in query else query)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("query", HARMLESS)
def test_other_uses_of_the_word_are_no_calls(kg, query):
    assert service_at(query) is None
    kg.query(query)


def test_the_dataset_does_not_fetch_graphs_either(kg):
    with pytest.raises(QueryError, match="FROM names the graph"):
        kg.dataset.query("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
        "SELECT * " + "{" * 10_000 + "}" * 10_000,
        "SELECT * { ?s ?p " + "[ a " * 10_000 + "<urn:x>" + "]" * 10_000 + " }",
        "{ SELECT * " * 10_000,
    ],
)
def test_a_query_too_deep_for_the_engine_is_an_error(query):
    with pytest.raises(QueryError, match=r"deep|line 1"):
        ask(Facts.of([]), query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s " + "/".join(["rdf:type"] * 10_000) + " ?o }",
        "SELECT (" + "+".join(["1"] * 10_000) + " AS ?x) {}",
        "SELECT (1" + "-1" * 10_000 + " AS ?x) {}",
        "SELECT * { FILTER(" + "!" * 10_000 + "true) }",
        "SELECT * { " + "OPTIONAL { } " * 10_000 + " }",
        "SELECT * { " + " UNION ".join(["{ }"] * 10_000) + " }",
        "SELECT * { ?s ?p " + ",".join(map(str, range(10_000))) + " }",
    ],
)
def test_a_long_query_is_answered_or_is_an_error(query):
    with suppress(QueryError):
        ask(Facts.of([]), query, timeout=5)


def test_long_lists_of_values_are_no_long_queries():
    numbers = [f"-{number}.5" for number in range(10_000)]
    store = Facts.of([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("x"))])
    listed = ask(store, f"SELECT * {{ VALUES ?x {{ {' '.join(numbers)} }} }}")
    chosen = ask(store, f"SELECT * {{ ?s ?p ?o FILTER(1 IN ({','.join(['1'] * 10_000)})) }}")
    assert (len(listed), len(chosen)) == (10_000, 1)
