"""Parts of a query without a common variable: each row of one stands beside each of the other.

That is a product of two answers, and most often a variable that was misspelt or a pattern that was
left out. How many rows each part has is counted.
"""

from __future__ import annotations

from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    BasicPattern,
    Bind,
    GroupPattern,
    InlineData,
    Projected,
    Select,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeGuard

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Query, Step
    from glocal_kg._rdf.store.facts import Facts

_OFTEN = ("MIN", "MAX", "SAMPLE", "GROUP_CONCAT")
"""Aggregates whose value is as right of rows that come several times."""


def side_by_side(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """Which variables of a query no pattern joins, and how many rows there are of each.

    Nothing is said of one row that the answer shows, such as that of a thing looked up, or where
    only different values are counted: "how many of these, and how many of those" is asked so.
    """
    select = query.select
    parts, tests = [*_parts(select.where)], [*_tests(select.where)]
    lots = _lots([_variables(one) for one in (*parts, *tests)], set(given or ()))
    if len(lots) < 2 or (select.keys is not None and all(map(_is_once, _figures(select)))):
        return
    from glocal_kg._questions.notes.value_kinds import AskedAgain  # few queries come so far

    again, sizes = AskedAgain(facts, query, given), []
    looked_at = {one.name for one in parts_of((select.columns, select.keys)) if _names(one)}
    for lot in lots:
        group = GroupPattern(
            tuple(one for one in parts if _variables(one) & lot),
            tuple(one for one in tests if _variables(one) & lot),
        )
        shown = sorted(one for one in lot if not one.startswith("_:"))
        rows = again.values(group, [])[0] if shown and group.steps else 0
        if rows > 1 or (rows and not looked_at & lot):
            sizes.append((f"?{shown[0]}", rows))
    if len(sizes) > 1:
        sizes.sort()
        one, *others = (name for name, _ in sizes)
        yield (
            f"No pattern joins {one} with {' or '.join(others)}, so every row of one stands beside"
            f" every row of the other: {' times '.join(f'{rows:,}' for _, rows in sizes)}."
            " Join them by a property, or ask for each alone."
        )


def _figures(select: Select) -> list[Aggregate]:
    parts = (part for one in select.columns for part in parts_of(one.expression))
    return [one for one in parts if isinstance(one, Aggregate)]


def _is_once(figure: Aggregate) -> bool:
    return figure.distinct or figure.name in _OFTEN


def _parts(group: GroupPattern) -> Iterator[Step]:
    """The smallest parts that rows come from."""
    for step in group.steps:
        if isinstance(step, BasicPattern):
            yield from (BasicPattern((one,)) for one in step.patterns)
        elif isinstance(step, GroupPattern):
            yield from _parts(step)
        else:
            yield step


def _tests(group: GroupPattern) -> Iterator[Expression]:
    yield from group.filters
    for step in group.steps:
        if isinstance(step, GroupPattern):
            yield from _tests(step)


def _variables(part: object) -> set[str]:
    """The variables that a part of a query joins."""
    found = set()
    for one in parts_of(part):
        if _names(one):
            found.add(one.name)
        elif isinstance(one, InlineData):
            found.update(one.names)
    return found


def _names(part: object) -> TypeGuard[Var | Bind | Projected]:
    return isinstance(part, Var | Bind | Projected)


def _lots(joins: list[set[str]], fixed: set[str]) -> list[set[str]]:
    """The variables of a query, those together that some part joins."""
    lots: list[set[str]] = []
    for joined in joins:
        lot = joined - fixed
        for other in [one for one in lots if one & lot]:
            lots.remove(other)
            lot |= other
        if lot:
            lots.append(lot)
    return lots


__all__ = ["side_by_side"]
