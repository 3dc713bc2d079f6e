"""Alignments as SSSOM, as a table and in RDF, from either way to say them; one ontology."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from glocal_kg._publish import verify
from tests.publish.samples import publish, sample

SSSOM = rdflib.Namespace("https://w3id.org/sssom/")
PLAIN = """
@prefix : <https://example.org/sample/id/> . @prefix sssom: <https://w3id.org/sssom/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
GRAPH :links {
  :links a owl:Ontology , sssom:MappingSet .
  :m a sssom:Mapping ; sssom:subject_id :rome ; sssom:predicate_id skos:exactMatch ;
    sssom:object_id <https://sws.geonames.org/3169070/> ; sssom:confidence "0.9"^^xsd:double ;
    sssom:mapping_justification semapv:ManualMappingCuration ; sssom:comment "seen\\tthere" ;
    sssom:mapping_date "2026-01-02T00:00:00Z"^^xsd:dateTime .
}
"""
SCHEMA = PLAIN.replace("sssom:Mapping ;", "owl:Axiom , sssom:Mapping ;")
for _old, _new in {
    "sssom:subject_id": "owl:annotatedSource", "sssom:predicate_id": "owl:annotatedProperty",
    "sssom:object_id": "owl:annotatedTarget", "sssom:comment": "rdfs:comment",
    "sssom:mapping_date": "dcterms:created",
}.items():  # fmt: skip
    SCHEMA = SCHEMA.replace(_old, _new)


@pytest.mark.parametrize("text", [PLAIN, SCHEMA], ids=["columns", "schema"])
def test_alignments_are_sssom(tmp_path: Path, text: str) -> None:
    publish([*sample(), *parse(text, RdfFormat.TRIG)], tmp_path / "dist")
    table = (tmp_path / "dist/alignments.sssom.tsv").read_text("utf-8")
    head = [line for line in table.splitlines() if line.startswith("#")]
    rows = list(csv.DictReader(table.splitlines()[len(head) :], delimiter="\t"))
    assert "#  geonames: https://sws.geonames.org/" in head
    assert "#license: https://creativecommons.org/licenses/by/4.0/" in head
    (row,) = rows
    assert row["object_id"] == "geonames:3169070/"
    assert row["predicate_id"] == "skos:exactMatch"
    assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    assert (row["subject_label"], row["mapping_date"]) == ("Rome", "2026-01-02")
    graph = rdflib.Graph().parse(tmp_path / "dist/alignments.sssom.ttl")
    (me,) = graph.subjects(rdflib.RDF.type, SSSOM.MappingSet)
    (mapping,) = graph.objects(me, SSSOM.mappings)
    assert (mapping, rdflib.RDF.type, rdflib.OWL.Axiom) in graph
    found = graph.value(mapping, rdflib.OWL.annotatedTarget)
    assert str(found) == "https://sws.geonames.org/3169070/"
    day = graph.value(mapping, rdflib.DCTERMS.created)
    assert str(getattr(day, "datatype", "")).endswith("#date")
    assert verify(tmp_path / "dist") == []


def test_one_language_and_all_authors(tmp_path: Path) -> None:
    """A column of texts is in one language; what may be several is."""
    several = """sssom:comment "già visto"@it , "seen"@en , "vu"@fr ;
        sssom:author_id <https://orcid.org/0000-0002-1825-0097>, <https://example.org/jane> ,
            "A | B" ;"""
    text = PLAIN.replace('sssom:comment "seen\\tthere" ;', several)
    assert text != PLAIN
    publish([*sample(), *parse(text, RdfFormat.TRIG)], tmp_path / "dist")
    lines = (tmp_path / "dist/alignments.sssom.tsv").read_text("utf-8").splitlines()
    (row,) = csv.DictReader([one for one in lines if one[0] != "#"], delimiter="\t")
    assert row["comment"] == "seen"
    assert len(re.split(r"(?<!\\)\|", row["author_id"])) == 3
    assert "A \\| B" in row["author_id"]
    graph = rdflib.Graph().parse(tmp_path / "dist/alignments.sssom.ttl")
    authored = rdflib.URIRef("http://purl.org/pav/authoredBy")
    assert len(list(graph.objects(None, authored))) == 3
    assert [str(o) for o in graph.objects(None, rdflib.RDFS.comment)] == ["seen"]


def test_table_and_rdf_have_the_same_prefixes(tmp_path: Path) -> None:
    """Tools that read the RDF take its prefixes for their CURIEs."""
    city = "http://www.wikidata.org/entity/Q220"
    text = PLAIN.replace("https://sws.geonames.org/3169070/", city)
    publish([*sample(), *parse(text, RdfFormat.TRIG)], tmp_path / "dist")
    table = (tmp_path / "dist/alignments.sssom.tsv").read_text("utf-8")
    assert "#  wikidata: http://www.wikidata.org/entity/\n" in table
    rdf = (tmp_path / "dist/alignments.sssom.ttl").read_text("utf-8")
    assert "@prefix wikidata: <http://www.wikidata.org/entity/> ." in rdf


def test_a_catalog_says_which_file_holds_what_is_imported(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "one")
    assert not (tmp_path / "one/catalog-v001.xml").exists()
    lists = """
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    GRAPH <https://example.org/sample/terms/lists> {
      <https://example.org/sample/terms/lists> a owl:Ontology .
      <https://example.org/sample/id/kinds> a skos:ConceptScheme . }
    GRAPH <https://example.org/sample/terms> {
      <https://example.org/sample/terms> owl:imports <https://example.org/sample/terms/lists> ,
        <https://example.org/elsewhere> . }
    """
    publish([*sample(), *parse(lists, RdfFormat.TRIG)], tmp_path / "two")
    catalog = ElementTree.parse(tmp_path / "two/catalog-v001.xml").getroot()
    entries = {entry.get("name"): entry.get("uri") for entry in catalog}
    (name, file), *others = entries.items()
    assert (name, others) == ("https://example.org/sample/terms/lists", [])
    there = rdflib.Graph().parse(tmp_path / "two" / str(file))
    assert (rdflib.URIRef(str(name)), rdflib.RDF.type, rdflib.OWL.Ontology) in there
    assert verify(tmp_path / "two") == []


def test_the_ontology_is_one_and_has_no_alignments(tmp_path: Path) -> None:
    module = """
    @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/sample/terms#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    GRAPH <https://example.org/sample/terms/more> {
      <https://example.org/sample/terms/more> a owl:Ontology ; sh:declare [ sh:prefix "more" ] .
      :River a owl:Class . }
    GRAPH <https://example.org/sample/terms> {
      <https://example.org/sample/terms> owl:imports <https://example.org/sample/terms/more> ,
        <https://example.org/elsewhere> . }
    """
    quads = [*sample(), *parse(PLAIN, RdfFormat.TRIG), *parse(module, RdfFormat.TRIG)]
    publish(quads, tmp_path / "dist")
    graph = rdflib.Graph().parse(tmp_path / "dist/ontology.ttl")
    headers = list(graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology))
    assert [str(header) for header in headers] == ["https://example.org/sample/terms"]
    imports = [str(one) for one in graph.objects(headers[0], rdflib.OWL.imports)]
    assert imports == ["https://example.org/elsewhere"]
    (prefix,) = graph.subjects(rdflib.SH.prefix)
    assert (headers[0], rdflib.SH.declare, prefix) in graph, "it hangs in the air"
    terms = "https://example.org/sample/terms#"
    for name in ("River", "City"):
        assert (rdflib.URIRef(terms + name), rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert not list(graph.subjects(rdflib.RDF.type, SSSOM.Mapping))
    assert verify(tmp_path / "dist") == []
