"""The shapes, the example that conforms, and its variations that do not.

The files in ``examples`` are TriG. Their default graphs together are one example that conforms.
Each pair of named graphs ``without:name`` and ``with:name`` is one variation of it: facts taken
away and facts added. The name says what must then be found, and nothing else:
``Sense-term.minCount`` is the shape and its constraint; ``MapElementShape.position-needed.
minCount`` names the node shape too, where several share a property shape; ``TrendShape.xone-both``
tells two ways to break one constraint apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from glocal_kg._engines.shacl import Shapes, ValidationReport
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study import packaged

FOLDER = Path(__file__).with_name("examples")
SHAPE = "https://w3id.org/glocal/ontology/shapes#"
SH = "http://www.w3.org/ns/shacl#"
SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
WITH = "https://w3id.org/glocal/test/with/"
WITHOUT = "https://w3id.org/glocal/test/without/"


@dataclass
class Variation:
    """Facts to take away from the example and facts to add, and what is then at fault."""

    name: str
    without: list[ox.Triple] = field(default_factory=list)
    added: list[ox.Triple] = field(default_factory=list)

    @property
    def shape(self) -> str:
        return SHAPE + self.name.split(".")[-2]

    @property
    def node_shape(self) -> str | None:
        parts = self.name.split(".")
        return SHAPE + parts[0] if len(parts) == 3 else None

    @property
    def component(self) -> str:
        parameter = self.name.split(".")[-1].split("-")[0]
        return f"{SH}{parameter[0].upper()}{parameter[1:]}ConstraintComponent"


@dataclass
class Examples:
    """The example that conforms, its variations by name, and the classes above its classes."""

    conforming: list[ox.Triple]
    variations: dict[str, Variation]
    hierarchy: list[ox.Triple]

    def facts(self, variation: Variation | None = None) -> list[ox.Triple]:
        """The facts of the example, or of one variation."""
        if variation is None:
            return self.conforming + self.hierarchy
        gone = set(variation.without)
        assert gone <= set(self.conforming), f"{variation.name} takes away what is not there"
        kept = [triple for triple in self.conforming if triple not in gone]
        return kept + variation.added + self.hierarchy


def parsed(path: str) -> list[ox.Quad]:
    """The quads of a file with blank nodes that are named alike in each process."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}
    stem = "".join(filter(str.isalnum, Path(path).stem))

    def stable(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"{stem}{len(names)}"))
        return term

    return [ox.Quad(*map(stable, quad)) for quad in ox.parse(path=path)]


def _read() -> Examples:
    examples = Examples([], {}, [])
    for path in sorted(FOLDER.glob("*.trig")):
        for quad in ox.parse(path=path):
            graph = quad.graph_name
            if isinstance(graph, ox.DefaultGraph):
                examples.conforming.append(quad.triple)
                continue
            kind, name = graph.value.rsplit("/", 1)
            variation = examples.variations.setdefault(name, Variation(name))
            (variation.without if f"{kind}/" == WITHOUT else variation.added).append(quad.triple)
    for path in packaged.files("ontology", ".ttl"):
        for quad in ox.parse(path=path):
            if quad.predicate == SUBCLASS and isinstance(quad.object, ox.NamedNode):
                examples.hierarchy.append(quad.triple)
    return examples


EXAMPLES = _read()
FILES = {path: parsed(path) for path in packaged.files("ontology", ".ttl") if "/shapes/" in path}
QUADS = [quad for quads in FILES.values() for quad in quads]
SHAPES = Shapes(QUADS)


def facts(triples: list[ox.Triple]) -> Facts:
    return Facts.of(ox.Quad(*triple) for triple in triples)


def judged(facts: Facts, shapes: Shapes = SHAPES, engine: str = "fast") -> ValidationReport:
    """What the packaged shapes, or others, say of some facts."""
    return shapes.validate(facts.terms, facts.columns()[:, :3], engine=engine)


def report(triples: list[ox.Triple], engine: str = "fast") -> ValidationReport:
    """What the packaged shapes say of some triples."""
    return judged(facts(triples), engine=engine)
