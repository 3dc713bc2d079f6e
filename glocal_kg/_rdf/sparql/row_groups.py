"""What comes out of a subquery for rows: its columns, or one row for each group."""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._rdf.sparql import numbers
from glocal_kg._rdf.sparql.algebra import Aggregate, Var
from glocal_kg._rdf.sparql.comparison import order_key
from glocal_kg._rdf.sparql.row_terms import NotByRows, Row, RowTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.algebra import Select

    Made: TypeAlias = Callable[[list[Row]], Iterable[Row]]


def made_of(select: Select, terms: RowTerms) -> Made:
    """From the rows of the pattern of a SELECT to its own; it has no HAVING, and no LIMIT."""
    plain = [column.name for column in select.columns if column.expression is None]
    if select.keys is not None:
        return _grouped(select, plain, terms)
    if len(plain) < len(select.columns):
        raise NotByRows

    def projected(rows: list[Row]) -> Iterable[Row]:
        made = [{name: row[name] for name in plain if name in row} for row in rows]
        return {tuple(row.items()): row for row in made}.values() if select.distinct else made

    return projected


def _grouped(select: Select, plain: list[str], terms: RowTerms) -> Made:
    keys = [key.name for key in select.keys or () if key.expression is None]
    if not keys or len(keys) < len(select.keys or ()):
        raise NotByRows
    aggregates = [
        (column.name, _aggregate(column.expression, terms))
        for column in select.columns
        if column.expression is not None
    ]

    def grouped(rows: list[Row]) -> Iterable[Row]:
        groups: dict[tuple[int, ...], list[Row]] = {}
        for row in rows:
            groups.setdefault(tuple([row.get(key, -1) for key in keys]), []).append(row)
        for group in groups.values():
            made = {name: group[0][name] for name in plain if name in group[0]}
            for name, aggregate in aggregates:
                number = aggregate(group)
                if number is not None:
                    made[name] = number
            yield made

    return grouped


def _aggregate(expression: object, terms: RowTerms) -> Callable[[list[Row]], int | None]:
    """The number of what an aggregate of a variable is for the rows of a group; None: nothing."""
    if not isinstance(expression, Aggregate) or not isinstance(expression.arg, Var):
        raise NotByRows
    name, arg, distinct = expression.name, expression.arg.name, expression.distinct
    if name not in ("COUNT", "MIN", "MAX"):
        raise NotByRows

    def aggregate(rows: list[Row]) -> int | None:
        held = [row[arg] for row in rows if arg in row]
        if name == "COUNT":
            count = len(set(held)) if distinct else len(held)
            return terms.run.terms.number(numbers.written(count))
        if len(held) < len(rows):
            return None  # an error in a group leaves it without value (11.2)
        nodes = {number: terms.run.terms.term(number) for number in held}
        if any(isinstance(node, Literal) for node in nodes.values()):
            raise NotByRows  # two literals may have one place in the order
        extreme = min if name == "MIN" else max
        return extreme(nodes, key=lambda number: order_key(nodes[number]))

    return aggregate
