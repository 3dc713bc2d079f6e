"""The order of terms in columns (15.1), as numbers that sort like them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from glocal_kg._rdf.sparql.limits import PART
from glocal_kg._rdf.sparql.tables import numbered
from glocal_kg._rdf.sparql.worth import EXACT, aligned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.run import Run
    from glocal_kg._rdf.sparql.tables import Column


def ranks(run: Run, column: Column) -> NDArray[np.float64]:
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


def of_terms(run: Run, column: Column) -> NDArray[np.float64]:
    """The ranks of distinct terms."""
    keys: list[tuple[Any, ...]] = []
    runs: list[list[int]] = []
    for start in range(0, len(column), PART):
        run.limits.check()
        keys += run.terms.order_keys(column[start : start + PART])
        runs.append(sorted(range(start, len(keys)), key=keys.__getitem__))
    while len(runs) > 1:  # two sorted runs: sorting them is one pass over both
        run.limits.check()
        runs.append(sorted(runs.pop(0) + runs.pop(0), key=keys.__getitem__))
    order = runs[0] if runs else []
    run.limits.check()
    found = np.empty(len(keys))
    rank, last = -1, None
    for place in order:
        if keys[place] != last:
            rank, last = rank + 1, keys[place]
        found[place] = rank
    return found
