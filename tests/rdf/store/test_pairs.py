"""Packed pairs: sorted in steps that Ctrl-C can end."""

from random import Random

import numpy as np
import pytest

from glocal_kg._rdf.store import pairs


@pytest.mark.parametrize("rows", [0, 1, 15, 16, 17, 1000])
def test_many_are_sorted_by_halves(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_TOGETHER", 16)
    random = Random(rows)
    keys = np.array([random.randrange(50) << 32 | random.randrange(50) for _ in range(rows)])
    wanted = sorted(keys.tolist())
    pairs.sort(keys)
    assert keys.tolist() == wanted


def test_no_step_has_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_TOGETHER", 16)
    steps: list[int] = []
    sort = pairs.sort
    monkeypatch.setattr(pairs, "sort", lambda keys: (steps.append(len(keys)), sort(keys)))
    pairs.flipped(np.arange(1000))
    assert min(steps) <= 16
    assert len(steps) > 60
