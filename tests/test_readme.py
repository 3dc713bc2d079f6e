"""What the README prints works as printed, word for word."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import glocal_kg
from glocal_kg._study import packaged
from tests.cli.calling import glocal
from tests.conftest import PUBLISHING

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of the README in one language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


LINES = [
    shlex.split(line, comments=True)
    for block in blocks("sh")
    for line in block.splitlines()
    if line.startswith("glocal ")
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the two files of the reader that the README speaks of."""
    (tmp_path / "my-practices.ttl").write_text(blocks("turtle")[0], encoding="utf-8")
    shutil.copy(Path(packaged.folder("ontology"), "map.ttl"), tmp_path / "my-ontology.ttl")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_python_runs(folder, capsys):
    (block,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "peace-building" in printed  # a principle
    assert "Municipality of Rome" in printed  # the proof
    kg = names["kg"]
    assert kg.query("ASK { <https://example.org/choirs> glocal:theme area:culture }")


def test_the_readme_shows_every_verb_that_is_not_told_in_words():
    assert len(LINES) > 5
    assert {words[1] for words in LINES} >= {"info", "query", "validate", "explain", "map"}


@pytest.mark.parametrize("words", [words for words in LINES if words[1] != "publish"], ids=" ".join)
def test_each_line_of_the_command_runs(words, folder):
    run = glocal(*words[1:])
    assert run.returncode in ((0, 1) if words[1] == "check" else (0,)), run.stderr
    assert run.stdout.strip()


@pytest.mark.slow
def test_its_line_publishes_with_what_follows_and_the_questions(packaged_release):
    assert [words for words in LINES if words[1] == "publish"] == [shlex.split(PUBLISHING)]
    for name in ("all.nq", "inferred.nq", "queries.ttl", "tables/datapackage.json"):
        assert (packaged_release.folder / name).is_file(), name


def test_make_has_the_two_commands():
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^make (\w+)", "\n".join(blocks("sh")), re.MULTILINE)
    assert named == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_file_it_links_to_is_there(target):
    assert (Path(__file__).parent.parent / target).exists()


def test_what_it_prints_is_what_comes(folder):
    (shown,) = blocks("text")
    answer, _, slip = shown.removeprefix("$ glocal query practices/support\n").partition("\n\n")
    kg = glocal_kg.load()
    assert kg.run("practices/support").to_text() == answer
    text = README.split("```turtle\n")[1].split("```")[0].replace("area:culture ", "area:cultur ")
    kg.add(glocal_kg.Text(text, "turtle", name="my-practices.ttl"))
    told = kg.validate(source="mine").to_text()
    assert all(line in told for line in slip.splitlines())


def test_its_example_passes_validate_and_check_alike(folder):
    for verb in ("validate", "check"):
        run = glocal(verb, "my-practices.ttl")
        assert run.returncode == 0, run.stdout
