"""The rows of one predicate as plain numbers, looked up one at a time: quicker for a few."""

from __future__ import annotations

from bisect import bisect_left

from glocal_kg._rdf.store.pairs import place_of
from glocal_kg._rdf.store.sorted_rows import NO_PLACES, NO_ROWS, Places, Rows, is_constant

FEW = 64
"""So many rows of one number are quicker as a list than as columns."""

LARGEST = 0xFFFFFFFF
"""The largest number that stands on the right of a pair."""


class RowsOfNumber:
    """Sorted rows, and the few that came and went since, by the number on the left of a pair.

    >>> import numpy as np
    >>> row = (np.array([1 << 32 | 2]), np.array([7], np.int32))  # (1, 2) in graph 7
    >>> rows = RowsOfNumber(row)
    >>> rows.each(1), rows.few_of(1), rows.count(3), rows.has_pair(1, 2)
    ([(2, 7)], [2], 0, True)
    """

    __slots__ = ("_each_once", "_less", "_lone", "_more", "_plain", "_rows", "_size", "_view")

    def __init__(self, rows: Rows, more: Rows | None = None, less: Places = NO_PLACES) -> None:
        """``more`` are rows beside ``rows``, ``less`` the places in ``rows`` of those gone."""
        self._rows = rows
        self._view = rows[0].data  # a memoryview gives single items faster than an array
        self._each_once: bool | None = None  # whether no pair of the rows is in two graphs
        self._differ(NO_ROWS if more is None else more, less)

    def _differ(self, more: Rows, less: Places) -> None:
        """Let this be what differs."""
        self._more = more
        self._less = less
        come, gone = len(more[0]), len(less)
        self._size = len(self._view) + come - gone
        self._plain = not come and not gone  # no difference beside the rows
        self._lone = self._plain and is_constant(self._rows[1])  # and all of them of one graph

    def __len__(self) -> int:
        return self._size

    def begins(self, left: int) -> bool:
        """Whether a number may have something on its right: never wrong where it says no."""
        view = self._view
        place = place_of(view, left << 32)
        return (place < len(view) and view[place] >> 32 == left) or len(self._more[0]) > 0

    def ends_before(self, key: int) -> bool:
        """Whether all rows come before a packed pair, as what is said of a new thing."""
        view, more = self._view, self._more[0].data
        return not (len(view) and view[-1] >= key) and not (len(more) and more[-1] >= key)

    def each(self, left: int) -> list[tuple[int, int]] | None:
        """What stands right of a number, with the graph of each; None where it is many."""
        key, end, less = left << 32, (left + 1) << 32, self._less
        found: list[tuple[int, int]] = []
        for rows, view in ((self._rows, self._view), (self._more, self._more[0].data)):
            for place in range(place_of(view, key), len(view)):
                pair = view[place]
                if pair >= end or len(found) > FEW:
                    break
                if not len(less) or not _has(less, place):
                    found.append((pair - key, int(rows[1][place])))
            less = NO_PLACES
        return found if len(found) <= FEW else None

    def few_of(self, left: int) -> list[int] | None:
        """What stands right of a number, each once, as plain numbers; None where it is many.

        For one subject this is several times quicker than columns.
        """
        if not self._plain:
            each = self.each(left)
            return None if each is None else sorted({right for right, _ in each})
        view, key, size = self._view, left << 32, len(self._view)
        if not size or view[size - 1] < key:  # as of new things
            return []
        place = bisect_left(view, key)
        if view[place] > key + LARGEST:
            return []
        if place + 1 == size or view[place + 1] > key + LARGEST:  # one alone, as most have it
            return [view[place] - key]
        end = bisect_left(view, key + LARGEST + 1, place, min(place + FEW + 1, size))
        if end - place > FEW:
            return None
        found = [pair - key for pair in view[place:end].tolist()]
        return found if self._lone else [*dict.fromkeys(found)]

    def count(self, left: int) -> int:
        """How many rows a number has on its left."""
        return self._between(left << 32, (left + 1) << 32)

    def different(self, left: int) -> int | None:
        """How many different numbers stand right of a number; None where only a look at each tells.

        >>> import numpy as np
        >>> more = np.array([1 << 32 | 99, 1 << 32 | 100]), np.array([8, 8], np.int32)
        >>> RowsOfNumber((np.arange(100) | 1 << 32, np.full(100, 7, np.int32)), more).different(1)
        101
        """
        keys, view, first, end = self._rows[0], self._view, left << 32, (left + 1) << 32
        if self._each_once is None:
            alone = is_constant(self._rows[1])
            self._each_once = alone or not bool((keys[1:] == keys[:-1]).any())
        start, stop = self._more[0].searchsorted((first, end)).tolist()
        if not self._each_once or stop - start > FEW:
            return None
        low = bisect_left(view, first)
        high = bisect_left(view, end, low)
        gone = self._less.searchsorted((low, high)).tolist() if len(self._less) else (0, 0)
        new = set(self._more[0][start:stop].tolist())
        return high - low - (gone[1] - gone[0]) + sum(not self._has_row(key) for key in new)

    def _has_row(self, key: int) -> bool:
        """Whether a packed pair is among the rows that the difference leaves."""
        view, place = self._view, bisect_left(self._view, key)
        there = place < len(view) and view[place] == key
        return there and not (len(self._less) and _has(self._less, place))

    def times(self, left: int, right: int) -> int:
        """In how many graphs a pair is."""
        key = left << 32 | right
        return self._between(key, key + 1)

    def has_pair(self, left: int, right: int) -> bool:
        """Whether a pair is here, in whichever graph."""
        view, key = self._view, left << 32 | right
        place = place_of(view, key)
        there = place < len(view) and view[place] == key
        if self._plain:
            return there
        if there and not len(self._less):
            return True
        more = self._more[0].data
        place = bisect_left(more, key)
        if place < len(more) and more[place] == key:
            return True
        return len(self._less) > 0 and self.times(left, right) > 0

    def _between(self, first: int, end: int) -> int:
        """How many rows have a key from ``first`` to before ``end``."""
        view = self._view
        low = place_of(view, first)
        high = bisect_left(view, end, low)
        found = high - low
        if found and len(self._less):
            start, stop = self._less.searchsorted((low, high))
            found -= int(stop - start)
        if len(self._more[0]):
            view = self._more[0].data
            low = bisect_left(view, first)
            found += bisect_left(view, end, low) - low
        return found

    def firsts(self, most: int) -> list[int]:
        """The smallest numbers on the left, so many at most, sorted."""
        found: list[int] = []
        for view, gone in ((self._view, self._less), (self._more[0].data, NO_PLACES)):
            place, enough = 0, len(found) + most
            while place < len(view) and len(found) < enough:
                if len(gone) and _has(gone, place):
                    place += 1
                    continue
                left = view[place] >> 32
                found.append(left)
                place = bisect_left(view, (left + 1) << 32, place)
        return sorted(set(found))[:most]


def _has(sorted_places: Places, place: int) -> bool:
    at = int(sorted_places.searchsorted(place))
    return at < len(sorted_places) and int(sorted_places[at]) == place
