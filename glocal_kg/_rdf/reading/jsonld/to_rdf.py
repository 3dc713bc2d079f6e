"""A JSON-LD document as statements: its nodes, lists and values written in RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from json import detect_encoding
from typing import Any, Final

from pyoxigraph import Quad, RdfFormat, parse

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS, ActiveContext
from glocal_kg._rdf.reading.jsonld.contexts import Load
from glocal_kg._rdf.reading.jsonld.expanding import Expansion
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault
from glocal_kg._rdf.reading.jsonld.json_lines import placed
from glocal_kg._rdf.reading.jsonld.json_text import parsed
from glocal_kg._rdf.reading.jsonld.node_statements import DEFAULT, StatementWriter
from glocal_kg._rdf.reading.jsonld.plain_nodes import write_document
from glocal_kg._rdf.reading.met import Met, met_name
from glocal_kg._rdf.reading.written_terms import escaped
from glocal_kg._rdf.sparql.iris import is_absolute

MANY: Final = 1 << 11
"""Statements that are given together."""


def statements(
    content: bytes, base: str | None, load: Load, undirected: Callable[[], object] = lambda: None
) -> tuple[Iterator[list[bytes]], dict[str, str]]:
    """The statements of a document, and the prefixes of its outermost context.

    They are texts as the store keeps them, of many together: subject, predicate, object and graph
    of each, a dot for none. ``load`` gives the document of a context at an address.
    ``undirected`` is called for each text whose base direction JSON-LD 1.1 leaves behind on the
    way to RDF. Raises :class:`JsonLdFault` where RDF cannot hold it.

    >>> found, _ = statements(b'{"@id": "urn:a", "urn:p": 1.0}', None, lambda address: None)
    >>> [str(quad.object) for texts in found for quad in quads_of(texts)]
    ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>']
    """
    document = parsed(content)
    return _texts(document, base, load, undirected), _prefixes(document)


def _texts(
    document: Any, base: str | None, load: Load, undirected: Callable[[], object]
) -> Iterator[list[bytes]]:
    writer, size = StatementWriter(undirected), 4 * MANY
    for _ in write_document(document, ActiveContext(base, base), Expansion(base, load), writer):
        while len(writer.texts) >= size:
            yield escaped(writer.texts[:size])
            del writer.texts[:size]
    if writer.texts:
        yield escaped(writer.texts)


def quads_of(texts: list[bytes]) -> Iterator[Quad]:
    """The statements whose subjects, predicates, objects and graphs these are."""
    parts = iter(texts)
    lines = [
        b"%b %b %b %b%b\n" % (s, p, o, g, b"" if g == DEFAULT else b" .")
        for s, p, o, g in zip(parts, parts, parts, parts, strict=True)
    ]
    return parse(b"".join(lines), RdfFormat.N_QUADS)


def met_in_json(content: bytes, base: str | None, load: Load) -> Iterator[Met]:
    """A line, and what is met in it, as far as the document can be read.

    >>> text = b'{"@id": "urn:a",\\n"urn:p": 1}'
    >>> list(met_in_json(text, None, lambda address: None))[-1]
    (2, 'urn:a', 'urn:p', '1')
    """
    writer = StatementWriter()
    try:
        parsed(content)
        document = placed(content.decode(detect_encoding(content)))
        writer.write(Expansion(base, load).document(document, ActiveContext(base, base)))
    except (JsonLdFault, RecursionError):  # it was read before, and is another one now
        pass
    for (first, second), quad in zip(writer.lines, quads_of(escaped(writer.texts)), strict=True):
        s, p, o = (met_name(term) for term in (quad.subject, quad.predicate, quad.object))
        yield first, s, "", ""
        yield second, s, p, o


def placed_fault(content: bytes, base: str | None, load: Load) -> JsonLdFault | None:
    r"""What is wrong with a document that is JSON but cannot be read, with its line.

    >>> text = b'{"@id": "urn:a",\n"urn:p": {"@value": 1, "@id": "urn:b"}}'
    >>> placed_fault(text, None, lambda address: None).line
    2
    """
    expansion, writer = Expansion(base, load), StatementWriter()
    expanded = False
    try:
        document = placed(content.decode(detect_encoding(content)))
        nodes = expansion.document(document, ActiveContext(base, base))
        expanded = True
        writer.write(nodes)
    except JsonLdFault as fault:
        fault.line = fault.line or (writer.at[1] if expanded else expansion.line) or None
        return fault
    except RecursionError:
        return None
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
