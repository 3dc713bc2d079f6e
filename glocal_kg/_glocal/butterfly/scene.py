"""A drawing as plain values: shapes, texts, and the elements of the map they stand for.

The layout makes a scene, the writer turns it into SVG. Colors are names of the palette.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from glocal_kg._glocal.butterfly.content import Element
from glocal_kg._glocal.butterfly.curves import Box, Line, Point, smooth
from glocal_kg._glocal.butterfly.setting import TextBlock


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A path, filled, drawn as a line, or both, in colors of the palette."""

    path: str
    fill: str = ""
    stroke: str = ""
    width: float = 0.0


def area_of(line: Line, fill: str, rounding: float = 0.0) -> DrawnPath:
    """A closed shape; ``rounding`` draws a line of its own color around it."""
    return DrawnPath(smooth(line, closed=True), fill, fill if rounding else "", 2 * rounding)


def stroke_of(line: Line, stroke: str, width: float) -> DrawnPath:
    """An open line."""
    return DrawnPath(smooth(line), "", stroke, width)


def disc(center: Point, radius: float, fill: str) -> DrawnPath:
    """A circle.

    >>> disc((10, 10), 5, "ink").path
    'M5 10a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z'
    """
    x, y, r, d = (f"{value:.4g}" for value in (center[0] - radius, center[1], radius, 2 * radius))
    return DrawnPath(f"M{x} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z", fill)


def together(shapes: Iterable[DrawnPath]) -> DrawnPath:
    """Shapes of one look as a single path.

    >>> together([DrawnPath("M0 0H1", "ink"), DrawnPath("M5 5H6", "ink")]).path
    'M0 0H1M5 5H6'
    """
    listed = list(shapes)
    return replace(listed[0], path="".join(shape.path for shape in listed))


@dataclass(frozen=True, slots=True)
class Lettering:
    """A block of text in one color, with the language tag of its words."""

    block: TextBlock
    color: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DrawnElement:
    """One element of the map as drawn, and the room its text keeps to."""

    element: Element
    text: Lettering
    shapes: tuple[DrawnPath, ...] = ()
    cell: Line | Box | None = None


@dataclass(frozen=True, slots=True)
class DrawnComponent:
    """One component of the map: its heading, and its elements in order."""

    name: str
    label: str
    heading: DrawnElement | None
    figures: tuple[DrawnElement, ...]


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
    backdrop: tuple[DrawnPath, ...]
    texts: tuple[Lettering, ...]
    parts: tuple[DrawnComponent, ...]
    enlarge: float = 1.0

    def figures(self) -> list[DrawnElement]:
        """Everything that stands for a node of the graph, in reading order."""
        found = []
        for part in self.parts:
            found += ([part.heading] if part.heading else []) + list(part.figures)
        return found

    def blocks(self) -> list[TextBlock]:
        """Every text of the drawing."""
        return [text.block for text in (*self.texts, *(f.text for f in self.figures()))]
