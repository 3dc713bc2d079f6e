"""Figures made of values in several units, which have no common sum, mean, least or largest one.

A proposition says a value, and beside it the unit. Who adds up the values alone adds dollars to
fields; so it is counted in how many units they are, within the groups of the query.
"""

from __future__ import annotations

from glocal_kg._questions.notes.again import rewritten
from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.query_parts import all_patterns, free, names_in, parts_of
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
    from glocal_kg._rdf.sparql.algebra import Query
    from glocal_kg._rdf.store.facts import Facts

_FIGURES = ("SUM", "AVG", "MIN", "MAX")
_UNIT = "_:unit"


def several_units(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """In which units the values of a figure are, where a group has several, and how to part them.

    Nothing is said where the query itself asks for the unit.
    """
    select, every = query.select, list(all_patterns(query.select.where))
    if any(one.p == GLOCAL.unit for one in every) or facts.moment.find(GLOCAL.unit) is None:
        return
    sources = {one.o: one.s for one in every if one.p == GLOCAL.value and isinstance(one.o, Var)}
    again, taken = AskedAgain(facts, query, given), names_in(query)
    asked: list[object] = [one.expression for one in select.columns]
    asked += [*(one.expression for one in select.order), *select.having]
    for figure in dict.fromkeys(part for one in asked for part in parts_of(one)):
        if not isinstance(figure, Aggregate) or figure.name not in _FIGURES:
            continue
        for value in (one for one in dict.fromkeys(parts_of(figure.arg)) if one in sources):
            source = sources[value]
            counts = _counted(again, source) if isinstance(source, Var) else {}
            if isinstance(source, Var) and len(counts) > 1:
                how = ", ".join(f"{many:,} {unit}" for unit, many in counts.items())
                p = source.name if not source.name.startswith("_:") else free("p", taken)
                unit = free("unit", taken)
                yield (
                    f"{text_of(figure)} is of values in several units: {how}."
                    f" OPTIONAL {{ ?{p} glocal:unit ?{unit} }} and GROUP BY ?{unit} part them."
                )


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
