"""A second evaluator, by the text of SPARQL 1.1 (18.2 to 18.6) and nothing else: slow and plain.

Solutions are dictionaries in lists, patterns are tried against all facts, nothing is reordered.
Only the parser, and what a function does with its terms, are those of the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox

from glocal_kg._rdf.sparql import algebra as a
from glocal_kg._rdf.sparql import numbers
from glocal_kg._rdf.sparql.comparison import boolean, less, number, truth
from glocal_kg._rdf.sparql.compiling import Compiler
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.scope import parts
from tests.rdf.sparql.paths_by_the_text import Facts, Solution, Term, solutions
from tests.rdf.sparql.terms_put_in import substituted

_MOST = 200_000  # pairs of solutions that are looked at for one join


class TooMuch(Exception):
    """A join that this plain way would take too long for."""


@dataclass(frozen=True)
class Data:
    """A dataset, and the graph of it that patterns see."""

    default: Facts
    named: dict[Term, Facts]
    active: Facts

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Data:
        """The dataset of quads."""
        graphs: dict[Term, set[tuple[Term, Term, Term]]] = {ox.DefaultGraph(): set()}
        for quad in quads:
            graphs.setdefault(quad.graph_name, set()).add(
                (quad.subject, quad.predicate, quad.object)
            )
        frozen = {name: frozenset(facts) for name, facts in graphs.items()}
        default = frozen.pop(ox.DefaultGraph())
        return cls(default, frozen, default)

    def at(self, name: Term) -> Data:
        """The same with a named graph to look into."""
        return Data(self.default, self.named, self.named.get(name, frozenset()))


def selected(query: a.Query, data: Data) -> list[Solution]:
    """The solutions of a query in their order, with the columns of its SELECT alone."""
    return _select(query.select, data)


def chosen(data: Data, default: Sequence[Term], named: Sequence[Term]) -> Data:
    """The dataset of FROM and FROM NAMED (13.2)."""
    facts = frozenset(fact for name in default for fact in data.named.get(name, ()))
    return Data(facts, {name: data.named[name] for name in named if name in data.named}, facts)


def constructed(template: Sequence[a.TriplePattern], rows: list[Solution]) -> set[ox.Triple]:
    """The triples of a template: its blank nodes are new for each solution (16.2)."""
    found = set()
    for row in rows:
        own = dict(row)
        for pattern in template:
            nodes = [node for node in (pattern.s, pattern.p, pattern.o) if isinstance(node, a.Var)]
            for node in nodes:
                if node.name[:2] == "_:":
                    own.setdefault(node.name, ox.BlankNode())
            s, p, o = (
                own.get(node.name) if isinstance(node, a.Var) else node
                for node in (pattern.s, pattern.p, pattern.o)
            )
            if isinstance(s, (ox.NamedNode, ox.BlankNode)) and isinstance(p, ox.NamedNode) and o:
                found.add(ox.Triple(s, p, o))
    return found


# Solutions (18.3, 18.5)


def compatible(one: Solution, other: Solution) -> bool:
    return all(other.get(name, term) == term for name, term in one.items())


def joined(left: list[Solution], right: list[Solution]) -> list[Solution]:
    if len(left) * len(right) > _MOST:
        raise TooMuch
    return [one | other for one in left for other in right if compatible(one, other)]


def left_joined(
    left: list[Solution], right: list[Solution], filters: Sequence[a.Expression], data: Data
) -> list[Solution]:
    found = []
    for one in left:
        some = [one | two for two in right if compatible(one, two)]
        some = [both for both in some if _passes(filters, both, data)]
        found += some or [one]
    return found


def without(left: list[Solution], right: list[Solution]) -> list[Solution]:
    return [
        one
        for one in left
        if not any(compatible(one, other) and one.keys() & other.keys() for other in right)
    ]


def _passes(filters: Sequence[a.Expression], row: Solution, data: Data) -> bool:
    try:
        return all([truth(value(one, row, data)) for one in filters])
    except NoValue:
        return False


# Groups (18.2.2, 18.6)


def group(pattern: a.GroupPattern, data: Data) -> list[Solution]:
    """The solutions of a group, its blank nodes left out."""
    rows = _steps(pattern.steps, data)
    kept = [row for row in rows if _passes(pattern.filters, row, data)]
    return [{name: t for name, t in row.items() if name[:2] != "_:"} for row in kept]


def _steps(steps: Sequence[a.Step], data: Data) -> list[Solution]:
    rows: list[Solution] = [{}]
    for step in steps:
        match step:
            case a.BasicPattern(patterns):
                for one in patterns:
                    rows = joined(rows, solutions(one, data.active))
            case a.Optional(inner):
                right = _steps(inner.steps, data)
                rows = left_joined(rows, right, inner.filters, data)
            case a.Minus(inner):
                rows = without(rows, group(inner, data))
            case a.Union(branches):
                rows = joined(rows, [row for one in branches for row in group(one, data)])
            case a.NamedGraphPattern(a.Var(name), inner):
                rows = joined(rows, [
                    row
                    for graph in data.named
                    for row in joined(group(inner, data.at(graph)), [{name: graph}])
                ])  # fmt: skip
            case a.NamedGraphPattern(graph, inner):
                rows = joined(rows, group(inner, data.at(graph)) if graph in data.named else [])
            case a.Bind(expression, name):
                rows = [_extended(row, name, expression, data) for row in rows]
            case a.InlineData(names, values):
                rows = joined(rows, _inline(names, values))
            case a.GroupPattern():
                rows = joined(rows, group(step, data))
            case a.Select():
                end = None if step.limit is None else step.offset + step.limit
                rows = joined(rows, _select(step, data)[step.offset : end])
    return rows


def _inline(names: Sequence[str], values: Iterable[Sequence[Term | None]]) -> list[Solution]:
    return [
        {name: term for name, term in zip(names, row, strict=True) if term is not None}
        for row in values
    ]


def _extended(row: Solution, name: str, expression: a.Expression, data: Data) -> Solution:
    try:
        found = value(expression, row, data)
    except NoValue:
        return row
    # Only where a group of EXISTS was given the value before: then both must be one.
    return row | {name: found}


# SELECT (18.2.4)


def _select(select: a.Select, data: Data) -> list[Solution]:
    rows = group(select.where, data)
    if select.keys is not None:
        groups: dict[Any, tuple[Solution, list[Solution]]] = {}
        for row in rows:
            for key in select.keys:
                if key.expression is not None:
                    row = _extended(row, key.name, key.expression, data)
            names = [key.name for key in select.keys]
            own = {name: row[name] for name in names if name in row}
            groups.setdefault(frozenset(own.items()), (own, []))[1].append(row)
        if not select.keys:
            groups.setdefault(frozenset(), ({}, []))
        made = list(groups.values())
    else:
        made = [(row, []) for row in rows]
    made = [one for one in made if _having(select, one, data)]
    if select.values is not None:
        given = _inline(select.values.names, select.values.rows)
        made = [(own | two, all_) for own, all_ in made for two in given if compatible(own, two)]
    answers = []
    for own, of_group in made:
        for column in select.columns:
            if column.expression is not None:
                with suppress(NoValue):
                    own = own | {column.name: value(column.expression, own, data, of_group)}
        answers.append(own)
    names = [column.name for column in select.columns]
    answers = [{name: row[name] for name in names if name in row} for row in answers]
    if select.distinct:
        answers = list({frozenset(row.items()): row for row in answers}.values())
    return answers


def _having(select: a.Select, made: tuple[Solution, list[Solution]], data: Data) -> bool:
    try:
        return all([truth(value(one, made[0], data, made[1])) for one in select.having])
    except NoValue:
        return False


def aggregated(one: a.Aggregate, rows: list[Solution], data: Data) -> Term:
    """The value of an aggregate over the rows of a group (18.5.1)."""
    if one.arg is None:
        every = [frozenset(row.items()) for row in rows]
        return numbers.written(len(set(every) if one.distinct else every))
    values: list[Term | None] = []
    for row in rows:
        try:
            values.append(value(one.arg, row, data))
        except NoValue:
            values.append(None)
    failed = None in values
    bound = [term for term in values if term is not None]
    if one.distinct:
        bound = list(dict.fromkeys(bound))
    if one.name == "COUNT":
        return numbers.written(len(bound))
    if one.name == "SUM" and not failed:
        total: Any = 0
        for term in bound:
            total = numbers.add(total, number(term))
        return numbers.written(total)
    if one.name in ("MIN", "MAX") and not failed and bound:
        return _extreme(bound, one.name == "MAX")
    if one.name == "SAMPLE" and bound:
        if len(set(bound)) > 1:
            raise TooMuch  # any of them is right
        return bound[0]
    if one.name == "AVG" and not failed:
        total = 0
        for term in bound:
            total = numbers.add(total, number(term))
        return numbers.written(numbers.divide(total, len(bound)) if bound else 0)
    raise NoValue


def _extreme(terms: list[Term], largest: bool) -> Term:
    iris = [term for term in terms if isinstance(term, ox.NamedNode)]
    if len(iris) == len(terms):  # in the order of their texts (15.1)
        return sorted(iris, key=lambda iri: iri.value)[-1 if largest else 0]
    best = terms[0]
    for term in terms[1:]:
        try:
            one, other = (best, term) if largest else (term, best)
            best = term if less(one, other) else best
            if type(term) is not ox.Literal or (
                term != best and not less(term, best) and not less(best, term)
            ):
                raise TooMuch  # equal in order: any of them is right
        except NoValue:
            raise TooMuch from None  # no order that the standard has
    return best


# Expressions (17, 18.6)


def value(
    expression: a.Expression, row: Solution, data: Data, rows: list[Solution] | None = None
) -> Term:
    """The value of an expression; raises ``NoValue``."""
    known, hidden = dict(row), dict[int, str]()
    for part in parts(expression):
        if isinstance(part, a.Exists):
            found = bool(group(substituted(part.group, row), data))
            hidden[id(part)] = name = f"exists {len(hidden)}"
            known[name] = boolean(found is not part.negated)
        elif isinstance(part, a.Aggregate):
            hidden[id(part)] = name = f"aggregate {len(hidden)}"
            try:
                known[name] = aggregated(part, rows or [], data)
            except NoValue:
                known[name] = None
    places = {name: place for place, name in enumerate(known)}
    run: Any = SimpleNamespace(base=None, now=None, limits=Limits())
    return Compiler(places, hidden, run).value(expression)(tuple(known.values()))
