"""Terms as texts: the one form in which the store keeps a term, in memory and on disk.

The text of a term is what canonical N-Triples writes for it, in UTF-8. It has no line break, it
is there once for each term, and a person can read it. The default graph has the empty text.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import (
    BaseDirection,
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Triple,
    parse,
)

from glocal_kg._rdf.deadline import look

TYPE_CHECKING = False  # typing itself is too slow to import on the way to a first answer
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias

Term: TypeAlias = NamedNode | BlankNode | Literal
AnyTerm: TypeAlias = NamedNode | BlankNode | Literal | Triple | DefaultGraph


def text_of(term: AnyTerm) -> bytes:
    """The text of a term.

    >>> text_of(Literal("two\\nlines", language="en"))
    b'"two\\\\nlines"@en'
    """
    if type(term) is DefaultGraph:
        return b""
    if type(term) is Triple:
        return b"<<( %b )>>" % b" ".join(map(text_of, term))
    return str(term).encode()


def texts_of(terms: Sequence[AnyTerm]) -> list[bytes]:
    """The texts of many terms.

    >>> texts_of([NamedNode("urn:a"), Literal("b")])
    [b'<urn:a>', b'"b"']
    """
    if {Triple, DefaultGraph} & set(map(type, terms)):
        return list(map(text_of, terms))
    return list(map(str.encode, map(str, terms)))


def term_of(text: bytes) -> AnyTerm:
    """The term of a text: the inverse of :func:`text_of`.

    >>> term_of(b'"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>').value
    '1.50'
    """
    if text[:1] == b"<" and text[1:2] != b"<":  # an IRI, as most are
        return NamedNode(text[1:-1].decode())
    return term_of_text(text.decode())


def term_of_text(text: str) -> AnyTerm:
    """The term of a text that is decoded."""
    return _READERS[text[:1]](text)


def terms_of_texts(texts: list[str]) -> list[AnyTerm]:
    """The terms of many decoded texts; IRIs and plain strings without a call for each.

    >>> [str(term) for term in terms_of_texts(['"a"@en', "<urn:a>", "_:a"])]
    ['"a"@en', '<urn:a>', '_:a']
    """
    if len(texts) > _TOGETHER:
        parts = (texts[at : at + _TOGETHER] for at in range(0, len(texts), _TOGETHER))
        return [term for part in parts for term in terms_of_texts(part)]
    look()
    return [
        term_of_text(text)
        if len(text) < 2 or text[1] == "<"
        else NamedNode(text[1:-1])
        if text[0] == "<"
        else Literal(text[1:-1])
        if text[-1] == '"' and "\\" not in text
        else _literal(text)
        if text[0] == '"'
        else term_of_text(text)
        for text in texts
    ]


def _literal(text: str) -> Literal:
    end = text.rindex('"')
    value, tail = text[1:end], text[end + 1 :]
    if "\\" in value:
        # Python escapes alike; what is no ASCII is escaped for the way, and comes back as it was.
        value = value.encode("ascii", "backslashreplace").decode("unicode_escape")
    if not tail:
        return Literal(value)
    return Literal(value, **_kind_of_tail(tail))


@lru_cache(maxsize=256)
def _kind_of_tail(tail: str) -> dict[str, Any]:
    """The type or language of a literal, from what stands behind its text; these are few."""
    if tail[0] == "^":
        return {"datatype": NamedNode(tail[3:-1])}
    language, _, direction = tail[1:].partition("--")
    if direction:
        return {"language": language, "direction": BaseDirection(direction)}
    return {"language": language}


def _triple(text: str) -> Triple:
    (quad,) = parse(f"<urn:any> <urn:any> {text} .", RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, Triple)
    return quad.object


_TOGETHER = 1 << 15
"""So many texts are read between two looks at the time."""
_READERS: dict[str, Callable[[str], AnyTerm]] = {
    "<": lambda text: _triple(text) if text.startswith("<<(") else NamedNode(text[1:-1]),
    "_": lambda text: BlankNode(text[2:]),
    '"': _literal,
    "": lambda _: DefaultGraph(),
}
