"""Distances and lines on the globe: great circles, and straight lines in degrees.

Places are in degrees. Lines are cut where they cross the antimeridian (180 degrees), so that no
line runs back across the whole map.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]
"""Longitude and latitude."""

EARTH_KM = 6371.0088  # mean radius, IUGG


def kilometers(one: Point, other: Point) -> float:
    """The length of the great circle between two places (lon, lat), by the haversine formula.

    >>> round(kilometers((2.3508, 48.8567), (13.3833, 52.5167)))
    876
    """
    (lon, lat), (to_lon, to_lat) = (map(radians, place) for place in (one, other))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def great_circles(starts: Floats, ends: Floats, steps: int) -> Floats:
    """Points along great circles: an array (lines, steps + 1, 2) of longitude and latitude.

    ``starts`` and ``ends`` are arrays (lines, 2). Between opposite places, which many great
    circles join, the line goes over the north pole.
    """
    a, b = _vectors(starts), _vectors(ends)
    along = b - (a * b).sum(axis=1, keepdims=True) * a
    opposite = np.linalg.norm(along, axis=1) < 1e-9
    pole = np.where(np.abs(a[:, 2:]) > 0.999, [1.0, 0.0, 0.0], [0.0, 0.0, 1.0])
    over = pole - (a * pole).sum(axis=1, keepdims=True) * a
    along = np.where(opposite[:, None], over, along)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    angle = np.arctan2(np.linalg.norm(np.cross(a, b), axis=1), (a * b).sum(axis=1))
    turn = angle[:, None, None] * np.linspace(0, 1, steps + 1)[:, None]
    points = a[:, None, :] * np.cos(turn) + along[:, None, :] * np.sin(turn)
    lon = np.degrees(np.arctan2(points[..., 1], points[..., 0]))
    lat = np.degrees(np.arcsin(np.clip(points[..., 2], -1, 1)))
    found = np.stack([lon, lat], axis=-1)
    found[:, 0], found[:, -1] = starts, ends  # not moved by rounding
    return found


def straight_lines(starts: Floats, ends: Floats, steps: int) -> Floats:
    """Points along straight lines in degrees, the shorter way round; shaped as great circles."""
    way = ends - starts
    way[:, 0] = (way[:, 0] + 180) % 360 - 180
    found = starts[:, None, :] + way[:, None, :] * np.linspace(0, 1, steps + 1)[:, None]
    found[..., 0] = (found[..., 0] + 180) % 360 - 180
    found[:, 0], found[:, -1] = starts, ends
    return found


def cut(line: Floats) -> list[Floats]:
    """The parts of a line (points, 2) on either side of the antimeridian.

    >>> [part.tolist() for part in cut(np.array([[170.0, 0.0], [-170.0, 10.0]]))]
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    jumps = np.flatnonzero(np.abs(np.diff(line[:, 0])) > 180)
    parts, start = [], line[:0]
    first = 0
    for jump in jumps.tolist():
        (lon, lat), (to_lon, to_lat) = line[jump].tolist(), line[jump + 1].tolist()
        edge = 180.0 if lon > 0 else -180.0
        rest = abs(edge - lon)
        whole = rest + abs(-edge - to_lon)
        at = lat + (to_lat - lat) * (rest / whole if whole else 0.0)
        parts.append(np.vstack([start, line[first : jump + 1], [[edge, at]]]))
        start, first = np.array([[-edge, at]]), jump + 1
    parts.append(np.vstack([start, line[first:]]))
    return [part for part in parts if len(part) > 1]


def arc(one: Point, other: Point) -> list[list[Point]]:
    """The great circle between two places as points a degree or two apart, cut in parts."""
    steps = max(1, min(90, round(kilometers(one, other) / 200)))
    line = great_circles(np.array([one], np.float64), np.array([other], np.float64), steps)[0]
    return [[(lon, lat) for lon, lat in part.tolist()] for part in cut(line)]


def _vectors(places: Floats) -> Floats:
    lon, lat = np.radians(places[:, 0]), np.radians(places[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
