"""Lists of JSON and YAML, also nested: every list of objects becomes a sheet.

The outermost list is the first sheet. A list of objects inside it is a sheet of its own, named
by its path; its rows carry the single values of the objects around them. Columns are named by
path (``city.name``). A list of plain values is one cell with parts. Values keep the form they
are written in: 20493.0 is not 20493, and YAML's NO, 1_000 and 00123 are text.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from glocal_kg._glocal.corpus.tables.cell import (
    EMPTY,
    Book,
    Cell,
    Sheet,
    SheetRow,
    Trouble,
    text_cell,
)
from glocal_kg._glocal.corpus.tables.delimited import decode
from glocal_kg._rdf.escaping import file_stem
from glocal_kg._rdf.extras import need
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    import yaml

    # Values of the objects outside, by column, and where they are: see Sheet.place
    _Around = tuple[dict[str, Cell], dict[str, tuple[int, str]]]


class _Plain(NamedTuple):
    """A value as written, with the kind its format gives it."""

    cell: Cell


def read(path: Path, data: bytes, sha256: str, kind: str, encoding: str | None) -> Book:
    """The lists of objects of a file, each a sheet. Raises ``ReadError``."""
    troubles: list[Trouble] = []
    text, found = decode(path, data, encoding, troubles)
    tables: dict[str, _ObjectsTable] = {}
    try:
        tree = _json(path, text) if kind == "json" else _yaml(path, text)
        roots, around = _roots(tree)
        for name, pointer, items in roots:
            _collect(name or file_stem(path), "", pointer, items, around, tables)
    except RecursionError:
        raise ReadError(
            "Its lists lie too deep in one another.", source=str(path),
            remedy="Take the list out that you want to import.",
        ) from None  # fmt: skip
    if not roots:
        raise ReadError(
            "The file holds no list of objects.",
            source=str(path),
            remedy='A table is a list such as [{"name": "Turin"}, {"name": "Lyon"}].',
        )
    sheets = [
        Sheet(
            name,
            table.rows,
            header=tuple(table.header),
            tails=tuple(table.header.values()),
            about=len(table),
        )
        for name, table in tables.items()
    ]
    book_format: Any = kind
    return Book(path, book_format, sha256, sheets, troubles, encoding=found)


class _ObjectsTable:
    def __init__(self) -> None:
        self.header: dict[str, tuple[int, str]] = {}  # name of a column: see Sheet.place
        self._rows: list[tuple[str, dict[str, Cell]]] = []

    def add(self, pointer: str, cells: dict[str, Cell], tails: dict[str, tuple[int, str]]) -> None:
        for name in cells:
            self.header.setdefault(name, tails[name])
        self._rows.append((pointer, cells))

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> Iterator[SheetRow]:
        names = list(self.header)
        for number, (pointer, cells) in enumerate(self._rows, 1):
            yield SheetRow(number, [cells.get(name, EMPTY) for name in names], False, pointer)


def _roots(tree: object) -> tuple[list[tuple[str, str, list[Any]]], _Around]:
    """The outermost lists of objects, each with its name and pointer; and the single values
    beside them, which are of all their rows."""
    if isinstance(tree, list):
        return [("", "", tree)] if any(isinstance(item, dict) for item in tree) else [], ({}, {})
    if not isinstance(tree, dict):
        return [], ({}, {})
    lists = [value for value in tree.values() if isinstance(value, list)]
    if not lists and tree and all(isinstance(value, dict) for value in tree.values()):
        # Objects by their keys: the key is a value too.
        items = [{"key": _Plain(text_cell(key)), **value} for key, value in tree.items()]
        return [("", "", items)], ({}, {})
    cells: dict[str, Cell] = {}
    found: list[tuple[str, str, list[Any]]] = []
    _flatten(tree, "", "", cells, found)
    return found, (cells, {name: (0, name.replace(".", "/")) for name in cells})


def _collect(
    sheet: str,
    path: str,
    pointer: str,
    items: list[Any],
    around: _Around,
    tables: dict[str, _ObjectsTable],
) -> None:
    """Put the objects of a list into its table, and the lists inside them into theirs.

    ``around`` has the values of the objects outside, and where they are.
    """
    table = tables.setdefault(sheet, _ObjectsTable())
    for place, item in enumerate(items):
        here = f"{pointer}/{place}"
        cells: dict[str, Cell] = {}
        inner: list[tuple[str, str, list[Any]]] = []
        if isinstance(item, dict):
            _flatten(item, path, here, cells, inner)
        elif isinstance(item, _Plain):
            cells[path or "value"] = item.cell
        depth = here.count("/")
        tails = {
            name: (depth, name.removeprefix(f"{path}.").replace(".", "/") if name != path else "")
            for name in cells
        }
        cells, tails = {**around[0], **cells}, {**around[1], **tails}
        table.add(here, cells, tails)
        for name, below, values in inner:
            _collect(name, name, below, values, (cells, tails), tables)


def _flatten(
    item: dict[str, Any],
    path: str,
    pointer: str,
    cells: dict[str, Cell],
    inner: list[tuple[str, str, list[Any]]],
) -> None:
    for key, value in item.items():
        name = f"{path}.{key}" if path else key
        here = f"{pointer}/{_escaped(key)}"
        if isinstance(value, _Plain):
            cells[name] = value.cell
        elif isinstance(value, dict):
            _flatten(value, name, here, cells, inner)
        elif any(isinstance(part, dict) for part in value):
            inner.append((name, here, value))
        elif value:
            cells[name] = _list(value)


def _list(values: list[Any]) -> Cell:
    parts = []
    for value in values:
        if isinstance(value, list):  # a list in a list, as the corners of a polygon are
            parts.append(_list(value).text)
        elif value.cell.kind != "empty":
            parts.append(value.cell.text)
    if not parts:
        return EMPTY
    return Cell("; ".join(parts), "list", None, tuple(parts))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _json(path: Path, text: str) -> object:
    def number(written: str) -> _Plain:
        return _Plain(Cell(written, "number"))

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                raise ReadError(
                    f"An object has '{key}' twice.",
                    source=str(path),
                    remedy="Keep one of the two.",
                )
            found[key] = _dressed(value)
        return found

    try:
        tree = json.loads(
            text,
            parse_int=number,
            parse_float=number,
            parse_constant=lambda word: _Plain(Cell(word)),
            object_pairs_hook=unique,
        )
    except json.JSONDecodeError as error:
        raise ReadError(
            f"This is not JSON: {error.msg}.",
            source=str(path),
            line=error.lineno,
            column=error.colno,
            remedy="Look for a comma or a quotation mark too many or too few.",
        ) from None
    return _dressed(tree)


def _dressed(value: object) -> object:
    """A value of JSON with plain values as cells; null is JSON's own word for nothing."""
    if isinstance(value, list):
        return [_dressed(part) for part in value]
    if isinstance(value, bool):
        return _Plain(Cell("true" if value else "false", "boolean"))
    if isinstance(value, str):
        return _Plain(text_cell(value))
    if value is None:
        return _Plain(EMPTY)
    return value


def _yaml(path: Path, text: str) -> object:
    need("yaml", "import", "A table in YAML", "write it as JSON or CSV")
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ReadError(
            f"This is not YAML: {getattr(error, 'problem', None) or error}.",
            source=str(path),
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
            remedy="Look at the indentation, and put words with a colon in quotation marks.",
        ) from None
    return _from_node(path, node) if node is not None else None


def _from_node(path: Path, node: yaml.Node) -> object:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_from_node(path, child) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, object] = {}
        for key, value in node.value:
            if key.value in found:
                raise ReadError(
                    f"'{key.value}' stands twice in one object.",
                    source=str(path),
                    line=key.start_mark.line + 1,
                    remedy="Keep one of the two.",
                )
            found[key.value] = _from_node(path, value)
        return found
    # A plain ~, null or nothing is YAML's own word for nothing; in quotation marks it is text.
    if getattr(node, "style", None) is None and node.value in ("", "~", "null", "Null", "NULL"):
        return _Plain(EMPTY)
    return _Plain(text_cell(str(node.value)))
