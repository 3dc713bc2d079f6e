"""Tables: nothing is lost on the way there and back, and the dictionary is true."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from glocal_kg._publish import Release, verify
from glocal_kg._publish import publish as publish_anything
from glocal_kg._publish.dumps import tables as dumped_tables
from glocal_kg._publish.dumps.tables import join_cell, read_tables, split_cell, write_tables
from glocal_kg._publish.gathering.parts import TABLED, write_graphs
from glocal_kg._publish.lines.canonical import canonical_hash
from glocal_kg._study.vocab import shorten
from glocal_kg.errors import GlocalError
from tests.publish.samples import graphs, publish, sample, texts


@given(st.lists(texts, min_size=1))
def test_a_cell_gives_back_its_values(values: list[str]) -> None:
    assert split_cell(join_cell(values)) == values


@given(graphs)
def test_tables_give_back_the_same_graph(quads: list[Quad]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        parts = write_graphs(quads, place / "work")
        tables = write_tables(parts, place / "tables", place / "work", shorten, {})
        assert canonical_hash(read_tables(place, tables)) == canonical_hash(quads)


def test_no_file_stays_open_where_writing_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python warns of such a file when it is collected: in whatever runs by then."""
    opened: list[IO[Any]] = []
    path_open = Path.open

    def kept(path: Path, *given: Any, **named: Any) -> IO[Any]:
        opened.append(path_open(path, *given, **named))
        return opened[-1]

    def full(_: str) -> str:
        raise OSError(28, "No space left on device")

    parts = write_graphs(sample(), tmp_path / "work")
    monkeypatch.setattr(Path, "open", kept)
    monkeypatch.setattr(dumped_tables, "_unpack", full)
    with pytest.raises(OSError, match="No space left"):
        write_tables(parts, tmp_path / "tables", tmp_path / "work", shorten, {})
    assert any(file.name.endswith(".csv") for file in opened)
    assert all(file.closed for file in opened)


def test_the_packaged_tables_give_back_all_that_is_said_of_things(
    packaged_release: Release,
) -> None:
    release = packaged_release
    names = {graph.name for graph in release.facts.graphs if graph.role in TABLED}
    everything = parse(path=str(release.folder / "all.nq"), format=RdfFormat.N_QUADS)
    expected = [quad for quad in everything if getattr(quad.graph_name, "value", "") in names]
    assert len(expected) > 1000
    assert canonical_hash(read_tables(release.folder, release.facts.tables)) == canonical_hash(
        expected
    )


def test_a_table_people_can_read(release: Release) -> None:
    with (release.folder / "tables/city.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rome = next(row for row in rows if row["id"].endswith("rome"))
    assert rome["rdfs:label@en"] == "Rome"
    assert rome["sample:people"] == "02748109"
    assert rome["graph"] == "https://example.org/sample/graph/one"
    assert {row["id"].rpartition("/")[2] for row in rows} == {"rome", "paris"}


def test_the_dictionary_describes_every_column(release: Release) -> None:
    package = json.loads((release.folder / "tables/datapackage.json").read_text(encoding="utf-8"))
    city = next(entry for entry in package["resources"] if entry["name"] == "city")
    fields = {field["name"]: field for field in city["schema"]["fields"]}
    assert fields["sample:people"]["type"] == "integer"
    assert fields["sample:people"]["rdfProperty"] == "https://example.org/sample/terms#people"
    assert fields["sample:people"]["description"].startswith("people Holds a literal")
    assert fields["rdf:type"]["several"]
    assert all(field["description"] for field in fields.values())


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    release = publish(sample(), tmp_path / "dist", parquet=True)
    table = parquet.read_table(tmp_path / "dist/tables/city.parquet")
    rows = {row["id"].rpartition("/")[2]: row for row in table.to_pylist() if row["sample:people"]}
    assert rows["rome"]["sample:people"] == 2748109
    assert rows["paris"]["sample:people"] == 2
    assert len(rows["rome"]["rdf:type"]) == 2
    assert table.num_rows == next(t.rows for t in release.facts.tables if t.name == "city")
    again = publish(sample(), tmp_path / "again", parquet=True)
    one, two = (r.folder / "tables/city.parquet" for r in (release, again))
    assert one.read_bytes() == two.read_bytes()


def test_parquet_without_its_package_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(GlocalError, match="needs pyarrow"):
        publish(sample(), tmp_path / "dist", parquet=True)
    assert list(tmp_path.iterdir()) == []


def test_a_long_text_verifies(tmp_path: Path) -> None:
    thing = NamedNode("https://example.org/long")
    said = Quad(thing, NamedNode("https://example.org/text"), Literal("x" * 200_000))
    about = {"title": "T", "publisher": "P", "base": "https://example.org/r/",
             "license": "https://creativecommons.org/publicdomain/zero/1.0/"}  # fmt: skip
    csv.field_size_limit(131_072)  # Python's own, whatever was read before
    publish_anything([said], tmp_path / "r", version="1.0.0", date="2026-01-31", about=about)
    assert verify(tmp_path / "r") == []
