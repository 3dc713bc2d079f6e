"""A query asked once more for a note, of what its answer saw and with a part changed."""

from __future__ import annotations

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    GroupPattern,
    NamedGraphPattern,
    Optional,
    Union,
)
from glocal_kg._rdf.sparql.limits import PLACES, Limits
from glocal_kg.errors import GlocalError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Step
    from glocal_kg._rdf.store.facts import Facts

_WORK = 4_000_000
"""Rows that are made for a note at most, a quarter of a second of them: no answer waits for it."""
_LOOK = 500  # a look at the limits counts as so many rows: there is one before each small step
_SECONDS = 2.0


class NoteLimits(Limits):
    """What a note may take: so much work, counted, so that the same data has the same notes.

    The clock ends only what makes few rows and yet takes long, such as a regular expression.
    """

    def __init__(self) -> None:
        super().__init__(_SECONDS)
        self._left = _WORK

    def check(self) -> None:
        """Count a step. Raises ``LimitError`` where there were too many."""
        super().check()
        self._take(_LOOK)

    def table(self, rows: int, columns: int, held: int = 0, work: int = PLACES) -> None:
        """Count the rows of a table that is to be made."""
        super().table(rows, columns, held, work)
        self._take(rows)

    def terms(self, terms: int, rows: int, columns: int) -> None:
        """Count the rows of an answer of which terms are to be made."""
        super().terms(terms, rows, columns)
        self._take(rows)

    def _take(self, rows: int) -> None:
        self._left -= rows
        if self._left < 0:
            raise TooLargeError("This is more work than a note is worth.", limit=_WORK)


def asked(
    facts: Facts,
    query: Query,
    given: Mapping[str, Bound] | None,
    limits: NoteLimits | None = None,
) -> list[Any] | None:
    """The rows or triples of a query; None where it is too much work or has no value.

    ``limits`` are those of several queries together, otherwise this one has its own.
    Of ASK the list is one empty row for "yes" and none for "no".
    """
    from glocal_kg._rdf.sparql.answering import answer

    try:
        limits = limits or NoteLimits()
        found = answer(query, facts.moment, facts.selection, given=given, limits=limits)
        if isinstance(found, bool):
            return [()] * found
        return list(found)
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


__all__ = ["NoteLimits", "asked", "rewritten"]
