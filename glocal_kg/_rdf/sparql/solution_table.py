"""Solutions in columns: one column of term numbers for each variable, -1 where it is unbound."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.sparql.limits import SORTED
from glocal_kg._rdf.sparql.piecewise import (
    TOGETHER,
    ordered_ranges,
    sorted_ranges,
    taken,
)
from glocal_kg._rdf.store.sorted_rows import repeated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from glocal_kg._rdf.sparql.limits import Limits, Told

Column: TypeAlias = NDArray[np.int32]
Places: TypeAlias = NDArray[np.intp]
Keys: TypeAlias = NDArray[np.int64] | NDArray[np.int32]

UNBOUND: Final = -1
_APART: Final = 1 << 21  # rows among which equal ones are found in one go
_MANY: Final = 8  # columns from which it is looked at whether all rows stay as they are


class SolutionTable:
    """So many rows; ``maybe`` names the columns in which some rows may be unbound.

    Tables are never changed once they are made; columns are shared between them.

    >>> table = SolutionTable(2, {"x": np.array([7, 8], np.int32)})
    >>> table.take(np.array([1, 1])).columns["x"].tolist()
    [8, 8]
    """

    __slots__ = ("columns", "maybe", "rows")

    def __init__(
        self, rows: int, columns: dict[str, Column], maybe: frozenset[str] = frozenset()
    ) -> None:
        self.rows = rows
        self.columns = columns
        self.maybe = maybe

    def take(self, places: Places, check: Callable[[], object] = bool) -> SolutionTable:
        """The rows at some places, in their order. ``check`` is called now and then."""
        if len(self.columns) > _MANY and _are_all(places, self.rows):
            return self
        columns = {name: taken(column, places, check) for name, column in self.columns.items()}
        return SolutionTable(len(places), columns, self.maybe)

    def where(self, kept: NDArray[np.bool_], check: Callable[[], object] = bool) -> SolutionTable:
        """The rows for which ``kept`` is true."""
        return self if kept.all() else self.take(np.flatnonzero(kept), check)

    def only(self, names: Iterable[str]) -> SolutionTable:
        """The same rows with these columns alone, as far as they are there."""
        kept = {name: self.columns[name] for name in names if name in self.columns}
        return SolutionTable(self.rows, kept, self.maybe & kept.keys())

    def only_of(self, names: Container[str]) -> SolutionTable:
        """The same rows without the columns that are not among these."""
        kept = [name for name in self.columns if name in names]
        return self if len(kept) == len(self.columns) else self.only(kept)

    def with_column(self, name: str, column: Column) -> SolutionTable:
        """One column more, or another in its place."""
        maybe = self.maybe - {name}
        if self.rows and column.min() < 0:
            maybe |= {name}
        return SolutionTable(self.rows, {**self.columns, name: column}, maybe)

    def slice(self, start: int, end: int) -> SolutionTable:
        """Some rows one after the other."""
        columns = {name: column[start:end] for name, column in self.columns.items()}
        rows = max(0, min(end, self.rows) - start)
        return SolutionTable(rows, columns, self.maybe)

    def column(self, name: str) -> Column:
        """A column; one that is not there is unbound in all rows."""
        found = self.columns.get(name)
        return repeated(UNBOUND, self.rows) if found is None else found

    def distinct(self, limits: Limits | None = None, told: Told = bool) -> SolutionTable:
        """Each row once, in the order of their first places. Raises ``QueryError`` by a limit.

        ``told`` is told how many there are in a part.
        """
        if not self.columns:
            return SolutionTable(min(self.rows, 1), {})
        if self.rows < 2:
            return self
        check: Callable[[], object] = bool
        if limits is not None:
            limits.table(self.rows, len(self.columns), work=SORTED)
            check = limits.check
        if self.rows > 2 * _APART:
            parts = []
            for start in range(0, self.rows, _APART):
                parts.append(self.slice(start, start + _APART)._once(check))
                told(parts[-1].rows)
            return stacked(parts, check)._once(check)
        return self._once(check)

    def _once(self, check: Callable[[], object]) -> SolutionTable:
        first = firsts(packed(list(self.columns.values()), check), check)
        return self if len(first) == self.rows else self.take(first, check)


class InEither:
    """What is in one of two: a union that is not spelled out, as it would be for each step."""

    __slots__ = ("one", "other")

    def __init__(self, one: Container[str], other: Container[str]) -> None:
        self.one = one
        self.other = other

    def __contains__(self, name: object) -> bool:
        return name in self.one or name in self.other


ONE: Final = SolutionTable(1, {})
"""The table of one row without any column: what every group starts from."""


def empty(names: Iterable[str]) -> SolutionTable:
    """No row, these columns."""
    return SolutionTable(0, dict.fromkeys(names, _NOTHING))


_NOTHING: Final = np.empty(0, np.int32)


def _are_all(places: Places, rows: int) -> bool:
    """Whether places are those of all rows in their order."""
    return len(places) == rows and bool((places == np.arange(rows)).all())


def unique(column: NDArray[Any], check: Callable[[], object] = bool) -> NDArray[Any]:
    """The distinct numbers of a column, sorted. (numpy's own hashes, which is much slower.)

    ``check`` is called while long columns are sorted, here and below, and may raise.

    >>> unique(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    if len(column) < 2:
        return column
    if not (column[1:] >= column[:-1]).all():
        if len(column) > 256 and (dense := _held(column, check)) is not None:
            return (np.flatnonzero(dense[0]) + dense[1]).astype(column.dtype)
        return np.concatenate([part[_new(part)] for part in sorted_ranges(column, check)])
    return column[_new(column)]


def _new(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Where another number begins in a sorted column."""
    new = np.empty(len(column), bool)
    new[:1] = True
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new


def numbered(
    column: NDArray[Any], check: Callable[[], object] = bool
) -> tuple[NDArray[Any], Column]:
    """The distinct numbers of a column, sorted, and for each row the place of its number.

    Places of 32 bits are quicker to look up than wider ones, and are half as many bytes.

    >>> [part.tolist() for part in numbered(np.array([7, 5, 7]))]
    [[5, 7], [1, 0, 1]]
    """
    if len(column) > 256 and (dense := _held(column, check)) is not None:
        held, least = dense
        places = np.cumsum(held, dtype=np.int32)
        places -= 1
        back = taken(places, column, check, least)
        return (np.flatnonzero(held) + least).astype(column.dtype), back
    back, count = np.empty(len(column), np.int32), 0
    parts: list[NDArray[Any]] = []
    for at, part in ordered_ranges(column, check):
        new = _new(part)
        back[at] = np.cumsum(new) + (count - 1)
        parts.append(part[new])
        count += len(parts[-1])
    return parts[0] if len(parts) == 1 else np.concatenate(parts), back


def _held(
    column: NDArray[Any], check: Callable[[], object]
) -> tuple[NDArray[np.bool_], int] | None:
    """Which numbers from the least on a column has, and the least: quicker than sorting.

    None where they are too far apart.
    """
    least, most = int(column.min()), int(column.max())
    if most - least >= 8 * len(column):
        return None
    held = np.zeros(most - least + 1, bool)
    for start in range(0, len(column), TOGETHER):
        check()
        held[column[start : start + TOGETHER] - least] = True
    return held, least


def firsts(keys: NDArray[Any], check: Callable[[], object] = bool) -> Places:
    """The first place of each distinct number, in the order of the places.

    >>> firsts(np.array([7, 5, 7])).tolist()
    [0, 1]
    """
    first = np.zeros(len(keys), bool)
    for at, part in ordered_ranges(keys, check):
        first[at[_new(part)]] = True
    return np.flatnonzero(first)


def packed(columns: Sequence[NDArray[Any]], check: Callable[[], object] = bool) -> NDArray[Any]:
    """One number for each row, equal where all columns are. At least one column.

    ``check`` is called between columns, and may raise.
    """
    check()
    if len(columns) == 1:
        return columns[0]
    keys = _paired(columns[0], columns[1], check)
    for column in columns[2:]:
        keys = _paired(numbered(keys, check)[1], column, check)
    return keys


def _paired(left: NDArray[Any], right: Column, check: Callable[[], object]) -> Keys:
    """Each two numbers as one, piece by piece."""
    if len(left) <= TOGETHER:
        return pair(left.astype(np.int64), right)
    found = np.empty(len(left), np.int64)
    for start in range(0, len(left), TOGETHER):
        check()
        end = start + TOGETHER
        found[start:end] = pair(left[start:end].astype(np.int64), right[start:end])
    return found


def pair(left: Keys, right: Column) -> Keys:
    """Two numbers below 2**31, or -1, as one."""
    return (left + 1) << 32 | (right.astype(np.int64) + 1)


def stacked(tables: list[SolutionTable], check: Callable[[], object] = bool) -> SolutionTable:
    """The rows of tables one after the other; a column that one lacks is unbound there.

    ``check`` is called between the columns of each, and may raise.
    """
    if len(tables) == 1:
        return tables[0]
    names = dict.fromkeys(name for table in tables for name in table.columns)
    rows = sum(table.rows for table in tables)
    if rows <= TOGETHER:
        columns = {name: np.concatenate([table.column(name) for table in tables]) for name in names}
    else:
        columns = {name: np.empty(rows, np.int32) for name in names}
        for name, column in columns.items():
            start = 0
            for table in tables:
                check()
                column[start : start + table.rows] = table.columns.get(name, UNBOUND)
                start += table.rows
    maybe = {
        name
        for name in names
        for table in tables
        if table.rows and (name in table.maybe or name not in table.columns)
    }
    return SolutionTable(rows, columns, frozenset(maybe))
