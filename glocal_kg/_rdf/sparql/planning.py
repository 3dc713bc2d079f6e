"""In which order the steps of a group are done, and what may be handed into a nested group."""

from __future__ import annotations

from functools import partial
from typing import Final

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    Bind,
    Exists,
    GroupPattern,
    InlineData,
    Minus,
    NamedGraphPattern,
    Optional,
    Select,
    Union,
    Var,
)
from glocal_kg._rdf.sparql.scope import certain, of_expression, parts, step_mentions, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from glocal_kg._rdf.sparql.algebra import Expression, Step

_RANK: Final[dict[type, int]] = {
    InlineData: 0,
    Select: 2,
    BasicPattern: 3,
    GroupPattern: 4,
    Union: 5,
}
_CONSIDERED: Final = 100  # so many steps are looked at for the next place
_TOGETHER: Final = 16  # BINDs between two looks at which columns are needed still


def ordered(steps: tuple[Step, ...], known: Iterable[str]) -> list[Step]:
    """The steps, those that commute in the order in which they most likely stay small.

    ``known`` are the variables of the rows to start from.
    """
    if len(steps) < 2:
        return list(steps)
    rank = partial(_rank, known=frozenset(known))
    seen = set(known)
    found: list[Step] = []
    run: list[Step] = []
    for step in steps:
        if isinstance(step, (Optional, Minus, Bind)):
            found += [*_linked(sorted(run, key=rank), seen), step]
            seen.update(visible((step,)))  # in place: |= of a view makes the set anew
            run = []
        else:
            run.append(step)
    return found + _linked(sorted(run, key=rank), seen)


def _linked(steps: list[Step], seen: set[str]) -> list[Step]:
    """Steps that commute, those first that share a variable with what was ``seen`` before them.

    A step that shares none is joined with every row, however small it is itself; only VALUES,
    which nothing makes smaller, keep their place.
    """
    if len(steps) > _CONSIDERED:
        return steps
    found: list[Step] = []
    waiting = [(step, visible((step,)).keys()) for step in steps]
    while waiting:
        linked = (
            place
            for place, (step, names) in enumerate(waiting)
            if isinstance(step, InlineData) or not (seen and names and seen.isdisjoint(names))
        )
        place = next(linked, 0)
        step, names = waiting.pop(place)
        found.append(step)
        seen.update(names)
    return found


def bundled(steps: list[Step]) -> list[list[Step]]:
    """The steps one by one, but for BINDs that follow one another: these are done together."""
    found: list[list[Step]] = []
    for step in steps:
        last = found[-1] if found else []
        if isinstance(step, Bind) and last and isinstance(last[0], Bind) and len(last) < _TOGETHER:
            last.append(step)
        else:
            found.append([step])
    return found


def _rank(step: Step, known: frozenset[str]) -> int:
    if isinstance(step, NamedGraphPattern):
        return 6 if isinstance(step.name, Var) else 3
    if isinstance(step, BasicPattern) and not known.isdisjoint(step_mentions(step)):
        return 1  # before a subquery, which needs to be solved for these rows alone then
    return _RANK.get(type(step), 6)


def admissible(group: GroupPattern) -> set[str]:
    """The variables whose values can be handed into a group without changing what it means.

    They are bound in every row before the first step that looks at what is bound.
    """
    leading: list[Step] = []
    for step in group.steps:
        if isinstance(step, (Optional, Minus, Bind)):
            break
        leading.append(step)
    return certain(leading)


def is_bare(group: GroupPattern, graph: str) -> bool:
    """Whether a group is triples alone, with filters that look at nothing else."""
    if len(group.steps) != 1 or not isinstance(group.steps[0], BasicPattern):
        return False
    own = visible(group.steps).keys() - {graph}
    return all(isinstance(item.p, (Var, NamedNode)) for item in group.steps[0].patterns) and all(
        of_expression(item) <= own and not _asks(item) for item in group.filters
    )


def _asks(expression: Expression) -> bool:
    return any(isinstance(part, Exists) for part in parts(expression))
