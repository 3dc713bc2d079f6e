"""Parts and casts of dates and dateTimes computed in columns, without a call for each row.

As elsewhere, what has a row of another kind (``Mixed``) is computed row by row.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.number_columns import Exact
from glocal_kg._rdf.sparql.numbers import XSD
from glocal_kg._rdf.sparql.short_times import DAY, FRACTION, MINUTE, SECOND, calendar
from glocal_kg._rdf.sparql.text_columns import Mixed
from glocal_kg._rdf.sparql.worth import DATE, MOMENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._rdf.sparql.computing import RowsAt

_OF_CALENDAR: Final = ("YEAR", "MONTH", "DAY")
_OF_CLOCK: Final = {
    "HOURS": (60 * MINUTE, 24), "MINUTES": (MINUTE, 60), "SECONDS": (1, 60 * SECOND),
}  # fmt: skip
"""Units of one, and how many there are until the next greater one."""
_KINDS: Final = {DATE: NamedNode(f"{XSD}date"), MOMENT: NamedNode(f"{XSD}dateTime")}
_USUAL: Final = {kind: len(str(Literal(f, datatype=_KINDS[kind]))) for kind, f in (
    (DATE, "2001-02-03"), (MOMENT, "2001-02-03T04:05:06"),
)}  # fmt: skip
"""Letters, in N-Triples, of those with a year of four digits and without a zone or a fraction."""


def time_part(name: str, variable: str) -> Callable[[RowsAt], Exact]:
    """What computes YEAR, MONTH, DAY, HOURS, MINUTES or SECONDS of a variable."""

    def part(rows: RowsAt) -> Exact:
        kinds, zones, units = rows.times(variable)
        here = units + np.nan_to_num(zones).astype(np.int64) * MINUTE
        if name in _OF_CALENDAR:
            return _whole_numbers(calendar(here)[_OF_CALENDAR.index(name)])
        if kinds.min() < MOMENT:
            raise Mixed(kinds < MOMENT)
        one, many = _OF_CLOCK[name]
        found = here % DAY // one % many
        if name == "SECONDS":
            return Exact(found, FRACTION, np.zeros(len(found), bool))
        return _whole_numbers(found)

    return part


def _whole_numbers(units: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Exact:
    return Exact(units, 0, np.ones(len(units), bool))


def time_cast(name: str, variable: str) -> Callable[[RowsAt], list[Literal]]:
    """What casts a variable to xsd:date or xsd:dateTime."""
    wanted = DATE if name == _KINDS[DATE].value else MOMENT
    given, kind = DATE + MOMENT - wanted, _KINDS[wanted]

    def cast(rows: RowsAt) -> list[Literal]:
        kinds, zones, _ = rows.times(variable)
        texts = rows.written(variable)
        if (kinds == wanted).all():
            return [Literal(text[1 : text.rindex('"')], datatype=kind) for text in texts]
        usual = (kinds == given).all() and np.isnan(zones).all()
        if not usual or set(map(len, texts)) != {_USUAL[given]}:
            raise Mixed
        if wanted == MOMENT:
            return [Literal(f"{text[1:11]}T00:00:00", datatype=kind) for text in texts]
        if any(text[12:14] == "24" for text in texts):  # which is the day behind it
            raise Mixed
        return [Literal(text[1:11], datatype=kind) for text in texts]

    return cast
