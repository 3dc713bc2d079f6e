"""What other graphs say: things that earlier imports and the study tell of, and in which rows."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import floor

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from glocal_kg._glocal.corpus.importing.quads import ONTOLOGY, STATED_IN
from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.names import fold
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.namespaces import GEO, RDF
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from glocal_kg._graph.graph import Graph
    from glocal_kg._rdf.store.term_text import AnyTerm

    Point = tuple[float, float]

_PLACES = (NamedNode(ONTOLOGY + "City"), NamedNode(ONTOLOGY + "Place"))
_LOCATED = NamedNode(ONTOLOGY + "locatedIn")
_KIND, _COUNTRY = NamedNode(ONTOLOGY + "kind"), NamedNode(BASE + "id/kind/country")


class Elsewhere:
    """The facts of all graphs but the one that is imported into."""

    def __init__(self, kg: Graph, own: NamedNode) -> None:
        self._facts = kg.facts
        self._own = own
        self._with: dict[str, dict[AnyTerm, list[str]]] = {}

    @cached_property
    def _said(self) -> dict[str, list[Quad]]:
        """The facts by what they are of, in one go: thousands of things are asked for."""
        found: dict[str, list[Quad]] = defaultdict(list)
        for quad in self._facts:
            if quad.graph_name != self._own:
                found[_text(quad.subject)].append(quad)
        return dict(found)

    def said(self, iri: str) -> list[Quad]:
        """What is said of a thing."""
        return self._said.get(iri, [])

    def told(self, iri: str) -> bool:
        """Whether a row or passage tells of a thing."""
        return any(quad.predicate == STATED_IN for quad in self.said(iri))

    def _others(self, **pattern: AnyTerm) -> list[Quad]:
        found = self._facts.quads_for_pattern(**pattern)
        return [quad for quad in found if quad.graph_name != self._own]

    def values(self, iri: str, property: NamedNode) -> list[str]:
        """The texts of the values that a thing has of a property."""
        return [_text(quad.object) for quad in self.said(iri) if quad.predicate == property]

    def names(self, iri: str) -> list[str]:
        """What a thing is called."""
        return [name for label in self._labels for name in self.values(iri, label)]

    def names_below(self, base: str) -> list[str]:
        """What things are called whose IRIs begin so."""
        things = [iri for iri in self._said if iri.startswith(base)]
        return sorted({name for iri in things for name in self.names(iri)})

    def where(self, iri: str) -> str:
        """Where a thing is told of: the file and row, or the graph."""
        for quad in self.said(iri):
            if quad.predicate == STATED_IN:
                for name in self.names(_text(quad.object)):
                    return name
        return next((str(quad.graph_name) for quad in self.said(iri)), "another graph")

    def file(self, iri: str) -> str:
        """The file that tells of a thing, without its row."""
        return self.where(iri).partition(", ")[0]

    def point(self, iri: str) -> Point | None:
        """Latitude and longitude of a thing."""
        found = [self.values(iri, GEO.lat)[:1], self.values(iri, GEO.long)[:1]]
        try:
            return float(found[0][0]), float(found[1][0])
        except (IndexError, ValueError):
            return None

    def is_packaged(self, iri: str) -> bool:
        """Whether the study alone tells of a thing."""
        return all(is_packaged(quad.graph_name) for quad in self.said(iri))

    def is_country(self, iri: str) -> bool:
        """Whether a thing is a country."""
        return _COUNTRY.value in self.values(iri, _KIND)

    def country(self, iri: str) -> str:
        """The ISO code of the country a place lies in, "" where that is not said."""
        for where in self.values(iri, _LOCATED):
            for name in self.names(where):
                state = countries.state(name)
                if state is not None:
                    return state.code
        return ""

    def with_value(self, property: str, value: NamedNode | Literal) -> list[str]:
        """The things that have a value of a property."""
        if property not in self._with:
            found: dict[AnyTerm, list[str]] = defaultdict(list)
            for quad in self._others(p=NamedNode(property)):
                found[quad.object].append(_text(quad.subject))
            self._with[property] = dict(found)
        return list(dict.fromkeys(self._with[property].get(value, [])))

    def kinds(self, iri: str) -> list[str]:
        """The classes of a thing."""
        return self.values(iri, RDF.type)

    @cached_property
    def _labels(self) -> tuple[NamedNode, ...]:
        return label_properties_of(self._facts)

    @cached_property
    def _places(self) -> list[str]:
        found = [quad.subject for kind in _PLACES for quad in self._others(p=RDF.type, o=kind)]
        return list(dict.fromkeys(one.value for one in found if isinstance(one, NamedNode)))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        known = set(self._places)
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for quad in (quad for label in self._labels for quad in self._others(p=label)):
            thing = _text(quad.subject)
            if thing in known:
                found[fold(_text(quad.object))][thing] = None
        return {name: list(things) for name, things in found.items()}

    @cached_property
    def _by_square(self) -> dict[tuple[int, int], list[tuple[str, Point]]]:
        found: dict[tuple[int, int], list[tuple[str, Point]]] = defaultdict(list)
        for iri in self._places:
            point = self.point(iri)
            if point is not None:
                found[floor(point[0]), floor(point[1])].append((iri, point))
        return dict(found)

    def named(self, name: str) -> list[str]:
        """The places of a name, but for case and marks on letters."""
        return self._by_name.get(fold(name), [])

    def around(self, point: Point) -> Iterator[tuple[str, Point]]:
        """The places in the squares of a degree about a point, and where they are."""
        row, column = floor(point[0]), floor(point[1])
        for north in (row - 1, row, row + 1):
            for east in (column - 1, column, column + 1):
                yield from self._by_square.get((north, east), ())


def _text(term: AnyTerm) -> str:
    return str(term if isinstance(term, Triple | DefaultGraph) else term.value)


def elsewhere(kg: Graph | None, own: NamedNode) -> Elsewhere | None:
    """The other graphs of a knowledge graph; None where there is none."""
    if kg is None or all(graph == own for graph in kg.facts_graphs()):
        return None
    return Elsewhere(kg, own)
