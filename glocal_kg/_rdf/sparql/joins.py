"""Joins of tables: rows that agree on the variables that both have bound (18.1.10).

The size of a join is known before it is made, so a limit stops it while it is still small.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from glocal_kg._rdf.sparql.limits import PIECE, SORTED
from glocal_kg._rdf.sparql.piecewise import ordering, slices
from glocal_kg._rdf.sparql.solution_table import SolutionTable, empty, packed, stacked, unique

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.limits import Limits, Told
    from glocal_kg._rdf.sparql.solution_table import Column, Keys, Places


_SHORT: Final = 1 << 31  # rows whose places are numbers of 32 bits
_FEWER: Final = 4  # times as many rows, among which it is better to search than to look at each
_KEYED: Final = 6  # cells that the keys of a row take while it is joined


class Matches:
    """For each row on the left the rows on the right with the same key, not yet spelled out."""

    __slots__ = ("counts", "order", "starts", "total")

    def __init__(
        self, left: Keys | Places, right: Keys | Places, check: Callable[[], object] = bool
    ) -> None:
        """``left`` and ``right`` are the keys of the rows; they compare as numbers.

        ``check`` is called while many are sorted, and may raise.
        """
        self.order: Places | None = None
        if not _in_order(right):
            self.order = ordering([right], check)
            right = right[self.order]
        span = int(right[-1]) - int(right[0]) + 1 if len(right) else 0
        self.starts, self.counts = np.empty(
            (2, len(left)), np.int32 if len(right) < _SHORT else np.intp
        )
        dense = len(left) > 1000 and 0 < span <= 4 * (len(left) + len(right))
        if dense and len(left) * _FEWER >= len(right):
            self._by_place(left, right, span, check)
        else:
            right = right if right.flags.c_contiguous else right.copy()  # as each search would
            for some in slices(len(left), check):
                self.starts[some] = right.searchsorted(left[some], "left")
                self.counts[some] = right.searchsorted(left[some], "right")
            self.counts -= self.starts
        self.total = int(self.counts.sum())

    def _by_place(
        self, left: Keys | Places, right: Keys | Places, span: int, check: Callable[[], object]
    ) -> None:
        """Dense keys need no search: a table says where each begins, and a last one nowhere."""
        begins = np.zeros(span + 2, np.int32)
        base = right[0]
        np.cumsum(np.bincount(right - base, minlength=span), dtype=np.int32, out=begins[1:-1])
        begins[-1] = begins[-2]
        for some in slices(len(left), check):
            at = left[some] - base
            at[(at < 0) | (at >= span)] = span
            self.starts[some] = begins[at]
            at += 1
            self.counts[some] = begins[at]
        self.counts -= self.starts

    def places(self, start: int, end: int) -> tuple[Places, Places]:
        """The pairs of places for the left rows from ``start`` to ``end``."""
        counts, starts = self.counts[start:end], self.starts[start:end]
        if len(counts) and counts.max() <= 1:  # so each stands once, if at all
            left = np.flatnonzero(counts)
            right = starts[left].astype(np.intp)
            left += start
        else:
            left = np.repeat(np.arange(start, end), counts)
            ends = np.cumsum(counts)
            right = np.repeat(starts - (ends - counts), counts)
            right += np.arange(len(right))
        return left, right if self.order is None else self.order[right]

    def some(self, rows: Places, first: int, most: int) -> tuple[Places, Places]:
        """Of the pairs of each of some left rows so many, from the ``first`` on."""
        counts = np.clip(self.counts[rows] - first, 0, most)
        left = np.repeat(rows, counts)
        begins = self.starts[rows] + first - (np.cumsum(counts) - counts)
        right = np.arange(len(left)) + np.repeat(begins, counts)
        return left, right if self.order is None else self.order[right]

    def all(self, limits: Limits) -> tuple[Places, Places]:
        """All pairs of places, made piece by piece."""
        pieces = self.pieces()
        if len(pieces) == 1:
            return self.places(*pieces[0])
        left, right = np.empty(self.total, np.intp), np.empty(self.total, np.intp)
        done = 0
        for start, end in pieces:
            limits.check()
            some, others = self.places(start, end)
            left[done : done + len(some)], right[done : done + len(some)] = some, others
            done += len(some)
        return left, right

    def pieces(self) -> list[tuple[int, int]]:
        """The left rows in runs that make about ``PIECE`` rows each."""
        if self.total <= PIECE:
            return [(0, len(self.counts))]
        ends = np.cumsum(self.counts)
        cuts = unique(ends.searchsorted(np.arange(PIECE, self.total, PIECE), "right"))
        bounds = [0, *(cut for cut in cuts.tolist() if cut), len(self.counts)]
        return [(a, b) for a, b in pairwise(bounds) if a < b]


def _in_order(keys: Keys | Places) -> bool:
    return len(keys) < 2 or bool((keys[1:] >= keys[:-1]).all())


def keys_of(
    left: SolutionTable,
    right: SolutionTable,
    names: list[str],
    check: Callable[[], object] = bool,
) -> tuple[Keys, Keys]:
    """Keys of the rows of two tables that are equal where the rows agree on ``names``."""
    if not names:
        return np.zeros(left.rows, np.int64), np.zeros(right.rows, np.int64)
    if len(names) <= 2:
        return (
            packed([left.columns[name] for name in names], check),
            packed([right.columns[name] for name in names], check),
        )
    both = [np.concatenate((left.columns[name], right.columns[name])) for name in names]
    keys = packed(both, check)
    return keys[: left.rows], keys[left.rows :]


def join(
    left: SolutionTable,
    right: SolutionTable,
    limits: Limits,
    told: Told = bool,
    wanted: Container[str] | None = None,
) -> SolutionTable:
    """All pairs of rows that agree. ``told`` is told how many, before they are made.

    Columns that are not ``wanted`` need not be made; None stands for all.
    """
    names = dict.fromkeys((*left.columns, *right.columns))
    if not left.rows or not right.rows:
        return empty(names)
    if not left.columns and left.rows == 1:
        return right
    if not right.columns and right.rows == 1:
        return left
    shared = [name for name in left.columns if name in right.columns]
    loose = [name for name in shared if name in left.maybe or name in right.maybe]
    if not loose:
        return _exact(left, right, shared, limits, told, wanted)
    found = [
        _exact(a, b, [n for n in shared if n in a.columns and n in b.columns], limits, told)
        for a in by_bound(left, loose, limits.check)
        for b in by_bound(right, loose, limits.check)
    ]
    found = [table for table in found if table.rows]
    if not found:
        return empty(names)
    made = stacked(found, limits.check)
    unbound = names.keys() - made.columns.keys()  # in all rows
    return SolutionTable(
        made.rows, {name: made.column(name) for name in names}, made.maybe | unbound
    )


def _exact(
    left: SolutionTable,
    right: SolutionTable,
    shared: list[str],
    limits: Limits,
    told: Told,
    wanted: Container[str] | None = None,
) -> SolutionTable:
    """The join of tables whose shared columns are bound in all rows."""
    keys, others = keys_of(left, right, shared, limits.check)
    if left.rows * _FEWER < right.rows and shared and not _in_order(others):  # sort the shorter one
        left, right, keys, others = right, left, others, keys
    matches = Matches(keys, others, limits.check)
    held = left.rows * (len(left.columns) + _KEYED) + right.rows * (len(right.columns) + _KEYED)
    told(matches.total)
    if wanted is not None:
        left, right = left.only_of(wanted), right.only_of(wanted)
    right = right.only(name for name in right.columns if name not in left.columns)
    names = (*left.columns, *right.columns)
    limits.table(matches.total, len(names), held)
    maybe = left.maybe | right.maybe
    pieces = matches.pieces()
    if len(pieces) == 1:
        at_left, at_right = matches.places(*pieces[0])
        columns = {**left.take(at_left).columns, **right.take(at_right).columns}
        return SolutionTable(matches.total, columns, maybe)
    columns = {name: np.empty(matches.total, np.int32) for name in names}
    done = 0
    for start, end in pieces:
        limits.check()
        for table, at in zip((left, right), matches.places(start, end), strict=True):
            stop = done + len(at)
            for name, column in table.columns.items():
                columns[name][done:stop] = column[at]
        done = stop
    return SolutionTable(matches.total, columns, maybe)


def by_bound(
    table: SolutionTable, names: list[str], check: Callable[[], object]
) -> list[SolutionTable]:
    """The table in parts whose rows have the same of the ``names`` bound, without the others."""
    unsure = [name for name in names if name in table.maybe]
    if not unsure:
        return [table]
    mask = np.zeros(table.rows, np.int64)
    for bit, name in enumerate(unsure):
        mask |= (table.columns[name] >= 0).astype(np.int64) << bit
    parts: list[SolutionTable] = []
    for pattern in unique(mask, check).tolist():
        some = table.where(mask == pattern, check)
        missing = {name for bit, name in enumerate(unsure) if not pattern >> bit & 1}
        columns = {name: col for name, col in some.columns.items() if name not in missing}
        parts.append(SolutionTable(some.rows, columns, some.maybe.difference(unsure)))
    return parts


def agreeing(
    left: SolutionTable, right: SolutionTable, limits: Limits, apart: Container[str] | None = None
) -> NDArray[np.bool_]:
    """For each row on the left whether a row on the right agrees with it.

    With ``apart`` the two must also share a bound variable that is none of these, as MINUS
    wants it: those are as terms that are written on both sides.
    """
    found = np.zeros(left.rows, bool)
    if not left.rows or not right.rows:
        return found
    shared = [name for name in left.columns if name in right.columns]
    if apart is not None and all(name in apart for name in shared):
        return found
    if not shared:
        return ~found
    limits.table(left.rows + right.rows, 0, work=SORTED)
    numbered = left.only(shared)
    columns = {**numbered.columns, "_:row": np.arange(left.rows, dtype=np.int32)}
    rows = SolutionTable(left.rows, columns, numbered.maybe)
    other = right.only(shared).distinct(limits)
    for a in by_bound(rows, shared, limits.check):
        for b in by_bound(other, shared, limits.check):
            limits.check()
            names = [name for name in shared if name in a.columns and name in b.columns]
            if apart is not None and all(name in apart for name in names):
                continue
            if not names:
                found[a.columns["_:row"]] = True
                continue
            keys, others = keys_of(a, b, names, limits.check)
            found[a.columns["_:row"][Matches(keys, others, limits.check).counts > 0]] = True
    return found


def optional(
    left: SolutionTable, joined: SolutionTable, row: Column, check: Callable[[], object] = bool
) -> SolutionTable:
    """The joined rows, and the rows on the left that no joined row came from.

    ``row`` says for each joined row which left row it came from.
    """
    missed = np.ones(left.rows, bool)
    missed[row] = False
    if not missed.any():
        return joined
    rest = left.where(missed, check)
    return stacked([joined, rest], check) if joined.rows else _wider(rest, joined)


def _wider(table: SolutionTable, other: SolutionTable) -> SolutionTable:
    """The table with the columns of the other one, unbound."""
    columns = {name: table.column(name) for name in (*table.columns, *other.columns)}
    added = frozenset(name for name in other.columns if name not in table.columns)
    return SolutionTable(table.rows, columns, table.maybe | added)
