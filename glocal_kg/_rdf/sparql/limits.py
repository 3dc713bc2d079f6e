"""Limits of one query: time, rows, memory. They are looked at before each step that can grow.

A step is a few array operations on at most ``PIECE`` rows, so a limit, like Ctrl-C, ends the
work itself within a fraction of a second; what it had made is dropped with it.
"""

from __future__ import annotations

import os
from functools import cache
from time import monotonic
from typing import Final, NoReturn, TypeAlias

from glocal_kg._rdf.deadline import look, seconds_of
from glocal_kg.errors import ArgumentError, QueryTimeoutError, TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

PIECE: Final = 1 << 18  # rows that one step makes at a time
Told: TypeAlias = "Callable[[int], object]"
"""Is told of rows that all come out, as soon as their number is known; it may raise."""
_UNCOUNTED: Final = 1 << 24  # rows that are not worth to be counted before they are made
_CELL: Final = 4  # bytes of a cell in a table
PLACES: Final = 16  # bytes a row costs beside its cells while a join is made
SORTED: Final = 64  # the same while rows are sorted, or their equals found
_TOKEN: Final = 200  # bytes that a token of a query takes, cut, and as many when it is parsed
_TERM: Final = 250  # bytes a term takes
_ROW: Final = 64  # bytes of a row of an answer beside its cells
_LINK: Final = 16  # bytes of a cell there, beside its term
PART: Final = 1 << 16  # terms or rows of an answer that are made between two looks at the clock
LONGEST_TEXT: Final = 1 << 24  # letters of one computed text


def fitting(letters: int) -> None:
    """Before a text is computed: raise where no query needs one so long."""
    if letters > LONGEST_TEXT:
        raise TooLargeError(
            f"The query computes a text of {letters:,} letters.",
            remedy=f"Texts of up to {LONGEST_TEXT:,} letters can be computed.",
            limit=LONGEST_TEXT,
        )


class Limits:
    """What a query may take. None stands for no limit.

    ``timeout`` is in seconds, ``max_rows`` counts rows or triples of the answer. ``max_memory``
    are bytes, counted before each step: for the text of the query, the table that the step makes,
    its work space, and the terms computed so far. It is an estimate.

    >>> Limits(max_rows=2).answer(3)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    glocal_kg.errors.TooLargeError: The query has more than 2 rows. Add a LIMIT ...
    """

    def __init__(
        self,
        timeout: float | None = None,
        max_rows: int | None = None,
        max_memory: int | None = None,
    ) -> None:
        self.timeout = None if timeout is None else seconds_of("timeout", timeout)
        self.max_rows = None if max_rows is None else _whole("max_rows", max_rows, "rows", 0)
        self.max_memory = (
            None if max_memory is None else _whole("max_memory", max_memory, "bytes", 1)
        )
        self._end = None if self.timeout is None else monotonic() + self.timeout
        self._most = of_machine() if self.max_memory is None else self.max_memory
        self._read = 0  # bytes that the query itself takes

    @property
    def are_set(self) -> bool:
        """Whether somebody has set an end to time or memory."""
        return self.timeout is not None or self.max_memory is not None

    def check(self) -> None:
        """Raise ``QueryTimeoutError`` where the time is up, and end work that it is part of."""
        look()
        if self._end is not None and monotonic() > self._end:
            seconds = "second" if self.timeout == 1 else "seconds"
            raise QueryTimeoutError(
                f"The query took longer than {self.timeout:g} {seconds} and was stopped.",
                remedy="Make its patterns narrower, or allow more time with timeout.",
                limit=self.timeout,
            )

    def read(self, tokens: int = 0) -> None:
        """While a query is cut into tokens, or parsed: so many more were, and stay."""
        self.check()
        self._read += tokens * _TOKEN
        if self._read > self._most:
            self._refuse("its own text is too long")

    def table(self, rows: int, columns: int, held: int = 0, work: int = PLACES) -> None:
        """Before a table is made: raise where it would be too large, or the time is up.

        ``held`` are cells of other tables that must stay meanwhile, ``work`` the bytes that each
        row takes for as long as it is made.
        """
        self.check()
        size = rows * (columns * _CELL + work) + held * _CELL + self._read
        if size > self._most:
            self._refuse(f"a step of it has {rows:,} rows")

    def has_room(self, rows: int) -> bool:
        """Whether a table of so many rows could be made without counting them before."""
        return rows <= _UNCOUNTED and rows * SORTED + self._read < self._most

    def texts(self, count: int, letters: int = 0) -> None:
        """While a query computes terms: raise where so many, with so many letters, are too many."""
        self.check()
        if count * _TERM + letters + self._read > self._most:
            self._refuse(f"it computes {count:,} terms")

    def terms(self, terms: int, rows: int, columns: int) -> None:
        """Before an answer is made of terms: raise where it would be too large."""
        self.check()
        if terms * _TERM + rows * (_ROW + columns * _LINK) + self._read > self._most:
            self._refuse(f"its answer has {rows:,} rows of {terms:,} terms")

    def _refuse(self, why: str) -> NoReturn:
        if self.max_memory is not None:
            raise TooLargeError(
                f"The query needs more than {self.max_memory:,} bytes: {why}.",
                remedy="Make its patterns narrower, or allow more with max_memory.",
                limit=self.max_memory,
            )
        raise TooLargeError(
            f"The query needs more than half of the memory of this machine: {why}.",
            remedy="Make its patterns narrower: are they linked by a variable?",
        )

    def answer(self, rows: int, what: str = "rows") -> None:
        """Raise where an answer has more rows than allowed."""
        if self.max_rows is not None and rows > self.max_rows:
            many = what if self.max_rows != 1 else what.removesuffix("s")
            raise TooLargeError(
                f"The query has more than {self.max_rows} {many}.",
                remedy="Add a LIMIT or a narrower pattern, or allow more with max_rows.",
                limit=self.max_rows,
            )


@cache
def of_machine() -> float:
    """Half of the memory of this machine in bytes; where it cannot be told, there is no end.

    Half, as a step is worked on beside what it is made from.
    """
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)
    except (AttributeError, ValueError, OSError):
        return float("inf")


def _whole(name: str, value: int, unit: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ArgumentError(
            name,
            value,
            f"a whole number of {unit}, at least {least}",
            remedy="Leave it out for no limit.",
        )
    return value
