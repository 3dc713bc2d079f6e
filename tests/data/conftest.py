"""Fixtures of this room: the data files as they are written, with short names for IRIs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]

PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcterms": "http://purl.org/dc/terms/",
    "glocal": "https://w3id.org/glocal/ontology#",
    "graph": "https://w3id.org/glocal/graph/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
RESOURCES = "https://w3id.org/glocal/id/"


def short(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> str:
    """Write an IRI of ours as kind:slug, another one with its prefix, a literal as its words."""
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return term.value
    if term.value.startswith(RESOURCES):
        return term.value.removeprefix(RESOURCES).replace("/", ":", 1)
    for prefix, base in PREFIXES.items():
        if term.value.startswith(base):
            return f"{prefix}:{term.value.removeprefix(base)}"
    return term.value


class Facts:
    """The quads of some files, and SELECT queries over all of them as one graph."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        self.store = ox.Store()
        self.quads: list[ox.Quad] = []
        for file in files:
            self.quads += ox.parse(path=str(file))
        self.store.extend(self.quads)
        self.triples = {(short(q.subject), short(q.predicate), short(q.object)) for q in self.quads}

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """Answer a SELECT query with short names."""
        named = PREFIXES | {"kind": f"{RESOURCES}kind/"}
        head = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in named.items())
        answer = self.store.query(head + query, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return [tuple(short(row[i]) for i in range(len(answer.variables))) for row in answer]

    def column(self, query: str) -> list[str]:
        """Answer a SELECT query of one variable as a list."""
        return [row[0] for row in self.rows(query)]


@pytest.fixture(scope="session")
def facts() -> Callable[..., Facts]:
    """Load the files that match some patterns below the project root."""
    loaded: dict[tuple[str, ...], Facts] = {}

    def load(*patterns: str) -> Facts:
        if patterns not in loaded:
            files = sorted(f for pattern in patterns for f in ROOT.glob(pattern))
            assert files, f"no file matches {patterns}"
            loaded[patterns] = Facts(files)
        return loaded[patterns]

    return load
