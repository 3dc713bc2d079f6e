"""Write a part in every format, compress it, and read it back to see that nothing changed."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from pyoxigraph import Quad, parse

from glocal_kg._publish.dumps.context import Context
from glocal_kg._publish.dumps.jsonld import Blanks, write_jsonld
from glocal_kg._publish.dumps.jsonld_stream import read_jsonld
from glocal_kg._publish.dumps.rdfxml import write_rdfxml
from glocal_kg._publish.dumps.turtle import write_trig, write_turtle
from glocal_kg._publish.gathering.parts import GraphSet
from glocal_kg._publish.lines.canonical import fingerprint
from glocal_kg._publish.lines.external_sort import read_lines
from glocal_kg._rdf.deadline import StoppableFile
from glocal_kg._rdf.extras import need
from glocal_kg._rdf.formats import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
    packing_of,
)
from glocal_kg._rdf.reading.packed import unpack
from glocal_kg._rdf.writing.rdfxml import NotExpressible
from glocal_kg.errors import GlocalError

FORMATS = (TURTLE, N_TRIPLES, RDF_XML, TRIG, N_QUADS, JSON_LD)
COMPRESSIONS = ("gzip", "zstd", "none")
_SPACE = re.compile(r"<([^<>]*[#/])")


def used_prefixes(lines: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes whose namespace occurs in N-Triples or N-Quads lines.

    >>> used_prefixes(['<https://e.org/a> <https://e.org/p> "x" .'], {"e": "https://e.org/"})
    {'e': 'https://e.org/'}
    """
    prefix_of = {space: prefix for prefix, space in prefixes.items()}
    found: set[str] = set()
    for line in lines:
        for space in _SPACE.findall(line):
            if space in prefix_of:
                found.add(space)
    return {prefix_of[space]: space for space in sorted(found, key=lambda one: prefix_of[one])}


def write_part(
    part: GraphSet,
    folder: Path,
    prefixes: Mapping[str, str],
    context: Context,
    tick: Callable[[str], None] = lambda _: None,
) -> tuple[list[tuple[Path, Format]], list[str]]:
    """Write a part in every format under ``folder`` and check that all say the same.

    Turtle, N-Triples and RDF/XML hold the union of the part's graphs; TriG, N-Quads and
    JSON-LD keep the graph names. Where what is read into the sources stands beside what they
    say, only the latter three are written, as the graph alone marks it. Returns the files with
    their formats, and a note for each format that cannot express the part. Raises
    ``GlocalError`` where a file read back is not the same graph.
    """
    stem = folder / part.name
    stem.parent.mkdir(parents=True, exist_ok=True)
    used = used_prefixes(read_lines(part.canonical), prefixes)
    context = context.only(read_lines(part.canonical))
    files: list[tuple[Path, Format]] = []
    notes: list[str] = []
    for format_ in (N_QUADS, N_TRIPLES, TURTLE, RDF_XML, TRIG, JSON_LD):
        if part.needs_graphs and not format_.named_graphs:
            continue
        path = stem.with_name(stem.name + format_.suffix)
        tick(f"{part.name}{format_.suffix}")
        try:
            _WRITERS[format_.code](part, path, used, context)
        except NotExpressible as error:
            path.unlink()
            notes.append(f"{part.name}{format_.suffix} is left out: {error.message}")
            continue
        files.append((path, format_))
    _compare(files)
    return sorted(files), notes


def read_dump(path: Path, format_: Format) -> Iterator[Quad]:
    """The statements of a dump file as they are written."""
    if format_.rdf is None:
        raise GlocalError(f"{path.name} is no RDF file.", remedy="Give an RDF dump.")
    if format_ is JSON_LD:
        return read_jsonld(path)
    return parse(path=str(path), format=format_.rdf)


def compress(path: Path, method: str) -> Path | None:
    """Write a compressed copy beside a file, always with the same bytes; None for ``none``.

    Raises ``GlocalError`` for ``zstd`` where the package ``zstandard`` is not installed.
    """
    if method == "none":
        return None
    if method == "gzip":
        target = path.with_name(path.name + ".gz")
        # No file name and no time in the header: the bytes depend on the content alone.
        with (
            path.open("rb") as source,
            target.open("wb") as file,
            gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed,
        ):
            shutil.copyfileobj(StoppableFile(source), packed, 1 << 20)
        return target
    need("zstandard", "zstd", "Compression with zstd", "use gzip")
    import zstandard

    target = path.with_name(path.name + ".zst")
    with path.open("rb") as source, target.open("wb") as file:
        zstandard.ZstdCompressor(level=10).copy_stream(StoppableFile(source), file)  # type: ignore[arg-type]  # it only reads
    return target


def open_plain(path: Path) -> IO[bytes]:
    """A file for reading, unpacked where its name says that it is compressed.

    Raises ``ReadError`` for ``.zst`` where the package ``zstandard`` is not installed and, while
    reading, where far more comes out than such a file can honestly hold.
    """
    file = path.open("rb")
    if not packing_of(path.name):
        return file
    try:
        return unpack(path.name, file, path.stat().st_size)
    except BaseException:
        file.close()
        raise


def _write_nquads(part: GraphSet, path: Path, _: dict[str, str], __: Context) -> None:
    shutil.copyfile(part.canonical, path)


def _write_ntriples(part: GraphSet, path: Path, _: dict[str, str], __: Context) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in part.triple_lines())


def _write_turtle(part: GraphSet, path: Path, prefixes: dict[str, str], _: Context) -> None:
    blanks = Blanks([("", part.triple_lines())] if part.blanks else [])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_turtle(part.triple_lines(), blanks, prefixes, file)


def _write_rdfxml(part: GraphSet, path: Path, prefixes: dict[str, str], _: Context) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_rdfxml(part.triple_lines(), file, prefixes)


def _write_trig(part: GraphSet, path: Path, prefixes: dict[str, str], _: Context) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_trig(_graphs(part), _blanks(part), prefixes, file)


def _write_jsonld(part: GraphSet, path: Path, _: dict[str, str], context: Context) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_jsonld(_graphs(part), _blanks(part), context, file)


def _graphs(part: GraphSet) -> Iterator[tuple[str, Iterator[str]]]:
    return ((graph.name, read_lines(graph.path)) for graph in part.graphs)


def _blanks(part: GraphSet) -> Blanks:
    return Blanks(
        (graph.name, read_lines(graph.path))
        for graph in part.graphs
        if graph.blanks or graph.name.startswith("_:")
    )


def _compare(files: list[tuple[Path, Format]]) -> None:
    """Read every file back; those with graph names must agree, and those without."""
    for named in (True, False):
        group = [(path, format_) for path, format_ in files if format_.named_graphs is named]
        expected = None
        for path, format_ in group:
            found = fingerprint(read_dump(path, format_))
            if expected is None:
                expected = found
            elif found != expected:
                raise GlocalError(
                    f"{path.name} does not hold the same graph as {group[0][0].name}.",
                    remedy="Nothing was published. Please report this with the data.",
                )


_WRITERS: dict[str, Callable[[GraphSet, Path, dict[str, str], Context], None]] = {
    N_QUADS.code: _write_nquads,
    N_TRIPLES.code: _write_ntriples,
    TURTLE.code: _write_turtle,
    RDF_XML.code: _write_rdfxml,
    TRIG.code: _write_trig,
    JSON_LD.code: _write_jsonld,
}
