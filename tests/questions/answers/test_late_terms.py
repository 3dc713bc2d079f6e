"""The terms of an answer are made when somebody looks at them, and are those of its moment."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import glocal_kg as gk
from glocal_kg._questions.answers.table_cells import LOOKS
from glocal_kg._rdf.sparql.query_terms import QueryTerms

ROWS = 500
SELECT = "SELECT ?x ?name { ?x <urn:name> ?name }"
CONSTRUCT = "CONSTRUCT { ?name_ <urn:of> ?x } { ?x <urn:name> ?name BIND(?x AS ?name_) }"


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    lines = (f'<urn:x{n}> <urn:name> "name {n}"@en .' for n in range(ROWS))
    kg.add(gk.Text("\n".join(lines), "ntriples"), graph="urn:g")
    return kg


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many numbers were asked for their terms, in each asking."""
    asked: list[int] = []
    read = QueryTerms.read
    with monkeypatch.context() as patch:
        patch.setattr(
            QueryTerms,
            "read",
            lambda self, column, of=None: [asked.append(len(column)), read(self, column, of)][1],
        )
        yield asked


def test_counting_rows_makes_no_term(
    kg: gk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(monkeypatch) as asked:
        table, triples = kg.select(SELECT), kg.construct(CONSTRUCT)
        assert (len(table), len(triples), asked) == (ROWS, ROWS, [])
        assert len(table[10:20]) == 10
        assert not asked
        assert table[7].name == "name 7"
        assert table[-1].x.value == f"urn:x{ROWS - 1}"
        assert asked == [1, 1, 1, 1]  # a cell each
        with pytest.raises(IndexError):
            table[ROWS]
        some = table[10:20]
        assert some.column("name") == [f"name {n}" for n in range(10, 20)]
        assert max(asked) == 10


def test_who_looks_at_many_rows_has_all_made(
    kg: gk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = kg.select(SELECT)
    with counted(monkeypatch) as asked:
        rows = [table[n] for n in range(ROWS)]
        assert len(asked) <= 2 * LOOKS + 4
    assert rows == list(table) == [(row[0], row[1]) for row in table]


@pytest.mark.parametrize("limit", [{"timeout": 60}, {"max_memory": 10**9}])
def test_a_limit_of_the_query_holds_for_its_terms(
    kg: gk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, limit: dict[str, int]
) -> None:
    with counted(monkeypatch) as asked:
        table = kg.select(SELECT, **limit)
        triples = kg.construct(CONSTRUCT, **limit)
        assert asked
        asked.clear()
        assert len(table.terms) == len(list(triples)) == ROWS
        assert not asked
    with pytest.raises(gk.errors.LimitError, match="its answer has 500 rows"):
        kg.select(SELECT, max_memory=150_000)
    with pytest.raises(gk.errors.LimitError, match="its answer has 500 rows"):
        kg.construct(CONSTRUCT, max_memory=150_000)


def test_an_answer_read_late_is_of_its_moment(kg: gk.KnowledgeGraph) -> None:
    wanted, triples = kg.select(SELECT).terms, list(kg.construct(CONSTRUCT))
    table, late = kg.select(SELECT), kg.construct(CONSTRUCT)
    kg.clear("urn:g")
    kg.add(gk.Text('<urn:new> <urn:name> "new" .', "ntriples"), graph="urn:g")
    assert len(kg.select(SELECT)) == 1
    assert table.terms == wanted
    assert list(late) == triples


def test_computed_and_unbound_cells(kg: gk.KnowledgeGraph) -> None:
    table = kg.select(
        "SELECT ?x ?more ?none { ?x <urn:name> ?n BIND(CONCAT(STR(?n), '!') AS ?more) "
        "OPTIONAL { ?x <urn:none> ?none } }"
    )
    assert table[3].more == "name 3!"
    assert table[3].none is None
    assert table.column("more") == [f"name {n}!" for n in range(ROWS)]
    assert table.column("none") == [None] * ROWS


def test_an_answer_travels_with_its_terms(kg: gk.KnowledgeGraph) -> None:
    table, triples = kg.select(SELECT), kg.construct(CONSTRUCT)
    assert pickle.loads(pickle.dumps(table)).terms == table.terms
    assert list(pickle.loads(pickle.dumps(triples))) == list(triples)


def test_csv_is_that_of_the_rows() -> None:
    values = [
        '"a,b"@en', '"say \\"x\\""', '"two\\nlines"', '"1.50"^^<urn:t>', "_:b", "<urn:v>", '"x"',
        '"é \\u0085"', '""',
    ]  # fmt: skip
    lines = (f"<urn:x{n}> <urn:p> {values[n % len(values)]} ." for n in range(ROWS))
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("\n".join(lines), "ntriples"))
    query = (
        "SELECT * { ?x <urn:p> ?v OPTIONAL { ?x <urn:none> ?w } BIND(STR(?x) AS ?s) } ORDER BY ?x"
    )
    late, rows = kg.query(query), kg.query(query)
    assert len(rows.terms) == ROWS
    assert late.to_csv() == rows.to_csv()
