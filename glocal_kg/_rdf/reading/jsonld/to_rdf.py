"""A JSON-LD document as statements: its nodes, lists and values written in RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from json import detect_encoding
from typing import Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS, ActiveContext
from glocal_kg._rdf.reading.jsonld.contexts import Load
from glocal_kg._rdf.reading.jsonld.expanding import Expansion
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault, shown
from glocal_kg._rdf.reading.jsonld.json_lines import placed
from glocal_kg._rdf.reading.jsonld.json_text import canonical, double, parsed
from glocal_kg._rdf.reading.jsonld.nodes import ExpandedNode
from glocal_kg._rdf.reading.met import Met, met_name
from glocal_kg._rdf.sparql.iris import is_absolute

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL, _JSON = (
    NamedNode(_RDF + name) for name in ("type", "first", "rest", "nil", "JSON")
)
_BOOLEAN, _INTEGER, _DOUBLE = (NamedNode(_XSD + name) for name in ("boolean", "integer", "double"))
_ENOUGH: Final = 1e21  # a larger whole number is a double (section 8.2.2)
_RELATIVE: Final = 'Write the IRI in full, add "@base" to the "@context", or give base=.'
_LOST: Final = "Correct it in the file; a valid IRI has no blanks or brackets."

Subject = NamedNode | BlankNode
Graph = NamedNode | BlankNode | DefaultGraph


def statements(
    content: bytes, base: str | None, load: Load, undirected: Callable[[], object] = lambda: None
) -> tuple[Iterator[Quad], dict[str, str]]:
    """The statements of a document, one by one, and the prefixes of its outermost context.

    ``load`` gives the document of a context at an address. ``undirected`` is called for each text
    whose base direction JSON-LD 1.1 leaves behind on the way to RDF. Raises
    :class:`JsonLdFault`, before the first statement or at one that RDF cannot hold.

    >>> found, _ = statements(b'{"@id": "urn:a", "urn:p": 1.0}', None, lambda address: None)
    >>> [str(quad.object) for quad in found]
    ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>']
    """
    document = parsed(content)
    active = ActiveContext(base, base)
    nodes = Expansion(base, load).document(document, active)
    return _StatementWriter(undirected).of(nodes), _prefixes(document)


def met_in_json(content: bytes, base: str | None, load: Load) -> Iterator[Met]:
    """A line, and what is met in it, as far as the document can be read.

    >>> text = b'{"@id": "urn:a",\\n"urn:p": 1}'
    >>> list(met_in_json(text, None, lambda address: None))[-1]
    (2, 'urn:a', 'urn:p', '1')
    """
    try:
        parsed(content)
        document = placed(content.decode(detect_encoding(content)))
        writer = _StatementWriter()
        for quad in writer.of(Expansion(base, load).document(document, ActiveContext(base, base))):
            s, p, o = (met_name(term) for term in (quad.subject, quad.predicate, quad.object))
            yield writer.at[0], s, "", ""
            yield writer.at[1], s, p, o
    except (JsonLdFault, RecursionError):  # it was read before, and is another one now
        return


def line_of_fault(content: bytes, base: str | None, load: Load) -> int | None:
    r"""The line of what is wrong with a document that is JSON but cannot be read; None if unknown.

    >>> text = b'{"@id": "urn:a",\n"urn:p": {"@value": 1, "@id": "urn:b"}}'
    >>> line_of_fault(text, None, lambda address: None)
    2
    """
    expansion, writer = Expansion(base, load), _StatementWriter()
    try:
        document = placed(content.decode(detect_encoding(content)))
        nodes = expansion.document(document, ActiveContext(base, base))
    except JsonLdFault as fault:
        return fault.line or expansion.line or None
    except RecursionError:
        return None
    try:
        for _ in writer.of(nodes):
            pass
    except JsonLdFault:
        return writer.at[1] or None
    return None


def _prefixes(document: Any) -> dict[str, str]:
    found = {}
    contexts = document.get("@context") if isinstance(document, dict) else None
    for context in contexts if isinstance(contexts, list) else [contexts]:
        for term, meaning in (context if isinstance(context, dict) else {}).items():
            plain = isinstance(meaning, str) and meaning.endswith(("#", "/", ":"))
            if plain and is_absolute(meaning) and term not in KEYWORDS and ":" not in term:
                found[term] = meaning
    return found


class _StatementWriter:
    """Writes expanded nodes as statements; what RDF cannot hold is a fault."""

    def __init__(self, undirected: Callable[[], object] = lambda: None) -> None:
        self._undirected = undirected
        self._blank: dict[str, BlankNode] = {}
        self._iris: dict[str, NamedNode] = {}
        self.at = (0, 0)
        """The lines of the subject and of the value of the last statement, if there are any."""

    def of(self, nodes: list[ExpandedNode]) -> Iterator[Quad]:
        """The statements of the nodes of a document."""
        for node in nodes:
            yield from self._node(node, self._begun(node), DefaultGraph())

    def _begun(self, node: ExpandedNode) -> Subject:
        self.at = node.line, node.line
        return self._name(node)

    def _name(self, node: ExpandedNode) -> Subject:
        return self._resource(node["@id"]) if node.get("@id") is not None else BlankNode()

    def _resource(self, iri: str) -> Subject:
        if iri.startswith("_:"):
            return self._blank.setdefault(iri, BlankNode())
        return self._iri(iri)

    def _iri(self, iri: str, what: str = "") -> NamedNode:
        found = self._iris.get(iri)
        if found is None:
            if not is_absolute(iri):
                raise JsonLdFault(f"the IRI '{iri}' is relative and has no base", _RELATIVE)
            try:
                found = NamedNode(iri)
            except ValueError:
                raise JsonLdFault(
                    f"a part would be lost: {what}{shown(iri)} is no IRI", _LOST
                ) from None
            self._iris[iri] = found
        return found

    def _node(self, node: ExpandedNode, name: Subject, graph: Graph) -> Iterator[Quad]:
        for key, value in node.items():
            if key == "@type":
                for kind in value:
                    self.at = node.line, node.lines_of_types.get(kind, node.line)
                    yield Quad(name, _TYPE, self._resource(kind), graph)
            elif key == "@graph":
                for inner in value:
                    yield from self._node(inner, self._begun(inner), name)
            elif key == "@included":
                for inner in value:
                    yield from self._node(inner, self._begun(inner), graph)
            elif key == "@reverse":
                for predicate, items in value.items():
                    for item in items:
                        subject = self._begun(item)
                        yield from self._node(item, subject, graph)
                        self.at = item.line, item.line
                        yield Quad(subject, self._predicate(predicate), name, graph)
            elif key not in KEYWORDS:
                self.at = node.line, (value or [node])[0].line
                predicate = self._predicate(key)
                for item in value:
                    yield from self._link(name, predicate, item, graph, node.line)

    def _predicate(self, iri: str) -> NamedNode:
        if iri.startswith("_:"):
            raise JsonLdFault(f"a part would be lost: the property '{iri}' is a blank node", _LOST)
        return self._iri(iri, "the property ")

    def _link(
        self, s: Subject, p: NamedNode, item: ExpandedNode, graph: Graph, line: int
    ) -> Iterator[Quad]:
        self.at = line, item.line
        if "@value" in item:
            yield Quad(s, p, self._literal(item), graph)
        elif "@list" in item:
            yield from self._list(s, p, item["@list"], graph)
        elif "@id" not in item or item["@id"] is not None:
            name = self._name(item)
            yield Quad(s, p, name, graph)
            yield from self._node(item, name, graph)

    def _list(
        self, s: Subject, p: NamedNode, items: list[ExpandedNode], graph: Graph
    ) -> Iterator[Quad]:
        for item in items:
            if "@value" not in item and "@id" in item and item["@id"] is None:
                continue  # a reference in the form of a keyword says nothing
            cell = BlankNode()
            yield Quad(s, p, cell, graph)
            yield from self._link(cell, _FIRST, item, graph, item.line)
            s, p = cell, _REST
        yield Quad(s, p, _NIL, graph)

    def _literal(self, item: ExpandedNode) -> Literal:
        value, kind = item["@value"], item.get("@type")
        if kind == "@json":
            return _text(canonical(value), _JSON)
        if item.get("@direction") is not None:
            self._undirected()
        language = item.get("@language")
        if language is not None:
            try:
                return Literal(value, language=language)
            except ValueError:
                raise JsonLdFault(
                    f"a part would be lost: {shown(language)} is no language tag",
                    "Give a tag such as en or pt-BR.",
                ) from None
        datatype = None if kind is None else self._iri(kind, "the type ")
        if isinstance(value, str):
            return _text(value, datatype)
        if isinstance(value, bool):
            return Literal("true" if value else "false", datatype=datatype or _BOOLEAN)
        whole = abs(value) < _ENOUGH and value == int(value)
        if whole and datatype != _DOUBLE:
            return Literal(str(int(value)), datatype=datatype or _INTEGER)
        return Literal(double(value), datatype=datatype or _DOUBLE)


def _text(value: str, datatype: NamedNode | None) -> Literal:
    try:
        return Literal(value, datatype=datatype)
    except ValueError:
        raise JsonLdFault(f"half a character stands in the text {shown(value)}") from None
