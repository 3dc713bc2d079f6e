"""Terms as numbers: what facts, engines and queries work on.

Many terms rest in segments (:mod:`.segment`); the latest wait in a plain dictionary until they
are enough for a segment of their own. A number is given once and never changes, so whoever
reads needs no lock.
"""

from __future__ import annotations

from _thread import RLock
from bisect import bisect_right
from itertools import compress, repeat

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.pairs import among
from glocal_kg._rdf.store.segment import Segment, hashes_of, joined_endings
from glocal_kg._rdf.store.term_text import AnyTerm, term_of, terms_of_texts, text_of
from glocal_kg._rdf.store.text_pile import TextPile
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

WAITING = 1 << 16
"""So many new terms become a segment."""
FEW = 64
"""Fewer terms are read one by one."""
PART = 1 << 15
"""So many texts are cut at once."""
MADE = 1 << 17
"""So many terms are kept once they are made: what is asked once is asked again."""
SHORT = 1 << 8
"""Longer texts are not kept as terms: so all that is kept takes 30 MB, or twice that."""
FOUND = 1 << 14
"""So many texts that were found in a segment are kept with their numbers: edits and queries name
the same few classes and properties again and again."""


class _NewTerms:
    """The terms behind the last segment, first by number, then by text.

    A term is in ``texts`` before it is in ``numbers``: an interrupt between the two wastes a
    number, and nothing else.
    """

    __slots__ = ("numbers", "segments", "start", "starts", "texts")

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments
        self.starts: list[int] = [0]
        for segment in segments:
            self.starts.append(self.starts[-1] + len(segment))
        self.start = self.starts.pop()
        self.texts: list[bytes] = []
        self.numbers: dict[bytes, int] = {}


class Dictionary:
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

    __slots__ = ("__weakref__", "_found", "_lock", "_made", "_now")

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        self._now = _NewTerms(tuple(segments))
        self._lock = RLock()  # held by whoever gives out numbers
        self._made: dict[int, Any] = {}  # terms that were asked for; what is lost is made anew
        self._found: dict[bytes, int] = {}  # and texts

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The terms that rest, in the order of their numbers."""
        return self._now.segments

    def waiting(self) -> list[bytes]:
        """The texts of the terms behind the segments."""
        return self._now.texts[:]

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

    def text(self, number: int) -> bytes:
        """The text of a number."""
        now = self._now
        if number >= now.start:
            return now.texts[number - now.start]
        place = bisect_right(now.starts, number) - 1
        return now.segments[place].text(number - now.starts[place])

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

    def texts(self, numbers: NDArray[np.int32]) -> list[str]:
        """The texts of sorted numbers; those near to one another are cut from one piece."""
        found: list[str] = []
        for segment, own in self._pieces(numbers):
            found += segment.texts(own)
        return found + [text.decode() for text in self._waiting(numbers)]

    def written(self, numbers: NDArray[np.int32]) -> list[bytes]:
        """The same as the bytes they are."""
        found: list[bytes] = []
        for segment, own in self._pieces(numbers):
            found += segment.written(own)
        return found + self._waiting(numbers)

    def _pieces(self, numbers: NDArray[np.int32]) -> Iterator[tuple[Segment, NDArray[np.int32]]]:
        """Sorted numbers by segment, so many at once as should be cut together."""
        for segment, own in self._by_segment(numbers):
            for start in range(0, len(own), PART):
                yield segment, own[start : start + PART]

    def holding(
        self, numbers: NDArray[np.int32], part: bytes, *, any_case: bool = False
    ) -> tuple[NDArray[np.bool_], NDArray[np.uint8], NDArray[np.uint8]]:
        """For each of sorted numbers whether its text may have a part, its first and last byte."""
        now = self._now
        held = np.ones(len(numbers), bool)
        first, last = np.zeros((2, len(numbers)), np.uint8)
        for start, segment in zip(now.starts, now.segments, strict=True):
            low, high = numbers.searchsorted((start, start + len(segment))).tolist()
            if low < high:
                own = numbers[low:high] - start
                held[low:high] = segment.holding(own, part, any_case=any_case)
                first[low:high], last[low:high] = segment.edges(own)
        for place in range(int(numbers.searchsorted(now.start)), len(numbers)):
            text = now.texts[int(numbers[place]) - now.start] or b"\n"
            held[place], first[place], last[place] = any_case or part in text, text[0], text[-1]
        return held, first, last

    def sorts(self, numbers: NDArray[np.int32]) -> NDArray[np.uint8]:
        """For each of sorted numbers ``<``, ``_`` or ``"``, 0 for a triple term."""
        parts = [segment.sorts(own) for segment, own in self._by_segment(numbers)]
        waiting = [
            0 if text[:2] == b"<<" or not text else text[0] for text in self._waiting(numbers)
        ]
        return np.concatenate((*parts, np.array(waiting, np.uint8)))

    def endings(self, numbers: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The last bytes of the texts of sorted numbers and their lengths: see :class:`Segment`."""
        parts = [segment.endings(own) for segment, own in self._by_segment(numbers)]
        return joined_endings(parts, self._waiting(numbers))

    def beginnings(self, numbers: NDArray[np.int32], width: int) -> NDArray[np.uint8]:
        """The first ``width`` bytes of the texts of sorted numbers, a row for each."""
        parts = [segment.beginnings(own, width) for segment, own in self._by_segment(numbers)]
        waiting = b"".join(text[:width].ljust(width) for text in self._waiting(numbers))
        return np.concatenate((*parts, np.frombuffer(waiting, np.uint8).reshape(-1, width)))

    def sizes(self, numbers: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many bytes the text of each of sorted numbers has."""
        parts = [segment.sizes(own) for segment, own in self._by_segment(numbers)]
        waiting = np.array(list(map(len, self._waiting(numbers))), np.int64)
        return np.concatenate((*parts, waiting))

    def lines(self, numbers: NDArray[np.int32]) -> bytes:
        """The texts of sorted numbers, each with a line break."""
        parts = [segment.lines(own) for segment, own in self._by_segment(numbers)]
        return b"".join((*parts, b"\n".join([*self._waiting(numbers), b""])))

    def _by_segment(
        self, numbers: NDArray[np.int32]
    ) -> Iterator[tuple[Segment, NDArray[np.int32]]]:
        """The segments that have some of sorted numbers, with these as they count them."""
        now = self._now
        for start, segment in zip(now.starts, now.segments, strict=True):
            low, high = numbers.searchsorted((start, start + len(segment))).tolist()
            if low < high:
                yield segment, numbers[low:high] - start

    def _waiting(self, numbers: NDArray[np.int32]) -> list[bytes]:
        """The texts of those of sorted numbers that are behind the segments."""
        now = self._now
        own = numbers[int(numbers.searchsorted(now.start)) :] - now.start
        return [now.texts[number] for number in own.tolist()]

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
        self._now = _NewTerms(tuple(segments))

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
        self._now = _NewTerms(tuple(segments))

    def literals(self, start: int = 0) -> NDArray[np.bool_]:
        """For each number from ``start`` on whether its term is a literal."""
        now = self._now
        waiting = np.frombuffer(b"".join([text[:1] or b"\n" for text in now.texts]), np.uint8)
        parts = [segment.first_bytes() for segment in now.segments]
        literal: NDArray[np.bool_] = np.concatenate([*parts, waiting])[start:] == ord('"')
        return literal

    def __len__(self) -> int:
        now = self._now
        return now.start + len(now.texts)

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self)))
