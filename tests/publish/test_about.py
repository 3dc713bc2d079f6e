"""Who made a graph, what it is called and where it lies: as its header says, nothing made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from glocal_kg._publish import publish, verify
from glocal_kg._publish.descriptions.crate import _id
from glocal_kg._publish.gathering.release_facts import Agent
from glocal_kg.errors import GlocalError

PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix schema: <https://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix bibo: <http://purl.org/ontology/bibo/> . @prefix : <https://example.org/onto#> .
"""
HEADER = """
<https://example.org/onto> a owl:Ontology ;
  dcterms:title "Onto"@en , "Onto, en français"@fr ; dcterms:description "For tests."@en ;
  owl:versionInfo "1.2.3" ; dcterms:issued "2025-05-05"^^xsd:date ;
  dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
  dcterms:creator <https://orcid.org/0000-0002-1825-0097> , [ a foaf:Person ; foaf:name "Ann" ] ;
  dc:creator "Zoe Doe" ;
  dcterms:contributor "Bob Builder" ; dcterms:publisher <https://ror.org/04wxnsj81> ;
  bibo:doi "10.1234/onto" ; dcterms:bibliographicCitation "Carberry, J. (2025). Onto." ;
  dcterms:subject <http://id.loc.gov/authorities/subjects/sh85055077> , "globalization" .
<https://orcid.org/0000-0002-1825-0097> a foaf:Person ; foaf:name "Josiah Carberry" ;
  foaf:givenName "Josiah" ; foaf:familyName "Carberry" .
<https://ror.org/04wxnsj81> a foaf:Organization ; foaf:name "DataCite" ;
  foaf:homepage <https://datacite.org/> .
:C a owl:Class .
"""
BASE = {"base": "https://example.net/releases/"}


def quads(text: str) -> list[Quad]:
    return list(parse(PREFIXES + text, RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("about") / "dist"
    release = publish(quads(HEADER), place, about=BASE)
    assert release.notes == ()
    return place


def card(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_every_card_names_those_of_the_header(folder: Path) -> None:
    import yaml

    names = {"Josiah Carberry", "Ann", "Zoe Doe"}
    schema = card(folder, "schema.jsonld")
    assert {agent["name"] for agent in schema["creator"]} == names
    assert schema["creator"][1]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert schema["contributor"][0]["name"] == "Bob Builder"
    assert schema["publisher"] == {
        "@type": "Organization", "name": "DataCite", "@id": "https://ror.org/04wxnsj81",
        "url": "https://datacite.org/",
    }  # fmt: skip
    meta = card(folder, "codemeta.json")
    assert {agent["name"] for agent in meta["author"]} == names
    assert meta["type"] == "schema:Dataset"
    croissant = card(folder, "tables/datapackage.json")["contributors"]
    assert {"title": "Bob Builder", "role": "contributor"} in croissant
    zenodo = card(folder, ".zenodo.json")
    assert {"name": "Carberry, Josiah", "orcid": "0000-0002-1825-0097"} in zenodo["creators"]
    assert zenodo["contributors"] == [{"name": "Bob Builder", "type": "Other"}]
    assert zenodo["doi"] == "10.1234/onto"
    cff = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert cff["authors"][1] == {
        "given-names": "Josiah", "family-names": "Carberry",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
    }  # fmt: skip
    assert (cff["doi"], cff["keywords"][0]) == ("10.1234/onto", "globalization")
    graph = {one["@id"]: one for one in card(folder, "ro-crate-metadata.json")["@graph"]}
    assert graph["./"]["author"][1] == {"@id": "https://orcid.org/0000-0002-1825-0097"}
    assert graph["https://ror.org/04wxnsj81"]["name"] == "DataCite"
    void = (folder / "void.ttl").read_text("utf-8")
    for text in ("0000-0002-1825-0097", "Bob Builder", "04wxnsj81", "10.1234/onto", "Zoe Doe"):
        assert text in void
    for name in ("void.ttl", "schema.jsonld", "CITATION.cff", "README.md", "codemeta.json"):
        assert "Carberry, J. (2025). Onto." in (folder / name).read_text("utf-8"), name
        assert "sh85055077" in (folder / name).read_text("utf-8") or name == "README.md", name


def test_the_crate_is_written_as_its_specification_asks(folder: Path) -> None:
    for entity in card(folder, "ro-crate-metadata.json")["@graph"]:
        for key, held in entity.items():
            assert not isinstance(held, list) or len(held) != 1, (entity["@id"], key)
    assert _id(Agent("María Poveda")) == "#María%20Poveda"


def test_the_release_is_whole(folder: Path) -> None:
    assert verify(folder) == []


def test_no_address_is_made_up(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(GlocalError, match=r"--base-url"):
        publish(quads(HEADER), tmp_path / "dist")
    for path in folder.rglob("*"):
        if path.suffix in (".ttl", ".json", ".jsonld", ".cff", ".md"):
            assert "https://example.org/release" not in path.read_text("utf-8"), path


def test_another_license_than_the_graph_says_is_refused(tmp_path: Path) -> None:
    about = {**BASE, "license": "https://creativecommons.org/licenses/by/4.0/"}
    with pytest.raises(GlocalError, match=r"--license is .*/by/4\.0/, and the graph itself says"):
        publish(quads(HEADER), tmp_path / "dist", about=about)
    same = {**BASE, "license": "http://creativecommons.org/publicdomain/zero/1.0"}
    publish(quads(HEADER), tmp_path / "dist", about=same)


@pytest.mark.parametrize("name", ["title", "description", "publisher"])
def test_another_text_than_the_graph_says_is_told(tmp_path: Path, name: str) -> None:
    release = publish(quads(HEADER), tmp_path / "dist", about={**BASE, name: "Other"})
    (note,) = release.notes
    assert f"The graph says its {name} is" in note
    assert "'Other'" in note
    assert note in (tmp_path / "dist/README.md").read_text("utf-8")


def test_a_description_of_the_publisher_is_in_all_cards(tmp_path: Path) -> None:
    text = "Told by the publisher, not by the graph."
    bare = [quad for quad in quads(HEADER) if "description" not in quad.predicate.value]
    publish(bare, tmp_path / "dist", about={**BASE, "description": text})
    cards = {
        "schema.jsonld": "description", "codemeta.json": "description",
        ".zenodo.json": "description", "croissant.json": "description",
    }  # fmt: skip
    for name, key in cards.items():
        assert card(tmp_path / "dist", name)[key] == text, name
    package = card(tmp_path / "dist", "tables/datapackage.json")
    assert package["description"].startswith(text)
    root = card(tmp_path / "dist", "ro-crate-metadata.json")["@graph"][1]
    assert root["description"] == text
    for name in ("void.ttl", "README.md", "CITATION.cff"):
        assert text in (tmp_path / "dist" / name).read_text("utf-8"), name


def test_a_release_is_never_its_own_previous_version(tmp_path: Path) -> None:
    first = publish(quads(HEADER), tmp_path / "one", about=BASE)
    more = quads(HEADER + ":D a owl:Class .")
    second = publish(more, tmp_path / "two", version="1.3.0", previous=tmp_path / "one", about=BASE)
    assert second.facts.about.previous == first.facts.about.dataset
    assert second.facts.about.dataset != first.facts.about.dataset
    assert second.facts.about.series == first.facts.about.series
    with pytest.raises(GlocalError, match="its own previous version"):
        publish(quads(HEADER), tmp_path / "three", previous=tmp_path / "one", about=BASE)


@pytest.mark.parametrize("version", ["2024-01-31", "3", "29.4", "1.0.0-rc.1"])
def test_versions_as_ontologies_have_them(tmp_path: Path, version: str) -> None:
    release = publish(quads(HEADER), tmp_path / "dist", version=version, about=BASE)
    assert release.version == version
