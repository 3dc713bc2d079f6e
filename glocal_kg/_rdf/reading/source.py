"""What can be read: files, text, rdflib graphs and quads, each as one stream of quads."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from glocal_kg._rdf.formats import (
    JSON_LD,
    PACKINGS,
    RDF_FORMATS,
    RDF_XML,
    Format,
    by_code,
    by_suffix,
    packing_of,
)
from glocal_kg._rdf.reading.json_depth import deeper_than
from glocal_kg._rdf.reading.packed import inner_name, unpack
from glocal_kg._rdf.reading.problems import (
    binary,
    no_statements,
    syntax_problem,
    too_deep,
    too_long,
    xml_problem,
)
from glocal_kg._rdf.reading.rdfxml import triples_of
from glocal_kg._rdf.reading.xml_events import XmlError
from glocal_kg._rdf.sparql.iris import is_absolute
from glocal_kg.errors import NotFoundError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

# Stands in for a missing base IRI where the parser would drop relative IRIs in silence.
NO_BASE = "https://relative.invalid/"
DEEPEST = 500  # brackets in JSON-LD; the parser leaves the stack, and the process, at about 2,000


class Text:
    """RDF as text or bytes in memory, with the format it is written in.

    ``name`` stands for the file name: in errors, and in the name of the import graph. ``base``
    is the IRI that relative ones start from, where the text has no own.

    >>> Text("<urn:a> <urn:b> <urn:c> .", "turtle")
    Text(25 bytes of turtle, name='text')
    """

    __slots__ = ("base", "content", "format", "name")

    def __init__(
        self, content: str | bytes, format: str, name: str = "text", base: str | None = None
    ) -> None:
        self.content = content.encode() if isinstance(content, str) else content
        self.format = rdf_format(format, name)
        self.name = name
        self.base = checked_base(base, name)

    def __repr__(self) -> str:
        size = len(self.content)
        return f"Text({size} bytes of {self.format.code}, name={self.name!r})"


class Source:
    """One thing to read: its name for messages, its quads, and its path if it is a plain file.

    ``quads()`` starts anew with every call and raises ``ReadError``. Blank nodes of files and
    texts get new labels, so that two sources never share one by accident. ``prefixes`` are those
    that it declares, as far as it has been read; ``base`` is what its relative IRIs start from.
    """

    __slots__ = ("_quads", "base", "format", "name", "path", "prefixes")

    def __init__(
        self,
        name: str,
        quads: Iterable[Quad] | None = None,
        *,
        format: Format | None = None,
        path: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        base: str | None = None,
    ) -> None:
        self.name = name
        self.prefixes = dict(prefixes or {})
        self.format = format
        self.path = path
        self.base = base
        self._quads = quads

    @property
    def address(self) -> str:
        """The file's own path in full, which tells it from others of its name; else empty."""
        return ""

    @property
    def slug(self) -> str:
        """The name without suffixes of formats, in the form IRIs like: ``my-cities``.

        Folders of a relative path are part of it.

        >>> Source("2020/My data.v2.ttl.gz").slug
        '2020/my-data-v2'
        """
        name = os.path.basename(self.name) if os.path.isabs(self.name) else self.name
        name = name[: len(name) - len(packing_of(name))]
        known = by_suffix(name)
        if known is not None:
            name = name[: -max(len(s) for s in known.suffixes if name.lower().endswith(s))]
        parts = [_words(part) for part in os.path.normpath(name).split(os.sep)]
        return "/".join(part for part in parts if part) or "unnamed"

    def quads(self) -> Iterator[Quad]:
        """The quads, one by one; those of no named graph are in the default graph."""
        return iter(self._quads or ())


def _words(text: str) -> str:
    spaced = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    return "-".join(spaced.split())


class Document(Source):
    """A file or text that a parser has to read."""

    __slots__ = ("_content",)

    def __init__(
        self, name: str, format: Format, content: bytes | None = None, base: str | None = None
    ) -> None:
        read_by_parser = content is None and not packing_of(name) and format is not RDF_XML
        path = name if read_by_parser else None
        if base is None and content is None:
            base = Path(name).absolute().as_uri()  # Turtle 6.3: where it was read from
        super().__init__(name, format=format, path=path, base=base)
        self._content = content

    @property
    def address(self) -> str:
        """The file's own path in full."""
        return "" if self._content is not None else os.path.realpath(self.name)

    def open(self) -> IO[bytes]:
        """The bytes of the document, unpacked and without a byte order mark."""
        stream = self._bytes()
        try:
            if stream.read(3) == b"\xef\xbb\xbf":
                return stream
            if stream.seekable():
                stream.seek(0)
                return stream
        except BaseException:
            stream.close()
            raise
        stream.close()
        return self._bytes()

    def _bytes(self) -> IO[bytes]:
        if self._content is not None:
            return BytesIO(self._content)
        stream = open(self.name, "rb")  # noqa: SIM115 - the caller closes it
        if not packing_of(self.name):
            return stream
        try:
            return unpack(self.name, stream, os.path.getsize(self.name))
        except BaseException:
            stream.close()
            raise

    def quads(self) -> Iterator[Quad]:
        """The quads as the parser meets them; ``ReadError`` where it stops."""
        head = b""
        empty = True
        try:
            with self.open() as stream:
                head = stream.read(1024)
            for quad in self._read(head):
                empty = False
                yield quad
        except SyntaxError as error:
            assert self.format is not None
            raise syntax_problem(error, self.name, self.format, head, self.open) from None
        except XmlError as error:
            raise xml_problem(error, self.name, head) from None
        except MemoryError:  # the parser's own limit, 16 MB without an end in sight
            raise too_long(self.name) from None
        except OSError as error:
            raise ReadError(
                f"The file cannot be read: {error.strerror or error}.",
                source=self.name,
                remedy="Check that the file is whole and that you may read it.",
            ) from None
        if empty:
            raise no_statements(self.name, blank=not head.strip())

    def _read(self, head: bytes) -> Iterator[Quad]:
        if self.format is RDF_XML:
            with self.open() as stream:
                for triple in triples_of(stream, self.base or ""):
                    yield Quad(*triple)
            return
        if b"\0" in head:
            raise binary(self.name, head)
        if self.format is JSON_LD:
            yield from self._read_json()
            return
        with self.open() as stream:
            # The parser reads a plain file itself, in large pieces: much faster on long lines.
            plain = self.path is not None and stream.tell() == 0
            parser = parse(
                None if plain else stream,
                self.format.rdf,  # type: ignore[union-attr]
                path=self.path if plain else None,
                base_iri=self.base,
                rename_blank_nodes=True,
            )
            yield from parser
            self.prefixes = dict(parser.prefixes)

    def _read_json(self) -> Iterator[Quad]:
        with self.open() as stream:
            if deeper_than(DEEPEST, stream):
                raise too_deep(self.name, DEEPEST)
        with self.open() as stream:
            parser = parse(
                stream, RdfFormat.JSON_LD, base_iri=self.base or NO_BASE, rename_blank_nodes=True
            )
            for quad in parser:
                if self.base is None:
                    self._refuse_relative(quad)
                yield quad
            self.prefixes = dict(parser.prefixes)

    def _refuse_relative(self, quad: Quad) -> None:
        for term in quad:
            iri = getattr(term, "value", "")
            if iri.startswith(NO_BASE):
                raise ReadError(
                    f"The IRI '{iri.removeprefix(NO_BASE)}' is relative and has no base.",
                    source=self.name,
                    remedy='Write the IRI in full, add "@base" to the "@context", or give base=.',
                )


def open_source(what: object, format: str | None = None, base: str | None = None) -> Source:
    """Recognize a source by its type, without reading it.

    ``what`` is a path (``str`` or ``os.PathLike``; ``-`` for standard input), a ``Text``, an
    rdflib ``Graph`` or ``Dataset``, or an iterable of pyoxigraph quads or triples. ``format`` is
    a format code and only needed where a file's suffix does not tell. ``base`` is the IRI that
    relative ones start from, where a file declares none itself; by default its own address.

    Raises ``ReadError`` for what is none of these or cannot be read.
    """
    if isinstance(what, Text):
        if format is not None:
            raise ReadError(
                "A Text says its format itself.", source=what.name, remedy="Leave out format=."
            )
        own = checked_base(base, what.name) or what.base
        return Document(what.name, what.format, what.content, own)
    if type(what).__module__.split(".")[0] == "rdflib":
        from glocal_kg._rdf.reading.rdflib_graph import quads_of

        # What is no graph is refused when it is read.
        named: Iterable[tuple[str, object]] = getattr(what, "namespaces", tuple)()
        declared = {prefix: str(iri) for prefix, iri in named}
        return Source("rdflib", quads_of(what), prefixes=declared)
    if isinstance(what, (str, os.PathLike)):
        return _file(os.fspath(what), format, checked_base(base, str(what)))
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


def checked_base(base: str | None, name: str) -> str | None:
    """A base as given; ``ReadError`` for what is no IRI in full."""
    if base is None or is_absolute(base):
        return base
    raise ReadError(
        f"The base '{base}' is no IRI in full.",
        source=name,
        remedy="Give one such as https://example.org/data/.",
    )


def _standard_input(code: str | None, base: str | None) -> Document:
    name = "standard input"
    if code is None:
        codes = ", ".join(known.code for known in RDF_FORMATS)
        raise ReadError(
            "Standard input does not tell its format.",
            source=name,
            remedy=f"Say which it is (format=, on the command line --data-format): {codes}.",
        )
    return Document(name, rdf_format(code, name), sys.stdin.buffer.read(), base)


def _file(name: str, code: str | None, base: str | None) -> Document:
    if name == "-":
        return _standard_input(code, base)
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
    found = rdf_format(code, name) if code is not None else by_suffix(inner_name(name))
    if found is None:
        suffixes = ", ".join(known.suffix for known in RDF_FORMATS)
        codes = ", ".join(known.code for known in RDF_FORMATS)
        raise ReadError(
            "The suffix does not tell the format.",
            source=name,
            remedy=f"Rename it: suffixes are {suffixes}, and {', '.join(PACKINGS)} after them."
            f" Or give format= (on the command line --data-format): {codes}.",
        )
    if os.path.getsize(name) == 0:
        raise no_statements(name, blank=True)
    return Document(name, found, base=base)


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
