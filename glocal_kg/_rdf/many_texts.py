"""What some of very many texts have: looked for in all of them at once, not in each in turn."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.sieve import Sieve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_WIDE: Final = 8
"""Letters of a word that are compared, as one number."""
_MASKS: Final = np.array([(1 << 8 * size) - 1 for size in range(_WIDE + 1)], np.uint64)


def lines_with(pattern: re.Pattern[str], lines: str) -> Iterator[int]:
    """The places of the lines in which a pattern begins that fits, each once.

    A pattern that fits a line break may begin in a line that it does not fit alone.

    >>> list(lines_with(re.compile("o|e"), "one\\ntwo\\nsix\\nten"))
    [0, 1, 3]
    """
    line, at, last = 0, 0, -1
    for match in pattern.finditer(lines):
        line += lines.count("\n", at, match.start())
        at = match.start()
        if line != last:
            last = line
            yield line


def lines_having(part: str, lines: str) -> Iterator[int]:
    """The places of the lines that have a part, each once.

    >>> list(lines_having("o", "one\\ntwo\\nsix\\nfoo"))
    [0, 1, 3]
    """
    line, at = 0, 0
    while (found := lines.find(part, at)) >= 0:
        line += lines.count("\n", at, found)
        yield line
        at = lines.find("\n", found)
        if at < 0:
            return


def lines_of_words(words: Iterable[str], lines: str) -> list[int]:
    """The places of the lines that may have one of some words, each once.

    Words and lines are in small letters. A word of ASCII letters stands between any other signs;
    longer ones are told by their first eight letters. All others are looked for within words, too.

    >>> lines_of_words(["the", "città"], "the sea\\na city\\nother\\nle città\\n(the)")
    [0, 3, 4]
    """
    plain = [word.encode() for word in words if word.isascii()]
    rows: list[int] = _lines_of_plain(plain, lines.encode()).tolist()
    others = [re.escape(word) for word in words if not word.isascii()]
    if others and not lines.isascii():
        rows = sorted({*rows, *lines_with(re.compile("|".join(others)), lines)})
    return rows


def _lines_of_plain(words: list[bytes], lines: bytes) -> NDArray[np.intp]:
    look()
    wanted = Sieve([int.from_bytes(word[:_WIDE], "little") for word in words])
    letters = np.frombuffer(b"\n" + lines + b"\n" * _WIDE, np.uint8)
    edges = np.flatnonzero(np.diff(letters - ord("a") < 26)) + 1
    begins, ends = edges[::2], edges[1::2]
    read = np.ndarray((len(letters) - _WIDE + 1,), "<u8", letters.data, strides=(1,))
    found = wanted.places(read[begins] & _MASKS[np.minimum(ends - begins, _WIDE)])
    breaks = np.flatnonzero(letters == ord("\n"))
    return np.unique(breaks.searchsorted(begins[found])) - 1
