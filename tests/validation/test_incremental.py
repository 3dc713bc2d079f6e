"""A report that follows edits equals the report of a full run."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glocal_kg.store.facts import FactTable
from glocal_kg.validation import Report, Shapes, ShapesError, Validator
from tests.validation.strategies import graphs, shapes_graphs, triples
from tests.validation.tools import facts_of


def content(report: Report) -> tuple[object, ...]:
    return (
        Counter(map(without_order, report.violations)),
        dict(report.looked_at),
        report.warnings,
    )


def without_order(violation: object) -> str:
    """A finding as text, its details in a fixed order."""
    row = violation.as_dict()  # type: ignore[attr-defined]
    row["details"] = sorted(map(str, row.get("details", ())))
    return str(row)


edits = st.lists(
    st.tuples(st.lists(triples, max_size=4), st.lists(triples, max_size=4)), min_size=1, max_size=4
)
labels = st.tuples(
    st.sampled_from(["ex:a", "ex:b"]), st.just("rdfs:label"), st.sampled_from(['"A"', '"B"@en'])
)


def numbers(facts: FactTable, rows: list[tuple[str, str, str]]) -> list[tuple[int, int, int]]:
    """Triples in Turtle as numbers of the table; the blank node of the strategies is ex:x."""
    text = "\n".join(f"{s} {p} {o} .".replace("_:x", "ex:x") for s, p, o in rows)
    found = []
    for quad in facts_of(text):
        s, p, o, _ = facts.row(quad)
        found.append((s, p, o))
    return found


@settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(graphs, shapes_graphs(), edits, st.lists(labels, max_size=2))
def test_equal_to_a_full_run(
    data: str,
    shapes: str,
    steps: list[tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]],
    names: list[tuple[str, str, str]],
) -> None:
    facts = facts_of(data.replace("_:x", "ex:x"))
    plan = Shapes(facts_of(shapes))
    validator = Validator(plan, facts.terms, facts.columns()[:, :3])
    now = {tuple(row) for row in facts.columns()[:, :3].tolist()}
    for added, removed in [(names, []), *steps]:
        plus, minus = numbers(facts, added), numbers(facts, removed)
        before = Counter(map(without_order, validator.report.violations))
        change = validator.update(plus, minus)
        now = (now - set(minus)) | set(plus)
        full = plan.validate(facts.terms, validator.index)
        assert {tuple(row) for row in validator.index.columns().tolist()} == now
        assert content(validator.report) == content(full)
        after = Counter(map(without_order, full.violations))
        assert Counter(map(without_order, change.appeared)) == after - before
        assert Counter(map(without_order, change.gone)) == before - after


SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
"""


def test_a_report_once_taken_stays() -> None:
    facts = facts_of("ex:a a ex:C .")
    validator = Validator(Shapes(facts_of(SHAPES)), facts.terms, facts.columns()[:, :3])
    before = validator.report
    change = validator.update(numbers(facts, [("ex:a", "ex:p", "1")]))
    assert not before.conforms
    assert validator.report.conforms
    assert [str(v.focus) for v in change.gone] == ["<https://example.org/a>"]
    assert change.appeared == ()


def test_an_edit_without_effect_changes_nothing() -> None:
    facts = facts_of("ex:a a ex:C .")
    validator = Validator(Shapes(facts_of(SHAPES)), facts.terms, facts.columns()[:, :3])
    same = numbers(facts, [("ex:a", "rdf:type", "ex:C")])
    assert validator.update(added=same, removed=same).appeared == ()
    assert validator.update(removed=numbers(facts, [("ex:z", "ex:p", "1")])).gone == ()
    assert validator.report.looked_at == {"https://example.org/S": 1}


def test_the_class_hierarchy_may_change() -> None:
    facts = facts_of("ex:a a ex:D .")
    validator = Validator(Shapes(facts_of(SHAPES)), facts.terms, facts.columns()[:, :3])
    assert validator.report.conforms
    change = validator.update(numbers(facts, [("ex:D", "rdfs:subClassOf", "ex:C")]))
    assert len(change.appeared) == 1
    assert validator.report.looked_at == {"https://example.org/S": 1}


def test_a_query_in_a_shape_is_asked_again() -> None:
    facts = facts_of("ex:a a ex:C ; ex:p 1 .")
    shapes = facts_of(
        """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [
        sh:select "SELECT $this ?value WHERE { ?o <https://example.org/q> ?value }" ] ."""
    )
    validator = Validator(Shapes(shapes), facts.terms, facts.columns()[:, :3])
    assert validator.report.conforms
    validator.update(numbers(facts, [("ex:far", "ex:q", "2")]))
    assert [str(v.focus) for v in validator.report.violations] == ["<https://example.org/a>"]


def test_shapes_for_the_reference_engine_are_refused() -> None:
    facts = facts_of("ex:a a ex:C .")
    shapes = facts_of("ex:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ] .")
    with pytest.raises(ShapesError, match="cannot follow changes"):
        Validator(Shapes(shapes), facts.terms, facts.columns()[:, :3])
