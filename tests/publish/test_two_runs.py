"""Two runs for one folder: what the other has put there is never replaced unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from glocal_kg.errors import GlocalError
from tests.publish.samples import publish, sample

_SUMS = f"{'0' * 64}  all.nt\n"


def _somebody(target: Path) -> None:
    """Another run that ends before ours does."""
    target.mkdir(exist_ok=True)
    (target / "SHA256SUMS").write_text(_SUMS)


def test_what_came_meanwhile_is_not_replaced_unasked(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    with pytest.raises(GlocalError, match="exists and is not empty"):
        publish(sample(), target, progress=lambda _: _somebody(target))
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]
    assert (target / "SHA256SUMS").read_text() == _SUMS


def test_what_came_meanwhile_is_replaced_where_that_is_asked(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    publish(sample(), target, progress=lambda _: _somebody(target), replace=True)
    assert (target / "all.nq").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_an_empty_folder_takes_the_release(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    publish(sample(), tmp_path / "dist")
    assert (tmp_path / "dist" / "all.nq").is_file()


def test_what_comes_in_the_last_moment_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, rename = tmp_path / "dist", Path.rename

    def late(path: Path, to: Path) -> Path:
        if path.name == "release":
            _somebody(target)
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", late)
    with pytest.raises(GlocalError, match="was written by another run meanwhile"):
        publish(sample(), target)
    assert (target / "SHA256SUMS").read_text() == _SUMS
