"""Constraints written in SPARQL, and what goes to the reference engine."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from glocal_kg._engines.shacl import ShapesError
from glocal_kg._engines.shacl.query_words import words
from tests.engines.shacl.tools import check

DATA = """ex:a a ex:C ; ex:start 5 ; ex:end 3, 4 . ex:b a ex:C ; ex:start 1 ; ex:end 2 .
[] a ex:C ; ex:start 9 ; ex:end 8 ."""
DECLARE = "ex:o sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://example.org/'^^xsd:anyURI ] ."


def shape(query: str, more: str = "", on: str = "") -> str:
    return f"""{DECLARE} ex:S a sh:NodeShape ; sh:targetClass ex:C ; {on} sh:sparql ex:Q .
    ex:Q sh:prefixes ex:o ; {more} sh:select '''{query}''' ."""


QUERY = "SELECT $this ?value WHERE { $this ex:start ?s ; ex:end ?value FILTER(?value < ?s) }"


def test_every_answer_is_a_finding() -> None:
    more = "sh:message 'ends {?value}, {$this}'@en, 'fine {?value}'@it ;"
    report = check(DATA, shape(QUERY, more), languages=["it"])
    assert report.engines == ("fast",)
    assert sorted(v.message for v in report.results) == ["fine 3", "fine 4", "fine 8"]
    first = next(v for v in report.results if v.message == "fine 3")
    assert first.rule == "SPARQL"
    assert str(first.source_constraint) == "<https://example.org/Q>"
    assert Literal("ends 3, https://example.org/a", language="en") in first.messages


def test_the_reference_engine_finds_the_same() -> None:
    def rows(engine: str) -> list[tuple[str, ...]]:
        report = check(DATA, shape(QUERY), engine=engine)
        return sorted((v.rule, str(v.value), str(v.source_constraint)) for v in report.results)

    assert rows("fast") == rows("pyshacl")


def test_without_a_value_the_focus_node_is_the_value() -> None:
    query = "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:name ?n } }"
    report = check("ex:a a ex:C . ex:b a ex:C ; ex:name 'b' .", shape(query))
    assert [str(v.value) for v in report.results] == ["<https://example.org/a>"]


def test_the_path_of_a_property_shape_stands_for_path() -> None:
    shapes = f"""{DECLARE} ex:S a sh:PropertyShape ; sh:targetClass ex:C ;
    sh:path ( ex:next ex:end ) ; sh:sparql [ sh:prefixes ex:o ;
    sh:select "SELECT $this ?value WHERE {{ $this $PATH ?value FILTER(?value > 3) }}" ] ."""
    report = check(DATA + "ex:z a ex:C ; ex:next ex:a .", shapes)
    assert [str(v.value.value) for v in report.results] == ["4"]


def test_a_query_switched_off_is_not_asked() -> None:
    assert check(DATA, shape(QUERY, "sh:deactivated true ;")).conforms


def test_a_failure_is_an_error() -> None:
    query = "SELECT $this ?failure WHERE { $this ex:start ?s BIND(true AS ?failure) }"
    query = query.replace("BIND(true AS ?failure)", "; ex:end ?failure")
    with pytest.raises(ShapesError, match="reports a failure"):
        check(DATA, shape(query))


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("SERVICE", "SELECT $this WHERE { SERVICE <https://example.org/x> { $this ?p ?o } }"),
        ("SERVICE", "SELECT $this { $this ?p true.SERVICE <https://example.org/x> { ?x ?y ?z } }"),
        ("SERVICE", "SELECT $this { $this ?p trueSERVICE <https://example.org/x> { ?x ?y ?z } }"),
        ("service", "SELECT $this WHERE { service <https://example.org/x> { $this ?p ?o } }"),
        ("FROM", "SELECT $this FROM <https://example.org/x> WHERE { $this ?p ?o }"),
        ("MINUS", "SELECT $this WHERE { $this ?p ?o MINUS { $this ex:q ?o } }"),
        ("VALUES", "SELECT $this WHERE { $this ?p ?o VALUES ?o { 1 } }"),
    ],
)
@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_forbidden_words_are_refused_before_anything_runs(
    word: str, query: str, engine: str
) -> None:
    with pytest.raises(ShapesError, match=word.upper()):
        check(DATA, shape(query), engine=engine)


def test_words_in_texts_and_comments_are_no_words_of_the_query() -> None:
    query = "SELECT $this WHERE { $this ?p 'SERVICE', \"FROM\" # VALUES\n, <https://e.org/MINUS> }"
    assert words(query) == {"SELECT", "$THIS", "WHERE", "?P"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { \\u0053ERVICE ?s {} }",
        "SELECT * { # text \r SERVICE ?s {} }",
        "SELECT * { <a\u00a0'> SERVICE ?s {} #'\n }",
        "SELECT * { ?s ?p 'it\\'s' SERVICE ?s {} }",
        "SELECT * { ?s ?p '' SERVICE ?s {} }",
        'SELECT * { ?s ?p """a"b""" SERVICE ?s {} }',
        "SELECT * { FILTER(?a<?b) SERVICE ?s {} FILTER(?a>?b) }",
        "SELECT * { ?s ?p '\\u0027' SERVICE ?s {} ?s ?p '' }",
    ],
)
def test_a_word_cannot_hide(query: str) -> None:
    assert "SERVICE" in words(query)


def test_a_query_it_cannot_bind_safely_goes_to_the_reference_engine_and_is_said() -> None:
    query = "SELECT $this ?value WHERE { BIND($this AS ?x) ?x ex:end ?value FILTER(?value = 3) }"
    report = check(DATA, shape(query))
    assert [str(v.value.value) for v in report.results] == ["3"]
    assert report.engines == ("pyshacl",)
    assert "uses BIND" in next(str(d) for d in report.doubts if d.kind == "engine")


def test_own_components_go_to_the_reference_engine_and_are_said() -> None:
    shapes = """ex:Comp a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER($value >= $least) }" ] .
    ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:end ; ex:least 4 ."""
    report = check(DATA, shapes)
    assert {v.constraint for v in report.results} == {"https://example.org/Comp"}
    assert len(report.results) == 2
    assert report.engines == ("pyshacl",)
    assert "Comp" in next(str(d) for d in report.doubts if d.kind == "engine")


def test_a_prefix_cannot_smuggle_text_into_the_query() -> None:
    shapes = shape(QUERY).replace("'https://example.org/'", "'https://e.org/> SELECT'")
    with pytest.raises(ShapesError, match="no IRI"):
        check(DATA, shapes)
    shapes = shape(QUERY).replace(
        "'ex' ;", "'ex: <https://e.org/> BASE <https://e.org/> PREFIX ex' ;"
    )
    with pytest.raises(ShapesError, match="no prefix"):
        check(DATA, shapes)


def test_a_query_that_does_not_parse_names_the_shape() -> None:
    with pytest.raises(ShapesError, match=r"S>: .*query"):
        check(DATA, shape("SELECT $this WHERE { "))


def test_a_query_too_deep_for_the_engine_is_an_error() -> None:
    deep = "SELECT $this WHERE { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"
    with pytest.raises(ShapesError, match="brackets are open"):
        check(DATA, shape(deep))
