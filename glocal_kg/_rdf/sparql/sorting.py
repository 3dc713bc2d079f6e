"""The order of terms in columns (15.1), as numbers that sort like them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Final, TypeAlias

import numpy as np

from glocal_kg._rdf.sparql.piecewise import taken
from glocal_kg._rdf.sparql.solution_table import numbered
from glocal_kg._rdf.sparql.worth import DATE, EXACT, MOMENT, NONE, aligned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column

Key: TypeAlias = "tuple[Any, ...]"

# What the keys of all numbers begin with, of dates, and of dateTimes.
_NUMBERS: Final[Key] = (3, 0)
_DATES: Final[Key] = (3, 1, "date")
_MOMENTS: Final[Key] = (3, 1, "dateTime")
_MANY: Final = 1 << 24  # letters of computed texts from which one is read at a time
PART: Final = 1 << 15  # terms that are sorted between two looks at the clock


def ranks(run: Evaluation, column: Column) -> NDArray[np.float64]:
    """For each row a number that sorts as its term does; equal for terms that sort the same."""
    if not len(column):
        return np.empty(0)
    once, back = numbered(column, run.limits.check)
    found = of_most(run, once)
    return taken(of_terms(run, once) if found is None else found, back, run.limits.check)


def of_most(run: Evaluation, column: Column) -> NDArray[np.float64] | None:
    """The ranks of distinct terms of which most are numbers, or most are dates or dateTimes.

    The terms' numbers are sorted. None where most are something else, or others are among these.
    """
    start = int(column[0] < 0)
    kinds, worth = run.terms.worth(column[start:])
    units, places = run.terms.exact(column[start:])
    for key, usual in (
        (_NUMBERS, (kinds == EXACT) & ~np.isnan(worth)),
        (_NUMBERS, places != NONE),
        (_DATES, kinds == DATE),
        (_MOMENTS, kinds == MOMENT),
    ):
        at = np.flatnonzero(usual)
        if 2 * len(at) <= len(column):
            continue
        values: NDArray[Any] = units[at]
        if (kinds[at] == EXACT).all():
            values = worth[at]
        elif key == _NUMBERS:
            even = aligned(values, places[at])
            if even is None:
                continue
            values = even[0]
        found = _with_others(run, column, at + start, values, key)
        if found is not None:
            return found
    return None


def _with_others(
    run: Evaluation, column: Column, at: NDArray[np.intp], values: NDArray[Any], key: Key
) -> NDArray[np.float64] | None:
    """The ranks of terms whose keys begin with ``key`` at some places, and of the few others.

    None where there are many of these, or some have such a key, too.
    """
    odd = np.delete(np.arange(len(column)), at)
    if not len(odd) and values.dtype == np.float64:
        return values
    keys = run.terms.order_keys(column[odd]) if len(odd) <= PART else [key]
    fronts = [one[: len(key)] for one in keys]
    if key in fronts:
        return None
    once, rank = np.unique(values, return_inverse=True)
    before = sum(front < key for front in fronts)
    found = np.empty(len(column))
    found[at] = rank + before
    last = -1
    for place, one in enumerate(sorted(range(len(odd)), key=keys.__getitem__)):
        if last < 0 or keys[one] != keys[last]:
            next_ = place if place < before else place + len(once)
        found[odd[one]] = next_
        last = one
    return found


def of_terms(run: Evaluation, column: Column) -> NDArray[np.float64]:
    """The ranks of distinct terms, whose numbers are sorted."""
    keys: list[Key] = []
    size = PART if run.terms.letters < _MANY else 1
    for start in range(0, len(column), size):
        run.limits.terms(len(column), len(column), 1)
        keys += run.terms.order_keys(column[start : start + size])
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
