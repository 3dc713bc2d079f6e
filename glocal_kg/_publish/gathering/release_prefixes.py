"""Prefixes for namespaces: those people gave, and readable ones for all others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

# Words of addresses that say nothing about what is there.
_PLAIN = (
    "www", "sws", "data", "id", "vocab", "api", "metadata", "linked", "resource", "entity",
    "descriptor", "onto", "ontology", "ns", "def", "terms", "authority", "core",
)  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9]*", re.A)
PREFIX = re.compile(r"[A-Za-z]([\w.-]*[\w-])?", re.A)
"""A prefix as Turtle, SPARQL, JSON-LD and XML all take it."""


def known_prefixes(*lists: Mapping[str, str]) -> dict[str, str]:
    """Prefixes to their namespaces, from lists of which the later ones win.

    A namespace keeps one prefix. What is no prefix everywhere (the empty one, which JSON-LD and
    XML lack, or one with strange signs) gets another name.

    >>> known_prefixes({"ex": "https://e.org/"}, {"": "https://e.org/mine#", "x": "https://e.org/"})
    {'mine': 'https://e.org/mine#', 'x': 'https://e.org/'}
    """
    prefix_of: dict[str, str] = {}
    for prefixes in lists:
        for prefix, space in prefixes.items():
            if space.endswith(("#", "/")) and (PREFIX.fullmatch(prefix) or space not in prefix_of):
                prefix_of[space] = prefix
    found: dict[str, str] = {}
    for space, prefix in reversed(prefix_of.items()):  # of two with one name the later keeps it
        name = prefix if PREFIX.fullmatch(prefix) else suggest(space)
        found[free(name, set(found))] = space
    return dict(sorted(found.items()))


class Shortener:
    """Shortens IRIs to CURIEs and remembers the prefixes it used.

    >>> prefixes = Shortener({"skos": "http://www.w3.org/2004/02/skos/core#"})
    >>> prefixes.curie("https://sws.geonames.org/3169070/")
    'geonames:3169070/'
    >>> prefixes.used
    {'geonames': 'https://sws.geonames.org/'}
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._prefix_of = {space: prefix for prefix, space in known.items()}
        self._taken = set(known)
        self.used: dict[str, str] = {}

    def curie(self, iri: str) -> str:
        """An IRI with a prefix in place of its namespace: up to the last # or / within it."""
        cut = max(iri.rfind("#", 0, -1), iri.rfind("/", 0, -1)) + 1
        space = iri[:cut]
        prefix = self._prefix_of.get(space)
        if prefix is None:
            prefix = self._prefix_of[space] = free(suggest(space), self._taken)
            self._taken.add(prefix)
        self.used[prefix] = space
        return f"{prefix}:{iri[cut:]}"


def suggest(space: str) -> str:
    """A prefix for a namespace: the last telling word of its path, or the name of its host.

    >>> suggest("http://ex.org/o#"), suggest("http://dbpedia.org/resource/")
    ('o', 'dbpedia')
    >>> suggest("http://metadata.un.org/thesaurus/"), suggest("http://eurovoc.europa.eu/")
    ('thesaurus', 'eurovoc')
    """
    parts = urlsplit(space)
    words = [word for word in _NAME.findall(parts.path.lower()) if word not in _PLAIN]
    words = words or [
        word for label in reversed(parts.netloc.lower().split(".")[:-1])
        for word in _NAME.findall(label) if word not in _PLAIN
    ]  # fmt: skip
    return str(words[-1]) if words else "ns"


def free(name: str, taken: set[str]) -> str:
    """A name that is not taken, numbered where it has to be."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name}{number}", number + 1
    return found
