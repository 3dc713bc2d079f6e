"""Literals of a type of XML Schema, found in columns by the bytes that their texts end with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.segment import ENDING


class TypedTail:
    """What stands behind the text of literals of one type: a quotation mark and the type.

    >>> TypedTail("date").size
    42
    """

    __slots__ = ("_mask", "_wanted", "_word", "size")

    def __init__(self, name: str) -> None:
        written = b'"^^<http://www.w3.org/2001/XMLSchema#%b>' % name.encode()
        self.size = len(written)
        self._wanted = np.frombuffer(written.rjust(ENDING), np.uint64)
        self._word = (ENDING - self.size) // 8  # the first that has some of these bytes
        mask = b"\xff" * self.size
        self._mask = np.frombuffer(mask.rjust(ENDING, b"\0"), np.uint64)[self._word]

    def rows(self, endings: NDArray[np.uint8]) -> NDArray[np.intp]:
        """The rows of endings that end so; the last word tells most."""
        words, wanted = endings.view(np.uint64), self._wanted
        same = words[:, -1] == wanted[-1]
        if same.any():
            same &= words[:, self._word] & self._mask == wanted[self._word] & self._mask
            for place in range(self._word + 1, len(wanted) - 1):
                same &= words[:, place] == wanted[place]
        return np.flatnonzero(same)
