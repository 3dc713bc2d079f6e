"""What terms are worth as numbers, in columns: read once for each term, from its text.

Beside the nearest double there is, for integers and decimals of up to 18 digits, the number
itself: ``units`` of the last place and how many places those are, so that order and sums are
exact and still work on columns. For dates and dateTimes ``units`` are the moment at which they
begin, in microseconds from 1970 on, and the value is their time zone.
"""

from __future__ import annotations

import math
import re
from _thread import allocate_lock
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from pyoxigraph import Literal

from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.term_text import term_of_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.sparql.times import Instant

    Letters = NDArray[np.uint8]
    Numbers = NDArray[np.int64]
    N = TypeVar("N", bound=np.generic)

# What is known of a term without reading it again.
UNREAD, EXACT, INEXACT, SINGLE, NODE, STRING, TAGGED, OTHER, DATE, MOMENT = range(10)
"""Kinds: not looked at; a number that its double equals; one that it only comes near to; an
xsd:float; an IRI or blank node; a string; a text with a language; any other literal; a date and a
dateTime, whose value is the offset of the time zone in minutes, NaN where there is none."""

WHOLE: Final = 64
"""Places of an integer, which has none and, unlike a decimal, says so."""
NONE: Final = -1
"""Places of what is no integer nor decimal, or too long for ``units``."""

NEAR: Final = 1 << 14
"""So many terms are read together: what the processor keeps near."""
FEW: Final = 16
"""So few terms are read from their texts."""
_SAFE: Final = 2**53
_DIGITS: Final = 18  # that an int64 always holds
_FINEST: Final = 6  # digits behind a second
_MICRO: Final = 10**_FINEST  # units of a second
_FAR: Final = 2**62  # units from 1970 on: two moments nearer than that can be subtracted
_FIVES: Final = 5 ** np.arange(_DIGITS + 1)
_SHORT: Final = re.compile(
    r'"([+-]?)([0-9]*)(\.?)([0-9]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#(integer|decimal)>'
)
_USUAL_TIME: Final = re.compile(
    r'"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:(T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?)|)'
    r"(?:(Z)|([+-])(0[0-9]|1[0-3]):([0-5][0-9])|)"
    r'"\^\^<http://www\.w3\.org/2001/XMLSchema#date(Time)?>'
)
_BEGINNING: Final = datetime(1970, 1, 1)


class Worth:
    """Kinds and numeric values of terms by number, read when they are first asked for."""

    def __init__(
        self,
        texts: Callable[[Column], list[str]],
        start: int = 0,
        sorts: Callable[[Column], Letters] | None = None,
        endings: Callable[[Column], tuple[Letters, Numbers]] | None = None,
    ) -> None:
        """``texts`` gives the texts of sorted numbers; the numbers begin at ``start``.

        ``sorts`` and ``endings`` are those of the dictionary, where there is one.
        """
        self._texts = texts
        self._sorts = sorts
        self._endings = endings
        self._start = start
        self._slots = np.zeros(0, np.int32)  # where what is known of a number stands; 0: unread
        self._known = 1
        self._kinds = np.zeros(1, np.uint8)
        self._values = np.zeros(1, np.float64)
        self._units = np.zeros(1, np.int64)
        self._places = np.zeros(1, np.int8)
        self._lock = allocate_lock()  # held by whoever writes

    def of(
        self, column: Column, end: int, check: Callable[[], object] = bool
    ) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        """Kind and value of each number of a column; all are below ``end`` and bound.

        ``check`` is called between parts that are read, and may raise.
        """
        at = self._read(column, end, check)
        return self._kinds[at], self._values[at]

    def exact(
        self, column: Column, end: int, check: Callable[[], object] = bool
    ) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Units and places of each number of such a column."""
        at = self._read(column, end, check)
        return self._units[at], self._places[at]

    def _read(self, column: Column, end: int, check: Callable[[], object]) -> Column:
        """Where in the arrays the numbers of a column stand, which are read if need be."""
        if len(self._slots) < end - self._start:
            with self._lock:
                if len(self._slots) < end - self._start:
                    self._slots = _longer(self._slots, end - self._start + 1024)
        at = column - self._start
        slots = self._slots[at]
        if len(column) and not slots.min():
            if (column[1:] > column[:-1]).all():
                new = column[slots == 0]
            elif 8 * len(column) > len(self._slots):
                held = np.zeros(len(self._slots), bool)
                held[at] = True
                new = (np.flatnonzero(held & (self._slots == 0)) + self._start).astype(np.int32)
            else:
                new = unique(column[slots == 0])
            with self._lock:
                self._make_room(self._known + len(new))
            for start in range(0, len(new), NEAR):
                check()
                self._read_part(new[start : start + NEAR])
            slots = self._slots[at]
        return slots

    def _make_room(self, end: int) -> None:
        """Have room for so many numbers; the lock is held."""
        if end > len(self._kinds):
            size = max(end, 2 * self._known)
            self._kinds, self._values = _longer(self._kinds, size), _longer(self._values, size)
            self._units, self._places = _longer(self._units, size), _longer(self._places, size)

    def _keep(
        self,
        new: Column,
        kinds: NDArray[np.uint8],
        values: NDArray[np.float64],
        units: NDArray[np.int64],
        places: NDArray[np.int8],
    ) -> None:
        """Have what was read of some numbers; the lock is held."""
        first, end = self._known, self._known + len(new)
        self._make_room(end)
        self._kinds[first:end], self._values[first:end] = kinds, values
        self._units[first:end], self._places[first:end] = units, places
        self._known = end
        # Last: another thread may read between the two.
        self._slots[new - self._start] = np.arange(first, end, dtype=np.int32)

    def _read_part(self, new: Column) -> None:
        with self._lock:
            if self._endings is not None and len(new) > FEW:
                new = self._read_columns(new, *self._endings(new))
            if len(new):
                kinds, values, units, places = zip(*map(worth, self._texts(new)), strict=True)
                self._keep(
                    new,
                    np.array(kinds, np.uint8),
                    np.array(values),
                    np.array(units),
                    np.array(places, np.int8),
                )

    def _read_columns(self, new: Column, endings: Letters, lengths: Numbers) -> Column:
        """What bytes tell without a text of each; the numbers of those whose texts are needed."""
        from glocal_kg._rdf.sparql.short_numbers import ShortNumbers

        found = ShortNumbers(endings, lengths)
        exact = found.units % _FIVES.take(found.places) == 0
        kinds = np.where(exact, EXACT, INEXACT).astype(np.uint8)
        places = np.where(found.whole, WHOLE, found.places).astype(np.int8)
        self._keep(new[found.at], kinds, found.values, found.units, places)
        left = np.ones(len(new), bool)
        left[found.at] = False
        if not left.any():
            return new[:0]
        # Of what is no short number the first and the last letter tell, unless it has a type.
        assert self._sorts is not None
        new, last = new[left], endings[left, -1]
        sorts = self._sorts(new)
        kinds, literal = np.zeros(len(new), np.uint8), sorts == ord('"')
        kinds[~literal & (sorts > 0)] = NODE
        kinds[literal] = TAGGED
        kinds[literal & (last == ord('"'))] = STRING
        kinds[literal & (last == ord(">"))] = UNREAD
        known = kinds != UNREAD
        some = new[known]
        nothing = np.zeros(len(some), np.int64)
        places = np.full(len(some), NONE, np.int8)
        self._keep(some, kinds[known], nothing.astype(np.float64), nothing, places)
        unread: Column = new[~known]
        return unread


def _longer(column: NDArray[N], size: int) -> NDArray[N]:
    """A column with zeros behind it, which take no room until they are written over."""
    made = np.zeros(size, column.dtype)
    made[: len(column)] = column
    return made


def worth(text: str) -> tuple[int, float, int, int]:
    """Kind, nearest double, units and places of a term by its text.

    >>> worth('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    (1, 1.5, 150, 2)
    >>> worth('"x"') == (STRING, 0.0, 0, NONE)
    True
    """
    short = _SHORT.fullmatch(text)
    if short is not None:
        sign, whole, point, part, kind = short.groups()
        digits = whole + part
        if 0 < len(digits) <= _DIGITS and not (point and kind == "integer"):
            units = int(sign + digits)
            exact = -_SAFE <= units <= _SAFE and not units % 5 ** len(part)
            places = WHOLE if kind == "integer" else len(part)
            value = float(f"{sign}{whole}.{part}")
            return EXACT if exact else INEXACT, value, units, places
    if text[:1] != '"':
        node = text[:1] == "_" or (text[:1] == "<" and text[1:2] != "<")
        return (NODE if node else OTHER), 0.0, 0, NONE
    if text[-1] == '"':
        return STRING, 0.0, 0, NONE
    if text[-1] != ">":  # a language
        return TAGGED, 0.0, 0, NONE
    return *(_usual_time(text) or _slow(text)), NONE


def _usual_time(text: str) -> tuple[int, float, int] | None:
    """A date or dateTime as most are written; None for others, which :mod:`.times` reads."""
    found = _USUAL_TIME.fullmatch(text)
    if found is None or (found[2] is None) != (found[7] is None):
        return None
    try:
        moment = datetime.fromisoformat(found[1] + (found[2] or ""))
    except ValueError:  # a year or an hour that only XML Schema has, or nobody
        return None
    units = (moment - _BEGINNING) // timedelta(microseconds=1)
    kind = DATE if found[2] is None else MOMENT
    if found[4] is None:
        return kind, 0.0 if found[3] else math.nan, units
    zone = int(f"{found[4]}1") * (60 * int(found[5]) + int(found[6]))
    return kind, zone, units - 60 * zone * _MICRO


def _slow(text: str) -> tuple[int, float, int]:
    from glocal_kg._rdf.sparql import comparison, numbers, times  # most numbers are short

    term = term_of_text(text)
    assert isinstance(term, Literal)
    kind, found = comparison.value(term)
    if kind == "time" and isinstance(found, times.Instant):
        return _time(found)
    if kind != "number":
        return (STRING if kind == "string" else OTHER), 0.0, 0
    value = numbers.as_float(found)
    if isinstance(found, numbers.Single):
        return SINGLE, value, 0
    if isinstance(found, float):
        return EXACT, value, 0
    return (EXACT if -_SAFE <= value <= _SAFE and found == value else INEXACT), value, 0


def _time(found: Instant) -> tuple[int, float, int]:
    """A date or dateTime by columns; one too far away or too fine is any other literal."""
    kind = {"date": DATE, "dateTime": MOMENT}.get(found.kind, OTHER)
    fine = found.place.as_tuple().exponent
    if kind == OTHER or abs(found.place) >= _FAR // _MICRO or int(fine) < -_FINEST:
        return OTHER, 0.0, 0
    return kind, math.nan if found.zone is None else found.zone, int(found.place * _MICRO)


def aligned(
    units: NDArray[np.int64], places: NDArray[np.int8], rows: int = 1
) -> tuple[NDArray[np.int64], int] | None:
    """Units of one common place and that place; None where it has no sense or no room.

    Room is wanted for the sum of so many ``rows``.

    >>> aligned(np.array([150, 2]), np.array([2, WHOLE], np.int8))
    (array([150, 200]), 2)
    """
    if not len(units) or (places == NONE).any():
        return None
    places = np.where(places == WHOLE, 0, places)
    common = int(places.max())
    largest = max(int(units.max()), -int(units.min()))
    if largest * 10**common * rows >= 2**63:
        return None
    if (places == common).all():
        return units, common
    return units * 10 ** (common - places).astype(np.int64), common
