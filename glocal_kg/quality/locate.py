"""Where in the files a finding is: the file and the line in which its subject is described."""

from __future__ import annotations

import re
from functools import cached_property

from pyoxigraph import NamedNode

from glocal_kg.quality.item import Finding
from glocal_kg.quality.material import File, Material


class Places:
    """Finds file and line of a subject; a place that is not sure is not given."""

    def __init__(self, material: Material) -> None:
        self._files = {file.name: file for file in material.files}
        self._material = material
        self._release = set(material.release_files)
        self._found: dict[str, tuple[str, int]] = {}

    @cached_property
    def _homes(self) -> dict[str, File]:
        homes: dict[str, File] = {}
        for file in self._material.files:
            for quad in file.quads:
                if isinstance(quad.subject, NamedNode):
                    homes.setdefault(quad.subject.value, file)
        return homes

    def of(self, finding: Finding) -> tuple[str, int]:
        """File and line (from 1) of a finding; ``('', 0)`` where they are not known."""
        subject = finding.subject
        if subject not in self._found:
            self._found[subject] = self._look(subject)
        return self._found[subject]

    def _look(self, subject: str) -> tuple[str, int]:
        if subject in self._files:
            problem = self._files[subject].problem
            return subject, (problem.line or 1) if problem else 1
        if subject in self._release:
            return subject, 1
        home = self._homes.get(subject)
        if home is not None:
            return home.name, _line(home, subject) or 1
        if "://" in subject:  # it is not described: where is it named?
            for file in self._material.files:
                if line := _line(file, subject):
                    return file.name, line
        return "", 0


def _line(file: File, iri: str) -> int:
    """The line that starts with an IRI, else the first that has it; 0 where none does."""
    names = [re.escape(f"<{iri}>")]
    names += [
        re.escape(f"{prefix}:{iri[len(base) :]}")
        for prefix, base in file.prefixes
        if iri.startswith(base)
    ]
    name = f"(?:{'|'.join(names)})(?![\\w-])"
    for form in (rf"^\s*{name}", name):
        match = re.search(form, file.text, re.MULTILINE)
        if match is not None:
            return file.text.count("\n", 0, match.end()) + 1
    return 0
