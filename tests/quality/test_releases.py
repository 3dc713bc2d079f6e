"""Items that look at a release: they pass one that is sound and find each fault put into a copy."""

# ruff: noqa: E501 - a line of Turtle, or a fault, is one line

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from glocal_kg import Text
from glocal_kg._publish import publish
from glocal_kg._quality import Outcome, check
from tests.quality.gardens import SOUND, TODAY
from tests.quality.test_items import OF_RELEASES

BEFORE = SOUND.replace("1.1.0", "1.0.0").replace(
    "onto/1.0.0> ;\n    owl:backward", "onto/0.9.0> ;\n    owl:backward"
)
ABOUT = {
    "title": "Gardens",
    "publisher": "Nobody",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "homepage": "https://example.org/gardens",
    "keywords": "gardens, plants",
    "endpoint": "https://example.org/sparql",
    "base": "https://w3id.org/gardens/release/1.1.0/",
    "description": "Gardens and what grows in them, made up for the tests of quality.",
}
PAGE = """<!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width">
<script type="application/ld+json">{}</script></head><body>TERMS <a href="all.ttl">all</a></body></html>
"""


def quads(text: str) -> list[Quad]:
    return list(parse(text, RdfFormat.TRIG))


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release before."""
    folder = tmp_path_factory.mktemp("before") / "dist"
    publish(
        quads(BEFORE), folder, version="1.0.0", date="2020-02-01", about=ABOUT, compression="none"
    )
    return folder


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, before: Path) -> Path:
    """A sound release, with a page and the policy that a foreign release would need."""
    from glocal_kg._publish.lines.sums import write_sums
    from glocal_kg._quality.material import Material, read_files

    folder = tmp_path_factory.mktemp("release") / "dist"
    publish(quads(SOUND), folder, version="1.1.0", date="2020-03-01", about=ABOUT,
            compression="none", previous=before)  # fmt: skip
    roles = Material(read_files([Text(SOUND, "trig")])).roles
    terms = " ".join(node.value for node in roles.terms)
    (folder / "index.html").write_text(PAGE.replace("TERMS", terms), encoding="utf-8")
    (folder / "PERSISTENCE.md").write_text("What was released stays.\n", encoding="utf-8")
    (folder / "SHA256SUMS").unlink()
    write_sums(folder)
    return folder


def edit(folder: Path, name: str, old: str, new: str, *, once: bool = False) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {name}"
    path.write_text(text.replace(old, new, 1 if once else -1), encoding="utf-8")


def change_json(folder: Path, name: str, change: Callable[[dict], object]) -> None:
    path = folder / name
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def cut_lines(folder: Path, name: str, word: str) -> None:
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if word not in line]
    assert len(kept) < len(lines), f"{word} is not in {name}"
    path.write_text("".join(kept), encoding="utf-8")


def outcome(
    number: int, folder: Path | None, previous: Path | None = None, text: str = SOUND
) -> Outcome:
    files = [Text(text, "trig", name="gardens.trig")]
    report = check(files, release=folder, previous=previous, only=[number], today=TODAY)
    return report.outcome(number)


@dataclass(frozen=True)
class Fault:
    """What is done to a copy of the release, and a word of what is then said."""

    item: int
    do: Callable[[Path], object]
    said: str


def drop(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def swap(name: str, old: str, new: str = "", *, once: bool = False) -> Callable[[Path], object]:
    return lambda folder: edit(folder, name, old, new, once=once)


def without(name: str, key: str) -> Callable[[Path], object]:
    return lambda folder: change_json(folder, name, lambda card: card.pop(key))


FAULTS = [
    Fault(1, swap("all.nq", '"oak"@en', '"oak'), "cannot be read"),
    Fault(2, swap("all.nq", '"oak"@en', '"elm"@en'), "same graph"),
    Fault(110, swap("void.ttl", "void:triples ", "void:triples 1"), "the catalog says"),
    Fault(110, drop("void.ttl"), ""),
    Fault(111, swap("void.ttl", "void:classPartition", "void:subset"), "void:classPartition"),
    Fault(111, swap("void.ttl", "void:propertyPartition", "void:subset"), "void:propertyPartition"),
    Fault(112, swap("void.ttl", "void:vocabulary", "rdfs:seeAlso"), "not listed"),
    Fault(113, swap("void.ttl", "void:objectsTarget", "rdfs:seeAlso"), "where its links lead"),
    Fault(113, swap("void.ttl", "a void:Linkset", "a void:Dataset"), "no linkset"),
    Fault(114, swap("void.ttl", "void:exampleResource", "rdfs:seeAlso"), "void:exampleResource"),
    Fault(116, swap("void.ttl", "dcat:mediaType", "rdfs:seeAlso"), "mediaType"),
    Fault(116, swap("all.ttl", "oak", "oaks"), "SHA-256"),
    Fault(117, swap("void.ttl", "dcat:servesDataset", "rdfs:seeAlso"), "dcat:DataService"),
    Fault(118, lambda f: [edit(f, "void.ttl", p, "rdfs:comment") for p in ("dcat:version", "owl:versionInfo")],
          "dcat:version"),
    Fault(119, without("schema.jsonld", "license"), "no license"),
    Fault(119, without("schema.jsonld", "distribution"), "no distribution"),
    Fault(120, swap("void.ttl", "prov:wasGeneratedBy", "rdfs:seeAlso"), "what generated it"),
    Fault(120, swap("void.ttl", "prov:SoftwareAgent", "prov:Agent"), "which software"),
    Fault(122, lambda f: change_json(f, "ro-crate-metadata.json", lambda card: card["@graph"].append(
        {"@id": "none.ttl", "@type": "File"})), "none.ttl"),
    Fault(122, swap("ro-crate-metadata.json", '"datePublished"', '"date"'), "no datePublished"),
    Fault(123, swap("croissant.json", '"column": "', '"column": "no-'), "has no column"),
    Fault(123, swap("croissant.json", "mlcommons.org/croissant", "example.org/x"), "does not say"),
    Fault(124, drop("CITATION.cff"), "not there"),
    Fault(124, swap("codemeta.json", "1.1.0", "1.2.0"), "version"),
    Fault(125, drop("PERSISTENCE.md"), "how long"),
    Fault(126, lambda f: [p.unlink() for p in f.glob("*.nq")], "no N-Quads"),
    Fault(126, lambda f: [p.unlink() for p in f.glob("*.*") if p.suffix in (".ttl", ".trig", ".nt", ".rdf")],
          "2 formats"),
    Fault(128, lambda f: (f / "all.nq").write_text("".join(sorted(
        (f / "all.nq").read_text("utf-8").splitlines(keepends=True), reverse=True)), "utf-8"), "sorted"),
    Fault(128, drop("void.ttl"), "hash"),
    Fault(129, swap("README.md", "Gardens", "Yards"), "SHA-256"),
    Fault(129, drop("README.md"), "not there"),
    Fault(129, lambda f: (f / "new.txt").write_text("x"), "not listed"),
    Fault(130, lambda f: [cut_lines(f, p.relative_to(f).as_posix(), "mint")
                          for p in f.rglob("*.nq") if p.name != "all.nq" and "mint" in p.read_text()],
          "No subset has"),
    Fault(131, lambda f: (f / "README.md").write_bytes(b"\xef\xbb\xbfx"), "byte order mark"),
    Fault(133, swap("tables/tree.csv", "oak", "elm"), ""),
    Fault(135, drop("context.jsonld"), "not there"),
    Fault(135, lambda f: (f / "more.jsonld").write_text('{"@context": "https://example.org/c"}'),
          "lies at"),
    Fault(142, swap("index.html", ' lang="en"'), "lang"),
    Fault(142, swap("index.html", "application/ld+json", "text/x"), "JSON-LD"),
    Fault(142, swap("index.html", "<body>", '<body><img src="https://example.org/x.png">'), "loads"),
    Fault(142, swap("index.html", "all.ttl", "none.ttl"), "not there"),
    Fault(153, swap("index.html", "onto#Tree", "onto#T"), "No page"),
    Fault(154, drop("CHANGELOG.md"), "not there"),
    Fault(154, swap("CHANGELOG.md", "1.1.0", "2"), "1.1.0"),
]  # fmt: skip


@pytest.mark.parametrize("number", sorted({fault.item for fault in FAULTS}))
def test_an_item_passes_a_sound_release(number: int, release: Path):
    found = outcome(number, release)
    assert (found.state, found.found) == ("passed", ())
    assert found.looked_at > 0


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.item}-{fault.said}")
def test_an_item_finds_its_fault(fault: Fault, release: Path, tmp_path: Path):
    folder = tmp_path / "dist"
    shutil.copytree(release, folder)
    fault.do(folder)
    found = outcome(fault.item, folder)
    if fault.item == 110 and not (folder / "void.ttl").exists():
        assert found.reason.startswith("no dataset is described")
        return
    assert found.state == "failed"
    assert any(fault.said in one.evidence for one in found.open), found.open


@pytest.mark.parametrize("name", ["schema.jsonld", "ro-crate-metadata.json", "croissant.json"])
@pytest.mark.parametrize(
    "text", ["", "5", "[]", '{"@graph": 5, "distribution": "x", "recordSet": [1]}', "[" * 100_000]
)
def test_a_strange_card_is_reported_not_tripped_over(
    name: str, text: str, release: Path, tmp_path: Path
):
    folder = tmp_path / "dist"
    shutil.copytree(release, folder)
    (folder / name).write_text(text, encoding="utf-8")
    number = {"schema.jsonld": 119, "ro-crate-metadata.json": 122, "croissant.json": 123}[name]
    assert outcome(number, folder).state in ("failed", "not checked")


def test_a_broken_description_is_a_finding(release: Path, tmp_path: Path):
    folder = tmp_path / "dist"
    shutil.copytree(release, folder)
    (folder / "void.ttl").write_text("no turtle", encoding="utf-8")
    assert outcome(114, folder).reason.startswith("no dataset is described")
    assert outcome(1, folder).state == "failed"


def test_links_out_of_a_release_are_not_followed(release: Path, tmp_path: Path):
    folder = tmp_path / "dist"
    shutil.copytree(release, folder)
    secret = tmp_path / "secret.html"
    secret.write_text("<html></html>", encoding="utf-8")
    (folder / "page.html").symlink_to(secret)
    assert all(one.subject != "page.html" for one in outcome(142, folder).found)
    assert any(one.subject == "page.html" for one in outcome(129, folder).open)


def test_without_a_release_it_is_asked_for():
    for number in OF_RELEASES - {11, 16, 132}:
        assert outcome(number, None).state == "not checked"
    assert "--release" in outcome(129, None).reason
    assert "--previous" in outcome(16, None).reason


def test_prior_version(before: Path):
    assert outcome(11, None, before).state == "passed"
    wrong = SOUND.replace("priorVersion <https://w3id.org/gardens/onto/1.0.0>",
                          "priorVersion <https://w3id.org/gardens/onto/0.1.0>")  # fmt: skip
    assert "0.1.0 is not" in outcome(11, None, before, wrong).open[0].evidence
    none = SOUND.replace("owl:priorVersion <https://w3id.org/gardens/onto/1.0.0> ;", "")
    assert "does not name" in outcome(11, None, before, none).open[0].evidence


def test_vanished_identifiers(before: Path):
    assert outcome(16, None, before).state == "passed"
    gone = SOUND.replace("plant:mint", "plant:sage")
    assert [one.subject for one in outcome(16, None, before, gone).open] == [
        "https://w3id.org/gardens/id/plant/mint"
    ]


def test_changes_lead_from_one_release_to_the_next(before: Path, release: Path, tmp_path: Path):
    from glocal_kg._publish import compare

    assert outcome(132, release, before).state == "passed"
    folder = tmp_path / "dist"
    shutil.copytree(release, folder)
    right = compare(before, folder).patch.to_trig()
    (folder / "changes.trig").write_text(right, encoding="utf-8")
    assert outcome(132, folder, before).state == "passed"
    wrong = right.replace("1.1.0", "1.3.0")
    assert wrong != right
    (folder / "changes.trig").write_text(wrong, encoding="utf-8")
    assert "another graph" in outcome(132, folder, before).open[0].evidence


def test_measurements_are_compared_with_a_recount(release: Path, tmp_path: Path):
    folder = tmp_path / "dist"
    shutil.copytree(release, folder)
    assert "no measurement" in outcome(121, folder).reason
    text = check([Text(SOUND, "trig")], only=[44, 46], today=TODAY).to_turtle()
    void = (folder / "void.ttl").read_text(encoding="utf-8")
    (folder / "void.ttl").write_text(void + text, encoding="utf-8")
    assert outcome(121, folder).state == "passed"
    bare = SOUND.replace('rdfs:label "tree"@en ;', "")
    found = outcome(121, folder, text=bare).open
    assert [(one.subject[-2:], one.evidence[:30]) for one in found] == [
        ("44", "It is said to have 0 findings,")
    ]


DATASET = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<urn:data> a dcat:Dataset ; dcterms:title "Gardens"@en ; dcterms:description "All."@en ;
    dcterms:publisher <urn:me> ; dcat:contactPoint <urn:me> ; dcat:keyword "garden"@en ;
    dcat:theme <urn:theme> ; dcterms:license <urn:license> ; dcterms:issued 2020 ;
    dcterms:modified 2020 ; dcterms:spatial <urn:earth> ; dcterms:temporal <urn:always> ;
    dcterms:language <urn:en> ; dcterms:accrualPeriodicity <urn:never> .
"""


def test_fields_of_a_catalog_in_a_file_of_ones_own():
    assert outcome(115, None, text=DATASET).state == "passed"
    for field in ("dcat:keyword", "dcterms:spatial", "dcterms:accrualPeriodicity"):
        found = outcome(115, None, text=DATASET.replace(field, "dcterms:relation")).open
        assert [(one.subject, one.evidence) for one in found] == [
            ("urn:data", f"It has no {field}.")
        ]
