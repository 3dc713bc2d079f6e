"""The index gives what a plain set of triples gives, before and after any edits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal_kg._rdf.store import edited_pairs as module
from glocal_kg._rdf.store.index import TripleIndex, flip, pack, unpack

number = st.integers(0, 6)
triple = st.tuples(number, st.integers(7, 9), number)
triples = st.sets(triple, max_size=30)


def array(rows) -> np.ndarray:
    return np.array(sorted(rows), np.int32).reshape(-1, 3)


def assert_equal(index: TripleIndex, model: set) -> None:
    assert len(index) == len(model)
    assert index.predicates() == sorted({p for _, p, _ in model})
    for p in (7, 8, 9, 10):
        for n in range(7):
            assert index.objects(n, p).tolist() == sorted(
                o for s, q, o in model if (s, q) == (n, p)
            )
            assert index.subjects(p, n).tolist() == sorted(
                s for s, q, o in model if (q, o) == (p, n)
            )
            assert list(index.each_object(n, p)) == index.objects(n, p).tolist()
            assert list(index.each_subject(p, n)) == index.subjects(p, n).tolist()
            assert index.count_objects(n, p) == len(index.objects(n, p))
            assert index.count_subjects(p, n) == len(index.subjects(p, n))
            assert index.contains(n, p, 3) == ((n, p, 3) in model)
    for n in range(7):
        found = zip(*(part.tolist() for part in index.of_subject(n)), strict=True)
        assert list(found) == sorted((p, o) for s, p, o in model if s == n)
        found = zip(*(part.tolist() for part in index.of_object(n)), strict=True)
        assert list(found) == sorted((p, s) for s, p, o in model if o == n)


def assert_columns_equal(index: TripleIndex, model: set) -> None:
    for p in (7, 8, 9, 10):
        found = list(zip(*(part.tolist() for part in index.pairs(p)), strict=True))
        assert found == sorted((s, o) for s, q, o in model if q == p)
    assert set(map(tuple, index.columns().tolist())) == model
    probe = array({(s, p, o) for s in range(7) for p in (7, 10) for o in range(7)})
    assert index.contains_many(probe).tolist() == [tuple(r) in model for r in probe.tolist()]


@settings(max_examples=60, deadline=None)
@given(triples, st.lists(st.tuples(triples, triples, st.booleans()), max_size=4))
def test_equals_a_set_through_edits(start, edits) -> None:
    index, model = TripleIndex(array(start)), set(start)
    assert_equal(index, model)
    assert_columns_equal(index, model)
    for added, removed, columns in edits:
        index.update(added, removed)
        model = (model - removed) | added
        assert_equal(index, model)
        if columns:
            assert_columns_equal(index, model)
            assert_equal(index, model)


def test_many_are_drawn_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEW", 2)
    monkeypatch.setattr(module, "_MOST_KEPT", 3)
    index = TripleIndex(array({(n, 7, o) for n in range(4) for o in range(0, 7, 2)}))
    model = set(map(tuple, index.columns().tolist()))
    for new, gone in [([(1, 7, 3)], [(1, 7, 2)]), ([(5, 7, 5)], [(0, 7, 0)]), ([], [(1, 7, 3)])]:
        assert_equal(index, model)
        index.update(new, gone)
        model = (model - set(gone)) | set(new)
        assert_equal(index, model)


def test_repeats_count_once_and_order_does_not_matter() -> None:
    rows = np.array([[3, 9, 1], [1, 9, 2], [3, 9, 1]], np.int32)
    assert TripleIndex(rows).columns().tolist() == [[1, 9, 2], [3, 9, 1]]


def test_a_copy_is_edited_alone() -> None:
    index = TripleIndex(array({(1, 9, 2)}))
    index.update(added=[(5, 9, 5)])
    twin = index.copy()
    twin.update(added=[(2, 9, 3)], removed=[(1, 9, 2)])
    twin.merge(8, np.array([1 << 32 | 1], np.int64))
    assert index.columns().tolist() == [[1, 9, 2], [5, 9, 5]]
    assert twin.columns().tolist() == [[1, 8, 1], [2, 9, 3], [5, 9, 5]]


def test_overlay_is_merged_when_it_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL", 4)
    index = TripleIndex(array({(n, 9, n) for n in range(16)}))
    index.subjects(9, 1)
    for n in range(16, 40):
        index.update(added=[(n, 9, 1)], removed=[(n - 16, 9, n - 16)])
    assert len(index.table(9).by_subject.more) + len(index.table(9).by_subject.less) <= 6
    assert index.subjects(9, 1).tolist() == list(range(16, 40))
    assert index.objects(3, 9).tolist() == []


def test_many_predicates_beyond_sixteen_bits() -> None:
    n = 70_000
    rows = np.stack([np.zeros(n), np.arange(n)[::-1], np.arange(n)], axis=1).astype(np.int32)
    index = TripleIndex(rows)
    assert len(index.predicates()) == n
    assert index.objects(0, 69_999).tolist() == [0]


def test_large_numbers_keep_their_bits() -> None:
    top = 2**31 - 1
    index = TripleIndex(np.array([[top, 1, top - 1], [0, 1, top]], np.int32))
    assert index.objects(top, 1).tolist() == [top - 1]
    assert index.subjects(1, top).tolist() == [0]
    keys = pack(np.array([top, 5]), np.array([7, top]))
    assert [part.tolist() for part in unpack(flip(keys))] == [[7, top], [top, 5]]


def test_empty() -> None:
    index = TripleIndex(np.empty((0, 3), np.int32))
    assert index.columns().shape == (0, 3)
    assert index.contains_many(np.empty((0, 3), np.int32)).shape == (0,)
    assert not index.contains(1, 2, 3)
