"""Literals of one value in several forms, such as 1.5 and 1.50.

The facts hold each of them; the index, which keeps values, shows them as one. Removing one of
them must leave the others in the index, so it is good to know which literals have company.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, Store

from glocal_kg._rdf.namespaces import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

    from glocal_kg._rdf.store.terms import TermTable

_ANY = NamedNode("urn:any")


class Forms:
    """The literals met so far, told apart as the index tells them apart.

    >>> from glocal_kg._rdf.store.terms import TermTable
    >>> terms, forms = TermTable(), Forms()
    >>> one, other = (Literal(form, datatype=XSD.decimal) for form in ("1.5", "1.50"))
    >>> _ = terms.add(one), terms.add(other)
    >>> forms.note(terms)
    >>> forms.is_one_of_many(one)
    True
    """

    def __init__(self) -> None:
        self._firsts, self._others, self._seen = Store(), Store(), 0

    def note(self, terms: TermTable) -> None:
        """Look at the terms that came since the last time."""
        start, self._seen = min(self._seen, len(terms)), len(terms)
        for term in terms.since(start):
            if may_vary(term):
                quad = _alone(term)
                (self._others if quad in self._firsts else self._firsts).add(quad)

    def is_one_of_many(self, term: object) -> bool:
        """Whether the index cannot tell a literal from another one of the facts."""
        return may_vary(term) and _alone(term) in self._others


def may_vary(term: object) -> TypeGuard[Literal]:
    """Whether a term is a literal that the index may keep by its value."""
    return type(term) is Literal and not term.language and term.datatype != XSD.string


def _alone(literal: Literal) -> Quad:
    return Quad(_ANY, _ANY, literal)
