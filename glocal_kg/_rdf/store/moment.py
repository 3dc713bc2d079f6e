"""One moment of the data: what readers hold while writers make the next.

Nothing in a moment ever changes, so threads share it without a lock, and holding one costs
nothing: the next moment has most of its arrays in common with it. Facts are numbers here; the
terms behind them are those of :class:`.dictionary.Dictionary`. Columns that are given back may
be views and must not be written to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Keys, merged, pack, unpack
from glocal_kg._rdf.store.relation import Relation, once, repeated
from glocal_kg._rdf.store.table import Layer, Table
from glocal_kg._rdf.store.terms import AnyTerm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal, TypeAlias

Column: TypeAlias = NDArray[np.int32]

ASSERTED = "asserted"
INFERRED = "inferred"
INTERPRETED = "interpreted"
INFERRED_WITH_INTERPRETATION = "inferred with interpretation"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which facts are seen: those of some layers, or only those of some graphs in them.

    >>> ASSERTED in EVERYTHING.layers, Selection().graphs is None
    (True, True)
    """

    layers: tuple[str, ...] = (ASSERTED,)
    graphs: tuple[int, ...] | None = None
    """Numbers of graphs; None for all graphs of the layers."""


EVERYTHING = Selection((ASSERTED, INFERRED, INTERPRETED, INFERRED_WITH_INTERPRETATION))


class Moment:
    """The facts as they were at one moment, in layers of graphs.

    ``term_count`` terms are known; what a query computes can be numbered from there.
    """

    __slots__ = ("_joined", "dictionary", "layers", "term_count")

    def __init__(self, dictionary: Dictionary, layers: Mapping[str, Layer]) -> None:
        self.dictionary = dictionary
        self.layers = layers
        self.term_count = len(dictionary)
        self._joined: dict[tuple[Selection, int], Keys] = {}

    # Terms

    def find(self, term: AnyTerm) -> int | None:
        """The number of a term as written; None for a term that no fact has."""
        number = self.dictionary.find(term)
        return number if number is not None and number < self.term_count else None

    def term(self, number: int) -> Any:
        """The term of a number."""
        return self.dictionary[number]

    def terms(self, numbers: Iterable[int]) -> list[Any]:
        """The terms of many numbers, in their order."""
        return self.dictionary.take(np.asarray(numbers).tolist())

    # Facts

    def graphs(self, selection: Selection = EVERYTHING) -> Column:
        """The numbers of the graphs that hold facts, sorted."""
        held = [graph for name in selection.layers for graph in self._layer(name).graphs]
        if selection.graphs is not None:
            held = [graph for graph in held if graph in selection.graphs]
        return np.array(sorted(set(held)), np.int32)

    def scan(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column]:
        """The distinct triples of the selected graphs that have these parts, in columns."""
        subjects, predicates, objects = [], [], []
        for predicate in self._predicates(p, selection):
            keys = self._keys(s, predicate, o, selection)
            if len(keys):
                left, right = unpack(keys)
                subjects.append(left)
                predicates.append(repeated(predicate, len(keys)))
                objects.append(right)
        return _one(subjects), _one(predicates), _one(objects)

    def scan_quads(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column, Column]:
        """The facts that have these parts, in columns; a triple once for each graph."""
        columns: tuple[list[Column], ...] = ([], [], [], [])
        for predicate in self._predicates(p, selection):
            for relation in self._relations(predicate, selection):
                keys, graphs = _match(relation, s, o)
                if len(keys):
                    left, right = unpack(keys)
                    parts = (left, repeated(predicate, len(keys)), right, graphs)
                    for column, part in zip(columns, parts, strict=True):
                        column.append(part)
        return _one(columns[0]), _one(columns[1]), _one(columns[2]), _one(columns[3])

    def count(self, s: int | None, p: int | None, o: int | None, selection: Selection) -> int:
        """About how many facts have these parts: never too few, exact where that is cheap."""
        found = 0
        for predicate in self._predicates(p, selection):
            for relation in self._relations(predicate, selection):
                if s is not None and o is not None:
                    found += len(relation.graphs_of(s, o))
                elif s is not None:
                    found += relation.count(s)
                elif o is not None:
                    found += relation.flipped.count(o)
                else:
                    found += len(relation)
        return found

    def probe(
        self, p: int, side: Literal["s", "o"], keys: Column, selection: Selection
    ) -> tuple[NDArray[np.intp], Column]:
        """For each bound subject (``side`` "s") or object its matches: the index join.

        Gives the place in ``keys`` and the other end, each pair of them once.
        """
        relations = self._relations(p, selection)
        sides = [relation if side == "s" else relation.flipped for relation in relations]
        parts = [one.probe(keys) for one in sides]
        if not parts:
            return np.empty(0, np.intp), np.empty(0, np.int32)
        if len(parts) == 1 and relations[0].single:
            return parts[0][0], parts[0][1]
        places = np.concatenate([part[0] for part in parts])
        others = np.concatenate([part[1] for part in parts])
        place, other = unpack(np.unique(pack(places, others)))
        return place.astype(np.intp), other

    def pairs(self, p: int, selection: Selection) -> Keys:
        """The packed pairs of a predicate, sorted, each once. Kept for the next time."""
        relations = self._relations(p, selection)
        if len(relations) == 1:
            return relations[0].keys
        found = self._joined.get((selection, p))
        if found is None:
            found = np.empty(0, np.int64)
            for relation in relations:
                found = merged(found, relation.keys) if len(found) else relation.keys
            found = self._joined[selection, p] = once(found)
        return found

    def predicates(self, selection: Selection) -> list[int]:
        """The predicates that have facts, sorted."""
        sources = self._sources(selection)
        if len(sources) == 1:
            return sources[0].predicates()
        return sorted(set().union(*(source.predicates() for source in sources)))

    def __len__(self) -> int:
        """How many facts are asserted: a triple counts once for each graph."""
        return len(self._layer(ASSERTED)) + len(self._layer(INTERPRETED))

    # Inside

    def _layer(self, name: str) -> Layer:
        return self.layers.get(name, _NO_LAYER)

    def _sources(self, selection: Selection) -> list[Layer | Table]:
        layers = [self.layers[name] for name in selection.layers if name in self.layers]
        if selection.graphs is None:
            return list(layers)
        found = [layer.graphs.get(graph) for graph in selection.graphs for layer in layers]
        return [table for table in found if table is not None]

    def _predicates(self, p: int | None, selection: Selection) -> list[int]:
        return self.predicates(selection) if p is None else [p]

    def _relations(self, p: int, selection: Selection) -> list[Relation]:
        found = [source.relation(p) for source in self._sources(selection)]
        return [relation for relation in found if len(relation)]

    def _keys(self, s: int | None, p: int, o: int | None, selection: Selection) -> Keys:
        if s is None and o is None:
            return self.pairs(p, selection)
        parts = [_match(relation, s, o)[0] for relation in self._relations(p, selection)]
        if len(parts) == 1:
            return once(parts[0])
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)


_NO_LAYER = Layer({})


def _match(relation: Relation, s: int | None, o: int | None) -> tuple[Keys, Column]:
    """The rows of a relation with a subject, an object, both or neither, by pair."""
    if s is None and o is None:
        return relation.rows
    if s is None:
        assert o is not None
        subjects, graphs = relation.flipped.of(o)
        return pack(subjects, repeated(o, len(subjects))), graphs
    if o is None:
        objects, graphs = relation.of(s)
    else:
        graphs = relation.graphs_of(s, o)
        objects = repeated(o, len(graphs))
    return pack(repeated(s, len(objects)), objects), graphs


def _one(parts: list[Column]) -> Column:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.int32)
