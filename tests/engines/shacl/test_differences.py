"""Where other engines give another answer, as docs/validation.md tells it.

If one of these fails because the other engine was corrected, the page is out of date.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from glocal_kg._engines.shacl import ShapesError
from tests.engines.shacl.test_engines_agree import by_shifty
from tests.engines.shacl.tools import facts_of, report_of


class Case(NamedTuple):
    """Data, a constraint on ex:p of ex:a, and how many findings each engine has."""

    data: str
    constraint: str
    ours: int
    pyshacl: int | None
    pyshifty: int


CASES = {
    "an ill-formed gYear": Case('ex:a ex:p "99"^^xsd:gYear .', "sh:datatype xsd:gYear", 1, 0, 0),
    "an ill-formed gMonth": Case('ex:a ex:p "13"^^xsd:gMonth .', "sh:datatype xsd:gMonth", 1, 0, 0),
    "an ill-formed NCName": Case(
        'ex:a ex:p "1 a"^^xsd:NCName .', "sh:datatype xsd:NCName", 1, 0, 0
    ),
    "the order of years": Case(
        'ex:a ex:p "1999"^^xsd:gYear .', 'sh:minInclusive "1900"^^xsd:gYear', 0, 1, 1
    ),
    "the order of months of a year": Case(
        'ex:a ex:p "1999-02"^^xsd:gYearMonth .',
        'sh:minInclusive "1999-01"^^xsd:gYearMonth',
        0,
        1,
        1,
    ),
    "the order of truth values": Case("ex:a ex:p true .", "sh:minInclusive false", 0, 0, 1),
    "a moment without a time zone a year later": Case(
        'ex:a ex:p "2000-01-01T00:00:00"^^xsd:dateTime .',
        'sh:minInclusive "1999-01-01T00:00:00Z"^^xsd:dateTime',
        0,
        1,
        0,
    ),
    "a number against a date": Case(
        "ex:a ex:p 2.5 .", 'sh:minInclusive "2001-06-01"^^xsd:date', 1, 0, 1
    ),
    "IRIs have no order": Case("ex:a ex:p ex:b ; ex:q ex:c .", "sh:lessThan ex:q", 1, 0, 1),
    "texts with a language have no order": Case(
        'ex:a ex:p "a"@en ; ex:q "b"@en .', "sh:lessThan ex:q", 1, 0, 1
    ),
    "a blank node has no order": Case("ex:a ex:p [] ; ex:q 1 .", "sh:lessThan ex:q", 1, None, 1),
    "1 and 01 are two terms": Case('ex:a ex:p "01"^^xsd:integer .', "sh:in ( 1 )", 1, 1, 1),
    "one sign beyond the basic plane": Case('ex:a ex:p "😀" .', "sh:maxLength 1", 0, 0, 0),
}


def test_the_class_hierarchy_of_the_shapes_graph() -> None:
    facts = facts_of("ex:x a ex:Low .")
    rules = facts_of(
        """ex:Low rdfs:subClassOf ex:High .
        ex:High a rdfs:Class, sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."""
    )
    for engine in ("fast", "pyshacl"):
        assert len(report_of(facts, rules, engine=engine).results) == 1
    assert by_shifty(facts, rules) == set()


@pytest.mark.parametrize(
    ("types", "ours", "pyshacl"),
    [
        ("ex:M rdfs:subClassOf rdfs:Class . ex:C a ex:M, sh:NodeShape .", 1, 1),
        (
            "ex:N rdfs:subClassOf ex:M . ex:M rdfs:subClassOf rdfs:Class . "
            "ex:C a ex:N, sh:NodeShape .",
            1,
            0,
        ),
        ("ex:C a rdfs:Class .", 0, 1),
    ],
)
def test_shapes_that_are_classes(types: str, ours: int, pyshacl: int) -> None:
    """SHACL 2.1.3.3: SHACL instances, at any depth, of rdfs:Class and of a class of shapes."""
    facts = facts_of("ex:x a ex:C .")
    rules = facts_of(f"{types} ex:C sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    assert len(report_of(facts, rules).results) == ours
    assert len(report_of(facts, rules, engine="pyshacl").results) == pyshacl


def test_classes_of_the_shapes_graph_as_targets() -> None:
    facts = facts_of("ex:x a ex:C .")
    query = "SELECT ?this { ?this <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?above }"
    for target in ("sh:targetSubjectsOf rdfs:subClassOf", f"sh:target [ sh:select '{query}' ]"):
        rules = facts_of(
            f"ex:S {target} ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
            "ex:C rdfs:subClassOf ex:D ."
        )
        assert report_of(facts, rules).conforms
        assert len(report_of(facts, rules, engine="pyshacl").results) == 1


@pytest.mark.parametrize("name", CASES)
def test_findings_of_each_engine(name: str) -> None:
    case = CASES[name]
    facts = facts_of(case.data)
    rules = facts_of(
        f"ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; {case.constraint} ."
    )
    assert len(report_of(facts, rules).results) == case.ours
    if case.pyshacl is None:
        with pytest.raises(ShapesError, match="pyshacl cannot use the shapes"):
            report_of(facts, rules, engine="pyshacl")
    else:
        assert len(report_of(facts, rules, engine="pyshacl").results) == case.pyshacl
    assert len(by_shifty(facts, rules)) == case.pyshifty
