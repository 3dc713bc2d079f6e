"""Words that are written much like another one."""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

_LONGEST = 24
_FEW = 200


class Spelling:
    """Finds the words of a list that a misspelt one may mean.

    >>> Spelling(["agriculture", "culture", "kigali"]).near("agricolture")
    ['agriculture']
    """

    def __init__(self, words: list[str]) -> None:
        self._words = [word for word in words if len(word) > 2 and not word.isdigit()]
        self._pairs = _pairs(self._words)
        self._sizes = np.bitwise_count(self._pairs)

    def near(self, word: str, most: int = 3) -> list[str]:
        """At most so many words, the nearest first; none where nothing is near."""
        if not self._words or len(word) < 3:
            return []
        mine = _pairs([word])[0]
        size = int(np.bitwise_count(mine))
        shared = np.bitwise_count(self._pairs & mine).astype(np.float32)
        likeness = 2 * shared / (self._sizes + size)
        few = min(_FEW, len(self._words))
        places = np.argpartition(-likeness, few - 1)[:few]
        found = []
        for place in places.tolist():
            other = self._words[place]
            ratio = SequenceMatcher(None, word, other).ratio()
            if ratio >= 0.7:
                found.append((-ratio, other))
        return [other for _, other in sorted(found)[:most]]


def _pairs(words: list[str]) -> NDArray[np.uint64]:
    """For each word the pairs of letters that it has, each as one of 64 bits."""
    letters = np.array([f"{word[: _LONGEST - 2]}$" for word in words], f"<U{_LONGEST}")
    codes = letters.view(np.uint32).reshape(len(words), _LONGEST)
    before = np.concatenate((np.full((len(words), 1), 36, np.uint32), codes[:, :-1]), axis=1)
    mixed = (before * np.uint32(31) + codes) % np.uint32(61)
    bits = np.left_shift(np.uint64(1), mixed.astype(np.uint64))
    pairs: NDArray[np.uint64] = np.bitwise_or.reduce(
        np.where(codes == 0, np.uint64(0), bits), axis=1
    )
    return pairs
