"""Names and IRIs of things in tables: which of them is shown."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._questions.table import Table
    from glocal_kg._questions.values import Term

SHOWN = ("names", "iris", "both")


def named(table: Table, show: str) -> Table:
    """A table whose things are shown as is asked; see ``Table.named``."""
    check(show)
    if show == "iris":
        return table
    made = table[:]
    columns: list[str] = []
    cells: list[list[Term | None]] = [[] for _ in table.terms]
    for place, name in enumerate(table.columns):
        column = [row[place] for row in table.terms]
        things = any(isinstance(term, NamedNode) for term in column)
        labels = [_label(table, term) for term in column]
        columns.append(name)
        if show == "both" and things:
            columns.append(f"{name}_label")
            for row, term, label in zip(cells, column, labels, strict=True):
                row += [term, label]
        else:
            for row, term, label in zip(cells, column, labels, strict=True):
                row.append(term if label is None else label)
    made.columns, made.terms = tuple(columns), [tuple(row) for row in cells]
    return made


def shared(table: Table) -> set[str]:
    """The names that two things of a table have."""
    of: dict[str, NamedNode] = {}
    twice: set[str] = set()
    for row in table.terms:
        for term in row:
            label = table.label(term)
            if label is None or not isinstance(term, NamedNode):
                continue
            if of.setdefault(label, term) != term:
                twice.add(label)
    return twice


def check(show: str) -> None:
    """``ArgumentError`` for what is no way to show a thing."""
    if show not in SHOWN:
        raise ArgumentError("show", show, "one of names, iris, both")


def _label(table: Table, term: Term | None) -> Literal | None:
    found = table.label(term)
    return None if found is None else Literal(found)
