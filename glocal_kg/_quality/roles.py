"""Which of the things in the material are its own, and what each of them is.

What a material defines is its own; what it merely names belongs to somebody else. Its own terms
lie in the namespace that an ontology header states; without one, in the namespace below the
ontology's IRI; without either, in any that is no well-known vocabulary, and in a well-known one
that most of the axioms are about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._quality.fact_index import FactIndex, Node
from glocal_kg._quality.other_vocabularies import (
    AXIOMS,
    CLASSES,
    DATATYPES,
    OBJECT,
    OWN,
    PROPERTIES,
)
from glocal_kg._rdf.namespaces import DCAT, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, VOID
from glocal_kg._rdf.store.facts import Facts as QuadFacts
from glocal_kg._study.vocabularies import is_known, namespace, vocabularies

_ROLES = "https://w3id.org/glocal/quality#roles"
_NO_INSTANCES = (
    *(str(space) for space in (OWL, RDF, RDFS, SH)),
    "http://www.w3.org/2003/11/swrl#",  # the variables of rules
)
_DESCRIBED_ELSEWHERE = (str(DCAT), str(VOID))
_DATASETS = (VOID.Dataset, DCAT.Dataset)


@dataclass
class Roles:
    """Own things by role; ``root`` is the ontology that the others belong to."""

    facts: FactIndex
    ontologies: list[NamedNode] = field(default_factory=list)
    root: NamedNode | None = None

    def __post_init__(self) -> None:
        found = [node for node in self.facts.typed(OWL.Ontology) if isinstance(node, NamedNode)]
        self.ontologies = sorted(found, key=str)
        imported = {value for _, value in self.facts.pairs(OWL.imports)}
        free = [node for node in self.ontologies if node not in imported] or self.ontologies
        stated = [node for node in free if self.facts.values(node, VANN.preferredNamespaceUri)]
        self.root = min(stated or free, key=lambda node: (len(str(node)), str(node)), default=None)

    @cached_property
    def kinds_of_classes(self) -> tuple[NamedNode, ...]:
        """The classes of classes: those of OWL and RDFS, and what is below them."""
        return tuple(sorted(self._below(CLASSES), key=str))

    @cached_property
    def term_spaces(self) -> tuple[str, ...]:
        """The namespaces of own terms."""
        stated = [
            value.value
            for node in self.ontologies
            for value in self.facts.values(node, VANN.preferredNamespaceUri)
            if isinstance(value, (Literal, NamedNode))
        ]
        if stated:
            return tuple(dict.fromkeys(stated))
        declared = [
            node.value
            for node in self.facts.typed(*self.kinds_of_classes, *PROPERTIES, *DATATYPES)
            if isinstance(node, NamedNode)
        ]
        # What has axioms is more than named. Whoever writes a well-known vocabulary owns it.
        defined = Counter(
            namespace(node.value)
            for node in {node for node, _ in self.facts.pairs(*AXIOMS)}
            if isinstance(node, NamedNode)
        )
        main = [space for space, number in defined.items() if number * 2 > defined.total()]
        hosts = {space.partition("://")[2].partition("/")[0] for space in main}
        spaces = [
            space
            for space in dict.fromkeys(map(namespace, declared))
            if space in main
            or (
                space not in vocabularies()
                # Classes of others are declared to be linked with; most axioms are about own ones.
                and (not hosts or space.partition("://")[2].partition("/")[0] in hosts)
            )
        ]
        stems = [node.value.rstrip("#/") for node in self.ontologies]
        below = [space for space in spaces if space.rstrip("#/") in stems]
        return tuple(below or spaces)

    @cached_property
    def classes(self) -> list[NamedNode]:
        """Own classes."""
        return self._own(self.kinds_of_classes)

    @cached_property
    def properties(self) -> list[NamedNode]:
        """Own properties of every kind."""
        return self._own(PROPERTIES)

    @cached_property
    def object_properties(self) -> list[NamedNode]:
        """Own object properties."""
        return self._own(OBJECT)

    @cached_property
    def relations(self) -> list[NamedNode]:
        """Own properties that axioms speak of: all but annotation properties."""
        notes = set(self.facts.typed(OWL.AnnotationProperty, OWL.OntologyProperty))
        return [node for node in self.properties if node not in notes]

    @cached_property
    def terms(self) -> list[NamedNode]:
        """Own classes, properties and datatypes."""
        return list(dict.fromkeys(self.classes + self.properties + self._own(DATATYPES)))

    @cached_property
    def instances(self) -> list[NamedNode]:
        """Everything described that is no term, header, shape or description of a dataset."""
        kinds = set(self.terms) | set(self.ontologies)
        things = (n for n in self.facts.by_subject if isinstance(n, NamedNode) and n not in kinds)
        return sorted((node for node in things if self._is_thing(node)), key=str)

    @cached_property
    def instance_spaces(self) -> frozenset[str]:
        """The namespaces in which own things lie."""
        return frozenset(namespace(node.value) for node in self.instances)

    @cached_property
    def concepts(self) -> list[Node]:
        """SKOS concepts, and instances of classes below it."""
        return self.facts.typed(*self._below((SKOS.Concept,)))

    @cached_property
    def shapes(self) -> list[Node]:
        """Shapes."""
        return self.facts.typed(SH.NodeShape, SH.PropertyShape)

    def is_own(self, iri: str) -> bool:
        """Whether an IRI lies in a namespace of own terms or things."""
        space = namespace(iri)
        return space in self.term_spaces or space in self.instance_spaces

    def quads(self) -> Iterator[Quad]:
        """The roles as statements in a graph of their own, for queries."""
        graph = NamedNode(_ROLES)
        roles: tuple[tuple[str, Iterable[Node]], ...] = (
            ("Ontology", self.ontologies),
            ("Root", [self.root] if self.root else []),
            ("Class", self.classes),
            ("Property", self.properties),
            ("ObjectProperty", self.object_properties),
            ("Relation", self.relations),
            ("Term", self.terms),
            ("Instance", self.instances),
            ("Concept", self.concepts),
        )
        for name, nodes in roles:
            for node in nodes:
                yield Quad(node, RDF.type, OWN[name], graph)
        for space in self.term_spaces:
            yield Quad(graph, OWN.termSpace, Literal(space), graph)

    def _own(self, kinds: tuple[NamedNode, ...]) -> list[NamedNode]:
        spaces = self.term_spaces
        return [
            node
            for node in self.facts.typed(*kinds)
            if isinstance(node, NamedNode) and node.value.startswith(spaces)
        ]

    def _below(self, tops: tuple[NamedNode, ...]) -> set[NamedNode]:
        """Some classes and all below them."""
        found, waiting = set(tops), list(tops)
        children: dict[object, list[NamedNode]] = defaultdict(list)
        for node, parent in self.facts.pairs(RDFS.subClassOf):
            if isinstance(node, NamedNode):
                children[parent].append(node)
        while waiting:
            more = [node for node in children[waiting.pop()] if node not in found]
            found |= set(more)
            waiting += more
        return found

    def _is_thing(self, node: NamedNode) -> bool:
        if is_known(node.value):
            return False
        types = [str(kind)[1:] for kind in self.facts.types(node)]
        if not types:
            return False
        return not any(kind.startswith(_NO_INSTANCES + _DESCRIBED_ELSEWHERE) for kind in types)


def dataset_roles(store: QuadFacts) -> list[Quad]:
    """The datasets that a description is about, marked for queries: not subsets, not targets.

    A dataset that both VoID and DCAT describe stands before others. One that is derived from
    another of them, such as what was inferred, has its version, origin and service from there.
    """
    typed = [{q.subject for q in store.quads_for_pattern(None, RDF.type, k)} for k in _DATASETS]
    both = typed[0] & typed[1]
    parts = {
        quad.object
        for predicate in (VOID.subset, VOID.objectsTarget)
        for quad in store.quads_for_pattern(None, predicate, None)
    }
    linksets = {q.subject for q in store.quads_for_pattern(None, RDF.type, VOID.Linkset)}
    main = (both or typed[0] | typed[1]) - parts - linksets
    derived = store.quads_for_pattern(None, PROV.wasDerivedFrom, None)
    main -= {q.subject for q in derived if q.subject != q.object and q.object in main}
    graph = NamedNode(_ROLES)
    return [Quad(node, RDF.type, OWN.Dataset, graph) for node in main]
