"""Intervals by drawing units again and again, with a seed that is always given.

Percentile intervals (B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap,
ch. 13): as many units as there are, drawn with replacement, their coefficient worked out anew.
A draw that has no value, such as one in which all ratings are equal, is counted, not replaced.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glocal_kg._glocal.ratings.agreement import Coefficient, Floats
from glocal_kg._glocal.ratings.ratings import MISSING, Matrix
from glocal_kg.errors import ParameterError

_NUMBERS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle ``share`` of the values of resamples, and how many had no value.

    ``low`` and ``high`` are None where no resample had one.
    """

    low: float | None
    high: float | None
    share: float
    resamples: int
    without_value: int
    seed: int

    def text(self) -> str:
        """The interval as a reader sees it."""
        if self.low is None or self.high is None:
            return f"none: no resample of {self.resamples} had a value"
        lacking = f", {self.without_value} without a value" if self.without_value else ""
        return f"{self.low:.4f} to {self.high:.4f} ({self.share:.0%} of {self.resamples}{lacking})"


def interval(
    coefficient: Coefficient,
    matrix: Matrix,
    *,
    seed: int,
    resamples: int = 1000,
    share: float = 0.95,
) -> Interval:
    """The bootstrap interval of a coefficient over the rated units of a table.

    The same table, seed and number of resamples always give the same interval. Raises
    ``ParameterError`` for a share that is not between 0 and 1 and for less than one resample.
    """
    if not 0 < share < 1:
        raise ParameterError(f"An interval of {share} is none.", remedy="Take 0.95, for example.")
    if resamples < 1:
        raise ParameterError(
            f"{resamples} resamples are too few.",
            remedy="Take at least 1, as a rule 1000; with 0 rate gives no intervals.",
        )
    found = draws(coefficient, matrix, seed, resamples)
    values = found[~np.isnan(found)]
    without = resamples - len(values)
    if not len(values):
        return Interval(None, None, share, resamples, without, seed)
    low, high = np.quantile(values, [(1 - share) / 2, (1 + share) / 2])
    return Interval(float(low), float(high), share, resamples, without, seed)


def draws(coefficient: Coefficient, matrix: Matrix, seed: int, resamples: int) -> Floats:
    """The value of the coefficient in each resample, nan where it has none."""
    group = np.arange(len(matrix.units)) if matrix.drawn is None else matrix.drawn
    rated = np.unique(group[(matrix.codes != MISSING).any(axis=1)])
    values = len(matrix.scale.values)
    if not len(rated):
        return np.full(resamples, np.nan)
    generator = np.random.default_rng(seed)
    groups = int(group.max()) + 1
    at_once = max(1, _NUMBERS_AT_ONCE // (max(len(matrix.units), values) * max(values, 4)))
    parts = []
    for start in range(0, resamples, at_once):
        count = min(at_once, resamples - start)
        drawn = rated[generator.integers(0, len(rated), (count, len(rated)))]
        cells = drawn + np.arange(count)[:, None] * groups
        times = np.bincount(cells.ravel(), minlength=count * groups).reshape(count, groups)
        parts.append(coefficient.values(matrix, times[:, group].astype(np.float64)))
    return np.concatenate(parts)
