"""Columns of one type each, as pandas and Arrow take them."""

from __future__ import annotations

from dataclasses import dataclass

from glocal_kg._rdf.extras import need

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    import pandas

_PANDAS = {"text": "string", "whole": "Int64", "real": "float64", "truth": "boolean"}


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A named column: ``kind`` is text, whole, real, truth, moment, or moment in UTC."""

    name: str
    kind: str
    values: list[Any]


def pandas_frame(columns: Sequence[FrameColumn], rows: int | None = None) -> pandas.DataFrame:
    """The columns as a pandas DataFrame, text in pandas' own string type.

    ``rows`` says how many there are where no column does.
    """
    need("pandas", "pandas", "A DataFrame")
    from pandas import DataFrame, Series

    made: dict[str, Any] = {}
    for column in columns:
        kind = _PANDAS.get(column.kind) or (
            "datetime64[s, UTC]" if column.kind == "moment in UTC" else "datetime64[s]"
        )
        made[column.name] = Series(column.values, dtype=kind)
    index = range(rows) if rows is not None and not columns else None
    return DataFrame(made, columns=[column.name for column in columns], index=index)


def text_frame(names: Sequence[str], rows: Iterable[Sequence[object]]) -> pandas.DataFrame:
    """Rows of texts and whole numbers as a pandas DataFrame; what is empty is missing."""
    listed = [[None if cell in ("", None) else cell for cell in row] for row in rows]
    columns = [list(column) for column in zip(*listed, strict=True)] or [[] for _ in names]
    return pandas_frame(
        [
            FrameColumn(name, "whole", column)
            if column and all(one is None or type(one) is int for one in column)
            else FrameColumn(name, "text", [None if one is None else str(one) for one in column])
            for name, column in zip(names, columns, strict=True)
        ]
    )


def arrow_table(columns: Sequence[FrameColumn]) -> Any:
    """The columns as an Arrow table; ``GlocalError`` without pyarrow."""
    need("pyarrow", "parquet", "An Arrow table")
    import pyarrow

    kinds = {
        "text": pyarrow.string(),
        "whole": pyarrow.int64(),
        "real": pyarrow.float64(),
        "truth": pyarrow.bool_(),
        "moment": pyarrow.timestamp("s"),
        "moment in UTC": pyarrow.timestamp("s", "UTC"),
    }
    arrays = [pyarrow.array(column.values, type=kinds[column.kind]) for column in columns]
    return pyarrow.Table.from_arrays(arrays, names=[column.name for column in columns])
