"""The texts behind numbers: one, or those of many in columns of bytes, without making terms."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.segment import Segment, joined_endings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PART = 1 << 15
"""So many texts are cut at once."""


class NewTerms:
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


class TextsByNumber:
    """Texts in the order of their numbers: those of the segments, then those that wait.

    Where many numbers are given, they are sorted.

    >>> texts = TextsByNumber([Segment.of([b"<urn:a>", b"<urn:b>"])])
    >>> texts.text(1), texts.texts(np.array([0, 1], np.int32)), len(texts)
    (b'<urn:b>', ['<urn:a>', '<urn:b>'], 2)
    """

    __slots__ = ("_now",)

    def __init__(self, segments: Sequence[Segment] = ()) -> None:
        self._now = NewTerms(tuple(segments))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The terms that rest, in the order of their numbers."""
        return self._now.segments

    def waiting(self) -> list[bytes]:
        """The texts of the terms behind the segments."""
        return self._now.texts[:]

    def text(self, number: int) -> bytes:
        """The text of a number."""
        now = self._now
        if number >= now.start:
            return now.texts[number - now.start]
        place = bisect_right(now.starts, number) - 1
        return now.segments[place].text(number - now.starts[place])

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
                look()
                yield segment, own[start : start + PART]

    def holding(
        self, numbers: NDArray[np.int32], part: bytes
    ) -> tuple[NDArray[np.bool_], NDArray[np.uint8], NDArray[np.uint8]]:
        """For each of sorted numbers whether its text may have a part, its first and last byte."""
        now = self._now
        held = np.ones(len(numbers), bool)
        first, last = np.zeros((2, len(numbers)), np.uint8)
        for start, segment in zip(now.starts, now.segments, strict=True):
            low, high = numbers.searchsorted((start, start + len(segment))).tolist()
            if low < high:
                own = numbers[low:high] - start
                held[low:high] = segment.holding(own, part)
                first[low:high], last[low:high] = segment.edges(own)
        for place in range(int(numbers.searchsorted(now.start)), len(numbers)):
            text = now.texts[int(numbers[place]) - now.start] or b"\n"
            held[place], first[place], last[place] = part in text, text[0], text[-1]
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
            look()
            low, high = numbers.searchsorted((start, start + len(segment))).tolist()
            if low < high:
                yield segment, numbers[low:high] - start

    def _waiting(self, numbers: NDArray[np.int32]) -> list[bytes]:
        """The texts of those of sorted numbers that are behind the segments."""
        now = self._now
        own = numbers[int(numbers.searchsorted(now.start)) :] - now.start
        return [now.texts[number] for number in own.tolist()]

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
