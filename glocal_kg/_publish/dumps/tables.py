r"""The data as tables: one CSV file per class, and the way back to the same graph.

A row is what one graph says about one thing. A cell holds the values of one property in one
language or datatype, separated by ``|``; inside a value ``\`` is written ``\\``, ``|`` is
written ``\|``, a carriage return ``\r``, and the empty text ``\e``. So nothing is lost, and a
thing with two classes simply stands in two tables.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from glocal_kg._publish.gathering.counts import namespace
from glocal_kg._publish.gathering.parts import GraphFile
from glocal_kg._publish.gathering.release_facts import ReleaseColumn, TableFile
from glocal_kg._publish.lines.external_sort import read_lines, sort_lines
from glocal_kg._publish.lines.file_names import safe_name
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, XSD, by_subject, iri, value

_LONGEST = (1 << 31) - 1  # characters in a cell
_VALUE = re.compile(r"(?:[^\\|]|\\.)*", re.S)
_TYPES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("integer", f"{XSD}integer", re.compile(r"-?\d{1,18}$")),
    ("number", f"{XSD}decimal", re.compile(r"-?\d{1,15}(\.\d+)?$")),
    ("boolean", f"{XSD}boolean", re.compile(r"true$|false$")),
    ("year", f"{XSD}gYear", re.compile(r"\d{4}$")),
    ("date", f"{XSD}date", re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")),
)
_MARK = re.compile(r"\\(.)", re.S)
_MARKED = str.maketrans({"\\": r"\\", "|": r"\|", "\r": r"\r"})


@dataclass
class _Draft:
    """A column while the graph is looked through."""

    several: bool = False
    plain: bool = True


@dataclass
class _TableDraft:
    """A table while the graph is looked through."""

    rows: int = 0
    columns: dict[tuple[str, str], _Draft] = field(default_factory=lambda: defaultdict(_Draft))


def write_tables(
    graphs: Iterable[GraphFile],
    folder: Path,
    work: Path,
    shorten: Callable[[str], str],
    describe: Mapping[str, str],
) -> list[TableFile]:
    """Write one CSV file per class under ``folder`` and return what each holds.

    ``shorten`` gives the short form of an IRI for column names, ``describe`` the description
    of a property for the data dictionary; ``work`` is for temporary files.
    """
    members = list(graphs)
    drafts: dict[str, _TableDraft] = defaultdict(_TableDraft)
    for class_, _, pairs in _rows(members):
        _look(drafts[class_], pairs)
    names = _table_names(drafts)
    columns = {
        class_: _columns(draft, shorten, describe) for class_, draft in sorted(drafts.items())
    }
    folder.mkdir(parents=True, exist_ok=True)
    _write_rows(members, folder, work, names, columns)
    return [
        TableFile(names[class_], f"{folder.name}/{names[class_]}.csv", class_, drafts[class_].rows,
              tuple(columns[class_]))
        for class_ in sorted(drafts, key=lambda one: names[one])
    ]  # fmt: skip


def rows_of(file: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
    """The rows of a table in CSV, with cells of any length."""
    csv.field_size_limit(_LONGEST)  # Python's own limit, 128 kB, is less than a long text
    return csv.reader(file, strict=strict)


def read_tables(folder: Path, tables: Iterable[TableFile]) -> Iterator[Quad]:
    """The statements that tables hold. ``folder`` is the folder of the release."""
    for table in tables:
        with (folder / table.path).open(encoding="utf-8", newline="") as file:
            for row in rows_of(_skip_header(file)):
                yield from _statements(row, table.columns)


def split_cell(cell: str) -> list[str]:
    r"""The values of a cell.

    >>> split_cell("a|b\\|c|\\e")
    ['a', 'b|c', '']
    >>> split_cell("")
    []
    """
    if not cell:
        return []
    if "\\" not in cell:
        return cell.split("|")
    parts: list[str] = []
    start = 0
    while start <= len(cell):
        found = _VALUE.match(cell, start)
        assert found is not None  # the pattern matches the empty text
        parts.append(found[0])
        start = found.end() + 1
    return ["" if part == r"\e" else _MARK.sub(_unmark, part) for part in parts]


def join_cell(values: Iterable[str]) -> str:
    r"""Values as one cell.

    >>> join_cell(["a", "b|c", ""])
    'a|b\\|c|\\e'
    """
    return "|".join(text.translate(_MARKED) if text else r"\e" for text in values)


def _unmark(match: re.Match[str]) -> str:
    return "\r" if match[1] == "r" else match[1]


def _rows(
    graphs: Iterable[GraphFile],
) -> Iterator[tuple[str, tuple[str, str], list[tuple[str, str]]]]:
    """Class, graph with subject, and statements; once per class that this graph gives."""
    for graph in graphs:
        for subject, pairs in by_subject(read_lines(graph.path)):
            classes = [o for p, o in pairs if p == RDF_TYPE and o[0] == "<"]
            for class_ in classes or [""]:
                yield iri(class_) if class_ else "", (graph.name, subject), pairs


def _kind(object_: str) -> str:
    if object_[0] != '"':
        return "iri"
    _, datatype, language = value(object_)
    return f"@{language}" if language else datatype


def _look(draft: _TableDraft, pairs: list[tuple[str, str]]) -> None:
    draft.rows += 1
    seen: Counter[tuple[str, str]] = Counter()
    for predicate, object_ in pairs:
        key = (iri(predicate), _kind(object_))
        seen[key] += 1
        column = draft.columns[key]
        if seen[key] > 1:
            column.several = True
        if column.plain:
            pattern = next((one for _, kind, one in _TYPES if kind == key[1]), None)
            column.plain = pattern is not None and bool(pattern.match(value(object_).text))


def _columns(
    draft: _TableDraft, shorten: Callable[[str], str], describe: Mapping[str, str]
) -> list[ReleaseColumn]:
    kinds: Counter[str] = Counter(name for name, kind in draft.columns if kind[0] != "@")
    columns = [
        ReleaseColumn("id", "", "id", "string", several=False, description="The IRI of the thing."),
        ReleaseColumn("graph", "", "graph", "string", several=False,
               description="The named graph that says what the row says; empty: the default one."),
    ]  # fmt: skip
    for (name, kind), column in sorted(draft.columns.items()):
        short = shorten(name)
        if kind[0] == "@":
            short += kind
        elif kinds[name] > 1 and kind != "iri":
            short += f"^^{shorten(kind)}"
        type_ = next((one for one, datatype, _ in _TYPES if datatype == kind), "string")
        plain = column.plain and not column.several
        text = describe.get(name, "")
        columns.append(
            ReleaseColumn(short, name, kind, type_ if plain else "string", column.several, text)
        )
    return columns


def _write_rows(
    graphs: list[GraphFile],
    folder: Path,
    work: Path,
    names: Mapping[str, str],
    columns: Mapping[str, list[ReleaseColumn]],
) -> None:
    """Rows sorted by class, so that one file is open at a time."""
    place = {
        class_: {(column.property, column.kind): index for index, column in enumerate(own)}
        for class_, own in columns.items()
    }
    of_table = {names[class_]: own for class_, own in columns.items()}
    lines = sort_lines(_row_lines(graphs, columns, place, names), work)
    for name, rows in groupby((line.split("\t") for line in lines), key=itemgetter(0)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in of_table[name]])
            writer.writerows([_unpack(cell) for cell in cells] for _, *cells in rows)


def _row_lines(
    graphs: list[GraphFile],
    columns: Mapping[str, list[ReleaseColumn]],
    place: Mapping[str, Mapping[tuple[str, str], int]],
    names: Mapping[str, str],
) -> Iterator[str]:
    for class_, (graph, subject), pairs in _rows(graphs):
        values: dict[int, list[str]] = defaultdict(list)
        where = place[class_]
        for predicate, object_ in pairs:
            text = value(object_).text if object_[0] == '"' else iri(object_)
            values[where[iri(predicate), _kind(object_)]].append(text)
        cells = [iri(subject), graph]
        cells += [join_cell(values[index]) for index in range(2, len(columns[class_]))]
        yield "\t".join([names[class_], *map(_pack, cells)])


# While rows are sorted, a line is a row: the three characters that would break it are marked.
_PACKED = str.maketrans({"\x1a": "\x1aa", "\t": "\x1at", "\n": "\x1an"})
_MARKS = {"a": "\x1a", "t": "\t", "n": "\n"}


def _pack(cell: str) -> str:
    return cell.translate(_PACKED)


def _unpack(cell: str) -> str:
    return re.sub("\x1a(.)", lambda match: _MARKS[match[1]], cell)


def _table_names(classes: Iterable[str]) -> dict[str, str]:
    """A file name for each class: its local name in lower case, numbered where it repeats."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for class_ in sorted(classes):
        local = class_[len(namespace(class_)) :] if class_ else "without class"
        words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z\W_]+|\d+", local) or ["class"]
        stem = slug = safe_name("-".join(words).lower())
        number = 2
        while slug in taken:
            slug, number = f"{stem}-{number}", number + 1
        taken.add(slug)
        names[class_] = slug
    return names


def _skip_header(file: Iterable[str]) -> Iterator[str]:
    lines = iter(file)
    next(lines)
    return lines


def _statements(row: list[str], columns: Iterable[ReleaseColumn]) -> Iterator[Quad]:
    subject = _node(row[0])
    graph: NamedNode | BlankNode | DefaultGraph = _node(row[1]) if row[1] else DefaultGraph()
    for cell, column in zip(row[2:], tuple(columns)[2:], strict=True):
        for text in split_cell(cell):
            yield Quad(subject, NamedNode(column.property), _object(text, column.kind), graph)


def _object(text: str, kind: str) -> NamedNode | BlankNode | Literal:
    if kind == "iri":
        return _node(text)
    if kind[0] == "@":
        return Literal(text, language=kind[1:])
    return Literal(text, datatype=NamedNode(kind))


def _node(text: str) -> NamedNode | BlankNode:
    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text)
