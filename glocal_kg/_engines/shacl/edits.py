"""From a changed fact back to the nodes it can matter to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.paths import Path, Predicate, parts
from glocal_kg._rdf.store.index import Triple


class EditedTriples:
    """Some triples, by predicate."""

    def __init__(self, triples: list[Triple]) -> None:
        subjects: dict[int, set[int]] = {}
        objects: dict[int, set[int]] = {}
        for s, p, o in triples:
            if p in subjects:
                subjects[p].add(s)
                objects[p].add(o)
            else:
                subjects[p], objects[p] = {s}, {o}
        self.ends = subjects, objects
        self.predicates = frozenset(subjects)
        self.triples = triples

    def of(self, predicates: frozenset[int], at_object: bool) -> set[int]:
        """The subjects, or the objects, of the triples with these predicates (none: any)."""
        ends = self.ends[at_object]
        found: set[int] = set()
        for p in self.predicates & predicates if predicates else self.predicates:
            found |= ends[p]
        return found

    def at(self, holds: Callable[[int], bool]) -> EditedTriples:
        """The triples that have at one end a node for which this holds."""
        held = {node for node in {n for s, _, o in self.triples for n in (s, o)} if holds(node)}
        return EditedTriples([row for row in self.triples if row[0] in held or row[2] in held])


def prepare(ways: Iterable[Path | None], data: Data) -> None:
    """Sort what walks backward along these paths need now, not at the first edit."""
    for way in ways:
        for part in () if way is None else parts(way):
            if isinstance(part, Predicate):
                _ = data.index.table(data.code(part.iri)).flipped
