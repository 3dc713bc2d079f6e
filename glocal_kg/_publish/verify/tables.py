"""Check the tables against their data dictionary, and that they give back the graph."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from glocal_kg._publish.dumps.tables import read_tables, rows_of
from glocal_kg._publish.gathering.parts import TABLED
from glocal_kg._publish.gathering.release_facts import ReleaseColumn, TableFile
from glocal_kg._publish.lines.canonical import canonical_lines, hash_lines
from glocal_kg._publish.verify.dumps import Dumps
from glocal_kg._publish.verify.finding import ReleaseFinding
from glocal_kg._rdf.counted import counted

PACKAGE = "tables/datapackage.json"


def check_tables(folder: Path, names: list[str], dumps: Dumps) -> list[ReleaseFinding]:
    """Columns and rows of each table as the data package says; then the way back to the graph.

    The way back is only tried where the columns say which property and kind they hold, as
    those of our own releases do.
    """
    if PACKAGE not in names:
        return []
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        tables = [_table(entry) for entry in package["resources"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return [ReleaseFinding(PACKAGE, "syntax", f"cannot be read: {error!r}")]
    findings: list[ReleaseFinding] = []
    for table in tables:
        if table.path in names:
            findings += _check_table(folder, table)
    own = all(column.kind for table in tables for column in table.columns)
    if own and not findings and all(table.path in names for table in tables):
        findings += _check_way_back(folder, tables, dumps)
    return findings


def table_columns(entry: dict[str, Any]) -> tuple[ReleaseColumn, ...]:
    """The columns of a table, from its entry in the data package."""
    return tuple(
        ReleaseColumn(
            field["name"], field.get("rdfProperty", ""), field.get("kind", ""),
            field.get("type", "string"), bool(field.get("several")),
        )
        for field in entry["schema"]["fields"]
    )  # fmt: skip


def _table(entry: dict[str, Any]) -> TableFile:
    path = f"tables/{entry['path']}"
    rows = int(entry.get("rowCount", -1))
    return TableFile(entry["name"], path, str(entry.get("class", "")), rows, table_columns(entry))


def _check_table(folder: Path, table: TableFile) -> list[ReleaseFinding]:
    try:
        with (folder / table.path).open(encoding="utf-8", newline="") as file:
            rows = rows_of(file, strict=True)
            header = next(rows, [])
            number = sum(1 for _ in rows)
    except (ValueError, csv.Error) as error:
        return [ReleaseFinding(table.path, "syntax", f"cannot be read: {error}")]
    findings = []
    if header != [column.name for column in table.columns]:
        findings.append(
            ReleaseFinding(table.path, "table", f"its columns are not those in {PACKAGE}")
        )
    if table.rows not in (-1, number):
        text = f"it has {counted(number, 'row')}, {PACKAGE} says {table.rows}"
        findings.append(ReleaseFinding(table.path, "table", text))
    return findings


def _check_way_back(folder: Path, tables: list[TableFile], dumps: Dumps) -> list[ReleaseFinding]:
    """The tables hold the graphs of the roles in ``TABLED``, statement by statement."""
    stems = {dump.stem: dump.path for dump in dumps.dumps if dump.path.endswith(".nq")}
    if "all" not in stems:
        return []
    dumps.tick("reading tables back")
    parts = [stems[name] for name in TABLED if name in stems]
    names = {quad.graph_name for name in parts for quad in dumps.quads(name)}
    expected = (quad for quad in dumps.quads(stems["all"]) if not parts or quad.graph_name in names)
    try:
        found = hash_lines(canonical_lines(read_tables(folder, tables), dumps.work))
    except ValueError as error:
        return [ReleaseFinding("tables", "table", f"the tables cannot be read back: {error}")]
    if found != hash_lines(canonical_lines(expected, dumps.work)):
        text = f"the tables do not hold the same graph as {' and '.join(parts) or stems['all']}"
        return [ReleaseFinding("tables", "table", text)]
    return []
