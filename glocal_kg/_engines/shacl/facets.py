"""What constraints ask of a term, worked out once per distinct term and kept in arrays.

The number of a term leads to its kind, its datatype, its language, its length, or whether it
matches a pattern. A constraint over a million values then is one look into an array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Sized
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl import literals
from glocal_kg._engines.shacl.patterns import without_match
from glocal_kg._engines.shacl.rdf_terms import XSD
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.sparql import comparison
from glocal_kg._rdf.sparql.column_order import SIGNS, compared
from glocal_kg._rdf.sparql.linear import slow_from
from glocal_kg._rdf.sparql.matching_lines import accepted, matcher
from glocal_kg._rdf.sparql.query_terms import kept
from glocal_kg._rdf.sparql.short_numbers import ShortNumbers
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Numbers
from glocal_kg._rdf.store.literal_tails import like_literals
from glocal_kg._rdf.store.term_text import term_of_text

IRI, BLANK, LITERAL, OTHER = 0, 1, 2, 3
_KINDS = {NamedNode: IRI, BlankNode: BLANK}
FEW = 64
"""So few terms are looked at one by one."""
_PART = 1 << 13
"""So many terms are looked at together."""
_WHOLE = {f"{XSD}integer": True, f"{XSD}decimal": False}
"""The datatypes whose usual forms are plain digits: whether only those of whole numbers."""


class Memo:
    """An answer per term number, computed on first need by ``compute``, many at a time."""

    __slots__ = ("_compute", "_known", "_terms", "_values")

    def __init__(self, compute: Callable[[Numbers], Any], dtype: Any, terms: Sized = ()) -> None:
        """``terms`` are those that there are so far."""
        self._compute = compute
        self._terms = terms
        self._values = np.zeros(0, dtype)
        self._known = np.zeros(0, bool)

    def __call__(self, numbers: Numbers) -> NDArray[Any]:
        """The answers for an array of term numbers, in its order."""
        if not len(numbers):
            return self._values[:0]
        top = int(numbers.max())
        if top >= len(self._known):
            most = max(top, len(self._terms))
            size = most + (most >> 2) + 1024  # room for the terms of later edits
            self._values = _grown(self._values, size)
            self._known = _grown(self._known, size)
        known = self._known[numbers]
        if not known.all():
            missing = unique(numbers if not known.any() else numbers[~known])
            self._values[missing] = self._compute(missing)
            self._known[missing] = True
        answers: NDArray[Any] = self._values[numbers]
        return answers


def _parts(some: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Many numbers in parts that are looked at together, each with its place; few in none."""
    if len(some) >= FEW:
        for start in range(0, len(some), _PART):
            look()
            yield start, some[start : start + _PART]


def _grown(array: NDArray[Any], size: int) -> NDArray[Any]:
    larger = np.zeros(size, array.dtype)
    larger[: len(array)] = array
    return larger


class Profile(NamedTuple):
    """What many terms have in common: their kind and, for literals, datatype and language."""

    kind: int
    datatype: str = ""
    language: str = ""


def _mark(text: str) -> str:
    """What stands behind the text of a literal, or with what an IRI or blank node begins.

    The default graph has a number too: no text at all, which is not the plain literal.
    """
    return text[text.rindex('"') :] if text[:1] == '"' else text[:2]


def _profile(term: Any) -> Profile:
    if isinstance(term, Literal):
        return Profile(LITERAL, term.datatype.value, (term.language or "").lower())
    return Profile(_KINDS.get(type(term), OTHER))


class Facets:
    """All facets of the terms of one table."""

    def __init__(self, terms: Dictionary) -> None:
        self.terms = terms
        self._profiles: list[Profile] = []
        self._numbers: dict[str, int] = {}
        self._memos: dict[tuple[str, ...], Memo] = {}
        self._profile = Memo(self._profiles_of, np.int32, terms)
        self.length = Memo(self._lengths, np.int64, terms)
        self._worths = _Worths(terms)

    def _profiles_of(self, column: Numbers) -> Sequence[int] | NDArray[np.int32]:
        if len(column) < FEW:
            return list(map(self._place, column.tolist()))
        sorts, found = self.terms.sorts(column), np.empty(len(column), np.int32)
        for sort in np.flatnonzero(np.bincount(sorts)).tolist():
            at = np.flatnonzero(sorts == sort)
            examples, alike = [int(column[at[0]])], np.zeros(len(at), np.intp)
            if sort == ord('"'):
                examples, alike = like_literals(self.terms, column[at])
            found[at] = np.array(list(map(self._place, examples)), np.int32)[alike]
        return found

    def _place(self, number: int) -> int:
        """Where the profile of a term stands among the profiles."""
        text = self.terms.text(number).decode()
        place = self._numbers.get(_mark(text))
        if place is None:
            place = self._numbers[_mark(text)] = len(self._profiles)
            self._profiles.append(_profile(term_of_text(text)))
        return place

    def profile(self, number: int) -> Profile:
        """The profile of one term."""
        return self._profiles[self._place(number)]

    def _texts(self, some: Numbers) -> list[str]:
        """The IRI, label or text of sorted terms."""
        texts = self.terms.texts(some)
        return [
            text[1 : text.rindex('"')]
            if text[:1] == '"' and "\\" not in text
            else text[1:-1]
            if text[:1] == "<" and text[1:2] != "<"
            else self.terms[number].value
            for number, text in zip(some.tolist(), texts, strict=True)
        ]

    def has(self, numbers: Numbers, fits: Callable[[Profile], bool]) -> NDArray[np.bool_]:
        """Whether the profile of a term is one that ``fits``: asked once per profile."""
        places, profiles = self._profile(numbers), self._profiles
        if len(numbers) < len(profiles):
            return np.array([fits(profiles[place]) for place in places.tolist()], bool)
        answers = np.fromiter(map(fits, profiles), bool, len(profiles))
        found: NDArray[np.bool_] = answers[places]
        return found

    def tags(self, numbers: Numbers) -> NDArray[np.int32]:
        """A number for the language tag of each term, -1 for a term without."""
        places = self._profile(numbers)
        known: dict[str, int] = {"": -1}
        table = [known.setdefault(p.language, len(known)) for p in self._profiles]
        found: NDArray[np.int32] = np.array(table, np.int32)[places]
        return found

    @staticmethod
    def has_forms(datatype: str) -> bool:
        """Whether a literal of a datatype can be written in a form that is not legal."""
        return literals.checker(datatype) is not None

    def has_datatype(self, numbers: Numbers, datatype: str) -> NDArray[np.bool_]:
        """Whether a term is a literal of this datatype with a legal lexical form."""
        if not self.has_forms(datatype):
            return self.has(numbers, lambda profile: profile.datatype == datatype)
        legal = self._memo(("legal", datatype), lambda some: self._legal(some, datatype), bool)
        found: NDArray[np.bool_] = legal(numbers)
        return found

    def _legal(self, some: Numbers, datatype: str) -> NDArray[np.bool_]:
        """For each of sorted terms whether it is such a literal: most in columns."""
        legal = np.zeros(len(some), bool)
        usual, whole = literals.usual_lines(datatype), _WHOLE.get(datatype)
        for start, part in _parts(some):
            if whole is not None:
                short = ShortNumbers(*self.terms.endings(part))
                legal[start + short.at[short.whole == whole]] = True
            elif usual is not None:
                lines = self.terms.lines(part).decode()
                legal[start : start + len(part)] = accepted(usual, lines, len(part))
        left = np.flatnonzero(~legal)
        left = left[self.has(some[left], lambda profile: profile.datatype == datatype)]
        check = literals.checker(datatype)
        assert check is not None
        legal[left] = list(map(check, self._texts(some[left])))
        return legal

    def _lengths(self, some: Numbers) -> list[int]:
        terms = self.terms.take(some.tolist())
        return [-1 if type(term) is BlankNode else len(term.value) for term in terms]

    def matches(self, numbers: Numbers, pattern: str, flags: str) -> NDArray[np.bool_]:
        """Whether the text of a term matches; a blank node never does."""

        def compute(some: Numbers) -> NDArray[np.bool_]:
            found, together = np.zeros(len(some), bool), matcher(pattern, flags)
            if together is not None:
                short = self.terms.sizes(some) < slow_from(pattern)
                for start, part in _parts(some):
                    at = np.flatnonzero(short[start : start + len(part)])
                    lines = self.terms.lines(part[at]).decode()
                    if "\\" not in lines:  # by which a line is left after many tries
                        found[start + at] = accepted(together, lines, len(at))
                        continue
                    at = at[self.terms.sizes(part[at]) < slow_from(f"{pattern}.*")]
                    lines = self.terms.lines(part[at]).decode()
                    found[start + at] = accepted(together, lines, len(at))
            left = np.flatnonzero(~found)
            left = left[self.has(some[left], lambda profile: profile.kind != BLANK)]
            texts = self._texts(some[left])
            bad = without_match(texts, pattern, flags)
            found[left] = [text not in bad for text in texts]
            return found

        found: NDArray[np.bool_] = self._memo(("pattern", pattern, flags), compute, bool)(numbers)
        return found

    def _memo(self, key: tuple[str, ...], compute: Callable[[Numbers], Any], dtype: Any) -> Memo:
        memo = self._memos.get(key)
        if memo is None:
            memo = self._memos[key] = Memo(compute, dtype, self.terms)
        return memo

    def compare(self, sign: str, a: Numbers, b: Numbers) -> NDArray[np.bool_]:
        """Whether a term of ``a`` is less (``<``) than that of ``b``, and so on, as SPARQL says.

        False where they have no order.
        """
        found, unsure = compared(self._worths, sign, a, b)  # type: ignore[arg-type]  # it has what is asked
        holds: NDArray[np.bool_] = found == 1
        for place in np.flatnonzero(unsure).tolist():
            order = comparison.order(self.terms[int(a[place])], self.terms[int(b[place])])
            holds[place] = order is not None and SIGNS[sign](order, 0)
        return holds


class _Worths:
    """What terms are worth, kept together with what queries read of the same terms."""

    def __init__(self, terms: Dictionary) -> None:
        self._terms = terms
        self._kept = kept(terms).worth

    def worth(self, column: Numbers) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        """Kind and value of each."""
        return self._kept.of(column, len(self._terms))

    def exact(self, column: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Units and places of each."""
        return self._kept.exact(column, len(self._terms))
