"""What is told of a folder that is closed, damaged, or opened in a way that cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._rdf.store import disk as module
from glocal_kg._rdf.store.checking import check_folder
from tests.cli.calling import glocal

FACT = gk.Text("<urn:a> a <urn:B> .", "turtle")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my.glocal"
    with gk.open(folder, create=True) as kg:
        kg.add(FACT)
    return folder


def test_to_make_a_graph_and_only_to_read_it_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(gk.GlocalError, match="exclude each other"):
        gk.open(tmp_path / "new.glocal", create=True, read_only=True)
    assert not (tmp_path / "new.glocal").exists()


def test_a_closed_graph_says_so(folder: Path) -> None:
    with gk.open(folder) as kg:
        pass
    with pytest.raises(gk.GlocalError, match=r"is closed.*Open its folder again"):
        kg.add(FACT)
    with pytest.raises(gk.GlocalError, match="Open it without read_only"):
        gk.open(folder, read_only=True).add(FACT)


def test_damage_is_told_in_words_with_a_remedy(folder: Path) -> None:
    pairs = next(folder.glob("facts-*.pairs"))
    data = pairs.read_bytes()
    pairs.write_bytes(data[:-8])
    check = glocal("check", folder)
    assert check.returncode == 1
    assert f"It has {len(data) - 8} bytes, and {len(data)} were written." in check.stdout
    assert "take the folder from a backup" in check.stdout
    pairs.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert "Its bytes are not those that were written." in glocal("check", folder).stdout


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def lost(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def emptied(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"")


def cut(folder: Path) -> None:
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes()[:40])


def of_tomorrow(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": "glocal store", "version": 99}')


def half(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": "glocal store", "version": 1}')


def of_others(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"name": "a web application"}')


def a_folder(folder: Path) -> None:
    lost(folder)
    (folder / "manifest.json").mkdir()


def without_facts(folder: Path) -> None:
    lost(folder)
    for path in folder.glob("facts-*"):
        path.unlink()


DAMAGE = {
    lost: r"my\.glocal holds files of a graph \(facts-2\.index, .* bytes\), and manifest\.json,"
    " which says what they are, is missing",
    emptied: "is empty",
    cut: "is no JSON",
    of_tomorrow: "has format 99; this version of glocal-kg knows 1. Update",
    half: "lacks generation, changes",
    of_others: "is of no graph of this library",
    a_folder: "cannot be read: Is a directory",
    without_facts: "holds files of a graph",
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("create", [False, True])
def test_a_damaged_graph_is_never_begun_anew(
    folder: Path, damage: Callable[[Path], None], create: bool
) -> None:
    damage(folder)
    before = files(folder)
    with pytest.raises(gk.GlocalError, match=DAMAGE[damage]) as told:
        gk.open(folder, create=create)
    assert damage in (of_tomorrow, of_others) or f"glocal check {folder}" in str(told.value)
    assert {**before, "lock": b""} == {**files(folder), "lock": b""}
    assert glocal("query", "ASK {}", "--graph", folder).returncode == 2
    check = glocal("check", folder)
    assert (check.returncode, "manifest.json: " in check.stdout) == (1, True)
    imported = glocal("template", folder.parent / "t.xlsx", "--examples")
    assert imported.returncode == 0
    assert glocal("import", folder.parent / "t.xlsx", "--graph", folder).returncode == 2
    assert {**before, "lock": b""} == {**files(folder), "lock": b""}


def test_facts_that_are_in_the_journal_alone_are_facts(tmp_path: Path) -> None:
    folder = tmp_path / "my.glocal"
    kg = gk.open(folder, create=True)
    kg.add(FACT)  # and the process ends without closing it
    lost(folder)
    with pytest.raises(gk.NotFoundError, match=r"holds files of a graph \(journal-1, \d+ bytes\)"):
        gk.open(folder, create=True)
    kg.close()


def test_what_was_still_being_made_is_made(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.glocal"
    gk.open(new, create=True).close()
    lost(new)
    for path in new.iterdir():  # an interrupted beginning has the number 1, and no facts
        path.rename(new / path.name.replace("-2", "-1"))
    with pytest.raises(gk.NotFoundError, match=r"still being made.*create=True"):
        gk.open(new)
    with gk.open(new, create=True) as kg:
        assert len(kg) == 0


@pytest.mark.parametrize(
    "name", ["notes.txt", "facts-2012.csv", "terms-of-use.txt", "journal-1.md"]
)
def test_a_folder_with_other_files_stays_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(gk.NotFoundError, match=rf"no graph in .*, which holds {name}"):
        gk.open(tmp_path)
    with pytest.raises(gk.GlocalError, match=f"holds other files: {name}"):
        gk.open(tmp_path, create=True)
    assert files(tmp_path) == {name: b"mine"}


def test_other_files_beside_a_graph_are_not_swept_away(folder: Path) -> None:
    (folder / "facts-2012.csv").write_text("mine")
    with gk.open(folder) as kg:
        kg.add(gk.Text("<urn:c> a <urn:B> .", "turtle"))
    assert (folder / "facts-2012.csv").read_text() == "mine"


@pytest.mark.parametrize("create", [False, True])
def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path, create: bool) -> None:
    (tmp_path / "mine.ttl").write_text("<urn:a> a <urn:B> .")
    with pytest.raises(gk.NotFoundError, match=r"mine\.ttl is a file, and .*-d FILE"):
        gk.open(tmp_path / "mine.ttl", create=create)
    with pytest.raises(gk.GlocalError, match=r"A part of the path .* is a file"):
        gk.open(tmp_path / "mine.ttl" / "my.glocal", create=create)
    assert (tmp_path / "mine.ttl").read_text() == "<urn:a> a <urn:B> ."
    said = glocal("query", "ASK {}", "--graph", tmp_path / "mine.ttl").stderr
    assert "is a file" in said


# Prefixes

OWN = """
@prefix ex: <https://example.org/> .
ex:rome a ex:City ; ex:mayor ex:ada .
"""
ASKED = "SELECT ?c { ?c a ex:City }"


@pytest.fixture
def named(tmp_path: Path) -> Path:
    folder = tmp_path / "named.glocal"
    (tmp_path / "mine.ttl").write_text(OWN)
    with gk.open(folder, create=True) as kg:
        kg.add(tmp_path / "mine.ttl")
    return folder


def test_the_prefixes_of_files_are_kept_on_disk(named: Path, tmp_path: Path) -> None:
    for read_only in (False, True):
        with gk.open(named, read_only=read_only) as kg:
            assert kg.prefixes["ex"] == "https://example.org/"
            assert len(kg.select(ASKED)) == 1
            kg.write(tmp_path / "out.ttl")
            assert "ex:rome a ex:City" in (tmp_path / "out.ttl").read_text()
    asked = glocal("query", ASKED, "--graph", named)
    assert (asked.returncode, "example.org/rome" in asked.stdout) == (0, True)
    assert "ex:City" in glocal("describe", "ex:rome", "--graph", named).stdout
    constructed = glocal("query", "CONSTRUCT WHERE { ?c a ex:City }", "--graph", named)
    assert "ex:rome" in constructed.stdout
    assert list(check_folder(named)) == []


def test_prefixes_are_there_before_the_graph_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "my.glocal"
    kg = gk.open(folder, create=True)
    kg.add(gk.Text(OWN, "turtle"))
    kg.bind("place2", "https://example.org/place/")
    with kg.edit() as edit:
        edit.add(gk.Text("@prefix f: <urn:f:> . f:a a f:B .", "turtle"))
    other = gk.open(folder, read_only=True)  # as who comes after a process was killed
    own = {"ex": "https://example.org/", "place2": "https://example.org/place/", "f": "urn:f:"}
    assert own.items() <= dict(other.prefixes).items()
    assert len(other) == len(kg)
    kg.add(gk.Text("<urn:x> a <urn:Y> .", "turtle"))  # in the journal of the same checkpoint
    assert len(gk.open(folder, read_only=True)) == len(kg)
    kg.close()
    assert own.items() <= dict(gk.open(folder, read_only=True).prefixes).items()


def test_a_reader_and_a_copy_keep_their_prefixes_to_themselves(named: Path) -> None:
    reader = gk.open(named, read_only=True)
    reader.bind("mine", "urn:mine:")
    assert reader.select("SELECT ?x { ?x a mine:X }").prefixes["mine"] == "urn:mine:"
    copy = reader.copy()
    copy.bind("other", "urn:other:")
    assert "ex" in copy.prefixes
    with gk.open(named) as kg:
        assert {"mine", "other"}.isdisjoint(kg.prefixes)


def test_a_folder_from_before_there_were_prefixes_opens(named: Path) -> None:
    manifest = named / "manifest.json"
    told = json.loads(manifest.read_text())
    assert told.pop("prefixes") == {"ex": "https://example.org/"}
    manifest.write_text(json.dumps(told))
    with gk.open(named) as kg:
        assert "ex" not in kg.prefixes
        assert len(kg) == 2
        kg.bind("ex", "https://example.org/")
    assert len(gk.open(named, read_only=True).select(ASKED)) == 1


def test_prefixes_that_cannot_be_written_now_are_when_there_is_room(
    named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg = gk.open(named)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_file", full)
        with pytest.raises(gk.GlocalError, match=r"No space left.*The facts are there.*Make room"):
            kg.bind("late", "urn:late:")
    assert "late" not in gk.open(named, read_only=True).prefixes
    kg.close()
    assert gk.open(named, read_only=True).prefixes["late"] == "urn:late:"
