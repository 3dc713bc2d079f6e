"""The report: what it says, in which forms, and when it raises."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.namespace import RDF, SH

from glocal_kg._engines.shacl import Doubt, Finding
from glocal_kg._engines.shacl.paths import InversePath, Predicate, SequencePath
from glocal_kg._telling.report import Report
from glocal_kg.errors import ArgumentError, ValidationError

EX = "https://example.org/"
PATH = SequencePath((Predicate(NamedNode(EX + "p")), InversePath(Predicate(NamedNode(EX + "q")))))


def finding(**changes: object) -> Finding:
    base: dict[str, object] = {
        "focus": NamedNode(EX + "rome"),
        "constraint": str(SH.MinCountConstraintComponent),
        "source_shape": BlankNode("s"),
        "path": PATH,
        "message": "The title is missing.",
        "expected": "at least 1 value",
        "remedy": "Add a title.",
        "label": "Rome",
    }
    return Finding(**{**base, **changes})


REPORT = Report(
    results=[
        finding(value=Literal("<b>,\n=1"), details=(finding(severity="info"),)),
        finding(severity="warning", focus=BlankNode("x"), label=""),
    ],
    looked_at={EX + "Shape": 3, EX + "Other": 0},
    doubts=(Doubt("no-nodes", "Other looked at no node.", EX + "Other", "Check its target."),),
)


def test_text_names_place_value_problem_expectation_and_remedy() -> None:
    text = REPORT.to_text()
    assert text.startswith("Does not conform: 1 violation, 1 warning at 2 nodes.")
    for part in ("Rome", f"<{EX}p>/^<{EX}q>", "<b>", "The title is missing.", "at least 1 value"):
        assert part in text
    assert "Add a title." in text
    assert "Other looked at no node. Check its target." in text


def test_warnings_alone_are_no_violation_in_words_as_in_the_exit_code() -> None:
    mild = Report(results=[finding(severity="warning"), finding(severity="info")])
    assert mild.to_text().startswith("No violation, but 1 warning, 1 for information at 1 node.")
    assert not mild.conforms  # as SHACL counts
    mild.raise_for_violations()
    theirs = Report(results=[finding(severity=NamedNode(EX + "Grave"))])
    assert theirs.to_text().startswith("Does not conform: 1 of ")


def test_what_no_shape_is_for_is_named() -> None:
    told = Report(things=(8, 9), passed_over=("ex:scheme (skos:ConceptScheme)",))
    assert told.to_text() == (
        "Conforms. Looked at 8 of your 9 things; no shape is for ex:scheme (skos:ConceptScheme)."
    )
    many = Report(things=(1, 9), passed_over=("ex:a (ex:A)", "ex:b (ex:B)", "ex:c (ex:C)"))
    assert many.to_text().endswith("ex:c (ex:C) and 5 more.")
    assert Report(things=(9, 9)).to_text() == "Conforms. Looked at 9 of your 9 things."


def test_more_findings_than_the_limit_are_told_kind_by_kind() -> None:
    many = replace(REPORT, results=[*REPORT.results, *REPORT.results[:1] * 8])
    text = many.to_text(limit=5)
    assert "9 violations at" in text
    assert "... and 6 more" in text
    assert "Each finding: to_text(None), on the command line --all." in text


def test_json_and_csv_hold_the_same_rows() -> None:
    content = json.loads(REPORT.to_json())
    rows = list(csv.DictReader(io.StringIO(REPORT.to_csv(), newline="")))
    assert content["conforms"] is False
    assert [item["focus"] for item in content["results"]] == [row["focus"] for row in rows]
    assert rows[0]["value"] == str(Literal("<b>,\n=1"))
    assert content["results"][0]["details"][0]["severity"] == "info"
    assert content["looked_at"] == {EX + "Shape": 3, EX + "Other": 0}


def test_html_escapes_everything() -> None:
    html = REPORT._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_graph_is_a_standard_report() -> None:
    graph = REPORT.to_graph()
    top = graph.value(None, RDF.type, SH.ValidationReport)
    assert graph.value(top, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(top, SH.result))
    assert len(results) == 2
    first = graph.value(None, SH.value, rdflib.Literal("<b>,\n=1"))
    path = graph.value(first, SH.resultPath)
    steps = list(graph.items(path))
    assert steps[0] == rdflib.URIRef(EX + "p")
    assert graph.value(steps[1], SH.inversePath) == rdflib.URIRef(EX + "q")
    detail = graph.value(first, SH.detail)
    assert graph.value(detail, SH.resultSeverity) == SH.Info


def test_raising_depends_on_the_severity_asked_for() -> None:
    mild = Report(results=[finding(severity="warning")])
    mild.raise_for_violations()
    with pytest.raises(ValidationError, match=r"1 finding.*Rome: The title is missing"):
        mild.raise_for_violations("warning")
    with pytest.raises(ArgumentError, match="sh:Warning"):
        mild.raise_for_violations("sh:Warning")


def test_each_severity_has_its_results_apart_from_doubts() -> None:
    own = finding(severity=NamedNode(EX + "Fatal"))
    report = Report(results=[*REPORT.results, finding(severity="info"), own], doubts=REPORT.doubts)
    kinds = (report.violations, report.warnings, report.infos)
    assert [[found.severity for found in kind] for kind in kinds] == [
        ["violation"],
        ["warning"],
        ["info"],
    ]
    assert own in report.results
    assert [doubt.kind for doubt in report.doubts] == ["no-nodes"]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_report_is_copied_and_pickled(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(REPORT, protocol)) == REPORT
    assert copy.deepcopy(REPORT) == REPORT == copy.copy(REPORT)


def test_own_severities_count_as_violations() -> None:
    own = Report(results=[finding(severity=NamedNode(EX + "Fatal"))])
    assert len(own.at_least("violation")) == 1
    assert (None, SH.resultSeverity, rdflib.URIRef(EX + "Fatal")) in own.to_graph()


def test_the_report_comes_without_numpy_and_the_engines() -> None:
    code = (
        "import sys, glocal_kg._telling.report as v; v.Report().to_text();"
        "print(sorted({'numpy', 'pyshacl', 'rdflib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_empty_report_says_that_nothing_was_looked_at() -> None:
    assert Report().to_text() == "Conforms, but no shape looked at any node."
    Report().raise_for_violations()
