"""The rows of an answer: columns of numbers, read as terms when they are looked at."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TypeAlias

from glocal_kg._rdf.sparql.limits import PART

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.query_terms import QueryTerms, Term
    from glocal_kg._rdf.sparql.solution_table import SolutionTable

Row: TypeAlias = "tuple[Term | None, ...]"


class Rows:
    """Rows of terms in the order of ``names``; None stands for an unbound variable.

    The limits of the query hold while its rows are made, too.
    """

    def __init__(
        self, names: list[str], table: SolutionTable, terms: QueryTerms, limits: Limits
    ) -> None:
        self.names = names
        self._table = table
        self._terms = terms
        self._limits = limits
        self._rows: list[Row] | None = None

    def __len__(self) -> int:
        return self._table.rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())

    def rows(self) -> list[Row]:
        """All rows as tuples of terms."""
        if self._rows is None:
            columns = [self.column(name) for name in self.names]
            found: list[Row] = [] if columns else [()] * len(self)
            rows = zip(*columns, strict=True)
            while part := list(islice(rows, PART)):
                self._limits.check()
                found += part
            self._rows = found
        return self._rows

    def column(self, name: str) -> list[Term | None]:
        """One column as terms."""
        told = partial(self._limits.terms, rows=len(self), columns=len(self.names))
        return self._terms.terms(self._table.columns[name], told)
