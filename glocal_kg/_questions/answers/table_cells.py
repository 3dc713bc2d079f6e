"""The cells of a table: by columns, as a long answer has them, or by rows."""

from __future__ import annotations

from glocal_kg._questions.answers.values import Term
from glocal_kg._rdf.uncollected import uncollected

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.term_columns import TermColumn

    Row: TypeAlias = tuple[Term | None, ...]


LOOKS = 64
"""So many rows are made one by one, then all."""


class Cells:
    """The cells of a table, which come by columns until somebody looks at its rows.

    To count or to write them needs no row, and a row of Python takes as long as its writing.

    >>> Cells([(None,), (None,)]).columns is None
    True
    """

    __slots__ = ("_columns", "_looks", "_rows")

    def __init__(
        self, rows: Sequence[Row] = (), columns: Sequence[TermColumn] | None = None
    ) -> None:
        """Rows, or at least one column."""
        self._rows = list(rows)
        self._columns = columns
        self._looks = 0

    @property
    def columns(self) -> Sequence[TermColumn] | None:
        """The columns; None where the rows have been looked at and may have been changed."""
        return self._columns

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        if self._columns is not None:
            self._make_rows(self._columns)
        return self._rows

    @uncollected
    def _make_rows(self, columns: Sequence[TermColumn]) -> None:
        self._rows = list(zip(*(column.cells() for column in columns), strict=True))
        self._columns = None  # last: another thread may look meanwhile

    def row(self, number: int) -> Row:
        """One row, for which the others are made only when many have been looked at."""
        columns = self._columns
        if columns is None or self._looks == LOOKS:
            return self.rows[number]
        self._looks += 1
        return tuple(column.cell(number) for column in columns)

    def part(self, rows: slice) -> Cells:
        """The cells of some rows."""
        if self._columns is None:
            return Cells(self._rows[rows])
        return Cells(columns=[column.part(rows) for column in self._columns])

    def and_also(self, column: TermColumn) -> Cells:
        """These cells with a column more."""
        if self._columns is not None:
            return Cells(columns=(*self._columns, column))
        return Cells([(*row, cell) for row, cell in zip(self._rows, column.cells(), strict=True)])

    def __len__(self) -> int:
        columns = self._columns
        return len(self._rows) if columns is None else len(columns[0])

    def __reduce__(self) -> tuple[type[Cells], tuple[list[Row]]]:
        return Cells, (self.rows,)
