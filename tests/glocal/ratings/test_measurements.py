"""Figures that go back into a graph, and the picture of the scores."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, serialize

from glocal_kg._glocal.ratings.from_graph import ratings_of
from glocal_kg._glocal.ratings.measurements import measurements
from glocal_kg._glocal.ratings.rating import rate
from glocal_kg._glocal.ratings.rating_tables import read_ratings
from glocal_kg._glocal.ratings.spread import draw_spread, spreads
from glocal_kg.errors import ParameterError

from ..conftest import GRAPH


def test_figures_go_back_with_value_interval_and_provenance(corpus):
    report = rate(ratings_of(corpus), resamples=50, coefficients=["alpha ordinal", "scott"])
    quads = measurements(report, "My corpus", date="2026-11-30")
    assert {quad.graph_name.value for quad in quads} == {
        "https://w3id.org/glocal/graph/measurements/my-corpus"
    }
    assert corpus.add(quads) == len(quads)
    rows = corpus.query(
        """PREFIX dqv: <http://www.w3.org/ns/dqv#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX glocal: <https://w3id.org/glocal/ontology#>
        SELECT ?criterion ?value ?on ?date { ?m a dqv:QualityMeasurement ; dqv:value ?value ;
          dqv:computedOn ?on ; glocal:onCriterion ?criterion ;
          dqv:isMeasurementOf <https://w3id.org/glocal/id/metric/alpha-ordinal> ;
          prov:wasGeneratedBy/<http://purl.org/dc/terms/date> ?date } ORDER BY ?criterion"""
    )
    assert [row.value for row in rows] == [
        report["concreteness"]["alpha ordinal"].value,
        report["universality"]["alpha ordinal"].value,
    ]
    assert {row.on.value for row in rows} == {GRAPH + "-1"}
    assert {str(row.date) for row in rows} == {"2026-11-30"}
    # rated again, the measurements are not ratings
    assert len(ratings_of(corpus)) == len(report.ratings)


def test_a_figure_without_a_value_says_why():
    ratings = read_ratings([{"unit": "a", "x": 3, "y": 3}], scale="1-5")
    report = rate(ratings, resamples=10, coefficients=["cohen"])
    quads = measurements(report, "x", date="2026-01-01", about="https://example.org/table")
    text = serialize(quads, format=RdfFormat.N_QUADS).decode()
    assert "undefined: no variation, one value only" in text
    assert "dqv#value>" not in text


def test_the_same_report_gives_the_same_quads_and_made_up_ones_lie_apart():
    rows = [{"unit": n, "x": n % 3, "y": n % 2} for n in range(6)]
    ratings = read_ratings(rows, scale="0-2", synthetic=True)
    made = [
        measurements(rate(ratings, resamples=20), "x", date="2026-01-01", about="urn:x")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    graph = NamedNode("https://w3id.org/glocal/graph/measurements/synthetic/x")
    assert {quad.graph_name for quad in made[0]} == {graph}
    assert "no finding" in str(made[0])


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"date": "today", "about": "urn:x"}, "'today' is none"),
        ({"date": "2026-01-01"}, "what was measured"),
        ({"date": "2026-01-01", "about": "urn:x", "name": "§"}, "no letter or digit"),
    ],
)
def test_what_cannot_be_recorded_is_refused(told, message):
    report = rate(read_ratings([{"unit": "a", "x": 3, "y": 3}]), resamples=0)
    with pytest.raises(ParameterError, match=message):
        measurements(report, told.pop("name", "x"), **told)


def test_the_spread_of_scores_is_counted_and_drawn(corpus):
    ratings = ratings_of(corpus)
    by_criterion = {spread.criterion: spread for spread in spreads(ratings)}
    assert by_criterion["universality"].counts == (0, 2, 1, 1, 1)
    assert by_criterion["universality"].quartiles == (2, 3, 4)
    assert by_criterion["concreteness"].counts == (1, 1, 1, 0, 1)
    for language, word in (("en", "median 3"), ("it", "mediana 3"), ("fr", "médiane 3")):
        svg = draw_spread(ratings, language).svg
        ElementTree.fromstring(svg)
        assert word in svg
        assert "universality: 1: 0, 2: 2, 3: 1, 4: 1, 5: 1." in svg
    assert draw_spread(ratings).png(width=300)[:4] == b"\x89PNG"


def test_labels_without_an_order_have_no_median():
    rows = [{"unit": "a", "x": "red", "y": "blue"}]
    (spread,) = spreads(read_ratings(rows, level="nominal"))
    assert spread.quartiles is None
    assert "median" not in draw_spread(read_ratings(rows, level="nominal")).svg
