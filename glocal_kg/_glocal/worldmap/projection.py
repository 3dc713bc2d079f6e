"""From the globe to the sheet: the Equal Earth projection, which keeps areas in proportion.

B. Šavrič, T. Patterson, B. Jenny (2019), The Equal Earth map projection, International Journal of
Geographical Information Science 33, 454-465.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from glocal_kg._glocal.sphere import Floats

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(places: Floats) -> Floats:
    """Places (..., 2) in degrees as points on the plane, y upward; the globe is 5.41 wide.

    >>> equal_earth(np.array([[180.0, 0.0], [0.0, 90.0]])).round(4).tolist()
    [[2.7066, 0.0], [0.0, 1.3174]]
    """
    lon, lat = np.radians(places[..., 0]), np.radians(places[..., 1])
    t = np.arcsin(sqrt(3) / 2 * np.sin(lat))
    t2 = t * t
    t6 = t2**3
    below = 3 * (9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1)
    x = 2 * sqrt(3) * lon * np.cos(t) / below
    y = t * (_A4 * t6 * t2 + _A3 * t6 + _A2 * t2 + _A1)
    return np.stack([x, y], axis=-1)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A box of the sheet, and the part of the plane that it shows."""

    x: float
    y: float
    width: float
    height: float
    left: float
    top: float
    scale: float

    def on_sheet(self, places: Floats) -> Floats:
        """Places in degrees as points of the sheet, y downward."""
        plane = equal_earth(places)
        return np.stack(
            [
                self.x + (plane[..., 0] - self.left) * self.scale,
                self.y + (self.top - plane[..., 1]) * self.scale,
            ],
            axis=-1,
        )


def frame_of(box: tuple[float, float, float, float], shown: Floats) -> MapFrame:
    """A frame in a box (x, y, width, height) that shows all of some points of the plane."""
    x, y, width, height = box
    low, high = shown.reshape(-1, 2).min(axis=0), shown.reshape(-1, 2).max(axis=0)
    size = np.maximum(high - low, 0.05)
    scale = float(min(width / size[0], height / size[1]))
    center = (low + high) / 2
    return MapFrame(
        x,
        y,
        width,
        height,
        float(center[0]) - width / scale / 2,
        float(center[1]) + height / scale / 2,
        scale,
    )
