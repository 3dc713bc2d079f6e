"""The terms of one query: those of the moment, and those that the query computes.

A computed term has a number too, from the moment's ``term_count`` upward, so that columns hold
numbers alone. What terms are worth as numbers is kept per dictionary, for all queries.
"""

from __future__ import annotations

from functools import partial
from itertools import compress, islice
from typing import Any, Final
from weakref import WeakKeyDictionary, ref

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.sparql.limits import PART
from glocal_kg._rdf.sparql.solution_table import numbered
from glocal_kg._rdf.sparql.worth import Worth
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.literal_tails import like_literals
from glocal_kg._rdf.store.term_text import texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.store.moment import Moment
    from glocal_kg._rdf.store.selection import Selection

    Found = TypeVar("Found")
    Asked = ParamSpec("Asked")

Mask: TypeAlias = "NDArray[np.bool_]"
Term: TypeAlias = "NamedNode | BlankNode | Literal | Triple"


_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


def _string(term: Term, any_term: bool) -> str | None:
    if isinstance(term, Literal):
        return term.value if any_term or _is_text(term) else None
    return term.value if any_term and isinstance(term, NamedNode) else None


def _is_text(literal: Literal) -> bool:
    """Whether a literal is a string, with a language or without."""
    return literal.language is not None or literal.datatype.value == _STRING


def _order_key(term: Term | None) -> tuple[Any, ...]:
    from glocal_kg._rdf.sparql.comparison import order_key  # most terms sort by their texts

    return order_key(term)


class KeptTerms:
    """What is kept for a dictionary, for all queries: a number never gets another term.

    ``numbers`` are those of terms that queries name, ``sizes`` the facts, the distinct
    subjects and the distinct objects of a predicate: good guesses for every moment.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        # The dictionary itself must not be held by what is kept for it.
        read = partial(_reader, ref(dictionary))
        endings = read(Dictionary.endings)
        self.worth = Worth(read(Dictionary.texts), 0, read(Dictionary.sorts), endings)
        self.numbers: dict[Term, int] = {}
        self.sizes: dict[tuple[Selection, int], tuple[int, int, int]] = {}


_KEPT: Final[WeakKeyDictionary[Dictionary, KeptTerms]] = WeakKeyDictionary()
_MOST_NUMBERS: Final = 10_000
_NO_NUMBERS: Final = np.empty(0, np.int32)
_LONG: Final = 1000  # letters of a text of which only the kind is read
_FEW: Final = 64  # so few terms are looked for one by one
_SORTS: Final = {NamedNode: ord("<"), BlankNode: ord("_"), Literal: ord('"')}


def kept(dictionary: Dictionary) -> KeptTerms:
    """What is kept for a dictionary."""
    found = _KEPT.get(dictionary)
    if found is None:
        found = _KEPT[dictionary] = KeptTerms(dictionary)
    return found


class QueryTerms:
    """Terms by number and numbers by term, for one query over one moment.

    ``check`` is called between parts of long work, and may raise.
    """

    def __init__(self, moment: Moment, check: Callable[[], object] = bool) -> None:
        self.moment = moment
        self.check = check
        self.known: int = moment.term_count
        self.letters = 0  # of what the query has computed
        self._new: list[Term] = []
        self._numbers: dict[Term | None, int] = {None: -1}
        self.kept = kept(moment.dictionary)
        self._new_worth: Worth | None = None

    def find(self, term: Term) -> int | None:
        """The number of a term of the moment, or None; for terms that queries name."""
        numbers = self.kept.numbers
        found = numbers.get(term)
        if found is None:
            found = self.moment.find(term)
            if found is not None and len(numbers) < _MOST_NUMBERS:
                numbers[term] = found
            return found
        return found if found < self.known else None

    def number(self, term: Term) -> int:
        """The number of a term; a new one where no fact has it."""
        found = self._numbers.get(term)
        if found is None:
            found = self.moment.find(term)
            if found is None:
                found = self.known + len(self._new)
                self._new.append(term)
                self.letters += len(str(term))
            self._numbers[term] = found
        return found

    def numbers(self, terms: Iterable[Term | None]) -> Column:
        """A column of terms; None is unbound."""
        parts = [_NO_NUMBERS]
        terms = iter(terms)
        while some := list(islice(terms, PART)):
            self.check()
            found = list(map(self._numbers.get, some))
            new = dict.fromkeys(t for t, known in zip(some, found, strict=True) if known is None)
            if new:
                self._number_all(list(new))  # type: ignore[arg-type]  # None is known
                found = list(map(self._numbers.__getitem__, some))
            parts.append(np.array(found, np.int32))
        return np.concatenate(parts)

    def _number_all(self, terms: list[Term]) -> None:
        """Give numbers to different terms; many are looked for together, which is quicker."""
        if len(terms) <= _FEW:
            for term in terms:
                self.check()  # a single text may have millions of letters
                self.number(term)
            return
        texts = texts_of(terms)
        found = self.moment.dictionary.find_texts(texts)
        new = (found < 0) | (found >= self.known)
        first = self.end
        self._new += compress(terms, new.tolist())
        self.letters += sum(map(len, compress(texts, new.tolist())))
        found[new] = np.arange(first, self.end)
        self._numbers.update(zip(terms, found.tolist(), strict=True))

    def term(self, number: int) -> Term:
        """The term of a number that is bound."""
        if number < self.known:
            found: Term = self.moment.term(number)
            return found
        return self._new[number - self.known]

    def terms(self, column: Column, told: Callable[[int], object] = bool) -> list[Term | None]:
        """The terms of a column, each read once.

        ``told`` is called between the pieces of a long one with the number of different terms.
        """
        if len(column) <= _FEW:
            return self.read(column)
        ordered = bool((column[1:] > column[:-1]).all())
        once, places = (column, column) if ordered else numbered(column, self.check)
        read: list[Term | None] = []
        for start in range(0, len(once), PART):
            told(len(once))
            read += self.read(once[start : start + PART], len(once))
        if ordered:
            return read
        found: list[Term | None] = []
        for start in range(0, len(places), PART):
            told(len(once))
            found += map(read.__getitem__, places[start : start + PART].tolist())
        return found

    def read(self, column: Column, of: int | None = None) -> list[Term | None]:
        """The same for a column without repetitions, or for a part of one of so many."""
        if len(column) > _FEW and column.min() >= 0 and column.max() < self.known:
            return self.moment.terms(column, of)
        numbers, term = column.tolist(), self.term
        if not numbers:
            return []
        if max(numbers) < self.known:
            if min(numbers) >= 0:
                return self.moment.terms(numbers)
        elif self._follow(numbers):
            return self._new[numbers[0] - self.known : numbers[-1] - self.known + 1]  # type: ignore[return-value]  # all were made
        return [term(number) if number >= 0 else None for number in numbers]

    def _follow(self, numbers: list[int]) -> bool:
        """Whether numbers are computed terms that follow one another."""
        first, last = numbers[0], numbers[-1]
        as_many = first >= self.known and last - first == len(numbers) - 1
        return as_many and numbers == list(range(first, last + 1))

    def order_keys(self, column: Column) -> list[tuple[Any, ...]]:
        """The keys that sort sorted terms as ORDER BY does; most are not even made terms."""
        found: list[tuple[Any, ...]] = []
        for number, written in zip(column.tolist(), self.texts(column), strict=True):
            if written[:1] == "<" and written[1:2] != "<":
                found.append((2, written[1:-1]))
            elif written[-1:] == '"' and "\\" not in written:
                found.append((3, 3, written[1:-1]))
            else:
                found.append(_order_key(self.term(number) if number >= 0 else None))
        return found

    def strings(self, column: Column, any_term: bool) -> list[str | None]:
        """The texts of strings, with a language or without, of sorted terms; None for others.

        With ``any_term`` also those of all other literals and of IRIs, as STR gives them.
        """
        return [
            written[1:end]
            if (end := written.rfind('"')) > 0
            and written[0] == '"'
            and "\\" not in written
            and (any_term or written[-1] != ">")  # as a type ends
            else self._other_string(written, number, any_term)
            for written, number in zip(self.texts(column), column.tolist(), strict=True)
        ]

    def _other_string(self, written: str, number: int, any_term: bool) -> str | None:
        """The same for a term that is no literal, has a type or signs that are escaped."""
        if written[-1:] == ">" and not any_term:
            return None
        if written[:1] == "<" and '"' not in written:
            return written[1:-1]
        return _string(self.term(number), any_term) if number >= 0 else None

    def without(self, column: Column, part: str, any_term: bool) -> tuple[Mask, Mask]:
        """For each of sorted terms whether ``strings`` gives a text that cannot have a part.

        And whether it gives none at all. Of the rest nothing is known.
        """
        none = column < 0
        lacking = np.zeros(len(column), bool)
        known = np.flatnonzero(~none & (column < self.known))
        held, first, last = self.moment.dictionary.holding(column[known], part.encode())
        literal, node = first == ord('"'), first == ord("<")
        text = (literal | node) if any_term else literal & (last != ord(">"))
        lacking[known] = text & ~held
        none[known] = ~text & ~(node & (last != ord(">")))
        return lacking, none

    def sorts(self, column: Column) -> NDArray[np.uint8]:
        """For each of sorted terms the first byte of its text, 0 for triple terms and unbound."""
        found = np.zeros(len(column), np.uint8)
        low, high = column.searchsorted((0, self.known)).tolist()
        found[low:high] = self.moment.dictionary.sorts(column[low:high])
        new = [_SORTS.get(type(self.term(number)), 0) for number in column[high:].tolist()]
        found[high:] = new
        return found

    def sorts_of(self, column: Column) -> NDArray[np.uint8]:
        """The same for numbers in any order."""
        if len(column) < 2:
            return self.sorts(column)
        once, back = numbered(column)
        return self.sorts(once)[back]

    def like_literals(self, column: Column) -> tuple[list[int], NDArray[np.intp]]:
        """One number for each language or type among sorted literals, and for each which."""
        return like_literals(
            self.moment.dictionary,
            column,
            self.known,
            lambda number: str(self.term(number)).encode(),
            self.check,
        )

    def texts(self, column: Column) -> list[str]:
        """What the dictionary has for sorted terms, empty for those that are new or unbound."""
        known = column[(column >= 0) & (column < self.known)]
        unbound = int(np.count_nonzero(column < 0))
        new = len(column) - unbound - len(known)
        return [""] * unbound + self.moment.dictionary.texts(known) + [""] * new

    @property
    def end(self) -> int:
        """One more than the largest number in use."""
        return self.known + len(self._new)

    @property
    def computed(self) -> int:
        """How many terms the query has computed."""
        return len(self._new)

    def worth(self, column: Column) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        """Kind and value of each number of a column in which all rows are bound."""
        own = column >= self.known
        if not own.any():
            return self.kept.worth.of(column, self.known, self.check)
        kinds = np.empty(len(column), np.uint8)
        found = np.empty(len(column), np.float64)
        kinds[own], found[own] = self._own_worth().of(column[own], self.end, self.check)
        kinds[~own], found[~own] = self.kept.worth.of(column[~own], self.known, self.check)
        return kinds, found

    def exact(self, column: Column) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Units and places of each number of such a column; see :mod:`.worth`."""
        own = column >= self.known
        if not own.any():
            return self.kept.worth.exact(column, self.known, self.check)
        units = np.empty(len(column), np.int64)
        places = np.empty(len(column), np.int8)
        units[own], places[own] = self._own_worth().exact(column[own], self.end, self.check)
        units[~own], places[~own] = self.kept.worth.exact(column[~own], self.known, self.check)
        return units, places

    def _own_worth(self) -> Worth:
        if self._new_worth is None:
            self._new_worth = Worth(
                lambda column: [_told(self.term(number)) for number in column.tolist()], self.known
            )
        return self._new_worth


def _told(term: Term) -> str:
    """The text of a term as far as it tells what the term is worth."""
    if not isinstance(term, Literal) or len(term.value) < _LONG:
        return str(term)
    return str(Literal("", language=term.language) if _is_text(term) else term)


def _reader(
    dictionary: ref[Dictionary], of: Callable[Concatenate[Dictionary, Asked], Found]
) -> Callable[Asked, Found]:
    def read(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        found = dictionary()
        assert found is not None  # who asks holds a moment, which holds the dictionary
        return of(found, *args, **kwargs)

    return read
