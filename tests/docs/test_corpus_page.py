"""What docs/corpus.md shows works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from glocal_kg._cli import run

PAGE = (Path(__file__).parents[2] / "docs" / "corpus.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "corpus.ttl").write_text(blocks("turtle")[0], encoding="utf-8")
    (tmp_path / "ratings.csv").write_text(blocks("csv")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_python_runs(folder, capsys):
    names: dict[str, object] = {}
    exec(compile("\n".join(blocks("python")), "docs/corpus.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "None no variation, one value only" in printed
    assert "meeting of choirs" in printed
    for name in ("cities.gexf", "world.svg", "both.svg", "report.html"):
        assert (folder / name).stat().st_size > 500


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines()])
def test_each_line_of_the_command_runs(line, folder, capsys):
    assert run(shlex.split(line)[1:]) in (0, 1)
