"""The command as a process: what it prints, where, and the exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glocal_kg._cli import VERBS, options

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-c", "from glocal_kg._cli import main; main()"]
CLASSES = "SELECT ?c { VALUES ?c { glocal:City glocal:Practice } ?c a owl:Class } ORDER BY ?c"


def glocal(*words: object, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        encoding="utf-8",
    )


def fails(*words: object, said: str, text: str | None = None) -> None:
    run = glocal(*words, text=text)
    assert run.returncode == 2, run.stdout + run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith("glocal: ")
    assert "Traceback" not in run.stderr
    assert said in run.stderr


# Overview and help


def test_overview_lists_every_verb():
    run = glocal("--help")
    assert run.returncode == 0
    assert all(f"  {verb} " in run.stdout for verb in VERBS)
    assert glocal().returncode == 2


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_an_example_and_every_option(verb):
    run = glocal(verb, "--help")
    assert (run.returncode, run.stderr) == (0, "")
    assert f"glocal {verb}" in run.stdout.split("Example:")[1]
    assert "--help" in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 100


def test_version():
    assert glocal("--version").stdout.startswith("glocal ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["qery"], "There is no verb 'qery'. Did you mean 'query'?"),
        (["query"], "nothing to ask"),
        (["query", "--fromat", "csv", "x"], "no option --fromat. Did you mean --format?"),
        (["query", "x", "--format", "pdf"], "--format takes one of table, csv"),
        (["query", "x", "--format"], "--format needs a value"),
        (["query", "--list=yes"], "--list takes no value"),
        (["query", "a", "b"], "'b' is one argument too many"),
        (["query", "ASK {}", "--timeout", "soon"], "--timeout takes a number above zero"),
        (["query", "ASK {}", "--lang", "en", "--lang", "it"], "--lang is given twice"),
        (["query", "no-such-question"], "There is no question 'no-such-question'"),
        (["query", "nowhere.rq"], "nowhere.rq: the file cannot be read"),
        (["query", "SELECT ?x { ?x a foo:Bar }"], "the prefix 'foo:' is not declared"),
        (["query", "ASK {}", "-p", "x=1"], "SPARQL text has no parameters"),
        (["query", "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }"], "SERVICE"),
        (["query", "ASK {}", "--data", "nowhere.ttl"], "nowhere.ttl: There is no such file"),
        (["query", "CONSTRUCT WHERE { ?s a owl:Ontology }", "-f", "csv"], "Triples cannot be"),
        (["query", "SELECT ?s { ?s a owl:Class } LIMIT 1", "-f", "turtle"], "A table cannot be"),
        (["query", "SELECT ?s { ?s ?p ?o }", "--max-rows", "5"], "more than 5 rows"),
        (["explain", "place:rome"], "Something is missing"),
        (["explain", "place:rome", "rdf:type", "glocal:Principle"], "neither says nor implies"),
        (["validate", "--shapes", "nowhere.ttl"], "nowhere.ttl: There is no such file"),
    ],
)
def test_errors_are_one_message_with_a_remedy_and_code_2(words, said):
    fails(*words, said=said)


# query


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


# The other verbs


def test_coverage_lists_every_slide_and_paragraph_and_none_is_empty():
    rows = [line.split(",") for line in glocal("info", "--coverage").stdout.splitlines()[1:]]
    facts = {passage.rpartition("/")[2]: int(count) for _, passage, count, _ in rows}
    slides = {f"deck-s{n:02}" for n in range(1, 51)}
    assert facts.keys() >= slides | {f"article-p{n}" for n in range(1, 9)}
    assert all(count > 0 for count in facts.values())


def test_info_counts_graphs():
    rows = [line.rsplit(",", 1) for line in glocal("info").stdout.splitlines()[1:]]
    assert all(int(count) > 0 for _, count in rows)
    assert any(row[0].startswith("https://w3id.org/glocal/graph/deck") for row in rows)
    assert "asserted facts" in glocal("info", "--format", "table").stdout


def test_infer_writes_what_follows(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:mine> a <https://w3id.org/glocal/ontology#City> .")
    run = glocal("infer", path)
    place = "<https://w3id.org/glocal/ontology#Place>"
    assert f"<urn:mine> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {place} ." in run.stdout
    assert run.returncode == 0
    summary = glocal("infer", "--format", "summary")
    assert "facts follow from" in summary.stdout
    assert "No contradictions." in summary.stdout


def test_infer_ends_with_1_on_a_contradiction(tmp_path):
    path = tmp_path / "wrong.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:A> owl:disjointWith <urn:B> ."
        " <urn:x> a <urn:A> , <urn:B> ."
    )
    run = glocal("infer", path, "--format", "summary")
    assert run.returncode == 1
    assert "Contradiction" in run.stdout


def test_only_violations_make_validate_exit_with_1(tmp_path):
    place = (
        "@prefix : <https://w3id.org/glocal/ontology#> .\n"
        "@prefix id: <https://w3id.org/glocal/id/> .\n"
        "<https://w3id.org/glocal/id/place/x> a :City ;\n"
        " :statedIn <https://w3id.org/glocal/id/passage/article-p5> ;\n"
        " <http://www.w3.org/2000/01/rdf-schema#label> "
    )
    path = tmp_path / "mine.ttl"
    path.write_text(place + "'City X'@en .")
    assert glocal("validate", path).returncode == 0
    path.write_text(place + "'City of the Global Forum'@en .")
    run = glocal("validate", path)
    assert (run.returncode, "check glocal-or-global" in run.stdout) == (0, True)
    path.write_text(place + "'City X'@en ; <urn:p> id:nothing .")
    run = glocal("validate", path)
    assert (run.returncode, "check described" in run.stdout) == (1, True)
    run = glocal("validate", path, "--no-checks")
    assert (run.returncode, "check described" in run.stdout) == (0, False)


def test_validate_own_files(tmp_path):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:City> ;"
        ' sh:property [ sh:path <urn:name> ; sh:minCount 1 ; sh:message "Name it." ] .'
    )
    data.write_text("<urn:rome> a <urn:City> .")
    run = glocal("validate", data, "--shapes", shapes)
    assert run.returncode == 1
    assert "<urn:rome>" in run.stdout
    data.write_text('<urn:rome> a <urn:City> ; <urn:name> "Rome" .')
    assert glocal("validate", data, "--shapes", shapes).returncode == 0
    assert json.loads(glocal("validate", data, "--shapes", shapes, "-f", "json").stdout)
    data.write_text("oops")
    fails("validate", data, "--shapes", shapes, said="data.ttl:1:")


def test_own_shapes_judge_own_files_alone_unless_asked(tmp_path):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        " <urn:S> sh:targetClass <https://w3id.org/glocal/ontology#City>, <urn:City> ;"
        " sh:property [ sh:path <urn:name> ; sh:minCount 1 ] ."
    )
    data.write_text("<urn:rome> a <urn:City> .")
    alone = glocal("validate", data, "--shapes", shapes, "-f", "text")
    told = f"Validated {data} alone (1 fact) against {shapes}."
    assert alone.stdout.startswith(f"{told}\n\nDoes not conform")
    assert "1 violation at 1 node" in alone.stdout
    assert "\n  1  urn:S\n" in alone.stdout
    both = glocal("validate", data, "--shapes", shapes, "--packaged")
    assert both.stdout.count("urn:name") > 2
    assert "Validated the packaged facts and" in both.stderr
    assert "glocal: nodes looked at: " in both.stderr
    packaged = glocal("validate", "--shapes", shapes)
    assert "<urn:rome>" not in packaged.stdout
    assert packaged.returncode == 1


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ("<urn:x> a <urn:C> .", "shapes.ttl: There is no shape in its 1 statements."),
        (
            "<urn:S> a <https://www.w3.org/ns/shacl#NodeShape> ; "
            "<https://www.w3.org/ns/shacl#targetClass> <urn:C> .",
            "but the namespace of SHACL is <http://www.w3.org/ns/shacl#>.",
        ),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ;"
            " sh:property [ sh:path <urn:p> ; sh:uniqueLang 'true' ] .",
            'shapes.ttl: <urn:S> > sh:property <urn:p>: sh:uniqueLang is "true".',
        ),
    ],
)
def test_shapes_that_cannot_be_used_exit_with_2(tmp_path, shapes, said):
    path = tmp_path / "shapes.ttl"
    path.write_text(shapes)
    fails("validate", "--shapes", path, said=said)


def test_explain_names_the_rule_and_the_source():
    words = ["explain", "actor:municipality-of-rome", "rdf:type", "glocal:SubnationalActor"]
    run = glocal(*words)
    assert run.returncode == 0
    assert "because" in run.stdout
    assert "(stated on slide 41)" in run.stdout
    assert "cax-sco" not in run.stdout
    assert "class within a class, cax-sco" in glocal(*words, "--rules").stdout
    assert json.loads(glocal(*words, "--format", "json").stdout)
    assert glocal(*words, "-f", "svg").stdout.startswith("<svg ")


def test_all_proofs_are_one_json_document_and_a_drawing_shows_one(tmp_path):
    path = tmp_path / "twice.ttl"
    path.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:x> a <urn:A>, <urn:B> ."
        " <urn:A> rdfs:subClassOf <urn:C> . <urn:B> rdfs:subClassOf <urn:C> ."
    )
    words = ["explain", "urn:x", "rdf:type", "urn:C", "--data", path, "--all"]
    assert len(json.loads(glocal(*words, "-f", "json").stdout)) == 2
    prov = glocal(*words, "-f", "turtle").stdout
    assert prov.count("wasGeneratedBy") == 2
    import pyoxigraph

    made = pyoxigraph.NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy")
    triples = list(pyoxigraph.parse(prov, format=pyoxigraph.RdfFormat.TURTLE))
    assert len({triple.object for triple in triples if triple.predicate == made}) == 2
    fails(*words, "-f", "svg", said="A drawing shows one proof")


# Pipes and signals


def test_a_reader_that_leaves_early_is_no_error():
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, "query", query], cwd=ROOT, **pipes) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_ctrl_c_stops_a_running_query():
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a ?f FILTER(?c < ?f) }"  # 250 million
    with subprocess.Popen(
        [*COMMAND, "query", runaway],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # Under a shell's background job Ctrl-C is ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    assert errors == b"glocal: interrupted\n"


def test_a_runaway_query_does_not_hang_the_command():
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a ?f FILTER(?c < ?f) }"  # 250 million
    fails("query", runaway, "--timeout", "0.5", said="longer than 0.5 seconds")


def test_output_is_utf8_whatever_the_locale():
    run = subprocess.run(
        [*COMMAND, "query", CLASSES, "-f", "table", "--lang", "it"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert "città" in run.stdout.decode("utf-8")


# Options


def test_options_are_read_in_every_spelling():
    verb = options.Verb(
        "demo", "", "", [options.Option("--param -p", "", value="X", many=True)], most=None
    )
    given = options.read(verb, ["a", "--param", "1", "--param=2", "-p", "3", "--", "--b", "-"])
    assert given.arguments == ["a", "--b", "-"]
    assert given.all("param") == ["1", "2", "3"]
    assert given.one("param") == "3"


# Where output or input fail


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["query", "map/principles"],
        ["query", "--help"],
        ["info"],
        ["infer"],
        ["validate"],
        ["explain", "place:rome", "rdf:type", "glocal:City"],
    ],
)
def test_a_full_disk_is_an_error_and_no_fault(words):
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].startswith("glocal: the output cannot be written: No space")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("closed", "said"), [(">&-", "no standard output"), ("<&-", "no standard")]
)
def test_closed_standard_streams_are_errors(closed, said):
    line = f"{sys.executable} -c 'from glocal_kg._cli import main; main()' query - {closed}"
    run = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_standard_input_must_be_text():
    run = subprocess.run(
        [*COMMAND, "query", "-"], input=b"\xff\xfeASK {}", capture_output=True, cwd=ROOT
    )
    assert run.returncode == 2
    assert b"not text in UTF-8" in run.stderr


def test_a_byte_order_mark_before_a_query_is_no_part_of_it(tmp_path):
    file = tmp_path / "ask.rq"
    file.write_bytes(b"\xef\xbb\xbfASK {}\r\n")
    assert glocal("query", file).stdout == "true\n"
    assert glocal("query", "-", text="\ufeffASK {}").stdout == "true\n"


# Options of query


def test_limits_are_whole_numbers_and_sensible_times():
    rows = "SELECT * { ?s ?p ?o }"
    fails("query", rows, "--max-rows", "0.5", said="--max-rows takes a whole number")
    fails("query", rows, "--max-rows", "-1", said="--max-rows takes a whole number")
    fails("query", rows, "--max-rows", "10", said="more than 10 rows")
    fails("query", f"{rows} ORDER BY ?o", "--max-memory", "1", said="more than 1,000,000 bytes")
    fails("query", rows, "--max-memory", "1GB", said="--max-memory takes a whole number")
    assert glocal("query", "ASK {}", "--timeout", "1e300").stdout == "true\n"
    assert glocal("query", "ASK {}", "--timeout", "inf").stdout == "true\n"


def test_a_parameter_is_given_once():
    twice = ["-p", "term=term:glocalism", "-p", "term=term:glocalization"]
    fails("query", "convention/senses", *twice, said="'term' is given twice")


def test_yes_and_no_are_written_in_the_format_asked_for():
    assert json.loads(glocal("query", "ASK {}", "-f", "json").stdout)["boolean"] is True
    assert "<boolean>true</boolean>" in glocal("query", "ASK {}", "-f", "xml").stdout
    fails("query", "ASK {}", "-f", "turtle", said="cannot be written as turtle")


def test_every_run_infers_the_same_text():
    assert glocal("infer").stdout == glocal("infer").stdout != ""


def test_a_query_is_utf8_in_any_locale():
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"}
    command = [*COMMAND, "query", 'SELECT ("é" AS ?x) {}', "-f", "csv"]
    run = subprocess.run(command, capture_output=True, env={**os.environ, **plain}, check=True)
    assert run.stdout.decode() == "x\né\n"


def test_a_language_without_labels_is_told():
    run = glocal("query", "map/principles", "--lang", "sw")
    assert run.returncode == 0
    assert "Nothing here has a label in 'sw'" in run.stderr
    assert "Nothing here" not in glocal("query", "map/principles", "--lang", "it").stderr
    fails("query", "map/principles", "--lang", "it_IT", said="languages")
