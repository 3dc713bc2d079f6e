"""An empty answer says why where that can be known, and nothing where it is rightly empty."""

from __future__ import annotations

import re
from itertools import count

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._questions.notes import again
from glocal_kg._questions.question import find, names
from glocal_kg._rdf.sparql.answering import Rows

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
    "?x schema:startDate ?d FILTER(?d > 2003)": 'FILTER(STR(?d) > "2003")',
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
    "?x schema:position ?n FILTER(?n > '3')": "write it without quotes, FILTER(?n > 3)",
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
    kinds = "City Place Person Source Passage Principle Trend Term Level Practice".split()  # noqa: SIM905
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


MORE = {
    "?d glocal:defines term:glocalization ; glocal:by ?who": "1 more row",
    "?x ?how place:rome": "8 more rows",
    "?x rdfs:label ?l FILTER(CONTAINS(?l, 'youth'))": "more rows",
    "{ ?p glocal:answers ?t } UNION { ?x a glocal:Practice . BIND(?x AS ?p) }": "8 more rows",
    "?x (glocal:answers|glocal:theme)+ ?y": "more rows",
    "?x a glocal:Practice FILTER EXISTS { ?x glocal:theme|glocal:hasAim ?y } ?p ?q ?x": "more rows",
}


@pytest.mark.parametrize("pattern", MORE)
def test_rows_under_interpretation_are_told_and_there(kg: gk.KnowledgeGraph, pattern: str) -> None:
    query = f"SELECT * {{ {pattern} }}"
    table = kg.select(query)
    wide = kg.select(query, interpreted=True)
    assert MORE[pattern] in table.notes[0]
    assert table.notes[0].startswith(f"{len(wide) - len(table)} more row")
    assert "interpreted=True" in table.to_text(400)
    assert wide.notes == ()
    assert kg.select(query, inferred=False).notes == ()
    assert kg.select(f"{query} LIMIT 1").notes == ()


def test_figures_that_interpretations_change_are_told(kg: gk.KnowledgeGraph) -> None:
    counted = kg.select("SELECT (COUNT(*) AS ?n) { ?d glocal:defines term:glocalization }")
    assert counted.notes[0].startswith("Some figures are others where interpretations are seen")
    assert kg.select("SELECT (COUNT(*) AS ?n) { ?x a glocal:City }").notes == ()
    assert kg.select("SELECT (COUNT(*) AS ?n) { ?x a glocal:City FILTER(RAND() > 2) }").notes == ()


def test_triples_of_readings_are_told(kg: gk.KnowledgeGraph) -> None:
    made = kg.construct("CONSTRUCT WHERE { ?d glocal:defines term:glocalization }")
    assert made.notes[0].startswith("1 more triple where interpretations")
    assert made.to_table().notes == made.notes


def test_a_question_sees_interpretations_where_asked(kg: gk.KnowledgeGraph) -> None:
    plain = kg.run("practices/mentioning", notion="peace-building")
    wide = kg.run("practices/mentioning", notion="peace-building", interpreted=True)
    more = len(wide) - len(plain)
    assert plain.notes == ((f"{more} more rows where interpretations are seen: interpreted=True, "
                            "or --interpreted.",) if more else ())  # fmt: skip
    assert wide.notes == ()


def test_rows_that_only_a_join_with_readings_has_are_told(kg: gk.KnowledgeGraph) -> None:
    notes = kg.select("SELECT * { ?x a glocal:Source ; glocal:by ?y }").notes
    assert notes[0].startswith("1 more row where interpretations are seen")


def test_rows_in_graphs_left_out_are_told(kg: gk.KnowledgeGraph) -> None:
    rows = len(kg.select("SELECT ?x { ?x a glocal:City }"))
    for text in (
        "{ GRAPH graph:silences { ?x a glocal:City } }",
        "FROM graph:silences { ?x a glocal:City }",
    ):
        (note,) = kg.select(f"SELECT ?x {text}").notes
        assert note.startswith(
            f"{rows} rows are there where all graphs are seen. They stand in graph:"
        )
    assert (
        kg.select("SELECT ?x { GRAPH graph:deck { ?x a glocal:City ; a glocal:Person } }").notes
        == ()
    )
    assert kg.select("SELECT ?x FROM graph:deck { ?x glocal:participant place:paris }").notes == ()


FLATLY = {
    "?p glocal:subject process:globalization ; glocal:relation ?r ; glocal:value ?v": ("denied", 3),
    "?p glocal:value ?v ; glocal:unit ?u": ("should", 7),
    "{ ?p glocal:value ?v ; glocal:relation glocal:causes } UNION { ?v a glocal:Scale }": ("", 0),
}


@pytest.mark.parametrize("pattern", FLATLY)
def test_rows_that_are_not_said_flatly_are_counted(kg: gk.KnowledgeGraph, pattern: str) -> None:
    """As many as there are rows with a modality, which the pattern that is told shows."""
    table = kg.select(f"SELECT * {{ {pattern} }}")
    shown = kg.select(f"SELECT * {{ {pattern} OPTIONAL {{ ?p glocal:modality ?how }} }}")
    many = sum(how is not None for how in shown.column("how"))
    assert many > 0
    assert len(shown) == len(table)
    (note,) = [one for one in table.notes if "flatly" in one]
    assert note.startswith(f"{many} of the rows ")
    assert note.endswith("OPTIONAL { ?p glocal:modality ?how } shows it.")
    assert not any("flatly" in one for one in shown.notes)
    modality, count = FLATLY[pattern]
    assert not modality or f"{modality} {count}" in note


def test_propositions_that_are_counted_are_told_too(kg: gk.KnowledgeGraph) -> None:
    counted = "SELECT ?r (COUNT(*) AS ?n) { ?p glocal:relation ?r ; glocal:value ?v } GROUP BY ?r"
    told = " ".join(kg.select(counted).notes)
    assert "of the propositions are not said flatly" in told
    assert "flatly" not in " ".join(kg.select("SELECT * { ?p glocal:subject process:war }").notes)
    assert "flatly" not in " ".join(
        kg.select("SELECT * { ?p glocal:value ?v MINUS { ?p glocal:modality ?m } }").notes
    )


SAID = {
    "?t ?how ?who FILTER(?how IN (glocal:coinedBy, glocal:popularizedBy))": "glocal:coinedBy",
    "VALUES ?how { glocal:coinedBy glocal:popularizedBy } ?t ?how ?who": "glocal:coinedBy",
    "{ ?t glocal:coinedBy ?who } UNION { ?t glocal:popularizedBy ?who }": "glocal:coinedBy",
    "process:war ?r ?x FILTER(?r = glocal:causes)": "process:war ; glocal:value ?x",
    "process:war ?r ?x": "1 proposition says of process:war what no plain fact does",
    "?x a glocal:Term OPTIONAL { ?x glocal:coinedBy ?who }": "glocal:coinedBy",
}


@pytest.mark.parametrize("pattern", SAID)
def test_what_only_propositions_say_is_told_wherever_it_is_asked(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    told = " ".join(kg.select(f"SELECT * {{ {pattern} }}").notes)
    assert SAID[pattern] in told
    leads = re.search(r"with who says it and how: (\?p .*?)\.(?: |$)", told)
    assert leads is not None
    assert len(kg.select(f"SELECT * {{ {leads[1]} }}"))


def test_who_coined_a_term_is_its_value(kg: gk.KnowledgeGraph) -> None:
    """What is told can be pasted, and each variable is then what it was in the query."""
    told = " ".join(kg.select("SELECT * { ?term glocal:coinedBy ?who }").notes)
    leads = told.partition("and how: ")[2].rstrip(".")
    found = kg.select(f"SELECT * {{ {leads} . ?term a glocal:Term }}")
    assert found.column("who")


NEVER = {
    "?c a glocal:SemanticConvention ; glocal:about ?t": "glocal:about is used of glocal:Prop",
    "?x a glocal:Study ; glocal:governs ?place": "No glocal:Study has glocal:governs",
    "?x a glocal:Source ; glocal:mentions ?y": "No glocal:Source has glocal:mentions",
    "term:glocalism glocal:hasAim ?x": "nor has anything of its kind: glocal:hasAim is used of",
    "?x glocal:participant ?c . ?c glocal:element ?e": "No value of glocal:participant has",
}


@pytest.mark.parametrize("pattern", NEVER)
def test_a_property_that_a_class_never_has_says_which_do(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    table = kg.select(f"SELECT * {{ {pattern} }}")
    told = " ".join(table.notes)
    assert len(table) == 0
    assert NEVER[pattern] in told
    assert "other way round" not in told


SILENT = {
    "?x glocal:kind kind:twinning ; glocal:participant ?city": "silence:no-twin-towns",
    "?x a glocal:Practice ; schema:startDate ?d FILTER(STR(?d) < '1900')": "no-date-of-practices",
    "?x a glocal:Practice ; rdfs:label ?l FILTER(CONTAINS(LCASE(?l), 'twin'))": "no-twin-towns",
    "?d glocal:defines term:glocalism": "silence:no-definition-of-glocalism",
    "actor:glocal-forum schema:foundingDate ?d": "no-founding-date-of-the-glocal-forum",
}


@pytest.mark.parametrize("pattern", SILENT)
def test_an_empty_answer_points_to_what_is_recorded_as_not_said(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    table = kg.select(f"SELECT * {{ {pattern} }}", inferred=False)
    if not len(table):
        assert SILENT[pattern] in " ".join(table.notes)
    else:
        assert "silence" not in " ".join(table.notes)


def test_notes_of_rows_come_in_a_pipe_beside_the_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["query", "SELECT ?d { ?d glocal:defines term:glocalization ; glocal:by ?w }"]) == 0
    out = capsys.readouterr()
    assert "interpretations" not in out.out
    assert "glocal: 1 more row where interpretations are seen" in out.err


ALONE = ("requires", "reactionTo", "strengthens", "hasActor", "causes")


@pytest.mark.parametrize("relation", ALONE)
def test_what_propositions_say_beyond_the_rows_is_counted(
    kg: gk.KnowledgeGraph, relation: str
) -> None:
    """The pattern that is told has as many ends beside those of the rows."""
    table = kg.select(f"SELECT * {{ ?a glocal:{relation} ?b }}")
    assert len(table)
    (note,) = [one for one in table.notes if "by propositions alone" in one]
    leads = note.partition("as reported: ")[2].rstrip(".")
    found = kg.select(f"SELECT DISTINCT ?a ?b {{ {leads} }}")
    assert note.startswith(f"{len(set(found) - set(table)):,} more row")


def test_nothing_is_beyond_rows_where_propositions_are_asked_or_rows_cut(
    kg: gk.KnowledgeGraph,
) -> None:
    for text in (
        "{ ?a glocal:causes ?b } LIMIT 2",
        "{ ?a glocal:causes ?b . ?p glocal:relation glocal:causes ; glocal:subject ?a }",
        "{ ?a glocal:causes ?b . ?a a glocal:City }",
        "{ ?x a glocal:Practice ; glocal:participant ?y }",
    ):
        assert "alone" not in " ".join(kg.select(f"SELECT * {text}").notes)


@pytest.mark.parametrize(
    "path", ["process:war glocal:causes+ ?b", "?b ^glocal:causes+ process:war"]
)
def test_a_repeated_step_from_a_thing_is_told_as_a_single_one(
    kg: gk.KnowledgeGraph, path: str
) -> None:
    (note, *_) = kg.select(f"SELECT * {{ {path} }}").notes
    assert note.startswith("No fact is process:war glocal:causes ?. 1 proposition speaks of it")


def test_a_denial_of_what_is_in_no_row_is_not_told(kg: gk.KnowledgeGraph) -> None:
    of = "?a glocal:by {} ; glocal:asserts ?p . ?p glocal:subject ?s"
    denied = "proposition:treccani-synonym"
    held = kg.select(f"SELECT ?s {{ ?a glocal:denies {denied} . {denied} glocal:subject ?s }}")
    robertson = kg.select(f"SELECT ?s {{ {of.format('actor:roland-robertson')} }}")
    assert set(held.column("s")) & set(robertson.column("s"))
    assert denied not in " ".join(robertson.notes)
    anybody = kg.select("SELECT ?s { ?p glocal:subject ?s }")
    assert "Somebody denies" in " ".join(anybody.notes)


@pytest.mark.parametrize("kind", ["GlocalPractice", "SubnationalActor"])
def test_a_class_that_only_follows_may_have_more_with_interpretations(kind: str) -> None:
    """Exactly how many is told once it is worked out what follows with them."""
    query, fresh = f"SELECT * {{ ?x a glocal:{kind} }}", gk.load()
    fresh.add(gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle"))  # what followed before is out of date
    plain = fresh.select(query)
    assert plain.notes[0].startswith("There may be more where interpretations are seen")
    more = len(fresh.select(query, interpreted=True)) - len(plain)
    assert more > 0
    assert fresh.select(query).notes[0].startswith(f"{more} more rows where interpretations")
    fresh.add(gk.Text("<urn:a> <urn:b> <urn:d> .", "turtle"))
    assert fresh.select("SELECT * { ?x a glocal:City }").notes == ()


def test_the_time_that_a_note_has_ends_while_its_rows_are_made_too(
    kg: gk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = kg.select("SELECT * { ?x a ?kind }")
    assert len(plain)  # whose own rows are made before

    def late(_: Rows) -> None:
        raise gk.errors.QueryTimeoutError("too long")

    monkeypatch.setattr(Rows, "rows", late)
    assert "There may be more where" in " ".join(plain.notes)


def test_a_note_rests_on_the_work_it_is_and_not_on_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the same data has the same notes, however busy the machine is."""
    query, may = "SELECT * { ?x a ?kind }", "There may be more where interpretations"
    clock = count(0, 0.003)  # each look at it finds three milliseconds gone

    def noted(rows: int) -> str:
        monkeypatch.setattr(again, "_WORK", rows)
        return gk.load().select(query).notes[0]

    sure, enough = noted(4_000_000), 4_096
    while noted(enough).startswith(may):
        enough *= 2
    assert noted(enough) == sure
    assert len(gk.load().select(query)) < enough < 100_000
    monkeypatch.setattr("glocal_kg._rdf.sparql.limits.monotonic", lambda: next(clock))
    assert noted(enough) == sure
    assert noted(enough // 2).startswith(may)


CAUSES = "?p glocal:relation glocal:causes ; glocal:subject ?s ; glocal:value ?v"


def test_what_is_not_said_flatly_is_told_of_truth_and_triples(
    kg: gk.KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "not said flatly" in " ".join(
        kg.construct(f"CONSTRUCT {{ ?s ?p ?v }} {{ {CAUSES} }}").notes
    )
    war = "?p glocal:subject process:war"
    for more in ("glocal:relation glocal:causes", "glocal:value process:regimes-of-war"):
        assert run(["query", f"ASK {{ {war} ; {more} }}"]) == 0
        assert "not said flatly: can 1. OPTIONAL { ?p glocal" in capsys.readouterr().err
    assert run(["query", f"ASK {{ {war} . ?p glocal:modality ?how }}"]) == 0
    assert "flatly" not in capsys.readouterr().err


def test_what_is_reported_only_is_told(kg: gk.KnowledgeGraph) -> None:
    told = kg.select(f"SELECT ?s ?v {{ {CAUSES} FILTER(?v = process:hybridization) }}").notes
    (note,) = [one for one in told if "reported of somebody" in one]
    assert note.startswith("1 of the propositions is reported of somebody: ?a glocal:asserts ?p ;")
    shown = note.partition("somebody: ")[2].removesuffix(" shows of whom.")
    found = kg.select(f"SELECT ?who {{ {CAUSES} FILTER(?v = process:hybridization) {shown} }}")
    assert len(found) == 1
    assert "users-of-the-term" in str(found.column("who"))
    assert "reported" not in " ".join(found.notes)
