"""Terms put in the place of the variables of a pattern, as 18.6 has it for EXISTS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from glocal_kg._rdf.sparql import algebra as a
from glocal_kg._rdf.sparql.comparison import boolean

Term = Any
Solution = Mapping[str, Term]


def with_given(query: a.Query, row: Solution) -> a.Query:
    """A query with terms in the place of its parameters, wherever these stand."""
    return query.but(select=substituted(query.select, row, everywhere=True))


def substituted(pattern: Any, row: Solution, everywhere: bool = False) -> Any:
    """A pattern with the terms of a solution in the place of its variables.

    With ``everywhere`` also in subqueries that do not show them.
    """
    put = partial(substituted, row=row, everywhere=everywhere)
    match pattern:
        case a.Var(name):
            return row.get(name, pattern)
        case a.TriplePattern(s, p, o):
            return a.TriplePattern(put(s), put(p), put(o))
        case a.BasicPattern(patterns):
            return a.BasicPattern(tuple(map(put, patterns)))
        case a.GroupPattern(steps, filters):
            return a.GroupPattern(tuple(map(put, steps)), tuple(map(put, filters)))
        case a.Optional(inner) | a.Minus(inner):
            return type(pattern)(put(inner))
        case a.Union(branches):
            return a.Union(tuple(map(put, branches)))
        case a.NamedGraphPattern(name, inner):
            return a.NamedGraphPattern(put(name), put(inner))
        case a.Bind(expression, name):
            return a.Bind(put(expression), name)
        case a.InlineData(names, values):
            return _among(names, values, row)
        case a.Call("BOUND", (a.Var(name),)):
            return boolean(True) if name in row else pattern
        case a.Call(name, args):
            return a.Call(name, tuple(map(put, args)))
        case a.Chain(first, rest):
            return a.Chain(put(first), tuple((sign, put(arg)) for sign, arg in rest))
        case a.Aggregate(_, arg):
            return pattern.but(arg=put(arg))
        case a.Exists(inner, negated):
            return a.Exists(put(inner), negated)
        case a.Projected(name, expression):
            return a.Projected(name, put(expression or a.Var(name)))
        case a.Select():
            if everywhere:
                return pattern.but(
                    columns=tuple(put(one) if one.expression or one.name in row else one
                                  for one in pattern.columns),
                    where=put(pattern.where),
                    keys=pattern.keys and tuple(map(put, pattern.keys)),
                    having=tuple(map(put, pattern.having)),
                    values=pattern.values and put(pattern.values),
                )  # fmt: skip
            # Only what it projects is a variable of the outside.
            seen = {column.name for column in pattern.columns if column.expression is None}
            own = {name: term for name, term in row.items() if name in seen}
            return pattern.but(where=substituted(pattern.where, own))
    return pattern


def _among(
    names: Sequence[str], values: Iterable[Sequence[Term | None]], row: Solution
) -> a.InlineData:
    """VALUES with terms in the place of variables: the rows that agree with these."""
    kept = [
        one
        for one in values
        if all(
            term is None or row.get(name, term) == term
            for name, term in zip(names, one, strict=True)
        )
    ]
    places = [place for place, name in enumerate(names) if name not in row]
    return a.InlineData(
        tuple(names[place] for place in places),
        tuple(tuple(one[place] for place in places) for one in kept),
    )
