"""Figures made of values in several units, which have no common sum, mean, order or largest one.

A proposition says a value, and beside it the unit. Who adds up the values alone adds dollars to
fields; so it is counted in how many units they are, within the groups of the query.
"""

from __future__ import annotations

from glocal_kg._questions.notes.again import rewritten
from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.query_parts import (
    all_patterns,
    free,
    names_in,
    parts_of,
    selects,
)
from glocal_kg._questions.notes.value_kinds import AskedAgain, example
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    BasicPattern,
    GroupPattern,
    Optional,
    Projected,
    Select,
    TriplePattern,
    Var,
)
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Query
    from glocal_kg._rdf.store.facts import Facts

_FIGURES = ("SUM", "AVG", "MIN", "MAX")
_UNIT = "_:unit"


def several_units(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """In which units the values of a figure are, where a group has several, and how to part them.

    Nothing is said where the query itself asks for the unit.
    """
    every = list(all_patterns(query.select.where))
    if any(one.p == GLOCAL.unit for one in every) or facts.moment.find(GLOCAL.unit) is None:
        return
    taken = names_in(query)
    for select in selects(query.select):
        again = AskedAgain(facts, query.but(select=select), given)
        sources = {
            one.o: one.s
            for one in all_patterns(select.where)
            if one.p == GLOCAL.value and isinstance(one.o, Var)
        }
        for figure in _figures(select):
            by = "GROUP BY" if isinstance(figure, Aggregate) else "ORDER BY"
            part = figure.arg if isinstance(figure, Aggregate) else figure
            for value in (one for one in dict.fromkeys(parts_of(part)) if one in sources):
                source = sources[value]
                counts = _counted(again, source) if isinstance(source, Var) else {}
                if isinstance(source, Var) and len(counts) > 1:
                    how = ", ".join(f"{many:,} {unit}" for unit, many in counts.items())
                    p = source.name if not source.name.startswith("_:") else free("p", taken)
                    unit = free("unit", taken)
                    what = "is" if by == "GROUP BY" else "sorts the answer, and is"
                    yield (
                        f"{text_of(figure)} {what} of values in several units: {how}."
                        f" OPTIONAL {{ ?{p} glocal:unit ?{unit} }} and {by} ?{unit} part them."
                    )


def _figures(select: Select) -> Iterator[Expression]:
    """The figures of a query, and, where its rows are no groups, what sorts them."""
    asked: list[object] = [one.expression for one in select.columns]
    asked += [*(one.expression for one in select.order), *select.having]
    for figure in dict.fromkeys(part for one in asked for part in parts_of(one)):
        if isinstance(figure, Aggregate) and figure.name in _FIGURES:
            yield figure
    if select.keys is None:
        made = {one.name: one.expression for one in select.columns}
        for order in select.order:
            part = order.expression
            part = made.get(part.name) or part if isinstance(part, Var) else part
            if not any(isinstance(one, Aggregate) for one in parts_of(part)):
                yield part


def _counted(again: AskedAgain, source: Var) -> dict[str, int]:
    """How many values of a group have each unit; those of the group with most of them."""
    select = again.query.select
    unit = Optional(
        GroupPattern((BasicPattern((TriplePattern(source, GLOCAL.unit, Var(_UNIT)),)),))
    )
    where = rewritten(
        select.where,
        lambda step: (step, unit) if any(one.s == source for one in step.patterns) else (step,),
    )
    keys = (*(select.keys or ()), Projected(_UNIT))
    columns = (*(Projected(one.name) for one in keys), Projected("_:n", Aggregate("COUNT", None)))
    groups: dict[tuple[object, ...], dict[str, int]] = {}
    for *group, found, many in again.rows(Select(columns, where, keys=keys)):
        named = example(found).split("@")[0] if found is not None else "without one"
        groups.setdefault(tuple(group), {})[named] = int(many.value)
    counts = max(groups.values(), key=lambda one: (len(one), sum(one.values())), default={})
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


__all__ = ["several_units"]
