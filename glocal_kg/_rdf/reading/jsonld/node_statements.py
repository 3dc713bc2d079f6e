"""Expanded nodes, lists and values written as statements of texts that the store keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault, shown
from glocal_kg._rdf.reading.jsonld.json_text import canonical, double
from glocal_kg._rdf.reading.jsonld.nodes import ExpandedNode
from glocal_kg._rdf.reading.written_terms import (
    KNOWN,
    iri_text,
    language_tail,
    new_nodes,
    type_tail,
)
from glocal_kg._rdf.sparql.iris import is_absolute

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL, _JSON = (
    f"<{_RDF}{name}>".encode() for name in ("type", "first", "rest", "nil", "JSON")
)
_BOOLEAN, _INTEGER, _DOUBLE = (
    f"<{_XSD}{name}>".encode() for name in ("boolean", "integer", "double")
)
_ENOUGH: Final = 1e21  # a larger whole number is a double (section 8.2.2)
_RELATIVE: Final = 'Write the IRI in full, add "@base" to the "@context", or give base=.'
_LOST: Final = "Correct it in the file; a valid IRI has no blanks or brackets."
DEFAULT: Final = b"."
"""What stands for the graph of a statement in none: it is the dot that ends the line."""


class StatementWriter:
    """Writes expanded nodes as statements; what RDF cannot hold is a fault."""

    def __init__(self, undirected: Callable[[], object] = lambda: None) -> None:
        self.texts: list[bytes] = []
        """Subject, predicate, object and graph of each statement; see ``escaped``."""
        self.lines: list[tuple[int, int]] = []
        """The lines of the subjects and of the values of these, if the document has lines."""
        self.at = (0, 0)
        """Those of what is being written."""
        self._undirected = undirected
        self._new = new_nodes()
        self._blank: dict[str, bytes] = {}
        self._iris: dict[str, bytes] = {}

    def write(self, nodes: list[ExpandedNode], graph: bytes = DEFAULT) -> None:
        """Write the nodes of a document."""
        for node in nodes:
            self.node(node, self._begun(node), graph)

    def _begun(self, node: ExpandedNode) -> bytes:
        self.at = node.line, node.line
        return self._name(node)

    def _name(self, node: ExpandedNode) -> bytes:
        return self.resource(node["@id"]) if node.get("@id") is not None else next(self._new)

    def new(self) -> bytes:
        """A node without a name."""
        return next(self._new)

    def resource(self, iri: str) -> bytes:
        """An IRI or a node that is named in the document."""
        if iri.startswith("_:"):
            return self._blank.get(iri) or self._blank.setdefault(iri, next(self._new))
        return self.iri(iri)

    def iri(self, iri: str, what: str = "") -> bytes:
        """An absolute IRI; a fault for any other."""
        found = self._iris.get(iri)
        if found is None:
            if not is_absolute(iri):
                raise JsonLdFault(f"the IRI '{iri}' is relative and has no base", _RELATIVE)
            try:
                found = iri_text(iri)
            except ValueError:
                raise JsonLdFault(
                    f"a part would be lost: {what}{shown(iri)} is no IRI", _LOST
                ) from None
            if len(self._iris) >= KNOWN:
                self._iris.clear()
            self._iris[iri] = found
        return found

    def say(self, s: bytes, p: bytes, o: bytes, g: bytes) -> None:
        """A statement."""
        self.texts += (s, p, o, g)
        if self.at[0]:
            self.lines.append(self.at)

    def node(self, node: ExpandedNode, name: bytes, graph: bytes) -> None:
        """All that a node says."""
        for key, value in node.items():
            if key == "@type":
                for kind in value:
                    self.at = node.line, node.lines_of_types.get(kind, node.line)
                    self.say(name, _TYPE, self.resource(kind), graph)
            elif key == "@graph":
                self.write(value, name)
            elif key == "@included":
                self.write(value, graph)
            elif key == "@reverse":
                for predicate, items in value.items():
                    for item in items:
                        subject = self._begun(item)
                        self.node(item, subject, graph)
                        self.at = item.line, item.line
                        self.say(subject, self.predicate(predicate), name, graph)
            elif key not in KEYWORDS:
                self.at = node.line, (value or [node])[0].line
                predicate = self.predicate(key)
                for item in value:
                    self.link(name, predicate, item, graph, node.line)

    def predicate(self, iri: str) -> bytes:
        """A property; a fault for a blank node."""
        if iri.startswith("_:"):
            raise JsonLdFault(f"a part would be lost: the property '{iri}' is a blank node", _LOST)
        return self.iri(iri, "the property ")

    def link(self, s: bytes, p: bytes, item: ExpandedNode, graph: bytes, line: int = 0) -> None:
        """The statement that leads to a value, a list or a node, and what these say."""
        self.at = line, item.line
        if "@value" in item:
            self.say(s, p, self.literal(item), graph)
        elif "@list" in item:
            self._list(s, p, item["@list"], graph)
        elif "@id" not in item or item["@id"] is not None:
            name = self._name(item)
            self.say(s, p, name, graph)
            self.node(item, name, graph)

    def _list(self, s: bytes, p: bytes, items: list[ExpandedNode], graph: bytes) -> None:
        for item in items:
            if "@value" not in item and "@id" in item and item["@id"] is None:
                continue  # a reference in the form of a keyword says nothing
            cell = next(self._new)
            self.say(s, p, cell, graph)
            self.link(cell, _FIRST, item, graph, item.line)
            s, p = cell, _REST
        self.say(s, p, _NIL, graph)

    def literal(self, item: ExpandedNode) -> bytes:
        """A value object."""
        value, kind = item["@value"], item.get("@type")
        if kind == "@json":
            return text_of(canonical(value), type_tail(_JSON))
        if item.get("@direction") is not None:
            self._undirected()
        if item.get("@language") is not None:
            return text_of(value, self.spoken(item["@language"]))
        datatype = None if kind is None else self.iri(kind, "the type ")
        if isinstance(value, str):
            return text_of(value, type_tail(datatype) if datatype else '"')
        if isinstance(value, bool):
            return text_of("true" if value else "false", type_tail(datatype or _BOOLEAN))
        whole = abs(value) < _ENOUGH and value == int(value)
        if whole and datatype != _DOUBLE:
            return text_of(str(int(value)), type_tail(datatype or _INTEGER))
        return text_of(double(value), type_tail(datatype or _DOUBLE))

    @staticmethod
    def spoken(language: str) -> str:
        """What stands behind a text in a language; a fault where this is none."""
        try:
            return language_tail(language)
        except ValueError:
            raise JsonLdFault(
                f"a part would be lost: {shown(language)} is no language tag",
                "Give a tag such as en or pt-BR.",
            ) from None


def text_of(value: str, tail: str) -> bytes:
    """The text of a literal whose value is not escaped yet; a fault for half a character."""
    try:
        return f'"{value}{tail}'.encode()
    except ValueError:
        raise JsonLdFault(f"half a character stands in the text {shown(value)}") from None
