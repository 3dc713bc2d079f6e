"""Dates and dateTimes as most are written, read in columns from the bytes of their texts.

Four digits of a year, a clock of at most six digits behind the second, ``Z`` or an offset or
nothing at the end. All others, and those that no calendar has, are left to :mod:`.times`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.sparql.typed_tails import TypedTail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Numbers: TypeAlias = NDArray[np.int64]
    Truths: TypeAlias = NDArray[np.bool_]

FRACTION: Final = 6
"""Digits behind a second."""
SECOND: Final = 10**FRACTION
"""Units of a second: what times are counted in."""
MINUTE, DAY = 60 * SECOND, 86_400 * SECOND
_DATE, _MOMENT = TypedTail("date"), TypedTail("dateTime")
_DATE_SIZE, _CLOCK_SIZE, _OFFSET = 10, 19, 6
_WIDTH: Final = _CLOCK_SIZE + 1 + FRACTION + _OFFSET
"""Letters of the longest that is read here."""


class ShortTimes:
    """The dates and dateTimes among some texts.

    ``at`` are their places among these, ``dates`` tells which are dates; ``units`` is the moment
    at which each begins, in ``SECOND`` parts from 1970 on, that of its zone where it has one, and
    ``zones`` the offset in minutes, NaN where there is none.
    """

    __slots__ = ("at", "dates", "units", "zones")

    def __init__(
        self,
        endings: NDArray[np.uint8],
        lengths: Numbers,
        beginnings: Callable[[NDArray[np.intp], int], NDArray[np.uint8]],
    ) -> None:
        """``beginnings`` gives so many first bytes of the texts at some places, row by row."""
        of_type = np.zeros((2, len(endings)), bool)
        of_type[0, _DATE.rows(endings)] = of_type[1, _MOMENT.rows(endings)] = True
        at = np.flatnonzero(of_type.any(axis=0))
        dates = of_type[0, at]
        sizes = lengths[at] - np.where(dates, _DATE.size, _MOMENT.size) - 1
        short = (sizes >= _DATE_SIZE) & (sizes <= _WIDTH)
        at, dates, sizes = at[short], dates[short], sizes[short]
        # A column for each text, behind its quotation mark.
        letters = np.ascontiguousarray(beginnings(at, _WIDTH + 1).T[1:])
        right, rest, zones = _zones(letters, sizes)
        units, of_calendar = _days(letters)
        clock, of_clock = _clock(letters, rest)
        right &= of_calendar & np.where(dates, rest == _DATE_SIZE, of_clock)
        units *= DAY
        units += np.where(dates, 0, clock)
        zoned = ~np.isnan(zones)
        units[zoned] -= zones[zoned].astype(np.int64) * MINUTE
        self.at, self.dates = at[right], dates[right]
        self.units, self.zones = units[right], zones[right]


def _digits(letters: NDArray[np.uint8], *places: int) -> tuple[Numbers, Truths]:
    """The number that some letters write, and whether all are digits."""
    number, right = np.zeros(letters.shape[1], np.int64), np.ones(letters.shape[1], bool)
    for place in places:
        digit = letters[place] - np.uint8(ord("0"))
        right &= digit < 10
        number = 10 * number + digit
    return number, right


def _days(letters: NDArray[np.uint8]) -> tuple[Numbers, Truths]:
    """The days from 1970 on of what begins with a date, and whether it does."""
    year, right = _digits(letters, 0, 1, 2, 3)
    month, of_month = _digits(letters, 5, 6)
    day, of_day = _digits(letters, 8, 9)
    right &= of_month & of_day & (letters[4] == ord("-")) & (letters[7] == ord("-"))
    right &= (month >= 1) & (month <= 12)
    months = 12 * (year - 1970) + np.where(right, month - 1, 0)
    first, behind = _first_days(months), _first_days(months + 1)
    right &= (day >= 1) & (day <= behind - first)
    return first + day - 1, right


def _first_days(months: Numbers) -> Numbers:
    """The days from 1970 on to the first of each month, counted from there, too."""
    days: Numbers = months.astype("M8[M]").astype("M8[D]").astype(np.int64)
    return days


def _clock(letters: NDArray[np.uint8], rest: Numbers) -> tuple[Numbers, Truths]:
    """The time of the day behind a date, in units, and whether there is one and no more.

    ``rest`` are the letters of each without its zone.
    """
    hour, right = _digits(letters, 11, 12)
    minute, of_minute = _digits(letters, 14, 15)
    second, of_second = _digits(letters, 17, 18)
    right &= of_minute & of_second & (hour < 24) & (minute < 60) & (second < 60)
    right &= (letters[10] == ord("T")) & (letters[13] == ord(":")) & (letters[16] == ord(":"))
    units = (3600 * hour + 60 * minute + second) * SECOND
    longest = int(rest.max(initial=0))
    if longest > _CLOCK_SIZE:
        worth = SECOND
        for place in range(_CLOCK_SIZE + 1, min(longest, _CLOCK_SIZE + 1 + FRACTION)):
            worth //= 10
            digit = letters[place] - np.uint8(ord("0"))
            inside = rest > place
            right &= ~inside | (digit < 10)
            units += np.where(inside, digit, 0).astype(np.int64) * worth
        right &= (rest == _CLOCK_SIZE) | (
            (letters[_CLOCK_SIZE] == ord("."))
            & (rest > _CLOCK_SIZE + 1)
            & (rest <= _CLOCK_SIZE + 1 + FRACTION)
        )
    return units, right & (rest >= _CLOCK_SIZE)


def _zones(
    letters: NDArray[np.uint8], sizes: Numbers
) -> tuple[Truths, Numbers, NDArray[np.float64]]:
    """Whether the ends of texts are right, their sizes without zones, and the zones in minutes."""
    columns = np.arange(len(sizes))
    utc = letters[sizes - 1, columns] == ord("Z")
    tail = letters[np.maximum(sizes - _OFFSET, 0) + np.arange(_OFFSET)[:, None], columns]
    offset = ((tail[0] == ord("+")) | (tail[0] == ord("-"))) & (tail[3] == ord(":"))
    offset &= sizes >= _DATE_SIZE + _OFFSET
    zones = np.where(utc, 0.0, np.nan)
    right = np.ones(len(sizes), bool)
    if offset.any():
        hours, of_hours = _digits(tail, 1, 2)
        minutes, of_minutes = _digits(tail, 4, 5)
        far = 60 * hours + minutes
        right = ~offset | (of_hours & of_minutes & (minutes < 60) & (far <= 14 * 60))
        zones[offset] = np.where(tail[0] == ord("-"), -far, far)[offset]
    return right, sizes - np.where(offset, _OFFSET, 0) - utc, zones


def calendar(units: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Year, month and day of moments.

    >>> [part.tolist() for part in calendar(np.array([0, -DAY]))]
    [[1970, 1969], [1, 12], [1, 31]]
    """
    days = units // DAY
    months = days.astype("M8[D]").astype("M8[M]").astype(np.int64)
    return months // 12 + 1970, months % 12 + 1, days - _first_days(months) + 1
