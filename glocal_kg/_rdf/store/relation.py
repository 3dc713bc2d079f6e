"""The facts of one predicate: rows of subject, object and graph, sorted, never changed.

Subject and object are packed into one number of 64 bits, so that the rows of a subject stand
together. A change makes a new relation that shares the sorted rows with the old one and keeps
what differs beside them: a snapshot costs nothing, an edit the same at a thousand and at a
hundred million rows. When the difference has grown to a fixed share, it is merged.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.pairs import Keys, Numbers, among, once, place_of, unpack
from glocal_kg._rdf.store.rows_of_number import LARGEST, RowsOfNumber
from glocal_kg._rdf.store.sorted_rows import (
    NO_PLACES,
    NO_ROWS,
    Places,
    Rows,
    changed_rows,
    ending_in,
    flipped_rows,
    is_constant,
    joined_rows,
    left_of,
    located,
    merged_beside,
    repeated,
    row_ranges,
    taken,
)

LEAST, MOST = 1 << 10, 1 << 14
"""A difference of fewer rows is never merged, one of more rows always is."""

SHORT, LOOKS = 1 << 14, 4
"""So few rows are sorted by object at once; more only when they have been looked through so often
for one object, which takes a tenth of the time."""

_SINGLY = 4  # so many rows are looked for one by one
_NOWHERE = (NO_PLACES, np.empty(0, bool))


class Relation(RowsOfNumber):
    """Rows of one predicate, found by what is left in the pair: the subject, or (flipped) object.

    >>> row = (np.array([1 << 32 | 2]), np.array([7], np.int32))  # (1, 2) in graph 7
    >>> relation = NOTHING.changed(added=row)
    >>> [column.tolist() for column in relation.of(1)], len(relation), len(NOTHING)
    ([[2], [7]], 1, 0)
    """

    __slots__ = ("_distinct", "_flipped", "_looks", "_right", "_seen", "_whole")

    def __init__(self, rows: Rows, more: Rows | None = None, less: Places = NO_PLACES) -> None:
        """``more`` are rows beside ``rows``, ``less`` the places in ``rows`` of those gone."""
        self._right: Numbers | None = None  # the right numbers of the rows
        super().__init__(rows, more, less)

    def _differ(self, more: Rows, less: Places) -> None:
        """Let this be what differs, and know nothing of the whole yet."""
        super()._differ(more, less)
        self._whole: Rows | None = None
        self._distinct: Keys | None = None
        self._flipped: Relation | None = None
        self._looks = 0
        self._seen: tuple[int, Relation] | None = None  # what was looked for last, and found

    @property
    def rows(self) -> Rows:
        """All rows. Merges the difference, once."""
        if self._whole is None:
            self._whole = changed_rows(self._rows, self._more, self._less)
        return self._whole

    @property
    def keys(self) -> Keys:
        """The packed pairs, sorted, each once however many graphs have it."""
        if self._distinct is None:
            keys, graphs = self.rows
            self._distinct = keys if is_constant(graphs) else once(keys)
        return self._distinct

    @property
    def single(self) -> bool:
        """Whether all rows are of one graph as far as one can see without merging."""
        return is_constant(self._rows[1]) and not len(self._more[0])

    @property
    def flipped(self) -> Relation:
        """The same rows with object and subject exchanged. Sorted once."""
        if self._flipped is None:
            self._flipped = Relation(flipped_rows(self.rows))
        return self._flipped

    def toward(self, right: int) -> Relation:
        """The same, at least the rows with this number on the right: not sorted for a few looks.

        >>> relation = Relation((np.array([1 << 32 | 2, 3 << 32 | 2]), np.array([7, 7], np.int32)))
        >>> relation.toward(2).of(2)[0].tolist()
        [1, 3]
        """
        seen = self._seen
        if self._flipped is not None or len(self) < SHORT:
            return self.flipped
        if seen is None or seen[0] != right:
            if self._looks == LOOKS:
                return self.flipped
            self._looks += 1
            rows = ending_in(self._rows, right, self._less)
            seen = right, Relation(joined_rows(rows, ending_in(self._more, right, NO_PLACES)))
            self._seen = seen
        return seen[1]

    def sizes(self) -> tuple[int, int]:
        """How many different numbers are on the left, and on the right; as good as exact."""
        left, right = unpack(self._rows[0])
        if not len(left):
            return 0, 0
        held = np.zeros(int(right.max()) + 1, bool)
        held[right] = True
        return 1 + int(np.count_nonzero(left[1:] != left[:-1])), int(np.count_nonzero(held))

    # Looking up

    def of(self, left: int) -> tuple[Numbers, Numbers]:
        """What stands right of a number, sorted, and the graph of each."""
        view = self._view
        low = place_of(view, left << 32)
        high = bisect_left(view, (left + 1) << 32, low)
        if self._right is None:
            self._right = unpack(self._rows[0])[1]
        right, graphs = self._right[low:high], self._rows[1][low:high]
        if self._plain:
            return right, graphs
        if len(self._less):
            start, end = self._less.searchsorted((low, high))
            if start < end:
                gone = self._less[start:end] - low
                right, graphs = left_of(right, gone), left_of(graphs, gone)
        keys, others = self._more
        if len(keys):
            start, end = keys.searchsorted((left << 32, (left + 1) << 32))
            if start < end:
                return merged_beside(right, graphs, unpack(keys[start:end])[1], others[start:end])
        return right, graphs

    def graphs_of(self, left: int, right: int) -> Numbers:
        """The graphs that have a pair."""
        rights, graphs = self.of(left)
        low, high = rights.searchsorted((right, right + 1))
        return graphs[low:high]

    def counts(self, keys: Keys) -> Places:
        """For each packed pair in how many graphs it is."""
        places, ends = self._rows[0].searchsorted(keys), self._rows[0].searchsorted(keys, "right")
        found = ends - places
        if len(self._less):
            found -= self._less.searchsorted(ends) - self._less.searchsorted(places)
        more = self._more[0]
        if len(more):
            found += more.searchsorted(keys, "right") - more.searchsorted(keys)
        return found

    def probe(self, lefts: Numbers) -> tuple[NDArray[np.intp], Numbers, Numbers]:
        """For each number what stands right of it: (place in ``lefts``, right, graph)."""
        wanted = lefts.astype(np.int64) << 32
        place, at = row_ranges(self._rows[0], wanted)
        if len(self._less) and len(at):
            kept = ~among(at, self._less)
            place, at = place[kept], at[kept]
        right, graphs = unpack(self._rows[0])[1][at], self._rows[1][at]
        if len(self._more[0]):
            more_place, more_at = row_ranges(self._more[0], wanted)
            if len(more_at):
                place = np.concatenate((place, more_place))
                right = np.concatenate((right, unpack(self._more[0])[1][more_at]))
                graphs = np.concatenate((graphs, self._more[1][more_at]))
        return place, right, graphs

    def has(self, rows: Rows) -> NDArray[np.bool_]:
        """For each row whether it is here."""
        if len(rows[0]) <= _SINGLY:
            keys, graphs = rows[0].tolist(), rows[1].tolist()
            each = [self.each(key >> 32) for key in keys]
            if None not in each:
                few = zip(keys, graphs, each, strict=True)
                return np.array([(k & LARGEST, g) in some for k, g, some in few], np.bool_)  # type: ignore[operator]  # none of them is None
        place, found = located(self._rows, rows)
        if len(self._less):
            found &= ~among(place, self._less)
        if len(self._more[0]):
            found |= located(self._more, rows)[1]
        return found

    # Changing

    def changed(self, added: Rows | None = None, removed: Rows | None = None) -> Relation:
        """This relation with some rows more, none of them here, and some less, all here."""
        if not self._size:
            return self if added is None else Relation(added)
        if added is None and removed is not None and len(removed[0]) == self._size:
            return NOTHING
        base = self
        if self._whole is not None and self._whole is not self._rows:
            base = Relation(self._whole)  # somebody has paid for the merging already
        more, less = base._more, base._less
        if removed is not None and len(removed[0]):
            more, rest = taken(more, removed)
            if len(rest[0]):
                less = np.sort(np.concatenate((less, located(base._rows, rest)[0])))
        if added is not None and len(added[0]):
            place, found = located(base._rows, added) if len(less) else _NOWHERE
            if len(less) and found.any():  # rows that went and come back
                less = less[~among(less, np.sort(place[found]))]
                more = joined_rows(more, (added[0][~found], added[1][~found]))
            else:
                more = joined_rows(more, added)
        new = Relation.__new__(Relation)
        new._rows, new._view = base._rows, base._view
        new._right, new._each_once = base._right, base._each_once
        new._differ(more, less)
        size = len(base._view)
        most = min(max(LEAST, size >> 5), MOST) if size else 0
        if len(more[0]) + len(less) > most:
            new = Relation(new.rows)
        new._looks = self._looks  # who asks after each edit is answered by a search at last
        if self._flipped is not None:
            new._flipped = self._flipped.changed(
                None if added is None else flipped_rows(added),
                None if removed is None else flipped_rows(removed),
            )
        return new


def relation_of(keys: Keys, graph: int) -> Relation:
    """The relation of packed pairs, sorted and distinct, that all stand in one graph."""
    return Relation((keys, repeated(graph, len(keys))))


NOTHING = Relation(NO_ROWS)
"""The relation without a row."""
