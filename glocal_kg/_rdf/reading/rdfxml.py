"""RDF/XML to triples, as W3C's RDF 1.1 XML Syntax has it in section 7.

Of RDF 1.2, the version and the direction of texts are read; its triple terms are refused.

The XML parser gives elements, attributes and text (:mod:`.xml_events`). RDF/XML alternates
between *node elements*, which name a thing, and *property elements*, which say something of the
node around them. A frame for each open element knows which of them comes next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.reading.term_depth import TRIPLE_TERMS
from glocal_kg._rdf.reading.xml_events import Name, Wrong, parse
from glocal_kg._rdf.reading.xml_literal import XML, XmlText
from glocal_kg._rdf.sparql.iris import is_absolute, resolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, TypeAlias

    Node: TypeAlias = NamedNode | BlankNode

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ITS = "http://www.w3.org/2005/11/its"
"""Internationalization Tag Set: its attribute ``dir`` gives the direction of texts."""
_DIRECTIONS = {"": None, "ltr": BaseDirection.LTR, "rtl": BaseDirection.RTL}
_SYNTAX = {"RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"}
_OLD = {"aboutEach", "aboutEachPrefix", "bagID"}
_NO_NODE = _SYNTAX | _OLD | {"li"}
_NO_PROPERTY = _SYNTAX | _OLD | {"Description"}
_UNPREFIXED = {"ID", "about", "resource", "parseType", "type"}
_NC_NAME = re.compile(r"[^\W\d][\w.\-\u00B7]*")
_TYPE, _FIRST, _REST, _NIL, _XML = (
    NamedNode(RDF + name) for name in ("type", "first", "rest", "nil", "XMLLiteral")
)


@dataclass(slots=True, frozen=True)
class _Inherited:
    """What an element hands on to those in it."""

    base: str
    language: str = ""
    direction: str = ""
    version: str = ""
    """Of RDF, where the document says one: only from 1.2 on, ``its:dir`` is no property."""


@dataclass(slots=True)
class _OpenElement:
    """An open element. ``awaits`` says what may come in it: nodes, properties, or a value."""

    awaits: str
    scope: _Inherited
    subject: Node | None = None
    predicate: NamedNode | None = None
    statement: NamedNode | None = None
    """The name of the statement that the property element makes (rdf:ID)."""
    datatype: str | None = None
    text: list[str] = field(default_factory=list)
    xml: XmlText | None = None
    filled: bool = False
    """Whether the value is a node, and so complete."""
    items: list[Node] | None = None
    """The members of a collection."""
    counter: int = 0
    """How many rdf:li there were."""


class RdfXml:
    """Makes triples of events; ``base`` is the address of the document, or empty."""

    line: Callable[[], int]

    def __init__(self, base: str) -> None:
        self.triples: list[Triple] = []
        self._frames = [_OpenElement("document", _Inherited(base.partition("#")[0]))]
        self._nodes: dict[str, BlankNode] = {}
        self._ids: set[str] = set()

    # Events

    def start(self, name: Name, attributes: list[tuple[Name, str]]) -> None:
        """An element begins."""
        around = self._frames[-1]
        if around.xml is not None:
            around.xml.start(name, attributes)
            return
        scope, given = self._in_scope(around.scope, attributes)
        space, local, _ = name
        if not space:
            raise Wrong(f"the element <{local}> has no namespace")
        if around.awaits == "document":
            if space + local == RDF + "RDF":
                if any(not key.startswith(_ITS) for key in given):
                    raise Wrong("rdf:RDF takes no attributes of RDF")
                self._frames.append(_OpenElement("nodes", scope))
                return
            around.awaits = "end"
        if around.awaits in ("document", "nodes", "end", "value", "items"):
            self._node(around, space, local, given, scope)
        elif around.awaits == "properties":
            self._property(around, space, local, given, scope)
        else:
            raise Wrong(f"the element <{local}> stands where there can be none")

    def end(self, name: Name) -> None:
        """An element ends."""
        frame = self._frames[-1]
        if frame.xml is not None and frame.xml.depth:
            frame.xml.end(name)
            return
        self._frames.pop()
        if frame.predicate is not None:
            self._close_property(frame)

    def text(self, text: str) -> None:
        """Some text."""
        frame = self._frames[-1]
        if frame.xml is not None:
            frame.xml.text(text)
        elif frame.awaits == "value" and not frame.filled:
            frame.text.append(text)
        elif written := text.strip(" \t\r\n")[:30]:
            if frame.awaits == "nothing":
                raise Wrong(f"attributes give the value already, and here is the text '{written}'")
            raise Wrong(f"the text '{written}' stands where there can be none")

    def comment(self, text: str) -> None:
        """A comment: part of XML in a value, else nothing."""
        if self._frames[-1].xml is not None:
            self._frames[-1].xml.comment(text)

    def instruction(self, target: str, text: str) -> None:
        """A processing instruction: likewise."""
        if self._frames[-1].xml is not None:
            self._frames[-1].xml.instruction(target, text)

    # Node elements

    def _node(
        self,
        around: _OpenElement,
        space: str,
        local: str,
        given: dict[str, str],
        scope: _Inherited,
    ) -> None:
        iri = space + local
        if space == RDF and local in _NO_NODE:
            raise Wrong(f"rdf:{local} is no class")
        if around.awaits == "value":
            if around.filled:
                raise Wrong("a property has more than one value; write it once for each")
            if "".join(around.text).strip(" \t\r\n"):
                raise Wrong("a value is text and a node at once")
            around.filled = True
        frame = _OpenElement("properties", scope, subject=self._subject(given, scope.base))
        assert frame.subject is not None
        if iri != RDF + "Description":
            self._say(frame.subject, _TYPE, _iri(iri))
        self._properties_of(frame.subject, given, scope)
        self._frames.append(frame)
        if around.awaits == "items":
            assert around.items is not None
            around.items.append(frame.subject)
        elif around.awaits == "value":
            self._state(around, frame.subject)

    def _subject(self, given: dict[str, str], base: str) -> Node:
        names = [key for key in ("ID", "nodeID", "about") if RDF + key in given]
        if len(names) > 1:
            raise Wrong(f"rdf:{names[0]} and rdf:{names[1]} both name the node")
        if not names:
            return BlankNode()
        value = given.pop(RDF + names[0])
        if names[0] == "ID":
            return self._identified(value, base)
        return self._labeled(value) if names[0] == "nodeID" else self._resolve(value, base)

    def _properties_of(self, node: Node, given: dict[str, str], scope: _Inherited) -> None:
        """Attributes that say something of a node."""
        for key, value in given.items():
            if key == _TYPE.value:
                self._say(node, _TYPE, self._resolve(value, scope.base))
                continue
            local = key.removeprefix(RDF)
            if key != local and local in _NO_NODE | {"Description"}:
                raise Wrong(f"the attribute rdf:{local} cannot stand here")
            self._say(node, _iri(key), self._literal(value, None, scope))

    # Property elements

    def _property(
        self,
        around: _OpenElement,
        space: str,
        local: str,
        given: dict[str, str],
        scope: _Inherited,
    ) -> None:
        if space == RDF and local in _NO_PROPERTY:
            raise Wrong(f"rdf:{local} is no property")
        iri = space + local
        if iri == RDF + "li":
            around.counter += 1
            iri = f"{RDF}_{around.counter}"
        frame = _OpenElement("value", scope, subject=around.subject, predicate=_iri(iri))
        if RDF + "ID" in given:
            frame.statement = self._identified(given.pop(RDF + "ID"), scope.base)
        for key in ("annotation", "annotationNodeID"):
            if RDF + key in given:
                raise Wrong(f"rdf:{key} is of {TRIPLE_TERMS}")
        self._frames.append(frame)
        if RDF + "parseType" in given:
            self._parsed_as(given.pop(RDF + "parseType"), given, frame)
        elif RDF + "datatype" in given and not given.keys() - {RDF + "datatype"}:
            frame.datatype = self._resolve(given[RDF + "datatype"], scope.base).value
        elif given:
            self._empty(given, frame)

    def _parsed_as(self, kind: str, given: dict[str, str], frame: _OpenElement) -> None:
        if given:
            wrong = next(iter(given)).replace(RDF, "rdf:")
            raise Wrong(f"{wrong} cannot stand beside rdf:parseType")
        if kind == "Resource":
            node = BlankNode()
            self._state(frame, node)
            self._frames[-1] = _OpenElement("properties", frame.scope, subject=node)
        elif kind == "Collection":
            frame.awaits, frame.items = "items", []
        elif kind == "Triple" and frame.scope.version >= "1.2":
            raise Wrong(f'rdf:parseType="Triple" is of {TRIPLE_TERMS}')
        else:
            frame.awaits, frame.xml = "xml", XmlText()

    def _empty(self, given: dict[str, str], frame: _OpenElement) -> None:
        """A property element without content: its attributes name or describe its value."""
        frame.awaits, frame.filled = "nothing", True
        named = [key for key in ("resource", "nodeID") if RDF + key in given]
        if len(named) > 1:
            raise Wrong("rdf:resource and rdf:nodeID both name the value")
        node: Node
        if not named:
            node = BlankNode()
        elif named == ["resource"]:
            node = self._resolve(given.pop(RDF + "resource"), frame.scope.base)
        else:
            node = self._labeled(given.pop(RDF + "nodeID"))
        self._state(frame, node)
        self._properties_of(node, given, frame.scope)

    def _close_property(self, frame: _OpenElement) -> None:
        if frame.xml is not None:
            self._state(frame, Literal(str(frame.xml), datatype=_XML))
        elif frame.items is not None:
            self._state(frame, self._list(frame.items))
        elif not frame.filled:
            self._state(frame, self._literal("".join(frame.text), frame.datatype, frame.scope))

    def _list(self, items: list[Node]) -> Node:
        cells: list[Node] = [*(BlankNode() for _ in items), _NIL]
        for place, item in enumerate(items):
            self._say(cells[place], _FIRST, item)
            self._say(cells[place], _REST, cells[place + 1])
        return cells[0]

    # Terms

    def _state(self, frame: _OpenElement, value: Node | Literal) -> None:
        """The statement of a property element, with its own name where it has one."""
        assert frame.subject is not None
        assert frame.predicate is not None
        self._say(frame.subject, frame.predicate, value)
        if frame.statement is not None:
            parts = (("subject", frame.subject), ("predicate", frame.predicate), ("object", value))
            self._say(frame.statement, _TYPE, NamedNode(RDF + "Statement"))
            for key, part in parts:
                self._say(frame.statement, NamedNode(RDF + key), part)

    def _say(self, s: Node, p: NamedNode, o: Node | Literal) -> None:
        self.triples.append(Triple(s, p, o))

    def _in_scope(
        self, around: _Inherited, attributes: list[tuple[Name, str]]
    ) -> tuple[_Inherited, dict[str, str]]:
        """What holds in an element, and its attributes by their names in full."""
        base, language = around.base, around.language
        given: dict[str, str] = {}
        for (space, local, _), value in attributes:
            if space == XML:
                if local == "base":
                    base = self._resolve(value, base).value.partition("#")[0]
                elif local == "lang":
                    language = value
            elif space:
                given[space + local] = value
            elif local in _UNPREFIXED:
                given[RDF + local] = value
            elif not local.startswith("xml"):
                raise Wrong(f"the attribute {local} has no namespace; write a prefix before it")
        version = given.pop(RDF + "version", around.version)
        direction = around.direction
        if version >= "1.2":
            given.pop(_ITS + "version", None)
            direction = given.pop(_ITS + "dir", direction)
            if direction not in _DIRECTIONS:
                raise Wrong(f"its:dir is '{direction}', not ltr or rtl")
        return _Inherited(base, language, direction, version), given

    def _literal(self, text: str, datatype: str | None, scope: _Inherited) -> Literal:
        if datatype is not None:
            return Literal(text, datatype=NamedNode(datatype))
        direction = _DIRECTIONS[scope.direction] if scope.language else None
        try:
            return Literal(text, language=scope.language or None, direction=direction)
        except ValueError:
            raise Wrong(f"'{scope.language}' is no language tag") from None

    def _identified(self, name: str, base: str) -> NamedNode:
        if not _NC_NAME.fullmatch(name):
            raise Wrong(f"rdf:ID '{name}' is no name")
        node = self._resolve("#" + name, base)
        if node.value in self._ids:
            raise Wrong(f"rdf:ID '{name}' is there twice")
        self._ids.add(node.value)
        return node

    def _labeled(self, name: str) -> BlankNode:
        if not _NC_NAME.fullmatch(name):
            raise Wrong(f"rdf:nodeID '{name}' is no name")
        return self._nodes.setdefault(name, BlankNode())

    def _resolve(self, iri: str, base: str) -> NamedNode:
        if not base and not is_absolute(iri):
            raise Wrong(f"the IRI '{iri}' is relative and has no base")
        return _iri(resolved(iri, base) if base else iri)


def _iri(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise Wrong(f"'{iri}' is no IRI: {error}") from None


def triples_of(stream: IO[bytes], base: str = "") -> Iterator[Triple]:
    """The triples of a document, one by one. Raises :class:`.xml_events.XmlError`."""
    reader = RdfXml(base)
    for _ in parse(stream, reader):
        yield from reader.triples
        reader.triples.clear()
