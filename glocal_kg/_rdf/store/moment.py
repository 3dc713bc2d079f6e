"""One moment of the data: what readers hold while writers make the next.

Nothing in a moment ever changes, so threads share it without a lock, and holding one costs
nothing: the next moment has most of its arrays in common with it. Facts are numbers here; the
terms behind them are those of :class:`.dictionary.Dictionary`. Columns that are given back may
be views and must not be written to.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.fact_table import FactTable, Layer
from glocal_kg._rdf.store.matches import (
    NO_COLUMN,
    end_to_end,
    ends_and_graphs,
    few_of_all,
    filled,
    how_many,
    other_ends,
    within,
)
from glocal_kg._rdf.store.pairs import Keys, distinct, merged, once, pack, unpack
from glocal_kg._rdf.store.relation import Relation
from glocal_kg._rdf.store.selection import ASSERTED, EVERYTHING, INTERPRETED, Selection
from glocal_kg._rdf.store.term_text import AnyTerm, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, Literal, TypeAlias

Column: TypeAlias = NDArray[np.int32]

_FEW = 24  # so many keys are looked up one by one


class Moment:
    """The facts as they were at one moment, in layers of graphs.

    ``term_count`` terms are known; what a query computes can be numbered from there.
    """

    __slots__ = ("_joined", "_last", "_seen", "dictionary", "layers", "term_count")

    def __init__(self, dictionary: Dictionary, layers: Mapping[str, Layer]) -> None:
        self.dictionary = dictionary
        self.layers = layers
        self.term_count = len(dictionary)
        self._joined: dict[tuple[Selection, int], Keys] = {}
        self._seen: dict[Selection, list[Layer | FactTable]] = {}
        self._last: tuple[Selection | None, list[Layer | FactTable]] = (None, [])

    # Terms

    def find(self, term: AnyTerm) -> int | None:
        """The number of a term as written; None for a term that no fact has."""
        number = self.dictionary.find(term)
        return number if number is not None and number < self.term_count else None

    def find_many(self, terms: Sequence[AnyTerm]) -> Column:
        """The numbers of many terms, -1 for those that no fact has."""
        found = self.dictionary.find_texts(list(map(text_of, terms)))
        found[found >= self.term_count] = -1
        return found

    def term(self, number: int) -> Any:
        """The term of a number."""
        return self.dictionary[number]

    def terms(self, numbers: Sequence[int] | Column, of: int | None = None) -> list[Any]:
        """The terms of many numbers, in their order; ``of`` see :meth:`.Dictionary.take`."""
        return self.dictionary.take(numbers, of)

    # Facts

    def graphs(self, selection: Selection = EVERYTHING) -> Column:
        """The numbers of the graphs that hold facts, sorted."""
        held = {graph for name in selection.layers for graph in self._layer(name).graphs}
        seen = held if selection.graphs is None else held.intersection(selection.graphs)
        return np.array(sorted(seen), np.int32)

    def graphs_of(self, layer: str) -> Mapping[int, FactTable]:
        """The graphs of a layer with their tables: the same ones as long as nothing changes."""
        return self._layer(layer).graphs

    def scan(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column]:
        """The distinct triples of the selected graphs that have these parts, in columns."""
        if s is not None and p is None and o is None:
            few = self.around(s, "s", selection)
            if few is not None:
                predicates, others = (np.array(part, np.int32) for part in few)
                return filled(s, len(others)), predicates, others
        wanted = self._near(s, o, selection) if p is None else [p]
        if s is None and o is None:
            ends = [unpack(self.pairs(predicate, selection)) for predicate in wanted]
            left, right = (end_to_end([both[side] for both in ends]) for side in (0, 1))
            sizes = [len(both[0]) for both in ends]
        else:
            sources = self._sources(selection)
            found = [other_ends(sources, s, predicate, o) for predicate in wanted]
            other, sizes = end_to_end(found), [len(part) for part in found]
            known = filled(o if s is None else s, len(other))  # type: ignore[arg-type]  # one of the two is given
            left, right = (other, known) if s is None else (known, other)
        if len(wanted) == 1:
            return left, filled(wanted[0], len(left)), right
        return left, np.repeat(np.array(wanted, np.int32), sizes), right

    def beyond(self, p: int, side: Literal["s", "o"], key: int, selection: Selection) -> Column:
        """For one subject (``side`` "s") or object its matches, each once."""
        s, o = (key, None) if side == "s" else (None, key)
        return other_ends(self._sources(selection), s, p, o)

    def how_many(
        self, p: int, side: Literal["s", "o"], key: int, selection: Selection
    ) -> int | None:
        """How many that are; None where it is as quick to make them."""
        return how_many(self._sources(selection), p, side, key)

    def finder(
        self, p: int, side: Literal["s", "o"], selection: Selection
    ) -> Callable[[int], list[int] | None]:
        """The matches as plain numbers, quicker for one; None where they are more than a few."""
        relations = [source.relation(p) for source in self._sources(selection)]
        if side == "s" and len(relations) == 1:
            return relations[0].few_of
        return partial(few_of_all, relations, side=side)

    def around(
        self, node: int, side: Literal["s", "o"], selection: Selection
    ) -> tuple[list[int], list[int]] | None:
        """The predicates and other ends of the facts of a subject (``side`` "s") or object.

        As plain numbers, each once; None where one predicate has many.
        """
        beside: list[int] = []
        found: list[int] = []
        sources = self._sources(selection)
        alone = len(sources) == 1 and side == "s"
        for predicate in self._beside(node, side, selection):
            if alone:
                others = sources[0].relation(predicate).few_of(node)
            else:
                relations = [source.relation(predicate) for source in sources]
                others = few_of_all(relations, node, side)
            if others is None:
                return None
            beside += [predicate] * len(others)
            found += others
        return beside, found

    def scan_quads(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column, Column]:
        """The facts that have these parts, in columns; a triple once for each graph."""
        predicates: list[int] = []
        lefts: list[Column] = []
        rights: list[Column] = []
        graphs: list[Column] = []
        for predicate, relation in self._beginning(s, p, o, selection):
            left, right, graph = ends_and_graphs(relation, s, o)
            if len(graph):
                predicates.append(predicate)
                lefts += () if left is None else (left,)
                rights += () if right is None else (right,)
                graphs.append(graph)
        length = sum(map(len, graphs))
        middle = np.array(predicates, np.int32).repeat(list(map(len, graphs)))
        return (
            end_to_end(lefts) if s is None else filled(s, length),
            middle if p is None else filled(p, length),
            end_to_end(rights) if o is None else filled(o, length),
            end_to_end(graphs),
        )

    def count(self, s: int | None, p: int | None, o: int | None, selection: Selection) -> int:
        """About how many facts have these parts: never too few, exact where that is cheap."""
        sources = self._sources(selection)
        if s is p is o is None:
            return sum(map(len, sources))
        found = 0
        for predicate in self._near(s, o, selection) if p is None else (p,):
            for relation in [source.relation(predicate) for source in sources]:
                if s is not None and o is not None:
                    found += relation.times(s, o)
                elif s is not None:
                    found += relation.count(s)
                elif o is not None:
                    found += relation.toward(o).count(o)
                else:
                    found += len(relation)
        return found

    def sizes(self, p: int, selection: Selection) -> tuple[int, int]:
        """About how many subjects a predicate has, and how many objects: where it has most."""
        sizes = [relation.sizes() for relation in self._relations(p, selection)]
        return max((s for s, _ in sizes), default=0), max((o for _, o in sizes), default=0)

    def holds(self, s: int, selection: Selection) -> bool:
        """Whether there is a fact with a subject."""
        return any(one.count(s) > 0 for _, one in self._beginning(s, None, None, selection))

    def meets(self, node: int, selection: Selection) -> bool:
        """Whether there is a fact with a node as subject or object."""
        for side in ("s", "o"):
            few = self.few_beside(side, node, selection)
            s, o = (node, None) if side == "s" else (None, node)
            if few or (few is None and self.count(s, None, o, selection)):
                return True
        return False

    def has(self, s: int, p: int, o: int, selection: Selection) -> bool:
        """Whether there is a fact."""
        return True in [source.relation(p).has_pair(s, o) for source in self._sources(selection)]

    def firsts(self, p: int, side: Literal["s", "o"], most: int, selection: Selection) -> list[int]:
        """The smallest subjects (``side`` "s") or objects of a predicate, so many at most."""
        sides = [one if side == "s" else one.flipped for one in self._relations(p, selection)]
        return sorted({number for one in sides for number in one.firsts(most)})[:most]

    def contains(self, p: int, keys: Keys, selection: Selection) -> NDArray[np.bool_]:
        """For each packed pair whether it is a fact of a predicate."""
        found = np.zeros(len(keys), bool)
        for relation in self._relations(p, selection):
            found |= relation.counts(keys) > 0
        return found

    def probe(
        self, p: int, side: Literal["s", "o"], keys: Column, selection: Selection
    ) -> tuple[NDArray[np.intp], Column]:
        """For each bound subject (``side`` "s") or object its matches: the index join.

        Gives the place in ``keys`` and the other end, each pair of them once.
        """
        if len(keys) <= _FEW:
            find = self.finder(p, side, selection)
            each = [find(key) for key in keys.tolist()]
            if None not in each:
                found = [number for some in each for number in some or ()]
                lengths = [len(some or ()) for some in each]
                return np.arange(len(each)).repeat(lengths), np.array(found, np.int32)
        relations = self._relations(p, selection)
        sides = [relation if side == "s" else relation.flipped for relation in relations]
        parts = [one.probe(keys) for one in sides]
        if not parts:
            return np.empty(0, np.intp), np.empty(0, np.int32)
        if len(parts) == 1 and relations[0].single:
            return parts[0][0], parts[0][1]
        places, others = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        place, other = unpack(distinct(pack(places, others)))
        return place.astype(np.intp), other

    def beside(
        self, side: Literal["s", "o"], keys: Column, p: int | None, selection: Selection
    ) -> tuple[NDArray[np.intp], Column, Column, Column]:
        """For each bound subject or object its facts, with ``p`` or any predicate.

        Gives the place in ``keys``, the predicate, the other end and the graph.
        """
        parts: list[tuple[NDArray[np.intp], Column, Column, Column]] = []
        for name in selection.layers:
            layer = self._layer(name)
            few = None if p is not None else layer.all_beside(keys, side, selection.graphs)
            if few is not None:
                rows = np.array(few, np.int32).reshape(-1, 4)
                parts.append((rows[:, 1].astype(np.intp), rows[:, 0], rows[:, 2], rows[:, 3]))
                continue
            sources = within(layer, selection.graphs)
            for predicate in layer.near(keys, side) if p is None else (p,):
                for relation in [source.relation(predicate) for source in sources]:
                    one = relation if side == "s" else relation.flipped
                    places, others, graphs = one.probe(keys)
                    if len(places):
                        parts.append((places, filled(predicate, len(places)), others, graphs))
        if not parts:
            return np.empty(0, np.intp), NO_COLUMN, NO_COLUMN, NO_COLUMN
        joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
        return joined[0], joined[1], joined[2], joined[3]

    def few_beside(
        self, side: Literal["s", "o"], node: int, selection: Selection
    ) -> list[tuple[int, int, int]] | None:
        """Predicate, other end and graph of the facts of one node; None where they are many."""
        found: list[tuple[int, int, int]] = []
        for name in selection.layers:
            if name in self.layers:
                some = self.layers[name].few_beside(node, side, selection.graphs)
                if some is None:
                    return None
                found += some
        return found

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
        return self.layers.get(name, NO_LAYER)

    def _sources(self, selection: Selection) -> list[Layer | FactTable]:
        last = self._last
        if last[0] is selection:  # to hash a selection takes longer than a lookup has
            return last[1]
        found = self._seen.get(selection)
        if found is None:
            layers = [self.layers[name] for name in selection.layers if name in self.layers]
            found = [source for layer in layers for source in within(layer, selection.graphs)]
            self._seen[selection] = found
        self._last = selection, found
        return found

    def _relations(self, p: int, selection: Selection) -> list[Relation]:
        found = [source.relation(p) for source in self._sources(selection)]
        return [relation for relation in found if len(relation)]

    def _beginning(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> Iterator[tuple[int, Relation]]:
        """The relations that can have such facts, each with its predicate."""
        sources = self._sources(selection)
        for predicate in self._near(s, o, selection) if p is None else (p,):
            for source in sources:
                relation = source.relation(predicate)
                if s is not None:
                    some = relation.begins(s)
                else:
                    some = len(relation) > 0 if o is None else relation.toward(o).begins(o)
                if some:
                    yield predicate, relation

    def _near(self, s: int | None, o: int | None, selection: Selection) -> list[int]:
        """The predicates of facts with a subject or object, sorted; perhaps some more."""
        if s is not None:
            return self._beside(s, "s", selection)
        if o is not None:
            return self._beside(o, "o", selection)
        return self.predicates(selection)

    def _beside(self, node: int, side: Literal["s", "o"], selection: Selection) -> list[int]:
        layers = [self.layers[name] for name in selection.layers if name in self.layers]
        if len(layers) == 1:
            return layers[0].near_one(node, side)
        return sorted(set().union(*(layer.near_one(node, side) for layer in layers)))


NO_LAYER = Layer({})
