"""Rules as joins: all bindings of a rule's premises at once, as columns of numbers.

A premise with a known predicate is a table of packed pairs, sorted by subject and by object
(:class:`glocal_kg._rdf.store.index.Pairs`). Joining a column with a table is to find, for each
value, where its rows start and end; where a premise only has to hold, the join is a mask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from glocal_kg._engines.rl.bindings import Pattern
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.index import Keys, Numbers, TripleIndex, among, pack, unpack
from glocal_kg._rdf.store.pairs import spread
from glocal_kg.errors import LimitError

Columns: TypeAlias = dict[int, Numbers]
"""A column for each variable, all of one length."""

PIECE = 1 << 22
"""Rows a join holds in memory at once; larger joins are done in pieces."""

FEW = 1_000
"""So many values are looked up by searching, more of them by a mask over all numbers."""


class Budget:
    """What one round may cost: ``limit`` facts found, and twenty times as many rows joined."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows = 20 * limit

    def spend(self, rows: int, what: str) -> None:
        """Take joined rows off. Raises :class:`LimitError` where none are left."""
        look()
        self._rows -= rows
        if self._rows < 0:
            raise LimitError(
                f"{what} goes through more than {20 * self._limit:,} combinations of facts.",
                remedy="Look for a property, class or value that joins everything with "
                "everything, or raise the limit.",
            )

    def check(self, facts: int, what: str) -> None:
        """Raise :class:`LimitError` where one rule finds more facts than allowed."""
        look()
        if facts > self._limit:
            raise LimitError(
                f"{what} gives more than {self._limit:,} facts.",
                remedy="Look for a property, class or value that joins everything with "
                "everything, or raise the limit.",
            )


def solutions(
    index: TripleIndex,
    when: Sequence[Pattern],
    wanted: set[int],
    budget: Budget,
    what: str,
    start: tuple[int, TripleIndex] | None = None,
) -> Iterator[Columns]:
    """The bindings of all premises, as columns of the ``wanted`` variables, in pieces.

    ``start`` says which premise takes its facts from another index: the new facts of a round.
    Bindings may come more than once. Raises :class:`LimitError` where the budget is spent.
    """
    rest = list(when)
    if start is None:
        place = min(range(len(rest)), key=lambda i: _size(index, rest[i]))
        source = index
    else:
        place, source = start
    pattern = rest.pop(place)
    columns, length = _load(source, pattern, wanted.union(*map(_variables, rest)))
    if length:
        budget.spend(length, what)
        yield from _join(index, columns, length, rest, wanted, budget, what)


def _join(
    index: TripleIndex,
    columns: Columns,
    length: int,
    rest: list[Pattern],
    wanted: set[int],
    budget: Budget,
    what: str,
) -> Iterator[Columns]:
    while rest and length:
        place = min(range(len(rest)), key=lambda i: _rank(index, rest[i], columns))
        pattern = rest.pop(place)
        needed = wanted.union(*map(_variables, rest))
        free = [v for v in _variables(pattern) if v not in columns]
        if not free:
            keep = _holds(index, pattern, columns, length)
        elif not needed.intersection(free) and len(free) == 1 and pattern[0] != pattern[2]:
            low, high, _ = _ranges(index, pattern, columns, length)
            keep = high > low
        else:
            low, high, table = _ranges(index, pattern, columns, length)
            counts = high - low
            total = int(counts.sum())
            budget.spend(total, what)
            if total > PIECE and length > 1:
                rest.append(pattern)
                middle = length // 2
                for part in (slice(0, middle), slice(middle, length)):
                    half = {v: column[part] for v, column in columns.items()}
                    size = middle if part.start == 0 else length - middle
                    yield from _join(index, half, size, list(rest), wanted, budget, what)
                return
            columns, length = _expand(pattern, columns, free, needed, low, counts, table)
            continue
        length = int(np.count_nonzero(keep))
        columns = {v: column[keep] for v, column in columns.items() if v in needed}
    if length:
        yield {v: columns[v] for v in wanted}


def _expand(
    pattern: Pattern,
    columns: Columns,
    free: list[int],
    needed: set[int],
    low: NDArray[np.intp],
    counts: NDArray[np.intp],
    table: Keys,
) -> tuple[Columns, int]:
    """One row for each row and partner, with the needed columns and those the partners bring."""
    rows, places = spread(counts, low)
    left, right = unpack(table[places])
    wider = {v: column[rows] for v, column in columns.items() if v in needed}
    if free[-1] in needed:
        wider[free[-1]] = right
    if len(free) == 2 and free[0] in needed:
        wider[free[0]] = left
    if pattern[0] == pattern[2]:
        keep = left == right
        return {v: column[keep] for v, column in wider.items()}, int(np.count_nonzero(keep))
    return wider, len(rows)


def _variables(pattern: Pattern) -> list[int]:
    return [part for part in dict.fromkeys(pattern) if part < 0]


def _size(index: TripleIndex, pattern: Pattern) -> int:
    s, p, o = pattern
    if o >= 0:
        return len(index.subjects(p, o))
    return len(index.objects(s, p)) if s >= 0 else len(index.table(p))


def _rank(index: TripleIndex, pattern: Pattern, columns: Columns) -> tuple[int, int]:
    """Masks first, then the smallest table that shares a variable, a cross product last."""
    variables = _variables(pattern)
    free = sum(v not in columns for v in variables)
    apart = free == len(variables) and free > 0
    return (2 if apart else 1 if free else 0), len(index.table(pattern[1]))


def _load(index: TripleIndex, pattern: Pattern, needed: set[int]) -> tuple[Columns, int]:
    """The columns of the first premise; a column nobody needs is not kept, nor its repeats."""
    s, p, o = pattern
    if s >= 0 and o >= 0:
        return {}, int(index.contains(s, p, o))
    if s >= 0:
        found = index.objects(s, p)
        return {o: found}, len(found)
    if o >= 0:
        found = index.subjects(p, o)
        return {s: found}, len(found)
    table = index.table(p)
    if s == o:
        left, right = unpack(table.keys)
        found = left[left == right]
        return {s: found}, len(found)
    if o not in needed or s not in needed:
        kept, column = (s, unpack(table.keys)[0]) if s in needed else (o, unpack(table.flipped)[0])
        if not len(column):
            return {}, 0
        found = column[np.concatenate(([True], column[1:] != column[:-1]))]
        return {kept: found}, len(found)
    left, right = unpack(table.keys)
    return {s: left, o: right}, len(left)


def _holds(
    index: TripleIndex, pattern: Pattern, columns: Columns, length: int
) -> NDArray[np.bool_]:
    s, p, o = pattern
    if s >= 0 and o >= 0:
        return np.full(length, index.contains(s, p, o))
    if o >= 0:
        return _one_of(columns[s], index.subjects(p, o))
    if s >= 0:
        return _one_of(columns[o], index.objects(s, p))
    keys = pack(columns[s], columns[o])
    order = keys.argsort()
    holds = np.empty(length, bool)
    holds[order] = among(keys[order], index.table(p).keys)
    return holds


def _one_of(column: Numbers, values: Numbers) -> NDArray[np.bool_]:
    """Which of a column are among the values: a mask over all numbers, read off."""
    if not len(values) or not len(column):
        return np.zeros(len(column), bool)
    if len(column) < FEW:
        return np.isin(column, values)
    chosen = np.zeros(max(int(column.max()), int(values.max())) + 1, bool)
    chosen[values] = True
    found: NDArray[np.bool_] = chosen[column]
    return found


def _ranges(
    index: TripleIndex, pattern: Pattern, columns: Columns, length: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], Keys]:
    """Where in a table each row finds its partners: from, to, and the table."""
    s, p, o = pattern
    by_subject = s >= 0 or s in columns or (o < 0 and o not in columns)
    table = index.table(p).keys if by_subject else index.table(p).flipped
    part = s if by_subject else o
    if part < 0 and part not in columns:  # a cross product: everything is a partner
        return np.zeros(length, np.intp), np.full(length, len(table)), table
    if part >= 0:
        left = np.full(1, part, np.int64) << 32
        low, high = table.searchsorted(left), table.searchsorted(left + (1 << 32))
        return np.repeat(low, length), np.repeat(high, length), table
    return *Starts(table).spans(columns[part]), table


class Starts:
    """Where the rows of each number on the left start and end in a sorted table.

    >>> starts = Starts(pack(np.array([1, 1, 4]), np.array([7, 8, 9])))
    >>> [part.tolist() for part in starts.spans(np.array([4, 1], np.int32))]
    [[2, 0], [3, 2]]

    Few values are looked for by binary search, many by a list of all numbers, made once: a
    binary search for each of many values in no order misses the cache at each step.
    """

    __slots__ = ("_ends", "_starts", "table")

    def __init__(self, table: Keys) -> None:
        self.table = table
        self._starts = self._ends = np.empty(0, np.intp)

    def spans(self, values: Numbers) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """From where to where the rows of each value are."""
        table = self.table
        if not len(values) or not len(table):
            return np.zeros(len(values), np.intp), np.zeros(len(values), np.intp)
        top = max(int(values.max()), int(table[-1] >> 32)) + 1
        if len(self._starts) < top:
            if 32 * len(values) < top + len(table):
                left = values.astype(np.int64) << 32
                return table.searchsorted(left), table.searchsorted(left + (1 << 32))
            self._list(top)
        return self._starts[values], self._ends[values]

    def _list(self, top: int) -> None:
        lefts = unpack(self.table)[0]
        first = np.flatnonzero(np.concatenate(([True], lefts[1:] != lefts[:-1])))
        self._starts, self._ends = np.zeros(top, np.intp), np.zeros(top, np.intp)
        self._starts[lefts[first]] = first
        self._ends[lefts[first]] = np.append(first[1:], len(lefts))


def compose(left: Keys, right: Keys | Starts, budget: Budget, what: str) -> Iterator[Keys]:
    """All (a, c) with (a, b) in ``left`` and (b, c) in ``right``, which is sorted; in pieces.

    In the order of ``left``, and of ``right`` for each of its pairs.
    """
    start, middle = unpack(left)
    right = right if isinstance(right, Starts) else Starts(right)
    low, high = right.spans(middle)
    counts = high - low
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    budget.spend(total, what)
    cuts = ends.searchsorted(np.arange(PIECE, total, PIECE)).tolist()
    for first, last in pairwise([0, *cuts, len(left)]):
        look()
        part = counts[first:last]
        rows = int(part.sum())
        if rows:
            skipped = np.cumsum(part) - part - low[first:last]
            places = np.arange(rows) - np.repeat(skipped, part)
            yield pack(np.repeat(start[first:last], part), unpack(right.table)[1][places])
