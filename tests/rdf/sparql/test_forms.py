"""Texts that differ in their constants: put into the algebra of the first, or parsed anew."""

from random import Random

import pytest

from glocal_kg._rdf.sparql import forms, parser
from glocal_kg._rdf.sparql.algebra import Query
from glocal_kg._rdf.sparql.parser import Parser, parse
from glocal_kg._rdf.sparql.tokens import QueryText
from glocal_kg.errors import QueryError
from tests.rdf.sparql.ask import PREFIXES
from tests.rdf.sparql.random_queries import Writer, with_others


def parsed(text: str) -> Query:
    """The algebra of a text that is only parsed."""
    return Parser(QueryText(text), PREFIXES, None).query()


@pytest.fixture(autouse=True)
def no_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known but that a text was parsed before."""
    monkeypatch.setattr(forms, "_KEPT", {(): None})


def only_put_in(monkeypatch: pytest.MonkeyPatch, text: str) -> Query:
    """The algebra of a text for which no parser is there."""
    with monkeypatch.context() as patched:
        patched.delattr(parser, "Parser")
        return parse(text, PREFIXES)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SELECT ?x { ?x ex:p ex:a }", "SELECT ?x { ?x ex:q <urn:b> }"),
        ('ASK { ?x ex:p "a"@en }', "ASK { ?x <urn:p> '''b \"c\"\n'''@en }"),
        ('ASK { ?x ex:p "1"^^xsd:integer, "x" }', 'ASK { ?x ex:p "x"^^<urn:t>, "" }'),
        (
            "SELECT * FROM ex:g { GRAPH ex:h { ?x a ?y } }",
            "SELECT * FROM ex:i { GRAPH ex:j { ?x a ?y } }",
        ),
        ("SELECT * { ?x ex:a?<urn:b>, -1.5 }", "SELECT * { ?x :a?<urn:c>, -1.5 }"),
        (
            "PREFIX n: <urn:n/> ASK { n:a !(n:b|^a)* n:c }",
            "PREFIX n: <urn:n/> ASK { n:d !(ex:e|^a)* n:f }",
        ),
        ("BASE <http://a/> ASK { <b> ex:c 1 }", "BASE <http://a/> ASK { <c> ex:c 1 }"),
        (
            'SELECT * { ?x ?y ?z FILTER(REGEX(?z, "a") && ?x<ex:b) }',
            'SELECT * { ?x ?y ?z FILTER(REGEX(?z, "b") && ?x<ex:c) }',
        ),
        (
            "SELECT * { VALUES (?x ?y) { (ex:a 'b') (UNDEF 1) } }",
            "SELECT * { VALUES (?x ?y) { (ex:b 'c') (UNDEF 1) } }",
        ),
        ("DESCRIBE ex:a ?x { ?x ex:b ?y } # <c>", "DESCRIBE ex:c ?x { ?x ex:d ?y } # <c>"),
        ("CONSTRUCT { ?x ex:a 'b' } { ?x ex:c ?y }", "CONSTRUCT { ?x ex:b 'c' } { ?x ex:d ?y }"),
        (
            "CONSTRUCT WHERE { ?x ex:a [ ex:b (ex:c) ] }",
            "CONSTRUCT WHERE { ?x ex:d [ ex:e (ex:f) ] }",
        ),
    ],
)
def test_constants_are_put_in(first: str, second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse(first, PREFIXES) == parsed(first)
    assert only_put_in(monkeypatch, second) == parsed(second) != parsed(first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SELECT * { ?x ex:p 'a' }", "SELECT * { ?x ex:p ex:a }"),
        ("SELECT * { ?x ex:p 'a' }", "SELECT * { ?x ex:p 'a'@en }"),
        ("SELECT * { ?x ex:p ex:a }", "SELECT * { ?x a ex:a }"),
        ("SELECT * { ?x ex:p ex:a, ex:a }", "SELECT * { ?x ex:p ex:a, ex:b }"),
        ("SELECT * { ?x ex:p 1 }", "SELECT * { ?x ex:p 2 }"),
        ("SELECT * { ?x ex:p 1 } LIMIT 3", "SELECT * { ?x ex:p 1 } LIMIT 4"),
        (
            "SELECT * { ?x ex:p ?y FILTER(xsd:date(?y) > 1) }",
            "SELECT * { ?x ex:p ?y FILTER(xsd:gYear(?y) > 1) }",
        ),
        (
            "SELECT (GROUP_CONCAT(?x; separator=',') AS ?y) { ?x ex:p 1 }",
            "SELECT (GROUP_CONCAT(?x; separator=';') AS ?y) { ?x ex:p 1 }",
        ),
        ("PREFIX n: <urn:n/> ASK { n:a ?x ?y }", "PREFIX n: <urn:m/> ASK { n:a ?x ?y }"),
        ("PREFIX n: <urn:n/> ASK { n:a ?x ?y }", "PREFIX m: <urn:n/> ASK { n:a ?x ?y }"),
        ("BASE <http://a/> ASK { <b> ?x ?y }", "BASE <http://b/> ASK { <b> ?x ?y }"),
        (
            "BASE <http://a/> BASE <b/> ASK { <b> ?x ?y }",
            "BASE <http://a/> BASE <c/> ASK { <b> ?x ?y }",
        ),
        ("ASK { ?x ex:a?<urn:b> ?y }", "ASK { ?x ex:a?x:b ?y }"),
        ("ASK { ?x ex:p ?y } # LIMIT 5", "ASK { ?x ex:p ?y } LIMIT 5"),
        ("ASK { ?x ex:p 1<urn:b> ?y }", "ASK { ?x ex:p 1e5:b ?y }"),
        ("ASK { ?x ex:p ex:y }", "ASK { ?x ex:p ex:y\\.z }"),
        ("ASK { ?x ex:p ex:y }", "ASK { ?x ex:p ex:é }"),
        ("ASK { ?x ex:p ex:y }", "ASK { ?x ex:p ex:\u037e }"),
        ("ASK { ?x ex:p ex:y }", "ASK { ?x ex:p nowhere:y }"),
        ("ASK { ?x ex:p ex:y }", "ASK { ?x ex:p ~ }"),
        ("ASK { ?x ex:p <urn:y> }", "ASK { ?x ex:p <y> }"),
        ("ASK { ?x ex:p 'a' }", "ASK { ?x ex:p 'a\\t' }"),
        ("ASK { ?x ex:p 'a' }", "ASK { ?x ex:p '\ud800' }"),
    ],
)
def test_what_means_more_than_a_term_is_parsed(first: str, second: str) -> None:
    def outcome(parse_: object, text: str) -> object:
        try:
            return parse_(text)
        except QueryError as error:
            return type(error), str(error)

    outcome(lambda text: parse(text, PREFIXES), first)
    found = outcome(lambda text: parse(text, PREFIXES), second)
    assert found == outcome(parsed, second) != outcome(parsed, first)


def test_a_form_is_for_all_prefixes() -> None:
    parse("ASK { ?x n:a 1 }", {"n": "urn:n/"})
    there = parse("ASK { ?x n:a 1 }", {"n": "urn:m/"}).select.where
    assert there == parse("ASK { ?x <urn:m/a> 1 }").select.where
    with pytest.raises(QueryError, match="the prefix 'n:' is not declared"):
        parse("ASK { ?x n:a 1 }")


def test_random_texts_with_other_constants() -> None:
    for seed in range(300):
        text = Writer(Random(seed)).query()
        other = with_others(text)
        try:
            assert parse(text, PREFIXES) == parsed(text), text
        except QueryError:
            continue
        assert parse(other, PREFIXES) == parsed(other), other
