"""Shapes graphs that break the rules end in an error that names the shape, never in a hang."""

from __future__ import annotations

import pytest

from glocal_kg._engines.shacl import ShapesError
from tests.engines.shacl.tools import check

S = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; "
P = "ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; "

BAD = {
    "two minimums": (P + "sh:minCount 1, 2 .", "sh:minCount is given 2 times"),
    "a text as number": (P + "sh:minCount 'one' .", 'sh:minCount is "one"'),
    "an ill-typed number": (P + "sh:minCount 'one'^^xsd:integer .", "sh:minCount is"),
    "a count without a path": (S + "sh:minCount 1 .", "node shape"),
    "an order without a path": (S + "sh:lessThan ex:q .", "node shape"),
    "a qualified shape without a path": (
        S + "sh:qualifiedValueShape [] ; sh:qualifiedMinCount 1 .",
        "node shape",
    ),
    "a literal as class": (P + "sh:class 'C' .", 'sh:class is "C"'),
    "an unknown node kind": (P + "sh:nodeKind sh:Iri .", "sh:nodeKind is sh:Iri"),
    "an IRI as bound": (P + "sh:minInclusive ex:b .", "sh:minInclusive is"),
    "a broken pattern": (P + "sh:pattern '(' .", "no regular expression"),
    "unknown flags": (P + "sh:pattern 'a' ; sh:flags 'z' .", "flags 'z'"),
    "a back-reference": (P + r"sh:pattern '(a)\\1' .", "back-references"),
    "a parameter no query can name": (
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:value ] ; "
        "sh:validator [ sh:ask 'ASK {}' ] . " + P + "ex:value 1 .",
        "parameter 'value' cannot be a variable",
    ),
    "an endless list": (P + "sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", "runs in a circle"),
    "a long endless list": (
        P + "sh:in _:l . _:l rdf:first 1 ; rdf:rest _:m . _:m rdf:first 2 ; rdf:rest _:l .",
        "runs in a circle",
    ),
    "a text for a list": (P + "sh:in 'x' .", 'sh:in is "x", which is no list'),
    "a node for a list": (P + "sh:in ex:x .", "sh:in is <https://example.org/x>, which is no list"),
    "a list without end": (P + "sh:in _:l . _:l rdf:first 1 .", "is broken"),
    "a list with two firsts": (P + "sh:in _:l . _:l rdf:first 1, 2 ; rdf:rest () .", "is broken"),
    "a list with two rests": (P + "sh:in _:l . _:l rdf:first 1 ; rdf:rest (), (2) .", "is broken"),
    "a path with itself inside": (
        "ex:S sh:targetNode ex:a ; sh:path _:p . _:p sh:inversePath _:p .",
        "contains itself",
    ),
    "a path with itself further inside": (
        "ex:S sh:targetNode ex:a ; sh:path _:p . "
        "_:p sh:alternativePath ( ex:p [ sh:zeroOrMorePath _:p ] ) .",
        "contains itself",
    ),
    "two values of one kind of path": (
        "ex:S sh:targetNode ex:a ; sh:path [ sh:inversePath ex:p, ex:q ] .",
        "2 paths in one",
    ),
    "two kinds of path": (
        "ex:S sh:targetNode ex:a ; sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ] .",
        "sh:inversePath and sh:zeroOrMorePath",
    ),
    "no path": ("ex:S sh:targetNode ex:a ; sh:path [ ex:x ex:y ] .", "used as a path"),
    "a literal as path": ("ex:S sh:targetNode ex:a ; sh:path 'p' .", "used as a path"),
    "two paths": ("ex:S sh:targetNode ex:a ; sh:path ex:p, ex:q .", "sh:path is given 2 times"),
    "one step": (
        "ex:S sh:targetNode ex:a ; sh:path [ sh:alternativePath ( ex:p ) ] .",
        "has 1 member",
    ),
    "recursion": (
        S + "sh:node ex:T . ex:T sh:property [ sh:path ex:p ; sh:node ex:S ] .",
        "itself",
    ),
    "recursion at once": (S + "sh:not ex:S .", "refers to itself: .*S>, then .*S>"),
    "recursion by counting": (
        P + "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:node [ sh:property ex:S ] ] .",
        "itself",
    ),
    "a property shape as node": (S + "sh:node [ sh:path ex:p ] .", "has an sh:path"),
    "a node shape as property": (S + "sh:property [ sh:class ex:C ] .", "has no sh:path"),
    "a property shape without a path": (
        "ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:class ex:C .",
        "sh:PropertyShape, but has no sh:path",
    ),
    "a literal as shape": (S + "sh:node 'S' .", "used as a shape"),
    "entailment": ("ex:g sh:entailment ex:RDFS . " + S + "sh:class ex:C .", "entailment"),
    "a literal as target class": ("ex:S sh:targetClass 'C' .", "sh:targetClass is"),
    "a text as uniqueLang": (P + "sh:uniqueLang 'true' .", 'sh:uniqueLang is "true"'),
    "a number as uniqueLang": (P + "sh:uniqueLang 1 .", "sh:uniqueLang is"),
    "a word as uniqueLang": (P + "sh:uniqueLang 'yes'^^xsd:boolean .", "sh:uniqueLang is"),
    "a text as closed": (S + "sh:closed 'true' .", 'sh:closed is "true"'),
    "a text as deactivated": (S + "sh:deactivated 'true' .", 'sh:deactivated is "true"'),
    "a text as disjoint shapes": (
        P + "sh:qualifiedValueShape [] ; sh:qualifiedMinCount 1 ; "
        "sh:qualifiedValueShapesDisjoint 'true' .",
        'sh:qualifiedValueShapesDisjoint is "true"',
    ),
    "two flags of one kind": (S + "sh:closed true, false .", "sh:closed is given 2 times"),
    "a pattern with a language": (P + "sh:pattern 'a'@en .", 'sh:pattern is "a"@en'),
    "a node as flags": (P + "sh:pattern 'a' ; sh:flags ex:i .", "sh:flags is"),
    "a tagged text as language": (P + "sh:languageIn ( 'en'@en ) .", 'sh:languageIn is "en"@en'),
    "a text as prefixes": (
        P + "sh:sparql [ sh:prefixes 'ex' ; sh:select 'SELECT $this { $this ?p 1 }' ] .",
        'sh:prefixes is "ex"',
    ),
    "a parameter without a path": (
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:name 'x' ] ; "
        "sh:validator [ sh:ask 'ASK {}' ] . " + P + "ex:x 1 .",
        "which has no sh:path",
    ),
    "a text as parameter": (
        "ex:C a sh:ConstraintComponent ; sh:parameter 'x' ; sh:validator [ sh:ask 'ASK {}' ] . "
        + P
        + "ex:x 1 .",
        'sh:parameter is "x"',
    ),
    "numbers as languages": (P + "sh:languageIn ( 1 ) .", "sh:languageIn is"),
    "texts as ignored": (
        S + "sh:closed true ; sh:ignoredProperties ( 'p' ) .",
        "sh:ignoredProperties is",
    ),
    "a node as message": (P + "sh:minCount 1 ; sh:message ex:m .", "sh:message is"),
    "a decimal as length": (P + "sh:minLength 1.5 .", "sh:minLength is"),
    "a blank node as target": ("ex:S sh:class ex:C ; sh:targetNode [] .", "targetNode is a blank"),
    "a number of 5,000 digits": (P + f"sh:minCount {'1' * 5_000} .", "a number of 5,000 digits"),
    "a length of 19 digits": (P + f"sh:maxLength {'1' * 19} .", "a number of 19 digits"),
    "a severity in words": (S + "sh:severity 'bad' .", "sh:severity is"),
}


@pytest.mark.parametrize("name", BAD)
def test_error_names_the_fault(name: str) -> None:
    shapes, message = BAD[name]
    with pytest.raises(ShapesError, match=message) as caught:
        check("ex:a ex:p ex:b .", shapes)
    assert caught.value.remedy or "used as a shape" in message
    assert caught.value.shape


PLACES = {
    "a property shape": (
        S + "sh:property [ sh:path ex:p ; sh:minCount 1, 2 ] .",
        "<https://example.org/S> > sh:property <https://example.org/p>: sh:minCount is given",
    ),
    "in a list": (
        S + "sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; "
        "sh:or ( [ sh:class ex:C ] [ sh:class 'C' ] ) ] .",
        "S> > sh:property <https://example.org/p>/^<https://example.org/q> > sh:or 2: sh:class is",
    ),
    "without a name": (
        "[] sh:targetClass ex:C ; sh:closed 'yes' .",
        "the shape without a name for sh:targetClass <https://example.org/C>: sh:closed is",
    ),
    "a text as a path": (
        "ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path 'p' .",
        '<https://example.org/S>: "p" is used as a path',
    ),
    "an empty list as a path": (
        S + "sh:property [ sh:path () ; sh:minCount 1 ] .",
        "S> > sh:property rdf:nil: the empty list is used as a path",
    ),
    "in a path": (
        S + "sh:property [ sh:path [ sh:inversePath [ ex:x ex:y ] ] ] .",
        "S> > sh:property ^... > sh:path > sh:inversePath: this node is used as a path",
    ),
    "a nested shape without a path": (
        S + "sh:property [ sh:message 'either' ; sh:xone ( [ sh:path ex:h ; sh:minCount 1 ] ) ] .",
        "S>: sh:property leads to a shape that has no sh:path: <https://example.org/S> > sh:prop",
    ),
    "a list": (
        S + "sh:property [ sh:path ex:p ; sh:in [ rdf:first 1 ] ] .",
        "S> > sh:property <https://example.org/p>: a list is broken after 0 members",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_error_says_the_way_to_a_shape_without_a_name(name: str) -> None:
    shapes, message = PLACES[name]
    with pytest.raises(ShapesError) as caught:
        check("ex:a ex:p ex:b .", shapes)
    assert message in str(caught.value)
    assert "_:" not in str(caught.value) + caught.value.shape


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ("", "no shape in an empty graph"),
        ("ex:a a ex:C ; rdfs:label 'a' .", "no shape in its 2 statements"),
        ("ex:S a <https://www.w3.org/ns/shacl#NodeShape> .", "namespace of SHACL is <http:"),
        (S + "sh:severity <https://www.w3.org/ns/shacl#Info> .", "namespace of SHACL is <http:"),
        (
            "ex:S <https://www.w3.org/ns/shacl#targetClass> ex:C . " + S + "sh:class ex:C .",
            "namespace of SHACL is <http://www.w3.org/ns/shacl#>",
        ),
    ],
)
def test_a_graph_without_shapes_is_an_error(shapes: str, message: str) -> None:
    with pytest.raises(ShapesError, match=message):
        check("ex:a a ex:C .", shapes)


def test_ill_formed_shapes_that_nobody_uses_do_no_harm() -> None:
    shapes = S + "sh:class ex:C . ex:T sh:path [] ; sh:minCount 'x' . ex:U sh:node ex:U ."
    assert len(check("", shapes).results) == 1


def test_a_shape_switched_off_is_not_read_further() -> None:
    shapes = S + "sh:deactivated true ; sh:minCount 'x' ; sh:node ex:S ."
    assert check("", shapes).conforms


def nested(depth: int, times: int) -> str:
    """Shapes that use the next one, ``times`` over."""
    inner = " ; ".join(["sh:node ex:n{0}"] + ["sh:and ( ex:n{0} )"] * (times - 1))
    chain = "".join(f"ex:n{i} a sh:NodeShape ; {inner.format(i + 1)} . " for i in range(depth))
    return S + f"sh:node ex:n0 . {chain} ex:n{depth} sh:class ex:C ."


def test_deep_nesting_is_no_recursion() -> None:
    assert len(check("", nested(90, 1)).results) == 1


@pytest.mark.parametrize("shapes", [nested(2_000, 1), nested(60, 2)], ids=["deep", "wide"])
def test_too_much_nesting_is_an_error_and_not_a_hang(shapes: str) -> None:
    with pytest.raises(ShapesError, match=r"100 deep|unfolds"):
        check("", shapes)


def test_findings_that_unfold_are_written_once_and_bounded() -> None:
    report = check("", nested(15, 2))  # 2 to the power of 15 ways to one fault
    (finding,) = report.results
    text = report.to_text()
    assert "more such finding" in text
    assert len(text) < 50_000
    assert len(report.to_json()) < 100_000
    assert finding.details


def test_a_path_too_deep_is_an_error() -> None:
    path = "[ sh:inversePath " * 2_000 + "ex:p" + " ]" * 2_000
    with pytest.raises(ShapesError, match="100 deep"):
        check("", f"ex:S sh:targetNode ex:a ; sh:path {path} .")


def test_many_misspelt_terms_are_counted() -> None:
    shapes = S + " ; ".join(f"sh:minCount{i} {i}" for i in range(2_000)) + " ."
    doubts = [d for d in check("", shapes).doubts if d.kind == "misspelt"]
    assert len(doubts) == 26
    assert "1975 more" in doubts[-1].message


def test_a_member_of_a_list_has_its_place() -> None:
    members = "[ sh:nodeKind sh:IRI ] " * 6 + "[ sh:nodeKind 'x' ]"
    with pytest.raises(ShapesError, match="sh:or 7"):
        check("", f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:or ( {members} ) .")
