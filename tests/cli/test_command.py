"""The command: overview, help, options, what it says to slips, and ``glocal info``."""

from __future__ import annotations

import pytest

from glocal_kg._cli import VERBS, options
from tests.cli.calling import fails, glocal


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
        (["validate", "--shapes", "nowhere.ttl"], "nowhere.ttl: There is no such file"),
    ],
)
def test_errors_are_one_message_with_a_remedy_and_code_2(words, said):
    fails(*words, said=said)


def test_options_are_read_in_every_spelling():
    verb = options.Verb(
        "demo", "", "", [options.Option("--param -p", "", value="X", many=True)], most=None
    )
    given = options.read(verb, ["a", "--param", "1", "--param=2", "-p", "3", "--", "--b", "-"])
    assert given.arguments == ["a", "--b", "-"]
    assert given.all("param") == ["1", "2", "3"]
    assert given.one("param") == "3"


def test_coverage_lists_every_slide_and_paragraph_and_none_is_empty():
    rows = [line.split(",") for line in glocal("info", "--coverage").stdout.splitlines()[1:]]
    facts = {
        passage.rpartition("/")[2]: int(count) + int(read) for _, passage, count, read, _ in rows
    }
    slides = {f"deck-s{n:02}" for n in range(1, 51)}
    assert facts.keys() >= slides | {f"article-p{n}" for n in range(1, 9)}
    assert all(count > 0 for count in facts.values())


def test_info_counts_graphs():
    rows = [line.rsplit(",", 1) for line in glocal("info").stdout.splitlines()[1:]]
    assert all(int(count) > 0 for _, count in rows)
    assert any(row[0].startswith("https://w3id.org/glocal/graph/deck") for row in rows)
    assert "asserted facts" in glocal("info", "--format", "table").stdout


@pytest.mark.parametrize(
    "words", ["infer", "validate", "check", "report", "publish dist", "explain a a b"]
)
def test_long_verbs_end_after_a_time(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    verb, *rest = words.split()
    run = glocal(verb, *rest, "--timeout", "1e-9")
    assert run.returncode == 2
    assert f"glocal {verb} took longer than 1e-09 seconds and was stopped." in run.stderr
    assert "Allow more time with --timeout." in run.stderr
    assert list(tmp_path.iterdir()) == []
