"""The facts under validation: triples of numbers, their classes, and the facets of their terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.facets import Facets
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.rdf_terms import RDF, RDFS, Term
from glocal_kg._engines.shacl.walk import _FEW, follow, rows_of, values_of, walk
from glocal_kg._rdf.labels import label_properties
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Keys, Numbers, Triple, TripleIndex, among, pack, unpack

_TYPE = NamedNode(RDF + "type")
SUBCLASS = NamedNode(RDFS + "subClassOf")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")


class Data:
    """Triples as an index, with what validation asks of them. Never changes the facts.

    ``terms`` may be given new terms (those of the shapes), which adds no fact. ``subclasses``
    are pairs (class, superclass) of the shapes graph. SHACL (3.2) expects these facts in the data
    graph, so they count as facts of it everywhere; ``beyond`` are those that it lacks, packed.
    """

    def __init__(
        self,
        terms: Dictionary,
        index: TripleIndex,
        subclasses: Iterable[tuple[Term, Term]] = (),
        facets: Facets | None = None,
    ) -> None:
        self.terms = terms
        self.facets = facets if facets is not None else Facets(terms)
        self._codes: dict[Term, int] = {}
        self.type = self.code(_TYPE)
        self.subclass = self.code(SUBCLASS)
        own = np.array([(self.code(sub), self.code(above)) for sub, above in subclasses], np.int32)
        self._hierarchy = np.unique(pack(*own.reshape(-1, 2).T))
        self.beyond = self._hierarchy[~among(self._hierarchy, index.table(self.subclass).keys)]
        self.index = index
        if len(self.beyond):
            self.index = index.copy()
            self.index.merge(self.subclass, self.beyond)
        self._named_by: list[int] | None = None
        self._closures: dict[int, frozenset[int]] = {}
        self._instances: dict[int, Numbers] = {}
        self._marks: dict[int, NDArray[np.bool_]] = {}
        self._types: dict[int, frozenset[int]] = {}

    def code(self, term: Term) -> int:
        """The number of a term of the shapes."""
        number = self._codes.get(term)
        if number is None:
            number = self._codes[term] = self.terms.add(term)
        return number

    def codes(self, terms: Iterable[Term]) -> Numbers:
        """The numbers of several terms, sorted, each once."""
        return unique(np.fromiter((self.code(term) for term in terms), np.int32))

    @property
    def has_hierarchy(self) -> bool:
        """Whether the shapes graph has classes below others."""
        return len(self._hierarchy) > 0

    def says(self, triple: Triple) -> bool:
        """Whether the data say a fact, whatever the shapes graph says of its classes."""
        s, p, o = triple
        beyond = p == self.subclass and (s << 32 | o) in self.beyond
        return not beyond and self.index.contains(s, p, o)

    def update(self, new: Sequence[Triple], gone: Sequence[Triple]) -> None:
        """Take away facts that the data say, then add facts that they do not say."""
        if self.has_hierarchy and any(p == self.subclass for _, p, _ in (*new, *gone)):
            lost = {s << 32 | o for s, p, o in gone if p == self.subclass}
            lost.intersection_update(self._hierarchy.tolist())
            said = {s << 32 | o for s, p, o in new if p == self.subclass}
            self.beyond = np.array(sorted({*self.beyond.tolist(), *lost} - said), np.int64)
            gone = [t for t in gone if t[1] != self.subclass or t[0] << 32 | t[2] not in lost]
        self.index.update(new, gone)

    def forget(self, changed: Iterable[int]) -> None:
        """Drop what was worked out from predicates that have changed."""
        predicates = set(changed)
        self._types.clear()
        if self.code(_SUBPROPERTY) in predicates:
            self._named_by = None
        if self.subclass in predicates:
            self._closures.clear()
        if self.subclass in predicates or self.type in predicates:
            self._instances.clear()
            self._marks.clear()

    def walk(self, path: Path, nodes: Numbers) -> Keys:
        """The values of a path from sorted distinct nodes, as packed (row, value) pairs."""
        return walk(self.index, self.code, path, nodes, len(self.terms))

    def label_properties(self) -> list[int]:
        """The numbers of the properties that things are named by."""
        if self._named_by is None:
            self._named_by = self._find_label_properties()
        return self._named_by

    def _find_label_properties(self) -> list[int]:
        def below(above: NamedNode) -> Iterable[Term]:
            subjects = self.index.each_subject(self.code(_SUBPROPERTY), self.code(above))
            return [self.terms[number] for number in subjects]

        return [self.code(p) for p in label_properties(below)]

    def own_pairs(self, p: int) -> Keys:
        """The facts with a predicate that the data say, as packed pairs."""
        keys = self.index.table(p).keys
        return keys[~among(keys, self.beyond)] if p == self.subclass and len(self.beyond) else keys

    def said_of(self, nodes: Numbers) -> Numbers:
        """Those of sorted distinct nodes that the data say something of."""
        rows, _, _ = self.facts_outside(nodes, np.array([self.subclass], np.int32))
        classes = unpack(self.own_pairs(self.subclass))[0]
        return nodes[np.union1d(rows, np.flatnonzero(np.isin(nodes, classes))).astype(np.intp)]

    def subclasses(self, number: int) -> frozenset[int]:
        """A class and everything below it."""
        found = self._closures.get(number)
        if found is None:
            seen = level = {number}
            while level:
                below = values_of(follow(self.index, self.subclass, _sorted(level), backward=True))
                level = set(below.tolist()) - seen
                seen = seen | level
            found = self._closures[number] = frozenset(seen)
        return found

    def instances(self, number: int) -> Numbers:
        """The SHACL instances of a class, sorted."""
        found = self._instances.get(number)
        if found is None:
            classes = _sorted(self.subclasses(number))
            found = unique(values_of(follow(self.index, self.type, classes, backward=True)))
            self._instances[number] = found
        return found

    def types(self, node: int) -> frozenset[int]:
        """The types of one node, as the facts say them."""
        types = self._types.get(node)
        if types is None:
            types = self._types[node] = frozenset(self.index.each_object(node, self.type))
        return types

    def has_type(self, node: int, number: int) -> bool:
        """Whether one node is a SHACL instance of a class."""
        return not self.subclasses(number).isdisjoint(self.types(node))

    def is_instance(self, nodes: Numbers, number: int) -> NDArray[np.bool_]:
        """For each node whether it is a SHACL instance of a class."""
        if len(nodes) <= _FEW:
            return np.array([self.has_type(node, number) for node in nodes.tolist()], bool)
        marks = self._marks.get(number)
        if marks is None or len(marks) < len(self.terms):
            marks = np.zeros(len(self.terms), bool)
            marks[self.instances(number)] = True
            self._marks[number] = marks
        return marks[nodes]

    def facts_outside(self, nodes: Numbers, allowed: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Triples of some nodes whose predicate is not allowed: (row, predicate, object)."""
        rows, predicates, objects = [], [], []
        for p in self.index.predicates():
            place = int(allowed.searchsorted(p))
            if place < len(allowed) and allowed[place] == p:
                continue
            keys = follow(self.index, p, nodes)
            if len(keys):
                rows.append(rows_of(keys).astype(np.int32))
                predicates.append(np.full(len(keys), p, np.int32))
                objects.append(unpack(keys)[1])
        if not rows:
            empty = np.empty(0, np.int32)
            return empty, empty, empty
        return np.concatenate(rows), np.concatenate(predicates), np.concatenate(objects)


def _sorted(numbers: Iterable[int]) -> Numbers:
    return np.array(sorted(numbers), np.int32)
