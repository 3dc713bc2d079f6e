"""Items of the group "Dataset description": what a release says of itself, in RDF and on cards."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from glocal_kg._quality.item import Fault, Item, NotChecked, item, verified
from glocal_kg._quality.material import Material
from glocal_kg._rdf.namespaces import VOID
from glocal_kg._rdf.sparql.solutions import solutions
from glocal_kg._study.vocabularies import namespace

_DISTRIBUTIONS = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
SELECT ?focus ?path WHERE {
  ?focus a dcat:Distribution .
  VALUES ?path { dcat:accessURL dcat:downloadURL dcat:mediaType dcat:byteSize spdx:checksum }
  FILTER NOT EXISTS { ?focus ?path ?any }
}
ORDER BY ?focus ?path
"""
_MEASURES = """
PREFIX dqv: <http://www.w3.org/ns/dqv#>
SELECT ?focus ?value WHERE { ?measure dqv:isMeasurementOf ?focus ; dqv:value ?value }
ORDER BY ?focus
"""
_CRATE_ROOT = ("name", "description", "datePublished", "license", "hasPart")
_SCHEMA_FIELDS = ("name", "description", "license", "url", "creator", "distribution", "version")
_CARDS = ("CITATION.cff", "codemeta.json", ".zenodo.json")
_PROMISES = ("persisten", "permanent")


@item(110, "error", of="void", remedy="Count anew, or publish with glocal publish.")
def counts(m: Material) -> Iterator[Fault]:
    """The counts of the description are those of a recount."""
    if m.release is None:
        raise NotChecked("the dump to be counted is in a release; give its folder with --release")
    if not any(m.description.quads_for_pattern(None, VOID.triples, None)):
        yield Fault("void.ttl", "It counts nothing.")
    yield from verified(m, "count")


@item(
    112,
    "error",
    of="void",
    remedy="List in void:vocabulary each namespace of a class or property in use.",
)
def vocabularies(m: Material) -> Iterator[Fault]:
    """The vocabularies that are listed are those in use."""
    store = m.description
    listed = {_iri(quad.object) for quad in store.quads_for_pattern(None, VOID.vocabulary, None)}
    used = {
        namespace(_iri(quad.object))
        for predicate in (VOID.property, VOID["class"])
        for quad in store.quads_for_pattern(None, predicate, None)
    }
    if not used and m.release is None:
        used = {namespace(predicate.value) for predicate in m.facts.by_predicate}
    bare = {iri.rstrip("#/") for iri in listed}
    for space in sorted(used):
        if space.rstrip("#/") not in bare:
            yield Fault(space, "It is in use and not listed.")
    for iri in sorted(listed):
        if iri.rstrip("#/") not in {space.rstrip("#/") for space in used}:
            yield Fault(iri, "It is listed and not in use.")


@item(
    116,
    "error",
    of="distributions",
    remedy="Describe the file as it is, or publish with glocal publish.",
)
def distributions(m: Material) -> Iterator[Fault]:
    """Each distribution says address, type, size and checksum, all true."""
    for solution in solutions(_DISTRIBUTIONS, m.description):
        name = _iri(solution["path"]).rpartition("#")[2]
        yield Fault(_iri(solution["focus"]), f"It has no {name}.")
    yield from verified(m, "catalog")


@item(119, "error", of="cards", remedy="Complete schema.jsonld.")
def schema_card(m: Material) -> Iterator[Fault]:
    """The schema.org card has what dataset search asks for."""
    card = _card(m, "schema.jsonld")
    if not str(card.get("@context", "")).startswith(("https://schema.org", "http://schema.org")):
        yield Fault("schema.jsonld", "Its context is not schema.org.")
    if card.get("@type") != "Dataset":
        yield Fault("schema.jsonld", "It is no Dataset.")
    for field in _SCHEMA_FIELDS:
        if not card.get(field):
            yield Fault("schema.jsonld", f"It has no {field}.")
    length = len(str(card.get("description", "")))
    if length and not 50 <= length <= 5000:
        yield Fault("schema.jsonld", f"Its description has {length} characters, not 50 to 5000.")
    for entry in _dicts(card.get("distribution")):
        if not (entry.get("contentUrl") and entry.get("encodingFormat")):
            yield Fault("schema.jsonld", f"{entry.get('name')} has no address or format.")


@item(121, "info", of="release", remedy="Measure anew: glocal check --format turtle.")
def measures(m: Material) -> Iterator[Fault]:
    """Measurements of quality in the description are those found here."""
    from glocal_kg._quality.checklist import items

    said = {_iri(one["focus"]): one["value"] for one in solutions(_MEASURES, m.description)}
    known = {one.iri: one for one in items() if one.run and one.number != 121}
    mine = {iri: value for iri, value in said.items() if iri in known}
    if not mine:
        raise NotChecked("the description has no measurement of an item of this checklist")
    for iri, value in mine.items():
        try:
            found = sum(isinstance(one, Fault) for one in known[iri].run(m))  # type: ignore[misc]  # those known have one
        except NotChecked:
            continue
        if isinstance(value, Literal) and value.value != str(found):
            yield Fault(iri, f"It is said to have {value.value} findings, here it has {found}.")


@item(122, "warning", of="cards", remedy="Complete ro-crate-metadata.json.")
def crate(m: Material) -> Iterator[Fault]:
    """The RO-Crate has its root and names files that are there."""
    name = "ro-crate-metadata.json"
    graph = _dicts(_card(m, name).get("@graph"))
    by_id = {str(entity.get("@id")): entity for entity in graph}
    descriptor, root = by_id.get(name, {}), by_id.get("./", {})
    if "w3id.org/ro/crate/" not in str(descriptor.get("conformsTo")):
        yield Fault(name, "It does not say to which RO-Crate it conforms.")
    for field in _CRATE_ROOT:
        if not root.get(field):
            yield Fault(name, f"Its root has no {field}.")
    for entity in graph:
        path = unquote(str(entity.get("@id")))
        if entity.get("@type") == "File" and path not in m.release_files:
            yield Fault(name, f"It names {path}, which is not there.")


@item(
    123,
    "warning",
    of="cards",
    remedy="Make files and columns of croissant.json those of the tables.",
)
def croissant(m: Material) -> Iterator[Fault]:
    """The tables of the Croissant card can be read by it."""
    name = "croissant.json"
    card = _card(m, name)
    if "mlcommons.org/croissant" not in str(card.get("conformsTo")):
        yield Fault(name, "It does not say to which Croissant it conforms.")
    paths = {str(e.get("@id")): str(e.get("contentUrl")) for e in _dicts(card.get("distribution"))}
    columns: dict[str, list[str]] = {}
    for record in _dicts(card.get("recordSet")):
        for field in _dicts(record.get("field")):
            source = _dict(field.get("source"))
            file = paths.get(str(_dict(source.get("fileObject")).get("@id")), "")
            if file not in m.release_files:
                yield Fault(name, f"The file of {field.get('@id')} is not there.")
                continue
            if file not in columns and m.release is not None:
                text = (m.release / file).read_text("utf-8", "replace")
                columns[file] = next(csv.reader(text.splitlines()[:1]), [])
            column = _dict(source.get("extract")).get("column")
            if column is not None and column not in columns[file]:
                yield Fault(name, f"{file} has no column {column}.")


@item(124, "error", of="cards", remedy="Write the three from one source.")
def cards(m: Material) -> Iterator[Fault]:
    """CITATION.cff, codemeta.json and .zenodo.json are there and agree."""
    for name in _CARDS:
        if name not in m.release_files:
            yield Fault(name, "It is not there.")
    yield from verified(m, "card")


@item(
    125,
    "warning",
    of="release",
    remedy="Say in README.md what is kept, and what happens to what is dropped.",
)
def promise(m: Material) -> Iterator[Fault]:
    """A text promises how long identifiers and files last."""
    assert m.release is not None  # the scope is a release
    named = [name for name in m.release_files if name.lower().startswith(("persistence", "policy"))]
    texts = [name for name in m.release_files if name in ("README.md", "README.txt")]
    said = " ".join((m.release / name).read_text("utf-8", "replace") for name in texts).lower()
    if not named and not any(word in said for word in _PROMISES):
        yield Fault("README.md", "It does not say how long identifiers and files last.")


def _card(m: Material, name: str) -> dict[str, Any]:
    """A card as JSON; an item that needs it is not checked where there is none."""
    if m.release is None or name not in m.release_files:
        raise NotChecked(f"the release has no {name}")
    try:
        card = json.loads((m.release / name).read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotChecked(f"{name} cannot be read: {error}") from error
    if not isinstance(card, dict):
        raise NotChecked(f"{name} is no JSON object")
    return card


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a JSON value: a card may have one where it could have several."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
