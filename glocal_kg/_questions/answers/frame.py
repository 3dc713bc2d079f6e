"""A table as columns of one type each: for pandas, and for Arrow and all that reads it.

Text, IRIs and other terms are text; numbers, booleans, dates and times are what they are. A date
that is only a year or a month is its first day, and a column beside it says how precise it is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.answers.values import Term, plain, python_value
from glocal_kg._rdf.frames import FrameColumn
from glocal_kg._rdf.namespaces import XSD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from glocal_kg._questions.answers.table import Table

_XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMS = {"gYear": ("{}-01-01", 4, "year"), "gYearMonth": ("{}-01", 7, "month")}


def columns_of(
    table: Table, *, labels: bool = False, language: bool = False, datatype: bool = False
) -> list[FrameColumn]:
    """The columns of a table, each with those that belong to it beside it."""
    taken = set(table.columns)
    found: list[FrameColumn] = []
    for place, name in enumerate(table.columns):
        terms = [row[place] for row in table.terms]
        column, precision = _column(name, terms)
        found.append(column)
        beside: list[tuple[str, bool, Callable[[Term | None], Any]]] = [
            ("label", labels and any(isinstance(t, NamedNode) for t in terms), table.label),
            ("language", language and _any_literal(terms), _language),
            ("datatype", datatype and _any_literal(terms), lambda t: _datatype(table, t)),
        ]
        for what, wanted, of in beside:
            if wanted:
                found.append(FrameColumn(_free(f"{name}_{what}", taken), "text", [*map(of, terms)]))
        if precision is not None:
            found.append(FrameColumn(_free(f"{name}_precision", taken), "text", precision))
    return found


def _column(name: str, terms: Sequence[Term | None]) -> tuple[FrameColumn, list[str | None] | None]:
    """The column in the type that all values have, else as text; and how precise dates are."""
    values = [python_value(term) for term in terms]
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return FrameColumn(name, "truth", values), None
    if kinds == {int} and all(-(2**63) <= v < 2**63 for v in values if isinstance(v, int)):
        return FrameColumn(name, "whole", values), None
    if kinds <= {int, float, Decimal} and kinds & {float, Decimal}:
        numbers = [None if v is None else float(v) for v in values]  # type: ignore[arg-type]  # numbers, as their kinds say
        return FrameColumn(name, "real", numbers), None
    if kinds:
        told = [_moment(term, value) for term, value in zip(terms, values, strict=True)]
        if all(one is not None for one, value in zip(told, values, strict=True) if value):
            moments = [None if one is None else one[0] for one in told]
            zones = {moment.tzinfo is not None for moment in moments if moment is not None}
            if len(zones) == 1:
                kind = "moment in UTC" if zones == {True} else "moment"
                precision = [None if one is None else one[1] for one in told]
                return FrameColumn(name, kind, moments), precision
    texts = [None if term is None else plain(term) for term in terms]
    return FrameColumn(name, "text", texts), None


def date_columns(name: str, texts: Sequence[str | None]) -> list[FrameColumn]:
    """Dates that are written as texts, as a table has them: a column, and its precision beside.

    Where one of the texts is no date, and where there is none, it is one column of texts.

    >>> [column.values for column in date_columns("start", ["2003-05", None])]
    [[datetime.datetime(2003, 5, 1, 0, 0), None], ['month', None]]
    """
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    terms = [
        None if one is None else Literal(one, datatype=kinds.get(len(one), XSD.string))
        for one in texts
    ]
    column, precision = _column(name, terms)
    beside = [] if precision is None else [FrameColumn(f"{name}_precision", "text", precision)]
    return [column, *beside]


def _moment(term: Term | None, value: object) -> tuple[datetime, str] | None:
    """A date as its first second, and whether a second, day, month or year is known."""
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC) if value.tzinfo else value, "second"
        except OverflowError:  # in UTC it is in a year that Python has not
            return None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day), "day"
    if isinstance(term, Literal):
        form, length, precision = _FORMS.get(term.datatype.value.removeprefix(_XSD), ("", 0, ""))
        if form and len(term.value) == length:
            try:
                return datetime.fromisoformat(form.format(term.value)), precision
            except ValueError:
                return None
    return None


def _any_literal(terms: Sequence[Term | None]) -> bool:
    return any(isinstance(term, Literal) for term in terms)


def _language(term: Term | None) -> str | None:
    return term.language if isinstance(term, Literal) else None


def _datatype(table: Table, term: Term | None) -> str | None:
    return table.prefixes.shorten(term.datatype.value) if isinstance(term, Literal) else None


def _free(name: str, taken: set[str]) -> str:
    """A name that no column has yet."""
    while name in taken:
        name += "_"
    taken.add(name)
    return name
