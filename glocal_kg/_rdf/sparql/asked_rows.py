"""Expressions that no column gives: asked once for each distinct row, brought in by the first."""

from __future__ import annotations

from time import monotonic
from typing import Final

import numpy as np

from glocal_kg._rdf.sparql.algebra import Call, Chain, Exists
from glocal_kg._rdf.sparql.compiling import Compiler
from glocal_kg._rdf.sparql.expressions import is_of_kind
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.piecewise import lasts, taken
from glocal_kg._rdf.sparql.scope import is_fickle, of_expression, parts
from glocal_kg._rdf.sparql.solution_table import numbered, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.compiling import Row
    from glocal_kg._rdf.sparql.evaluating import Evaluator
    from glocal_kg._rdf.sparql.solution_table import Column, SolutionTable

    Made = TypeVar("Made")
    N = TypeVar("N", bound=np.generic)

_NO_NUMBERS: Final = np.empty(0, np.int32)
_OFTEN: Final = 16  # rows that are computed between two looks at the clock, fewer where an
_PARTS: Final = 1024  # expression has so many parts
_READ: Final = 1 << 12  # rows whose terms are read together
_SOON: Final = 0.03  # seconds after which what they give is counted


class AskedRows:
    """The rows of an evaluator's table that differ in what one expression looks at."""

    def __init__(self, evaluator: Evaluator, expression: Expression) -> None:
        self.run = evaluator.run
        self.expression = expression
        self.hidden = evaluator.hidden
        self.table = self._with_parts(evaluator)
        names = sorted(self._wanted() & self.table.columns.keys())
        self.places, self.back = self._distinct(names)
        places = {name: place for place, name in enumerate(names)}
        self.compiler = Compiler(places, self.hidden, self.run)

    def truth(self) -> NDArray[np.int8]:
        """The effective boolean value in each row of the table: 1, 0, or -1 for an error."""
        made = self._computed(self.compiler.truth(self.expression))
        truths = [-1 if truth is None else truth for part in made for truth in part]
        return self._for_all(np.array(truths, np.int8))

    def numbers(self) -> Column:
        """The term in each row of the table by its number, -1 where it has none."""
        made = self._computed(self.compiler.value(self.expression))
        return self._for_all(np.concatenate([_NO_NUMBERS, *map(self.run.terms.numbers, made)]))

    def _computed(self, function: Callable[[Row], Made]) -> Iterator[list[Made | None]]:
        """What a function gives for the rows at the places, part by part; None for no value.

        Texts may be long and functions slow, so the first parts are short, and one that takes its
        time is the last for now: who takes the part counts its letters.
        """
        terms = self.run.terms
        often = max(1, min(_OFTEN, _PARTS // sum(1 for _ in parts(self.expression))))
        start, size = 0, 1
        while start < len(self.places):
            some, began = self.places[start : start + size], monotonic()
            found = self._one_by_one(function, some, often)
            yield found
            self.run.limits.texts(terms.computed, terms.letters)  # of the last part, too
            start += len(found)
            soon = len(found) == len(some) and monotonic() - began < _SOON
            size = min(2 * size, _READ) if soon else max(1, len(found) // 2)

    def _one_by_one(
        self, function: Callable[[Row], Made], places: NDArray[np.intp], often: int
    ) -> list[Made | None]:
        """What a function gives for the first of some rows, as many as there is time for."""
        compiler, terms, limits = self.compiler, self.run.terms, self.run.limits
        of = len(self.places)
        columns = [terms.read(self.table.columns[name][places], of) for name in compiler.places]
        rows = list(zip(*columns, strict=True)) if columns else [()] * len(places)
        found: list[Made | None] = []
        every = not compiler.asks_row  # as long as every row has a value
        began = monotonic()
        while len(found) < len(rows) and (not found or monotonic() - began < _SOON):
            limits.texts(terms.computed + len(found), terms.letters)
            at = len(found)
            part = rows[at : at + often]
            if every:
                try:
                    found += list(map(function, part))
                except NoValue:
                    every = False
                else:
                    continue
            for place, row in zip(places[at : at + often].tolist(), part, strict=True):
                compiler.row = place
                try:
                    found.append(function(row))
                except NoValue:
                    found.append(None)
        return found

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
