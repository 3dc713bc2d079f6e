"""What stands flatly is said flatly: plain triples, senses, numbers, and who is behind them.

Each test looks at a whole kind in all packaged files, not at the cases that were found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

SOURCES = "FILTER(!CONTAINS(STR(?g), '/graph/interpretation'))"
HEDGES = re.compile(
    r"\b(somehow|mainly|above all|especially|generally|usually|primarily|for the most part|nearly"
    r"|almost|about \d+|over \d+|tends? to|at risk)\b",
    re.IGNORECASE,
)
NUMBERS = {"schema:amount", "schema:minValue", "schema:maxValue"}


@pytest.fixture(scope="module")
def everything(facts: Callable):
    return facts("data/**/*.trig")


def test_where_and_when_something_is_has_an_assertion_too(everything) -> None:
    """Of the packaged facts of practices, events, people and places each is also said."""
    told = everything.rows(
        f"""SELECT ?s ?p ?o WHERE {{
            VALUES ?p {{ glocal:where glocal:locatedIn glocal:governs schema:startDate
                         schema:endDate schema:worksFor org:memberOf schema:birthPlace }}
            GRAPH ?g {{ ?s ?p ?o }} {SOURCES} FILTER NOT EXISTS {{ ?s a glocal:Proposition }} }}"""
    )
    said = everything.rows(
        """SELECT ?s ?p ?o WHERE { ?a glocal:asserts ?said ; glocal:statedIn ?passage .
           ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o
           FILTER NOT EXISTS { ?said glocal:modality|glocal:when ?how } }"""
    )
    assert len(set(told)) > 50
    assert set(told) - set(said) == set()


def test_what_is_so_at_one_time_only_is_no_plain_triple(everything) -> None:
    dated = everything.rows(
        f"""SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?said glocal:when ?time ; glocal:subject ?s ;
            glocal:relation ?p ; glocal:value ?o }} {SOURCES} }}"""
    )
    undated = everything.rows(
        """SELECT ?s ?p ?o WHERE { ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o
           FILTER NOT EXISTS { ?said glocal:when ?time } }"""
    )
    assert len(dated) > 10
    assert (set(dated) & everything.triples) - set(undated) == set()


def test_a_sentence_with_a_reserve_has_a_modality_or_no_relation(everything) -> None:
    rows = everything.rows(
        f"""SELECT ?said ?sentence ?p ?how WHERE {{
            GRAPH ?g {{ ?said a glocal:Proposition ; rdfs:label ?sentence ; glocal:relation ?p
                        OPTIONAL {{ ?said glocal:modality ?how }} }} {SOURCES}
            FILTER(LANG(?sentence) = "en") }}"""
    )
    reserved = [row for row in rows if HEDGES.search(row[1])]
    assert len(reserved) > 15
    assert [row for row in reserved if not row[3] and row[2] != "schema:minValue"] == []


def test_what_is_reported_of_a_term_is_said_by_the_same_one_in_the_same_place(everything) -> None:
    """A definition of somebody whom the passage only tells of has his assertion behind it."""
    reported = everything.rows(
        f"""SELECT ?d ?who ?where WHERE {{
            GRAPH ?g {{ ?d a glocal:Definition ; glocal:by ?who ; glocal:reportedIn ?where }}
            {SOURCES} }}"""
    )
    said = everything.rows(
        """SELECT ?d ?who ?where WHERE { ?a glocal:by ?who ; glocal:reportedIn ?where ;
           glocal:asserts/glocal:about ?d }"""
    )
    assert len(reported) == 7
    assert set(reported) - set(said) == set()


def test_what_a_word_was_coined_for_is_no_definition(everything) -> None:
    assert everything.rows("SELECT ?d WHERE { ?d a glocal:Definition ; glocal:by ?g . "
                           "?g a glocal:ActorGroup }") == []  # fmt: skip


def test_numbers_have_units_that_are_units_alone(everything) -> None:
    units = everything.rows(
        "SELECT ?p ?unit ?n WHERE "
        "{ ?said glocal:unit ?unit ; glocal:relation ?p ; glocal:value ?n }"
    )
    assert {p for p, _, _ in units} <= NUMBERS
    assert not [unit for _, unit, _ in units if "," in unit or HEDGES.search(unit)]
    more_than = {(unit, n) for p, unit, n in units if p == "schema:minValue"}
    assert more_than == {("nations", "60"), ("mayors and municipal representatives", "100")}


def test_one_proposition_is_held_by_several_and_one_is_held_and_denied(everything) -> None:
    founded = everything.column(
        "SELECT ?a WHERE { ?a glocal:asserts "
        "<https://w3id.org/glocal/id/proposition/savir-founded-glocal-forum> }"
    )
    assert len(founded) == 3
    rows = everything.rows(
        """SELECT ?said ?holder ?other WHERE { ?a glocal:asserts ?said ; glocal:by ?holder .
           ?b glocal:denies ?said ; glocal:by ?other }"""
    )
    assert rows == [("proposition:treccani-synonym", "actor:treccani", "actor:roudometof")]


def test_every_city_but_one_has_a_country_by_a_source_or_a_reading(everything) -> None:
    """States do not agree on Jerusalem, and no page we have read says where it lies."""
    without = everything.column(
        "SELECT ?x WHERE { ?x a glocal:City FILTER NOT EXISTS { ?x glocal:locatedIn ?country } }"
    )
    assert without == ["place:jerusalem"]


def test_studies_and_texts_are_by_somebody_in_one_way(everything) -> None:
    studies = set(everything.column("SELECT ?x WHERE { ?x a glocal:Study }"))
    assert {s for s, p, _ in everything.triples if p == "glocal:by"} >= studies
    others = {
        (s, p)
        for s, p, _ in everything.triples
        if p in ("prov:wasAssociatedWith", "prov:wasAttributedTo") and not s.startswith("event:")
    }
    assert others == set()


def test_networks_of_independent_members_are_readings(everything) -> None:
    stated = everything.column(
        f"SELECT ?x WHERE {{ GRAPH ?g {{ ?x a glocal:Network }} {SOURCES} }}"
    )
    assert stated == []
    assert everything.column("SELECT ?x WHERE { ?x a glocal:Network }") == ["actor:uclg"]


def test_what_a_text_wants_a_capacity_for_is_no_fact(everything) -> None:
    """A relation inside the definition of a capacity is a can, a purpose is an aim."""
    rows = everything.rows(
        """SELECT ?s ?p ?how WHERE { ?said glocal:subject ?s ; glocal:relation ?p
           FILTER(?p NOT IN (glocal:partOf, glocal:hasAim))
           ?s glocal:partOf ?c ; rdfs:label ?name . ?c a glocal:Criterion
           FILTER(STRSTARTS(?name, "capacity to ")) OPTIONAL { ?said glocal:modality ?how } }"""
    )
    assert rows
    assert {how for _, _, how in rows} == {"modality:can"}


def test_parts_of_one_whole_do_not_share_a_position(everything) -> None:
    rows = everything.rows(
        "SELECT ?whole ?n ?part WHERE { ?part glocal:partOf ?whole ; schema:position ?n }"
    )
    held: dict[tuple[str, str], set[str]] = {}
    for whole, n, part in rows:
        held.setdefault((whole, n), set()).add(part)
    assert len(held) > 100
    assert {place: parts for place, parts in held.items() if len(parts) > 1} == {}


def test_a_practice_takes_place_where_its_sites_are(everything) -> None:
    places = everything.rows("SELECT DISTINCT ?p ?x WHERE { ?p glocal:where ?x . "
                             "?p glocal:qualifiedParticipation ?n }")  # fmt: skip
    sites = everything.rows(
        """SELECT ?p ?x WHERE { ?p glocal:qualifiedParticipation ?n .
           ?n glocal:inRole <https://w3id.org/glocal/id/role/site> ; glocal:ofParticipant ?x }"""
    )
    assert len(set(sites)) == 10
    assert set(places) == set(sites)


def test_what_a_slide_negates_is_denied(everything) -> None:
    denied = everything.column(
        f"""SELECT ?said WHERE {{ GRAPH ?g {{ ?said glocal:modality
            <https://w3id.org/glocal/id/modality/denied> }} {SOURCES} }}"""
    )
    assert "proposition:deck-cognitive-world-not-controlled" in denied
    assert len(denied) == 7
