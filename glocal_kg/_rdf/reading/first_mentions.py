"""Where a name is first written in RDF/XML or JSON-LD: in full, or in one of its short forms.

A name may stand there relative to a base, behind a prefix or an entity of the DTD, as ``rdf:ID``,
or with escapes. Each form is made whole as the parser would, in one light pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape

from glocal_kg._rdf.formats import RDF_XML, Format
from glocal_kg._rdf.sparql.iris import resolved

_ATTRIBUTE = re.compile(
    r"""<!ENTITY\s+(?P<entity>[^\s%]+)\s+(?P<told>"[^"]*"|'[^']*')
      | (?:\w+:)?(?P<way>about|ID|resource|base)\s*=\s*(?P<name>"[^"]*"|'[^']*')""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&([\w.-]+);")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*:\s*"((?:[^"\\]|\\.)*+)")?', re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\(.)", re.DOTALL)
_TAIL = re.compile(r"[^/#:;]*\Z")


def first_mentions(
    text: str, format: Format | None, base: str, wanted: Collection[str]
) -> dict[str, int]:
    """The place in a text where each of some IRIs is first written, as far as it is.

    >>> from glocal_kg._rdf.formats import JSON_LD
    >>> first_mentions('{"@id": "#me"}', JSON_LD, "urn:x", {"urn:x#me"})
    {'urn:x#me': 8}
    """
    tails = {_tail(iri) for iri in wanted}
    names = _in_xml if format is RDF_XML else _in_json
    met: dict[str, int] = {}
    for at, iri in names(text, base, lambda name: _tail(name) in tails):
        if iri in wanted:
            met.setdefault(iri, at)
    return met


def _tail(name: str) -> str:
    """The end of a name that all its forms share, but for what is escaped in it."""
    found = _TAIL.search(name)
    return found[0] if found else ""


def _in_xml(text: str, base: str, may_be: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    entities: dict[str, str] = {}

    def whole(written: str) -> str:
        return unescape(_ENTITY.sub(lambda one: entities.get(one[1], one[0]), written[1:-1]))

    for found in _ATTRIBUTE.finditer(text):
        if found["entity"]:
            entities[found["entity"]] = whole(found["told"])
            continue
        name = whole(found["name"])
        if found["way"] == "base":
            base = resolved(name, base)
        elif not name or may_be(name):
            name = f"#{name}" if found["way"] == "ID" else name
            yield found.start("name"), resolved(name, base)


def _in_json(text: str, base: str, may_be: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    told: dict[str, str] = {}  # what a key is told to be: a prefix, the base, the vocabulary
    for found in _STRING.finditer(text):
        key, value = _plain(found[1]), _plain(found[3])
        if value is not None and key is not None:
            if key == "@base":
                base = resolved(value, base)
            told.setdefault(key, value)
        for group, name in ((1, key), (3, value)):
            if name is None or not may_be(name):
                continue
            prefix, colon, local = name.partition(":")
            if colon and prefix in told and not local.startswith("//"):
                yield found.start(group) - 1, told[prefix] + local
            yield found.start(group) - 1, resolved(name, base)
            if not colon and "@vocab" in told:
                yield found.start(group) - 1, told["@vocab"] + name


def _plain(text: str | None) -> str | None:
    """A text of JSON without its escapes."""
    if text is None or "\\" not in text:
        return text
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], text)
