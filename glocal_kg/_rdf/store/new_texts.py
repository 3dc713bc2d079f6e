"""Texts that a document has for the first time: are they terms, and how are they written?

The parser knows. But a term at a time it is slow, and most texts need less: IRIs in plain letters
are right by themselves, a short name is put behind its namespace, and of a plain literal the
parser is shown only what stands behind the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import methodcaller

import numpy as np
from pyoxigraph import RdfFormat, parse, serialize

from glocal_kg._rdf.formats import N_TRIPLES, TURTLE, Format
from glocal_kg._rdf.reading.plain_iris import PLAIN_IRI
from glocal_kg._rdf.reading.unlawful import unlawful

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import QuadParser

END = b" .\n"
_SPACE = ord(" ")
_ANY = b"<urn:any>"
_may_change = re.compile(rb"[\x00-\x1f\x7f\xef\\]").search
"""Controls, escapes, and the beginning of two letters that are none."""
_PLAIN = PLAIN_IRI + rb"|_:[A-Za-z0-9][A-Za-z0-9_-]*+"
_is_plain = re.compile(_PLAIN).fullmatch
_are_plain = re.compile(rb"(?>(?:%b)\n)*+" % _PLAIN).fullmatch
"""An absolute IRI in letters that RFC 3986 allows at their place, or a label in plain letters."""
_is_short = re.compile(rb"(?>[A-Za-z][A-Za-z0-9_-]*+)?+:(?>\w[\w:.-]*+)?+", re.ASCII).fullmatch
_is_node = re.compile(rb"<[^<]*+|_:.*", re.DOTALL).fullmatch
_is_other = re.compile(rb"<[^<]*+|true|false|[^:<]*+:.*", re.DOTALL).fullmatch
"""An IRI that is not plain, a truth, or a name with unusual letters; never the beginning of <<(."""
_is_literal = re.compile(
    rb'"(?>[^"\\]++|\\.)*+"(?>@[A-Za-z0-9-]++|\^\^<[^<>]*+>)?+', re.DOTALL
).fullmatch
"""A literal of N-Triples, behind which there is no end of a statement and no comment."""
_is_integer = re.compile(rb"[+-]?[0-9]++").fullmatch
_is_decimal = re.compile(rb"[+-]?[0-9]*+\.[0-9]++").fullmatch
_NUMBER = b'"%b"^^<http://www.w3.org/2001/XMLSchema#%b>'

_parts: Callable[[bytes], list[bytes]] = methodcaller("split", b" ", 2)


class NotCanonicalError(Exception):
    """Texts that are no terms, or that are not cut as was thought."""


REFUSED = NotCanonicalError, SyntaxError, ValueError
"""What is raised for texts that are no terms, by us and by the parser."""


class NewTexts:
    """Reads the texts of terms as N-Triples has them or, with ``turtle``, as Turtle has them."""

    def __init__(self, *, turtle: bool = False) -> None:
        self._turtle = turtle
        self._head = b""
        self._spaces: dict[bytes, bytes] = {}
        self._base: str | None = None
        self._known: dict[bytes, bytes] = {}  # languages and types, and how they are written

    def declare(self, prefixes: Mapping[str, str], base: str | None) -> None:
        """Give short names and relative IRIs their meaning."""
        spaces = {name.encode(): iri.encode() for name, iri in prefixes.items()}
        self._head = b"".join([b"@prefix %b: <%b> .\n" % space for space in spaces.items()])
        # With a plain name behind them, these are plain IRIs.
        self._spaces = {n: b"<" + iri for n, iri in spaces.items() if _is_plain(b"<%b:x>" % iri)}
        self._base = base
        self._known = {}

    def parser(self, text: bytes, format: Format | None = None) -> QuadParser:
        """The parser of a text in which the names mean what is declared.

        Its format is N-Triples or Turtle, or another one in which the same terms are written.
        """
        own = TURTLE if self._turtle else N_TRIPLES
        return parse(self._head + text, (format or own).rdf, base_iri=self._base)

    def literals(self, texts: list[bytes]) -> dict[bytes, bytes]:
        """Those of some literals, each in double quotes, that are written otherwise, and how.

        Raises one of ``REFUSED`` where one is none, as the methods below do.

        >>> NewTexts().literals([b'"a"', b'"b"@EN', b'"c"@en'])
        {b'"b"@EN': b'"b"@en'}
        """
        together = b"\n".join([*texts, b""])
        if not together.isascii():
            together.decode()  # UnicodeDecodeError is a ValueError
        others: list[bytes] = []
        controls = np.count_nonzero(np.frombuffer(together, np.uint8) < _SPACE)
        if controls > len(texts) or any(one in together for one in (b"\x7f", b"\xef", b"\\")):
            others = list(filter(_may_change, texts))
        if self._turtle and b'"""' in together:
            others += [text for text in texts if text[:3] == b'"""']
        if others:
            odd = set(others)
            texts = [text for text in texts if text not in odd]
            together = b"\n".join([*texts, b""])
        tails = _tails(together, len(texts))
        ends = self._ends(set(tails))
        changed = self._changed(others)
        if ends:  # a language or a type is written otherwise
            for text, tail in zip(texts, tails, strict=True):
                if tail in ends:
                    changed[text] = text[: 1 - len(tail)] + ends[tail]
        return changed

    def _ends(self, tails: set[bytes]) -> dict[bytes, bytes]:
        """What the parser writes otherwise of some tails; see :func:`_tails`."""
        new = [b'""' + tail[:-1] for tail in tails - self._known.keys()]
        changed = self._changed(new)
        self._known |= {text[2:] + b"\n": changed.get(text, text)[2:] for text in new}
        return {tail: self._known[tail] for tail in tails if self._known[tail] != tail[:-1]}

    def values(self, texts: list[bytes]) -> dict[bytes, bytes]:
        """How numbers and texts in single quotes are written.

        >>> NewTexts(turtle=True).values([b"1.5"])
        {b'1.5': b'"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
        """
        if not self._turtle:
            raise NotCanonicalError
        changed = {text: _NUMBER % (text, b"integer") for text in texts if _is_integer(text)}
        changed |= {text: _NUMBER % (text, b"decimal") for text in texts if _is_decimal(text)}
        return changed | self._changed([text for text in texts if text not in changed])

    def others(self, texts: list[bytes]) -> dict[bytes, bytes]:
        """All other texts that are written otherwise, and how.

        >>> NewTexts(turtle=True).others([b"<urn:a>", b"_:b", b"true"])
        {b'true': b'"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'}
        """
        if _are_plain(b"\n".join([*texts, b""])):
            return {}
        rest = [text for text in texts if not _is_plain(text)]
        changed: dict[bytes, bytes] = {}
        if self._turtle and rest:
            spaces = self._spaces
            for text in filter(_is_short, rest):
                prefix, _, name = text.partition(b":")
                if prefix in spaces:
                    changed[text] = spaces[prefix] + name + b">"
            rest = [text for text in rest if text not in changed]
        if not all(map(_is_other if self._turtle else _is_node, rest)):
            raise NotCanonicalError
        return changed | self._changed(rest)

    def _changed(self, objects: list[bytes]) -> dict[bytes, bytes]:
        """Those of some texts that the parser writes otherwise, and how."""
        if not objects:
            return {}
        subjects: Iterable[bytes] = [_ANY] * len(objects)
        if not self._turtle:  # as a subject, a node cannot hide the end of a line and a comment
            if not all(_is_literal(one) for one in objects if one[:1] == b'"'):
                raise NotCanonicalError
            subjects = [_ANY if one[:1] == b'"' else one for one in objects]
        pairs = zip(subjects, objects, strict=True)
        text = b"".join([b"%b %b %b .\n" % (subject, _ANY, one) for subject, one in pairs])
        written = serialize(self.parser(text), format=RdfFormat.N_TRIPLES) or b""
        if written == text:
            return {}
        theirs = [_parts(line)[2] for line in written.split(END)[:-1]]
        if unlawful(written, theirs):
            raise NotCanonicalError
        pairs = zip(objects, theirs, strict=True)
        return {mine: right for mine, right in pairs if mine != right}


def _tails(literals: bytes, count: int) -> list[bytes]:
    """What stands behind the values of literals without escapes, each with a line break.

    >>> _tails(b'"a"\\n"b"@en\\n', 2)
    [b'\\n', b'@en\\n']
    """
    parts = literals.split(b'"')
    tails = parts[2::2]
    # As many ends as literals, one in each tail: so each literal has two quotation marks.
    if len(parts) != 2 * count + 1 or any(t.find(b"\n") != len(t) - 1 for t in set(tails)):
        raise NotCanonicalError
    return tails
