"""Doubts about shapes: misspelt terms, no nodes, no target, nothing that could conform."""

from __future__ import annotations

import pytest

from glocal_kg._engines.shacl import ValidationReport
from tests.engines.shacl.tools import check


def doubts(report: ValidationReport, kind: str) -> list[str]:
    return [str(doubt) for doubt in report.doubts if doubt.kind == kind]


def test_a_misspelt_parameter_is_named_with_the_close_one() -> None:
    report = check("ex:a a ex:C .", "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:minCout 1 .")
    assert doubts(report, "misspelt") == [
        "SHACL has no sh:minCout; it was used at <https://example.org/S> and had no effect. "
        "Did you mean sh:minCount?"
    ]


def test_a_misspelt_class_is_named_too() -> None:
    report = check("", "ex:S a sh:NodeShap ; sh:targetNode ex:a .")
    assert "Did you mean sh:NodeShape?" in doubts(report, "misspelt")[0]


def test_the_vocabulary_of_shacl_is_not_misspelt() -> None:
    shapes = """ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:name "p" ;
    sh:order 1 ; sh:group ex:g ; sh:description "d" ; sh:defaultValue 1 ; sh:severity sh:Info .
    ex:g a sh:PropertyGroup . ex:p sh:declare [ sh:prefix "p" ; sh:namespace "https://e.org/" ] ."""
    assert doubts(check("", shapes), "misspelt") == []


@pytest.mark.parametrize(
    ("pattern", "piece", "instead"),
    [
        ("(?i)^abc$", "(?i)", 'sh:flags "i"'),
        (r"\\bword\\b", r"\b", "characters that may stand there"),
        (r"^\\d+(?:\\.\\d)?[(?i]$", "", ""),
        # Signs of repetition after one another, [ within [ ], classes without names of XPath.
        ("a**", '"a**"', "in brackets"),
        ("a++", '"a++"', "in brackets"),
        ("[[a]]", '"[[a]]"', "in brackets"),
        ("[[:alpha:]]", '"[[:alpha:]]"', "[ within [ ]"),
        ("[]a]", '"[]a]"', "in brackets"),
        (r"\\pL", r'"\pL"', "in brackets"),
        (r"\\p{Greek}|a", r'"\p{Greek}|a"', "in brackets"),
        (r"^a*?\\/[a-z-[aeiou]]\\p{IsGreek}?\\p{Lu}{1,2}?$", "", ""),
    ],
)
def test_what_xpath_has_not_in_a_pattern_is_named(pattern: str, piece: str, instead: str) -> None:
    shape = f'ex:S a sh:NodeShape ; sh:targetNode "abc" ; sh:pattern "{pattern}" .'
    told = doubts(check("", shape), "pattern")
    assert len(told) == bool(piece)
    assert all("example.org/S" in one and f"has {piece}," in one and instead in one for one in told)


def test_a_component_without_a_parameter_is_a_doubt() -> None:
    shapes = "ex:Comp a sh:ConstraintComponent ; sh:validator [ sh:ask 'ASK {}' ] . "
    report = check("", shapes + "ex:S sh:targetNode ex:a ; sh:class ex:C .")
    assert "no sh:parameter, so no shape has it" in doubts(report, "not-run")[0]


def test_what_is_imported_and_not_here_is_a_doubt() -> None:
    shapes = """ex:o owl:imports ex:others, ex:here, <http://www.w3.org/ns/shacl#> .
        ex:here a owl:Ontology . ex:S sh:targetNode ex:a ; sh:nodeKind sh:IRI ."""
    (told,) = doubts(check("", shapes), "not-run")
    assert told.startswith("owl:imports: <https://example.org/others> was not read")


def test_a_severity_at_a_query_is_a_doubt() -> None:
    shapes = """ex:S sh:targetNode ex:a ; sh:sparql [ sh:severity sh:Info ;
        sh:select "SELECT $this { FILTER(true) }" ] ."""
    report = check("", shapes)
    assert [found.severity for found in report.results] == ["violation"]
    (told,) = doubts(report, "no-effect")
    assert told.endswith("sh:severity has no effect at an sh:sparql. It belongs to a shape.")


def test_a_shape_that_looked_at_nothing_is_named_with_its_target() -> None:
    report = check("", "ex:S a sh:NodeShape ; sh:targetClass ex:C .")
    assert report.conforms
    assert report.looked_at == {"https://example.org/S": 0}
    assert doubts(report, "no-nodes") == [
        "<https://example.org/S> looked at no node (target: class <https://example.org/C>). "
        "Check the target, or add data for it."
    ]


def test_a_deactivated_shape_is_not_a_doubt() -> None:
    report = check("", "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:deactivated true .")
    assert report.doubts == ()


def test_a_shape_without_target_or_use_is_named() -> None:
    shapes = """ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:node ex:Used .
    ex:Used a sh:NodeShape . ex:Lost a sh:NodeShape ; sh:minCount "nonsense" ."""
    assert len(doubts(check("", shapes), "no-target")) == 1
    assert "ex" in doubts(check("", shapes), "no-target")[0]


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:Sub rdfs:subClassOf sh:NodeShape . ex:C a ex:Sub, rdfs:Class ; %s .",
        "ex:Sub rdfs:subClassOf rdfs:Class . ex:C a sh:NodeShape, ex:Sub ; %s .",
        "ex:C a sh:NodeShape, owl:Class ; %s .",
    ],
)
def test_a_shape_that_is_a_class_looks_at_its_instances_also_through_subclasses(
    shapes: str,
) -> None:
    report = check("ex:a a ex:C .", shapes % "sh:property [ sh:path ex:p ; sh:minCount 1 ]")
    assert len(report.violations) == 1
    assert doubts(report, "no-target") == []


def test_a_class_with_constraints_that_is_no_shape_is_named() -> None:
    report = check("", "ex:C a rdfs:Class ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    assert doubts(report, "no-target") == [
        "<https://example.org/C> is a class with constraints, but no shape, so it looks at no "
        "node. Type it as sh:NodeShape too, or give it an sh:targetClass."
    ]


@pytest.mark.parametrize(
    "other",
    ["sh:targetNode ex:a", "sh:targetClass ex:D", "sh:targetSubjectsOf ex:p", "ex:usedBy ex:S"],
)
def test_a_class_with_constraints_that_looks_at_others_alone_is_named(other: str) -> None:
    shapes = "ex:S sh:targetNode ex:a ; sh:node ex:C . ex:C a %s ; sh:class ex:D ; " + other + " ."
    found = doubts(check("ex:c a ex:C .", shapes % "rdfs:Class"), "no-target")
    assert found == [
        "<https://example.org/C> is a class with constraints, but is not typed as a shape, so its "
        "members are not looked at. Type it as sh:NodeShape too, or give it an sh:targetClass."
    ]
    assert doubts(check("ex:c a ex:C .", shapes % "rdfs:Class, sh:NodeShape"), "no-target") == []


def test_a_class_that_names_itself_as_its_target_is_no_doubt() -> None:
    shapes = "ex:C a owl:Class ; sh:targetClass ex:C ; sh:targetNode ex:a ; sh:class ex:D ."
    assert doubts(check("ex:c a ex:C .", shapes), "no-target") == []


def test_constraints_of_a_node_that_nothing_leads_to_are_named() -> None:
    report = check("", "ex:S sh:targetNode ex:a ; sh:class ex:C . ex:T sh:class ex:C .")
    assert [doubt.shape for doubt in report.doubts] == ["https://example.org/T"]


@pytest.mark.parametrize(
    ("constraint", "text"),
    [
        ("sh:expression [ sh:path ex:ok ]", "Node expressions (sh:expression) are not evaluated."),
        ("<http://datashapes.org/dash#stem> 'x'", "dash:stem is no part of SHACL"),
        ("sh:js []", "JavaScript is never run."),
        ("sh:resultAnnotation []", "Annotations of results (sh:resultAnnotation) are not made."),
    ],
)
def test_constraints_of_other_kinds_are_said_not_to_run(constraint: str, text: str) -> None:
    report = check("", f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; {constraint} .")
    assert [doubt.kind for doubt in report.doubts] == ["not-run"]
    assert text in str(report.doubts[0])


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:flags 'i'",
        "sh:ignoredProperties ( ex:p )",
        "sh:qualifiedMinCount 1",
        "sh:qualifiedValueShape [ sh:class ex:C ]",
        "sh:qualifiedValueShapesDisjoint true",
        "sh:uniqueLang '1'^^xsd:boolean",
    ],
)
def test_a_parameter_without_effect_is_named_with_its_place(constraint: str) -> None:
    shape = f"ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {constraint} ] ."
    (doubt,) = doubts(check("ex:a ex:p ex:a .", shape), "no-effect")
    assert doubt.startswith("<https://example.org/S> > sh:property <https://example.org/p>: sh:")


def test_no_doubt_shows_the_label_of_a_blank_node() -> None:
    shapes = """[] sh:targetClass ex:C ; sh:minCout 1 ; sh:property [ sh:path ex:p ;
    sh:minCount 2 ; sh:maxCount 1 ; sh:flags 'i' ] . [] sh:class ex:D . [] a sh:NodeShape ."""
    report = check("", shapes)
    assert {doubt.kind for doubt in report.doubts} == {
        "misspelt",
        "no-effect",
        "no-nodes",
        "no-target",
        "unsatisfiable",
    }
    assert "_:" not in report.to_json()


def test_rules_are_said_not_to_run() -> None:
    shapes = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:rule [ a sh:TripleRule ] ."
    assert "not run" in doubts(check("", shapes), "not-run")[0]


UNSATISFIABLE = {
    "counts": "sh:property [ sh:path ex:p ; sh:minCount 2 ; sh:maxCount 1 ]",
    "counts of two shapes": "sh:property [ sh:path ex:p ; sh:minCount 2 ] ; "
    "sh:node [ sh:property [ sh:path ex:p ; sh:maxCount 1 ] ]",
    "two values, one place": "sh:property [ sh:path ex:p ; sh:hasValue 1, 2 ; sh:maxCount 1 ]",
    "counted values": "sh:property [ sh:path ex:p ; sh:maxCount 1 ; sh:qualifiedMinCount 2 ; "
    "sh:qualifiedValueShape [ sh:class ex:D ] ]",
    "a literal with a class": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:class ex:D ; "
    "sh:datatype xsd:string ]",
    "two datatypes": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:datatype xsd:string ; "
    "sh:languageIn ( 'en' ) ]",
    "length": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:minLength 3 ; sh:maxLength 2 ]",
    "range": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:minInclusive 3 ; sh:maxExclusive 3 ]",
    "ranges of two kinds": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:minInclusive 3 ; "
    "sh:maxExclusive '2001-01-01'^^xsd:date ]",
    "empty list": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:in ( ) ]",
    "list against datatype": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:in ( 1 2 ) ; "
    "sh:datatype xsd:string ]",
    "value against list": "sh:property [ sh:path ex:p ; sh:hasValue 3 ; sh:in ( 1 2 ) ]",
    "closed": "sh:closed true ; sh:node [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ]",
    "opposite": "sh:node ex:T ; sh:not ex:T",
    "node kind of the node": "sh:nodeKind sh:Literal ; sh:class ex:D",
    "deeper": "sh:property [ sh:path ex:p ; sh:minCount 1 ; "
    "sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:maxCount 0 ] ]",
}
SATISFIABLE = {
    "no value needed": "sh:property [ sh:path ex:p ; sh:in ( ) ]",
    "other path": "sh:property [ sh:path ex:p ; sh:minCount 2 ], [ sh:path ex:q ; sh:maxCount 1 ]",
    "equal counts": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:maxCount 1 ]",
    "in an alternative": "sh:or ( [ sh:in ( ) ] [ sh:nodeKind sh:IRI ] )",
    "range": "sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:minInclusive 3 ; sh:maxInclusive 3 ]",
    "closed but allowed": "sh:closed true ; sh:property [ sh:path ex:p ; sh:minCount 1 ]",
    "switched off": "sh:property [ sh:path ex:p ; sh:minCount 2 ; sh:maxCount 1 ; "
    "sh:deactivated true ]",
}


@pytest.mark.parametrize("name", UNSATISFIABLE)
def test_unsatisfiable(name: str) -> None:
    shapes = (
        f"ex:T a sh:NodeShape . ex:S a sh:NodeShape ; sh:targetNode ex:a ; {UNSATISFIABLE[name]} ."
    )
    report = check("", shapes)
    assert len(doubts(report, "unsatisfiable")) == 1, report.doubts


@pytest.mark.parametrize("name", SATISFIABLE)
def test_satisfiable(name: str) -> None:
    shapes = f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; {SATISFIABLE[name]} ."
    assert doubts(check("", shapes), "unsatisfiable") == []


def test_a_node_shape_with_a_path_is_checked_and_doubted() -> None:
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:minCount 1 ."
    report = check("ex:a a ex:C .", shapes)
    assert len(report.results) == 1
    assert doubts(report, "no-effect") == [
        "<https://example.org/S>: as it has sh:path, it is no sh:NodeShape, but a property shape."
    ]


def test_a_component_that_no_shape_can_have_is_doubted_where_one_uses_it() -> None:
    shapes = """ex:Comp a sh:ConstraintComponent ;
    sh:parameter [ sh:path ex:p ; sh:optional true ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER($value = $p) }" ] .
    ex:S sh:targetClass ex:C ; ex:p 1 . ex:T sh:targetClass ex:C ; sh:class ex:C ."""
    assert doubts(check("ex:a a ex:C .", shapes), "no-effect") == [
        "<https://example.org/S>: <https://example.org/Comp> has no parameter that must be given, "
        "so no shape has it."
    ]


def test_a_validator_of_what_is_no_component_is_not_run() -> None:
    shapes = """ex:C a ex:Kind ; sh:parameter [ sh:path ex:least ] ;
      sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(false) }" ] .
    ex:S a sh:NodeShape ; sh:targetNode ex:a ; ex:least 1 . """
    (doubt,) = doubts(check("", shapes), "not-run")
    assert "ex:C" in doubt or "example.org/C" in doubt
    assert "sh:ConstraintComponent" in doubt
    typed = shapes + "ex:Kind rdfs:subClassOf sh:ConstraintComponent ."
    assert doubts(check("", typed), "not-run") == []
