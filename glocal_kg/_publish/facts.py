"""The facts of a release, gathered once; every description of the release is made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glocal_kg._publish.counts import Counts

Texts = dict[str, str]
"""A text in several languages: language tag ('' for none) to text."""

Headers = Mapping[str, Mapping[str, list[str]]]
"""What the graph says about its graphs and ontologies: name to property to N-Triples terms."""

LICENSES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
    "https://opendatacommons.org/licenses/odbl/1-0/": "ODbL-1.0",
    "https://opendatacommons.org/licenses/by/1-0/": "ODC-By-1.0",
    "https://opensource.org/licenses/MIT": "MIT",
}
"""The licenses with a short name in the SPDX list that data is usually published under."""


@dataclass(frozen=True)
class About:
    """What a release says about itself. All dates are fixed ones, none is today's.

    ``base`` is the address at which the folder will be found, ending in a slash; ``space`` the
    web space of the graph's things; ``previous`` the address of the release before, or ''.
    """

    title: Texts
    description: Texts
    version: str
    issued: str
    license: str
    publisher: str
    homepage: str
    base: str
    space: str
    ontology: str = ""
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    spatial: str = ""
    previous: str = ""
    endpoint: str = ""

    @property
    def dataset(self) -> str:
        """The IRI of this release as a dataset."""
        return f"{self.base}void.ttl#dataset"

    @property
    def series(self) -> str:
        """The IRI of the dataset over all its versions."""
        return f"{self.space}dataset"

    @property
    def license_name(self) -> str:
        """The short name of the license, or its IRI where it has none."""
        return LICENSES.get(self.license, self.license)


@dataclass(frozen=True)
class File:
    """A file of the release: path within it, size in bytes, SHA-256 and what it holds.

    ``packed`` is the compression, ``gzip``, ``zstd`` or ''; ``part`` the name of the part it
    is a dump of, or ''.
    """

    path: str
    size: int
    sha256: str
    media_type: str
    label: str
    packed: str = ""
    part: str = ""


@dataclass(frozen=True)
class PartFacts:
    """A part of the release in numbers. ``name`` is the path of its dumps without suffix,
    ``graphs`` are names of graphs, '' for the default graph.
    """

    name: str
    graphs: tuple[str, ...]
    quads: int
    triples: int
    hash: str
    inferred: bool = False


@dataclass(frozen=True)
class GraphFacts:
    """A named graph in numbers, with its title where the graph catalog gives one."""

    name: str
    slug: str
    role: str
    counts: Counts
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column of a table: which property its values belong to and how they are written.

    ``kind`` is ``id``, ``graph``, ``iri``, a language tag with a leading ``@``, or a datatype
    IRI; ``type`` the Frictionless type; ``several`` whether a cell can hold several values.
    """

    name: str
    property: str
    kind: str
    type: str
    several: bool
    description: str = ""


@dataclass(frozen=True)
class Table:
    """A table of all things of a class; ``class_iri`` is '' for things without a class."""

    name: str
    path: str
    class_iri: str
    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class ReleaseFacts:
    """Everything the descriptions of a release are made from."""

    about: About
    counts: Counts
    graphs: tuple[GraphFacts, ...]
    parts: tuple[PartFacts, ...]
    files: tuple[File, ...]
    tables: tuple[Table, ...]
    prefixes: Mapping[str, str]
    software: str
    questions: int = 0
    notes: tuple[str, ...] = ()

    def part_of(self, graph: GraphFacts) -> str:
        """The name of the part that holds a graph alone, or ''."""
        alone = (part.name for part in self.parts if part.graphs == (graph.name,))
        return next(alone, "")

    @property
    def whole(self) -> PartFacts:
        """The part that holds every asserted statement."""
        return self.parts[0]
