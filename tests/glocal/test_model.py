"""The page on the model: its picture and list are those of the ontology, its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import glocal_kg as gk
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
    for quad in ox.parse(HEAD + example, format=ox.RdfFormat.TURTLE):
        for node in (quad.predicate, quad.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(str(GLOCAL)):
                assert node in GLOCAL, node


def test_the_blocks_pasted_into_one_file_conform() -> None:
    kg = gk.load()
    kg.add(gk.Text("".join(EXAMPLES), "turtle", name="page.ttl"))  # with the prefixes of the page
    report = kg.validate(source="page.ttl")
    assert report.conforms, report.to_text(None)
    assert not report.results, report.to_text(None)


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
