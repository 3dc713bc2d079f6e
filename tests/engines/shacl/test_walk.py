"""Walking a path from many nodes, from few, and from one after another: the same values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl import walk as module
from glocal_kg._engines.shacl.paths import (
    AlternativePath,
    InversePath,
    Path,
    Predicate,
    RepeatedPath,
    SequencePath,
)
from glocal_kg._engines.shacl.walk import follow, reacher, rows_of, values_of, walk
from glocal_kg._rdf.store.index import TripleIndex

CODES = {NamedNode("https://example.org/p"): 8, NamedNode("https://example.org/q"): 9}
node = st.integers(0, 7)
facts = st.sets(st.tuples(node, st.sampled_from([8, 9]), node), max_size=24)
paths: st.SearchStrategy[Path] = st.recursive(
    st.sampled_from([Predicate(iri) for iri in CODES]),
    lambda inner: st.one_of(
        inner.map(InversePath),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: SequencePath(tuple(some))),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: AlternativePath(tuple(some))),
        st.builds(RepeatedPath, inner, zero=st.booleans()),
        st.builds(RepeatedPath, inner, zero=st.just(True), once=st.just(True)),
    ),
    max_leaves=5,
)


def index_of(rows: set[tuple[int, int, int]]) -> TripleIndex:
    return TripleIndex(np.array(sorted(rows), np.int32).reshape(-1, 3))


@settings(max_examples=150, deadline=None)
@given(facts, paths, st.sets(node, min_size=1))
def test_all_at_once_as_one_after_another(
    rows: set[tuple[int, int, int]], path: Path, nodes: set[int]
) -> None:
    index, start = index_of(rows), np.array(sorted(nodes), np.int32)
    keys = walk(index, CODES.__getitem__, path, start, 10)
    found = list(zip(start[rows_of(keys)].tolist(), values_of(keys).tolist(), strict=True))
    reach = reacher(index, CODES.__getitem__, path)
    one_by_one = {n: reach({n}) for n in sorted(nodes)}
    assert found == [(n, value) for n in one_by_one for value in sorted(one_by_one[n])]
    assert reach(nodes) == set().union(*one_by_one.values())


@pytest.mark.parametrize(("few", "dense"), [(48, 16), (0, 16), (0, 0)])
@pytest.mark.parametrize("backward", [False, True])
def test_a_step_is_the_same_however_it_is_looked_up(
    monkeypatch: pytest.MonkeyPatch, few: int, dense: int, backward: bool
) -> None:
    for name, number in (("_FEW", few), ("_DENSE", dense)):
        monkeypatch.setattr(module, name, number)
    index = index_of({(0, 8, 1), (0, 8, 2), (2, 8, 1), (3, 8, 3), (4, 9, 1)})
    index.update(added=[(0, 8, 3), (1, 8, 0)], removed=[(0, 8, 1)])
    keys = follow(index, 8, np.array([0, 1, 3], np.int32), backward)
    expected = [(0, 1), (1, 2), (2, 0), (2, 3)] if backward else [(0, 2), (0, 3), (1, 0), (2, 3)]
    found = zip(rows_of(keys).tolist(), values_of(keys).tolist(), strict=True)
    assert list(found) == expected


@pytest.mark.parametrize("backward", [False, True])
def test_nodes_that_stand_together_are_not_searched_for(
    monkeypatch: pytest.MonkeyPatch, backward: bool
) -> None:
    """Wherever among all terms they stand, and however many pairs others have."""
    first = 10**9
    rows = {(node, 8, node + 1) for node in (*range(1000), *range(first, first + 1000))}
    monkeypatch.setattr(module, "spread", None)
    nodes = np.arange(first + 100, first + 200, 2, dtype=np.int32)
    keys = follow(index_of(rows), 8, nodes, backward)
    assert rows_of(keys).tolist() == list(range(len(nodes)))
    assert values_of(keys).tolist() == (nodes + (-1 if backward else 1)).tolist()
