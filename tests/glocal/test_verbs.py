"""The verbs of the study on a graph, and the names through the door."""

from __future__ import annotations

import glocal_kg as gk

EX = "https://example.org/"


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
