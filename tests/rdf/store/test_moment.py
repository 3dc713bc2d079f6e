"""Moments against plain sets: every edit, every pattern, every selection."""

from __future__ import annotations

import random

import numpy as np
import pytest
from pyoxigraph import NamedNode

from glocal_kg._rdf.store import nearby, relation, rows_of_number
from glocal_kg._rdf.store.fact_table import Layer
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.pairs import pack
from glocal_kg._rdf.store.selection import ASSERTED, EVERYTHING, INFERRED, INTERPRETED, Selection
from glocal_kg._rdf.store.store import Store

Quad = tuple[int, int, int, int]


def columns(quads: set[Quad]) -> np.ndarray:
    return np.array(sorted(quads), np.int32).reshape(-1, 4)


def rows(found: tuple[np.ndarray, ...]) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in found), strict=True))


def matches(quad: Quad, pattern: tuple[int | None, ...]) -> bool:
    return all(want in (None, part) for want, part in zip(pattern, quad, strict=False))


class World:
    """A store of a few terms, and the same quads as a set."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.store = Store(layer_of=lambda g: INTERPRETED if str(g).endswith("g1>") else ASSERTED)
        add = self.store.dictionary.add
        self.nodes = [add(NamedNode(f"urn:{n}")) for n in range(12)]
        self.graphs = [add(NamedNode(f"urn:g{n}")) for n in range(3)]
        self.quads: set[Quad] = set()

    def quad(self) -> Quad:
        pick = self.chance.choice
        return pick(self.nodes), pick(self.nodes[:3]), pick(self.nodes), pick(self.graphs)

    def edit(self) -> None:
        chance = self.chance
        added = {self.quad() for _ in range(chance.choice([0, 1, 5, 30]))}
        known = sorted(self.quads)
        removed = {
            chance.choice(known) if known and chance.random() < 0.8 else self.quad()
            for _ in range(chance.choice([0, 1, 5, 20]))
        }
        change = self.store.edit(columns(added), columns(removed))
        after = (self.quads - removed) | added
        assert change.count_added == len(after - self.quads)
        assert change.count_removed == len(self.quads - after)
        self.quads = after

    def selections(self) -> list[tuple[Selection, set[Quad]]]:
        some = (self.graphs[0], self.graphs[1])
        apart = self.graphs[1]
        return [
            (Selection(), {quad for quad in self.quads if quad[3] != apart}),
            (EVERYTHING, self.quads),
            (Selection(EVERYTHING.layers, some), {q for q in self.quads if q[3] in some}),
        ]


@pytest.fixture(autouse=True)
def small_differences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation, "LEAST", 8)
    monkeypatch.setattr(relation, "MOST", 40)
    monkeypatch.setattr(relation, "SHORT", 4)
    monkeypatch.setattr(nearby, "_SHORT", 4)


@pytest.mark.parametrize("seed", range(10))
def test_patterns_find_what_a_set_has(seed: int) -> None:
    world = World(seed)
    pick = world.chance.choice
    for _ in range(40):
        world.edit()
        moment = world.store.moment
        for selection, seen in world.selections():
            for _ in range(5):
                s, p, o = (
                    pick([None, pick(n)]) for n in (world.nodes, world.nodes[:3], world.nodes)
                )
                fits = {
                    quad
                    for quad in seen
                    if all(
                        want in (None, have) for want, have in zip((s, p, o), quad, strict=False)
                    )
                }
                triples = {quad[:3] for quad in fits}
                assert sorted(rows(moment.scan(s, p, o, selection))) == sorted(triples)
                assert sorted(rows(moment.scan_quads(s, p, o, selection))) == sorted(fits)
                assert moment.count(s, p, o, selection) >= len(triples)
                if None not in (s, p, o):
                    assert moment.has(s, p, o, selection) == bool(fits)
            for node in world.nodes:
                assert moment.holds(node, selection) == any(quad[0] == node for quad in seen)
                met = any(node in (quad[0], quad[2]) for quad in seen)
                assert moment.meets(node, selection) == met


@pytest.mark.parametrize("seed", range(10))
def test_few_matches_are_plain_numbers_and_many_are_none(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_of_number, "FEW", 3)
    world = World(seed)
    pick, counted = world.chance.choice, 0
    for _ in range(40):
        world.edit()
        moment = world.store.moment
        for selection, seen in world.selections():
            p, key = pick(world.nodes[:3]), pick(world.nodes)
            for side, near, far in (("s", 0, 2), ("o", 2, 0)):
                fits = [quad for quad in seen if quad[1] == p and quad[near] == key]
                found = moment.finder(p, side, selection)(key)
                assert sorted({quad[far] for quad in fits}) == found or (
                    found is None and len(fits) > 3
                )
                many = moment.how_many(p, side, key, selection)
                assert many is None or many == len({quad[far] for quad in fits})
                counted += many is not None
                beside = sorted((quad[1], quad[far], quad[3]) for quad in seen if quad[near] == key)
                few = moment.few_beside(side, key, selection)
                assert few is None or sorted(few) == beside
                about = {(quad[1], quad[far]) for quad in seen if quad[near] == key}
                around = moment.around(key, side, selection)
                assert around is None or sorted(zip(*around, strict=True)) == sorted(about)
    assert counted


@pytest.mark.parametrize("seed", range(10))
def test_probes_join_each_key_with_its_matches(seed: int) -> None:
    world = World(seed)
    pick = world.chance.choice
    for _ in range(40):
        world.edit()
        for selection, seen in world.selections():
            for side, at, to in (("s", 0, 2), ("o", 2, 0)):
                keys, p = [pick(world.nodes) for _ in range(5)], pick(world.nodes[:3])
                wanted = {
                    (place, quad[to])
                    for place, key in enumerate(keys)
                    for quad in seen
                    if quad[1] == p and quad[at] == key
                }
                array = np.array(keys, np.int32)
                found = rows(world.store.moment.probe(p, side, array, selection))
                assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("seed", range(10))
def test_all_facts_beside_some_nodes_are_found(seed: int) -> None:
    world = World(seed)
    pick = world.chance.choice
    for _ in range(40):
        world.edit()
        for selection, seen in world.selections():
            for side, at, to in (("s", 0, 2), ("o", 2, 0)):
                keys = [pick(world.nodes) for _ in range(pick([4, 20]))]
                p = pick([None, *world.nodes[:3]])
                wanted = [
                    (place, quad[1], quad[to], quad[3])
                    for place, key in enumerate(keys)
                    for quad in seen
                    if p in (None, quad[1]) and quad[at] == key
                ]
                array = np.array(keys, np.int32)
                found = rows(world.store.moment.beside(side, array, p, selection))
                assert sorted(found) == sorted(wanted)


def test_facts_of_a_node_are_found_without_looking_at_every_predicate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nearby, "_SHORT", 1 << 16)
    store = Store()
    add = store.dictionary.add
    node, graph, *predicates = (add(NamedNode(f"urn:{n}")) for n in range(502))
    others = [add(NamedNode(f"urn:other{n}")) for n in range(500)]
    facts = {(other, p, p, graph) for other, p in zip(others, predicates, strict=True)}
    facts |= {(node, p, node, graph) for p in predicates[:2]}
    store.edit(columns(facts))
    looked: list[int] = []
    relation_of = Layer.relation
    monkeypatch.setattr(Layer, "relation", lambda self, p: looked.append(p) or relation_of(self, p))
    patterns = ((node, None, None), (None, None, node))
    for pattern in (*patterns, *patterns):
        del looked[:]
        assert len(store.moment.scan(*pattern, Selection())[0]) == 2
    assert sorted(looked) == sorted(predicates[:2])


def test_rows_are_sorted_by_object_when_a_few_objects_were_looked_for() -> None:
    subjects = np.arange(40, dtype=np.int32)
    one = relation.relation_of(pack(subjects, subjects % 8), 99)
    for other in range(relation.LOOKS):
        for _ in range(2):  # the same again is no other look
            found, graphs = one.toward(other).of(other)
            assert found.tolist() == list(range(other, 40, 8))
            assert set(graphs.tolist()) == {99}
        assert one._flipped is None
    assert one.toward(7).of(7)[0].tolist() == list(range(7, 40, 8))
    assert one._flipped is not None


@pytest.mark.parametrize("seed", range(10))
def test_a_moment_stays_what_it_was(seed: int) -> None:
    world = World(seed)
    kept: list[tuple[Moment, set[Quad], int]] = []
    for _ in range(60):
        world.edit()
        kept.append((world.store.moment, world.quads, world.store.moment.version))
    for moment, quads, version in kept:
        every = (None, None, None, EVERYTHING)
        assert sorted(rows(moment.scan_quads(*every))) == sorted(quads)
        added, removed = world.store.moment.changes_since(version)
        assert set(map(tuple, added.tolist())) == world.quads - quads
        assert set(map(tuple, removed.tolist())) == quads - world.quads


def test_what_is_inferred_is_a_layer_of_its_own() -> None:
    world = World(0)
    s, p, o, g = world.quad()
    world.store.edit(added=columns({(s, p, o, g)}))
    version = world.store.moment.version
    more = next(node for node in world.nodes if node != o)
    world.store.put(INFERRED, world.graphs[2], {p: pack(np.array([s]), np.array([more]))})
    moment = world.store.moment
    assert moment.version == version
    assert rows(moment.scan(s, p, None, Selection())) in ([(s, p, o)], [])
    both = Selection((ASSERTED, INTERPRETED, INFERRED))
    assert sorted(rows(moment.scan(s, p, None, both))) == sorted([(s, p, o), (s, p, more)])
    world.store.follow(INFERRED, world.graphs[2], [(more, p, s)], [(s, p, more)])
    assert rows(world.store.moment.scan(None, None, None, Selection((INFERRED,)))) == [(more, p, s)]


def test_so_many_changes_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    a, p, g = (store.dictionary.add(NamedNode(f"urn:{name}")) for name in "apg")
    row = np.array([[a, p, a, g]], np.int32)
    for most, kept in ((1000, 6), (3, 4)):
        monkeypatch.setattr("glocal_kg._rdf.store.store.KEPT", 5)
        monkeypatch.setattr("glocal_kg._rdf.store.store.MOST", most)
        for _ in range(10):
            store.edit(added=row)
            store.edit(removed=row)
        moment = store.moment
        assert len(moment.journal) == kept  # one row each, and the last
        assert moment.changes_since(moment.version - kept) is not None
        assert moment.changes_since(moment.version - kept - 1) is None
        assert len(moment.changes_since(moment.version + 5) or ()) == 2


def test_a_large_change_is_not_remembered_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glocal_kg._rdf.store.store.KEPT", 10)
    world = World(0)
    start = world.store.moment.version
    world.store.edit(added=columns({world.quad() for _ in range(40)}))
    assert world.store.moment.changes_since(start) is None
    version = world.store.moment.version
    world.store.edit(removed=columns({world.quad()}))
    assert world.store.moment.changes_since(version) is not None
