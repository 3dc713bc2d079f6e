"""Closed outlines: shrinking and cutting them, and the rooms for text inside.

Outlines are lists of points, the last joined to the first.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from math import atan2, cos, degrees, radians, sin

from glocal_kg._glocal.butterfly.curves import Box, Line, Point, between, unit


def area(outline: Line) -> float:
    """The signed area inside a closed outline, positive where it runs clockwise on screen.

    >>> area([(0, 0), (2, 0), (2, 2), (0, 2)])
    4.0
    """
    pairs = zip(outline, outline[1:] + outline[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def shrink(outline: Line, distance: float) -> Line:
    """A closed outline moved inward by a distance along its normals.

    Meant for smooth outlines and distances well below their width.

    >>> shrink([(0, 0), (10, 0), (10, 10), (0, 10)], 1)
    [(1.0, 1.0), (9.0, 1.0), (9.0, 9.0), (1.0, 9.0)]
    """
    side = 1.0 if area(outline) > 0 else -1.0
    moved: Line = []
    count = len(outline)
    for number, point in enumerate(outline):
        before, after = outline[number - 1], outline[(number + 1) % count]
        one = unit(before, point)
        two = unit(point, after)
        # The miter grows at sharp corners; beyond 2.5 it would shoot out of narrow tips.
        stretch = 1 / max(0.16, 1 + one[0] * two[0] + one[1] * two[1])
        shift = (-(one[1] + two[1]) * side * stretch, (one[0] + two[0]) * side * stretch)
        moved.append((point[0] + shift[0] * distance, point[1] + shift[1] * distance))
    return moved


def cut_left(outline: Line, limit: Callable[[float], float]) -> Line:
    """What of a closed outline lies to the right of a curve that gives an x for each y.

    >>> cut_left([(0, 0), (8, 0), (8, 4), (0, 4)], lambda y: 2)[:3]
    [(8, 0), (8, 4), (2.0, 4.0)]
    """
    inside = [x >= limit(y) for x, y in outline]
    if all(inside) or not any(inside):
        return outline if all(inside) else []
    first = next(i for i in range(len(outline)) if inside[i] and not inside[i - 1])
    around = outline[first:] + outline[: first + 1]
    kept: Line = []
    left_at = 0.0
    for a, b in itertools.pairwise(around):
        within = a[0] >= limit(a[1])
        if within:
            kept.append(a)
        if within != (b[0] >= limit(b[1])):
            crossing = _crossing(a, b, limit)
            if within:
                left_at = crossing[1]
                kept.append(crossing)
            else:
                steps = [left_at + (crossing[1] - left_at) * part / 4 for part in range(1, 4)]
                kept += [(limit(y), y) for y in steps] + [crossing]
    return kept


def _crossing(a: Point, b: Point, limit: Callable[[float], float]) -> Point:
    """Where a segment with one end on each side meets the curve (by halving)."""
    if a[0] < limit(a[1]):
        a, b = b, a
    for _ in range(24):
        middle = between(a, b, 0.5)
        a, b = (middle, b) if middle[0] >= limit(middle[1]) else (a, middle)
    return (round(a[0], 3), round(a[1], 3))


def mirror(line: Line, axis: float) -> Line:
    """The line on the other side of an upright axis.

    >>> mirror([(12, 1)], 10)
    [(8, 1)]
    """
    return [(2 * axis - x, y) for x, y in line]


def turned(line: Line, angle: float) -> Line:
    """The line turned by degrees, clockwise on screen, around the origin.

    >>> [(round(x), round(y)) for x, y in turned([(1, 0), (0, 2)], 90)]
    [(0, 1), (-2, 0)]
    """
    c, s = cos(radians(angle)), sin(radians(angle))
    return [(x * c - y * s, x * s + y * c) for x, y in line]


def lean(outline: Line) -> float:
    """The direction in which an outline is longest, in degrees from -90 to 90.

    >>> lean([(0, 0), (8, 8), (7, 9), (-1, 1)])
    45.0
    """
    count = len(outline)
    mx, my = sum(x for x, _ in outline) / count, sum(y for _, y in outline) / count
    xx = sum((x - mx) ** 2 for x, _ in outline)
    yy = sum((y - my) ** 2 for _, y in outline)
    xy = sum((x - mx) * (y - my) for x, y in outline)
    return round(degrees(atan2(2 * xy, xx - yy)) / 2, 1)


def rooms(outline: Line, rows: int = 56) -> list[Box]:
    """Upright rectangles that lie inside an outline: the widest between each pair of scan lines.

    Text is set in upright boxes, so this list is all that placing it must know: the largest
    box of any shape inside the outline is among these, up to the height of one scan line.

    >>> max(rooms([(0, 0), (8, 0), (8, 4), (0, 4)]), key=lambda box: box.height).width
    8.0
    """
    top = min(y for _, y in outline)
    step = (max(y for _, y in outline) - top) / rows
    if step <= 0:
        return []
    sides = list(zip(outline, outline[1:] + outline[:1], strict=True))
    edges = [_span(sides, top + step * row) for row in range(rows + 1)]
    corners: list[list[float]] = [[] for _ in range(rows)]
    for x, y in outline:
        corners[min(int((y - top) / step), rows - 1)].append(x)
    spans = [
        _without(corners[row], max(one[0], two[0]), min(one[1], two[1]))
        for row, (one, two) in enumerate(itertools.pairwise(edges))
    ]
    found: list[Box] = []
    for first in range(rows):
        (left, right), start = spans[first], top + first * step
        for last in range(first, rows):  # asked a million times a drawing, so without calls
            low, high = spans[last]
            left, right = low if low > left else left, high if high < right else right
            if right <= left:
                break
            found.append(Box(left, start, right - left, (last + 1 - first) * step))
    return found


def _without(corners: list[float], left: float, right: float) -> tuple[float, float]:
    """A span cut where corners of the outline reach into its row, on their nearer side."""
    for x in corners:
        if left < x < right:
            left, right = (x, right) if x - left < right - x else (left, x)
    return left, right


def _span(sides: list[tuple[Point, Point]], y: float) -> tuple[float, float]:
    """The widest stretch inside an outline at one height; empty as (0, 0)."""
    at = y + 1e-7  # never exactly through a corner, where crossings would count twice
    crossings = sorted(
        a[0] + (b[0] - a[0]) * (at - a[1]) / (b[1] - a[1])
        for a, b in sides
        if (a[1] <= at) != (b[1] <= at)
    )
    pairs = list(zip(crossings[::2], crossings[1::2], strict=False))
    return max(pairs, key=lambda pair: pair[1] - pair[0], default=(0.0, 0.0))
