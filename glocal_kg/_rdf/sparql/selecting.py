"""SELECT: groups and aggregates, columns, order, distinct rows, a part of the rows (18.5)."""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.sparql.algebra import Aggregate
from glocal_kg._rdf.sparql.evaluating import Evaluator
from glocal_kg._rdf.sparql.joins import join
from glocal_kg._rdf.sparql.limits import SORTED
from glocal_kg._rdf.sparql.piecewise import ordering
from glocal_kg._rdf.sparql.scope import is_fickle, of_expression, parts, visible
from glocal_kg._rdf.sparql.solution_table import SolutionTable, stacked
from glocal_kg._rdf.sparql.sorting import ranks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression, Order, Projected, Select
    from glocal_kg._rdf.sparql.limits import Told
    from glocal_kg._rdf.sparql.solving import Solver


class Selector:
    """Solves one SELECT with a solver for its pattern."""

    def __init__(self, solver: Solver) -> None:
        self.solver = solver
        self.run = solver.run

    def select(self, select: Select, start: SolutionTable, told: Told = bool) -> SolutionTable:
        """The rows of a SELECT, with its columns in their order.

        ``told`` is told how many there are, as soon as at least so many are known to come.
        """
        told = _before_it_is_cut(select, told)
        return self.finished(select, self._rows(select, start, told), start, told)

    def finished(
        self, select: Select, table: SolutionTable, start: SolutionTable, told: Told = bool
    ) -> SolutionTable:
        """The same from the rows of its pattern: what follows once these are there."""
        hidden: dict[int, str] = {}
        if select.keys is not None:
            table, hidden = self._grouped(select, table, start, told)
        if select.having:
            having = Evaluator(self.run, table, self.solver.exists, hidden)
            table = having.kept(list(select.having))
        if select.values is not None:  # of the groups, not of what is grouped (18.2.4.3)
            data = self.solver.data(select.values.names, select.values.rows)
            table = join(table, data, self.run.limits)
        self.run.row_nodes = {}
        for column in select.columns:
            if column.expression is not None:
                found = Evaluator(self.run, table, self.solver.exists, hidden)
                table = table.with_column(column.name, found.numbers(column.expression))
        names = [column.name for column in select.columns]
        # Of equal rows one is sorted, where what is sorted by comes out.
        last = (
            select.distinct
            and not hidden
            and all(of_expression(order.expression) <= {*names} for order in select.order)
        )
        if select.order and not last:
            table = self._sorted(select, table, hidden, whole=select.distinct)
        self.run.limits.table(table.rows, len(names))
        made = table
        if names != list(table.columns):
            # What is given from outside comes out too, for the rows it was given for.
            outer = [name for name in start.columns if name not in names]
            made = SolutionTable(
                table.rows,
                {name: table.column(name) for name in (*names, *outer)},
                table.maybe | {name for name in names if name not in table.columns},
            )
        if select.distinct:
            made = made.distinct(self.run.limits, told)
        if select.order and last:
            made = self._sorted(select, made, hidden)
        if select.offset or select.limit is not None:
            end = made.rows if select.limit is None else select.offset + select.limit
            made = made.slice(select.offset, end)
        return made

    def _rows(self, select: Select, start: SolutionTable, told: Told) -> SolutionTable:
        """The rows of the pattern, or where a LIMIT allows it only as many as are wanted."""
        needed = _needed(select)
        grouped = select.keys is not None or select.having or select.values
        if select.limit is None or select.order or grouped:
            once, told = _is_set(select), bool if select.distinct or grouped else told
            return self.solver.group(select.where, start, needed, once=once, told=told)
        wanted, names = select.offset + select.limit, [column.name for column in select.columns]
        found: list[SolutionTable] = []
        rows = 0
        for piece in self.solver.pieces(select.where, start, needed):
            found.append(piece)
            if select.distinct and all(column.expression is None for column in select.columns):
                found = [stacked([table.only(names) for table in found]).distinct(self.run.limits)]
            rows = sum(table.rows for table in found)
            if rows >= wanted and (not select.distinct or len(found) == 1):
                break
        return stacked(found)

    def _grouped(
        self, select: Select, table: SolutionTable, start: SolutionTable, told: Told
    ) -> tuple[SolutionTable, dict[int, str]]:
        """One row for each group, with its keys and aggregates."""
        from glocal_kg._rdf.sparql.aggregates import GroupedRows

        keys = list(start.columns)
        for key in select.keys or ():
            if key.expression is not None:
                found = Evaluator(self.run, table, self.solver.exists)
                table = table.with_column(key.name, found.numbers(key.expression))
            if key.name not in keys:
                keys.append(key.name)
        # Without keys there is one group, be it empty, for each row to start from (18.5.1).
        groups = GroupedRows(self.run, table, keys, None if select.keys else start)
        made = groups.keys
        if not (select.distinct or select.having or select.values):
            told(made.rows)
        hidden: dict[int, str] = {}
        for aggregate in _aggregates(select):
            name = f"_:aggregate {len(hidden)}"
            hidden[id(aggregate)] = name
            made = made.with_column(name, groups.column(aggregate, self.solver.exists))
        return made.take(groups.order), hidden

    def _sorted(
        self, select: Select, table: SolutionTable, hidden: dict[int, str], *, whole: bool = False
    ) -> SolutionTable:
        """The table in its order; unless it is wanted whole, only what a LIMIT lets come out."""
        if table.rows < 2:
            return table
        wanted = None if select.limit is None or whole else select.offset + select.limit
        self.run.limits.table(table.rows, len(table.columns) + 2 * len(select.order), work=SORTED)
        keys = [self._key(select.order[0], table, hidden)]
        if wanted is not None and 0 < wanted < table.rows // 4:
            # Rows beyond the wanted ones by their first key alone need no sorting.
            bound = np.partition(keys[0], wanted - 1)[wanted - 1]
            near = np.flatnonzero(keys[0] <= bound)
            table, keys = table.take(near, self.run.limits.check), [keys[0][near]]
        keys += [self._key(order, table, hidden) for order in select.order[1:]]
        places = ordering(keys, self.run.limits.check)
        wanted_places = places if wanted is None else places[:wanted]
        return table.take(wanted_places, self.run.limits.check)

    def _key(
        self, order: Order, table: SolutionTable, hidden: dict[int, str]
    ) -> NDArray[np.float64]:
        found = Evaluator(self.run, table, self.solver.exists, hidden)
        key = ranks(self.run, found.numbers(order.expression))
        return -key if order.descending else key


def _before_it_is_cut(select: Select, told: Told) -> Told:
    """What is told of the rows of a SELECT before OFFSET and LIMIT leave some of them."""
    if told is bool or not (select.offset or select.limit is not None):
        return told
    offset, limit = select.offset, select.limit
    return lambda rows: told(max(0, rows - offset if limit is None else min(rows - offset, limit)))


def _is_set(select: Select) -> bool:
    """Whether it does not matter how often a row of the pattern comes."""
    return (
        select.distinct
        and select.keys is None
        and not any(one.expression and is_fickle(one.expression) for one in select.columns)
    )


def _needed(select: Select) -> set[str]:
    """The variables of the pattern that the rest of a SELECT looks at."""
    found = {column.name for column in select.columns if column.expression is None}
    more = select.keys is not None or select.having or select.order
    if len(found) == len(select.columns) and not more:
        return found.union(select.values.names if select.values is not None else ())
    for expression in _expressions(select):
        found |= of_expression(expression)
    if any(aggregate.arg is None and aggregate.distinct for aggregate in _aggregates(select)):
        found |= visible(select.where.steps).keys()  # COUNT(DISTINCT *)
    if select.values is not None:
        found.update(select.values.names)
    return found | {key.name for key in select.keys or ()}


def _expressions(select: Select) -> Iterator[Expression]:
    columns: tuple[Projected, ...] = (*select.columns, *(select.keys or ()))
    yield from (column.expression for column in columns if column.expression is not None)
    yield from select.having
    yield from (order.expression for order in select.order)


def _aggregates(select: Select) -> Iterator[Aggregate]:
    for expression in _expressions(select):
        for part in parts(expression):
            if isinstance(part, Aggregate):
                yield part
