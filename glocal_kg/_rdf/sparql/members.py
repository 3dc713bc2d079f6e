"""The members of a long IN, so that a term is looked up among them and not compared with each."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, Triple

from glocal_kg._rdf.sparql import comparison
from glocal_kg._rdf.sparql.numbers import NoValue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glocal_kg._rdf.sparql.comparison import Term
    from glocal_kg._rdf.sparql.numbers import Number

_SAME: Final = frozenset({"node", "tagged", "string"})  # equal where they are the same term


class Members:
    """Terms of a query among which others are looked for, as ``=`` compares them.

    >>> members = Members([Literal("a"), Literal(1), Literal("b", language="en")])
    >>> members.have(Literal("a")), members.have(Literal("b"))
    (True, False)
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self._all = terms
        self._same: set[Term] = set()
        self._exact: set[Number] = set()  # integers and decimals
        self._rest: list[Term] = []  # floats, times, truth values, what is not well-formed
        for term in terms:
            kind, worth = _kind(term)
            if kind in _SAME:
                self._same.add(term)
            elif kind == "number" and not isinstance(worth, float):
                self._exact.add(worth)  # type: ignore[arg-type]  # a number that is no float
            else:
                self._rest.append(term)

    def have(self, term: Term) -> bool:
        """Whether one is equal. Raises ``NoValue`` where none is, and one cannot be compared."""
        kind, worth = _kind(term)
        if kind == "number" and not isinstance(worth, float):
            return worth in self._exact or _has_equal(term, self._rest)
        if kind in _SAME:
            return term in self._same or (kind == "string" and _has_equal(term, self._rest))
        return _has_equal(term, self._all)


def _kind(term: Term) -> tuple[str, object]:
    if isinstance(term, Literal):
        return comparison.value(term)
    return ("triple" if isinstance(term, Triple) else "node"), None


def _has_equal(term: Term, others: Iterable[Term]) -> bool:
    failed = False
    for other in others:
        try:
            if comparison.equal(term, other):
                return True
        except NoValue:
            failed = True
    if failed:
        raise NoValue
    return False
