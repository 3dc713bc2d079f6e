"""The fast engine against pyshacl and pyshifty on random graphs and shapes."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdflib.namespace import SH

from glocal_kg._engines.shacl.reference import literals_as_written
from glocal_kg._engines.shacl.report import Report
from glocal_kg._engines.shacl.report_graph import severity_name
from glocal_kg._engines.shacl.terms import from_rdflib, to_rdflib
from glocal_kg._rdf.store.facts import Facts
from tests.engines.shacl.strategies import graphs, numeric_graphs, order_shapes, shapes_graphs
from tests.engines.shacl.tools import facts_of, report_of

MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def core(report: Report) -> set[tuple[str, ...]]:
    """What the standard fixes in a result; the graphs have one blank node at most."""
    return {
        (*map(anonymous, (v.focus, v.value, v.source_shape)), v.rule, v.severity, str(v.path))
        for v in report.results
    }


def anonymous(term: object) -> str:
    text = str(term)
    return "_:x" if text.startswith("_:") else text


def compare(ours: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> None:
    assert ours - theirs == set(), "only the fast engine found these"
    assert theirs - ours == set(), "the fast engine missed these"


def by_shifty(facts: Facts, rules: Facts) -> set[tuple[str, ...]]:
    """The results of pyshifty without their paths, which it rewrites."""
    shifty = pytest.importorskip("shifty", reason="pyshifty is not installed")
    graphs = []
    for table in (facts, rules):
        graph = rdflib.Graph()
        for quad in table:
            graph.add(tuple(map(to_rdflib, (quad.subject, quad.predicate, quad.object))))
        graphs.append(graph)
    with literals_as_written():
        conforms, report, _ = shifty.validate(*graphs, graph_mode="data", infer=False)
    found = set()
    for node in report.objects(None, SH.result):
        values = [report.value(node, p) for p in (SH.focusNode, SH.value, SH.sourceShape)]
        terms = [None if value is None else from_rdflib(value) for value in values]
        rule = str(report.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH))
        severity = severity_name(str(report.value(node, SH.resultSeverity)))
        found.add((*map(anonymous, terms), rule.removesuffix("ConstraintComponent"), severity))
    assert conforms == (not found)
    return found


@MANY
@given(graphs, shapes_graphs(ordered=False))
def test_same_findings_as_pyshacl(data: str, shapes: str) -> None:
    facts, rules = facts_of(data), facts_of(shapes)
    ours, theirs = report_of(facts, rules), report_of(facts, rules, engine="pyshacl")
    compare(core(ours), core(theirs))
    assert ours.looked_at == theirs.looked_at


@MANY
@given(numeric_graphs, order_shapes)
def test_same_order_of_numbers_as_pyshacl(data: str, shapes: str) -> None:
    facts, rules = facts_of(data), facts_of(shapes)
    compare(core(report_of(facts, rules)), core(report_of(facts, rules, engine="pyshacl")))


@MANY
@given(graphs, shapes_graphs())
def test_same_findings_as_pyshifty(data: str, shapes: str) -> None:
    facts, rules = facts_of(data), facts_of(shapes)
    compare({row[:-1] for row in core(report_of(facts, rules))}, by_shifty(facts, rules))
