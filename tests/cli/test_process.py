"""The command as a process: pipes, signals, the locale, and streams that fail."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import calling
from tests.cli.calling import CLASSES

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from glocal_kg._cli import main; main()"]


def glocal(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["query", CLASSES], 0),
        (["validate", "--shapes", "ontology/shapes/none.ttl"], 2),
        ([], 2),
    ],
)
def test_a_process_prints_and_ends_as_the_call_does(words, code):
    run, called = glocal(*words), calling.glocal(*words)
    assert run.returncode == called.returncode == code
    assert (run.stdout, run.stderr) == (called.stdout, called.stderr)


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
    run = glocal("query", runaway, "--timeout", "0.5")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("glocal: ")
    assert "longer than 0.5 seconds" in run.stderr


def test_every_run_infers_the_same_text():
    assert glocal("infer").stdout == glocal("infer").stdout != ""


def test_output_is_utf8_whatever_the_locale():
    run = subprocess.run(
        [*COMMAND, "query", CLASSES, "-f", "table", "--lang", "it"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert "città" in run.stdout.decode("utf-8")


def test_a_query_is_utf8_in_any_locale():
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"}
    command = [*COMMAND, "query", 'SELECT ("é" AS ?x) {}', "-f", "csv"]
    run = subprocess.run(command, capture_output=True, env={**os.environ, **plain}, check=True)
    assert run.stdout.decode() == "x\né\n"


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
