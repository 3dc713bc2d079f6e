"""What is checked: files with their statements, and with them a release and one before it."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from glocal_kg._quality.fact_index import FactIndex
from glocal_kg._quality.roles import Roles, dataset_roles
from glocal_kg._rdf.formats import TRIG, TURTLE, by_suffix
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.store.facts import Facts as QuadFacts
from glocal_kg._study import packaged
from glocal_kg._study.vocab import IMPORT
from glocal_kg.errors import NotFoundError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._publish.verify.finding import ReleaseFinding as ReleaseFinding

_PREFIX = re.compile(r"^[ \t]*@?prefix[ \t]+([^\s:]*):\s*<([^>\s]*)>", re.MULTILINE | re.IGNORECASE)


@dataclass
class MaterialFile:
    """One file of the material: its name for people, what was in it, and why it was not read.

    Statements outside a named graph are in ``graph``.
    """

    name: str
    document: Document
    graph: NamedNode
    quads: list[Quad] = field(default_factory=list)
    problem: ReadError | None = None
    raw: bytes | None = None

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file, unpacked, with a byte order mark where it has one."""
        if self.raw is not None:
            return self.raw
        if self.document.path is not None:
            return Path(self.document.path).read_bytes()
        try:
            with self.document.open() as stream:
                return stream.read()
        except (OSError, EOFError):  # cut or no gzip: the problem of the file, told with it
            return b""

    @cached_property
    def text(self) -> str:
        """The content as text; what is no UTF-8 is replaced."""
        return self.content.decode("utf-8", "replace")

    @property
    def prefixes(self) -> list[tuple[str, str]]:
        """The prefixes a Turtle or TriG file declares."""
        if self.document.format not in (TURTLE, TRIG):
            return []
        return [(match[1], match[2]) for match in _PREFIX.finditer(self.text)]


class Material:
    """Files, and what items ask of them.

    ``packaged`` says that they are the project's own ontology and data. ``release`` is the folder
    of a release that was made of them, ``previous`` a file or folder of the one before; ``today``
    is the day against which dates are judged.
    """

    def __init__(
        self,
        files: Sequence[MaterialFile],
        *,
        packaged: bool = False,
        release: Path | None = None,
        previous: Path | None = None,
        today: datetime.date | None = None,
        thorough: bool = False,
    ) -> None:
        self.files = list(files)
        self.packaged = packaged
        self.release = release
        self.previous = previous
        self.today = today or datetime.date.today()
        self.thorough = thorough

    @cached_property
    def quads(self) -> list[Quad]:
        """Every statement that was read, literals as written."""
        return [quad for file in self.files for quad in file.quads]

    @cached_property
    def facts(self) -> FactIndex:
        """The statements by subject and predicate."""
        return FactIndex(self.quads)

    @cached_property
    def roles(self) -> Roles:
        """What the material's own things are."""
        return Roles(self.facts)

    @cached_property
    def store(self) -> QuadFacts:
        """Statements and roles for queries."""
        return _with_roles([*self.quads, *self.roles.quads()])

    @cached_property
    def description(self) -> QuadFacts:
        """What describes datasets: the cards of the release, else the statements themselves."""
        if self.release is None:
            return self.store
        try:
            known = "void.ttl" in self.release_files
            return _with_roles(open_source(self.release / "void.ttl").quads() if known else ())
        except ReadError:
            return QuadFacts.of(())  # what cannot be read says nothing; item 1 tells

    @cached_property
    def release_files(self) -> list[str]:
        """The paths of the files of the release, sorted."""
        from glocal_kg._publish.lines.sums import files_in

        if self.release is None:
            return []
        # A link could point out of the release: it is a finding of its own, and not followed.
        return [name for name in files_in(self.release) if not (self.release / name).is_symlink()]

    @cached_property
    def release_findings(self) -> list[ReleaseFinding]:
        """What the verification of the release says."""
        from glocal_kg._publish import verify

        return [] if self.release is None else verify(self.release)

    @cached_property
    def before(self) -> list[Quad]:
        """The statements of the release before."""
        if self.previous is None:
            return []
        path = self.previous
        if path.is_dir():
            found = [path / name for name in ("all.nq", "all.nq.gz", "all.trig", "all.ttl")]
            path = next((one for one in found if one.is_file()), path / "all.nq")
        return list(open_source(path).quads())


def read_files(sources: Iterable[object]) -> list[MaterialFile]:
    """The files of a user: paths or texts. A file that is no RDF keeps its problem.

    Raises ``ReadError`` where a file is not there or its format is not known.
    """
    files = []
    for source in sources:
        files.append(_read(open_source(source), None))
        files[-1].raw = source.content if isinstance(source, Text) else None
    return files


def packaged_files(data: bool = True) -> list[MaterialFile]:
    """The files of the packaged ontology, and of the data, named as in the project."""
    paths = packaged.files("ontology", ".ttl")
    if data:
        paths += packaged.files("data", ".trig", ".ttl")
    home = os.path.dirname(packaged.folder("ontology"))
    return [
        _read(_packaged(path), os.path.relpath(path, home).replace(os.sep, "/")) for path in paths
    ]


def folder_of(path: str | os.PathLike[str] | None, what: str) -> Path | None:
    """A path that has to be there, or None; raises ``NotFoundError``."""
    if path is None:
        return None
    if not Path(path).exists():
        raise NotFoundError(f"There is no {what} {path}.", remedy="Check the path.")
    return Path(path)


def _packaged(path: str) -> Document:
    found = by_suffix(path)
    assert found is not None  # only files of known suffixes are asked for
    return Document(path, found)


def _read(document: object, name: str | None) -> MaterialFile:
    assert isinstance(document, Document)  # paths and texts are documents
    inside = name is not None and name.startswith("ontology/")
    iri = packaged.module_iri(document.name) if inside else IMPORT + document.slug
    file = MaterialFile(name or document.name, document, NamedNode(iri))
    try:
        file.quads = [
            Quad(quad.subject, quad.predicate, quad.object, file.graph)
            if isinstance(quad.graph_name, DefaultGraph)
            else quad
            for quad in document.quads()
        ]
    except ReadError as problem:
        file.problem = problem
    return file


def _with_roles(quads: Iterable[Quad]) -> QuadFacts:
    """Some quads as facts, with what their datasets are."""
    own = list(quads)
    return QuadFacts.of([*own, *dataset_roles(QuadFacts.of(own))])
