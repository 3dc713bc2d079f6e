"""What is optional, not shown, and yet looked at: by a filter, an order, or BIND.

A column without a value in any row is seen; a variable that only decides which rows come, or in
which order, is not.
"""

from __future__ import annotations

from itertools import chain

from glocal_kg._questions.notes.at_a_glance import hidden_names, looked_at
from glocal_kg._questions.notes.empty import notes_on_columns
from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._questions.notes.tested import Tested, filters_of
from glocal_kg._questions.notes.value_kinds import AskedAgain
from glocal_kg._rdf.sparql.algebra import Bind, GroupPattern, Var

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Select
    from glocal_kg._rdf.store.facts import Facts


def hidden(
    facts: Facts, query: Query, shown: Collection[str], given: Mapping[str, Bound] | None
) -> list[str]:
    """Why an OPTIONAL finds nothing of which only a filter, an order or BIND would tell."""
    select = query.select
    optional = hidden_names(select, shown)
    if not optional:
        return []
    again, lacking = AskedAgain(facts, query, given), set[str]()
    for place in chain(filters_of(select), _others(select)):
        used = {name for test in place.tests for name in looked_at(test)}
        names = sorted(used & optional - lacking)
        rows, *counts = again.values(place.before, [Var(name) for name in names]) if names else [0]
        lacking |= {name for name, many in zip(names, counts, strict=True) if rows and not many}
    return notes_on_columns(facts, query, lacking, given)


def _others(select: Select) -> Iterator[Tested]:
    """What BIND computes and ORDER BY sorts by, each with the group whose rows it sees."""
    for part in parts_of(select.where):
        for at, step in enumerate(part.steps if isinstance(part, GroupPattern) else ()):
            if isinstance(step, Bind):
                yield Tested(GroupPattern(part.steps[:at]), [step.expression], needed=False)
    if select.keys is None:
        yield Tested(select.where, [one.expression for one in select.order], needed=False)


__all__ = ["hidden"]
