"""Where the names of places go: beside their signs, never over another name or a large sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glocal_kg._drawing.typeface import face
from glocal_kg._glocal.worldmap.projection import MapFrame


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the sheet: its point, the radius of its sign, its name."""

    x: float
    y: float
    radius: float
    name: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its place: ``x`` is its start, its middle or its end, as ``anchor`` says."""

    text: str
    x: float
    y: float
    anchor: str


def place_labels(spots: Sequence[Spot], frame: MapFrame, size: float, most: int) -> list[Label]:
    """The names of the first spots that find room, at most so many; the first have the choice.

    A name stands to the right of its sign, or to the left, above or below where that is free; it
    lies over no sign of the places that come first.
    """
    signs = [
        (spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius)
        for spot in spots[:most]
    ]
    taken: list[tuple[float, float, float, float]] = []
    found: list[Label] = []
    for spot in spots[: 4 * most]:
        if len(found) == most:
            break
        width = face("semibold").width(spot.name) * size
        gap = spot.radius + size * 0.25
        for anchor, x, y in (
            ("start", spot.x + gap, spot.y + size * 0.35),
            ("end", spot.x - gap, spot.y + size * 0.35),
            ("middle", spot.x, spot.y - gap),
            ("middle", spot.x, spot.y + gap + size * 0.7),
        ):
            left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            box = (left, y - size * 0.8, left + width, y + size * 0.25)
            if _inside(box, frame) and not any(_meet(box, other) for other in (*signs, *taken)):
                taken.append(box)
                found.append(Label(spot.name, x, y, anchor))
                break
    return found


def _inside(box: tuple[float, float, float, float], frame: MapFrame) -> bool:
    return (
        box[0] >= frame.x
        and box[1] >= frame.y
        and box[2] <= frame.x + frame.width
        and box[3] <= frame.y + frame.height
    )


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
