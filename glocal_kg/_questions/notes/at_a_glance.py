"""What the text of a query alone shows: whether there is anything that a note could be of.

Most queries give no occasion for most notes, and what these are made of need not be brought in.
"""

from __future__ import annotations

from glocal_kg._questions.notes.blind import binding
from glocal_kg._questions.notes.query_parts import all_patterns, parts_of, patterns
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Bind,
    Call,
    Exists,
    GroupPattern,
    Optional,
    Select,
    Var,
)
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from glocal_kg._rdf.sparql.algebra import Expression


def has_figures(select: Select) -> bool:
    """Whether a query, or one in it, has a figure of many rows."""
    return any(isinstance(part, Aggregate) for part in parts_of(select))


def has_values(select: Select) -> bool:
    """Whether a query asks for the values of propositions, which have units beside them."""
    return any(one.p == GLOCAL.value for one in all_patterns(select.where))


def hidden_names(select: Select, shown: Collection[str]) -> set[str]:
    """What is optional, not shown, and yet looked at: by a filter, an order, or BIND."""
    optional = {
        name
        for part in parts_of(select.where)
        if isinstance(part, Optional)
        for name in binding(part.group)
    }.difference(shown)
    return optional & {name for test in _looking(select) for name in looked_at(test)}


def looked_at(expression: Expression) -> set[str]:
    """The variables of an expression, but for those of which it says what holds without them."""
    parts = list(parts_of(expression, (Exists,)))
    # Who asks whether it is there, or what else to take, has thought of that.
    thought = {
        arg.name
        for one in parts
        if isinstance(one, Call) and one.name in ("BOUND", "COALESCE")
        for arg in one.args
        if isinstance(arg, Var)
    }
    return {one.name for one in parts if isinstance(one, Var)} - thought


def sorts_computed(select: Select) -> bool:
    """Whether rows that are no groups are sorted by what is computed for it."""
    return select.keys is None and any(not isinstance(one.expression, Var) for one in select.order)


def sorted_texts(select: Select) -> list[tuple[Var, Var]]:
    """What sorts rows that are no groups and no filter looks at, with the thing that has it."""
    tested = {
        one.name
        for part in parts_of(select.where)
        if isinstance(part, GroupPattern)
        for test in part.filters
        for one in parts_of(test)
        if isinstance(one, Var)
    }
    shown = {one.name for one in select.columns}
    return [
        (text, pattern.s)
        for text in (one.expression for one in select.order if select.keys is None)
        if isinstance(text, Var) and text.name not in tested
        for pattern in patterns(select.where)
        if pattern.o == text and isinstance(pattern.s, Var) and pattern.s.name in shown
    ]


def _looking(select: Select) -> Iterator[Expression]:
    for part in parts_of(select):
        if isinstance(part, GroupPattern):
            yield from part.filters
        elif isinstance(part, Bind):
            yield part.expression
        elif isinstance(part, Select):
            yield from part.having
    yield from (one.expression for one in select.order)


__all__ = [
    "has_figures",
    "has_values",
    "hidden_names",
    "looked_at",
    "sorted_texts",
    "sorts_computed",
]
