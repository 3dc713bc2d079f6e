"""``glocal import``: where a graph goes, what a terminal sees, what an interruption leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from tests.cli.calling import glocal

ROOT = Path(__file__).parents[2]
MAPPING = """
base: https://example.org/
things: {a: {class: glocal:City, key: id, columns: {id: dcterms:identifier, name: rdfs:label}}}
"""
NAMED = "https://w3id.org/glocal/graph/import/cities"


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "cities.csv").write_text("id,name\n1,Turin\n2,Lyon\n")
    return tmp_path


def _import(*more):
    return run(["import", "cities.csv", "-m", "m.yaml", *more])


@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "jsonld", "trig", "nq", "nq.gz"])
def test_the_graph_goes_into_a_file_of_any_format(table, ending, capsys):
    assert _import("-o", f"out.{ending}") == 0
    kg = gk.KnowledgeGraph()
    kg.add(f"out.{ending}")
    labels = kg.query("SELECT ?l { ?x a glocal:City ; rdfs:label ?l } ORDER BY ?l").column("l")
    assert [str(label) for label in labels] == ["Lyon", "Turin"]
    held = [str(graph) for graph in kg.graphs()]
    assert (f"<{NAMED}>" in held) == (ending.split(".")[0] in ("jsonld", "trig", "nq"))
    capsys.readouterr()
    again = _import("-o", f"out.{ending}")
    told = capsys.readouterr().err
    if ending in ("ttl", "nt", "rdf"):
        assert again == 2
        assert "does not keep imports apart" in told
    else:
        assert again == 0
        assert "0 facts added, 0 removed" in told


def test_an_ending_of_no_graph_is_refused_before_anything_is_done(table, capsys):
    assert _import("-o", "out.xlsx") == 2
    assert "Take .ttl, .trig" in capsys.readouterr().err


def test_the_graph_goes_into_one_on_disk(table, capsys):
    assert _import("--graph", "my.glocal") == 0
    assert _import("--graph", "my.glocal") == 0
    assert "0 facts added, 0 removed" in capsys.readouterr().err
    with gk.open("my.glocal", read_only=True) as kg:
        assert kg.ask('ASK { ?x rdfs:label "Lyon" }')


def test_where_no_row_is_good_nothing_is_written_and_what_was_there_stays(table, capsys):
    (table / "cities.csv").write_text("id,name\n1,#REF!\n")
    assert _import("-o", "out.trig") == 1
    assert not (table / "out.trig").exists()
    assert "no facts were written" in capsys.readouterr().err
    (table / "cities.csv").write_text("id,name\n1,Turin\n")
    assert _import("-o", "out.trig") == 0
    before = (table / "out.trig").read_bytes()
    (table / "cities.csv").write_text("id,name\n1,#REF!\n")
    assert _import("-o", "out.trig", "--aside", "rest.csv") == 1
    assert (table / "out.trig").read_bytes() == before
    assert (table / "rest.csv").read_text().splitlines()[1].startswith("1,#REF!,2,B2 (error-cell)")


def _start(folder, err, *more):
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import glocal_kg._cli as c; c.main()"
    call = [sys.executable, "-c", start, "import", "cities.csv", "-m", "m.yaml", *more]
    return subprocess.Popen(
        call,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=err,
        # Where the tests run in the background, Ctrl-C is ignored, and by their processes too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize("where", ["file", "disk"])
@pytest.mark.parametrize(
    "moment", [b"cities: 500 of 4,001 rows [##.", b"putting things", b"adding the facts"]
)
def test_an_interruption_leaves_all_as_it_was(table, where, moment, capsys):
    pty = pytest.importorskip("pty", reason="this system has no terminals of this kind")
    goes = ("-o", "out.trig") if where == "file" else ("--graph", "my.glocal")
    assert _import(*goes) == 0
    rows = "".join(f"{n},City {n}\n" for n in range(4000))
    (table / "cities.csv").write_text(f"id,name\n{rows}")
    before = (table / "out.trig").read_bytes() if where == "file" else b""
    names = sorted(path.name for path in table.iterdir())
    ours, theirs = pty.openpty()
    with _start(table, theirs, *goes) as process:
        os.close(theirs)
        shown = b""
        while moment not in shown:
            shown += os.read(ours, 100_000)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    os.close(ours)
    assert sorted(path.name for path in table.iterdir()) == names
    if where == "file":
        assert (table / "out.trig").read_bytes() == before
    else:
        with gk.open("my.glocal") as kg:
            assert kg.ask('ASK { ?x rdfs:label "Turin" }')
            assert not kg.ask('ASK { ?x rdfs:label "City 7" }')


def test_a_pipe_sees_no_progress(table):
    with _start(table, subprocess.PIPE) as process:
        _, told = process.communicate(timeout=60)
    assert b"\x1b" not in told
    assert b"\r" not in told


def test_the_prefixes_of_a_mapping_are_known_where_its_facts_went(tmp_path):
    (tmp_path / "t.csv").write_text("name,size\nAlpha,3\n")
    (tmp_path / "m.yaml").write_text(
        "name: t\nprefixes: {ex: https://example.org/, mine: https://w3id.org/glocal/ontology#}\n"
        "things:\n  choir:\n    class: ex:Choir\n    key: name\n"
        "    columns: {name: rdfs:label, size: {property: ex:size, type: whole}}\n"
    )
    folder, out = tmp_path / "my.glocal", tmp_path / "out.ttl"
    table = ("import", tmp_path / "t.csv", "-m", tmp_path / "m.yaml")
    assert glocal(*table, "--graph", folder).returncode == 0
    asked = glocal("query", "SELECT ?n { ?c a ex:Choir ; ex:size ?n }", "--graph", folder)
    assert asked.stdout.split() == ["n", "3"]
    assert glocal(*table, "-o", out).returncode == 0
    assert "a ex:Choir" in out.read_text()
    assert "mine:" not in out.read_text()  # its namespace has a prefix here
