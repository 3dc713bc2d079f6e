"""Wrong first tries get errors that say what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.fixture(scope="module")
def table(kg: gk.KnowledgeGraph) -> gk.Table:
    return kg.run("map/trends")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("trend", r"table\['trend'\]"), ("head", "to_pandas"), ("iloc", "to_pandas"),
        ("to_polars", "polars.DataFrame"), ("nothing", "Its columns are map, direction"),
    ],
)  # fmt: skip
def test_a_table_says_what_was_meant(table: gk.Table, name: str, told: str) -> None:
    with pytest.raises(AttributeError, match=told):
        getattr(table, name)


def test_columns_and_rows_are_at_hand(table: gk.Table) -> None:
    assert table["trend"] == table.column("trend")
    assert dict(table[0]) == table.to_dicts()[0]
    with pytest.raises(gk.NotFoundError, match="Columns are"):
        table["no"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("read", "kg.add"), ("questions_", "has no 'questions_'"), ("list", "kg.questions"),
        ("save", "kg.write"), ("to_pandas", "ask first"),
    ],
)  # fmt: skip
def test_a_graph_says_what_was_meant(kg: gk.KnowledgeGraph, name: str, told: str) -> None:
    with pytest.raises(AttributeError, match=told):
        getattr(kg, name)


def test_questions_and_queries_are_told_apart(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    assert "practices/support" in kg.questions()["name"]
    with pytest.raises(gk.QueryError, match=r"kg\.run"):
        kg.query("map/trends")
    with pytest.raises(gk.NotFoundError, match=r"kg\.query"):
        kg.run("SELECT * { ?s ?p ?o }")
    with pytest.raises(gk.QuerySyntaxError, match="as in ex:Practice"):
        kg.query("SELECT * { ?s a Practice }")
    file = tmp_path / "my.ttl"
    file.write_text("<urn:a> a <urn:A> .")
    with pytest.raises(gk.NotFoundError, match=r"kg\.add"):
        gk.open(file)


def test_lists_are_short_where_they_are_named(kg: gk.KnowledgeGraph) -> None:
    hits = kg.search("kigali")
    assert repr(hits).startswith("<20 found: Kigali, Municipality of Kigali, ")
    assert len(str(hits).splitlines()) == 20
    assert "<table>" in hits._repr_html_()
    assert repr(kg.graphs()).count("graph/") == 3
    assert repr(kg.search("zzyzx")) == "<0 found>"
    assert "<th>meaning</th>" in kg.terms("theme")._repr_html_()
