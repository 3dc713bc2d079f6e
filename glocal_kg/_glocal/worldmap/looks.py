"""How the world map looks: sheets, colors and signs.

The colors of kinds are those of M. Okabe and K. Ito (2008), Color Universal Design, which people
with any color vision tell apart; each kind has a sign and a line pattern of its own as well, so
that it is known in gray print.
"""

from __future__ import annotations

from dataclasses import dataclass

from glocal_kg._drawing.picture import of_size

PAPER, INK, QUIET = "#fcfaf4", "#1c1e26", "#4d505e"
SEA, LAND, COAST, BORDER = "#eef3f6", "#e2ddd0", "#b3ad9c", "#ffffff"
DISPUTED = "#8d8778"
KINDS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
LINES = ("", "7 3", "2 3", "10 3 2 3", "4 2", "12 4")


@dataclass(frozen=True, slots=True)
class PictureSize:
    """The size of the picture, its margin, and the sizes of its type and of its note."""

    width: int
    height: int
    margin: int
    type: float
    note: float


SHEETS = {
    "page": PictureSize(1600, 1000, 50, 21.0, 13.0),  # across a page
    "talk": PictureSize(1920, 1080, 60, 27.0, 16.7),  # a slide of 16 to 9
    "phone": PictureSize(720, 760, 20, 26.0, 18.5),  # in the hand
}


def sheet(size: str) -> PictureSize:
    """The sheet of a size by name; ``ParameterError`` for another name."""
    return of_size(SHEETS, size)


def sign(kind: int, x: float, y: float, r: float) -> str:
    """The path of the sign of a kind, of about the same area for all.

    Disc, square, triangle, diamond, triangle on its point, and cross: as many as there are colors,
    so that no color is needed to tell them apart.
    """
    if kind % 6 == 0:
        r = round(r, 1)
        d = f"{2 * r:.1f}"
        return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {d} 0a{r:.1f} {r:.1f} 0 1 0 -{d} 0Z"
    s = r * (0.89, 1.35, 1.25, 1.35, 1.15)[kind % 6 - 1]
    t = s * 0.4
    corners = (
        ((-s, -s), (s, -s), (s, s), (-s, s)),
        ((0, -s), (s * 0.87, s * 0.5), (-s * 0.87, s * 0.5)),
        ((0, -s), (s, 0), (0, s), (-s, 0)),
        ((0, s), (s * 0.87, -s * 0.5), (-s * 0.87, -s * 0.5)),
        (
            *((-t, -s), (t, -s), (t, -t), (s, -t), (s, t), (t, t)),
            *((t, s), (-t, s), (-t, t), (-s, t), (-s, -t), (-t, -t)),
        ),
    )[kind % 6 - 1]
    return "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners) + "Z"
