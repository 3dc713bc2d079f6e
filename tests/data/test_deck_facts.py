"""The deck, fact by fact: parts in order, relations on their slide, participants, emphasis."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

A, B = "transcription:deck-a", "transcription:deck-b"

# Worked out from the slides by a reading of its own.
PARTS = {
    "item:contents-2": "aims objectives empirical-basis",
    "item:risk-1": "little-relevance fewer-resources",
    "item:approach-1": "public private nonprofit",
    "aim:study-interpret-glocalization": "international-cooperation development-at-large",
    "item:objective-2": "principles challenges",
    "item:objective-4": "attract-interest mobilize-resources",
    "item:objective-5": "feasibility-conditions means-of-implementation",
    "item:objective-6": "theoretical practical",
    "item:basis-2": "representations ideas intentions",
    "criterion:concreteness": "local-situations human-groups",
    "criterion:sustainability": "attract-financial-resources mobilize-financial-resources",
    "criterion:mobilization-capacity": "human-energy enthusiasm",
    "criterion:universality": "relevance-for-the-south relevance-for-the-north",
    "aspect:vision-unexpected-capacity": "interact influence",
    "process:vicious-circle-of-poverty-and-war": "poverty endemic-war",
    "aspect:peace-building-contribution": "concreteness content",
    "principle:peace-building": "mainstreaming dividends-take-root",
    "principle:city": "glocalization peace-building fight-against-poverty "
    "people-to-people-cooperation",
    "principle:globalization": "benefits-to-local-levels contribution-of-local-realities",
    "aspect:globalization-contribution-of-local-realities": "governance-of-globalization "
    "governance-of-market-dynamics",
    "principle:knowledge": "characteristics-of-knowledge-society circulation-of-global-knowledge",
    "process:regimes-of-war": "proliferate fill-human-lives",
    "aspect:regimes-of-war-fill-human-lives": "sense-of-meaning sense-of-action",
    "trend:fuel-of-conflict": "representations values myths symbols ceremonies information "
    "cultures subcultures",
    "trend:weakness-of-peace": "rhetoric state-level-practice",
    "trend:limits-of-politics": "states international-organizations",
    "trend:problems-of-international-cooperation": "peace-and-development-separate "
    "top-down-and-supply-driven",
    "aspect:problems-top-down-and-supply-driven": "top-down supply-driven",
    "trend:positive-outcomes-of-globalization": "opportunities benefits",
    "trend:consensus-for-reform": "state-agencies international-organizations mass-media "
    "nonprofit-organizations companies",
    "trend:links-of-glocalization": "decentralization governance corporate-social-responsibility "
    "partnerships",
    "trend:going-downstream": "urbanization emergence-of-civil-society knowledge-society "
    "international-media",
    "item:executive-project": "drafting implementation",
    "item:topic-1": "planning implementation",
    "item:topic-2": "resources human-energy",
    "item:topic-3": "technical financial organizational",
    "item:topic-4": "obstacles facilitation-factors",
    "item:dimension-1": "facilitator catalyst",
    "item:agenda-1": "slum-prevention poverty-prevention",
}

# slide, subject, property, object: one line for each relation that a slide states.
RELATIONS = """
1 source:deck by actor:alfonso-alfonsi
1 source:deck by actor:marina-cacace
1 event:presentation-of-the-study where place:washington
1 process:city-to-city-diplomacy hasAim aim:deck-peace-building
1 process:city-to-city-cooperation hasAim aim:deck-poverty-reduction
1 actor:alfonso-alfonsi schema:worksFor actor:cerfe
1 actor:marina-cacace schema:worksFor actor:cerfe
2 study:glocalization-2002 commissionedBy actor:glocal-forum
2 study:glocalization-2002 by actor:cerfe
2 actor:cerfe commissionedBy actor:glocal-forum
2 item:policy-recommendations hasAim aim:promote-glocalization-approach
2 item:policy-recommendations hasAim aim:promote-city-to-city-cooperation
6 item:approach-1 mentions group:public-actors
6 item:approach-1 mentions group:private-actors
6 item:approach-1 mentions group:nonprofit-actors
6 item:approach-4 mentions process:public-private-partnership
7 study:glocalization-2002 hasAim aim:study-interpret-glocalization
10 term:organized-actors partOf convention:cerfe-2002
13 aspect:sustainability-attract-financial-resources hasAim aim:continuity-of-interventions
13 aspect:sustainability-mobilize-financial-resources hasAim aim:continuity-of-interventions
18 principle:vision mentions group:grass-roots-actors
18 principle:vision mentions group:higher-level-actors
19 aspect:vicious-circle-poverty strengthens aspect:vicious-circle-endemic-war
19 aspect:vicious-circle-endemic-war strengthens aspect:vicious-circle-poverty
19 aspect:assumption-entry-point mentions process:war
24 process:knowledge-society strengthens process:glocalization-perspective
24 process:circulation-of-global-knowledge strengthens process:glocalization-perspective
27 process:cognitive-world strengthens process:war
27 process:cognitive-world strengthens process:conflict
27 trend:fuel-of-conflict mentions group:interest-groups
28 trend:weakness-of-peace mentions group:persons-in-distress
29 trend:limits-of-politics hasActor group:states
29 trend:limits-of-politics hasActor group:international-organizations
30 aspect:problems-peace-and-development-separate hinders process:international-cooperation
32 process:globalization causes process:problematic-outcomes-of-globalization
34 trend:consensus-for-reform hasActor group:state-agencies
34 trend:consensus-for-reform hasActor group:international-organizations
34 trend:consensus-for-reform hasActor group:mass-media
34 trend:consensus-for-reform hasActor group:nonprofit-organizations
34 trend:consensus-for-reform hasActor group:companies
35 process:partnerships mentions group:public-actors
35 process:partnerships mentions group:private-actors
35 process:partnerships mentions group:civil-society-actors
36 process:urbanization drives trend:going-downstream
36 process:emergence-of-civil-society drives trend:going-downstream
36 process:knowledge-society drives trend:going-downstream
36 process:new-role-of-international-media drives trend:going-downstream
38 practice:decentralized-cooperation hasAim aim:social-development
38 practice:decentralized-cooperation hasAim aim:economic-development
38 practice:decentralized-cooperation mentions process:peace-building
39 practice:cultural-festival mentions process:peace-building
40 practice:glocal-youth-parliament hasAim aim:urban-agenda
41 practice:kigali-agriculture hasSupport support:kigali-computers
41 practice:kigali-agriculture hasSupport support:kigali-training
41 area:socio-economic hasAim aim:market-dynamics-with-reform
42 practice:city-gateways hasAim aim:development-database
43 practice:training-coaches where place:developing-countries
43 practice:training-coaches hasAim aim:culture-of-sport
44 practice:glocal-travel mentions process:sustainable-tourism
45 process:glocalization hasAim aim:international-equity
45 process:glocalization hasAim aim:poverty-reduction
47 item:dimension-1 partOf list:glocal-forum-dimensions
49 aspect:recommendation-phase-1-yeast partOf item:recommendation-phase-1
49 aspect:recommendation-phase-2-dough partOf item:recommendation-phase-2
"""

# What a slide says with a can, a should, a risk or signs of it, so that it is no plain triple.
CAREFUL = """
14 aspect:mobilization-human-energy causes process:voluntary-work can
14 aspect:mobilization-enthusiasm causes process:dynamics-of-participation can
20 aspect:peace-building-mainstreaming favors process:peace can
20 aspect:peace-building-dividends-take-root favors process:peace can
21 process:policies-for-fighting-poverty requires process:stability should
21 process:sustainable-development requires process:stability should
26 process:war causes process:regimes-of-war can
26 process:conflict causes process:regimes-of-war can
28 process:peace kind aspect:weakness-of-peace-rhetoric at-risk
33 aspect:glocal-signs-localize-benefits favors process:governance-of-globalization seems
36 trend:going-downstream favors process:glocalization-movement roughly
"""

# Participants with their roles, as the slides name them; the Glocal Forum promotes all seven.
INVOLVED = {
    "decentralized-cooperation": {
        "group:cities-living-in-peace": "partner",
        "group:cities-living-in-conflict": "partner",
    },
    "cultural-festival": {"group:israeli-cities": "partner", "group:palestinian-cities": "partner"},
    "glocal-youth-parliament": {"group:young-persons-from-cities": "target"},
    "kigali-agriculture": {
        "place:kigali": "site",
        "actor:municipality-of-rome": "supporter",
        "group:ngos": "supporter",
        "group:private-sector": "supporter",
    },
    "city-gateways": {},
    "training-coaches": {
        "group:coaches": "target",
        "place:developing-countries": "site",
        "place:toronto": "partner",
        "place:rishon-lezion": "partner",
        "place:nablus": "partner",
        "place:rome": "partner",
        "place:kigali": "partner",
    },
    "glocal-travel": {},
}

# How many phrases each slide sets off: bold in B, quotation marks and capitals in both.
EMPHASIS = {2: 2, 6: 1, 12: 4, 13: 4, 14: 4, 15: 5, 24: 1, 25: 1, 27: 1, 35: 2, 36: 1, 39: 1, 44: 1}
EMPHASIS |= {45: 1, 46: 1, 47: 2, 49: 4}

# What a plain triple of the deck says beside the make-up of its texts: each has its assertion.
PROMISES = {
    *("affects", "causes", "favors", "strengthens", "drives", "hinders", "weakens", "requires"),
    *("exampleOf", "contrastsWith", "occursWith", "reactionTo", "basisOf", "answers"),
    *("hasAim", "hasSupport", "theme", "linkedWith", "commissionedBy", "locatedIn", "atLevel"),
    "hasActor",
}


@pytest.fixture(scope="module")
def own(facts: Callable):
    """The deck without its critical apparatus."""
    return facts("data/deck/[!a]*.trig", "data/deck/actors.trig", "data/deck/adverse-trends.trig")


@pytest.fixture(scope="module")
def everything(facts: Callable):
    return facts("data/**/*.trig", "ontology/*.ttl")


@pytest.fixture(scope="module")
def said(own) -> dict[tuple[str, str, str], set[str]]:
    """The passages of each proposition that the deck asserts flatly."""
    where = defaultdict(set)
    for s, p, o, place in own.rows(
        "SELECT ?s ?p ?o ?place WHERE { ?c glocal:asserts ?said ; glocal:statedIn ?place ."
        " ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o"
        " FILTER NOT EXISTS { ?said glocal:modality ?how } }"
    ):
        where[s, p, o].add(place)
    return where


def passages(found) -> dict[str, set[str]]:
    where = defaultdict(set)
    for s, p, o in found.triples:
        if p == "glocal:statedIn":
            where[s].add(o)
    return where


def slide(number: int) -> str:
    return f"passage:deck-s{number:02d}"


@pytest.mark.parametrize("whole", PARTS)
def test_the_enumerated_parts_stand_in_order(own, whole):
    listed = own.rows(
        "SELECT ?part ?whole WHERE { ?part glocal:partOf ?whole ; schema:position ?n }"
        " ORDER BY ?whole ?n"
    )
    parts = [part for part, of in listed if of == whole]
    expected = PARTS[whole].split()
    assert len(parts) == len(expected)
    assert all(part.endswith(end) for part, end in zip(parts, expected, strict=True)), parts


def test_no_list_of_parts_is_left_out_of_this_test(own):
    wholes = own.column(
        "SELECT DISTINCT ?w WHERE { ?part a glocal:Aspect ; glocal:partOf ?w ; schema:position ?n }"
    )
    assert set(wholes) - {"process:cognitive-world"} == set(PARTS)


@pytest.mark.parametrize("line", RELATIONS.strip().split("\n"))
def test_a_relation_is_stated_on_its_slide(own, said, line):
    number, s, p, o = line.split()
    p = p if ":" in p else f"glocal:{p}"
    assert (s, p, o) in own.triples
    where = passages(own)
    both_ends = where[s] & where[o] if where[o] else where[s]
    assert slide(int(number)) in said.get((s, p, o), both_ends)


@pytest.mark.parametrize("line", CAREFUL.strip().split("\n"))
def test_what_is_said_with_care_is_reached_through_its_proposition_only(own, everything, line):
    number, s, p, o, modality = line.split()
    rows = own.rows(
        "SELECT ?s ?p ?o ?m WHERE { ?a glocal:asserts ?said ; glocal:statedIn ?place ."
        " ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o ; glocal:modality ?m"
        f" FILTER(STRENDS(STR(?place), '/deck-s{number}')) }}"
    )
    assert (s, f"glocal:{p}", o, f"modality:{modality}") in rows
    assert (s, f"glocal:{p}", o) not in everything.triples


def promises(triples) -> set[tuple[str, str, str]]:
    return {t for t in triples if t[1].removeprefix("glocal:") in PROMISES}


def test_a_relation_has_an_assertion_that_gives_its_slide(own, said):
    assert promises(own.triples)
    assert promises(own.triples) - set(said) == set()


def test_what_is_said_flatly_stands_in_the_graph(everything, said):
    assert len(said) > 100
    literal = {t for t in said if ":" not in t[2]}  # the printed halves of a broken name
    assert {o for _, _, o in promises(literal)} == {"Rishon", "Letzion"}
    assert promises(said) - literal - everything.triples == set()


# How many things and assertions a reader counts on some slides at the least.
@pytest.mark.parametrize(
    ("number", "least"),
    [
        (1, 12),
        (2, 8),
        (3, 7),
        (4, 8),
        (8, 16),
        (9, 6),
        (10, 4),
        (18, 9),
        (27, 12),
        (34, 12),
        (41, 18),
        (43, 16),
        (46, 18),
    ],
)
def test_a_full_slide_holds_its_facts(own, number, least):
    where = passages(own)
    assert sum(slide(number) in places for places in where.values()) >= least


@pytest.mark.parametrize("practice", INVOLVED)
def test_who_takes_part_in_a_practice_and_how(own, practice):
    rows = own.rows(
        "SELECT ?who ?role WHERE { ?p glocal:qualifiedParticipation ?i ."
        " ?i glocal:ofParticipant ?who ; glocal:inRole ?role ."
        f" FILTER(STRENDS(STR(?p), '/practice/{practice}')) }}"
    )
    assert dict(rows) == {"actor:glocal-forum": "role:promoter"} | {
        who: f"role:{role}" for who, role in INVOLVED[practice].items()
    }


def test_the_links_between_participants_as_they_are_printed(own):
    links = own.rows(
        "SELECT ?a ?b WHERE"
        " { ?i glocal:linkedWith ?j . ?i glocal:ofParticipant ?a . ?j glocal:ofParticipant ?b }"
    )
    assert {frozenset(x.split(":")[1] for x in link) for link in links} == {
        frozenset({"cities-living-in-peace", "cities-living-in-conflict"}),
        frozenset({"israeli-cities", "palestinian-cities"}),
        frozenset({"rome", "kigali"}),
    }


def test_emphasized_phrases_by_slide(own):
    found = Counter()
    for number in own.column(
        "SELECT ?n WHERE { ?e glocal:kind kind:emphasis ; glocal:partOf/schema:position ?n }"
    ):
        found[int(number)] += 1
    assert found == EMPHASIS


def test_bold_is_known_from_b_only(own):
    rows = own.rows(
        "SELECT ?l ?w WHERE"
        " { ?e glocal:kind kind:emphasis ; rdfs:label ?l OPTIONAL { ?e glocal:witnessedBy ?w } }"
    )
    assert {w for label, w in rows if "in bold" in label} == {B}
    assert {w for label, w in rows if "quotation marks" in label} == {""}


def test_the_texts_of_three_principles_rest_on_a_alone(own):
    single = own.rows(
        "SELECT ?x ?n WHERE { ?x glocal:witnessedBy ?w ; glocal:statedIn/schema:position ?n }"
    )
    witness = dict(own.rows("SELECT ?x ?w WHERE { ?x glocal:witnessedBy ?w }"))
    by_slide = defaultdict(set)
    for thing, number in single:
        by_slide[int(number)].add(witness[thing])
    assert {n for n, w in by_slide.items() if A in w} >= {10, 18, 20, 21, 31, 45}
    assert {n for n, w in by_slide.items() if w == {B}} >= {1, 3}
    for number in (18, 20, 21):
        aspects = own.rows(
            "SELECT ?a ?w WHERE { ?a a glocal:Aspect ; glocal:statedIn/schema:position "
            f"{number} OPTIONAL {{ ?a glocal:witnessedBy ?w }} }}"
        )
        assert aspects
        assert {w for _, w in aspects} == {A}
