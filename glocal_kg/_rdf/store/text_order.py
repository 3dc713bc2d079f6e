"""Facts in the order of their texts, a part after the other: what is written is the same each time.

Numbers of terms depend on what was read first, texts do not. So each term gets its place among
the texts, and rows of places are sorted as numbers. Texts are held for a part of the facts alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.pairs import Keys, Numbers, distinct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glocal_kg._rdf.store.dictionary import Dictionary

PART: Final = 1 << 13
"""So many facts become texts at once: more do not stay near the processor."""
SORTED: Final = 1 << 20
"""So many texts are held while they are sorted."""
_SAMPLE: Final = 1 << 10  # one text in so many tells where to part the others
_PACKED: Final = 1 << 63  # so many different rows fit in a number


class OrderedFacts:
    """Facts as columns of numbers, sorted by their texts: by subject, predicate, object, graph.

    >>> from glocal_kg._rdf.store.dictionary import Dictionary
    >>> terms = Dictionary()
    >>> numbers = terms.add_texts([b"<urn:b>", b"<urn:a>"])
    >>> facts = OrderedFacts(terms, [numbers, numbers[[0, 0]], numbers[[1, 1]]])
    >>> [(numbers.tolist(), places[0].tolist()) for numbers, places in facts.parts()]
    [([0, 1], [1, 0])]
    >>> facts.has(b"<urn:a"), facts.has(b"<urn:c")
    (True, False)
    """

    def __init__(self, dictionary: Dictionary, columns: Sequence[Numbers]) -> None:
        self.dictionary = dictionary
        marked = np.zeros(len(dictionary), bool)
        for column in columns:
            marked[column] = True
        self._by_text = _by_text(dictionary, np.flatnonzero(marked).astype(np.int32))
        ranks = np.empty(len(dictionary), np.int32)
        ranks[self._by_text] = np.arange(len(self._by_text), dtype=np.int32)
        self._rows = _SortedRows([ranks[column] for column in columns], len(self._by_text))

    def __len__(self) -> int:
        return len(self._rows)

    def has(self, beginning: bytes) -> bool:
        """Whether the text of any term begins so."""
        text = self.dictionary.text
        at = bisect_left(self._by_text, beginning, key=lambda number: text(int(number)))
        return at < len(self._by_text) and text(int(self._by_text[at])).startswith(beginning)

    def parts(self) -> Iterator[tuple[Numbers, list[NDArray[np.int32]]]]:
        """The facts part by part: the numbers of the terms, sorted, and columns of their places."""
        places = np.empty(len(self.dictionary), np.int32)
        for start in range(0, len(self), PART):
            columns = [self._by_text[ranks] for ranks in self._rows.part(start, start + PART)]
            numbers = distinct(np.concatenate(columns))
            places[numbers] = np.arange(len(numbers), dtype=np.int32)
            yield numbers, [places[column] for column in columns]


class _SortedRows:
    """Rows of numbers below ``top``, sorted: each as one number, where that has room for them."""

    def __init__(self, columns: list[Numbers], top: int) -> None:
        # Few terms are predicates or graphs: counted by themselves they take less room.
        self._known = [np.unique(column) if n % 2 else None for n, column in enumerate(columns)]
        self._sizes = [top if known is None else len(known) for known in self._known]
        self._keys: Keys | None = None
        self._columns = columns
        if prod(self._sizes) < _PACKED:
            self._keys = self._packed(columns)
            self._columns = []
        else:
            order = np.lexsort(columns[::-1])
            self._columns = [column[order] for column in columns]

    def _packed(self, columns: list[Numbers]) -> Keys:
        keys = np.zeros(len(columns[0]), np.int64)
        for column, known, size in zip(columns, self._known, self._sizes, strict=True):
            keys *= size
            keys += column if known is None else known.searchsorted(column)
        keys.sort()
        return keys

    def part(self, start: int, end: int) -> list[Numbers]:
        """The columns of some rows."""
        if self._keys is None:
            return [column[start:end] for column in self._columns]
        keys, found = self._keys[start:end], []
        for known, size in zip(reversed(self._known), reversed(self._sizes), strict=True):
            keys, places = np.divmod(keys, size)
            found.append(places if known is None else known[places])
        return found[::-1]

    def __len__(self) -> int:
        return len(self._columns[0]) if self._keys is None else len(self._keys)


def _by_text(dictionary: Dictionary, numbers: Numbers) -> Numbers:
    """Sorted numbers in the order of their texts, of which no more than some are held at once."""
    if len(numbers) <= SORTED:
        texts = dictionary.written(numbers)
        return numbers[sorted(range(len(texts)), key=texts.__getitem__)]
    sample = sorted(dictionary.written(numbers[::_SAMPLE]))
    cuts = sample[:: SORTED // _SAMPLE // 2][1:]
    where = np.empty(len(numbers), np.int32)
    for start in range(0, len(numbers), SORTED):
        texts = dictionary.written(numbers[start : start + SORTED])
        where[start : start + SORTED] = [bisect_right(cuts, text) for text in texts]
    parts = (numbers[where == part] for part in range(len(cuts) + 1))
    return np.concatenate([_by_text(dictionary, part) for part in parts])
