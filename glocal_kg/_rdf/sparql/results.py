"""The rows of an answer: columns of numbers, read as terms when they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.sparql.tables import SolutionTable
    from glocal_kg._rdf.sparql.terms import Term, Terms

Row: TypeAlias = "tuple[Term | None, ...]"


class Rows:
    """Rows of terms in the order of ``names``; None stands for an unbound variable."""

    def __init__(self, names: list[str], table: SolutionTable, terms: Terms) -> None:
        self.names = names
        self._table = table
        self._terms = terms
        self._rows: list[Row] | None = None

    def __len__(self) -> int:
        return self._table.rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())

    def rows(self) -> list[Row]:
        """All rows as tuples of terms."""
        if self._rows is None:
            columns = [self.column(name) for name in self.names]
            empty: list[Row] = [()] * len(self)
            self._rows = list(zip(*columns, strict=True)) if columns else empty
        return self._rows

    def column(self, name: str) -> list[Term | None]:
        """One column as terms."""
        return self._terms.terms(self._table.columns[name])
