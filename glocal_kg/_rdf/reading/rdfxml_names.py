"""Names in a document of RDF/XML: of attributes, properties and classes, rdf:ID and rdf:nodeID."""

from __future__ import annotations

import re
from collections.abc import Callable

from glocal_kg._rdf.reading.rdfxml_scope import HANDED_ON, IGNORED, RDF, Iris, iri_or_wrong
from glocal_kg._rdf.reading.written_terms import new_nodes
from glocal_kg._rdf.reading.xml_events import LONG, Wrong, parts_of
from glocal_kg._rdf.reading.xml_literal import XML

_UNPREFIXED = {"ID", "about", "resource", "parseType", "type"}
_NC_NAME = re.compile(r"[^\W\d][\w.\-\u00B7]*")


class XmlNames:
    """The names that one document has; ``long`` is called when one of an attribute is long."""

    def __init__(self, long: Callable[[], None]) -> None:
        self.keys: dict[str, str] = {}
        """Names of attributes as the parser gives them, and in full."""
        self.new = new_nodes()
        self._long = long
        self._texts: dict[str, bytes] = {}
        self._nodes: dict[str, bytes] = {}
        self._ids: set[bytes] = set()

    def text_of(self, iri: str) -> bytes:
        """The text of a property or class."""
        return self._texts.get(iri) or self._texts.setdefault(iri, iri_or_wrong(iri))

    def by_names(self, attributes: list[str]) -> dict[str, str]:
        """Attributes by their names in full."""
        given: dict[str, str] = {}
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            given[self.keys.get(key) or self._key(key)] = value
        return given

    def _key(self, key: str) -> str:
        """The full name of an attribute that was not met before."""
        if len(key) > LONG:
            self._long()
        space, local, _ = parts_of(key)
        if not space and local not in _UNPREFIXED:
            if not local.startswith("xml"):
                raise Wrong(f"the attribute {local} has no namespace; write a prefix before it")
            return IGNORED
        name = (space or RDF) + local
        if space == XML and name not in HANDED_ON:
            return IGNORED
        self.keys[key] = name
        return name

    def identified(self, name: str, iris: Iris) -> bytes:
        """The IRI of an rdf:ID, which stands once in a document."""
        if not _NC_NAME.fullmatch(name):
            raise Wrong(f"rdf:ID '{name}' is no name")
        node = iris["#" + name]
        if node in self._ids:
            raise Wrong(f"rdf:ID '{name}' is there twice")
        self._ids.add(node)
        return node

    def labeled(self, name: str) -> bytes:
        """The node of an rdf:nodeID."""
        if not _NC_NAME.fullmatch(name):
            raise Wrong(f"rdf:nodeID '{name}' is no name")
        return self._nodes.get(name) or self._nodes.setdefault(name, next(self.new))
