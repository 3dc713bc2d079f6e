"""Terms that a reader of XML or JSON meets, as texts that the store keeps: canonical N-Triples.

A term object for each would take most of the time of reading. IRIs come again and again, so each
is looked at once; most values have no letter that must be escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Final

import numpy as np
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode

from glocal_kg._rdf.reading.plain_iris import is_plain

KNOWN: Final = 1 << 16
"""So many IRIs are known at a time."""
_BREAK, _SPACE, _QUOTE = b'\n "'
_ESCAPED: Final = b"\\", b"\x7f", b"\xef"
"""What is escaped beside controls and quotes; the last begins two letters that are none."""
_is_plain: Final = re.compile(
    rb'(?>[^"].*)?+|"[^\x00-\x1f"\\\x7f\xef]*+"[^"]*+', re.DOTALL
).fullmatch
"""No literal, or one without any of these in its value."""


def iri_text(iri: str) -> bytes:
    """The text of an absolute IRI. Raises ``ValueError`` for what is none.

    >>> iri_text("urn:a")
    b'<urn:a>'
    """
    text = b"<%b>" % iri.encode(errors="surrogatepass")
    return text if is_plain(text) else str(NamedNode(iri)).encode()


def escaped(texts: list[bytes]) -> list[bytes]:
    r"""Texts of terms whose literals have their values as they are, escaped where it is needed.

    >>> escaped([b"<urn:a>", b'"b"', b'"say "c""@en'])
    [b'<urn:a>', b'"b"', b'"say \\"c\\""@en']
    """
    together = b"\n".join(texts)
    letters = np.frombuffer(together, np.uint8)
    quotes = letters == _QUOTE
    literals = np.count_nonzero(quotes[1:] & (letters[:-1] == _BREAK))  # the first is a subject
    plain = np.count_nonzero(quotes) == 2 * literals
    plain &= np.count_nonzero(letters < _SPACE) < len(texts)
    if plain and not any(one in together for one in _ESCAPED):
        return texts
    return [text if _is_plain(text) else _escaped(text) for text in texts]


def _escaped(text: bytes) -> bytes:
    end = text.rindex(b'"')
    return str(Literal(text[1:end].decode()))[:-1].encode() + text[end:]


def language_tail(language: str, direction: BaseDirection | None = None) -> str:
    """What stands behind the value of a text in a language. Raises ``ValueError`` for none.

    >>> language_tail("EN-us")
    '"@en-us'
    """
    return str(Literal("", language=language, direction=direction))[1:]


@lru_cache(maxsize=1 << 10)
def type_tail(datatype: bytes) -> str:
    """What stands behind a value of a type.

    >>> type_tail(b"<urn:t>"), type_tail(b"<http://www.w3.org/2001/XMLSchema#string>")
    ('"^^<urn:t>', '"')
    """
    return str(Literal("", datatype=NamedNode(datatype[1:-1].decode())))[1:]


def new_nodes() -> Iterator[bytes]:
    """Labels of nodes without a name, which no other document has."""
    stem = b"_:" + BlankNode().value.encode() + b"n"
    return (b"%b%x" % (stem, number) for number in count())
