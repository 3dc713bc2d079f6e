"""Proofs as text: exact for each kind of axiom, and true to the proof for any fact."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

import glocal_kg as gk
from glocal_kg._engines.rl.rules import RULES
from glocal_kg._graph.explaining import Explanation
from glocal_kg._study import vocab
from glocal_kg._telling import proofs
from glocal_kg._telling.phrasing import CELLS, DEFINES, Phrasing
from glocal_kg._telling.prose import Prose
from glocal_kg._telling.rule_words import WORDS
from glocal_kg._telling.term_names import code

EX = "https://example.org/"
HEAD = f"""\
@prefix : <{EX}> . @prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix level: <https://w3id.org/glocal/id/level/> .
"""
HARBOR = (
    HEAD
    + """
:study rdfs:label "study of harbors, 2020"@en .
:page3 rdfs:label "page 3: partners"@en ; glocal:fromSource :study .
:page4 rdfs:label "page 4: places"@en ; glocal:fromSource :study .

:festival a glocal:Practice ; rdfs:label "the festival"@en ; glocal:statedIn :page3 ;
    glocal:qualifiedParticipation :part1 , :part2 , :part3 .
:part1 rdfs:label "part one"@en ; glocal:ofParticipant :town ; glocal:statedIn :page3 .
:part2 rdfs:label "part two"@en ; glocal:ofParticipant :union ; glocal:statedIn :page3 .
:part3 rdfs:label "part three"@en ; glocal:ofParticipant :council ; glocal:statedIn :page3 .
:town a glocal:City ; rdfs:label "Porto Alto"@en ; glocal:statedIn :page3 , :page4 .
:union rdfs:label "the union"@en ; glocal:atLevel level:global ; glocal:interpretedFrom :page4 .
:council a glocal:Government ; rdfs:label "the council"@en ; glocal:statedIn :page3 ;
    glocal:governs :town .

:quay rdfs:label "the quay"@en ; glocal:locatedIn :dock ; glocal:statedIn :page4 .
:dock rdfs:label "the dock"@en ; glocal:locatedIn :harbor ; glocal:statedIn :page4 .
:harbor rdfs:label "the harbor"@en ; glocal:locatedIn :town ; glocal:reportedIn :page4 .
:quay glocal:contrastsWith :dock .
"""
)


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    graph = gk.load()
    graph.add(gk.Text(HARBOR, "turtle", name="harbor"))
    graph.infer()
    return graph


@pytest.fixture(scope="module")
def sample(kg: gk.KnowledgeGraph) -> list[Explanation]:
    closure = kg.inference.closure
    facts = random.Random(7).sample(closure.inferred.tolist(), 300)
    # Facts that the data give rarely, and that take the longest proofs.
    rare = [f for f in closure.inferred.tolist() if "GlocalPractice" in str(closure.terms[f[2]])]
    return [kg.explain(*(closure.terms[part] for part in fact)) for fact in facts + rare]


def explained(kg: gk.KnowledgeGraph, s: str, p: str, o: str) -> str:
    return str(kg.explain(s if ":" in s else EX + s, p, o if ":" in o else EX + o))


PAGE_3 = "\n\nSources\n  study of harbors, 2020, page 3: partners"
PAGE_4 = "\n\nSources\n  study of harbors, 2020, page 4: places"
BOTH = PAGE_3 + PAGE_4.removeprefix("\n\nSources")


def test_a_chain_of_properties(kg):
    assert explained(kg, "festival", "glocal:participant", "council") == (
        "the festival has participant the council, because\n"
        "├─ if A has qualified participation B and B is of participant C, then A has participant C"
        " (ontology: participation)\n"
        "├─ the festival has qualified participation part three (stated on page 3)\n"
        "└─ part three is of participant the council (stated on page 3)" + PAGE_3
    )


def test_a_value_that_every_member_has(kg):
    assert explained(kg, "town", "glocal:atLevel", "level:local") == (
        "Porto Alto is at level local level, because\n"
        "├─ every city is at level local level (ontology: actors)\n"
        "└─ Porto Alto is a city (stated on page 3, page 4)" + BOTH
    )


def test_some_value_within_an_intersection(kg):
    assert explained(kg, "council", "rdf:type", "glocal:SubnationalActor") == (
        """\
the council is a subnational actor, because
├─ a subnational actor is the same as an actor that is at level subnational level \
(ontology: actors)
├─ the council is an actor, because
│  ├─ every government is an organization (ontology: actors)
│  ├─ every organization is an actor (ontology: actors)
│  └─ the council is a government (stated on page 3)
└─ the council is at level subnational level, because
   ├─ every government that governs a city is at level subnational level (ontology: actors)
   ├─ the council is a government (stated on page 3)
   ├─ the council governs Porto Alto (stated on page 3)
   └─ Porto Alto is a city (stated on page 3, page 4)"""
        + BOTH
    )


def test_what_is_told_twice_is_told_once_and_numbered(kg):
    assert explained(kg, "festival", "rdf:type", "glocal:GlocalPractice") == (
        """\
the festival is a glocal practice, because
├─ a glocal practice is the same as a practice that is at level local level and is at level \
global level (ontology: practices)
├─ the festival is a practice (stated on page 3)
├─ the festival is at level local level, because
│  ├─ [1] if A has participant B and B is at level C, then A is at level C (ontology: levels)
│  ├─ the festival has participant Porto Alto, because
│  │  ├─ [2] if A has qualified participation B and B is of participant C, then A has participant \
C (ontology: participation)
│  │  ├─ the festival has qualified participation part one (stated on page 3)
│  │  └─ part one is of participant Porto Alto (stated on page 3)
│  └─ Porto Alto is at level local level, because
│     ├─ every city is at level local level (ontology: actors)
│     └─ Porto Alto is a city (stated on page 3, page 4)
└─ the festival is at level global level, because
   ├─ by [1]
   ├─ the festival has participant the union, because
   │  ├─ by [2]
   │  ├─ the festival has qualified participation part two (stated on page 3)
   │  └─ part two is of participant the union (stated on page 3)
   └─ the union is at level global level (interpreted from page 4)"""
        + BOTH
    )


def test_links_of_a_transitive_property_stand_side_by_side(kg):
    assert explained(kg, "quay", "glocal:locatedIn", "town") == (
        "the quay is located in Porto Alto, because\n"
        "├─ if A is located in B and B is located in C, then A is located in C"
        " (ontology: actors)\n"
        "├─ the quay is located in the dock (stated on page 4)\n"
        "├─ the dock is located in the harbor (stated on page 4)\n"
        "└─ the harbor is located in Porto Alto (reported on page 4)" + PAGE_4
    )


def test_a_symmetric_property(kg):
    assert explained(kg, "dock", "glocal:contrastsWith", "quay") == (
        "the dock contrasts with the quay, because\n"
        "├─ if A contrasts with B, then B contrasts with A (ontology: relations)\n"
        "└─ the quay contrasts with the dock (stated on page 4)" + PAGE_4
    )


def test_classes_within_classes(kg):
    assert explained(kg, "council", "rdf:type", "glocal:Actor") == (
        "the council is an actor, because\n"
        "├─ every government is an organization (ontology: actors)\n"
        "├─ every organization is an actor (ontology: actors)\n"
        "└─ the council is a government (stated on page 3)" + PAGE_3
    )


def test_rules_are_named_when_asked_for(kg):
    explanation = kg.explain(EX + "festival", "glocal:participant", EX + "council")
    first = explanation.to_text(rules=True).splitlines()[0]
    assert first.endswith("the council, because (chain of properties, prp-spo2)")


def test_every_rule_that_gives_facts_has_words():
    unsaid = {"dt-diff", "dt-not-type"}  # they only report clashes
    assert set(WORDS) == {rule.name for rule in RULES if not rule.clash} - unsaid


def test_a_value_met_in_another_form_is_told():
    kg = gk.KnowledgeGraph()
    text = "<urn:a> <urn:p> 1 . <urn:C> owl:onProperty <urn:p> ; owl:hasValue 01 ."
    kg.add(gk.Text("@prefix owl: <http://www.w3.org/2002/07/owl#> . " + text, "turtle"))
    kg.infer()
    told = kg.explain("urn:a", "rdf:type", "urn:C").to_text()
    assert "1 is the same as 01, always (two forms of one value)" in told


def test_names_are_of_the_language_and_all_other_words_are_english():
    kg = gk.load(languages=["it"])
    kg.infer()
    text = str(kg.explain("place:kigali", "glocal:atLevel", "level:local"))
    assert text.startswith(
        "Kigali is at level livello locale, because\n├─ every city is at level livello locale"
    )


def test_words_without_an_english_label_are_quoted():
    kg = gk.KnowledgeGraph(languages=["it"])
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:p> a owl:SymmetricProperty ; rdfs:label "conosce"@it . <urn:a> <urn:p> <urn:b> ."""
    kg.add(gk.Text(text, "turtle"))
    kg.infer()
    assert "“conosce”" in str(kg.explain("urn:b", "urn:p", "urn:a"))


def test_long_lines_are_broken_within_the_tree(kg):
    explanation = kg.explain(EX + "council", "rdf:type", "glocal:SubnationalActor")
    text = explanation.to_text(width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert sum(line.startswith("├─ ") for line in text.splitlines()) == 2


# An ontology of somebody else, without labels

FAMILY = (
    HEAD
    + """
:City rdfs:subClassOf [ owl:onProperty :governedBy ;
    owl:allValuesFrom [ owl:unionOf ( :Council :Mayor ) ] ] .
:rome a :City ; :governedBy :c .
:Fan owl:equivalentClass [ owl:onProperty :knows ; owl:someValuesFrom :City ] .
:ann :knows :rome . :rome :mayor [ :knows :rome ] .
:c owl:sameAs :council . :Rome rdfs:label "rome" . :ann :height 5 .
:Tall owl:equivalentClass [ owl:onProperty :height ; owl:someValuesFrom xsd:integer ] .
[ owl:unionOf ( :Council :Mayor ) ] rdfs:subClassOf
    [ owl:onProperty [ owl:inverseOf :employs ] ; owl:hasValue :hall ] .
:loop owl:intersectionOf _:ring . _:ring <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> _:ring .
:Endless rdfs:subClassOf _:e . _:e owl:onProperty :knows ; owl:someValuesFrom _:e .
:eve a :Endless .
"""
)


@pytest.fixture(scope="module")
def family() -> gk.KnowledgeGraph:
    graph = gk.KnowledgeGraph()
    graph.add(gk.Text(FAMILY, "turtle", name="family"))
    graph.infer()
    return graph


@pytest.mark.parametrize(
    ("s", "o", "said"),
    [
        ("ann", "Fan", "a Fan is the same as something that knows a City (graph: family)"),
        ("ann", "Tall", "5 is an integer, always (the value is one of the datatype)"),
        ("council", "None", "every City is governed by only what is a Council or a Mayor"),
    ],
)
def test_classes_without_a_name_are_told_by_their_meaning(family, s, o, said):
    closure = family.inference.closure
    facts = [[closure.terms[part] for part in fact] for fact in closure.inferred.tolist()]
    texts = [
        str(family.explain(*fact))
        for fact in facts
        if fact[0].value == EX + s
        and code(fact[1]) == "rdf:type"
        and (o == "None" or fact[2].value == EX + o)
    ]
    assert any(said in text for text in texts), texts


def test_no_text_about_any_fact_shows_a_blank_node(family):
    closure = family.inference.closure
    nodes = {term.value for term in closure.terms if not isinstance(term, Literal)}
    nodes = {value for value in nodes if not value.startswith("http")}
    assert nodes
    for fact in closure.inferred.tolist():
        text = str(family.explain(*(closure.terms[part] for part in fact)))
        assert "_:" not in text
        assert not any(node in text for node in nodes)


def test_two_things_of_one_name_are_told_apart(family):
    phrasing = Phrasing(family.labels)
    one, other = vocab.Namespace("ex", EX).rome, vocab.Namespace("ex", EX).Rome
    assert [phrasing.name(term) for term in (one, other, one)] == [
        "rome", f"rome ({EX}Rome)", "rome",
    ]  # fmt: skip


# Any fact


def test_no_blank_node_and_every_asserted_fact_in_any_text(sample):
    for explanation in sample:
        holds(explanation.proof, explanation._phrasing(), str(explanation))


def holds(proof, phrasing: Phrasing, text: str) -> None:
    """The text shows no blank node and says each asserted fact that is no part of an axiom."""
    assert "_:" not in text
    assert not re.search(r"\b[0-9a-f]{24,}\b", text)
    for s, p, o in proof.asserted():
        if code(p) not in (*CELLS, *DEFINES):
            assert re.sub(r" \(\S+?\)", "", phrasing.fact(s, p, o)) in re.sub(
                r" \(\S+?\)", "", text
            )


def test_each_repeated_part_is_told_once_and_each_number_leads_somewhere(sample):
    for explanation in sample:
        text = str(explanation)
        given = re.findall(r"─ \[(\d+)\]", text)
        used = re.findall(r"(?:by|see) \[(\d+)\]", text)
        assert len(set(given)) == len(given)
        assert set(used) == set(given)
        told = re.findall(r"([^─\n]+), because", text)
        assert len(set(told)) == len(told)


def test_html_is_well_formed_and_says_the_same(sample):
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []
            self.said: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

        def handle_data(self, data: str) -> None:
            self.said.append(data)

    for explanation in sample[:50]:
        reader = Reader()
        reader.feed(explanation._repr_html_())
        reader.close()
        assert reader.open == []
        lines = [re.sub(r"^[│├└─ ]+", "", line) for line in str(explanation).splitlines()]
        assert reader.said == [line for line in lines if line]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_axioms_can_be_told(graphs, data) -> None:
    graph = data.draw(graphs)
    closure = graph.close()
    for fact in closure.inferred.tolist()[:30]:
        proof = closure.explain(*fact)
        text = proofs.to_text(proof)
        assert not re.search(r"_:|\b[rl]\d+\b", text)
        assert len(text) < 100_000
        Prose(proof, proofs.phrasing(proof), rules=True).html()


def test_a_deep_nest_of_classes_ends_in_a_number(turtle):
    deep = "[ owl:onProperty ex:p ; owl:someValuesFrom " * 60 + "ex:End" + " ]" * 60
    graph = turtle(f"ex:A rdfs:subClassOf {deep} . ex:a a ex:A")
    closure = graph.close()
    texts = [proofs.to_text(closure.explain(*fact)) for fact in closure.inferred.tolist()]
    assert any("has no name (" in text for text in texts)
    assert all(len(text) < 5_000 for text in texts)


def test_an_explanation_over_a_looped_list_ends() -> None:
    """A list that runs in a circle is told as far as it can be read, in a process with an end."""
    import subprocess
    import sys

    code = (
        "import glocal_kg as gk\n"
        f"data = {HEAD!r} + '''\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        ":Both owl:unionOf _:ring . _:ring rdf:first :City ; rdf:rest _:ring .\n"
        ":City rdfs:subClassOf [ owl:onProperty :governedBy ; owl:allValuesFrom :Ring ] .\n"
        ":Ring owl:unionOf _:ring . :Town rdfs:subClassOf _:u . _:u owl:unionOf _:ring .\n"
        ":rome a :Town .\n'''\n"
        "kg = gk.KnowledgeGraph()\n"
        "kg.add(gk.Text(data, 'turtle', name='ring'))\n"
        "closure = kg.infer().closure\n"
        "for fact in closure.inferred.tolist():\n"
        "    str(kg.explain(*[closure.terms[part] for part in fact]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
