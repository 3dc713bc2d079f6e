"""Later literature: each fact with a basis and a page, in its own graph, conflicts side by side."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

GRAPHS = {
    "report-2003*": "report-2003",
    "manifesto-2004*": "manifesto-2004",
    "programs*": "programs",
    "frameworks*": "frameworks",
    "senses*": "frameworks",
    "inferences*": "interpretation",
    "origins": "catalog",
}
DECK_ORDER = ["city-diplomacy", "culture", "youth", "socio-economic", "ict", "sport", "tourism"]


@pytest.fixture(scope="module")
def literature(facts: Callable):
    return facts("data/literature/*.trig")


@pytest.fixture(scope="module")
def told(facts: Callable):
    """Give what the pages tell, without what the editors infer from them."""
    return facts(
        "data/literature/report*.trig",
        "data/literature/manifesto*.trig",
        "data/literature/programs*.trig",
        "data/literature/frameworks*.trig",
        "data/literature/senses.trig",
    )


@pytest.mark.parametrize(("files", "graph"), GRAPHS.items())
def test_each_file_writes_into_its_graph(facts: Callable, files: str, graph: str) -> None:
    quads = facts(f"data/literature/{files}.trig").quads
    assert {q.graph_name.value for q in quads} == {f"https://w3id.org/glocal/graph/{graph}"}


def test_every_fact_has_a_basis(literature) -> None:
    without = literature.column(
        """SELECT DISTINCT ?x WHERE { ?x a ?type
           FILTER (?type NOT IN (glocal:Source, glocal:Passage, glocal:Proposition, glocal:List))
           FILTER NOT EXISTS { ?x glocal:basis ?basis } }"""
    )
    assert without == []


def test_every_fact_has_a_page_unless_it_is_not_checked(told) -> None:
    without = told.column(
        """SELECT DISTINCT ?x WHERE { ?x glocal:basis ?basis
           FILTER (?basis != <https://w3id.org/glocal/id/basis/unchecked>)
           FILTER NOT EXISTS { ?x glocal:statedIn|glocal:reportedIn ?p .
                               ?p glocal:fromSource ?s } }"""
    )
    assert without == []


def test_what_is_not_checked_is_marked_and_little_and_a_reading(told, literature) -> None:
    unchecked = literature.column(
        """SELECT ?x WHERE { ?x glocal:basis
           <https://w3id.org/glocal/id/basis/unchecked> } ORDER BY ?x"""
    )
    assert unchecked == [
        "actor:alan-milward",
        "actor:andrew-moravcsik",
        "actor:manuel-castells",
        "actor:robert-putnam",
        "actor:saskia-sassen",
        "framework:intergovernmentalism",
        "framework:network-society-and-global-city",
    ]
    assert not {s for s, _, _ in told.triples} & set(unchecked)


def test_every_page_has_an_address_but_one(told) -> None:
    pages = told.rows(
        "SELECT ?p ?a WHERE { ?p glocal:kind kind:page OPTIONAL { ?p schema:url ?a } } ORDER BY ?p"
    )
    assert len(pages) == len({p for p, _ in pages}) >= 45
    assert [p for p, address in pages if not address] == ["passage:taylorfrancis-roudometof-3"]
    assert all(re.fullmatch(r"https?://[^\s…]+", a) for _, a in pages if a)


def test_pages_of_wikipedia_and_the_press_are_never_first_hand(told) -> None:
    rows = told.column(
        """SELECT ?x WHERE { ?x glocal:basis <https://w3id.org/glocal/id/basis/first-hand> ;
             glocal:statedIn ?p . ?p schema:url ?a
           FILTER (CONTAINS(STR(?a), "wikipedia") || CONTAINS(STR(?a), "timesofisrael")
                || CONTAINS(STR(?a), "latimes") || CONTAINS(STR(?a), "guardian"))
           FILTER NOT EXISTS { ?x glocal:statedIn ?q . ?q schema:url ?b
                               FILTER (!CONTAINS(STR(?b), "wikipedia")) } }"""
    )
    assert rows == []


def test_interpretations_stand_in_their_own_graph_only(told) -> None:
    assert told.rows("SELECT ?c WHERE { ?c a glocal:Assertion ; glocal:interpretedFrom ?p }") == []


def test_inferences_have_a_reason_and_a_confidence(literature) -> None:
    all_of_them = literature.column(
        "SELECT ?c WHERE { ?c a glocal:Assertion ; glocal:interpretedFrom ?p }"
    )
    complete = literature.rows(
        """SELECT ?c ?sure WHERE { ?c a glocal:Assertion ; glocal:reason ?why ;
           glocal:confidence ?sure ; glocal:interpretedFrom ?p .
           ?c glocal:basis <https://w3id.org/glocal/id/basis/inferred> }"""
    )
    assert len(all_of_them) >= 50
    assert {c for c, _ in complete} == set(all_of_them)
    assert all(0 < float(sure) < 1 for _, sure in complete)


def test_what_is_inferred_stands_as_a_triple_with_the_interpretations(literature) -> None:
    """So that a plain query with the one switch finds it."""
    said = literature.rows(
        """SELECT ?s ?p ?o WHERE { ?a glocal:interpretedFrom ?x ; glocal:asserts ?said .
           ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o }"""
    )
    assert len(said) > 30
    assert set(said) - literature.triples == set()


def test_later_facts_do_not_enter_the_graphs_of_the_sources(literature, told) -> None:
    touched = {q.graph_name.value.rsplit("/", 1)[-1] for q in literature.quads}
    assert not touched & {"deck", "article", "places"}
    for forbidden in (
        ("source:article", "glocal:by"),
        ("source:article", "dcterms:date"),
        ("event:mcdonalds-asterix", "schema:startDate"),
    ):
        assert not [t for t in told.triples if t[:2] == forbidden]


# The drift of the seven fields from the deck of 2002 to the report of 2003


def sectors(literature) -> list[tuple[str, ...]]:
    return literature.rows(
        """SELECT ?name ?match ?area WHERE {
             ?sector glocal:partOf <https://w3id.org/glocal/id/list/report-2003-items> ;
               schema:position ?n ; rdfs:label ?name ; ?match ?area .
             VALUES ?match { skos:exactMatch skos:closeMatch }
             FILTER (LANG(?name) = "en") } ORDER BY ?n"""
    )


def test_seven_sectors_in_the_order_of_the_report(literature) -> None:
    assert [area.removeprefix("area:") for _, _, area in sectors(literature)] == [
        "city-diplomacy",
        "socio-economic",
        "culture",
        "tourism",
        "sport",
        "youth",
        "ict",
    ]


def test_sectors_are_the_areas_of_the_deck_in_another_order(literature, facts: Callable) -> None:
    deck = facts("data/deck/map.trig").column(
        "SELECT ?a WHERE { ?a a glocal:AreaOfAttraction . "
        "[] glocal:element ?a ; schema:position ?n } ORDER BY ?n"
    )
    report = [area for _, _, area in sectors(literature)]
    assert deck == [f"area:{a}" for a in DECK_ORDER]
    assert sorted(deck) == sorted(report)
    assert [a for a, b in zip(deck, report, strict=True) if a == b] == ["area:city-diplomacy"]


def test_three_sectors_are_renamed(literature) -> None:
    renamed = [name for name, match, _ in sectors(literature) if match == "skos:closeMatch"]
    assert renamed == [
        "socio-economic local development",
        "youth empowerment",
        "information and communication technology",
    ]


def test_sectors_are_not_areas_of_the_map(literature) -> None:
    assert literature.rows("SELECT ?x WHERE { ?x a glocal:AreaOfAttraction }") == []


def test_eleven_prerequisites_with_their_pages(literature) -> None:
    pages = literature.column(
        """SELECT ?page WHERE { ?x a glocal:Item ; schema:position ?n ;
             glocal:statedIn ?section . ?section bibo:pageStart ?page
           FILTER (CONTAINS(STR(?x), "prerequisite-")) } ORDER BY ?n"""
    )
    assert pages == ["24", "25", "27", "28", "30", "31", "32", "34", "35", "36", "37"]


# Actors, events, programs


def test_conflicting_facts_stay_side_by_side(told) -> None:
    """Two pages name other founders and other seats; each is a proposition, neither a fact."""
    rows = told.rows(
        """SELECT ?said ?relation ?value WHERE { ?a glocal:asserts ?said .
           ?said glocal:subject <https://w3id.org/glocal/id/actor/glocal-forum> ;
             glocal:relation ?relation ; glocal:value ?value }"""
    )
    founders = {(said, value) for said, relation, value in rows if relation == "schema:founder"}
    both = "proposition:glocal-forum-founders-savir-and-stenbeck"
    assert founders >= {
        ("proposition:savir-founded-glocal-forum", "actor:uri-savir"),
        (both, "actor:uri-savir"),
        (both, "actor:jan-stenbeck"),
    }
    seats = {said for said, relation, _ in rows if relation == "schema:location"}
    assert len(seats) >= 2
    assert not [t for t in told.triples if t[:2] == ("actor:glocal-forum", "schema:founder")]


@pytest.mark.parametrize(
    ("event", "property_", "value"),
    [
        ("glocalization-conference-1", "schema:startDate", "2002-05"),
        ("glocalization-conference-2003", "schema:startDate", "2003-05"),
        ("glocalization-conference-3", "schema:startDate", "2004-05-16"),
        ("glocalization-conference-3", "schema:endDate", "2004-05-17"),
        ("glocalization-conference-5", "schema:startDate", "2006-06-30"),
        ("glocalization-conference-5", "schema:endDate", "2006-07-03"),
        ("glocalization-conference-5", "glocal:where", "place:ankara"),
        ("first-center-in-kigali", "schema:startDate", "2004-04-08"),
        ("legal-form-of-cerfe", "schema:startDate", "1980-05"),
        ("founding-of-uclg", "schema:startDate", "2004-05"),
    ],
)
def test_events_are_dated_as_their_pages_have_it(
    told, event: str, property_: str, value: str
) -> None:
    assert (f"event:{event}", property_, value) in told.triples


def test_dates_have_the_type_of_their_precision(literature) -> None:
    types = {7: "gYearMonth", 4: "gYear", 10: "date"}
    dates = [q.object for q in literature.quads if re.search(r"(/date|Date)$", q.predicate.value)]
    assert len(dates) >= 80
    assert all(d.datatype.value.endswith(f"#{types[len(d.value)]}") for d in dates)


def test_we_are_the_future_has_six_cities_and_five_donors(told) -> None:
    parts = told.rows(
        """SELECT ?who ?role WHERE { <https://w3id.org/glocal/id/practice/we-are-the-future>
           glocal:qualifiedParticipation ?part .
           ?part glocal:ofParticipant ?who ; glocal:inRole ?role }"""
    )
    assert sorted(who for who, role in parts if role == "role:site") == [
        "place:addis-ababa",
        "place:asmara",
        "place:freetown",
        "place:kabul",
        "place:kigali",
        "place:nablus",
    ]
    assert len([who for who, role in parts if role == "role:funder"]) == 5


# Frameworks and senses


def test_twenty_frameworks(literature) -> None:
    numbers = literature.rows(
        "SELECT ?n ?type WHERE { ?f a ?type ; skos:notation ?n FILTER (STRSTARTS(?n, 'FW-')) }"
    )
    of_type = {
        kind: sorted(int(n.removeprefix("FW-")) for n, one in numbers if one == f"glocal:{kind}")
        for kind in ("Framework", "Network", "Organization")
    }
    assert of_type["Framework"] == [1, *range(3, 15), 16, 17, 18, 20], (
        "FW-2 is a person, Robertson; FW-15 and FW-19 are bodies, and none of them a theory"
    )
    assert (of_type["Network"], of_type["Organization"]) == ([15], [15, 19]), (
        "that UCLG is a network is a reading"
    )


def test_identifiers_of_works_are_those_that_were_checked(told) -> None:
    assert {o for _, p, o in told.triples if p == "bibo:doi"} == {
        "10.1177/1368431015605443",
        "10.1080/0955757042000203632",
        "10.2139/ssrn.302786",
    }
    assert {o for _, p, o in told.triples if p == "bibo:isbn"} == {"9780803979482", "9780198274919"}


def test_rival_senses_of_the_terms(told) -> None:
    rows = told.rows(
        "SELECT ?t ?by ?d WHERE { ?s a glocal:Definition ; glocal:defines ?t ; "
        "glocal:by ?by OPTIONAL { ?s dcterms:date ?d } } ORDER BY ?t ?by"
    )
    assert [(by, d) for term, by, d in rows if term == "term:glocalization"] == [
        ("actor:glocal-forum", ""),
        ("actor:glocal-forum", "2004-09"),
        ("actor:roland-robertson", "1995"),
        ("actor:swyngedouw", "2004"),
        ("actor:treccani", ""),
        ("actor:ulrich-beck", ""),
        ("actor:zygmunt-bauman", "1998"),
    ]
    assert [by for term, by, _ in rows if term == "term:glocalism"] == [
        "actor:cerfe",
        "actor:cerfe",
        "actor:globus-et-locus",
    ]


def test_what_is_ascribed_to_cerfe_is_second_hand_and_unsure(told) -> None:
    rows = told.rows(
        """SELECT ?s ?sure WHERE { ?s a glocal:Definition ;
             glocal:by <https://w3id.org/glocal/id/actor/cerfe> ; glocal:confidence ?sure ;
             glocal:basis <https://w3id.org/glocal/id/basis/second-hand> ;
             glocal:reportedIn ?page }"""
    )
    assert len(rows) == 2
    assert all(float(sure) <= 0.5 for _, sure in rows)


def test_names_in_three_languages(literature) -> None:
    lacking = literature.rows(
        """SELECT ?x ?tag WHERE { VALUES ?tag { "en" "it" "fr" }
           ?x a ?type
           FILTER (?type NOT IN (glocal:Assertion, glocal:Participation, glocal:Placement))
           FILTER NOT EXISTS { ?x rdfs:label ?l FILTER (LANG(?l) = ?tag) } }"""
    )
    assert lacking == []
