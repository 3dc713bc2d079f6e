"""The packaged checkpoint says what the sources say and what follows, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import glocal_kg as gk
from glocal_kg._graph import checkpoint
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.moment import EVERYTHING, Selection
from glocal_kg._rdf.store.store import Store
from glocal_kg._study import packaged


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "checkpoint"
    checkpoint.make(str(folder))
    return folder


@pytest.fixture
def instead(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = packaged.place("")
    monkeypatch.setattr(packaged, "place", lambda name: str(made) if name else root)
    return made


def begun(folder: Path) -> Store:
    from glocal_kg._rdf.store.mapped import begin

    store = Store()
    begin(store, folder)
    return store


def test_it_equals_reading_and_inferring(made: Path):
    kg = gk.KnowledgeGraph()
    checkpoint.read(kg._contents.store)
    kg.infer(), kg.infer(interpreted=True)
    read, opened = kg._contents.store.moment, begun(made).moment
    for layer in EVERYTHING.layers:
        assert opened.fresh(layer) == layer.startswith("inferred")
        mine, theirs = (Facts(moment, Selection((layer,))).columns() for moment in (opened, read))
        assert len(mine) > 0
        assert np.array_equal(mine, theirs), layer
    texts = [[m.dictionary.text(n) for n in range(m.term_count)] for m in (opened, read)]
    blank = [n for n, text in enumerate(texts[0]) if text.startswith(b"_:")]
    assert {texts[0][n] == texts[1][n] for n in blank} == {False}
    assert len({texts[0][n] for n in blank}) == len(blank) > 100
    rest = set(range(len(texts[0]))) - set(blank)
    assert [texts[0][n] for n in sorted(rest)] == [texts[1][n] for n in sorted(rest)]


def test_made_again_it_has_the_same_bytes(made: Path, tmp_path: Path):
    code = f"from glocal_kg._graph.checkpoint import make; make({str(tmp_path / 'twice')!r})"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    first, second = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (made, tmp_path / "twice")
    )
    assert first == second
    assert sum(map(len, first.values())) < 3_000_000


def test_a_graph_begins_with_it_and_leaves_it_as_it_is(instead: Path):
    before = {path.name: path.read_bytes() for path in instead.iterdir()}
    with gk.load() as kg:
        assert kg._contents.fresh()
        assert kg.inference is None
        facts = len(kg)
        kg.add(gk.Text(f"<urn:rome> a <{gk.GLOCAL.City.value}> .", "turtle"))
        assert len(kg) == facts + 1
        assert kg.ask("ASK { <urn:rome> a glocal:Place }")
    assert {path.name: path.read_bytes() for path in instead.iterdir()} == before
    assert len(gk.load()) == facts


def test_a_changed_source_is_read_and_not_what_was_made_of_it(
    instead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert checkpoint.is_current(str(instead))
    changed = tmp_path / "places.trig"
    held = [path for path in packaged.sources() if Path(path).name == "places.trig"]
    changed.write_text(Path(held[0]).read_text(encoding="utf-8") + "<urn:a> <urn:b> <urn:c> .\n")
    sources = [str(changed) if path in held else path for path in packaged.sources()]
    monkeypatch.setattr(packaged, "sources", lambda: sources)
    assert not checkpoint.is_current(str(instead))
    assert gk.load().ask("ASK { <urn:a> <urn:b> <urn:c> }")


def test_changed_rules_are_asked_and_not_what_they_gave_before(
    instead: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(packaged, "rules", lambda: [])
    assert not checkpoint.is_current(str(instead))
    assert not gk.load()._contents.fresh()
