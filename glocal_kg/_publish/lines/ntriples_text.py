"""Terms in the text of canonical N-Triples: take a line apart without building objects.

The parts that make a release read millions of lines that this package has written itself, so the
text is known to be canonical and cutting at spaces is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE = f"<{RDF}type>"
LANG_STRING = f"{RDF}langString"
DIR_LANG_STRING = f"{RDF}dirLangString"

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_SIMPLE = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class LiteralText(NamedTuple):
    """A literal: its text as written, its datatype IRI and its language tag or ''."""

    text: str
    datatype: str
    language: str


def split_triple(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of an N-Triples line, each in N-Triples text.

    >>> split_triple('<a:s> <a:p> "x y"@en .')
    ('<a:s>', '<a:p>', '"x y"@en')
    """
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


def split_quad(line: str) -> tuple[str, str]:
    """The N-Triples line and the graph name ('' for the default graph) of an N-Quads line.

    >>> split_quad('<a:s> <a:p> "x <y> " <a:g> .')
    ('<a:s> <a:p> "x <y> " .', '<a:g>')
    >>> split_quad('<a:s> <a:p> <a:o> .')
    ('<a:s> <a:p> <a:o> .', '')
    """
    subject, predicate, rest = line.split(" ", 2)
    rest = rest[:-2]
    if rest[0] == '"':
        end = rest.rfind('"')
        space = rest.find(" ", end)
    else:
        space = rest.find(" ")
    if space < 0:
        return line, ""
    return f"{subject} {predicate} {rest[:space]} .", rest[space + 1 :]


def neutral(triple: str) -> str:
    """A canonical N-Triples line with labels that do not claim to be canonical: the order stays.

    A file of some of the statements, or in another format, is not canonical on its own.

    >>> neutral('_:c14n0 <a:p> _:c14n12 .')
    '_:b0 <a:p> _:b12 .'
    """
    if "_:c14n" not in triple:
        return triple
    subject, predicate, rest = triple.split(" ", 2)
    return f"{neutral_term(subject)} {predicate} {neutral_term(rest)}"


def neutral_term(term: str) -> str:
    """The same for a term in N-Triples text; IRIs and literals stay."""
    return f"_:b{term[6:]}" if term.startswith("_:c14n") else term


def iri(term: str) -> str:
    """The IRI in angle brackets, or the label of a blank node, as plain text.

    >>> iri("<https://example.org/a>")
    'https://example.org/a'
    >>> iri("_:c14n0")
    '_:c14n0'
    """
    if term[0] != "<":
        return term
    return unescape(term[1:-1])


def term_of(name: str) -> str:
    """The other way: an IRI or blank node label in N-Triples text; '' stays ''.

    >>> term_of("https://example.org/a")
    '<https://example.org/a>'
    """
    return name if not name or name.startswith("_:") else f"<{name}>"


def value(term: str) -> LiteralText:
    r"""The parts of a literal.

    >>> value('"a\\nb"@en').text, value('"a"@en').language
    ('a\nb', 'en')
    >>> value('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>').text
    '1.50'
    """
    end = term.rfind('"')
    tail = term[end + 1 :]
    text = unescape(term[1:end])
    if not tail:
        return LiteralText(text, f"{XSD}string", "")
    if tail[0] == "@":
        kind = DIR_LANG_STRING if "--" in tail else LANG_STRING
        return LiteralText(text, kind, tail[1:])
    return LiteralText(text, unescape(tail[3:-1]), "")


def datatype(term: str) -> str:
    """The datatype IRI of a literal, without unescaping its text."""
    tail = term[term.rfind('"') + 1 :]
    if not tail:
        return f"{XSD}string"
    if tail[0] == "@":
        return DIR_LANG_STRING if "--" in tail else LANG_STRING
    return tail[3:-1]


def unescape(text: str) -> str:
    r"""Text with the escapes of N-Triples resolved.

    >>> unescape("a\\tb\\u00e9")
    'a\tbé'
    """
    return _ESCAPE.sub(_resolve, text) if "\\" in text else text


def by_subject(lines: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each subject of sorted N-Triples with its predicates and objects."""
    for subject, group in groupby(map(split_triple, lines), key=lambda triple: triple[0]):
        yield subject, [(predicate, object_) for _, predicate, object_ in group]


def _resolve(match: re.Match[str]) -> str:
    mark = match[1]
    if len(mark) > 1:
        return chr(int(mark[1:], 16))
    return _SIMPLE.get(mark, mark)
