"""Which facts a query reads, as ways from the node it is asked about.

Where every pattern of a query hangs together with ``$this`` through other patterns that must
match with it, a changed fact can matter only to the nodes from which that way leads to it, as for
the paths of shapes. A solution that appears has all its facts in the graph after the edit, one
that goes had all of them in the graph before, so the ways are walked back in these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.paths import (
    AlternativePath,
    InversePath,
    Path,
    Predicate,
    RepeatedPath,
    SequencePath,
)
from glocal_kg._engines.shacl.queries import everything
from glocal_kg._engines.shacl.reads import Reads, joined, steps_of
from glocal_kg._rdf.sparql import algebra


class _LooseError(ValueError):
    """A pattern does not hang together with the node."""


Ways: TypeAlias = Mapping[str, Path | None]


def reads_of_query(query: algebra.Query, ways: Ways) -> frozenset[Reads] | None:
    """What a query reads from the ends of some ways; None where it may read anything.

    ``ways`` lead from the focus node to what is pre-bound, None to the node itself.
    """
    try:
        return frozenset(_select(query.select, ways))
    except _LooseError:
        return None


def _select(select: algebra.Select, given: Ways) -> Iterator[Reads]:
    returned = {column.name for column in select.columns} | {"value"}
    yield from _group(select.where, {}, {n: way for n, way in given.items() if n in returned})
    rest = (select.columns, select.keys or (), select.having, select.order)
    if any(isinstance(part, algebra.Exists) for part in everything(rest)):
        raise _LooseError


def _group(group: algebra.GroupPattern, outer: Ways, given: Ways) -> Iterator[Reads]:
    """What a group reads; ``outer`` leads to what the triples around it bind, ``given`` holds.

    Only those: a group inside is solved for itself, so what is bound farther out may be free in
    its optional parts.
    """
    known = {**outer, **given}
    patterns = [p for s in group.steps if isinstance(s, algebra.BasicPattern) for p in s.patterns]
    bound = {n.name for p in patterns for n in (p.s, p.o) if isinstance(n, algebra.Var)}
    while patterns:
        ready = next((p for p in patterns if _known(p.s, known) or _known(p.o, known)), None)
        if ready is None:
            raise _LooseError
        patterns.remove(ready)
        yield from _pattern(ready, known, given)
    known = {name: way for name, way in known.items() if name in bound or name in given}
    for step in group.steps:
        match step:
            case algebra.GroupPattern() | algebra.Optional() | algebra.Union():
                for inner in _groups(step):
                    yield from _group(inner, known, given)
            case algebra.Select():
                yield from _select(step, given)
            case algebra.Bind(expression, _):
                yield from _within((expression,), known, given)
            case algebra.NamedGraphPattern() | algebra.BasicPattern():
                pass  # there is no graph in the facts; triples are done
            case _:
                raise _LooseError
    yield from _within(group.filters, known, given)


def _groups(step: algebra.Step) -> tuple[algebra.GroupPattern, ...]:
    match step:
        case algebra.Optional(inner):
            return (inner,)
        case algebra.Union(branches):
            return branches
        case algebra.GroupPattern():
            return (step,)
    return ()


def _within(expressions: Iterable[algebra.Expression], known: Ways, given: Ways) -> Iterator[Reads]:
    """What EXISTS reads in some expressions."""
    for expression in expressions:
        waiting = [expression]
        while waiting:
            match waiting.pop():
                case algebra.Exists(inner):
                    yield from _group(inner, known, given)
                case algebra.Call(_, args):
                    waiting += args
                case algebra.Chain(first, rest):
                    waiting += [first, *(value for _, value in rest)]


def _known(node: object, known: Ways) -> bool:
    return isinstance(node, algebra.Var) and node.name in known


def _pattern(
    pattern: algebra.TriplePattern, known: dict[str, Path | None], given: Ways
) -> Iterator[Reads]:
    """What a pattern reads from an end that is known; the way to the other end."""
    backward = not _known(pattern.s, known)
    near, far = (pattern.o, pattern.s) if backward else (pattern.s, pattern.o)
    start = known[near.name]  # type: ignore[union-attr]  # the end that is known is a variable
    if isinstance(pattern.p, algebra.Var | algebra.Negated):
        yield Reads(start, None, at_object=backward)
        if not backward and isinstance(pattern.p, algebra.Negated) and pattern.p.backward:
            yield Reads(start, None, at_object=True)
        if backward and isinstance(pattern.p, algebra.Negated) and pattern.p.backward:
            yield Reads(start, None)
        return
    steps = everything((pattern.p,))
    if near.name not in given and any(  # type: ignore[union-attr]  # the end that is known is a variable
        isinstance(step, algebra.Repeat) and not step.least for step in steps
    ):
        raise _LooseError  # a path of no step leads from every node of the facts to itself
    path = path_of(pattern.p)
    path = InversePath(path) if backward else path
    yield from steps_of(path, start)
    if isinstance(far, algebra.Var):
        known.setdefault(far.name, joined(start, path))


def path_of(path: algebra.Path) -> Path:
    """A path of SPARQL as one of SHACL. ValueError for one that SHACL has not."""
    match path:
        case NamedNode():
            return Predicate(path)
        case algebra.Inverse(inner):
            return InversePath(path_of(inner))
        case algebra.Sequence(parts):
            return SequencePath(tuple(map(path_of, parts)))
        case algebra.Alternative(parts):
            return AlternativePath(tuple(map(path_of, parts)))
        case algebra.Repeat(inner, least, many):
            return RepeatedPath(path_of(inner), zero=not least, once=not many)
        case _:
            raise _LooseError
