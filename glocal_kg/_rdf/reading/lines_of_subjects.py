"""The lines of N-Triples and N-Quads about some subjects, among very many."""

from __future__ import annotations

from typing import Final

import numpy as np

from glocal_kg._rdf.sieve import Sieve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import IO

    from numpy.typing import NDArray

PIECE: Final = 1 << 18
"""Bytes that are looked at together."""
_WIDE: Final = 8
"""Bytes of an IRI that are compared as one number, before the whole is."""
_BEFORE: Final = b"\n".rjust(_WIDE)
_BREAK, _BLANK, _OPEN, _CLOSE = b"\n <>"


def lines_about(subjects: Collection[bytes], stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that begin with one of some IRIs, each with its number, from 1 on.

    >>> from io import BytesIO
    >>> list(lines_about({b"urn:b"}, BytesIO(b"<urn:a> <urn:p> 1 .\\n<urn:b> <urn:p> 2 .")))
    [(2, b'<urn:b> <urn:p> 2 .')]
    """
    if not subjects:
        return
    look, count = _Beginnings(subjects), 1
    while piece := stream.read(PIECE) + stream.readline():
        letters = np.frombuffer(b"".join((_BEFORE, piece, look.padding)), np.uint8)
        breaks = np.flatnonzero(letters[: len(piece) + _WIDE - 1] == _BREAK)
        for row in look.rows(letters, breaks + 1).tolist():
            start = int(breaks[row]) - _WIDE + 1
            end = piece.find(b"\n", start)
            line = piece[start : end if end >= 0 else None]
            head = line.lstrip().partition(b">")[0]
            if head[:1] == b"<" and head[1:] in subjects:
                yield count + row, line
        count += len(breaks)


class _Beginnings:
    """Finds the lines that may begin with one of some IRIs."""

    def __init__(self, subjects: Collection[bytes]) -> None:
        self._least = min(map(len, subjects))
        self._most = max(map(len, subjects)) + 1
        self._wide = min(_WIDE, self._least)
        self._rest = np.uint64(8 * (_WIDE - self._wide))
        self._heads = Sieve([self._word(subject[: self._least]) for subject in subjects])
        self._tails = Sieve([self._word(subject) for subject in subjects])
        self.padding = bytes(self._most + _WIDE)

    def _word(self, letters: bytes) -> int:
        return int.from_bytes(letters[-self._wide :], "little")

    def rows(self, letters: NDArray[np.uint8], starts: NDArray[np.intp]) -> NDArray[np.intp]:
        """The places of lines among those that start somewhere, sorted."""
        first = letters[starts]
        rows = np.flatnonzero(first == _OPEN)
        words = np.ndarray((len(letters) - _WIDE + 1,), "<u8", letters.data, strides=(1,))
        # First a look at a place where all subjects have letters, then at the end of each.
        rows = rows[self._heads.places(self._before(words, starts[rows] + 1 + self._least))]
        iris = np.ndarray(
            (len(letters) - self._most,), f"V{self._most}", letters.data, strides=(1,)
        )
        read = iris[starts[rows] + 1].view(np.uint8).reshape(-1, self._most)
        ends = starts[rows] + 1 + (read == _CLOSE).argmax(axis=1)
        rows = rows[self._tails.places(self._before(words, ends))]
        odd = np.flatnonzero((first <= _BLANK) & (first != _BREAK))
        return np.union1d(rows, odd) if len(odd) else rows

    def _before(self, words: NDArray[np.uint64], ends: NDArray[np.intp]) -> NDArray[np.uint64]:
        """The letters before some places, as numbers."""
        read: NDArray[np.uint64] = words[ends - _WIDE] >> self._rest
        return read
