"""Which numbers stand for literals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal

from glocal_kg._rdf.store.terms import TermTable


class Literals:
    """Which numbers stand for literals, as a mask that grows with the table of terms."""

    def __init__(self, terms: TermTable) -> None:
        self._terms = terms
        self._mask = np.empty(0, bool)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """A mask over all term numbers."""
        known, count = len(self._mask), len(self._terms)
        if count > known:
            terms = self._terms if not known else (self._terms[i] for i in range(known, count))
            more = bytes([type(term) is Literal for term in terms])
            self._mask = np.concatenate((self._mask, np.frombuffer(more, bool)))
        return self._mask

    def has(self, number: int) -> bool:
        """Whether one number stands for a literal."""
        return type(self._terms[number]) is Literal
