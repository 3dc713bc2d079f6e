"""In which line of RDF/XML each fact stands: where the element of its property begins.

The value of a fact that is an element of its own stands where that begins.
"""

from __future__ import annotations

from glocal_kg._rdf.reading.met import NODE, met_name
from glocal_kg._rdf.reading.rdfxml import RdfXml, statements_of
from glocal_kg._rdf.reading.written_terms import escaped
from glocal_kg._rdf.reading.xml_events import XmlError, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from glocal_kg._rdf.reading.met import Met


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
            yield from reader.met()
    except XmlError:  # it was read before, and is another one now
        return


class _WithLines(RdfXml):
    """Notes where elements and statements stand."""

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self._open: list[int] = []
        self._noted: list[Met | int] = []  # what is met, or only the line of a statement
        self._stated = 0

    def start(self, name: str, attributes: list[str]) -> None:
        """An element begins."""
        line = self.line()
        self._open.append(line)
        super().start(name, attributes)
        self._note()
        frame = self._frames[-1]
        if isinstance(frame, tuple):
            self._noted.append((line, _name(frame[1]), _name(frame[2]), ""))
        elif frame.subject and frame.xml is None:
            self._noted.append((line, _name(frame.subject), _name(frame.predicate), ""))

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        self._note()
        self._open.pop()

    def _note(self) -> None:
        """Note the line of the statements that an element has made."""
        stated = len(self.texts) // 3
        self._noted += self._open[-1:] * (stated - self._stated)
        self._stated = stated

    def met(self) -> Iterator[Met]:
        """What was met since this was asked last."""
        statements = statements_of(escaped(self.texts))
        for one in self._noted:
            if isinstance(one, int):
                quad = next(statements)
                one = one, met_name(quad.subject), quad.predicate.value, met_name(quad.object)
            yield one
        self._noted.clear()
        self.texts.clear()
        self._stated = 0


def _name(text: bytes) -> str:
    return text[1:-1].decode() if text[:1] == b"<" else NODE if text else ""
