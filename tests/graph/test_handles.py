"""What a graph is called, what adding says, and names in the place of IRIs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._cli import run

CITY = "<https://example.org/{0}> a <https://w3id.org/glocal/ontology#City> ."
SAME = """@prefix ex: <https://example.org/> . @prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:rome a glocal:Practice ; rdfs:label "Rome meets Suva"@en .
ex:one a glocal:Practice ; rdfs:label "One name"@en .
ex:two a glocal:Practice ; rdfs:label "One name"@en ."""


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    graph = gk.load()
    graph.add(gk.Text(SAME, "turtle", name="same.ttl"))
    return graph


def test_add_says_where_and_how_many(tmp_path: Path) -> None:
    path = tmp_path / "my cities.ttl"
    path.write_text(CITY.format("a"), encoding="utf-8")
    kg = gk.KnowledgeGraph()
    added = kg.add(path)
    assert added == 1
    assert added.graph is not None
    assert added.graph.value == "https://w3id.org/glocal/graph/import/my-cities"
    assert repr(added) == f"<Added: 1 statement in {added.graph.value}>"
    assert kg.graphs() == [added.graph]


def test_files_of_one_name_never_share_a_graph(tmp_path: Path, monkeypatch) -> None:
    for year in ("y1", "y2"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "p.ttl").write_text(CITY.format(year), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    kg = gk.KnowledgeGraph()
    assert kg.add("y1/p.ttl").graph != kg.add("y2/p.ttl").graph
    kg.replace("y1/p.ttl")
    assert len(kg) == 2
    other = gk.KnowledgeGraph()
    other.add(tmp_path / "y1/p.ttl")
    with pytest.raises(gk.ReadError, match="as do those of"):
        other.add(tmp_path / "y2/p.ttl")


def test_a_file_is_removed_by_its_name(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "p.ttl"
    path.write_text(CITY.format("a"), encoding="utf-8")
    kg = gk.KnowledgeGraph()
    kg.add(path)
    monkeypatch.chdir(tmp_path)
    assert kg.remove("p.ttl") == 1
    assert len(kg) == 0
    with pytest.raises(gk.NotFoundError, match=r"There is no graph 'p\.ttl'"):
        kg.remove("p.ttl")


def test_prefixes_of_a_file_are_known_and_written(kg: gk.KnowledgeGraph) -> None:
    assert kg.select("SELECT ?l { ex:rome rdfs:label ?l }").column("l") == ["Rome meets Suva"]
    out = io.StringIO()
    kg.write(out, graph="same.ttl", format="turtle")
    assert "@prefix ex: <https://example.org/>" in out.getvalue()
    assert "ex:rome" in out.getvalue()


def test_names_stand_for_things(kg: gk.KnowledgeGraph) -> None:
    by_name = kg.run("practices/support", practice="promotion of peri-urban agriculture in Kigali")
    assert by_name == kg.run("practices/support", practice="practice:kigali-agriculture")
    reached = kg.run("practices/cities-reached", city="Toronto")
    assert reached == kg.run("practices/cities-reached", city="place:toronto")
    assert kg.get("Kigali").iri.endswith("place/kigali")
    assert [one.iri for one in kg.practices(participant="Kigali")] == [
        one.iri for one in kg.practices(participant="place:kigali")
    ]
    told = kg.explain("practice:kigali-agriculture", "glocal:concerns", "Kigali")
    assert "concerns Kigali" in str(told)


def test_a_name_of_several_things_says_which(kg: gk.KnowledgeGraph) -> None:
    with pytest.raises(gk.ParameterError, match="Say which: ex:one or ex:two"):
        kg.run("practices/support", practice="One name")
    with pytest.raises(gk.NotFoundError, match="Say which: ex:one or ex:two"):
        kg.describe("one NAME")
    with pytest.raises(gk.ParameterError, match="or a name, of a glocal:Practice; 'Kigali' is not"):
        kg.run("practices/support", practice="Kigali")


def test_two_things_of_one_name_show_their_iris(kg: gk.KnowledgeGraph) -> None:
    text = kg.select("SELECT ?x { VALUES ?x { ex:one ex:two ex:rome } }").to_text()
    assert "One name (ex:one)" in text
    assert "One name (ex:two)" in text
    assert "Rome meets Suva\n" in text


def test_names_iris_or_both(kg: gk.KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    table = kg.select("SELECT ?x (1 AS ?n) { VALUES ?x { place:rome } }")
    assert table.named("names").to_csv() == "x,n\nRome,1\n"
    assert table.named("both").columns == ("x", "x_label", "n")
    bare = kg.select("SELECT ?x { VALUES ?x { assertion:one <https://other.org/x> } }")
    assert bare.named("names").to_csv() == "x\nassertion:one\nhttps://other.org/x\n"
    assert "Rome (place:rome)" in table.to_text(show="both")
    assert "Rome" not in table.to_text(show="iris")
    with pytest.raises(gk.ArgumentError):
        table.named("labels")
    query = "SELECT ?x { VALUES ?x { place:rome } }"
    assert run(["query", query, "--names"]) == 0
    assert capsys.readouterr().out == "x\nRome\n"
    assert run(["query", query, "--names", "--iris"]) == 2


def test_a_schema_is_typed_and_small(kg: gk.KnowledgeGraph) -> None:
    import json

    schema = kg.schema()
    told = json.loads(schema.to_json())
    assert told["prefixes"]["glocal"] == "https://w3id.org/glocal/ontology#"
    assert told["properties"]["glocal:ofParticipant"]["domain"] == ["glocal:Participation"]
    assert {one.name for one in schema.classes} == set(told["classes"])
    assert all(one.used for one in schema.properties)
    assert len(schema.to_json()) < 50_000
    assert repr(schema).startswith("<Schema: ")


def test_a_description_is_short_and_says_what_it_leaves_out(kg: gk.KnowledgeGraph) -> None:
    told = kg.describe("Rome")
    text = told.to_text()
    assert "left out" in text
    assert "... and " in text
    assert len(text.splitlines()) < 45
    assert len(told.to_text(limit=None).splitlines()) > len(text.splitlines())
    assert "[places]" in text
    practice = kg.describe("practice:kigali-agriculture").to_text(200, None)
    assert "in role: supporter; of participant: Municipality of Rome" in practice
    assert repr(told) == f"<Description of Rome: {len(told.said)} things said>"


@pytest.mark.parametrize("language", ["it", "fr"])
def test_an_explanation_is_english_with_names_in_the_language(language: str) -> None:
    kg = gk.load(languages=[language])
    told = str(kg.explain("practice:kigali-agriculture", "glocal:concerns", "place:rome"))
    assert "concerns Rom" in told
    assert "if A has participant B" in told
    assert "“" not in told
    assert {"it": "promozione dell'agricoltura", "fr": "promotion de l'agriculture"}[
        language
    ] in told


def test_a_file_has_one_graph_under_whatever_path(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "y1").mkdir()
    path = tmp_path / "y1/p.ttl"
    path.write_text(CITY.format("a"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    kg = gk.KnowledgeGraph()
    assert kg.add("y1/p.ttl").graph == kg.add(path).graph == kg.add(Path("y1/../y1/p.ttl")).graph
    assert len(kg) == 1
    with pytest.raises(gk.NotFoundError, match=r"Did you mean https://\S+/import/y1/p\?"):
        kg.clear("y1/pp.ttl")


def test_a_path_object_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "same.ttl"
    path.write_text(SAME, encoding="utf-8")
    kg = gk.load()
    kg.add(path)
    assert kg.validate(source=path).things == kg.validate(source="mine").things
    assert kg.run("practices/naming-cities", source=path).columns[-1] == "source"


def test_what_no_thing_fits_says_which_were_possible(kg: gk.KnowledgeGraph) -> None:
    for given, told in {
        "We Are the Fture": r"Did you mean 'We Are the Future' \(practice:we-are-the-future\)",
        "Kigali": "place:kigali has that name. Did you mean",
        "zz:rome-meets-suva": r"'Rome meets Suva' \(ex:rome\)",
    }.items():
        with pytest.raises(gk.ParameterError, match=told):
            kg.run("practices/support", practice=given)
    with pytest.raises(gk.ParameterError, match="import/same"):
        kg.run("practices/naming-cities", source="sam.ttl")


def test_a_table_is_no_file_of_triples() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(gk.ReadError, match=r"kg\.import_table"):
        gk.KnowledgeGraph().add(pandas.DataFrame({"city": ["Rome"]}))
