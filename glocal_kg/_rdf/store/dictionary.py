"""Terms as numbers: what facts, engines and queries work on.

Many terms rest in segments (:mod:`.segment`); the latest wait in a plain dictionary until they
are enough for a segment of their own. A number is given once and never changes, so whoever
reads needs no lock.
"""

from __future__ import annotations

from _thread import RLock
from itertools import compress, repeat

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.pairs import among
from glocal_kg._rdf.store.segment import Segment, hashes_of
from glocal_kg._rdf.store.term_text import AnyTerm, term_of, terms_of_texts, text_of
from glocal_kg._rdf.store.text_pile import TextPile
from glocal_kg._rdf.store.texts_by_number import NewTerms, TextsByNumber
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

WAITING = 1 << 16
"""So many new terms become a segment."""
FEW = 64
"""Fewer terms are read one by one."""
MADE = 1 << 17
"""So many terms are kept once they are made: what is asked once is asked again."""
SHORT = 1 << 8
"""Longer texts are not kept as terms: so all that is kept takes 30 MB, or twice that."""
FOUND = 1 << 14
"""So many texts that were found in a segment are kept with their numbers: edits and queries name
the same few classes and properties again and again."""


class Dictionary(TextsByNumber):
    """Terms and their numbers: a term gets its number once and keeps it.

    >>> from pyoxigraph import NamedNode
    >>> terms = Dictionary()
    >>> terms.add(NamedNode("https://example.org/a"))
    0
    >>> terms[0]
    <NamedNode value=https://example.org/a>
    >>> terms.find(NamedNode("https://example.org/b")) is None
    True
    """

    __slots__ = ("__weakref__", "_found", "_lock", "_made")

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        super().__init__(segments)
        self._lock = RLock()  # held by whoever gives out numbers
        self._made: dict[int, Any] = {}  # terms that were asked for; what is lost is made anew
        self._found: dict[bytes, int] = {}  # and texts

    # Single terms

    def add(self, term: AnyTerm) -> int:
        """The number of a term, given a new one where it has none."""
        text = text_of(term)
        number = self.find_text(text)
        if number >= 0:
            return number
        with self._lock:
            number = self.find_text(text)
            return number if number >= 0 else self._append(text)

    def _append(self, text: bytes) -> int:
        now = self._now
        number = now.start + len(now.texts)
        now.texts.append(text)
        now.numbers[text] = number
        if len(now.texts) >= WAITING:
            self._rest()
        return number

    def find(self, term: AnyTerm) -> int | None:
        """The number of a term, or None where the term is unknown."""
        number = self.find_text(text_of(term))
        return number if number >= 0 else None

    def find_text(self, text: bytes) -> int:
        """The number of a text, or -1."""
        known = self._found.get(text)
        if known is not None:
            return known
        now = self._now
        number = now.numbers.get(text, -1)
        if number < 0:
            for start, segment in zip(now.starts, now.segments, strict=True):
                found = segment.find(text)
                if found >= 0:
                    self._keep(text, start + found)
                    return start + found
        return number

    def _keep(self, text: bytes, number: int) -> None:
        if len(self._found) >= FOUND:
            self._found.clear()
        if len(text) <= SHORT:
            self._found[text] = number

    def __getitem__(self, number: int) -> Any:
        found = self._made.get(number)
        if found is None:
            text = self.text(number)
            found = term_of(text)
            if len(self._made) >= MADE:
                self._made.clear()
            if len(text) <= SHORT:
                self._made[number] = found
        return found

    # Many terms

    def take(
        self, numbers: Sequence[int] | NDArray[np.integer], of: int | None = None
    ) -> list[Any]:
        """The terms of many numbers, in their order.

        ``of`` says how many are asked for in all, where these are a part.
        """
        keep = (len(numbers) if of is None else of) <= MADE
        if len(numbers) < FEW:
            made, get = self._made, self.__getitem__
            if not isinstance(numbers, list):
                numbers = np.asarray(numbers).tolist()
            return [made.get(number) or get(number) for number in numbers]
        column = np.asarray(numbers, np.int32)
        if not (column[1:] > column[:-1]).all():
            once, back = np.unique(column, return_inverse=True)
            return list(map(self._take_sorted(once, keep).__getitem__, back.tolist()))
        return self._take_sorted(column, keep)

    def _take_sorted(self, column: NDArray[np.int32], keep: bool) -> list[Any]:
        """The terms of distinct sorted numbers; those that are not kept are made together.

        More than fit are not kept: they would only drive out the others.
        """
        found: list[Any] = list(map(self._made.get, column.tolist()))
        missing = [place for place, term in enumerate(found) if term is None]
        if missing:
            new = column if len(missing) == len(column) else column[missing]
            texts = self.texts(new)
            terms = terms_of_texts(texts)
            if len(terms) == len(found):
                found = list(terms)
            else:
                for place, term in zip(missing, terms, strict=True):
                    found[place] = term
            if keep and sum(map(len, texts)) <= SHORT * len(terms):
                if len(self._made) + len(terms) > MADE:
                    self._made.clear()
                self._made.update(zip(new.tolist(), terms, strict=True))
        return found

    def add_texts(self, texts: Sequence[bytes]) -> NDArray[np.int32]:
        """The numbers of many texts, in their order; those that are new get one.

        The texts are trusted: they must be those of terms, each once.
        """
        with self._lock:
            hashes = hashes_of(texts) if len(texts) >= FEW else None
            numbers = self._find_texts(texts, hashes)
            missing = np.flatnonzero(numbers < 0)
            if len(missing):
                new = texts
                if len(missing) < len(texts):
                    new = list(compress(texts, (numbers < 0).tobytes()))
                    hashes = hashes[missing] if hashes is not None else None
                first = len(self)
                self._append_all(new, hashes)
                numbers[missing] = np.arange(first, first + len(new), dtype=np.int32)
            return numbers

    def add_pile(self, pile: TextPile) -> NDArray[np.int32]:
        """The same for the texts of a pile, which is used up."""
        with self._lock:
            numbers = self._find_texts(pile, pile.hashes)
            new = numbers < 0
            pile.keep(new)
            numbers[new] = np.arange(len(self), len(self) + len(pile), dtype=np.int32)
            waiting = self._now.texts
            if len(waiting) + len(pile) < WAITING:
                self._append_all(list(pile), None)
            else:
                pile.prepend(waiting)
                self._behind(pile.segment())
            return numbers

    def find_texts(self, texts: Sequence[bytes]) -> NDArray[np.int32]:
        """The numbers of many texts, -1 for those that have none."""
        return self._find_texts(texts, hashes_of(texts) if len(texts) >= FEW else None)

    def _find_texts(
        self, texts: Sequence[bytes] | TextPile, hashes: NDArray[np.uint32] | None
    ) -> NDArray[np.int32]:
        """The same with the hashes of the texts, where they are many."""
        if hashes is None:
            return np.fromiter(map(self.find_text, texts), np.int32, len(texts))
        now = self._now
        if len(now.texts) > len(texts):
            numbers = np.fromiter(map(now.numbers.get, texts, repeat(-1)), np.int32, len(texts))
        else:  # a look at a hash is quicker than one at a text
            numbers = np.full(len(texts), -1, np.int32)
            waiting = np.sort(hashes_of(now.texts)).astype(np.int64)
            for place in np.flatnonzero(among(hashes.astype(np.int64), waiting)).tolist():
                numbers[place] = now.numbers.get(texts[place], -1)
        for start, segment in zip(now.starts, now.segments, strict=True):
            found = segment.find_many(texts, hashes)
            np.copyto(numbers, found + start, where=found >= 0)
        return numbers

    def _append_all(self, texts: Sequence[bytes], hashes: NDArray[np.uint32] | None) -> None:
        """Give new texts the next numbers."""
        now = self._now
        if len(now.texts) + len(texts) >= WAITING:
            known = hashes_of(texts) if hashes is None else hashes
            every = np.concatenate((hashes_of(now.texts), known))
            self._behind(Segment.of([*now.texts, *texts], every))
        else:
            first = len(self)
            now.texts.extend(texts)
            now.numbers.update(zip(texts, range(first, first + len(texts)), strict=True))

    def rest(self) -> None:
        """Let what waits become a segment."""
        with self._lock:
            self._rest()

    def restore(self, segments: Sequence[Segment]) -> None:
        """Begin with these segments, in a dictionary without terms."""
        self._now = NewTerms(tuple(segments))

    def extend(self, first: int, texts: Sequence[bytes]) -> None:
        """Give new terms the numbers from ``first`` on, which must be the next."""
        if first != len(self):
            raise GlocalError(
                f"The journal goes on with term {first:,} where {len(self):,} are known.",
                remedy="Take the folder from a backup.",
            )
        with self._lock:
            for text in texts:
                self._append(text)

    def _rest(self) -> None:
        if self._now.texts:
            self._behind(Segment.of(self._now.texts))

    def _behind(self, segment: Segment) -> None:
        segments = [*self._now.segments, segment]
        while len(segments) > 1 and len(segments[-2]) < 2 * len(segments[-1]):
            last = segments.pop()
            segments[-1] = segments[-1].joined(last)
        self._now = NewTerms(tuple(segments))

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self)))
