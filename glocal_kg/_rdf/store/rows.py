"""Many rows in sorted order: found by bisection, at 24 bytes a row instead of 200."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from glocal_kg._rdf.store.facts import Row


class SortedRows:
    """Rows of a fact table by value. A row is two keys of 64 bits: (s, p) and (o, g).

    >>> rows = np.array([[3, 1, 4, 0], [2, 7, 1, 0], [3, 1, 4, 0]], dtype=np.int32)
    >>> index, repeats = SortedRows.build(rows, np.arange(3))
    >>> index.find((2, 7, 1, 0)), index.find((9, 9, 9, 9)), repeats.tolist()
    (1, None, [2])
    """

    __slots__ = ("_left", "_numbers", "_right")

    def __init__(
        self, left: NDArray[np.int64], right: NDArray[np.int64], numbers: NDArray[np.int32]
    ) -> None:
        self._left = left
        self._right = right
        self._numbers = numbers

    @classmethod
    def build(
        cls, flat: NDArray[np.int32], numbers: NDArray[np.int64]
    ) -> tuple[SortedRows, NDArray[np.int32]]:
        """The index of ``flat[numbers]`` and the numbers of repeats (all but the first)."""
        rows = flat[numbers].astype(np.int64)
        left, right = rows[:, 0] << 32 | rows[:, 1], rows[:, 2] << 32 | rows[:, 3]
        order = np.lexsort((right, left))  # stable: the first of equal rows stays first
        left, right, found = left[order], right[order], numbers[order].astype(np.int32)
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = (left[1:] != left[:-1]) | (right[1:] != right[:-1])
        return cls(left[first], right[first], found[first]), found[~first]

    def find(self, row: Row) -> int | None:
        """The number of a row, or None."""
        s, p, o, g = row
        key = s << 32 | p
        low = int(self._left.searchsorted(key))
        high = int(self._left.searchsorted(key, side="right"))
        place = low + int(self._right[low:high].searchsorted(o << 32 | g))
        if place == high or self._right[place] != o << 32 | g:
            return None
        return int(self._numbers[place])
