"""Tables whose relations lie on disk: made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.fact_table import FactTable
from glocal_kg._rdf.store.pairs import Keys
from glocal_kg._rdf.store.relation import relation_of

T = TypeVar("T")


class Lazy(Mapping[int, T], Generic[T]):
    """A mapping whose values are made when they are first asked for.

    >>> lazy = Lazy([1], lambda number: f"made of {number}")
    >>> lazy[1], list(lazy)
    ('made of 1', [1])
    """

    __slots__ = ("_made", "_make", "_numbers")

    def __init__(self, numbers: Iterable[int], make: Callable[[int], T]) -> None:
        self._numbers = dict.fromkeys(numbers)
        self._make = make
        self._made: dict[int, T] = {}

    def __getitem__(self, number: int) -> T:
        found = self._made.get(number)
        if found is None:
            if number not in self._numbers:
                raise KeyError(number)
            found = self._made[number] = self._make(number)
        return found

    def __contains__(self, number: object) -> bool:
        return number in self._numbers

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def graphs_of(index: NDArray[np.int64], pairs: Keys) -> Lazy[FactTable]:
    """The tables of the graphs in an index: rows (layer, graph, predicate, start, count)."""

    def table(graph: int) -> FactTable:
        rows = index[slice(*spans[graph]), 2:].tolist()
        parts = {p: slice(start, start + count) for p, start, count in rows}
        return FactTable(Lazy(parts, lambda p: relation_of(pairs[parts[p]], graph)))

    starts = np.flatnonzero(np.diff(index[:, 1], prepend=-1)).tolist()
    ends = [*starts[1:], len(index)]
    spans = {int(index[a, 1]): (a, b) for a, b in zip(starts, ends, strict=False)}
    return Lazy(spans, table)
