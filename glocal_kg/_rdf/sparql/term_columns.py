"""A column of an answer, whose terms are made when somebody looks at them."""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.sparql.solution_table import numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    from glocal_kg._rdf.sparql.solution_table import Column

    Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
    Terms: TypeAlias = list[Term | None]


class TermColumn:
    """A number for each row, and what makes the terms of different sorted numbers.

    Numbers from ``known`` on are not those of a dictionary: the query has computed their terms.

    >>> from pyoxigraph import Literal
    >>> names = {-1: None, 7: Literal("a")}
    >>> column = TermColumn(
    ...     np.array([7, -1], np.int32), lambda some: [names[n] for n in some.tolist()], 8)
    >>> column.cell(0).value, column.plain(lambda term: "" if term is None else term.value)[0]
    ('a', ['', 'a'])
    """

    __slots__ = ("_column", "_known", "_made", "_read", "_strings")

    def __init__(
        self,
        column: Column,
        read: Callable[[Column], Terms],
        known: int,
        strings: Callable[[Column], list[str | None]] | None = None,
    ) -> None:
        """``strings`` gives the IRIs and texts of numbers without a term for each."""
        self._column = column
        self._read = read
        self._known = known
        self._strings = strings
        self._made: tuple[Terms, Column] | None = None

    def __len__(self) -> int:
        return len(self._column)

    @property
    def numbers(self) -> Column:
        """For each row the number in the dictionary, -1 for a computed term and an unbound cell."""
        return np.where(self._column < self._known, self._column, np.int32(-1))

    def make(self, check: Callable[[], object] = bool) -> tuple[Terms, Column]:
        """The different terms, and for each row the place of its term among them; made once.

        ``check`` is called meanwhile, and may raise.
        """
        made = self._made
        if made is None:
            once, places = numbered(self._column, check) if len(self) else (self._column, _NOTHING)
            self._made = made = self._read(once), places
        return made

    def cell(self, row: int) -> Term | None:
        """The term of one row; the others are not made for it."""
        if self._made is not None:
            return self._made[0][int(self._made[1][row])]
        return self._read(self._column[row, None])[0]

    def cells(self) -> Terms:
        """The term of each row."""
        terms, places = self.make()
        return list(map(terms.__getitem__, places.tolist()))

    def part(self, rows: slice) -> TermColumn:
        """The same for some rows."""
        return TermColumn(self._column[rows], self._read, self._known, self._strings)

    def plain(self, of: Callable[[Term | None], str]) -> tuple[list[str], Column]:
        """The different IRIs and texts, and for each row the place of its own among them.

        ``of`` gives them of terms, and what stands for a blank node and for no term.
        """
        if self._strings is None or not len(self):
            terms, places = self.make()
            return list(map(of, terms)), places
        once, places = numbered(self._column)
        strings = self._strings(once)
        others = [place for place, text in enumerate(strings) if text is None]
        read = dict(zip(others, self._read(once[others]), strict=True))
        return [of(read[at]) if text is None else text for at, text in enumerate(strings)], places


_NOTHING = np.empty(0, np.int32)
