"""A sound ontology with data, in which every item finds something to look at and nothing wrong."""

# ruff: noqa: E501 - a line of Turtle, or a fault, is one line

from __future__ import annotations

import datetime

from glocal_kg import Text
from glocal_kg._quality import QualityReport, check

TODAY = datetime.date(2020, 6, 1)

HEAD = """\
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doap: <http://usefulinc.com/ns/doap#> .
@prefix ex: <https://w3id.org/gardens/onto#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix garden: <https://w3id.org/gardens/id/garden/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix plant: <https://w3id.org/gardens/id/plant/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix topic: <https://w3id.org/gardens/id/topic/> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

HEADER = """
<https://w3id.org/gardens/onto> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/gardens/onto/1.1.0> ;
    owl:versionInfo "1.1.0" ;
    owl:priorVersion <https://w3id.org/gardens/onto/1.0.0> ;
    owl:backwardCompatibleWith <https://w3id.org/gardens/onto/1.0.0> ;
    owl:imports <http://xmlns.com/foaf/0.1/> ;
    dcterms:title "Ontology of gardens"@en ;
    dcterms:description "What gardens are, who tends them and what grows in them, made up for tests."@en ;
    dcterms:creator <https://orcid.org/0000-0002-1825-0097> ;
    dcterms:contributor <https://orcid.org/0000-0001-5109-3700> ;
    dcterms:publisher <https://ror.org/05dxps055> ;
    dcterms:created "2020-01-01"^^xsd:date ;
    dcterms:issued "2020-02-01"^^xsd:date ;
    dcterms:modified "2020-03-01"^^xsd:date ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:bibliographicCitation "Nobody (2020). Ontology of gardens, version 1.1.0." ;
    dcterms:source <https://example.org/book> ;
    dcat:contactPoint <https://ror.org/05dxps055> ;
    bibo:doi "10.5281/zenodo.1234567" ;
    bibo:status <http://purl.org/ontology/bibo/status/published> ;
    vann:preferredNamespacePrefix "gard" ;
    vann:preferredNamespaceUri "https://w3id.org/gardens/onto#" ;
    foaf:homepage <https://example.org/gardens> ;
    foaf:logo <https://example.org/gardens.png> ;
    schema:codeRepository <https://example.org/code> ;
    schema:includedInDataCatalog <https://example.org/catalog> ;
    doap:bug-database <https://example.org/issues> ;
    skos:note "The profile is OWL 2 RL. An inverse is declared where a question needs one."@en ;
    sh:declare [ sh:prefix "garden" ; sh:namespace "https://w3id.org/gardens/id/garden/"^^xsd:anyURI ] ,
        [ sh:prefix "plant" ; sh:namespace "https://w3id.org/gardens/id/plant/"^^xsd:anyURI ] ,
        [ sh:prefix "topic" ; sh:namespace "https://w3id.org/gardens/id/topic/"^^xsd:anyURI ] ,
        [ sh:prefix "graph" ; sh:namespace "https://w3id.org/gardens/id/graph/"^^xsd:anyURI ] .
"""


def term(name: str, kind: str, axioms: str, label: str, definition: str) -> str:
    return f"""
ex:{name} a {kind} ; {axioms}
    rdfs:label "{label}"@en ; skos:definition "{definition}"@en ; skos:example "Any {label}."@en ;
    rdfs:isDefinedBy <https://w3id.org/gardens/onto> ; vs:term_status "stable" .
"""


TERMS = "".join(
    [
        term("Garden", "owl:Class", "owl:disjointWith ex:Plant ;",
             "garden", "A piece of land on which plants are grown."),
        term("Park", "owl:Class", "", "park", "A garden that is open to everybody."),
        term("Plant", "owl:Class", "", "plant", "A living thing that grows in the ground."),
        term("Tree", "owl:Class", "rdfs:subClassOf ex:Plant ;",
             "tree", "A plant with a trunk made of wood."),
        term("Herb", "owl:Class", "rdfs:subClassOf ex:Plant ; owl:disjointWith ex:Tree ;",
             "herb", "A plant whose stem is never made of wood."),
        term("Topic", "owl:Class", "rdfs:subClassOf skos:Concept ;",
             "topic", "Whatever people write about gardens as a subject."),
        term("growsIn", "owl:ObjectProperty",
             "rdfs:domain ex:Plant ; rdfs:range ex:Garden ; owl:inverseOf ex:hasPlant ;",
             "grows in", "The garden in which a plant has its roots."),
        term("hasPlant", "owl:ObjectProperty", "rdfs:domain ex:Garden ; rdfs:range ex:Plant ;",
             "has plant", "A plant that has its roots in the garden."),
        term("borders", "owl:ObjectProperty , owl:SymmetricProperty",
             "rdfs:domain ex:Garden ; rdfs:range ex:Garden ;",
             "borders on", "Another garden that begins where the first one ends."),
        term("inside", "owl:ObjectProperty , owl:TransitiveProperty",
             "rdfs:domain ex:Garden ; rdfs:range ex:Garden ;",
             "lies inside", "A larger garden that encloses the whole of another."),
        term("near", "owl:ObjectProperty",
             "rdfs:domain ex:Garden ; rdfs:range ex:Garden ;"
             " owl:propertyChainAxiom ( ex:borders ex:inside ) ;",
             "is near", "A garden that can be walked to in no time."),
        term("height", "owl:DatatypeProperty , owl:FunctionalProperty",
             "rdfs:domain ex:Plant ; rdfs:range xsd:decimal ;",
             "height", "How far a plant rises above the ground, in meters."),
        term("about", "owl:ObjectProperty",
             "rdfs:range ex:Topic ; skos:scopeNote 'No domain: anything can be about a topic.'@en ;",
             "is about", "The topic of which a thing or text tells."),
    ]
)  # fmt: skip

AXIOMS = """
ex:Park owl:equivalentClass [ owl:intersectionOf ( ex:Garden
    [ a owl:Restriction ; owl:onProperty ex:about ; owl:hasValue topic:leisure ] ) ] .
ex:Shrub a owl:Class ; rdfs:subClassOf ex:Plant ; owl:deprecated true ; dcterms:isReplacedBy ex:Tree ;
    owl:disjointWith ex:Tree , ex:Herb ; rdfs:label "shrub"@en ; skos:example "None."@en ;
    skos:definition "A plant of many stems, for which tree is used now."@en ;
    rdfs:isDefinedBy <https://w3id.org/gardens/onto> ; vs:term_status "archaic" .
ex:GardenShape a sh:NodeShape ; sh:targetClass ex:Garden ; sh:property ex:GardenLabel .
ex:GardenLabel a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 .
ex:PlantShape a sh:NodeShape ; sh:targetClass ex:Plant ; sh:nodeKind sh:IRI .
ex:TopicShape a sh:NodeShape ; sh:targetClass ex:Topic ; sh:nodeKind sh:IRI .
"""

DATA = """
GRAPH <https://w3id.org/gardens/id/graph/gardens> {
<https://w3id.org/gardens/id/graph/gardens> a prov:Entity ; rdfs:label "graph of gardens"@en ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; dcterms:source <https://example.org/book> .
garden:kew a ex:Garden ; rdfs:label "Kew"@en ; geo:lat 51.47 ; geo:long -0.29 ;
    schema:startDate "1759"^^xsd:gYear ; ex:borders garden:old ; ex:about topic:botany ;
    skos:exactMatch <http://www.wikidata.org/entity/Q188617> ; owl:sameAs <https://sws.geonames.org/6954767/> .
garden:old a ex:Garden ; rdfs:label "old deer park"@en ; ex:inside garden:kew ; dcterms:created "1800"^^xsd:gYear .
plant:oak a ex:Tree ; rdfs:label "oak"@en ; ex:height 30.5 ; ex:growsIn garden:kew .
plant:mint a ex:Herb ; rdfs:label "mint"@en ; ex:height 0.6 ; ex:growsIn garden:old .
topic:botany a ex:Topic ; skos:prefLabel "botany"@en ; skos:related topic:leisure .
topic:leisure a ex:Topic ; skos:prefLabel "leisure"@en ; skos:altLabel "pastime"@en .
[] a owl:Axiom ; owl:annotatedSource garden:kew ; owl:annotatedProperty skos:exactMatch ;
    owl:annotatedTarget <http://www.wikidata.org/entity/Q188617> ;
    sssom:mapping_justification semapv:ManualMappingCuration .
[] a owl:Axiom ; owl:annotatedSource garden:kew ; owl:annotatedProperty owl:sameAs ;
    owl:annotatedTarget <https://sws.geonames.org/6954767/> ;
    sssom:mapping_justification semapv:ManualMappingCuration .
<https://w3id.org/gardens/id/topic/claim> a rdf:Statement ; rdfs:label "a claim on Kew"@en ;
    rdf:subject garden:kew ; rdf:predicate ex:about ; rdf:object topic:botany ;
    dcterms:source <https://example.org/book> .
}
"""

SOUND = HEAD + HEADER + TERMS + AXIOMS + DATA


def look(text: str, *items: int, **options: object) -> QualityReport:
    """The report on a text in TriG, on the day of the tests."""
    source = Text(text, "trig", name="gardens.trig")
    return check([source], only=items, today=TODAY, **options)
