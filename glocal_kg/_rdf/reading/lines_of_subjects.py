"""The lines of N-Triples and N-Quads about some subjects, among very many."""

from __future__ import annotations

from typing import Final

import numpy as np

from glocal_kg._rdf.store.pairs import among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import IO

PIECE: Final = 1 << 17
"""Bytes that are looked at together."""
_WIDE: Final = 8
"""Bytes at the end of an IRI that are compared as one number, before the whole is."""


def lines_about(subjects: Collection[bytes], stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that begin with one of some IRIs, each with its number, from 1 on.

    >>> from io import BytesIO
    >>> list(lines_about({b"urn:b"}, BytesIO(b"<urn:a> <urn:p> 1 .\\n<urn:b> <urn:p> 2 .")))
    [(2, b'<urn:b> <urn:p> 2 .')]
    """
    wide = min(_WIDE, *map(len, subjects)) if subjects else 0
    ends = np.array(sorted({int.from_bytes(subject[-wide:]) for subject in subjects}), np.uint64)
    mask = np.uint64((1 << 8 * wide) - 1)
    count = 1
    while piece := stream.read(PIECE) + stream.readline():
        letters = np.frombuffer(b"".join((bytes(_WIDE), piece, b">")), np.uint8)
        starts = np.flatnonzero(letters[:-1] == ord("\n")) + 1
        starts = np.concatenate(((_WIDE,), starts))
        closes = np.flatnonzero(letters == ord(">"))
        words = np.ndarray((len(letters) - _WIDE + 1,), ">u8", letters, strides=(1,))
        ending = words[closes - _WIDE].astype(np.uint64) & mask
        fit = among(ending, ends)[closes.searchsorted(starts)]
        for row in np.flatnonzero(fit).tolist():
            start = int(starts[row]) - _WIDE
            end = piece.find(b"\n", start)
            line = piece[start : end if end >= 0 else None]
            if line[line.find(b"<") + 1 : line.find(b">")] in subjects:
                yield count + row, line
        count += len(starts) - 1
