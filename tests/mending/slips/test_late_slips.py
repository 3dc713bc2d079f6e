# ruff: noqa: E501 - one mistake a line reads best
"""Mistakes that a third round of people made: each stands in a line of one file, told there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glocal_kg as gk
from tests.mending.test_mistakes import LINE, START, kg

assert kg  # the fixture, one graph for the module

# What is added; its cause; what to write.
ADDED = [
    ("glocal:City a ex:lyon .", "It is the wrong way round", "Write ex:lyon a glocal:City ."),
    ("ex:a1 a glocal:Practice ; rdfs:label 'a1'@en ; glocal:statedIn ex:page-1 ; schema:startDate '5784'^^xsd:gYear .", "The year 5784 is far ahead", ""),
    ("ex:a2 a glocal:Practice ; rdfs:label 'a2'@en ; glocal:statedIn ex:page-1 ; schema:startDate 'May 2003' .", "plain text", '"2003-05"^^xsd:gYearMonth'),
    ("ex:a3 a glocal:Practice ; rdfs:label 'a3'@en ; glocal:statedIn ex:page-1 ; schema:startDate '3 maggio 2003' .", "plain text", '"2003-05-03"^^xsd:date'),
    ("ex:a4 a glocal:Practice ; rdfs:label 'a4'@en ; glocal:statedIn ex:page-1 ; schema:startDate '20030513' .", "plain text", '"2003-05-13"^^xsd:date'),
    ("ex:c1 a glocal:City ; rdfs:label 'c1'@en ; <http://www.geonames.org/ontology#population> '1.2 million' .", "is text, not a whole number", "gn:population 1200000 ."),
    ("ex:c2 a glocal:City ; rdfs:label 'c2'@en ; <http://www.geonames.org/ontology#population> '870.456'^^xsd:integer .", "is not written as xsd:integer is", "gn:population 870456 ."),
    ("ex:choirs glocal:participant <https://w3id.org/glocal/id/place/nablus/> .", "Did you mean place:nablus?", "glocal:participant place:nablus ."),
    ("ex:d1 a glocal:Project ; rdfs:label 'd1'@en ; glocal:statedIn ex:page-1 ; glocal:partOf ex:d2 . ex:d2 a glocal:Program ; rdfs:label 'd2'@en ; glocal:statedIn ex:page-1 ; glocal:partOf ex:d1 .", "leads to itself by glocal:partOf, by way of", "Leave out the one"),
    ("ex:e1 a glocal:Practice ; rdfs:label 'e1'@en ; glocal:statedIn 'page 3' .", '"page 3" is text', 'glocal:statedIn <your-passage> . <your-passage> a glocal:Passage ; rdfs:label "page 3"@en .'),
    ("ex:turin <http://www.w3.org/2002/07/owl#sameAs> <https://www.wikidata.org/wiki/Q495> .", "is a page on a thing", "owl:sameAs <http://www.wikidata.org/entity/Q495> ."),
    ("<ex:f1> a glocal:City ; rdfs:label 'f1'@en .", "<ex:f1> is an IRI in full", "Write ex:f1 without the brackets"),
    ("ex:g1 a glocal:Practice ; rdfs:label 'g1'@en ; glocal:statedIn ex:page-1 ; glocal:hasAim 'peace' .", '"peace" is text', '<your-aim> a glocal:Aim ; rdfs:label "peace"@en .'),
    ("ex:h1 a glocal:Practice ; rdfs:label 'h1'@en ; glocal:statedIn ex:page-1 ; glocal:qualifiedParticipation place:kigali .", "place:kigali is a glocal:City, not", "[ a glocal:Participation ; glocal:ofParticipant place:kigali ] ."),
    ("ex:i1 a glocal:Participation ; glocal:inRole role:partner . ex:choirs glocal:qualifiedParticipation ex:i1 .", "ex:i1 has no glocal:ofParticipant", "ex:i1 glocal:ofParticipant <your-participant> ."),
    ("ex:j1 a glocal:City ; rdfs:label 'j1'@en ; geo:lat 45,07 ; geo:long 7.69 .", "A comma begins another value", ""),
    ("ex:k1 a glocal:Practice ; rdfs:label 'k1'@en ; glocal:statedIn ex:page-1 ; schema:startDate '1. Muharram 1424' .", "plain text", ""),
]  # fmt: skip

# What a parser stops at; the remedy.
UNREADABLE = [
    ("my.ttl", "@prefix my: https://example.org/my/ .", "<https://example.org/my/>"),
    ("my.ttl", "ex:b a Glocal:City .", "write glocal:"),
    ("my.ttl", "ex:b a glocall:City .", "Did you mean glocal:?"),
    ("my.ttl", "@PREFIX my: <https://example.org/my/> .", "small letters"),
    ("my.ttl", "ex:city/turin a glocal:City .", r"write ex:city\/, or the IRI in full"),
    ("my.ttl", "ex:l'aquila a glocal:City .", r"write ex:l\', or the IRI in full"),
    ("my.ttl", "ex:b schema:startDate '2003'^xsd:gYear .", "two signs: ^^"),
    ("my.ttl", ":b a glocal:City .", "@prefix : <https://example.org/> ."),
    ("my.ttl", "ex:choirs glocal:participant place:kigali , , place:rome .", "Leave out a comma"),
    ("my.ttl", "GRAPH ex:g { ex:b a glocal:City }", ".trig"),
    ("my.ttl", "ex:g { ex:b a glocal:City }", ".trig"),
    ("my.ttl", r"ex:b rdfs:label 'C:\data'@en .", "written twice"),
    ("my.nt", "ex:a ex:b ex:c .", "end its name in .ttl"),
    ("my.nt", "<urn:a> <urn:b> <urn:c>\n<urn:a> <urn:b> <urn:d> .", "The line before this one"),
    ("my.nq", "<urn:a> <urn:b> <urn:c> <urn:d> <urn:e> .", "A line has three parts"),
    ("my.nt", "<urn:a> <urn:b> <urn:c> 'd' .", "Turtle"),
    ("my.nt", '<urn:a> <urn:b> <urn:c> "d" .', "A line has three parts"),
    ("my.nt", "<urn:a> <urn:b> <urn:c> _:d .", "A line has three parts"),  # and no short name
    ("my.nt", "<urn:a> <urn:b> <urn:c> . _:d <urn:b> <urn:c> .", "in a line of its own"),
    ("my.nt", "<urn:a> <urn:b> <urn:c> . <urn:d> <urn:b> <urn:c> .", "in a line of its own"),
    ("my.nq", "<urn:a> <urn:b> <urn:c> <urn:g> . 1 .", "in a line of its own"),
    ("my.nt", "<urn:a> <urn:b> <urn:c", "The last line is cut"),
    ("my.nq", "<urn:a> <urn:b>", "The last line is cut"),
    ("my.ttl", "ex:b rdfs:label 'a' . 'b'@en .", "further ones after a comma"),
    ("my.ttl", "true a glocal:City .", "A subject is an IRI"),
    ("my.ttl", "-2.5 a glocal:City .", "A subject is an IRI"),
    ("my.ttl", "ex:b 'Turin'@it .", "write one before this value"),
    ("my.ttl", "ex:b false true .", "write one before this value"),
    ("my.ttl", "ex:b a False .", "Write false in small letters"),
    ("my.ttl", "-- a note", "Comments begin with #"),
    ("my.ttl", "@prefix my.: <https://example.org/my/> .", "Leave out the dot before the colon"),
    ("my.jsonld", '{"id": "https://example.org/b", "type": "City"}', '"@context"'),
    ("my.rdf", '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdfs:label>A</rdfs:label></r:RDF>', "xmlns:rdfs="),
    ("my.rdf", '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<r:Description r:about="urn:a & b"/></r:RDF>', "&amp;"),
    ("my.csv", "name,country\nTurin,Italy\n", "glocal import reads tables"),
]  # fmt: skip


def test_each_is_told_in_its_line(kg: gk.KnowledgeGraph) -> None:
    own = kg.copy()
    own.add(gk.Text(START + "\n".join(added for added, *_ in ADDED), "turtle", name="my.ttl"))
    results = own.validate(source="mine").results
    for number, (_, cause, write) in enumerate(ADDED):
        told = [one for one in results if one.line == LINE + number]
        assert any(cause in one.cause and write in one.remedy for one in told), (cause, told)
    assert not any("participation:" in one.remedy for one in results)
    assert not any("1424" in one.remedy for one in results)  # no year of another calendar


@pytest.mark.parametrize(("name", "text", "remedy"), UNREADABLE)
def test_what_stops_a_parser_is_told(tmp_path: Path, name: str, text: str, remedy: str) -> None:
    path = tmp_path / name
    path.write_text((START if name == "my.ttl" else "") + text, encoding="utf-8")
    with pytest.raises(gk.ReadError) as raised:
        gk.KnowledgeGraph().add(path)
    assert remedy in raised.value.remedy
    assert not re.search(r"[A-Z]\w+\(", str(raised.value))  # a token as the parser calls it


def test_short_names_without_a_context_are_told(tmp_path: Path, kg: gk.KnowledgeGraph) -> None:
    path = tmp_path / "my.jsonld"
    path.write_text('{"@id": "https://example.org/b", "@type": "glocal:City"}')
    own = kg.copy()
    own.add(path)
    (found,) = own.validate(source="mine").results
    assert "<glocal:City> is an IRI in full" in found.cause
    assert "declare glocal in the @context" in found.remedy
