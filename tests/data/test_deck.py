"""The deck: fifty slides, fixed sets complete and in order, everything named and on a slide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise

import pyoxigraph as ox
import pytest

TRANSCRIPTION_B = "transcription:deck-b"


ORDERED = {
    "Term": "glocalism glocalization organized-actors",
    "Criterion": "concreteness sustainability mobilization-capacity universality",
    "MapComponent": "axis-of-principles adverse-trends favorable-trends areas-of-attraction",
    "Principle": "vision assumption peace-building stability city globalization knowledge",
    "AdverseTrend": "strength-of-war fuel-of-conflict weakness-of-peace limits-of-politics "
    "problems-of-international-cooperation",
    "FavorableTrend": "positive-outcomes-of-globalization glocal-signs consensus-for-reform "
    "links-of-glocalization going-downstream",
    "AreaOfAttraction": "city-diplomacy culture youth socio-economic ict sport tourism",
    "CrisisIndicator": "crisis-1 crisis-2 crisis-3 crisis-4 crisis-5 crisis-6",
    "Risk": "risk-1 risk-2",
    "NewApproach": "approach-1 approach-2 approach-3 approach-4 approach-5",
    "Objective": "objective-1 objective-2 objective-3 objective-4 objective-5 objective-6",
    "EmpiricalBasis": "basis-1 basis-2",
    "KnowledgeTopic": "topic-1 topic-2 topic-3 topic-4 topic-5 topic-6 topic-7",
    "Dimension": "dimension-1 dimension-2 dimension-3 dimension-4",
    "RecommendationPart": "recommendation-part-1 recommendation-part-2",
    "RecommendationPhase": "recommendation-phase-1 recommendation-phase-2",
    "AgendaItem": "agenda-1 agenda-2 agenda-3 agenda-4 agenda-5",
}

# What stands in a list under one heading, in the order of the slide (the last words of each name).
TEXT_ITSELF = {"Source", "Slide", "Section", "Transcription", "Variant", "Reading"}


@pytest.fixture(scope="module")
def deck(facts: Callable):
    return facts("data/deck/*.trig")


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


def passages(found) -> dict[str, set[str]]:
    where = defaultdict(set)
    for s, p, o in found.triples:
        if p == "glocal:statedIn":
            where[s].add(o)
    return where


def order(found, pattern: str) -> list[str]:
    return found.column(f"SELECT ?x WHERE {{ {pattern} ?x glocal:position ?n }} ORDER BY ?n")


def slide(number: int) -> str:
    return f"passage:deck-s{number:02d}"


def test_fifty_slides_in_order(deck):
    slides = order(deck, "?x a glocal:Slide .")
    assert slides == [slide(n) for n in range(1, 51)]
    notations = deck.column(
        "SELECT ?n WHERE { ?x a glocal:Slide ; glocal:position ?p ; skos:notation ?n } ORDER BY ?p"
    )
    assert notations == [f"S{n:02d}" for n in range(1, 51)]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "The future of glocalization in world development"),
        (10, "Proposal for a semantic convention"),
        (16, "Our first ideal map of glocalization"),
        (19, "Assumption"),
        (29, "The limits of politics"),
        (43, "Sport"),
        (50, "Suggestions for the Urban Research Agenda"),
    ],
)
def test_a_slide_bears_its_title(deck, number, title):
    assert (slide(number), "dcterms:title", title) in deck.triples


def test_only_b_has_the_title_slide_and_the_contents(deck):
    slides = deck.rows(
        "SELECT ?s ?w WHERE { ?s a glocal:Slide ; glocal:onlyWitness ?w } ORDER BY ?s"
    )
    assert slides == [(slide(1), TRANSCRIPTION_B), (slide(3), TRANSCRIPTION_B)]


@pytest.mark.parametrize("kind", ORDERED)
def test_a_fixed_set_is_complete_and_in_order(own, kind):
    names = [x.split(":")[1] for x in order(own, f"?x a glocal:{kind} .")]
    assert names == ORDERED[kind].split()


@pytest.mark.parametrize(
    "kind", ["Principle", "AdverseTrend", "FavorableTrend", "AreaOfAttraction"]
)
def test_next_leads_through_a_set_in_its_order(own, kind):
    inside = order(own, f"?x a glocal:{kind} .")
    follows = dict(own.rows(f"SELECT ?x ?y WHERE {{ ?x a glocal:{kind} ; glocal:next ?y }}"))
    assert follows == dict(pairwise(inside))


def test_each_area_has_one_practice_in_the_order_of_the_slides(own):
    rows = own.rows(
        "SELECT ?c ?a WHERE { ?p glocal:inArea ?a ; skos:notation ?c . ?a glocal:position ?n }"
        " ORDER BY ?n ?c"
    )
    assert rows == [
        (f"PX-{n}", f"area:{a}") for n, a in enumerate(ORDERED["AreaOfAttraction"].split(), 1)
    ]


def test_one_study_with_one_aim(own):
    rows = own.rows("SELECT ?s ?a WHERE { ?s a glocal:Study ; glocal:hasAim ?a }")
    assert rows == [("study:glocalization-2002", "aim:study-interpret-glocalization")]


def test_every_thing_is_stated_in_a_passage_of_the_deck(own):
    where = passages(own)
    unplaced = [
        s
        for s, kinds in types(own).items()
        if not kinds & TEXT_ITSELF and not any(p.startswith("passage:deck-") for p in where[s])
    ]
    assert unplaced == []


def test_no_slide_and_no_section_is_empty(own):
    stated = {p for places in passages(own).values() for p in places}
    wanted = {slide(n) for n in range(1, 51)}
    wanted |= {f"passage:deck-{s}" for s in ("context", "characteristics", "results", "next-steps")}
    assert wanted - stated == set()


def test_no_blank_nodes(deck):
    assert not any(isinstance(t, ox.BlankNode) for q in deck.quads for t in (q.subject, q.object))


def test_all_quads_are_in_the_graph_of_the_deck(deck):
    assert {q.graph_name.value for q in deck.quads} == {"https://w3id.org/glocal/graph/deck"}


def test_everything_is_named_in_three_languages(own):
    names = defaultdict(Counter)
    for q in own.quads:
        if q.predicate.value.endswith(("#label", "#prefLabel")):
            names[q.subject.value][q.object.language] += 1
    kinds = {q.subject.value for q in own.quads if q.predicate.value.endswith("#type")}
    assert [k for k in kinds if names[k] != Counter({"en": 1, "it": 1, "fr": 1})] == []


def test_every_concept_but_the_terms_is_defined_in_three_languages(everything, own):
    defined = defaultdict(set)
    for q in everything.quads:
        if q.predicate.value.endswith("#definition"):
            defined[q.subject.value.removeprefix("https://w3id.org/glocal/id/")].add(
                q.object.language
            )
    concepts = {s for s, p, _ in own.triples if p == "skos:prefLabel"}
    undefined = {c for c in concepts if defined[c.replace(":", "/", 1)] != {"en", "it", "fr"}}
    assert undefined == {
        "term:glocalism",
        "term:glocalization",
        "term:organized-actors",
        "process:glocalization",
    }


def test_what_is_pointed_at_is_described_somewhere(everything, own):
    known = set(types(everything))
    ours = {q.object for q in own.quads if isinstance(q.object, ox.NamedNode)}
    ours = {o.value for o in ours if o.value.startswith("https://w3id.org/glocal/id/")}
    ours = {o.removeprefix("https://w3id.org/glocal/id/").replace("/", ":", 1) for o in ours}
    assert ours - known == set()
