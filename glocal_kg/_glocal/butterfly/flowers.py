"""The row of flowers: one for every area of attraction, on a stem above its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin

from glocal_kg._glocal.butterfly.curves import Box, Line, Point, bezier
from glocal_kg._glocal.butterfly.setting import TextLines, largest, place

PETALS = 6


@dataclass(frozen=True, slots=True)
class Flower:
    """Petals around a heart, a stem down to the label, leaves on it, and the room of the label."""

    petals: tuple[Line, ...]
    heart: tuple[Point, float]
    stem: Line
    leaves: tuple[Line, ...]
    label: Box


def flower_row(
    frame: Box, texts: Sequence[Sequence[TextLines]], above: Sequence[Line], largest_type: float
) -> list[Flower]:
    """Flowers from left to right, in as many rows as let their labels be largest.

    ``above`` are outlines (of wings and body) that no flower may touch; a flower of the first
    row grows as high as they let it, within reason.
    """
    if not texts:
        return []
    plans = [_slots(frame, len(texts), rows) for rows in range(1, ceil(len(texts) / 4) + 1)]

    def size(slots: list[tuple[Box, Box]]) -> float:
        fits = (largest(ways, [slot[1]]) for ways, slot in zip(texts, slots, strict=True))
        return min(largest_type, *fits)

    slots = max(plans, key=size)  # of equals the first: the fewest rows
    type_size = size(slots)
    # Names that need less than the height kept for them leave it to the stems.
    needed = max(
        place(ways, [label], type_size, air=1.0).lines.height * type_size
        for ways, (_, label) in zip(texts, slots, strict=True)
    )
    found = []
    for bloom, label in slots:
        spare = label.height - needed
        bloom = Box(bloom.x, bloom.y, bloom.width, bloom.height + spare)
        label = Box(label.x, label.y + spare, label.width, needed + 1)
        found.append(_flower(bloom, label, frame, above))
    return found


def _slots(frame: Box, count: int, rows: int) -> list[tuple[Box, Box]]:
    """For each flower the box it blooms in and, below, the box of its label."""
    columns = ceil(count / rows)
    height, width = frame.height / rows, frame.width / columns
    found = []
    for number in range(count):
        row, column = divmod(number, columns)
        here = min(columns, count - row * columns)
        left = frame.center[0] - here * width / 2 + column * width
        top = frame.y + row * height
        bloom = Box(left, top, width, height * 0.56)
        found.append((bloom, Box(left + 8, bloom.bottom, width - 16, height * 0.42)))
    return found


def _flower(bloom: Box, label: Box, frame: Box, above: Sequence[Line]) -> Flower:
    x = bloom.center[0]
    radius = min(bloom.height * 0.27, bloom.width * 0.3, 34.0)
    top = bloom.y + radius
    if bloom.y == frame.y:  # only the first row has air above it
        reach = [y for line in above for px, y in line if abs(px - x) < radius * 1.5]
        ceiling = max(reach, default=bloom.y) + radius * 1.5
        middle = frame.center[0]
        rise = radius * 3.2 * min(1.0, abs(x - middle) / (frame.width / 2) * 1.1) ** 2
        top = max(ceiling, top - rise)
    top = min(top, bloom.bottom - radius * 1.15)
    foot = label.y - 2
    sway = radius * 0.35 * (1 if x < frame.center[0] else -1)
    stem = bezier([(x, foot), (x + sway, foot - 8), (x + sway, top + radius), (x, top)], 6)
    leaves = tuple(
        _leaf(stem[2 if side < 0 else 3], side, min(radius * 0.8, (foot - top) * 0.4))
        for side in (-1, 1)
        if foot - top > radius * 1.4
    )
    return Flower(
        tuple(_petal((x, top), radius, 2 * pi * i / PETALS) for i in range(PETALS)),
        ((x, top), radius * 0.3),
        stem,
        leaves,
        label,
    )


def _petal(center: Point, radius: float, angle: float) -> Line:
    shape = [(0.12, 0.0), (0.45, 0.42), (1.02, 0.40), (1.0, 0.0)]
    half = bezier([(x * radius, y * radius) for x, y in shape], 6)
    around = half + [(x, -y) for x, y in reversed(half[1:-1])]
    return [
        (
            center[0] + x * sin(angle) + y * cos(angle),
            center[1] - x * cos(angle) + y * sin(angle),
        )
        for x, y in around
    ]


def _leaf(root: Point, side: int, length: float) -> Line:
    upper = bezier([(0, 0), (0.2, -0.45), (0.7, -0.6), (1, -0.55)], 3)
    lower = bezier([(1, -0.55), (0.9, -0.1), (0.4, 0.05), (0, 0)], 3)
    return [(root[0] + side * x * length, root[1] + y * length) for x, y in upper + lower[1:-1]]
