"""Filters and computed columns that have no value in any row, or are never true, or always.

A filter whose comparison is an error leaves the row out, in silence, and ``!=`` of what cannot be
compared lets all of them through. So the parts of an expression are asked for once more, on the
rows before the filter: the innermost that fails for all of them is told, with a value.
"""

from __future__ import annotations

from itertools import chain

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.instead import remedies
from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._questions.notes.tested import Tested, computed, filters_of
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
    Select,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from glocal_kg._questions.notes.value_kinds import ValueKinds
    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Query
    from glocal_kg._rdf.store.facts import Facts

_OF_ONE_KIND = {
    "STR", "LANG", "LCASE", "UCASE", "STRLEN", "SUBSTR", "STRBEFORE", "STRAFTER", "REPLACE",
    "CONCAT", "ENCODE_FOR_URI", "DATATYPE", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS",
    "ABS", "CEIL", "FLOOR", "ROUND",
}  # fmt: skip
"""Functions whose values are of the same kind whatever they are asked of."""
_MOST = 12
"""So many filters, and so many parts of one, are looked at."""


def in_vain(
    facts: Facts, query: Query, given: Mapping[str, Bound] | None, *, rows: bool = False
) -> Iterator[str]:
    """Why filters are true in none of the rows before them.

    Where a query has ``rows``, only of filters that these need not pass, in OPTIONAL, EXISTS, NOT
    EXISTS, MINUS, and branches of UNION, and of what is computed.
    """
    again = AskedAgain(facts, query, given)
    places = filters_of(query.select)
    if rows:
        places = chain((one for one in places if not one.needed), computed(query.select))
    for place in places:
        for test in place.tests[:_MOST]:
            part = whole(test, place.before)
            yield from without_value(again, place, part, test=True)


def lets_through(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """Filters with ``!=`` and NOT IN that are true in all rows, for what cannot be equal."""
    again = AskedAgain(facts, query, given)
    for place in chain(filters_of(query.select), computed(query.select)):
        for test in place.tests[:_MOST]:
            test = whole(test, place.before)
            names: tuple[str, ...] = ("!=",)
            call = test
            if isinstance(call, Call) and call.name == "!":
                call, names = call.args[0], ("=", "IN")
            if isinstance(call, Call) and call.name in names:
                found = _never_equal(again, place, call)
                if found:
                    told = _shown(again, place, call, found, call is not test)
                    yield f"{place.text(test)} is true in every row: {told}"


def valueless(
    facts: Facts, query: Query, empty: Collection[str], given: Mapping[str, Bound] | None
) -> Iterator[str]:
    """Why computed columns have no value in any row."""
    again, select = AskedAgain(facts, query, given), query.select
    computed = {one.name: one.expression for one in (*select.columns, *(select.keys or ()))}
    for name in sorted(empty):
        part = whole(computed.get(name) or Var(name), select.where)
        if isinstance(part, Var) or _is_of_groups(part):
            continue
        place = Tested(select.where, [], needed=True)
        yield from without_value(again, place, part, test=False)


def without_value(
    again: AskedAgain, place: Tested, part: Expression, *, test: bool
) -> Iterator[str]:
    """The innermost part of an expression without a value in any row, or never true as a test.

    The first rows show most often that there is none; only what they leave open is asked of all.
    """
    calls = list(dict.fromkeys(_calls(part)))[:_MOST]
    variables = [one for one in dict.fromkeys(parts_of(part, (Exists,))) if isinstance(one, Var)]
    few, all_ = again.few(place.before, part)
    true = Call("IF", (part, Literal(1), Var("_:nothing")))
    rows, held, *many = again.values(few, [true, *variables, *calls])
    if not rows or (test and held):
        return
    lacking = [one for one, count in zip(variables, many, strict=False) if not count]
    if lacking:
        if not all_:
            counts = again.values(place.before, lacking)[1:]
            lacking = [one for one, count in zip(lacking, counts, strict=True) if not count]
        yield from _in_subquery(again, place, {one.name for one in lacking})
        return

    def holds_of_all(*asked: Expression) -> bool:
        """Whether what the first rows show is so in all: no value of these, and no true test."""
        asked = (*asked, true) if test and asked != (part,) else asked
        counted = [0] if all_ or not asked else again.values(place.before, asked)
        return (all_ or not asked or counted[0] > 0) and not any(counted[1:])

    for call, count in zip(calls, many[len(variables) :], strict=True):
        if not count:
            found = _kinds(again, place, call) if holds_of_all(call) else []
            if found:
                told = _shown(again, place, call, found)
                yield f"{place.text(call)} has no value in any row: {told}"
            return
    for call in calls if test else ():
        if isinstance(call, Call) and call.name in ("=", "IN"):
            never = _never_equal(again, place, call)
            if never and (call == part or holds_of_all()):
                told = _shown(again, place, call, never)
                yield f"{place.text(call)} is true in no row: {told}"
                return


def _in_subquery(again: AskedAgain, place: Tested, names: Collection[str]) -> Iterator[str]:
    """Why what a subquery computes for some variables has no value in any row."""
    for one in parts_of(place.before, (Select,)):
        for column in one.columns if isinstance(one, Select) else ():
            part = column.expression
            if column.name in names and part is not None and not _is_of_groups(part):
                inner = Tested(one.where, [], needed=True)
                yield from without_value(again, inner, whole(part, one.where), test=False)


def _is_of_groups(part: Expression) -> bool:
    return any(isinstance(one, Aggregate) for one in parts_of(part))


def _never_equal(again: AskedAgain, place: Tested, call: Call) -> list[ValueKinds]:
    """The kinds of what is compared, where they are never one with the other; else none."""
    if any(isinstance(one, Exists) for one in parts_of(call)) or len(call.args) > _MOST:
        return []
    return _kinds(again, place, call, _are_apart)


def _are_apart(found: list[ValueKinds]) -> bool:
    return all(apart(one.kinds[0], other) for one in found for other in one.kinds[1:])


def _kinds(
    again: AskedAgain,
    place: Tested,
    call: Call | Chain,
    wanted: Callable[[list[ValueKinds]], bool] = bool,
) -> list[ValueKinds]:
    """The kinds of what a call is asked of in all rows, with examples of the first ones.

    None where they are not as they are ``wanted``, which the first rows may show.
    """
    args = _args(call)
    few, all_ = again.few(place.before, call)
    first = again.kinds(few, args, examples=True)
    if not first or not wanted(first):
        return []
    if all_ or all(map(_is_of_one_kind, args)):
        return first
    shown = {one.kinds: one.examples for one in first}
    fixed = [
        known if _is_of_one_kind(arg) and isinstance(known, Literal | NamedNode) else arg
        for arg, known in zip(args, first[0].examples, strict=True)
    ]
    found = again.kinds(place.before, fixed)
    if not found or not wanted(found):
        return []
    seen = [one for one in found if one.kinds in shown]
    return [one._replace(examples=shown[one.kinds]) for one in seen] + [
        one for one in found if one.kinds not in shown
    ]


def _is_of_one_kind(part: Expression) -> bool:
    """Whether the kind of an expression is the same whatever it is asked of."""
    if isinstance(part, Call):
        return part.name in _OF_ONE_KIND or ":" in part.name  # a cast
    return not isinstance(part, Var | Chain)


def _shown(
    again: AskedAgain,
    place: Tested,
    call: Call | Chain,
    found: list[ValueKinds],
    negated: bool = False,
) -> str:
    """The kinds and values of what a call is asked of, and what to write instead, once tried."""
    told = []
    for at, arg in enumerate(_args(call)):
        kinds = {one.kinds[at] for one in found} - {NONE}
        if kinds and any(isinstance(one, Var) for one in parts_of(arg)):
            told.append(f"{place.text(arg)} is {named(kinds, ONE)}, such as"
                        f" {example(found[0].examples[at])}")  # fmt: skip
    few, _ = again.few(place.before, call)
    for write in remedies(call, found[0].kinds):
        if write != call and again.values(few, [write])[1]:
            told.append(f"write {place.text(Call('!', (write,)) if negated else write)}")
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


__all__ = ["in_vain", "lets_through", "valueless", "without_value"]
