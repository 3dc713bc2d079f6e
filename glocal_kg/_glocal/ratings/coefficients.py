"""The coefficients by name, and what authors wrote about how high they should be.

Nothing here judges: a threshold is a number, with who gave it and where.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from glocal_kg._glocal.ratings import agreement as formulas
from glocal_kg._glocal.ratings.agreement import Coefficient
from glocal_kg._glocal.ratings.icc import ICC
from glocal_kg._glocal.ratings.ratings import MISSING, Matrix
from glocal_kg._rdf.counted import counted
from glocal_kg.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Threshold:
    """Numbers that an author gave for a coefficient, and where."""

    values: tuple[float, ...]
    source: str


def _gaps(matrix: Matrix) -> str:
    gaps = int((matrix.codes == MISSING).sum())
    return f"{counted(gaps, 'rating')} missing: averaged over units as by Gwet 2014" if gaps else ""


def _one_value(matrix: Matrix) -> str:
    return "all ratings are one value" if formulas.lacks_variation(matrix) else ""


def _values_counted(matrix: Matrix) -> str:
    values = len(matrix.scale.values)
    there = "that occurs" if values == 1 else "that occur"
    origin = "of the declared scale" if matrix.scale.declared else there
    told = f"counts the {counted(values, 'value')} {origin}"
    return "; ".join(filter(None, (told, _gaps(matrix))))


def _pairs(matrix: Matrix) -> str:
    pairs = len(matrix.raters) * (len(matrix.raters) - 1) // 2
    if pairs == 1:
        return ""
    alone = np.ones((1, len(matrix.units)))
    lacking = sum(
        bool(np.isnan(formulas.cohen(two, alone)[0]))
        for two in (
            Matrix(matrix.units, matrix.raters[:2], matrix.codes[:, [a, b]], matrix.scale)
            for a in range(len(matrix.raters))
            for b in range(a + 1, len(matrix.raters))
        )
    )
    without = f", {lacking} of them without a value" if lacking else ""
    return f"mean over {pairs} pairs of raters (Light 1971){without}"


COEFFICIENTS: dict[str, Coefficient] = {
    one.name: one
    for one in (
        Coefficient(
            "percent",
            "share of agreeing pairs",
            "nominal",
            formulas.lacks_pair,
            formulas.percent,
            _one_value,
        ),
        Coefficient(
            "cohen", "Cohen 1960", "nominal", formulas.lacks_varied_pair, formulas.cohen, _pairs
        ),
        Coefficient(
            "cohen linear",
            "Cohen 1968",
            "ordinal",
            formulas.lacks_order_of_pair,
            partial(formulas.cohen, weighting="linear"),
            _pairs,
        ),
        Coefficient(
            "cohen quadratic",
            "Cohen 1968",
            "ordinal",
            formulas.lacks_order_of_pair,
            partial(formulas.cohen, weighting="quadratic"),
            _pairs,
        ),
        Coefficient("scott", "Scott 1955", "nominal", formulas.lacks_two, formulas.fleiss, _gaps),
        Coefficient(
            "fleiss",
            "Fleiss 1971",
            "nominal",
            lambda matrix: formulas.lacks_variation(matrix).replace(
                formulas.NO_VARIATION, f"expected agreement is one: {formulas.NO_VARIATION}"
            ),
            formulas.fleiss,
            _gaps,
        ),
        Coefficient(
            "ac1", "Gwet 2008", "nominal", formulas.lacks_variation, formulas.ac1, _values_counted
        ),
        Coefficient(
            "alpha nominal",
            "Krippendorff 2019",
            "nominal",
            formulas.lacks_variation,
            partial(formulas.alpha, level="nominal"),
        ),
        Coefficient(
            "alpha ordinal",
            "Krippendorff 2019",
            "ordinal",
            formulas.lacks_order,
            partial(formulas.alpha, level="ordinal"),
        ),
        Coefficient(
            "alpha interval",
            "Krippendorff 2019",
            "interval",
            formulas.lacks_numbers,
            partial(formulas.alpha, level="interval"),
        ),
        Coefficient(
            "alpha ratio",
            "Krippendorff 2019",
            "ratio",
            formulas.lacks_zero,
            partial(formulas.alpha, level="ratio"),
        ),
        *ICC,
    )
}

_KRIPPENDORFF = Threshold((0.667, 0.8), "Krippendorff 2004, Content Analysis, 2nd ed., p. 241")
_LANDIS_KOCH = Threshold(
    (0.0, 0.2, 0.4, 0.6, 0.8), "Landis and Koch 1977, Biometrics 33, 159-174: 'arbitrary'"
)
_FLEISS = Threshold(
    (0.4, 0.75), "Fleiss 1981, Statistical Methods for Rates and Proportions, 2nd ed."
)
_KOO_LI = Threshold(
    (0.5, 0.75, 0.9), "Koo and Li 2016, J. Chiropr. Med. 15, 155-163: for the 95% interval"
)
_CICCHETTI = Threshold((0.4, 0.6, 0.75), "Cicchetti 1994, Psychological Assessment 6, 284-290")


def thresholds(name: str) -> tuple[Threshold, ...]:
    """The numbers that authors gave for a coefficient; none for most.

    >>> [one.values for one in thresholds("alpha ordinal")]
    [(0.667, 0.8)]
    """
    if name.startswith("alpha"):
        return (_KRIPPENDORFF,)
    if name.startswith(("cohen", "fleiss")):
        return (_LANDIS_KOCH, _FLEISS)
    return (_CICCHETTI, _KOO_LI) if name.startswith("icc") else ()


def coefficient(name: str) -> Coefficient:
    """The coefficient of a name; ``NotFoundError`` lists the names there are."""
    if name not in COEFFICIENTS:
        raise NotFoundError(
            f"There is no coefficient '{name}'.", remedy=f"Take {', '.join(COEFFICIENTS)}."
        )
    return COEFFICIENTS[name]
