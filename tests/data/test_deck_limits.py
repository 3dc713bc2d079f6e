"""The deck: readings that are easy to get wrong, and what the slides do not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest

LIST = "list:glocalization-2002-objectives"
TERMS = {"term:glocalism", "term:glocalization", "term:organized-actors"}


@pytest.fixture(scope="module")
def own(facts: Callable):
    """The deck without its critical apparatus."""
    return facts("data/deck/[!a]*.trig", "data/deck/actors.trig", "data/deck/adverse-trends.trig")


@pytest.fixture(scope="module")
def everything(facts: Callable):
    return facts("data/**/*.trig", "ontology/*.ttl")


def types(found) -> dict[str, set[str]]:
    kinds = defaultdict(set)
    for s, p, o in found.triples:
        if p == "rdf:type":
            kinds[s].add(o.removeprefix("glocal:"))
    return kinds


def test_each_corrected_place_reads_glocal(own):
    words = " | ".join(o for s, p, o in own.triples if p in {"rdfs:label", "dcterms:title"})
    for right in (
        "first ideal map of glocalization",
        "most relevant social unit for glocalization",
        "active player within the glocalization movement",
        "think tank on glocalization",
        "different sectors of glocalization practice",
        "practice of the Glocal Forum",
    ):
        assert right in words
    assert "Global Forum" not in words


def test_globalization_stays_where_it_is_right(own):
    assert ("principle:globalization", "rdfs:label", "globalization") in own.triples
    assert (
        "trend:positive-outcomes-of-globalization",
        "rdfs:label",
        "positive outcomes of globalization",
    ) in own.triples
    kinds = types(own)
    assert kinds["principle:globalization"] == {"Principle"}
    assert kinds["process:globalization"] == {"Phenomenon"}
    assert kinds["term:glocalization"] == {"Term"}


def test_criteria_stand_side_by_side(own):
    nested = own.rows(
        "SELECT ?a ?b WHERE"
        " { ?a a glocal:Criterion ; glocal:partOf|skos:broader ?b . ?b a glocal:Criterion }"
    )
    assert nested == []


def test_objectives_are_not_aims(own):
    kinds = types(own)
    objectives = {s for s, p, o in own.triples if (p, o) == ("glocal:partOf", LIST)}
    assert len(objectives) == 6
    assert not [x for x in objectives if "Aim" in kinds[x]]


def test_rome_is_a_place_in_one_practice_and_a_government_in_another(own, everything):
    assert (
        "participation:training-coaches-rome",
        "glocal:ofParticipant",
        "place:rome",
    ) in own.triples
    assert (
        "participation:kigali-agriculture-municipality-of-rome",
        "glocal:ofParticipant",
        "actor:municipality-of-rome",
    ) in own.triples
    assert ("actor:municipality-of-rome", "glocal:governs", "place:rome") in own.triples
    assert types(everything)["place:rome"] == {"City"}


def test_a_criterion_is_not_what_sounds_like_it(everything):
    for a, b in (
        ("criterion:universality", "process:universalizing-tendency"),
        ("criterion:sustainability", "process:sustainable-development"),
        ("criterion:concreteness", "aspect:peace-building-concreteness"),
        ("group:states", "group:subnational-states"),
    ):
        assert (a, "glocal:contrastsWith", b) in everything.triples


def test_dates_have_the_precision_of_their_slide(own):
    dated = {
        (q.subject.value.split("/id/")[1], q.object.value, q.object.datatype.value.split("#")[1])
        for q in own.quads
        if q.predicate.value.endswith(("terms/date", "#when"))
    }
    assert {d for d in dated if not d[0].startswith("proposition/")} == {
        ("source/deck", "2002-12-10", "date"),
        ("study/glocalization-2002", "2002-10", "gYearMonth"),
        ("practice/glocal-youth-parliament", "2020", "gYear"),
        ("aim/urban-agenda", "2020", "gYear"),
    }


def test_no_term_is_defined_and_no_definition_is_the_decks_own(own):
    assert own.column("SELECT ?t WHERE { ?t a glocal:Term ; skos:definition ?d }") == []
    assert own.column("SELECT ?s WHERE { ?s a glocal:Definition }") == []


def test_no_relation_between_the_terms(own):
    between = [t for t in own.triples if t[0] in TERMS and t[2] in TERMS]
    assert between == []


def test_no_rating_of_any_practice(everything):
    assert everything.column("SELECT ?a WHERE { ?a glocal:assesses|glocal:score ?x }") == []


def test_no_date_budget_or_status_of_a_practice(own):
    practices = set(own.column("SELECT ?p WHERE { ?p glocal:theme ?a }"))
    allowed = {
        *("rdf:type", "rdfs:label", "skos:notation", "dcterms:description", "glocal:statedIn"),
        *("schema:position", "glocal:theme", "glocal:qualifiedParticipation", "glocal:hasAim"),
        *("glocal:hasSupport", "glocal:mentions", "glocal:where"),
    }
    said = {(s, p) for s, p, _ in own.triples if s in practices and p not in allowed}
    assert said == {("practice:glocal-youth-parliament", "glocal:when")}


def test_the_deck_says_of_the_glocal_forum_no_founder_seat_date_or_member(own):
    said = {p for s, p, _ in own.triples if s == "actor:glocal-forum"}
    assert said == {"rdf:type", "rdfs:label", "glocal:statedIn"}
    assert not [t for t in own.triples if t[1] == "org:memberOf" and t[2] == "actor:glocal-forum"]


def test_the_deck_does_not_expand_cerfe(own):
    names = {
        o for s, p, o in own.triples if s == "actor:cerfe" and p in {"rdfs:label", "skos:altLabel"}
    }
    assert names == {"CERFE"}


def test_washington_is_the_place_and_nothing_more(own):
    said = {(s, p) for s, p, o in own.triples if o == "place:washington"}
    assert said == {
        ("event:presentation-of-the-study", "glocal:where"),
        ("proposition:deck-place", "glocal:value"),
    }


def test_the_poles_are_not_tied_to_the_wings(own):
    for pole in ("picture:minus-pole", "picture:plus-pole"):
        said = {p for s, p, _ in own.triples if s == pole}
        assert "glocal:partOf" in said
        assert not said & {"glocal:about", "glocal:mentions"}
    assert not [t for t in own.triples if t[0].startswith("picture:") and t[2].startswith("area:")]


def test_israeli_and_palestinian_give_no_country_in_the_deck(own):
    countries = {"place:israel", "place:palestine", "place:italy", "place:canada", "place:japan"}
    assert not [t for t in own.triples if t[2] in countries]


def test_the_coaches_cities_are_not_called_twins(own):
    words = [
        o.lower()
        for s, p, o in own.triples
        if s.startswith(("practice:", "participation:training", "proposition:"))
    ]
    assert not [w for w in words if "twin" in w or "gemell" in w or "jumel" in w]


def test_no_supplier_is_asserted_for_kigali(everything):
    supports = {"support:kigali-computers", "support:kigali-training"}
    assert not [t for t in everything.triples if t[0] in supports and t[1] == "glocal:by"]


def test_principles_answer_no_trend_in_the_deck(own):
    assert not [t for t in own.triples if t[1] in {"glocal:answers", "glocal:atLevel"}]
