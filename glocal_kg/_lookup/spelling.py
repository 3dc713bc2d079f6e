"""Words that are written much like another one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LONGEST = 24
_FEW = 200
_SHORT = 5  # letters of a word whose first one has to be right
_PART = 4  # letters that each of two words in one has at least


class Spelling:
    """Finds the words of a list that a misspelt one may mean.

    Only slips count: a letter or two, more in long words; a word that merely looks alike is
    another word. Of a short word the first letter has to be right.

    >>> known = Spelling(["agriculture", "culture", "isbn", "peace", "building"])
    >>> known.near("agricolture"), known.near("lisbona"), known.near("peacebuilding")
    (['agriculture'], [], ['peace building'])
    """

    def __init__(self, words: list[str]) -> None:
        self._known = frozenset(words)
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
            slips = _slips(word, other, _allowed(word, other))
            if slips is not None and (len(word) > _SHORT or word[0] == other[0]):
                found.append((slips, -float(likeness[place]), other))
        return [*self._parted(word), *(other for *_, other in sorted(found)[:most])]

    def _parted(self, word: str) -> list[str]:
        """Two words that stand here as one."""
        cuts = range(_PART, len(word) - _PART + 1)
        parts = [(word[:at], word[at:]) for at in cuts]
        return [" ".join(both) for both in parts if self._known.issuperset(both)][:1]


def _allowed(word: str, other: str) -> int:
    """So many slips are forgiven in a word: more in a long one, and where only its end is wrong."""
    most = 1 if len(word) < 8 else 2 if len(word) < 12 else 3
    return most + (len(word) > _SHORT and other.startswith(word[:-1]))


def _slips(one: str, other: str, most: int) -> int | None:
    """How many letters are wrong, missing, too many, or exchanged with the next; None beyond."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for at, sign in enumerate(other, 1):
            slips = min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != sign))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == sign:
                slips = min(slips, earlier[at - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


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
