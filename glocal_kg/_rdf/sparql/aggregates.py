"""Groups of rows and what is computed over them (11, 18.5.1)."""

from __future__ import annotations

from typing import Final

import numpy as np
from pyoxigraph import Literal

from glocal_kg._rdf.sparql import numbers
from glocal_kg._rdf.sparql.comparison import number
from glocal_kg._rdf.sparql.evaluating import Evaluator
from glocal_kg._rdf.sparql.limits import SORTED, fitting
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.piecewise import lasts, ordering, slices, taken
from glocal_kg._rdf.sparql.solution_table import SolutionTable, firsts, numbered, packed
from glocal_kg._rdf.sparql.sorting import ranks
from glocal_kg._rdf.sparql.worth import WHOLE, aligned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Aggregate, Exists
    from glocal_kg._rdf.sparql.comparison import Term
    from glocal_kg._rdf.sparql.numbers import Number
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column

    Numbered = NDArray[np.int32]


_PART: Final = 1 << 15  # rows that are read between two looks at the clock


class GroupedRows:
    """The groups of a table by some columns; ``order`` are their places by their first rows."""

    def __init__(
        self, run: Evaluation, table: SolutionTable, names: list[str], start: SolutionTable | None
    ) -> None:
        """``start`` are rows with the columns ``names`` that are groups though no row has them."""
        self.run = run
        self.table = table
        columns = {name: table.column(name) for name in names}
        if start is not None:
            columns = {
                name: np.concatenate((start.column(name), column))
                for name, column in columns.items()
            }
        if columns:
            run.limits.table(table.rows, len(columns), work=SORTED)
        before = 0 if start is None else start.rows
        rows = before + table.rows
        if columns and rows:
            keys = packed(list(columns.values()), run.limits.check)
            once, back = numbered(keys, run.limits.check)
            at = rows - 1 - lasts(back[::-1], len(once), run.limits.check)  # the first of each
            self.of_row = back[before:]
        else:
            self.of_row, at = np.zeros(table.rows, np.int32), np.arange(min(1, rows))
        self.count = len(at)
        self.order = ordering([at], run.limits.check)
        tables = [table] if start is None else [table, start]
        maybe = {n for n in names for one in tables if n in one.maybe or n not in one.columns}
        found = {name: column[at] for name, column in columns.items()}
        self.keys = SolutionTable(self.count, found, frozenset(maybe))

    def column(
        self, aggregate: Aggregate, exists: Callable[[Exists, SolutionTable], NDArray[np.bool_]]
    ) -> Column:
        """What an aggregate is in each group, as numbers of terms."""
        groups, name = self.of_row, aggregate.name
        if aggregate.arg is None:
            if aggregate.distinct:
                groups = self._of_distinct_rows()
            return self._counts(self._sizes(groups))
        column = Evaluator(self.run, self.table, exists).numbers(aggregate.arg)
        bound = column >= 0
        failed = np.zeros(self.count, bool)
        if not bound.all():
            failed[groups[~bound]] = True
            groups, column = groups[bound], column[bound]
        if aggregate.distinct:
            check = self.run.limits.check
            first = firsts(packed([groups, column], check), check)
            groups, column = taken(groups, first, check), taken(column, first, check)
        if name == "COUNT":
            return self._counts(self._sizes(groups))
        if name == "SAMPLE":
            return self._first(groups, column)
        if name == "GROUP_CONCAT":
            return self._joined(groups, column, aggregate.separator)
        if name in ("MIN", "MAX"):
            found = self._extreme(groups, column, name == "MAX")
        else:
            found = self._totals(groups, column, mean=name == "AVG")
        found[failed] = -1  # an error in a group leaves it without value (11.2)
        return found

    def _of_distinct_rows(self) -> Numbered:
        """The group of each distinct row."""
        rows = self.table.only(n for n in self.table.columns if not n.startswith("_:"))
        if self.count == 1:
            return np.zeros(rows.distinct(self.run.limits).rows, np.int32)
        rows = rows.with_column("_:group", self.of_row)
        return rows.distinct(self.run.limits).columns["_:group"]

    def _sizes(self, groups: Numbered) -> NDArray[np.intp]:
        """How many rows each group has."""
        if self.count == 1:
            return np.array([len(groups)], np.intp)
        sizes = np.zeros(self.count, np.intp)
        for some in slices(len(groups), self.run.limits.check):  # each is made wider for it
            sizes += np.bincount(groups[some], minlength=self.count)
        return sizes

    def _counts(self, counts: NDArray[np.intp]) -> Column:
        if len(counts) == 1:
            return self.run.terms.numbers([numbers.written(int(counts[0]))])
        once, back = numbered(counts)
        terms = self.run.terms.numbers(numbers.written(count) for count in once.tolist())
        return terms[back]

    def _first(self, groups: Numbered, column: Column) -> Column:
        found = np.full(self.count, -1, np.int32)
        found[groups[::-1]] = column[::-1]
        return found

    def _extreme(self, groups: Numbered, column: Column, largest: bool) -> Column:
        """The least or the largest by the order of ORDER BY, which MIN and MAX use."""
        check, rank = self.run.limits.check, ranks(self.run, column)
        best, extreme = np.full(self.count, np.nan), np.fmax if largest else np.fmin
        for some in slices(len(groups), check):
            extreme.at(best, groups[some], rank[some])
        found = np.full(self.count, -1, np.int32)
        for some in [*slices(len(groups), check)][::-1]:  # the first of equal ones is written last
            check()
            at = np.flatnonzero(rank[some] == best[groups[some]])[::-1]
            found[groups[some][at]] = column[some][at]
        return found

    def _totals(self, groups: Numbered, column: Column, *, mean: bool) -> Column:
        """SUM or AVG, exactly: over columns where all numbers are short integers and decimals."""
        sizes = self._sizes(groups)
        sums = self._by_columns(groups, column, sizes)
        if sums is None:
            sums = self._one_by_one(groups, column)
        found: list[Literal | None] = []
        for total, many in zip(sums, sizes.tolist(), strict=True):
            if total is not None and mean and many:
                total = numbers.divide(total, many)
            found.append(None if total is None else numbers.written(total))
        return self.run.terms.numbers(found)

    def _by_columns(
        self, groups: Numbered, column: Column, sizes: NDArray[np.intp]
    ) -> list[Number | None] | None:
        """The sums of groups in units of the last place; None where a number has no such."""
        check = self.run.limits.check
        once, back = numbered(column, check)
        units, places = self.run.terms.exact(once)
        even = aligned(units, places, len(column))
        if even is None:
            return None
        sums = np.zeros(self.count, np.int64)
        real = places != WHOLE
        decimal = np.full(self.count, real.all()) & (sizes > 0)
        mixed = real.any() and not real.all()
        for part in slices(len(groups), check):
            some, terms = groups[part], back[part]
            np.add.at(sums, some, even[0][terms])
            if mixed:
                decimal[some[real[terms]]] = True
        return [
            numbers.of_units(total, even[1]) if point else total // 10 ** even[1]
            for total, point in zip(sums.tolist(), decimal.tolist(), strict=True)
        ]

    def _one_by_one(self, groups: Numbered, column: Column) -> list[Number | None]:
        """The same for numbers of any kind and length; None where a term is no number.

        Each distinct number of a group is taken so often at once.
        """
        check = self.run.limits.check
        keys, back = numbered(packed([groups, column], check), check)
        times = np.bincount(back, minlength=len(keys))
        once, back = numbered(((keys & 0xFFFFFFFF) - 1).astype(np.int32), check)
        worth: list[Number | None] = []
        for start in range(0, len(once), _PART):
            check()
            worth += map(_number, self.run.terms.read(once[start : start + _PART], len(once)))
        sums: list[Number | None] = [0] * self.count
        for start in range(0, len(keys), _PART):
            check()
            some = slice(start, start + _PART)
            columns = (keys[some] >> 32) - 1, back[some], times[some]
            for group, at, often in zip(*(one.tolist() for one in columns), strict=True):
                total, value = sums[group], worth[at]
                if total is not None:
                    sums[group] = (
                        None
                        if value is None
                        else numbers.add(
                            total, value if often == 1 else numbers.multiply(value, often)
                        )
                    )
        return sums

    def _joined(self, groups: Numbered, column: Column, separator: str) -> Column:
        """GROUP_CONCAT: the texts in the order of the rows; unbound ones are left out."""
        once, back = numbered(column, self.run.limits.check)
        texts: list[str | None] = []
        for start in range(0, len(once), _PART):
            self.run.limits.texts(len(once), sum(len(text or "") for text in texts[-_PART:]))
            texts += self.run.terms.strings(once[start : start + _PART], any_term=True)
        lengths = np.array([-1 if text is None else len(text) for text in texts], np.int64)[back]
        failed = np.zeros(self.count, bool)
        failed[groups[lengths < 0]] = True
        # What is joined is held twice for a moment, and its rows by their places.
        letters = 2 * int(lengths.sum() + len(lengths) * (len(separator) + 8))
        self.run.limits.texts(len(once), letters + self.run.terms.letters)
        order = ordering([groups], self.run.limits.check)
        if len(lengths):
            longest = np.bincount(groups, lengths + len(separator), self.count).max()
            fitting(int(longest) - len(separator))
        ends = np.cumsum(np.bincount(groups, minlength=self.count)).tolist()
        found: list[Literal | None] = []
        start = checked = 0
        for end, wrong in zip(ends, failed.tolist(), strict=True):
            if end > checked:
                self.run.limits.check()
                checked = end + _PART
            if wrong:
                found.append(None)
            else:
                some = map(texts.__getitem__, back[order[start:end]].tolist())
                found.append(Literal(separator.join(some)))  # type: ignore[arg-type]  # none of them is None
            start = end
        return self.run.terms.numbers(found)


def _number(term: Term | None) -> Number | None:
    """The number that a term is; None where it is none."""
    try:
        return None if term is None else number(term)
    except NoValue:
        return None
