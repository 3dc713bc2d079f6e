"""First tries: plain queries by somebody who read one page, complete and right.

Each has at most three triple patterns and no switch, but those that ask for interpretations.
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


def things(kind: str, names: str) -> set[str]:
    """Short IRIs of a kind: ``things("place", "rome kigali")``."""
    return {f"{kind}/{name}" for name in names.split()}


# A query, and what its first column holds: nothing else, and nothing less.
COMPLETE = {
    "practices, subclasses included": (
        "SELECT ?x { ?x a glocal:Practice }",
        things("practice", f"{DECK} {LATER}"),
    ),
    "practices that concern Rome, as place, people or government": (
        "SELECT ?x { ?x a glocal:Practice ; glocal:concerns place:rome }",
        things("practice", "kigali-agriculture training-coaches papuk amicizia-oltre-la-paura"),
    ),
    "who supports Kigali": (
        """SELECT ?who { practice:kigali-agriculture glocal:qualifiedParticipation ?part .
           ?part glocal:inRole role:supporter ; glocal:ofParticipant ?who }""",
        {"actor/municipality-of-rome", "group/ngos", "group/private-sector"},
    ),
    "what slide 19 states": (
        "SELECT ?p { ?a glocal:statedIn passage:deck-s19 ; glocal:asserts ?p }",
        things(
            "proposition",
            "deck-poverty-feeds-war deck-war-feeds-poverty deck-circle-most-destabilizing "
            "deck-entry-point",
        ),
    ),
    "what slide 28 states": (
        "SELECT ?p { ?a glocal:statedIn passage:deck-s28 ; glocal:asserts ?p }",
        things("proposition", "deck-peace-at-risk deck-peace-nothing-concrete"),
    ),
    "what Robertson says": (
        "SELECT ?p { ?a glocal:by actor:roland-robertson ; glocal:asserts ?p }",
        things(
            "proposition",
            "article-coined-by-japanese-economists article-coined-to-explain-marketing "
            "article-robertson-rejects-polarities "
            "article-robertson-rejects-economy-against-culture "
            "robertson-glocalization-is-translocal",
        ),
    ),
    "what the article says of the state": (
        """SELECT ?p { ?a glocal:fromSource source:article ; glocal:asserts ?p .
           ?p glocal:about level:national }""",
        things(
            "proposition",
            "article-opening-raises-location article-three-levels article-gatekeepers "
            "article-levels-of-the-three-level-system "
            "article-sovereignty-shapes-politics article-why-gatekeepers "
            "article-interactions-circumvent article-contacts-circumvent "
            "article-interactions-undermine-gatekeepers article-contacts-undermine-gatekeepers "
            "article-national-executives-level article-city-regions-disembedded "
            "article-assumption-stronger-executives article-integration-strengthened-executives "
            "article-executives-gained-competencies article-executives-shed-controls "
            "article-domestic-processes-restrict",
        ),
    ),
    "what is said of war": (
        "SELECT ?p { ?p glocal:subject process:war }",
        things("proposition", "deck-war-creates-regimes deck-entry-point"),
    ),
    "every definition of glocalization, with who gives it": (
        "SELECT ?d ?who { ?d glocal:defines term:glocalization ; glocal:by ?who }",
        things(
            "definition",
            "glocalization-article glocalization-marketing "
            "glocalization-robertson glocalization-bauman glocalization-beck "
            "glocalization-swyngedouw glocalization-treccani glocalization-glocal-forum "
            "glocalization-manifesto-2004",
        ),
    ),
    "practices since 2003, at any precision": (
        """SELECT ?x { ?x a glocal:Practice ; schema:startDate ?date
           FILTER (STR(?date) >= "2003") }""",
        things("practice", "we-are-the-future amicizia-oltre-la-paura"),
    ),
    # Of the same sort, by somebody else
    "what is said about Toronto": (
        "SELECT ?p { ?p a glocal:Proposition ; glocal:about place:toronto }",
        things("proposition", "deck-pair-toronto-rishon"),
    ),
    "what the sources deny": (
        "SELECT ?p { ?p glocal:modality modality:denied }",
        things(
            "proposition",
            "article-challenge-to-linear-expansion article-no-end-of-geography "
            "article-no-declining-heterogeneity article-no-dispersal "
            "article-robertson-rejects-polarities "
            "article-robertson-rejects-economy-against-culture deck-cognitive-world-not-controlled",
        ),
    ),
    "what is at risk": (
        "SELECT ?p { ?p glocal:modality modality:at-risk }",
        things(
            "proposition",
            "deck-aid-at-risk deck-human-resources-at-risk deck-peace-at-risk "
            "deck-peace-nothing-concrete deck-projects-at-risk",
        ),
    ),
    "what the sources only assume": (
        "SELECT ?p { ?p glocal:modality modality:assumed }",
        things(
            "proposition",
            "article-integration-strengthened-executives article-executives-gained-competencies "
            "article-executives-shed-controls",
        ),
    ),
    "who wrote the deck": (
        "SELECT ?who { source:deck glocal:by ?who }",
        things("actor", "alfonso-alfonsi marina-cacace"),
    ),
    "who works for CERFE": (
        "SELECT ?who { ?who schema:worksFor actor:cerfe }",
        things("actor", "alfonso-alfonsi marina-cacace"),
    ),
    "who engaged CERFE": (
        "SELECT ?who { actor:cerfe glocal:commissionedBy ?who }",
        {"actor/glocal-forum"},
    ),
    "what the practices are for": (
        "SELECT ?aim { ?x a glocal:Practice ; glocal:hasAim ?aim }",
        things(
            "aim",
            "social-development economic-development youth-involvement urban-agenda "
            "promotion-of-peri-urban-agriculture development-database culture-of-sport",
        ),
    ),
    "what the opportunistic reaction causes": (
        "SELECT ?y { reaction:opportunistic glocal:causes ?y }",
        {"process/hybrids"},
    ),
    "what the interplay of forces leads to": (
        "SELECT ?r { ?r glocal:reactionTo process:interplay-of-global-and-local-forces }",
        things("reaction", "opportunistic rebellious"),
    ),
    "examples of clustering": (
        "SELECT ?x { ?x glocal:exampleOf process:clustering-of-companies }",
        things("place", "london-financial-district new-york-financial-district")
        | {"process/computer-industry"},
    ),
    "what drives going downstream": (
        "SELECT ?x { ?x glocal:drives trend:going-downstream }",
        things(
            "process",
            "urbanization emergence-of-civil-society knowledge-society "
            "new-role-of-international-media",
        ),
    ),
    "the levels of the three-level system": (
        "SELECT ?l { ?l a glocal:Level ; glocal:partOf levelsystem:three-level }",
        things("level", "subnational national supranational"),
    ),
    "who is in the practice of Kigali": (
        "SELECT ?who { practice:kigali-agriculture glocal:participant ?who }",
        {
            *("actor/glocal-forum", "actor/municipality-of-rome", "group/ngos"),
            *("group/private-sector", "place/kigali"),
        },
    ),
    "practices with NGOs": (
        "SELECT ?x { ?x a glocal:Practice ; glocal:participant group:ngos }",
        {"practice/kigali-agriculture"},
    ),
    "practices in sport": (
        "SELECT ?x { ?x glocal:theme area:sport }",
        {"practice/training-coaches"},
    ),
    "the objectives of the study": (
        "SELECT ?i { ?i glocal:partOf list:glocalization-2002-objectives ; schema:position ?n }",
        {f"item/objective-{n}" for n in range(1, 7)},
    ),
    "when Robertson was born": (
        "SELECT ?day { actor:roland-robertson schema:birthDate ?day }",
        {"1938-08-07"},
    ),
    "who founded the Glocal Forum, by whatever page": (
        """SELECT ?who { ?p glocal:subject actor:glocal-forum ; glocal:relation schema:founder ;
           glocal:value ?who }""",
        things("actor", "uri-savir jan-stenbeck"),
    ),
    "donors of We Are the Future": (
        """SELECT ?who { ?p glocal:subject practice:we-are-the-future ;
           glocal:relation schema:funder ; glocal:value ?who }""",
        things("actor", "un-habitat bnpp world-bank starbucks glocal-forum"),
    ),
    "the members of the CERFE Group": (
        "SELECT ?x { ?x org:memberOf actor:cerfe-group }",
        things("actor", "cerfe laboratorio asdo"),
    ),
    "events of 2004": (
        """SELECT ?e { ?e a glocal:Event ; schema:startDate ?d
           FILTER (STRSTARTS(STR(?d), "2004")) }""",
        things(
            "event",
            "glocalization-conference-3 concert-circus-maximus-2004 first-center-in-kigali "
            "founding-of-uclg",
        ),
    ),
    "sums of money": (
        'SELECT ?v { ?p glocal:unit "USD" ; glocal:value ?v }',
        {"600000", "2831000000"},
    ),
    "practices that concern Nablus, as place or by its mayor": (
        "SELECT ?x { ?x a glocal:Practice ; glocal:concerns place:nablus }",
        things("practice", "training-coaches middle-east-city-diplomacy we-are-the-future"),
    ),
    "what glocalization requires": (
        "SELECT ?x { process:glocalization glocal:requires ?x }",
        {f"item/report-2003-prerequisite-{n}" for n in range(1, 12)},
    ),
    "what the Glocal Forum is for": (
        "SELECT ?aim { actor:glocal-forum glocal:hasAim ?aim }",
        things("aim", "glocal-forum-peace-building glocal-forum-development"),
    ),
    "who conducts a study": (
        "SELECT ?who { ?x a glocal:Study ; glocal:by ?who }",
        things("actor", "cerfe glocal-forum world-bank-institute"),
    ),
    "who gives a practice its support": (
        "SELECT ?who { ?x glocal:hasSupport ?support . ?support glocal:by ?who }",
        things(
            "actor",
            "un-habitat bnpp world-bank starbucks glocal-forum italian-government "
            "municipality-of-rome",
        ),
    ),
    "what Bauman says": (
        "SELECT ?p { ?a glocal:by actor:zygmunt-bauman ; glocal:asserts ?p }",
        things("proposition", "bauman-glocalization-sorts-people"),
    ),
    "what one holds and another denies": (
        "SELECT ?p { ?a glocal:asserts ?p . ?b glocal:denies ?p }",
        things("proposition", "treccani-synonym"),
    ),
    "what is somehow, mainly or about so": (
        "SELECT ?p { ?p glocal:modality modality:roughly }",
        things(
            "proposition",
            "article-identities-invented article-identities-nurtured article-identities-shaped "
            "article-identities-by-interaction article-identities-by-comparison "
            "article-identities-by-trends article-mixed-cultures-arise "
            "deck-drives-favor-the-movement robertson-glocalization-is-translocal "
            "manifesto-nearly-10000-cities glocal-forum-120-cities",
        ),
    ),
    "what is more than a number": (
        "SELECT ?n { ?p glocal:relation schema:minValue ; glocal:value ?n }",
        {"60", "100"},
    ),
    "what holds for 2005 or later, or looks ahead to it": (
        """SELECT ?p { ?p a glocal:Proposition ; glocal:when ?time
           FILTER (STR(?time) >= "2005") }""",
        things(
            "proposition",
            "deck-urban-agenda-for-2020 decentralized-cooperation-volume-2021 "
            "conference-5-80-mayors",
        ),
    ),
    "the conferences held in Rome, as they are said": (
        """SELECT ?event { ?p glocal:subject ?event ; glocal:relation glocal:where ;
           glocal:value place:rome FILTER (CONTAINS(STR(?event), "conference")) }""",
        things("event", "glocalization-conference-1 glocalization-conference-2003 "
               "glocalization-conference-3"),
    ),
    "the reading we follow on slide 43 for the broken name": (
        "SELECT ?text { variant:e-04 glocal:chosenReading ?r . ?r schema:text ?text }",
        {"(Toronto-Rishon LeZion-Nablus; Rome-Kigali)"},
    ),
}  # fmt: skip

# A query, and some of what its first column holds.
AMONG = {
    "cities of a practice with their role": (
        """SELECT ?city ?role { practice:training-coaches glocal:qualifiedParticipation ?part .
           ?part glocal:ofParticipant ?city ; glocal:inRole ?role }""",
        things("place", "toronto rishon-lezion nablus rome kigali"),
    ),
    "labels in Italian": (
        'SELECT ?x { ?x rdfs:label ?label FILTER (LANG(?label) = "it") }',
        {"principle/city", "practice/cultural-festival", "proposition/deck-entry-point"},
    ),
    "everything said about Rome": (
        "SELECT ?x { ?x ?how place:rome }",
        {
            "practice/training-coaches", "participation/training-coaches-rome",
            "actor/municipality-of-rome", "event/glocalization-conference-1",
            "proposition/glocal-forum-headquarters-rome", "proposition/deck-link-rome-kigali",
            "proposition/deck-kigali-supporters", "proposition/papuk-begun-by",
        },
    ),
}  # fmt: skip
TRIES = COMPLETE | AMONG


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def first(table: object) -> set[str]:
    return {row[0].value.removeprefix("https://w3id.org/glocal/id/") for row in table.terms}


@pytest.mark.parametrize("name", COMPLETE)
def test_a_first_try_is_complete_and_right(name: str, kg: gk.KnowledgeGraph) -> None:
    query, expected = COMPLETE[name]
    assert first(kg.query(query)) == expected


@pytest.mark.parametrize("name", AMONG)
def test_a_first_try_with_many_answers_has_those(name: str, kg: gk.KnowledgeGraph) -> None:
    query, expected = AMONG[name]
    assert expected - first(kg.query(query)) == set()


def test_whatever_names_a_city_in_its_sentence_is_said_about_it(kg: gk.KnowledgeGraph) -> None:
    left_out = kg.query(
        """SELECT ?said ?city { ?city a glocal:City ; rdfs:label ?name .
           ?said a glocal:Proposition ; rdfs:label ?sentence
           FILTER (LANG(?name) = "en" && LANG(?sentence) = "en")
           FILTER REGEX(?sentence, CONCAT("\\\\b", ?name, "\\\\b"))
           FILTER NOT EXISTS { ?said glocal:about ?city } }""",
        interpreted=True,
    )
    practice_of_kigali = {row[0] for row in left_out.terms if "kigali" not in row[0].value}
    assert practice_of_kigali == set()


def test_cities_of_a_practice_come_with_their_role(kg: gk.KnowledgeGraph) -> None:
    query, cities = TRIES["cities of a practice with their role"]
    found = {(row[0].value.rsplit("/id/")[1], row[1].value.rsplit("/")[-1]) for row in
             kg.query(query).terms}  # fmt: skip
    assert {(city, "partner") for city in cities} <= found
    assert ("actor/glocal-forum", "promoter") in found


def test_who_gives_a_definition_stands_beside_it(kg: gk.KnowledgeGraph) -> None:
    query, _ = TRIES["every definition of glocalization, with who gives it"]
    found = {
        (row[0].value.rsplit("/")[-1], row[1].value.rsplit("/")[-1])
        for row in kg.query(query).terms
    }
    assert ("glocalization-article", "author-of-the-article") in found
    assert ("glocalization-bauman", "zygmunt-bauman") in found


READINGS = {
    "which principle answers which trend": (
        "SELECT ?principle ?trend { ?principle glocal:answers ?trend }",
        {"peace-building weakness-of-peace", "vision problems-of-international-cooperation"},
    ),
    "who wrote the encyclopedia article": (
        "SELECT ?who { source:article glocal:by ?who }",
        {"joachim-blatter"},
    ),
    "what a principle rests on": (
        "SELECT ?x ?p { ?x glocal:basisOf ?p }",
        {"knowledge-society knowledge", "peace-building peace-building"},
    ),
}


@pytest.mark.parametrize("name", READINGS)
def test_what_is_read_into_the_sources_needs_one_switch(name: str, kg: gk.KnowledgeGraph) -> None:
    query, expected = READINGS[name]
    plain = kg.query(query)
    assert len(plain) == 0
    assert any("interpret" in note for note in plain.notes)
    shown = {
        " ".join(cell.value.rsplit("/")[-1] for cell in row)
        for row in kg.query(query, interpreted=True).terms
    }
    assert expected <= shown


@pytest.mark.parametrize("name", TRIES)
def test_a_first_try_has_at_most_three_patterns(name: str) -> None:
    query = TRIES[name][0]
    body = re.sub(r"FILTER.*", "", query[query.index("{") :], flags=re.DOTALL)
    assert len(re.findall(r"\s[.;]\s|OPTIONAL", body)) + 1 <= 3
