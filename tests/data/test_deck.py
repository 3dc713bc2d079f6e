"""The deck: fifty slides, fixed sets complete and in order, everything named and on a slide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import pyoxigraph as ox
import pytest

TRANSCRIPTION_B = "transcription:deck-b"


ORDERED = {
    "Term": "glocalism glocalization organized-actors",
    "Criterion": "concreteness sustainability mobilization-capacity universality",
    "map/butterfly-2002": "axis-of-principles adverse-trends favorable-trends areas-of-attraction",
    "Principle": "vision assumption peace-building stability city globalization knowledge",
    "AdverseTrend": "strength-of-war fuel-of-conflict weakness-of-peace limits-of-politics "
    "problems-of-international-cooperation",
    "FavorableTrend": "positive-outcomes-of-globalization glocal-signs consensus-for-reform "
    "links-of-glocalization going-downstream",
    "AreaOfAttraction": "city-diplomacy culture youth socio-economic ict sport tourism",
    "list/glocalization-2002-signs-of-crisis": "crisis-1 crisis-2 crisis-3"
    " crisis-4 crisis-5 crisis-6",
    "list/glocalization-2002-risks": "risk-1 risk-2",
    "list/glocalization-2002-new-approaches": "approach-1 approach-2 approach-3"
    " approach-4 approach-5",
    "list/glocalization-2002-objectives": "objective-1 objective-2 objective-3"
    " objective-4 objective-5 objective-6",
    "list/glocalization-2002-empirical-basis": "basis-1 basis-2",
    "list/glocalization-2002-knowledge-topics": "topic-1 topic-2 topic-3 topic-4"
    " topic-5 topic-6 topic-7",
    "list/glocal-forum-dimensions": "dimension-1 dimension-2 dimension-3 dimension-4",
    "list/glocalization-2002-parts-of-recommendations": "recommendation-part-1"
    " recommendation-part-2",
    "list/glocalization-2002-phases-of-recommendations": "recommendation-phase-1"
    " recommendation-phase-2",
    "list/deck-research-agenda": "agenda-1 agenda-2 agenda-3 agenda-4 agenda-5",
}

# What stands in a list under one heading, in the order of the slide (the last words of each name).
TEXT_ITSELF = {"Source", "Passage", "Transcription", "Variant", "Reading", "Proposition", "List"}


CONCEPTS = {
    *("Term", "Criterion", "Principle", "AdverseTrend", "FavorableTrend", "AreaOfAttraction"),
    *("Phenomenon", "Aspect", "Item", "Aim", "Notion", "ActorGroup", "IdealMap"),
    "SemanticConvention",
}


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
    """The things of a pattern by position, of themselves or of what the pattern ends with."""
    placed = pattern if pattern.endswith("?placement") else f"{pattern} ?x"
    return found.column(f"SELECT ?x WHERE {{ {placed} schema:position ?n }} ORDER BY ?n")


def slide(number: int) -> str:
    return f"passage:deck-s{number:02d}"


def test_fifty_slides_in_order(deck):
    slides = order(deck, "?x glocal:kind kind:slide .")
    assert slides == [slide(n) for n in range(1, 51)]
    notations = deck.column(
        "SELECT ?n WHERE { ?x glocal:kind kind:slide ; schema:position ?p ; skos:notation ?n }"
        " ORDER BY ?p"
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
        "SELECT ?s ?w WHERE { ?s glocal:kind kind:slide ; glocal:witnessedBy ?w } ORDER BY ?s"
    )
    assert slides == [(slide(1), TRANSCRIPTION_B), (slide(3), TRANSCRIPTION_B)]


PLACED = ("Principle", "AdverseTrend", "FavorableTrend", "AreaOfAttraction")


@pytest.mark.parametrize("kind", ORDERED)
def test_a_fixed_set_is_complete_and_in_order(own, kind):
    pattern = f"?x a glocal:{kind} ."
    if kind in PLACED:
        pattern = f"?placement glocal:element ?x . ?x a glocal:{kind} . ?placement"
    elif kind.startswith("map/"):
        pattern = f"?x a glocal:List ; glocal:partOf <https://w3id.org/glocal/id/{kind}> ."
    elif "/" in kind:
        pattern = f"?x glocal:partOf <https://w3id.org/glocal/id/{kind}> ."
    names = [x.split(":")[1] for x in order(own, pattern)]
    assert names == ORDERED[kind].split()


def test_each_area_has_one_practice_in_the_order_of_the_slides(own):
    rows = own.rows(
        "SELECT ?c ?a WHERE { ?p glocal:theme ?a ; skos:notation ?c ."
        " [] glocal:element ?a ; schema:position ?n }"
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


def test_no_slide_is_empty(own):
    stated = {p for places in passages(own).values() for p in places}
    wanted = {slide(n) for n in range(1, 51)}
    assert wanted - stated == set()


def test_no_blank_nodes(deck):
    assert not any(isinstance(t, ox.BlankNode) for q in deck.quads for t in (q.subject, q.object))


def test_all_quads_are_in_the_graph_of_the_deck(deck):
    assert {q.graph_name.value for q in deck.quads} == {"https://w3id.org/glocal/graph/deck"}


def test_everything_is_named_in_three_languages(own):
    names = defaultdict(Counter)
    for q in set(own.quads):
        if q.predicate.value.endswith("#label"):
            names[q.subject.value][q.object.language] += 1
    unnamed = ("#Assertion", "#Participation", "#Placement")
    kinds = {
        q.subject.value
        for q in own.quads
        if q.predicate.value.endswith("#type") and not q.object.value.endswith(unnamed)
    }
    assert [k for k in kinds if names[k] != Counter({"en": 1, "it": 1, "fr": 1})] == []


def test_every_concept_but_the_terms_is_defined_in_three_languages(everything, own):
    defined = defaultdict(set)
    for q in everything.quads:
        if q.predicate.value.endswith("#definition"):
            defined[q.subject.value.removeprefix("https://w3id.org/glocal/id/")].add(
                q.object.language
            )
    concepts = {s for s, kinds in types(own).items() if kinds & CONCEPTS}
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
