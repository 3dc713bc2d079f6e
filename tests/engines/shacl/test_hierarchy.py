"""The classes of the shapes graph count as facts of the data: for each way to ask, alike."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from glocal_kg._engines.shacl.incremental import Validator
from glocal_kg._engines.shacl.shapes import Shapes
from tests.engines.shacl.test_incremental import content, numbers
from tests.engines.shacl.tools import check, facts_of, report_of

CLASSES = "ex:C rdfs:subClassOf ex:D ."
WAYS = {
    "sh:class": "ex:S sh:targetNode ex:x ; sh:not [ sh:class ex:D ] .",
    "a path": """ex:S sh:targetNode ex:x ;
        sh:property [ sh:path ( rdf:type rdfs:subClassOf ) ; sh:maxCount 0 ] .""",
    "a repeated path": """ex:S sh:targetNode ex:x ; sh:property [ sh:path ( rdf:type \
        [ sh:zeroOrMorePath rdfs:subClassOf ] ) ; sh:disjoint ex:p ] .""".replace("\\\n", ""),
    "a path backward": """ex:S sh:targetNode ex:D ;
        sh:property [ sh:path [ sh:inversePath rdfs:subClassOf ] ; sh:maxCount 0 ] .""",
    "another property": """ex:S sh:targetNode ex:C ;
        sh:property [ sh:path ex:q ; sh:disjoint rdfs:subClassOf ] .""",
    "a closed shape": "ex:S sh:targetNode ex:C ; sh:closed true ; sh:ignoredProperties ( ex:q ) .",
    "a query": """ex:S sh:targetNode ex:x ; sh:sparql [ sh:select \
        "SELECT $this { $this a/<http://www.w3.org/2000/01/rdf-schema#subClassOf> ?c }" ] .""",
    "a target": "ex:S sh:targetSubjectsOf rdfs:subClassOf ; sh:nodeKind sh:Literal .",
}


@pytest.mark.parametrize("name", WAYS)
def test_it_is_one_meaning(name: str) -> None:
    """SHACL 3.2 expects these facts in the data graph, whoever gives them."""
    data = "ex:x a ex:C ; ex:p ex:D . ex:C ex:q ex:D ."
    shapes = WAYS[name].replace("\\\n", "")
    there = check(data + CLASSES, shapes).results
    assert len(there) == 1
    assert check(data, shapes).conforms
    for engine in ("fast", "pyshacl"):
        assert len(check(data, shapes + CLASSES, engine=engine).results) == 1
    assert str(check(data, shapes + CLASSES).results[0].focus) == str(there[0].focus)


@pytest.mark.parametrize("name", WAYS)
def test_edits_of_what_both_say_are_followed(name: str) -> None:
    facts = facts_of("ex:x a ex:C ; ex:p ex:D . ex:C ex:q ex:D .")
    plan = Shapes(facts_of(WAYS[name] + CLASSES))
    validator = Validator(plan, facts.terms, facts.columns()[:, :3])
    rows = [
        ("ex:C", "rdfs:subClassOf", "ex:D"),
        ("ex:B", "rdfs:subClassOf", "ex:C"),
        ("ex:x", "rdf:type", "ex:C"),
        ("ex:x", "rdf:type", "ex:B"),
        ("ex:C", "ex:q", "ex:D"),
    ]
    now = {tuple(row) for row in facts.columns()[:, :3].tolist()}
    random = Random(name)
    for _ in range(40):
        random.shuffle(rows)
        plus, minus = numbers(facts, rows[:2]), numbers(facts, rows[3:])
        validator.update(plus, minus)
        now = (now - set(minus)) | set(plus)
        full = plan.validate(facts.terms, np.array(sorted(now), np.int32).reshape(-1, 3))
        assert content(validator.report) == content(full)


def test_what_the_shapes_alone_speak_of_is_no_target() -> None:
    shapes = "ex:S sh:targetSubjectsOf rdfs:subClassOf ; sh:nodeKind sh:Literal ." + CLASSES
    assert check("ex:x a ex:C .", shapes).conforms
    objects = shapes.replace("Subjects", "Objects")
    assert check("ex:x a ex:C .", objects).conforms
    assert len(check("ex:D rdfs:label 'd' .", objects).results) == 1
    assert len(check("ex:D rdfs:subClassOf ex:E .", objects).results) == 2


def test_the_facts_of_the_caller_stay_as_they_are() -> None:
    facts = facts_of("ex:x a ex:C .")
    before = facts.columns().tolist()
    assert report_of(facts, facts_of(WAYS["a path"] + CLASSES)).results
    assert facts.columns().tolist() == before
