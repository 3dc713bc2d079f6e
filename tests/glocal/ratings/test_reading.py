"""Ratings from tables: wide and long, scales, gaps, and errors that say where."""

from __future__ import annotations

import pandas as pd
import pytest

from glocal_kg._cli import run
from glocal_kg._glocal.ratings.rating import rate
from glocal_kg._glocal.ratings.rating_tables import read_ratings
from glocal_kg._glocal.ratings.scale import Scale
from glocal_kg.errors import GlocalError, ParameterError, ReadError

LONG = """practice,criterion,rater,score,evidence,confidence,date,comment
fair,universality,ann,4,yearly report,0.8,2026-03-01,x
fair,universality,bob,5,,,,
fair,sustainability,ann,2,,,2026,
farm,universality,ann,,,,,
farm,universality,bob,3,,,,
"""


def file(tmp_path, text, name="ratings.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_long_table_keeps_evidence_confidence_and_date(tmp_path):
    ratings = read_ratings(file(tmp_path, LONG), scale="1-5")
    assert ratings.criteria == ("universality", "sustainability")
    assert len(ratings) == 4
    detail = ratings.details[0]
    assert (detail.evidence, detail.confidence, detail.date) == ("yearly report", 0.8, "2026-03-01")
    assert ratings.details[2].date == "2026"
    assert set(ratings.details) == {0, 2}
    matrix = ratings.matrix("universality")
    assert matrix.units == ("fair", "farm")
    assert matrix.codes.tolist() == [[3, 4], [-1, 2]]


def test_wide_and_long_forms_of_the_same_ratings_agree(tmp_path):
    wide = file(tmp_path, "unit;ann;bob\nu1;1;2\nu2;;3\nu3;2;2\n")
    long = file(
        tmp_path,
        "unit\trater\tscore\nu1\tann\t1\nu1\tbob\t2\nu2\tbob\t3\nu3\tann\t2\nu3\tbob\t2\n",
        "ratings.tsv",
    )
    one, other = (read_ratings(path, scale="1-3").matrix() for path in (wide, long))
    assert (one.units, one.raters, one.codes.tolist()) == (
        other.units,
        other.raters,
        other.codes.tolist(),
    )


def test_a_data_frame_is_read_with_its_gaps():
    frame = pd.DataFrame({"unit": ["a", "b"], "ann": [1.0, None], "bob": [2, 3]})
    assert read_ratings(frame, scale="1-3").matrix().codes.tolist() == [[0, 1], [-1, 2]]
    whole = frame.astype({"ann": "Int64"})
    assert read_ratings(whole, scale="1-3").matrix().codes.tolist() == [[0, 1], [-1, 2]]


def test_na_is_a_value_until_it_is_named_as_missing(tmp_path):
    path = file(tmp_path, "unit,ann,bob\nu1,1,NA\nu2,2,2\n")
    with pytest.raises(ReadError, match=r"ratings.csv:2: bob gave u1 the value 'NA'"):
        read_ratings(path, scale="1-3")
    with pytest.raises(ReadError, match=r"'NA' is no number.*missing=\['NA'\]"):
        read_ratings(path)
    assert len(read_ratings(path, missing=["NA"])) == 3


@pytest.mark.parametrize("cell", ["6", "3,5", "nan", "inf", "1_0", "three"])
def test_what_is_not_on_the_scale_is_named_with_its_line(tmp_path, cell):
    path = file(tmp_path, f'unit,ann,bob\nu1,1,2\nu2,"{cell}",2\n')
    with pytest.raises(ReadError, match=r"ratings.csv:3: ann gave u2 the value .*1, 2, 3, 4, 5"):
        read_ratings(path, scale="1-5")


def test_one_number_written_in_several_ways_is_one_value():
    rows = [{"unit": "a", "x": "3", "y": 3.0}, {"unit": "b", "x": " 3.0", "y": "03"}]
    assert set(read_ratings(rows, scale="1-5").code.tolist()) == {2}


def test_a_rating_given_twice_is_refused_with_both_lines():
    rows = [
        {"unit": "a", "rater": "x", "score": 1},
        {"unit": "a", "rater": "y", "score": 1},
        {"unit": "a", "rater": "x", "score": 2},
    ]
    with pytest.raises(ReadError, match=r"x rates a twice \(first in line 2\): 1 and 2"):
        read_ratings(rows, scale="1-5")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "No column says which unit"),
        ("unit\nu1\n", "no column for a rater"),
        ("unit,ann,Ann\nu1,1,2\n", "twice"),
        ("unit,ann\n,1\n", "no unit"),
        ("unit,criterion,ann\nu,,1\n", "no criterion"),
        ("unit,rater,score\nu,,1\n", "no rater"),
        ("unit,ann,bob\nu1,1\n", "2 cells"),
        ("unit,rater,score,confidence\nu,x,1,1.5\n", "confidence '1.5'"),
        ("unit,rater,score,date\nu,x,1,1/2/03\n", "date '1/2/03'"),
    ],
)
def test_what_is_no_table_of_ratings_is_refused(tmp_path, text, message):
    with pytest.raises(ReadError, match=message):
        read_ratings(file(tmp_path, text))


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        read_ratings(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"unit,x\nu\xe9,1\n")
    with pytest.raises(ReadError, match="not UTF-8"):
        read_ratings(tmp_path / "latin.csv")


@pytest.mark.parametrize("text", ["5-1", "1", "a,a", "1-9999"])
def test_a_scale_that_is_none(text):
    with pytest.raises(ParameterError):
        Scale.read(text)


def test_labels_are_no_interval_scale():
    with pytest.raises(ParameterError, match="no distances"):
        Scale.read("low,high", "interval")


def test_a_scale_for_each_criterion(tmp_path):
    path = file(tmp_path, LONG)
    ratings = read_ratings(path, scale={"universality": "1-5", "sustainability": "1,2"})
    assert [len(scale.values) for scale in ratings.scales] == [5, 2]
    report = rate(ratings, resamples=0)
    assert report.overall is None
    assert report.no_overall == "the criteria have different scales"


def test_the_report_shows_figures_reasons_and_no_verdict(tmp_path):
    report = rate(read_ratings(file(tmp_path, LONG), scale="1-5"), resamples=50)
    text = report.to_text()
    assert "undefined: no unit was rated by two raters" in text
    assert "0.667, 0.8 (Krippendorff 2004" in text
    for word in ("good", "poor", "substantial", "moderate", "fair agreement", "excellent", "nan"):
        assert word not in text.lower().replace("fair:", "")
    assert text == rate(read_ratings(file(tmp_path, LONG), scale="1-5"), resamples=50).to_text()
    assert report.overall is not None
    assert len(report.to_dicts()) == 3 * len(report.criteria[0].figures)
    html = report._repr_html_()
    assert "<table>" in html
    assert "http" not in html


def test_made_up_ratings_say_so(tmp_path):
    report = rate(read_ratings(file(tmp_path, LONG), scale="1-5", synthetic=True), resamples=0)
    assert "no finding" in report.to_text()
    assert "no finding" in report._repr_html_()


def test_overall_draws_practices_and_not_their_single_ratings():
    rows = [
        {"unit": f"u{n}", "criterion": c, "ann": 1 + n % 3, "bob": 1 + (n + n // 5) % 3}
        for n in range(15)
        for c in ("one", "two")
    ]
    ratings = read_ratings(rows, scale="1-3")
    overall = rate(ratings, coefficients=["alpha ordinal"]).overall
    assert overall is not None
    single = rate(ratings, coefficients=["alpha ordinal"]).criteria[0]
    wide, narrow = (one["alpha ordinal"].interval for one in (overall, single))
    # The second criterion repeats the first, so it adds nothing to what is known.
    assert wide.high - wide.low == pytest.approx(narrow.high - narrow.low, abs=0.05)


def test_no_ratings_are_no_agreement():
    with pytest.raises(GlocalError, match="no ratings"):
        rate(read_ratings([{"unit": "a", "x": None}]))


def test_a_stray_label_among_numbers_is_named_with_its_line(tmp_path):
    with pytest.raises(ReadError, match=r"'NA' is no number") as caught:
        read_ratings(file(tmp_path, "unit,ann,bob\na,1,2\nb,3,NA\n"))
    assert caught.value.line == 3


def test_an_empty_table_is_refused():
    with pytest.raises(ReadError, match="empty"):
        read_ratings([])


def test_columns_of_other_names_are_named(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("project,judge,verdict\np,ann,1\np,bob,2\n", encoding="utf-8")
    ratings = read_ratings(path, scale="1-3", unit="project", rater="Judge", score="verdict")
    assert (ratings.units, ratings.raters, len(ratings)) == (("p",), ("ann", "bob"), 2)
    with pytest.raises(ReadError, match=r"columns are project, judge, verdict.* --unit COLUMN"):
        read_ratings(path)
    with pytest.raises(ReadError, match=r"No column says the score.* --score COLUMN"):
        read_ratings(path, unit="project")
    with pytest.raises(ReadError, match="There is no column 'vote'"):
        read_ratings(path, unit="project", score="vote")
    with pytest.raises(ReadError, match="a column for each rater"):
        read_ratings(path, unit="project", score="verdict", form="wide")
    args = ["rate", str(path), "--unit", "project", "--score", "verdict", "-f", "csv"]
    assert run([*args, "--resamples", "5"]) == 0


def test_ratings_are_a_long_table_that_is_read_again():
    pytest.importorskip("pandas", reason="pandas is not installed")
    rows = [
        {"unit": "a", "criterion": "c", "rater": "ann", "score": 4, "date": "2026-03-01"},
        {"unit": "a", "criterion": "c", "rater": "bob", "score": 5, "confidence": 0.5},
        {"unit": "b", "criterion": "c", "rater": "ann", "score": 1, "evidence": "p. 3"},
    ]
    ratings = read_ratings(rows, scale="1-5")
    frame = ratings.to_pandas()
    assert list(frame.columns[:4]) == ["unit", "criterion", "rater", "score"]
    assert frame.attrs["made_by"] == "read_ratings()"
    again = read_ratings(frame, scale="1-5")
    assert again.to_dicts() == ratings.to_dicts()
    assert "p. 3" in ratings._repr_html_()


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13", "0000", "2026-1-1", "32/13/2026"])
def test_a_date_of_a_rating_is_of_the_calendar(tmp_path, day):
    table = tmp_path / "r.csv"
    table.write_text(f"unit,rater,score,date\nu1,ann,1,2026-02-28\nu2,ann,2,{day}\n")
    with pytest.raises(ReadError, match=f"The date '{day}' is none") as told:
        read_ratings(table, scale="1-3")
    assert told.value.line == 3


def test_raters_that_differ_in_capitals_alone_are_asked_about(tmp_path):
    table = tmp_path / "r.csv"
    table.write_text("unit,rater,score\nu1,ann,1\nu2,Ann,2\n")
    with pytest.raises(ReadError, match="'Ann' and 'ann' differ in capital letters alone"):
        read_ratings(table, scale="1-3")
