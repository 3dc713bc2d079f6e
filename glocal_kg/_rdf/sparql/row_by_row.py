"""Patterns solved row by row: for a query that is asked again and again of a few nodes.

To make columns of two or three rows takes longer than to look them up. So the pattern of a query
is prepared once as steps from a row to the rows after it, by lookups of single numbers. A step
means what it means in :mod:`.solving`; expressions, terms, and what follows the pattern (groups,
columns, distinct rows) are those of all queries. What a query of a few nodes rarely has (GRAPH,
MINUS, a subquery with a part of its rows) is left to the columns, and so is what gives many rows.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    Bind,
    GroupPattern,
    InlineData,
    Optional,
    Select,
    Union,
    Var,
)
from glocal_kg._rdf.sparql.answering import Rows
from glocal_kg._rdf.sparql.planning import admissible, ordered
from glocal_kg._rdf.sparql.row_groups import made_of
from glocal_kg._rdf.sparql.row_patterns import MOST, RowPatterns
from glocal_kg._rdf.sparql.row_terms import NotByRows, Row, RowTerms
from glocal_kg._rdf.sparql.scope import certain, mentioned, of_expression, of_pattern, visible
from glocal_kg._rdf.sparql.selecting import Selector
from glocal_kg._rdf.sparql.solution_table import SolutionTable
from glocal_kg._rdf.sparql.solutions import bound
from glocal_kg._rdf.sparql.solving import Solver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from glocal_kg._rdf.sparql.algebra import Exists, Expression, Query, Step, Term
    from glocal_kg._rdf.sparql.row_patterns import RowStep
    from glocal_kg._rdf.sparql.row_terms import NodeLookups, Test
    from glocal_kg._rdf.sparql.run import Evaluation


class RowPlan:
    """A SELECT, prepared to be asked of single nodes: values of its variable ``name``.

    Raises ``NotByRows`` for a query that is left to the columns.
    """

    def __init__(self, query: Query, name: str, facts: NodeLookups) -> None:
        self._select = select = query.select.but(order=())  # it is asked of a node, not of all
        self._name = name
        self._shown = list(dict.fromkeys((*(one.name for one in select.columns), name)))
        self._plain = select == Select(select.columns, select.where) and not any(
            column.expression is not None for column in select.columns
        )
        self._terms = RowTerms(query.base)
        self._patterns = RowPatterns(facts, self._terms)
        cut = select.limit is not None or select.offset
        if query.default or query.named or select.keys == () or cut:
            raise NotByRows
        nodes = set(_nodes_of(select.where.steps))
        if name not in nodes:  # else a node could be found that is in no fact
            raise NotByRows
        self._where = self._group(select.where, {name}, frozenset((name,)), nodes)

    def solutions(self, run: Evaluation, nodes: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The solutions at some nodes, as :func:`.solutions.solutions` gives them, in no order.

        ``run`` sees the same facts as the lookups. Raises ``NotByRows`` where it takes too many.
        """
        self._terms.at(run)
        found = [row for node in nodes for row in self._where({self._name: node})]
        if not self._plain and found:
            return bound(self._answer(run, nodes, found))
        term, shown = run.terms.term, self._shown
        return ({name: term(row[name]) for name in shown if name in row} for row in found)

    def _answer(self, run: Evaluation, nodes: Sequence[int], found: list[Row]) -> Rows:
        """What the rows of the pattern come to."""
        names = dict.fromkeys(name for row in found for name in row)
        columns = {name: np.array([row.get(name, -1) for row in found], np.int32) for name in names}
        maybe = frozenset(name for name, column in columns.items() if column.min() < 0)
        table = SolutionTable(len(found), columns, maybe)
        start = SolutionTable(len(nodes), {self._name: np.array(nodes, np.int32)})
        solver = Solver(run, run.default, frozenset((self._name,)))
        made = Selector(solver).finished(self._select, table, start)
        return Rows(self._shown, made.only(self._shown), run.terms, run.limits)

    # Groups: ``known`` are the variables that every row to start from has, ``fixed`` those that
    # hold everywhere inside, ``nodes`` those that are known to stand in a fact

    def _group(
        self, group: GroupPattern, known: set[str], fixed: frozenset[str], nodes: set[str]
    ) -> RowStep:
        """The rows of a group that agree with a row, joined with it."""
        names = known | visible(group.steps).keys()
        nodes = nodes | set(_nodes_of(group.steps))
        exists = partial(self._exists, names, nodes)
        waiting = [(of_expression(one), self._terms.test(one, exists)) for one in group.filters]
        known = set(known)
        steps: list[RowStep] = []
        todo = _singly(ordered(group.steps, known))
        while todo:
            place = _next(todo, known)
            if steps or not _is_quick(todo[place], known):
                coming = visible(todo).keys() - known
                steps += [_filter(test) for names_, test in waiting if not names_ & coming]
                waiting = [one for one in waiting if one[0] & coming]
            step = todo.pop(place)
            steps.append(self._step(step, known, fixed, nodes))
            known |= certain((step,))
        return _chain(steps + [_filter(test) for _, test in waiting])

    def _step(self, step: Step, known: set[str], fixed: frozenset[str], nodes: set[str]) -> RowStep:
        match step:
            case BasicPattern((pattern,)):
                return self._patterns.step(pattern, known, nodes)
            case GroupPattern():
                return self._nested([step], known, fixed, nodes)
            case Union(branches):
                return self._nested(list(branches), known, fixed, nodes)
            case Optional(group) if not group.filters and _is_plain(group):
                inside = self._group(group, known, fixed, nodes)
                return lambda row: inside(row) or (row,)
            case Bind(expression, name):
                return self._bind(expression, name)
            case InlineData(names, rows):
                return self._data(names, rows)
            case Select():
                return self._subquery(step, known, fixed, nodes)
            case _:
                raise NotByRows

    def _nested(
        self, groups: list[GroupPattern], known: set[str], fixed: frozenset[str], nodes: set[str]
    ) -> RowStep:
        """Nested groups: a row gives them the values that they can have from outside."""
        parts = []
        for group in groups:
            handed = admissible(group) | fixed
            parts.append((handed, self._group(group, handed & known, fixed, nodes & handed)))

        def nested(row: Row) -> Sequence[Row]:
            each = (inside(_only(row, handed)) for handed, inside in parts)
            return [both for rows in each for both in _joined(row, rows)]

        return nested

    def _bind(self, expression: Expression, name: str) -> RowStep:
        value = self._terms.value(expression)

        def bind(row: Row) -> Sequence[Row]:
            number = value(row)
            if number is None:
                return (row,)
            held = row.get(name, number)  # given from outside: the two must agree
            return ({**row, name: number},) if held == number else ()

        return bind

    def _data(self, names: tuple[str, ...], rows: tuple[tuple[Term | None, ...], ...]) -> RowStep:
        """VALUES."""
        given = [
            {name: self._terms.value(term) for name, term in pairs if term is not None}  # type: ignore[arg-type]
            for pairs in (zip(names, row, strict=True) for row in rows)
        ]
        nothing: Row = {}

        def data(row: Row) -> Sequence[Row]:
            return _joined(row, ({n: v(nothing) for n, v in one.items()} for one in given))  # type: ignore[misc]

        return data

    def _subquery(
        self, select: Select, known: set[str], fixed: frozenset[str], nodes: set[str]
    ) -> RowStep:
        if select.limit is not None or select.offset or select.values or select.having:
            raise NotByRows
        plain = {column.name for column in select.columns if column.expression is None}
        fixed &= plain & visible(select.where.steps).keys()
        handed = (admissible(select.where) & plain) | fixed
        if select.keys is not None:  # a group is all there or not at all
            handed &= {key.name for key in select.keys}
        inside = self._group(select.where, handed & known, fixed, nodes & handed)
        made = made_of(select, self._terms)
        answers: dict[tuple[tuple[str, int], ...], list[Row]] = self._terms.kept()

        def subquery(row: Row) -> Sequence[Row]:
            start = _only(row, handed)
            key = tuple(start.items())
            if key not in answers:
                found = inside(start)
                answers[key] = list(made(list(found))) if found else []
            return _joined(row, answers[key])

        return subquery

    def _exists(self, seen: set[str], nodes: set[str], one: Exists) -> Test:
        names = mentioned(one.group) & seen
        inside = self._group(one.group, names, frozenset(names), nodes)
        return lambda row: bool(inside(_only(row, names))) != one.negated


def _nodes_of(steps: Iterable[Step]) -> Iterator[str]:
    """The variables that stand as subject or object in a triple of a group, in each row."""
    for step in steps:
        for pattern in step.patterns if isinstance(step, BasicPattern) else ():
            if isinstance(pattern.p, (Var, NamedNode)):
                yield from (node.name for node in (pattern.s, pattern.o) if isinstance(node, Var))
        if isinstance(step, Union):
            yield from set.intersection(*(set(_nodes_of(one.steps)) for one in step.branches))


def _is_plain(group: GroupPattern) -> bool:
    return all(isinstance(step, BasicPattern) for step in group.steps)


def _singly(steps: Iterable[Step]) -> list[Step]:
    """The steps with a pattern for each triple."""
    found: list[Step] = []
    for step in steps:
        if isinstance(step, BasicPattern):
            found += [BasicPattern((pattern,)) for pattern in step.patterns]
        else:
            found.append(step)
    return found


def _next(steps: list[Step], known: set[str]) -> int:
    """The place of the next step: of the triples at the beginning that with the least unknown."""
    best, least = 0, 9
    for place, step in enumerate(steps):
        if not isinstance(step, BasicPattern):
            break
        (pattern,) = step.patterns
        ends = [node.name in known for node in (pattern.s, pattern.o) if isinstance(node, Var)]
        unknown = ends.count(False) * 4 + (not any(ends)) * 2 + isinstance(pattern.p, Var)
        if unknown < least:
            best, least = place, unknown
    return best


def _is_quick(step: Step, known: set[str]) -> bool:
    """Whether a step is one lookup, which takes less than most filters."""
    if not isinstance(step, BasicPattern):
        return False
    (pattern,) = step.patterns
    return isinstance(pattern.p, NamedNode) and not known.isdisjoint(of_pattern(pattern))


def _chain(steps: list[RowStep]) -> RowStep:
    def chain(row: Row) -> Sequence[Row]:
        rows: Sequence[Row] = (row,)
        for step in steps:
            found: list[Row] = []
            for one in rows:
                found += step(one)
                if len(found) > MOST:
                    raise NotByRows
            if not found:
                return ()
            rows = found
        return rows

    return chain


def _filter(test: Test) -> RowStep:
    return lambda row: (row,) if test(row) else ()


def _only(row: Row, names: Iterable[str]) -> Row:
    return {name: row[name] for name in names if name in row}


def _joined(row: Row, others: Iterable[Row]) -> list[Row]:
    """A row with each of the others that agree with it."""
    return [
        {**row, **other}
        for other in others
        if all(row.get(name, number) == number for name, number in other.items())
    ]
