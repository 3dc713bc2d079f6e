"""The ties of a world map as paths: one for each kind and strength, for all ties together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glocal_kg._glocal.sphere import Floats, cut, great_circles, straight_lines
from glocal_kg._glocal.worldmap.content import MappedPlace, Tie
from glocal_kg._glocal.worldmap.projection import MapFrame

Tenths = NDArray[np.int64]

# Ties up to so many degrees long are drawn in so many steps: a step of four degrees or so bends by
# a fifth of a unit at most.
_STEPS = ((3.0, 2), (10.0, 4), (20.0, 6), (40.0, 10), (80.0, 20), (360.0, 40))
_FAR = 2000  # steps up to so many tenths are written once for all, which is six times as fast
_WRITTEN = np.array([f" {n}" if n >= 0 else str(n) for n in range(-_FAR, _FAR + 1)], object)
_AT_ONCE = 4096  # lines: so that many ties need little memory at a time
STRENGTHS = (1, 2, 4, 8)
"""Parallel ties are one line, as wide as their number: 1, 2 or 3, 4 to 7, 8 and more."""

TENTHS = 10
"""Points are in whole tenths of a unit, which keeps the file small."""


def tie_paths(
    ties: Sequence[Tie], places: dict[str, MappedPlace], frame: MapFrame, *, straight: bool
) -> dict[tuple[str, int], str]:
    """The path of each kind and strength, in tenths of the units of the sheet."""
    counted = Counter((tie.kind, *sorted((tie.source, tie.target))) for tie in ties)
    pairs = [pair for pair in sorted(counted) if pair[1] != pair[2]]
    if not pairs:
        return {}
    ends = [
        np.array([(places[pair[end]].lon, places[pair[end]].lat) for pair in pairs], np.float64)
        for end in (1, 2)
    ]
    found: dict[tuple[str, int], list[str]] = {}
    for at, path in _paths(ends[0], ends[1], frame, straight):
        pair = pairs[at]
        strength = max(step for step in STRENGTHS if step <= counted[pair])
        found.setdefault((pair[0], strength), []).append(path)
    return {key: "".join(paths) for key, paths in sorted(found.items())}


def _paths(starts: Floats, ends: Floats, frame: MapFrame, straight: bool) -> list[tuple[int, str]]:
    """The path of each line with its number, in the order of the numbers."""
    length = np.abs(ends - starts).max(axis=1)
    line_of = straight_lines if straight else great_circles
    found: dict[int, str] = {}
    shorter = -1.0
    for most, steps in _STEPS:
        chosen = np.flatnonzero((length > shorter) & (length <= most))
        shorter = most
        for first in range(0, len(chosen), _AT_ONCE):
            some = chosen[first : first + _AT_ONCE]
            lines = line_of(starts[some], ends[some], steps)
            found |= dict(zip(some.tolist(), _paths_of(in_tenths(lines, frame)), strict=True))
            across = np.flatnonzero((np.abs(np.diff(lines[..., 0], axis=1)) > 180).max(axis=1))
            found |= dict(zip(some[across].tolist(), _cut_paths(lines[across], frame), strict=True))
    return sorted(found.items())


def _cut_paths(lines: Floats, frame: MapFrame) -> list[str]:
    """The paths of lines that cross the antimeridian, of the parts of each."""
    parts = [(line, part) for line in range(len(lines)) for part in cut(lines[line])]
    found = [""] * len(lines)
    if parts:
        ends = np.cumsum([len(part) for _, part in parts])[:-1]
        points = np.split(in_tenths(np.vstack([part for _, part in parts]), frame), ends)
        for (line, _), part in zip(parts, points, strict=True):
            found[line] += path_of(part)
    return found


def _paths_of(lines: Tenths) -> list[str]:
    """The paths of lines (lines, points, 2) of equally many points, as ``path_of`` writes them."""
    steps = np.diff(lines, axis=1).reshape(len(lines), -1)
    moved = np.asarray(steps.any(axis=1)).tolist()
    return [
        f"M{x} {y}l{told}" if moves else f"M{x} {y}h0"
        for (x, y), told, moves in zip(lines[:, 0].tolist(), _numbers(steps), moved, strict=True)
    ]


def _numbers(rows: Tenths) -> list[str]:
    """Rows of whole numbers, each as text with a space where no minus parts two numbers."""
    if not rows.size or np.abs(rows).max() > _FAR:
        return [" ".join(map(str, row)).replace(" -", "-") for row in rows.tolist()]
    return ["".join(row).lstrip() for row in _WRITTEN[rows + _FAR].tolist()]


def in_tenths(places: Floats, frame: MapFrame) -> Tenths:
    """Places in degrees as points of the sheet, in whole tenths."""
    return np.rint(frame.on_sheet(places) * TENTHS).astype(np.int64)


def path_of(points: Tenths, closed: bool = False) -> str:
    """A line of whole numbers as a path: its first point, then steps."""
    (x, y), steps = points[0].tolist(), np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if not len(steps):
        return f"M{x} {y}h0"
    (told,) = _numbers(steps.reshape(1, -1))
    return f"M{x} {y}l{told}{'Z' if closed else ''}"
