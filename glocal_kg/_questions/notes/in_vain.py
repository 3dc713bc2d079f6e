"""Filters and computed columns that have no value in any row, or are never true, or always.

A filter whose comparison is an error leaves the row out, in silence, and ``!=`` of what cannot be
compared lets all of them through. So the parts of an expression are asked for once more, on the
rows before the filter: the innermost that fails for all of them is told, with a value.
"""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.instead import remedies
from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._questions.notes.value_kinds import (
    NONE,
    ONE,
    AskedAgain,
    apart,
    example,
    named,
    whole,
)
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Call,
    Chain,
    Exists,
    GroupPattern,
    NamedGraphPattern,
    Select,
    Union,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glocal_kg._questions.notes.value_kinds import ValueKinds
    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Query
    from glocal_kg._rdf.store.facts import Facts

_MOST = 12
"""So many filters, and so many parts of one, are looked at."""


def in_vain(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """Why filters of a query without rows are true in none of the rows before them."""
    again = AskedAgain(facts, query, given)
    for before, tests in _filtered(query.select.where):
        for test in tests[:_MOST]:
            part = whole(test, before)
            yield from _without_value(again, before, part, test=True)


def lets_through(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """Filters with ``!=`` and NOT IN that are true in all rows, for what cannot be equal."""
    again = AskedAgain(facts, query, given)
    for before, tests in _filtered(query.select.where):
        for test in tests[:_MOST]:
            test = whole(test, before)
            names: tuple[str, ...] = ("!=",)
            call = test
            if isinstance(call, Call) and call.name == "!":
                call, names = call.args[0], ("=", "IN")
            if isinstance(call, Call) and call.name in names:
                found = _never_equal(again, before, call)
                if found is not None:
                    told = _shown(again, before, call, found, call is not test)
                    yield f"{text_of(test)} is true in every row: {told}"


def valueless(
    facts: Facts, query: Query, empty: Collection[str], given: Mapping[str, Bound] | None
) -> Iterator[str]:
    """Why computed columns have no value in any row."""
    again, select = AskedAgain(facts, query, given), query.select
    computed = {one.name: one.expression for one in (*select.columns, *(select.keys or ()))}
    for name in sorted(empty):
        part = whole(computed.get(name) or Var(name), select.where)
        if isinstance(part, Var) or any(isinstance(one, Aggregate) for one in parts_of(part)):
            continue
        yield from _without_value(again, select.where, part, test=False)


def _filtered(group: GroupPattern) -> Iterator[tuple[GroupPattern, list[Expression]]]:
    """The groups with filters, each without them, and the filters of each."""
    if group.filters:
        tests: list[Expression] = []
        waiting = [*group.filters]
        while waiting:
            one = waiting.pop(0)
            if isinstance(one, Call) and one.name == "&&":
                waiting = [*one.args, *waiting]
            else:
                tests.append(one)
        yield group.but(filters=()), tests
    for step in group.steps:
        if isinstance(step, Union):
            for branch in step.branches:
                yield from _filtered(branch)
        elif isinstance(step, NamedGraphPattern):
            for before, tests in _filtered(step.group):
                yield GroupPattern((step.but(group=before),)), tests
        elif isinstance(step, Select):
            yield from _filtered(step.where)
        elif isinstance(step, GroupPattern):
            yield from _filtered(step)


def _without_value(
    again: AskedAgain, where: GroupPattern, part: Expression, *, test: bool
) -> Iterator[str]:
    """The innermost part of an expression without a value in any row, or never true as a test."""
    calls = list(dict.fromkeys(_calls(part)))[:_MOST]
    variables = [one for one in dict.fromkeys(parts_of(part, (Exists,))) if isinstance(one, Var)]
    true = Call("IF", (part, Literal(1), Var("_:nothing")))
    rows, held, *many = again.values(where, [true, *variables, *calls])
    values = many[len(variables) :]
    if not rows or (test and held) or not all(many[: len(variables)]):
        return
    for call, count in zip(calls, values, strict=True):
        if not count:
            args = _args(call)
            found = again.kinds(where, args, examples=True)
            if found:
                told = _shown(again, where, call, found)
                yield f"{text_of(call)} has no value in any row: {told}"
            return
    for call in calls if test else ():
        if isinstance(call, Call) and call.name in ("=", "IN"):
            never = _never_equal(again, where, call)
            if never is not None:
                told = _shown(again, where, call, never)
                yield f"{text_of(call)} is true in no row: {told}"
                return


def _never_equal(again: AskedAgain, where: GroupPattern, call: Call) -> list[ValueKinds] | None:
    """The kinds of most rows where what is compared is never of one kind with the other."""
    if any(isinstance(one, Exists) for one in parts_of(call)):
        return None
    if len(call.args) > _MOST:
        return None
    found = again.kinds(where, call.args)
    never = all(apart(one.kinds[0], other) for one in found for other in one.kinds[1:])
    return (again.kinds(where, call.args, examples=True) or None) if found and never else None


def _shown(
    again: AskedAgain,
    where: GroupPattern,
    call: Call | Chain,
    found: list[ValueKinds],
    negated: bool = False,
) -> str:
    """The kinds and values of what a call is asked of, and what to write instead, once tried."""
    told = []
    for at, arg in enumerate(_args(call)):
        kinds = {one.kinds[at] for one in found} - {NONE}
        if kinds and any(isinstance(one, Var) for one in parts_of(arg)):
            told.append(f"{text_of(arg)} is {named(kinds, ONE)}, such as"
                        f" {example(found[0].examples[at])}")  # fmt: skip
    for write in remedies(call, found[0].kinds):
        if write != call and again.values(where, [write])[1]:
            told.append(f"write {text_of(Call('!', (write,)) if negated else write)}")
            break
    return f"{'; '.join(told)}."


def _calls(part: Expression) -> Iterator[Call | Chain]:
    """The calls in an expression, the inner ones first."""
    if isinstance(part, Call | Chain):
        for one in _args(part):
            yield from _calls(one)
        yield part


def _args(call: Call | Chain) -> tuple[Expression, ...]:
    if isinstance(call, Chain):
        return (call.first, *(one for _, one in call.rest))
    return call.args


__all__ = ["in_vain", "lets_through", "valueless"]
