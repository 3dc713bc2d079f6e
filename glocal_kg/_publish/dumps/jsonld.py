"""JSON-LD that people can read, as a stream: short names, language maps, nested blank nodes.

A value is written under the short name of its property only where the context reads it back
exactly; any other value goes under the prefixed name, in full form. So no literal is changed.
Source: W3C, JSON-LD 1.1 (2020).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from sys import intern
from typing import Any, TextIO

from glocal_kg._publish.dumps.context import Context
from glocal_kg._publish.lines.ntriples_text import (
    RDF,
    RDF_TYPE,
    XSD,
    by_subject,
    iri,
    split_triple,
    value,
)

_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_INTEGER = re.compile(r"(0|-?[1-9][0-9]{0,14})$")
_BOOLEAN = {"true": True, "false": False}
_DEEPEST = 40
"""How deep blank nodes are nested; a node at that depth stands for itself, under a label."""
_CIRCLE = -1

Pairs = list[tuple[str, str]]


class Blanks:
    """The blank nodes of a dump, and which of them can be written inside their only user.

    ``graphs`` are pairs of graph name and sorted N-Triples lines.
    """

    def __init__(self, graphs: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._pairs: dict[tuple[str, str], Pairs] = defaultdict(list)
        uses: Counter[str] = Counter()
        homes: dict[str, str] = {}
        shared: set[str] = set()  # by several graphs
        users: dict[str, tuple[str, bool]] = {}
        for name, lines in graphs:
            if name.startswith("_:"):
                uses[name] += 2
            for line in lines:
                if "_:" not in line:
                    continue
                subject, predicate, object_ = split_triple(line)
                for node in (subject, object_):
                    if node[0] == "_" and homes.setdefault(node, name) != name:
                        shared.add(node)
                if subject[0] == "_":
                    self._pairs[name, subject].append((intern(predicate), object_))
                if object_[0] == "_":
                    uses[object_] += 1
                    users[object_] = subject, predicate == _REST
        self._named = {node for node in homes if uses[node] or node in shared}
        inside = {node for node, count in uses.items() if count == 1} - shared
        self._inside = _within_reach(inside, users)

    def nested(self, term: str) -> bool:
        """Whether a term is a blank node that is written inside its only user."""
        return term in self._inside

    def named(self, node: str) -> bool:
        """Whether a blank node needs a label: something links to it, or two graphs describe it."""
        return node in self._named

    def pairs(self, graph: str, node: str) -> Pairs:
        """What a graph says about a blank node."""
        return self._pairs.get((graph, node), [])

    def list_items(self, graph: str, node: str) -> list[str] | None:
        """The members of a list that starts at a nested node, or None if it is no list."""
        items: list[str] = []
        while node != _NIL:
            pairs = self.pairs(graph, node)
            if not self.nested(node) or [p for p, _ in pairs] != [_FIRST, _REST]:
                return None
            items.append(pairs[0][1])
            node = pairs[1][1]
        return items


def write_jsonld(
    graphs: Iterable[tuple[str, Iterable[str]]], blanks: Blanks, context: Context, file: TextIO
) -> None:
    """Write graphs, pairs of name and sorted N-Triples lines, as one JSON-LD document."""
    file.write('{\n"@context": ' + context.text() + ',\n"@graph": [')
    separator = "\n"
    for name, lines in graphs:
        writer = _JsonLdWriter(blanks, context, name)
        if not name:
            separator = _write_nodes(writer.nodes(lines), file, separator)
            continue
        file.write(f'{separator}{{"id": {_json(context.reference(name))},\n"@graph": [')
        _write_nodes(writer.nodes(lines), file, "\n")
        file.write("\n]}")
        separator = ",\n"
    file.write("\n]\n}\n")


def _write_nodes(nodes: Iterable[dict[str, Any]], file: TextIO, separator: str) -> str:
    for node in nodes:
        members = (f"{_json(key)}: {_json(content)}" for key, content in node.items())
        file.write(separator + "{" + ",\n ".join(members) + "}")
        separator = ",\n"
    return separator


class _JsonLdWriter:
    """Turns what one graph says about a subject into a JSON object."""

    def __init__(self, blanks: Blanks, context: Context, graph: str) -> None:
        self.blanks, self.context, self.graph = blanks, context, graph

    def nodes(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        for subject, pairs in by_subject(lines):
            if not self.blanks.nested(subject):
                yield {"id": self._reference(subject), **self._members(pairs)}

    def _members(self, pairs: Pairs) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for predicate, object_ in sorted(pairs, key=_predicate_and_language):
            self._put(members, predicate, object_)
        return members

    def _put(self, members: dict[str, Any], predicate: str, object_: str) -> None:
        plain = iri(predicate)
        if predicate == RDF_TYPE and object_[0] != '"' and not self.blanks.nested(object_):
            return _append(members, "type", self.context.vocabulary(iri(object_)))
        term = self.context.term(plain)
        if object_[0] != '"':
            if term and term.kind == "@id":
                return _append(members, term.name, self._resource(object_, short=True))
            key = term.name if term and not term.kind else self.context.key(plain)
            return _append(members, key, self._resource(object_, short=False))
        text, datatype, language = value(object_)
        if term and term.kind == "@language" and (language or datatype == f"{XSD}string"):
            return _append(members.setdefault(term.name, {}), language or "@none", text)
        if term and term.kind == datatype:
            return _append(members, term.name, _native(text, datatype, text))
        key = term.name if term and not term.kind else self.context.key(plain)
        if language:
            return _append(members, key, {"@value": text, "@language": language})
        if datatype == f"{XSD}string":
            return _append(members, key, text)
        full = {"@value": text, "@type": self.context.vocabulary(datatype)}
        return _append(members, key, _native(text, datatype, full))

    def _resource(self, term: str, *, short: bool) -> Any:
        if term[0] == "_" and self.blanks.nested(term):
            items = self.blanks.list_items(self.graph, term)
            if items is None:
                return self._members(self.blanks.pairs(self.graph, term)) or {"id": term}
            return {"@list": [self._item(item) for item in items]}
        reference = self._reference(term)
        return reference if short else {"id": reference}

    def _item(self, term: str) -> Any:
        if term[0] != '"':
            return self._resource(term, short=False)
        text, datatype, language = value(term)
        if language:
            return {"@value": text, "@language": language}
        if datatype == f"{XSD}string":
            return text
        return _native(text, datatype, {"@value": text, "@type": self.context.vocabulary(datatype)})

    def _reference(self, term: str) -> str:
        return self.context.reference(iri(term))


def _predicate_and_language(pair: tuple[str, str]) -> tuple[str, str]:
    """An order in which every language map has its languages in the same order."""
    predicate, object_ = pair
    return predicate, object_.rpartition('"')[2]


def _native(text: str, datatype: str, other: Any) -> Any:
    """A JSON number or truth value where it is read back as the same text, else ``other``."""
    if datatype == f"{XSD}integer" and _INTEGER.match(text):
        return int(text)
    if datatype == f"{XSD}boolean" and text in _BOOLEAN:
        return _BOOLEAN[text]
    return other


def _append(members: dict[str, Any], key: str, content: Any) -> None:
    """One value stands alone, several are a list. A nested list is always wrapped."""
    if key not in members:
        members[key] = content
    elif isinstance(members[key], list):
        members[key].append(content)
    else:
        members[key] = [members[key], content]


def _within_reach(inside: set[str], users: Mapping[str, tuple[str, bool]]) -> set[str]:
    """The nodes that can be nested: not in a circle, and not too deep for those who read them.

    ``users`` gives each node its user, and whether it is the rest of a list, which nests nothing.
    """
    depths: dict[str, int] = {}
    for node in inside:
        path: dict[str, None] = {}
        while node in inside and node not in depths and node not in path:
            path[node] = None
            node = users[node][0]
        depth = _CIRCLE if node in path else depths.get(node, 0)
        for one in reversed(path):
            if depth != _CIRCLE:
                depth += not users[one][1]
            depths[one] = depth
    return {
        node
        for node, depth in depths.items()
        if depth != _CIRCLE and (users[node][1] or depth % _DEEPEST)
    }


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)
