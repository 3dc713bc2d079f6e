"""A report that follows edits equals the report of a full run."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glocal_kg._engines.shacl import Shapes, ShapesError, ValidationReport, Validator
from glocal_kg._rdf.store.facts import Facts
from tests.engines.shacl.strategies import graphs, odd_triples, shapes_graphs, triples
from tests.engines.shacl.tools import facts_of


def content(report: ValidationReport) -> tuple[object, ...]:
    return (
        Counter(map(without_order, report.results)),
        dict(report.looked_at),
        report.doubts,
    )


def without_order(violation: object) -> str:
    """A finding as text, its details in a fixed order."""
    row = violation.as_dict()
    row["details"] = sorted(map(str, row.get("details", ())))
    return str(row)


changed = st.lists(st.one_of(triples, odd_triples), max_size=4)
edits = st.lists(st.tuples(changed, changed), min_size=1, max_size=4)
labels = st.tuples(
    st.sampled_from(["ex:a", "ex:b"]), st.just("rdfs:label"), st.sampled_from(['"A"', '"B"@en'])
)


def numbers(facts: Facts, rows: list[tuple[str, str, str]]) -> list[tuple[int, int, int]]:
    """Triples in Turtle as numbers of the table; the blank node of the strategies is ex:x."""
    text = "\n".join(f"{s} {p} {o} .".replace("_:x", "ex:x") for s, p, o in rows)
    add = facts.terms.add
    return [(add(q.subject), add(q.predicate), add(q.object)) for q in facts_of(text)]


@settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(graphs, shapes_graphs(asking=True), edits, st.lists(labels, max_size=2))
@pytest.mark.slow
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
        before = Counter(map(without_order, validator.report.results))
        change = validator.update(plus, minus)
        now = (now - set(minus)) | set(plus)
        full = plan.validate(facts.terms, validator.index)
        assert {tuple(row) for row in validator.index.columns().tolist()} == now
        assert content(validator.report) == content(full)
        after = Counter(map(without_order, full.results))
        assert Counter(map(without_order, change.appeared)) == after - before
        assert Counter(map(without_order, change.gone)) == before - after


P = "ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; "
N = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; "
CHANGES = {
    # shapes, facts that stay, facts that come and go
    "the class of a value": (P + "sh:class ex:D .", "ex:a ex:p ex:b .", "ex:b a ex:D ."),
    "the class of a counted value": (
        P + "sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1 .",
        "ex:a ex:p ex:b .",
        "ex:b a ex:D .",
    ),
    "a class below that of a value": (
        P + "sh:class ex:D .",
        "ex:a ex:p ex:b . ex:E rdfs:subClassOf ex:D .",
        "ex:b a ex:E .",
    ),
    "a type as a value": (
        "ex:S sh:targetNode ex:a ; sh:path rdf:type ; sh:class ex:C ; sh:maxCount 0 .",
        "",
        "ex:a a ex:D .",
    ),
    "a property not allowed": (N + "sh:closed true .", "", "ex:a ex:z 1 ."),
    "a property not allowed, further on": (
        P + "sh:node [ sh:closed true ] .",
        "ex:a ex:p ex:b .",
        "ex:b ex:z 1 .",
    ),
    "an equal value": (P + "sh:equals ex:q .", "ex:a ex:p 1 .", "ex:a ex:q 1 ."),
    "an equal value of the node": (N + "sh:equals ex:q .", "", "ex:a ex:q ex:a ."),
    "a shared value": (P + "sh:disjoint ex:q .", "ex:a ex:p 1 .", "ex:a ex:q 1 ."),
    "a smaller value": (P + "sh:lessThan ex:q .", "ex:a ex:p 2 .", "ex:a ex:q 1 ."),
    "a language": (P + "sh:uniqueLang true .", "ex:a ex:p 'a'@en .", "ex:a ex:p 'b'@en ."),
    "a step at the end of many": (
        "ex:S sh:targetNode ex:a ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 3 .",
        "ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:d .",
        "ex:d ex:p ex:e .",
    ),
    "a step in the middle of many": (
        "ex:S sh:targetNode ex:a ; sh:path [ sh:zeroOrMorePath ex:p ] ; sh:maxCount 3 .",
        "ex:a ex:p ex:b . ex:c ex:p ex:d .",
        "ex:b ex:p ex:c .",
    ),
    "many steps backward": (
        "ex:S sh:targetNode ex:a ; sh:path [ sh:inversePath [ sh:oneOrMorePath ex:p ] ] ; "
        "sh:maxCount 1 .",
        "ex:b ex:p ex:a .",
        "ex:c ex:p ex:b .",
    ),
    "a step that may be left out": (
        "ex:S sh:targetNode ex:a ; sh:path ( ex:p [ sh:zeroOrOnePath ex:q ] ) ; sh:maxCount 1 .",
        "ex:a ex:p ex:b .",
        "ex:b ex:q ex:c .",
    ),
    "another way": (
        "ex:S sh:targetNode ex:a ; sh:path ( ex:p [ sh:alternativePath ( ex:q ex:r ) ] ) ; "
        "sh:minCount 1 .",
        "ex:a ex:p ex:b .",
        "ex:b ex:r ex:c .",
    ),
    "a step backward in a sequence": (
        "ex:S sh:targetNode ex:a ; sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 .",
        "ex:a ex:p ex:b .",
        "ex:c ex:q ex:b .",
    ),
    "a fact two shapes away": (
        P + "sh:node [ sh:property [ sh:path ex:q ; sh:property [ sh:path ex:r ; "
        "sh:minCount 1 ] ] ] .",
        "ex:a ex:p ex:b . ex:b ex:q ex:c .",
        "ex:c ex:r 1 .",
    ),
    "a choice": (
        N + "sh:or ( [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] [ sh:class ex:D ] ) .",
        "",
        "ex:a a ex:D .",
    ),
    "the class of a target": (
        "ex:S sh:targetClass ex:C ; sh:path ex:p ; sh:minCount 1 .",
        "",
        "ex:b a ex:C .",
    ),
    "the subject of a target": (
        "ex:S sh:targetSubjectsOf ex:q ; sh:path ex:p ; sh:minCount 1 .",
        "",
        "ex:b ex:q 1 .",
    ),
    "the object of a target": (
        "ex:S sh:targetObjectsOf ex:q ; sh:path ex:p ; sh:minCount 1 .",
        "",
        "ex:b ex:q ex:c .",
    ),
    "the name of a node": (P + "sh:minCount 1 .", "", "ex:a rdfs:label 'A' ."),
    "the name of a node in a detail": (
        P + "sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] .",
        "ex:a ex:p ex:b .",
        "ex:b rdfs:label 'B' .",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_way_a_fact_can_matter(name: str) -> None:
    shapes, stay, move = CHANGES[name]
    facts, plan = facts_of(stay), Shapes(facts_of(shapes))
    add = facts.terms.add
    rows = [(add(q.subject), add(q.predicate), add(q.object)) for q in facts_of(move)]
    validator = Validator(plan, facts.terms, facts.columns()[:, :3])
    without = content(validator.report)
    added = validator.update(added=rows)
    with_ = content(validator.report)
    assert with_ != without, "the case shows nothing"
    assert with_ == content(plan.validate(facts.terms, validator.index))
    removed = validator.update(removed=rows)
    assert content(validator.report) == without
    assert (added.appeared, added.gone) == (removed.gone, removed.appeared)


def test_a_target_for_two_reasons_counts_once() -> None:
    facts = facts_of("ex:a a ex:C, ex:D . ex:D rdfs:subClassOf ex:C .")
    validator = Validator(Shapes(facts_of(SHAPES)), facts.terms, facts.columns()[:, :3])
    one = numbers(facts, [("ex:a", "rdf:type", "ex:D")])
    two = numbers(facts, [("ex:a", "rdf:type", "ex:C")])
    for edit, expected in ((one, 1), (two, 0)):
        validator.update(removed=edit)
        assert validator.report.looked_at == {"https://example.org/S": expected}
        assert len(validator.report.results) == expected


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
    assert [str(v.focus) for v in validator.report.results] == ["<https://example.org/a>"]


ASKED = {
    "a constraint": """ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:maxCount 1 ] ;
        sh:sparql [ sh:select "SELECT $this ?value { $this <https://example.org/p> ?value . \
        ?value <https://example.org/q> $this }" ] .""",
    "any property": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select \
        "SELECT $this ?path ?value { $this ?path ?value FILTER EXISTS { ?value ?path $this } }" ] .
        """,
    "a path of no step": """ex:S sh:targetNode ex:a ; sh:sparql [ sh:select \
        "SELECT $this { ?x <https://example.org/p>* ?y FILTER(?x = <https://example.org/d>) }" ] .
        """,
    "counts": """ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "SELECT $this \
        (COUNT(?o) AS ?value) { $this <https://example.org/q> ?o } GROUP BY $this" ] .""",
    "a nested shape": """ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node [ \
        sh:sparql [ sh:select "SELECT $this { $this <https://example.org/q>+ $this }" ] ] ] .""",
    "an optional": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this ?value { \
        $this <https://example.org/p> ?x OPTIONAL { ?x <https://example.org/q> ?y . \
        ?y <https://example.org/r> ?value } FILTER(!bound(?value)) }" ] .""",
    "an optional of an optional": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select \
        "SELECT $this ?value { $this <https://example.org/p> ?x { $this \
        <https://example.org/r> ?b OPTIONAL { ?x <https://example.org/q> ?value } } }" ] .""",
    "not exists": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this ?value { \
        $this <https://example.org/p>+ ?value FILTER NOT EXISTS { ?value ^<https://example.org/q> \
        ?z . ?z a <https://example.org/C> } }" ] .""",
    "a union": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this ?value { \
        $this <https://example.org/p> ?x { ?x <https://example.org/q> ?value } UNION \
        { ?value <https://example.org/r>/<https://example.org/p>? ?x } }" ] .""",
    "a subquery": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this ?n { { \
        SELECT $this (COUNT(?x) AS ?n) { $this <https://example.org/p>/<https://example.org/q> ?x \
        } GROUP BY $this } $this <https://example.org/r> ?z }" ] .""",
    "another variable": """ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this ?o { \
        $this ?p ?o . ?o <https://example.org/q>|^<https://example.org/r> ?z }" ] .""",
    "a component": """ex:Comp a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;
        sh:validator [ sh:ask "ASK { $value <https://example.org/q> $least }" ] .
        ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; ex:least ex:a, ex:b ] .""",
    "classes of the shapes": """ex:C rdfs:subClassOf ex:b . ex:S sh:targetClass ex:C ; sh:sparql [ \
        sh:select "SELECT $this ?value { $this a/<http://www.w3.org/2000/01/rdf-schema#subClassOf> \
        ?class . ?class <https://example.org/q> ?value }" ] .""",
    "a target": """ex:S sh:target [ sh:select "SELECT ?this { ?this <https://example.org/p>/\
        <https://example.org/q> ?this }" ] ; sh:property [ sh:path ex:p ; sh:class ex:C ] .""",
}


@pytest.mark.parametrize("name", ASKED)
def test_shapes_with_queries_follow_edits(name: str) -> None:
    facts = facts_of("ex:a a ex:C ; ex:p ex:b . ex:b ex:q ex:a . ex:c a ex:C ; ex:r ex:d .")
    plan = Shapes(facts_of(ASKED[name].replace("\\\n", "")))
    validator = Validator(plan, facts.terms, facts.columns()[:, :3])
    random = Random(name)
    changed = 0
    for _ in range(60):
        rows = [
            (f"ex:{random.choice('abcd')}", random.choice(("ex:p", "ex:q", "ex:r")), f"ex:{o}")
            for o in random.sample("abcd", 2)
        ] + [(f"ex:{random.choice('abcd')}", "rdf:type", "ex:C")]
        random.shuffle(rows)
        before = content(validator.report)
        validator.update(numbers(facts, rows[:2]), numbers(facts, rows[2:]))
        now = content(validator.report)
        assert now == content(plan.validate(facts.terms, validator.index))
        changed += now != before
    assert changed > 1, "the case shows nothing"


def test_shapes_for_the_reference_engine_are_refused() -> None:
    facts = facts_of("ex:a a ex:C .")
    shapes = facts_of(
        "ex:f a sh:SPARQLFunction . ex:S sh:targetNode ex:a ; sh:sparql [ "
        "sh:select 'SELECT $this { FILTER(<https://example.org/f>($this)) }' ] ."
    )
    with pytest.raises(ShapesError, match="cannot follow changes"):
        Validator(Shapes(shapes), facts.terms, facts.columns()[:, :3])
