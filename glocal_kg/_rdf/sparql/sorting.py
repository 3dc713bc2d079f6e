"""The order of terms in columns (15.1), as numbers that sort like them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Final, TypeAlias

import numpy as np

from glocal_kg._rdf.sparql.solution_table import numbered
from glocal_kg._rdf.sparql.worth import EXACT, aligned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column

Key: TypeAlias = "tuple[Any, ...]"

PART: Final = 1 << 15  # terms that are sorted between two looks at the clock


def ranks(run: Evaluation, column: Column) -> NDArray[np.float64]:
    """For each row a number that sorts as its term does; equal for terms that sort the same."""
    if not len(column):
        return np.empty(0)
    once, back = numbered(column)
    if once[0] >= 0:
        kinds, worth = run.terms.worth(once)
        if (kinds == EXACT).all() and not np.isnan(worth).any():
            return worth[back]
        numbers = aligned(*run.terms.exact(once))
        if numbers is not None:
            return np.unique(numbers[0], return_inverse=True)[1].astype(np.float64)[back]
    return of_terms(run, once)[back]


def of_terms(run: Evaluation, column: Column) -> NDArray[np.float64]:
    """The ranks of distinct terms."""
    keys: list[Key] = []
    for start in range(0, len(column), PART):
        run.limits.terms(len(column), len(column), 1)
        keys += run.terms.order_keys(column[start : start + PART])
    found = np.empty(len(keys))
    rank, last = -1, None
    for part in _parted(keys, run.limits):
        run.limits.check()
        part.sort(key=keys.__getitem__)
        for place in part:
            if keys[place] != last:
                rank, last = rank + 1, keys[place]
            found[place] = rank
    return found


def _parted(keys: list[Key], limits: Limits) -> list[list[int]]:
    """The places of keys in parts: all of a part sort before all of the next.

    A part is sorted in one go that nothing can stop, so none is long. Where to cut is told by a
    sample; keys that are equal stay together, and are quick to sort.
    """
    if len(keys) <= PART:
        return [list(range(len(keys)))]
    sample = sorted(keys[:: len(keys) // 4096 or 1])
    cuts = sample[:: max(1, len(sample) * PART // len(keys) // 2)][1:]
    parts: list[list[int]] = [[] for _ in range(len(cuts) + 1)]
    for place, key in enumerate(keys):
        if not place & 0xFFF:
            limits.check()
        parts[bisect_right(cuts, key)].append(place)
    return parts
