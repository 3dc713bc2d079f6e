"""The facts of a release, gathered once; every description of the release is made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from glocal_kg._publish.gathering.counts import Counts
from glocal_kg._publish.gathering.licenses import license_name

Texts = dict[str, str]
"""A text in several languages: language tag ('' for none) to text."""

Headers = Mapping[str, Mapping[str, list[str]]]
"""What the graph says about its graphs and ontologies: name to property to N-Triples terms."""


def english(content: dict[str, str]) -> str:
    """The English text, else the one without language, else the first by language tag.

    >>> english({"it": "uno", "en": "one"})
    'one'
    """
    for language in ("en", ""):
        if language in content:
            return content[language]
    return content[min(content)]


@dataclass(frozen=True)
class Agent:
    """Somebody who made, helped with or publishes a graph.

    ``iri`` is the ORCID, ROR or other address that the graph gives for them, or ''; ``kind`` is
    ``Person`` or ``Organization``; ``given`` and ``family`` are '' where the graph does not part
    the name.

    >>> Agent("Josiah Carberry", "https://orcid.org/0000-0002-1825-0097", "Person").orcid
    '0000-0002-1825-0097'
    """

    name: str
    iri: str = ""
    kind: str = "Organization"
    given: str = ""
    family: str = ""
    homepage: str = ""

    @property
    def orcid(self) -> str:
        """The ORCID without its address, or ''."""
        return self.iri.rpartition("/")[2] if "//orcid.org/" in self.iri else ""

    @property
    def address(self) -> str:
        """Where to read about them, or ''."""
        return self.homepage or self.iri

    @property
    def listed(self) -> str:
        """The name as lists of authors write it, family name first where it is known."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.name


@dataclass(frozen=True)
class About:
    """What a release says about itself. All dates are fixed ones, none is today's.

    ``base`` is the address at which the folder will be found, ending in a slash; ``space`` the
    web space of the graph's things; ``previous`` the address of the release before, or ''.
    ``doi`` stands without its address; ``subjects`` and ``sources`` are IRIs, ``themes`` those
    of the data themes of the European Union with their names; ``citation`` is how the graph
    asks to be cited, or ''.
    """

    title: Texts
    description: Texts
    version: str
    issued: str
    license: str
    creators: tuple[Agent, ...]
    publisher: Agent
    homepage: str
    base: str
    space: str
    ontology: str = ""
    contributors: tuple[Agent, ...] = ()
    doi: str = ""
    citation: str = ""
    subjects: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)
    spatial: str = ""
    previous: str = ""
    endpoint: str = ""

    @property
    def dataset(self) -> str:
        """The IRI of this release as a dataset: another for each version, wherever it lies."""
        return f"{self.base}void.ttl#dataset-{self.version}"

    @property
    def series(self) -> str:
        """The IRI of the dataset over all its versions, in the folder that holds them."""
        return f"{self.base.removesuffix(f'{self.version}/')}#series"

    @property
    def cite_as(self) -> str:
        """How to cite the release: as the graph asks, else authors, title, version and address."""
        if self.citation:
            return self.citation
        authors = "; ".join(agent.listed for agent in self.creators)
        title = english(self.title)
        address = f"https://doi.org/{self.doi}" if self.doi else self.base
        return f"{authors} ({self.issued[:4]}). {title}, version {self.version}. {address}"

    @property
    def license_name(self) -> str:
        """The short name of the license, or its IRI where it has none."""
        return license_name(self.license)


@dataclass(frozen=True)
class ReleaseFile:
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
class ReleaseColumn:
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
class TableFile:
    """A table of all things of a class; ``class_iri`` is '' for things without a class."""

    name: str
    path: str
    class_iri: str
    rows: int
    columns: tuple[ReleaseColumn, ...]


@dataclass(frozen=True)
class ReleaseFacts:
    """Everything the descriptions of a release are made from."""

    about: About
    counts: Counts
    graphs: tuple[GraphFacts, ...]
    parts: tuple[PartFacts, ...]
    files: tuple[ReleaseFile, ...]
    tables: tuple[TableFile, ...]
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
