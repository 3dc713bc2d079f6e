"""Of which kinds the values of expressions are, in the rows that a group of a query gives.

The group is asked once more, and its rows are grouped by the datatypes of the values.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.again import asked
from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._questions.notes.written import name_of, shown
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Bind,
    Call,
    GroupPattern,
    Projected,
    Query,
    Select,
    Var,
)
from glocal_kg._rdf.sparql.numbers import TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Term
    from glocal_kg._rdf.store.facts import Facts

DATES = frozenset({"xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime"})
NUMBER, TEXT, THING, NONE = "number", "text", "thing", ""
_TEXTS = {"xsd:string", "rdf:langString", "rdf:dirLangString"}
_APART = {NUMBER, TEXT, THING, "xsd:boolean", *DATES}
"""ValueKinds of which no value is equal to one of another kind, or has an order with it."""
_MANY = {NUMBER: "numbers", TEXT: "texts", THING: "things"}
ONE = {NUMBER: "a number", TEXT: "a text", THING: "a thing"}


class ValueKinds(NamedTuple):
    """Rows in which the values of some expressions are of the same kinds."""

    kinds: tuple[str, ...]
    examples: tuple[Term | None, ...]
    rows: int


def kinds_of(
    facts: Facts,
    query: Query,
    where: GroupPattern,
    parts: Sequence[Expression],
    given: Mapping[str, Bound] | None,
) -> list[ValueKinds]:
    """The kinds of the values of some expressions together; none where that is too much work."""
    keys = [Projected(f"_:k{n}", Call("DATATYPE", (one,))) for n, one in enumerate(parts)]
    least = [Projected(f"_:m{n}", Aggregate("MIN", one)) for n, one in enumerate(parts)]
    columns = (
        *(Projected(one.name) for one in keys), *least, Projected("_:n", Aggregate("COUNT", None))
    )  # fmt: skip
    grouped = Select(columns, where, keys=tuple(keys), values=query.select.values)
    found = []
    for row in asked(facts, _selecting(query, grouped), given) or ():
        examples = tuple(row[len(parts) : -1])
        kinds = tuple(map(_kind, row[: len(parts)], examples))
        found.append(ValueKinds(kinds, examples, int(row[-1].value)))
    return sorted(found, key=lambda one: (-one.rows, one.kinds, str(one.examples)))


def values_of(
    facts: Facts,
    query: Query,
    where: GroupPattern,
    parts: Sequence[Expression],
    given: Mapping[str, Bound] | None,
) -> tuple[int, list[int]] | None:
    """How many rows there are, and in how many of them each expression has a value."""
    counts = (Aggregate("COUNT", None), *(Aggregate("COUNT", one) for one in parts))
    columns = tuple(Projected(f"_:c{n}", one) for n, one in enumerate(counts))
    counted = Select(columns, where, keys=(), values=query.select.values)
    found = asked(facts, _selecting(query, counted), given)
    if not found:
        return None
    rows, *many = (int(one.value) for one in found[0])
    return rows, many


def whole(part: Expression, where: GroupPattern) -> Expression:
    """An expression with what BIND calls a variable written in its place."""
    bound = {one.name: one.expression for one in parts_of(where, (Select,)) if type(one) is Bind}
    return _put(part, bound, len(bound)) if bound else part


def _put(part: Expression, bound: Mapping[str, Expression], deep: int) -> Expression:
    if isinstance(part, Var) and part.name in bound and deep:
        return _put(bound[part.name], bound, deep - 1)
    if isinstance(part, Call):
        return part.but(args=tuple(_put(one, bound, deep) for one in part.args))
    return part


def apart(one: str, other: str) -> bool:
    """Whether values of two kinds can be compared neither for order nor for being equal."""
    return one != other and one in _APART and other in _APART


def named(kinds: Iterable[str], words: Mapping[str, str] = _MANY) -> str:
    """ValueKinds in words."""
    *first, last = sorted({words.get(one, one) for one in kinds} - {NONE})
    return f"{', '.join(first)} or {last}" if first else last


def example(term: Term | None) -> str:
    """A value as a person writes it."""
    if isinstance(term, Literal):
        return shown(term)
    return name_of(term) if isinstance(term, NamedNode) else str(term)


def _kind(datatype: object, value: object) -> str:
    if not isinstance(datatype, NamedNode):
        return NONE if value is None else THING
    if datatype.value in TYPES:
        return NUMBER
    name = name_of(datatype)
    return TEXT if name in _TEXTS else name


def _selecting(query: Query, select: Select) -> Query:
    return query.but(form="SELECT", select=select, template=(), targets=())


__all__ = ["DATES", "NONE", "NUMBER", "ONE", "TEXT", "THING", "ValueKinds", "apart", "example",
           "kinds_of", "named", "values_of", "whole"]  # fmt: skip
