"""Intraclass correlations: the forms of Shrout and Fleiss, from mean squares.

The forms (P. E. Shrout and J. L. Fleiss (1979), Intraclass correlations: uses in assessing rater
reliability. Psychological Bulletin 86, 420-428; in brackets the names of K. O. McGraw and
S. P. Wong (1996), Psychological Methods 1, 30-46), for n units and k raters:

- ``1,1`` (ICC(1)): each unit rated by other raters: (R - W) / (R + (k-1) W)
- ``2,1`` (ICC(A,1)): the raters are a sample, their agreement:
  (R - E) / (R + (k-1) E + k (C - E) / n)
- ``3,1`` (ICC(C,1)): these raters alone, their consistency: (R - E) / (R + (k-1) E)
- ``1,k``, ``2,k``, ``3,k``: of the mean of k ratings: (R - W) / R, (R - E) / (R + (C - E) / n),
  (R - E) / R

R is the mean square between units, W within units, C between raters, E the rest. Only units that
every rater rated are taken: how many are left out is said.
"""

from __future__ import annotations

from functools import partial
from typing import Literal, get_args

import numpy as np

from glocal_kg._glocal.ratings.agreement import Coefficient, Floats, lacks_numbers
from glocal_kg._glocal.ratings.ratings import MISSING, Matrix

Form = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
FORMS: tuple[Form, ...] = get_args(Form)

_NOTHING = 1e-12  # a sum of squares below this share of all is rounding


def icc(matrix: Matrix, weights: Floats, form: Form) -> Floats:
    """The intraclass correlation of a form, for each row of weights; nan where there is none."""
    total, n, above, below = _squares(matrix, weights, form)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = above / below
    # Where two weighted units are the same unit twice, there is no variation left; below zero
    # the variance of all is estimated to be less than none, and a share of it says nothing.
    nothing = (total <= _NOTHING) | (n < 2) | (below <= _NOTHING * total)
    return np.where(nothing, np.nan, found)


def _squares(matrix: Matrix, weights: Floats, form: Form) -> tuple[Floats, Floats, Floats, Floats]:
    """The sum of all squares, the units, and numerator and denominator of a form."""
    complete = (matrix.codes != MISSING).all(axis=1)
    rated = matrix.scale.numbers[matrix.codes[complete]]
    rated = rated - rated.mean()  # keeps the squares small, so that differences of them are exact
    weights = weights[:, complete]
    n, k = weights.sum(axis=1), float(rated.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw may have no complete unit
        grand = (weights @ rated.sum(axis=1)) / (n * k)
        total = weights @ (rated**2).sum(axis=1) - n * k * grand**2
        rows = k * (weights @ rated.mean(axis=1) ** 2) - n * k * grand**2
        columns = (((weights @ rated) / n[:, None]) ** 2).sum(axis=1) * n - n * k * grand**2
        between, within = rows / (n - 1), (total - rows) / (n * (k - 1))
        raters, rest = columns / (k - 1), (total - rows - columns) / ((n - 1) * (k - 1))
        above, below = _parts(form, between, within, raters, rest, n, k)
    return total, n, above, below


def _parts(
    form: Form, r: Floats, w: Floats, c: Floats, e: Floats, n: Floats, k: float
) -> tuple[Floats, Floats]:
    """Numerator and denominator of a form."""
    return {
        "1,1": (r - w, r + (k - 1) * w),
        "2,1": (r - e, r + (k - 1) * e + k * (c - e) / n),
        "3,1": (r - e, r + (k - 1) * e),
        "1,k": (r - w, r),
        "2,k": (r - e, r + (c - e) / n),
        "3,k": (r - e, r),
    }[form]


def _complete(matrix: Matrix) -> int:
    return int((matrix.codes != MISSING).all(axis=1).sum())


def _lacks(matrix: Matrix, form: Form) -> str:
    if lacks_numbers(matrix):
        return lacks_numbers(matrix)
    complete = _complete(matrix)
    if complete < 2:
        units = "1 unit was" if complete == 1 else f"{complete} units were"
        return f"{units} rated by all raters, and it needs two"
    total, _, _, below = (one[0] for one in _squares(matrix, np.ones((1, len(matrix.units))), form))
    if below < -_NOTHING * total:
        return "the variance of all ratings is estimated below zero"
    if total <= _NOTHING or below <= _NOTHING * total:
        return "the units that all raters rated do not vary"
    return ""


def _note(matrix: Matrix) -> str:
    left_out = len(matrix.units) - _complete(matrix)
    if left_out == 1:
        return "1 unit with a rating missing is left out"
    return f"{left_out} units with a rating missing are left out" if left_out else ""


ICC = tuple(
    Coefficient(
        f"icc {form}",
        "Shrout and Fleiss 1979",
        "interval",
        partial(_lacks, form=form),
        partial(icc, form=form),
        _note,
    )
    for form in FORMS
)
