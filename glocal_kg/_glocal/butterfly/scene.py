"""A drawing as plain values: shapes, texts, and the elements of the map they stand for.

The layout makes a scene, the writer turns it into SVG. Colors are names of the palette.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from glocal_kg._glocal.butterfly.content import Element
from glocal_kg._glocal.butterfly.curves import Box, Line, Point, smooth
from glocal_kg._glocal.butterfly.setting import Block


@dataclass(frozen=True, slots=True)
class Shape:
    """A path, filled, drawn as a line, or both, in colors of the palette."""

    path: str
    fill: str = ""
    stroke: str = ""
    width: float = 0.0


def area_of(line: Line, fill: str, rounding: float = 0.0) -> Shape:
    """A closed shape; ``rounding`` draws a line of its own color around it."""
    return Shape(smooth(line, closed=True), fill, fill if rounding else "", 2 * rounding)


def stroke_of(line: Line, stroke: str, width: float) -> Shape:
    """An open line."""
    return Shape(smooth(line), "", stroke, width)


def disc(center: Point, radius: float, fill: str) -> Shape:
    """A circle.

    >>> disc((10, 10), 5, "ink").path
    'M5 10a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z'
    """
    x, y, r, d = (f"{value:.4g}" for value in (center[0] - radius, center[1], radius, 2 * radius))
    return Shape(f"M{x} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z", fill)


def together(shapes: Iterable[Shape]) -> Shape:
    """Shapes of one look as a single path.

    >>> together([Shape("M0 0H1", "ink"), Shape("M5 5H6", "ink")]).path
    'M0 0H1M5 5H6'
    """
    listed = list(shapes)
    return replace(listed[0], path="".join(shape.path for shape in listed))


@dataclass(frozen=True, slots=True)
class Lettering:
    """A block of text in one color, with the language tag of its words."""

    block: Block
    color: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One element of the map as drawn, and the room its text keeps to."""

    element: Element
    text: Lettering
    shapes: tuple[Shape, ...] = ()
    cell: Line | Box | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One component of the map: its heading, and its elements in order."""

    name: str
    label: str
    heading: Figure | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing of ``width`` times ``height`` units.

    ``enlarge`` is how many pixels a unit must get so that the smallest name stays readable: 1
    for maps of common size, more where there is much to write.
    """

    width: float
    height: float
    title: str
    description: str
    language: str
    backdrop: tuple[Shape, ...]
    texts: tuple[Lettering, ...]
    parts: tuple[Part, ...]
    enlarge: float = 1.0

    def figures(self) -> list[Figure]:
        """Everything that stands for a node of the graph, in reading order."""
        found = []
        for part in self.parts:
            found += ([part.heading] if part.heading else []) + list(part.figures)
        return found

    def blocks(self) -> list[Block]:
        """Every text of the drawing."""
        return [text.block for text in (*self.texts, *(f.text for f in self.figures()))]
