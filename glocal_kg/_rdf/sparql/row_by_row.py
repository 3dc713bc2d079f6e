"""Patterns solved row by row: for a query that is asked again and again of a few nodes.

To make columns of two or three rows takes longer than to look them up. So the pattern of a query
is written once as Python (:mod:`.row_code`): loops over lookups of single numbers, one within the
other. A step means what it means in :mod:`.solving`; expressions, terms, and what follows the
pattern (groups, columns, distinct rows) are those of all queries. What a query of a few nodes
rarely has (GRAPH, MINUS, OPTIONAL, EXISTS as a part of a test, a subquery without groups or with a
part of its rows) is left to the columns, and so is what gives many rows.
"""

from __future__ import annotations

from itertools import chain

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    Bind,
    Exists,
    GroupPattern,
    InlineData,
    Select,
    Union,
    Var,
)
from glocal_kg._rdf.sparql.answering import Rows
from glocal_kg._rdf.sparql.expressions import is_term
from glocal_kg._rdf.sparql.planning import admissible, ordered
from glocal_kg._rdf.sparql.row_code import GroupCode, RowCode
from glocal_kg._rdf.sparql.row_groups import grouped
from glocal_kg._rdf.sparql.row_patterns import RowPatterns
from glocal_kg._rdf.sparql.row_terms import NotByRows, Row, RowTerms
from glocal_kg._rdf.sparql.scope import (
    certain,
    mentioned,
    of_expression,
    of_pattern,
    visible,
)
from glocal_kg._rdf.sparql.selecting import Selector
from glocal_kg._rdf.sparql.solution_table import SolutionTable
from glocal_kg._rdf.sparql.solutions import bound
from glocal_kg._rdf.sparql.solving import Solver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any

    from glocal_kg._rdf.sparql.algebra import Expression, Query, Step, Term
    from glocal_kg._rdf.sparql.row_code import Group
    from glocal_kg._rdf.sparql.row_terms import NodeLookups
    from glocal_kg._rdf.sparql.run import Evaluation


class RowPlan:
    """A SELECT, prepared to be asked of single nodes: values of its variable ``name``.

    Raises ``NotByRows`` for a query that is left to the columns.
    """

    def __init__(self, query: Query, name: str, facts: NodeLookups) -> None:
        self._select = select = query.select.but(order=())  # it is asked of a node, not of all
        self._name = name
        self._shown = list(dict.fromkeys((*(one.name for one in select.columns), name)))
        self._terms = RowTerms(query.base)
        self._code = RowCode()
        self._patterns = RowPatterns(facts, self._terms, self._code)
        cut = select.limit is not None or select.offset
        if query.default or query.named or select.keys == () or cut:
            raise NotByRows
        nodes = set(_nodes_of(select.where.steps))
        if name not in nodes:  # else a node could be found that is in no fact
            raise NotByRows
        self._names = list(visible(select.where.steps))
        start = GroupCode(self._code, [name], {name})
        self._where = self._group(select.where, start, frozenset((name,)), nodes, self._names)

    def solutions(self, run: Evaluation, nodes: Sequence[int]) -> Iterable[dict[str, Any]]:
        """The solutions at some nodes, as :func:`.solutions.solutions` gives them, in no order.

        ``run`` sees the same facts as the lookups. Raises ``NotByRows`` where it takes too many.
        """
        self._terms.at(run)
        where = self._where
        found = [row for node in nodes for row in where(node)]
        return bound(self._answer(run, nodes, found)) if found else ()

    def _answer(self, run: Evaluation, nodes: Sequence[int], found: list[Row]) -> Rows:
        """What the rows of the pattern come to."""
        rows = np.array([[-1 if one is None else one for one in row] for row in found], np.int32)
        columns = dict(zip(self._names, rows.T, strict=True))
        maybe = frozenset(name for name, column in columns.items() if column.min() < 0)
        table = SolutionTable(len(found), columns, maybe)
        start = SolutionTable(len(nodes), {self._name: np.array(nodes, np.int32)})
        solver = Solver(run, run.default, frozenset((self._name,)))
        made = Selector(solver).finished(self._select, table, start)
        return Rows(self._shown, made.only(self._shown), run.terms, run.limits)

    # Groups: ``fixed`` are the variables that hold everywhere inside, ``nodes`` those that are
    # known to stand in a fact

    def _group(
        self,
        group: GroupPattern,
        code: GroupCode,
        fixed: frozenset[str],
        nodes: set[str],
        names: Sequence[str] = (),
    ) -> Group:
        """A function that gives for values of some variables the rows of a group: ``names``."""
        nodes = nodes | set(_nodes_of(group.steps))
        waiting = [(of_expression(one), one) for one in group.filters]
        todo = _singly(ordered(group.steps, code.known))
        begun = False
        while todo:
            place = _next(todo, code.held.keys())
            if begun or not _is_quick(todo[place], code.held.keys()):
                coming = visible(todo).keys() - code.known
                for mentions, test in waiting:
                    if not mentions & coming:
                        code.only(self._test(test, code, nodes))
                waiting = [one for one in waiting if one[0] & coming]
            begun = True
            self._step(todo.pop(place), code, fixed, nodes)
        for _, test in waiting:
            code.only(self._test(test, code, nodes))
        return code.made(names)

    def _step(self, step: Step, code: GroupCode, fixed: frozenset[str], nodes: set[str]) -> None:
        match step:
            case BasicPattern((pattern,)):
                self._patterns.write(pattern, code, nodes)
            case GroupPattern():
                self._nested(step, [step], code, fixed, nodes)
            case Union(branches):
                self._nested(step, branches, code, fixed, nodes)
            case Bind(expression, name):
                self._bind(expression, name, code)
            case InlineData(names, rows):
                self._data(step, names, rows, code)
            case Select():
                self._subquery(step, code, fixed, nodes)
            case _:
                raise NotByRows

    def _called(
        self,
        group: GroupPattern,
        handed: AbstractSet[str],
        code: GroupCode,
        fixed: frozenset[str],
        nodes: set[str],
        names: Sequence[str] = (),
    ) -> str:
        """A call of the function of a group within another one, with the values handed into it."""
        given = sorted(handed & code.held.keys())
        inner = GroupCode(self._code, given, handed & code.known)
        made = self._group(group, inner, fixed, nodes & handed, names)
        return f"{self._code.use(made)}({', '.join(map(code.of, given))})"

    def _nested(
        self,
        step: Step,
        groups: Sequence[GroupPattern],
        code: GroupCode,
        fixed: frozenset[str],
        nodes: set[str],
    ) -> None:
        """Nested groups: a row gives them the values that they can have from outside."""
        names = list(visible((step,)))
        each = [admissible(group) | fixed for group in groups]
        calls = [
            self._called(group, handed, code, fixed, nodes, names)
            for group, handed in zip(groups, each, strict=True)
        ]
        source = calls[0] if len(calls) == 1 else f"{self._code.use(chain)}({', '.join(calls)})"
        code.join(names, source, set.intersection(*each), certain((step,)))

    def _bind(self, expression: Expression, name: str, code: GroupCode) -> None:
        """BIND; a value given from outside and this one must agree."""
        new = code.new()
        code.line(f"{new} = {self._value(expression, code)}")
        code.agree(name, new, sure=is_term(expression))

    def _data(
        self,
        step: Step,
        names: tuple[str, ...],
        rows: tuple[tuple[Term | None, ...], ...],
        code: GroupCode,
    ) -> None:
        """VALUES."""
        given = [
            [None if term is None else self._terms.constant(term) for term in row] for row in rows
        ]
        kept: dict[None, list[Row]] = self._terms.kept()
        known: list[Row] = []

        def data() -> list[Row]:
            if known:
                return known
            if None not in kept:
                kept[None] = [tuple([v if v is None else v() for v in row]) for row in given]
                if self._terms.stay(number for row in kept[None] for number in row):
                    known.extend(kept[None])
            return kept[None]

        code.join(names, f"{self._code.use(data)}()", frozenset(), certain((step,)))

    def _subquery(
        self, select: Select, code: GroupCode, fixed: frozenset[str], nodes: set[str]
    ) -> None:
        if select.keys is None or select.limit is not None or select.offset:
            raise NotByRows
        if select.values or select.having:
            raise NotByRows
        plain = {column.name for column in select.columns if column.expression is None}
        fixed &= plain & visible(select.where.steps).keys()
        handed = (admissible(select.where) & plain) | fixed
        handed &= {key.name for key in select.keys}  # a group is all there or not at all
        inside = list(visible(select.where.steps))
        given = sorted(handed & code.held.keys())
        inner = GroupCode(self._code, given, handed & code.known)
        where = self._group(select.where, inner, fixed, nodes & handed, inside)
        made = grouped(select, select.keys, self._terms, inside)
        answers: dict[Row, list[Row]] = self._terms.kept()

        def subquery(*start: int | None) -> list[Row]:
            known = answers.get(start)
            if known is None:
                found = list(where(*start))
                known = answers[start] = list(made(found)) if found else []
            return known

        names = [column.name for column in select.columns]
        call = f"{self._code.use(subquery)}({', '.join(map(code.of, given))})"
        code.join(names, call, handed, certain((select,)))

    # Expressions

    def _arguments(self, expression: Expression, code: GroupCode) -> str:
        return ", ".join(map(code.of, sorted(of_expression(expression))))

    def _value(self, expression: Expression, code: GroupCode) -> str:
        """The number of what an expression is for a row; None: nothing."""
        if isinstance(expression, Var):
            return code.of(expression.name)
        if is_term(expression):
            return f"{self._code.use(self._terms.constant(expression))}()"
        value = self._code.use(self._terms.value(expression))
        return f"{value}({self._arguments(expression, code)})"

    def _test(self, one: Expression, code: GroupCode, nodes: set[str]) -> str:
        """The truth of an expression for a row; None: an error."""
        if isinstance(one, Exists):
            return self._exists(one, code, nodes)
        return f"{self._code.use(self._terms.test(one))}({self._arguments(one, code)})"

    def _exists(self, one: Exists, code: GroupCode, nodes: set[str]) -> str:
        handed = mentioned(one.group) & code.held.keys()
        call = self._called(one.group, handed, code, frozenset(handed), nodes)
        return f"next({call}, None) is {'' if one.negated else 'not '}None"


def _nodes_of(steps: Iterable[Step]) -> Iterator[str]:
    """The variables that stand as subject or object in a triple of a group, in each row."""
    for step in steps:
        for pattern in step.patterns if isinstance(step, BasicPattern) else ():
            if isinstance(pattern.p, (Var, NamedNode)):
                yield from (node.name for node in (pattern.s, pattern.o) if isinstance(node, Var))
        if isinstance(step, Union):
            yield from set.intersection(*(set(_nodes_of(one.steps)) for one in step.branches))


def _singly(steps: Iterable[Step]) -> list[Step]:
    """The steps with a pattern for each triple."""
    found: list[Step] = []
    for step in steps:
        if isinstance(step, BasicPattern):
            found += [BasicPattern((pattern,)) for pattern in step.patterns]
        else:
            found.append(step)
    return found


def _next(steps: list[Step], known: AbstractSet[str]) -> int:
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


def _is_quick(step: Step, known: AbstractSet[str]) -> bool:
    """Whether a step is one lookup, which takes less than most filters."""
    if not isinstance(step, BasicPattern):
        return False
    (pattern,) = step.patterns
    return isinstance(pattern.p, NamedNode) and not known.isdisjoint(of_pattern(pattern))
