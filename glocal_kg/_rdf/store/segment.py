"""Many texts in a few arrays: found by their number and by a hash of their bytes.

A segment never changes. The arrays are numpy's, in memory or mapped from a file; a text costs
its bytes and 16 more, and a segment of any size is opened at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.part_places import places_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from glocal_kg._rdf.store.text_pile import TextPile

    Endings: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.int64]]

FEW = 16  # texts that are read one by one
DENSE = 64  # lines that are copied in vain for one that is wanted, rather than each by itself
LONG = 512  # bytes of a text that is better copied by itself
NEAR = 1 << 22  # bytes that are copied in rows as long as the longest text
ENDING = 64  # bytes in which what stands behind most literals has room


class Segment:
    """Distinct texts, numbered from 0 in the order they were given.

    ``blob`` holds the texts one after another, each with a line break; ``starts`` where each
    begins and, at its end, where the next would; ``hashes`` their hashes, sorted, and
    ``order`` the number of the text of each hash.

    >>> segment = Segment.of([b"<urn:a>", b"<urn:b>"])
    >>> segment.text(1), segment.find(b"<urn:a>"), segment.find(b"<urn:c>"), len(segment)
    (b'<urn:b>', 0, -1, 2)
    """

    __slots__ = ("_hashes", "_starts", "_text", "blob", "hashes", "order", "starts")

    def __init__(
        self,
        blob: NDArray[np.uint8],
        starts: NDArray[np.int64],
        hashes: NDArray[np.uint32],
        order: NDArray[np.int32],
    ) -> None:
        self.blob, self.starts, self.hashes, self.order = blob, starts, hashes, order
        # A memoryview gives single items several times faster than an array.
        self._text, self._starts, self._hashes = blob.data, starts.data, hashes.data

    @classmethod
    def of(cls, texts: Sequence[bytes], hashes: NDArray[np.uint32] | None = None) -> Segment:
        """The segment of some texts, whose hashes may be known."""
        blob = np.frombuffer(b"\n".join([*texts, b""]), np.uint8)
        starts = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1, out=starts[1:])
        return cls.indexed(blob, starts, hashes_of(texts) if hashes is None else hashes)

    @classmethod
    def indexed(
        cls, blob: NDArray[np.uint8], starts: NDArray[np.int64], hashes: NDArray[np.uint32]
    ) -> Segment:
        """The segment of what is in these arrays, with the hashes in the order of the texts."""
        keys = hashes.astype(np.uint64) << 32  # with the number below: sorted in one pass
        keys |= np.arange(len(hashes), dtype=np.uint64)
        keys.sort()
        return cls(blob, starts, (keys >> 32).astype(np.uint32), keys.astype(np.int32))

    def joined(self, after: Segment) -> Segment:
        """This segment and another one behind it, as one."""
        hashes = np.empty(len(self) + len(after), np.uint32)
        hashes[self.order] = self.hashes
        hashes[after.order + len(self)] = after.hashes
        starts = np.concatenate((self.starts[:-1], after.starts + self.starts[-1]))
        return self.indexed(np.concatenate((self.blob, after.blob)), starts, hashes)

    def __len__(self) -> int:
        return len(self.order)

    def text(self, number: int) -> bytes:
        """The text of a number."""
        starts = self._starts
        return bytes(self._text[starts[number] : starts[number + 1] - 1])

    def texts(self, numbers: NDArray[np.int32]) -> list[str]:
        """The texts of sorted numbers, decoded."""
        if len(numbers) < FEW:
            return [self.text(number).decode() for number in numbers.tolist()]
        piece = self._piece(numbers)
        if piece is not None:
            return piece.decode().split("\n")
        copied, cuts, long = self._copied(numbers)
        letters = copied.decode("latin-1")  # a letter a byte
        found = [letters[start:end] for start, end in cuts]
        if not copied.isascii():
            found = [t if t.isascii() else t.encode("latin-1").decode() for t in found]
        for place in long:
            found[place] = self.text(int(numbers[place])).decode()
        return found

    def written(self, numbers: NDArray[np.int32]) -> list[bytes]:
        """The texts of sorted numbers, as they are."""
        if len(numbers) < FEW:
            return [self.text(number) for number in numbers.tolist()]
        piece = self._piece(numbers)
        if piece is not None:
            return piece.split(b"\n")
        copied, cuts, long = self._copied(numbers)
        found = [copied[start:end] for start, end in cuts]
        for place in long:
            found[place] = self.text(int(numbers[place]))
        return found

    def _piece(self, numbers: NDArray[np.int32]) -> bytes | None:
        """The lines of numbers that follow one another; None for any others."""
        first, last = int(numbers[0]), int(numbers[-1]) + 1
        if last - first != len(numbers):
            return None
        return bytes(self._text[self._starts[first] : self._starts[last] - 1])

    def _copied(
        self, numbers: NDArray[np.int32]
    ) -> tuple[bytes, Iterable[tuple[int, int]], list[int]]:
        """The texts of sorted numbers, where in them each begins and ends, and which are too long.

        From where each begins so many bytes are copied as the longest has.
        """
        begins, lengths = self.starts[numbers], self.sizes(numbers)
        long = np.flatnonzero(lengths > LONG).tolist()
        lengths[long] = 0
        width = max(int(lengths.max()), 1)
        rows = np.ndarray((len(self.blob) - width + 1,), f"V{width}", self.blob.data, strides=(1,))
        at = np.minimum(begins, len(rows) - 1)
        copied = rows[at].tobytes()
        cut = np.arange(0, len(copied), width) + (begins - at)
        return copied, zip(cut.tolist(), (cut + lengths).tolist(), strict=True), long

    def holding(self, numbers: NDArray[np.int32], part: bytes) -> NDArray[np.bool_]:
        """For each of sorted numbers whether its text has a part: never wrong where it says no."""
        first, last = int(numbers[0]), int(numbers[-1]) + 1
        base = self._starts[first]
        if last - first > DENSE * len(numbers):
            return np.ones(len(numbers), bool)
        # A part too frequent to tell much is none that one should look for.
        letters = self.blob[base : self._starts[last]]
        places = places_of(part, letters, len(numbers) // 4)
        if places is None:
            return np.ones(len(numbers), bool)
        lines = self.starts[first:last].searchsorted(places + base, "right") - 1
        held = np.zeros(last - first, bool)
        held[lines] = True
        return held[numbers - first]

    def sizes(self, numbers: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many bytes each text has."""
        sizes: NDArray[np.int64] = self.starts[numbers + 1] - self.starts[numbers] - 1
        return sizes

    def edges(self, numbers: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The first and the last byte of the texts of numbers; a line break for the empty one."""
        begins, ends = self.starts[numbers], self.starts[numbers + 1]
        return self.blob[begins], self.blob[np.maximum(begins, ends - 2)]

    def sorts(self, numbers: NDArray[np.int32]) -> NDArray[np.uint8]:
        """What tells the sort of term of each text: its first byte, and 0 for a triple term."""
        begins = self.starts[numbers]
        found = self.blob[begins]
        at = np.flatnonzero(found == ord("<"))
        found[at[self.blob[begins[at] + 1] == ord("<")]] = 0
        return found

    def endings(self, numbers: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The last bytes of texts, in rows of ``ENDING``, and how many bytes each text has.

        Before a shorter text stands anything.
        """
        ends = self.starts[numbers + 1] - 1
        lengths, at = ends - self.starts[numbers], ends - ENDING
        if len(self.blob) >= ENDING:
            rows = len(self.blob) - ENDING + 1
            whole = np.ndarray((rows,), f"V{ENDING}", self.blob.data, strides=(1,))
            found = whole[np.maximum(at, 0)].view(np.uint8).reshape(-1, ENDING)
        else:
            found = np.zeros((len(numbers), ENDING), np.uint8)
        for place in np.flatnonzero(at < 0).tolist():
            found[place] = np.frombuffer(self.text(int(numbers[place])).rjust(ENDING), np.uint8)
        return found, lengths

    def beginnings(self, numbers: NDArray[np.int32], width: int) -> NDArray[np.uint8]:
        """The first bytes of texts, in rows of ``width``; behind a shorter text stands anything."""
        at = self.starts[numbers]
        last = len(self.blob) - width
        if last >= 0:
            whole = np.ndarray((last + 1,), f"V{width}", self.blob.data, strides=(1,))
            found = whole[np.minimum(at, last)].view(np.uint8).reshape(-1, width)
        else:
            found = np.zeros((len(numbers), width), np.uint8)
        for place in np.flatnonzero(at > last).tolist():
            text = self.text(int(numbers[place]))[:width]
            found[place] = np.frombuffer(text.ljust(width), np.uint8)
        return found

    def lines(self, numbers: NDArray[np.int32]) -> bytes:
        """The texts of sorted numbers, each with a line break."""
        first, behind = int(numbers[0]), int(numbers[-1]) + 1
        begins, sizes = self.starts[numbers], self.sizes(numbers) + 1
        width, bounds = int(sizes.max()), self.starts[first : behind + 1]
        copied_in_rows = width * len(numbers)  # which takes some four times as long for a byte
        if copied_in_rows < NEAR and 4 * copied_in_rows < bounds[-1] - bounds[0]:
            # From where each begins so many bytes are copied as the longest has.
            rows = len(self.blob) - width + 1
            whole = np.ndarray((rows,), f"V{width}", self.blob.data, strides=(1,))
            at = np.minimum(begins, rows - 1)
            place = np.arange(width) - (begins - at)[:, None]
            copied = whole[at].view(np.uint8).reshape(-1, width)
            return bytes(copied[(place >= 0) & (place < sizes[:, None])])
        if behind - first > DENSE * len(numbers):
            return b"\n".join([*self.written(numbers), b""])
        wanted = np.zeros(behind - first, bool)
        wanted[numbers - first] = True
        return bytes(self.blob[bounds[0] : bounds[-1]][np.repeat(wanted, np.diff(bounds))])

    def find(self, text: bytes) -> int:
        """The number of a text, or -1."""
        wanted, hashes = crc32(text), self._hashes
        place = bisect_left(hashes, wanted)
        while place < len(hashes) and hashes[place] == wanted:
            number = int(self.order[place])
            if self.text(number) == text:
                return number
            place += 1
        return -1

    def find_many(
        self, texts: Sequence[bytes] | TextPile, hashes: NDArray[np.uint32]
    ) -> NDArray[np.int32]:
        """The numbers of many texts whose hashes are known, -1 where a text is not here."""
        found = np.full(len(texts), -1, np.int32)
        places = self.hashes.searchsorted(hashes)
        places[places == len(self.hashes)] = 0
        if len(self):
            for place in np.flatnonzero(self.hashes[places] == hashes).tolist():
                found[place] = self.find(texts[place])
        return found

    def first_bytes(self) -> NDArray[np.uint8]:
        """The first byte of each text: ``<``, ``_`` or ``"``; a line break for the empty one."""
        return self.blob[self.starts[:-1]]


def joined_endings(parts: list[Endings], texts: Sequence[bytes]) -> Endings:
    """What :meth:`Segment.endings` gives for parts, and behind them the same of some texts."""
    if texts or not parts:
        rows = b"".join([text[-ENDING:].rjust(ENDING) for text in texts])
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        parts = [*parts, (np.frombuffer(rows, np.uint8).reshape(-1, ENDING), lengths)]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([n for _, n in parts])


def hashes_of(texts: Sequence[bytes]) -> NDArray[np.uint32]:
    """The hash of each text, the same in every process."""
    return np.fromiter(map(crc32, texts), np.uint32, len(texts))


def not_alone(hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The places of hashes that are there more than once, sorted.

    >>> not_alone(np.array([5, 7, 9, 5], np.uint32)).tolist()
    [0, 3]
    """
    keys = hashes.astype(np.uint64) << 32
    keys |= np.arange(len(hashes), dtype=np.uint64)
    keys.sort()
    same = keys[1:] >> 32 == keys[:-1] >> 32
    shared = np.zeros(len(keys), bool)
    shared[1:] = same
    shared[:-1] |= same
    places: NDArray[np.int64] = np.sort(keys[shared].astype(np.uint32)).astype(np.int64)
    return places
