"""The package as others get it: what importing brings in, and the wheel on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._graph.checkpoint import is_current

ROOT = Path(__file__).parent.parent
HEAVY = {
    *("pyshacl", "owlrl", "networkx", "pandas", "matplotlib", "rdflib", "numpy"),
    *("yaml", "typing", "re", "json", "argparse", "threading", "pathlib"),
}

NOT_NEEDED = {
    *(f"_rdf.sparql.{name}" for name in ("asked_rows", "column_order", "comparison")),
    *(f"_rdf.sparql.{name}" for name in ("compiling", "functions", "numbers", "times")),
    *(f"_questions.notes.{name}" for name in ("compared", "empty", "figures", "value_kinds")),
    *(f"_questions.notes.{name}" for name in ("several_languages", "units")),
    *("_rdf.listed", "_graph.added", "_graph.inference"),
    *("_lookup.annotations", "_lookup.attesting", "_lookup.whence"),
}
"""What a question with names and a few numbers does not ask for."""

BY_NUMPY = {"numpy", "typing", "re", "json", "pathlib", "threading"}
"""What the store of facts needs: arrays, and what they bring."""


def python(code: str, *options: str) -> str:
    run = subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def brought_in(code: str) -> set[str]:
    # -S leaves the site module out, which brings in what an environment's .pth files want.
    path = repr([entry for entry in sys.path if entry])
    shown = python(f"import sys; sys.path += {path}; {code}; print(*sys.modules)", "-S")
    return set(shown.split()) & HEAVY


def test_importing_brings_in_nothing():
    assert brought_in("import glocal_kg") == set()
    assert brought_in("import glocal_kg; glocal_kg.load") <= BY_NUMPY - {"numpy"}


def test_a_question_brings_in_nothing_heavy():
    code = "import glocal_kg as gk; gk.load().query('SELECT ?s { ?s ?p ?o } LIMIT 1').to_csv()"
    assert brought_in(code) <= BY_NUMPY
    command = "from glocal_kg._cli import run; run(['query', 'ASK { ?s ?p ?o }'])"
    assert brought_in(command) <= BY_NUMPY


def test_a_packaged_question_brings_in_no_reader_and_no_engine():
    if not is_current():
        pytest.skip("the checkpoint is not that of these sources: make checkpoint")
    command = "from glocal_kg._cli import run; run(['query', 'map/principles'])"
    shown, numpy = (
        set(python(f"{code}; import sys; print(*sys.modules)").split())
        for code in (command, "import numpy, pyoxigraph")
    )
    assert "glocal_kg._rdf.sparql.answering" in shown
    own = ("glocal_kg._rdf.reading", "glocal_kg._rdf.writing", "glocal_kg._engines")
    assert not [name for name in shown if name.startswith(own)]
    assert not shown & {f"glocal_kg.{name}" for name in NOT_NEEDED}
    assert not (shown - numpy) & {"dataclasses", "difflib", "numpy.ma", "pathlib", "urllib.parse"}


def test_what_is_not_needed_is_there():
    for name in NOT_NEEDED:
        assert find_spec(f"glocal_kg.{name}") is not None, "a module was renamed"


def test_the_help_of_a_verb_brings_in_no_graph():
    command = "from glocal_kg._cli import run; run(['query', '--help'])"
    assert "numpy" not in brought_in(command)


def test_every_public_name_is_there():
    for name in gk.__all__:
        assert getattr(gk, name) is not None
    assert set(gk.__all__) <= set(dir(gk))
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        gk.lode  # noqa: B018 - to look is to ask for it


def declared() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lend(name: str, folder: Path) -> None:
    """Links to an installed package in another environment, and to nothing else of this one."""
    package = distribution(name)
    for entry in {file.parts[0] for file in package.files or () if file.parts[0] != ".."}:
        (folder / entry).symlink_to(str(package.locate_file(entry)))


@pytest.mark.slow
def test_the_wheel_works_alone(tmp_path):
    """Built, installed in an empty environment outside the checkout, and asked a question."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONPATH": ""}

    def run(*command: str | Path, at: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, command)), capture_output=True, text=True, cwd=at, env=environment
        )

    # What a build needs was seen when the tests were set up: it ran there in an environment of its
    # own, with what pyproject.toml lists and nothing else.
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, at=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    inside = zipfile.ZipFile(wheel).namelist()
    for path in ("ontology/glocal.ttl", "data/places.trig", "checkpoint/manifest.json"):
        assert f"glocal_kg/_packaged/{path}" in inside
    assert any(name.startswith("glocal_kg/_packaged/queries/") for name in inside)
    assert "glocal_kg/py.typed" in inside
    assert not [name for name in inside if "tests/" in name or "__pycache__" in name]
    for license in ("LICENSE", "LICENSE-DATA"):
        assert any(name.endswith(f".dist-info/licenses/{license}") for name in inside)
    (about,) = (name for name in inside if name.endswith(".dist-info/METADATA"))
    told = zipfile.ZipFile(wheel).read(about).decode()
    assert "License-Expression: MIT AND CC-BY-4.0" in told
    assert "Project-URL: Homepage, https://w3id.org/glocal" in told

    assert run(sys.executable, "-m", "venv", "--without-pip", "env").returncode == 0
    bin = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", bin / "python")
    put = run(*pip, "install", "--no-deps", wheel)
    assert put.returncode == 0, put.stderr
    # A query needs these two alone of what the package depends on.
    site = run(bin / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    for name in ("numpy", "pyoxigraph"):
        assert any(needed.startswith(name) for needed in declared()["project"]["dependencies"])
        lend(name, Path(site.stdout.strip()))
    answer = run(bin / "glocal", "query", "SELECT ?c { ?c a owl:Class ; rdfs:label 'city'@en }")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == "c\nhttps://w3id.org/glocal/ontology#City\n"
    held = run(bin / "glocal", "info", "--format", "table")
    assert "asserted facts" in held.stdout
    assert "checkpoint" not in held.stdout  # it is there, and of the files beside it
    version = run(bin / "glocal", "--version")
    assert version.stdout.strip() == f"glocal {declared()['project']['version']}"


def test_the_source_has_what_its_tests_read(tmp_path):
    """What is in the repository and no list of builds: a new folder must be named there too."""
    named = declared()["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    there = {path.name for path in ROOT.iterdir() if path.name not in (".git", ".venv")}
    for name in ("tests", "docs", "benchmarks", "ontology", "data", "queries", "LICENSE-DATA"):
        assert f"/{name}" in named
        assert name in there


def test_what_draws_is_an_extra_and_part_of_the_tests():
    project = declared()["project"]
    core = " ".join(project["dependencies"])
    extras = project["optional-dependencies"]
    assert not {"font-source-sans-pro", "resvg-py"} & set(core.replace(">=", " ").split())
    assert "resvg-py" in " ".join(extras["picture"])
    for name in ("picture", "import", "parquet", "zstd", "pandas"):
        assert name in extras["test"][0]


def test_completion_shows_the_public_names_and_nothing_else():
    import glocal_kg

    assert dir(glocal_kg) == sorted(glocal_kg.__all__)
