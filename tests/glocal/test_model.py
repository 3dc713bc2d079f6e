"""The page on the model: its picture and list are those of the ontology, its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._glocal import model
from glocal_kg._study.vocab import GLOCAL, PREFIXES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "model.md").read_text(encoding="utf-8")
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HEAD += "@prefix ex: <https://example.org/> .\n"
EXAMPLES = re.findall(r"```turtle\n(.*?)```", PAGE, re.DOTALL)
# The patterns of the table of questions; each cell may hold several.
ROWS = [row.split(" | ") for row in re.findall(r"^\| (.* \| .*`.*) \|$", PAGE, re.MULTILINE)]
PATTERNS = [
    pattern
    for row in ROWS
    if len(row) == 2 and row[0] != "question"
    for pattern in re.findall(r"`([^`]*\?[^`]*)`", row[1])
    if not pattern.startswith("ORDER BY")
]


@pytest.mark.parametrize("path", ["model.svg", "model.md"])
def test_picture_and_list_are_those_of_the_ontology(path: str) -> None:
    wanted = model.documents(str(DOCS))[str(DOCS / path)]
    assert (DOCS / path).read_text(encoding="utf-8") == wanted, (
        "run python -m glocal_kg._glocal.model"
    )


def test_an_arrow_with_a_name_that_is_gone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "ARROWS", (("Practice", "inArea", "Place"),))
    with pytest.raises(ValueError, match="inArea"):
        model.picture(model.ModelTerms())


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_use_names_there_are(example: str) -> None:
    for quad in ox.parse(HEAD + example, format=ox.RdfFormat.TRIG):
        for node in (quad.predicate, quad.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(str(GLOCAL)):
                assert node in GLOCAL, node


def test_the_blocks_pasted_into_one_file_conform() -> None:
    kg = gk.load()
    kg.add(gk.Text("".join(EXAMPLES), "trig", name="page.trig"))  # with the prefixes of the page
    report = kg.validate(source="mine")
    assert report.conforms, report.to_text(None)
    assert not report.results, report.to_text(None)


def test_the_blocks_pasted_into_one_file_pass_the_checks_of_the_trade(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.trig"
    file.write_text("".join(EXAMPLES), encoding="utf-8")
    assert run(["check", str(file)]) == 0
    assert " 0 failed, 0 argued" in capsys.readouterr().out


def test_what_has_a_name_of_ours_is_in_the_packaged_graph() -> None:
    """The blocks may be read as what the graph has: nothing of ours is made up for them."""
    kg = gk.load()
    held = {(q.subject, q.predicate, q.object) for q in kg.facts}
    ours = "https://w3id.org/glocal/id/"
    quads = [
        quad
        for quad in ox.parse("".join(EXAMPLES), format=ox.RdfFormat.TRIG)
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(ours)
        and "/interpretation/" not in str(quad.graph_name)
    ]
    assert len(quads) > 20
    assert [
        str(quad) for quad in quads if (quad.subject, quad.predicate, quad.object) not in held
    ] == []


def test_a_reading_as_the_page_writes_it_is_seen_with_the_switch_alone() -> None:
    kg = gk.load()
    query = "SELECT * { ?p glocal:relation glocal:answers . ?a glocal:asserts ?p ; glocal:by ?who }"
    before = kg.select(query), kg.select(query, interpreted=True)
    kg.add(gk.Text("".join(EXAMPLES), "trig", name="page.trig"))
    assert len(kg.select(query)) == len(before[0]) == 0
    assert len(kg.select(query, interpreted=True)) == len(before[1]) + 1
    assert not kg.ask("ASK { principle:city glocal:answers ?trend }")
    assert kg.ask("ASK { principle:city glocal:answers ?trend }", interpreted=True)


def test_a_reading_that_somebody_denies_is_told_beside_its_rows() -> None:
    kg = gk.load()
    asked = [
        "SELECT ?x ?y { ?x glocal:answers ?y }",
        "SELECT ?y { principle:vision glocal:answers ?y }",
        "SELECT ?p { ?p glocal:relation glocal:answers ; glocal:subject ?x }",
    ]
    others = "SELECT ?y { principle:stability glocal:answers ?y }"
    name = "proposition:interp-vision-answers-problems-of-international-cooperation"
    for query in asked:
        assert kg.select(query, interpreted=True).notes == ()
    kg.add(gk.Text("".join(EXAMPLES), "trig", name="page.trig"))
    for query in asked:
        (note,) = kg.select(query, interpreted=True).notes
        assert note == f"Somebody denies {name}: ?a glocal:denies {name} ; glocal:by ?who."
        assert len(kg.select(f"SELECT * {{ {note.partition(': ')[2]} }}", interpreted=True)) == 1
    assert kg.select(others, interpreted=True).notes == ()
    assert "denies" not in " ".join(kg.select("SELECT ?x { ?x a glocal:City }").notes)


def test_a_reading_in_a_file_without_graphs_is_told_and_refused() -> None:
    kg = gk.load()
    (block,) = [one for one in EXAMPLES if "ex:rossi-1" in one]
    plain = re.sub(r"^<.*> \{$|^\}$", "", block, flags=re.MULTILINE)
    added = kg.add(gk.Text(EXAMPLES[0] + plain, "turtle", name="page.ttl"))
    assert added.notes[0].startswith("2 things are read into a text (glocal:interpretedFrom)")
    found = [
        one for one in kg.validate(source="page.ttl").results if "readings-apart" in one.origin
    ]
    assert [str(one.focus) for one in found] == [
        "<https://example.org/rossi-1>",
        "<https://example.org/rossi-2>",
    ]


def test_twin_towns_are_found_by_their_kind() -> None:
    kg = gk.load()
    kg.add(gk.Text("".join(EXAMPLES), "trig", name="page.trig"))
    found = kg.select("SELECT * { ?x glocal:kind kind:twinning ; glocal:participant ?city }")
    assert len(found) == 2
    (block,) = [one for one in EXAMPLES if "kind:twinning" in one]
    quads = ox.parse(EXAMPLES[0] + block, format=ox.RdfFormat.TRIG)
    assert sum(q.subject.value == "https://example.org/twins" for q in quads) == 7


@pytest.fixture(scope="module")
def followed() -> gk.KnowledgeGraph:
    kg = gk.load()
    kg.infer()
    return kg


def test_there_are_patterns() -> None:
    assert len(PATTERNS) >= 15


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_question_of_the_page_has_an_answer_in_at_most_three_patterns(
    followed: gk.KnowledgeGraph, pattern: str
) -> None:
    triples = re.split(r"[;.]\s", re.sub(r"FILTER.*", "", pattern))
    assert len(triples) <= 3
    reading = "glocal:answers" in pattern  # what somebody reads into the sources: one switch
    query = f"SELECT * {{ {pattern} }}"
    assert len(followed.query(query, interpreted=reading)) > 0
    if reading:
        assert len(followed.query(query)) == 0
