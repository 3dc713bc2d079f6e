"""Whatever of SHACL stands where nothing reads it is told; what is read is not."""

from __future__ import annotations

import pytest

from glocal_kg._engines.shacl.terms_of_shacl import KIND_OF_TYPE, KIND_OF_VALUE, NOT_RUN, PLACES
from tests.engines.shacl.tools import check

COMPONENT = """ex:Least a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;
    sh:labelTemplate "at least {$least}" ; sh:validator [ a sh:SPARQLAskValidator ;
    sh:message "less" ; sh:prefixes ex: ; sh:ask "ASK { FILTER($value >= $least) }" ] .
    ex: sh:declare [ sh:prefix "e" ; sh:namespace "https://e.org/" ] . """
QUERY = 'sh:select "SELECT $this { $this <https://e.org/p> ?x }"'
SHAPE = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:nodeKind sh:IRI ; "
CASES = {
    "a filter of older drafts": (
        SHAPE + "sh:filterShape [ sh:class ex:C ] .",
        "S>: sh:filterShape has no effect at a shape",
    ),
    "a constraint at a query": (
        SHAPE + f"sh:sparql [ sh:minCount 1 ; {QUERY} ] .",
        "sh:sparql: sh:minCount has no effect at an sh:sparql. It belongs to a shape.",
    ),
    "a parameter of a component at a query": (
        COMPONENT + SHAPE + f"sh:sparql [ ex:least 1 ; {QUERY} ] .",
        "least> has no effect at an sh:sparql. It belongs to a shape or a target.",
    ),
    "prefixes beside a query": (
        COMPONENT + SHAPE + f"sh:prefixes ex: ; sh:sparql [ {QUERY} ] .",
        "S>: sh:prefixes has no effect at a shape. It belongs to an sh:sparql or a validator",
    ),
    "a query at the shape": (SHAPE + f"{QUERY} .", "sh:select has no effect at a shape"),
    "a result at a shape": (SHAPE + "sh:value 1 .", "It belongs to a result."),
    "a label at a shape": (
        COMPONENT + SHAPE + "ex:least 1 ; sh:labelTemplate 'x' .",
        "sh:labelTemplate has no effect at a shape",
    ),
    "an optional shape": (SHAPE + "sh:optional true .", "It belongs to a parameter."),
    "a component switched off": (
        COMPONENT + "ex:Least sh:deactivated true . " + SHAPE + "ex:least 1 .",
        "sh:deactivated has no effect at a constraint component",
    ),
    "a path at a path": (
        SHAPE + "sh:property [ sh:path [ sh:inversePath ex:p ; sh:maxCount 1 ] ] .",
        "sh:maxCount has no effect at a path",
    ),
    "several at once": (
        SHAPE + f"sh:sparql [ sh:minCount 1 ; sh:class ex:C ; {QUERY} ] .",
        "sh:class, sh:minCount have no effect at an sh:sparql.",
    ),
    "in a node that nothing of SHACL leads to": (
        SHAPE + "ex:shape [ sh:minCount 1 ; sh:path ex:p ] .",
        "have no effect at a node that no shape uses",
    ),
    "a path alone": (SHAPE + "sh:order 1 . ex:P sh:path ex:p .", "P>: sh:path has no effect"),
    "a number as a label": (
        COMPONENT.replace('"at least {$least}"', "5") + SHAPE + "ex:least 1 .",
        'sh:labelTemplate is "5"^^xsd:integer, which has no effect. Give a text.',
    ),
    "a node as a label": (
        COMPONENT.replace('"at least {$least}"', "[]") + SHAPE + "ex:least 1 .",
        "sh:labelTemplate is a blank node",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_nothing_reads_is_told(name: str) -> None:
    shapes, wanted = CASES[name]
    told = [
        str(doubt) for doubt in check("ex:a ex:p 1 .", shapes).doubts if doubt.kind == "no-effect"
    ]
    assert len(told) == 1, told
    assert wanted in told[0]


def test_what_is_read_is_no_doubt() -> None:
    shapes = (
        COMPONENT
        + f"""ex:S a sh:NodeShape ; sh:targetNode 3 ; ex:least 1 ; sh:order 1 ;
        sh:severity sh:Info ; sh:message "m" ; sh:name "n" ; sh:description "d" ;
        sh:property [ sh:path ( ex:p [ sh:zeroOrMorePath ex:q ] ) ; sh:defaultValue 1 ;
            sh:group [ a sh:PropertyGroup ; sh:order 2 ] ; sh:or ( [ sh:class ex:C ] [
            sh:not [ sh:qualifiedValueShape [ sh:in ( 1 ) ] ; sh:qualifiedMinCount 1 ;
            sh:path [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ] ] ] ) ] ;
        sh:sparql [ a sh:SPARQLConstraint ; sh:prefixes ex: ; sh:message "m" ;
            sh:deactivated false ; {QUERY} ] ;
        sh:target [ a sh:SPARQLTarget ; sh:prefixes ex: ; sh:select "SELECT ?this {{}}" ] ,
            [ a ex:Kind ; ex:from ex:b ] .
        ex:Kind a sh:SPARQLTargetType ; rdfs:subClassOf sh:Target ; sh:labelTemplate "t" ;
            sh:parameter [ sh:path ex:from ; sh:optional false ] ;
            sh:select "SELECT ?this {{ ?this ?p $from }}" ."""
    )
    told = [str(d) for d in check("ex:x ex:p ex:b .", shapes).doubts if d.kind == "no-effect"]
    assert told == []


def test_what_is_told_elsewhere_is_told_once() -> None:
    """Rules are never run, and what follows a misspelt term is nothing."""
    shapes = (
        SHAPE
        + """sh:rule [ sh:condition [ sh:minCount 1 ] ; sh:construct "x" ] ;
        sh:expression [ sh:filterShape [ sh:class ex:C ] ; sh:nodes sh:this ] ;
        sh:propery [ sh:path ex:p ; sh:or ( [ sh:class ex:C ] ) ] ."""
    )
    kinds = sorted(doubt.kind for doubt in check("", shapes).doubts)
    assert kinds == ["misspelt", "not-run", "not-run"]


def test_a_component_of_which_only_what_may_be_given_is_given_is_told() -> None:
    shapes = COMPONENT.replace(
        "[ sh:path ex:least ]", "[ sh:path ex:least ] , [ sh:path ex:most ; sh:optional true ]"
    )
    report = check("", shapes + SHAPE + "ex:most 1 .")
    (told,) = [str(doubt) for doubt in report.doubts if doubt.kind == "no-effect"]
    assert "Least> has no effect without <https://example.org/least>" in told


def test_a_query_for_a_path_that_is_not_there_is_told() -> None:
    query = "sh:sparql [ sh:select 'SELECT $this ?value { $this $PATH ?value }' ]"
    alone = check("ex:a ex:p 1 .", SHAPE + query + " .")
    (told,) = [str(doubt) for doubt in alone.doubts if doubt.kind == "no-effect"]
    assert "uses $PATH, which stands for anything" in told
    beside = check("ex:a ex:p 1 .", SHAPE + f"sh:property [ sh:path ex:p ; {query} ] .")
    assert beside.doubts == ()


def test_a_label_in_several_languages_is_read() -> None:
    shapes = COMPONENT.replace(
        '"at least {$least}"', '"mindestens {$least}"@de, "from {$least}"@en'
    )
    (found,) = check("", shapes + "ex:S sh:targetNode 0 ; ex:least 1 .").results
    assert found.expected == "from 1"


def test_the_message_of_a_component_is_taken_where_its_query_has_none() -> None:
    shapes = COMPONENT + "ex:Least sh:message 'too few' . ex:S sh:targetNode 0 ; ex:least 1 ."
    assert [found.message for found in check("", shapes).results] == ["less"]
    without = shapes.replace('sh:message "less" ;', "")
    assert [found.message for found in check("", without).results] == ["too few"]


def test_the_table_is_of_one_vocabulary() -> None:
    kinds = {kind for some in PLACES.values() for kind in some} | {"group"}
    assert {*KIND_OF_VALUE.values(), *KIND_OF_TYPE.values()} <= kinds
    assert PLACES.keys() >= KIND_OF_VALUE.keys() - {*NOT_RUN, "group"}
