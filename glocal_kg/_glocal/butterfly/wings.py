"""The wings: their outline, the cells between the veins, the spots along the rim.

A wing is two surfaces, a forewing and a hindwing, each stretched between four curves. Veins are
lines of equal share across the surface, so any number of trends gets its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, exp, hypot, pi

from glocal_kg._glocal.butterfly.curves import Box, CurvePatch, Line, Point, bezier, even
from glocal_kg._glocal.butterfly.outlines import cut_left, mirror, shrink

# Control points of a right wing: x from the axis (0) to the tip (1), y from top (0) to foot (1).
# Each surface: its upper edge, its lower edge, its rim from top to foot (two curves).
# fmt: off
_FOREWING: tuple[list[Point], ...] = (
    [(0.05, 0.32), (0.13, 0.13), (0.44, 0.04), (0.93, 0.0)],
    [(0.05, 0.435), (0.30, 0.49), (0.60, 0.55), (0.86, 0.535)],
    [(0.93, 0.0), (1.04, -0.01), (1.0, 0.15), (0.965, 0.23),
     (0.93, 0.32), (0.95, 0.52), (0.86, 0.535)],
)
_HINDWING: tuple[list[Point], ...] = (
    [(0.05, 0.435), (0.30, 0.49), (0.58, 0.55), (0.80, 0.545)],
    [(0.065, 0.70), (0.09, 0.82), (0.14, 0.93), (0.28, 0.965)],
    [(0.80, 0.545), (0.925, 0.585), (0.92, 0.79), (0.76, 0.87),
     (0.60, 0.95), (0.41, 1.03), (0.28, 0.965)],
)
# fmt: on
_ROOT, _RIM = 0.05, 0.925  # cells lie between these shares; the rest is dark
_TAIL_AT = 0.55  # share of the rim of the hindwing
_VEIN = 9.0  # half the dark line between two cells, where there is room for it


@dataclass(frozen=True, slots=True)
class Wing:
    """One side of the butterfly: dark surfaces, the cells on them, light spots on the rim."""

    outlines: tuple[Line, ...]
    spots: tuple[tuple[Point, float], ...]
    cells: tuple[Line, ...]
    plain: tuple[Line, ...]
    rounding: float
    """Cells are drawn with a line of their own color around them, which rounds their corners."""

    def mirrored(self, axis: float) -> Wing:
        """The wing on the other side."""
        return Wing(
            tuple(mirror(line, axis) for line in self.outlines),
            tuple((mirror([point], axis)[0], radius) for point, radius in self.spots),
            tuple(mirror(line, axis) for line in self.cells),
            tuple(mirror(line, axis) for line in self.plain),
            self.rounding,
        )


def wing(half: Box, weights: Sequence[float], trunk: Callable[[float], float]) -> Wing:
    """A right wing in a box whose left side is the axis of the body.

    ``weights`` gives the width of each cell at the rim relative to its neighbors, from the top
    of the forewing to the foot of the hindwing; without weights the surfaces stay plain.
    ``trunk`` tells for a height how far the body reaches to the side: no cell goes below it.
    """
    fore, hind = _surfaces(half)
    first = round(len(weights) * 0.6)
    cells: list[Line] = []
    plain: list[Line] = []
    vein = min(_vein(fore, first), _vein(hind, len(weights) - first))
    for surface, shares in ((fore, weights[:first]), (hind, weights[first:])):
        found = _cells(surface, shares or [1.0], vein, half.x, trunk)
        if shares:
            cells += found
        else:
            plain += found
    return Wing(*_dark(half), tuple(cells), tuple(plain), vein * 0.55)


# What is the same whatever the weights, which are tried many times.
@lru_cache(maxsize=8)
def _surfaces(half: Box) -> tuple[CurvePatch, CurvePatch]:
    return _surface(_FOREWING, half), _surface(_HINDWING, half)


@lru_cache(maxsize=8)
def _dark(half: Box) -> tuple[tuple[Line, ...], tuple[tuple[Point, float], ...]]:
    """The dark outlines, and the spots on them."""
    fore, hind = _surfaces(half)
    unit = half.height / 690
    outlines = (
        _outline(hind, waves=6, depth=4 * unit, tail=44 * unit),
        _outline(fore, waves=4, depth=1.5 * unit, tail=0),
    )
    return outlines, (*_spots(fore, 13, unit), *_spots(hind, 13, unit))


def _surface(curves: tuple[list[Point], ...], half: Box) -> CurvePatch:
    top, bottom, rim = (
        even(bezier([(half.x + x * half.width, half.y + y * half.height) for x, y in c], 80), 60)
        for c in curves
    )
    return CurvePatch(top, bottom, [top[0], bottom[0]], rim)


def _start(count: int) -> float:
    """Where cells begin: many veins would run into one near the body, so those begin later."""
    return _ROOT + 0.014 * max(0, count - 5)


def _vein(surface: CurvePatch, count: int) -> float:
    """Half the dark line between the cells of a surface."""
    start = _start(count)
    narrow = (surface.at(start, 1)[1] - surface.at(start, 0)[1]) / max(1, count)
    return min(_VEIN, narrow * 0.24)


def _cells(
    surface: CurvePatch,
    weights: Sequence[float],
    vein: float,
    axis: float,
    trunk: Callable[[float], float],
) -> list[Line]:
    total, found, share = sum(weights), [], 0.0
    for weight in weights:
        end = share + weight / total
        outline = surface.cell((_start(len(weights)), _RIM), (share, end))
        inset = shrink(outline, vein)
        found.append(cut_left(inset, lambda y: axis + trunk(y) + 10))
        share = end
    return found


def _outline(surface: CurvePatch, waves: int, depth: float, tail: float) -> Line:
    """The dark surface: its rim runs in waves, and the hindwing has a tail."""
    rim: Line = []
    for step in range(141):
        v = step / 140
        x, y = surface.at(1, v)
        before, after = surface.at(1, max(0.0, v - 0.02)), surface.at(1, min(1.0, v + 0.02))
        length = hypot(after[0] - before[0], after[1] - before[1])
        out = ((after[1] - before[1]) / length, -(after[0] - before[0]) / length)
        fade = min(1.0, v / 0.1, (1 - v) / 0.1)  # no wave at the ends, where surfaces meet
        wave = depth * fade * cos(2 * waves * pi * v)
        drop = tail * exp(-(((v - _TAIL_AT) / 0.045) ** 2))
        rim.append((x + out[0] * (wave + drop), y + out[1] * (wave + drop) + 0.6 * drop))
    return surface.top[:-1:3] + rim + surface.bottom[-2::-3] + surface.near[-2:0:-1]


def _spots(surface: CurvePatch, count: int, unit: float) -> list[tuple[Point, float]]:
    """Light spots along the rim, smaller toward its foot."""
    return [
        (surface.at(0.964, (i + 0.8) / (count + 1.4)), (6.2 - 3.0 * i / count) * unit)
        for i in range(count)
    ]
