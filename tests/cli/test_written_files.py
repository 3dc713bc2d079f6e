"""No file that is read is written over, and no two that are written are one."""

from __future__ import annotations

import os

import pytest

from tests.cli.calling import fails, glocal

MAPPING = """
base: https://example.org/
things: {a: {class: glocal:City, key: id, columns: {id: dcterms:identifier,
         size: {property: gn:population, type: whole}}}}
"""
ROWS = "id,size\n1,10\n2,many\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "cities.csv").write_text(ROWS)
    (tmp_path / "link.csv").symlink_to("cities.csv")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--aside cities.csv", "--aside would write over what is read: cities.csv."),
        ("--aside ./cities.csv", "--aside would write over what is read"),
        ("--aside link.csv", "--aside would write over what is read"),
        ("--report cities.csv", "--report would write over what is read"),
        ("--merged m.yaml", "--merged would write over the file of --mapping: m.yaml."),
        ("--review cities.csv", "--review would write over what is read"),
        ("-o g.trig --report g.trig", "would write over the file of --"),
        ("-o g.trig --merged r.csv --report ./r.csv", "would write over the file of --"),
    ],
)
def test_an_import_writes_over_nothing_it_reads_or_writes(table, options, said):
    fails("import", "cities.csv", "-m", "m.yaml", *options.split(), said=said)
    assert (table / "cities.csv").read_text() == ROWS
    assert (table / "m.yaml").read_text() == MAPPING
    assert sorted(os.listdir(table)) == ["cities.csv", "link.csv", "m.yaml"]


def test_what_is_no_file_may_take_everything(table):
    options = ["--report", os.devnull, "--merged", os.devnull]
    assert glocal("import", "cities.csv", "-m", "m.yaml", *options).returncode == 1
    assert not os.path.isfile(os.devnull)


def test_figures_are_not_written_over_the_ratings_they_are_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus.trig").write_text("<urn:a> <urn:b> <urn:c> .")
    fails(
        "rate", "-d", "corpus.trig", "--record", "corpus.trig", "--date", "2026-01-01",
        said="--record would write over the file of --data",
    )  # fmt: skip


def test_rows_set_aside_have_the_ending_of_what_they_are(table):
    run = glocal("import", "cities.csv", "-m", "m.yaml", "--aside", "rest.xlsx")
    assert "The rows set aside: rest.csv." in run.stderr
    assert (table / "rest.csv").read_text().startswith("id,size,")
    assert not (table / "rest.xlsx").exists()
    run = glocal("import", "cities.csv", "-m", "m.yaml", "--aside", "rest.2024")
    assert "The rows set aside: rest.2024.csv." in run.stderr
    run = glocal("import", "cities.csv", "-m", "m.yaml", "--aside", "other.csv")
    assert "The rows set aside" not in run.stderr


@pytest.mark.parametrize(
    "words",
    ["import cities.csv -m m.yaml -o g.trig --report none/r.csv", "report -o none/r.html",
     "import cities.csv -m m.yaml --merged none/m.csv", "network relations -o none/n.gexf",
     "rate cities.csv --picture none/p.svg", "match cities.csv --review none/r.csv"],
)  # fmt: skip
def test_a_folder_that_is_not_there_is_told_before_the_work(table, words):
    fails(*words.split(), said="there is no folder 'none'")
    assert sorted(os.listdir(table)) == ["cities.csv", "link.csv", "m.yaml"]


@pytest.mark.parametrize(
    "words", [["query", "ASK {}", "--graph", ""], ["query", "ASK {}", "--graph="],
              ["validate", "--shapes", ""], ["rate", "cities.csv", "--scale", ""],
              ["map", "m.svg", "--lang", ""], ["import", "cities.csv", "-m", ""]],
)  # fmt: skip
def test_an_option_with_an_empty_value_is_not_passed_over(table, words):
    fails(*words, said="needs a value, and '' is none")
