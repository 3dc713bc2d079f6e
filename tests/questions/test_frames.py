"""What a pandas user writes first just works, and so does what reads Arrow."""

from __future__ import annotations

import io

import networkx as nx
import pandas as pd
import pytest

import glocal_kg as gk

ROME = "https://w3id.org/glocal/id/place/rome"
PARTNERS = """SELECT ?practice ?city ?start {
  ?practice a glocal:Practice ; glocal:participant ?city . ?city a glocal:City
  OPTIONAL { ?practice schema:startDate ?start } } ORDER BY ?practice ?city"""


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.fixture(scope="module")
def frame(kg: gk.KnowledgeGraph) -> pd.DataFrame:
    return kg.select(PARTNERS).to_pandas(labels=True)


def test_compare(frame: pd.DataFrame) -> None:
    at_rome = frame[frame["city"] == ROME]
    assert len(at_rome) > 1
    assert set(at_rome["city_label"]) == {"Rome"}
    assert frame["city"].str.contains("kigali").any()
    assert frame["city"].isin([ROME]).sum() == len(at_rome)


def test_group_and_count(frame: pd.DataFrame) -> None:
    counted = frame.groupby("city_label")["practice"].nunique().sort_values(ascending=False)
    assert counted["Rome"] == frame[frame["city"] == ROME]["practice"].nunique()
    assert frame["city_label"].value_counts().sum() == len(frame)


def test_merge_with_a_table_of_ones_own(frame: pd.DataFrame) -> None:
    mine = pd.DataFrame({"city": [ROME, "https://example.org/suva"], "people": [2_800_000, 93_970]})
    merged = frame.merge(mine, on="city", how="left")
    assert merged["people"].notna().sum() == (frame["city"] == ROME).sum()


def test_dates(frame: pd.DataFrame) -> None:
    assert str(frame["start"].dtype).startswith("datetime64")
    known = frame.dropna(subset=["start"])
    assert set(known["start_precision"]) <= {"year", "month", "day"}
    assert (known["start"] >= "1900").all()
    assert pd.to_datetime(frame["start"]).equals(frame["start"])
    assert known["start"].dt.year.min() > 1900


def test_csv_and_back(frame: pd.DataFrame) -> None:
    text = frame.to_csv(index=False)
    again = pd.read_csv(io.StringIO(text))
    assert again["city"].tolist() == frame["city"].tolist()
    assert "NamedNode" not in text
    assert "NamedNode" not in frame.to_json(date_format="iso")


def test_arrow_and_interchange(kg: gk.KnowledgeGraph) -> None:
    pa = pytest.importorskip("pyarrow")
    interchange = pytest.importorskip("pyarrow.interchange")
    table = kg.select(PARTNERS)
    read = pa.table(table)
    assert read.column("city").to_pylist() == table.to_pandas()["city"].tolist()
    assert interchange.from_dataframe(table).num_rows == len(table)
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("SELECT count(*) FROM read").fetchall() == [(len(table),)]


def test_polars(kg: gk.KnowledgeGraph) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(kg.select(PARTNERS))
    assert frame.filter(pl.col("city") == ROME).height > 1
    triples = kg.construct(
        "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a glocal:City ; rdfs:label ?l }"
    )
    assert pl.DataFrame(triples).columns == ["subject", "predicate", "object"]


def test_triples(kg: gk.KnowledgeGraph, tmp_path) -> None:
    triples = kg.construct("DESCRIBE practice:kigali-agriculture")
    frame = triples.to_pandas(language=True, labels=True)
    assert list(frame.columns)[:2] == ["subject", "subject_label"]
    assert len(frame) == len(triples)
    assert "en" in set(frame["object_language"].dropna())
    graph = triples.to_networkx()
    node = graph.nodes["https://w3id.org/glocal/id/practice/kigali-agriculture"]
    assert node["iri"] == "practice:kigali-agriculture"
    assert node["kind"].startswith("glocal:")
    nx.write_graphml(graph, tmp_path / "x.graphml")
    nx.write_gexf(graph, tmp_path / "x.gexf")


def test_findings(kg: gk.KnowledgeGraph) -> None:
    own = kg.copy()
    own.add(gk.Text("<urn:x> a <https://w3id.org/glocal/ontology#Practice> .", "turtle"))
    frame = own.validate(source="mine").to_pandas()
    assert str(frame["line"].dtype) == "Int64"
    assert frame.groupby("shape").size().sum() == len(frame)
    assert frame["cause"].str.endswith((".", "?")).all()
