"""First tries: plain queries by somebody who read one page, complete and right.

Each has at most three triple patterns and no switch, but the one that shows interpretations.
What is expected was worked out from the sources, not from the queries.
"""

from __future__ import annotations

import re

import pytest

import glocal_kg as gk

DECK = """cultural-festival kigali-agriculture glocal-travel decentralized-cooperation
glocal-youth-parliament city-gateways training-coaches"""
LATER = """papuk middle-east-city-diplomacy fao-decentralized-cooperation-programme
we-are-the-future amicizia-oltre-la-paura"""

# Query, the first column of its rows that must be there and that must not.
TRIES = {
    "practices, subclasses included": (
        "SELECT ?x { ?x a glocal:Practice }",
        {f"practice/{name}" for name in f"{DECK} {LATER}".split()},
        True,
    ),
    "cities of a practice with their role": (
        """SELECT ?city ?role { practice:training-coaches glocal:qualifiedParticipation ?part .
           ?part glocal:ofParticipant ?city ; glocal:inRole ?role }""",
        {f"place/{city}" for city in ("toronto", "rishon-lezion", "nablus", "rome", "kigali")},
        False,  # the promoter, the coaches and a group of countries are in it too
    ),
    "practices that concern Rome, as place, people or government": (
        "SELECT ?x { ?x a glocal:Practice ; glocal:concerns place:rome }",
        {
            f"practice/{name}"
            for name in (
                "kigali-agriculture",
                "training-coaches",
                "papuk",
                "amicizia-oltre-la-paura",
            )
        },
        True,
    ),
    "who supports Kigali": (
        """SELECT ?who { practice:kigali-agriculture glocal:qualifiedParticipation ?part .
           ?part glocal:inRole role:supporter ; glocal:ofParticipant ?who }""",
        {"actor/municipality-of-rome", "group/ngos", "group/private-sector"},
        True,
    ),
    "what slide 19 states": (
        "SELECT ?p { ?a glocal:statedIn passage:deck-s19 ; glocal:asserts ?p }",
        {
            f"proposition/deck-{name}"
            for name in (
                "poverty-feeds-war", "war-feeds-poverty", "circle-most-destabilizing", "entry-point"
            )
        },
        True,
    ),
    "what Robertson says": (
        "SELECT ?p { ?a glocal:by actor:roland-robertson ; glocal:asserts|glocal:denies ?p }",
        {
            f"proposition/article-{name}"
            for name in (
                "coined-by-japanese-economists", "coined-to-explain-marketing",
                "robertson-rejects-polarities", "robertson-rejects-economy-against-culture",
            )
        },
        True,
    ),
    "what the article says of the state": (
        """SELECT ?p { ?a glocal:fromSource source:article ; glocal:asserts ?p .
           ?p glocal:about group:national-executives }""",
        {
            f"proposition/article-{name}"
            for name in (
                "gatekeepers", "assumption-stronger-executives",
                "integration-strengthened-executives", "executives-gained-competencies",
                "executives-shed-controls",
            )
        },
        False,
    ),
    "what is said of war": (
        "SELECT ?p { ?p glocal:subject process:war }",
        {"proposition/deck-war-creates-regimes"},
        False,
    ),
    "definitions of glocalization, and by whom": (
        "SELECT ?d ?who { ?d glocal:defines term:glocalization OPTIONAL { ?d glocal:by ?who } }",
        {
            f"definition/glocalization-{name}"
            for name in (
                "article", "marketing", "japanese-economists", "robertson", "bauman", "beck",
                "swyngedouw", "treccani", "glocal-forum", "manifesto-2004",
            )
        },
        True,
    ),
    "labels in Italian": (
        'SELECT ?x { ?x rdfs:label ?label FILTER (LANG(?label) = "it") }',
        {"principle/city", "practice/cultural-festival", "proposition/deck-entry-point"},
        False,
    ),
    "practices since 2003, at any precision": (
        """SELECT ?x { ?x a glocal:Practice ; schema:startDate ?date
           FILTER (STR(?date) >= "2003") }""",
        {"practice/we-are-the-future", "practice/amicizia-oltre-la-paura"},
        True,
    ),
    "everything said about Rome": (
        "SELECT ?x { ?x ?how place:rome }",
        {
            "practice/training-coaches", "participation/training-coaches-rome",
            "actor/municipality-of-rome", "event/glocalization-conference-1",
            "proposition/glocal-forum-headquarters-rome",
        },
        False,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def first(table: object) -> set[str]:
    return {row[0].value.removeprefix("https://w3id.org/glocal/id/") for row in table.terms}


@pytest.mark.parametrize("name", TRIES)
def test_a_first_try_is_complete_and_right(name: str, kg: gk.KnowledgeGraph) -> None:
    query, expected, all_of_them = TRIES[name]
    found = first(kg.query(query))
    assert expected - found == set()
    if all_of_them:
        assert found == expected


def test_cities_of_a_practice_come_with_their_role(kg: gk.KnowledgeGraph) -> None:
    query, cities, _ = TRIES["cities of a practice with their role"]
    found = {(row[0].value.rsplit("/id/")[1], row[1].value.rsplit("/")[-1]) for row in
             kg.query(query).terms}  # fmt: skip
    assert {(city, "site") for city in cities} <= found
    assert ("actor/glocal-forum", "promoter") in found


def test_which_principle_answers_which_trend_needs_one_switch(kg: gk.KnowledgeGraph) -> None:
    query = "SELECT ?principle ?trend { ?principle glocal:answers ?trend }"
    assert len(kg.query(query)) == 0
    shown = {tuple(cell.value.rsplit("/")[-1] for cell in row) for row in
             kg.query(query, interpreted=True).terms}  # fmt: skip
    assert shown >= {
        ("peace-building", "weakness-of-peace"),
        ("vision", "problems-of-international-cooperation"),
    }


@pytest.mark.parametrize("name", TRIES)
def test_a_first_try_has_at_most_three_patterns(name: str) -> None:
    query = TRIES[name][0]
    ends = re.findall(r"\s[.;]\s|OPTIONAL", query[query.index("{") :])
    assert len(ends) + 1 <= 3
