"""The short way from JSON to statements, for nodes that say plainly what they say.

Most objects of most documents are nodes whose keys are an id, types and properties, with values
that are texts, numbers, references or such nodes again. What a key means is the same wherever a
context holds, so it is found out once; and what expansion would make of such an object is known
without making it. Everything else goes through expansion (:mod:`.expanding`), whole or by its
parts: other keywords, containers, contexts within, properties in reverse. A test reads the same
documents in both ways.

A document with lines is not read in this way: faults are looked for again by expansion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS, UNSET, ActiveContext
from glocal_kg._rdf.reading.jsonld.contexts import processed
from glocal_kg._rdf.reading.jsonld.expanding import Expansion
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault
from glocal_kg._rdf.reading.jsonld.node_statements import DEFAULT, StatementWriter, text_of
from glocal_kg._rdf.reading.jsonld.nodes import NO_TERM, ExpandedNode, listed, value_of
from glocal_kg._rdf.reading.written_terms import KNOWN

_TYPE: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(slots=True)
class _Key:
    """What a key means where a context holds."""

    kind: str
    """"@id" or "@type"; "plain" for a property with one value or many; "other" for a property
    that goes through expansion, "" for a key that says nothing, "@" for other keywords."""
    iri: str = ""
    predicate: bytes = b""
    refers: bool = False
    """Whether texts are ids."""
    tail: str | None = None
    """What stands behind a text; None where texts are references or have a direction."""


def write_document(
    document: Any, active: ActiveContext, expansion: Expansion, writer: StatementWriter
) -> Iterator[None]:
    """Write all nodes of a document, and stop behind each that is no part of another."""
    inner, items, above = active, document, None
    if isinstance(document, dict):
        items = {key: value for key, value in document.items() if key != "@context"}
        if "@context" in document:
            inner = processed(active, document["@context"], expansion.address, expansion.load)
        if [inner.expand(key, vocab=True) for key in items] == ["@graph"]:
            (items,), above = items.values(), "@graph"
    plain = inner.previous is None and all(
        term.context is UNSET for term in inner.terms.values()
    )  # else a context comes or goes within
    nodes = PlainNodes(inner, expansion, writer)
    if plain and above is None and isinstance(items, dict):
        plain = nodes.written(items)
        items = []
    if not plain:
        writer.write(expansion.document(document, active))
        items = []
    for item in listed(items):
        if not isinstance(item, dict) or not nodes.written(item):
            found = expansion.expanded(inner, above, item)
            writer.write([] if found is None else listed(found))
        yield
    yield


class PlainNodes:
    """Writes nodes for which one context holds, with nothing that comes or goes within."""

    def __init__(
        self, active: ActiveContext, expansion: Expansion, writer: StatementWriter
    ) -> None:
        self._active = active
        self._expansion = expansion
        self._writer = writer
        self._keys: dict[str, _Key] = {}
        self._references: dict[str, bytes] = {}
        self._tails: dict[tuple[str, str], str] = {}

    def written(self, node: dict[str, Any]) -> bool:
        """Whether a node is plain; then it is written."""
        name = self._name(node)
        if name is not None:
            self._node(node, name)
        return name is not None

    def _name(self, node: dict[str, Any]) -> bytes | None:
        """The name of a plain node; None for any other."""
        name = None
        for key, value in node.items():
            kind = (self._keys.get(key) or self._key(key)).kind
            if kind == "@id":
                if name is not None or not isinstance(value, str):
                    return None
                name = self._references.get(value) or self._reference(value)
                if name is None:
                    return None
            elif kind == "@type":
                if not all(isinstance(one, str) for one in listed(value)):
                    return None
            elif kind == "@":
                return None
        return name or self._writer.new()

    def _node(self, node: dict[str, Any], name: bytes) -> None:
        texts = self._writer.texts
        for key, value in node.items():
            how = self._keys[key]
            if how.kind == "plain":
                for item in value if isinstance(value, list) else (value,):
                    if isinstance(item, str):
                        if how.tail is not None:
                            texts += (name, how.predicate, text_of(item, how.tail), DEFAULT)
                            continue
                        if how.refers:
                            found = self._references.get(item) or self._reference(item)
                            if found is not None:
                                texts += (name, how.predicate, found, DEFAULT)
                                continue
                    elif isinstance(item, dict):
                        if len(item) == 1 and isinstance(iri := item.get("@id"), str):
                            found = self._references.get(iri) or self._reference(iri)
                        elif "@value" in item:
                            found = self._value(item)
                        else:
                            found = self._name(item)
                            if found is not None:
                                texts += (name, how.predicate, found, DEFAULT)
                                self._node(item, found)
                                continue
                        if found is not None:
                            texts += (name, how.predicate, found, DEFAULT)
                            continue
                    self._expanded(name, key, how, item)
            elif how.kind == "@type":
                for one in listed(value):
                    kind = self._active.expand(one, vocab=True, relative=True)
                    if kind is not None:
                        texts += (name, _TYPE, self._writer.resource(kind), DEFAULT)
            elif how.kind == "other":
                made = ExpandedNode()
                self._expansion.property(self._active, key, how.iri, value, made)
                self._writer.node(made, name, DEFAULT)

    def _expanded(self, name: bytes, key: str, how: _Key, item: Any) -> None:
        """A value by way of expansion."""
        found = self._expansion.expanded(self._active, key, item)
        for one in [] if found is None else listed(found):
            self._writer.link(name, how.predicate, one, DEFAULT)

    def _key(self, key: str) -> _Key:
        """What a key means that was not met before."""
        active, writer = self._active, self._writer
        iri, definition = active.expand(key, vocab=True), active.of(key) or NO_TERM
        if iri is None or (iri not in KEYWORDS and ":" not in iri):
            found = _Key("")
        elif iri in KEYWORDS:
            found = _Key(iri if iri in ("@id", "@type") else "@")
        elif definition.reverse or definition.container - {"@set"} or definition.kind == "@json":
            found = _Key("other", iri)
        else:
            try:
                found = _Key("plain", iri, writer.predicate(iri), definition.kind == "@id")
                item = value_of(active, key, "")
                if "@value" in item and "@direction" not in item:
                    found.tail = writer.literal(item)[1:].decode()
            except JsonLdFault:  # expansion knows whether anything is lost by it
                found = _Key("other", iri)
        self._keys[key] = found
        return found

    def _reference(self, value: str) -> bytes | None:
        """What an id stands for; None for nothing, or for what cannot stand."""
        iri = self._active.expand(value, relative=True)
        try:
            found = None if iri is None else self._writer.resource(iri)
        except JsonLdFault:  # expansion knows whether anything is lost by it
            return None
        if found is not None:
            if len(self._references) >= KNOWN:
                self._references.clear()
            self._references[value] = found
        return found

    def _value(self, item: dict[str, Any]) -> bytes | None:
        """A text in a language, of a type or of neither; None for other value objects."""
        value = item["@value"]
        if not isinstance(value, str):
            return None
        if len(item) == 1:
            return text_of(value, '"')
        key = next(reversed(item)) if next(iter(item)) == "@value" else next(iter(item))
        if len(item) > 2 or key not in ("@type", "@language") or not isinstance(item[key], str):
            return None
        tail = self._tails.get((key, item[key])) or self._tail(key, item[key])
        return None if tail is None else text_of(value, tail)

    def _tail(self, key: str, given: str) -> str | None:
        """What stands behind texts of a type or in a language; None for what cannot stand."""
        kind: str | None = given
        if key == "@type":
            kind = self._active.expand(given, vocab=True, relative=True)
            if kind is None or kind in KEYWORDS:
                return None
        try:
            tail = self._writer.literal(ExpandedNode({"@value": "", key: kind}))[1:].decode()
        except JsonLdFault:
            return None
        self._tails[key, given] = tail
        return tail
