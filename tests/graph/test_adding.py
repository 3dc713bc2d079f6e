"""Adding, removing and replacing: all or nothing, each file in a graph of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._study.vocab import INFERRED
from tests.graph.family import EX, FAMILY, OWN, node


def test_a_file_goes_to_a_graph_named_after_it(tmp_path):
    path = tmp_path / "My cities.ttl"
    path.write_text(FAMILY)
    kg = gk.KnowledgeGraph()
    assert kg.add(path) == 3
    assert {q.graph_name.value for q in kg.facts} == {
        "https://w3id.org/glocal/graph/import/my-cities"
    }
    kg.add(path, graph=EX + "own")
    assert len(kg) == 6
    with pytest.raises(gk.GlocalError, match="cannot name a graph"):
        kg.add(path, graph="no iri")


def test_a_failed_add_changes_nothing(kg):
    before = set(kg.facts)
    for text in (FAMILY + " oops", f"GRAPH <{INFERRED.value}> {{ <urn:a> <urn:b> <urn:c> }}"):
        with pytest.raises(gk.ReadError):
            kg.add(gk.Text(text, "trig"))
    assert set(kg.facts) == before


def test_remove_takes_back_what_add_gave(kg):
    quads = list(kg.facts)
    assert kg.remove(quads[:1]) == 1
    assert kg.remove(quads[:1]) == 0
    assert len(kg) == 2


def test_replace_changes_only_what_differs(tmp_path):
    path = tmp_path / "cities.ttl"
    rows = [f"<{EX}{name}> a <{EX}City> ." for name in ("rome", "kigali", "gaza")]
    path.write_text("\n".join(rows))
    kg = gk.KnowledgeGraph()
    other = Quad(node("rome"), RDF.type, node("City"), node("other"))
    kg.add([other])
    assert kg.add(path) == 3
    path.write_text("\n".join([*rows[1:], f"<{EX}oslo> a <{EX}City> ."]))
    assert kg.replace(path) == (1, 1)
    assert kg.replace(path) == (0, 0)
    assert other in kg.facts
    fresh = gk.KnowledgeGraph()
    fresh.add([other])
    fresh.add(path)
    assert set(kg.facts) == set(fresh.facts)
    assert kg.replace([], graph="https://w3id.org/glocal/graph/import/cities") == (0, 3)
    assert set(kg.facts) == {other}


def test_replace_leaves_graphs_alone_that_the_source_does_not_write_to(kg):
    before = set(kg.facts)
    new = gk.Text(f"GRAPH <{EX}new> {{ <{EX}a> <{EX}b> <{EX}c> }}", "trig")
    assert kg.replace(new) == (1, 0)
    assert set(kg.facts) > before
    assert kg.replace(new, graph=OWN) == (0, 3)
    assert {quad.graph_name for quad in kg.facts} == {node("new")}


def test_replace_knows_which_graph_a_file_filled(tmp_path):
    path = tmp_path / "mine.trig"
    path.write_text(f"<{EX}a> <{EX}b> <{EX}c> . GRAPH <{EX}g> {{ <{EX}a> <{EX}b> <{EX}d> }}")
    kg = gk.KnowledgeGraph()
    kg.add(path)
    path.write_text(f"GRAPH <{EX}g> {{ <{EX}a> <{EX}b> <{EX}d> }}")
    assert kg.replace(path) == (0, 1)


def test_a_failed_replace_changes_nothing(kg):
    before = set(kg.facts)
    with pytest.raises(gk.ReadError):
        kg.replace(gk.Text(FAMILY + " oops", "trig"))
    assert set(kg.facts) == before


def test_a_triple_goes_with_the_last_graph_that_has_it():
    twice = [Quad(node("x"), RDF.type, node("City"), node(name)) for name in "gh"]
    later = gk.KnowledgeGraph()
    later.add(gk.Text(FAMILY, "trig"))
    later.add(twice)
    later.infer()
    for quad, left in zip(twice, (True, False), strict=True):
        later.remove([quad])
        inferred = {(q.subject, q.object) for q in later.infer()}
        assert ((node("x"), node("Place")) in inferred) == left


def test_facts_may_be_counted_while_an_addition_fails(kg):
    def quads():
        for number in range(3):
            yield Quad(node(f"n{number}"), node("p"), node("o"), node("g"))
            counts.append(len(kg))  # as another thread may
        raise gk.ReadError("It breaks off.", source="x")

    counts, before = [], list(kg.facts)
    with pytest.raises(gk.ReadError):
        kg.add(quads())
    assert counts == [3, 3, 3]
    assert list(kg.facts) == before
    kg.add([Quad(node("n"), node("p"), node("o"), node("g"))])
    assert len(kg) == 4


def test_a_question_does_not_wait_for_facts_that_are_being_added():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    drawn, asked = Event(), Event()

    def slowly():
        yield Quad(node("x"), node("p"), node("o"), node("g"))
        drawn.set()
        asked.wait(1)

    kg = gk.KnowledgeGraph()
    with ThreadPoolExecutor(1) as pool:
        added = pool.submit(kg.add, slowly())
        drawn.wait()
        found = len(kg.query("SELECT ?x { ?x ?p ?o }"))
        waited = added.done()
        asked.set()
    assert (found, waited, added.result()) == (0, False, 1)


def test_nothing_is_asserted_into_the_inferred_graph():
    kg = gk.KnowledgeGraph()
    text = gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle")
    for graph in (INFERRED, INFERRED.value):
        with pytest.raises(gk.GlocalError, match="holds only what infer"):
            kg.add(text, graph=graph)
    with pytest.raises(gk.GlocalError, match="cannot name a graph"):
        kg.add(text, graph=3)
    assert len(kg) == 0


def test_only_quads_can_be_removed():
    with pytest.raises(gk.ReadError, match="Item 1 is of type int"):
        gk.KnowledgeGraph().remove([1])


def test_files_of_one_name_never_share_a_graph_by_accident(tmp_path, monkeypatch):
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "data.ttl").write_text(f"<urn:{folder}> a <urn:C> .")
    kg = gk.KnowledgeGraph()
    kg.add(tmp_path / "a" / "data.ttl")
    with pytest.raises(gk.ReadError, match=r"a/data\.ttl.*name a graph"):
        kg.replace(tmp_path / "b" / "data.ttl")
    assert kg.add(tmp_path / "b" / "data.ttl", graph="urn:g") == 1
    assert kg.replace(tmp_path / "a" / "data.ttl") == (0, 0)
    monkeypatch.chdir(tmp_path)
    other = gk.KnowledgeGraph()
    assert other.add("a/data.ttl") == other.add("b/data.ttl") == 1
    assert other.replace("a/data.ttl") == (0, 0)
    assert len(other) == 2
    (tmp_path / "data.2020.ttl").write_text("<urn:a> a <urn:C> .")
    (tmp_path / "data.2021.ttl").write_text("<urn:b> a <urn:C> .")
    assert other.add("data.2020.ttl") == other.add("data.2021.ttl") == 1
    assert len(other.facts_graphs()) == 5


def test_relative_iris_of_a_file(tmp_path):
    path = tmp_path / "o.ttl"
    path.write_text("<> a <http://www.w3.org/2002/07/owl#Ontology> .")
    kg = gk.KnowledgeGraph()
    kg.add(path, base="https://example.org/o")
    assert kg.query("SELECT ?o { ?o a owl:Ontology }").column("o") == [
        NamedNode("https://example.org/o")
    ]
    assert kg.replace(path) == (1, 1)
    assert kg.query("SELECT ?o { ?o a owl:Ontology }").column("o") == [NamedNode(path.as_uri())]


def test_a_prefix_that_means_something_else_here_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix place: <https://example.org/place/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix mine: <https://example.org/> .\n"
        'place:rome rdfs:label "Roma" .\n',
        "utf-8",
    )
    kg = gk.load()
    added = kg.add(path)
    (note,) = added.notes
    assert note.startswith("The prefix place: is <https://example.org/place/> in ")
    assert "<https://w3id.org/glocal/id/place/> here" in note
    assert f". {note[:-1]}>" in repr(added)
    with kg.edit() as edit:
        assert edit.add(path).notes == added.notes
    kg.bind("place", "https://example.org/place/")
    assert kg.add(path).notes == ()


def test_a_file_that_was_never_added_is_not_replaced(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mine.ttl", "mine-b.ttl"):
        Path(name).write_text(f"<{EX}suva> a <{EX}City> .")
    kg = gk.KnowledgeGraph()
    with pytest.raises(gk.NotFoundError, match=r"mine-b.ttl was never added.*with kg\.add"):
        kg.replace("mine-b.ttl")
    kg.add("mine.ttl")
    before = set(kg.facts)
    with pytest.raises(
        gk.NotFoundError, match=r"Did you mean mine.ttl\? Added are mine.ttl"
    ) as one:
        kg.replace("mine-b.ttl")
    assert one.value.suggestions == ("mine.ttl",)
    with kg.edit() as edit, pytest.raises(gk.NotFoundError):
        edit.replace("mine-b.ttl")
    assert set(kg.facts) == before
    assert kg.replace(tmp_path / "mine.ttl") == (0, 0)  # the same file, by another path
    assert kg.replace("mine-b.ttl", graph=EX + "b") == (1, 0)  # a graph that is named may be new
    assert kg.replace(gk.Text(f"<{EX}apia> a <{EX}City> .", "turtle", name="new")) == (1, 0)


def test_a_file_of_an_opened_graph_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.trig"
    path.write_text(f"<{EX}g> {{ <{EX}suva> a <{EX}City> }}")
    with gk.open(tmp_path / "my.glocal", create=True) as kg:
        kg.add(path)
    path.write_text(f"<{EX}g> {{ <{EX}apia> a <{EX}City> }}")
    with gk.open(tmp_path / "my.glocal") as kg:
        assert kg.replace(path) == (1, 1)


@pytest.mark.parametrize(
    "text", ["ex:a a ex:B", " place:rome a glocal:City .", "ex:a ex:p <urn:b> ."]
)
def test_facts_in_place_of_a_path_are_told(text):
    for take in (gk.KnowledgeGraph().add, gk.KnowledgeGraph().entails):
        with pytest.raises(gk.ReadError, match=r"A str is a path; .* gk\.Text"):
            take(text + " ")
    with pytest.raises(gk.ReadError, match="Check the path"):
        gk.KnowledgeGraph().add("my data: a file.ttl")


def test_nothing_added_is_in_no_graph():
    assert repr(gk.KnowledgeGraph().add([])) == "<Added: 0 statements>"


def test_directions_that_json_ld_leaves_behind_are_told() -> None:
    kg, text = gk.KnowledgeGraph(), {"@value": "abc", "@language": "ar", "@direction": "rtl"}
    document = [{"@id": "urn:a", "urn:p": [text, {**text, "@value": "d"}, "plain"]}]
    added = kg.add(gk.Text(json.dumps(document), "jsonld"))
    assert {str(quad.object) for quad in kg.facts} == {'"abc"@ar', '"d"@ar', '"plain"'}
    (note,) = added.notes
    assert note.startswith("The base direction of 2 texts in text is left behind")
    assert not kg.add(gk.Text('<urn:a> <urn:q> "abc"@ar--rtl .', "turtle", "t")).notes


def test_a_file_that_was_refused_leaves_its_graph_to_another_of_its_name(tmp_path):
    (tmp_path / "mine.ttl").write_text("<urn:a> <urn:b> .")
    (tmp_path / "mine.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    with gk.load() as kg:
        for verb in (kg.add, kg.replace):
            with pytest.raises(gk.GlocalError):
                verb(tmp_path / "mine.ttl")
        assert kg.add(tmp_path / "mine.nt") == 1
        with pytest.raises(gk.ReadError, match=r"as do those of .*mine\.nt"):
            kg.add(tmp_path / "mine.ttl")
