"""Comparisons of terms in columns: of numbers, of times, of nodes and of texts."""

from __future__ import annotations

from typing import Final

import numpy as np

from glocal_kg._rdf.sparql.worth import DATE, INEXACT, NODE, SINGLE, TAGGED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.query_terms import QueryTerms
    from glocal_kg._rdf.sparql.solution_table import Column

    Truth: TypeAlias = NDArray[np.int8]
    Mask: TypeAlias = NDArray[np.bool_]
    Kinds: TypeAlias = NDArray[np.uint8]

_HALF_DAY: Final = 14 * 3600 * 10**6  # units that two time zones can be apart from no zone
SIGNS: Final[dict[str, Callable[..., Mask]]] = {
    "=": np.equal, "!=": np.not_equal, "<": np.less, ">": np.greater,
    "<=": np.less_equal, ">=": np.greater_equal,
}  # fmt: skip
"""Comparisons of columns of numbers."""


def compared(
    terms: QueryTerms, sign: str, left: Column, right: Column
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """A comparison of bound terms as truth (-1: an error), and where columns do not decide it."""
    kinds, worth = terms.worth(left)
    others, other_worth = terms.worth(right)
    numeric = (kinds <= INEXACT) & (others <= INEXACT)
    with np.errstate(invalid="ignore"):
        found = SIGNS[sign](worth, other_worth).astype(np.int8)
        same = numeric & (worth == other_worth)
    # Doubles that are equal may stand for numbers that are not.
    unsure = ~numeric | (same & ((kinds == INEXACT) | (others == INEXACT)))
    times = unsure & (kinds >= DATE) & (kinds == others)
    if times.any():
        found[times] = _times(terms, sign, left[times], right[times])
        unsure &= ~times
    if sign in ("=", "!="):
        unsure = _by_number(sign, left, right, kinds, others, unsure, found)
    return found, unsure


def _times(terms: QueryTerms, sign: str, left: Column, right: Column) -> Truth:
    """Of dates, or of dateTimes: without a value where one has no zone and the other is near."""
    no_zone, other_no_zone = (np.isnan(terms.worth(column)[1]) for column in (left, right))
    units, other_units = (terms.exact(column)[0] for column in (left, right))
    known = (no_zone == other_no_zone) | (np.abs(units - other_units) > _HALF_DAY)
    return np.where(known, SIGNS[sign](units, other_units), -1).astype(np.int8)


def _by_number(
    sign: str, left: Column, right: Column, kinds: Kinds, others: Kinds, unsure: Mask, found: Truth
) -> Mask:
    """Equality of nodes and texts, which is that of their numbers; what stays unsure."""
    yes, no = (1, 0) if sign == "=" else (0, 1)
    numeric, plain = kinds <= SINGLE, (kinds >= NODE) & (kinds <= TAGGED)
    other_numeric, other_plain = others <= SINGLE, (others >= NODE) & (others <= TAGGED)
    same = left == right
    equal = unsure & same & ~numeric
    differ = unsure & ~same & (
        (plain & (other_plain | other_numeric))
        | (other_plain & numeric)
        | ((kinds == NODE) != (others == NODE))
        | ((kinds == TAGGED) != (others == TAGGED))
    )  # fmt: skip
    found[equal] = yes
    found[differ] = no
    unsure[equal | differ] = False
    return unsure
