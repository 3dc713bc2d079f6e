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
    from glocal_kg._rdf.store.moment import Moment
    from glocal_kg._rdf.store.selection import Selection

    Side: TypeAlias = Literal["s", "o"]

MOST: Final = 32  # rows that are joined one by one


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
        columns, rows = self._columns, self.rows
        p = columns.get(link.p_name) if link.p is None else None
        if link.p is None and p is None:
            return self._joined_about(link)
        s = columns.get(link.s_name) if link.s is None else [link.s] * rows
        o = columns.get(link.o_name) if link.o is None else [link.o] * rows
        side: Side = "o" if s is None else "s"
        near, far = (o, s) if s is None else (s, o)
        find = self._moment.finder(link.p, side, self._selection) if link.p is not None else None
        kept: list[int] = []  # the old row of each new one, and what is new in it
        others: list[int] = []
        for row, key in enumerate(near):  # type: ignore[arg-type]  # the known end has a column
            if p is not None:
                find = self._moment.finder(p[row], side, self._selection)
            found = find(key)  # type: ignore[misc]  # one of the two is set
            if found is None:
                return False
            if far is None:
                kept += [row] * len(found)
                others += found
            elif far[row] in found:
                kept.append(row)
            if len(kept) > MOST:
                return False
        self._keep(kept)
        if far is None:
            self._columns[link.s_name if side == "o" else link.o_name] = others
        return True

    def _joined_about(self, link: NumberedPattern) -> bool:
        """Join the facts of subjects, with whatever predicate."""
        columns, rows = self._columns, self.rows
        s = columns.get(link.s_name) if link.s is None else [link.s] * rows
        o = columns.get(link.o_name) if link.o is None else [link.o] * rows
        kept: list[int] = []
        facts: list[tuple[int, int]] = []
        for row, subject in enumerate(s):  # type: ignore[arg-type]  # the subject is known
            around = self._moment.around(subject, "s", self._selection)
            if around is None:
                return False
            for fact in zip(*around, strict=True):
                if o is None or fact[1] == o[row]:
                    kept.append(row)
                    facts.append(fact)
            if len(kept) > MOST:
                return False
        self._keep(kept)
        self._columns[link.p_name] = [fact[0] for fact in facts]
        if o is None:
            self._columns[link.o_name] = [fact[1] for fact in facts]
        return True

    def _keep(self, kept: list[int]) -> None:
        """Take some rows, in their order, some perhaps several times."""
        if kept != list(range(self.rows)):
            for name, column in self._columns.items():
                self._columns[name] = [column[row] for row in kept]
        self.rows = len(kept)
