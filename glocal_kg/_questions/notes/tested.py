"""Where the filters of a query stand, each with a group that gives the rows it is asked of."""

from __future__ import annotations

from typing import NamedTuple

from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.query_parts import is_truth, parts_of
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Bind,
    Call,
    Chain,
    Exists,
    GroupPattern,
    Minus,
    NamedGraphPattern,
    Optional,
    Projected,
    Select,
    Union,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._rdf.sparql.algebra import Expression, Step


class Tested(NamedTuple):
    """The filters of one group, and the group without them.

    ``needed``: every row of the answer passed them, so where there are rows they are not in vain.
    ``written`` says what stands in the query for a variable that was put there: an aggregate.
    """

    before: GroupPattern
    tests: list[Expression]
    needed: bool
    written: Mapping[Expression, Expression] = {}

    def text(self, part: Expression) -> str:
        """An expression as it stands in the query."""
        return text_of(written_as(part, self.written))


def filters_of(select: Select, *, needed: bool = True) -> Iterator[Tested]:
    """All filters of a query and of the queries in it, HAVING too."""
    yield from _of_group(select.where, (), needed=needed)
    if select.having:
        yield _having(select, needed=needed)


def computed(select: Select) -> Iterator[Tested]:
    """What BIND and the columns of a query, and of those in it, compute that is true or false."""
    for part in parts_of(select):
        if isinstance(part, GroupPattern):
            for at, step in enumerate(part.steps):
                if isinstance(step, Bind) and is_truth(step.expression):
                    yield Tested(GroupPattern(part.steps[:at]), [step.expression], needed=False)
        elif isinstance(part, Select) and part.keys is None:
            found = [one.expression for one in part.columns if one.expression is not None]
            yield Tested(part.where, list(filter(is_truth, found)), needed=False)


def _of_group(group: GroupPattern, around: tuple[Step, ...], *, needed: bool) -> Iterator[Tested]:
    """The filters of a group; ``around`` are the steps whose variables they see too."""
    before = group.but(steps=(*around, *group.steps), filters=())
    if group.filters:
        yield Tested(before, list(_conjuncts(group.filters)), needed)
    for at, step in enumerate(group.steps):
        if isinstance(step, Union):
            for branch in step.branches:
                yield from _of_group(branch, (), needed=False)
        elif isinstance(step, NamedGraphPattern):
            for one in _of_group(step.group, (), needed=needed):
                within = GroupPattern((step.but(group=one.before),))
                yield one._replace(before=within)
        elif isinstance(step, Select):
            yield from filters_of(step, needed=needed)
        elif isinstance(step, GroupPattern):
            yield from _of_group(step, (), needed=needed)
        elif isinstance(step, Optional):
            yield from _of_group(step.group, (*around, *group.steps[:at]), needed=False)
        elif isinstance(step, Minus):
            yield from _of_group(step.group, (), needed=False)
    for part in parts_of(group.filters, (Exists,)):
        if isinstance(part, Exists):
            yield from _of_group(part.group, before.steps, needed=False)


def _having(select: Select, *, needed: bool) -> Tested:
    """The tests of HAVING, with a column for each of their aggregates."""
    found = dict.fromkeys(one for one in parts_of(select.having) if isinstance(one, Aggregate))
    put: dict[Expression, Expression] = {one: Var(f"_:having{n}") for n, one in enumerate(found)}
    named = {one.name for one in select.columns}
    keys = [Projected(one.name) for one in select.keys or () if one.name not in named]
    made = [Projected(f"_:having{n}", one) for n, one in enumerate(found)]
    groups = select.but(
        columns=(*select.columns, *keys, *made), having=(), order=(), limit=None, offset=0
    )
    tests = [written_as(one, put) for one in _conjuncts(select.having)]
    return Tested(GroupPattern((groups,)), tests, needed, {var: one for one, var in put.items()})


def _conjuncts(filters: tuple[Expression, ...]) -> Iterator[Expression]:
    """What must be true, each by itself."""
    waiting = [*filters]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, Call) and one.name == "&&":
            waiting = [*one.args, *waiting]
        else:
            yield one


def written_as(part: Expression, instead: Mapping[Expression, Expression]) -> Expression:
    """An expression with others in the place of some of its parts."""
    if not instead:
        return part
    if part in instead:
        return instead[part]
    if isinstance(part, Call):
        return part.but(args=tuple(written_as(one, instead) for one in part.args))
    if isinstance(part, Chain):
        rest = tuple((sign, written_as(one, instead)) for sign, one in part.rest)
        return part.but(first=written_as(part.first, instead), rest=rest)
    return part


__all__ = ["Tested", "computed", "filters_of", "written_as"]
