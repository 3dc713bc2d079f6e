"""From an edit to the nodes that each shape has to look at again; shapes by their places.

Shapes share what they read: each class of a value is one more fact with rdf:type. So a way back
from a changed fact is kept, and walked, once for all shapes that read at its end; and a type
that is no class of theirs is no concern of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.edits import EditedTriples, prepare
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.reads import Reads
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.walk import invert, reacher
from glocal_kg._rdf.store.index import Triple

_ANY = -1  # in place of a predicate


@dataclass(frozen=True, slots=True)
class _Way:
    """The way back from the subject, or object, of a fact; ``cls``: of a type in this class."""

    back: Path | None
    at_object: bool
    cls: int | None


class Affected:
    """The ways back from facts to the nodes of shapes; ``reads`` is what each shape reads."""

    def __init__(self, data: Data, reads: Sequence[Iterable[Reads]]) -> None:
        self._data = data
        ways: dict[int, dict[_Way, list[int]]] = defaultdict(lambda: defaultdict(list))
        for shape, some in enumerate(reads):
            for read in some:
                cls = None if read.cls is None else data.code(read.cls)
                way = _Way(read.path and invert(read.path), read.at_object, cls)
                p = _ANY if read.predicate is None else data.code(read.predicate)
                ways[p][way].append(shape)
        every = {way.back for some in ways.values() for way in some}
        walks = {
            back: None if back is None else reacher(data.index, data.code, back) for back in every
        }
        self._ways = {
            p: [(way, walks[way.back], frozenset(readers)) for way, readers in some.items()]
            for p, some in ways.items()
        }
        prepare(every, data)

    def of(self, edit: EditedTriples, among: Set[int]) -> Iterator[tuple[int, Set[int]]]:
        """For shapes ``among`` all the nodes to which facts of an edit matter, as facts are now."""
        subjects, objects = edit.ends
        for p in (*edit.predicates, _ANY):
            for way, walk, readers in self._ways.get(p, ()):
                if among.isdisjoint(readers):
                    continue
                nodes: Set[int]
                if way.cls is not None:
                    classes = self._data.subclasses(way.cls)
                    if classes.isdisjoint(objects.get(p, ())):
                        continue
                    nodes = {s for s, q, o in edit.triples if q == p and o in classes}
                elif p == _ANY:
                    nodes = edit.of(frozenset(), way.at_object)
                else:
                    nodes = objects[p] if way.at_object else subjects[p]
                if nodes and walk is not None:
                    nodes = walk(nodes)
                if nodes:
                    for shape in readers & among:
                        yield shape, nodes


class Targets:
    """The targets of shapes seen from a node: which of the shapes look at it."""

    def __init__(self, data: Data, shapes: Sequence[Shape]) -> None:
        self._data = data
        self._targets = [
            {
                kind: frozenset(data.code(one.term) for one in shape.targets if one.kind == kind)
                for kind in ("node", "class", "subjects", "objects")
            }
            for shape in shapes
        ]
        self.read_classes()

    def read_classes(self) -> None:
        """Take up which classes are below others: to be called when that has changed."""
        below = self._data.subclasses
        self._classes = [
            frozenset[int]().union(*map(below, targets["class"])) for targets in self._targets
        ]
        self._by_class = _inverse(self._classes)
        self._by_subject = _inverse(targets["subjects"] for targets in self._targets)
        self._by_object = _inverse(targets["objects"] for targets in self._targets)

    def touched(self, triples: Iterable[Triple]) -> dict[int, set[int]]:
        """For each shape the nodes whose being a target some facts have a part in."""
        found: dict[int, set[int]] = defaultdict(set)
        by_subject, by_object, rdf_type = self._by_subject, self._by_object, self._data.type
        for s, p, o in triples:
            if p == rdf_type:
                for shape in self._by_class.get(o, ()):
                    found[shape].add(s)
            if p in by_subject:
                for shape in by_subject[p]:
                    found[shape].add(s)
            if p in by_object:
                for shape in by_object[p]:
                    found[shape].add(o)
        return found

    def among(self, nodes: Iterable[int], shape: int) -> set[int]:
        """Those of some nodes that are targets of a shape."""
        classes, targets, index = self._classes[shape], self._targets[shape], self._data.index
        types, named = self._data.types, targets["node"]
        found = {node for node in nodes if node in named or not classes.isdisjoint(types(node))}
        for p in targets["subjects"]:
            found.update(node for node in nodes if index.each_object(node, p) != [])
        for p in targets["objects"]:
            found.update(node for node in nodes if index.each_subject(p, node) != [])
        return found


def _inverse(numbers: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """For each number the places at which it is given."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, some in enumerate(numbers):
        for number in some:
            places[number].append(place)
    return dict(places)
