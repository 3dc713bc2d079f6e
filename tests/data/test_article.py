"""The article: every fact of its eight paragraphs, who says it, and what it does not say."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

ROBERTSON = "actor:roland-robertson"

# Relations worked out from the text of the article by a reading of its own, paragraph by paragraph.
RELATIONS = """
1 definition:glocalization-article defines term:glocalization
1 process:universalizing-tendency occursWith process:particularizing-tendency
1 process:universalizing-tendency partOf process:social-systems
1 process:particularizing-tendency partOf process:political-systems
1 process:universalizing-tendency partOf process:economic-systems
1 term:glocalization formedFrom process:globalization
1 term:glocalization formedFrom process:localization
1 term:glocalization popularizedBy actor:roland-robertson
1 actor:roland-robertson kind group:sociologists
2 process:growing-importance-of-global-level mentions level:global
2 process:growing-importance-of-continental-level mentions level:continental
2 process:increasing-salience-of-local-level mentions level:local
2 process:increasing-salience-of-regional-level mentions level:regional
2 process:homogeneity occursWith process:heterogeneity
2 process:centralization occursWith process:decentralization
2 level:global partOf levelsystem:two-level
2 level:local partOf levelsystem:two-level
2 process:globalized-contacts affects process:local-spaces
2 process:local-circumstances affects process:local-spaces
2 process:globalized-contacts causes process:local-identities
2 process:local-circumstances causes process:local-identities
3 definition:glocalization-marketing defines term:glocalization
3 event:mcdonalds-asterix exampleOf definition:glocalization-marketing
3 event:mcdonalds-asterix where place:france
3 event:mcdonalds-asterix mentions figure:ronald-mcdonald
3 event:mcdonalds-asterix mentions figure:asterix
4 reaction:opportunistic reactionTo process:interplay-of-global-and-local-forces
4 reaction:rebellious reactionTo process:interplay-of-global-and-local-forces
4 reaction:opportunistic causes process:hybrids
4 reaction:rebellious strengthens process:resistance-identity
4 reaction:opportunistic favors process:diversity
4 reaction:rebellious favors process:diversity
4 process:world-cities mentions group:immigrants
4 process:world-cities mentions group:elites
4 process:resistance-identity favors process:local-history
4 process:resistance-identity favors process:local-traditions
4 process:resistance-identity favors process:authentic-cultures
5 level:global affects level:local
5 level:local affects level:global
5 process:opening-of-national-boundaries strengthens process:economic-importance-of-location
5 process:clustering-of-companies partOf process:economic-environment
5 process:geographic-concentration partOf process:economic-environment
5 place:london-financial-district locatedIn place:london
5 place:new-york-financial-district locatedIn place:new-york
5 place:london-financial-district exampleOf process:clustering-of-companies
5 process:computer-industry where place:silicon-valley
5 process:globalization strengthens process:territorial-differentiation
5 aspect:local-milieus-content favors process:innovation
5 aspect:local-milieus-contextual-support favors process:innovation
5 process:culture-as-a-motive exampleOf process:further-motives
5 process:environment-as-a-motive exampleOf process:further-motives
6 level:subnational partOf levelsystem:three-level
6 level:national partOf levelsystem:three-level
6 level:supranational partOf levelsystem:three-level
6 process:national-sovereignty-norm affects process:modern-political-system
6 process:gatekeeper-position hasActor group:national-executives
6 process:sole-legitimacy-in-both-spheres causes process:gatekeeper-position
7 group:subnational-states skos:broader group:subnational-entities
7 group:provinces skos:broader group:subnational-entities
7 group:cities skos:broader group:subnational-entities
7 explanation:disembedding explains process:subnational-international-activity
7 explanation:disembedding assumes process:socioeconomic-glocalization
7 explanation:disembedding concludes process:diverging-interests
7 explanation:disembedding concludes process:autonomous-international-activities
8 explanation:strategic-response explains process:subnational-international-activity
8 explanation:strategic-response assumes aspect:strategic-response-stronger-executives
8 explanation:strategic-response concludes aspect:strategic-response-defense
8 explanation:strategic-response concludes aspect:strategic-response-compensation
"""


# What the article denies, and what it says with a "tends to", a "mainly" or a "can be interpreted".
CAREFUL = """
2 denied process:globalization causes process:end-of-geography
2 denied process:globalization causes process:declining-heterogeneity
2 denied process:globalization kind process:linear-expansion-of-territorial-scales
4 roughly process:contacts-with-others causes process:local-identities
4 roughly process:contacts-with-others strengthens process:local-identities
4 roughly process:translocal-interaction favors process:local-identities
4 roughly process:translocal-comparison affects process:local-identities
4 roughly process:translocal-trends favors process:local-identities
4 roughly process:world-cities favors process:mixed-cultures
4 should process:mutual-adjustment hasActor group:immigrants
4 should process:ties-abroad hasActor group:elites
5 denied process:information-economy causes process:dispersal-of-production-and-consumption
6 tends-to process:transnational-interactions weakens process:gatekeeper-position
6 tends-to process:subnational-supranational-contacts weakens process:gatekeeper-position
6 tends-to process:transnational-interactions causes process:circumvention-of-the-national-level
7 can process:subnational-international-activity reactionTo process:socioeconomic-glocalization
"""


@pytest.fixture(scope="module")
def article(facts: Callable):
    return facts("data/article/*.trig")


@pytest.mark.parametrize("line", RELATIONS.strip().splitlines())
def test_relation_is_recorded_with_its_paragraph(article, line: str) -> None:
    paragraph, subject, predicate, object_ = line.split()
    property_ = predicate if ":" in predicate else f"glocal:{predicate}"
    assert (subject, property_, object_) in article.triples
    passage = f"passage:article-p{paragraph}"
    assert {
        (subject, "glocal:statedIn", passage),
        (object_, "glocal:statedIn", passage),
    } & article.triples, f"neither end of the relation is tied to {passage}"


@pytest.mark.parametrize("line", CAREFUL.strip().splitlines())
def test_what_is_denied_or_said_with_care_is_no_plain_triple(article, line: str) -> None:
    paragraph, how, subject, predicate, object_ = line.split()
    rows = article.rows(
        f"""SELECT ?s ?p ?o ?m WHERE {{ ?a glocal:asserts ?said ;
            glocal:statedIn <https://w3id.org/glocal/id/passage/article-p{paragraph}> .
            ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o
            OPTIONAL {{ ?said glocal:modality ?m }} }}"""
    )
    assert (subject, f"glocal:{predicate}", object_, f"modality:{how}") in rows
    assert (subject, f"glocal:{predicate}", object_) not in article.triples


def test_eight_paragraphs_in_order(article) -> None:
    found = article.rows(
        """SELECT ?passage ?n WHERE { ?passage glocal:kind kind:paragraph ; schema:position ?n ;
           glocal:fromSource <https://w3id.org/glocal/id/source/article> } ORDER BY ?n"""
    )
    assert found == [(f"passage:article-p{n}", str(n)) for n in range(1, 9)]


def test_every_paragraph_carries_claims_and_things(article) -> None:
    counts = {
        row[0]: (int(row[1]), int(row[2]))
        for row in article.rows(
            """SELECT ?p (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?x) AS ?things)
               WHERE { ?x glocal:statedIn|glocal:reportedIn ?p
                       OPTIONAL { ?x a glocal:Assertion BIND(?x AS ?claim) } } GROUP BY ?p"""
        )
    }
    assert len(counts) == 8
    assert min(claims for claims, _ in counts.values()) >= 6
    assert sum(claims for claims, _ in counts.values()) >= 75
    assert sum(things for _, things in counts.values()) >= 200


def test_all_facts_stand_in_the_graph_of_the_article(article) -> None:
    assert {q.graph_name.value for q in article.quads} == {"https://w3id.org/glocal/graph/article"}


def test_everything_is_tied_to_a_paragraph(article) -> None:
    untied = article.column(
        """SELECT DISTINCT ?x WHERE { ?x a ?type
           FILTER (?type NOT IN (glocal:Passage, glocal:Source, glocal:Proposition))
           FILTER NOT EXISTS { ?x glocal:statedIn|glocal:reportedIn ?p } }"""
    )
    assert untied == []


def test_what_is_reported_and_of_whom(article) -> None:
    found = article.rows(
        """SELECT ?claim ?by ?p WHERE { ?claim a glocal:Assertion ;
           glocal:by ?by ; glocal:reportedIn ?p } ORDER BY ?p ?claim"""
    )
    assert found == [
        ("assertion:article-coined-by-japanese-economists", ROBERTSON, "passage:article-p1"),
        ("assertion:article-coined-to-explain-marketing", ROBERTSON, "passage:article-p1"),
        (
            "assertion:article-hybridization-from-interconnectedness",
            "group:users-of-the-term",
            "passage:article-p2",
        ),
        (
            "assertion:article-robertson-rejects-economy-against-culture",
            ROBERTSON,
            "passage:article-p4",
        ),
        ("assertion:article-robertson-rejects-polarities", ROBERTSON, "passage:article-p4"),
    ]


def test_what_is_stated_names_no_speaker(article) -> None:
    rows = article.rows(
        "SELECT ?c WHERE { ?c glocal:asserts ?said ; glocal:statedIn ?p ; glocal:by ?x }"
    )
    assert rows == []


def statements(article, way: str, modality: str = "") -> list[tuple[str, ...]]:
    return article.rows(
        f"""SELECT ?s ?p ?o WHERE {{ ?c glocal:asserts ?said ; glocal:{way} ?place .
            ?said glocal:subject ?s ; glocal:relation ?p ; glocal:value ?o {modality} }}"""
    )


# What a plain triple of the article says beside the make-up of its texts: each has its assertion.
PROMISES = {
    *("affects", "causes", "favors", "strengthens", "hinders", "weakens", "requires", "reactionTo"),
    *("exampleOf", "contrastsWith", "occursWith", "correspondsTo", "drives", "basisOf", "answers"),
    *("explains", "assumes", "concludes", "formedFrom", "coinedBy", "popularizedBy", "atLevel"),
    "hasActor",
}
FLATLY = "FILTER NOT EXISTS { ?said glocal:modality ?how }"


def promises(triples) -> set[tuple[str, ...]]:
    return {t for t in triples if t[1].removeprefix("glocal:") in PROMISES}


def test_what_is_stated_flatly_is_also_a_triple_and_every_triple_is_stated(article) -> None:
    stated = promises(statements(article, "statedIn", FLATLY))
    assert len(stated) >= 60
    assert stated == promises(article.triples)


def test_what_is_only_reported_is_no_triple(article) -> None:
    reported = statements(article, "reportedIn")
    assert len(reported) == 2
    assert [s for s in reported if s in article.triples] == []


def test_levels_of_the_two_systems(article) -> None:
    held = {
        system: {s for s, p, o in article.triples if o == system and p == "glocal:partOf"}
        for system in ("levelsystem:two-level", "levelsystem:three-level")
    }
    assert held["levelsystem:two-level"] == {"level:global", "level:local"}
    assert held["levelsystem:three-level"] == {
        "level:subnational",
        "level:national",
        "level:supranational",
    }
    equated = {frozenset((s, o)) for s, p, o in article.triples if p == "glocal:correspondsTo"}
    assert equated == {
        frozenset(("level:local", "level:subnational")),
        frozenset(("level:global", "level:supranational")),
    }
    for level in ("level:continental", "level:regional"):
        assert (level, "glocal:statedIn", "passage:article-p2") in article.triples


def test_steps_of_the_explanations_are_in_order(article) -> None:
    steps = article.rows(
        """SELECT ?e ?step WHERE { ?step glocal:partOf ?e ; schema:position ?n .
           ?e a glocal:Explanation } ORDER BY ?e ?n"""
    )
    assert [step for e, step in steps if e == "explanation:disembedding"] == [
        "aspect:disembedding-nodal-points",
        "aspect:disembedding-dependence",
        "aspect:disembedding-loosening",
    ]
    assert [step for e, step in steps if e == "explanation:strategic-response"] == [
        "aspect:strategic-response-stronger-executives",
        "aspect:strategic-response-regulation",
        "aspect:strategic-response-more-competencies",
        "aspect:strategic-response-fewer-restrictions",
        "aspect:strategic-response-defense",
        "aspect:strategic-response-compensation",
    ]


def test_the_article_names_no_author_publisher_or_date(article) -> None:
    told = {p for s, p, _ in article.triples if s in ("source:article", "event:mcdonalds-asterix")}
    assert not {p for p in told if p.endswith((":by", "publisher", "date", "issued"))}


def test_the_mascot_is_no_practice(article) -> None:
    kinds = {o for s, p, o in article.triples if p == "rdf:type"}
    assert not kinds & {"glocal:Practice", "glocal:Project", "glocal:Program"}


def test_states_of_a_federation_are_not_sovereign_states(article) -> None:
    assert ("group:subnational-states", "glocal:atLevel", "level:subnational") in article.triples
    assert "group:states" not in {term for triple in article.triples for term in triple}


def test_universalizing_tendency_is_not_the_criterion(article) -> None:
    assert not [t for t in article.triples if any(x.startswith("criterion:") for x in t)]


def test_japanese_economists_have_no_names_and_no_country(article) -> None:
    told = {(p, o) for s, p, o in article.triples if s == "group:japanese-economists"}
    assert not {o for _, o in told if o.startswith("place:")}
    assert not [
        s
        for s, p, o in article.triples
        if o == "group:japanese-economists" and p in ("glocal:kind", "org:memberOf")
    ]


def test_names_in_three_languages(article) -> None:
    lacking = article.rows(
        """SELECT ?x ?tag WHERE { VALUES ?tag { "en" "it" "fr" }
           ?x a ?type
           FILTER (?type != glocal:Assertion)
           FILTER NOT EXISTS { ?x rdfs:label ?l FILTER (LANG(?l) = ?tag) } }"""
    )
    assert lacking == []


def test_no_blank_nodes(article) -> None:
    ends = {type(end) for quad in article.quads for end in (quad.subject, quad.object)}
    assert ox.BlankNode not in ends
