"""The fast engine against pyshacl and pyshifty on random graphs and shapes."""

from __future__ import annotations

from random import Random

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdflib.namespace import SH

from glocal_kg._engines.shacl.rdf_terms import from_rdflib, literals_as_written, to_rdflib
from glocal_kg._engines.shacl.report import ValidationReport
from glocal_kg._engines.shacl.report_graph import severity_of
from glocal_kg._rdf.store.facts import Facts
from tests.engines.shacl.strategies import graphs, numeric_graphs, order_shapes, shapes_graphs
from tests.engines.shacl.tools import facts_of, report_of

MANY = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def core(report: ValidationReport) -> set[tuple[str, ...]]:
    """What the standard fixes in a result; the graphs have one blank node at most."""
    return {
        (*map(anonymous, (v.focus, v.value, v.source_shape)), v.rule, str(v.severity), str(v.path))
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
        severity = str(severity_of(from_rdflib(report.value(node, SH.resultSeverity))))
        found.add((*map(anonymous, terms), rule.removesuffix("ConstraintComponent"), severity))
    assert conforms == (not found)
    return found


@MANY
@given(graphs, shapes_graphs(ordered=False))
@pytest.mark.slow
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
@pytest.mark.slow
def test_same_findings_as_pyshifty(data: str, shapes: str) -> None:
    facts, rules = facts_of(data), facts_of(shapes)
    compare({row[:-1] for row in core(report_of(facts, rules))}, by_shifty(facts, rules))


QUERIES = (
    "SELECT $this ?value { $this ex:p ?value . ?value ex:q ?o }",
    "SELECT $this ?value { $this ex:p|ex:q ?value FILTER(?value != $this) }",
    "SELECT $this ?path ?value { $this ?path ?value . ?value ?path $this }",
    "SELECT $this { FILTER NOT EXISTS { $this ex:p ?o . ?o a ex:C } }",
    "SELECT $this ?value { $this ex:p ?value OPTIONAL { ?value ex:q ?o } FILTER(!bound(?o)) }",
    "SELECT $this ?value { { $this ex:p ?value } UNION { ?value ex:q $this } }",
    "SELECT DISTINCT $this ?value { $this ex:p+ ?value . ?value a ex:C }",
    "SELECT $this (COUNT(?o) AS ?value) { $this ex:p ?o } GROUP BY $this HAVING (COUNT(?o) > 1)",
    "SELECT $this ?value { BIND(STR($this) AS ?value) FILTER(STRENDS(?value, 'a')) }",
    "SELECT $this { $this ex:n ?a, ?b FILTER(?a < ?b && EXISTS { $this ex:p ?o }) }",
    "SELECT $this ?value { $this ex:n ?n BIND(?n + 1 AS ?m) $this ex:p/ex:n ?value "
    "FILTER(?value >= ?m) }",
    "SELECT $this { { SELECT $this (MAX(?n) AS ?top) { $this ex:n ?n } GROUP BY $this } "
    "FILTER(?top > 1) }",
)


@pytest.mark.parametrize("query", QUERIES)
def test_same_solutions_of_queries_as_pyshacl(query: str) -> None:
    random, seen = Random(query), 0
    head = "ex:o sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://example.org/'^^xsd:anyURI ] ."
    shapes = facts_of(
        f"{head} ex:S sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; sh:targetNode ex:z ; "
        f'sh:sparql [ sh:prefixes ex:o ; sh:select """{query}""" ] .'
    )
    for _ in range(4):
        nodes = [f"ex:{letter}" for letter in "abcdef"]
        facts = facts_of(
            "".join(
                f"{random.choice(nodes)} ex:{random.choice('pq')} {random.choice(nodes)} . "
                f"{random.choice(nodes)} ex:n {random.randrange(4)} ; a ex:{random.choice('CD')} . "
                for _ in range(9)
            )
        )
        ours, theirs = report_of(facts, shapes), report_of(facts, shapes, engine="pyshacl")
        compare(core(ours), core(theirs))
        assert ours.engines == ("fast",)
        seen += len(ours.results)
    assert seen, "the query shows nothing"
