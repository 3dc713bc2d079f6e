"""JSON-LD: short names that people can read, and never a different graph."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse

from glocal_kg._publish import Release
from glocal_kg._publish.dumps import jsonld_stream
from glocal_kg._publish.dumps.context import make_context
from glocal_kg._publish.dumps.jsonld import Blanks, write_jsonld
from glocal_kg._publish.dumps.jsonld_stream import read_jsonld
from glocal_kg._publish.gathering.parts import write_graphs
from glocal_kg._publish.lines.canonical import canonical_hash
from glocal_kg._publish.lines.external_sort import read_lines
from tests.publish.samples import graphs, sample

TERMS = "https://example.org/sample/terms#"


def as_jsonld(quads: list[Quad]) -> str:
    with TemporaryDirectory() as folder:
        parts = write_graphs(quads, Path(folder))
        lines = [(part.name, list(read_lines(part.path))) for part in parts]
    with TemporaryDirectory() as folder:
        terms = write_graphs(sample(), Path(folder))
        ontology = [line for part in terms for line in read_lines(part.path)]
    prefixes = {"sample": TERMS, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    context = make_context(
        ontology,
        prefixes,
        base="https://example.org/sample/",
        language_properties=["http://www.w3.org/2000/01/rdf-schema#label"],
    )
    out = io.StringIO()
    write_jsonld(lines, Blanks(lines), context, out)
    return out.getvalue()


@given(graphs)
def test_any_graph_is_read_back_as_itself(quads: list[Quad]) -> None:
    assert canonical_hash(parse(as_jsonld(quads), RdfFormat.JSON_LD)) == canonical_hash(quads)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own parser
def test_rdflib_reads_the_same_graph() -> None:
    import rdflib

    theirs = rdflib.Dataset()
    theirs.parse(data=as_jsonld(sample()), format="json-ld")
    # Statements with literals are left to the other test: rdflib rewrites their text.
    found = {
        (str(s), str(p), str(o), str(getattr(g, "identifier", g)))
        for s, p, o, g in theirs.quads()
        if all(isinstance(term, rdflib.URIRef) for term in (s, p, o))
    }
    expected = {
        (quad.subject.value, quad.predicate.value, quad.object.value, quad.graph_name.value)
        for quad in sample()
        if all("value=" in repr(term) and "NamedNode" in repr(term)[:11] for term in quad)
    }
    assert found == expected


@given(graphs, st.integers(1, 3))
def test_reading_in_pieces_is_reading(quads: list[Quad], nodes: int) -> None:
    text = as_jsonld(quads)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "x.jsonld"
        path.write_text(text, encoding="utf-8")
        patch.setattr(jsonld_stream, "NODES_AT_ONCE", nodes)
        assert canonical_hash(read_jsonld(path)) == canonical_hash(quads)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-3],
        lambda text: text + "[]",
        lambda text: text.replace('"id": "id/rome",', '"id": "id/rome"', 1),
        lambda text: text.replace("]},", "},", 1),
        lambda text: text.replace("]},", "]", 1),
        lambda text: text.replace("\n]\n}\n", "\n]}\n"),
        lambda text: text.replace('\n{"id"', '\n"id"', 1),
    ],
)
def test_a_broken_file_is_not_read(tmp_path: Path, change: Callable[[str], str]) -> None:
    text = as_jsonld(sample())
    path = tmp_path / "x.jsonld"
    path.write_text(change(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    with pytest.raises(SyntaxError):
        list(read_jsonld(path))


def test_files_of_others_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    path.write_text('{"@id": "https://e.org/a", "https://e.org/p": "b"}', encoding="utf-8")
    assert len(list(read_jsonld(path))) == 1


def test_people_can_read_it(release: Release) -> None:
    document = json.loads((release.folder / "graphs/one.jsonld").read_text(encoding="utf-8"))
    nodes = {node["id"]: node for node in document["@graph"][0]["@graph"]}
    rome = nodes["id/rome"]
    assert sorted(rome["type"]) == ["Capital", "City"]
    assert rome["label"] == {"@none": "Rome", "en": "Rome", "it": "Roma"}
    assert rome["skos:exactMatch"] == {"id": "http://www.wikidata.org/entity/Q220"}
    assert rome["people"] == "02748109", "a leading zero is kept, so it is no JSON number"
    assert nodes["id/paris"]["people"] == 2
    stops = nodes["id/paris"]["sample:address"]["sample:stops"]
    assert stops == {"@list": [{"id": "id/rome"}, "two", 3]}, "blank nodes and lists are nested"


def test_the_context_is_local_and_says_the_same_everywhere(release: Release) -> None:
    context = json.loads((release.folder / "context.jsonld").read_text(encoding="utf-8"))
    dumps = [path for path in release.folder.rglob("*.jsonld") if path.stem in ("all", "one")]
    assert len(dumps) == 2
    whole = context["@context"]
    for path in dumps:  # each has what it needs and no more
        own = json.loads(path.read_text(encoding="utf-8"))["@context"]
        assert own.items() <= whole.items()
    one = next(path for path in dumps if path.stem == "one").read_text(encoding="utf-8")
    assert "twinOf" in whole
    assert "twinOf" not in one, "the graph does not use it"
    assert context["@context"]["twinOf"] == {"@id": "sample:twinOf", "@type": "@id"}


def test_languages_stand_in_one_order(packaged_release: Release) -> None:
    text = (packaged_release.folder / "data.jsonld").read_text(encoding="utf-8")
    maps = [
        list(json.loads(found))
        for found in re.findall(r'"(?:prefLabel|label)": (\{"[a-z][^{}]*\})', text)
    ]
    assert len(maps) > 100
    assert all(languages == sorted(languages) for languages in maps)
