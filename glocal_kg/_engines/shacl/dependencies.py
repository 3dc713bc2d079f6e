"""Which facts a shape reads: where a changed fact lies on the way from a focus node.

A shape reads facts at the end of some path from its focus node. A changed fact therefore can
matter only to the nodes from which that path leads to it, found by walking the path backward.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.constraints_set import Closed, Pair
from glocal_kg._engines.shacl.constraints_value import Class
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.queries import Asked
from glocal_kg._engines.shacl.query_reads import reads_of_query
from glocal_kg._engines.shacl.rdf_terms import RDF, Term
from glocal_kg._engines.shacl.reads import Reads, joined, steps_of
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.sparql import SparqlConstraint

_TYPE = NamedNode(RDF + "type")


def reads_of(shape: Shape, shapes: Mapping[Term, Shape]) -> frozenset[Reads]:
    """Everything a shape and the shapes it uses read, once each."""
    return frozenset(_reads(shape, shapes, None))


def places_of(shape: Shape, shapes: Mapping[Term, Shape]) -> frozenset[Path | None]:
    """The paths from the focus node to every node a finding, or a detail of one, can name."""
    return frozenset(path for path in _places(shape, shapes, None))


def queries_of(shape: Shape, shapes: Mapping[Term, Shape]) -> Iterator[Asked]:
    """The queries of a shape, its targets and the shapes it uses that read far from the node."""
    for target in shape.targets:
        if target.asked is not None:
            yield target.asked
    for constraint in shape.constraints:
        if isinstance(constraint, SparqlConstraint) and _read_by(constraint, shape, None) is None:
            yield constraint.asked
        for inner in constraint.uses():
            yield from queries_of(shapes[inner], shapes)


def _read_by(query: SparqlConstraint, shape: Shape, start: Path | None) -> frozenset[Reads] | None:
    """What a query reads near the end of a path; None where it may read anything."""
    end = start if shape.path is None else joined(start, shape.path)
    ways = {"this": start}
    if query.asked.query.form == "ASK":  # then the values are given too
        ways["value"] = end
    return reads_of_query(query.asked.query, ways)


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
        elif isinstance(constraint, SparqlConstraint):
            yield from _read_by(constraint, shape, start) or ()
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
