"""Sums of what are no numbers, and the least, the largest and the order of what has no one order.

SPARQL gives both without a word: no value, or an order by datatype first.
"""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._questions.notes.value_kinds import (
    DATES,
    NONE,
    NUMBER,
    TEXT,
    AskedAgain,
    example,
    kind_of,
    named,
)
from glocal_kg._rdf.sparql.algebra import Aggregate, Call, Projected, Select, Var

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from typing import Any

    from glocal_kg._questions.notes.value_kinds import ValueKinds
    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Query
    from glocal_kg._rdf.store.facts import Facts

_FEW = 1000


def no_numbers(
    facts: Facts, query: Query, empty: Collection[str], given: Mapping[str, Bound] | None
) -> Iterator[str]:
    """What SUM and AVG add up in columns without a value, and is no number."""
    again = AskedAgain(facts, query, given)
    for one in _aggregates(query, ("SUM", "AVG"), empty):
        assert one.arg is not None
        found = again.kinds(query.select.where, [one.arg], examples=True)
        others = [each for each in found if each.kinds[0] not in (NUMBER, NONE)]
        if not others:
            continue
        some = ""
        if len(others) < len([each for each in found if each.kinds[0] != NONE]):
            some = f" in {sum(each.rows for each in others):,} rows"
        yield (
            f"{text_of(one)} has no value: the values of {text_of(one.arg)} are"
            f" {named(each.kinds[0] for each in others)}{some}, such as"
            f" {example(others[0].examples[0])}, not numbers{_instead(one, others, bool(some))}."
        )


def _instead(one: Aggregate, others: list[ValueKinds], mixed: bool) -> str:
    assert one.arg is not None
    kinds = {each.kinds[0] for each in others}
    inside = text_of(one.arg)
    if kinds <= DATES and not mixed:
        return f"; {one.name}(YEAR({inside})) counts with their years"
    if kinds == {TEXT}:
        return f"; COUNT({inside}) counts them, STRLEN({inside}) is their length"
    return f"; COUNT({inside}) counts them"


def no_one_order(
    facts: Facts,
    query: Query,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    given: Mapping[str, Bound] | None,
) -> Iterator[str]:
    """What is sorted, or asked for the least and the largest, and is of kinds without an order."""
    again = AskedAgain(facts, query, given)
    for part, groups, write in _sorted(query):
        if _is_of_one_kind(query, part, rows, columns):
            continue
        found = again.kinds(query.select.where, [part])
        kinds = {each.kinds[0] for each in found} - {NONE}
        if len(kinds) < 2 or not (kinds <= DATES or kinds == {NUMBER, TEXT}):
            continue
        if groups and not _meet(again, part, kinds, groups):
            continue
        found = again.kinds(query.select.where, [part], examples=True)
        if not found:
            continue
        each_kind = {each.kinds[0]: each.examples[0] for each in reversed(found)}
        *first, last = (example(each_kind[kind]) for kind in sorted(kinds))
        shown = f"{', '.join(first)} and {last}"
        if kinds <= DATES:
            yield (
                f"The values of {text_of(part)} are dates of several precisions, such as {shown},"
                f" which have no order with one another: they stand by their datatype first."
                f" Write {write}."
            )
        else:
            yield (
                f"The values of {text_of(part)} are numbers and texts, such as {shown}, which have"
                " no order with one another: all of one kind stand before the other."
            )


def _is_of_one_kind(
    query: Query, part: Expression, rows: Sequence[Sequence[Any]], columns: Sequence[str]
) -> bool:
    """Whether an answer shows, by all its few rows, that there is nothing to ask again."""
    select = query.select
    cut = select.offset or (select.limit is not None and len(rows) >= select.limit)
    if cut or select.keys is not None or len(rows) > _FEW:
        return False
    if not isinstance(part, Var) or part.name not in columns:
        return False
    at = columns.index(part.name)
    return len({kind_of(row[at]) for row in rows} - {NONE}) < 2


def _sorted(query: Query) -> Iterator[tuple[Expression, list[Expression], str]]:
    """The variables that are sorted, within what groups, and how to sort them as texts.

    Where the query has STR(?d) or YEAR(?d), somebody has seen to it.
    """
    select = query.select
    keys = [one.expression or Var(one.name) for one in select.keys or ()]
    for one in _aggregates(query, ("MIN", "MAX")):
        if isinstance(one.arg, Var):
            yield one.arg, keys, f"{one.name}(STR({text_of(one.arg)}))"
    made = {each.name: each.expression for each in (*select.columns, *(select.keys or ()))}
    before: list[Expression] = []
    for order in select.order:
        part = order.expression
        if isinstance(part, Var):
            key = f"STR({text_of(part)})"
            key = f"DESC({key})" if order.descending else key
            write = f"ORDER BY ... {key}" if before else f"ORDER BY {key}"
            part = made.get(part.name) or part
            if not any(isinstance(each, Aggregate) for each in parts_of(part)):
                yield part, list(before), write
        before.append(part)


def _meet(again: AskedAgain, part: Expression, kinds: set[str], groups: list[Expression]) -> bool:
    """Whether values of several kinds meet in a group."""
    if any(isinstance(each, Aggregate) for one in groups for each in parts_of(one)):
        return True
    call = "DATATYPE" if kinds <= DATES else "ISNUMERIC"
    many = Aggregate("COUNT", Call(call, (part,)), distinct=True)
    keys = tuple(Projected(f"_:g{n}", one) for n, one in enumerate(groups))
    several = Call(">", (many, Literal(1)))
    columns = (Projected("_:n", many),)
    where = again.query.select.where
    return bool(again.rows(Select(columns, where, keys=keys, having=(several,), limit=1)))


def _aggregates(
    query: Query, names: Collection[str], columns: Collection[str] | None = None
) -> Iterator[Aggregate]:
    """The aggregates of these names in some columns; in HAVING and ORDER BY too, for all."""
    select = query.select
    asked: list[object] = [
        one.expression for one in select.columns if columns is None or one.name in columns
    ]
    if columns is None:
        asked += [*select.having, *(one.expression for one in select.order)]
    seen = dict.fromkeys(one for part in asked for one in parts_of(part))
    for one in seen:
        if isinstance(one, Aggregate) and one.name in names and one.arg is not None:
            yield one


__all__ = ["no_numbers", "no_one_order"]
