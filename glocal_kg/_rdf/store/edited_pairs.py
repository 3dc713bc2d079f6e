"""The pairs of one predicate: sorted 64-bit numbers, and a small overlay of edits beside them.

A pair is packed into one number, so that the pairs of a subject stand together. An edit goes
into the overlay, which is merged when it has grown to a fixed share of the numbers: a lookup or
an edit costs the same at a thousand and at a hundred million pairs. Single numbers are looked
up through a ``memoryview``, which for one number is quicker than the array itself.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice

import numpy as np

from glocal_kg._rdf.store.pairs import Keys, Numbers, flipped, merged, place_of, places, unpack

SMALL = 512
"""An overlay below this many edits is never merged, however small its predicate."""
_LOW = 0xFFFFFFFF
_FEW = 32  # so many are a list
_MOST = 1024  # lists of so many numbers are kept for the next time
_NONE: list[int] = []  # never changed, as the lists that are kept


class SortedPairs:
    """The pairs in one order, found by what is left in it.

    What stands right of a number that an edit has met is a list of its own; where that would be
    long, what came and what went is noted in sets.
    """

    __slots__ = ("_added", "_kept", "_last", "_lists", "_removed", "_view", "keys")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._view = keys.data
        self._last = self._view[len(keys) - 1] if len(keys) else -1  # beyond it are new things
        self._lists: dict[int, list[int]] = {}  # none is ever changed: readers may hold it
        self._kept: dict[int, list[int]] = {}  # what was asked for, of numbers without an edit
        self._added: dict[int, set[int]] = {}
        self._removed: dict[int, set[int]] = {}

    def has(self, left: int, right: int) -> bool:
        """Whether a pair is here."""
        found = self._lists.get(left)
        if found is not None:
            return right in found
        if self._added and right in self._added.get(left, ()):
            return True
        if self._removed and right in self._removed.get(left, ()):
            return False
        key = left << 32 | right
        return key <= self._last and self._view[bisect_left(self._view, key)] == key

    def each(self, left: int) -> Iterable[int]:
        """All right of a number, sorted; many are found one by one as they are drawn."""
        found = self._lists.get(left)
        if found is None:
            if left << 32 > self._last:
                return _NONE
            found = self._kept.get(left)
            if found is None:
                found = self._few(left)
                if found is None:
                    return self._many(left)
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                self._kept[left] = found
        return found

    def _few(self, left: int) -> list[int] | None:
        """All right of a number that no edit has met; None where they are many."""
        view, key, size = self._view, left << 32, len(self._view)
        first = bisect_left(view, key) if key <= self._last else size
        if first == size or view[first] > key + _LOW:
            return []
        if first + _FEW < size and view[first + _FEW] <= key + _LOW:
            return None
        found = [view[first] - key]
        for place in range(first + 1, size):
            right = view[place] - key
            if right > _LOW:
                break
            found.append(right)
        return found

    def _many(self, left: int) -> Iterable[int]:
        """The same of a number with many, one by one."""
        each = self._each_from(left, sorted(self._added.get(left, ()), reverse=True))
        found = list(islice(each, _FEW))
        return chain(found, each) if len(found) == _FEW else found

    def _each_from(self, left: int, waiting: list[int]) -> Iterator[int]:
        view, gone = self._view, self._removed.get(left, ())
        for place in range(place_of(view, left << 32), len(view)):
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
        own = self._lists.get(left)
        if own is not None:
            return np.array(own, np.int32)
        low, high = self._range(left)
        found = unpack(self.keys[low:high])[1]
        gone, more = self._removed.get(left), self._added.get(left)
        if gone:
            found = np.delete(found, found.searchsorted(sorted(gone)))
        if more:
            found = np.sort(np.concatenate((found, np.fromiter(more, np.int32, len(more)))))
        return found

    def count(self, left: int) -> int:
        """How many are right of a number: as quick for a million as for one."""
        own = self._lists.get(left)
        if own is not None:
            return len(own)
        low, high = self._range(left)
        return high - low + len(self._added.get(left, ())) - len(self._removed.get(left, ()))

    def _range(self, left: int) -> tuple[int, int]:
        view = self._view
        low = place_of(view, left << 32)
        return low, bisect_left(view, (left + 1) << 32, low)

    def put(self, left: int, right: int, *, sure: bool = False) -> bool:
        """Add a pair; False where it was here, unless one is ``sure`` that it was not."""
        own = self._lists.get(left)
        if own is None:
            own = _NONE if left << 32 > self._last else self._unedited(left)
        if own is None:
            if not sure and self.has(left, right):
                return False
            _edit(self._added, self._removed, left, right)
        elif not own:
            self._lists[left] = [right]
        elif right in own:
            return False
        else:
            own = own.copy()
            insort(own, right)
            self._lists[left] = own
        return True

    def take(self, left: int, right: int, *, sure: bool = False) -> bool:
        """Remove a pair; False where it was not here, unless one is ``sure`` that it was."""
        own = self._lists.get(left)
        if own is None:
            own = self._unedited(left)
        if own is None:
            if not sure and not self.has(left, right):
                return False
            _edit(self._removed, self._added, left, right)
        elif right not in own:
            return False
        elif len(own) == 1:
            self._lists[left] = _NONE
        else:
            own = own.copy()
            own.remove(right)
            self._lists[left] = own
        return True

    def _unedited(self, left: int) -> list[int] | None:
        """What stands right of a number without a list of its own; None where they are many."""
        return None if left in self._added or left in self._removed else self._few(left)

    def merged(self) -> Keys:
        """All pairs, sorted, the edits among them."""
        kept = np.ones(len(self.keys), bool)
        for left in self._lists:
            kept[slice(*self._range(left))] = False
        kept[places(self.keys, _keys(self._removed))] = False
        keys = self.keys if kept.all() else self.keys[kept]
        return merged(keys, _keys({**self._added, **self._lists}))


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
            self.by_object = SortedPairs(flipped(keys))
        return self.by_object.keys

    def merge(self, keys: Keys) -> None:
        """Add many pairs at once: sorted, distinct, and none of them here before."""
        base, other = self.keys, self.by_object
        # Of more than there were, all are sorted by object as soon as only these would be.
        kept = other is not None and len(keys) < len(base)
        self._set(
            merged(base, keys),
            merged(other.keys, flipped(keys)) if kept and other is not None else None,
        )

    def add(self, s: int, o: int) -> bool:
        """Add one pair; False where it was there."""
        if not self.by_subject.put(s, o):
            return False
        if self.by_object is not None:
            self.by_object.put(o, s, sure=True)
        self._size += 1
        self._edits += 1
        if self._edits > SMALL:
            self._edited()
        return True

    def remove(self, s: int, o: int) -> bool:
        """Remove one pair; False where it was not there."""
        if not self.by_subject.take(s, o):
            return False
        if self.by_object is not None:
            self.by_object.take(o, s, sure=True)
        self._size -= 1
        self._edits += 1
        if self._edits > SMALL:
            self._edited()
        return True

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


def _keys(overlay: Mapping[int, Collection[int]]) -> Keys:
    keys = [left << 32 | right for left, rights in overlay.items() for right in rights]
    return np.sort(np.array(keys, np.int64))
