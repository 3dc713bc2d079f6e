"""Documents that a parser reads: files and texts, plain or packed, as streams of quads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from glocal_kg._rdf.formats import JSON_LD, RDF_XML, Format, by_suffix, packing_of
from glocal_kg._rdf.reading.json_depth import deeper_than
from glocal_kg._rdf.reading.jsonld import (
    JsonLdFault,
    contexts_beside,
    met_in_json,
    placed_fault,
    quads_of,
    statements,
)
from glocal_kg._rdf.reading.jsonld.contexts import Load
from glocal_kg._rdf.reading.met import Met
from glocal_kg._rdf.reading.packed import unpack
from glocal_kg._rdf.reading.problems import (
    binary,
    json_problem,
    no_statements,
    syntax_problem,
    too_deep,
    too_long,
    xml_problem,
)
from glocal_kg._rdf.reading.rdfxml import statements_of, texts_of
from glocal_kg._rdf.reading.term_depth import refuse_nested
from glocal_kg._rdf.reading.xml_events import XmlError
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import IO, TypeVar

    from pyoxigraph import NamedNode

    S = TypeVar("S")
    T = TypeVar("T")

SHORT = 1 << 25
"""Bytes that are read before the parser where it does not read a file itself: twice as many as it
looks through for the end of a word."""
DEEPEST = 150  # brackets in JSON-LD: what Python's own stack carries with room to spare


class Source:
    """One thing to read: its name for messages, its quads, and its path if it is a plain file.

    ``quads()`` starts anew with every call and raises ``ReadError``. Blank nodes of files and
    texts get new labels, so that two sources never share one by accident. ``prefixes`` are those
    that it declares, as far as it has been read; ``base`` is what its relative IRIs start from.
    ``undirected`` counts texts whose base direction JSON-LD does not bring along, likewise.
    """

    __slots__ = ("_quads", "base", "format", "graphs", "name", "path", "prefixes", "undirected")

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
        self.graphs: tuple[NamedNode, ...] = ()  # where its statements went, once they are kept
        self.undirected = 0
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
        if known is not None and not packing_of(name):
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
        return self._told(iter, self._read)

    def texts(self) -> Iterator[list[bytes]]:
        """The terms of RDF/XML, three each, or of JSON-LD with graphs, as the store keeps them.

        Those of many statements come together.
        """
        return self._told(iter, self._read_texts)

    def written(self, together: int) -> Iterator[bytes]:
        """The quads as N-Quads, so many ``together``: without a step of Python for each."""

        def pieces(quads: Iterator[Quad]) -> Iterator[bytes]:
            while piece := serialize(islice(quads, together), format=RdfFormat.N_QUADS):
                yield piece

        return self._told(pieces, self._read)

    def _told(
        self,
        taken: Callable[[Iterator[S]], Iterator[T]],
        read: Callable[[], AbstractContextManager[Iterator[S]]],
    ) -> Iterator[T]:
        """What is taken from what is read; what the parser says against it as ``ReadError``."""
        head = b""
        empty = True
        try:
            with self.open() as stream:
                head = stream.read(1024)
            with read() as parts:
                for one in (found := taken(parts)):
                    empty = False
                    yield one
                    yield from found  # without a look at each: it is most of the time of reading
        except SyntaxError as error:
            if b"\0" in head:  # legal in a text, but seldom there
                raise binary(self.name, head) from None
            assert self.format is not None
            raise syntax_problem(error, self.name, self.format, head, self.open) from None
        except XmlError as error:
            raise xml_problem(error, self.name, head, self.open) from None
        except MemoryError:  # the parser's own limit, 16 MB without an end in sight
            if b"\0" in head:
                raise binary(self.name, head) from None
            raise too_long(self.name) from None
        except OSError as error:
            raise ReadError(
                f"The file cannot be read: {error.strerror or error}.",
                source=self.name,
                remedy="Check that the file is whole and that you may read it.",
            ) from None
        if empty:
            keys = self.format is JSON_LD
            raise no_statements(self.name, blank=not head.strip(), keys=keys)

    @contextmanager
    def _read(self) -> Iterator[Iterator[Quad]]:
        """The quads as they are met; at the end the prefixes are known."""
        if self.format in (RDF_XML, JSON_LD):
            together = statements_of if self.format is RDF_XML else quads_of
            with self._read_texts() as texts:
                yield chain.from_iterable(map(together, texts))
            return
        with self.open() as stream:
            refuse_nested(self.name, self.open)
            # The parser asks a stream for so little at a time that it goes through a long word
            # hundreds of times. A plain file it reads itself, and what is short is read before.
            plain = self.path is not None and stream.tell() == 0
            start = b"" if plain else stream.read(SHORT)
            short = not plain and not stream.read(1)
        with self.open() as stream:
            parser = parse(
                None if plain else start if short else stream,
                self.format.rdf,  # type: ignore[union-attr]  # known before it is read
                path=self.path if plain else None,
                base_iri=self.base,
                rename_blank_nodes=True,
            )
            yield parser
            self.prefixes = dict(parser.prefixes)

    @contextmanager
    def _read_texts(self) -> Iterator[Iterator[list[bytes]]]:
        if self.format is JSON_LD:
            yield self._read_json()
            return
        with self.open() as stream:
            yield texts_of(stream, self.base or "")

    def _read_json(self) -> Iterator[list[bytes]]:
        with self.open() as stream:
            if deeper_than(DEEPEST, stream):
                raise too_deep(self.name, DEEPEST)
        with self.open() as stream:
            content = stream.read()
        try:
            self.undirected = 0
            texts, self.prefixes = statements(content, self.base, self._contexts, self._undirect)
            yield from texts
        except JsonLdFault as fault:
            if fault.line is None:  # only who has to tell it reads with lines, which takes longer
                fault = placed_fault(content, self.base, self._contexts) or fault
            raise json_problem(fault, self.name, content) from None
        except RecursionError:  # terms that stand for terms, hundreds deep
            raise json_problem(
                JsonLdFault("its contexts or nodes hang together too deep", "Write IRIs in full."),
                self.name,
                content,
            ) from None

    def _undirect(self) -> None:
        self.undirected += 1

    @property
    def _contexts(self) -> Load:
        return contexts_beside(None if self._content is not None else self.name, self.base)

    def met(self, content: bytes) -> Iterator[Met]:
        """The lines of the facts of RDF/XML or JSON-LD, of which this is the content."""
        if self.format is JSON_LD:
            return met_in_json(content, self.base, self._contexts)
        from glocal_kg._rdf.reading.rdfxml_lines import met_in_xml

        return met_in_xml(BytesIO(content), self.base or "")
