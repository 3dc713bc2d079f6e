"""Open to others: files that need no change of ours are valid and answered by packaged questions.

One file each in ``others``: a second study with its map, a database of practices with themes of
its own, an eighth area, names in Spanish only, a city taken in three ways, twin towns, a project
in a program, a further language, and a second scholar's reading.
"""

from __future__ import annotations

import functools
from pathlib import Path

import pyoxigraph as ox
import pytest

import glocal_kg as gk
from glocal_kg._graph.graph import Graph
from glocal_kg._questions import find

OTHERS = Path(__file__).with_name("others")
FILES = sorted(path.name for path in OTHERS.iterdir())
EX = "https://example.org/"
MAP = {"map": EX + "map"}
TERM = "term:glocalization"
SMALL = """\
@prefix ex: <https://example.org/> .
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix place: <https://w3id.org/glocal/id/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix term: <https://w3id.org/glocal/id/term/> .
ex:informe a glocal:Source ; rdfs:label "informe"@es ; glocal:by ex:ruiz .
ex:pagina-3 a glocal:Passage ; rdfs:label "informe, página 3"@es ; glocal:fromSource ex:informe ;
    schema:position 3 .
ex:pagina-9 a glocal:Passage ; rdfs:label "informe, página 9"@es ; glocal:fromSource ex:informe ;
    schema:position 9 .
ex:ruiz a glocal:Person ; rdfs:label "Elena Ruiz"@es ; glocal:statedIn ex:pagina-3 .
ex:estudio a glocal:Study ; rdfs:label "estudio"@es ; glocal:commissionedBy ex:ruiz ;
    glocal:statedIn ex:pagina-3 .
ex:definicion a glocal:Definition ; rdfs:label "glocalización"@es ; glocal:by ex:ruiz ;
    glocal:defines term:glocalization ; skos:definition "Lo mundial hecho de lugares."@es ;
    glocal:statedIn ex:pagina-9 .
ex:liga a glocal:Practice ; rdfs:label "liga de barrios"@es ; glocal:participant place:toronto ;
    glocal:statedIn ex:pagina-9 .
"""  # no conductor, date or assertion, in Spanish only; two pages are quoted
VISION = ("principle/vision", "trend/problems-of-international-cooperation")


@pytest.fixture(scope="module")
def known() -> set[tuple[str, str]]:
    """What is found in the packaged facts alone."""
    return findings(gk.load())


def findings(kg: gk.KnowledgeGraph) -> set[tuple[str, str]]:
    return {(str(one.focus), str(one.source_shape)) for one in kg.validate().results}


@functools.cache
def with_file(name: str) -> gk.KnowledgeGraph:
    """The packaged facts and one file; nobody changes it."""
    kg = gk.load()
    kg.add(OTHERS / name)
    return kg


def rows(name: str, question: str, **given: str) -> list[tuple[str, ...]]:
    """The answer of a packaged question on the packaged facts and one file, with short IRIs."""
    table = Graph.answer(with_file(name), find(question), given)
    return [tuple("" if cell is None else short(cell) for cell in row) for row in table.terms]


def short(term: ox.NamedNode | ox.Literal) -> str:
    for base in ("https://w3id.org/glocal/id/", "https://w3id.org/glocal/ontology#", EX):
        term = str(getattr(term, "value", term)).removeprefix(base)
    return term


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_valid_as_it_is(name: str, known: set[tuple[str, str]]) -> None:
    assert findings(with_file(name)) - known == set()


def test_a_report_names_what_no_shape_is_for() -> None:
    kg = gk.load()
    kg.add(
        gk.Text(
            "<https://example.org/themes> a <http://www.w3.org/2004/02/skos/core#ConceptScheme> ;"
            " <http://www.w3.org/2000/01/rdf-schema#label> 'themes'@en .",
            "turtle",
            name="themes.ttl",
        )
    )
    report = kg.validate(source="mine")
    assert report.passed_over == ("https://example.org/themes (skos:ConceptScheme)",)
    assert "no shape is for https://example.org/themes (skos:ConceptScheme)." in report.to_text()


def test_a_second_map_has_its_principles_in_its_own_order() -> None:
    found = rows("second-study.ttl", "map/principles", **MAP)
    assert list(dict.fromkeys((position, one) for _, position, one, _ in found)) == [
        ("1", "solidarity"),
        ("2", "principle/city"),
        ("3", "principle/vision"),
    ]


def test_the_map_of_2002_keeps_its_order_beside_it() -> None:
    found = rows("second-study.ttl", "map/principles", map="map:butterfly-2002")
    assert ("1", "principle/vision") in {(position, one) for _, position, one, _ in found}
    assert {one for _, _, one, _ in found} & {"solidarity"} == set()
    both = rows("second-study.ttl", "map/principles")
    assert {where for where, *_ in both} == {"map", "map/butterfly-2002"}


def test_a_second_map_has_its_trends_and_says_itself_what_answers_what() -> None:
    assert rows("second-study.ttl", "map/trends", **MAP) == [
        ("map", "AdverseTrend", "1", "nationalism")
    ]
    answers = rows("second-study.ttl", "map/answers", **MAP)
    stated = [row for row in answers if row[0] == "solidarity"]
    assert stated == [("solidarity", "nationalism", "asserts", "", "", "", "said")]


def test_the_source_of_a_row_is_that_of_the_map_whoever_defined_its_areas() -> None:
    kg = gk.load()
    kg.add(Path(__file__).parent / "others" / "eighth-area.ttl")
    table = kg.run("map/areas")
    of = {(row[0], row[-1]) for row in table.terms}
    assert len({where for where, _ in of}) == len(of) == 2
    assert "eighth-area" in " ".join(str(source) for _, source in of)


def test_a_second_map_has_its_areas_in_order_whether_or_not_practices_are_in_them() -> None:
    found = rows("eighth-area.ttl", "map/areas", **MAP)
    assert found == [("map", "1", "area/culture"), ("map", "8", "climate")]
    both = rows("eighth-area.ttl", "map/areas")
    assert [row[2] for row in both if row[0] == "map/butterfly-2002"] == [
        f"area/{one}"
        for one in "city-diplomacy culture youth socio-economic ict sport tourism".split()  # noqa: SIM905 - words
    ]
    of_its_own = rows("eighth-area.ttl", "practices/areas-and-practices", **MAP)
    assert [row[:2] for row in of_its_own] == [("1", "area/culture"), ("8", "climate")]
    of_2002 = rows("eighth-area.ttl", "practices/areas-and-practices")
    assert "climate" not in {row[1] for row in of_2002}
    assert len(of_2002) == 7


def test_a_second_map_has_no_row_of_the_first_in_what_takes_a_map() -> None:
    for question in ("map/basis-and-drive", "map/actors-in-both-directions"):
        assert rows("eighth-area.ttl", question, **MAP) == []
        assert rows("eighth-area.ttl", question, map="map:butterfly-2002")


def test_a_picture_and_a_question_take_the_same_names_of_a_map() -> None:
    kg = with_file("second-study.ttl").copy()
    kg.bind("mine", EX)
    assert str(kg.map(map="mine:map")) == str(kg.map(map=EX + "map"))
    asked = kg.run("map/principles", map=EX + "map").to_csv()
    assert kg.run("map/principles", map="mine:map").to_csv() == asked


def test_themes_of_another_scheme_are_answered() -> None:
    found = rows("practice-database.ttl", "practices/areas-and-practices", source=EX + "database")
    assert found == [("", "arts", "mural", "row-2"), ("", "health", "clinic", "row-1")]
    touching = rows("practice-database.ttl", "practices/mentioning", notion=EX + "health")
    assert [(row[0], row[2]) for row in touching] == [("clinic", "health")]
    cities = rows("practice-database.ttl", "practices/naming-cities", source=EX + "database")
    assert cities == [("clinic", "place/kigali", ""), ("mural", "place/rome", "")]


def test_an_eighth_area_stands_on_its_map() -> None:
    found = rows(
        "eighth-area.ttl", "practices/areas-and-practices", source=EX + "report", map=EX + "map"
    )
    assert found == [("8", "climate", "trees", "page")]


def test_what_is_named_in_spanish_only_is_answered() -> None:
    found = rows("spanish-only.ttl", "practices/naming-cities", source=EX + "informe")
    assert found == [("coros", "place/rome", "")]


def test_a_city_is_one_node_as_place_as_people_and_as_government() -> None:
    found = rows("one-city.ttl", "practices/naming-cities", source=EX + "report")
    assert found == [("choir", "sevilla", ""), ("fair", "sevilla", ""), ("pact", "sevilla", "")]


def test_twin_towns_take_eight_triples_and_a_practice_five() -> None:
    about = {"twins", "sevilla"}
    triples = [q for q in ox.parse(path=OTHERS / "twin-towns.ttl") if short(q.subject) in about]
    assert len(triples) == 8
    coros = [q for q in ox.parse(path=OTHERS / "spanish-only.ttl") if short(q.subject) == "coros"]
    assert len(coros) == 5
    found = rows("twin-towns.ttl", "practices/naming-cities", source=EX + "list")
    assert set(found) == {("twins", "place/rome", ""), ("twins", "sevilla", "")}


def test_a_project_is_part_of_its_program() -> None:
    found = rows("project-in-program.ttl", "practices/areas-and-practices", source=EX + "report")
    assert [practice for _, _, practice, _ in found] == ["program", "project"]
    table = with_file("project-in-program.ttl").query(
        "SELECT ?x { ?x a glocal:Project ; glocal:partOf <https://example.org/program> }"
    )
    assert [short(row[0]) for row in table.terms] == ["project"]


def test_a_further_language_is_asked_for_as_any_other() -> None:
    found = rows("further-language.ttl", "convention/senses", term=TERM, lang="de")
    texts = {row[1]: row[-1] for row in found}
    assert texts["glokalisierung"] == "Das Zusammenspiel von Örtlichem und Weltweitem."
    assert texts["definition/glocalization-article"].startswith("Pulls toward")  # none in German
    assert len(texts) == len(found) > 10
    assert with_file("further-language.ttl").query(
        'ASK { principle:city rdfs:label "Stadt"@de , "city"@en }'
    )


def test_what_little_is_said_of_a_study_is_answered_whole() -> None:
    kg = gk.load()
    kg.add(gk.Text(SMALL, "turtle"))
    assert {one.severity for one in kg.validate().results} == {"warning"}

    def asked(question: str, **given: str) -> list[tuple[str, ...]]:
        table = Graph.answer(kg, find(question), given)
        return [tuple("" if cell is None else short(cell) for cell in row) for row in table.terms]

    assert asked("study/commission")[0] == ("estudio", "ruiz", "", "", "", "pagina-3")
    assert asked("study/authorship", source=EX + "informe") == [("ruiz", "", "", "", "", "")]
    senses = {row[1]: row[-1] for row in asked("convention/senses", term=TERM)}
    assert senses["definicion"] == "Lo mundial hecho de lugares."
    cities = asked("practices/cities-in-several-practices")
    toronto = {row[1] for row in cities if row[0] == "place/toronto"}
    assert toronto == {"liga", "practice/training-coaches"}


def test_a_second_scholar_disputes_a_reading_beside_ours() -> None:
    found = rows("rival-reading.trig", "map/answers")
    disputed = [row[2:5] for row in found if row[:2] == VISION]
    assert disputed == [("asserts", "actor/glocal-kg-project", "0.7"), ("denies", "rossi", "0.6")]
    kg = with_file("rival-reading.trig")
    assert all(row[5] for row in kg.run("map/answers", lang="de").terms), "each row says why"
    told = kg.run("map/answers").to_dicts(plain=True)
    assert {row["source"] for row in told if row["by"] == EX + "rossi"} == {"rossi"}


@pytest.mark.parametrize("form", ["source:{}", "graph:{}", "{}"])
@pytest.mark.parametrize(("source", "many"), [("deck", 21), ("article", 7)])
def test_silences_are_asked_for_by_the_source_that_is_silent(source, many, form):
    kg = gk.load()
    table = kg.run("evidence/silences", source=form.format(source))
    iri = kg.prefixes.expand(f"source:{source}").value
    assert len(table) == many
    assert {row["source"] for row in table.to_dicts(plain=True)} == {iri}
    assert len(kg.run("evidence/silences", source="graph:silences")) == len(
        kg.run("evidence/silences")
    )
