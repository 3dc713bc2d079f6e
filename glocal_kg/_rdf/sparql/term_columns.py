"""A column of an answer, in which each different term is held once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    from glocal_kg._rdf.sparql.solution_table import Column

    Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


class TermColumn:
    """The different terms of a column, and for each row the place of its term among them.

    ``numbers`` are those of the terms in their dictionary, -1 for a term that no fact has and for
    None, an unbound cell.

    >>> from pyoxigraph import Literal
    >>> column = TermColumn([None, Literal("a")], np.array([1, 0, 1]), np.array([-1, 7]))
    >>> column.written(lambda term: "" if term is None else term.value)
    ['a', '', 'a']
    """

    __slots__ = ("numbers", "places", "terms")

    def __init__(self, terms: list[Term | None], places: NDArray[np.intp], numbers: Column) -> None:
        self.terms = terms
        self.places = places
        self.numbers = numbers

    def cells(self) -> list[Term | None]:
        """The term of each row."""
        return list(map(self.terms.__getitem__, self.places.tolist()))

    def written(self, write: Callable[[Term | None], str]) -> list[str]:
        """The text of each row; each different term is written once."""
        texts = list(map(write, self.terms))
        return list(map(texts.__getitem__, self.places.tolist()))
