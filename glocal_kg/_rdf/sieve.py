"""Numbers of 64 bits that few among very many are one of."""

from __future__ import annotations

from typing import Final

import numpy as np

from glocal_kg._rdf.store.pairs import among

TYPE_CHECKING = False
if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS: Final = 16
_MIXED: Final = np.uint64(0x9E3779B97F4A7C15)


class Sieve:
    """Looks for some numbers: by a few bits in which all of a number has a part, then by all.

    >>> Sieve([7, 9]).places(np.array([8, 9, 2**63, 7], np.uint64)).tolist()
    [1, 3]
    """

    __slots__ = ("_holes", "_numbers")

    def __init__(self, numbers: list[int]) -> None:
        self._numbers = np.unique(np.array(numbers, np.uint64))
        self._holes = np.zeros(1 << _BITS, bool)
        self._holes[_bits(self._numbers)] = True

    def places(self, values: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Where in some values those stand that are one of the numbers, sorted."""
        places = np.flatnonzero(self._holes[_bits(values)])
        return places[among(values[places], self._numbers)]


def _bits(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits: NDArray[np.uint64] = (numbers * _MIXED) >> np.uint64(64 - _BITS)
    return bits
