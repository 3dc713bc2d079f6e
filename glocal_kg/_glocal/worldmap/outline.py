"""The outline of land and borders, read from the packaged TopoJSON file.

A TopoJSON file holds arcs, each a line in whole numbers of which every point is the step from the
one before; polygons are lists of arcs, a negative number being an arc run backward (~n).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from glocal_kg._glocal.sphere import Floats, cut

_FILE = Path(__file__).with_name("countries-110m.json")

# Lines that are disputed though both sides have a code: Morocco and Western Sahara, Israel and
# Palestine. Where a side has no code (Kosovo, Somaliland, Northern Cyprus) no list is needed.
_DISPUTED = {frozenset({"504", "732"}), frozenset({"275", "376"})}


@dataclass(frozen=True, slots=True)
class Outline:
    """Rings of land, and lines between countries, as arrays (points, 2) of lon and lat.

    ``disputed`` holds borders with a state that not all others recognize, as far as the file
    shows them; other borders are disputed too.
    """

    land: tuple[Floats, ...]
    borders: tuple[Floats, ...]
    disputed: tuple[Floats, ...]


@cache
def outline() -> Outline:
    """The outline of the world, 1:110 million, as Natural Earth has it."""
    topology = json.loads(_FILE.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    land = [
        part
        for geometry in topology["objects"]["land"]["geometries"]
        for ring in _rings(geometry)
        for part in cut_ring(np.vstack([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]))
    ]
    sides: dict[int, list[str]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        for ring in _rings(country):
            for n in ring:
                sides.setdefault(n if n >= 0 else ~n, []).append(country.get("id", ""))
    borders: list[Floats] = []
    disputed: list[Floats] = []
    for n, both in sorted(sides.items()):
        if len(both) == 2:
            doubtful = "" in both or frozenset(both) in _DISPUTED
            (disputed if doubtful else borders).extend(cut(arcs[n]))
    return Outline(tuple(land), tuple(borders), tuple(disputed))


def cut_ring(ring: Floats) -> list[Floats]:
    """The parts of a closed ring on either side of the antimeridian, each closed along it.

    A ring around a pole is closed over the pole, which is a line on the map.

    >>> ring = np.array([[170.0, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]])
    >>> [part[0].tolist() for part in cut_ring(ring)]
    [[-180.0, 0.0], [180.0, 10.0]]
    """
    jumps = np.flatnonzero(np.abs(np.diff(ring[:, 0])) > 180)
    if not len(jumps):
        return [_dense(ring)]
    # Begun after a jump, so that every part runs from edge to edge.
    turned = np.vstack([ring[jumps[0] + 1 : -1], ring[: jumps[0] + 2]])
    found = cut(turned)[:-1]
    first, last = found[0], cut(turned[-2:])[0]
    found[0] = np.vstack([[[-last[-1, 0], last[-1, 1]]], first])
    return [_dense(_closed(part)) for part in found]


def _closed(part: Floats) -> Floats:
    start, end = part[0], part[-1]
    if start[0] == end[0]:
        return np.vstack([part, start])
    pole = -90.0 if part[:, 1].mean() < 0 else 90.0
    return np.vstack([part, [[end[0], pole], [start[0], pole]], start])


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def _dense(line: Floats, most: float = 4.0) -> Floats:
    """The line with points at most so many degrees apart, so that it bends as the map does."""
    steps = np.abs(np.diff(line, axis=0)).max(axis=1)
    parts = [
        np.linspace(line[n], line[n + 1], int(np.ceil(step / most)), endpoint=False)
        for n, step in enumerate(steps.tolist())
        if step > 0
    ]
    return np.vstack([*parts, line[-1:]])
