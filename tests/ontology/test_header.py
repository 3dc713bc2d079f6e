"""Each module says what it is, in which version, by whom and under which license."""

from __future__ import annotations

import datetime
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, VANN

from glocal_kg._study import packaged, vocab

ROOT = rdflib.URIRef("https://w3id.org/glocal/ontology")
LANGUAGES = ["en", "fr", "it"]
SCHEMA = rdflib.Namespace("https://schema.org/")
BIBO = rdflib.Namespace("http://purl.org/ontology/bibo/")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
ROOT_FOLDER = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT_FOLDER / "pyproject.toml").read_text())["project"]["version"]
FOLDER = Path(packaged.folder("ontology"))
FILES = [Path(path) for path in packaged.files("ontology", ".ttl")]
OURS = [path for path in FILES if "alignments" not in path.parts]


def only(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> str:
    values = list(graph.objects(subject, predicate))
    assert len(values) == 1, f"{predicate} of {subject}: {values}"
    return str(values[0])


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_each_file_is_one_ontology_with_a_header(path: Path) -> None:
    graph = rdflib.Graph().parse(path)
    iri = rdflib.URIRef(packaged.module_iri(str(path)))
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [iri]
    for predicate in (DCTERMS.title, DCTERMS.description):
        texts = sorted(graph.objects(iri, predicate), key=lambda text: text.language)
        assert [text.language for text in texts] == LANGUAGES
    assert all(50 <= len(text) <= 5000 for text in graph.objects(iri, DCTERMS.description))
    assert only(graph, iri, OWL.versionInfo) == VERSION
    assert only(graph, iri, OWL.versionIRI) == f"{iri}/{VERSION}"
    assert only(graph, iri, DCTERMS.license) == "https://creativecommons.org/licenses/by/4.0/"
    created = datetime.datetime.fromisoformat(only(graph, iri, DCTERMS.created))
    assert created <= datetime.datetime.fromisoformat(only(graph, iri, DCTERMS.modified))
    assert only(graph, iri, DCTERMS.creator) == f"{vocab.RESOURCE}actor/glocal-kg-project"


def test_the_root_can_be_cited_and_found(modules: dict[str, rdflib.Graph]) -> None:
    root = modules["glocal"]
    for predicate in (
        DCTERMS.publisher, DCTERMS.issued, DCTERMS.bibliographicCitation, BIBO.status,
        FOAF.homepage, SCHEMA.codeRepository, RDFS.seeAlso,
    ):  # fmt: skip
        only(root, ROOT, predicate)
    assert {text.language for text in root.objects(ROOT, DCTERMS.abstract)} == set(LANGUAGES)
    assert VERSION in only(root, ROOT, DCTERMS.bibliographicCitation)
    assert only(root, ROOT, VANN.preferredNamespacePrefix) == "glocal"
    assert only(root, ROOT, VANN.preferredNamespaceUri) == f"{ROOT}#"
    assert len(list(root.objects(ROOT, DCTERMS.source))) == 2


def test_the_creator_is_described(modules: dict[str, rdflib.Graph]) -> None:
    creator = modules["glocal"].value(ROOT, DCTERMS.creator)
    assert {label.language for label in modules["glocal"].objects(creator, RDFS.label)} == {
        "en",
        "it",
        "fr",
    }


def test_the_root_imports_every_module_but_the_prefixes(modules: dict[str, rdflib.Graph]) -> None:
    imported = {str(iri) for iri in modules["glocal"].objects(ROOT, OWL.imports)}
    assert imported == {f"{ROOT}/{stem}" for stem in modules if stem not in ("glocal", "prefixes")}


def test_the_catalog_leads_from_each_iri_to_its_file() -> None:
    catalog = ElementTree.parse(FOLDER / "catalog-v001.xml").getroot()
    found = {entry.attrib["name"]: FOLDER / entry.attrib["uri"] for entry in catalog}
    assert {packaged.module_iri(str(path)): path for path in FILES} == found


def test_prefixes_are_the_same_in_code_and_in_every_file(modules: dict[str, rdflib.Graph]) -> None:
    graph = modules["prefixes"]
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(None, SH.declare)
    }
    assert vocab.PREFIXES.items() <= declared.items()
    for path in [*map(str, FILES), *packaged.files("data", ".trig")]:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            if line.startswith("@prefix"):
                prefix, iri = line.split()[1:3]
                name = prefix.removesuffix(":")
                assert declared.get(name) == iri.strip("<>"), f"{path}: {line}"
