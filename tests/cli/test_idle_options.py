"""An option that would have no effect is an error, and says with what it has one."""

from __future__ import annotations

import pytest

from glocal_kg._cli import VERBS
from glocal_kg._cli.options import Option, Verb, read
from glocal_kg.errors import GlocalError
from tests.cli.calling import fails, glocal

IDLE = {
    "query --list map/principles": "'map/principles' has no effect beside --list",
    "query --list --asserted": "--asserted has no effect beside --list",
    "query --list --names": "--names has no effect beside --list",
    "query --show map/principles --format json": "--format has no effect beside --show",
    "query --show map/principles -p x=1": "--param has no effect beside --show",
    "query --names ASK{}": "--names is for tables, and has no effect on yes or no",
    "query --iris ASK{}": "--iris is for tables",
    "query --both DESCRIBE<urn:a>{}": "--both is for tables, and has no effect on triples",
    "query --max-rows 5 ASK{}": "--max-rows is for tables, and has no effect on yes or no",
    "query --lang it ASK{}": "--lang is for tables, and has no effect on yes or no",
    "query --lang it DESCRIBE<urn:a>{}": "--lang is for tables, and has no effect on triples",
    "query --lang it --iris SELECT": "--lang has no effect on IRIs",
    "query --lang it -f csv SELECT": "--lang has no effect on IRIs",
    "validate --all --format csv": "--all has no effect on csv, which has each finding",
    "validate --all": "--all has no effect on csv, which has each finding",
    "validate --all -f turtle": "--all has no effect on turtle",
    "describe Kigali --all -f csv": "--all has no effect on csv, which has all values",
    "check --all -f sarif": "--all has no effect on sarif, which is the same without it",
    "explain a b c --rules -f json": "--rules has no effect on json, which names the rule",
    "import t.csv -m n.yaml --gazetteer g.csv --no-match": "--gazetteer has no effect beside",
    "query --base urn:a ASK{}": "--base has no effect without a file of your own",
    "query --data-format turtle ASK{}": "--data-format has no effect without a file of your own",
    "info --base urn:a": "--base has no effect without",
    "terms place --schema": "'place' has no effect beside --schema",
    "explain a b c --rules --format svg": "--rules has no effect",
    "validate --packaged": "--packaged has no effect without --shapes",
    "validate --packaged --shapes s.ttl": "--packaged has no effect without files of your own",
    "validate x.ttl --packaged --shapes s.ttl --graph g": "--packaged has no effect beside --graph",
    "validate x.ttl --shapes s.ttl --no-checks": "--no-checks has no effect beside --shapes",
    "import t.csv --draft m.yaml -m n.yaml": "--mapping has no effect beside --draft",
    "import t.csv --draft m.yaml -o g.trig": "--output has no effect beside --draft",
    "import t.csv -m n.yaml --review r.csv --no-match": "--review has no effect beside --no-match",
    "rate --date 2026-01-01": "--date has no effect without --record",
    "rate t.csv --about urn:a": "--about has no effect without --record",
    "rate t.csv --graph g": "Leave out --graph, or TABLE",
    "rate t.csv --base urn:a": "Leave out --base, or TABLE",
    "network -o n.gexf --sample 5": "--sample has no effect beside --output",
    "network -o n.gexf --engine networkx": "--engine has no effect beside --output",
    "map m.svg --labels 4": "--labels has no effect without --world",
    "map m.svg --extent data": "--extent has no effect without --world",
    "map m.svg --world --practices all": "--practices has no effect beside --world",
    "map m.svg --world --beside b.ttl": "--beside has no effect beside --world",
    "map m.svg --font f.ttf": "--font has no effect on SVG",
    "publish d --infer": "--infer has no effect without FILE",
    "publish d m.ttl --asserted": "--asserted has no effect beside FILE",
    "publish d m.ttl --graph g": "published without --graph",
    "publish d --allow-removal": "--allow-removal has no effect without --previous",
    "publish d --verify --replace": "--replace has no effect beside --verify",
    "publish d --verify --title T": "--title has no effect beside --verify",
}  # fmt: skip


@pytest.mark.parametrize("line", IDLE)
def test_an_option_without_effect_is_told(line: str) -> None:
    words = [
        {
            "ASK{}": "ASK {}",
            "DESCRIBE<urn:a>{}": "DESCRIBE <urn:a> {}",
            "SELECT": "SELECT * { ?x a glocal:City }",
        }.get(word, word)
        for word in line.split()
    ]
    fails(*words, said=IDLE[line])


def test_beside_a_graph_on_disk_nothing_else_is_checked(tmp_path) -> None:
    import glocal_kg as gk

    gk.open(tmp_path / "my.glocal", create=True).close()
    (tmp_path / "x.ttl").write_text("<urn:a> a <urn:B> .")
    assert glocal("check", tmp_path / "my.glocal").returncode == 0
    fails("check", tmp_path / "my.glocal", tmp_path / "x.ttl", said="x.ttl has no effect beside")
    fails("check", tmp_path / "my.glocal", "--thorough", said="--thorough has no effect beside")


def test_files_that_are_published_are_read_as_their_options_say(tmp_path) -> None:
    (tmp_path / "mine.data").write_text("<a> <http://purl.org/dc/terms/title> 'A' .")
    said = glocal(
        "publish", tmp_path / "dist", tmp_path / "mine.data", "--data-format", "turtle", "--base",
        "https://example.org/x/", "--version", "1.0.0", "--date", "2026-01-31", "--title", "T",
        "--publisher", "P", "--license", "https://creativecommons.org/licenses/by/4.0/",
        "--base-url", "https://example.org/data/", "--compress", "none",
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    facts = [path.read_text() for path in (tmp_path / "dist").rglob("*.nt")]
    assert any("<https://example.org/x/a>" in text for text in facts)


def test_validate_says_that_a_graph_on_disk_was_looked_at(tmp_path) -> None:
    import glocal_kg as gk

    with gk.open(tmp_path / "my.glocal", create=True) as kg:
        kg.add(gk.Text("<urn:a> a <urn:C> .", "turtle"))
    (tmp_path / "x.ttl").write_text("<urn:b> a <urn:C> .")
    shapes = tmp_path / "s.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> a sh:NodeShape ; "
        "sh:targetClass <urn:C> ; sh:nodeKind sh:IRI ."
    )
    run = glocal(
        "validate", tmp_path / "x.ttl", "--shapes", shapes, "--graph", tmp_path / "my.glocal"
    )
    told = f"Validated {tmp_path}/my.glocal and {tmp_path}/x.ttl (2 facts) against {shapes}."
    assert told in run.stderr
    run = glocal("validate", "--shapes", shapes, "--graph", tmp_path / "my.glocal")
    assert f"Validated {tmp_path}/my.glocal (1 fact) against {shapes}." in run.stderr


def test_what_an_option_needs_and_excludes_are_options_of_its_verb() -> None:
    for module, _ in VERBS.values():
        verb: Verb = __import__(module, fromlist=["VERB"]).VERB
        keys = {option.key for option in verb.options}
        for option in verb.options:
            named = {*option.only, *option.without, *(option.alone or ())}
            assert {one for one in named if not one.isupper()} <= keys
            assert all(one in verb.usage for one in named if one.isupper())


def test_an_argument_may_be_what_an_option_needs() -> None:
    verb = Verb(
        "do FOLDER [FILE...]", "", "", [Option("--deep", "", only="FILE")], least=1, most=None
    )
    assert read(verb, ["d", "f", "--deep"]).has("deep")
    with pytest.raises(GlocalError, match="--deep has no effect without FILE"):
        read(verb, ["d", "--deep"])
