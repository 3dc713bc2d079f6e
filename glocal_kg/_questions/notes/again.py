"""A query asked once more for a note, of what its answer saw and with a part changed."""

from __future__ import annotations

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    GroupPattern,
    NamedGraphPattern,
    Optional,
    Union,
)
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Step
    from glocal_kg._rdf.store.facts import Facts

SECONDS = 0.25
"""So long a note is worked out at most: an answer is not kept waiting for it."""


def asked(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> list[Any] | None:
    """The rows or triples of a query; None where it takes too long or has no value.

    Of ASK the list is one empty row for "yes" and none for "no".
    """
    from glocal_kg._rdf.sparql.answering import answer
    from glocal_kg._rdf.sparql.limits import Limits

    try:
        found = answer(query, facts.moment, facts.selection, given=given, limits=Limits(SECONDS))
        if isinstance(found, bool):
            return [()] * found
        return found if isinstance(found, list) else found.rows()
    except GlocalError:
        return None


def rewritten(
    group: GroupPattern, instead: Callable[[BasicPattern], Iterable[Step]]
) -> GroupPattern:
    """A group with other steps in the place of its patterns, wherever rows come from.

    That is in groups within it, UNION, OPTIONAL and GRAPH too, and not in MINUS, filters and
    queries within it.
    """
    steps: list[Step] = []
    for step in group.steps:
        if isinstance(step, BasicPattern):
            steps += instead(step)
        elif isinstance(step, Union):
            branches = tuple(rewritten(branch, instead) for branch in step.branches)
            steps.append(step.but(branches=branches))
        elif isinstance(step, Optional | NamedGraphPattern):
            steps.append(step.but(group=rewritten(step.group, instead)))
        else:
            steps.append(rewritten(step, instead) if isinstance(step, GroupPattern) else step)
    return group.but(steps=tuple(steps))


__all__ = ["SECONDS", "asked", "rewritten"]
