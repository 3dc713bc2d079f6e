"""RDF/XML to statements, as W3C's RDF 1.1 XML Syntax has it in section 7.

Of RDF 1.2, the version and the direction of texts are read; its triple terms are refused.

The XML parser gives elements, attributes and text (:mod:`.xml_events`). RDF/XML alternates
between *node elements*, which name a thing, and *property elements*, which say something of the
node around them. A frame for each open element knows which of them comes next. Most elements are
properties with a text or with another node in ``rdf:resource``: these take a short way, on which
nothing is looked up twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pyoxigraph import Quad, RdfFormat, parse

from glocal_kg._rdf.reading.rdfxml_names import XmlNames
from glocal_kg._rdf.reading.rdfxml_scope import HANDED_ON, ITS, RDF, Iris, XmlScope
from glocal_kg._rdf.reading.term_depth import TRIPLE_TERMS
from glocal_kg._rdf.reading.written_terms import escaped, type_tail
from glocal_kg._rdf.reading.xml_events import LONG, Wrong, parts_of
from glocal_kg._rdf.reading.xml_events import parse as parse_xml
from glocal_kg._rdf.reading.xml_literal import XML, XmlText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

MANY = 1 << 11
"""Statements that are given together."""
_SYNTAX = {"RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"}
_OLD = {"aboutEach", "aboutEachPrefix", "bagID"}
_NO_NODE = _SYNTAX | _OLD | {"li"}
_NO_PROPERTY = _SYNTAX | _OLD | {"Description"}
_BLANKS = " \t\r\n"
_RESOURCE, _DATATYPE, _LANGUAGE = RDF + "resource", RDF + "datatype", XML + "lang"
_TYPE, _FIRST, _REST, _NIL = (
    f"<{RDF}{name}>".encode() for name in ("type", "first", "rest", "nil")
)
_STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = (
    f"<{RDF}{name}>".encode() for name in ("Statement", "subject", "predicate", "object")
)
_SHORT = {_RESOURCE, _DATATYPE, _LANGUAGE}
"""One of these alone beside a property is met most."""
_XML = f'"^^<{RDF}XMLLiteral>'


class _OpenElement:
    """An open element. ``awaits`` says what may come in it: nodes, properties, or a value."""

    xml: XmlText | None = None
    filled = False
    """Whether the value is a node, and so complete."""
    items: list[bytes] | None = None
    """The members of a collection."""
    counter = 0
    """How many rdf:li there were."""

    def __init__(
        self,
        awaits: str,
        scope: XmlScope,
        subject: bytes = b"",
        predicate: bytes = b"",
        statement: bytes | None = None,
    ) -> None:
        self.awaits = awaits
        self.scope = scope
        self.subject = subject
        self.predicate = predicate
        self.statement = statement
        """The name of the statement that the property element makes (rdf:ID)."""


_Plain: TypeAlias = tuple[XmlScope, bytes, bytes, str, bytes | None]
"""An open property with text at most: its scope, subject and predicate, what stands behind the
value where it has a type, and the name of the statement. It is the most frequent one."""


class RdfXml:
    """Makes statements of events; ``base`` is the address of the document, or empty."""

    line: Callable[[], int]
    count: Callable[[], None]

    def __init__(self, base: str) -> None:
        self.texts: list[bytes] = []
        """Subjects, predicates and objects of the statements, one after the other; what must be
        escaped in literals is not: see :func:`.written_terms.escaped`."""
        self._text: list[str] = []  # since an element began or ended
        self.text: Callable[[str], None] = self._text.append
        scope = XmlScope(Iris(base.partition("#")[0]))
        self._complete = _OpenElement("nothing", scope)  # a property whose value is known
        self._frames: list[_OpenElement | _Plain] = [_OpenElement("document", scope)]
        self._predicates: dict[str, bytes] = {}  # by the names of elements
        self._names = XmlNames(lambda: self.count())
        self._keys = self._names.keys

    # Events

    def start(self, name: str, attributes: list[str]) -> None:
        """An element begins."""
        frames, text = self._frames, self._text
        around = frames[-1]
        if isinstance(around, tuple):  # its value is a node
            scope, subject, predicate, _, statement = around
            around = frames[-1] = _OpenElement("value", scope, subject, predicate, statement)
        if text:
            blank = text.pop()
            if text or blank.strip(_BLANKS) or around.xml is not None:
                text.append(blank)
                self._between(around)
        if around.awaits == "properties":
            known = self._predicates.get(name)
            if known is not None:
                if not attributes:
                    frames.append((around.scope, around.subject, known, "", None))
                    return
                key = self._keys.get(attributes[0])
                if len(attributes) == 2 and key in _SHORT:
                    value, scope, tail = attributes[1], around.scope, ""
                    if key == _RESOURCE:
                        self.texts += (around.subject, known, scope.iris[value])
                        frames.append(self._complete)
                        return
                    if key == _DATATYPE:
                        tail = type_tail(scope.iris[value])
                    else:
                        scope = scope.speaking.get(value) or scope.inner({_LANGUAGE: value})
                    frames.append((scope, around.subject, known, tail, None))
                    return
        elif around.xml is not None:
            pairs = zip(attributes[::2], attributes[1::2], strict=True)
            around.xml.start(parts_of(name), [(parts_of(key), value) for key, value in pairs])
            return
        self._element(around, name, attributes)

    def _element(self, around: _OpenElement, name: str, attributes: list[str]) -> None:
        if len(name) > LONG:
            self.count()
        given, scope = self._names.by_names(attributes), around.scope
        if not HANDED_ON.isdisjoint(given):
            scope = scope.inner(given)
        space, local, _ = parts_of(name)
        if not space:
            raise Wrong(f"the element <{local}> has no namespace")
        if around.awaits == "document":
            if space + local == RDF + "RDF":
                if any(not key.startswith(ITS) for key in given):
                    raise Wrong("rdf:RDF takes no attributes of RDF")
                self._frames.append(_OpenElement("nodes", scope))
                return
            around.awaits = "end"
        if around.awaits in ("document", "nodes", "end", "value", "items"):
            self._node(around, space, local, given, scope)
        elif around.awaits == "properties":
            predicate = self._predicates.get(name) or self._predicate(around, name)
            self._property(around.subject, predicate, given, scope)
        else:
            raise Wrong(f"the element <{local}> stands where there can be none")

    def end(self, name: str) -> None:
        """An element ends."""
        frame, text = self._frames[-1], self._text
        if isinstance(frame, tuple):
            self._frames.pop()
            scope, subject, predicate, tail, statement = frame
            value = text.pop() if len(text) == 1 else self._whole()
            literal = f'"{value}{tail or scope.tail or scope.known_tail()}'.encode()
            self.texts += (subject, predicate, literal)
            if statement is not None:
                self._name_statement(statement, subject, predicate, literal)
            return
        if text:
            self._between(frame)
        if frame.xml is None:
            self._frames.pop()
            if frame.items is not None:
                self._state(frame, self._list(frame.items))
        elif frame.xml.depth:
            frame.xml.end(parts_of(name))
        else:
            self._frames.pop()
            self._state(frame, f'"{frame.xml}{_XML}'.encode())

    def comment(self, text: str) -> None:
        """A comment: part of XML in a value, else nothing."""
        xml = self._before_markup()
        if xml is not None:
            xml.comment(text)

    def instruction(self, target: str, text: str) -> None:
        """A processing instruction: likewise."""
        xml = self._before_markup()
        if xml is not None:
            xml.instruction(target, text)

    def _before_markup(self) -> XmlText | None:
        around = self._frames[-1]
        if isinstance(around, tuple):
            return None
        if self._text:
            self._between(around)
        return around.xml

    def _whole(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        return text

    def _between(self, around: _OpenElement) -> None:
        """Take up the text before an element or behind one: blanks, or part of XML in a value."""
        text = self._whole()
        if around.xml is not None:
            around.xml.text(text)
        elif written := text.strip(_BLANKS)[:30]:
            if around.awaits == "value" and not around.filled:
                raise Wrong("a value is text and a node at once")
            if around.awaits == "nothing":
                raise Wrong(f"attributes give the value already, and here is the text '{written}'")
            raise Wrong(f"the text '{written}' stands where there can be none")

    # Node elements

    def _node(
        self,
        around: _OpenElement,
        space: str,
        local: str,
        given: dict[str, str],
        scope: XmlScope,
    ) -> None:
        if space == RDF and local in _NO_NODE:
            raise Wrong(f"rdf:{local} is no class")
        if around.awaits == "value":
            if around.filled:
                raise Wrong("a property has more than one value; write it once for each")
            around.filled = True
        subject = self._subject(given, scope.iris) if given else next(self._names.new)
        if space != RDF or local != "Description":
            self.texts += (subject, _TYPE, self._names.text_of(space + local))
        if given:
            self._properties_of(subject, given, scope)
        self._frames.append(_OpenElement("properties", scope, subject))
        if around.items is not None:
            around.items.append(subject)
        elif around.awaits == "value":
            self._state(around, subject)

    def _subject(self, given: dict[str, str], iris: Iris) -> bytes:
        names = [key for key in ("ID", "nodeID", "about") if RDF + key in given]
        if len(names) > 1:
            raise Wrong(f"rdf:{names[0]} and rdf:{names[1]} both name the node")
        if not names:
            return next(self._names.new)
        value = given.pop(RDF + names[0])
        if names[0] == "ID":
            return self._names.identified(value, iris)
        return self._names.labeled(value) if names[0] == "nodeID" else iris[value]

    def _properties_of(self, node: bytes, given: dict[str, str], scope: XmlScope) -> None:
        """Attributes that say something of a node."""
        for key, value in given.items():
            if key == RDF + "type":
                self.texts += (node, _TYPE, scope.iris[value])
                continue
            local = key.removeprefix(RDF)
            if key != local and local in _NO_NODE | {"Description"}:
                raise Wrong(f"the attribute rdf:{local} cannot stand here")
            literal = f'"{value}{scope.tail or scope.known_tail()}'
            self.texts += (node, self._names.text_of(key), literal.encode())

    # Property elements

    def _predicate(self, around: _OpenElement, name: str) -> bytes:
        """The property of an element that was not met before, or is a member of a container."""
        space, local, _ = parts_of(name)
        if space == RDF and local in _NO_PROPERTY:
            raise Wrong(f"rdf:{local} is no property")
        if space == RDF and local == "li":
            around.counter += 1
            return f"<{RDF}_{around.counter}>".encode()
        found = self._predicates[name] = self._names.text_of(space + local)
        return found

    def _property(
        self, subject: bytes, predicate: bytes, given: dict[str, str], scope: XmlScope
    ) -> None:
        statement = None
        if RDF + "ID" in given:
            statement = self._names.identified(given.pop(RDF + "ID"), scope.iris)
        for key in ("annotation", "annotationNodeID"):
            if RDF + key in given:
                raise Wrong(f"rdf:{key} is of {TRIPLE_TERMS}")
        if not given or given.keys() == {_DATATYPE}:
            tail = type_tail(scope.iris[given[_DATATYPE]]) if given else ""
            self._frames.append((scope, subject, predicate, tail, statement))
            return
        frame = _OpenElement("value", scope, subject, predicate, statement)
        self._frames.append(frame)
        if RDF + "parseType" in given:
            self._parsed_as(given.pop(RDF + "parseType"), given, frame)
        else:
            self._empty(given, frame)

    def _parsed_as(self, kind: str, given: dict[str, str], frame: _OpenElement) -> None:
        if given:
            wrong = next(iter(given)).replace(RDF, "rdf:")
            raise Wrong(f"{wrong} cannot stand beside rdf:parseType")
        if kind == "Resource":
            node = next(self._names.new)
            self._state(frame, node)
            self._frames[-1] = _OpenElement("properties", frame.scope, node)
        elif kind == "Collection":
            frame.awaits, frame.items = "items", []
        elif kind == "Triple" and frame.scope.version >= "1.2":
            raise Wrong(f'rdf:parseType="Triple" is of {TRIPLE_TERMS}')
        else:
            frame.awaits, frame.xml = "xml", XmlText()

    def _empty(self, given: dict[str, str], frame: _OpenElement) -> None:
        """A property element without content: its attributes name or describe its value."""
        frame.awaits = "nothing"
        named = [key for key in ("resource", "nodeID") if RDF + key in given]
        if len(named) > 1:
            raise Wrong("rdf:resource and rdf:nodeID both name the value")
        if not named:
            node = next(self._names.new)
        elif named == ["resource"]:
            node = frame.scope.iris[given.pop(_RESOURCE)]
        else:
            node = self._names.labeled(given.pop(RDF + "nodeID"))
        self._state(frame, node)
        self._properties_of(node, given, frame.scope)

    def _list(self, items: list[bytes]) -> bytes:
        cells = [*(next(self._names.new) for _ in items), _NIL]
        for place, item in enumerate(items):
            self.texts += (cells[place], _FIRST, item, cells[place], _REST, cells[place + 1])
        return cells[0]

    # Terms

    def _state(self, frame: _OpenElement, value: bytes) -> None:
        """The statement of a property element, with its own name where it has one."""
        self.texts += (frame.subject, frame.predicate, value)
        if frame.statement is not None:
            self._name_statement(frame.statement, frame.subject, frame.predicate, value)

    def _name_statement(self, name: bytes, s: bytes, p: bytes, o: bytes) -> None:
        self.texts += (name, _TYPE, _STATEMENT)
        self.texts += (name, _SUBJECT, s, name, _PREDICATE, p, name, _OBJECT, o)


def texts_of(stream: IO[bytes], base: str = "") -> Iterator[list[bytes]]:
    """Subjects, predicates and objects of a document as the store keeps them, many together.

    Raises :class:`.xml_events.XmlError`.
    """
    reader, size = RdfXml(base), 3 * MANY
    for _ in parse_xml(stream, reader):
        while len(reader.texts) >= size:
            yield escaped(reader.texts[:size])
            del reader.texts[:size]
    if reader.texts:
        yield escaped(reader.texts)


def triples_of(stream: IO[bytes], base: str = "") -> Iterator[Quad]:
    """The statements of a document, one by one. Raises :class:`.xml_events.XmlError`."""
    for texts in texts_of(stream, base):
        yield from statements_of(texts)


def statements_of(texts: list[bytes]) -> Iterator[Quad]:
    """The statements whose subjects, predicates and objects these are."""
    parts = iter(texts)
    lines = [b"%b %b %b .\n" % one for one in zip(parts, parts, parts, strict=True)]
    return parse(b"".join(lines), RdfFormat.N_TRIPLES)
