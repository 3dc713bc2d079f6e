"""Comparing: what changed, what it means, and a change set that can be applied both ways."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from pyoxigraph import Quad, RdfFormat, parse

from glocal_kg import KnowledgeGraph
from glocal_kg._publish import Comparison, Release, compare, read_patch
from glocal_kg._publish.gathering.ownership import Ownership
from glocal_kg._publish.lines.canonical import canonical_hash
from glocal_kg.errors import GlocalError, NotFoundError, ReadError
from tests.publish.samples import SAMPLE, edited, graphs, publish, sample

TERMS = "https://example.org/sample/terms#"
ID = "https://example.org/sample/id/"


def changes(*edits: tuple[str, str]) -> Comparison:
    return compare(sample(), edited(*edits))


def told(found: Comparison) -> list[tuple[str, str]]:
    return [(entry.what, entry.iri.rpartition("/")[2]) for entry in found.entries]


@given(graphs, graphs)
def test_the_change_set_gives_exactly_the_other_graph(old: list[Quad], new: list[Quad]) -> None:
    found = compare(old, new)
    assert canonical_hash(found.apply(old)) == canonical_hash(new)
    assert canonical_hash(found.patch.reversed().apply(new)) == canonical_hash(old)
    assert bool(found) is (canonical_hash(old) != canonical_hash(new))


@given(graphs, graphs)
def test_the_change_set_survives_as_rdf(old: list[Quad], new: list[Quad]) -> None:
    found = compare(old, new)
    assert read_patch(found.to_trig()) == found.patch


@given(graphs)
def test_labels_of_blank_nodes_make_no_difference(quads: list[Quad]) -> None:
    from pyoxigraph import BlankNode

    def other(term: object) -> object:
        return BlankNode(f"other-{term.value}") if isinstance(term, BlankNode) else term

    renamed = [Quad(*(other(term) for term in quad)) for quad in reversed(quads)]
    assert not compare(quads, renamed)


def test_the_same_graph(tmp_path: Path) -> None:
    found = compare(SAMPLE, sample())
    assert not found
    assert found.step == "none"
    assert found.entries == ()
    assert found.to_text() == "No difference.\n"


@pytest.mark.parametrize(
    ("edit", "what", "step"),
    [
        (('"Paris"@en', '"Paris, France"@en'), [("changed", "paris")], "patch"),
        (("id:paris a :City ; :twinOf", "id:oslo a :City . id:paris a :City ; :twinOf"),
         [("added", "oslo")], "minor"),
        (('"city"@en', '"big city"@en'), [("changed", "terms#City")], "patch"),
        ((":twinOf a owl:Obj", ":near a owl:ObjectProperty . :twinOf a owl:Obj"),
         [("added", "terms#near")], "minor"),
        ((":City a owl:Class ;", ":City a owl:Class ; owl:deprecated true ;"),
         [("deprecated", "terms#City")], "minor"),
        ((" ; rdfs:range :City .", " ."), [("changed", "terms#twinOf")], "major"),
        ((":twinOf a owl:ObjectProperty", ":twinOf a owl:ObjectProperty , owl:FunctionalProperty"),
         [("changed", "terms#twinOf")], "major"),
        (("owl:someValuesFrom :City", "owl:allValuesFrom :City"),
         [("changed", "terms#Capital")], "major"),
        (('"Give one number."', '"Give one number only."'),
         [("changed", "terms#CityShape")], "patch"),
        (("sh:maxCount 1 ; ", ""), [("changed", "terms#CityShape")], "minor"),
        (("sh:maxCount 1 ; ", "sh:maxCount 1 ; sh:minCount 1 ; "),
         [("changed", "terms#CityShape")], "major"),
        (("( :City :Person :Level )", "( :City :Person )"), [], "major"),
        (("( :City :Person :Level )", "( :City :Person :Level :Town )"), [], "major"),
        (("id:local a :Level ; skos:inScheme id:levels ; skos:prefLabel \"local\"@en .", ""),
         [("removed", "local")], "major"),
    ],
)  # fmt: skip
def test_which_step_a_change_is(
    edit: tuple[str, str], what: list[tuple[str, str]], step: str
) -> None:
    found = changes(edit)
    assert told(found) == what
    assert found.step == step


def test_a_new_class_in_the_list_of_disjoint_ones_narrows_nothing() -> None:
    found = changes(
        ("( :City :Person :Level )", "( :City :Person :Level :River )"),
        (":Town a owl:Class", ':River a owl:Class ; rdfs:label "river"@en . :Town a owl:Class'),
    )
    assert told(found) == [("added", "terms#River")]
    assert found.step == "minor"


def test_a_renamed_term_is_found_by_its_description() -> None:
    found = changes((":founded", ":since"))
    (entry,) = found.terms
    assert (entry.what, entry.iri, entry.other) == ("renamed", TERMS + "founded", TERMS + "since")
    assert found.vanished == [TERMS + "founded"]
    assert found.step == "major"
    assert "renamed" in found.to_text()
    assert all(entry.what == "changed" for entry in found.data)


def test_a_renamed_thing_is_found_by_what_replaces_it() -> None:
    found = changes(
        ("id:paris", "id:city-2"),
        ('"Paris"@en', '"Lutetia"@en ; dcterms:replaces id:paris'),
    )
    renamed = {entry.iri: entry.other for entry in found.entries if entry.what == "renamed"}
    assert renamed == {ID + "paris": ID + "city-2"}
    assert found.vanished == [], "a thing is no term"


def test_a_deprecated_term_names_its_replacement() -> None:
    found = changes(
        (":people a owl:", ":people owl:deprecated true ; dcterms:isReplacedBy :Town ; a owl:")
    )
    assert [(entry.what, entry.other) for entry in found.terms] == [("deprecated", TERMS + "Town")]


def test_terms_stand_apart_from_data() -> None:
    found = changes(('"city"@en', '"town"@en'), ('"Roma"@it', '"Urbe"@it'))
    assert [entry.iri for entry in found.terms] == [TERMS + "City"]
    assert [entry.iri for entry in found.data] == [ID + "rome"]
    text = found.to_text()
    assert text.index("Terms: 1 changed") < text.index("Data: 1 changed")
    assert "Step: patch: " in text


def test_the_table_has_a_row_per_statement() -> None:
    found = changes(('"city"@en', '"town"@en'))
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert [(row["scope"], row["what"], row["sign"], row["value"]) for row in rows] == [
        ("term", "changed", "-", '"city"@en'), ("term", "changed", "+", '"town"@en'),
    ]  # fmt: skip
    assert rows[0]["graph"] == "<https://example.org/sample/terms>"
    content = json.loads(found.to_json())
    assert content["step"] == "patch"
    assert len(content["patch"]["removed"]) == len(content["patch"]["added"]) == 1


def test_a_change_set_that_does_not_fit_is_refused() -> None:
    found = changes(('"city"@en', '"town"@en'))
    with pytest.raises(GlocalError, match="lacks a statement"):
        found.apply(edited(('"city"@en', '"village"@en')))
    with pytest.raises(GlocalError, match="already has"):
        found.apply([*sample(), *found.patch.quads(added=True)])
    with pytest.raises(GlocalError, match="no TriG"):
        read_patch("nonsense")


def test_what_is_not_there_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no dump"):
        compare(tmp_path, sample())


FOREIGN = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <http://ex.org/o#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://ex.org/o> a owl:Ontology . :C a owl:Class ; rdfs:label "c"@en .
"""


def compared(old: str, new: str) -> Comparison:
    return compare(*(list(parse(FOREIGN + text, RdfFormat.TURTLE)) for text in (old, new)))


def test_terms_of_others_are_not_judged() -> None:
    found = compared("<http://other.org/X> a owl:Class .", "")
    assert [(entry.what, entry.scope) for entry in found.entries] == [("removed", "foreign")]
    assert (found.step, found.vanished) == ("patch", [])
    assert "Terms of others: 1 removed" in found.to_text()
    both = "<http://other.org/X> rdfs:subClassOf _:x . :C rdfs:subClassOf _:x . _:x a owl:Class ."
    names = "<http://other.org/X> a owl:Class . :C a owl:Class ."
    assert compared(f"{names} {both}", names).step == "major"  # an axiom about both is ours too
    own = compared(":D a owl:Class .", "")
    assert (own.step, own.vanished) == ("major", ["http://ex.org/o#D"])


@pytest.mark.parametrize(
    ("header", "mine", "foreign"),
    [
        ("http://purl.obolibrary.org/obo/ro.owl", "http://purl.obolibrary.org/obo/RO_1",
         "http://purl.obolibrary.org/obo/OBI_1"),
        ("http://www.w3.org/ns/odrl/2/", "http://www.w3.org/ns/odrl/2/use",
         "http://www.w3.org/2004/02/skos/core#Concept"),
        ("http://www.w3.org/ns/prov-o#", "http://www.w3.org/ns/prov#Entity",
         "http://www.w3.org/2002/07/owl#Thing"),
        ("https://w3id.org/mine/core", "https://w3id.org/mine/terms/A", "https://w3id.org/yours/A"),
    ],
)  # fmt: skip
def test_whose_term_it_is(header: str, mine: str, foreign: str) -> None:
    own = Ownership([header], [mine, f"{mine}2", foreign], [])
    assert own(mine)
    assert not own(foreign)


def test_without_header_most_terms_are_ones_own() -> None:
    names = ["https://schema.org/A", "https://schema.org/B", "http://www.w3.org/2000/01/x#C"]
    own = Ownership([], names, [])
    assert [own(name) for name in names] == [True, True, False]


def test_the_step_has_a_reason() -> None:
    found = compared(":D a owl:Class .", ":D a owl:Class ; rdfs:subClassOf :C .")
    assert found.step == "major"
    assert "http://ex.org/o#D: it gained a rdfs:subClassOf" in found.why
    assert found.to_text().splitlines()[-1] == f"Step: major: {found.why}"
    assert "    + rdfs:subClassOf http://ex.org/o#C" in found.to_text()


def test_a_deprecated_class_of_owl_1_is_deprecated() -> None:
    found = compared(":D a owl:Class .", ":D a owl:Class , owl:DeprecatedClass .")
    assert [(entry.what, entry.step) for entry in found.entries] == [("deprecated", "minor")]
    back = compared(":D a owl:Class ; owl:deprecated true .", ":D a owl:Class .")
    assert [(entry.what, entry.step) for entry in back.entries] == [("restored", "minor")]
    gone = compared(":D a owl:Class , owl:DeprecatedClass .", "")
    assert gone.vanished == []


def test_the_label_is_the_one_that_holds() -> None:
    found = compared(
        ':D a owl:Class ; rdfs:label "a"@en , "b"@fr .', ':D a owl:Class ; rdfs:label "a"@en .'
    )
    assert found.entries[0].label == "a"
    renamed = compared(
        ':old a owl:Class ; rdfs:comment "same"@en , "and same"@en ; rdfs:label "before"@en .',
        ':new a owl:Class ; rdfs:comment "same"@en , "and same"@en ; rdfs:label "after"@en .',
    )
    assert (
        renamed.entries[0].words()
        == 'renamed http://ex.org/o#old "before", now http://ex.org/o#new'
    )


def test_a_change_set_is_named_in_nobodys_web_space() -> None:
    text = compared("", ":D a owl:Class .").to_trig()
    assert "w3id.org" not in text
    assert "urn:uuid:" in text


def test_releases_are_compared_by_their_folders(release: Release) -> None:
    assert not compare(release.folder, sample())


def test_a_removed_term_is_refused_unless_allowed(release: Release, tmp_path: Path) -> None:
    without = edited(
        (':founded a owl:DatatypeProperty ; rdfs:label "founded"@en ; rdfs:range xsd:gYear .', "")
    )
    with pytest.raises(GlocalError, match=r"terms#founded.*--allow-removal"):
        publish(without, tmp_path / "dist", version="2.0.0", previous=release.folder)
    assert list(tmp_path.iterdir()) == []
    found = publish(
        without, tmp_path / "dist", version="2.0.0", previous=release.folder, allow_removal=True
    )
    assert found.changes is not None
    assert found.changes.vanished == [TERMS + "founded"]


def test_a_term_that_was_deprecated_may_go(release: Release, tmp_path: Path) -> None:
    text = ':Town a owl:Class ; rdfs:label "town"@en ; '
    text += "owl:deprecated true ; dcterms:isReplacedBy :City ."
    publish(edited((text, "")), tmp_path / "dist", version="2.0.0", previous=release.folder)
    log = (tmp_path / "dist/CHANGELOG.md").read_text(encoding="utf-8")
    assert log.index("## 2.0.0 - 2026-01-31") < log.index("## 1.0.0 - 2026-01-31")
    assert "### Ontology\n\n#### Removed\n\n- https://example.org/sample/terms#Town" in log


def test_a_broken_file_is_told_however_it_is_packed(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
    path = tmp_path / "a.nt.zst"
    path.write_bytes(zstandard.compress(b"<urn:a> <urn:b> .\n"))
    with pytest.raises(ReadError, match=r"a\.nt\.zst:1:\d+: .*not valid ntriples"):
        compare(path, path)


@pytest.mark.parametrize(
    ("version", "fits"), [("1.0.0", False), ("1.0.1", False), ("1.1.0", True), ("2.0.0", True)]
)
def test_the_version_must_be_large_enough(
    release: Release, tmp_path: Path, version: str, fits: bool
) -> None:
    more = edited((":Town a owl:", ":Village a owl:Class . :Town a owl:"))
    if fits:
        found = publish(more, tmp_path / "dist", version=version, previous=release.folder)
        assert found.facts.about.previous == release.facts.about.dataset
    else:
        with pytest.raises(GlocalError, match=r"too small a step.*1\.1\.0"):
            publish(
                more, tmp_path / "dist", version=version, previous=release.folder,
                about={"base": "https://example.org/sample/other/"},
            )  # fmt: skip


OWN_PREFIXES = """@prefix t: <https://example.org/trees#> . @prefix is: <https://example.org/is/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
t:Tree a owl:Class . is:a t:Tree t:%s ."""


def test_names_are_written_with_the_prefixes_of_the_files(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_text(OWN_PREFIXES % "Oak", encoding="utf-8")
    new.write_text(OWN_PREFIXES.replace("@prefix is:", "@prefix my:").replace("is:a", "my:a")
                   % "Beech" + " t:Bush a owl:Class .", encoding="utf-8")  # fmt: skip
    found = compare(old, new)
    assert [one.words() for one in found.entries] == ["changed my:a", "added t:Bush"]
    assert found.why == "t:Bush: it is new"
    assert "    - t:Tree t:Oak\n    + t:Tree t:Beech\n" in found.to_text()
    kept, graph = KnowledgeGraph(), KnowledgeGraph()
    kept.add(old)
    graph.add(new)
    assert "my:a" in compare(kept, graph).to_text()
    assert "<https://example.org/is/a>" in found.to_csv()
