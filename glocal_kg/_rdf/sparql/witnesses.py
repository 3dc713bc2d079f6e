"""Patterns of which one match is enough, as nobody asks more of them than whether there is one.

Cities that more than one practice concerns: of the other practice only that it is another one
matters. To join all pairs takes the square of what a city has. So the patterns of the other are
joined apart, and each row looks at their rows one after the other until one passes the filters.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from glocal_kg._rdf.sparql.joins import Matches, agreeing, keys_of
from glocal_kg._rdf.sparql.keeping import Keep
from glocal_kg._rdf.sparql.solution_table import ONE, SolutionTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from glocal_kg._rdf.sparql.basic_patterns import Matcher
    from glocal_kg._rdf.sparql.keeping import Ahead, Keeper
    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.numbered_patterns import NumberedPattern, PatternsToCome

ROW: Final = "_:row"
"""The column with the places of the rows that look for a witness."""
_GROWTH: Final = 4  # each round looks at so many times more
_MANY: Final = 1 << 18  # rows that are worth a look at whether all are needed,
_TIMES: Final = 4  # where they are so many times those that they are made from
_TRIED: Final = 1 << 17  # pairs that are tried together


class _KeepOnce(Keep):
    """Keeps these columns, and of rows that are alike in them one."""

    def __init__(self, wanted: Container[str], limits: Limits) -> None:
        super().__init__(wanted)
        self._limits = limits

    def __call__(
        self, table: SolutionTable, coming: Container[str], ahead: Ahead | None
    ) -> SolutionTable:
        return super().__call__(table, coming, ahead).distinct(self._limits)


def witnessed(
    matcher: Matcher,
    table: SolutionTable,
    chosen: NumberedPattern,
    waiting: PatternsToCome,
    keeper: Keeper,
) -> SolutionTable | None:
    """The rows for which there is a match of a pattern and all that are linked to it.

    None where somebody asks more of them, or where to join them does not give too many rows.
    """
    guess = matcher.guess(chosen, table)
    if guess < _MANY:
        return None
    links, new = connected(chosen, waiting.all(), table)
    shared = {name for link in links for name in link.names if name in table.columns}
    facts = sum(map(matcher.facts, links))
    if _TIMES * (facts + table.rows) > guess or not shared or shared & table.maybe:
        return None
    if not all(link.is_triple for link in links):  # a path leads on from terms of no fact
        return None
    tests = keeper.tests_of(new, table, waiting.names())
    if tests is None:
        return None
    limits, looked_at = matcher.run.limits, shared.union(*(names for _, names in tests))
    patterns = tuple(link.pattern for link in links)
    others = matcher.match(patterns, ONE, _KeepOnce(looked_at, limits))
    for link in links:
        waiting.remove(link)
    inside = new | shared
    own = keeper.taken([one for one in tests if one[1] <= inside])
    asked = keeper.taken([one for one in tests if not one[1] <= inside])
    test = (lambda rows: keeper.filtered(rows, asked, bool)) if asked else None
    return with_witness(table, keeper.filtered(others, own, bool), test, limits)


def connected(
    chosen: NumberedPattern, links: Iterable[NumberedPattern], table: SolutionTable
) -> tuple[list[NumberedPattern], set[str]]:
    """The patterns that share new variables with a chosen one, be it over others; and these."""
    found, new = [chosen], {*chosen.names} - table.columns.keys()
    waiting = [link for link in links if link is not chosen]
    while linked := [link for link in waiting if not new.isdisjoint(link.names)]:
        found += linked
        new.update(name for link in linked for name in link.names if name not in table.columns)
        waiting = [link for link in waiting if link not in linked]
    return found, new


def with_witness(
    table: SolutionTable,
    others: SolutionTable,
    test: Callable[[SolutionTable], SolutionTable] | None,
    limits: Limits,
) -> SolutionTable:
    """The rows that agree with one of the ``others`` with which they pass a test.

    ``test`` gives those of some joined rows that pass, with their column ``ROW``. What both tables
    share is bound in all rows.
    """
    shared = [name for name in others.columns if name in table.columns]
    if test is None:
        return table.where(agreeing(table.only(shared), others, limits))
    matches = Matches(*keys_of(table, others, shared))
    met = np.zeros(table.rows, bool)
    open_, at, size = np.flatnonzero(matches.counts), 0, 1
    while len(open_):
        limits.check()
        most = max(1, _TRIED // size)
        for start in range(0, len(open_), most):
            rows = open_[start : start + most]
            limits.table(len(rows) * size, len(table.columns) + len(others.columns))
            left, right = matches.some(rows, at, size)
            columns = {name: column[left] for name, column in table.columns.items()}
            columns |= {name: column[right] for name, column in others.columns.items()}
            columns[ROW] = left.astype(np.int32)
            tried = SolutionTable(len(left), columns, table.maybe | others.maybe)
            met[test(tried).columns[ROW]] = True
        at, size = at + size, min(size * _GROWTH, _TRIED)
        open_ = open_[~met[open_] & (matches.counts[open_] > at)]
    return table.where(met)
