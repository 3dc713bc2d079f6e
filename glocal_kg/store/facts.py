"""Facts as they were written: one table of terms and four columns of numbers.

Stores change literals (``1.50`` becomes ``1.5``), so a store is an index only. This table is
the truth: it keeps every term in its lexical form, and the engines for reasoning and
validation work on its numbers instead of on strings.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Term: TypeAlias = NamedNode | BlankNode | Literal
Row: TypeAlias = tuple[int, int, int, int]


class TermTable:
    """Terms and their numbers: a term gets its number once and keeps it.

    >>> terms = TermTable()
    >>> terms.add(NamedNode("https://example.org/a"))
    0
    >>> terms[0]
    <NamedNode value=https://example.org/a>
    >>> terms.find(NamedNode("https://example.org/b")) is None
    True
    """

    __slots__ = ("_ids", "_terms")

    def __init__(self) -> None:
        self._ids: dict[Term | DefaultGraph, int] = {}
        self._terms: list[Term | DefaultGraph] = []

    def add(self, term: Term | DefaultGraph) -> int:
        """The number of a term, given a new one where it has none."""
        number = self._ids.get(term)
        if number is None:
            number = len(self._terms)
            self._ids[term] = number
            self._terms.append(term)
        return number

    def find(self, term: Term | DefaultGraph) -> int | None:
        """The number of a term, or None where the term is unknown."""
        return self._ids.get(term)

    def __getitem__(self, number: int) -> Term | DefaultGraph:
        return self._terms[number]

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Term | DefaultGraph]:
        return iter(self._terms)


class FactTable:
    """Quads as four columns of term numbers, in the order they were added, without repeats.

    >>> facts = FactTable()
    >>> a, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
    >>> facts.add(Quad(a, p, Literal("1.50")))
    True
    >>> facts.add(Quad(a, p, Literal("1.50")))
    False
    >>> [str(quad.object) for quad in facts]
    ['"1.50"']
    """

    __slots__ = ("_rows", "terms")

    def __init__(self, terms: TermTable | None = None) -> None:
        self.terms = terms if terms is not None else TermTable()
        self._rows: dict[Row, None] = {}

    def row(self, quad: Quad) -> Row:
        """The numbers of a quad; terms that are new get a number."""
        add = self.terms.add
        s, p, o, g = quad
        return add(s), add(p), add(o), add(g)  # type: ignore[arg-type]

    def quad(self, row: Row) -> Quad:
        """The quad of a row."""
        terms = self.terms
        s, p, o, g = row
        return Quad(terms[s], terms[p], terms[o], terms[g])  # type: ignore[arg-type]

    def add(self, quad: Quad) -> bool:
        """Add one quad; False where it was there."""
        row = self.row(quad)
        if row in self._rows:
            return False
        self._rows[row] = None
        return True

    def remove(self, quad: Quad) -> bool:
        """Remove one quad; False where it was not there."""
        row = self.row(quad)
        if row not in self._rows:
            return False
        del self._rows[row]
        return True

    def extend(self, quads: Iterable[Quad]) -> int:
        """Add many quads and return how many were new."""
        before = len(self._rows)
        for quad in quads:
            self._rows[self.row(quad)] = None
        return len(self._rows) - before

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, quad: object) -> bool:
        if not isinstance(quad, Quad):
            return False
        numbers = [self.terms.find(term) for term in quad]  # type: ignore[arg-type]
        return None not in numbers and tuple(numbers) in self._rows

    def __iter__(self) -> Iterator[Quad]:
        return (self.quad(row) for row in self._rows)

    def columns(self) -> NDArray[np.int32]:
        """All rows as an array of shape (n, 4), int32: subject, predicate, object, graph."""
        import numpy as np

        flat = array("i")
        for row in self._rows:
            flat.extend(row)
        return np.frombuffer(flat, dtype=np.int32).reshape(-1, 4) if flat else np.empty((0, 4), np.int32)
