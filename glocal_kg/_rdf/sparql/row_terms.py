"""The terms and expressions of a prepared query for rows of numbers, asked of one row at a time.

What an expression gives for some terms of the facts it gives again, so that is remembered: the
facts of a corpus say the same few classes, dates and scores over and over.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Protocol, TypeAlias

from glocal_kg._rdf.sparql.algebra import Call, Exists, Var
from glocal_kg._rdf.sparql.compiling import Compiler, is_fickle
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.sparql.scope import of_expression, parts
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.moment import Moment, Selection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from glocal_kg._rdf.sparql.algebra import Expression, Term

Row: TypeAlias = "dict[str, int]"
Test: TypeAlias = "Callable[[Row], bool | None]"

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

    def cell(self, term: Term) -> list[int]:
        """The number of a term that the query names, in a list of one; -1 where no fact has it."""
        cell = [-1]
        self._waiting.append((term, cell))
        return cell

    def value(self, expression: Expression) -> Callable[[Row], int | None]:
        """A function that gives the number of what an expression is for a row; None: nothing."""
        if isinstance(expression, Var):
            name = expression.name
            return lambda row: row.get(name)
        if not isinstance(expression, Call) and not list(parts(expression))[1:]:
            return self._constant(expression)  # type: ignore[arg-type]
        found = self._remembered(expression, lambda compiler: compiler.value(expression))

        def value(row: Row) -> int | None:
            term = found(row)
            return None if term is None else self.run.terms.number(term)

        return value

    def _constant(self, term: Term) -> Callable[[Row], int]:
        cell = self.cell(term)
        return lambda row: cell[0] if cell[0] >= 0 else self.run.terms.number(term)

    def test(self, expression: Expression, exists: Callable[[Exists], Test]) -> Test:
        """A function that gives the truth of an expression for a row; None: an error."""
        if isinstance(expression, Exists):
            return exists(expression)
        if isinstance(expression, Call) and any(isinstance(p, Exists) for p in parts(expression)):
            return self._logic(expression.name, [self.test(a, exists) for a in expression.args])
        return self._remembered(expression, lambda compiler: compiler.truth(expression))

    @staticmethod
    def _logic(name: str, tests: list[Test]) -> Test:
        """``&&``, ``||`` and ``!`` as 17.2 has them."""
        if name == "!":
            (test,) = tests
            return lambda row: None if (found := test(row)) is None else not found
        if name not in ("&&", "||"):
            raise NotByRows
        wanted = name == "||"

        def logic(row: Row) -> bool | None:
            failed = False
            for test in tests:
                found = test(row)
                if found is wanted:
                    return wanted
                failed = failed or found is None
            return None if failed else not wanted

        return logic

    def _remembered(
        self, expression: Expression, compiled: Callable[[Compiler], Callable[..., Any]]
    ) -> Callable[[Row], Any]:
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
        known: dict[tuple[int, ...], Any] = {}

        def answer(row: Row) -> Any:
            key = tuple([row.get(name, -1) for name in names])
            if key in known:
                return known[key]
            terms = self.run.terms
            try:
                found = function(tuple([None if n < 0 else terms.term(n) for n in key]))
            except NoValue:
                found = None
            if max(key, default=-1) < terms.known:  # the number of a computed term is not for long
                if len(known) >= _MOST:
                    known.clear()
                known[key] = found
            return found

        return answer


@cache
def _nowhere(base: str | None) -> Evaluation:
    """An evaluation without any fact: what expressions are made for that look at no facts."""
    return Evaluation(Moment(Dictionary(), {}), Selection(), Selection(), (), Limits(), base)
