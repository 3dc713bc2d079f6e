"""``glocal query``: questions from everywhere, answers in every format, and its limits."""

from __future__ import annotations

import json

import pytest

from tests.cli.calling import CLASSES, fails, glocal


def test_query_gives_plain_csv_in_a_pipe():
    run = glocal("query", CLASSES)
    assert (run.returncode, run.stderr) == (0, "")
    space = "https://w3id.org/glocal/ontology#"
    assert run.stdout == f"c\n{space}City\n{space}Practice\n"


def test_query_formats():
    assert "class" not in glocal("query", CLASSES, "-f", "tsv").stdout
    assert (
        len(json.loads(glocal("query", CLASSES, "-f", "json").stdout)["results"]["bindings"]) == 2
    )
    assert glocal("query", CLASSES, "-f", "xml").stdout.startswith("<?xml")
    table = glocal("query", CLASSES, "-f", "table").stdout
    assert "city" in table
    assert table.endswith("2 rows\n")
    italian = glocal("query", CLASSES, "-f", "table", "--lang", "it,en").stdout
    assert "città" in italian
    built = glocal("query", "CONSTRUCT { glocal:City a ?t } WHERE { glocal:City a ?t }")
    assert "glocal:City a owl:Class" in built.stdout
    assert glocal("query", "ASK { glocal:City a owl:Class }").stdout == "true\n"
    assert json.loads(glocal("query", "ASK {}", "-f", "json").stdout) == {
        "head": {},
        "boolean": True,
    }


def test_query_from_a_file_and_from_standard_input(tmp_path):
    path = tmp_path / "own.rq"
    path.write_text(CLASSES, encoding="utf-8")
    assert glocal("query", path).stdout == glocal("query", CLASSES).stdout
    assert glocal("query", "-", text=CLASSES).stdout == glocal("query", CLASSES).stdout
    path.write_text(
        "#+ summary: Own\n#+ params:\n#+   kind: {type: iri, required: true}\n"
        "SELECT ?x { ?x a $kind } ORDER BY ?x\n",
        encoding="utf-8",
    )
    run = glocal("query", path, "-p", "kind=owl:Ontology")
    assert "https://w3id.org/glocal/ontology\n" in run.stdout
    fails("query", path, said="needs the parameter 'kind'")
    fails("query", path, "-p", "kind=no iri", said="takes an IRI")
    fails("query", path, "-p", "kind", said="-p takes name=value")
    path.write_bytes(b"\xff\xfe")
    fails("query", path, said="not text in UTF-8")


def test_a_byte_order_mark_before_a_query_is_no_part_of_it(tmp_path):
    file = tmp_path / "ask.rq"
    file.write_bytes(b"\xef\xbb\xbfASK {}\r\n")
    assert glocal("query", file).stdout == "true\n"
    assert glocal("query", "-", text="\ufeffASK {}").stdout == "true\n"


def test_own_data_is_added_and_not_written_back(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:mine> a <https://w3id.org/glocal/ontology#City> .")
    asked = "SELECT ?g { GRAPH ?g { <urn:mine> a glocal:City } }"
    run = glocal("query", asked, "--data", path)
    assert run.stdout.endswith("https://w3id.org/glocal/graph/import/mine\n")
    inferred = "ASK { <urn:mine> a glocal:Place }"
    assert glocal("query", inferred, "--data", path, "--asserted").stdout == "false\n"
    assert glocal("query", inferred, "--data", path).stdout == "true\n"
    assert len(path.read_text().splitlines()) == 1


def test_list_and_show():
    listed = glocal("query", "--list")
    assert listed.returncode == 0
    names = [line.split(",")[0] for line in listed.stdout.splitlines()[1:]]
    assert "map/principles" in names
    shown = glocal("query", "--show", "map/principles").stdout
    assert shown.startswith("map/principles: ")
    assert "ORDER BY" in shown
    assert "#+" not in shown


def test_limits_are_whole_numbers_and_sensible_times():
    rows = "SELECT * { ?s ?p ?o }"
    fails("query", rows, "--max-rows", "0.5", said="--max-rows takes a whole number")
    fails("query", rows, "--max-rows", "-1", said="--max-rows takes a whole number")
    fails("query", rows, "--max-rows", "10", said="more than 10 rows")
    fails("query", f"{rows} ORDER BY ?o", "--max-memory", "1", said="more than 1,000,000 bytes")
    fails("query", rows, "--max-memory", "1GB", said="--max-memory takes a whole number")
    assert glocal("query", "ASK {}", "--timeout", "1e300").stdout == "true\n"
    assert glocal("query", "ASK {}", "--timeout", "inf").stdout == "true\n"


@pytest.mark.parametrize("limit", ["--max-rows", "--max-memory"])
def test_a_limit_that_a_question_does_not_take_is_told(limit):
    fails("query", "map/principles", limit, "5", said=f"{limit} is for SPARQL text")


def test_a_parameter_is_given_once():
    twice = ["-p", "term=term:glocalism", "-p", "term=term:glocalization"]
    fails("query", "convention/senses", *twice, said="'term' is given twice")


def test_yes_and_no_are_written_in_the_format_asked_for():
    assert json.loads(glocal("query", "ASK {}", "-f", "json").stdout)["boolean"] is True
    assert "<boolean>true</boolean>" in glocal("query", "ASK {}", "-f", "xml").stdout
    fails("query", "ASK {}", "-f", "turtle", said="cannot be written as turtle")
    construct = "CONSTRUCT WHERE { ?s a owl:Ontology }"
    fails("query", construct, "-f", "json", said="Use turtle, ntriples, jsonld or rdfxml.")


def test_standard_input_is_read_once():
    said = "Standard input cannot be both"
    fails("query", "-", "-d", "-", "--data-format", "turtle", said=said, text="ASK {}")


@pytest.mark.parametrize("format", ["", "table", "json", "xml"])
@pytest.mark.parametrize("there", [True, False])
def test_yes_and_no_are_told_with_the_prefixes_of_ones_own_file(tmp_path, format, there):
    file = tmp_path / "mine.ttl"
    head = "@prefix ex: <https://my.example/> . @prefix glocal: <https://w3id.org/glocal/ontology#>"
    file.write_text(f"{head} .\nex:a1 a glocal:Practice .", encoding="utf-8")
    name = "ex:a1" if there else "ex:a2"
    run = glocal("query", "-d", file, f"ASK {{ {name} a glocal:Practice }}",
                 *(["-f", format] if format else []))  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert ("true" if there else "false") in run.stdout
    assert (name in run.stderr) is not there


def test_a_language_without_labels_is_told():
    run = glocal("query", "map/principles", "--lang", "sw")
    assert run.returncode == 0
    assert "Nothing here has a label in 'sw'" in run.stderr
    assert "Nothing here" not in glocal("query", "map/principles", "--lang", "it").stderr
    fails("query", "map/principles", "--lang", "it_IT", said="languages")
