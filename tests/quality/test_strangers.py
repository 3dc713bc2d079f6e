"""Ontologies of others, as they are written: what is right there is no finding."""

from __future__ import annotations

import pytest

from glocal_kg import Text
from glocal_kg._quality import check
from tests.quality.gardens import TODAY

PREFIXES = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://w3id.org/x/onto#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix swrl: <http://www.w3.org/2003/11/swrl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix obo: <http://purl.obolibrary.org/obo/> . @prefix vann: <http://purl.org/vocab/vann/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix old: <http://schema.org/> . @prefix dcam: <http://purl.org/dc/dcam/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<https://w3id.org/x/onto> a owl:Ontology ; dcterms:title "X"@en ; owl:versionInfo "3" .
:A a owl:Class ; rdfs:label "A" . :B a owl:Class ; rdfs:label "B"@en .
"""


def found(number: int, text: str, header: str = PREFIXES) -> list[tuple[str, str, str]]:
    report = check([Text(header + text, "turtle", name="x.ttl")], only=[number], today=TODAY)
    outcome = report.outcome(number)
    return [(one.subject, one.evidence, str(one.severity)) for one in outcome.open]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (10, ""),
        (14, "owl:topObjectProperty a owl:ObjectProperty . owl:Thing a owl:Class ."),
        (18, "[] a swrl:Imp ; swrl:body () ; swrl:head () ."),
        (18, "[ owl:inverseOf :p ] rdfs:subPropertyOf :q . :p a owl:ObjectProperty ."),
        (21, f'<https://w3id.org/x/onto> dcterms:description "{"long " * 1200}"@en .'),
        (45, ""),
        (53, ":A obo:IAO_0000114 obo:IAO_0000120 . :B obo:IAO_0000114 obo:IAO_0000120 ."),
        (54, ":A owl:deprecated true ; obo:IAO_0000231 obo:IAO_0000227 ."),
        (54, ":A owl:deprecated true ; owl:equivalentClass <http://other.example/A> ."),
        (54, ":A owl:deprecated true ; skos:exactMatch :B ."),
        (55, ":A owl:deprecated true . :B skos:exactMatch :A ; owl:equivalentClass :A ."),
        (55, ":A owl:deprecated true . :old a skos:Collection ; skos:member :A ."),
        (15, ":p a rdf:Property ; rdfs:range xsd:anySimpleType, xsd:anyAtomicType ."),
        (21, f'<https://w3id.org/x/onto> skos:definition "{"long " * 20}"@en .'),
        (
            21,
            f'<https://w3id.org/x/onto> dcterms:description "{"long " * 20}"@en ;'
            ' rdfs:comment "The OWL file of X."@en .',
        ),
        (49, ':A skos:definition "skos:Concept and more"@en, "x such that y"@en, "iPod"@en .'),
        (56, ":p a owl:ObjectProperty ; old:domainIncludes :A ; dcam:rangeIncludes :B ."),
        (59, ":p a owl:ObjectProperty ; old:domainIncludes :A ; old:rangeIncludes :B ."),
        (59, ":A rdfs:subClassOf :B . :p a owl:DatatypeProperty ; rdfs:range rdfs:Literal ."),
        (66, ":p owl:inverseOf :q ; rdfs:domain :A, :B . :q rdfs:range :A, :B ."),
        (
            68,
            ":p a owl:TransitiveProperty ; rdfs:domain :A, [ owl:unionOf (:A :B) ] ;"
            " rdfs:range :A, [ owl:unionOf (:A :B) ] .",
        ),
        (104, ':a <http://other.example/deprecatedInVersion> "2.1.26" .'),
        (99, ":x a swrl:Variable . <http://other.example/p> a rdf:Property ; rdfs:range :A ."),
    ],
)
def test_what_is_right_is_no_finding(number: int, text: str) -> None:
    assert found(number, text) == []


@pytest.mark.parametrize(
    ("number", "text", "severity"),
    [
        (4, "<https://onto.example/o> a owl:Ontology .", "info"),
        (22, "<https://w3id.org/x/onto> dcterms:license <https://example.org/own> .", "info"),
        (42, ":A <http://example.org/unknown#p> 1 .", "warning"),
        (88, "<https://w3id.org/x/onto> owl:imports <https://example.org/other> .", "info"),
    ],
)
def test_what_is_not_known_here_is_no_error(number: int, text: str, severity: str) -> None:
    assert {one[2] for one in found(number, text)} == {severity}


HEADER = "<https://w3id.org/x/onto>"


@pytest.mark.parametrize(
    ("number", "text", "evidence"),
    [
        (17, "<http://x.example/a%20b> rdfs:label 'x' .", "There is a blank in it, written %20."),
        (22, f"{HEADER} dcterms:rights 'CC BY 3.0' .",
         "It names no license, only rights in a text: 'CC BY 3.0'."),
        (24, f"{HEADER} dcterms:creator ([ foaf:name 'Ann' ]) .", "Its creator 'Ann' has no IRI."),
        (55, ":A owl:deprecated true . :B rdfs:subClassOf [ owl:complementOf :A ] .",
         "It is deprecated, and a nameless part of https://w3id.org/x/onto#B uses it."),
    ],
)  # fmt: skip
def test_a_finding_says_what_is_there(number: int, text: str, evidence: str) -> None:
    assert [one[1] for one in found(number, text)] == [evidence]


def test_a_note_on_an_axiom_belongs_to_what_the_axiom_is_about() -> None:
    text = "[] a owl:Axiom ; owl:annotatedSource :A ; skos:definition ' x ' ."
    assert [one[0] for one in found(49, text)] == ["https://w3id.org/x/onto#A"]


def test_a_label_in_place_of_a_title_is_told() -> None:
    text = "<https://w3id.org/x/other> a owl:Ontology ; rdfs:label 'X'@en ."
    assert ("https://w3id.org/x/other", "It has no dcterms:title, only a label.", "error") in found(
        20, text
    )


def test_licenses_of_public_ontologies_are_known() -> None:
    license = "http://www.opendatacommons.org/licenses/pddl/1.0/"
    assert found(22, f"<https://w3id.org/x/onto> dcterms:license <{license}> .") == []


def test_classes_of_others_are_not_own_because_they_are_linked_with() -> None:
    header = PREFIXES.split("<https://w3id.org/x/onto> a")[0]
    text = """:C a rdfs:Class ; rdfs:subClassOf :D ; rdfs:comment "c" . :D a rdfs:Class ;
    owl:equivalentClass <https://other.example/fibo/D> ; rdfs:subClassOf :E .
    :E a rdfs:Class ; rdfs:subClassOf :F .
    <https://other.example/fibo/D> a rdfs:Class ."""
    for number in (44, 46, 70):
        assert not [one for one in found(number, text, header) if "other.example" in str(one)]


def test_a_deprecated_class_of_owl_1_is_deprecated() -> None:
    assert found(54, ":A a owl:DeprecatedClass .")[0][0] == "https://w3id.org/x/onto#A"
    assert found(55, ":A a owl:DeprecatedClass . :B rdfs:subClassOf :A .")


def test_dates_beyond_our_calendar_stop_nothing() -> None:
    text = """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <https://w3id.org/x/onto> dcterms:created "99999999999-01-01"^^xsd:date ;
      dcterms:modified "-50000000000000000000"^^xsd:gYear ; dcterms:issued "2026-13-01"^^xsd:date .
    :a a :A ; dcterms:date "123456789012345678901234567890-01-01"^^xsd:date ."""
    report = check([Text(PREFIXES + text, "turtle", name="x.ttl")], today=TODAY)
    assert report.outcome(29).state == "failed"


def test_equal_findings_are_told_once() -> None:
    text = "".join(f"[] foaf:mbox <mailto:a{n % 2}@example.org> ." for n in range(8))
    told = found(109, text)
    assert len(told) == 2
    assert "mailto:a0@example.org (4 times)" in told[0][1]


def test_what_nothing_looks_at_says_so() -> None:
    report = check([Text(PREFIXES, "turtle", name="x.ttl")], only=[136, 144], today=TODAY)
    for number in (136, 144):
        assert "not looked at" in str(report.outcome(number).reason)


def test_a_name_of_the_sister_vocabulary_is_offered_with_its_prefix() -> None:
    report = check([Text(PREFIXES + ":p a rdfs:Property .", "turtle")], only=[15], today=TODAY)
    assert [one.remedy for one in report.outcome(15).open] == ["Did you mean rdf:Property?"]


def test_of_a_text_as_long_as_a_chapter_both_ends_are_told_on_a_line() -> None:
    (told,) = found(49, f':A skos:definition """\n{"Chapter. " * 500}\n"""@en .')
    assert told[1].startswith(r"There are blanks around '\nChapter.")
    assert told[1].endswith(r"Chapter. \n'.")
    assert len(told[1]) < 310


def test_a_file_without_statements_is_told_once() -> None:
    text = Text('{"@context": {"p": "urn:p"}}', "jsonld", name="context.jsonld")
    report = check([text], only=[1, 131], today=TODAY)
    assert [one.item.number for one in report.outcomes if one.state == "failed"] == [1]


XML = """<?xml version="1.0"?>
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:owl="http://www.w3.org/2002/07/owl#" xml:base="https://w3id.org/x/onto"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
<owl:Ontology r:about=""/>
<owl:Class r:about="#B"><rdfs:subClassOf r:resource="#A"/></owl:Class>
<!-- https://w3id.org/x/onto#A -->
<owl:Class r:about="#A"/>
</r:RDF>
"""
JSON = """{"@context": {"owl": "http://www.w3.org/2002/07/owl#", "x": "https://w3id.org/x/onto#"},
"@graph": [
{"@id": "x:A", "@type": "owl:Class"},
{"@id": "x:B", "@type": "owl:Class"}
]}
"""


@pytest.mark.parametrize(
    ("text", "code", "lines"), [(XML, "rdfxml", [8, 6]), (JSON, "jsonld", [3, 4])]
)
def test_a_finding_names_its_line_in_each_syntax(text: str, code: str, lines: list[int]) -> None:
    report = check([Text(text, code, name="x")], only=[44], today=TODAY)
    assert [(one.subject[-1], one.line) for one in report.outcome(44).open] == [
        ("A", lines[0]), ("B", lines[1]),
    ]  # fmt: skip


def test_a_nameless_thing_is_told_by_its_class_and_not_by_a_made_up_label() -> None:
    report = check([Text(PREFIXES + "[] a :A .", "turtle", name="x.ttl")], only=[18], today=TODAY)
    (said,) = (one for one in report.to_text().splitlines() if "nothing refers" in one)
    assert "x.ttl  a nameless thing: " in said
    assert said.endswith("(It is a nameless https://w3id.org/x/onto#A.)")
    assert "_:" not in said


def test_dates_out_of_order_are_told_by_their_properties() -> None:
    text = (
        '<https://w3id.org/x/onto> dcterms:created "2019-12-17"^^xsd:date ;'
        ' dcterms:modified "2019-11-30"^^xsd:date, "2020-03-09"^^xsd:date .'
    )
    assert [said for _, said, _ in found(102, text)] == [
        "dcterms:modified 2019-11-30 is before dcterms:created 2019-12-17."
    ]
