"""Groups of patterns: from rows to rows, step after step (18.6).

What follows from the standard's bottom-up meaning is used to do less: rows so far are handed
into a nested group where that cannot change its meaning, and filters are asked as soon as the
variables they need can no longer change.
"""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any, Final

import numpy as np

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    Bind,
    Exists,
    GroupPattern,
    InlineData,
    Minus,
    NamedGraphPattern,
    Optional,
    Select,
    Union,
    Var,
)
from glocal_kg._rdf.sparql.basic_patterns import UNKNOWN, Matcher
from glocal_kg._rdf.sparql.evaluating import Evaluator
from glocal_kg._rdf.sparql.joins import agreeing, join, optional
from glocal_kg._rdf.sparql.keeping import Keep, Keeper
from glocal_kg._rdf.sparql.numbered_patterns import rows_of
from glocal_kg._rdf.sparql.planning import admissible, bundled, is_bare, ordered
from glocal_kg._rdf.sparql.scope import (
    mentioned,
    of_expression,
    visible,
)
from glocal_kg._rdf.sparql.solution_table import ONE, SolutionTable, empty, stacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression, Step
    from glocal_kg._rdf.sparql.limits import Told
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.store.selection import Selection

_FEW: Final = 4  # graphs that are looked at one by one
_FIRST: Final = 1024  # rows of the first piece


class Solver:
    """Solves groups over one active graph.

    ``fixed`` names variables that hold everywhere inside, as though their values were written
    for them: those given to the query, and within EXISTS those of the row that is tested.
    """

    def __init__(
        self, run: Evaluation, selection: Selection, fixed: frozenset[str] = frozenset()
    ) -> None:
        self.run = run
        self.selection = selection
        self.fixed = fixed
        self.matcher = Matcher(run, selection, fixed)

    def group(
        self,
        group: GroupPattern,
        start: SolutionTable,
        needed: set[str],
        *,
        once: bool = False,
        told: Told = bool,
    ) -> SolutionTable:
        """The rows of a group that agree with a row of ``start``, joined with it.

        Of the columns those of ``start``, those of ``needed`` and perhaps more come out. With
        ``once`` rows that are alike in these may come as one. ``told`` is told how many rows there
        are, as soon as at least so many are known to come, be they made or not.
        """
        once = once and any(isinstance(step, BasicPattern) for step in group.steps)
        if len(group.steps) == 1 and not group.filters and not once:
            return self._lone(group.steps[0], start, needed | start.columns.keys(), told)
        bundles = bundled(ordered(group.steps, start.columns))
        needed = needed | start.columns.keys()
        keep = Keeper(group, bundles, needed, self.filtered, self.run.limits, once=once)
        table, last = start, _last_to_lessen(bundles)
        for place, (bundle, names) in enumerate(zip(bundles, keep.mentions, strict=True), 1):
            self.run.limits.check()
            ahead = partial(self._ahead, bundles[place][0]) if bundles[place:] else None
            keep.begin(names, ahead, told if place >= last else bool)
            step = bundle[0]
            if isinstance(step, BasicPattern):
                keeper = keep if keep.once else None
                table = self.matcher.match(step.patterns, table, keep, keeper, keep.told)
            elif isinstance(step, Bind):
                table = keep.bound(self._bound(bundle, table), names)
            else:
                table = self._step(step, table, keep.wanted_of(names), keep.told)
                table = keep(table, (), None)
        return keep.rest(table)

    def _lone(
        self, step: Step, start: SolutionTable, needed: set[str], told: Told
    ) -> SolutionTable:
        """The same for one step without filters, as most lookups are."""
        self.run.limits.check()
        rows = None
        if isinstance(step, BasicPattern) and len(step.patterns) == 1 and not needed:
            rows = rows_of(step.patterns[0], self.run, self.selection) if start is ONE else None
        if rows is not None:
            found = SolutionTable(rows, {})
        elif isinstance(step, BasicPattern):
            found = self.matcher.match(step.patterns, start, Keep(needed), None, told)
        else:
            found = self._step(step, start, needed, told)
        told(found.rows)
        return found

    def pieces(
        self, group: GroupPattern, start: SolutionTable, needed: set[str]
    ) -> Iterator[SolutionTable]:
        """The rows of a group in pieces, for who may not need all of them.

        Every step takes rows one by one, so the rows of the first pattern can go through the
        rest in parts, which grow.
        """
        steps = ordered(group.steps, start.columns)
        if not steps or not isinstance(steps[0], BasicPattern):
            yield self.group(group, start, needed)
            return
        some = False
        for table, rest in self.matcher.begun(steps[0].patterns, start):
            others = GroupPattern((BasicPattern(rest), *steps[1:]), group.filters)
            at, size = 0, _FIRST
            while at < table.rows:
                yield self.group(others, table.slice(at, at + size), needed)
                at, size, some = at + size, size * 4, True
        if not some:
            yield empty((*start.columns, *visible(group.steps)))

    def filtered(
        self, table: SolutionTable, filters: list[Expression], told: Told = bool
    ) -> SolutionTable:
        """The rows for which filters are true; ``told`` is told how many so far."""
        if not filters:
            return table
        return Evaluator(self.run, table, self.exists).kept(filters, told)

    # Steps

    def _step(
        self, step: Step, table: SolutionTable, needed: set[str], told: Told
    ) -> SolutionTable:
        limits = self.run.limits
        inside = told if not table.columns and table.rows == 1 else bool  # joined with nothing
        match step:
            case GroupPattern():
                return join(table, self._nested([step], table, needed, inside)[0], limits, told)
            case Union(branches):
                found = self._nested(list(branches), table, needed, inside)
                rows, names = sum(part.rows for part in found), visible((step,))
                inside(rows)
                limits.table(rows, len(names))
                return join(table, _union(branches, found, limits.check), limits, told)
            case Optional(group):
                return self._optional(group, table, needed, told)
            case Minus(group):
                right = self._nested([group], table, set(visible(group.steps)))[0]
                removed = agreeing(table, right, self.run.limits, self.fixed)
                return table.where(~removed, limits.check)
            case Bind():
                return self._bound([step], table)
            case InlineData(names, rows):
                return join(table, self.data(names, rows), limits, told)
            case NamedGraphPattern(name, group):
                return self._graph(name, group, table, needed, told)
            case Select():
                return join(table, self._subquery(step, table, inside), limits, told)
            case BasicPattern(patterns):
                return self.matcher.match(patterns, table, Keep(needed | table.columns.keys()))

    def data(self, names: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> SolutionTable:
        """The table of VALUES."""
        found = SolutionTable(len(rows), {})
        for place, name in enumerate(names):
            column = self.run.terms.numbers(row[place] for row in rows)
            found = found.with_column(name, column)
        return found

    def _nested(
        self,
        groups: list[GroupPattern],
        table: SolutionTable,
        needed: set[str],
        told: Told = bool,
    ) -> list[SolutionTable]:
        """Nested groups, each solved for the rows so far where that makes it smaller."""
        names = set.intersection(*(admissible(group) for group in groups))
        names = {name for name in names if name in table.columns and name not in table.maybe}
        seed = self._fixed_part(table)
        if names and table.rows < max(1000, 2 * max(map(self._ahead, groups))):
            seed = table.only(names | self.fixed).distinct(self.run.limits)
        # What the rows so far have is joined on, so it must come out too.
        needed = needed | table.columns.keys()
        return [self.group(group, seed, needed, told=told) for group in groups]

    def _fixed_part(self, table: SolutionTable) -> SolutionTable:
        names = [name for name in table.columns if name in self.fixed]
        return table.only(names).distinct(self.run.limits) if names else ONE

    def _ahead(self, step: Step) -> int:
        """About how many rows a step gives on its own, where it can make the rows so far fewer."""
        match step:
            case BasicPattern(patterns):
                return self.matcher.count(patterns)
            case GroupPattern(steps):
                return min(map(self._ahead, steps), default=UNKNOWN)
            case Select(where=where, keys=keys):
                found = self._ahead(where)
                if keys is None:
                    return found
                ends = [
                    item
                    for part in where.steps
                    if isinstance(part, BasicPattern)
                    for item in part.patterns
                ]
                return min(found, prod(self.matcher.different(key.name, ends) for key in keys))
        return UNKNOWN

    def _optional(
        self, group: GroupPattern, table: SolutionTable, needed: set[str], told: Told
    ) -> SolutionTable:
        names = visible(group.steps)
        loose = [name for name in names if name in table.maybe]
        row = np.arange(table.rows, dtype=np.int32)
        mark = f"_:optional {id(group)}"
        marked = SolutionTable(table.rows, {**table.columns, mark: row}, table.maybe)
        if not loose and all(isinstance(step, BasicPattern) for step in group.steps):
            found = self.group(group, marked, needed | {mark}, told=told)
        else:
            inside = needed | set[str]().union(*map(of_expression, group.filters))
            found = self._nested([GroupPattern(group.steps)], table, inside | names.keys())[0]
            found = join(marked, found, self.run.limits, bool if group.filters else told)
            found = self.filtered(found, list(group.filters), told)
        joined, row = found.only([*table.columns, *names]), found.column(mark)
        self.run.limits.table(table.rows + joined.rows, len(joined.columns))
        return optional(table, joined, row, self.run.limits.check)

    def _bound(self, binds: list[Step], table: SolutionTable) -> SolutionTable:
        """The table with what BINDs give, one after the other."""
        self.run.row_nodes = {}
        columns = dict(table.columns)  # which grows: to make it anew for each would take the square
        table = SolutionTable(table.rows, columns, table.maybe)
        for bind in binds:
            self.run.limits.table(table.rows, len(columns) + 1)
            assert isinstance(bind, Bind)
            name, known = bind.name, columns.get(bind.name)
            column = Evaluator(self.run, table, self.exists).numbers(bind.expression)
            kept = np.ones(table.rows, bool)
            if known is not None:  # given from outside: the two must agree
                kept = (column == known) | (column < 0) | (known < 0)
                column = np.where(known < 0, column, known)
            columns[name], maybe = column, table.maybe
            if table.rows and column.min() < 0:
                maybe |= {name}
            elif name in maybe:
                maybe -= {name}
            table = SolutionTable(table.rows, columns, maybe).where(kept)
            columns = table.columns
        return table

    def _graph(
        self,
        name: Var | Any,
        group: GroupPattern,
        table: SolutionTable,
        needed: set[str],
        told: Told,
    ) -> SolutionTable:
        run = self.run
        if isinstance(name, Var):
            needed = needed | {name.name}
        else:
            number = run.moment.find(name)
            if number is None or number not in run.graphs:
                return empty(dict.fromkeys((*table.columns, *visible(group.steps))))
            found = self._within(number)._nested([group], table, needed)[0]
            return join(table, found, run.limits, told)
        assert isinstance(name, Var)
        graphs = run.graphs
        if name.name in table.columns and name.name not in table.maybe:
            held = set(table.columns[name.name].tolist())
            graphs = tuple(graph for graph in graphs if graph in held)
        if len(graphs) > _FEW and is_bare(group, name.name):
            (step,) = group.steps
            assert isinstance(step, BasicPattern)
            matcher = Matcher(run, run.named)
            table = matcher.in_graphs(step.patterns, name.name, table)
            return self.filtered(table, list(group.filters))
        parts: list[SolutionTable] = []
        for graph in graphs:
            part = self._within(graph)
            if name.name in self.fixed:
                some = table.where(np.isin(table.columns[name.name], (graph, -1)))
            else:
                some = table
            rows = part._nested([group], some, needed)[0]
            column = np.full(rows.rows, graph, np.int32)
            if name.name in rows.columns:  # the group binds it as well: the two must agree
                own = rows.columns[name.name]
                rows = rows.where((own == graph) | (own < 0))
                column = column[: rows.rows]
            parts.append(rows.with_column(name.name, column))
        if not parts:
            return empty(dict.fromkeys((*table.columns, name.name, *visible(group.steps))))
        return join(table, stacked(parts, run.limits.check), run.limits, told)

    def _within(self, graph: int) -> Solver:
        """A solver that sees one named graph."""
        return Solver(self.run, self.run.named.but(graphs=(graph,)), self.fixed)

    def _subquery(self, select: Select, table: SolutionTable, told: Told) -> SolutionTable:
        from glocal_kg._rdf.sparql.selecting import Selector

        inside = set(visible(select.where.steps)) & table.columns.keys()
        plain = {column.name for column in select.columns if column.expression is None}
        # A row's value reaches a subquery by its columns; a value given to the query, always.
        names = (inside & plain & self.fixed) | (self.run.given & table.columns.keys())
        handed = names | (inside & plain & self._worthwhile(select, table))
        start = table.only(handed).distinct(self.run.limits) if handed else ONE
        solver = Solver(self.run, self.selection, frozenset(names))
        if select.limit is None and not select.offset:
            return Selector(solver).select(select, start, told)
        rows = [Selector(solver).select(select, start.slice(i, i + 1)) for i in range(start.rows)]
        return stacked(rows) if rows else empty([column.name for column in select.columns])

    def _worthwhile(self, select: Select, table: SolutionTable) -> set[str]:
        """The variables by whose values so far a subquery can be made smaller."""
        if select.limit is not None or select.offset:
            return set()
        names = admissible(select.where) - table.maybe
        if select.keys is not None:  # a group is all there or not at all
            names &= {key.name for key in select.keys if key.expression is None}
        few = table.rows < max(1000, 2 * self._ahead(select.where))
        return names if few else set()

    # EXISTS

    def exists(self, expression: Exists, table: SolutionTable) -> NDArray[np.bool_]:
        """For each row whether the pattern of EXISTS has a solution with the row's values."""
        names = sorted((mentioned(expression.group) | self.run.given) & table.columns.keys())
        if not table.rows:
            return np.zeros(0, bool)
        solver = Solver(self.run, self.selection, self.fixed | frozenset(names))
        if not names:
            found = solver.group(expression.group, ONE, set(), once=True)
            return np.full(table.rows, found.rows > 0)
        mark = f"_:exists {id(expression)}"
        start = table.only(names)
        row = np.arange(table.rows, dtype=np.int32)
        start = SolutionTable(start.rows, {**start.columns, mark: row}, start.maybe)
        result = np.zeros(table.rows, bool)
        met = solver.group(expression.group, start, {mark}, once=True).columns[mark]
        result[met] = True
        return result


def _last_to_lessen(bundles: list[list[Step]]) -> int:
    """The number of the last step that can leave fewer rows, counted from 1."""
    places = range(len(bundles), 0, -1)
    return next((n for n in places if not isinstance(bundles[n - 1][0], (Bind, Optional))), 1)


def _union(
    branches: tuple[GroupPattern, ...], found: list[SolutionTable], check: Callable[[], object]
) -> SolutionTable:
    """The rows of all branches; columns that no branch needed any more are gone from all."""
    made = stacked(found, check)
    missing = {name for branch in branches for name in visible(branch.steps)} - made.columns.keys()
    return made if made.rows or not missing else empty([*made.columns, *missing])
