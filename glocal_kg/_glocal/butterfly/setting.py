"""Setting a text: where its lines break, how large it may be in a room, where it then stands."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from glocal_kg._drawing.typeface import ASCENT, DESCENT, LEADING, Typeface
from glocal_kg._glocal.butterfly.curves import Box, Point

_SOFT = "\u00ad"
MOST_LINES = 6
LONGEST = 160
"""Characters of a label that are drawn; the rest stands in the tooltip only."""


@dataclass(frozen=True, slots=True)
class TextLines:
    """A text broken into lines; ``width`` and ``height`` are shares of the size of the type."""

    texts: tuple[str, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max(self.widths)

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return ASCENT + DESCENT + LEADING * (len(self.texts) - 1)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines at their place: type size and the middle of the block, in drawing units.

    ``anchor`` says which part of each line stands on the x of the block: ``middle``, ``start``
    or ``end``. ``turn`` is by how many degrees the block is turned around its x and y; boxes and
    base lines are those before turning.
    """

    lines: TextLines
    size: float
    x: float
    y: float
    weight: str = "regular"
    anchor: str = "middle"
    turn: float = 0.0

    def boxes(self) -> list[Box]:
        """What each line covers, from the top of its letters to the foot of its tails."""
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return [
            Box(
                self.x - shift * width * self.size,
                line - ASCENT * self.size,
                width * self.size,
                (ASCENT + DESCENT) * self.size,
            )
            for width, line in zip(self.lines.widths, self.baselines(), strict=True)
        ]

    def baselines(self) -> list[float]:
        """The y on which each line stands."""
        first = self.y - self.lines.height * self.size / 2 + ASCENT * self.size
        return [first + LEADING * self.size * row for row in range(len(self.lines.texts))]


def breaks(text: str, face: Typeface, most: int = MOST_LINES) -> list[TextLines]:
    """The best ways to set a text in one line, in two lines, and so on.

    Lines break at spaces, after hyphens and slashes, and between ideographs; where a single
    word alone decides the width, a further line brings nothing and is not offered.

    >>> from glocal_kg._drawing.typeface import face
    >>> [ways.texts for ways in breaks("limits of politics", face("regular"))]
    [('limits of politics',), ('limits of', 'politics'), ('limits', 'of', 'politics')]
    """
    found: list[TextLines] = []
    for way in _narrowest(_pieces(" ".join(text.split())), face, most):
        if not found or way.width < found[-1].width - 1e-9:
            found.append(way)
    return found


def shorten(text: str) -> str:
    """The text in one line, cut with an ellipsis where it is longer than ``LONGEST``.

    >>> shorten("a  b")
    'a b'
    """
    flat = " ".join(text.split())
    if len(flat) <= LONGEST:
        return flat
    head = flat[: LONGEST - 1]
    return (head[: head.rfind(" ")] if " " in head[LONGEST // 2 :] else head) + "…"


def _pieces(text: str) -> list[str]:
    """What stays together in a line; a trailing space is part of its piece.

    A soft hyphen (U+00AD) ends a piece too; it is seen only where the line really ends there.
    """
    pieces, piece = [], ""
    for number, character in enumerate(text):
        piece += character
        following = text[number + 1 : number + 2]
        wide = unicodedata.east_asian_width(character) in "WF"
        # A hyphen breaks only between two letters of a word: not in "-5", not before a space.
        joint = character in "-/‐–" and len(piece) > 2 and following.isalpha()
        free = joint or character == _SOFT or (wide and following not in " 、。，）")
        if character == " " or (following and free):
            pieces.append(piece)
            piece = ""
    if piece:
        pieces.append(piece)
    return [part for piece in pieces for part in _cut(piece)] or [""]


def _cut(piece: str, longest: int = 24) -> list[str]:
    """A word so long that no cell could hold it, in parts of nearly the same length."""
    if len(piece) <= longest:
        return [piece]
    count = -(-len(piece) // longest)
    ends = [round(len(piece) * part / count) for part in range(count + 1)]
    cuts = [piece[a:b] for a, b in itertools.pairwise(ends)]
    return [cut + _SOFT for cut in cuts[:-1]] + cuts[-1:]


def _line(pieces: list[str]) -> str:
    """Pieces in one line: soft hyphens vanish inside and show at its end."""
    text = "".join(pieces).rstrip()
    return text.replace(_SOFT, "") + ("-" if text.endswith(_SOFT) else "")


def _narrowest(pieces: list[str], face: Typeface, most: int) -> list[TextLines]:
    """In one line, in two and so on: the longest line as short as can be (dynamic programming)."""
    n = len(pieces)
    # best[k][i]: shortest possible longest line for the first i pieces in k lines, and the cut.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]

    @cache
    def width(first: int, last: int) -> float:
        return face.width(_line(pieces[first:last]))

    def lines(count: int) -> TextLines:
        cuts = [n]
        for row in range(count, 0, -1):
            cuts.append(best[row][cuts[-1]][1])
        spans = list(itertools.pairwise(reversed(cuts)))
        texts = tuple(_line(pieces[a:b]) for a, b in spans)
        return TextLines(texts, tuple(width(a, b) for a, b in spans))

    for row in range(1, min(most, n) + 1):
        best.append(
            {
                i: min((max(best[row - 1][j][0], width(j, i)), j) for j in best[row - 1] if j < i)
                for i in range(row, n + 1)
            }
        )
    return [lines(count) for count in range(1, len(best))]


def largest(ways: Sequence[TextLines], free: Sequence[Box]) -> float:
    """The largest size at which one of the ways to break a text fits into one of the rooms."""
    most = 0.0
    for way in ways:  # asked a million times a drawing, so without calls
        wide, high = way.width or 1e-9, way.height
        for box in free:
            across, down = box.width / wide, box.height / high
            if across > most and down > most:
                most = across if across < down else down
    return most


def balance(count: int, sizes: Callable[[list[float]], list[float]], enough: float) -> list[float]:
    """Weights for neighboring cells that let the smallest of their texts be large.

    ``sizes`` tells for given weights how large the text of each cell may be; larger than
    ``enough`` none need be. A cell whose text could only be small grows and its neighbors pay
    for it, but no more than they must: of all weights that serve, the most even are taken.

    >>> balance(2, lambda weights: [weights[0], weights[1] * 2], enough=0.9)
    [1.0, 1.0]
    """
    weights = even = [1.0] * count
    best = (0.0, weights)
    for _ in range(8):
        found = sizes(weights)
        least = min([enough, *found])
        if least > best[0]:
            best = (least, weights)
        if least >= enough:
            break
        middle = sum(found) / count
        weights = [
            # Between half and double, so that no cell becomes a slit beside a long label.
            min(2.0, max(0.5, weight * (middle / max(size, 0.1)) ** 0.5))
            for weight, size in zip(weights, found, strict=True)
        ]
    for share in (0.25, 0.5, 0.75):
        mixed = [a + share * (b - a) for a, b in zip(even, best[1], strict=True)]
        if min([enough, *sizes(mixed)]) >= 0.96 * best[0]:
            return mixed
    return best[1]


def place(
    ways: Sequence[TextLines],
    free: Sequence[Box],
    size: float,
    air: float = 1.2,
    weight: str = "semibold",
) -> TextBlock:
    """The text at a given size, as near as it can be to the middle of the free room.

    The fewest lines that leave ``air`` (1.2: a fifth more room than the text needs) win; where
    none does, the way and the box that leave most.
    """
    heart = _middle(free)
    for way in ways:
        wide, high, needed = way.width or 1e-9, way.height, size * air
        fit = [box for box in free if box.width / wide >= needed and box.height / high >= needed]
        if fit:
            x, y = min(
                (box.center for box in fit),
                key=lambda at: (round(abs(at[1] - heart[1]) + 0.2 * abs(at[0] - heart[0]), 3), at),
            )
            return TextBlock(way, size, x, y, weight)
    way, box = max(((way, box) for way in ways for box in free), key=lambda pair: _size(*pair))
    return TextBlock(way, size, *box.center, weight)


def _middle(free: Sequence[Box]) -> Point:
    """The center of the largest free rectangle: where an eye looks for the name of a cell."""
    return max(free, key=lambda box: box.width * box.height).center


def _size(way: TextLines, box: Box) -> float:
    return min(box.width / way.width if way.width else 1e9, box.height / way.height)
