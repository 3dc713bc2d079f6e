"""What is told of a folder that is closed, damaged, or opened in a way that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk
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


def test_a_folder_without_its_manifest_is_told(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    with pytest.raises(gk.GlocalError, match=r"manifest\.json, which says.* from a backup"):
        gk.open(folder)
    check = glocal("check", folder)
    assert check.returncode == 2
    assert "from a backup" in check.stderr
