"""JSON-LD made ready for its parser, and refused where the parser would drop a part in silence.

The parser reads a document as it streams by: it wants contexts and types before all else, so
these are put first; and it stumbles over maps by type, which are written as lists. What is no
IRI, and no language, JSON-LD lets a parser pass over: here it is an error, as in every other
format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, Quad

from glocal_kg._rdf.sparql.iris import is_absolute, resolved

_FIRST = ("@context", "@type", "@id")
_NODES = " (nodes)"
_NO_IRI = re.compile('[\\x00-\\x20<>"{}|\\\\^`]')
_LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


class Dropped(Exception):
    """Part of a document would be lost; the message says which."""


def prepared(content: bytes) -> bytes:
    """The document with contexts and types first.

    What is no JSON comes back as it is: the parser says why. Raises :class:`Dropped`.

    >>> prepared(b'{"urn:p": 1, "@id": "urn:a"}')
    b'{"@id": "urn:a", "urn:p": 1}'
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return content
    aliases = {"@id": {"@id"}, "@type": {"@type"}, "@language": {"@language"}}
    for context in _contexts(document):
        if isinstance(context.get("@base"), str):
            context["@base"] = normal(context["@base"])
        for term, meaning in context.items():
            target = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(target, str) and target in aliases:
                aliases[target].add(term)
    _check(document, aliases)
    maps = _type_maps(document)
    ordered = _ordered(document, aliases["@type"], maps)
    return json.dumps(ordered, ensure_ascii=False).encode("utf-8", "surrogatepass")


def without_direction(quad: Quad) -> Quad:
    """A statement without the base direction of its text, which RDF 1.1 does not know."""
    value = quad.object
    if isinstance(value, Literal) and value.direction is not None:
        plain = Literal(value.value, language=value.language)
        return Quad(quad.subject, quad.predicate, plain, quad.graph_name)
    return quad


def normal(base: str) -> str:
    """A base without steps such as ``./`` in its folder, over which the parser stumbles.

    >>> normal("http://a/b/./c/../d?q"), normal("urn:a")
    ('http://a/b/d?q', 'urn:a')
    """
    path, mark, query = base.partition("?")
    folder, slash, last = path.rpartition("/")
    scheme, _, rest = folder.partition(":")
    if "/." not in folder or not rest.startswith("//"):
        return base
    return resolved(rest + slash, f"{scheme}:") + last + mark + query


def _contexts(node: Any) -> Iterator[dict[str, Any]]:
    """All contexts of a document, those within contexts too."""
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            todo += one.values()
            given = one.get("@context")
            found = given if isinstance(given, list) else [given]
            yield from (context for context in found if isinstance(context, dict))


def _check(node: Any, aliases: dict[str, set[str]]) -> None:
    """Raise for identifiers, types, properties and languages that would be dropped."""
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, list):
            todo += one
            continue
        if not isinstance(one, dict):
            continue
        for key, value in one.items():
            if key == "@context":
                continue
            if key in aliases["@id"] | aliases["@type"]:
                for iri in value if isinstance(value, list) else [value]:
                    if isinstance(iri, str) and _NO_IRI.search(iri):
                        raise Dropped(f"'{iri}' is no IRI")
            elif key in aliases["@language"] and isinstance(value, str):
                if value and not _LANGUAGE.fullmatch(value):
                    raise Dropped(f"'{value}' is no language tag")
            elif ":" in key and is_absolute(key) and _NO_IRI.search(key):
                raise Dropped(f"the property '{key}' is no IRI")
            todo.append(value)


def _type_maps(document: Any) -> set[str]:
    """The terms whose values are maps by type in every context that defines them.

    Such a context gets a second term for the same property, without the container.
    """
    held: dict[str, bool] = {}
    for context in _contexts(document):
        for term, meaning in context.items():
            container = meaning.get("@container", ()) if isinstance(meaning, dict) else ()
            held[term] = held.get(term, True) and "@type" in container
    found = {term for term, always in held.items() if always}
    for context in _contexts(document):
        for term in [term for term in context if term in found]:
            rest = {key: value for key, value in context[term].items() if key != "@container"}
            context[term + _NODES] = {"@id": term, **rest}
    return found


def _nodes(value: Any) -> list[Any] | None:
    """A map by type as a list of nodes with their types; None where it is none of nodes."""
    if not isinstance(value, dict):
        return None
    nodes = []
    for kind, items in value.items():
        for node in items if isinstance(items, list) else [items]:
            if not isinstance(node, dict) or (kind.startswith("@") and kind != "@none"):
                return None
            own = node.get("@type", [])
            types = [*(own if isinstance(own, list) else [own])]
            nodes.append({**node, "@type": types if kind == "@none" else [kind, *types]})
    return nodes


def _ordered(node: Any, types: set[str], maps: set[str]) -> Any:
    if isinstance(node, list):
        return [_ordered(item, types, maps) for item in node]
    if not isinstance(node, dict):
        return node
    first = [key for key in _FIRST if key in node] + [key for key in node if key in types]
    keys = dict.fromkeys([*first, *node])
    found = {}
    for key in keys:
        nodes = _nodes(node[key]) if key in maps else None
        if key == "@context":
            found[key] = node[key]
        elif nodes is not None:
            found[key + _NODES] = _ordered(nodes, types, maps)
        else:
            found[key] = _ordered(node[key], types, maps)
    return found
