"""Which facts a shape reads: where a changed fact lies on the way from a focus node.

A shape reads facts at the end of some path from its focus node. A changed fact therefore can
matter only to the nodes from which that path leads to it, found by walking the path backward.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.constraints_set import Closed, Pair
from glocal_kg._engines.shacl.constraints_value import Class
from glocal_kg._engines.shacl.paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from glocal_kg._engines.shacl.queries import Asked
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.sparql import Query
from glocal_kg._engines.shacl.terms import RDF, Term
from glocal_kg._engines.shacl.walk import invert

_TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Reads:
    """The shape reads facts with ``predicate`` (None: any) whose subject is at the end of
    ``path`` from the focus node (None: the node itself); or whose object is, if ``at_object``.
    Of types it only asks whether they are in the class ``cls``, where that is given.
    """

    path: Path | None
    predicate: NamedNode | None
    at_object: bool = False
    cls: Term | None = None


def reads_of(shape: Shape, shapes: Mapping[Term, Shape]) -> frozenset[Reads]:
    """Everything a shape and the shapes it uses read, once each."""
    return frozenset(_reads(shape, shapes, None))


def places_of(shape: Shape, shapes: Mapping[Term, Shape]) -> frozenset[Path | None]:
    """The paths from the focus node to every node a finding, or a detail of one, can name."""
    return frozenset(path for path in _places(shape, shapes, None))


def queries_of(shape: Shape, shapes: Mapping[Term, Shape]) -> Iterator[Asked]:
    """The queries that a shape, its targets and the shapes it uses ask."""
    for target in shape.targets:
        if target.asked is not None:
            yield target.asked
    for constraint in shape.constraints:
        if isinstance(constraint, Query):
            yield constraint.asked
        for inner in constraint.uses():
            yield from queries_of(shapes[inner], shapes)


def _reads(shape: Shape, shapes: Mapping[Term, Shape], start: Path | None) -> Iterator[Reads]:
    end = start
    if shape.path is not None:
        yield from steps_of(shape.path, start)
        end = joined(start, shape.path)
    for constraint in shape.constraints:
        if isinstance(constraint, Class):
            yield Reads(end, _TYPE, cls=constraint.cls)
        elif isinstance(constraint, Pair):
            yield Reads(start, constraint.other)
        elif isinstance(constraint, Closed):
            yield Reads(end, None)
        for inner in constraint.uses():
            yield from _reads(shapes[inner], shapes, end)


def _places(
    shape: Shape, shapes: Mapping[Term, Shape], start: Path | None
) -> Iterator[Path | None]:
    yield start
    end = start if shape.path is None else joined(start, shape.path)
    for constraint in shape.constraints:
        for inner in constraint.uses():
            yield from _places(shapes[inner], shapes, end)


def steps_of(path: Path, start: Path | None = None) -> Iterator[Reads]:
    """What walking a path reads, after ``start``."""
    match path:
        case Predicate(iri):
            yield Reads(start, iri)
        case Inverse(Predicate(iri)):
            yield Reads(start, iri, at_object=True)
        case Inverse(inner):
            yield from steps_of(invert(inner), start)
        case Sequence(steps):
            for step in steps:
                yield from steps_of(step, start)
                start = joined(start, step)
        case Alternative(choices):
            for choice in choices:
                yield from steps_of(choice, start)
        case Repeat(inner, _, once):
            yield from steps_of(inner, start if once else joined(start, Repeat(inner, zero=True)))


def joined(first: Path | None, second: Path) -> Path:
    """One path after the other, as one flat sequence.

    >>> p = Predicate(NamedNode("https://example.org/p"))
    >>> len(joined(joined(p, p), p).steps)
    3
    """
    if first is None:
        return second
    head = first.steps if isinstance(first, Sequence) else (first,)
    tail = second.steps if isinstance(second, Sequence) else (second,)
    return Sequence((*head, *tail))
