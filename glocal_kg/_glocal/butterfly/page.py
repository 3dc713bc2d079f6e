"""The sheets a map is drawn on: where each part stands and how large its type may be."""

from __future__ import annotations

from dataclasses import dataclass

from glocal_kg._drawing.picture import of_size
from glocal_kg._glocal.butterfly.curves import Box


@dataclass(frozen=True, slots=True)
class Page:
    """Places and type sizes in units; one unit is one pixel where there is no need to enlarge.

    ``type`` is the largest size of the names of trends, ``legible`` the smallest that may be
    shown: where more has to be written than that allows, the whole picture becomes larger.
    """

    width: float
    height: float
    title: Box
    motto: Box
    headings: Box
    wings: Box
    trunk: Box
    flowers: Box
    areas: Box
    note: Box
    type: float
    legible: float


SHEETS = {
    # A4 on its side, to be read from a page.
    "page": Page(
        width=1600,
        height=1131,
        title=Box(80, 24, 1440, 64),
        motto=Box(80, 90, 1440, 42),
        headings=Box(90, 142, 1420, 44),
        wings=Box(50, 196, 1500, 680),
        trunk=Box(708, 246, 184, 620),
        flowers=Box(50, 876, 1500, 156),
        areas=Box(80, 1040, 1440, 40),
        note=Box(80, 1084, 1440, 42),
        type=31,
        legible=18,
    ),
    # A slide of 16 to 9, to be read from the last row of a room.
    "talk": Page(
        width=1920,
        height=1080,
        title=Box(80, 18, 1760, 62),
        motto=Box(80, 82, 1760, 44),
        headings=Box(140, 128, 1640, 48),
        wings=Box(100, 180, 1720, 632),
        trunk=Box(846, 230, 228, 570),
        flowers=Box(40, 804, 1840, 170),
        areas=Box(80, 981, 1760, 46),
        note=Box(80, 1030, 1760, 46),
        type=38,
        legible=24,
    ),
    # Upright, to be read in the hand.
    "phone": Page(
        width=1080,
        height=1220,
        title=Box(30, 20, 1020, 60),
        motto=Box(30, 84, 1020, 40),
        headings=Box(30, 126, 1020, 72),
        wings=Box(10, 204, 1060, 686),
        trunk=Box(430, 254, 220, 626),
        flowers=Box(10, 880, 1060, 190),
        areas=Box(30, 1078, 1020, 44),
        note=Box(30, 1126, 1020, 84),
        type=36,
        legible=24,
    ),
}


def page(size: str) -> Page:
    """The page of a size by name: ``page``, ``talk`` or ``phone``; else ``ParameterError``."""
    return of_size(SHEETS, size)
