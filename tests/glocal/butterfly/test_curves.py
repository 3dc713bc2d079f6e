"""Geometry: rooms stay inside, outlines shrink, cuts hold."""

from __future__ import annotations

from math import cos, pi, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal_kg._glocal.butterfly.curves import CurvePatch, Line, Point, number, smooth
from glocal_kg._glocal.butterfly.outlines import area, cut_left, mirror, rooms, shrink


def inside(point: Point, outline: Line) -> bool:
    """Ray casting."""
    x, y = point
    hits = 0
    for a, b in zip(outline, outline[1:] + outline[:1], strict=True):
        if (a[1] > y) != (b[1] > y):
            hits += x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
    return hits % 2 == 1


@st.composite
def stars(draw: st.DrawFn) -> Line:
    """Outlines around a center, some of them with bays."""
    radii = draw(st.lists(st.floats(20, 100), min_size=5, max_size=12))
    return [
        (radius * cos(2 * pi * i / len(radii)), radius * sin(2 * pi * i / len(radii)))
        for i, radius in enumerate(radii)
    ]


@settings(max_examples=40, deadline=None)
@given(stars())
def test_rooms_lie_inside(outline: Line) -> None:
    found = rooms(outline, 24)
    assert found
    for box in found:
        assert not any(
            box.x + 1e-6 < x < box.right - 1e-6 and box.y + 1e-6 < y < box.bottom - 1e-6
            for x, y in outline
        )
        if box.width > 1:
            for x in (box.x + 0.5, box.center[0], box.right - 0.5):
                for y in (box.y + 1e-6, box.center[1], box.bottom - 1e-6):
                    assert inside((x, y), outline)


def test_rooms_of_a_flat_outline() -> None:
    assert rooms([(0, 0), (5, 0), (9, 0)]) == []


def test_the_largest_room_of_a_circle_is_its_square() -> None:
    circle = [(100 * cos(t / 60 * pi), 100 * sin(t / 60 * pi)) for t in range(120)]
    best = max(rooms(circle), key=lambda box: min(box.width, box.height))
    assert min(best.width, best.height) == pytest.approx(141, abs=6)


@settings(max_examples=40, deadline=None)
@given(st.floats(40, 200), st.floats(40, 200), st.floats(1, 9))
def test_shrinking_keeps_the_distance(width: float, height: float, distance: float) -> None:
    around = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    for outline in (around, around[::-1]):
        expected = (width - 2 * distance) * (height - 2 * distance)
        assert abs(area(shrink(outline, distance))) == pytest.approx(expected)


def test_a_patch_meets_its_four_lines() -> None:
    patch = CurvePatch(
        [(0, 0), (5, -2), (10, 0)],
        [(0, 10), (5, 9), (10, 12)],
        [(0, 0), (0, 10)],
        [(10, 0), (10, 12)],
    )
    assert patch.at(0.5, 0) == pytest.approx((5, -2))
    assert patch.at(0.5, 1) == pytest.approx((5, 9))
    assert patch.at(0, 0.5) == pytest.approx((0, 5))
    assert patch.at(1, 0.5) == pytest.approx((10, 6))


def test_cutting_leaves_what_is_right_of_the_curve() -> None:
    outline = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]
    cut = cut_left(outline, lambda y: 3 + y / 9)
    assert all(x >= 3 + y / 9 - 1e-3 for x, y in cut)
    assert area(cut) == pytest.approx(81 - 9 * 3.5, rel=1e-3)
    assert cut_left(outline, lambda y: -1.0) == outline
    assert cut_left(outline, lambda y: 10.0) == []


def test_mirror_is_its_own_inverse() -> None:
    line = [(1.0, 2.0), (3.0, 5.0)]
    assert mirror(mirror(line, 7), 7) == line


def test_corners_stay_corners() -> None:
    # The handles at a right angle lie on its two sides: nothing bulges beyond the square.
    path = smooth([(0, 0), (10, 0), (10, 10), (0, 10)], closed=True)
    assert path.startswith("M0 0C1.7 0 8.3 0 10 0C10 1.7")
    assert path.endswith("Z")


def test_numbers_are_short_and_never_minus_zero() -> None:
    assert [number(value) for value in (-0.01, 10.0, 2.25, -3.14)] == ["0", "10", "2.2", "-3.1"]
