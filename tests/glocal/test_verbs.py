"""The verbs of the study on a graph, and the names through the door."""

from __future__ import annotations

import pytest

import glocal_kg as gk

EX = "https://example.org/"
MAPPING = """name: corpus
language: en
things:
  town:
    class: glocal:City
    key: name
    columns:
      name: rdfs:label
      lat: {property: geo:lat, type: number}
      long: {property: geo:long, type: number}
"""


def test_things_are_got_from_the_graph(corpus):
    assert len(corpus.practices(participant=EX + "rome")) == 2
    assert corpus.cities()[2].label == "Rome"
    assert isinstance(corpus.get(EX + "port"), gk.Practice)


def test_ratings_are_rated(corpus):
    report = corpus.rate(resamples=0, coefficients=["percent"])
    assert report["universality"]["percent"].value == 0.5
    assert isinstance(corpus.ratings(), gk.Ratings)
    assert gk.rate(corpus.ratings(), resamples=0).overall.units == 5
    assert len(report.to_pandas()) == 3
    corpus.add(gk.measurements(report, "x", date="2026-11-30"))


def test_networks_are_measured_and_written(corpus, tmp_path):
    graph = corpus.network()
    assert gk.measure(graph).pairs == 3
    assert gk.export(graph, tmp_path / "net.geojson").exists()


def test_maps_show_themselves(corpus):
    picture = corpus.map(world=True, size="phone")
    assert isinstance(picture, gk.Picture)
    assert picture._repr_svg_().startswith("<svg")


def test_a_report_is_written(corpus, tmp_path):
    written = corpus.report(resamples=5, title="Mine").write(tmp_path / "report.html")
    assert "<h1>Mine</h1>" in written[0].read_text(encoding="utf-8")


def test_all_verbs_read_the_name_of_a_source_alike(tmp_path):
    table = tmp_path / "corpus.csv"
    table.write_text("name,lat,long\nSuva,-18.14,178.44\n", encoding="utf-8")
    mapping = tmp_path / "corpus.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    kg = gk.load()
    kg.import_table(table, mapping, match=False)
    for source in ("corpus", "corpus.csv", ["corpus"]):
        assert [city.label for city in kg.cities(source=source)] == ["Suva"]
        kg.practices(source=source)
        kg.network(source=source)
        kg.ratings(source=source)
        with pytest.warns(UserWarning, match="Nobody takes part"):
            kg.map(world=True, source=source)
        kg.map(practices=source)
    for ask in (
        kg.cities,
        kg.network,
        kg.ratings,
        lambda source: kg.map(world=True, source=source),
    ):
        with pytest.raises(gk.NotFoundError, match="no graph 'nowhere'"):
            ask(source="nowhere")
