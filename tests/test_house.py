"""The laws of the house: one door, floors that hold, errors that travel."""

from __future__ import annotations

import ast
import copy
import importlib
import importlib.util
import inspect
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from glocal_kg import errors

ROOT = Path(__file__).parent.parent


def test_imports_go_down_only() -> None:
    """Lazy and type-only imports count too; the floors stand in pyproject.toml."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout[-2_000:]


@pytest.mark.slow
def test_the_door_is_as_wide_as_listed() -> None:
    """What a type checker lists as public is ``public-names.txt``, no more and no less."""
    done = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--verifytypes", "glocal_kg", "--ignoreexternal",
         "--outputjson"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},  # an editable install is not looked into
    )  # fmt: skip
    symbols = json.loads(done.stdout)["typeCompleteness"]["symbols"]
    found = {symbol["name"] for symbol in symbols if symbol["isExported"]}
    listed = set(Path(__file__).with_name("public-names.txt").read_text("utf-8").split())
    assert found == listed


def kinds() -> list[type[errors.GlocalError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.GlocalError)
    ]


def made(kind: type[errors.GlocalError]) -> errors.GlocalError:
    """An error with a value for each of its arguments."""
    given: dict[str, object] = {}
    for name, parameter in inspect.signature(kind.__init__).parameters.items():
        if name != "self":
            given[name] = 3 if parameter.annotation in ("int | None", "float | None") else name
    if "suggestions" in given:
        given["suggestions"] = ["one"]
    return kind(**given)


@pytest.mark.parametrize("kind", kinds())
def test_errors_pickle_and_copy_with_their_fields(kind: type[errors.GlocalError]) -> None:
    error = made(kind)
    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), copy.copy(error)):
        assert type(other) is kind
        assert str(other) == str(error)
        assert other.__dict__ == error.__dict__


def test_every_name_of_the_door_opens() -> None:
    import glocal_kg

    for name in glocal_kg.__all__:
        assert getattr(glocal_kg, name) is not None


def test_every_kind_of_error_stands_in_the_tree() -> None:
    for kind in kinds():
        assert kind.__name__ in (errors.__doc__ or "")


def classes() -> dict[str, list[str]]:
    """Where each class of the house is, by its name."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "glocal_kg").rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                name = node.name.removeprefix("_")
                found.setdefault(name, []).append(str(file.relative_to(ROOT)))
    return found


def test_a_class_has_a_name_of_its_own() -> None:
    """One name per idea in the whole house, private classes too."""
    assert {name: places for name, places in classes().items() if len(places) > 1} == {}


ONE_IDEA = {
    "content": "what is on a picture, and no looks",
    "context": "the context of JSON-LD, read and written",
    "drawing": "a thing as a picture",
    "editing": "an edit, of facts and, over it, of things",
    "explain": "why a fact holds",
    "finding": "one finding of a check, of an import, of a release",
    "findings": "what was found, as a whole",
    "from_graph": "what a folder of the study works on, read from a graph",
    "joins": "rows that agree on what both have",
    "paths": "property paths, of SHACL and of SPARQL",
    "report": "the report of a validation, plain and as people read it",
    "tables": "files of rows and columns, read, written, checked",
    "telling": "what was worked out, for people",
    "words": "what a folder of the study says by itself, in three languages",
}
FORMATS = {"html", "jsonld", "markdown", "rdfxml", "sparql", "turtle"}


def modules() -> dict[str, set[str]]:
    """Where each module and folder of the house is, by its name without underscores."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "glocal_kg").rglob("*.py")):
        path = file.relative_to(ROOT / "glocal_kg").with_suffix("")
        if path.name == "__init__":
            path = path.parent
        # A folder and the file in it that it is named after are one.
        if path.name and path.name.strip("_") != path.parent.name.strip("_"):
            found.setdefault(path.name.strip("_"), set()).add(path.as_posix())
    return found


def test_a_module_has_a_name_of_its_own() -> None:
    """Where two have one name, they are of one idea."""
    twice = {}
    for name, places in modules().items():
        own = {
            place
            for place in places
            # A verb has the name of what it does; a check, that of what it looks at.
            if not place.startswith(("_cli/", "_publish/verify/")) or name in ONE_IDEA
        }
        engines = {f"_engines/{engine}/{name}" for engine in ("rl", "shacl")}  # parts of both
        doors = {name, f"_{name}", f"_{name}/{name}", f"_{name.removesuffix('ing')}/{name}"}
        if len(own) > 1 and not own <= engines and not own <= doors and name not in FORMATS:
            twice[name] = sorted(own)
    assert {name: places for name, places in twice.items() if name not in ONE_IDEA} == {}
    assert set(ONE_IDEA) <= set(twice), "names that stand once need no reason"


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in (ROOT / "glocal_kg").rglob("*.py")
        if (lines := len(file.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


def test_ground_and_engines_run_alone_on_any_ontology(tmp_path: Path) -> None:
    """A copy of their folders infers, explains, validates and asks; no other folder is there."""
    home = tmp_path / "glocal_kg"
    for room in ("_rdf", "_engines"):
        shutil.copytree(ROOT / "glocal_kg" / room, home / room)
    shutil.copy(ROOT / "glocal_kg" / "errors.py", home)
    (home / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout.split() == [str(home / "__init__.py"), "True", "1", "1", "True"]


def test_ground_and_engines_have_no_word_of_the_study() -> None:
    """No term of ours, and nothing of pictures; the package and its command have their names."""
    ours = re.compile(r"glocali|glocal:|w3id\.org/glocal|butterfl|picture", re.IGNORECASE)
    said = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for room in ("_rdf", "_engines")
        for file in sorted((ROOT / "glocal_kg" / room).rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if ours.search(line)
    ]
    assert said == []


ALONE = """
import glocal_kg
from pyoxigraph import NamedNode as N
from glocal_kg._engines.rl import Closure
from glocal_kg._engines.shacl import Shapes
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.sparql.solutions import solutions
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.index import TripleIndex

RDFS, SH = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/ns/shacl#"
TYPE = N("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
data = f"<urn:Book> <{RDFS}subClassOf> <urn:Work> . <urn:emma> a <urn:Book> ."
shape = f"<urn:S> <{SH}targetClass> <urn:Book> ; <{SH}property> "
shape += f"[ <{SH}path> <urn:isbn> ; <{SH}minCount> 1 ] ."
facts = Facts.of(open_source(Text(data, "turtle")).quads())
index = TripleIndex.of(facts.pairs())
closure = Closure(facts.terms, index)
proof = closure.explain(N("urn:emma"), TYPE, N("urn:Work"))
report = Shapes(list(open_source(Text(shape, "turtle")).quads())).validate(facts.terms, index)
print(glocal_kg.__file__, closure.clashes == [], proof.size, len(report.results))
print(len(list(solutions("SELECT ?x { ?x a <urn:Book> }", facts))) == 1)
"""


def test_what_the_documents_name_is_there() -> None:
    """Folders and files in backticks, and modules of ours, in CONTRIBUTING, README and docs."""
    lost = []
    for page in (
        ROOT / "CONTRIBUTING.md",
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
    ):
        text = page.read_text("utf-8")
        paths = re.findall(
            r"`((?:ontology|data|queries|tests|docs|benchmarks|glocal_kg)/[\w./-]*)`", text
        )
        lost += [f"{page.name}: {path}" for path in paths if not (ROOT / path).exists()]
        for name in re.findall(r"\bgk\.([a-zA-Z_]\w*)", text):
            if name not in __import__("glocal_kg").__all__:
                lost.append(f"{page.name}: gk.{name}")
        for module in re.findall(r"python -m (glocal_kg[\w.]*)", text):
            if importlib.util.find_spec(module) is None:
                lost.append(f"{page.name}: {module}")
    rooms = {f"_{room}" for room in re.findall(r"`_(\w+)`", (ROOT / "CONTRIBUTING.md").read_text())}
    there = {path.stem for path in (ROOT / "glocal_kg").glob("_*.py")}
    there |= {path.parent.name for path in (ROOT / "glocal_kg").glob("_*/__init__.py")}
    assert lost == []
    assert rooms >= there - {"__init__", "__main__", "_version"}


def test_the_tests_of_a_room_stand_in_a_folder_of_its_name() -> None:
    rooms = {
        room.name for room in (ROOT / "glocal_kg").glob("_*/") if (room / "__init__.py").exists()
    }
    there = {
        f"_{folder.name}" for folder in (ROOT / "tests").iterdir() if any(folder.glob("**/test_*"))
    }
    assert "_rdf" in rooms <= there


VERBS = {
    "infer": "glocal_kg._graph.inference",
    "rate": "glocal_kg._glocal.ratings.rating",
    "network": "glocal_kg._glocal.networks.from_graph",
    "report": "glocal_kg._glocal.corpusreport.reporting",
    "import_table": "glocal_kg._glocal.corpus.importing",
    "search": "glocal_kg._lookup.searching",
}
INSIDE = {"contents", "engine", "known", "kg", "graph", "ratings", "files"}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_the_arguments_of_its_room(verb: str) -> None:
    """A verb of the graph is a thin face: the same names, the same defaults."""
    import glocal_kg

    room = inspect.signature(getattr(importlib.import_module(VERBS[verb]), verb)).parameters
    face = inspect.signature(getattr(glocal_kg.KnowledgeGraph, verb)).parameters
    for name, parameter in room.items():
        if name not in INSIDE:
            assert name in face
            assert face[name].default == parameter.default, name


def test_a_read_error_says_where() -> None:
    error = errors.ReadError("odd.", source="a.ttl", line=3, column=4)
    assert (error.source, error.line, error.column) == ("a.ttl", 3, 4)
    assert str(error) == "a.ttl:3:4: odd."
