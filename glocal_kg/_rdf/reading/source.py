"""What can be read: files, text, rdflib graphs and quads, each as one stream of quads."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO

from pyoxigraph import NamedNode, Quad, Triple

from glocal_kg._rdf.formats import PACKINGS, RDF_FORMATS, Format, by_code, by_suffix
from glocal_kg._rdf.reading.document import Document, Source
from glocal_kg._rdf.reading.packed import inner_name, packing_in, unpack
from glocal_kg._rdf.reading.problems import no_statements
from glocal_kg._rdf.sparql.iris import is_absolute
from glocal_kg.errors import ArgumentError, NotFoundError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, TypeAlias

    import rdflib

Readable: TypeAlias = "str | os.PathLike[str] | Text | rdflib.Graph | Iterable[Quad | Triple]"
"""What can be read: a path, a text, an rdflib graph, quads or triples."""


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
        if not isinstance(content, str | bytes):
            raise ArgumentError("content", content, "RDF as text or bytes")
        try:
            self.content = content.encode() if isinstance(content, str) else content
        except UnicodeEncodeError as error:
            raise ReadError(
                f"character {error.start + 1} is half a character.",
                source=name,
                remedy="Give text that was decoded whole, or the bytes.",
            ) from None
        self.format = rdf_format(format, name)
        self.name = name
        self.base = checked_base(base, name)

    def __reduce__(self) -> tuple[type[Text], tuple[bytes, str, str, str | None]]:
        return Text, (self.content, self.format.code, self.name, self.base)

    def __repr__(self) -> str:
        size = len(self.content)
        return f"Text({size} bytes of {self.format.code}, name={self.name!r})"


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
    if hasattr(what, "read"):
        raise ReadError(
            "An open file does not say its format.",
            source=str(getattr(what, "name", what))[:60],
            remedy='Give its path, or gk.Text(file.read(), "turtle").',
        )
    if hasattr(what, "to_csv") and hasattr(what, "columns"):
        raise ReadError(
            "This is a table, not RDF.",
            source=type(what).__name__,
            remedy="Save it, and bring it in with kg.import_table and a mapping.",
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
    if base is None:
        return None
    try:
        if is_absolute(base):
            return NamedNode(base).value
        why = ""
    except (ValueError, TypeError) as error:
        why = f": {error}"
    raise ReadError(
        f"The base '{base}' is no IRI in full{why}.",
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
    return _piped(name, rdf_format(code, name), sys.stdin.buffer, base)


def _piped(name: str, format: Format, stream: IO[bytes], base: str | None) -> Document:
    """What comes out of a pipe, which has no suffix to tell that it is packed."""
    content = stream.read()
    kind = packing_in(content)
    if kind:
        with unpack(name, BytesIO(content), len(content), kind) as plain:
            content = plain.read()
    return Document(name, format, content, base)


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
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise ReadError(
            "This is not a regular file.", source=name, remedy="Save its content in a file first."
        )
    found = rdf_format(code, name) if code is not None else by_suffix(inner_name(name))
    if found is None:
        suffixes = ", ".join(known.suffix for known in RDF_FORMATS)
        codes = ", ".join(known.code for known in RDF_FORMATS)
        if inner_name(name).lower().endswith((".csv", ".tsv", ".xlsx", ".xls", ".ods")):
            raise ReadError(
                "This is a table, and no RDF.",
                source=name,
                remedy="glocal import reads tables, in Python kg.import_table, with a mapping or"
                " as a filled template.",
            )
        raise ReadError(
            "The suffix does not tell the format.",
            source=name,
            remedy=f"Rename it: suffixes are {suffixes}, and {', '.join(PACKINGS)} after them."
            f" Or give format= (--data-format, where a command has it): {codes}.",
        )
    if stat.S_ISFIFO(mode):  # as a shell gives for <(command)
        with open(name, "rb") as stream:
            return _piped(name, found, stream, base)
    if os.path.getsize(name) == 0:
        raise no_statements(name, blank=True)
    return Document(name, found, base=base)


def _short(name: str) -> str:
    line = name.split("\n")[0].replace("\0", "\\0")
    return line if line == name and len(line) <= 120 else line[:60] + "..."


def _hint(name: str) -> str:
    if name.startswith(("http://", "https://")):
        return "Nothing is read from the web: download the file and add it."
    begins = name.lstrip().startswith(("@prefix", "<", "{"))
    if begins or "\n" in name or re.match(r"\s*[\w-]*:\S*\s+(a|[\w-]*:\S*|<\S*>)\s", name):
        return 'A str is a path; for RDF in a string use gk.Text(content, "turtle").'
    return "Check the path."


def _checked(quads: Iterable[object]) -> Iterator[Quad]:
    for number, quad in enumerate(quads, 1):
        if isinstance(quad, Quad):
            yield quad
        elif isinstance(quad, Triple):
            yield Quad(*quad)
        else:
            raise ReadError(
                f"Item {number} is of type {type(quad).__name__}, not a quad or triple.",
                source="quads",
                remedy="Give one file by its path or one gk.Text, alone and in no list; or"
                " pyoxigraph Quad or Triple objects.",
            )
