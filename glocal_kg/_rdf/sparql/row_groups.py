"""What comes out of a subquery with groups for rows: a row for each group."""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._rdf.sparql.algebra import Aggregate, Var
from glocal_kg._rdf.sparql.comparison import order_key
from glocal_kg._rdf.sparql.row_terms import NotByRows, Row, RowTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.algebra import Projected, Select

    Made: TypeAlias = Callable[[list[Row]], Iterable[Row]]
    Column: TypeAlias = Callable[[list[Row]], int | None]


def grouped(
    select: Select, keys: Iterable[Projected], terms: RowTerms, names: Sequence[str]
) -> Made:
    """From the rows of the pattern of a SELECT, of variables in this order, to its groups.

    It has no HAVING, and no LIMIT.
    """
    places = {name: place for place, name in enumerate(names)}
    if any(key.expression is not None for key in keys):
        raise NotByRows
    by = [places.get(key.name) for key in keys]
    if not by:
        raise NotByRows
    columns = [
        _of_first(places.get(column.name))
        if column.expression is None
        else _aggregate(column.expression, terms, places)
        for column in select.columns
    ]

    def made(rows: list[Row]) -> Iterable[Row]:
        groups: dict[Row, list[Row]] = {}
        for row in rows:
            key = tuple([None if place is None else row[place] for place in by])
            groups.setdefault(key, []).append(row)
        for group in groups.values():
            yield tuple([column(group) for column in columns])

    return made


def _of_first(place: int | None) -> Column:
    return lambda rows: None if place is None else rows[0][place]


def _aggregate(expression: object, terms: RowTerms, places: Mapping[str, int]) -> Column:
    """The number of what an aggregate of a variable is for the rows of a group; None: nothing."""
    if not isinstance(expression, Aggregate) or not isinstance(expression.arg, Var):
        raise NotByRows
    place = places.get(expression.arg.name)
    if expression.name not in ("MIN", "MAX"):
        raise NotByRows
    extreme = min if expression.name == "MIN" else max

    def aggregate(rows: list[Row]) -> int | None:
        every = [None if place is None else row[place] for row in rows]
        held = [number for number in every if number is not None]
        if len(held) < len(rows):
            return None  # an error in a group leaves it without value (11.2)
        nodes = {number: terms.run.terms.term(number) for number in held}
        if any(isinstance(node, Literal) for node in nodes.values()):
            raise NotByRows  # two literals may have one place in the order
        if len(nodes) == 1:
            return held[0]
        return extreme(nodes, key=lambda number: order_key(nodes[number]))

    return aggregate
