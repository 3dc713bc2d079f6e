"""Which numbers stand for literals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.dictionary import Dictionary


class Literals:
    """Which numbers stand for literals, as a mask that grows with the table of terms."""

    def __init__(self, terms: Dictionary) -> None:
        self._terms = terms
        self._mask = np.empty(0, bool)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """A mask over all term numbers."""
        known, count = len(self._mask), len(self._terms)
        if count > known:
            self._mask = np.concatenate((self._mask, self._terms.literals(known)))
        return self._mask

    def has(self, number: int) -> bool:
        """Whether one number stands for a literal."""
        return self._terms.text(number)[:1] == b'"'
