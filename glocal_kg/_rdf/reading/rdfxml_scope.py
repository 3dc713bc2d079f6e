"""What an element of RDF/XML hands on to those in it: base, language, direction and version."""

from __future__ import annotations

from typing import Final

from pyoxigraph import BaseDirection

from glocal_kg._rdf.reading.plain_iris import is_plain
from glocal_kg._rdf.reading.written_terms import KNOWN, iri_text, language_tail
from glocal_kg._rdf.reading.xml_events import Wrong
from glocal_kg._rdf.reading.xml_literal import XML
from glocal_kg._rdf.sparql.iris import is_absolute, resolved

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ITS: Final = "http://www.w3.org/2005/11/its"
"""Internationalization Tag Set: its attribute ``dir`` gives the direction of texts."""
IGNORED: Final = ""
"""The name of attributes that say nothing."""
HANDED_ON: Final = {
    IGNORED, XML + "base", XML + "lang", RDF + "version", ITS + "version", ITS + "dir"
}  # fmt: skip
LANGUAGES: Final = 100
"""So many are known; the scope of a further one is made anew."""
_DIRECTIONS: Final = {"": None, "ltr": BaseDirection.LTR, "rtl": BaseDirection.RTL}


class XmlScope:
    """What holds in an element."""

    __slots__ = ("direction", "iris", "language", "speaking", "tail", "version")

    def __init__(self, iris: Iris, language: str = "", direction: str = "", version: str = ""):
        self.iris = iris
        self.language = language
        self.direction = direction
        self.version = version
        """Of RDF, where the document says one: only from 1.2 on, ``its:dir`` is no property."""
        self.tail = "" if language else '"'
        """What stands behind the values of plain literals; empty if it is not known yet."""
        self.speaking: dict[str, XmlScope] = {}
        """Scopes within that differ in language alone."""

    def known_tail(self) -> str:
        """What stands behind the values of plain literals, when it is asked for first."""
        try:
            self.tail = language_tail(self.language, _DIRECTIONS[self.direction])
        except ValueError:
            raise Wrong(f"'{self.language}' is no language tag") from None
        return self.tail

    def inner(self, given: dict[str, str]) -> XmlScope:
        """The scope of an element within; takes what is handed on out of its attributes."""
        base = given.pop(XML + "base", None)
        language = given.pop(XML + "lang", self.language)
        version = given.pop(RDF + "version", self.version)
        given.pop(IGNORED, None)
        direction = self.direction
        if version >= "1.2":
            given.pop(ITS + "version", None)
            direction = given.pop(ITS + "dir", direction)
            if direction not in _DIRECTIONS:
                raise Wrong(f"its:dir is '{direction}', not ltr or rtl")
        if base is not None or (direction, version) != (self.direction, self.version):
            iris = self.iris if base is None else Iris(self._without_fragment(base))
            return XmlScope(iris, language, direction, version)
        if language == self.language:
            return self
        found = self.speaking.get(language) or XmlScope(self.iris, language, direction, version)
        if len(self.speaking) < LANGUAGES:
            self.speaking[language] = found
        return found

    def _without_fragment(self, base: str) -> str:
        return self.iris[base][1:-1].decode().partition("#")[0]


class Iris(dict[str, bytes]):
    """The texts of IRIs as they are written where a base holds; each is looked at once."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __missing__(self, iri: str) -> bytes:
        found = b"<%b>" % iri.encode()
        if not is_plain(found):
            if not self.base and not is_absolute(iri):
                raise Wrong(f"the IRI '{iri}' is relative and has no base")
            found = iri_or_wrong(resolved(iri, self.base) if self.base else iri)
        if len(self) >= KNOWN:
            self.clear()
        self[iri] = found
        return found


def iri_or_wrong(iri: str) -> bytes:
    """The text of an IRI; ``Wrong`` for what is none."""
    try:
        return iri_text(iri)
    except ValueError as error:
        raise Wrong(f"'{iri}' is no IRI: {error}") from None
