"""Files as strangers bring them: names in another encoding, empty ones, numbers with commas."""

from __future__ import annotations

import os
import sys

import openpyxl
import pytest

import glocal_kg as gk
from tests.cli.calling import fails, glocal

MAPPING = """
base: https://example.org/
things: {a: {class: glocal:City, key: id, columns: {id: dcterms:identifier, name: rdfs:label}}}
"""
ODD = os.fsdecode(b"caf\xe9")  # as an old archive holds it


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text(MAPPING)
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="names are of one encoding elsewhere")
def test_a_file_whose_name_is_in_another_encoding(here):
    (here / f"{ODD}.csv").write_text("id,name\n1,Turin\n,x\n")
    out = ["-o", f"{ODD}.trig", "--aside", f"{ODD}-rest.csv", "--report", f"{ODD}.txt"]
    run = glocal("import", f"{ODD}.csv", "-m", "m.yaml", *out)
    assert run.returncode == 1, run.stderr
    assert "caf\ufffd.csv: 2 rows, 1 error." in run.stderr
    kg = gk.KnowledgeGraph()
    kg.add(f"{ODD}.trig")
    assert "Import of caf\ufffd.csv" in map(
        str, kg.select("SELECT ?t { ?g dcterms:title ?t }").column("t")
    )
    assert (here / f"{ODD}-rest.csv").exists()
    run = glocal("import", f"{ODD}.csv", "--draft", f"{ODD}.yaml")
    assert run.returncode == 0, run.stderr
    assert "caf\ufffd.csv, to be edited" in (here / f"{ODD}.yaml").read_text()
    (here / f"{ODD}.csv").write_text("practice,ann,bob\na,1,1\nb,2,2\n")
    figures = ["--record", f"{ODD}.nq", "--date", "2026-01-01", "--about", "urn:a"]
    run = glocal("rate", f"{ODD}.csv", "-c", "percent", *figures)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"]
)
@pytest.mark.parametrize(
    "words", ["import t.csv --draft d.yaml", "import t.csv -m m.yaml", "match t.csv"]
)
def test_a_file_of_nothing_but_marks_is_empty(here, content, words):
    (here / "t.csv").write_bytes(content)
    fails(*words.split(), said="t.csv: The file is empty")
    assert not (here / "d.yaml").exists()


def test_a_coordinate_that_is_no_number_is_told(here):
    (here / "t.csv").write_text("name;country;latitude;longitude\nTurin;Italy;45,07;7.69\n")
    run = glocal("match", "t.csv")
    assert run.returncode == 0
    assert "1 cell of latitude not used: '45,07' in row 2 is no number." in run.stderr
    assert "longitude" not in run.stderr
    fails("match", "t.csv", "--name", "city", said="t.csv has no column 'city'")


def test_an_import_that_goes_nowhere_says_so(here):
    (here / "t.csv").write_text("id,name\n1,Turin\n")
    said = "The facts are in no file"
    assert said in glocal("import", "t.csv", "-m", "m.yaml").stderr
    assert said not in glocal("import", "t.csv", "-m", "m.yaml", "-o", "t.trig").stderr
    assert said not in glocal("import", "t.csv", "-m", "m.yaml", "--graph", "t.glocal").stderr


def test_a_command_to_copy_has_its_paths_in_quotes(here):
    (here / "my table.csv").write_text("id,name\n1,Turin\n")
    run = glocal("import", "my table.csv", "--draft", "my mapping.yaml")
    assert "glocal import 'my table.csv' -m 'my mapping.yaml'" in run.stderr
    assert "glocal import 'my own.xlsx' -o" in glocal("template", "my own.xlsx").stderr


def test_a_workbook_of_ratings_is_told_as_one(here):
    openpyxl.Workbook().save("r.xlsx")
    fails("rate", "r.xlsx", said="The file is a workbook")


def test_a_summary_does_not_list_all_of_many_columns(here):
    names = [f"c{number}" for number in range(3000)]
    (here / "t.csv").write_text(",".join(["id", "name", *names]) + "\n1,Turin\n")
    told = glocal("import", "t.csv", "-m", "m.yaml").stderr
    assert "V c19 and 2,980 more." in told
    assert len(told) < 1000


def test_a_note_does_not_repeat_all_that_was_looked_for():
    assert len(glocal("search", "x" * 10_000).stderr) < 400


@pytest.mark.parametrize(
    "words", ["compare - a.ttl", "compare a.ttl -", "import - -m m.yaml", "rate -", "match -",
              "migrate -", "check -", "report -", "template -", "demo -"],
)  # fmt: skip
def test_a_verb_that_reads_no_input_says_so(here, words):
    fails(*words.split(), said="does not take - for standard input")
    assert os.listdir(here) == ["m.yaml"]


def test_an_import_that_fails_leaves_no_graph_behind(here):
    (here / "t.csv").write_text("id,name\n1,Turin\n")
    fails("import", "none.csv", "-m", "m.yaml", "--graph", "g", said="cannot be read")
    assert not (here / "g").exists()
    assert glocal("import", "t.csv", "-m", "m.yaml", "--graph", "g").returncode == 0
    fails("import", "none.csv", "-m", "m.yaml", "--graph", "g", said="cannot be read")
    with gk.open("g", read_only=True) as kg:
        assert kg.ask('ASK { ?city rdfs:label "Turin" }')


@pytest.mark.parametrize("when", ["2026-13-45", "2026-02-30", "2026-02-01T25:00:00"])
def test_the_day_of_an_import_is_one_of_the_calendar(here, when):
    (here / "t.csv").write_text("id,name\n1,Turin\n")
    fails("import", "t.csv", "-m", "m.yaml", "--when", when, said="is no date or time")
    assert glocal("import", "t.csv", "-m", "m.yaml", "--when", "2026-02-01").returncode == 0


@pytest.mark.parametrize("file", ["--report r.xlsx", "--report r.pdf", "--merged r.xlsx",
                                  "--review r.ods"])  # fmt: skip
def test_no_file_is_called_what_it_is_not(here, file):
    (here / "t.csv").write_text("id,name\n1,Turin\n")
    fails("import", "t.csv", "-m", "m.yaml", *file.split(), said="ends in .csv or ")
    assert sorted(os.listdir(here)) == ["m.yaml", "t.csv"]


def test_a_network_without_links_says_so(here):
    (here / "t.ttl").write_text("<urn:a> a <https://w3id.org/glocal/ontology#Practice> .")
    run = glocal("network", "partnerships", "-d", "t.ttl", "--source", "mine")
    assert run.returncode == 1
    assert "Nobody is linked with anybody there" in run.stderr
