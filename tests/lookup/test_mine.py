"""What a user added is theirs, under whatever name of a graph, and no packaged fact is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._graph.beyond_package import added_to_packaged
from glocal_kg._study import packaged

HEAD = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix graph: <https://w3id.org/glocal/graph/> .
"""
RIVAL = """
<urn:rossi-1> a glocal:Assertion ; glocal:by <urn:rossi> ; glocal:confidence 1.6 .
<urn:rossi> a glocal:Person ; rdfs:label "Anna Rossi"@en .
"""
PRACTICE = """
<urn:p> a glocal:Project ; rdfs:label "P"@en ; glocal:concerns <urn:x> ; glocal:fromSource <urn:s> .
<urn:s> a glocal:Source .
<urn:t> a glocal:AdverseTrend . <urn:m> a glocal:IdealMap .
<urn:placed> glocal:onMap <urn:m> ; glocal:element <urn:t> ; <https://schema.org/position> 1 .
<urn:x> a glocal:City ; rdfs:label "X"@en .
"""


def test_the_packaged_graphs_are_those_that_are_loaded() -> None:
    assert {graph.value for graph in gk.load().graphs()} == packaged.graphs()


@pytest.mark.parametrize("graph", ["interpretation/rossi", "mine", "deck", "interpretation"])
def test_a_graph_is_mine_by_its_facts_and_not_by_its_name(graph: str) -> None:
    kg = gk.load()
    kg.add(gk.Text(f"{HEAD} <https://w3id.org/glocal/graph/{graph}> {{ {RIVAL} }}", "trig"))
    report = kg.validate(source="mine")
    assert report.things == (2, 2)
    assert {str(one.value) for one in report.results if "confidence" in str(one.path)} == {
        '"1.6"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    }


@pytest.mark.parametrize("graph", ["mine", "deck"])
def test_questions_show_what_was_added_and_from_where(graph: str) -> None:
    kg = gk.load()
    kg.add(gk.Text(f"{HEAD} <https://w3id.org/glocal/graph/{graph}> {{ {PRACTICE} }}", "trig"))
    table = kg.run("practices/naming-cities", source="mine")
    found = [(row.practice.value, row.source.value) for row in table]
    assert found == [("urn:p", f"https://w3id.org/glocal/graph/{graph}")]
    (row,) = kg.run("map/trends", source="mine")
    assert row.source.value == f"https://w3id.org/glocal/graph/{graph}"


def test_the_command_looks_at_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rival.trig"
    file.write_text(f"{HEAD} graph:interpretation\\/rossi {{ {RIVAL} }}", encoding="utf-8")
    assert run(["validate", str(file)]) == 1
    assert "Looked at 2 of your 2 things" in capsys.readouterr().err


def test_what_the_ontology_gives_alone_is_not_mine() -> None:
    kg = gk.load()
    kg.add(gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle"))
    assert not kg.run("levels/systems", source="mine")


def test_a_short_name_is_that_of_ones_own_graph_first(tmp_path: Path) -> None:
    file = tmp_path / "practices.ttl"
    file.write_text(HEAD + PRACTICE, encoding="utf-8")
    kg = gk.load()
    held = len(kg)
    kg.add(file)
    mine = kg.graph_named("practices.ttl")
    assert mine == kg.graph_named("practices") == kg.graph_named(file.as_posix())
    assert len(kg.run("map/trends", source="practices.ttl")) == 1
    with pytest.raises(gk.NotFoundError, match=f"Did you mean {mine.value}"):
        kg.run("map/trends", source="practises.ttl")
    assert kg.remove("practices.ttl") > 0
    assert len(kg) == held


def test_what_is_printed_as_a_source_can_be_given() -> None:
    kg = gk.load()
    table = kg.run("map/trends", source="deck")
    assert {row.source.value for row in table} == {"https://w3id.org/glocal/graph/deck"}
    with pytest.raises(gk.NotFoundError):
        kg.remove("deck")  # nobody throws away what is packaged by so short a name


@pytest.mark.slow
def test_a_file_that_names_its_graphs_is_a_source_by_its_name(tmp_path: Path) -> None:
    kg = gk.load()
    two = tmp_path / "two.trig"
    two.write_text(
        f"{HEAD} <urn:g1> {{ {PRACTICE} }} <urn:g2> {{ {PRACTICE.replace('urn:p', 'urn:q')} }}"
    )
    kg.add(two)
    for name in ("two.trig", str(two), two, ["two.trig"]):
        table = kg.run("practices/naming-cities", source=name)
        assert {str(row.source) for row in table} == {"<urn:g1>", "<urn:g2>"}
    assert len(kg.practices(source="two.trig")) == 2
    with pytest.raises(gk.NotFoundError, match=r"'two.trig' went into 2 graphs that it names"):
        kg.clear("two.trig")
    deck = tmp_path / "more.trig"
    deck.write_text(f"{HEAD} <https://w3id.org/glocal/graph/deck> {{ {PRACTICE} }}")
    kg.add(deck)
    with pytest.raises(gk.NotFoundError, match=r"graph:deck, which came with the package") as told:
        kg.run("practices/naming-cities", source="more.trig")
    assert "Ask for 'mine'" in told.value.remedy


def test_what_was_added_to_packaged_graphs_on_disk_is_mine(tmp_path: Path) -> None:
    with gk.open(tmp_path / "g", create=True) as kg:
        kg.add(gk.load().facts)
        kg.add(gk.Text(f"{HEAD} <https://w3id.org/glocal/graph/deck> {{ {PRACTICE} }}", "trig"))
    with gk.open(tmp_path / "g") as kg:
        (row,) = kg.run("practices/naming-cities", source="mine")
        assert str(row.practice) == "<urn:p>"
        assert row.source.value == "https://w3id.org/glocal/graph/deck"
        assert kg.validate(source="mine").things[1] >= 1


def test_a_value_put_in_the_place_of_a_packaged_one_is_mine(tmp_path: Path) -> None:
    deck = NamedNode("https://w3id.org/glocal/graph/deck")
    with gk.open(tmp_path / "g", create=True) as kg:
        kg.add(gk.load().facts)
        was = next(
            one for one in kg.facts.quads_for_pattern(None, None, None, deck)
            if isinstance(one.object, Literal)
        )  # fmt: skip
        now = Quad(was.subject, was.predicate, Literal("another", language="en"), deck)
        with kg.edit() as edit:
            edit.remove([was])
            edit.add([now])
        assert len(added_to_packaged(kg, kg.facts.moment)) == 1


def test_packaged_files_whose_blank_nodes_have_other_names_are_not_mine() -> None:
    named: dict[BlankNode, BlankNode] = {}

    def other(term: object) -> object:
        return named.setdefault(term, BlankNode()) if isinstance(term, BlankNode) else term

    kg = gk.KnowledgeGraph()
    again = [Quad(other(s), p, other(o), g) for s, p, o, g in gk.load().facts]
    kg.add(again)
    assert len(named) > 10
    assert not len(added_to_packaged(kg, kg.facts.moment))
    kg.add([Quad(NamedNode("urn:x"), NamedNode("urn:p"), BlankNode(), again[0].graph_name)])
    assert len(added_to_packaged(kg, kg.facts.moment)) == 1
