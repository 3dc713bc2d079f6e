"""Triple patterns joined row by row while the rows are few: plain numbers, no columns.

A lookup begins at a term and follows a few facts. For so little each step over columns costs
more than it does, so rows are lists of numbers here, and one binary search finds the matches of
a row. Where a step would give more than a handful of rows, it is left to the columns.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from glocal_kg._rdf.sparql.solution_table import SolutionTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from glocal_kg._rdf.sparql.numbered_patterns import NumberedPattern
    from glocal_kg._rdf.store.moment import Moment, Selection

    Side: TypeAlias = Literal["s", "o"]

MOST: Final = 64  # rows that are joined one by one


class FewRows:
    """A table of few rows in plain numbers, all bound, to which patterns are joined."""

    def __init__(self, table: SolutionTable, moment: Moment, selection: Selection) -> None:
        self.rows = table.rows
        self._columns: dict[Any, list[int]] = {}
        for name, column in table.columns.items():
            self._columns[name] = column.tolist()
        self._moment = moment
        self._selection = selection

    def table(self) -> SolutionTable:
        """The rows as columns."""
        columns = self._columns.items()
        return SolutionTable(self.rows, {name: np.array(own, np.int32) for name, own in columns})

    def join(self, links: list[NumberedPattern]) -> list[NumberedPattern]:
        """Join patterns as long as one has an end with a value; give back those that are left."""
        left = links
        while left and self.rows:
            ready = [link for link in left if self._is_ready(link)]
            if not ready:
                break
            chosen = ready[0] if len(ready) == 1 else min(ready, key=self._guess)
            if not self._joined(chosen):
                break
            left = [link for link in left if link is not chosen]
        return left

    def _is_ready(self, link: NumberedPattern) -> bool:
        """Whether a pattern begins at a value."""
        if not link.is_plain:
            return False
        columns = self._columns
        if link.s is not None or link.s_name in columns:
            return True
        any_predicate = link.p is None and link.p_name not in columns
        return not any_predicate and (link.o is not None or link.o_name in columns)

    def _guess(self, link: NumberedPattern) -> int:
        """How many matches the first row has; none where a pattern only takes rows away."""
        first = {name: column[0] for name, column in self._columns.items()}
        s = first.get(link.s_name, link.s)
        o = first.get(link.o_name, link.o)
        if s is not None and o is not None:
            return 0
        return self._moment.count(s, first.get(link.p_name, link.p), o, self._selection)

    def _joined(self, link: NumberedPattern) -> bool:
        """Join a pattern; without a change where that would be too many rows."""
        columns, rows, selection = self._columns, self.rows, self._selection
        s = columns.get(link.s_name) if link.s is None else [link.s] * rows
        p = columns.get(link.p_name) if link.p is None else [link.p] * rows
        o = columns.get(link.o_name) if link.o is None else [link.o] * rows
        side: Side = "o" if s is None else "s"
        near, far = (o, s) if s is None else (s, o)
        assert near is not None
        kept: list[int] = []  # the old row of each new one, and what is new in it
        predicates: list[int] = []
        others: list[int] = []
        for row in range(rows):
            if p is None:
                facts = self._moment.around(near[row], selection)
                if facts is None:
                    return False
                for predicate, other in zip(*facts, strict=True):
                    if far is None or other == far[row]:
                        kept.append(row)
                        predicates.append(predicate)
                        others.append(other)
            else:
                found = self._moment.few(p[row], side, near[row], selection)
                if found is None:
                    return False
                if far is None:
                    kept += [row] * len(found)
                    others += found
                elif far[row] in found:
                    kept.append(row)
            if len(kept) > MOST:
                return False
        if columns and (len(kept) != rows or kept[-1] != rows - 1 or len({*kept}) != rows):
            columns = {name: [column[row] for row in kept] for name, column in columns.items()}
        if far is None:
            columns[link.names[0] if side == "o" else link.names[-1]] = others
        if p is None:
            columns[link.p_name] = predicates
        self._columns, self.rows = columns, len(kept)
        return True
