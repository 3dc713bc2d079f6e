"""Where in the files a finding is: the file and the line in which its subject is described.

A line that is not known is not given.
"""

from __future__ import annotations

import re
from functools import cached_property

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._quality.fact_index import name
from glocal_kg._quality.item import Fault
from glocal_kg._quality.material import Material, MaterialFile
from glocal_kg._rdf.formats import JSON_LD, RDF_XML
from glocal_kg._rdf.namespaces import OWL, RDF
from glocal_kg._rdf.reading.positions import Positions
from glocal_kg._study.vocab import shorten

_TOKEN = re.compile(r"<[^<>\s]*>|(?:[A-Za-z][\w.-]*)?:[\w%\\][\w.%\\-]*|\n[ \t]*")


class Places:
    """Finds file and line of a subject; a place that is not sure is not given."""

    def __init__(self, material: Material) -> None:
        self._files = {file.name: file for file in material.files}
        self._material = material
        self._release = set(material.release_files)
        self._lines: dict[str, _Lines | _Described] = {}

    def of(self, finding: Fault) -> tuple[str, int]:
        """File and line (from 1) of a finding; ``('', 0)`` where they are not known."""
        subject = finding.subject
        if subject in self._files:
            problem = self._files[subject].problem
            return subject, (problem.line or 1) if problem else 1
        if subject in self._release:
            return subject, 1
        home = self._homes.get(self.owner(subject))
        if home is not None:
            return home.name, self._in(home).of(self.owner(subject))
        if "://" in subject:  # it is not described: where is it named?
            for file in self._material.files:
                if line := self._in(file).of(subject):
                    return file.name, line
        return "", 0

    def owner(self, subject: str) -> str:
        """The thing with an IRI that a nameless one belongs to; itself where there is none.

        What belongs to several, or to none, belongs to the first that leads to it.
        """
        seen = set()
        while subject.startswith("_:") and subject not in seen:
            seen.add(subject)
            subject = self._owners.get(subject, subject)
        return subject

    def told(self, blank: str) -> str:
        """A blank node (``_:b``) in words, by what it belongs to."""
        owner = self.owner(blank)
        if not owner.startswith("_:"):
            return f"a nameless part of {owner}"
        return f"a nameless {self._kinds.get(owner, 'thing')}"

    @cached_property
    def _homes(self) -> dict[str, MaterialFile]:
        homes: dict[str, MaterialFile] = {}
        for file in self._material.files:
            for quad in file.quads:
                if isinstance(quad.subject, NamedNode):
                    homes.setdefault(quad.subject.value, file)
                else:
                    homes.setdefault(str(quad.subject), file)
        return homes

    @cached_property
    def _owners(self) -> dict[str, str]:
        owners: dict[str, str] = {}
        for quad in self._material.quads:
            about = quad.predicate == OWL.annotatedSource  # a note on an axiom about something
            one: object = quad.object if about else quad.subject
            other: object = quad.subject if about else quad.object
            if isinstance(other, BlankNode) and isinstance(one, (NamedNode, BlankNode)):
                owners.setdefault(str(other), name(one))
        return owners

    @cached_property
    def _kinds(self) -> dict[str, str]:
        kinds: dict[str, str] = {}
        for quad in self._material.quads:
            if quad.predicate == RDF.type and isinstance(quad.subject, BlankNode):
                kinds.setdefault(str(quad.subject), shorten(name(quad.object)))
        return kinds

    def _in(self, file: MaterialFile) -> _Lines | _Described:
        if file.name not in self._lines:
            light = file.document.format in (RDF_XML, JSON_LD)
            self._lines[file.name] = _Described(file) if light else _Lines(file)
        return self._lines[file.name]


class _Described:
    """The lines of a file in RDF/XML or JSON-LD in which things are described, read once."""

    def __init__(self, file: MaterialFile) -> None:
        subjects = {
            quad.subject.value for quad in file.quads if isinstance(quad.subject, NamedNode)
        }
        self._positions = Positions(file.document, subjects)

    def of(self, iri: str) -> int:
        """The first line that says something of an IRI; 0 where none does."""
        return self._positions.line(iri) or 0


class _Lines:
    """The lines of a file in Turtle and its relatives in which names stand, read once."""

    def __init__(self, file: MaterialFile) -> None:
        self._prefixes = file.prefixes
        self._first: dict[str, int] = {}
        self._leading: dict[str, int] = {}
        line, fresh, at = 1, True, 0
        for match in _TOKEN.finditer(file.text):
            token = match[0]
            if token.startswith("\n"):
                line, fresh, at = line + 1, True, match.end()
            else:
                if fresh and match.start() == at:
                    self._leading.setdefault(token, line)
                self._first.setdefault(token, line)
                fresh = False

    def of(self, iri: str) -> int:
        """The line that starts with an IRI, else the first that has it; 0 where none does."""
        names = [f"<{iri}>"]
        names += [
            f"{prefix}:{iri[len(base) :]}"
            for prefix, base in self._prefixes
            if iri.startswith(base)
        ]
        for lines in (self._leading, self._first):
            found = [lines[name] for name in names if name in lines]
            if found:
                return min(found)
        return 0
