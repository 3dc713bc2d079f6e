"""Trends in the cells of both wings: how wide each cell, how large the type, level or aslant.

Names stand level while that leaves them readable. Where there are many, cells become thin and
fan out, and names run along them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from glocal_kg._glocal.butterfly.curves import Box, Line
from glocal_kg._glocal.butterfly.outlines import area, lean, rooms, shrink, turned
from glocal_kg._glocal.butterfly.setting import TextBlock, TextLines, balance, largest, place
from glocal_kg._glocal.butterfly.wings import Wing, wing

Labels = Sequence[Sequence[TextLines]]
"""For each trend of a wing, the ways to break its label."""


@dataclass(frozen=True, slots=True)
class WingCells:
    """A wing and the names in its cells, in order."""

    wing: Wing
    names: tuple[TextBlock, ...]


def sides(
    frame: Box,
    left: Labels,
    right: Labels,
    trunk: Callable[[float], float],
    most: float,
    legible: float,
) -> tuple[WingCells, WingCells]:
    """Both wings in a frame, with all names in one size of type.

    ``trunk`` tells how far the body reaches at a height, ``most`` is the largest size of type,
    ``legible`` the smallest that is good to read.
    """
    level = _both(frame, left, right, trunk, most, aslant=False)
    if _size(level) >= legible:
        return level
    aslant = _both(frame, left, right, trunk, most, aslant=True)
    return aslant if _size(aslant) > 1.2 * _size(level) else level


def _size(both: tuple[WingCells, WingCells]) -> float:
    return min((name.size for side in both for name in side.names), default=1e9)


def _both(
    frame: Box,
    left: Labels,
    right: Labels,
    trunk: Callable[[float], float],
    most: float,
    aslant: bool,
) -> tuple[WingCells, WingCells]:
    axis = frame.center[0]
    half = Box(axis, frame.y, frame.width / 2, frame.height)

    def build(*texts: Labels) -> Wing:
        """One wing for the labels of one side, or of both where they are as many."""

        def sizes(weights: list[float]) -> list[float]:
            free = [_room(cell, aslant, rows=30) for cell in wing(half, weights, trunk).cells]
            return [min(largest(labels[i], free[i]) for labels in texts) for i in range(len(free))]

        return wing(half, balance(len(texts[0]), sizes, most), trunk)

    if len(left) == len(right):
        both = build(left, right)
        wings = (both.mirrored(axis), both)
    else:
        wings = (build(left).mirrored(axis), build(right))
    free = [[_room(cell, aslant) for cell in side.cells] for side in wings]
    fits = [
        largest(ways, room)
        for labels, side in zip((left, right), free, strict=True)
        for ways, room in zip(labels, side, strict=True)
    ]
    size = min([most, *fits])

    def set_names(number: int, labels: Labels) -> WingCells:
        cells = zip(labels, free[number], wings[number].cells, strict=True)
        names = (_set(ways, room, size, cell, aslant) for ways, room, cell in cells)
        return WingCells(wings[number], tuple(names))

    return set_names(0, left), set_names(1, right)


def _room(cell: Line, aslant: bool, rows: int = 56) -> list[Box]:
    """Where text may stand in a cell; for text aslant, in a plane turned back by its lean."""
    return room_in(turned(cell, -lean(cell)) if aslant else cell, rows)


def _set(
    ways: Sequence[TextLines], free: list[Box], size: float, cell: Line, aslant: bool
) -> TextBlock:
    block = place(ways, free, size, air=1.1)
    if not aslant:
        return block
    angle = lean(cell)
    ((x, y),) = turned([(block.x, block.y)], angle)
    return replace(block, x=x, y=y, turn=angle)


def room_in(cell: Line, rows: int = 56) -> list[Box]:
    """Where text may stand in a cell: everywhere but close to its edge."""
    across = max(x for x, _ in cell) - min(x for x, _ in cell)
    down = max(y for _, y in cell) - min(y for _, y in cell)
    thick = max(1.0, abs(area(cell)) / max(across, down))
    # A thin cell that runs aslant needs scan lines close enough to find its small rooms.
    fine = min(160, max(rows, int(6 * down / thick)))
    return rooms(shrink(cell, min(5.0, thick * 0.08)), fine)
