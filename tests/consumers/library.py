"""A library of books: an ontology that has nothing to do with cities, from end to end."""

from __future__ import annotations

from pathlib import Path

import glocal_kg as gk

LIB = "https://example.org/library#"
ONTOLOGY = f"""@prefix lib: <{LIB}> .
@prefix glocal: <{gk.GLOCAL}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
lib:Book a owl:Class ; rdfs:label "book"@en ; rdfs:subClassOf lib:Work .
lib:Work a owl:Class ; rdfs:label "work"@en .
lib:wrote a owl:ObjectProperty ; rdfs:label "wrote"@en ;
  rdfs:domain lib:Author ; rdfs:range lib:Work .
lib:Author a owl:Class ; rdfs:label "author"@en ; owl:disjointWith lib:Work .
lib:title a owl:DatatypeProperty ; rdfs:label "title"@en ; rdfs:subPropertyOf rdfs:label .
lib:catalogedIn a owl:ObjectProperty ; rdfs:label "cataloged in"@en ;
  rdfs:subPropertyOf glocal:statedIn .
"""
SHAPES = f"""@prefix lib: <{LIB}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
lib:BookShape a sh:NodeShape ; sh:targetClass lib:Book ;
  sh:property [ sh:path lib:isbn ; sh:minCount 1 ; sh:message "Give the ISBN." ] .
"""
BOOKS = f"""@prefix lib: <{LIB}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
lib:emma a lib:Book ; lib:title "Emma" ; lib:isbn "9780141439587" ; lib:catalogedIn lib:card .
lib:card lib:title "card 12" .
lib:austen rdfs:label "Jane Austen" ; lib:wrote lib:emma, lib:persuasion .
lib:persuasion a lib:Book ; lib:title "Persuasion" .
"""


def shelf(folder: Path) -> gk.KnowledgeGraph:
    """The library's own files, with its own prefix."""
    kg = gk.KnowledgeGraph()
    kg.bind("lib", LIB)
    for name, text in (("ontology", ONTOLOGY), ("books", BOOKS)):
        file = folder / f"{name}.ttl"
        file.write_text(text, "utf-8")
        kg.add(file)
    return kg


def shelved(folder: Path) -> gk.KnowledgeGraph:
    """The same with the library's own shapes among its files."""
    kg = shelf(folder)
    (folder / "shapes.ttl").write_text(SHAPES, "utf-8")
    kg.add(folder / "shapes.ttl")
    return kg


def lacking(kg: gk.KnowledgeGraph) -> list[str]:
    """What breaks the library's own shapes, by name."""
    report = kg.validate(gk.Text(SHAPES, "turtle"))
    return [f"{found.label}: {found.message}" for found in report.violations]


def works(kg: gk.KnowledgeGraph) -> list[object]:
    """Works by name, as only the ontology says that books are works."""
    found = kg.select("SELECT ?name { ?x a lib:Work ; rdfs:label ?name } ORDER BY ?name")
    return list(found.column("name"))
