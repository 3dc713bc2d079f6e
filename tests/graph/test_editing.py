"""Changes as one, who is told of them, and the handling of graphs by name."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, URIRef

import glocal_kg as gk
from glocal_kg._graph.graph import Graph

EX = "https://example.org/"


def quad(name: str, graph: str = "g") -> Quad:
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return Quad(NamedNode(EX + name), NamedNode(a), NamedNode(EX + "City"), NamedNode(EX + graph))


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    graph = gk.KnowledgeGraph()
    graph.add([quad("rome"), quad("oslo", "h")])
    return graph


def test_several_changes_are_kept_as_one(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(f"<{EX}suva> a <{EX}City> .")
    with kg.edit() as edit:
        assert edit.add(path) == 1
        assert edit.remove([quad("rome")]) == 1
        assert edit.clear(EX + "h") == 1
        assert len(edit.graph) == 1
        assert edit.graph.ask(f"ASK {{ <{EX}suva> a <{EX}City> }}")
        assert set(kg.facts) == {quad("rome"), quad("oslo", "h")}
    assert edit.change is not None
    assert (edit.change.count_added, edit.change.count_removed) == (1, 2)
    assert set(edit.change.removed) == {quad("rome"), quad("oslo", "h")}
    assert len(kg) == 1
    assert kg.replace(path) == (0, 0)


def test_an_error_in_one_file_keeps_none(kg: gk.KnowledgeGraph) -> None:
    before = set(kg.facts)
    edit = kg.edit()

    def two() -> None:
        with edit:
            edit.add([quad("suva")])
            edit.add(gk.Text("this is no Turtle", "turtle"))

    with pytest.raises(gk.ReadError):
        two()
    assert set(kg.facts) == before
    assert edit.change is None
    with pytest.raises(gk.GlocalError, match="not open"):
        edit.add([quad("suva")])


def test_who_asked_is_told_what_changed(kg: gk.KnowledgeGraph) -> None:
    told: list[object] = []
    end = kg.subscribe(told.append)
    kg.add([quad("rome")])  # it is there already
    kg.add([quad("suva")])
    kg.remove([quad("rome")])
    with kg.edit() as edit:
        edit.add([quad("nadi"), quad("apia")])
    kg.infer()
    end()
    kg.add([quad("lima")])
    counts = [(one.count_added, one.count_removed) for one in told]
    assert counts == [(1, 0), (0, 1), (2, 0)]


def test_a_change_stands_where_one_who_is_told_of_it_fails(kg: gk.KnowledgeGraph) -> None:
    told: list[object] = []

    def fails(_: gk.Change) -> None:
        raise ZeroDivisionError("mine")

    kg.subscribe(fails)
    kg.subscribe(told.append)
    changes: list[Callable[[], object]] = [
        lambda: kg.add(
            gk.Text("@prefix my: <urn:my:> . my:a my:b my:c .", "turtle", name="my.ttl")
        ),
        lambda: kg.add([quad("suva")]),
        lambda: kg.replace(gk.Text(f"<{EX}apia> a <{EX}City> .", "turtle"), graph=EX + "x"),
        lambda: kg.remove([quad("rome")]),
        lambda: _edited(kg, quad("lima")),
    ]
    for number, change in enumerate(changes, 1):
        with pytest.raises(ZeroDivisionError, match="mine") as caught:
            change()
        (note,) = caught.value.__notes__
        assert "The graph has changed all the same (<Change: 1 fact new, 0 gone>)" in note or (
            "0 facts new, 1 gone" in note
        )
        assert "error of test_a_change_stands_where_one_who_is_told_of_it_fails.<locals>.f" in note
        assert len(told) == number
    held = {one.subject.value for one in kg.facts if isinstance(one.subject, NamedNode)}
    assert held == {"urn:my:a", *(EX + one for one in ("suva", "apia", "oslo", "lima"))}
    assert kg.prefixes["my"] == "urn:my:"
    assert next(source.name for source, _ in kg.sources) == "my.ttl"
    kg.add([quad("suva")])  # nothing changes, so nobody is told


def _edited(kg: gk.KnowledgeGraph, new: Quad) -> None:
    with kg.edit() as edit:
        edit.add([new])


def test_a_copy_changes_on_its_own(kg: gk.KnowledgeGraph) -> None:
    other = kg.copy()
    other.add([quad("suva")])
    kg.remove([quad("rome")])
    assert set(other.facts) == {quad("rome"), quad("oslo", "h"), quad("suva")}
    assert set(kg.facts) == {quad("oslo", "h")}


def test_graphs_are_named_by_iri_prefix_or_file(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(f"<{EX}suva> a <{EX}City> .")
    kg.add(path)
    kg.bind("ex", EX)
    assert [graph.value for graph in kg.graphs()][:2] == [EX + "g", EX + "h"]
    assert kg.clear("mine.ttl") == 1
    assert kg.clear("ex:h") == 1
    with pytest.raises(gk.NotFoundError, match="Did you mean") as caught:
        kg.clear(EX + "gg")
    assert caught.value.suggestions == (EX + "g",)
    assert set(kg.facts) == {quad("rome")}


def test_what_is_written_is_read_again(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    kg.bind("ex", EX)
    path = tmp_path / "all.trig"
    assert kg.write(path) == 2
    assert "@prefix ex: <https://example.org/>" in path.read_text()
    again = gk.KnowledgeGraph()
    again.add(path)
    assert set(again.facts) == set(kg.facts)
    out = io.StringIO()
    assert kg.write(out, graph="ex:g", format="turtle") == 1
    assert "ex:rome a ex:City" in out.getvalue()
    with pytest.raises(gk.GlocalError, match="holds one graph"):
        kg.write(tmp_path / "all.ttl")
    with pytest.raises(gk.GlocalError, match="does not tell the format"):
        kg.write(tmp_path / "all.txt")
    assert not (tmp_path / "all.ttl").exists()


def test_an_edit_remembers_which_file_filled_a_graph(tmp_path: Path) -> None:
    kg = gk.KnowledgeGraph()
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    with kg.edit() as edit:
        edit.add(tmp_path / "one" / "x.ttl")
    with pytest.raises(gk.ReadError, match="as do those of"):
        kg.add(tmp_path / "other" / "x.ttl")


def test_what_names_no_graph_goes_to_the_graph_of_the_edit() -> None:
    graph = Graph()
    text = gk.Text(f"<{EX}suva> a <{EX}City> .", "turtle")
    with graph.edit(source=EX + "mine") as edit:
        edit.add(text)
    assert graph.graphs() == [NamedNode(EX + "mine")]
    with graph.edit(source=EX + "mine") as edit:
        edit.add(text, graph=EX + "other")
        edit.replace(gk.Text(f"<{EX}nadi> a <{EX}City> .", "turtle"))
    assert {(quad.subject.value, quad.graph_name.value) for quad in graph.facts} == {
        (EX + "suva", EX + "other"),
        (EX + "nadi", EX + "mine"),
    }


def test_another_name_finds_a_thing_where_no_label_does() -> None:
    other = "<http://www.w3.org/2004/02/skos/core#altLabel>"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    graph = gk.KnowledgeGraph()
    graph.add(gk.Text(f'<urn:ny> {label} "New York" ; {other} "Big Apple", "Gotham" .', "turtle"))
    assert graph.describe("big apple").iri == "urn:ny"
    graph.add(gk.Text(f'<urn:film> {label} "Gotham" .', "turtle"))
    assert graph.describe("Gotham").iri == "urn:film"


def beside(kg: gk.KnowledgeGraph, file: Path) -> dict[str, Callable[[], object]]:
    """Every way to change a graph that is not its open edit."""
    other = f"<{EX}nadi> a <{EX}City> ."
    return {
        "add": lambda: kg.add(file),
        "replace": lambda: kg.replace(gk.Text(other, "turtle")),
        "remove": lambda: kg.remove([quad("rome")]),
        "remove a file": lambda: kg.remove("no.ttl"),
        "clear": lambda: kg.clear(EX + "h"),
        "edit": lambda: kg.edit().__enter__(),
        "import_table": lambda: kg.import_table(file.with_suffix(".csv")),
        "dataset": lambda: kg.dataset.add((URIRef(EX), RDF.type, URIRef(EX), URIRef(EX))),
        "dataset.remove": lambda: kg.dataset.remove((None, None, None, None)),
    }


VERBS = tuple(beside(gk.KnowledgeGraph(), Path()))


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_changes_beside_an_open_edit_of_this_thread(
    kg: gk.KnowledgeGraph, verb: str, tmp_path: Path
) -> None:
    """Else it would be gone, without a word, when the edit is kept."""
    file = tmp_path / "mine.ttl"
    file.write_text(f"<{EX}suva> a <{EX}City> .", "utf-8")
    file.with_suffix(".csv").write_text("name,city\nChoir,Suva\n", "utf-8")
    with kg.edit() as edit:
        edit.add([quad("apia")])
        with pytest.raises(gk.GlocalError, match=r"An edit of this graph is open.*edit\.add"):
            beside(kg, file)[verb]()
        assert len(kg) == 2
        edit.graph.add([quad("lima")])  # the graph of the edit is the edit's own
        with edit.graph.edit() as inner:
            inner.add([quad("quito")])
        assert len(kg.infer().clashes) == 0
    assert len(kg) == 5
    assert kg.add(file) == 1


def test_an_edit_of_a_folder_refuses_a_change_beside_it(tmp_path: Path) -> None:
    with gk.open(tmp_path / "mine.glocal", create=True) as graph, graph.edit() as edit:
        edit.add([quad("rome")])
        with pytest.raises(gk.GlocalError, match="open"):
            graph.add([quad("suva")])
    with gk.open(tmp_path / "mine.glocal") as graph:
        assert set(graph.facts) == {quad("rome")}


def test_what_comes_of_other_threads_stays(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    """They wait for the edit; and names and prefixes known meanwhile are not forgotten."""
    file = tmp_path / "mine.ttl"
    file.write_text(f"@prefix mine: <{EX}mine/> . <{EX}suva> a <{EX}City> .", "utf-8")
    with ThreadPoolExecutor(1) as pool:
        with kg.edit() as edit:
            edit.add([quad("apia")])
            edit.graph.bind("late", EX + "late/")
            added = pool.submit(kg.add, file)
            kg.bind("beside", EX + "beside/")
            assert len(kg) == 2
        assert added.result() == 1
    assert len(kg) == 4
    assert {"mine", "late", "beside"} <= {*kg.prefixes}
    assert kg.clear("mine.ttl") == 1


def test_a_source_that_is_none_tells_what_may_be_one(tmp_path: Path) -> None:
    graph = gk.load()
    with pytest.raises(gk.GlocalError, match="'mine' is all that is added; nothing is yet"):
        graph.practices(source="yours")
    path = tmp_path / "practices.ttl"
    path.write_text(f"<{EX}suva> a <{EX}City> .", "utf-8")
    graph.add(path)
    told = r"'mine' is all that you added: .*practices\.ttl"
    for ask in (graph.practices, graph.cities, graph.network, graph.report, graph.validate):
        with pytest.raises(gk.GlocalError, match=told):
            ask(source="yours")
    for question in ("practices/naming-cities", "map/answers"):
        with pytest.raises(gk.GlocalError, match=told):
            graph.run(question, source="yours")


def test_no_packaged_graph_is_offered_to_be_cleared() -> None:
    graph = gk.load()
    for change in (graph.clear, graph.remove):
        for name in ("study.ttl", "study", "deck.ttl", "shapes"):
            with pytest.raises(gk.NotFoundError) as told:
                change(name)
            assert "glocal/ontology" not in str(told.value)
            assert told.value.suggestions == ()
