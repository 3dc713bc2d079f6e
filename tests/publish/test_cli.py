"""The verbs publish and compare: the same as the library, with exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from glocal_kg._cli import run
from glocal_kg._publish import Release, verify
from tests.publish.samples import SAMPLE, edited, publish

BASE = ["--base-url", "https://example.org/sample/release/1.0.0/"]


def test_a_release_is_verified(
    release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dist"
    shutil.copytree(release.folder, folder)
    for name in ("all.nq", "inferred.nq", "queries.ttl", "tables/datapackage.json"):
        assert (folder / name).is_file(), name
    assert run(["publish", "--verify", str(folder)]) == 0
    assert "nothing wrong" in capsys.readouterr().out
    (folder / "all.nt").write_text("")
    assert run(["publish", "--verify", str(folder)]) == 1
    assert "all.nt: checksum: " in capsys.readouterr().out


def test_files_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text('<https://example.org/mine/a> <https://example.org/mine/p> "1.50" .')
    folder = tmp_path / "dist"
    words = [
        "publish", str(folder), str(data), "--version", "1.0.0", "--date", "2026-01-31",
        "--title", "Mine", "--publisher", "Me", "--compress", "none",
        "--base-url", "https://example.org/mine/release/1.0.0/",
        "--license", "https://creativecommons.org/publicdomain/zero/1.0/",
    ]  # fmt: skip
    assert run(words) == 0
    assert '"1.50"' in (folder / "all.nt").read_text()
    assert not list(folder.glob("*.gz"))
    card = json.loads((folder / "schema.jsonld").read_text())
    assert (card["name"], card["creator"][0]["name"]) == ("Mine", "Me")
    assert card["@id"] == "https://example.org/mine/release/1.0.0/void.ttl#dataset-1.0.0"
    assert run(words) == 2
    assert "--replace" in capsys.readouterr().err
    assert run([*words, "--replace"]) == 0
    words[words.index("1.0.0")] = "1.0.1"
    capsys.readouterr()
    assert run([*words, "--replace", "--previous", str(folder)]) == 0
    assert f"Since {folder}: nothing changed." in capsys.readouterr().out


PRACTICES = """
@prefix ex: <https://example.org/choirs/> . @prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix place: <https://w3id.org/glocal/id/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:themes a skos:ConceptScheme ; skos:prefLabel "My themes"@en .
ex:song a skos:Concept ; skos:inScheme ex:themes ; skos:prefLabel "song"@en .
ex:choirs a glocal:Practice ; rdfs:label "choirs"@en ; glocal:theme ex:song .
place:a rdfs:label "A" . place:b rdfs:label "B" . place:c rdfs:label "C" . place:d rdfs:label "D" .
"""


def test_own_data_take_the_title_of_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, folder = tmp_path / "mine.ttl", tmp_path / "dist"
    data.write_text(PRACTICES)
    words = [
        "publish", str(folder), str(data), "--version", "1.0.0", "--date", "2026-01-31",
        "--publisher", "Me", "--compress", "none", "--license",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ]  # fmt: skip
    assert run(words) == 2  # neither ours, nor that of a scheme among the data
    assert "does not say its title, address (base)" in capsys.readouterr().err
    base = "https://example.org/choirs/1.0.0/"
    assert run([*words, "--title", "Choirs", "--base-url", base]) == 0
    assert f"not validated. What is wrong: glocal validate {data}" in capsys.readouterr().err
    citation = (folder / "CITATION.cff").read_text()
    assert 'title: "Choirs"' in citation
    assert f'url: "{base}"' in citation
    assert f"About it: <{base}>" in (folder / "README.md").read_text()


def test_names_are_written_with_the_prefixes_of_the_files(tmp_path: Path) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text(
        "@prefix : <https://example.org/mine#> . @prefix mint: <https://example.org/mint/> .\n"
        "@prefix place: <https://example.org/place/> .\n"
        ":a :p mint:b , place:c ; :list ( 1 [ :q true ] ) ."
    )
    words = [
        "publish", str(tmp_path / "dist"), str(data), "--version", "1", "--date", "2026-01-31",
        "--title", "Mine", "--publisher", "Me", "--base-url", "https://example.org/mine/1/",
        "--license", "https://creativecommons.org/publicdomain/zero/1.0/",
    ]  # fmt: skip
    assert run(words) == 0
    text = (tmp_path / "dist/all.ttl").read_text()
    assert "@prefix mine: <https://example.org/mine#> ." in text
    assert "@prefix place: <https://example.org/place/> ." in text
    assert "mine:list ( 1 [ mine:q true ] )" in text
    assert "mine:p mint:b , place:c" in text


def test_the_address_that_is_none_is_that_of_the_option_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text(PRACTICES)
    words = ["publish", str(tmp_path / "dist"), str(data), "--version", "1.0.0", "--date",
             "2026-01-31", "--title", "T", "--publisher", "P", "--license",
             "https://creativecommons.org/licenses/by/4.0/", "--base-url"]  # fmt: skip
    assert run([*words, "my.example"]) == 2
    assert "--base-url is 'my.example/'" in capsys.readouterr().err


def test_a_release_of_practices_has_all_that_a_catalog_asks_for(tmp_path: Path) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text(PRACTICES)
    folder = tmp_path / "dist"
    words = ["publish", str(folder), str(data), "--version", "1.0.0", "--date", "2026-01-31",
             "--title", "T", "--publisher", "P", "--license",
             "https://creativecommons.org/licenses/by/4.0/", "--base-url",
             "https://example.org/choirs/1/", "--compress", "none", "--themes", "soci, REGI",
             "--spatial", "https://sws.geonames.org/3175395/"]  # fmt: skip
    assert run(words) == 0
    said = (folder / "void.ttl").read_text()
    assert "void:exampleResource ex:choirs" in said
    assert "data-theme/REGI>" in said
    assert "dcterms:spatial <https://sws.geonames.org/3175395/>" in said
    assert verify(folder) == []


def test_files_can_be_inferred_from(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    assert run(["publish", str(folder), str(SAMPLE), "--infer", *BASE]) == 0
    assert (folder / "inferred.nq").is_file()
    assert verify(folder) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["dist", "x.ttl", "--data", "y.ttl"], "Give one of both"),
        (["--verify", "a", "b"], "takes one folder"),
        (["--verify", "nowhere"], "no folder"),
        (["dist", "nowhere.ttl"], "nowhere.ttl"),
        (["dist", str(SAMPLE), "--previous", "nowhere"], "no release at"),
        (["no/where", str(SAMPLE)], "does not exist"),
        (["dist", str(SAMPLE), "--version", "abc"], "'abc', which is neither numbers"),
        (["dist", str(SAMPLE), "--version", "1.0.0-a b"], "nor a date"),
        (["dist", str(SAMPLE), "--date", "tomorrow"], "year-month-day"),
        (["dist", str(SAMPLE), "--date", "20260131"], "year-month-day"),
        (["dist", str(SAMPLE), "--license", "CC-BY"], "--license is CC-BY, and the graph itself"),
        (["dist", str(SAMPLE), "--base-url", ""], "--base-url needs a value"),
        (["dist", str(SAMPLE), "--homepage", "my page"], "--homepage"),
        (["dist", str(SAMPLE), "--base-url", "here"], "--base-url"),
        (["dist", str(SAMPLE), "--endpoint", "here"], "--endpoint"),
        (["dist", str(SAMPLE), "--themes", "SOCI,FOO"], "'FOO' is no data theme"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if "--base-url" not in words and "--verify" not in words:
        words = [*words, *BASE]
    assert run(["publish", *words]) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_zstd_copies(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
    folder = tmp_path / "dist"
    assert run(["publish", str(folder), str(SAMPLE), "--compress", "zstd", *BASE]) == 0
    with zstandard.open(folder / "all.nq.zst", "rb") as file:
        assert file.read() == (folder / "all.nq").read_bytes()
    assert verify(folder) == []


def test_comparing(release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = publish(edited((":founded", ":since")), tmp_path / "dist").folder
    assert run(["compare", str(release.folder), str(release.folder), "-f", "text"]) == 0
    assert capsys.readouterr().out == "No difference.\n"
    assert run(["compare", str(release.folder), str(other), "-f", "text"]) == 1
    assert "Terms: 1 renamed" in capsys.readouterr().out
    assert run(["compare", str(release.folder), str(other)]) == 1
    assert capsys.readouterr().out.startswith("scope,what,iri,other,sign,")
    assert run(["compare", str(SAMPLE), str(tmp_path / "nowhere")]) == 2


def test_nothing_is_told_where_nobody_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["publish", str(tmp_path / "dist"), str(SAMPLE), *BASE]) == 0
    assert capsys.readouterr().err == ""
