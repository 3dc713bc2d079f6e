"""XML as events, by the parser expat: nothing is fetched from elsewhere.

Expat does what XML 1.0 asks of a parser: encodings, line ends, entities and default attributes
of the document's own DTD. Here its limits are set and its errors get a place.

A handler hears names as expat writes them, which are few and so known to it soon, and text by a
function of its own, which may be one without a step of Python: most text is blanks between
elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias
from xml.parsers.expat import XML_PARAM_ENTITY_PARSING_ALWAYS, ExpatError, ParserCreate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

Name: TypeAlias = tuple[str, str, str]
"""Namespace, local name and prefix, each empty where there is none."""

PIECE = 1 << 16
LARGER = 100
"""So many times its size a document may grow by its entities, beyond ``FREE`` characters."""
FREE = 8 << 20
LONG = 1 << 8
"""Names up to this size cannot make a document so much larger: the least element has 4 bytes."""


class XmlError(Exception):
    """What is wrong in a document, and where; lines and columns count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        self.line, self.column = line, column
        super().__init__(message)


class Wrong(Exception):
    """Raised by a handler of events where they make no sense; it gets its place here."""


class Handler(Protocol):
    """Who hears the events."""

    line: Callable[[], int]
    """The line of the event; known once a document is parsed."""
    count: Callable[[], None]
    """To be called when a name is longer than ``LONG``; likewise."""
    text: Callable[[str], None]
    """Hears some text, which may come in several pieces."""

    def start(self, name: str, attributes: list[str]) -> None:
        """An element begins; ``attributes`` are names and values in turn."""

    def end(self, name: str) -> None:
        """An element ends."""

    def comment(self, text: str) -> None:
        """A comment."""

    def instruction(self, target: str, text: str) -> None:
        """A processing instruction."""


def parse(stream: IO[bytes], handler: Handler) -> Iterator[None]:
    """Feed a document to a handler piece by piece. Raises :class:`XmlError`.

    External entities, DTDs of their own and entities that grow without end are refused.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    size = read = 0

    def grown(by: int) -> None:
        nonlocal size
        size += by
        if size > FREE and size > LARGER * read:
            raise Wrong("its entities make it more than a hundred times as large as it is")

    def start(name: str, attributes: list[str]) -> None:
        grown(len(name) + sum(map(len, attributes)))
        handler.start(name, attributes)

    def text(data: str) -> None:
        grown(len(data))
        handler.text(data)

    def count(*_: object) -> None:
        """Look from here on how large the document grows: without a DTD only names make it."""
        parser.StartElementHandler = start
        parser.CharacterDataHandler = text

    def external(general: str | None, *_: object) -> int:
        if general is None:  # a DTD or a part of one: what it declares is not known
            return 1
        raise Wrong("an entity is outside of the document; nothing is fetched")

    def unknown(name: str, parameter: bool) -> None:
        if not parameter:
            raise Wrong(f"the entity '&{name};' is not declared in the document")

    handler.line = lambda: parser.CurrentLineNumber
    handler.count = count
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.CommentHandler = handler.comment
    parser.ProcessingInstructionHandler = handler.instruction
    parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.StartDoctypeDeclHandler = count
    parser.ExternalEntityRefHandler = external
    parser.SkippedEntityHandler = unknown
    try:
        while piece := stream.read(PIECE):
            read += len(piece)
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield
    except ExpatError as error:
        what = str(error).partition(":")[0]
        raise XmlError(f"not well-formed XML: {what}", error.lineno, error.offset + 1) from None
    except Wrong as error:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise XmlError(str(error), line, column) from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise XmlError(f"its encoding cannot be read: {error}", 1, 1) from None


def parts_of(name: str) -> Name:
    """A name in its parts.

    >>> parts_of("urn:n# local prefix"), parts_of("alone")
    (('urn:n#', 'local', 'prefix'), ('', 'alone', ''))
    """
    parts = name.split(" ")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""
