"""Tables whose relations lie on disk: made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.fact_table import FactTable
from glocal_kg._rdf.store.pairs import Keys
from glocal_kg._rdf.store.relation import Relation, relation_of

T = TypeVar("T")


class Lazy(Mapping[int, T], Generic[T]):
    """A mapping whose values are made when they are first asked for.

    >>> lazy = Lazy({1: (0, 2)}, lambda number, start, end: f"{number}: {start} to {end}")
    >>> lazy[1], list(lazy)
    ('1: 0 to 2', [1])
    """

    __slots__ = ("_made", "_make", "_spans")

    def __init__(
        self, spans: dict[int, tuple[int, int]], make: Callable[[int, int, int], T]
    ) -> None:
        self._spans = spans
        self._make = make
        self._made: dict[int, T] = {}

    def __getitem__(self, number: int) -> T:
        found = self._made.get(number)
        if found is None:
            start, end = self._spans[number]
            found = self._made[number] = self._make(number, start, end)
        return found

    def __contains__(self, number: object) -> bool:
        return number in self._spans

    def __iter__(self) -> Iterator[int]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def graphs_of(index: NDArray[np.int64], pairs: Keys) -> Lazy[FactTable]:
    """The tables of the graphs in an index: rows (layer, graph, predicate, start, count)."""

    def table(graph: int, first: int, last: int) -> FactTable:
        rows = index[first:last, 2:].tolist()
        spans = {p: (start, start + count) for p, start, count in rows}

        def relation(_: int, start: int, end: int) -> Relation:
            return relation_of(pairs[start:end], graph)

        return FactTable(Lazy(spans, relation))

    starts = np.flatnonzero(np.diff(index[:, 1], prepend=-1)).tolist()
    ends = [*starts[1:], len(index)]
    spans = {int(index[a, 1]): (a, b) for a, b in zip(starts, ends, strict=False)}
    return Lazy(spans, table)
