"""The page on one's own data is run as it stands."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from glocal_kg._cli import run
from glocal_kg._glocal.corpus.findings import RULES

PAGE = (Path(__file__).parents[3] / "docs" / "your-data.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def test_each_rule_has_its_section_and_each_section_is_of_a_rule():
    assert re.findall(r"^### (.*)$", PAGE, re.MULTILINE) == list(RULES)


def test_the_page_runs_as_it_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cities.csv").write_text(next(text for kind, text in BLOCKS if kind == "csv"))
    (tmp_path / "cities.yaml").write_text(next(text for kind, text in BLOCKS if kind == "yaml"))
    # What the commands further up make of the template, which the other test runs.
    (tmp_path / "corpus.trig").write_text("<urn:choirs> a <urn:Practice> .", encoding="utf-8")
    names: dict[str, object] = {}
    for (kind, text), (after, wanted) in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True):
        if kind != "python":
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(text, names)
        assert out.getvalue() == (wanted if after == "text" else ""), text
    assert (tmp_path / "rest.csv").read_text().count("\n") == 2


@pytest.mark.slow
def test_the_commands_of_the_page_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cities.csv").write_text(next(text for kind, text in BLOCKS if kind == "csv"))
    commands = [
        line.removeprefix("$ glocal ").split()
        for kind, text in BLOCKS
        if kind == "console"
        for line in text.splitlines()
        if "sistercities" not in line
    ]
    for words in commands:
        if words[:3] == ["import", "cities.csv", "-m"]:  # the draft, edited
            yaml = next(text for kind, text in BLOCKS if kind == "yaml")
            (tmp_path / "cities.yaml").write_text(yaml)
        assert run(words) in (0, 1), words
        capsys.readouterr()
    for name in ("corpus.trig", "cities.trig", "rest.csv", "findings.csv"):
        assert (tmp_path / name).exists()
    assert "not-a-number" in (tmp_path / "findings.csv").read_text()
