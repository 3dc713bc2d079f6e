"""Expressions over whole tables, as columns; what no column gives is asked by ``asked_rows``.

Truth is three-valued: 1 true, 0 false, -1 an error, as 17.2 combines them.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal

from glocal_kg._rdf.sparql.algebra import Aggregate, Call, Chain, Exists, Var
from glocal_kg._rdf.sparql.expressions import is_of_kind, is_term
from glocal_kg._rdf.sparql.scope import is_fickle
from glocal_kg._rdf.sparql.solution_table import Column, SolutionTable, numbered, stacked
from glocal_kg._rdf.sparql.worth import EXACT, INEXACT, NODE, STRING, TAGGED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.limits import Told
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.texting import TextTest

    Made = TypeVar("Made")

Truth: TypeAlias = NDArray[np.int8]
Mask: TypeAlias = NDArray[np.bool_]

_COMPARISONS: Final = frozenset({"=", "!=", "<", ">", "<=", ">="})
_SORTS: Final = {"ISIRI": ord("<"), "ISBLANK": ord("_"), "ISLITERAL": ord('"')}
_WANTED: Final = "_:wanted"
"""The column of what is looked for by IN."""
_APART: Final = (EXACT, NODE, STRING, TAGGED)
"""Kinds of terms that are equal where their doubles are, or where they are the same term."""
_PART: Final = 1 << 14  # texts that are tested between two looks at the clock
_FEW: Final = 64  # so few texts are tested one by one
_PIECE: Final = 1 << 21  # rows that filters are asked of at a time
_COUNTED: Final = 1 << 17  # the same where those that stay are counted


class Evaluator:
    """Evaluates expressions over one table.

    ``hidden`` names the columns of aggregates by the identity of their expression; EXISTS is
    asked through ``exists``.
    """

    def __init__(
        self,
        run: Evaluation,
        table: SolutionTable,
        exists: Callable[[Exists, SolutionTable], Mask] | None = None,
        hidden: dict[int, str] | None = None,
    ) -> None:
        self.run = run
        self.table = table
        self.exists = exists
        self.hidden = {} if hidden is None else hidden

    def kept(self, filters: list[Expression], told: Told = bool) -> SolutionTable:
        """The rows for which all filters are true; ``told`` is told how many so far."""
        size = _PIECE if told is bool else _COUNTED
        if self.table.rows > size:  # each piece on its own, so that the clock is looked at
            found, rows = [], 0
            for start in range(0, self.table.rows, size):
                part = self.table.slice(start, start + size)
                self.run.limits.check()
                found.append(Evaluator(self.run, part, self.exists, self.hidden).kept(filters))
                rows += found[-1].rows
                told(rows)
            return stacked(found, self.run.limits.check)
        for expression in filters:
            if self.table.rows:
                self.table = self.table.where(self.truth(expression) == 1)
        return self.table

    # Truth

    def truth(self, expression: Expression) -> Truth:
        """The effective boolean value of an expression in each row."""
        self.run.limits.check()  # an expression may have thousands of parts
        if isinstance(expression, Call):
            name, args = expression.name, expression.args
            if name in ("&&", "||"):
                return self._logic(args, 1 if name == "||" else 0)
            if name == "!":
                found = self.truth(args[0])
                return np.where(found < 0, found, 1 - found).astype(np.int8)
            if name == "BOUND" and isinstance(args[0], Var):
                return _as_truth(self.table.column(args[0].name) >= 0)
            if name == "SAMETERM" and all(map(_is_simple, args)):
                left, right = self.numbers(args[0]), self.numbers(args[1])
                return np.where((left < 0) | (right < 0), -1, left == right).astype(np.int8)
            if name in _SORTS and isinstance(args[0], Var):
                once, back = numbered(self.table.column(args[0].name))
                sort = _as_truth(self.run.terms.sorts(once) == _SORTS[name])
                return np.where(once < 0, np.int8(-1), sort)[back]
            if name in _COMPARISONS and all(map(_is_simple, args)):
                return self._compared(name, *args)
            if name == "IN" and all(map(_is_simple, args[1:])):
                return self._among(args[0], args[1:])
        if isinstance(expression, Exists) and self.exists is not None:
            return _as_truth(self.exists(expression, self.table) != expression.negated)
        from glocal_kg._rdf.sparql.texting import text_test

        tested = text_test(expression)
        return self._asked_truth(expression) if tested is None else self._texts(tested)

    def _texts(self, asked: TextTest) -> Truth:
        """A test of the texts of one variable, once for each of its terms.

        Most lack the part that a text must have to pass, and are not even made a str.
        """
        name, any_term, test, part = asked
        once, back = numbered(self.table.column(name))
        found = np.full(len(once), -1, np.int8)
        for start in range(0, len(once), _PART):
            self.run.limits.check()
            some = once[start : start + _PART]
            open_ = np.arange(start, start + len(some))
            if part is not None and len(some) > _FEW:
                lacking, none = self.run.terms.without(some, part, any_term)
                found[start : start + _PART][lacking] = 0
                open_ = open_[~(lacking | none)]
            texts = self.run.terms.strings(once[open_], any_term)
            some_texts = [text for text in texts if text is not None]
            if len(some_texts) < len(texts):
                open_ = open_[[text is not None for text in texts]]
            found[open_] = list(map(bool, test(some_texts, self.run.limits.check)))
        return np.asarray(found[back], np.int8)

    def _logic(self, args: tuple[Expression, ...], wanted: int) -> Truth:
        """``||`` (wanted 1) or ``&&`` (wanted 0); a row that is decided is not asked again."""
        found = np.full(self.table.rows, 1 - wanted, np.int8)
        open_ = np.arange(self.table.rows)
        table = self.table
        for arg in args:
            if not len(open_):
                break
            part = Evaluator(self.run, table, self.exists, self.hidden).truth(arg)
            found[open_[part == wanted]] = wanted
            found[open_[part < 0]] = -1
            rest = part != wanted
            if not rest.all():
                open_, table = open_[rest], table.where(rest, self.run.limits.check)
        return found

    def _among(self, wanted: Expression, others: tuple[Expression, ...]) -> Truth:
        """IN: among terms that numbers tell apart one search, else a chain of ``=``."""
        table = self.table
        if not _is_simple(wanted):
            table, wanted = table.with_column(_WANTED, self.numbers(wanted)), Var(_WANTED)
        column = Evaluator(self.run, table, self.exists, self.hidden).numbers(wanted)
        found, known = np.full(len(column), -1, np.int8), column < 0  # no value, among none too
        terms = self.run.terms.numbers(filter(is_term, others))
        kinds, values = self.run.terms.worth(terms)
        if len(terms) == len(others) > 1 and np.isin(kinds, _APART).all():
            bound = np.flatnonzero(column >= 0)
            own, worth = self.run.terms.worth(column[bound])
            near = np.isin(worth, values[kinds == EXACT])
            found[bound] = np.where(own == EXACT, near, np.isin(column[bound], terms))
            known[bound] = np.isin(own, _APART) | ((own == INEXACT) & ~near)
        rest = Evaluator(self.run, table.where(~known), self.exists, self.hidden)
        found[~known] = rest._logic(tuple(Call("=", (wanted, other)) for other in others), 1)
        return found

    def _compared(self, sign: str, a: Expression, b: Expression) -> Truth:
        """A comparison of variables and terms, by numeric columns as far as these decide it."""
        left, right = self.numbers(a), self.numbers(b)
        found = np.full(len(left), -1, np.int8)
        bound = (left >= 0) & (right >= 0)
        if not bound.all():
            rows = np.flatnonzero(bound)
            found[rows] = self._decided(sign, left[rows], right[rows])
            return found
        return self._decided(sign, left, right)

    def _decided(self, sign: str, left: Column, right: Column) -> Truth:
        from glocal_kg._rdf.sparql.column_order import compared

        found, unsure = np.empty(len(left), np.int8), np.empty(len(left), bool)
        for start in range(0, len(left), _PIECE):
            self.run.limits.check()
            some = slice(start, start + _PIECE)
            found[some], unsure[some] = compared(self.run.terms, sign, left[some], right[some])
        if unsure.any():
            rows = np.flatnonzero(unsure)
            found[rows] = self._asked(sign, left[rows], right[rows])
        return found

    def _asked(self, sign: str, left: Column, right: Column) -> Truth:
        """A comparison of terms themselves, once for each distinct pair."""
        columns: dict[str, Column] = {}
        args: list[Expression] = []
        for name, column in (("a", left), ("b", right)):
            term = self.run.terms.term(int(column[0])) if (column == column[0]).all() else None
            if isinstance(term, Literal):
                args.append(term)
            else:
                columns[name] = column
                args.append(Var(name))
        table = SolutionTable(len(left), columns)
        return Evaluator(self.run, table)._asked_truth(Call(sign, tuple(args)))

    # Terms

    def numbers(self, expression: Expression) -> Column:
        """The term of an expression in each row by its number, -1 where it has none."""
        self.run.limits.check()
        match expression:
            case Var(name):
                return self.table.column(name)
            case Call("LANG" | "DATATYPE" as name, (Var(variable),)):
                return self._of_kind(name, variable)
            case Call() | Chain():
                pass
            case Exists() if self.exists is not None:
                return self._said(expression)
            case Exists() | Aggregate():
                return self.table.column(self.hidden[id(expression)])
            case _:
                return np.full(self.table.rows, self.run.terms.number(expression), np.int32)
        if isinstance(expression, Call) and not is_fickle(expression):
            if expression.name == "IF":
                return self._either(*expression.args)
            if expression.name == "COALESCE":
                return self._first_of(expression.args)
            if expression.name == "IN":
                return self._said(expression)
        from glocal_kg._rdf.sparql.asked_rows import AskedRows  # no column gives it

        return AskedRows(self, expression).numbers()

    def _said(self, expression: Expression) -> Column:
        """The truth of an expression as terms."""
        said = self.run.terms.numbers((Literal(False), Literal(True), None))
        return said[self.truth(expression)]

    def _either(self, test: Expression, yes: Expression, no: Expression) -> Column:
        """IF: each branch for the rows that want it."""
        truth = self.truth(test)
        found = np.full(self.table.rows, -1, np.int32)
        for wanted, branch in ((1, yes), (0, no)):
            rows = np.flatnonzero(truth == wanted)
            if len(rows):
                some = self.table.take(rows, self.run.limits.check)
                found[rows] = Evaluator(self.run, some, self.exists, self.hidden).numbers(branch)
        return found

    def _first_of(self, args: tuple[Expression, ...]) -> Column:
        """COALESCE: each argument for the rows in which those before it have no value."""
        found = np.full(self.table.rows, -1, np.int32)
        table, open_ = self.table, np.arange(self.table.rows)
        for arg in args:  # for no row too: a function that nobody knows is told
            part = Evaluator(self.run, table, self.exists, self.hidden)
            found[open_] = some = part.numbers(arg)
            table, open_ = table.where(some < 0, self.run.limits.check), open_[some < 0]
        return found

    def _of_kind(self, name: str, variable: str) -> Column:
        """LANG or DATATYPE: the same for all literals that are alike behind their text."""
        terms = self.run.terms
        once, back = numbered(self.table.column(variable))
        literal = np.flatnonzero(terms.sorts(once) == ord('"'))
        examples, alike = terms.like_literals(once[literal])
        from glocal_kg._rdf.sparql.functions import FUNCTIONS

        values = [FUNCTIONS[name](terms.term(number)) for number in examples]
        found = np.full(len(once), -1, np.int32)
        found[literal] = terms.numbers(values)[alike]
        return found[back]

    def _asked_truth(self, expression: Expression) -> Truth:
        from glocal_kg._rdf.sparql.asked_rows import AskedRows

        return AskedRows(self, expression).truth()


def _as_truth(found: Mask) -> Truth:
    return found.astype(np.int8)


def _is_simple(expression: Expression) -> bool:
    """Whether an expression is a column without being asked row by row."""
    return is_of_kind(expression) or not isinstance(expression, (Call, Chain, Exists))
