"""The release before: its address, version and change log, and what may follow it."""

from __future__ import annotations

import os
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from glocal_kg._publish.compare.changes import Comparison
from glocal_kg._publish.compare.comparing import compare_streams
from glocal_kg._publish.compare.semver import check_version
from glocal_kg._publish.compare.sources import quads_of
from glocal_kg._rdf.namespaces import DCAT
from glocal_kg.errors import GlocalError, NotFoundError


class Previous:
    """An earlier release: a folder, or a file that holds its statements.

    ``address`` is its IRI and ``version`` its version, '' where they are not known.
    """

    def __init__(self, place: str | os.PathLike[str]) -> None:
        self.path = Path(place)
        self.name = self.path.name
        self.address = self.version = self.changelog = ""
        if not self.path.exists():
            raise NotFoundError(f"There is no release at {self.path}.", remedy="Check the path.")
        if self.path.is_dir():
            self._read_description()

    def changes(self, canonical: Path, work: Path) -> Comparison:
        """What changed since, up to the canonical N-Quads of the new release."""
        new = parse(path=str(canonical), format=RdfFormat.N_QUADS)
        return compare_streams(quads_of(self.path), new, work)

    def _read_description(self) -> None:
        log = self.path / "CHANGELOG.md"
        if log.is_file():
            self.changelog = log.read_text(encoding="utf-8")
        void = self.path / "void.ttl"
        if not void.is_file():
            return
        versions: dict[str, str] = {}
        for quad in quads_of(void):
            if isinstance(quad.subject, NamedNode):
                if quad.predicate == DCAT.version and isinstance(quad.object, Literal):
                    versions[quad.subject.value] = quad.object.value
                elif quad.predicate == DCAT.inSeries:  # the release itself, no part of it
                    self.address = quad.subject.value
        self.version = versions.get(self.address, "")


def check_step(changes: Comparison, before: str, version: str, *, allow_removal: bool) -> None:
    """Refuse a release that drops terms without warning, or that calls itself too small.

    Raises ``GlocalError`` that lists the terms, or names the version that is possible.
    """
    gone = changes.vanished
    if gone and not allow_removal:
        names = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
        raise GlocalError(
            f"The release drops {len(gone)} term(s) that were not deprecated before: {names}.",
            remedy="Keep them with owl:deprecated true and dcterms:isReplacedBy for one release,"
            " or say --allow-removal.",
        )
    check_version(changes.step, before, version)
