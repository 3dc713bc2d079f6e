"""One moment of the data: what readers hold while writers make the next.

Nothing in a moment ever changes, so threads share it without a lock, and holding one costs
nothing: the next moment has most of its arrays in common with it. Facts are numbers here; the
terms behind them are those of :class:`.dictionary.Dictionary`. Columns that are given back may
be views and must not be written to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Keys, distinct, merged, pack, unpack
from glocal_kg._rdf.store.relation import Relation, once, repeated
from glocal_kg._rdf.store.table import FactTable, Layer
from glocal_kg._rdf.store.terms import AnyTerm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, Literal, TypeAlias

Column: TypeAlias = NDArray[np.int32]

ASSERTED = "asserted"
INFERRED = "inferred"
INTERPRETED = "interpreted"
INFERRED_WITH_INTERPRETATION = "inferred with interpretation"


class Selection(Frozen):
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

    def terms(self, numbers: Sequence[int] | Column) -> list[Any]:
        """The terms of many numbers, in their order."""
        return self.dictionary.take(numbers)

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
        columns: tuple[list[Column], ...] = ([], [], [])
        for predicate, relations in self._related(p, selection):
            if s is None and o is None:
                left, right = unpack(self.pairs(predicate, selection))
            elif s is None or o is None:
                found = _others(relations, s, o)
                known = np.full(len(found), o if s is None else s, np.int32)
                left, right = (found, known) if s is None else (known, found)
            elif any(len(relation.graphs_of(s, o)) for relation in relations):
                left, right = np.array([s], np.int32), np.array([o], np.int32)
            else:
                continue
            if len(left):
                parts = (left, _column(predicate, len(left)), right)
                for column, part in zip(columns, parts, strict=True):
                    column.append(part)
        return _one(columns[0]), _one(columns[1]), _one(columns[2])

    def scan_quads(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column, Column]:
        """The facts that have these parts, in columns; a triple once for each graph."""
        columns: tuple[list[Column], ...] = ([], [], [], [])
        for predicate, relations in self._related(p, selection):
            for relation in relations:
                left, right, graphs = _match(relation, s, o)
                if len(left):
                    parts = (left, _column(predicate, len(left)), right, graphs)
                    for column, part in zip(columns, parts, strict=True):
                        column.append(part)
        return _one(columns[0]), _one(columns[1]), _one(columns[2]), _one(columns[3])

    def count(self, s: int | None, p: int | None, o: int | None, selection: Selection) -> int:
        """About how many facts have these parts: never too few, exact where that is cheap."""
        found = 0
        for _, relations in self._related(p, selection):
            for relation in relations:
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
        place, other = unpack(distinct(pack(places, others)))
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

    def _sources(self, selection: Selection) -> list[Layer | FactTable]:
        layers = [self.layers[name] for name in selection.layers if name in self.layers]
        if selection.graphs is None:
            return list(layers)
        found = [layer.graphs.get(graph) for graph in selection.graphs for layer in layers]
        return [table for table in found if table is not None]

    def _relations(self, p: int, selection: Selection) -> list[Relation]:
        found = [source.relation(p) for source in self._sources(selection)]
        return [relation for relation in found if len(relation)]

    def _related(self, p: int | None, selection: Selection) -> Iterator[tuple[int, list[Relation]]]:
        """Each predicate with its relations; only ``p`` where it is given."""
        sources = self._sources(selection)
        for predicate in self.predicates(selection) if p is None else (p,):
            found = [source.relation(predicate) for source in sources]
            relations = [relation for relation in found if len(relation)]
            if relations:
                yield predicate, relations


_NO_LAYER = Layer({})
_NO_COLUMN = np.empty(0, np.int32)


def _others(relations: list[Relation], s: int | None, o: int | None) -> Column:
    """The objects of a subject, or the subjects of an object, each once."""
    left = s if s is not None else o
    assert left is not None
    found: list[Column] = []
    single = True
    for relation in relations:
        side = relation if s is not None else relation.flipped
        if side.begins(left):
            found.append(side.of(left)[0])
            single = single and side.single
    if not found:
        return _NO_COLUMN
    return found[0] if single and len(found) == 1 else distinct(np.concatenate(found))


def _match(relation: Relation, s: int | None, o: int | None) -> tuple[Column, Column, Column]:
    """The rows of a relation with a subject, an object, both or neither: with their graphs."""
    if s is None and o is None:
        keys, graphs = relation.rows
        return (*unpack(keys), graphs)
    if s is None:
        assert o is not None
        side = relation.flipped
        if not side.begins(o):
            return _NO_COLUMN, _NO_COLUMN, _NO_COLUMN
        subjects, graphs = side.of(o)
        return subjects, np.full(len(subjects), o, np.int32), graphs
    if not relation.begins(s):
        return _NO_COLUMN, _NO_COLUMN, _NO_COLUMN
    if o is None:
        objects, graphs = relation.of(s)
    else:
        graphs = relation.graphs_of(s, o)
        objects = np.full(len(graphs), o, np.int32)
    return np.full(len(objects), s, np.int32), objects, graphs


def _column(number: int, length: int) -> Column:
    """A column with one number: short ones are quicker in full."""
    return np.full(length, number, np.int32) if length < 1000 else repeated(number, length)


def _one(parts: list[Column]) -> Column:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.int32)
