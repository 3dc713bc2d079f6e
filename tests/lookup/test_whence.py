"""Every packaged question takes ``source``, and its rows say where they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._questions.question import find, names

OTHERS = Path(__file__).parents[1] / "questions/others"
MINE = str(OTHERS / "practice-database.ttl")


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    graph = gk.load()
    graph.add(MINE)
    graph.add(OTHERS / "twin-towns.ttl")
    return graph


def test_mine_is_what_ones_own_files_bring(kg: gk.KnowledgeGraph) -> None:
    table = kg.run("practices/naming-cities", source="mine")
    found = {(table.label(row.practice), table.label(row.city)) for row in table}
    assert ("mural", "Rome") in found
    assert ("Roma y Sevilla", "Sevilla") in found
    graphs = {row.source.value.rpartition("/")[2] for row in table}
    assert graphs == {"practice-database", "twin-towns"}
    assert len(kg.run("practices/naming-cities")) > len(table)


def test_one_file_by_its_name(kg: gk.KnowledgeGraph) -> None:
    table = kg.run("practices/areas-and-practices", source=MINE)
    assert {table.label(row.area) for row in table} == {"arts", "health"}


def test_a_source_of_the_study_and_mine_together(kg: gk.KnowledgeGraph) -> None:
    table = kg.run("practices/naming-cities", source=["source:deck", "mine"])
    labels = {table.label(row.source) or row.source.value.rpartition("/")[2] for row in table}
    assert labels == {"deck", "practice-database", "twin-towns"}


def test_counts_are_those_of_the_source_alone(kg: gk.KnowledgeGraph) -> None:
    (row,) = kg.run("map/trends", source="source:deck")[:1]
    assert row.source.value.endswith("graph/deck")
    table = kg.run("practices/city-counts", source=MINE)
    assert len(table) == 1


@pytest.mark.parametrize("name", names())
def test_every_question_takes_it(kg: gk.KnowledgeGraph, name: str) -> None:
    if name.startswith(("practices/", "map/principles", "study/lists", "evidence/coverage")):
        table = kg.answer(find(name), {"source": "mine"})
        assert table.columns[-1] in ("source", "graph")
        assert len(table) or table.notes


def test_a_question_whose_rows_say_the_source_says_it_once(kg: gk.KnowledgeGraph) -> None:
    table = kg.run("evidence/silences", source="deck")
    assert table.columns == ("silence", "source")
    assert {table.label(row.source) for row in table} == {"deck"}
    assert len(kg.run("evidence/silences", source=["deck", "article"])) > len(table)


def test_what_is_no_source_is_told(kg: gk.KnowledgeGraph) -> None:
    with pytest.raises(gk.NotFoundError, match=r"There is no graph 'nowhere'\. Yours: "):
        kg.run("map/principles", source="nowhere")
    with pytest.raises(gk.NotFoundError, match="no graph of your own"):
        gk.load().run("map/principles", source="mine")


def test_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["query", "practices/naming-cities", "-d", MINE, "-p", "source=mine", "--both"]
    assert run(given) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "practice,practice_label,city,city_label,emended,source,source_label"
    assert len(lines) == 3
    assert run(["query", "--show", "map/principles"]) == 0
    assert "or mine" in capsys.readouterr().out


def test_a_shared_principle_has_the_passage_of_its_own_map() -> None:
    kg = gk.load()
    kg.add(
        gk.Text(
            "@prefix ex: <https://example.org/> . @prefix schema: <https://schema.org/> .\n"
            "@prefix glocal: <https://w3id.org/glocal/ontology#> .\n"
            "ex:map a glocal:IdealMap . ex:p1 a glocal:Passage ; glocal:fromSource ex:source .\n"
            "@prefix principle: <https://w3id.org/glocal/id/principle/> .\n"
            "[] glocal:element principle:city ; glocal:onMap ex:map ;\n"
            "  schema:position 1 ; glocal:statedIn ex:p1 .",
            "turtle",
        )
    )
    rows = kg.run("map/principles", map="https://example.org/map").to_dicts()
    assert [row["passage"].value for row in rows] == ["https://example.org/p1"]


def test_who_only_says_of_what_kind_a_thing_is_does_not_tell_the_row() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("<urn:p> a <urn:Choir> .", "turtle"), graph="urn:kinds")
    kg.add(gk.Text("<urn:p> <urn:of> <urn:c> .", "turtle"), graph="urn:links")
    choirs = gk.Question("mine/choirs", "SELECT ?p ?c { ?p a <urn:Choir> ; <urn:of> ?c }")
    told = kg.answer(choirs, {"source": ["urn:kinds", "urn:links"]})
    assert [str(row.source) for row in told] == ["<urn:links>"]


def test_a_link_of_two_things_is_told_from_either_end() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("<urn:a> a <urn:Kind> .", "turtle"), graph="urn:graph/kinds")
    kg.add(gk.Text("<urn:b> <urn:of> <urn:a> .", "turtle"), graph="urn:graph/links")
    text = "#+ attested: [a, b]\nSELECT ?a ?b { ?b <urn:of> ?a }"
    assert kg.answer(gk.Question("mine/links", text), {}).column("source") == ["links"]


def test_defaults_that_narrow_an_empty_answer_are_told(kg: gk.KnowledgeGraph) -> None:
    notes = kg.run("practices/support", source="mine").notes
    assert "practice=practice:kigali-agriculture, a default that narrows it" in notes[-1]
    given = kg.run("practices/support", source="mine", practice="practice:training-coaches").notes
    assert len(given) == 1


def test_show_tells_all_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--show", "evidence/coverage"]) == 0
    out = capsys.readouterr().out
    assert "rows from there (default: source:article)" in out
    assert "skos:Concept (default: any)" in out


def test_a_graph_of_a_file_is_called_by_its_name(kg: gk.KnowledgeGraph) -> None:
    frame = kg.run("practices/naming-cities", source="mine").to_pandas(labels=True)
    assert set(frame["source_label"]) == {"practice-database", "twin-towns"}


TOLD = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix place: <https://w3id.org/glocal/id/place/> .
<urn:source> a glocal:Source . <urn:page> a glocal:Passage ; glocal:fromSource <urn:source> .
<urn:oulu> a glocal:City ; glocal:statedIn <urn:page> .
<urn:practice> a glocal:Practice ; glocal:fromSource <urn:source> ; glocal:statedIn <urn:page> ;
    glocal:concerns place:rome .
<urn:reading> a glocal:Assertion ; glocal:interpretedFrom <urn:page> .
"""


def test_passages_of_no_kind_are_covered_and_readings_are_counted_apart() -> None:
    kg = gk.load()
    kg.add(gk.Text(TOLD, "turtle"))
    (row,) = kg.run("evidence/coverage", source="mine")
    assert (row.passage.value, row.facts, row.readings) == ("urn:page", 2, 1)
    assert not kg.run("evidence/coverage", source="mine", kind="kind:slide")


def test_a_city_that_a_practice_concerns_is_counted_as_it_is_listed() -> None:
    kg = gk.load()
    kg.add(gk.Text(TOLD, "turtle"))
    (row,) = kg.run("practices/city-counts", source="mine")
    listed = kg.run("practices/naming-cities", source="mine")
    assert (row.named, row.participating) == (2, len(set(listed.column("city")))) == (2, 1)


@pytest.mark.slow
def test_a_source_is_named_by_its_graph_on_disk_too(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    def named(graph: gk.KnowledgeGraph, **given: object) -> set[str]:
        table = graph.run("practices/areas-and-practices", **given)
        cells = {row[-1] for row in table.terms}
        told = {table.label(cell) or cell.value for cell in cells}
        return {name for one in told for name in one.split("; ")}

    with gk.open(tmp_path / "kept", create=True) as kept:
        kept.add(gk.load().facts)
        kept.add(MINE)
    with gk.open(tmp_path / "kept") as kept:
        for graph in (kg, kept):
            asked = named(graph, source=["source:deck", "mine"])
            assert {"deck", "practice-database"} <= asked
            assert not any("." in name or "/" in name for name in asked)


def test_a_source_has_one_name_asked_for_or_not(kg: gk.KnowledgeGraph) -> None:
    plain = kg.run("practices/city-groups")
    told = {name for row in plain.to_dicts(plain=True) for name in row["source"].split("; ")}
    table = kg.run("practices/city-groups", source=["source:deck", "graph:interpretation"])
    assert {table.label(row[-1]) for row in table.terms} <= told | {"deck", "interpretation"}
