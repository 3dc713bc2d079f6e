"""Our own ontology and data, and what must never be a finding."""

from __future__ import annotations

import datetime

import pytest
from rdflib import namespace as spaces

from glocal_kg import Text, load
from glocal_kg._quality import QualityReport, check, read_arguments
from glocal_kg._quality.argued import PACKAGED
from glocal_kg._rdf.namespaces import DCTERMS
from glocal_kg._study.vocab import ONTOLOGY
from glocal_kg._study.vocabularies import GROWING, vocabularies
from tests.quality.gardens import TODAY


@pytest.fixture(scope="module")
def report() -> QualityReport:
    """Our ontology and data on the day of their last change."""
    dates = load().facts.quads_for_pattern(ONTOLOGY, DCTERMS.modified, None)
    day = datetime.date.fromisoformat(next(iter(dates)).object.value[:10])
    return check(today=day)


@pytest.mark.slow
def test_our_ontology_and_data_have_no_fault(report: QualityReport):
    assert report.at_least("info") == [], report.to_text("info")
    assert report.stale == ()
    assert report.statements > 20_000


def test_most_items_are_looked_at(report: QualityReport):
    counts = report.counts()
    assert counts["failed"] == 0
    assert counts["passed"] >= 85
    assert counts["argued"] <= 12


def test_each_argument_is_one_line_about_a_finding_or_a_release():
    arguments = read_arguments(PACKAGED)
    assert len(set(arguments)) == len(arguments)
    assert all(20 < len(one.text) < 120 and one.text.endswith(".") for one in arguments)


def test_every_term_of_a_well_known_vocabulary_is_no_finding():
    lines = [
        f"<urn:x:{n}> <{base}{name}> 1 ."
        for n, (base, (_, names)) in enumerate(vocabularies().items())
        for name in sorted(names or ["anything"])
        if base != "http://schema.org/"  # the twin of https, which is a finding beside it
        if name.replace("-", "").replace("_", "").isalnum()
    ]
    assert len(lines) > 5_000
    report = check([Text("\n".join(lines), "turtle")], only=[15, 17, 42], today=TODAY)
    assert report.at_least("info") == []


def test_no_term_that_rdflib_lists_is_missing():
    wrong = "https://www.w3.org/2003/01/geo/wgs84_pos#"  # the vocabulary itself has http
    for space in vars(spaces).values():
        base = str(getattr(space, "_NS", wrong))
        if isinstance(space, spaces.DefinedNamespaceMeta) and base != wrong:
            listed = {str(iri)[len(base) :] for iri in dir(space)} | set(space._extras)
            known = vocabularies()[base][1]
            assert known is None or listed <= known, base


def test_a_term_they_do_not_have_is_one():
    for base, (_, names) in vocabularies().items():
        if names is not None and base not in GROWING:
            text = f"<urn:x> <{base}noSuchTermAnywhere> 1 ."
            found = check([Text(text, "turtle")], only=[15], today=TODAY).at_least("error")
            assert [one.subject for one in found] == [f"{base}noSuchTermAnywhere"]


def test_a_growing_vocabulary_has_new_terms_but_no_slips():
    text = "<urn:x> <https://schema.org/{}> 1 ."
    new = check([Text(text.format("brandNewTermOfTomorrow"), "turtle")], only=[15], today=TODAY)
    slip = check([Text(text.format("datePublishd"), "turtle")], only=[15], today=TODAY)
    assert new.at_least("info") == []
    assert [one.remedy for one in slip.at_least("error")] == ["Did you mean datePublished?"]


def test_whoever_writes_a_well_known_vocabulary_owns_its_terms():
    skos = "http://www.w3.org/2004/02/skos/core"
    text = f"""
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <{skos}> a owl:Ontology .
        <{skos}#Concept> a owl:Class .
        <{skos}#Collection> a owl:Class ; owl:disjointWith <{skos}#Concept> .
        <{skos}#inScheme> a owl:ObjectProperty ; rdfs:range <{skos}#ConceptScheme> .
        <{skos}#ConceptScheme> a owl:Class .
    """
    report = check([Text(text, "turtle")], only=[14, 44], today=TODAY)
    assert report.outcome(14).state == "passed"
    assert (report.outcome(44).looked_at, len(report.outcome(44).open)) == (4, 4)


CLEAN = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/people/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:ann a foaf:Person ; foaf:name "Ann" ; foaf:knows ex:ben ;
    dcterms:created "2020-01-01"^^xsd:date ;
    dcterms:source <https://example.org/list> ; rdfs:seeAlso <https://example.org/ann.html> .
ex:ben a foaf:Person ; foaf:name "Ben"@en , "Ben"@it ; dcterms:source <https://example.org/list> ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    schema:url <https://example.org/b> .
"""


def test_clean_data_without_an_ontology_have_no_finding():
    report = check([Text(CLEAN, "turtle")], today=TODAY)
    assert report.at_least("info") == []
    assert report.counts()["passed"] >= 15


def test_data_in_our_terms_are_checked_with_our_shapes_and_things():
    start = (
        "@prefix glocal: <https://w3id.org/glocal/ontology#> .\n"
        "@prefix place: <https://w3id.org/glocal/id/place/> .\n"
        "@prefix practice: <https://w3id.org/glocal/id/practice/> .\n"
    )
    right = f"{start}practice:mine a glocal:Practice ; glocal:where place:rome ."
    report = check([Text(right, "turtle")], only=[13, 15, 42, 95, 98], today=TODAY)
    assert {one.item.number for one in report.outcomes if one.state == "failed"} == {95}
    assert all("mine" in one.subject for one in report.at_least("info"))
    wrong = right.replace("place:rome", "place:romee").replace("glocal:Practice", "glocal:Practise")
    wrong = wrong.replace("practice:mine", "<https://w3id.org/glocal/id/practise/mine>")
    report = check([Text(wrong, "turtle")], only=[13, 15, 98], today=TODAY)
    assert [(one.subject.rpartition("/")[2], one.remedy) for one in report.at_least("info")] == [
        ("mine", "State it with void:uriSpace or sh:declare, and give things such IRIs."),
        ("ontology#Practise", "Did you mean Practice?"),
        ("romee", "Correct the IRI, or describe the thing."),
    ]


def test_data_in_our_terms_need_labels_only_where_ours_do():
    text = """
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix ex: <https://example.org/study/> .
        ex:{} a glocal:{} ; dcterms:source ex:book .
    """
    for kind, state in (("Assertion", "passed"), ("Practice", "failed")):
        report = check([Text(text.format("one", kind), "turtle")], only=[99], today=TODAY)
        assert report.outcome(99).state == state


@pytest.mark.parametrize(
    "text",
    [
        "<urn:a> a 'text' , 5 ; <http://www.w3.org/2000/01/rdf-schema#subClassOf> 7 .",
        "_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:a .",
        "<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://purl.org/vocab/vann/"
        "preferredNamespaceUri> 5 ; <http://www.w3.org/2002/07/owl#imports> 'x' .",
        "<urn:p> a <http://www.w3.org/2002/07/owl#ObjectProperty> ;"
        " <http://www.w3.org/2002/07/owl#propertyChainAxiom> 'x' ;"
        " <http://www.w3.org/2002/07/owl#inverseOf> 'y' ;"
        " <http://www.w3.org/2000/01/rdf-schema#domain> _:b .",
        "<urn:c> a <http://www.w3.org/2002/07/owl#Class> ;"
        " <http://www.w3.org/2002/07/owl#equivalentClass> _:b . _:b"
        " <http://www.w3.org/2002/07/owl#unionOf> _:b .",
    ],
)
def test_strange_graphs_are_reported_not_tripped_over(text: str):
    report = check([Text(text, "turtle")], today=TODAY)
    assert len(report.outcomes) == 157


def test_a_ring_and_a_long_chain_of_classes():
    owl, rdfs = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#"
    text = "".join(
        f"<urn:o#C{n}> a <{owl}Class> ; <{rdfs}subClassOf> <urn:o#C{(n + 1) % 200}> .\n"
        for n in range(200)
    )
    report = check([Text(text, "turtle")], today=TODAY)
    assert len(report.outcome(58).open) == 200
