"""Variables that a query uses and nothing gives a value: a slip that the text alone shows."""

from __future__ import annotations

from glocal_kg._questions.notes.query_parts import names_in, parts_of
from glocal_kg._rdf.sparql.algebra import (
    Bind,
    Exists,
    GroupPattern,
    InlineData,
    Minus,
    NamedGraphPattern,
    Optional,
    Select,
    TriplePattern,
    Union,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from glocal_kg._rdf.sparql.algebra import Query


def blind(query: Query, given: Collection[str]) -> Iterator[str]:
    """What can be said of variables that no pattern has, wherever they are used.

    A name that SELECT makes of a count is not there yet when HAVING looks.
    """
    alike: dict[str, str] = {}
    for name in sorted(names_in(query)):
        other = alike.setdefault(name.casefold(), name)
        if other != name:
            yield f"?{other} and ?{name} are two variables: large and small letters differ."
    known = {*given, *query.parameters}  # a parameter may be left out: FILTER(!BOUND($kind) ...)
    yield from _select(query.select, frozenset(known))
    bound = {*known, *binding(query.select)}
    yield from _missing("CONSTRUCT", query.template, bound)


def binding(part: object) -> Iterator[str]:
    """The names of the variables to which a part of a query can give a value."""
    for one in parts_of(part, (Bind, Exists, Minus, Select)):
        if isinstance(one, TriplePattern):
            yield from (end.name for end in (one.s, one.p, one.o) if isinstance(end, Var))
        elif isinstance(one, Bind):
            yield one.name
        elif isinstance(one, InlineData):
            yield from one.names
        elif isinstance(one, NamedGraphPattern) and isinstance(one.name, Var):
            yield one.name.name
        elif isinstance(one, Select):
            made = (*one.columns, *(one.keys or ()))
            yield from (each.name for each in made if each.expression is not None)
            yield from binding((one.where, one.values))


def _select(select: Select, given: frozenset[str]) -> Iterator[str]:
    inside = {*given, *binding((select.where, select.values))}
    yield from _group(select.where, inside)
    keys = select.keys or ()
    for key in keys:
        yield from _missing("GROUP BY", key.expression or Var(key.name), inside)
    inside |= {key.name for key in keys}
    made = {one.name for one in select.columns if one.expression is not None}
    for name in dict.fromkeys(_variables(select.having)):
        if name in made and name not in inside:
            yield f"HAVING does not see ?{name} yet: repeat its expression there, as COUNT(...)."
        else:
            yield from _missing("HAVING", Var(name), inside)
    for column in select.columns:
        yield from _missing("SELECT", column.expression or Var(column.name), inside | made)
    for order in select.order:
        yield from _missing("ORDER BY", order.expression, inside | made)


def _group(group: GroupPattern, bound: set[str]) -> Iterator[str]:
    """What a group compares or computes; ``bound`` are the variables of all around it."""
    for step in group.steps:
        if isinstance(step, Bind):
            yield from _missing("BIND", step.expression, bound)
            yield from _exists(step.expression, bound)
        elif isinstance(step, Minus):
            inside = set(binding(step.group))
            if inside.isdisjoint(bound):
                yield "MINUS shares no variable with what stands before it: it takes nothing away."
            yield from _group(step.group, bound | inside)
        elif isinstance(step, Select):
            yield from _select(step, frozenset(bound))
        elif isinstance(step, Union):
            for branch in step.branches:
                yield from _group(branch, bound)
        elif isinstance(step, Optional | NamedGraphPattern):
            yield from _group(step.group, bound)
        elif isinstance(step, GroupPattern):
            yield from _group(step, bound)
    for one in group.filters:
        yield from _missing("FILTER", one, bound)
        yield from _exists(one, bound)


def _exists(part: object, bound: set[str]) -> Iterator[str]:
    """The groups of EXISTS in an expression."""
    for one in parts_of(part, (Exists,)):
        if isinstance(one, Exists):
            yield from _group(one.group, bound | set(binding(one.group)))


def _missing(where: str, part: object, bound: Collection[str]) -> Iterator[str]:
    for name in dict.fromkeys(_variables(part)):
        if name not in bound:
            from difflib import get_close_matches

            close = get_close_matches(name, sorted(one for one in bound if one[:2] != "_:"), 1, 0.6)
            meant = f" Did you mean ?{close[0]}?" if close else ""
            yield f"?{name} in {where} has no value: no pattern has it.{meant}"


def _variables(part: object) -> Iterator[str]:
    """The names of the variables in an expression or template, without those of EXISTS."""
    for one in parts_of(part, (Exists,)):
        if isinstance(one, Var) and not one.name.startswith("_:"):
            yield one.name
