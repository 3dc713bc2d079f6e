"""A list that is one short line by name, a line for each as text, a table in a notebook."""

from __future__ import annotations

from typing import TypeVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
_FIRST = 3
_NOTHING = "Nothing is found."


class Listed(list[T]):
    """A list of things that are found; ``note`` says what there is to say of them.

    >>> Listed(["Rome", "Kigali", "Suva", "Paris"])
    <4 found: Rome, Kigali, Suva, and 1 more>
    """

    note = ""

    def __repr__(self) -> str:
        names = [_name(one) for one in self[:_FIRST]]
        names += [f"and {len(self) - _FIRST:,} more"] if len(self) > _FIRST else []
        return f"<{len(self):,} found{': ' if names else ''}{', '.join(names)}>"

    def __str__(self) -> str:
        lines = [*map(str, self), self.note or ("" if self else _NOTHING)]
        return "\n".join(line for line in lines if line)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame, a row for each; ``GlocalError`` without pandas."""
        from glocal_kg._rdf.extras import need

        need("pandas", "pandas", "A DataFrame")
        from pandas import DataFrame

        return DataFrame([_fields(one) for one in self]).convert_dtypes()

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        rows = [_fields(one) for one in self]
        shown = [[_cell(value) for value in row.values()] for row in rows]
        told = self.note or ("" if rows else _NOTHING)
        return table(shown, list(rows[0]) if rows else (), told)


def _name(one: object) -> str:
    return str(getattr(one, "name", None) or getattr(one, "value", None) or one)


def _fields(one: object) -> dict[str, object]:
    from dataclasses import asdict, is_dataclass

    if is_dataclass(one) and not isinstance(one, type):
        return asdict(one)
    return {"": _name(one)}


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
