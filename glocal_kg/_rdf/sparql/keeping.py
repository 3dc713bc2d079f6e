"""What is kept of the rows of a group from one of its steps to the next.

Filters are asked as soon as the variables they need can no longer change; of many rows, those
that read texts wait while what comes next makes the rows fewer. Columns that no one needs any more
are dropped. Where it does not matter how often a row comes, rows that have become alike are one
from then on.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Final

from glocal_kg._rdf.sparql.algebra import Bind, Call, Chain, Exists
from glocal_kg._rdf.sparql.scope import is_fickle, of_expression, parts, step_mentions
from glocal_kg._rdf.sparql.solution_table import InEither

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from collections.abc import Set as AnySet
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.algebra import Expression, GroupPattern, Step
    from glocal_kg._rdf.sparql.limits import Limits, Told
    from glocal_kg._rdf.sparql.solution_table import SolutionTable

    Filtered: TypeAlias = Callable[[SolutionTable, list[Expression], Told], SolutionTable]
    Ahead: TypeAlias = Callable[[], float]  # about how many rows the next join leaves
    Test: TypeAlias = tuple[Expression, set[str]]  # with the variables it needs

_FEW: Final = 1 << 12  # so few rows need no look at which are alike, and are filtered at once
_OF_NUMBERS: Final = frozenset({
    "=", "!=", "<", ">", "<=", ">=", "&&", "||", "!", "IN", "BOUND", "SAMETERM", "ISIRI", "ISBLANK",
    "ISLITERAL",
})  # fmt: skip
"""Calls for which most rows need no text: a filter of these alone is asked at once."""


class Keep:
    """Keeps the columns that somebody looks at later, and all rows."""

    def __init__(self, wanted: Container[str]) -> None:
        self._wanted = wanted

    def wanted(self, coming: Container[str]) -> Container[str]:
        """What to make of the columns of a join, while these variables are still ``coming``."""
        return InEither(coming, self._wanted)

    def __call__(
        self, table: SolutionTable, coming: Container[str], ahead: Ahead | None
    ) -> SolutionTable:
        """What is kept after a join; ``ahead`` tells about how many rows the next one leaves."""
        return table.only_of(self.wanted(coming))


class Keeper(Keep):
    """Keeps what is needed of the rows of one group, whose steps come in bundles."""

    def __init__(
        self,
        group: GroupPattern,
        bundles: Iterable[Sequence[Step]],
        needed: set[str],
        filtered: Filtered,
        limits: Limits,
        *,
        once: bool,
    ) -> None:
        """``needed`` are the variables that someone looks at after the group.

        ``filtered`` gives the rows for which filters are true; with ``once`` it does not matter
        how often a row comes.
        """
        tests = chain.from_iterable(map(conjuncts, group.filters))
        self._waiting = [(item, of_expression(item)) for item in tests]
        self.filtered = filtered
        self._limits = limits
        self.mentions = [set[str]().union(*map(step_mentions, bundle)) for bundle in bundles]
        self._needed = needed
        # In how many steps to come, and in how many filters that wait, a name stands.
        self._later = Counter(chain.from_iterable(self.mentions))
        self._tested = Counter(chain.from_iterable(names for _, names in self._waiting))
        super().__init__(InEither(needed, InEither(self._tested, self._later)))
        self.once = once and not any(
            isinstance(step, Bind) and is_fickle(step.expression) for step in group.steps
        )
        self._after: Ahead | None = None  # of the step after this one
        self._told: Told = bool
        self._alike = _FEW  # as many rows there were when they were last looked at

    def begin(self, names: Iterable[str], after: Ahead | None, told: Told) -> None:
        """A step begins: its names stand in one step to come less.

        ``after`` tells about how many rows the step after it leaves, None where there is none.
        ``told`` is told of the rows of this step, where no filter waits.
        """
        _less(self._later, names)
        self._after, self._told = after, told

    @property
    def told(self) -> Told:
        """What is told of the rows that the step leaves: nothing while a filter waits."""
        return bool if self._waiting else self._told

    def wanted_of(self, names: Iterable[str]) -> set[str]:
        """The names that a filter, a step to come or someone after the group looks at."""
        return {name for name in names if name in self._wanted}

    def __call__(
        self, table: SolutionTable, coming: Container[str], ahead: Ahead | None
    ) -> SolutionTable:
        """The rows kept within a step, in which these variables are still ``coming``.

        ``ahead`` tells about how many rows its next join leaves, None at its end.
        """
        last, ahead = ahead is None, ahead or self._after
        table = self._asked(table, InEither(coming, self._later), ahead, last)
        all_needed = table.columns.keys() <= self._needed  # as with SELECT *: no look at each name
        kept = table if all_needed else table.only_of(self.wanted(coming))
        more = ahead is not None  # after the last join rows that are alike cost nothing more
        if more and self.once and kept is not table and kept.rows > 2 * self._alike:
            kept = kept.distinct(self._limits)
            self._alike = max(kept.rows, _FEW)
        return kept

    def bound(self, table: SolutionTable, names: AnySet[str]) -> SolutionTable:
        """The rows kept after BINDs that mention these names alone."""
        table = self._asked(table, self._later, self._after, last=True)
        gone = names - self.wanted_of(names)
        return (
            table if gone.isdisjoint(table.columns) else table.only_of(table.columns.keys() - gone)
        )

    def rest(self, table: SolutionTable) -> SolutionTable:
        """The rows after the last step, for which all filters are true."""
        waiting, self._waiting = self._waiting, []
        return self.filtered(table, [item for item, _ in waiting], self.told)

    def _asked(
        self, table: SolutionTable, coming: Container[str], ahead: Ahead | None, last: bool
    ) -> SolutionTable:
        """The rows for which the filters are true that can be asked, the cheap ones first.

        The ``last`` time in a step all that it leaves is told.
        """
        ready = [one for one in self._waiting if _is_settled(one[1], table, coming)]
        if ready and ahead is not None and table.rows > _FEW:
            cheap = [one for one in ready if not _reads_texts(one[0])]
            table = self.filtered(table, self.taken(cheap), bool)
            dear = [one for one in ready if _reads_texts(one[0])]
            ready = dear if dear and table.rows <= ahead() else []
        tests = self.taken(ready)
        told = self.told if last else bool
        table = self.filtered(table, tests, told)
        told(table.rows)
        return table

    def tests_of(
        self, new: AnySet[str], table: SolutionTable, coming: Container[str]
    ) -> list[Test] | None:
        """The filters about ``new`` variables, where nobody else looks at these.

        None where somebody does, or where one needs more than these and what the table has.
        """
        if not new.isdisjoint(self._needed) or not new.isdisjoint(self._later):
            return None
        tests = [one for one in self._waiting if not new.isdisjoint(one[1])]
        coming = InEither(coming, self._later)
        ready = all(_is_settled(names - new, table, coming) for _, names in tests)
        return tests if ready else None

    def taken(self, tests: list[Test]) -> list[Expression]:
        """Filters that somebody asks now, and that wait no longer."""
        gone = set(map(id, tests))
        self._waiting = [one for one in self._waiting if id(one) not in gone]
        for _, names in tests:
            _less(self._tested, names)
        return [item for item, _ in tests]


def _less(counts: Counter[str], names: Iterable[str]) -> None:
    """Count some names once less; those that are counted no more are gone."""
    for name in names:
        counts[name] -= 1
        if not counts[name]:
            del counts[name]


def conjuncts(expression: Expression) -> Iterator[Expression]:
    """What must all be true for an expression to be true."""
    if isinstance(expression, Call) and expression.name == "&&":
        for part in expression.args:
            yield from conjuncts(part)
    else:
        yield expression


def _reads_texts(expression: Expression) -> bool:
    return any(
        isinstance(part, (Chain, Exists))
        or (isinstance(part, Call) and part.name not in _OF_NUMBERS)
        for part in parts(expression)
    )


def _is_settled(names: set[str], table: SolutionTable, coming: Container[str]) -> bool:
    """Whether the variables of a filter have the values now that they will have at the end."""
    return all(
        (name in table.columns and name not in table.maybe) or name not in coming for name in names
    )
