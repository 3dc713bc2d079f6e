"""Many texts in one piece of memory, while they are collected.

A million texts that are objects of their own take some 40 bytes each beside what they say, far
from one another. What is only kept, and is looked at where two hashes are equal, needs none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.segment import Segment, hashes_of

_PART = 1 << 16  # texts that are moved together


class TextPile:
    """Texts without line breaks, by place; each comes with its hash.

    >>> pile = TextPile()
    >>> pile.append([b"<urn:a>", b"", b"<urn:b>"])
    >>> pile.keep(np.array([True, False, True]))
    >>> list(pile), pile[1], len(pile)
    ([b'<urn:a>', b'<urn:b>'], b'<urn:b>', 2)
    """

    __slots__ = ("_blob", "_count", "_hashes", "_sizes", "_starts")

    def __init__(self) -> None:
        self._blob = bytearray()  # each text with a line break behind it
        self._sizes: list[NDArray[np.int64]] = []  # with the line break, piece by piece
        self._hashes: list[NDArray[np.uint32]] = []
        self._count = 0
        self._starts: NDArray[np.int64] | None = None

    def append(self, texts: Sequence[bytes]) -> None:
        """Put texts behind the others."""
        self._blob += b"\n".join([*texts, b""])
        self._sizes.append(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        self._hashes.append(hashes_of(texts))  # while they are near the processor
        self._count += len(texts)
        self._starts = None

    def prepend(self, texts: Sequence[bytes]) -> None:
        """Put texts before the others."""
        if texts:
            first = TextPile()
            first.append(texts)
            self._blob[:0] = first._blob
            self._sizes[:0], self._hashes[:0] = first._sizes, first._hashes
            self._count += len(texts)
            self._starts = None

    def keep(self, kept: NDArray[np.bool_]) -> None:
        """Let go all texts but these."""
        if kept.all():
            return
        starts, hashes = self.starts, self.hashes
        sizes, end = np.diff(starts), 0
        letters = np.frombuffer(self._blob, np.uint8)
        for start in range(0, len(kept), _PART):  # moved to the front, which takes no room
            part = slice(start, start + _PART)
            some = np.repeat(kept[part], sizes[part])
            piece = letters[starts[start] :][: len(some)][some]
            letters[end : end + len(piece)] = piece
            end += len(piece)
        del letters
        del self._blob[end:]
        self._sizes, self._hashes = [sizes[kept]], [hashes[kept]]
        self._count = len(self._hashes[0])
        self._starts = None

    @property
    def hashes(self) -> NDArray[np.uint32]:
        """The hash of each text."""
        if len(self._hashes) != 1:
            self._hashes = [np.concatenate([np.empty(0, np.uint32), *self._hashes])]
        return self._hashes[0]

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each text begins and, at its end, where the next would."""
        if self._starts is None:
            self._starts = np.zeros(self._count + 1, np.int64)
            sizes = np.concatenate([self._starts[:0], *self._sizes])
            np.cumsum(sizes, out=self._starts[1:])
            self._sizes = [sizes]
        return self._starts

    def segment(self) -> Segment:
        """The texts, each of them once, as a segment; the pile must not change after this."""
        blob = np.frombuffer(self._blob, np.uint8)
        blob.flags.writeable = False
        return Segment.indexed(blob, self.starts, self.hashes)

    def some(self, places: NDArray[np.int64]) -> list[bytes]:
        """The texts of many places."""
        begins, ends = self.starts[places].tolist(), (self.starts[places + 1] - 1).tolist()
        with memoryview(self._blob) as letters:
            return [bytes(letters[begin:end]) for begin, end in zip(begins, ends, strict=True)]

    def __getitem__(self, place: int) -> bytes:
        starts = self.starts
        return bytes(self._blob[starts[place] : starts[place + 1] - 1])

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[bytes]:
        texts = bytes(self._blob).split(b"\n")
        del texts[-1]  # what is behind the last line break: nothing
        return iter(texts)
