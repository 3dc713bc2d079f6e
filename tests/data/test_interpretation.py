"""What is ours: each interpretation has reason and confidence; none passes for a source's word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

GRAPH = "https://w3id.org/glocal/graph/interpretation"

# The ten things that no source says, each with the silences that record it.
SILENCES = {
    "definitions": "no-definition-of-glocalism no-definition-of-organized-actors "
    "no-relation-of-the-three-terms",
    "ratings": "no-rating-of-practices",
    "festival cities": "no-city-of-the-cultural-festival",
    "practices": "no-date-of-practices no-budget-of-practices no-status-of-practices",
    "bodies": "no-founder-of-the-glocal-forum no-founding-date-of-the-glocal-forum "
    "no-seat-of-the-glocal-forum no-members-of-the-glocal-forum no-expansion-of-cerfe",
    "host": "no-host-of-the-presentation",
    "wings": "no-wings-for-the-poles no-place-for-the-areas",
    "article": "no-author-of-the-article no-publisher-of-the-article no-date-of-the-article "
    "no-date-of-the-mcdonalds-example no-names-of-the-japanese-economists",
    "numbers": "no-numbers-of-principles",
    "twins": "no-twin-towns",
}


@pytest.fixture(scope="module")
def ours(facts: Callable):
    return facts("data/interpretation/*.trig")


@pytest.fixture(scope="module")
def data(facts: Callable):
    return facts("data/**/*.trig")


def test_it_stands_in_a_graph_of_its_own(ours):
    silences = "https://w3id.org/glocal/graph/silences"
    assert {q.graph_name.value for q in ours.quads} == {GRAPH, silences}


def test_every_interpretation_has_a_reason_a_confidence_and_a_passage(ours):
    claims = set(ours.column("SELECT ?c WHERE { ?c a glocal:Assertion }"))
    full = ours.rows(
        "SELECT ?c ?n WHERE { ?c glocal:by ?who ; glocal:reason ?j ;"
        " glocal:confidence ?n ;"
        " glocal:interpretedFrom ?p . FILTER(LANG(?j) = 'en' && STRLEN(?j) > 20) }"
    )
    assert len(claims) > 60
    assert {c for c, _ in full} == claims
    assert all(0 < float(n) <= 1 for _, n in full)


def test_only_what_is_seen_on_a_page_is_certain(facts: Callable):
    """What is read into a text has a doubt; that a slide repeats a list can be seen."""
    read = facts("data/interpretation/[!r]*.trig", "data/literature/inferences*.trig")
    sure = read.rows(
        "SELECT ?c ?n WHERE { ?c a glocal:Assertion ; glocal:interpretedFrom ?p ;"
        " glocal:confidence ?n }"
    )
    assert len(sure) > 100
    assert all(0 < float(n) < 1 for _, n in sure)


def test_nothing_of_ours_is_called_stated_or_reported(ours):
    assert not [t for t in ours.triples if t[1] in {"glocal:statedIn", "glocal:reportedIn"}]


def test_what_an_interpretation_says_stands_in_our_graph_and_in_no_other(ours, data):
    said = set(
        ours.rows(
            "SELECT ?s ?p ?o WHERE { ?c glocal:asserts ?said ; glocal:interpretedFrom ?place ."
            " ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o }"
        )
    )
    assert said <= ours.triples
    taken = set(
        data.rows(
            "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g != graph:interpretation) }"
        )
    )
    assert taken
    assert said & taken == set()


def test_every_bare_statement_of_ours_has_its_interpretation(ours):
    described = {s for s, p, _ in ours.triples if p == "rdf:type"}
    bare = {t for t in ours.triples if t[0] not in described}
    said = set(
        ours.rows(
            "SELECT ?s ?p ?o WHERE { ?c glocal:asserts ?said ; glocal:interpretedFrom ?place ."
            " ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o }"
        )
    )
    assert bare
    assert bare - said == set()


def test_principles_answer_adverse_trends_only(data):
    answered = data.rows("SELECT ?p ?t WHERE { ?p glocal:answers ?t }")
    principles = set(data.column("SELECT ?p WHERE { ?p a glocal:Principle }"))
    adverse = set(data.column("SELECT ?t WHERE { ?t a glocal:AdverseTrend }"))
    assert ("principle:peace-building", "trend:weakness-of-peace") in answered
    assert {p for p, _ in answered} <= principles
    assert {t for _, t in answered} <= adverse


def test_both_readings_of_the_coaches_line_stand_side_by_side_and_one_is_chosen(ours):
    sure = dict(ours.rows("SELECT ?c ?n WHERE { ?c glocal:confidence ?n }"))
    chosen, other = "assertion:interp-line-of-three-cities", "assertion:interp-two-pairs-of-cities"
    assert float(sure[chosen]) > float(sure[other])
    assert (
        chosen.replace("assertion", "proposition"),
        "glocal:contrastsWith",
        other.replace("assertion", "proposition"),
    ) in ours.triples
    toronto, nablus = (
        "participation:training-coaches-toronto",
        "participation:training-coaches-nablus",
    )
    assert (toronto, "glocal:linkedWith", nablus) in ours.triples


@pytest.mark.parametrize("point", SILENCES)
def test_each_thing_the_sources_leave_out_is_a_silence(ours, point):
    recorded = ours.column(
        "SELECT ?s WHERE { ?s a glocal:Silence ; glocal:fromSource ?x ; glocal:about ?y ;"
        " glocal:interpretedFrom ?p }"
    )
    assert {f"silence:{s}" for s in SILENCES[point].split()} <= set(recorded)


def test_of_all_countries_the_sources_name_two(data):
    rows = data.rows(
        "SELECT ?c ?p WHERE"
        " { GRAPH graph:places { ?c glocal:kind kind:country } OPTIONAL { ?c glocal:statedIn ?p } }"
    )
    assert {c for c, p in rows if p.startswith(("passage:deck", "passage:article"))} == {
        "place:rwanda",
        "place:france",
    }
    assert len({c for c, _ in rows}) == 2


def test_nothing_that_is_concluded_stands_in_the_graph_of_a_source(data):
    rows = data.rows("SELECT ?g ?x WHERE { GRAPH ?g { ?x glocal:interpretedFrom ?p } }")
    assert {graph for graph, _ in rows} == {"graph:interpretation", "graph:silences"}
    shown = data.rows(
        "SELECT ?c WHERE { GRAPH graph:interpretation { ?c glocal:kind kind:country } }"
    )
    assert len(shown) == 13
