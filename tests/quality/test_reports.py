"""The report in every form: text, JSON, SARIF, JUnit, RDF; arguments; what the command says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib

import glocal_kg as gk
from glocal_kg import Text
from glocal_kg._quality import QualityReport, check, read_arguments
from glocal_kg._quality.outcomes import STATES
from glocal_kg.errors import ArgumentError, NotFoundError, ReadError, ValidationError
from tests.cli.calling import glocal
from tests.quality.gardens import SOUND, TODAY, look

ROOT = Path(__file__).parents[2]
FAULTY = SOUND.replace('rdfs:label "tree"@en ;', "").replace(
    "foaf:logo <https://example.org/gardens.png> ;", ""
)
LOGO = "34\thttps://w3id.org/gardens/onto\tNobody has drawn one.\n"
TREE = "44\thttps://w3id.org/gardens/onto#Tr*\tA tree needs no label.\n"


@pytest.fixture(scope="module")
def sound() -> QualityReport:
    return look(SOUND)


@pytest.fixture(scope="module")
def faulty() -> QualityReport:
    return look(FAULTY)


def argued(tmp_path: Path, *lines: str) -> QualityReport:
    table = tmp_path / "arguments.tsv"
    table.write_text("item\tsubject\targument\n" + "".join(lines), encoding="utf-8")
    return look(FAULTY, arguments=table)


# Each item appears


def test_each_item_is_in_the_report_once(sound: QualityReport):
    assert [one.item.number for one in sound.outcomes] == list(range(1, 158))
    assert sum(sound.counts().values()) == 157
    for one in sound.outcomes:
        assert one.state in STATES
        assert bool(one.reason) == (one.state == "not checked")
        assert bool(one.looked_at and one.things) == (one.state != "not checked")


def test_what_was_looked_at_and_found(faulty: QualityReport):
    outcome = faulty.outcome(44)
    found = outcome.open[0]
    line = FAULTY[: FAULTY.index("\nex:Tree a")].count("\n") + 2
    assert (outcome.state, outcome.things) == ("failed", "terms")
    assert (found.subject, found.severity) == ("https://w3id.org/gardens/onto#Tree", "error")
    assert (found.file, found.line) == ("gardens.trig", line)
    assert {one.severity for one in faulty.at_least("info")} == {"error", "info"}
    assert all(one.severity == "error" for one in faulty.at_least("warning"))
    with pytest.raises(ArgumentError, match=r"severity takes one of .*; 'bad'"):
        faulty.at_least("bad")
    with pytest.raises(NotFoundError):
        look(SOUND, 1).outcome(2)
    with pytest.raises(ValidationError, match="Tree: It has no label"):
        faulty.raise_for_findings()


# Text and JSON


def test_text_is_quiet_where_all_is_well(sound: QualityReport, faulty: QualityReport):
    assert str(sound).count("\n") == 0
    assert "157 items:" in str(sound)
    assert "more to note" not in str(sound)
    text = str(faulty)
    assert "error    44  Each term has a label (1 finding, 14 terms)" in text
    assert "It has no label." in text
    assert "->  Add rdfs:label" in text
    assert "logo" not in text
    assert "1 more to note (--severity info)." in text
    assert "logo" in faulty.to_text("info")
    everything = faulty.to_text(all=True)
    assert all(f"{one.item.number}  {one.item.title}" in everything for one in faulty.outcomes)


def test_many_findings_of_an_item_are_counted_not_listed():
    bare = SOUND.replace('vs:term_status "stable"', 'vs:moreinfo "x"')
    text = look(bare, 53).to_text()
    assert "(13 findings, 14 terms)" in text
    assert "and 8 more" in text


def test_json_says_all(faulty: QualityReport):
    content = json.loads(faulty.to_json())
    assert content["conforms"] is False
    assert len(content["outcomes"]) == 157
    assert content["items"] == faulty.counts()
    label = content["outcomes"][43]
    assert (label["item"], label["state"], label["looked_at"]) == (44, "failed", 13 + 1)
    assert label["findings"][0]["file"] == "gardens.trig"


# SARIF, JUnit, RDF


def test_sarif(faulty: QualityReport, tmp_path: Path):
    log = json.loads(argued(tmp_path, LOGO).to_sarif())
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert (log["version"], len(rules)) == ("2.1.0", 157)
    results = run["results"]
    assert {rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results} == {True}
    assert {one["ruleId"] for one in results} == {rule["id"] for rule in rules}
    failed = [one for one in results if one["kind"] == "fail"]
    assert all(one["level"] in ("error", "warning", "note") for one in failed)
    assert all(one["level"] == "none" for one in results if one["kind"] != "fail")
    label = next(one for one in failed if one["ruleId"] == "quality-44")
    place = label["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "gardens.trig"
    assert place["region"]["startLine"] > 1
    logo = next(one for one in failed if one["ruleId"] == "quality-34")
    assert logo["suppressions"][0]["justification"] == "Nobody has drawn one."
    assert "suppressions" not in label


def test_junit(faulty: QualityReport):
    root = ElementTree.fromstring(faulty.to_junit())
    cases = list(root.iter("testcase"))
    assert len(cases) == 157
    assert len(list(root.iter("testsuite"))) == 10
    failed = [case for case in cases if case.find("failure") is not None]
    assert [case.get("name", "").split()[0] for case in failed] == ["44"]
    assert "no label" in failed[0].find("failure").text
    skipped = [case for case in cases if case.find("skipped") is not None]
    assert len(skipped) == faulty.counts()["not checked"]
    assert sum(int(suite.get("failures", 0)) for suite in root) == 1


def test_junit_takes_any_text():
    text = SOUND.replace("A plant with a trunk made of wood.", "\\u0007<b>& \\U0001F333")
    report = look(text, 47)
    assert "\x07" in report.outcome(47).open[0].evidence
    root = ElementTree.fromstring(report.to_junit())
    assert "<b>& \U0001f333" in root.find(".//failure").text


def test_rdf(faulty: QualityReport, tmp_path: Path):
    earl = rdflib.Namespace("http://www.w3.org/ns/earl#")
    dqv = rdflib.Namespace("http://www.w3.org/ns/dqv#")
    report = argued(tmp_path, LOGO)
    graph = report.to_graph()
    assert len(set(graph.subjects(rdflib.RDF.type, earl.Assertion))) == 157
    told = {
        str(graph.value(one, earl.test)): str(
            graph.value(graph.value(one, earl.result), earl.outcome)
        ).rpartition("#")[2]
        for one in graph.subjects(rdflib.RDF.type, earl.Assertion)
    }
    names = {"passed": {"passed"}, "failed": {"failed"}, "argued": {"failed"},
             "not checked": {"untested", "inapplicable"}}  # fmt: skip
    for one in report.outcomes:
        assert told[one.item.iri] in names[one.state]
        values = [
            graph.value(measure, dqv.value)
            for measure in graph.subjects(dqv.isMeasurementOf, rdflib.URIRef(one.item.iri))
        ]
        checked = one.state != "not checked"
        assert [int(value) for value in values] == ([len(one.found)] if checked else [])
    assert faulty.to_turtle() == look(FAULTY).to_turtle()


def test_our_own_terms_in_reports_are_those_of_the_vocabularies(faulty: QualityReport):
    text = faulty.to_turtle()
    outcome = check([Text(text, "turtle")], only=[15, 42], today=TODAY)
    assert outcome.at_least("info") == []


# Arguments


def test_an_argued_finding_is_no_fault(tmp_path: Path):
    report = argued(tmp_path, LOGO, TREE)
    assert report.conforms
    assert [one.item.number for one in report.outcomes if one.state == "argued"] == [34, 44]
    assert report.outcome(44).found[0].argument == "A tree needs no label."
    assert report.outcome(44).open == ()


def test_an_argument_without_a_finding_is_stale(tmp_path: Path):
    stale = "46\thttps://w3id.org/gardens/onto#Tree\tNo longer true.\n"
    report = argued(tmp_path, LOGO, TREE, stale)
    assert not report.conforms
    assert [(one.item, one.text) for one in report.stale] == [(46, "No longer true.")]
    assert "argument for item 46" in report.to_text()
    root = ElementTree.fromstring(report.to_junit())
    assert root.find("testsuite[@name='Arguments']/testcase/failure") is not None
    unlooked = "129\tx\tNothing was looked at.\n"
    assert argued(tmp_path, LOGO, TREE, unlooked).conforms


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("44 x y\n", ":2: This is not item, subject and argument"),
        ("44\tx\t\n", ":2: This is not item"),
        ("200\tx\ty\n", ":2: There is no item '200'"),
        ("a\tx\ty\n", ":2: There is no item 'a'"),
    ],
)
def test_a_bad_table_of_arguments_is_refused_by_line(line: str, said: str, tmp_path: Path):
    table = tmp_path / "arguments.tsv"
    table.write_text("item\tsubject\targument\n" + line, encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        read_arguments(table)
    with pytest.raises(ReadError, match="cannot be read"):
        read_arguments(tmp_path / "none.tsv")


# Bad calls, bad files


def test_what_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(NotFoundError, match="no item 158"):
        check(only=[158])
    with pytest.raises(NotFoundError, match="no folder"):
        check(release=tmp_path / "none")
    with pytest.raises(ReadError, match="no such file"):
        check([tmp_path / "none.ttl"])


def test_nothing_is_fetched_or_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    path = tmp_path / "mine.jsonld"
    content = '{"@context": {"a": "https://schema.org/name"}, "@id": "urn:x", "a": "b"}'
    path.write_text(content, encoding="utf-8")
    before = sorted(os.listdir(tmp_path))
    check([path], today=TODAY)
    remote = tmp_path / "remote.jsonld"
    remote.write_text('{"@context": "https://schema.org/", "name": "b"}', encoding="utf-8")
    assert check([remote], only=[1]).outcome(1).state == "failed"
    remote.unlink()
    assert sorted(os.listdir(tmp_path)) == before
    assert path.read_text(encoding="utf-8") == content


# The command


def test_command(tmp_path: Path):
    mine = tmp_path / "gardens.trig"
    mine.write_text(FAULTY, encoding="utf-8")
    run = glocal("check", mine, "--item", 44)
    assert (run.returncode, run.stderr) == (1, "")
    assert "It has no label." in run.stdout
    assert glocal("check", mine, "--item", 34).returncode == 0
    assert glocal("check", mine, "--item", 34, "--severity", "info").returncode == 1
    table = tmp_path / "arguments.tsv"
    table.write_text(TREE, encoding="utf-8")
    assert glocal("check", mine, "--item", 44, "--arguments", table).returncode == 0
    for format, start in (("json", "{"), ("sarif", "{"), ("junit", "<?xml"), ("turtle", "@prefix")):
        assert glocal("check", mine, "--item", 44, "--format", format).stdout.startswith(start)
    assert "  44  Each term" in glocal("check", mine, "--item", 44, "--all").stdout
    for words in (["--item", "x"], ["--item", "0"], [tmp_path / "none.ttl"], ["--release", "none"]):
        run = glocal("check", *words)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr.startswith("glocal: ")


def test_the_room_is_not_imported_by_the_package():
    code = "import sys, glocal_kg; print([m for m in sys.modules if 'quality' in m])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"
    assert gk.__version__
