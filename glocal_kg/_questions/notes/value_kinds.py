"""Of which kinds the values of expressions are, in the rows that a group of a query gives.

The group is asked once more, and its rows are grouped by the datatypes of the values.
"""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._questions.notes.again import NoteLimits, asked
from glocal_kg._questions.notes.query_parts import parts_of
from glocal_kg._questions.notes.written import name_of, shown
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Bind,
    Call,
    Exists,
    GroupPattern,
    InlineData,
    Projected,
    Query,
    Select,
    Var,
)
from glocal_kg._rdf.sparql.numbers import TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

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


FEW = 1000
"""So many rows are looked at first: a right filter is true in one of them most often."""


class ValueKinds(NamedTuple):
    """Rows in which the values of some expressions are of the same kinds."""

    kinds: tuple[str, ...]
    examples: tuple[Term | None, ...]
    rows: int


class AskedAgain:
    """A query whose groups are asked once more, all together within the limits of a note."""

    def __init__(self, facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> None:
        self.query = query
        self._facts, self._given, self._limits = facts, given, NoteLimits()

    def rows(self, select: Select) -> list[Any]:
        """The rows of another SELECT over the same graphs; none where that is too much work."""
        select = select.but(values=self.query.select.values)
        query = self.query.but(form="SELECT", select=select, template=(), targets=())
        return asked(self._facts, query, self._given, self._limits) or []

    def few(self, where: GroupPattern, part: Expression) -> tuple[GroupPattern, bool]:
        """The first rows of a group, as values of the variables in an expression.

        Also whether they are all rows; so are the rows of the group itself, which is given where
        an expression looks at more than variables.
        """
        names = [one.name for one in dict.fromkeys(parts_of(part)) if isinstance(one, Var)]
        if not names or any(isinstance(one, Exists) for one in parts_of(part)):
            return where, True
        columns = tuple(map(Projected, names))
        rows = self.rows(Select(columns, where, limit=FEW))
        return GroupPattern((InlineData(tuple(names), tuple(rows)),)), len(rows) < FEW

    def kinds(
        self, where: GroupPattern, parts: Sequence[Expression], *, examples: bool = False
    ) -> list[ValueKinds]:
        """The kinds of the values of some expressions together, those of most rows first.

        Only what is told needs ``examples``, the least value of each, which takes longer.
        """
        size = len(parts)
        keys = [Projected(f"_:k{n}", Call("DATATYPE", (one,))) for n, one in enumerate(parts)]
        many = [Projected(f"_:c{n}", Aggregate("COUNT", one)) for n, one in enumerate(parts)]
        least = [Projected(f"_:m{n}", Aggregate("MIN", one)) for n, one in enumerate(parts)]
        columns = [*(Projected(one.name) for one in keys), *many, *(least if examples else ())]
        columns.append(Projected("_:n", Aggregate("COUNT", None)))
        found = []
        for row in self.rows(Select(tuple(columns), where, keys=tuple(keys))):
            kinds = tuple(map(_kind, row[:size], row[size : 2 * size]))
            found.append(ValueKinds(kinds, tuple(row[2 * size : -1]), int(row[-1].value)))
        return sorted(found, key=lambda one: (-one.rows, one.kinds, str(one.examples)))

    def values(self, where: GroupPattern, parts: Sequence[Expression]) -> list[int]:
        """How many rows there are, and in how many of them each expression has a value."""
        counts = (Aggregate("COUNT", None), *(Aggregate("COUNT", one) for one in parts))
        columns = tuple(Projected(f"_:c{n}", one) for n, one in enumerate(counts))
        found = self.rows(Select(columns, where, keys=()))
        return [int(one.value) for one in found[0]] if found else [0] * len(counts)


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
    if isinstance(term, BlankNode):
        return "[]"  # its label tells nothing, and is another in each run
    return name_of(term) if isinstance(term, NamedNode) else str(term)


def kind_of(term: Term | None) -> str:
    """The kind of one value, which an answer has already."""
    if isinstance(term, Literal):
        return _of_datatype(term.datatype)
    return NONE if term is None else THING


def _kind(datatype: object, count: Literal) -> str:
    if not isinstance(datatype, NamedNode):
        return THING if int(count.value) else NONE
    return _of_datatype(datatype)


def _of_datatype(datatype: NamedNode) -> str:
    if datatype.value in TYPES:
        return NUMBER
    name = name_of(datatype)
    return TEXT if name in _TEXTS else name


__all__ = ["DATES", "NONE", "NUMBER", "ONE", "TEXT", "THING", "AskedAgain", "ValueKinds", "apart",
           "example", "kind_of", "named", "whole"]  # fmt: skip
