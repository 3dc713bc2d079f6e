"""The pairs of one predicate: sorted 64-bit numbers, and a small overlay of edits beside them.

A pair is packed into one number, so that the pairs of a subject stand together. An edit goes
into the overlay, which is merged when it has grown to a fixed share of the numbers: a lookup or
an edit costs the same at a thousand and at a hundred million pairs. Single numbers are looked
up through a ``memoryview``, which for one number is quicker than the array itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int32]
Keys: TypeAlias = NDArray[np.int64]
N = TypeVar("N", bound=np.integer)

SMALL = 512
"""An overlay below this many edits is never merged, however small its predicate."""
_LOW = 0xFFFFFFFF
_NEXT = 1 << 32
_GLANCE = 1 << 10
_FEW = 16  # so many are kept for the next time
_MOST = 256  # of so many numbers


def pack(left: NDArray[np.integer], right: NDArray[np.integer]) -> Keys:
    """Two columns as one of 64 bits that sorts by ``left``, then by ``right``.

    >>> pack(np.array([1]), np.array([2])).tolist() == [2**32 + 2]
    True
    """
    keys = left.astype(np.int64)
    keys <<= 32
    keys |= right
    return keys


def unpack(keys: Keys) -> tuple[Numbers, Numbers]:
    """The two columns of packed numbers: the inverse of :func:`pack`."""
    if not keys.flags.c_contiguous:
        keys = np.ascontiguousarray(keys)
    halves = keys.view(np.int32)
    low, high = (0, 1) if np.little_endian else (1, 0)
    return halves[high::2], halves[low::2]


def flip(keys: Keys) -> Keys:
    """The same pairs with left and right exchanged, in the order of ``keys``."""
    return (keys << 32) | (keys >> 32)


def distinct(keys: NDArray[N]) -> NDArray[N]:
    """Sorted, each once. Sorts in place where it may: pass an array of your own.

    ``np.unique`` does the same and, for masked arrays, brings in the module of those: a tenth of
    the time in which the command line gives its first answer.
    """
    if len(keys) < 2 or rises(keys):
        return keys
    keys.sort()
    first = np.empty(len(keys), bool)
    first[0] = True
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys if first.all() else keys[first]


def rises(numbers: NDArray[np.integer]) -> bool:
    """Whether numbers are sorted, each once: mostly the first few tell, else one look at all."""
    first = numbers[:_GLANCE]
    return bool((first[1:] > first[:-1]).all() and (numbers[1:] > numbers[:-1]).all())


def union(parts: Sequence[Keys]) -> Keys:
    """What is in any of some arrays, sorted, each once. Sorts them in place where it may.

    Where one has most of it and is sorted, the rest is only put in.

    >>> union([np.array([1, 2, 9]), np.array([9, 4])]).tolist()
    [1, 2, 4, 9]
    """
    largest = max(range(len(parts)), key=lambda place: len(parts[place]))
    base, rest = parts[largest], [*parts[:largest], *parts[largest + 1 :]]
    more = sum(map(len, rest))
    if not more:
        return distinct(base)
    if 4 * more > len(base) or not rises(base):
        return distinct(np.concatenate(parts))
    return distinct(merged(base, distinct(np.concatenate(rest))))


def among(values: NDArray[np.integer], keys: NDArray[np.integer]) -> NDArray[np.bool_]:
    """For each value whether it is one of the sorted ``keys``. (``np.isin`` takes longer.)"""
    if not len(keys):
        return np.zeros(len(values), bool)
    places = keys.searchsorted(values)
    places[places == len(keys)] = 0
    found: NDArray[np.bool_] = keys[places] == values
    return found


def places(keys: Keys, some: Keys) -> NDArray[np.intp]:
    """Where in sorted keys those of ``some`` stand that are there; both distinct."""
    if not len(keys):
        return np.empty(0, np.intp)
    at = keys.searchsorted(some)
    at[at == len(keys)] = 0
    found: NDArray[np.intp] = at[keys[at] == some]
    return found


def without(keys: Keys, others: Keys) -> Keys:
    """Sorted, distinct keys less those that are others, sorted too: the fewer are looked up.

    >>> without(np.array([1, 2, 3]), np.array([2, 4])).tolist()
    [1, 3]
    """
    if not len(others):
        return keys
    if len(others) >= len(keys):
        return keys[~among(keys, others)]
    kept = np.ones(len(keys), bool)
    kept[places(keys, others)] = False
    return keys[kept]


def numbers_of(column: Numbers) -> list[int]:
    """The distinct numbers of a column, sorted: many are marked, few are sorted."""
    if len(column) < _GLANCE >> 3:
        return sorted(set(column.tolist()))
    top = int(column.max()) + 1 if len(column) else 0
    if 16 * len(column) < top:
        return distinct(column.copy()).tolist()  # type: ignore[no-any-return]
    marked = np.zeros(top, bool)
    marked[column] = True
    return np.flatnonzero(marked).tolist()


class SortedPairs:
    """The pairs in one order, found by what is left in it."""

    __slots__ = ("_kept", "_view", "added", "keys", "removed")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._view = keys.data
        self._kept: dict[int, list[int]] = {}  # what was asked for: after an edit, again and again
        self.added: dict[int, set[int]] = {}
        self.removed: dict[int, set[int]] = {}

    def has(self, left: int, right: int) -> bool:
        """Whether a pair is here."""
        kept = self._kept.get(left)
        if kept is not None:
            return right in kept
        if right in self.added.get(left, ()):
            return True
        if right in self.removed.get(left, ()):
            return False
        key, view = left << 32 | right, self._view
        place = bisect_left(view, key)
        return place < len(view) and view[place] == key

    def each(self, left: int) -> Iterable[int]:
        """All right of a number, sorted; many are found one by one as they are drawn."""
        kept = self._kept
        found = kept.get(left)
        if found is not None:
            return found
        view, more, key = self._view, self.added.get(left), left << 32
        place, end = bisect_left(view, key), key + _NEXT
        if place == len(view) or view[place] >= end:
            found = sorted(more) if more else []
        elif (
            not more
            and left not in self.removed
            and (place + 1 == len(view) or view[place + 1] >= end)
        ):  # one alone, as most have it
            found = [view[place] - key]
        else:
            each = self._each_from(place, left, sorted(more or (), reverse=True))
            found = list(islice(each, _FEW))
            if len(found) == _FEW:
                return chain(found, each)
        if len(kept) >= _MOST:
            kept.clear()
        kept[left] = found
        return found

    def _each_from(self, start: int, left: int, waiting: list[int]) -> Iterator[int]:
        view, gone = self._view, self.removed.get(left, ())
        for place in range(start, len(view)):
            key = view[place]
            if key >> 32 != left:
                break
            right = key & _LOW
            while waiting and waiting[-1] < right:
                yield waiting.pop()
            if right not in gone:
                yield right
        yield from reversed(waiting)

    def array(self, left: int) -> Numbers:
        """All right of a number, sorted."""
        low, high = self._range(left)
        found = unpack(self.keys[low:high])[1]
        gone, more = self.removed.get(left), self.added.get(left)
        if gone:
            found = np.delete(found, found.searchsorted(sorted(gone)))
        if more:
            found = np.sort(np.concatenate((found, np.fromiter(more, np.int32, len(more)))))
        return found

    def count(self, left: int) -> int:
        """How many are right of a number: as quick for a million as for one."""
        low, high = self._range(left)
        return high - low + len(self.added.get(left, ())) - len(self.removed.get(left, ()))

    def _range(self, left: int) -> tuple[int, int]:
        view = self._view
        low = bisect_left(view, left << 32)
        return low, bisect_left(view, (left + 1) << 32, low)

    def put(self, left: int, right: int) -> None:
        """Add a pair that is not here."""
        _edit(self.added, self.removed, left, right)
        self._kept = {}  # a reader may be about to put into the old one what was before

    def take(self, left: int, right: int) -> None:
        """Remove a pair that is here."""
        _edit(self.removed, self.added, left, right)
        self._kept = {}

    def merged(self) -> Keys:
        """All pairs, sorted, the edits among them."""
        keys, removed = self.keys, _keys(self.removed)
        if len(removed):
            keys = keys[~among(keys, removed)]
        return merged(keys, _keys(self.added))


def _edit(to: dict[int, set[int]], back: dict[int, set[int]], left: int, right: int) -> None:
    """Take an edit back where it is the opposite of an earlier one, else note it."""
    earlier = back.get(left)
    if earlier is None or right not in earlier:
        noted = to.get(left)
        if noted is None:
            to[left] = {right}
        else:
            noted.add(right)
    elif len(earlier) > 1:
        earlier.remove(right)
    else:
        del back[left]


class Pairs:
    """The pairs of one predicate, sorted by subject and, once asked for, by object as well."""

    __slots__ = ("_edits", "_size", "by_object", "by_subject")

    def __init__(self, keys: Keys, flipped: Keys | None = None) -> None:
        self._set(keys, flipped)

    def _set(self, keys: Keys, flipped: Keys | None) -> None:
        self.by_subject = SortedPairs(keys)
        self.by_object = None if flipped is None else SortedPairs(flipped)
        self._size = len(keys)
        self._edits = 0

    def copy(self) -> Pairs:
        """A copy that can be edited alone; the sorted numbers are shared."""
        keys = self.keys
        return Pairs(keys, None if self.by_object is None else self.by_object.keys)

    @property
    def keys(self) -> Keys:
        """All pairs as packed numbers, sorted by subject. Merges the overlay first."""
        if self._edits:
            other = self.by_object
            self._set(self.by_subject.merged(), None if other is None else other.merged())
        return self.by_subject.keys

    @property
    def flipped(self) -> Keys:
        """All pairs as packed numbers with the object first, sorted by it."""
        keys = self.keys
        if self.by_object is None:
            self.by_object = SortedPairs(np.sort(flip(keys)))
        return self.by_object.keys

    def merge(self, keys: Keys) -> None:
        """Add many pairs at once: sorted, distinct, and none of them here before."""
        base, other = self.keys, self.by_object
        # Of more than there were, all are sorted by object as soon as only these would be.
        kept = other is not None and len(keys) < len(base)
        self._set(
            merged(base, keys),
            merged(other.keys, np.sort(flip(keys))) if kept and other is not None else None,
        )

    def add(self, s: int, o: int) -> bool:
        """Add one pair; False where it was there."""
        if self.by_subject.has(s, o):
            return False
        self.put(s, o)
        return True

    def remove(self, s: int, o: int) -> bool:
        """Remove one pair; False where it was not there."""
        if not self.by_subject.has(s, o):
            return False
        self.take(s, o)
        return True

    def put(self, s: int, o: int) -> None:
        """Add a pair that is not here."""
        self.by_subject.put(s, o)
        if self.by_object is not None:
            self.by_object.put(o, s)
        self._size += 1
        self._edits += 1
        if self._edits > SMALL:
            self._edited()

    def take(self, s: int, o: int) -> None:
        """Remove a pair that is here."""
        self.by_subject.take(s, o)
        if self.by_object is not None:
            self.by_object.take(o, s)
        self._size -= 1
        self._edits += 1
        if self._edits > SMALL:
            self._edited()

    def _edited(self) -> None:
        """Merge the edits where they are many beside the pairs."""
        if self._edits > len(self.by_subject.keys) >> 3:
            _ = self.keys

    def contains(self, s: int, o: int) -> bool:
        """Whether the pair is here."""
        return self.by_subject.has(s, o)

    def objects(self, s: int) -> Numbers:
        """The objects of a subject."""
        return self.by_subject.array(s)

    def subjects(self, o: int) -> Numbers:
        """The subjects of an object."""
        return self.objects_first().array(o)

    def each_object(self, s: int) -> Iterable[int]:
        """The objects of a subject, one by one: quicker than ``objects`` where they are few."""
        return self.by_subject.each(s)

    def each_subject(self, o: int) -> Iterable[int]:
        """The subjects of an object, one by one."""
        return self.objects_first().each(o)

    def count_objects(self, s: int) -> int:
        """How many objects a subject has: as quick for a million as for one."""
        return self.by_subject.count(s)

    def count_subjects(self, o: int) -> int:
        """How many subjects an object has."""
        return self.objects_first().count(o)

    def objects_first(self) -> SortedPairs:
        """The pairs by object, sorted on the first need; ``by_object`` is None until then."""
        if self.by_object is None:
            _ = self.flipped
        assert self.by_object is not None
        return self.by_object

    def __len__(self) -> int:
        return self._size


def _keys(overlay: dict[int, set[int]]) -> Keys:
    keys = [left << 32 | right for left, rights in overlay.items() for right in rights]
    return np.sort(np.array(keys, np.int64))


def merged(keys: Keys, more: Keys) -> Keys:
    """Two sorted arrays as one."""
    if not len(more):
        return keys
    both = np.concatenate((keys, more))
    both.sort(kind="stable")  # two sorted runs: this is one pass over them
    return both
