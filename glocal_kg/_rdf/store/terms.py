"""Terms as numbers: what the fact table and the engines work on."""

from __future__ import annotations

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

TYPE_CHECKING = False  # typing itself is too slow to import on the way to a first answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

Term: TypeAlias = NamedNode | BlankNode | Literal


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

    __slots__ = ("__weakref__", "_ids", "_terms")

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

    def take(self, numbers: Iterable[int]) -> list[Term | DefaultGraph]:
        """The terms of many numbers, in their order."""
        terms = self._terms
        return [terms[number] for number in numbers]

    def since(self, length: int) -> list[Term | DefaultGraph]:
        """The terms that came after the table had ``length`` of them."""
        return self._terms[length:]

    def truncate(self, length: int) -> None:
        """Forget the terms whose numbers are ``length`` or more."""
        for term in self._terms[length:]:
            del self._ids[term]
        del self._terms[length:]

    def __getitem__(self, number: int) -> Term | DefaultGraph:
        return self._terms[number]

    def __len__(self) -> int:
        return len(self._terms)

    def __iter__(self) -> Iterator[Term | DefaultGraph]:
        return iter(self._terms)
