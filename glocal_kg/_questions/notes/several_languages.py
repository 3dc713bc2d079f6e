"""Counts and sums in which a thing counts once for each language that a text of it is in.

SPARQL counts rows, and a practice with labels in three languages is three of them.
"""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.query_parts import parts_of, patterns, selects
from glocal_kg._questions.notes.value_kinds import AskedAgain
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Call,
    GroupPattern,
    Projected,
    Select,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query
    from glocal_kg._rdf.store.facts import Facts


def by_languages(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """Counts and sums in which something counts once for each language that a text of it is in."""
    for select in selects(query.select):
        yield from _of_select(facts, query.but(select=select), given)


def _of_select(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    select = query.select
    figures = _figures(select)
    if not figures:
        return
    where = select.where
    needed = list(patterns(where))
    names = {end.name for one in needed for end in (one.s, one.o) if isinstance(end, Var)}
    tests = [one for part in parts_of(where) if isinstance(part, GroupPattern)
             for one in part.filters]  # fmt: skip
    used = {one.name for part in (select.keys, *figures, *tests) for one in parts_of(part)
            if isinstance(one, Var | Projected)}  # fmt: skip
    again = AskedAgain(facts, query, given)
    for pattern in needed:
        text = pattern.o
        met = sum(text in (one.s, one.o) for one in needed)
        if not isinstance(text, Var) or text.name in used or met > 1:
            continue
        rest = tuple(Projected(one) for one in sorted(names - {text.name}))
        language = Call("LANG", (text,))
        several = Select(
            (Projected("_:n", Aggregate("COUNT", language, distinct=True)),),
            where,
            keys=rest,
            having=(Call(">", (Aggregate("COUNT", language, distinct=True), Literal(1))),),
            limit=1,
        )
        if not rest or not again.rows(several):
            continue
        rows, once = again.values(where, [])[0], len(again.rows(Select(rest, where, distinct=True)))
        if 0 < once < rows:
            better = _once(figures[0])
            yield (
                f"{text_of(figures[0])} counts {rows:,} rows, which are {once:,} without"
                f" ?{text.name}: it is there in several languages. Write {better}"
                f'FILTER(LANG(?{text.name}) = "en").'
            )


def _once(figure: Aggregate) -> str:
    if figure.name != "COUNT" or not isinstance(figure.arg, Var):
        return ""
    return f"{text_of(figure.but(distinct=True))}, or "


def _figures(select: Select) -> list[Aggregate]:
    """The aggregates that each row counts for."""
    parts = dict.fromkeys(part for one in select.columns for part in parts_of(one.expression))
    return [
        one
        for one in parts
        if isinstance(one, Aggregate) and one.name in ("COUNT", "SUM", "AVG") and not one.distinct
    ]


__all__ = ["by_languages"]
