"""Check the RDF files of a release: each can be read, and all formats say the same."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, parse

from glocal_kg._publish.descriptions.statements import SPDX, VOID_EXT
from glocal_kg._publish.dumps.dumps import open_plain
from glocal_kg._publish.dumps.jsonld_stream import read_jsonld
from glocal_kg._publish.lines.canonical import canonical_lines, fingerprint
from glocal_kg._publish.lines.external_sort import distinct
from glocal_kg._publish.verify.finding import ReleaseFinding
from glocal_kg._rdf.formats import JSON_LD, RDF_XML, Format, by_suffix, packing_of
from glocal_kg._rdf.namespaces import DCAT, DCTERMS, RDF, VOID
from glocal_kg._rdf.reading.rdfxml import triples_of
from glocal_kg._rdf.reading.term_depth import refuse_nested
from glocal_kg._rdf.reading.xml_events import XmlError
from glocal_kg.errors import GlocalError

_SPACES = tuple(str(space) for space in (VOID, DCAT, SPDX, VOID_EXT))


@dataclass(frozen=True)
class Dump:
    """An RDF file: its path, the path without suffixes, its format, and a mark of its graph.

    A file with no other of its stem is compared with none, and has no mark.
    """

    path: str
    stem: str
    format: Format
    mark: tuple[int, int, str] | None


class Dumps:
    """The RDF files of a release, read once each.

    ``said`` are the statements that describe datasets, from whichever file they are in.
    """

    def __init__(
        self, folder: Path, names: Iterable[str], work: Path, tick: Callable[[str], None]
    ) -> None:
        self.folder, self.names, self.work, self.tick = folder, set(names), work, tick
        self.findings: list[ReleaseFinding] = []
        self.dumps: list[Dump] = []
        self.said: list[Quad] = []
        plain = {_unpacked(name) for name in self.names if _format(name) is not None}
        self._stems = Counter(map(_stem, plain))
        for name in sorted(self.names):
            format_ = _format(name)
            if format_ is not None:
                self._read(name, format_)

    def quads(self, name: str) -> Iterator[Quad]:
        """The statements of an RDF file."""
        format_ = _format(name)
        assert format_ is not None  # only asked for files that were read
        return _quads(self.folder / name, format_)

    def lines(self, name: str) -> Iterator[str]:
        """The distinct triples of an RDF file as sorted N-Triples lines."""
        triples = (Quad(quad.subject, quad.predicate, quad.object) for quad in self.quads(name))
        return distinct(canonical_lines(triples, self.work))

    def quad_lines(self, name: str) -> Iterator[str]:
        """The canonical N-Quads of an RDF file."""
        return canonical_lines(self.quads(name), self.work)

    def _read(self, name: str, format_: Format) -> None:
        self.tick(f"reading {name}")
        path = self.folder / name
        plain = _unpacked(name)
        try:
            if plain != name and plain in self.names:
                if not _same_bytes(path, self.folder / plain):
                    text = f"unpacked it is not the same as {plain}"
                    self.findings.append(ReleaseFinding(name, "graph", text))
                return
            if format_ is JSON_LD and _has_foreign_context(path):
                # Nothing is fetched. A card alone is read as such; a dump cannot be compared.
                if self._stems[_stem(plain)] > 1:
                    text = "cannot be compared with its other formats: its context lies elsewhere"
                    self.findings.append(ReleaseFinding(name, "graph", text))
                return
            seen = _DumpStatements()
            through, mark = seen.through(_quads(path, format_)), None
            if self._stems[_stem(plain)] > 1:
                mark = fingerprint(through)
            else:
                deque(through, maxlen=0)
        except _unreadable() as error:
            told = str(error).removeprefix(f"{path.name}: ").removeprefix(f"{path}: ")
            self.findings.append(ReleaseFinding(name, "syntax", f"cannot be read: {told}"))
            return
        self.dumps.append(Dump(name, _stem(plain), format_, mark))
        self.said += seen.said


def check_dumps(dumps: Dumps) -> list[ReleaseFinding]:
    """What is wrong with the RDF files; all formats of a stem must hold the same graph."""
    findings = list(dumps.findings)
    groups: dict[str, list[Dump]] = defaultdict(list)
    for dump in dumps.dumps:
        groups[dump.stem].append(dump)
    for members in groups.values():
        named = [dump for dump in members if dump.format.named_graphs]
        unnamed = [dump for dump in members if not dump.format.named_graphs]
        for group in (named, unnamed):
            for dump in group[1:]:
                if dump.mark != group[0].mark:
                    findings.append(_unequal(dump, group[0]))
        if named and unnamed and named[0].mark != unnamed[0].mark:
            one, other = dumps.lines(named[0].path), dumps.lines(unnamed[0].path)
            if not _same(one, other):
                findings.append(_unequal(unnamed[0], named[0]))
    return findings


class _DumpStatements:
    """Keeps those statements that describe datasets, as they pass."""

    def __init__(self) -> None:
        self.said: list[Quad] = []

    def through(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        told: dict[str, bool] = {}  # by predicate, of which there are few
        for quad in quads:
            predicate = quad.predicate.value
            if predicate not in told:
                told[predicate] = predicate.startswith(_SPACES) or predicate in _ABOUT
            if told[predicate] or (predicate == _TYPE and str(quad.object)[1:].startswith(_SPACES)):
                self.said.append(quad)
            yield quad


_TYPE = RDF.type.value
_ABOUT = {
    one.value for one in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.publisher)
}


def _unreadable() -> tuple[type[Exception], ...]:
    """The errors that mean a file is broken, also those of the unpackers."""
    import sys
    import zlib

    # A MemoryError is the parser's own limit, 16 MB for a name, a literal or a line.
    errors = (
        SyntaxError, XmlError, MemoryError, ValueError, OSError, EOFError, zlib.error, GlocalError
    )  # fmt: skip
    packer = sys.modules.get("zstandard")
    return (*errors, packer.ZstdError) if packer is not None else errors


def _unpacked(name: str) -> str:
    return name[: len(name) - len(packing_of(name))]


def _stem(plain: str) -> str:
    return plain[: -len(Path(plain).suffix)]


def _format(name: str) -> Format | None:
    return by_suffix(_unpacked(name))


def _quads(path: Path, format_: Format) -> Iterator[Quad]:
    if format_ not in (JSON_LD, RDF_XML):
        refuse_nested(path.name, lambda: open_plain(path))
    if format_ is RDF_XML:
        with open_plain(path) as file:
            yield from (Quad(*triple) for triple in triples_of(file, _BASE))
    elif packing_of(path.name):
        with open_plain(path) as file:
            yield from parse(file, format_.rdf, base_iri=_BASE)
    elif format_ is JSON_LD:
        yield from read_jsonld(path, _BASE)
    else:
        yield from parse(path=str(path), format=format_.rdf, base_iri=_BASE)


_BASE = "file:///"
"""Relative IRIs, which foreign releases use for their own files, become IRIs of the folder."""


def _has_foreign_context(path: Path) -> bool:
    with open_plain(path) as file:
        head = file.read(2000).decode("utf-8", "replace")
    rest = head.partition('"@context"')[2].lstrip(" :\n\r\t")
    return rest[:1] in ('"', "[")


def _same_bytes(packed: Path, plain: Path) -> bool:
    """Whether a packed file holds just another one; of more than that only a piece is read."""
    with open_plain(packed) as one, plain.open("rb") as other:
        while piece := one.read(1 << 20):
            if other.read(len(piece)) != piece:
                return False
        return not other.read(1)


def _same(one: Iterator[str], other: Iterator[str]) -> bool:
    from itertools import zip_longest

    return all(left == right for left, right in zip_longest(one, other))


def _unequal(dump: Dump, other: Dump) -> ReleaseFinding:
    return ReleaseFinding(dump.path, "graph", f"does not hold the same graph as {other.path}")
