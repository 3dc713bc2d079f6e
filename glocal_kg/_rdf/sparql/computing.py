"""What expressions give for some rows, part by part: together where it can be, else one by one."""

from __future__ import annotations

from time import monotonic
from typing import Final

import numpy as np

from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.text_columns import Mixed
from glocal_kg._rdf.sparql.worth import DATE, NONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.compiling import Compiler, Row
    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.query_terms import QueryTerms
    from glocal_kg._rdf.sparql.solution_table import SolutionTable

    Made = TypeVar("Made")

_OFTEN: Final = 16  # rows that are computed between two looks at the clock, fewer where an
_PARTS: Final = 1024  # expression has so many parts
_READ: Final = 1 << 12  # rows whose terms are read together
_SOON: Final = 0.03  # seconds after which what they give is counted


class RowsAt:
    """The rows of a table at some places."""

    __slots__ = ("_places", "_table", "_terms")

    def __init__(self, terms: QueryTerms, table: SolutionTable, places: NDArray[np.intp]) -> None:
        self._terms, self._table, self._places = terms, table, places

    def __len__(self) -> int:
        return len(self._places)

    def written(self, name: str) -> list[str]:
        """A variable as canonical N-Triples writes it, empty where it is unbound."""
        return self._terms.written(self._table.column(name)[self._places])

    def exact(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Units and places of a variable; see :mod:`.worth`."""
        units, places = self._terms.exact(self._bound(name))
        if places.min() == NONE:
            raise Mixed(places == NONE)
        return units, places

    def times(self, name: str) -> tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.int64]]:
        """Kinds, time zones and units of dates and dateTimes; see :mod:`.worth`."""
        column = self._bound(name)
        kinds, zones = self._terms.worth(column)
        if kinds.min() < DATE:
            raise Mixed(kinds < DATE)
        return kinds, zones, self._terms.exact(column)[0]

    def _bound(self, name: str) -> NDArray[np.int32]:
        column = self._table.column(name)[self._places]
        if column.min() < 0:
            raise Mixed(column < 0)
        return column

    def only(self, some: NDArray[np.intp]) -> RowsAt:
        """Some of these rows."""
        return RowsAt(self._terms, self._table, self._places[some])


def fitting(
    together: Callable[[RowsAt], Made], rows: RowsAt
) -> tuple[NDArray[np.intp], Made | None]:
    """Those of some rows that are computed together, and what they come to, if there are any."""
    fit = np.arange(len(rows))
    while len(fit):
        try:
            return fit, together(rows if len(fit) == len(rows) else rows.only(fit))
        except Mixed as mixed:
            fit = fit[:0] if mixed.odd is None else fit[~np.asarray(mixed.odd)]
    return fit, None


def computed(
    function: Callable[[Row], Made],
    together: Callable[[RowsAt], list[Any]] | None,
    table: SolutionTable,
    places: NDArray[np.intp],
    compiler: Compiler,
    limits: Limits,
    size_of_one: int = 1,
) -> Iterator[list[Made | None]]:
    """What a function gives for the rows at some places, part by part; None for no value.

    ``together`` gives it for many rows, or raises ``Mixed``; ``size_of_one`` are the parts of the
    expression. Texts may be long and functions
    slow, so the first parts are short, and one that takes its time is the last for now: who takes
    the part counts its letters.
    """
    terms = compiler.run.terms
    start, size = 0, 1
    while start < len(places):
        some = places[start : start + size]
        began = monotonic()
        fit, found = (
            (some[:0], None) if together is None else fitting(together, RowsAt(terms, table, some))
        )
        if found is None or len(fit) < len(some):
            often = max(1, min(_OFTEN, _PARTS // size_of_one))
            odd = np.delete(np.arange(len(some)), fit)
            alone = _one_by_one(function, table, some[odd], len(places), compiler, limits, often)
            found = _merged(fit, found or [], odd, alone)
        yield found
        limits.texts(terms.computed, terms.letters)  # of the last part, too
        start += len(found)
        soon = len(found) == len(some) and monotonic() - began < _SOON
        size = min(2 * size, _READ) if soon else max(1, len(found) // 2)


def _merged(
    fit: NDArray[np.intp],
    together: list[Any],
    odd: NDArray[np.intp],
    alone: list[Made | None],
) -> list[Made | None]:
    """What rows at two kinds of places come to, up to the first that was not reached."""
    if not len(fit):
        return alone
    found: list[Made | None] = [None] * (len(fit) + len(odd))
    for place, made in zip(fit.tolist(), together, strict=True):
        found[place] = made
    for place, one in zip(odd.tolist(), alone, strict=False):
        found[place] = one
    return found if len(alone) == len(odd) else found[: odd[len(alone)]]


def _one_by_one(
    function: Callable[[Row], Made],
    table: SolutionTable,
    places: NDArray[np.intp],
    of: int,
    compiler: Compiler,
    limits: Limits,
    often: int,
) -> list[Made | None]:
    """What a function gives for the first of some rows, as many as there is time for."""
    terms = compiler.run.terms
    columns = [terms.read(table.columns[name][places], of) for name in compiler.places]
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(places)
    found: list[Made | None] = []
    every = not compiler.asks_row  # as long as every row has a value
    began = monotonic()
    while len(found) < len(rows) and (not found or monotonic() - began < _SOON):
        limits.texts(terms.computed + len(found), terms.letters)
        at = len(found)
        part = rows[at : at + often]
        if every:
            try:
                found += list(map(function, part))
            except NoValue:
                every = False
            else:
                continue
        for place, row in zip(places[at : at + often].tolist(), part, strict=True):
            compiler.row = place
            try:
                found.append(function(row))
            except NoValue:
                found.append(None)
    return found
