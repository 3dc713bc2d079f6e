"""Triple patterns as steps from a row to the rows after it, by lookups of single numbers."""

from __future__ import annotations

from itertools import islice
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.sparql.paths import is_reflexive
from glocal_kg._rdf.sparql.row_paths import steps_of
from glocal_kg._rdf.sparql.row_terms import NodeLookups, NotByRows, Row, RowTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from glocal_kg._rdf.sparql.algebra import Term, TriplePattern

RowStep: TypeAlias = "Callable[[Row], Sequence[Row]]"
MOST: Final = 1000
"""Rows of one step; where there are more, columns are quicker."""


class RowEnd:
    """One end of a pattern: a term, or a variable that a row may know."""

    __slots__ = ("cell", "name")

    def __init__(self, node: Var | Term, terms: RowTerms) -> None:
        self.name = node.name if isinstance(node, Var) else None
        self.cell = None if isinstance(node, Var) else terms.cell(node)

    def known(self, names: Set[str]) -> bool:
        """Whether it is known where these variables are."""
        return self.name is None or self.name in names

    def of(self, row: Row) -> int | None:
        """Its number for a row; None for a variable that has none yet."""
        return self.cell[0] if self.cell is not None else row.get(self.name)  # type: ignore[arg-type]

    def each(self, row: Row, numbers: Iterable[int]) -> list[Row]:
        """A row with each of some numbers here: at most one more than ``MOST``."""
        name = self.name
        return [{**row, name: number} for number in islice(numbers, MOST + 1)]  # type: ignore[dict-item]


class RowPatterns:
    """Makes steps of patterns."""

    def __init__(self, facts: NodeLookups, terms: RowTerms) -> None:
        self._facts = facts
        self._terms = terms

    def step(self, pattern: TriplePattern, known: Set[str], nodes: Set[str]) -> RowStep:
        """The step for a pattern where some variables are known, some of them nodes of facts."""
        s, o = RowEnd(pattern.s, self._terms), RowEnd(pattern.o, self._terms)
        if not s.known(known) and not o.known(known):
            raise NotByRows
        if isinstance(pattern.p, NamedNode):
            return self._triple(s, self._terms.cell(pattern.p), o)
        if isinstance(pattern.p, Var):
            return self._any(s, pattern.p.name, o)
        near, far = (s, o) if s.known(known) else (o, s)
        # A path of no step leads to itself from a term of the facts alone.
        if near.name is None or (near.name not in nodes and is_reflexive(pattern.p)):
            raise NotByRows
        return _path(near, steps_of(pattern.p, self._facts, self._terms, backward=near is o), far)

    def _triple(self, s: RowEnd, p: list[int], o: RowEnd) -> RowStep:
        facts = self._facts
        s_cell, s_name, o_cell, o_name = s.cell, s.name, o.cell, o.name

        def triple(row: Row) -> Sequence[Row]:
            # As ``RowEnd.of``, which it would take longer to call than a lookup takes.
            subject = s_cell[0] if s_cell is not None else row.get(s_name)  # type: ignore[arg-type]
            value = o_cell[0] if o_cell is not None else row.get(o_name)  # type: ignore[arg-type]
            if subject is None:
                if value is None:
                    raise NotByRows
                return s.each(row, facts.each_subject(p[0], value))
            if value is None:
                return o.each(row, facts.each_object(subject, p[0]))
            return (row,) if facts.contains(subject, p[0], value) else ()

        return triple

    def _any(self, s: RowEnd, name: str, o: RowEnd) -> RowStep:
        """A pattern with a variable for its predicate."""
        if name in (s.name, o.name):
            raise NotByRows

        p = [-1]
        known = self._triple(s, p, o)

        def any_predicate(row: Row) -> Sequence[Row]:
            if name in row:
                p[0] = row[name]
                return known(row)
            run, subject, value = self._terms.run, s.of(row), o.of(row)
            if not all(part is None or 0 <= part < run.terms.known for part in (subject, value)):
                return ()
            columns = run.moment.scan(subject, None, value, run.default)
            facts = zip(*(column[: MOST + 1].tolist() for column in columns), strict=True)
            names = (s.name, name, o.name)
            return [
                {**row, **{n: part for n, part in zip(names, one, strict=True) if n is not None}}
                for one in facts
            ]

        return any_predicate


def _path(near: RowEnd, walk: Callable[[int], Iterable[int]], far: RowEnd) -> RowStep:
    def path(row: Row) -> Sequence[Row]:
        start, end = near.of(row), far.of(row)
        if start is None:
            raise NotByRows
        if end is None:
            return far.each(row, walk(start))
        return [row for one in walk(start) if one == end]

    return path
