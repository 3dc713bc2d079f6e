"""What is read of the facts at the end of a path from a focus node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.paths import (
    AlternativePath,
    InversePath,
    Path,
    Predicate,
    RepeatedPath,
    SequencePath,
)
from glocal_kg._engines.shacl.rdf_terms import Term
from glocal_kg._engines.shacl.walk import invert


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


def steps_of(path: Path, start: Path | None = None) -> Iterator[Reads]:
    """What walking a path reads, after ``start``."""
    match path:
        case Predicate(iri):
            yield Reads(start, iri)
        case InversePath(Predicate(iri)):
            yield Reads(start, iri, at_object=True)
        case InversePath(inner):
            yield from steps_of(invert(inner), start)
        case SequencePath(steps):
            for step in steps:
                yield from steps_of(step, start)
                start = joined(start, step)
        case AlternativePath(choices):
            for choice in choices:
                yield from steps_of(choice, start)
        case RepeatedPath(inner, _, once):
            yield from steps_of(
                inner, start if once else joined(start, RepeatedPath(inner, zero=True))
            )


def joined(first: Path | None, second: Path) -> Path:
    """One path after the other, as one flat sequence.

    >>> p = Predicate(NamedNode("https://example.org/p"))
    >>> len(joined(joined(p, p), p).steps)
    3
    """
    if first is None:
        return second
    head = first.steps if isinstance(first, SequencePath) else (first,)
    tail = second.steps if isinstance(second, SequencePath) else (second,)
    return SequencePath((*head, *tail))
