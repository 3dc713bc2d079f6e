"""Turtle and TriG that people can read: lists as ( ), blank nodes as [ ], prefixed names.

A stream: one subject after the other, in the order of the sorted lines, so memory holds the
blank nodes alone. Every literal stays as it is written.
Source: W3C, RDF 1.1 Turtle and TriG (2014).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TextIO

from glocal_kg._publish.dumps.jsonld import Blanks, Pairs
from glocal_kg._publish.lines.ntriples_text import RDF, RDF_TYPE, XSD, by_subject

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$")
_NIL = f"<{RDF}nil>"
# What may stand without quotes, since it is read back as the same text.
_BARE = {
    f"{XSD}integer": re.compile(r"[+-]?[0-9]+$"),
    f"{XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+$"),
    f"{XSD}boolean": re.compile(r"(true|false)$"),
}
# What a reader wants to know first.
_FIRST = tuple(
    f"<{name}>"
    for name in (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://purl.org/dc/terms/title",
    )
)
_INDENT = "    "
_WIDE = 96


def write_turtle(
    lines: Iterable[str], blanks: Blanks, prefixes: Mapping[str, str], file: TextIO
) -> None:
    """Write sorted, distinct N-Triples lines as Turtle. ``blanks`` are those of graph ''.

    >>> import sys
    >>> lines = [f'<urn:a> <urn:p> _:b .', f'_:b <urn:q> "1"@en .']
    >>> write_turtle(lines, Blanks([("", lines)]), {}, sys.stdout)
    <BLANKLINE>
    <urn:a> <urn:p> [ <urn:q> "1"@en ] .
    """
    writer = _TurtleWriter(blanks, prefixes)
    file.write(writer.head())
    for text in writer.subjects(lines, "", ""):
        file.write("\n" + text)


def write_trig(
    graphs: Iterable[tuple[str, Iterable[str]]],
    blanks: Blanks,
    prefixes: Mapping[str, str],
    file: TextIO,
) -> None:
    """Write graphs, pairs of name and sorted N-Triples lines, as TriG."""
    writer = _TurtleWriter(blanks, prefixes)
    file.write(writer.head())
    for name, lines in graphs:
        if not name:
            for text in writer.subjects(lines, "", ""):
                file.write("\n" + text)
            continue
        label = name if name.startswith("_:") else writer.node(f"<{name}>")
        file.write(f"\n{label} {{\n")
        for number, text in enumerate(writer.subjects(lines, name, _INDENT)):
            file.write(("\n" if number else "") + text)
        file.write("}\n")


class _TurtleWriter:
    """Turns what a graph says about a subject into a block of Turtle."""

    def __init__(self, blanks: Blanks, prefixes: Mapping[str, str]) -> None:
        self.blanks, self.prefixes = blanks, prefixes
        self._spaces = {space: prefix for prefix, space in prefixes.items()}

    def head(self) -> str:
        return "".join(
            f"@prefix {prefix}: <{space}> .\n" for prefix, space in sorted(self.prefixes.items())
        )

    def subjects(self, lines: Iterable[str], graph: str, indent: str) -> Iterator[str]:
        """A block for each subject that is not written inside another."""
        for subject, pairs in by_subject(lines):
            if self.blanks.nested(subject):
                continue
            if subject[0] == "_" and not self.blanks.named(subject):
                body = self._members(graph, pairs, indent + _INDENT)
                yield f"{indent}[\n{body}\n{indent}] .\n"
                continue
            body = self._members(graph, pairs, indent + _INDENT)
            yield f"{indent}{self.node(subject)} {body.lstrip()} .\n"

    def _members(self, graph: str, pairs: Pairs, indent: str) -> str:
        """Predicates and objects, one predicate a line."""
        texts = []
        for predicate, group in groupby(sorted(pairs, key=_order), key=lambda pair: pair[0]):
            name = "a" if predicate == RDF_TYPE else self.node(predicate)
            objects = [self._object(graph, object_, indent) for _, object_ in group]
            between = " , "
            if len(name) + sum(map(len, objects)) > _WIDE or any("\n" in one for one in objects):
                between = f" ,\n{indent}{_INDENT}"
            texts.append(f"{name} {between.join(objects)}")
        return indent + f" ;\n{indent}".join(texts)

    def _object(self, graph: str, term: str, indent: str) -> str:
        if term[0] == '"':
            return self._literal(term)
        if term[0] != "_" or not self.blanks.nested(term):
            return "()" if term == _NIL else self.node(term)
        items = self.blanks.list_items(graph, term)
        inner = indent + _INDENT
        if items is not None:
            texts = [self._object(graph, item, inner) for item in items]
            if sum(map(len, texts)) < _WIDE and not any("\n" in text for text in texts):
                return f"( {' '.join(texts)} )"
            return f"(\n{inner}" + f"\n{inner}".join(texts) + f"\n{indent})"
        pairs = self.blanks.pairs(graph, term)
        if not pairs:
            return "[]"
        text = self._members(graph, pairs, inner)
        flat = re.sub(r"\n\s+", " ", text).strip()  # a line feed within a text is escaped
        return f"[ {flat} ]" if len(flat) < _WIDE else f"[\n{text}\n{indent}]"

    def _literal(self, term: str) -> str:
        end = term.rfind('"')
        tail = term[end + 1 :]
        if not tail.startswith("^^"):
            return term
        kind = tail[3:-1]
        if kind in _BARE and _BARE[kind].match(term[1:end]):
            return term[1:end]
        return f"{term[: end + 1]}^^{self.node(tail[2:])}"

    def node(self, term: str) -> str:
        """An IRI, prefixed where that is possible, or a blank node's label."""
        return prefixed(term, self._spaces)


def prefixed(term: str, spaces: Mapping[str, str]) -> str:
    """An IRI in brackets as Turtle and SPARQL shorten it; ``spaces`` maps namespace to prefix.

    >>> prefixed("<https://e.org/a>", {"https://e.org/": "e"})
    'e:a'
    >>> prefixed("<https://e.org/a/(b)>", {"https://e.org/a/": "e"})
    '<https://e.org/a/(b)>'
    """
    if term[0] != "<":
        return term
    cut = max(term.rfind("#"), term.rfind("/")) + 1
    prefix = spaces.get(term[1:cut])
    if prefix is not None and (cut == len(term) - 1 or _LOCAL.match(term[cut:-1])):
        return f"{prefix}:{term[cut:-1]}"
    return term


def _order(pair: tuple[str, str]) -> tuple[int, str, str, str]:
    """Types first, then names, then the rest; texts by language."""
    predicate, object_ = pair
    rank = 0 if predicate == RDF_TYPE else 1 if predicate in _FIRST else 2
    return rank, predicate, object_.rpartition('"')[2] if object_[0] == '"' else "", object_
