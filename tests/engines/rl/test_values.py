"""Literals: which datatype holds them, when two are the same, and what contradicts what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from glocal_kg._engines.rl import Closure, check
from glocal_kg._engines.rl.datatypes import holds, value_key
from glocal_kg._engines.rl.rules import PREFIXES

T = TypeVar("T")
TWO = "ex:x ex:p 1 . ex:y ex:p 01"
PARIS, LONDON, ZERO = (
    f"'{form}'^^xsd:dateTime"
    for form in ("2002-12-01T13:00:00+01:00", "2002-12-01T12:00:00Z", "2002-12-01T12:00:00-00:00")
)
"""One instant: equal values, of which only the last two are identical (OWL 2, 4.7)."""


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_forms_of_a_value_count_as_one(graphs_of_values, data) -> None:
    """What follows is what follows where each value has one form, and each proof holds."""
    graph = data.draw(graphs_of_values)
    closure = graph.close()
    one_form = {}
    standing = {}
    for number, term in enumerate(graph.terms):
        key = value_key(term) if isinstance(term, Literal) else None
        standing[number] = one_form.setdefault(key or number, number)

    def unified(row):
        return standing[row[0]], row[1], standing[row[2]]

    alone = type(graph)(graph.terms, sorted(set(map(unified, graph.rows)))).close()
    ours = {unified(row) for row in closure.inferred.tolist()}
    theirs = set(map(tuple, alone.inferred.tolist()))
    asserted = {unified(row) for row in graph.rows}
    assert ours - asserted == theirs - asserted
    assert clashes(closure, unified) == clashes(alone, unified)
    for fact in closure.inferred.tolist()[:20]:
        check(closure.explain(*fact), graph.terms, closure.asserted)
    for clash in closure.clashes[:20]:
        for fact in clash.facts:
            if fact[0] == fact[2]:  # a member listed twice is the same as itself
                continue
            check(closure.explain(*fact), graph.terms, closure.asserted)


def clashes(closure: Closure, unified) -> set[tuple[object, ...]]:
    ill = {"dt-not-type"}  # told for each form, whose datatypes differ
    return {
        (clash.rule, frozenset(map(unified, clash.facts)))
        for clash in closure.clashes
        if clash.rule not in ill
    }


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (f"ex:p a owl:InverseFunctionalProperty . {TWO}", "ex:x owl:sameAs ex:y"),
        (
            f"ex:C owl:hasKey (ex:p) . ex:x a ex:C . ex:y a ex:C . {TWO}",
            "ex:x owl:sameAs ex:y",
        ),
        ("ex:C owl:hasValue 1.0 ; owl:onProperty ex:p . ex:x ex:p 01", "ex:x rdf:type ex:C"),
        (
            "ex:C owl:someValuesFrom ex:D ; owl:onProperty ex:p . ex:D owl:oneOf (1 2) . "
            "ex:x ex:p 01",
            "ex:x rdf:type ex:C",
        ),
        (
            "ex:p a owl:InverseFunctionalProperty . ex:q rdfs:subPropertyOf ex:p . "
            "ex:x ex:q 1 . ex:y ex:q 1.0",
            "ex:x owl:sameAs ex:y",
        ),
    ],
)
def test_rules_that_compare_values_know_their_forms(text, fact, turtle) -> None:
    graph = turtle(text)
    closure = graph.close()
    assert fact in graph.says(closure)
    proof = closure.explain(*graph.fact(fact))
    check(proof, graph.terms, closure.asserted)
    assert "dt-eq" in {step.rule for _, step in proof.root.steps()}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("ex:p owl:propertyDisjointWith ex:q . ex:x ex:p 1 . ex:x ex:q 01", "prp-pdw"),
        (
            "ex:d a owl:AllDisjointProperties ; owl:members (ex:p ex:q) . "
            "ex:x ex:p 1 . ex:x ex:q 1.0",
            "prp-adp",
        ),
        (
            "ex:n owl:sourceIndividual ex:x ; owl:assertionProperty ex:p ; owl:targetValue 01 . "
            "ex:x ex:p 1",
            "prp-npa2",
        ),
        ("xsd:integer rdfs:subClassOf xsd:string . ex:x ex:p 1", "dt-not-type"),
        ("ex:D owl:oneOf (true) ; rdfs:subClassOf xsd:integer", "dt-not-type"),
        ("ex:D owl:oneOf (true) ; owl:equivalentClass xsd:integer", "dt-not-type"),
        ("xsd:integer owl:oneOf (true)", "dt-not-type"),
        ("xsd:integer owl:sameAs xsd:string . ex:x ex:p 1", "dt-not-type"),
        ("ex:p rdfs:range rdf:XMLLiteral . ex:x ex:p 'a'", "dt-not-type"),
        ("ex:p rdfs:range rdf:XMLLiteral . ex:x ex:p 'a'@en", "dt-not-type"),
        ("ex:p rdfs:range xsd:integer . ex:x ex:p '<a/>'^^rdf:XMLLiteral", "dt-not-type"),
        ("rdf:XMLLiteral rdfs:subClassOf xsd:string . ex:x ex:p ''^^rdf:XMLLiteral", "dt-not-type"),
        ("ex:p a owl:FunctionalProperty . ex:x ex:p 1 . ex:x ex:p ex:y . ex:x ex:p 2", "dt-diff"),
        ("ex:p a owl:FunctionalProperty . ex:x ex:p 0e0 . ex:x ex:p -0e0", "dt-diff"),
        (f"ex:p a owl:FunctionalProperty . ex:x ex:p {PARIS}, {LONDON}", "dt-diff"),
        (f"ex:p owl:propertyDisjointWith ex:q . ex:x ex:p {LONDON} ; ex:q {ZERO}", "prp-pdw"),
        ("ex:x ex:p '<a>'^^rdf:XMLLiteral", "dt-not-type"),
        ("ex:x ex:p 'a</x><x>b'^^rdf:XMLLiteral", "dt-not-type"),
        ("ex:x ex:p 'a & b'^^rdf:XMLLiteral", "dt-not-type"),
    ],
)
def test_contradictions_by_value(text, rule, turtle) -> None:
    clashes = turtle(text).close().clashes
    assert {clash.rule for clash in clashes} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "ex:p rdfs:range xsd:anySimpleType . ex:x ex:p 1",
        "ex:p rdfs:range xsd:anyAtomicType . ex:x ex:p 'a'@en",
        "ex:p rdfs:range xsd:dayTimeDuration . ex:x ex:p 'P1D'^^xsd:duration",
        "ex:p rdfs:range xsd:duration . ex:x ex:p 'P1D'^^xsd:dayTimeDuration",
        "ex:p rdfs:range xsd:yearMonthDuration . ex:x ex:p 'PT0S'^^xsd:dayTimeDuration",
        "ex:p rdfs:range xsd:unheardOf . ex:x ex:p 1",
        "ex:p rdfs:range rdf:XMLLiteral . ex:x ex:p '<a/>'^^rdf:XMLLiteral",
        "ex:p rdfs:range rdf:XMLLiteral . ex:x ex:p '1'^^ex:Kilometers",
        "ex:p rdfs:range ex:Kilometers . ex:x ex:p '<a/>'^^rdf:XMLLiteral",
        "ex:p rdfs:range ex:Kilometers . ex:x ex:p 1",
        f"ex:p a owl:FunctionalProperty . ex:x ex:p {LONDON}, {ZERO}",
        f"ex:p owl:propertyDisjointWith ex:q . ex:x ex:p {LONDON} ; ex:q {PARIS}",
        "ex:x ex:p 'a &amp; <b>c</b>'^^rdf:XMLLiteral",
        "ex:p rdfs:range xsd:integer . ex:x ex:p '1'^^ex:Kilometers",
        "ex:p rdfs:range rdf:PlainLiteral . ex:x ex:p '1'^^ex:Kilometers",
        "ex:p a owl:FunctionalProperty . ex:x ex:p 1 . ex:x ex:p '1'^^ex:Kilometers",
        "ex:R owl:onProperty ex:p ; owl:maxCardinality '1' . ex:u a ex:R ; ex:p 1, 2",
        "ex:R owl:onProperty ex:p ; owl:maxCardinality '0' . ex:u a ex:R . ex:u ex:p 1",
    ],
)
def test_no_contradiction(text, turtle) -> None:
    assert turtle(text).close().clashes == []


@pytest.mark.parametrize(
    ("datatype", "form", "own", "held"),
    [
        ("dayTimeDuration", "P1Y", "duration", False),
        ("dateTimeStamp", "2002-01-01T00:00:00Z", "dateTime", True),
        ("dateTimeStamp", "2002-01-01T00:00:00", "dateTime", False),
        ("dateTime", "2002-01-01T00:00:00Z", "dateTimeStamp", True),
        ("gYear", "1", "integer", False),
        ("anyURI", "urn:a", "string", False),
        ("QName", "a", "string", None),
    ],
)
def test_what_a_datatype_holds(datatype, form, own, held) -> None:
    from pyoxigraph import NamedNode

    literal = Literal(form, datatype=NamedNode(PREFIXES["xsd"] + own))
    assert holds(PREFIXES["xsd"] + datatype, literal) is held


@pytest.mark.parametrize(
    ("members", "rules"),
    [("ex:p ex:p", set()), ("ex:q ex:q", {"prp-adp"}), ("ex:q ex:r ex:q", {"prp-adp"})],
)
def test_a_member_listed_twice(members, rules, turtle) -> None:
    graph = turtle(f"[] a owl:AllDisjointProperties ; owl:members ({members}) . ex:x ex:q 1")
    assert {clash.rule for clash in graph.close().clashes} == rules


def test_types_rest_on_literals_that_are_there(turtle) -> None:
    graph = turtle("xsd:integer owl:disjointWith xsd:decimal . ex:x ex:p 1 . ex:x ex:q ex:y")
    closure = graph.close()
    assert {clash.rule for clash in closure.clashes} == {"cax-dw"}
    closure.update(removed=[graph.fact("ex:x ex:p 1")])
    assert closure.clashes == []


def test_an_ill_formed_value_that_is_no_longer_asserted_is_no_clash(turtle) -> None:
    graph = turtle("ex:p rdfs:subPropertyOf ex:q . ex:x ex:p '.'^^xsd:integer")
    fact = graph.fact("ex:x ex:q '.'^^xsd:integer")
    closure = graph.close()
    assert len(closure.clashes) == 1
    closure.update(added=[fact])
    assert len(closure.clashes) == 2
    closure.update(removed=[fact])
    assert len(closure.clashes) == 1


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("ex:R owl:onProperty owl:sameAs ; owl:hasValue ex:a", "ex:a rdf:type ex:R"),
        (
            "ex:R owl:onProperty owl:sameAs ; owl:someValuesFrom ex:C . ex:a a ex:C",
            "ex:a rdf:type ex:R",
        ),
        (
            "ex:R owl:onProperty owl:sameAs ; owl:allValuesFrom ex:C . ex:a a ex:R",
            "ex:a rdf:type ex:C",
        ),
        ("owl:sameAs rdfs:subPropertyOf ex:near . ex:a a ex:C", "ex:a ex:near ex:a"),
    ],
)
def test_what_is_the_same_as_itself(text, fact, turtle) -> None:
    graph = turtle(text)
    closure = graph.close()
    assert fact in graph.says(closure)
    assert not {told for told in graph.says(closure) if " owl:sameAs " in told}
    check(closure.explain(*graph.fact(fact)), graph.terms, closure.asserted)


def with_steps(work: Callable[..., T], **given: object) -> tuple[T, int]:
    """What a work gives, and how many lines of Python it runs through."""
    counted, before = 0, sys.gettrace()

    def trace(_: object, event: str, __: object) -> object:
        nonlocal counted
        counted += event == "line"
        return trace

    sys.settrace(trace)
    try:
        return work(**given), counted
    finally:
        sys.settrace(before)


@pytest.mark.parametrize(
    ("axiom", "clashes"),
    [
        ("ex:C owl:oneOf ({})", 0),
        ("ex:C owl:unionOf ({}) . ex:x a ex:m3", 0),
        ("ex:C owl:intersectionOf ({}) . ex:x a ex:C", 0),
        ("ex:C owl:intersectionOf ({}) . ex:x a ex:m3", 0),
        ("[] a owl:AllDifferent ; owl:members ({})", 0),
        ("[] a owl:AllDifferent ; owl:distinctMembers ({}) . ex:m7 owl:sameAs ex:m9", 1),
        ("[] a owl:AllDisjointClasses ; owl:members ({}) . ex:x a ex:m3, ex:m5", 1),
        ("[] a owl:AllDisjointProperties ; owl:members ({}) . ex:x ex:m3 ex:y ; ex:m5 ex:y", 1),
    ],
)
def test_long_lists_take_time_in_proportion(axiom, clashes, turtle) -> None:
    """Each two members looked at would be steps of Python, or rows joined beyond the limit."""
    taken = []
    for many in (400, 800):
        graph = turtle(axiom.format(" ".join(f"ex:m{i}" for i in range(many))))
        closure, steps = with_steps(graph.close, limit=4 * many)
        assert len(closure.clashes) == clashes
        taken.append(steps)
    assert taken[1] < 2.5 * taken[0]


def test_a_long_chain_of_classes_is_refused(turtle) -> None:
    from glocal_kg.errors import LimitError

    graph = turtle(" . ".join(f"ex:c{i} rdfs:subClassOf ex:c{i + 1}" for i in range(3_000)))
    with pytest.raises(LimitError, match="scm-sco"):
        graph.close(limit=1_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "ex:a owl:sameAs ex:b . ex:C owl:onProperty ex:p ; owl:hasValue 01 . ex:a ex:p 1",
        "ex:a owl:sameAs ex:b . ex:p a owl:InverseFunctionalProperty . ex:a ex:p 1 . ex:c ex:p 01",
        "ex:p owl:sameAs ex:q . ex:C owl:onProperty ex:p ; owl:hasValue 01 . ex:a ex:q 1",
    ],
)
def test_what_is_the_same_is_explained_through_two_forms(text: str, turtle) -> None:
    graph = turtle(text)
    closure = graph.close()
    assert len(closure.inferred) > 2
    for fact in closure.inferred.tolist():
        check(closure.explain(*fact), graph.terms, closure.asserted)


def test_things_and_values_of_a_functional_property_in_any_order(turtle) -> None:
    """A thing is the same as each of two values; which has the lower number says nothing."""
    axiom = "ex:p a owl:FunctionalProperty . "
    for facts in ("ex:d ex:p 1, 2, ex:a", "ex:d ex:p 1, ex:a, 2", "ex:d ex:p ex:a, 1, 2"):
        graph = turtle(axiom + facts)
        said = graph.says(graph.close())
        assert {text for text in said if text.startswith("ex:a owl:sameAs")} == {
            'ex:a owl:sameAs "1"^^<xsd:integer',
            'ex:a owl:sameAs "2"^^<xsd:integer',
        }


def test_a_contradiction_names_its_facts_in_the_order_of_their_texts(turtle) -> None:
    for values in ("1, 2", "2, 1"):
        graph = turtle(f"ex:p a owl:FunctionalProperty . ex:d ex:p {values}")
        (clash,) = graph.close().clashes
        assert [str(graph.terms[o])[1] for _, _, o in clash.facts[1:]] == ["1", "2"]


def test_texts_of_another_direction_are_other_values(turtle) -> None:
    graph = turtle("ex:p a owl:FunctionalProperty . ex:d ex:p 'x'@ar--rtl, 'x'@ar--ltr")
    assert [clash.rule for clash in graph.close().clashes] == ["dt-diff"]
