"""Every packaged question: well made, in a total order, and with the answer we expect.

Expected answers lie in ``expected/<topic>/<name>.csv``, worked out from the sources and not
taken from the query. A question with examples is asked each of them; the answer to the second
lies in ``<name>-2.csv``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode

import glocal_kg as gk
from glocal_kg._graph.graph import Graph
from glocal_kg._questions import Question, find, names
from glocal_kg._questions.answers.values import python_value
from glocal_kg._rdf.sparql.header import read_header

EXPECTED = Path(__file__).parent / "expected"
NAMES = names()
KINDS = {
    "iri": lambda term: isinstance(term, NamedNode),
    "literal": lambda term: isinstance(term, Literal),
    "string": lambda term: isinstance(python_value(term), str),
    "integer": lambda term: type(python_value(term)) is int,
    "decimal": lambda term: type(python_value(term)).__name__ in ("int", "Decimal", "float"),
    "boolean": lambda term: type(python_value(term)) is bool,
    "date": lambda term: type(python_value(term)).__name__ == "date",
    "gYear": lambda term: term.datatype.value.endswith("#gYear"),
}


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    graph = gk.load()
    graph.infer()
    return graph


@pytest.fixture(scope="module")
def shuffled(kg) -> gk.KnowledgeGraph:
    """The same facts, met by the store in the opposite order."""
    graph = gk.KnowledgeGraph()
    graph.add(list(kg.facts)[::-1])
    graph.infer()
    return graph


WHERE = {"passage", "source", "witness", "slide", "evidence"}
"""Columns that say where a row comes from."""


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_says_where_each_row_comes_from(name, kg):
    question = find(name)
    table = kg.answer(question, parameters(question))
    assert WHERE & set(table.columns)
    if question.attested:
        assert table.columns == (*question.columns, "source")
        assert all(row.source for row in table)


def parameters(question: Question) -> dict[str, object]:
    return question.examples[0] if question.examples else {}


def test_there_are_questions_and_no_two_share_a_short_name():
    short = [name.rpartition("/")[2] for name in NAMES]
    assert len(NAMES) >= 15
    assert len(set(short)) == len(short)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_well_made(name):
    question = find(name)
    lines = question.text.splitlines()
    header = "".join(f"{line[2:]}\n" for line in lines if line.startswith("#+"))
    assert read_header(question.text, name) == yaml.safe_load(header)
    assert question.summary
    assert question.tags
    assert question.reason
    assert question.columns
    body = " ".join(line for line in lines if not line.startswith("#+")).upper()
    assert "ORDER BY" in body
    assert "SELECT *" not in body
    assert question.text.isascii() or question.text.encode("utf-8")
    assert question.text.endswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_keeps_what_the_header_promises(name, kg):
    question = find(name)
    table = Graph.answer(kg, question, parameters(question))
    assert list(table.columns) == list(question.columns)
    for column, kind in question.columns.items():
        place = table.columns.index(column)
        wrong = [row[place] for row in table.terms if row[place] and not KINDS[kind](row[place])]
        assert not wrong, f"{column} is not {kind}: {wrong[0]}"
    assert len(set(table.terms)) == len(table.terms), "a row comes twice: SELECT DISTINCT"
    if not table.terms:
        assert question.empty, "say in `empty` what no rows mean"


@pytest.mark.parametrize("name", NAMES)
def test_the_order_does_not_depend_on_the_store(name, kg, shuffled):
    question = find(name)
    given = parameters(question)
    assert (
        Graph.answer(shuffled, question, given).to_csv()
        == Graph.answer(kg, question, given).to_csv()
    )


def expectations() -> list[tuple[str, str, dict[str, object]]]:
    """File, question and parameters of each expected answer."""
    return [
        (f"{name}{'' if number == 1 else f'-{number}'}.csv", name, given)
        for name in NAMES
        for number, given in enumerate(find(name).examples or [{}], start=1)
    ]


@pytest.mark.parametrize(("file", "name", "given"), expectations(), ids=lambda part: str(part))
def test_the_answer_is_the_expected_one(file, name, given, kg):
    assert (EXPECTED / file).is_file(), f"work out the expected answer in expected/{file}"
    answer = Graph.answer(kg, find(name), given).to_csv()
    assert answer == (EXPECTED / file).read_text(encoding="utf-8")


def test_no_expected_answer_is_left_over():
    kept = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*.csv")}
    assert kept == {file for file, _, _ in expectations()}
