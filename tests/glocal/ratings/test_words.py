"""Every reason, note and interval of a figure has its Italian and French form."""

from __future__ import annotations

import re

import pytest

from glocal_kg._glocal.ratings.rating import rate
from glocal_kg._glocal.ratings.rating_tables import read_ratings
from glocal_kg._glocal.ratings.words import said

TABLES = {
    "gaps": ("1-5", "ordinal", [[1, 2, None], [3, 3, 4], [5, 4, 4], [None, 1, 1]]),
    "one value": ("1-5", "ordinal", [[3, 3], [3, 3]]),
    "no pair": ("1-5", "ordinal", [[3, None], [None, 3]]),
    "one rater constant": ("1-5", "ordinal", [[3, 1], [3, 2], [3, 3]]),
    "below zero": ("-2..2", "interval", [[-1, 1], [2, 2]]),
    "labels": (None, "nominal", [["a", "b"], ["b", "b"], ["a", "a"]]),
    "not declared": (None, "ordinal", [[1, 2], [3, 3], [2, 2]]),
    "no variation between": ("1-5", "interval", [[1, 1, 2], [1, 1, None]]),
}


def phrases():
    for scale, level, rows in TABLES.values():
        listed = [
            {"unit": n, **{f"r{k}": cell for k, cell in enumerate(row)}}
            for n, row in enumerate(rows)
        ]
        report = rate(read_ratings(listed, scale=scale, level=level), resamples=30)
        for agreement in report.all():
            yield agreement.scale.text()
            for figure in (*agreement.figures, *(one for _, one in agreement.without)):
                yield figure.text()
                yield figure.note
                if figure.interval and figure.value is not None:
                    yield figure.interval.text()


@pytest.mark.parametrize("language", ["it", "fr"])
def test_nothing_stays_english(language):
    found = {text for text in phrases() if re.search("[a-z]", text)}
    assert len(found) > 20
    stayed = [text for text in found if said(text, language) == text]
    assert stayed == []
    mixed = [said(text, language) for text in found]
    for english in ("rating", "raters", " of ", " the ", "undefined", "value", "given"):
        assert [text for text in mixed if english in text] == []


def test_another_language_stays_english():
    assert said("no variation, one value only", "de") == "no variation, one value only"


def test_criteria_that_are_written_almost_alike_are_told():
    def rated(*criteria):
        rows = [
            {"unit": f"a{n}", "criterion": one, "rater": rater, "score": n + 1}
            for one in criteria
            for n in range(3)
            for rater in ("ann", "bob")
        ]
        return rate(read_ratings(rows, scale="1-3", level="ordinal"), resamples=0).to_text()

    assert "almost alike, universality and universalty" in rated("universality", "universalty")
    assert "alike" not in rated("universality", "locality")


def test_one_rating_that_is_missing_is_one():
    rows = [{"unit": n, "r0": 1 + n, "r1": 3 - n, "r2": None if n else 1} for n in range(2)]
    text = rate(read_ratings(rows, scale="1-3", level="ordinal"), resamples=0).to_text()
    assert "1 rating missing" in text
    assert "1 ratings missing" not in text
