"""What notes on a query look at: the parts that every row needs, and the names that there are."""

from __future__ import annotations

from itertools import chain, count

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS
from glocal_kg._rdf.sparql.algebra import (
    Alternative,
    BasicPattern,
    Bind,
    Call,
    Exists,
    GroupPattern,
    InlineData,
    Inverse,
    Minus,
    NamedGraphPattern,
    Negated,
    Optional,
    Projected,
    Repeat,
    Select,
    Sequence,
    TriplePattern,
    Union,
    Var,
)
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.selection import EVERYTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from glocal_kg._rdf.sparql.algebra import Expression, Node, Path, Query, Term


NAMES = 100
"""So many names of a query are looked at: only a machine writes more."""


def parts_of(part: object, closed: tuple[type, ...] = ()) -> Iterator[Any]:
    """A part of a query and the parts in it, in their order, but for what is in ``closed`` ones.

    VALUES come whole.
    """
    closed = (InlineData, *closed)
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Frozen):
            yield one
        if isinstance(one, tuple):
            waiting += one[::-1]
        elif isinstance(one, Frozen) and not isinstance(one, closed):
            waiting += one.contents()[::-1]


def selects(select: Select) -> list[Select]:
    """A query and those in it."""
    return [one for one in parts_of(select) if isinstance(one, Select)]


def names_in(query: Query) -> set[str]:
    """The names of all variables of a query."""
    found = set()
    for part in parts_of((query.select, query.template)):
        if isinstance(part, Var | Bind | Projected):
            found.add(part.name)
        elif isinstance(part, InlineData):
            found.update(part.names)
    return found


def free(name: str, taken: Collection[str]) -> str:
    """A variable that a query does not have, so that what is told can be pasted into it."""
    longer = {"p": "said", "a": "assertion"}.get(name, name)
    names = chain((name, longer), (f"{longer}{n}" for n in count(2)))
    return next(one for one in names if one not in taken)


def patterns(group: GroupPattern) -> Iterator[TriplePattern]:
    """The patterns that every row needs."""
    for step in group.steps:
        if isinstance(step, BasicPattern):
            yield from step.patterns
        elif isinstance(step, GroupPattern):
            yield from patterns(step)
        elif isinstance(step, NamedGraphPattern):
            yield from patterns(step.group)
        elif isinstance(step, Select) and step.keys is None:
            yield from patterns(step.where)


def all_patterns(group: GroupPattern | Select) -> Iterator[TriplePattern]:
    """All patterns that a row can depend on, a path as one for each of its properties."""
    if isinstance(group, Select):
        group = group.where
    for step in group.steps:
        if isinstance(step, BasicPattern):
            yield from (apart for one in step.patterns for apart in _by_property(one))
        elif isinstance(step, Union):
            for branch in step.branches:
                yield from all_patterns(branch)
        elif isinstance(step, NamedGraphPattern | Optional | Minus):
            yield from all_patterns(step.group)
        elif isinstance(step, GroupPattern | Select):
            yield from all_patterns(step)
    for one in group.filters:
        yield from _in_filter(one)


def _in_filter(expression: object) -> Iterator[TriplePattern]:
    if isinstance(expression, Exists):
        yield from all_patterns(expression.group)
    elif isinstance(expression, Call):
        for one in expression.args:
            yield from _in_filter(one)


def _by_property(pattern: TriplePattern) -> Iterator[TriplePattern]:
    """A pattern for each property of a path, with the ends of the path that it leads from or to."""
    waiting: list[tuple[Node, Var | Path, Node]] = [(pattern.s, pattern.p, pattern.o)]
    while waiting:
        s, part, o = waiting.pop()
        if isinstance(part, Var | NamedNode):
            yield TriplePattern(s, part, o)
        elif isinstance(part, Negated):
            yield TriplePattern(_ANY, Var("p"), _ANY)
        elif isinstance(part, Inverse):
            waiting.append((o, part.path, s))
        elif isinstance(part, Repeat):
            waiting.append((_ANY, part.path, _ANY))
        elif isinstance(part, Alternative):
            waiting += [(s, one, o) for one in part.parts]
        else:
            last = len(part.parts) - 1
            waiting += [
                (_ANY if at else s, one, o if at == last else _ANY)
                for at, one in enumerate(part.parts)
            ]


_ANY = Var("_:any")


def filters(group: GroupPattern) -> Iterator[Expression]:
    """The filters of a group and of the groups in it."""
    yield from group.filters
    for step in group.steps:
        if isinstance(step, GroupPattern):
            yield from filters(step)


def has_tests(select: Select) -> bool:
    """Whether anything is true or false in a query: a filter, HAVING, what is computed."""
    return any(
        (isinstance(part, GroupPattern) and part.filters)
        or (isinstance(part, Select) and part.having)
        or (isinstance(part, Bind | Projected) and is_truth(part.expression))
        for part in parts_of(select)
    )


def is_truth(part: Expression | None) -> bool:
    """Whether an expression compares something."""
    return isinstance(part, Call) and part.name in _TRUTHS


_TRUTHS = {"=", "!=", "<", ">", "<=", ">=", "IN", "!", "&&", "||"}


def wanted(name: str, group: GroupPattern) -> list[NamedNode]:
    """What a variable is to be, by what filters and VALUES say; empty where they do not."""
    found: list[NamedNode] = []
    for step in group.steps:
        if isinstance(step, InlineData) and name in step.names:
            place = step.names.index(name)
            found += [row[place] for row in step.rows if isinstance(row[place], NamedNode)]  # type: ignore[misc]  # looked at in the same breath
        elif isinstance(step, GroupPattern):
            found += wanted(name, step)
        elif isinstance(step, NamedGraphPattern | Optional):
            found += wanted(name, step.group)
        elif isinstance(step, Union):
            found += [one for branch in step.branches for one in wanted(name, branch)]
    for one in group.filters:
        found += _equal(name, one)
    return list(dict.fromkeys(found))


def _equal(name: str, expression: object) -> Iterator[NamedNode]:
    """What an expression compares a variable with."""
    if not isinstance(expression, Call):
        return
    if expression.name in ("&&", "||"):
        for one in expression.args:
            yield from _equal(name, one)
    elif expression.name.upper() in ("=", "IN", "SAMETERM") and Var(name) in expression.args:
        yield from (one for one in expression.args if isinstance(one, NamedNode))


def needed_by(path: Var | Path) -> Iterator[NamedNode]:
    """The properties of a path that every match needs."""
    if isinstance(path, NamedNode):
        yield path
    elif isinstance(path, Inverse):
        yield from needed_by(path.path)
    elif isinstance(path, Sequence):
        for part in path.parts:
            yield from needed_by(part)
    elif isinstance(path, Repeat) and path.least:
        yield from needed_by(path.path)
    elif isinstance(path, Alternative) and len(path.parts) == 1:
        yield from needed_by(path.parts[0])


def occurs(moment: Moment, term: Term) -> bool:
    """Whether a term is in any fact."""
    number = moment.find(term)
    if number is None:
        return False
    a = moment.find(RDF.type)  # as a property, or with a type, it is soon found
    return bool(
        moment.count(None, number, None, EVERYTHING)
        or (a is not None and moment.count(number, a, None, EVERYTHING))
        or moment.count(number, None, None, EVERYTHING)
        or moment.count(None, None, number, EVERYTHING)
    )


def names_of_kind(moment: Moment, kind: str | None) -> dict[str, NamedNode]:
    """What an unknown term may have been meant for: properties, classes, or anything."""
    if kind == "p":
        numbers = set(moment.predicates(EVERYTHING))
        for name in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
            numbers |= _of_type(moment, name)
    elif kind == "c":
        a = moment.find(RDF.type)
        numbers = set() if a is None else set(moment.scan(None, a, None, EVERYTHING)[2].tolist())
        numbers |= _of_type(moment, OWL.Class) | _of_type(moment, RDFS.Class)
    else:
        numbers = set(np.unique(moment.scan(None, None, None, EVERYTHING)[0]).tolist())
    terms = moment.terms(sorted(numbers))
    return {term.value: term for term in terms if isinstance(term, NamedNode)}


def _of_type(moment: Moment, kind: NamedNode) -> set[int]:
    a, number = moment.find(RDF.type), moment.find(kind)
    if a is None or number is None:
        return set()
    return set(moment.scan(None, a, number, EVERYTHING)[0].tolist())
