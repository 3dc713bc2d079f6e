"""Set-based checks: their header, their rows, and what they must not do."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from glocal_kg._checks import read_check, read_checks, run_checks
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._telling.report import Report
from glocal_kg.errors import QueryError

EX = "https://example.org/"
CHECK = """
#+ summary: A practice ends after it begins
#+ message: "It ends in {?value}, before it begins in {?start}."
#+ remedy: Correct {?path} after the source.
#+ severity: warning
#+ columns: {focus: iri, path: iri, value: literal, start: literal}
PREFIX ex: <https://example.org/>
SELECT ?focus (ex:end AS ?path) ?value ?start
WHERE { ?focus ex:start ?start ; ex:end ?value FILTER(?value < ?start) }
ORDER BY ?focus
"""


@pytest.fixture
def store() -> Facts:
    text = b"""@prefix ex: <https://example.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        ex:one { ex:a ex:start 2005 ; ex:end 2001 ; rdfs:label "Prova"@it, "Trial"@en . }
        ex:two { ex:b ex:start 2001 ; ex:end 2000 . ex:c ex:start 1 ; ex:end 2 . }"""
    return Facts.of(ox.parse(text, ox.RdfFormat.TRIG))


def test_each_row_is_a_finding(store: Facts) -> None:
    found = run_checks([read_check(CHECK, "ends")], store, languages=["it"])
    assert [str(v.focus) for v in found] == [f"<{EX}a>", f"<{EX}b>"]
    first = found[0]
    assert first.message == "It ends in 2001, before it begins in 2005."
    assert first.remedy == f"Correct <{EX}end> after the source."
    assert first.label == "Prova"
    assert (first.severity, str(first.path), first.value) == (
        "warning",
        f"<{EX}end>",
        ox.Literal(2001),
    )
    assert first.expected == "A practice ends after it begins"
    report = Report(looked_at={EX + "S": 1}).joined(found)
    assert not report.conforms
    assert report.engines == ("fast", "checks")
    assert "of check ends" in report.to_text()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ summary: A practice ends after it begins\n", "", "no summary"),
        ("severity: warning", "severity: fatal", "severity is 'fatal'"),
        ("#+ remedy", "#+ remedies", "unknown key remedies"),
        ("#+ remedy: C", "#+ remedy C", "a key and a colon are missing"),
        ("?focus ex:start", "SERVICE <https://example.org/s> {} ?focus ex:start", "uses SERVICE"),
        ("\nWHERE", "\nFROM <https://example.org/g> WHERE", "uses FROM"),
        ("SELECT", "CONSTRUCT", "no SELECT"),
    ],
)
def test_a_bad_check_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert old in CHECK
    with pytest.raises(QueryError, match=f"ends.*: .*{message}"):
        read_check(CHECK.replace(old, new), "ends")


def test_a_query_that_does_not_parse_names_the_check(store: Facts) -> None:
    check = read_check(CHECK.replace("ORDER BY", "ORDR BY"), "ends")
    with pytest.raises(QueryError, match="ends: "):
        run_checks([check], store)


def test_a_row_needs_a_focus(store: Facts) -> None:
    query = "#+ summary: x\nSELECT ?focus ?o { ?s <https://example.org/end> ?o }"
    with pytest.raises(QueryError, match="row has no \\?focus"):
        run_checks([read_check(query, "loose")], store)


def test_a_graph_variable_is_no_keyword() -> None:
    """Only GRAPH ?focus says that a check is about named graphs."""
    about = "#+ summary: x\nSELECT ?focus { GRAPH ?focus { } }"
    beside = "#+ summary: x\nSELECT ?graph ?focus { GRAPH ?graph { ?focus ?p ?o } }"
    assert read_check(about, "about").of_graphs
    assert not read_check(beside, "beside").of_graphs


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.rq").write_text(CHECK, encoding="utf-8")
    assert [check.name for check in read_checks(tmp_path.glob("*.rq"))] == ["a", "b"]
