"""From a changed fact back to the nodes it can matter to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from glocal_kg.store.index import Triple
from glocal_kg.validation.data import Data
from glocal_kg.validation.dependencies import Reads
from glocal_kg.validation.paths import Path, Predicate, parts
from glocal_kg.validation.walk import invert, values_of


class Edit:
    """Some triples, by predicate."""

    def __init__(self, triples: list[Triple]) -> None:
        self.ends: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
        for s, p, o in triples:
            self.ends[0].setdefault(p, set()).add(s)
            self.ends[1].setdefault(p, set()).add(o)
        self.predicates = frozenset(self.ends[0])
        self.triples = triples

    def of(self, predicates: frozenset[int], at_object: bool) -> set[int]:
        """The subjects, or the objects, of the triples with these predicates (none: any)."""
        ends = self.ends[at_object]
        found: set[int] = set()
        for p in self.predicates & predicates if predicates else self.predicates:
            found |= ends[p]
        return found


@dataclass(frozen=True, slots=True)
class Watch:
    """Facts with one of ``predicates`` (empty: any) matter to nodes that a path leads back to."""

    back: Path | None
    at_object: bool
    predicates: frozenset[int]


def watches_of(reads: Iterable[Reads], data: Data) -> list[Watch]:
    """One watch for all that is read at the end of the same path."""
    together: dict[tuple[Path | None, bool], set[int]] = {}
    for read in reads:
        predicates = together.setdefault((read.path, read.at_object), set())
        predicates.add(-1 if read.predicate is None else data.code(read.predicate))
    return [
        Watch(back(path), at_object, frozenset() if -1 in some else frozenset(some))
        for (path, at_object), some in together.items()
    ]


def back(path: Path | None) -> Path | None:
    """The path that leads back; None stays the node itself."""
    return None if path is None else invert(path)


def prepare(watches: Iterable[Watch], data: Data) -> None:
    """Sort what a walk backward needs now, not at the first edit."""
    for watch in watches:
        for part in () if watch.back is None else parts(watch.back):
            if isinstance(part, Predicate):
                _ = data.index.table(data.code(part.iri)).flipped


def led_back(watches: Iterable[Watch], edit: Edit, data: Data) -> set[int]:
    """The nodes from which a watched path leads to a fact of the edit, in the facts of now."""
    found: set[int] = set()
    for watch in watches:
        ends = edit.of(watch.predicates, watch.at_object)
        if not ends:
            continue
        if watch.back is None:
            found |= ends
        else:
            nodes = np.array(sorted(ends), np.int32)
            found.update(values_of(data.walk(watch.back, nodes)).tolist())
    return found
