"""What a pandas user writes first just works, and so does what reads Arrow."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import glocal_kg as gk
from glocal_kg import publishing
from glocal_kg._study.vocab import GLOCAL

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
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    interchange = pytest.importorskip("pyarrow.interchange", reason="pyarrow is not installed")
    table = kg.select(PARTNERS)
    read = pa.table(table)
    assert read.column("city").to_pylist() == table.to_pandas()["city"].tolist()
    assert interchange.from_dataframe(table).num_rows == len(table)
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    assert duckdb.sql("SELECT count(*) FROM read").fetchall() == [(len(table),)]


def test_polars(kg: gk.KnowledgeGraph) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
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


def test_what_is_told_of_things_and_terms_is_a_frame_too() -> None:
    kg = gk.load()
    said = kg.describe("Kigali").to_pandas()
    assert len(said) == len(kg.describe("Kigali").said)
    lies = said[said["property_iri"] == GLOCAL.locatedIn.value].iloc[0]
    assert (lies["value"], lies["value_iri"]) == ("Rwanda", ROME.replace("rome", "rwanda"))
    schema = kg.schema()
    frame = schema.to_pandas()
    assert len(frame) == len(schema.classes) + len(schema.properties)
    assert frame.set_index("name").loc["glocal:City", "used"] == next(
        one.used for one in schema.classes if one.name == "glocal:City"
    )
    assert "glocal:City" in schema._repr_html_()
    assert kg.search("kigali").to_pandas()["iri"].str.startswith("http").all()


def test_findings_of_all_kinds_are_frames(tmp_path: Path) -> None:
    table = tmp_path / "cities.csv"
    table.write_text("id,name,inhabitants\n1,Turin,12 km\n", encoding="utf-8")
    mapping = tmp_path / "cities.yaml"
    mapping.write_text(
        "name: cities\nthings:\n  city:\n    class: glocal:City\n    key: id\n    columns:\n"
        "      name: rdfs:label\n      inhabitants: {property: gn:population, type: whole}\n"
    )
    found = gk.KnowledgeGraph().import_table(table, mapping, match=False)
    assert found.findings.to_pandas()["rule"].tolist() == [one.rule for one in found.findings]
    assert "not-" in found._repr_html_()
    assert str(found) == found.summary()
    mine = gk.KnowledgeGraph()
    mine.add(gk.Text("<urn:a> a <urn:B> .", "turtle"))
    changes = publishing.compare(gk.KnowledgeGraph(), mine).to_pandas()
    assert changes["step"].notna().all()
    assert len(changes) == 1


def test_practices_have_the_types_of_a_table(kg: gk.KnowledgeGraph) -> None:
    frame = kg.practices().to_pandas()
    assert str(frame.dtypes["start"]).startswith("datetime64")
    assert set(frame["start_precision"].dropna()) <= {"day", "month", "year"}
    starts = kg.select("SELECT ?x ?d { ?x a glocal:Practice ; schema:startDate ?d }").to_pandas()
    mine = frame.set_index("iri")["start"].dropna()
    assert mine.to_dict() == starts.set_index("x")["d"].to_dict()
    assert "object" not in set(map(str, frame.dtypes)) | set(
        map(str, kg.cities().to_pandas().dtypes)
    )


def test_a_solution_without_variables_is_a_row(kg: gk.KnowledgeGraph) -> None:
    assert kg.select("SELECT * { place:rome a glocal:City }").to_pandas().shape == (1, 0)
    assert kg.select("SELECT * { place:rome a glocal:Practice }").to_pandas().shape == (0, 0)


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "2002-01-01T00:00:00.1234567Z"],
)
def test_a_moment_that_no_frame_can_hold_is_a_text(text):
    kind = "http://www.w3.org/2001/XMLSchema#dateTime"
    found = gk.KnowledgeGraph().select(f'SELECT ?when {{ VALUES ?when {{ "{text}"^^<{kind}> }} }}')
    assert found.to_pandas()["when"].tolist() == [text]
