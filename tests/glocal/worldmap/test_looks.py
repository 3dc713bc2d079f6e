"""The colors of kinds, as people with each kind of color vision see them, and in gray print."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from glocal_kg._glocal.worldmap import looks

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes (2009), A physiologically-based model for
# simulation of color vision deficiency, IEEE TVCG 15, 1291-1298: severity 1.0, linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip


def linear(color: str) -> np.ndarray:
    part = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB (D65)."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
def test_the_first_four_kinds_are_told_apart_with_any_color_vision(vision):
    seen = [lab(VISION[vision] @ linear(color)) for color in looks.KINDS[:4]]
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(one - other) > 15


@pytest.mark.parametrize("vision", VISION)
def test_every_kind_stands_out_from_land_and_sea(vision):
    for ground in (looks.LAND, looks.SEA):
        for color in looks.KINDS[:4]:
            apart = lab(VISION[vision] @ linear(color)) - lab(VISION[vision] @ linear(ground))
            assert np.linalg.norm(apart) > 25


def test_type_has_a_contrast_of_four_and_a_half():
    def luminance(color: str) -> float:
        return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(color))

    for ink in (looks.INK, looks.QUIET):
        assert (luminance(looks.PAPER) + 0.05) / (luminance(ink) + 0.05) > 4.5
