"""Plane geometry of the picture: boxes, smooth curves, and surfaces between them.

Points are ``(x, y)`` in drawing units, y downward, as in SVG. Nothing here knows what is drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

Point = tuple[float, float]
Line = list[Point]


class Box(NamedTuple):
    """An upright rectangle from its left top corner.

    >>> Box(0, 0, 10, 5).overlaps(Box(9, 4, 3, 3)), Box(0, 0, 10, 5).overlaps(Box(10, 0, 3, 3))
    (True, False)
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The point in the middle."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    def overlaps(self, other: Box) -> bool:
        """True where the two share an area, however thin; touching sides share none."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """True where the other lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def bezier(points: Sequence[Point], steps: int) -> Line:
    """Points along a chain of cubic Bézier curves: 4 points, then 3 more for each next curve.

    >>> bezier([(0, 0), (0, 1), (1, 1), (1, 0)], 2)
    [(0.0, 0.0), (0.5, 0.75), (1.0, 0.0)]
    """
    curves = (len(points) - 1) // 3
    line: Line = []
    for step in range(steps + 1):
        at = step / steps * curves
        number = min(int(at), curves - 1)
        t = at - number
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        four = points[3 * number : 3 * number + 4]
        line.append(
            (
                sum(w * p[0] for w, p in zip(weights, four, strict=True)),
                sum(w * p[1] for w, p in zip(weights, four, strict=True)),
            )
        )
    return line


def even(line: Line, steps: int) -> Line:
    """The same line by points at equal distances along it.

    >>> even([(0, 0), (10, 0), (10, 10)], 4)
    [(0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (10.0, 5.0), (10.0, 10.0)]
    """
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(line)]
    total, found, passed, number = sum(lengths), [line[0]], 0.0, 0
    for step in range(1, steps):
        goal = total * step / steps
        while number < len(lengths) - 1 and passed + lengths[number] < goal:
            passed += lengths[number]
            number += 1
        found.append(between(line[number], line[number + 1], (goal - passed) / lengths[number]))
    return [(float(x), float(y)) for x, y in [*found, line[-1]]]


def along(line: Line, share: float) -> Point:
    """The point at a share (0 to 1) of a line whose points are at equal distances.

    >>> along([(0, 0), (10, 0), (10, 10)], 0.75)
    (10.0, 5.0)
    """
    at = min(max(share, 0.0), 1.0) * (len(line) - 1)
    number = min(int(at), len(line) - 2)
    return between(line[number], line[number + 1], at - number)


def between(a: Point, b: Point, part: float) -> Point:
    """The point at a share of the way from one point to another."""
    return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)


@dataclass(frozen=True, slots=True)
class CurvePatch:
    """A surface stretched between four lines that meet at the corners (a Coons patch).

    ``top`` and ``bottom`` run from ``near`` to ``far``; ``near`` and ``far`` run from top to
    bottom; the points of each are at equal distances. ``at(u, v)`` goes with u from near (0) to
    far (1), with v from top (0) to bottom (1).
    """

    top: Line
    bottom: Line
    near: Line
    far: Line

    def at(self, u: float, v: float) -> Point:
        """The point of the surface at a pair of shares."""
        top, bottom = along(self.top, u), along(self.bottom, u)
        near, far = along(self.near, v), along(self.far, v)
        a, b, c, d = self.top[0], self.top[-1], self.bottom[0], self.bottom[-1]
        w, z = 1 - u, 1 - v
        x, y = (
            z * top[i] + v * bottom[i] + w * near[i] + u * far[i]
            - (z * (w * a[i] + u * b[i]) + v * (w * c[i] + u * d[i]))
            for i in (0, 1)
        )  # fmt: skip
        return (x, y)

    def cell(self, u: tuple[float, float], v: tuple[float, float], spacing: float = 21) -> Line:
        """The outline of the part between two shares in each direction.

        ``spacing`` is about how far apart its points lie; it should exceed twice the distance
        by which the outline will be shrunk.
        """
        corners = [(u[0], v[0]), (u[1], v[0]), (u[1], v[1]), (u[0], v[1])]
        line: Line = []
        for one, two in zip(corners, corners[1:] + corners[:1], strict=True):
            a, b = self.at(*one), self.at(*two)
            steps = max(1, round(hypot(b[0] - a[0], b[1] - a[1]) / spacing))
            line += [self.at(*between(one, two, step / steps)) for step in range(steps)]
        return line


def smooth(line: Line, closed: bool = False) -> str:
    """SVG path data of a curve through all points (Catmull-Rom, as cubic Béziers).

    Where the line turns by more than about 40 degrees it keeps its corner.

    >>> smooth([(0, 0), (10, 0)])
    'M0 0C1.7 0 8.3 0 10 0'
    """
    count = len(line)
    points = line + line[:1] if closed else line
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for i, (a, b) in enumerate(itertools.pairwise(points)):
        before = line[i - 1] if closed or i > 0 else a
        after = line[(i + 2) % count] if closed or i + 2 < count else b
        if _is_corner(before, a, b):
            before = a
        if _is_corner(a, b, after):
            after = b
        handles = (
            a[0] + (b[0] - before[0]) / 6,
            a[1] + (b[1] - before[1]) / 6,
            b[0] - (after[0] - a[0]) / 6,
            b[1] - (after[1] - a[1]) / 6,
            *b,
        )
        parts.append("C" + " ".join(number(value) for value in handles))
    return "".join(parts) + ("Z" if closed else "")


def _is_corner(a: Point, b: Point, c: Point) -> bool:
    one, two = unit(a, b), unit(b, c)
    return one[0] * two[0] + one[1] * two[1] < 0.77


def number(value: float) -> str:
    """A length as SVG text with one decimal, never as ``-0`` or ``12.0``.

    >>> number(12.04), number(-0.04), number(3.25)
    ('12', '0', '3.2')
    """
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def unit(a: Point, b: Point) -> Point:
    """The direction from one point to another, one unit long."""
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
