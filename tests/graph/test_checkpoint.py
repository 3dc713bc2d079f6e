"""The packaged checkpoint says what the sources say and what follows, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._engines.rl import Closure
from glocal_kg._engines.rl.engine import Engine
from glocal_kg._graph import checkpoint
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.index import TripleIndex
from glocal_kg._rdf.store.selection import EVERYTHING, Selection
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
    assert all(texts[0][n].startswith(b"_:g") for n in blank)
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
    instead: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    assert run(["info", "--format", "table"]) == 0
    assert "checkpoint" not in capsys.readouterr().out
    assert checkpoint.is_current()
    changed = tmp_path / "places.trig"
    held = [path for path in packaged.sources() if Path(path).name == "places.trig"]
    changed.write_text(Path(held[0]).read_text(encoding="utf-8") + "<urn:a> <urn:b> <urn:c> .\n")
    sources = [str(changed) if path in held else path for path in packaged.sources()]
    monkeypatch.setattr(packaged, "sources", lambda: sources)
    assert not checkpoint.is_current()
    assert gk.load().ask("ASK { <urn:a> <urn:b> <urn:c> }")
    assert run(["info", "--format", "table"]) == 0
    assert "made of others" in capsys.readouterr().out


def test_changed_rules_are_asked_and_not_what_they_gave_before(
    instead: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(packaged, "rules", lambda: [])
    assert not checkpoint.is_current()
    assert not gk.load()._contents.fresh()


@pytest.mark.parametrize("name", ["facts-1.pairs", "terms-1-0.order", "manifest.json"])
@pytest.mark.parametrize("content", [None, b"cut"])
def test_a_damaged_checkpoint_does_no_harm(
    instead: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None
):
    root, damaged = packaged.place(""), tmp_path / "damaged"
    shutil.copytree(instead, damaged)
    (damaged / name).unlink()
    if content is not None:
        (damaged / name).write_bytes(content)
    monkeypatch.setattr(packaged, "place", lambda name: str(damaged) if name else root)
    kg = gk.load()
    assert kg.ask("ASK { glocal:City rdfs:subClassOf glocal:Place }")
    assert kg.inference is not None  # worked out, as nothing was at hand


@pytest.mark.parametrize("interpreted", [False, True])
def test_an_addition_is_followed_by_the_change_alone(
    instead: Path, interpreted: bool, monkeypatch: pytest.MonkeyPatch
):
    kg = gk.load()
    whole = closed_anew(kg, interpreted)
    runs = counted(monkeypatch)
    city = f"<urn:suva> a <{gk.GLOCAL.City.value}> ."
    kg.add(gk.Text(city, "turtle"))
    asked = "ASK { <urn:suva> a glocal:Place }"
    assert kg.ask(asked, interpreted=interpreted)
    assert not kg.ask(asked, interpreted=interpreted, inferred=False)
    kg.remove(list(kg.facts.quads_for_pattern(None, gk.GLOCAL.theme))[::3])
    again = kg.infer(interpreted=interpreted)
    assert runs == []
    monkeypatch.undo()
    assert np.array_equal(again.closure.inferred, closed_anew(kg, interpreted).inferred)
    assert len(again.closure.inferred) != len(whole.inferred)


def closed_anew(kg: gk.KnowledgeGraph, interpreted: bool) -> Closure:
    facts = kg._contents.facts(interpreted=interpreted)
    return Closure(facts.terms, TripleIndex.of(facts.pairs()))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs of the engine from now on."""
    runs: list[str] = []
    run = Engine.run
    monkeypatch.setattr(Engine, "run", lambda self: (runs.append("run"), run(self)))
    return runs


def test_a_closure_that_goes_on_is_the_same_as_a_new_one(instead: Path):
    kg = gk.load()
    for interpreted in (False, True):
        resumed = kg.infer(interpreted=interpreted).closure
        anew = closed_anew(kg, interpreted)
        assert np.array_equal(resumed.index.columns(), anew.index.columns())
        assert list(map(str, resumed.clashes)) == list(map(str, anew.clashes))
        assert resumed.problems == anew.problems
        rows = anew.asserted.columns()[::997].tolist()
        for fact in map(tuple, rows):
            assert resumed.update(removed=[fact]) == anew.update(removed=[fact])
            assert resumed.update(added=[fact]) == anew.update(added=[fact])


def test_a_graph_on_disk_is_followed_by_the_change_alone_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    text = (
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "<urn:City> rdfs:subClassOf <urn:Place> . <urn:rome> a <urn:City> ."
    )
    with gk.open(tmp_path / "my.glocal", create=True) as kg:
        kg.add(gk.Text(text, "turtle"))
        assert kg.ask("ASK { <urn:rome> a <urn:Place> }")
    runs = counted(monkeypatch)
    with gk.open(tmp_path / "my.glocal") as kg:
        kg.add(gk.Text("<urn:suva> a <urn:City> .", "turtle"))
        assert kg.ask("ASK { <urn:suva> a <urn:Place> }")
        kg.infer("owlrl")
        assert kg.infer("fast") is not None
    assert runs == ["run"]  # after owlrl: what was there at first has been replaced
    with gk.open(tmp_path / "my.glocal") as kg:
        kg.infer("owlrl")
    runs.clear()
    with gk.open(tmp_path / "my.glocal") as kg:  # of owlrl's closure ours knows too little
        kg.add(gk.Text("<urn:apia> a <urn:City> .", "turtle"))
        assert kg.ask("ASK { <urn:apia> a <urn:Place> }")
    assert runs == ["run"]
