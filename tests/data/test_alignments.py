"""The alignments: one file for each target, every link with a record, all of them checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
NUMBER = {
    "wikidata": 68,
    "geonames": 18,
    "eurovoc": 47,
    "sdg": 39,
    "unbis": 4,
    "stw": 19,
    "yso": 12,
    "dbpedia": 5,
}
FORM = {
    "wikidata": r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
    "geonames": r"https://sws\.geonames\.org/[1-9]\d*/",
    "eurovoc": r"http://eurovoc\.europa\.eu/(\d+|c_[0-9a-f]{8})",
    "sdg": r"http://metadata\.un\.org/sdg/\d+(\.(\d+|[a-c]))?",
    "unbis": r"http://metadata\.un\.org/thesaurus/\d{7}",
    "stw": r"http://zbw\.eu/stw/descriptor/\d{5}-\d",
    "yso": r"http://www\.yso\.fi/onto/yso/p\d+",
    "dbpedia": r"http://dbpedia\.org/resource/[A-Z][A-Za-z_-]+",
}
MATCHES = (
    *("skos:exactMatch", "skos:closeMatch", "skos:relatedMatch", "skos:narrowMatch"),
    *("schema:sameAs", "rdfs:seeAlso", "dcterms:isPartOf"),
)
each_target = pytest.mark.parametrize("target", NUMBER)


@pytest.fixture(scope="module")
def alignments(facts: Callable):
    return facts("ontology/alignments/*.ttl")


def links(alignment) -> list[tuple[str, ...]]:
    return [t for t in sorted(alignment.triples) if t[1] in MATCHES]


def records(alignment) -> list[tuple[str, ...]]:
    return alignment.rows(
        """SELECT ?s ?p ?o ?why ?sure ?day ?comment ?record WHERE { ?record a sssom:Mapping ;
             sssom:subject_id ?s ; sssom:predicate_id ?p ; sssom:object_id ?o ;
             sssom:mapping_justification ?why ; sssom:confidence ?sure ;
             sssom:mapping_date ?day ; sssom:comment ?comment
             FILTER (LANG(?comment) = 'en') } ORDER BY ?record"""
    )


@each_target
def test_each_file_is_an_ontology_and_a_mapping_set(facts: Callable, target: str) -> None:
    triples = facts(f"ontology/alignments/{target}.ttl").triples
    iri = f"https://w3id.org/glocal/ontology/alignments/{target}"
    assert [s for s, p, o in triples if (p, o) == ("rdf:type", "owl:Ontology")] == [iri]
    assert (iri, "rdf:type", "sssom:MappingSet") in triples
    assert (iri, "owl:versionInfo", "0.1.0") in triples
    assert (iri, "dcterms:created", "2026-11-21T00:00:00Z") in triples
    assert (iri, "dcterms:license", "https://creativecommons.org/licenses/by/4.0/") in triples


@each_target
def test_number_of_links(facts: Callable, target: str) -> None:
    assert len(links(facts(f"ontology/alignments/{target}.ttl"))) == NUMBER[target]


@each_target
def test_every_link_has_one_record_and_every_record_its_link(facts: Callable, target: str) -> None:
    alignment = facts(f"ontology/alignments/{target}.ttl")
    assert sorted(row[:3] for row in records(alignment)) == links(alignment)
    prefix = f"mapping:{target}-"
    assert all(row[-1].startswith(prefix) for row in records(alignment))


@each_target
def test_identifiers_have_the_form_of_their_target(facts: Callable, target: str) -> None:
    found = [o for _, _, o in links(facts(f"ontology/alignments/{target}.ttl"))]
    assert [o for o in found if not re.fullmatch(FORM[target], o)] == []


def test_records_say_how_why_and_when(alignments) -> None:
    rows = records(alignments)
    assert len(rows) == sum(NUMBER.values())
    assert {why for _, _, _, why, *_ in rows} <= {
        "semapv:ManualMappingCuration",
        "semapv:LexicalMatching",
    }
    assert {day for *_, day, _, _ in rows} == {"2026-11-21T00:00:00Z"}
    assert all(len(comment.split()) >= 5 for *_, comment, _ in rows)


def test_what_records_say_they_say_in_three_languages(alignments) -> None:
    lacking = alignments.rows(
        """SELECT ?record ?tag WHERE { VALUES ?tag { "en" "it" "fr" } ?record a sssom:Mapping
           FILTER NOT EXISTS { ?record sssom:comment ?c FILTER (LANG(?c) = ?tag) } }"""
    )
    assert lacking == []


def test_how_sure_an_identifier_is_does_not_say_how_close_the_meaning_is(alignments) -> None:
    sure: dict[str, set[float]] = {}
    for _, match, _, _, confidence, *_ in records(alignments):
        sure.setdefault(match, set()).add(float(confidence))
    assert set(sure) == set(MATCHES)
    assert sure["skos:exactMatch"] == {0.7, 0.95}
    assert sure["schema:sameAs"] == {0.5, 0.7, 0.95}


def test_only_concepts_have_matches_and_only_single_things_are_the_same(
    alignments, facts: Callable
) -> None:
    single = ("place:", "actor:", "practice:", "source:", "event:", "definition:")
    matched = {s for s, p, _ in links(alignments) if p.endswith("Match")}
    same = {s for s, p, _ in links(alignments) if p == "schema:sameAs"}
    assert not [s for s in matched if s.startswith(single)]
    assert not [s for s in same if not s.startswith(single)]


def test_nothing_is_said_to_be_the_same(alignments) -> None:
    assert not [t for t in alignments.triples if t[1] in ("owl:sameAs", "owl:equivalentClass")]


def test_subjects_are_described_in_the_data(alignments, facts: Callable) -> None:
    data = facts("data/**/*.trig")
    described = {s for s, p, _ in data.triples if p == "rdf:type"}
    assert [s for s, _, _ in links(alignments) if s not in described] == []


def test_goals_are_marked_as_later_and_never_exact(facts: Callable) -> None:
    rows = records(facts("ontology/alignments/sdg.ttl"))
    assert {p for _, p, *_ in rows} == {"skos:relatedMatch", "rdfs:seeAlso"}
    assert all("Later alignment" in comment for *_, comment, _ in rows)


@pytest.mark.parametrize(
    "trap",
    [
        "http://eurovoc.europa.eu/4199",  # partnership as the legal form of a firm
        "http://www.wikidata.org/entity/Q42621",  # hybrid in biology
        "http://www.wikidata.org/entity/Q92561",  # London in Canada
        "http://www.wikidata.org/entity/Q188933",  # a second Kabul
        "http://www.wikidata.org/entity/Q42620",  # Palestinian Authority
    ],
)
def test_traps_are_not_linked(alignments, trap: str) -> None:
    assert trap not in {o for _, _, o in links(alignments)}


def test_unverified_identifiers_are_left_out(alignments) -> None:
    linked = {s for s, _, o in links(alignments) if "wikidata" in o}
    assert not linked & {
        "actor:glocal-forum",
        "actor:cerfe",
        "actor:alfonso-alfonsi",
        "actor:marina-cacace",
        "actor:roland-robertson",
        "actor:uri-savir",
        "actor:joachim-blatter",
        "process:glocalization",
        "term:glocalization",
        "framework:paradiplomacy",
    }


def test_identifiers_stand_in_the_list_of_those_that_were_checked(alignments) -> None:
    source = SHARED / "domain" / "authority-ids.md"
    if not source.exists():
        pytest.skip("the list of checked identifiers is not beside the checkout")
    checked = source.read_text(encoding="utf-8")
    for _, _, identifier in links(alignments):
        tail = identifier.rstrip("/").rsplit("/", 1)[-1]
        assert re.search(rf"(?<![\w.]){re.escape(tail)}(?![\w])", checked), identifier


def test_cities_of_the_gazetteer_have_its_identifiers(facts: Callable) -> None:
    gazetteer = SHARED / "realdata" / "gazetteers" / "world-cities.csv"
    if not gazetteer.exists():
        pytest.skip("the gazetteer is not beside the checkout")
    known = {line.rsplit(",", 1)[-1] for line in gazetteer.read_text("utf-8").splitlines()}
    cities = {
        o.rstrip("/").rsplit("/", 1)[-1]
        for s, _, o in links(facts("ontology/alignments/geonames.ttl"))
        if s.removeprefix("place:")
        in ("rome", "kigali", "toronto", "nablus", "london", "new-york", "rishon-lezion")
    }
    assert len(cities) == 7
    assert cities <= known
