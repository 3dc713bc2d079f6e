"""Tables as Parquet, from the CSV files: typed columns, lists where a cell has several values.

Needs the package ``pyarrow``, which is only looked for when Parquet is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from glocal_kg._publish.dumps.tables import rows_of, split_cell
from glocal_kg._publish.gathering.release_facts import ReleaseColumn, TableFile
from glocal_kg._rdf.extras import need

GROUP_ROWS = 50_000


def write_parquet(table: TableFile, folder: Path) -> Path:
    """Write a table beside its CSV file and return the path. ``folder`` is the release.

    Raises ``GlocalError`` where ``pyarrow`` is not installed.
    """
    need("pyarrow", "parquet", "Parquet", "leave Parquet out")
    import pyarrow
    from pyarrow import parquet

    source = folder / table.path
    target = source.with_suffix(".parquet")
    schema = pyarrow.schema([_field(pyarrow, column) for column in table.columns])
    with (
        source.open(encoding="utf-8", newline="") as file,
        parquet.ParquetWriter(target, schema, compression="zstd") as writer,
    ):
        rows = rows_of(file)
        next(rows)
        group: list[list[Any]] = []
        for row in rows:
            pairs = zip(row, table.columns, strict=True)
            group.append([_content(cell, column) for cell, column in pairs])
            if len(group) == GROUP_ROWS:
                writer.write_table(_table(pyarrow, group, schema))
                group = []
        writer.write_table(_table(pyarrow, group, schema))
    return target


def _table(pyarrow: Any, rows: list[list[Any]], schema: Any) -> Any:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [
        pyarrow.array(column, type=field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def _field(pyarrow: Any, column: ReleaseColumn) -> Any:
    types = {
        "integer": pyarrow.int64(),
        "year": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    type_ = types.get(column.type, pyarrow.string())
    if column.several:
        type_ = pyarrow.list_(pyarrow.string())
    note = {"property": column.property, "kind": column.kind}
    return pyarrow.field(column.name, type_, metadata=note)


def _content(cell: str, column: ReleaseColumn) -> Any:
    """A cell as Python value. Decimals stay text: no binary number keeps them as written."""
    if column.kind in ("id", "graph"):
        return cell
    values = split_cell(cell)
    if column.several:
        return values
    if not values:
        return None
    text = values[0]
    if column.type in ("integer", "year"):
        return int(text)
    if column.type == "boolean":
        return text == "true"
    if column.type == "date":
        from datetime import date

        return date.fromisoformat(text)
    return text
