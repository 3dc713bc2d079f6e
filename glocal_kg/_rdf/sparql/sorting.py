"""The order of terms in columns (15.1), as numbers that sort like them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from glocal_kg._rdf.sparql.terms import EXACT
from glocal_kg._rdf.sparql.values import order_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.run import Run
    from glocal_kg._rdf.sparql.tables import Column


def ranks(run: Run, column: Column) -> NDArray[np.float64]:
    """For each row a number that sorts as its term does; equal for terms that sort the same."""
    if not len(column):
        return np.empty(0)
    unique, back = np.unique(column, return_inverse=True)
    if unique[0] >= 0:
        kinds, worth = run.terms.worth(unique)
        if (kinds == EXACT).all() and not np.isnan(worth).any():
            return worth[back]
    return of_terms(run, unique)[back]


def of_terms(run: Run, unique: Column) -> NDArray[np.float64]:
    """The ranks of distinct terms."""
    keys = list(map(order_key, run.terms.read(unique)))
    run.limits.check()
    order = sorted(range(len(keys)), key=keys.__getitem__)
    run.limits.check()
    found = np.empty(len(keys))
    rank, last = -1, None
    for place in order:
        if keys[place] != last:
            rank, last = rank + 1, keys[place]
        found[place] = rank
    return found
