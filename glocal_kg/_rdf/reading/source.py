"""What can be read: files, text, rdflib graphs and quads, each as one stream of quads."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Quad, Triple, parse

from glocal_kg._rdf.formats import (
    GZIP_SUFFIX,
    JSON_LD,
    RDF_FORMATS,
    RDF_XML,
    Format,
    by_code,
    by_suffix,
)
from glocal_kg._rdf.reading.problems import (
    binary,
    no_statements,
    not_well_formed,
    syntax_problem,
    too_deep,
    too_long,
)
from glocal_kg.errors import NotFoundError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

# Stands in for a missing base IRI where the parser would drop relative IRIs in silence.
NO_BASE = "https://relative.invalid/"
DEEPEST = 500  # brackets in JSON-LD; the parser leaves the stack, and the process, at about 2,000


class Text:
    """RDF as text or bytes in memory, with the format it is written in.

    ``name`` stands for the file name: in errors, and in the name of the import graph.

    >>> Text("<urn:a> <urn:b> <urn:c> .", "turtle")
    Text(25 bytes of turtle, name='text')
    """

    __slots__ = ("content", "format", "name")

    def __init__(self, content: str | bytes, format: str, name: str = "text") -> None:
        self.content = content.encode() if isinstance(content, str) else content
        self.format = rdf_format(format, name)
        self.name = name

    def __repr__(self) -> str:
        size = len(self.content)
        return f"Text({size} bytes of {self.format.code}, name={self.name!r})"


class Source:
    """One thing to read: its name for messages, its quads, and its path if it is a plain file.

    ``quads()`` starts anew with every call and raises ``ReadError``. Blank nodes of files and
    texts get new labels, so that two sources never share one by accident. ``prefixes`` are those
    that it declares, as far as it has been read.
    """

    __slots__ = ("_quads", "format", "name", "path", "prefixes")

    def __init__(
        self,
        name: str,
        quads: Iterable[Quad] | None = None,
        *,
        format: Format | None = None,
        path: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.prefixes = dict(prefixes or {})
        self.format = format
        self.path = path
        self._quads = quads

    @property
    def slug(self) -> str:
        """The name without folders and suffixes, in the form IRIs like: ``my-cities``."""
        stem = os.path.basename(self.name).split(".")[0].lower()
        words = "".join(letter if letter.isalnum() else " " for letter in stem).split()
        return "-".join(words) or "unnamed"

    def quads(self) -> Iterator[Quad]:
        """The quads, one by one; those of no named graph are in the default graph."""
        return iter(self._quads or ())


class Document(Source):
    """A file or text that a parser has to read."""

    __slots__ = ("_content",)

    def __init__(self, name: str, format: Format, content: bytes | None = None) -> None:
        packed = name.lower().endswith(GZIP_SUFFIX)
        super().__init__(name, format=format, path=None if packed or content is not None else name)
        self._content = content

    def open(self) -> IO[bytes]:
        """The bytes of the document, unpacked and without a byte order mark."""
        stream: IO[bytes]
        if self._content is not None:
            from io import BytesIO

            stream = BytesIO(self._content)
        elif self.path is None:
            from gzip import GzipFile

            stream = GzipFile(self.name, "rb")  # type: ignore[assignment]
        else:
            stream = open(self.name, "rb")  # noqa: SIM115 - the caller closes it
        if stream.read(3) != b"\xef\xbb\xbf":
            stream.seek(0)
        return stream

    def quads(self) -> Iterator[Quad]:
        """The quads as the parser meets them; ``ReadError`` where it stops."""
        assert self.format is not None
        empty = True
        try:
            with self.open() as stream:
                head = stream.read(1024)
            if b"\0" in head:
                raise binary(self.name, head)
            if self.format is RDF_XML:
                with self.open() as stream:
                    problem = not_well_formed(self.name, stream)
                if problem is not None:
                    raise problem
            base = NO_BASE if self.format is JSON_LD else None
            if self.format is JSON_LD:
                from glocal_kg._rdf.reading.json_depth import deeper_than

                with self.open() as stream:
                    if deeper_than(DEEPEST, stream):
                        raise too_deep(self.name, DEEPEST)
            with self.open() as stream:
                # The parser reads a plain file itself, in large pieces: much faster on long lines.
                plain = self.path is not None and stream.tell() == 0
                parser = parse(
                    None if plain else stream,
                    self.format.rdf,
                    path=self.path if plain else None,
                    base_iri=base,
                    rename_blank_nodes=True,
                )
                for quad in parser:
                    if base is not None:
                        self._refuse_relative(quad)
                    empty = False
                    yield quad
                self.prefixes = dict(parser.prefixes)
        except SyntaxError as error:
            raise syntax_problem(error, self.name, self.format, head, self.open) from None
        except MemoryError:  # the parser's own limit, 16 MB without an end in sight
            raise too_long(self.name) from None
        except EOFError:
            raise ReadError(
                "The compressed file ends too early.",
                source=self.name,
                remedy="Copy or download it again.",
            ) from None
        except OSError as error:
            raise ReadError(
                f"The file cannot be read: {error.strerror or error}.",
                source=self.name,
                remedy="Check that the file is whole and that you may read it.",
            ) from None
        if empty:
            raise no_statements(self.name, blank=not head.strip())

    def _refuse_relative(self, quad: Quad) -> None:
        for term in quad:
            iri = getattr(term, "value", "")
            if iri.startswith(NO_BASE):
                raise ReadError(
                    f"The IRI '{iri.removeprefix(NO_BASE)}' is relative and has no base.",
                    source=self.name,
                    remedy='Write the IRI in full, or add "@base" to the "@context".',
                )


def open_source(what: object, format: str | None = None) -> Source:
    """Recognize a source by its type, without reading it.

    ``what`` is a path (``str`` or ``os.PathLike``), a ``Text``, an rdflib ``Graph`` or
    ``Dataset``, or an iterable of pyoxigraph quads or triples. ``format`` is a format code
    and only needed where a file's suffix does not tell.

    Raises ``ReadError`` for what is none of these or cannot be read.
    """
    if isinstance(what, Text):
        if format is not None:
            raise ReadError(
                "A Text says its format itself.", source=what.name, remedy="Leave out format=."
            )
        return Document(what.name, what.format, what.content)
    if type(what).__module__.split(".")[0] == "rdflib":
        from glocal_kg._rdf.reading.rdflib_graph import quads_of

        named = getattr(what, "namespaces", tuple)()  # what is no graph is refused when read
        declared = {prefix: str(iri) for prefix, iri in named}
        return Source("rdflib", quads_of(what), prefixes=declared)
    if isinstance(what, (str, os.PathLike)):
        return _file(os.fspath(what), format)
    if isinstance(what, bytes):
        raise ReadError(
            "Bytes alone do not say what they are.",
            source="bytes",
            remedy='Wrap them: gk.Text(content, "turtle").',
        )
    if isinstance(what, Iterable):
        return Source("quads", _checked(what))
    raise ReadError(
        f"A source cannot be of type {type(what).__name__}.",
        source=repr(what)[:60],
        remedy="Give a path, a gk.Text, an rdflib graph or quads.",
    )


def rdf_format(code: str, name: str) -> Format:
    """The RDF format of a code; ``ReadError`` for others, also for formats of results."""
    try:
        found = by_code(code)
    except NotFoundError:
        found = None
    if found not in RDF_FORMATS:
        codes = ", ".join(known.code for known in RDF_FORMATS)
        raise ReadError(f"There is no RDF format {code!r}.", source=name, remedy=f"Use {codes}.")
    return found


def _file(name: str, code: str | None) -> Document:
    try:
        mode = os.stat(name).st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise ReadError("There is no such file.", source=_short(name), remedy=_hint(name)) from None
    except (OSError, ValueError) as error:  # names that are too long, or hold a null byte
        reason = getattr(error, "strerror", None) or error
        raise ReadError(
            f"This is no usable path: {reason}.", source=_short(name), remedy=_hint(name)
        ) from None
    if stat.S_ISDIR(mode):
        raise ReadError(
            "This is a folder, not a file.", source=name, remedy="Add its files one by one."
        )
    if not stat.S_ISREG(mode):
        raise ReadError(
            "This is not a regular file.", source=name, remedy="Save its content in a file first."
        )
    found = rdf_format(code, name) if code is not None else by_suffix(name)
    if found is None:
        suffixes = ", ".join(known.suffix for known in RDF_FORMATS)
        codes = ", ".join(known.code for known in RDF_FORMATS)
        raise ReadError(
            "The suffix does not tell the format.",
            source=name,
            remedy=f"Rename it: suffixes are {suffixes}. Or, in Python, give format=: {codes}.",
        )
    if os.path.getsize(name) == 0:
        raise no_statements(name, blank=True)
    return Document(name, found)


def _short(name: str) -> str:
    line = name.split("\n")[0].replace("\0", "\\0")
    return line if line == name and len(line) <= 120 else line[:60] + "..."


def _hint(name: str) -> str:
    if name.startswith(("http://", "https://")):
        return "Nothing is read from the web: download the file and add it."
    if "\n" in name or name.lstrip().startswith(("@prefix", "<", "{")):
        return 'A str is a path; for RDF in a string use gk.Text(content, "turtle").'
    return "Check the path."


def _checked(quads: Iterable[object]) -> Iterator[Quad]:
    for number, quad in enumerate(quads, 1):
        if isinstance(quad, Triple):
            yield Quad(*quad)
        elif isinstance(quad, Quad):
            yield quad
        else:
            raise ReadError(
                f"Item {number} is of type {type(quad).__name__}, not a quad or triple.",
                source="quads",
                remedy="Give pyoxigraph Quad or Triple objects.",
            )
