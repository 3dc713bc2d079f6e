"""The terms and expressions of a prepared query for rows of numbers, asked of one row at a time.

What an expression gives for some terms of the facts it gives again, so that is remembered: the
facts of a corpus say the same few classes, dates and scores over and over.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Protocol, TypeAlias

from glocal_kg._rdf.sparql.algebra import Call, Exists
from glocal_kg._rdf.sparql.compiling import Compiler
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.sparql.scope import is_fickle, of_expression, parts
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.selection import Selection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from glocal_kg._rdf.sparql.algebra import Expression, Term

Row: TypeAlias = "tuple[int | None, ...]"
"""The values of some variables by their places; None where one is unbound."""

_MOST: Final = 512  # so many answers of one expression are remembered


class NotByRows(Exception):
    """A query, or its answer for some node, is better done in columns."""


class NodeLookups(Protocol):
    """Facts, found by single numbers; -1 is in no fact."""

    def each_object(self, s: int, p: int) -> Iterable[int]:
        """The objects of a subject and predicate."""

    def each_subject(self, p: int, o: int) -> Iterable[int]:
        """The subjects of a predicate and object."""

    def contains(self, s: int, p: int, o: int) -> bool:
        """Whether there is a fact."""


class RowTerms:
    """Numbers of the terms that a query names, and its expressions as functions of a row.

    ``at`` is called with the evaluation of now before rows are asked for.
    """

    def __init__(self, base: str | None = None) -> None:
        self.run = _nowhere(base)
        self._waiting: list[tuple[Term, list[int]]] = []
        self._kept: list[dict[Any, Any]] = []

    def at(self, run: Evaluation) -> None:
        """Take up the terms of now: a term that no fact had may have come."""
        self.run = run
        for kept in self._kept:
            kept.clear()
        still = []
        for term, cell in self._waiting:
            number = run.terms.find(term)
            if number is None:
                still.append((term, cell))
            else:
                cell[0] = number
        self._waiting = still

    def kept(self) -> dict[Any, Any]:
        """What may be kept as long as the facts are those of now."""
        kept: dict[Any, Any] = {}
        self._kept.append(kept)
        return kept

    def stay(self, numbers: Iterable[int | None]) -> bool:
        """Whether numbers stay: those of computed terms are for one evaluation."""
        known = self.run.terms.known
        return not [number for number in numbers if number is not None and number >= known]

    def cell(self, term: Term) -> list[int]:
        """The number of a term that the query names, in a list of one; -1 where no fact has it."""
        cell = [-1]
        self._waiting.append((term, cell))
        return cell

    def constant(self, term: Term) -> Callable[[], int]:
        """A function that gives the number of a term, for this evaluation alone where need be."""
        cell = self.cell(term)
        return lambda: cell[0] if cell[0] >= 0 else self.run.terms.number(term)

    def value(self, expression: Expression) -> Callable[..., int | None]:
        """A function that gives the number of what an expression is; None: nothing.

        It takes the numbers of the variables in the order of their names, None for an unbound one.
        """
        found = self._remembered(expression, lambda compiler: compiler.value(expression))

        def value(*row: int | None) -> int | None:
            term = found(*row)
            return None if term is None else self.run.terms.number(term)

        return value

    def test(self, expression: Expression) -> Callable[..., bool | None]:
        """A function that gives the truth of an expression, as ``value``; None: an error."""
        return self._remembered(expression, lambda compiler: compiler.truth(expression))

    def _remembered(
        self, expression: Expression, compiled: Callable[[Compiler], Callable[..., Any]]
    ) -> Callable[..., Any]:
        """What an expression gives for a row, by the numbers of its variables; None: an error."""
        inside = list(parts(expression))
        if (
            is_fickle(expression)
            or any(isinstance(part, Exists) for part in inside)
            or any(isinstance(part, Call) and part.name == "NOW" for part in inside)
        ):
            raise NotByRows
        names = sorted(of_expression(expression))
        function = compiled(Compiler({name: at for at, name in enumerate(names)}, {}, self.run))
        known: dict[Row, Any] = {}

        def answer(*row: int | None) -> Any:
            if row in known:
                return known[row]
            terms = self.run.terms
            try:
                found = function(tuple([None if n is None else terms.term(n) for n in row]))
            except NoValue:
                found = None
            if self.stay(row):
                if len(known) >= _MOST:
                    known.clear()
                known[row] = found
            return found

        return answer


@cache
def _nowhere(base: str | None) -> Evaluation:
    """An evaluation without any fact: what expressions are made for that look at no facts."""
    return Evaluation(Moment(Dictionary(), {}), Selection(), Selection(), (), Limits(), base)
