"""One row of an answer."""

from __future__ import annotations

from glocal_kg._questions.answers.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Row:
    """One row: values by position, by name in brackets, and by name as attribute.

    >>> row = Row(("city", "count"), ("Rome", 2))
    >>> row.city, row["count"], row[1], len(row)
    ('Rome', 2, 2, 2)
    """

    __slots__ = ("_names", "_values")

    def __init__(self, names: tuple[str, ...], values: tuple[Value, ...]) -> None:
        self._names = names
        self._values = values

    def __reduce__(self) -> tuple[type[Row], tuple[tuple[str, ...], tuple[Value, ...]]]:
        return Row, (self._names, self._values)

    def __getattr__(self, name: str) -> Value:
        if name in self._names:
            return self._values[self._names.index(name)]
        # With a name Python does not add its own suggestion to ours.
        said = f"This row has no column {name!r}, only {', '.join(self._names)}"
        raise AttributeError(said, name=name)

    def __getitem__(self, key: int | str) -> Value:
        if isinstance(key, str):
            if key not in self._names:
                raise KeyError(f"There is no column {key!r}, only {', '.join(self._names)}")
            return self._values[self._names.index(key)]
        return self._values[key]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)

    def keys(self) -> tuple[str, ...]:
        """The names of the columns, so that ``dict(row)`` is one."""
        return self._names

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self._names == other._names and self._values == other._values
        return isinstance(other, tuple) and self._values == other

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        cells = ", ".join(f"{n}={v!r}" for n, v in zip(self._names, self._values, strict=True))
        return f"Row({cells})"
