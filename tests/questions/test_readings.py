"""Questions that see readings unasked: each row that needs one says how sure, whose and why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._questions import find, names

NAMES = [name for name in names() if find(name).interpreted]
COUNTED = "evidence/coverage"
READING = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
<https://w3id.org/glocal/graph/interpretation/rossi> {
  ex:sense a glocal:Definition ; glocal:defines <https://w3id.org/glocal/id/term/glocalization> ;
    skos:definition "Cities at one table."@en ; glocal:by ex:rossi ; glocal:confidence 0.4 ;
    glocal:reason "They meet."@en ;
    glocal:interpretedFrom <https://w3id.org/glocal/id/passage/deck-s30> .
}
"""


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def asked(kg: gk.KnowledgeGraph, name: str, *, interpreted: bool) -> list[dict[str, object]]:
    question = find(name)
    question.interpreted = interpreted
    return [
        dict(zip(question.columns, row, strict=False))
        for given in question.examples or [{}]
        for row in kg.answer(question, given).terms
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if name != COUNTED])
def test_a_row_that_needs_a_reading_says_how_sure_whose_and_why(name, kg):
    flat = asked(kg, name, interpreted=False)
    read = [row for row in asked(kg, name, interpreted=True) if row not in flat]
    assert read
    assert all(
        row["confidence"] and row["by"] and row.get("why", row.get("reason")) for row in read
    )


def test_what_only_counts_readings_counts_them_apart(kg):
    flat, read = (asked(kg, COUNTED, interpreted=way) for way in (False, True))
    for before, after in zip(flat, read, strict=True):
        assert before | {"readings": None} == after | {"readings": None}


def test_a_definition_of_a_reader_says_it_of_itself():
    kg = gk.load()
    kg.add(gk.Text(READING, "trig", name="rossi.trig"))
    table = kg.run("convention/senses")
    (row,) = [row for row in table.to_dicts(plain=True) if "Cities at one table" in row["text"]]
    assert (row["by"], row["why"]) == ("https://example.org/rossi", "They meet.")
    assert str(row["confidence"]) == "0.4"


def test_the_docs_name_each_of_them():
    text = (Path(__file__).parents[2] / "docs" / "asking.md").read_text(encoding="utf-8")
    paragraph = re.search(r"Some packaged questions see readings.*?\n\n", text, re.S)
    assert paragraph
    named = re.findall(r"`(\w+/[\w-]+)`", paragraph[0])
    assert sorted(named) == NAMES
