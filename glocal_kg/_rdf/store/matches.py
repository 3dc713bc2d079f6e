"""What stands beside the known ends of facts, as columns."""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.store.fact_table import FactTable, Layer
from glocal_kg._rdf.store.pairs import Numbers, merged, once, unpack
from glocal_kg._rdf.store.relation import Relation
from glocal_kg._rdf.store.sorted_rows import repeated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

NO_COLUMN: Numbers = np.empty(0, np.int32)


def other_ends(sources: list[Layer | FactTable], s: int | None, p: int, o: int | None) -> Numbers:
    """The objects of a subject, or the subjects of an object, each once."""
    if len(sources) == 1 and (s is None or o is None):
        relation = sources[0].relation(p)
        others = relation.of(s)[0] if s is not None else relation.toward(o).of(o)[0]  # type: ignore[arg-type]  # one of the two is given
        return others if len(others) < 2 or relation.single else once(others)
    found = NO_COLUMN
    for source in sources:
        relation = source.relation(p)
        if s is None:
            others = relation.toward(o).of(o)[0]  # type: ignore[arg-type]  # one of the two is given
        elif o is None:
            others = relation.of(s)[0]
        else:
            others = np.full(relation.times(s, o), o, np.int32)
        if len(others):
            others = others if relation.single else once(others)
            found = once(merged(found, others)) if len(found) else others
    return found


def few_of_all(
    relations: list[Relation], key: int, side: Literal["s", "o"] = "s"
) -> list[int] | None:
    """What stands beside a subject (or object) in some relations, each once; None where it is many
    in one."""
    found: list[int] = []
    for relation in relations:
        part = (relation if side == "s" else relation.toward(key)).few_of(key)
        if part is None:
            return None
        found = sorted({*found, *part}) if found and part else found or part
    return found


def how_many(
    sources: list[Layer | FactTable], p: int, side: Literal["s", "o"], key: int
) -> int | None:
    """How many :func:`other_ends` gives; None where it is as quick to make them."""
    relations = [source.relation(p) for source in sources]
    sides = [one if side == "s" else one.toward(key) for one in relations if len(one)]
    if not sides:
        return None
    largest = max(sides, key=lambda one: one.count(key))
    found, beside = largest.different(key), set[int]()
    for one in sides:
        few = one.few_of(key) if one is not largest else ()
        if few is None:
            return None
        beside.update(few)
    if found is None:
        return None
    return found + sum(not largest.has_pair(key, other) for other in beside)


def within(layer: Layer, graphs: tuple[int, ...] | None) -> Sequence[Layer | FactTable]:
    """A layer as one, or only some of its graphs."""
    if graphs is None:
        return (layer,)
    return [layer.graphs[graph] for graph in graphs if graph in layer.graphs]


def ends_and_graphs(
    relation: Relation, s: int | None, o: int | None
) -> tuple[Numbers | None, Numbers | None, Numbers]:
    """What is not known of the rows of a relation with a subject, an object, both or neither."""
    if s is not None and o is not None:
        return None, None, relation.graphs_of(s, o)
    if s is not None:
        return None, *relation.of(s)
    if o is not None:
        subjects, graphs = relation.toward(o).of(o)
        return subjects, None, graphs
    keys, graphs = relation.rows
    return *unpack(keys), graphs


def filled(number: int, length: int) -> Numbers:
    """A column with one number: short ones are quicker in full."""
    return np.full(length, number, np.int32) if length < 1000 else repeated(number, length)


def end_to_end(parts: list[Numbers]) -> Numbers:
    """Columns as one."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.int32)
