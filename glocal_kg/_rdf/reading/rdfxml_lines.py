"""In which line of RDF/XML each fact stands: where the element of its property begins.

The value of a fact that is an element of its own stands where that begins.
"""

from __future__ import annotations

from glocal_kg._rdf.reading.met import met_name
from glocal_kg._rdf.reading.rdfxml import RdfXml
from glocal_kg._rdf.reading.xml_events import XmlError, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from pyoxigraph import Literal, NamedNode

    from glocal_kg._rdf.reading.met import Met
    from glocal_kg._rdf.reading.rdfxml import Node
    from glocal_kg._rdf.reading.xml_events import Name


def met_in_xml(stream: IO[bytes], base: str) -> Iterator[Met]:
    """A line, and what is met in it, as far as the document can be read.

    >>> from io import BytesIO
    >>> text = b'<a xmlns="urn:">\\n<p>1</p></a>'
    >>> list(met_in_xml(BytesIO(text), ""))[-1]
    (2, '[]', 'urn:p', '1')
    """
    reader = _WithLines(base)
    try:
        for _ in parse(stream, reader):
            yield from reader.met
            reader.met.clear()
            reader.triples.clear()
    except XmlError:  # it was read before, and is another one now
        return


class _WithLines(RdfXml):
    """Notes what is met, with its line."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.met: list[Met] = []
        self._open: list[int] = []

    def start(self, name: Name, attributes: list[tuple[Name, str]]) -> None:
        """An element begins."""
        line = self.line()
        self._open.append(line)
        super().start(name, attributes)
        frame = self._frames[-1]
        if frame.subject is not None and frame.xml is None:
            p = "" if frame.predicate is None else frame.predicate.value
            self.met.append((line, met_name(frame.subject), p, ""))

    def end(self, name: Name) -> None:
        """An element ends."""
        super().end(name)
        self._open.pop()

    def _say(self, s: Node, p: NamedNode, o: Node | Literal) -> None:
        self.met.append((self._open[-1], met_name(s), p.value, met_name(o)))
