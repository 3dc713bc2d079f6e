"""Shapes of one's own: what the report is about, and what is told of the shapes."""

from __future__ import annotations

import pytest

import glocal_kg as gk

PREFIXES = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
MINE = gk.Text(f'{PREFIXES}<urn:one> a glocal:Practice . <urn:x> rdfs:label "x" .', "turtle")
SHAPES = gk.Text(
    f"{PREFIXES}<urn:s> a sh:NodeShape ; sh:targetClass glocal:Practice ;"
    " sh:property [ sh:path rdfs:comment ; sh:minCount 1 ] .\n"
    "<urn:none> a sh:NodeShape ; sh:targetClass <urn:Nobody> .",
    "turtle",
)


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    kg = gk.load()
    kg.add(MINE, graph="urn:mine")
    return kg


@pytest.mark.parametrize(
    ("engine", "source"),
    # How a source is named is read before an engine is asked.
    [("fast", "mine"), ("fast", "urn:mine"), ("fast", ["urn:mine"]), ("pyshacl", "urn:mine")],
)
def test_a_source_is_heeded_beside_shapes(
    kg: gk.KnowledgeGraph, source: str | list[str], engine: str
) -> None:
    kg.validate()  # what is kept of it is about other shapes
    every = kg.validate(SHAPES, engine=engine)
    assert len(every.results) == every.looked_at["urn:s"] > 1
    assert every.things is None
    report = kg.validate(SHAPES, engine=engine, source=source)
    assert [one.focus.value for one in report.results] == ["urn:one"]
    assert report.looked_at == {"urn:s": 1}
    assert report.things == (1, 2)
    assert report.passed_over == ("urn:x (of no class)",)
    assert [one.kind for one in report.doubts if one.shape == "urn:none"] == ["no-nodes"]


def test_a_wrong_source_is_told_beside_shapes(kg: gk.KnowledgeGraph) -> None:
    with pytest.raises(gk.NotFoundError, match="nope"):
        kg.validate(SHAPES, source="nope")
    with pytest.raises(gk.ArgumentError, match="source"):
        kg.validate(SHAPES, source=5)


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ("sh:property [ sh:path glocal:them ; sh:minCount 1 ]", "Did you mean glocal:theme?"),
        ("sh:property [ sh:path ( glocal:theme rdfs:lable ) ; sh:maxCount 9 ]", "rdfs:label?"),
        ("sh:property [ sh:path [ sh:inversePath glocal:them ] ; sh:minCount 1 ]", "glocal:theme?"),
        ("sh:class glocal:Practise", "Did you mean glocal:Practice?"),
        ("sh:property [ sh:path glocal:theme ; sh:minCount 1 ]", ""),
        ("sh:property [ sh:path <https://my.example/x> ; sh:minCount 1 ]", ""),
    ],
)
@pytest.mark.parametrize("packaged", [True, False])
def test_a_misspelt_term_of_a_vocabulary_is_told(used: str, told: str, packaged: bool) -> None:
    kg = gk.load() if packaged else gk.KnowledgeGraph()
    kg.add(MINE)
    shapes = gk.Text(
        f"{PREFIXES}<urn:s> a sh:NodeShape ; sh:targetClass glocal:Practice ; {used} .", "turtle"
    )
    doubts = kg.validate(shapes).doubts
    assert [one.kind for one in doubts] == (["misspelt"] if told else [])
    assert not told or told in str(doubts[0])


def test_what_is_wrong_along_two_paths_is_told_of_each() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(
        gk.Text(
            f"{PREFIXES}<urn:s> sh:targetNode 'a' ; sh:in (1) ; sh:property"
            " [ sh:path [ sh:zeroOrOnePath <urn:q> ] ; sh:in (2) ; sh:maxLength 0 ],"
            " [ sh:path [ sh:zeroOrMorePath <urn:q> ] ; sh:in (3) ] .",
            "turtle",
        )
    )
    told = [str(one.path or "") for one in kg.validate().results]
    assert sorted(told) == ["", "<urn:q>*", "<urn:q>?"]  # of each path what tells most
