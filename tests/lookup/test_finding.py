"""Terms, descriptions and search: what a newcomer asks first."""

from __future__ import annotations

import json
import random

import pytest

import glocal_kg as gk
from glocal_kg._cli import run


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def test_terms_say_what_they_mean_and_how_often_they_are_used(kg: gk.KnowledgeGraph) -> None:
    found = {term.name: term for term in kg.terms()}
    practice = found["glocal:Practice"]
    assert (practice.kind, practice.label) == ("class", "practice")
    assert practice.used >= 7
    assert practice.example.endswith("rdf:type glocal:Practice")
    way = found["glocal:ofParticipant"]
    assert way.domain == ("glocal:Participation",)
    assert way.used > 40
    assert way.meaning
    assert [term.name for term in kg.terms("nowhere-at-all")] == []


def test_a_thing_is_described_both_ways(kg: gk.KnowledgeGraph) -> None:
    told = kg.describe("Kigali")
    assert told.iri.endswith("/place/kigali")
    assert told.types == ("glocal:City",)
    said = {(one.way, one.property, one.value) for one in told.said}
    assert ("->", "located in", "Rwanda") in said
    assert ("<-", "governs", "Municipality of Kigali") in said
    assert kg.describe("place:kigali") == told
    assert "Kigali" in str(told)


def test_readings_are_marked(kg: gk.KnowledgeGraph) -> None:
    kinds = {one.value: one.kind for one in kg.describe("place:rome").said}
    assert kinds["Italy"] == "interpreted"
    assert "Italy (interpreted)" in kg.describe("place:rome").to_text()


@pytest.mark.parametrize("name", ["place:rom", "Kigalli", "nowhere at all"])
def test_what_is_not_there_is_told_with_the_nearest(kg: gk.KnowledgeGraph, name: str) -> None:
    with pytest.raises(gk.NotFoundError) as caught:
        kg.describe(name)
    assert caught.value.suggestions


@pytest.mark.parametrize(
    ("words", "iri"),
    [
        ("kigali agriculture", "practice/kigali-agriculture"),
        ("kigali agricolture", "practice/kigali-agriculture"),
        ("Robertsen", "actor/roland-robertson"),
        ("citta gateways", ""),
        ("gemellaggi", ""),
        ("GLOCALISMO", "term/glocalism"),
    ],
)
def test_words_find_in_all_languages(kg: gk.KnowledgeGraph, words: str, iri: str) -> None:
    hits = kg.search(words)
    if iri:
        assert any(hit.iri.endswith(iri) for hit in hits[:5])
    assert len({hit.iri for hit in hits}) == len(hits)


def test_search_sees_a_change(kg: gk.KnowledgeGraph) -> None:
    own = kg.copy()
    text = '<urn:x> <http://www.w3.org/2000/01/rdf-schema#label> "Zzyzx choir"@en .'
    own.add(gk.Text(text, "turtle"))
    assert [hit.iri for hit in own.search("zzyzx", 1)] == ["urn:x"]
    assert "urn:x" not in [hit.iri for hit in kg.search("zzyzx")]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("kigali", "Kigali"), ("Rom", "Rome"), ("roma", "Rome"),
        ("peace building", "peace-building"),
        ("un habitat", "UN-Habitat"), ("war", "war"), ("Kigalli", "Kigali"), ("citta", "city"),
    ],
)  # fmt: skip
def test_exact_names_come_first(kg: gk.KnowledgeGraph, words: str, first: str) -> None:
    assert kg.search(words)[0].name == first


def test_names_come_before_definitions_and_these_before_claims(kg: gk.KnowledgeGraph) -> None:
    hits = kg.search("kigali", 200)
    kinds = [int(hit.rank) for hit in hits if hit.rank < 10]
    assert kinds == sorted(kinds)
    assert {0, 2, 6} <= set(kinds)


def test_names_of_all_scripts_are_found() -> None:
    kg = gk.KnowledgeGraph()
    names = {"a": "Łódź", "b": "北京市", "c": "القدس", "d": "Ærø", "e": "กรุงเทพ", "f": "Αθήνα"}
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    kg.add(gk.Text("\n".join(f'<urn:{n}> {label} "{t}" .' for n, t in names.items()), "turtle"))
    asked = {"a": "lodz", "b": "北京", "c": "القدس", "d": "aero", "e": "เทพ", "f": "αθηνα"}
    assert {n: [hit.iri for hit in kg.search(text)] for n, text in asked.items()} == {
        n: [f"urn:{n}"] for n in asked
    }


def test_nodes_without_a_name_are_told_apart_from_the_thing() -> None:
    kg = gk.load()
    text = """@prefix ex: <https://example.org/> .
        @prefix role: <https://w3id.org/glocal/id/role/> .
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        @prefix place: <https://w3id.org/glocal/id/place/> .
        ex:choirs a glocal:Practice ; glocal:qualifiedParticipation [ a glocal:Participation ;
            glocal:ofParticipant place:suva ; glocal:inRole role:partner ] ."""
    kg.add(gk.Text(text, "turtle"))
    told = kg.describe("ex:choirs")
    assert told.types == ("glocal:Practice",)
    (one,) = told.said
    assert str(one).endswith("[participation] (in role: partner; of participant: place:suva)")
    (back,) = kg.describe("place:suva").said
    assert str(back).endswith("[participation] (in role: partner; in: ex:choirs)")


def test_the_likest_words_come_first(kg: gk.KnowledgeGraph) -> None:
    assert kg.search("kigaly", 1)[0].name == "Kigali"


def test_search_is_written_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "kigali", "--limit", "1", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["results"]["bindings"]
    assert found["iri"]["value"] == "https://w3id.org/glocal/id/place/kigali"
    assert run(["search", "kigali", "--limit", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "name,iri,text,language"
    assert run(["describe", "Kigali", "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "way,property,value,over,kind,source"
    assert "->,https://w3id.org/glocal/ontology#locatedIn," in "\n".join(lines)
    assert run(["search", "zzyzx"]) == 0
    assert "Nothing here has" in capsys.readouterr().err


def test_the_command_has_the_same_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["terms", "asserts", "--json"]) == 0
    assert "glocal:asserts" in [one["name"] for one in json.loads(capsys.readouterr().out)]
    assert run(["search", "kigali"]) == 0
    assert "place/kigali" in capsys.readouterr().out
    assert run(["describe", "Kigali"]) == 0
    assert "glocal:City" in capsys.readouterr().out
    assert run(["describe", "place:rom"]) == 2
    assert "Did you mean" in capsys.readouterr().err


def test_words_plain_cut_and_misspelt_are_found_among_ten_thousand_things() -> None:
    rng = random.Random(1)
    parts = "ka ro me to ri na li su va do pe mi lo ta ne bu gi he jo ze".split()  # noqa: SIM905 - words
    words = ["".join(rng.choices(parts, k=4)) for _ in range(5_000)]
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    lines = [f'<urn:{n}> {label} "{" ".join(rng.choices(words, k=4))}"@en .' for n in range(10_000)]
    lines.append(f'<urn:city> {label} "Ouagadougou la città glocale"@it .')
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("\n".join(lines), "ntriples"))
    kg.search("first")
    for wanted in ("Ouagadugu", "citta glocal", words[7], words[9][:-2] + "x"):
        assert kg.search(wanted), wanted
    assert kg.search("Ouagadugu", 1)[0].iri == "urn:city"
    assert kg.search("CITTA", 1)[0].iri == "urn:city"


def test_search_is_not_flooded_by_words_that_only_look_alike(kg: gk.KnowledgeGraph) -> None:
    for foreign in ("Siviglia", "Kapstadt", "Lisbona", "Lisbone", "Mosca", "Vienna", "München"):
        hits = kg.search(foreign)
        assert not hits, foreign
        assert str(hits) == f"Nothing here has '{foreign}', nor words written much like it."
    for misspelt, first in (
        ("Kigaly", "Kigali"), ("Nabuls", "Nablus"), ("Rone", "Rome"),
        ("Robertsen", "Roland Robertson"), ("peacebuilding", "peace-building"),
        ("agricolture", "peri-urban agriculture"),
    ):  # fmt: skip
        hits = kg.search(misspelt)
        assert hits[0].name == first
        assert f"Nothing here has '{misspelt}'; these have words written like it." in str(hits)
    assert kg.search("Kigali").note == ""


def test_short_names_of_a_file_name_things_in_every_verb() -> None:
    kg = gk.load()
    kg.add(
        gk.Text(
            "@prefix my: <https://my.example/> ."
            "@prefix glocal: <https://w3id.org/glocal/ontology#> ."
            "my:p a glocal:Practice ; glocal:participant my:lyon . my:lyon a glocal:City .",
            "turtle",
            name="my.ttl",
        )
    )
    assert kg.get("my:lyon").iri == "https://my.example/lyon"
    assert [one.iri for one in kg.practices(participant="my:lyon")] == ["https://my.example/p"]
    assert kg.copy().describe("my:lyon").types == ("glocal:City",)


def test_a_term_is_used_in_the_facts_that_queries_see(kg: gk.KnowledgeGraph) -> None:
    for name in ("glocal:participant", "glocal:GlocalPractice", "glocal:Practice", "glocal:where"):
        (term,) = [one for one in kg.terms() if one.name == name]
        asked = f"?x a {name}" if term.kind == "class" else f"?x {name} ?y"
        assert term.used == len(kg.select(f"SELECT * {{ {asked} }}")) > 0
    assert "glocal:participant" in [one.name for one in kg.schema().properties]


@pytest.mark.parametrize("given", [None, "", " ", 3, ["place:rome"]])
def test_what_is_no_name_of_a_thing_is_told(kg: gk.KnowledgeGraph, given: object) -> None:
    for verb, name in ((kg.describe, "thing"), (kg.get, "name")):
        with pytest.raises(gk.ArgumentError, match=f"^{name} takes an IRI, as prefix:name or in"):
            verb(given)


def test_a_hit_is_shown_in_the_language_of_its_name_where_that_has_the_words() -> None:
    hits = gk.load().search("glocalism")
    assert all(hit.language == "en" for hit in hits if "glocalism" in hit.name.lower())
    assert {hit.text for hit in hits if hit.iri.endswith("/no-glocalism-in-the-article")} == {
        "The article does not use the word glocalism."
    }
    (italian,) = gk.load().search("glocalismo non usa", 1)
    assert italian.language == "it"
