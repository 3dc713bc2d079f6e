"""Our quality check against ontology-quality-suite, on the same files in the same run.

    python -m benchmarks.quality_peer --peer path/to/ontology-quality-suite

Three inputs: a small clean graph of people, concepts and a book in well-known vocabularies; our
ontology as one file; and the same with twelve faults put into it, each about a term of its own.
For each input and side: seconds, findings by level, how many of them are about a term of a
well-known vocabulary (that term is fine, so they are false), and which of the faults are named.
Without ``--peer`` only our side runs.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, RDF

from glocal_kg._quality.argued import PACKAGED
from glocal_kg._study import packaged
from glocal_kg._study.vocabularies import is_known

ROOT = rdflib.URIRef("https://w3id.org/glocal/ontology")
LEVELS = {"Violation": "error", "Warning": "warning", "Info": "info"}

CLEAN = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://w3id.org/example/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:shelf a skos:ConceptScheme ; skos:prefLabel "shelf"@en , "scaffale"@it ;
    skos:definition "The subjects of the books, and who wrote on them."@en ;
    dcterms:creator ex:ann ; dcterms:created "2020-01-01"^^xsd:date ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
ex:ann a foaf:Person , prov:Agent ; foaf:name "Ann" ; rdfs:label "Ann"@en , "Ann"@it ;
    foaf:knows ex:ben ; foaf:homepage <https://example.org/ann> ; dcterms:source ex:book .
ex:ben a foaf:Person , prov:Agent ; foaf:name "Ben" ; rdfs:label "Ben"@en , "Ben"@it ;
    dcterms:source ex:book .
ex:book a schema:Book , prov:Entity ; rdfs:label "a book"@en , "un libro"@it ;
    schema:author ex:ann ; schema:datePublished "2019"^^xsd:gYear ; dcterms:subject ex:plants ;
    prov:wasAttributedTo ex:ann ; schema:url <https://example.org/book> .
ex:plants a skos:Concept ; skos:inScheme ex:shelf ; skos:topConceptOf ex:shelf ;
    skos:prefLabel "plants"@en , "piante"@it ; skos:narrower ex:trees ;
    skos:definition "Living things that grow in the ground."@en .
ex:trees a skos:Concept ; skos:inScheme ex:shelf ; skos:prefLabel "trees"@en , "alberi"@it ;
    skos:broader ex:plants ; skos:definition "Plants with a trunk made of wood."@en .
"""

PREFIXES = """\
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# A name that only the fault has, what is wrong, how a finding speaks of it, whether the term has
# label (l) and definition (d), and the axioms.
FAULTS = (
    ("Nameless", "a class without label", "label", "d",
     "{} a owl:Class ; rdfs:subClassOf glocal:Place ."),
    ("Undefined", "a class without definition", "definition", "l",
     "{} a owl:Class ; rdfs:subClassOf glocal:Place ."),
    ("Ringed", "a class above itself", "cycl|circular|itself|back to", "ld",
     "{} a owl:Class ; rdfs:subClassOf glocal:Inner . glocal:Inner a owl:Class ;"
     " rdfs:subClassOf {} ."),
    ("Misspelt", "a class in use that nobody declares", "declare|undefined|never given", "",
     "glocal:x1 a {} ."),
    ("createt", "a term that its vocabulary does not have", "declare|no such|never given", "",
     "glocal:x2 <http://purl.org/dc/terms/createt> 1 ."),
    ("twofold", "a property with two domains", "domain", "ld",
     "{} a owl:ObjectProperty ; rdfs:domain glocal:Place , glocal:Actor ;"
     " rdfs:range glocal:Place ."),
    ("Torn", "a class disjoint with its parent", "disjoint", "ld",
     "{} a owl:Class ; rdfs:subClassOf glocal:Place ; owl:disjointWith glocal:Place ."),
    ("Outdated", "a deprecated class in use", "deprecated", "ld",
     "{} a owl:Class ; rdfs:subClassOf glocal:Place ; owl:deprecated true . glocal:x3 a {} ."),
    ("mirrored", "a property that is its own inverse", "inverse", "ld",
     "{} a owl:ObjectProperty ; rdfs:domain glocal:Place ; rdfs:range glocal:Place ;"
     " owl:inverseOf {} ."),
    ("illdated", "a literal that its datatype does not have", "datatype|lexical|valid|is no", "l",
     "{} a glocal:Place ; <http://purl.org/dc/terms/date> '2020-13-40'^^xsd:date ."),
    ("nowhere", "a thing that is named and not described", "dangling|nothing says|never", "",
     "glocal:x4 a glocal:City ; rdfs:label 'x'@en ;"
     " glocal:locatedIn <https://w3id.org/glocal/id/place/nowhere> ."),
    ("Empty", "a class that can have no member", "unsatisf|no member|disjoint|inconsisten", "ld",
     "{} a owl:Class ; rdfs:subClassOf glocal:City , glocal:Practice ."),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="the command ontology-quality-suite")
    parser.add_argument("--timeout", type=float, default=900)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, text in (("clean", CLEAN), ("ontology", ontology()), ("faults", faulty())):
            path = place / f"{name}.ttl"
            path.write_text(text, encoding="utf-8")
            triples = len(rdflib.Graph().parse(path))
            print(f"\n{name}: {triples:,} triples")
            tell("glocal check", *ours(path), name)
            if options.peer:
                tell(
                    "peer", *peer(options.peer, path, place / f"{name}-out", options.timeout), name
                )


def ontology() -> str:
    """Our ontology as one file: the terms of all modules under the header of the root."""
    graph = rdflib.Graph()
    for path in packaged.files("ontology", ".ttl"):
        if Path(path).parent == Path(packaged.folder("ontology")):
            graph.parse(path)
    for node in set(graph.subjects(RDF.type, OWL.Ontology)) - {ROOT}:
        graph.remove((node, None, None))
    graph.remove((ROOT, OWL.imports, None))
    for node in set(graph.subjects()):  # the declarations of prefixes went with their header
        alone = isinstance(node, rdflib.BNode) and not any(graph.subjects(None, node))
        if alone and (node, RDF.type, None) not in graph:
            graph.remove((node, None, None))
    return graph.serialize(format="turtle")


def faulty() -> str:
    """The ontology with the faults; what is not at fault about a term is in order."""
    lines = [ontology(), PREFIXES]
    for name, _, _, parts, axioms in FAULTS:
        lines.append(axioms.replace("{}", f"glocal:{name}"))
        if "l" in parts:
            lines.append(f"glocal:{name} rdfs:label 'thing called {name}'@en .")
        if "d" in parts:
            lines.append(f"glocal:{name} skos:definition 'Made up to be found as {name}.'@en .")
    return "\n".join(lines)


def ours(path: Path) -> tuple[float, list[tuple[str, str, str]]]:
    """Seconds of glocal check, from the start of its process, and its findings: severity, subject
    and text of each that our table of arguments does not cover."""
    start = time.perf_counter()
    command = "from glocal_kg._cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", command, "check", str(path), "--format", "json",
         "--arguments", str(PACKAGED)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    return seconds, [
        (one["severity"], one["subject"], one["evidence"])
        for outcome in json.loads(run.stdout)["outcomes"]
        for one in outcome["findings"]
        if not one["argument"]
    ]


def peer(
    command: str, path: Path, out: Path, timeout: float
) -> tuple[float, list[tuple[str, str, str]]]:
    """The same of the peer, with its findings as it writes them."""
    start = time.perf_counter()
    subprocess.run(
        [command, "checks", "--ontology", str(path), "--out-dir", str(out), "--reports", "minimal"],
        capture_output=True, check=False, timeout=timeout,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    with next(out.rglob("full_results.csv")).open(encoding="utf-8", newline="") as file:
        return seconds, [
            (LEVELS.get(row["severity"], "info"), row["focus_node"], row["message"])
            for row in csv.DictReader(file)
        ]


def tell(side: str, seconds: float, found: list[tuple[str, str, str]], name: str) -> None:
    levels = Counter(level for level, _, _ in found)
    told = ", ".join(f"{levels[level]} {level}" for level in LEVELS.values())
    foreign = sum(is_known(subject) and "glocal" not in subject for _, subject, _ in found)
    print(f"  {side:<14}{seconds:6.1f} s  {len(found):4} findings ({told}),"
          f" {foreign} about terms of well-known vocabularies")  # fmt: skip
    if name == "faults":
        texts = [f"{subject} {text}" for _, subject, text in found]
        missed = [
            what
            for word, what, said, *_ in FAULTS
            if not any(word in text and re.search(said, text, re.I) for text in texts)
        ]
        rest = sum(not any(word in text for word, *_ in FAULTS) for text in texts)
        named = len(FAULTS) - len(missed)
        print(f"  {'':<14}names {named} of {len(FAULTS)} faults, and has {rest} other findings")
        for what in missed:
            print(f"  {'':<14}misses {what}")


if __name__ == "__main__":
    main()
