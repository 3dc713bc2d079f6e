"""What constraints ask of a term, worked out once per distinct term and kept in arrays.

The number of a term leads to its kind, its datatype, its language, its length, or whether it
matches a pattern. A constraint over a million values then is one look into an array.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg.store.index import Numbers
from glocal_kg.validation import literals
from glocal_kg.validation.patterns import matching
from glocal_kg.validation.terms import Term

IRI, BLANK, LITERAL, OTHER = 0, 1, 2, 3
_KINDS = {NamedNode: IRI, BlankNode: BLANK, Literal: LITERAL}
_INCOMPARABLE = 2
_UNRANKED = 0


class Terms(Protocol):
    """The table of terms, as validation uses it."""

    def add(self, term: Any, /) -> int:
        """The number of a term, given a new one where it has none."""

    def find(self, term: Any, /) -> int | None:
        """The number of a term, or None."""

    def __getitem__(self, number: int, /) -> Any: ...

    def __len__(self) -> int: ...


class Memo:
    """An answer per term number, computed on first need by ``compute``, many at a time."""

    __slots__ = ("_compute", "_known", "_values")

    def __init__(self, compute: Callable[[list[int]], Sequence[Any]], dtype: Any) -> None:
        self._compute = compute
        self._values = np.zeros(0, dtype)
        self._known = np.zeros(0, bool)

    def __call__(self, numbers: Numbers) -> NDArray[Any]:
        """The answers for an array of term numbers, in its order."""
        if not len(numbers):
            return self._values[:0]
        top = int(numbers.max())
        if top >= len(self._known):
            size = max(top + 1, 2 * len(self._known))
            self._values = _grown(self._values, size)
            self._known = _grown(self._known, size)
        missing = numbers[~self._known[numbers]]
        if len(missing):
            missing = np.unique(missing)
            self._values[missing] = self._compute(missing.tolist())
            self._known[missing] = True
        answers: NDArray[Any] = self._values[numbers]
        return answers


def _grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    larger = np.zeros(size, array.dtype)
    larger[: len(array)] = array
    return larger


class Facets:
    """All facets of the terms of one table."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._tags: dict[str, int] = {"": 0}
        self._datatypes: dict[str, int] = {"": 0}
        self._parsed: dict[int, literals.Value | None] = {}
        self._memos: dict[tuple[str, ...], Memo] = {}
        self.kind = Memo(lambda some: [_KINDS.get(type(terms[i]), OTHER) for i in some], np.int8)
        self.language = Memo(self._language, np.int32)
        self.datatype = Memo(self._datatype, np.int32)
        self.length = Memo(self._length, np.int64)
        self._family = Memo(self._families, np.int8)
        self._rank = Memo(self._ranks, np.int64)

    def _language(self, some: list[int]) -> list[int]:
        tags, terms = self._tags, self.terms
        found = []
        for i in some:
            term = terms[i]
            tag = (term.language or "").lower() if isinstance(term, Literal) else ""
            found.append(tags.setdefault(tag, len(tags)))
        return found

    def language_number(self, fits: Callable[[str], bool]) -> NDArray[np.int32]:
        """The numbers of the language tags met so far that ``fits`` accepts."""
        return np.array([n for tag, n in self._tags.items() if tag and fits(tag)], np.int32)

    def tag(self, number: int) -> str:
        """The language tag of a number given by ``language``."""
        return next(tag for tag, n in self._tags.items() if n == number)

    def _datatype(self, some: list[int]) -> list[int]:
        names, terms = self._datatypes, self.terms
        found = []
        for i in some:
            term = terms[i]
            name = term.datatype.value if isinstance(term, Literal) else ""
            number = names.get(name)
            if number is None:
                number = names[name] = len(names)
            found.append(number)
        return found

    def has_datatype(self, numbers: Numbers, datatype: str) -> NDArray[np.bool_]:
        """Whether a term is a literal of this datatype with a legal lexical form."""
        types = self.datatype(numbers)
        wanted = self._datatypes.get(datatype)
        if wanted is None:
            return np.zeros(len(numbers), bool)
        right: NDArray[np.bool_] = types == wanted
        if not literals.takes_any_form(datatype):
            terms = self.terms
            legal = self._memo(
                ("legal", datatype),
                lambda some: [literals.is_legal(terms[i].value, datatype) for i in some],
                bool,
            )
            right[right] = legal(numbers[right])
        return right

    def _length(self, some: list[int]) -> list[int]:
        terms = self.terms
        return [
            -1 if isinstance(term, BlankNode) else len(term.value)
            for term in (terms[i] for i in some)
        ]

    def matches(self, numbers: Numbers, pattern: str, flags: str) -> NDArray[np.bool_]:
        """Whether the text of a term matches; a blank node never does."""

        def compute(some: list[int]) -> NDArray[np.bool_]:
            terms = [self.terms[i] for i in some]
            found = np.zeros(len(some), bool)
            texts = ["" if isinstance(term, BlankNode) else term.value for term in terms]
            found[list(matching(texts, pattern, flags))] = True
            found &= np.array([not isinstance(term, BlankNode) for term in terms], bool)
            return found

        return self._memo(("pattern", pattern, flags), compute, bool)(numbers)

    def _memo(self, key: tuple[str, ...], compute: Callable[[list[int]], Any], dtype: Any) -> Memo:
        memo = self._memos.get(key)
        if memo is None:
            memo = self._memos[key] = Memo(compute, dtype)
        return memo

    def value(self, number: int) -> literals.Value | None:
        """The value of a literal, parsed once; None where it has no order."""
        if number not in self._parsed:
            term: Term = self.terms[number]
            self._parsed[number] = (
                literals.value_of(term.value, term.datatype.value)
                if isinstance(term, Literal) and not term.language
                else None
            )
        return self._parsed[number]

    def _families(self, some: list[int]) -> list[int]:
        return [literals.rank(self.value(i))[0] for i in some]

    def _ranks(self, some: list[int]) -> list[int]:
        return [literals.rank(self.value(i))[1] for i in some]

    def compare(self, a: Numbers, b: Numbers) -> NDArray[np.int8]:
        """-1, 0, 1 as a term of ``a`` is less than, equal to, greater than that of ``b``.

        2 where they have no order. Whole numbers and moments of one kind are compared as
        arrays, everything else pair by pair.
        """
        family = self._family(a)
        same = (family == self._family(b)) & (family != _UNRANKED)
        result: NDArray[np.int8] = np.sign(self._rank(a) - self._rank(b)).astype(np.int8)
        for place in np.flatnonzero(~same).tolist():
            order = literals.compare(self.value(int(a[place])), self.value(int(b[place])))
            result[place] = _INCOMPARABLE if order is None else order
        return result
