"""Ratings that stand in a graph: real and made up, from one source or all."""

from __future__ import annotations

import pytest

from glocal_kg._glocal.ratings.from_graph import ratings_of
from glocal_kg._glocal.ratings.rating import rate
from glocal_kg.errors import ReadError

from ..conftest import CORPUS, GRAPH, RATINGS, assessment, graph_of

EX = "https://example.org/"


def test_assessments_are_ratings_with_their_evidence(corpus):
    ratings = ratings_of(corpus)
    assert repr(ratings) == "<Ratings: 9 ratings of 3 units by 2 raters on 2 criteria>"
    assert ratings.sources == (GRAPH + "-1",)
    assert {len(scale.values) for scale in ratings.scales} == {5}
    (detail,) = ratings.details.values()
    assert (detail.evidence, detail.confidence, detail.date) == ("yearly report", 0.8, "2026-03-01")
    report = rate(ratings, resamples=0)
    assert report["universality"].paired == 2
    assert report["concreteness"].disputes[0].unit == EX + "choirs"
    assert "meeting of choirs: Ann 1, Bob 5" in report.to_text()


def test_made_up_ratings_never_mix_with_real_ones(corpus):
    made_up = assessment("s-1", "port", "universality", "bob", 1).replace(
        "glocal:Assessment", "glocal:SyntheticAssessment"
    )
    both = assessment("s-2", "school", "universality", "bob", 1, "; a glocal:SyntheticAssessment")
    kg = graph_of(CORPUS, RATINGS, made_up, both)
    assert len(ratings_of(kg)) == len(ratings_of(corpus))
    synthetic = ratings_of(kg, synthetic=True)
    assert (len(synthetic), synthetic.synthetic) == (2, True)


def test_sources_are_chosen_and_interpretations_left_out(corpus):
    assert len(ratings_of(corpus, source="mine")) == 9
    assert len(ratings_of(corpus, source=GRAPH)) == 0
    assert len(ratings_of(corpus, source=[GRAPH, GRAPH + "-1"])) == 9


def test_a_score_given_twice_is_refused_with_both(corpus):
    again = assessment("again", "choirs", "universality", "ann", 1)
    kg = graph_of(CORPUS, RATINGS, again)
    with pytest.raises(ReadError, match=r"ann scores choirs on universality 2 times: .*again"):
        ratings_of(kg)
    assert len(ratings_of(kg, source=GRAPH + "-1")) == 9


def test_a_score_off_the_scale_is_refused():
    kg = graph_of(CORPUS, assessment("a", "choirs", "universality", "ann", 6))
    with pytest.raises(ReadError, match="value '6', which is not on the scale 1, 2, 3, 4, 5"):
        ratings_of(kg)


def test_no_assessments_are_no_ratings_and_no_error():
    assert len(ratings_of(graph_of(CORPUS))) == 0
