"""What comes out of a subquery for rows: its columns, or one row for each group."""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._rdf.sparql import numbers
from glocal_kg._rdf.sparql.algebra import Aggregate, Var
from glocal_kg._rdf.sparql.comparison import order_key
from glocal_kg._rdf.sparql.row_terms import NotByRows, Row, RowTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.algebra import Select

    Made: TypeAlias = Callable[[list[Row]], Iterable[Row]]
    Column: TypeAlias = Callable[[list[Row]], int | None]


def made_of(select: Select, terms: RowTerms, names: Sequence[str]) -> Made:
    """From the rows of the pattern of a SELECT, of variables in this order, to its own.

    It has no HAVING, and no LIMIT.
    """
    places = {name: place for place, name in enumerate(names)}
    if select.keys is not None:
        return _grouped(select, terms, places)
    if any(column.expression is not None for column in select.columns):
        raise NotByRows
    shown = [places.get(column.name) for column in select.columns]

    def projected(rows: list[Row]) -> Iterable[Row]:
        made = [_at(row, shown) for row in rows]
        return dict.fromkeys(made) if select.distinct else made

    return projected


def _at(row: Row, places: Iterable[int | None]) -> Row:
    return tuple([None if place is None else row[place] for place in places])


def _grouped(select: Select, terms: RowTerms, places: Mapping[str, int]) -> Made:
    keys = [places.get(key.name) for key in select.keys or () if key.expression is None]
    if not keys or len(keys) < len(select.keys or ()):
        raise NotByRows
    columns = [
        _of_first(places.get(column.name))
        if column.expression is None
        else _aggregate(column.expression, terms, places)
        for column in select.columns
    ]

    def grouped(rows: list[Row]) -> Iterable[Row]:
        groups: dict[Row, list[Row]] = {}
        for row in rows:
            groups.setdefault(_at(row, keys), []).append(row)
        for group in groups.values():
            yield tuple([column(group) for column in columns])

    return grouped


def _of_first(place: int | None) -> Column:
    return lambda rows: None if place is None else rows[0][place]


def _aggregate(expression: object, terms: RowTerms, places: Mapping[str, int]) -> Column:
    """The number of what an aggregate of a variable is for the rows of a group; None: nothing."""
    if not isinstance(expression, Aggregate) or not isinstance(expression.arg, Var):
        raise NotByRows
    name, place, distinct = expression.name, places.get(expression.arg.name), expression.distinct
    if name not in ("COUNT", "MIN", "MAX"):
        raise NotByRows

    def aggregate(rows: list[Row]) -> int | None:
        every = [None if place is None else row[place] for row in rows]
        held = [number for number in every if number is not None]
        if name == "COUNT":
            count = len(set(held)) if distinct else len(held)
            return terms.run.terms.number(numbers.written(count))
        if len(held) < len(rows):
            return None  # an error in a group leaves it without value (11.2)
        nodes = {number: terms.run.terms.term(number) for number in held}
        if any(isinstance(node, Literal) for node in nodes.values()):
            raise NotByRows  # two literals may have one place in the order
        if len(nodes) == 1:
            return held[0]
        extreme = min if name == "MIN" else max
        return extreme(nodes, key=lambda number: order_key(nodes[number]))

    return aggregate
