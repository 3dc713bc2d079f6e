"""The body: head, antennae, and the segments between head and tail."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import dist

from glocal_kg._glocal.butterfly.curves import Box, Line, Point, bezier
from glocal_kg._glocal.butterfly.outlines import shrink

# Half the outline: x in shares of the half width of the body, y from its top (0) to its foot (1).
# fmt: off
_PROFILE: list[Point] = [
    (0.0, 0.0), (0.55, -0.005), (0.93, 0.05), (0.98, 0.17),
    (1.03, 0.32), (1.0, 0.52), (0.95, 0.74),
    (0.91, 0.93), (0.70, 1.0), (0.0, 1.0),
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Body:
    """Outline, head (center and radius), antennae with their tips, and the segments.

    ``rounding`` is how far the corners of the segments are rounded.
    """

    outline: Line
    head: tuple[Point, float]
    antennae: tuple[Line, ...]
    tips: tuple[Point, ...]
    segments: tuple[Line, ...]
    rounding: float

    def reach(self) -> Callable[[float], float]:
        """How far the trunk reaches to each side at a height; 0 above and below it."""
        profile = self.outline[: len(self.outline) // 2 + 1]
        axis = self.head[0][0]
        lowest = list(itertools.accumulate((y for _, y in profile), max))

        def at(y: float) -> float:
            place = bisect_left(lowest, y)  # the first point as low; the line rises at the head
            return _half_width(profile[place - 1 : place + 1] if place else profile, y, axis)

        return at


def body(frame: Box, weights: Sequence[float], antennae: int, tips: float) -> Body:
    """A body in a box that holds trunk and head; antennae reach up and out beyond it.

    ``weights`` gives the height of each cell of the trunk relative to the others (none for a
    plain trunk), ``antennae`` how many feelers there are, ``tips`` the height at which they end.
    """
    axis, half = frame.center[0], frame.width / 2
    radius = half * 0.44
    top = frame.y + radius * 1.75
    height = frame.bottom - top
    profile = [(x * half, top + y * height) for x, y in bezier(_PROFILE, 45)]
    outline = [(axis + x, y) for x, y in profile] + [
        (axis - x, y) for x, y in reversed(profile[1:-1])
    ]
    head = (axis, frame.y + radius)
    gap = min(6.0, height / max(1, len(weights)) * 0.08)
    places = [-1 + 2 * i / max(1, antennae - 1) for i in range(antennae)]
    feelers = tuple(_feeler(head, radius, place, frame.width * 1.34, tips) for place in places)
    return Body(
        outline,
        (head, radius),
        feelers,
        tuple(line[-1] for line in feelers),
        tuple(_segments(profile, axis, weights, gap)),
        gap * 0.5,
    )


def _feeler(head: Point, radius: float, place: float, spread: float, tip: float) -> Line:
    """A feeler that leaves the head steeply and bends outward, so that the middle stays free."""
    x, y = head[0], head[1] - radius * 0.8
    reach, rise = place * spread, tip - y
    return bezier(
        [
            (x + place * radius * 0.35, y),
            (x + reach * 0.30, y + rise * 0.42),
            (x + reach * 0.68, y + rise * 0.62),
            (x + reach, tip),
        ],
        8,
    )


def _segments(
    profile: list[Point], axis: float, weights: Sequence[float], gap: float
) -> list[Line]:
    """The cells of the trunk, from head to tail, with dark rings left between them."""
    top, foot = profile[0][1], profile[-1][1]
    margin = (foot - top) * 0.03
    found, high = [], top + margin
    for weight in weights:
        low = high + (foot - top - 2 * margin) * weight / sum(weights)
        ends = [(_half_width(profile, high), high), (_half_width(profile, low), low)]
        # Points near a corner would trip over it when the outline shrinks.
        side = [
            point
            for point in profile
            if high < point[1] < low and min(dist(point, end) for end in ends) > 3 * gap
        ]
        side = [ends[0], *side, ends[1]]
        around = [(axis + x, y) for x, y in side] + [(axis - x, y) for x, y in reversed(side)]
        found.append(shrink(around, gap))
        high = low
    return found


def _half_width(profile: list[Point], y: float, axis: float = 0.0) -> float:
    for a, b in itertools.pairwise(profile):
        if a[1] <= y <= b[1] and b[1] > a[1]:
            one, two = a[0] - axis, b[0] - axis
            return one + (two - one) * (y - a[1]) / (b[1] - a[1])
    return 0.0
