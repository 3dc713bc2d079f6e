"""Expressions that no column gives: asked once for each distinct row, brought in by the first."""

from __future__ import annotations

from typing import Final

import numpy as np

from glocal_kg._rdf.sparql.algebra import Call, Chain, Exists
from glocal_kg._rdf.sparql.compiling import Compiler
from glocal_kg._rdf.sparql.computing import computed
from glocal_kg._rdf.sparql.expressions import is_of_kind
from glocal_kg._rdf.sparql.number_columns import computed_numbers, number_test
from glocal_kg._rdf.sparql.piecewise import lasts, taken
from glocal_kg._rdf.sparql.scope import is_fickle, of_expression, parts
from glocal_kg._rdf.sparql.solution_table import numbered, packed
from glocal_kg._rdf.sparql.text_columns import text_comparison, together

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.compiling import Row
    from glocal_kg._rdf.sparql.computing import RowsAt
    from glocal_kg._rdf.sparql.evaluating import Evaluator
    from glocal_kg._rdf.sparql.solution_table import Column, SolutionTable

    Made = TypeVar("Made")
    N = TypeVar("N", bound=np.generic)

_NO_NUMBERS: Final = np.empty(0, np.int32)


class AskedRows:
    """The rows of an evaluator's table that differ in what one expression looks at."""

    def __init__(self, evaluator: Evaluator, expression: Expression) -> None:
        self.run = evaluator.run
        self.expression = expression
        self.hidden = evaluator.hidden
        self.last = evaluator.last
        self.table = self._with_parts(evaluator)
        names = sorted(self._wanted() & self.table.columns.keys())
        self.places, self.back = self._distinct(names)
        places = {name: place for place, name in enumerate(names)}
        self.compiler = Compiler(places, self.hidden, self.run)
        self.size = sum(1 for _ in parts(expression))

    def truth(self) -> NDArray[np.int8]:
        """The effective boolean value in each row of the table: 1, 0, or -1 for an error."""
        test = self.compiler.truth(self.expression)
        made = self._computed(
            test, text_comparison(self.expression) or number_test(self.expression)
        )
        truths = [-1 if truth is None else truth for part in made for truth in part]
        return self._for_all(np.array(truths, np.int8))

    def numbers(self) -> Column:
        """The term in each row of the table by its number, -1 where it has none."""
        many = computed_numbers(self.expression) or together(self.expression, self.run.base)
        made = self._computed(self.compiler.value(self.expression), many)
        terms = self.run.terms  # of those computed together most differ, or nobody compares them
        number = terms.fresh if self.last and many is not None else terms.numbers
        return self._for_all(np.concatenate([_NO_NUMBERS, *map(number, made)]))

    def _computed(
        self, function: Callable[[Row], Made], many: Callable[[RowsAt], list[Any]] | None
    ) -> Iterator[list[Made | None]]:
        compiler, limits = self.compiler, self.run.limits
        return computed(function, many, self.table, self.places, compiler, limits, self.size)

    def _for_all(self, found: NDArray[N]) -> NDArray[N]:
        return found if self.back is None else taken(found, self.back, self.run.limits.check)

    def _distinct(self, names: list[str]) -> tuple[NDArray[np.intp], Column | None]:
        """A place of each distinct row by some columns, and the way back to all rows."""
        table, check = self.table, self.run.limits.check
        if table.rows < 2 or is_fickle(self.expression):
            return np.arange(table.rows), None
        if not names:
            return np.zeros(1, np.intp), np.zeros(table.rows, np.int32)
        keys = packed([table.columns[name] for name in names], check)
        once, back = numbered(keys, check)
        return lasts(back, len(once), check), back

    def _with_parts(self, evaluator: Evaluator) -> SolutionTable:
        """The table with a column for each part that is done for all rows at once."""
        table = evaluator.table
        for part in parts(self.expression):
            if (isinstance(part, Exists) and evaluator.exists is not None) or (
                is_of_kind(part) and part is not self.expression
            ):
                name = f"_:part {id(part)}"
                table = table.with_column(name, evaluator.numbers(part))
                self.hidden = {**self.hidden, id(part): name}
        return table

    def _wanted(self) -> set[str]:
        """The columns that the expression looks at, those of its hidden parts in their place."""
        found: set[str] = set()
        waiting = [self.expression]
        while waiting:
            item = waiting.pop()
            if id(item) in self.hidden:
                found.add(self.hidden[id(item)])
            elif isinstance(item, Call):
                waiting += item.args
            elif isinstance(item, Chain):
                waiting += [item.first, *(value for _, value in item.rest)]
            else:
                found |= of_expression(item, aggregates=False)
        return found
