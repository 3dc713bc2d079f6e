"""Coefficients of agreement, each written as a function of sums over units.

Let unit u be rated by m_u raters, n_uc of them choosing value c; w_u is how often the unit is
counted, 1 for the ratings as they are. A coefficient takes the table and any number of such
weightings, one a row, and gives a value for each, nan where there is none. So a bootstrap over
units is the same formula with other weights, and so is every test of it.

All treat a missing rating as missing. None has a value where it would say nothing: ``lacks``
gives the reason. The papers:

- J. Cohen (1960), A coefficient of agreement for nominal scales. Educ. Psychol. Meas. 20, 37-46.
- J. Cohen (1968), Weighted kappa. Psychological Bulletin 70, 213-220.
- R. J. Light (1971), Measures of response agreement. Psychological Bulletin 76, 365-377.
- W. A. Scott (1955), Reliability of content analysis. Public Opinion Quarterly 19, 321-325.
- J. L. Fleiss (1971), Measuring nominal scale agreement among many raters.
  Psychological Bulletin 76, 378-382.
- K. L. Gwet (2008), Computing inter-rater reliability and its variance in the presence of high
  agreement. Br. J. Math. Stat. Psychol. 61, 29-48; with gaps: Handbook of Inter-Rater
  Reliability, 4th ed. (2014), ch. 2 and 3.
- K. Krippendorff (2019), Content Analysis, 4th ed., ch. 12; (2011), Computing Krippendorff's
  alpha-reliability.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from glocal_kg._glocal.ratings.ratings import AT_ONCE, MISSING, Matrix
from glocal_kg._glocal.ratings.scale import Level

Floats = NDArray[np.float64]
Weighting = Literal["plain", "linear", "quadratic"]

NO_PAIR = "no unit was rated by two raters"
NO_VARIATION = "no variation, one value only"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient: its name, where it comes from, the level of measurement it assumes.

    ``lacks(matrix)`` is the reason why these ratings have no value, or the empty text;
    ``values(matrix, weights)`` has a value for each row of weights. ``note(matrix)`` is what a
    reader of the value must know.
    """

    name: str
    paper: str
    level: Level
    lacks: Callable[[Matrix], str]
    values: Callable[[Matrix, Floats], Floats]
    note: Callable[[Matrix], str] = lambda matrix: ""


# Percent agreement, Scott, Fleiss, Gwet: the share of agreeing pairs, and the shares of values


def percent(matrix: Matrix, weights: Floats) -> Floats:
    """The share of agreeing pairs of raters, averaged over the units that two or more rated.

    p = mean of sum_c n_uc (n_uc - 1) / (m_u (m_u - 1)) over units with m_u >= 2.
    """
    found = matrix.counts
    rated, paired = found.sum(axis=1), matrix.paired
    pairs = np.where(paired, rated * (rated - 1), 1)
    agreeing = (found * (found - 1)).sum(axis=1) / pairs
    return _divide(weights @ (agreeing * paired), weights @ paired.astype(np.float64))


def shares(matrix: Matrix, weights: Floats) -> Floats:
    """The share of each value, averaged over rated units: pi_c = mean of n_uc / m_u."""
    found = matrix.counts
    rated = found.sum(axis=1, keepdims=True)
    each = found / np.where(rated > 0, rated, 1)
    return _divide(weights @ each, (weights @ (rated > 0).astype(np.float64)))


def fleiss(matrix: Matrix, weights: Floats) -> Floats:
    """Fleiss' kappa, and for two raters Scott's pi: (p - e) / (1 - e) with e = sum_c pi_c^2."""
    by_chance = (shares(matrix, weights) ** 2).sum(axis=1)
    return _beyond_chance(percent(matrix, weights), by_chance, matrix, weights)


def ac1(matrix: Matrix, weights: Floats) -> Floats:
    """Gwet's AC1: (p - e) / (1 - e) with e = sum_c pi_c (1 - pi_c) / (q - 1).

    q counts the values of the declared scale, else those that occur.
    """
    share = shares(matrix, weights)
    by_chance = (share * (1 - share)).sum(axis=1) / max(1, len(matrix.scale.values) - 1)
    return _beyond_chance(percent(matrix, weights), by_chance, matrix, weights)


def _beyond_chance(agreed: Floats, by_chance: Floats, matrix: Matrix, weights: Floats) -> Floats:
    found = matrix.counts
    varied = (weights[:, matrix.paired] @ found[matrix.paired] > 0).sum(axis=1) > 1
    return np.where(varied, _divide(agreed - by_chance, 1 - by_chance), np.nan)


# Cohen: pairs of raters, each with the shares of values of its own


def cohen(matrix: Matrix, weights: Floats, weighting: Weighting = "plain") -> Floats:
    """Cohen's kappa of two raters; of more, the mean over all pairs that have one (Light).

    kappa = 1 - n sum_ck v_ck x_ck / sum_ck v_ck x_c. x_.k over the n units that both rated,
    where x_ck counts units with c from one and k from the other, and v_ck is 1 where c and k
    differ (plain), their distance (linear) or its square, over the whole declared scale.
    A pair in which one rater gave one value only has none: kappa would be 0 whatever the other
    did.
    """
    found = [
        _pair(matrix, one, other, weights, weighting)
        for one, other in itertools.combinations(range(len(matrix.raters)), 2)
    ]
    values = np.array(found).reshape(len(found), len(weights))
    have = ~np.isnan(values)
    return _divide(np.where(have, values, 0.0).sum(axis=0), have.sum(axis=0).astype(np.float64))


def _pair(matrix: Matrix, one: int, other: int, weights: Floats, weighting: Weighting) -> Floats:
    size = len(matrix.scale.values)
    both = (matrix.codes[:, [one, other]] != MISSING).all(axis=1)
    cell = matrix.codes[both, one] * size + matrix.codes[both, other]
    used, place = np.unique(cell, return_inverse=True)
    times = weights[:, both] @ np.eye(len(used))[place]
    differ = _differ(matrix.scale.positions, weighting)
    row, column = np.divmod(used, size)
    left, right = (times @ np.eye(size)[side] for side in (row, column))
    expected = np.einsum("bc,ck,bk->b", left, differ, right)
    varied = ((left > 0).sum(axis=1) > 1) & ((right > 0).sum(axis=1) > 1)
    kappa = 1 - times.sum(axis=1) * _divide(times @ differ[row, column], expected)
    return np.where(varied, kappa, np.nan)


def _differ(positions: Floats, weighting: Weighting) -> Floats:
    if weighting == "plain":
        return 1 - np.eye(len(positions))
    apart = np.abs(positions[:, None] - positions)
    return apart if weighting == "linear" else apart**2


# Krippendorff: coincidences of values within units


def alpha(matrix: Matrix, weights: Floats, level: Level = "ordinal") -> Floats:
    """Krippendorff's alpha: 1 - (n - 1) sum_ck o_ck d_ck / sum_ck n_c n_k d_ck.

    o_ck = sum of w_u n_uc (n_uk - [c = k]) / (m_u - 1) over units with two ratings or more,
    n_c how often such units have c, n their sum. The squared difference d_ck is

    - nominal: 1 where c and k differ, else 0;
    - ordinal: (n_c/2 + the counts between + n_k/2)^2, the distance of the middle ranks;
    - interval: (c - k)^2;
    - ratio: ((c - k) / (c + k))^2.
    """
    seen, size = matrix.seen, int(matrix.seen.sum())
    number, together = np.zeros((len(weights), size)), np.zeros((len(weights), size, size))
    for start in range(0, len(matrix.units), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        paired = matrix.paired[rows]
        found, often = matrix.counts[rows][paired][:, seen], weights[:, rows][:, paired]
        per_rating = found / (found.sum(axis=1, keepdims=True) - 1)
        number += often @ found
        together += np.matmul((often[:, :, None] * per_rating).transpose(0, 2, 1), found)
    apart = _squared(level, number, matrix, seen)
    expected = (number[:, :, None] * number[:, None, :] * apart).sum(axis=(1, 2))
    total = number.sum(axis=1)
    observed: Floats = (together * apart).sum(axis=(1, 2))
    value: Floats = 1 - (total - 1) * _divide(observed, expected)
    return value


def disagreement(matrix: Matrix, level: Level) -> Floats:
    """How far the ratings of each unit are apart: 0 where all are equal, 1 as far as by chance.

    The mean of d_ck over the pairs of ratings of the unit, divided by that over all pairs of
    ratings of all units; nan for units with less than two ratings, and without variation.
    """
    found, seen = matrix.counts[matrix.paired][:, matrix.seen], matrix.seen
    rated, number = found.sum(axis=1), found.sum(axis=0, keepdims=True)
    result = np.full(len(matrix.units), np.nan)
    if len(found):
        apart = _squared(level, number, matrix, seen)[0]
        within = np.einsum("uc,ck,uk->u", found, apart, found) / (rated * (rated - 1))
        total = number.sum()
        by_chance = (number @ apart @ number.T) / (total * (total - 1))
        result[matrix.paired] = _divide(within, np.resize(by_chance, len(found)))
    return result


def _squared(level: Level, number: Floats, matrix: Matrix, seen: NDArray[np.bool_]) -> Floats:
    """The squared differences of values, a table for each weighting (or one for all)."""
    if level == "nominal":
        return (1 - np.eye(number.shape[1]))[None]
    if level == "ordinal":
        place = np.cumsum(number, axis=1) - number / 2
    else:
        place = matrix.scale.numbers[seen][None]
    apart = place[:, :, None] - place[:, None, :]
    if level == "ratio":
        apart = _divide(apart, place[:, :, None] + place[:, None, :], 0.0)
    squared: Floats = apart**2
    return squared


# Why there is no value


def lacks_pair(matrix: Matrix) -> str:
    """Without two ratings of one unit there is nothing to compare."""
    return "" if matrix.paired.any() else NO_PAIR


def lacks_variation(matrix: Matrix) -> str:
    """Where all gave one value, agreement by chance would be complete as well."""
    return lacks_pair(matrix) or ("" if matrix.seen.sum() > 1 else NO_VARIATION)


def lacks_order(matrix: Matrix) -> str:
    """Labels have an order only where it is declared."""
    order = "" if matrix.scale.ordered else "the order of the labels is not declared"
    return lacks_variation(matrix) or order


def lacks_numbers(matrix: Matrix) -> str:
    """Distances need numbers."""
    numbers = "" if matrix.scale.numeric else "the values are labels, which have no distances"
    return lacks_variation(matrix) or numbers


def lacks_zero(matrix: Matrix) -> str:
    """Proportions need a zero that nothing lies below."""
    if lacks_numbers(matrix):
        return lacks_numbers(matrix)
    return "" if min(matrix.scale.numbers) >= 0 else "the scale has values below zero"


def lacks_two(matrix: Matrix) -> str:
    """Scott's pi is of two raters."""
    two = (
        ""
        if len(matrix.raters) == 2
        else f"it is of two raters, and there are {len(matrix.raters)}"
    )
    return lacks_variation(matrix) or two


def lacks_varied_pair(matrix: Matrix) -> str:
    """Cohen's kappa needs two raters who both gave more than one value."""
    if lacks_variation(matrix):
        return lacks_variation(matrix)
    alone = np.ones((1, len(matrix.units)))
    if not np.isnan(cohen(matrix, alone))[0]:
        return ""
    constant = [
        rater
        for rater, column in zip(matrix.raters, matrix.codes.T, strict=True)
        if len(np.unique(column[column != MISSING])) == 1
    ]
    named = f": {', '.join(sorted(constant)[:5])}" if constant else ""
    return f"in every pair of raters one gave one value only{named}"


def lacks_order_of_pair(matrix: Matrix) -> str:
    """Weighted kappa needs both."""
    return lacks_varied_pair(matrix) or lacks_order(matrix)


def _divide(above: Floats, below: Floats, otherwise: float = np.nan) -> Floats:
    """Division with a value where there is nothing to divide by; rows are divided by their own."""
    if above.ndim == 2 and below.ndim == 1:
        below = below[:, None]
    shape = np.broadcast_shapes(above.shape, below.shape)
    result = np.full(shape, otherwise)
    np.divide(above, below, out=result, where=np.broadcast_to(below != 0, shape))
    return result
