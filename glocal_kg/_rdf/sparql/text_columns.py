"""Texts computed in columns: LCASE, CONCAT and their like over lists, without a call for each row.

Here every row has a plain string or one with a language, as most columns do; what has another row
(``Mixed``) is computed row by row, where the functions of SPARQL say what it comes to.
"""

from __future__ import annotations

from functools import partial
from math import isfinite
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql import numbers
from glocal_kg._rdf.sparql.algebra import Call, Var
from glocal_kg._rdf.sparql.comparison import STRING, number
from glocal_kg._rdf.sparql.iris import are_absolute
from glocal_kg._rdf.sparql.limits import LONGEST_TEXT
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.store.term_text import kind_of_tail, value_of_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.computing import RowsAt

_NEAR: Final = 4  # times as many letters, and a pattern may take too long for many texts
_MOST: Final = 1 << 22  # letters of a column that are computed in one go


class Mixed(Exception):
    """A column has something else than strings, or too long ones.

    ``odd`` tells which rows, where the others can be computed together.
    """

    def __init__(self, odd: NDArray[np.bool_] | list[bool] | None = None) -> None:
        super().__init__()
        self.odd = odd


class Texts(NamedTuple):
    """Strings, and what stands behind each in N-Triples: nothing, or its language."""

    texts: list[str]
    tails: list[str]

    def literals(self) -> list[Literal]:
        """The strings as literals."""
        if not any(self.tails):
            return list(map(Literal, self.texts))
        of: dict[str, Callable[[str], Literal]] = {
            tail: partial(Literal, **kind_of_tail(tail)) for tail in set(self.tails) if tail
        }
        of[""] = Literal
        return [of[tail](text) for text, tail in zip(self.texts, self.tails, strict=True)]


Column: TypeAlias = "Callable[[RowsAt], Texts]"


def text_column(expression: Expression) -> Column | None:
    """What computes a column of strings; None where an expression gives something else.

    What it gives raises ``Mixed`` where a row has no string.
    """
    match expression:
        case Var(name):
            return lambda rows: _strings(rows.written(name))
        case Literal() if expression.datatype.value == STRING:
            return lambda rows: Texts([expression.value] * len(rows), [""] * len(rows))
        case Call("STR", (Var(name),)):
            return lambda rows: _any(rows.written(name))
        case Call(name, args) if name in _FUNCTIONS and args:
            first, *rest = args
            column = text_column(first)
            try:
                made = _FUNCTIONS[name](*map(_constant, rest))
            except (NoValue, ValueError):  # no constant, or one that does not fit
                return None
            return None if column is None else lambda rows: made(column(rows))
        case Call("CONCAT", args) if args:
            columns = [text_column(arg) for arg in args]
            sure = [column for column in columns if column is not None]
            return None if len(sure) < len(columns) else lambda rows: _concat(sure, rows)
    return None


def together(expression: Expression, base: str | None) -> Callable[[RowsAt], list[Any]] | None:
    """What computes strings or IRIs as terms; ``base`` is that of relative IRIs."""
    if isinstance(expression, Call) and expression.name == "IRI" and base is None:
        of_iri = text_column(expression.args[0])
        return None if of_iri is None else lambda rows: _iris(of_iri(rows))
    column = text_column(expression)
    return None if column is None else lambda rows: column(rows).literals()


def _iris(column: Texts) -> list[NamedNode]:
    if any(column.tails) or not are_absolute(column.texts):
        raise Mixed
    try:
        return list(map(NamedNode, column.texts))
    except ValueError:
        raise Mixed from None


def text_comparison(expression: Expression) -> Callable[[RowsAt], list[bool]] | None:
    """The same for CONTAINS, STRSTARTS and STRENDS."""
    if not isinstance(expression, Call) or expression.name not in _TESTS:
        return None
    test, (a, b) = _TESTS[expression.name], map(text_column, expression.args)
    if a is None or b is None:
        return None

    def compared(rows: RowsAt) -> list[bool]:
        texts, others = a(rows), b(rows)
        if any(others.tails) and any(
            tail and tail != own for own, tail in zip(texts.tails, others.tails, strict=True)
        ):
            raise Mixed
        return list(map(test, texts.texts, others.texts))

    return compared


_TESTS: Final[dict[str, Callable[[str, str], bool]]] = {
    "CONTAINS": str.__contains__,
    "STRSTARTS": str.startswith,
    "STRENDS": str.endswith,
}


# Columns as they are


def _strings(written: list[str]) -> Texts:
    found = _literals(written)
    others = {tail for tail in set(found.tails) if tail[:1] not in ("", "@")}
    if others:
        raise Mixed([tail in others for tail in found.tails])
    return found


def _any(written: list[str]) -> Texts:
    """The texts of literals, or of IRIs, as STR gives them."""
    if written[0][:1] == '"':
        return _without_language(_literals(written))
    joined = "\n".join(written)
    texts = joined[1:-1].split(">\n<")
    if joined[:1] != "<" or len(texts) < len(written) or joined.count("<") > len(written):
        raise Mixed
    return Texts(texts, [""] * len(texts))


def _literals(written: list[str]) -> Texts:
    """Texts, and what stands behind each in N-Triples: cut from one where that is sure.

    There it is sure where each quotation mark begins or ends a text.
    """
    joined = "\n".join(written)
    if len(joined) > _MOST:
        raise Mixed
    pieces = joined.split('"')
    tails = pieces[2::2]
    if "\\" in joined or len(pieces) != 2 * len(written) + 1 or pieces[0]:
        return _one_by_one(written)
    ends = set(tails[:-1])
    if any(end.find("\n") != len(end) - 1 for end in ends) or "" in ends or "\n" in tails[-1]:
        return _one_by_one(written)
    cut = {end: end[:-1] for end in ends}
    return Texts(pieces[1::2], [*map(cut.__getitem__, tails[:-1]), tails[-1]])


def _one_by_one(written: list[str]) -> Texts:
    odd = [text[:1] != '"' for text in written]  # be it a triple term
    if any(odd):
        raise Mixed(odd)
    ends = [text.rindex('"') for text in written]
    texts = [text[1:end] for text, end in zip(written, ends, strict=True)]
    tails = [text[end + 1 :] for text, end in zip(written, ends, strict=True)]
    return Texts([value_of_text(text) if "\\" in text else text for text in texts], tails)


def _constant(expression: Expression) -> Literal:
    if not isinstance(expression, Literal):
        raise NoValue
    return expression


def _plain(literal: Literal) -> str:
    if literal.datatype.value != STRING:
        raise NoValue
    return literal.value


# Functions


Of: TypeAlias = "Callable[[Texts], Texts]"


def _each(function: Callable[[str], str]) -> Callable[[], Of]:
    """A function of one text that keeps its language."""
    return lambda: lambda column: Texts(list(map(function, column.texts)), column.tails)


def _without_language(column: Texts) -> Texts:
    return Texts(column.texts, [""] * len(column.texts))


def _substring(start: Literal, size: Literal | None = None) -> Of:
    first = numbers.as_float(numbers.rounded(number(start)))
    last = numbers.as_float(numbers.rounded(number(size))) + first if size is not None else None
    if not isfinite(first) or not (last is None or isfinite(last)):
        raise NoValue
    begin, end = max(int(first), 1) - 1, None if last is None else max(int(last), 1) - 1
    return lambda column: Texts([text[begin:end] for text in column.texts], column.tails)


def _before(part: Literal) -> Of:
    mark = _plain(part)

    def before(column: Texts) -> Texts:
        places = [text.find(mark) for text in column.texts]
        texts = [text[: max(0, at)] for text, at in zip(column.texts, places, strict=True)]
        return Texts(texts, _where_found(places, column.tails))

    return before


def _after(part: Literal) -> Of:
    mark = _plain(part)
    size = len(mark)

    def after(column: Texts) -> Texts:
        places = [text.find(mark) for text in column.texts]
        found = zip(column.texts, places, strict=True)
        texts = [text[at + size :] if at >= 0 else "" for text, at in found]
        return Texts(texts, _where_found(places, column.tails))

    return after


def _where_found(places: list[int], tails: list[str]) -> list[str]:
    return [tail if at >= 0 else "" for at, tail in zip(places, tails, strict=True)]


def _replace(pattern: Literal, new: Literal, flags: Literal | None = None) -> Of:
    from glocal_kg._rdf.sparql.functions import LONG, replacing

    marks = "" if flags is None else _plain(flags)
    form, put, slow = replacing(_plain(pattern), _plain(new), marks)
    most = LONGEST_TEXT // max(1, len(put))

    def replaced(column: Texts) -> Texts:
        if max(map(len, column.texts)) >= min(slow // _NEAR, most, LONG):
            raise Mixed
        return Texts([form.sub(put, text) for text in column.texts], column.tails)

    return replaced


def _encoded() -> Of:
    from urllib.parse import quote

    encode = partial(quote, safe="-_.~")
    return lambda column: _without_language(Texts(list(map(encode, column.texts)), column.tails))


def _concat(columns: list[Column], rows: RowsAt) -> Texts:
    parts = [column(rows) for column in columns]
    if sum(sum(map(len, part.texts)) for part in parts) > _MOST:
        raise Mixed
    texts = list(map("".join, zip(*(part.texts for part in parts), strict=True)))
    tails = parts[0].tails
    for part in parts[1:]:  # a language only where all have the same
        if part.tails != tails:
            both = zip(tails, part.tails, strict=True)
            tails = [one if one == other else "" for one, other in both]
    return Texts(texts, tails)


_FUNCTIONS: Final[dict[str, Callable[..., Of]]] = {
    "STR": lambda: _without_language,
    "LCASE": _each(str.lower), "UCASE": _each(str.upper),
    "SUBSTR": _substring, "STRBEFORE": _before, "STRAFTER": _after, "REPLACE": _replace,
    "ENCODE_FOR_URI": _encoded,
}  # fmt: skip
"""From the constants behind the first argument to what computes a column of it."""
