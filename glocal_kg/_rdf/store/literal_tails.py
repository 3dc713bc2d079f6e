"""Literals that are alike in what stands behind their text: their language or their type."""

from __future__ import annotations

from typing import Final

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from glocal_kg._rdf.store.dictionary import Dictionary

_PART: Final = 1 << 15  # literals that are looked at together
_KINDS: Final = 64  # new ones in a part that are looked for in all of it


def like_literals(
    dictionary: Dictionary,
    column: NDArray[np.int32],
    known: int | None = None,
    text_of: Callable[[int], bytes] | None = None,
    check: Callable[[], object] = bool,
) -> tuple[list[int], NDArray[np.intp]]:
    """One number for each language or type among sorted literals, and for each literal which.

    They are told by the bytes that texts end with; what has no room in these, and from ``known``
    on what a query has computed, is looked at by itself: ``text_of`` gives its text. ``check`` is
    called between parts and may raise.
    """
    examples: dict[bytes, tuple[int, int]] = {}  # the tail: its place, its first number
    found = np.empty(len(column), np.intp)
    known = len(column) if known is None else int(column.searchsorted(known))
    alone = list(range(known, len(column)))
    for start in range(0, known, _PART):
        check()
        part = column[start : min(start + _PART, known)]
        words = dictionary.endings(part)[0].view("<u8")
        open_, most = np.arange(len(part)), len(examples) + _KINDS
        while len(open_) and len(examples) < most:
            first = int(open_[0])
            ending = words[first].tobytes()
            mark = ending.rfind(b'"')
            if mark < 0:
                alone.append(start + first)
                open_ = open_[1:]
                continue
            # What ends with a quotation mark and such a tail has no other mark behind it.
            word, before = divmod(mark, 8)
            same = (words[open_, word] ^ words[first, word]) >> np.uint64(8 * before) == 0
            for more in range(word + 1, words.shape[1]):
                same &= words[open_, more] == words[first, more]
            tail = ending[mark + 1 :]
            place, _ = examples.setdefault(tail, (len(examples), int(part[first])))
            found[open_[same] + start] = place
            open_ = open_[~same]
        alone += (open_ + start).tolist()
    for at in alone:
        text = (text_of or dictionary.text)(int(column[at]))
        tail = text[text.rindex(b'"') + 1 :]
        found[at], _ = examples.setdefault(tail, (len(examples), int(column[at])))
    return [number for _, number in examples.values()], found
