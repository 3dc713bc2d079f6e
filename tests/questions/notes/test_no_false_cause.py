"""A note names a cause: no silence that is none, and slips of case, paths, graphs and OFFSET."""

from __future__ import annotations

import pytest

import glocal_kg as gk

MINE = """
@prefix ex: <https://my.example/> .
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:a a glocal:Practice ; schema:startDate "2010"^^xsd:gYear .
"""


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    kg = gk.load()
    kg.add(gk.Text(MINE, "turtle", name="mine.ttl"))
    return kg


def test_a_silence_is_told_only_where_it_can_be_the_cause(kg: gk.KnowledgeGraph) -> None:
    for pattern in (
        "?p a glocal:Practice ; schema:startDate ?d FILTER(YEAR(?d) = 2013)",
        "?p a glocal:Practice ; glocal:startDate ?d",
        "?p a glocal:Practice FILTER(CONTAINS(?p, 'kigali'))",
    ):
        table = kg.select(f"SELECT ?p {{ {pattern} }}")
        assert len(table) == 0
        assert "silence" not in " ".join(table.notes)
    dates = "?p a glocal:Practice ; schema:startDate ?d"
    packaged = gk.load()
    assert len(packaged.select(f"SELECT ?p {{ {dates} }}"))  # of projects, which are practices
    written = packaged.select(f"SELECT ?p {{ {dates} }}", inferred=False)
    assert len(written) == 0
    assert "silence:no-date-of-practices" in " ".join(written.notes)


@pytest.mark.parametrize("wanted", ["EN", "En"])
def test_a_language_in_capitals_is_told(kg: gk.KnowledgeGraph, wanted: str) -> None:
    city = "SELECT ?l {{ ?x a glocal:City ; rdfs:label ?l FILTER({}) }}"
    table = kg.select(city.format(f'LANG(?l) = "{wanted}"'))
    (told,) = table.notes
    assert len(table) == 0
    first, _, second = told.partition(": ")[2].rstrip(".").partition(" or ")
    assert len(kg.select(city.format(first))) == len(kg.select(city.format(second))) > 0


def test_a_text_at_the_end_of_a_path_is_told(kg: gk.KnowledgeGraph) -> None:
    for path in ("glocal:locatedIn+", "glocal:participant/glocal:locatedIn"):
        told = " ".join(kg.select(f'SELECT ?x {{ ?x {path} "Rwanda"@en }}').notes)
        assert "glocal:locatedIn leads to things, not to text: place:rwanda has that name" in told


def test_variables_that_differ_in_case_are_told(kg: gk.KnowledgeGraph) -> None:
    crossed = "?a glocal:participant ?x . ?b glocal:participant ?X"
    assert "?X and ?x are two variables" in kg.select(f"SELECT * {{ {crossed} }} LIMIT 3").notes[0]


def test_an_offset_past_the_end_is_told(kg: gk.KnowledgeGraph) -> None:
    cities = "SELECT ?x { ?x a glocal:City }"
    many = len(kg.select(cities))
    assert kg.select(f"{cities} OFFSET 1000").notes == (
        f"There are {many} rows, and OFFSET 1000 is past the last.",
    )
    assert not any("OFFSET" in one for one in kg.select(f"{cities} OFFSET {many - 1}").notes)


def test_what_is_described_and_nowhere_is_told_of_any_namespace(kg: gk.KnowledgeGraph) -> None:
    nothing = kg.query("PREFIX ex: <https://my.example/> DESCRIBE ex:nothing")
    assert not isinstance(nothing, bool)
    assert nothing.notes == ("ex:nothing is in no fact here.",)


@pytest.mark.parametrize("text", ["GRAPH <mine.ttl> { ?p ?q ?o }", "FROM <mine.ttl> { ?p ?q ?o }",
                                  "FROM NAMED <mine.ttl> { ?p ?q ?o }"])  # fmt: skip
def test_the_name_of_a_file_as_a_graph_gets_its_iri(kg: gk.KnowledgeGraph, text: str) -> None:
    (mine,) = [one for one in kg.graphs() if "mine" in one.value]
    query = f"SELECT ?p {{ {text} }}" if text.startswith("GRAPH") else f"SELECT ?p {text}"
    with pytest.raises(gk.errors.QueryError) as caught:
        kg.query(query)
    assert caught.value.remedy == f"Its graph is <{mine.value}>."
    with pytest.raises(gk.errors.QueryError, match="in full, or declare a base"):
        kg.query(query.replace("mine.ttl", "nowhere.ttl"))
    with pytest.raises(gk.errors.QueryError, match=r"Declare one with BASE\."):
        kg.query("SELECT ?p { ?p <mine.ttl> ?o }")


def test_a_silence_about_a_class_is_told_whoever_inferred_before() -> None:
    ask = "SELECT ?p { ?p a glocal:Practice ; schema:startDate ?d }"
    own = gk.Text("<urn:a> <urn:p> <urn:b> .", "turtle")
    told = []
    for inferred in (False, True):
        kg = gk.KnowledgeGraph()
        kg.add(gk.load().facts)
        kg.add(own)
        if inferred:
            kg.infer()
        told.append(kg.select(ask, inferred=False).notes)
    assert told[0][1:] == told[1][1:]
    assert "silence:no-date-of-practices" in told[0][1]
    assert told[0][0].startswith("There may be rows where what follows is seen")
    assert told[1][0].startswith("2 more rows where what follows is seen")
