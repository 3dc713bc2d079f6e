"""A graph without the packaged facts says so, and what puts them in."""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._cli import run

FILE = Path(__file__).parents[1] / "questions/others/practice-database.ttl"


def test_a_bare_graph_says_so_and_the_remedy_works_on_disk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "my.glocal")
    with gk.open(folder, create=True) as kg:
        assert "kg.add(gk.load().facts)" in kg.run("map/principles").notes[0]
        with pytest.raises(gk.GlocalError, match=r"kg\.add\(gk\.load\(\)\.facts\)"):
            kg.validate()
        kg.add(gk.load().facts)
        assert len(kg.run("map/principles")) == len(gk.load().run("map/principles"))
        held = len(kg)
    # A file is laid over the folder, which stays as it is.
    assert run(["validate", str(FILE), "--graph", folder]) in (0, 1)
    assert "Looked at" in "".join(capsys.readouterr())
    with gk.open(folder, read_only=True) as kg:
        assert len(kg) == held
        with pytest.raises(gk.GlocalError, match=r"kg\.copy\(\)"):
            kg.add(FILE)


def test_a_question_that_is_rightly_empty_says_nothing_of_it() -> None:
    table = gk.load().run("assessment/ratings")
    assert not any("packaged facts" in note for note in table.notes)


def test_a_misspelt_word_among_terms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["terms", "theem"]) == 0
    assert "Did you mean glocal:theme" in capsys.readouterr().err


def test_explain_takes_a_and_knows_the_nearest() -> None:
    kg = gk.load()
    kg.infer()
    rome, kind = "actor:municipality-of-rome", "glocal:SubnationalActor"
    assert str(kg.explain(rome, "a", kind)) == str(kg.explain(rome, "rdf:type", kind))
    with pytest.raises(gk.NotFoundError, match="Did you mean glocal:concerns"):
        kg.explain(rome, "glocal:concern", kind)


def test_names_for_maps_and_languages_for_networks() -> None:
    kg = gk.load()
    assert kg.map(map="Prima mappa ideale della glocalizzazione").svg == kg.map().svg
    with pytest.raises(gk.ParameterError, match="Take one of map:butterfly-2002"):
        kg.map(map="second map")
    named = {
        tongue: {data["name"] for _, data in kg.network(language=tongue).nodes(data=True)}
        for tongue in ("en", "it")
    }
    assert "Rome" in named["en"]
    assert "Roma" in named["it"]
    with pytest.raises(gk.ArgumentError):
        kg.network(language=3)


def test_what_is_found_is_a_frame() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    kg = gk.load()
    hits, terms = kg.search("Rome"), kg.terms("theme")
    assert list(hits.to_pandas()["iri"]) == [hit.iri for hit in hits]
    assert list(terms.to_pandas()["name"]) == [one.name for one in terms]
