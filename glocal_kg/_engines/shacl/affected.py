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
from glocal_kg._engines.shacl.edits import EditedTriples, back, prepare
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.reads import Reads
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.walk import reacher
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
                way = _Way(back(read.path), read.at_object, cls)
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
        for p in (*edit.predicates, _ANY):
            for way, walk, readers in self._ways.get(p, ()):
                if among.isdisjoint(readers):
                    continue
                nodes = self._ends(edit, p, way)
                if nodes and walk is not None:
                    nodes = walk(nodes)
                for shape in readers & among if nodes else ():
                    yield shape, nodes

    def _ends(self, edit: EditedTriples, p: int, way: _Way) -> Set[int]:
        if way.cls is not None:
            classes = self._data.subclasses(way.cls)
            if classes.isdisjoint(edit.ends[True].get(p, ())):
                return set()
            return {s for s, q, o in edit.triples if q == p and o in classes}
        return edit.of(frozenset(), way.at_object) if p == _ANY else edit.ends[way.at_object][p]


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
        self._by_node = _inverse(targets["node"] for targets in self._targets)
        self._by_subject = _inverse(targets["subjects"] for targets in self._targets)
        self._by_object = _inverse(targets["objects"] for targets in self._targets)
        self.forget()

    def forget(self) -> None:
        """Drop what was found from the facts: to be called when they have changed."""
        self._known: dict[int, frozenset[int]] = {}

    def touched(self, triples: Iterable[Triple]) -> dict[int, set[int]]:
        """For each shape the nodes whose being a target some facts have a part in."""
        found: dict[int, set[int]] = defaultdict(set)
        for s, p, o in triples:
            for shape in self._by_class.get(o, ()) if p == self._data.type else ():
                found[shape].add(s)
            for shape in self._by_subject.get(p, ()):
                found[shape].add(s)
            for shape in self._by_object.get(p, ()):
                found[shape].add(o)
        return found

    def among(self, nodes: Iterable[int], shape: int) -> set[int]:
        """Those of some nodes that are targets of a shape."""
        return {node for node in nodes if shape in self._of(node)}

    def _of(self, node: int) -> frozenset[int]:
        """The shapes that look at a node."""
        found = self._known.get(node)
        if found is None:
            index = self._data.index
            every = [self._by_class.get(cls, ()) for cls in self._data.types(node)]
            every.append(self._by_node.get(node, ()))
            every += (
                some for p, some in self._by_subject.items() if index.each_object(node, p) != []
            )
            every += (
                some for p, some in self._by_object.items() if index.each_subject(p, node) != []
            )
            found = self._known[node] = frozenset[int]().union(*every)
        return found


def _inverse(numbers: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """For each number the places at which it is given."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, some in enumerate(numbers):
        for number in some:
            places[number].append(place)
    return dict(places)
