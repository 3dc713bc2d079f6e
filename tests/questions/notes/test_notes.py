"""An empty answer says why where that can be known, and nothing where it is rightly empty."""

from __future__ import annotations

import re

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._questions.question import find, names

FAILS = {
    "?x a glocal:Practice ; dcterms:date ?d": "No glocal:Practice has dcterms:date. Did you mean "
    "schema:startDate?",
    "?x glocal:coinedBy ?who": "1 proposition speaks of it, with who says it and how: "
    "?p glocal:relation glocal:coinedBy ; glocal:subject ?x ; glocal:value ?who.",
    "?x glocal:causes process:regimes-of-war": "No fact is ? glocal:causes process:regimes-of-war. "
    "2 propositions speak of it",
    "actor:glocal-forum schema:founder ?who": "propositions speak of it",
    "?x glocal:theme <area:culture>": "write area:culture without the brackets",
    "?x glocal:partner ?y": "Did you mean glocal:participant?",
    "?x a glocal:Practise": "glocal:Practise is in no fact here. Did you mean glocal:Practice",
    "?x a glocal:practice": "Did you mean glocal:Practice?",
    "?x glocal:particpant ?y": "Did you mean glocal:participant",
    "?x rdfs:lable ?l": "Did you mean rdfs:label",
    "place:roma ?p ?o": "Did you mean place:rome?",
    "?x glocal:kind kind:slides": "Did you mean kind:slide?",
    "?x a <http://w3id.org/glocal/ontology#Practice>": "Did you mean glocal:Practice?",
    "?x a schema:Person": "Did you mean foaf:Person or glocal:Person?",
    "?x glocal:involvement ?y": "a name of the first edition",
    "?x glocal:inArea area:sport": "now it is glocal:theme",
    "?x a glocal:StatedClaim": "a name of the first edition",
    "?x a glocal:Scale": "glocal:Scale has no instance here.",
    "?x a glocal:Assessment": "glocal:Assessment has no instance here.",
    "?x a glocal:City ; skos:prefLabel ?l": "No fact has the property skos:prefLabel.",
    "place:rome glocal:participant ?x": "other way round here: ? glocal:participant place:rome",
    "?c a glocal:City . ?c glocal:participant ?p": "a glocal:City is its value",
    "?p glocal:answers ?t": "interpreted=True, or --interpreted",
    '?x rdfs:label "Kigali"': 'are written "Kigali"@en, not "Kigali".',
    '?x rdfs:label "kigali"@en': 'are written "Kigali"@en',
    '?x rdfs:label ?l FILTER(?l = "Kigali")': 'are written "Kigali"@en, not "Kigali".',
    '?x schema:position "1"': 'are written "1"^^xsd:integer, not "1".',
    "GRAPH ?g { ?x a glocal:Practise }": "Did you mean glocal:Practice",
    '?x schema:startDate "2002-10"^^xsd:gYear': "is not written as xsd:gYear is",
    '?x schema:startDate "2003"^^xsd:gYear': "are more precise, such as",
    "GRAPH graph:deks { ?x a glocal:Practice }": "Did you mean graph:deck",
    "{ ?x a glocal:Practise } UNION { ?x a glocal:Projekt }": "Did you mean glocal:Project?",
    "place:rome rdfs:label ?l FILTER(LANG(?l) = 'de')": "there are en, fr, it.",
    "VALUES ?x { place:roma } ?x rdfs:label ?l": "Did you mean place:rome?",
    "?x a glocal:City FILTER(?y > 3)": "?y in FILTER has no value: no pattern has it.",
    "?city a glocal:City FILTER(?ciy = place:rome)": "Did you mean ?city?",
    "{ SELECT ?x { ?x a glocal:Practise } }": "Did you mean glocal:Practice",
    "?x a glocal:Town": "Did you mean glocal:City?",
    "?x a glocal:Organisation": "Did you mean glocal:Organization",
    "?x schema:name ?n": "Did you mean rdfs:label?",
    "?x foaf:name ?n": "Did you mean rdfs:label?",
    "?x schema:about area:sport": "Did you mean glocal:theme?",
    "?x a glocal:City ; skos:prefLabel ?n": "rdfs:label has.",
    "?x glocal:theme 'Sport'": "leads to things, not to text: area:sport has that name.",
    "?x glocal:participant 'Kigali'@en": "place:kigali has that name.",
    "?x glocal:participant 'Atlantis'": '?thing rdfs:label "Atlantis"',
    "?x a glocal:City FILTER(?x = 'Rome')": "compare its name, ?x rdfs:label ?name",
    "?p glocal:theme ?x FILTER('sport' = ?x)": "leads to things, not to text",
    "?x a glocal:City FILTER(?x = place:roma)": "Did you mean place:rome?",
    "?p glocal:participant ?x FILTER(?x IN (place:roma, place:kigalli))": "mean place:kigali?",
    "?x a glocal:City ; rdfs:label ?l FILTER(CONTAINS(?l, 'kigali'))": 'LCASE(STR(?l)), "kigali")',
    "?x a glocal:City ; rdfs:label ?l FILTER(STRSTARTS(STR(?l), 'KIGALI'))": "large from small",
    "?x a glocal:City ; rdfs:label ?l FILTER(REGEX(?l, 'kigali'))": 'REGEX(?l, "kigali", "i")',
    "?x schema:startDate ?d FILTER(?d > 2003)": "FILTER(YEAR(?d) > 2003)",
    "?x schema:position ?n FILTER(?n < '3')": "have no order with",
    "?x schema:startDate ?d FILTER(?d >= '2007-01-01'^^xsd:date)": 'FILTER(STR(?d) >= "2007")',
    "?x schema:startDate ?d FILTER(?d > '2006-12'^^xsd:gYearMonth && ?d < '2009-01'^^xsd:gYearMonth"
    ")": 'such as "2008"^^xsd:gYear have no order with "2006-12"^^xsd:gYearMonth',
    "?x a glocal:City FILTER(LANG(?x) = 'en')": "?x is a thing and has no language",
    "?p glocal:participant ?x FILTER(LANGMATCHES(LANG(?x), 'en'))": "?x is a thing and has no lang",
    "?x a glocal:City FILTER(CONTAINS(?x, 'rome'))": "?x is a thing and no text, so CONTAINS",
    "?p glocal:theme ?x FILTER(CONTAINS(LCASE(?x), 'sport'))": "no text, so LCASE has no value",
    "?x schema:position ?n FILTER(LANG(?n) = 'en')": "No value of schema:position has a language.",
    "?x a glocal:City ; rdfs:label ?l FILTER REGEX(?l, '^kig.l')": 'REGEX(?l, "^kig.l", "i")',
    "?x a glocal:City ; rdfs:label ?l FILTER(REGEX(STR(?l), 'kigali$') && ?x != 3)": '"i")',
    "?x a glocal:City ; rdfs:label ?l FILTER REGEX(?l, '(kig')": "is no regular expression",
    "?x rdfs:label ?l FILTER(STRENDS(?l, 'KIGALI'))": 'STRENDS(LCASE(STR(?l)), "kigali")',
    "?p glocal:theme ?t FILTER(STR(?t) = 'sport')": "FILTER(?t = area:sport)",
    "?p glocal:participant ?c FILTER(STR(?c) = 'Kigali')": "FILTER(?c = place:kigali)",
    "?x a glocal:City FILTER('Rome' = STR(?x))": "FILTER(?x = place:rome)",
    "?x a glocal:City FILTER(STR(?x) = 'Xanadu')": "STR(?x) is a whole IRI, such as",
    "?x glocal:inRole role:partners": "Did you mean role:partner",
    "?x schema:position ?n FILTER(?n > '3')": "FILTER(?n > 3)",
    "?x a glocal:Practice ; glocal:statedIn source:deck": "it is one of glocal:fromSource",
    "?x a glocal:Practice ; glocal:participant area:sport": "it is one of glocal:theme",
}  # fmt: skip

RIGHT = [
    "?x a glocal:Practice ; glocal:participant place:paris",
    "?x a glocal:Practice . ?x glocal:statedIn passage:deck-s01",
    "?x a glocal:City ; schema:startDate ?d",
    "?x a glocal:Person ; glocal:governs place:rome",
    'FILTER(STR(?d) > "2030") ?x schema:startDate ?d',
    "?x glocal:locatedIn place:kigali",
    "?x a glocal:City . FILTER NOT EXISTS { ?x rdfs:label ?l }",
    "?x glocal:participant place:rome MINUS { ?x a glocal:Practice }",
    "?x a glocal:City ; a glocal:Person",
    "?x a glocal:City FILTER(?x = place:nowhere-at-all || ?x = place:rome && false)",
    "?x a glocal:City FILTER NOT EXISTS { ?x rdfs:label ?any }",
    "?x a glocal:City OPTIONAL { ?x schema:startDate ?d } FILTER(?d > 3)",
    "?x a glocal:Practice OPTIONAL { ?x glocal:witnessedBy ?y } FILTER(BOUND(?y))",
    "VALUES ?x { place:nowhere } ?x a glocal:City",
    "?x a glocal:Principle ; glocal:statedIn passage:deck-s40",
    "?x schema:position ?n FILTER(?n > 99999)",
    "?x a glocal:City ; rdfs:label ?l FILTER(CONTAINS(?l, 'Xanadu'))",
    "?x a glocal:City ; rdfs:label ?l FILTER(REGEX(?l, 'kigali$', 'i') && STRLEN(?l) > 99)",
    "?x schema:startDate ?d FILTER(?d > '2999'^^xsd:gYear)",
    "?p glocal:participant ?x FILTER(?x = place:paris)",
    "?p glocal:participant ?x FILTER(?x IN (place:paris, place:london))",
    "?x rdfs:label ?l FILTER(?l = 'Xanadu'@en)",
    "?x a glocal:City FILTER(?x != ?x)",
    "?x schema:startDate ?d FILTER(?d > '2999-01-01'^^xsd:date)",
    "?x schema:startDate ?d FILTER(?d < '1900-01'^^xsd:gYearMonth)",
    "?x a glocal:City ; rdfs:label ?l FILTER REGEX(?l, '^Xana.u')",
    "?x a glocal:City ; rdfs:label ?l FILTER(STRSTARTS(?l, 'igali'))",
    "?x a glocal:City FILTER(STR(?x) = 'https://example.org/rome')",
    "?x a glocal:City FILTER(CONTAINS(STR(?x), 'xanadu'))",
]


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.mark.parametrize("pattern", FAILS)
def test_an_empty_answer_says_why(kg: gk.KnowledgeGraph, pattern: str) -> None:
    table = kg.select(f"SELECT * {{ {pattern} }}")
    assert len(table) == 0
    assert FAILS[pattern] in " ".join(table.notes)
    assert FAILS[pattern] in table.to_text(400)
    assert "glocal" not in table.to_csv()


@pytest.mark.parametrize("pattern", RIGHT)
def test_what_is_rightly_empty_gets_no_advice(kg: gk.KnowledgeGraph, pattern: str) -> None:
    table = kg.select(f"SELECT * {{ {pattern} }}")
    assert len(table) == 0
    assert table.notes == ()


def test_what_no_practice_has_together_gets_no_advice(kg: gk.KnowledgeGraph) -> None:
    """Areas and cities that there are, and no practice joins: a hundred of them."""
    areas = kg.select("SELECT ?x { ?x a glocal:AreaOfAttraction }").column("x")
    cities = kg.select("SELECT ?x { ?x a glocal:City } ORDER BY ?x LIMIT 20").column("x")
    empty = 0
    for area in areas:
        for city in cities:
            table = kg.select(f"SELECT ?p {{ ?p glocal:theme {area} ; glocal:participant {city} }}")
            empty += not len(table)
            assert table.notes == () or table.notes[0].startswith("1 more row where interpret")
    assert empty > 100


def pairs() -> list[tuple[str, str]]:
    """A class of ours and a property, so many that most have nothing in common."""
    kinds = "City Place Person Source Passage Principle Trend Term Level Practice".split()  # noqa: SIM905 - words
    ways = "governs participant element defines hasReading explains by witnessedBy where hasAim"
    return [(kind, way) for kind in kinds for way in ways.split()]


@pytest.mark.parametrize(("kind", "way"), pairs())
def test_advice_is_given_only_where_it_leads_to_rows(kg: gk.KnowledgeGraph, kind, way) -> None:
    query = f"SELECT * {{ ?x a glocal:{kind} ; glocal:{way} ?y }}"
    for note in kg.select(query).notes:
        if "the other way round" in note:
            assert len(kg.select(f"SELECT * {{ ?x a glocal:{kind} . ?y glocal:{way} ?x }}"))
        elif " is used of " in note:
            for other in re.findall(r"glocal:[A-Z]\w+", note.partition(" is used of ")[2]):
                assert len(kg.select(f"SELECT * {{ ?x a {other} ; glocal:{way} ?y }}"))
        else:
            assert len(kg.select(query, interpreted=True))


def test_rows_and_questions_that_have_some_get_no_notes(kg: gk.KnowledgeGraph) -> None:
    for name in names():
        table = kg.answer(find(name), {})
        if len(table) and table.notes:
            more = len(kg.answer(find(name), {}, interpreted=True)) - len(table)
            assert table.notes[0].startswith(f"{more} more row")


def test_what_only_follows_is_told_where_it_is_left_out(kg: gk.KnowledgeGraph) -> None:
    query = "SELECT * { ?x glocal:concerns ?y }"
    assert len(kg.select(query))
    assert "--asserted" in kg.select(query, inferred=False).notes[0]


def test_what_is_partly_or_otherwise_nothing_says_why_too(kg: gk.KnowledgeGraph) -> None:
    wrong = "?x a glocal:City OPTIONAL { ?x glocal:lable ?y }"
    assert "?y has no value in any row" in kg.select(f"SELECT * {{ {wrong} }}").notes[0]
    right = "?x a glocal:City OPTIONAL { ?x schema:startDate ?y }"
    assert kg.select(f"SELECT * {{ {right} }}").notes == ()
    counted = kg.select("SELECT (COUNT(?x) AS ?n) { ?x a glocal:Practise }")
    assert counted.column("n") == [0]
    assert "Did you mean glocal:Practice" in counted.notes[0]
    assert kg.select("SELECT (COUNT(?x) AS ?n) { ?x a glocal:City }").notes == ()
    made = kg.construct("CONSTRUCT WHERE { ?x a glocal:Practise }")
    assert "Did you mean glocal:Practice" in made.notes[0]


def test_no_says_why_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "ASK { place:roma a glocal:City }"]) == 0
    out = capsys.readouterr()
    assert out.out == "false\n"
    assert "Did you mean place:rome?" in out.err


def test_having_does_not_see_what_select_names(kg: gk.KnowledgeGraph) -> None:
    query = "SELECT ?c (COUNT(?p) AS ?n) { ?p glocal:participant ?c } GROUP BY ?c HAVING(?n > 1)"
    assert kg.select(query).notes == (
        "HAVING does not see ?n yet: repeat its expression there, as COUNT(...).",
    )


def test_a_class_that_only_readings_have_is_told_once(kg: gk.KnowledgeGraph) -> None:
    kg = kg.copy()
    text = "GRAPH <https://w3id.org/glocal/graph/interpretation/rossi> { <urn:x> a glocal:Scale }"
    prefix = "PREFIX glocal: <https://w3id.org/glocal/ontology#> "
    kg.add(gk.Text(prefix + text, "trig", name="rossi.trig"))
    notes = kg.select("SELECT ?x { ?x a glocal:Scale }").notes
    assert notes == (
        "glocal:Scale has instances only where interpretations are seen: interpreted=True, or "
        "--interpreted.",
    )


def test_what_is_said_twice_is_told_once(kg: gk.KnowledgeGraph) -> None:
    twice = "?x a glocal:Practise . ?y a glocal:Practise . ?z a glocal:Practise ; rdfs:lable ?l"
    notes = kg.select(f"SELECT * {{ {twice} }}").notes
    assert len(notes) == 2
    assert len(set(notes)) == 2


def test_a_branch_is_no_reason_where_another_finds_something(kg: gk.KnowledgeGraph) -> None:
    union = "{ ?x a glocal:Scale } UNION { ?x a glocal:City } ?x schema:startDate ?d"
    assert kg.select(f"SELECT * {{ {union} }}").notes == ()


def test_a_step_that_may_be_left_out_is_no_reason(kg: gk.KnowledgeGraph) -> None:
    path = "?x a glocal:City ; skos:broader*/schema:startDate ?d"
    assert kg.select(f"SELECT * {{ {path} }}").notes == ()
    needed = "?x a glocal:City ; glocal:particpant+/schema:startDate ?d"
    assert "Did you mean glocal:participant" in kg.select(f"SELECT * {{ {needed} }}").notes[0]
