"""Where a release goes: in the place of an older one alone, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from glocal_kg._kg import KnowledgeGraph
from glocal_kg._publish import verify
from glocal_kg.errors import GlocalError
from tests.publish.samples import edited, publish, sample


def test_an_older_release_is_only_replaced_when_told(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    publish(sample(), folder)
    before = (folder / "SHA256SUMS").read_bytes()
    with pytest.raises(GlocalError, match="--replace"):
        publish(sample(), folder)
    publish(edited(('"Paris"', '"Paname"')), folder, replace=True)
    assert (folder / "SHA256SUMS").read_bytes() != before
    assert verify(folder) == []
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_folder_that_is_no_release_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(GlocalError, match="not replaced"):
        publish(sample(), folder, replace=True)
    assert (folder / "thesis.txt").read_text() == "years of work"


def test_files_that_somebody_put_into_a_release_are_not_lost(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    publish(sample(), folder)
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_text("years of work")
    with pytest.raises(GlocalError, match=r"notes/mine\.txt in it are of no release"):
        publish(sample(), folder, replace=True)
    assert (folder / "notes" / "mine.txt").read_text() == "years of work"
    (folder / "SHA256SUMS").write_text("spoiled")
    with pytest.raises(GlocalError, match="SHA256SUMS cannot be read"):
        publish(sample(), folder, replace=True)


def test_no_release_is_put_into_another(tmp_path: Path) -> None:
    publish(sample(), tmp_path / "dist")
    with pytest.raises(GlocalError, match="lies in the release"):
        publish(sample(), tmp_path / "dist" / "2")
    assert verify(tmp_path / "dist") == []


def test_facts_that_are_out_of_date_are_told_before_the_work(tmp_path: Path) -> None:
    kg = KnowledgeGraph()
    kg.add(sample())
    kg.infer()
    kg.remove(sample()[:1])
    told: list[str] = []
    with pytest.raises(GlocalError, match="out of date"):
        publish(kg, tmp_path / "dist", progress=told.append)
    assert told == []
