"""Queries that ask the data for shapes, which only the shapes graph has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.node_places import told
from glocal_kg._engines.shacl.queries import everything, named
from glocal_kg._engines.shacl.rdf_terms import SH
from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.sparql import SparqlConstraint
from glocal_kg._rdf.sparql import algebra


class Unseen:
    """The queries of some shapes that have properties of SHACL by name, and what to say of them.

    A query sees the data, and of the shapes graph the class hierarchy alone.
    """

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._asking = [(shape, found) for shape in shapes if (found := _of_shacl(shape))]

    def doubts(self, data: Data) -> Iterator[Doubt]:
        """A doubt for each shape with a query of which the data have no fact to read."""
        for shape, properties in self._asking:
            missing = [p for p in properties if not len(data.index.table(data.code(p)))]
            if missing:
                yield Doubt(
                    "no-effect",
                    f"{shape.place}: its query reads {', '.join(map(told, missing))}, of which the"
                    " data have nothing; it does not see the shapes graph.",
                    shape.key,
                    "Put the shapes into the data too, or ask GRAPH $shapesGraph.",
                )


def _of_shacl(shape: Shape) -> list[NamedNode]:
    queries = [c.asked for c in shape.constraints if isinstance(c, SparqlConstraint)]
    queries += [target.asked for target in shape.targets if target.asked is not None]
    found: set[NamedNode] = set()
    for asked in queries:
        if not any(isinstance(p, algebra.NamedGraphPattern) for p in everything(asked.query)):
            found |= {p for p in named(asked) if p.value.startswith(SH)}
    return sorted(found, key=str)
