"""The coefficients on tables of our own: by hand, beside other libraries, and where none is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import krippendorff
import numpy as np
import pytest

import glocal_kg as gk
from glocal_kg._glocal.ratings.agreement import disagreement
from glocal_kg._glocal.ratings.bootstrap import draws, interval
from glocal_kg._glocal.ratings.coefficients import COEFFICIENTS, coefficient, thresholds
from glocal_kg._glocal.ratings.rating import agree
from glocal_kg._glocal.ratings.ratings import MISSING, Matrix
from glocal_kg._glocal.ratings.scale import LEVELS, Scale
from glocal_kg.errors import GlocalError, NotFoundError, ParameterError

FIVE = Scale((1, 2, 3, 4, 5))


def table(rows: Sequence[Sequence[int | None]], scale: Scale = FIVE) -> Matrix:
    """A table of values, None where a rating is missing."""
    codes = [[MISSING if v is None else scale.values.index(v) for v in row] for row in rows]
    return Matrix(
        tuple(f"u{n}" for n in range(len(rows))),
        tuple("abcdefghij"[: len(rows[0])]),
        np.array(codes, np.int32),
        scale,
    )


def value(matrix: Matrix, name: str) -> float | None:
    return agree(matrix, names=[name], resamples=0)[name].value


def reason(matrix: Matrix, name: str) -> str:
    figure = agree(matrix, names=[name], resamples=0)[name]
    assert figure.value is None
    return figure.undefined


def random_table(seed: int, units: int = 30, raters: int = 4, gaps: float = 0.2) -> Matrix:
    """Ratings that agree somewhat, as real ones do."""
    generator = np.random.default_rng(seed)
    true = generator.integers(0, 5, units)
    codes = np.clip(true[:, None] + generator.integers(-1, 2, (units, raters)), 0, 4)
    codes[generator.random((units, raters)) < gaps] = MISSING
    names = (tuple(map(str, range(units))), tuple(map(str, range(raters))))
    return Matrix(*names, codes.astype(np.int32), FIVE)


# By hand


def test_two_raters_by_hand():
    # agree on 3 of 4; a says 1,1,2,2, b says 1,2,2,2: expected agreement 1/2 * 1/4 + 1/2 * 3/4
    matrix = table([[1, 1], [1, 2], [2, 2], [2, 2]], Scale((1, 2)))
    assert value(matrix, "percent") == 0.75
    assert value(matrix, "cohen") == pytest.approx(0.5)
    # shares 3/8 and 5/8: Scott expects 34/64, AC1 30/64 / (2 - 1)
    assert value(matrix, "scott") == pytest.approx((48 / 64 - 34 / 64) / (30 / 64))
    assert value(matrix, "ac1") == pytest.approx((48 / 64 - 30 / 64) / (34 / 64))
    # 8 values, 3 and 5 of each; one unit with a disagreement: 1 - 7 * 2 / (2 * 3 * 5)
    assert value(matrix, "alpha nominal") == pytest.approx(1 - 14 / 30)


def test_weighted_kappa_takes_the_whole_scale_and_not_the_values_that_occur():
    rows = [[1, 1], [1, 2], [2, 2], [5, 5], [5, 2], [2, 1]]
    whole = value(table(rows), "cohen quadratic")
    ours = [[1, 1], [1, 2], [2, 2], [3, 3], [3, 2], [2, 1]]
    squeezed = value(table(ours, Scale((1, 2, 3))), "cohen quadratic")
    assert whole != pytest.approx(squeezed)
    left, right = zip(*rows, strict=True)
    wanted = cohen_of_statsmodels(np.array(left) - 1, np.array(right) - 1, "quadratic")
    assert whole == pytest.approx(wanted)


def test_values_of_a_declared_scale_count_in_ac1_though_nobody_chose_them():
    rows = [[1, 1], [1, 2], [2, 2], [2, 2]]
    assert value(table(rows), "ac1") != value(table(rows, Scale((1, 2))), "ac1")
    note = agree(table(rows), names=["ac1"], resamples=0)["ac1"].note
    assert note == "counts the 5 values of the declared scale"


def test_the_order_of_raters_and_units_changes_nothing():
    matrix = random_table(1)
    codes = matrix.codes[::-1, ::-1].copy()
    turned = Matrix(matrix.units[::-1], matrix.raters[::-1], codes, FIVE)
    for name in COEFFICIENTS:
        assert value(turned, name) == pytest.approx(value(matrix, name), abs=1e-12), name


def test_alpha_of_ordinal_values_is_blind_to_their_distances():
    matrix = random_table(2)
    stretched = Matrix(matrix.units, matrix.raters, matrix.codes, Scale((1, 2, 10, 70, 999)))
    assert value(stretched, "alpha ordinal") == value(matrix, "alpha ordinal")
    assert value(stretched, "alpha interval") != value(matrix, "alpha interval")


# Beside other libraries, which only the tests that ask them read in: that takes seconds.


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("level", LEVELS)
def test_alpha_is_that_of_krippendorff(seed, level):
    matrix = random_table(seed)
    data = np.where(matrix.codes == MISSING, np.nan, matrix.codes + 1.0).T
    wanted = krippendorff.alpha(data, level_of_measurement=level)
    assert value(matrix, f"alpha {level}") == pytest.approx(wanted, abs=1e-12)


def cohen_of_statsmodels(one: np.ndarray, other: np.ndarray, weights: str | None) -> float:
    """Of two raters whose values are 0 to 4."""
    from statsmodels.stats.inter_rater import cohens_kappa

    counted = np.zeros((5, 5))
    np.add.at(counted, (one, other), 1)
    return float(cohens_kappa(counted, wt=weights, return_results=False))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("name", "weights"),
    [("cohen", None), ("cohen linear", "linear"), ("cohen quadratic", "quadratic")],
)
def test_cohen_is_that_of_statsmodels_averaged_over_pairs(seed, name, weights):
    matrix = random_table(seed)
    found = []
    for one, other in itertools.combinations(matrix.codes.T, 2):
        both = (one != MISSING) & (other != MISSING)
        found.append(cohen_of_statsmodels(one[both], other[both], weights))
    assert value(matrix, name) == pytest.approx(np.mean(found))


@pytest.mark.parametrize("seed", range(5))
def test_fleiss_is_that_of_statsmodels_where_nothing_is_missing(seed):
    from statsmodels.stats.inter_rater import fleiss_kappa

    matrix = random_table(seed, gaps=0)
    counted = np.array([np.bincount(row, minlength=5) for row in matrix.codes])
    assert value(matrix, "fleiss") == pytest.approx(fleiss_kappa(counted))


@pytest.mark.parametrize("seed", range(5))
def test_icc_is_that_of_the_analysis_of_variance(seed):
    matrix = random_table(seed, gaps=0)
    x = matrix.codes + 1.0
    n, k = x.shape
    rows = k * ((x.mean(1) - x.mean()) ** 2).sum() / (n - 1)
    columns = n * ((x.mean(0) - x.mean()) ** 2).sum() / (k - 1)
    rest = x - x.mean(1, keepdims=True) - x.mean(0, keepdims=True) + x.mean()
    error = (rest**2).sum() / ((n - 1) * (k - 1))
    agreed = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    assert value(matrix, "icc 2,1") == pytest.approx(agreed)
    assert value(matrix, "icc 3,k") == pytest.approx((rows - error) / rows)


# Missing is missing


def test_a_unit_without_ratings_changes_nothing():
    matrix = random_table(3)
    gap = np.full((1, 4), MISSING, np.int32)
    more = Matrix((*matrix.units, "x"), matrix.raters, np.vstack([matrix.codes, gap]), FIVE)
    for name in COEFFICIENTS:
        assert value(more, name) == pytest.approx(value(matrix, name), abs=1e-12), name


def test_a_unit_of_one_rater_counts_for_the_shares_of_fleiss_and_for_nothing_in_alpha():
    rows = [[1, 1], [1, 2], [2, 2], [2, 2]]
    more = [*rows, [1, None]]
    assert value(table(more), "alpha nominal") == value(table(rows), "alpha nominal")
    assert value(table(more), "fleiss") != value(table(rows), "fleiss")
    note = agree(table(more), names=["fleiss"], resamples=0)["fleiss"].note
    assert note == "1 rating missing: averaged over units as by Gwet 2014"


# Where there is no value


def test_without_variation_nothing_but_the_percentage_has_a_value():
    matrix = table([[3, 3, 3]] * 4)
    for name in COEFFICIENTS:
        if name == "percent":
            assert value(matrix, name) == 1
        else:
            assert "no variation, one value only" in reason(matrix, name)


def test_without_a_pair_nothing_has_a_value():
    matrix = table([[1, None], [None, 2], [3, None]])
    assert {reason(matrix, name) for name in COEFFICIENTS} == {
        "no unit was rated by two raters",
    }


def test_kappa_of_a_constant_rater_is_undefined_and_names_them():
    matrix = table([[3, 1], [3, 2], [3, 3]])
    told = "in every pair of raters one gave one value only: a"
    assert {reason(matrix, f"cohen{w}") for w in ("", " linear", " quadratic")} == {told}
    assert value(matrix, "alpha nominal") is not None


def test_a_constant_rater_among_three_is_left_out_of_the_mean_and_said():
    matrix = table([[3, 1, 1], [3, 2, 2], [3, 3, 4]])
    figure = agree(matrix, names=["cohen"], resamples=0)["cohen"]
    assert figure.value == value(table([[1, 1], [2, 2], [3, 4]]), "cohen")
    assert figure.note == "mean over 3 pairs of raters (Light 1971), 2 of them without a value"


def test_labels_have_no_distances_and_undeclared_ones_no_order():
    declared = Scale(("low", "high"))
    matrix = table([["low", "low"], ["low", "high"], ["high", "high"]], declared)
    assert value(matrix, "alpha ordinal") is not None
    assert reason(matrix, "alpha interval").startswith("the values are labels")
    assert reason(matrix, "icc 2,1").startswith("the values are labels")
    found = Scale.of_values(["low", "high"])
    undeclared = Matrix(matrix.units, matrix.raters, matrix.codes, found)
    assert reason(undeclared, "alpha ordinal") == "the order of the labels is not declared"
    assert reason(undeclared, "cohen linear") == "the order of the labels is not declared"
    assert value(undeclared, "alpha nominal") is not None


def test_a_scale_below_zero_has_no_ratios():
    matrix = table([[-1, 1], [0, 1], [1, 1]], Scale((-1, 0, 1)))
    assert reason(matrix, "alpha ratio") == "the scale has values below zero"


def test_scott_is_of_two_raters():
    assert reason(random_table(1), "scott") == "it is of two raters, and there are 4"


def test_icc_needs_two_complete_units_that_vary():
    assert reason(table([[1, 2], [2, None]]), "icc 1,1").startswith("1 unit was rated by all")
    assert reason(table([[1, 2], [1, 2]]), "icc 3,k").startswith("the units that all raters")


def test_a_figure_without_a_value_is_no_number():
    figure = agree(table([[3, 3]]), names=["cohen"], resamples=0)["cohen"]
    with pytest.raises(GlocalError, match="cohen has no value: no variation"):
        float(figure)


def test_an_unknown_coefficient_is_told_with_all_names():
    with pytest.raises(NotFoundError, match="alpha ordinal"):
        coefficient("kappa")


# Thresholds, intervals, leaving out, disputes


def test_thresholds_are_numbers_with_their_author_and_no_verdict():
    for name in COEFFICIENTS:
        for threshold in thresholds(name):
            assert threshold.values == tuple(sorted(threshold.values))
            assert any(character.isdigit() for character in threshold.source)


def test_an_interval_is_the_same_each_time_and_another_with_another_seed():
    matrix, alpha = random_table(4), coefficient("alpha ordinal")
    first = interval(alpha, matrix, seed=7, resamples=500)
    assert first == interval(alpha, matrix, seed=7, resamples=500)
    assert first != interval(alpha, matrix, seed=8, resamples=500)
    assert first.low < value(matrix, "alpha ordinal") < first.high


@pytest.mark.parametrize("name", list(COEFFICIENTS))
def test_a_resample_has_the_value_of_the_table_it_draws(name):
    matrix = random_table(5, units=12, raters=2, gaps=0.1)
    rated = np.flatnonzero((matrix.codes != MISSING).any(axis=1))
    drawn = rated[np.random.default_rng(3).integers(0, len(rated), (20, len(rated)))]
    found = draws(coefficient(name), matrix, 3, 20)
    for units, got in zip(drawn, found, strict=True):
        again = Matrix(tuple(map(str, range(len(units)))), matrix.raters, matrix.codes[units], FIVE)
        wanted = value(again, name)
        assert (np.isnan(got) and wanted is None) or got == pytest.approx(wanted, abs=1e-9)


def test_resamples_without_a_value_are_counted():
    matrix = table([[1, 1], [1, 1], [1, 2]])
    found = interval(coefficient("alpha nominal"), matrix, seed=1, resamples=2000)
    # a draw of three that never takes the third unit: (2/3)^3
    assert found.without_value == pytest.approx(2000 * 8 / 27, rel=0.1)
    none = interval(coefficient("alpha nominal"), table([[3, 3]]), seed=1, resamples=10)
    assert (none.low, none.without_value) == (None, 10)


def test_a_draw_without_a_complete_unit_has_no_icc():
    matrix = table([[1, 2], [3, 3], [5, None], [2, None], [4, None]])
    found = interval(coefficient("icc 2,1"), matrix, seed=1, resamples=500)
    assert found.without_value > 150


@pytest.mark.parametrize(("told", "message"), [({"share": 1.5}, "none"), ({"resamples": 0}, "few")])
def test_an_interval_that_cannot_be_is_refused(told, message):
    with pytest.raises(ParameterError, match=message):
        interval(coefficient("percent"), table([[1, 1]]), seed=1, **told)


def test_each_rater_is_left_out_in_turn():
    matrix = random_table(6)
    for place, (rater, figure) in enumerate(agree(matrix, resamples=0).without):
        rest = np.delete(matrix.codes, place, axis=1)
        alone = Matrix(matrix.units, matrix.raters[:3], rest, FIVE)
        assert rater == matrix.raters[place]
        assert figure.value == value(alone, "alpha ordinal")


def test_disputed_units_come_first_and_weigh_up_to_alpha():
    matrix = table([[1, 1, 1], [1, 5, 3], [2, 2, None], [4, 5, 4], [3, None, None]])
    disputes = agree(matrix, resamples=0).disputes
    assert [one.unit for one in disputes] == ["u1", "u3"]
    assert disputes[0].values == {"a": 1, "b": 5, "c": 3}
    apart = disagreement(matrix, "ordinal")
    assert np.isnan(apart[4])
    rated = np.array([3, 3, 2, 3])
    assert value(matrix, "alpha ordinal") == pytest.approx(
        1 - (apart[:4] * rated).sum() / rated.sum()
    )


@pytest.mark.parametrize("resamples", [-1, -1000])
def test_how_many_resamples_are_taken_is_said_as_it_is(resamples):
    matrix = table([[1, 1], [2, 2], [1, 2]])
    with pytest.raises(ParameterError, match="Take at least 1, as a rule 1000; with 0"):
        agree(matrix, names=["ac1"], resamples=resamples)
    assert agree(matrix, names=["ac1"], resamples=1)["ac1"].interval is not None
    assert agree(matrix, names=["ac1"], resamples=0)["ac1"].interval is None


def test_a_share_of_a_variance_below_zero_is_undefined():
    rows = [{"unit": "a", "x": 2, "y": 5, "z": 1}, {"unit": "b", "x": 3, "y": 1, "z": 4}]
    # R = 0, C = 1/6, E = 6.5, n = 2: below R + (C - E) / n = -3.17 stands R - E = -6.5.
    figure = gk.rate(gk.read_ratings(rows, scale="1-5"), resamples=20)[""]["icc 2,k"]
    assert (figure.value, figure.undefined) == (
        None, "the variance of all ratings is estimated below zero",
    )  # fmt: skip
    rows += [{"unit": "c", "x": 5, "y": 5, "z": 4}, {"unit": "d", "x": 1, "y": 1, "z": 2}]
    figure = gk.rate(gk.read_ratings(rows, scale="1-5"), seed=1)[""]["icc 2,k"]
    assert figure.value is not None
    assert figure.interval.high <= 1  # no draw with such a variance is in it
