"""What is refused before it runs, how errors are told, and how values take their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._questions.answers.table import Table, Triples
from glocal_kg._questions.ask import ask
from glocal_kg._rdf.namespaces import XSD
from glocal_kg._rdf.sparql.binding import bind
from glocal_kg._rdf.sparql.tokens import QueryText, variables
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.vocab import INFERRED
from glocal_kg.errors import ArgumentError, QueryError

A, B, G = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:g")


@pytest.fixture
def index() -> Facts:
    numbers = [Quad(A, B, Literal(str(n), datatype=XSD.integer), G) for n in range(3)]
    return Facts.of([*numbers, Quad(A, B, Literal("inferred"), INFERRED)])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { SERVICE <http://example.org/s> { ?s ?p ?o } }", r"line 1.*SERVICE.*network"),
        ("SELECT * {\n service silent ?x { ?s ?p ?o } }", r"line 2, column 2: SERVICE"),
        ("SELECT * FROM <http://example.org/g> { ?s ?p ?o }", r"FROM names.*not here.*kg.add"),
        ("SELECT * FROM NAMED <http://example.org/g> { ?s ?p ?o }", r"FROM names"),
        ("PREFIX x: <http://x.org/> SELECT * FROM x:g { ?s ?p ?o }", r"<http://x\.org/g>"),
        ("SELECT ?x { ?x a ", r"line 1, column 18"),
        ("LOAD <http://example.org/data.ttl>", r"update \(LOAD\)"),
        ("PREFIX x: <urn:x> INSERT DATA { x:a x:b x:c }", r"update \(INSERT\).*kg\.add"),
        ("DELETE WHERE { ?s ?p ?o }", r"update \(DELETE\)"),
        ("CLEAR ALL", r"update \(CLEAR\)"),
        ("SELECT ?x { ?x a glocall:City }", r"prefix 'glocall:' is not.*mean 'glocal:'"),
        ("SELECT ?x {\n  ?x a <urn:x>\n  FILTR(?x) }", r"line 3, column 3"),
        ("SELECT ?x { ?x <urn:p> ?y } GROUP BY ?y", r"\\?x"),
        ("SELECT ?x { ?x a <relative> }", r"line 1, column 18"),
        ("", r"query is empty"),
        ("   \n", r"query is empty"),
        ("hello", r"line 1, column 1"),
        ("SELECT * { BIND(<urn:f>(1) AS ?x) }", r"urn:f"),
    ],
)
def test_what_cannot_run_says_why(index, query, said):
    with pytest.raises(QueryError, match=f"(?s){said}"):
        ask(index, query)


def test_a_syntax_error_points_at_its_place(index):
    with pytest.raises(QueryError) as caught:
        ask(index, "SELECT ?x {\n ?x a <urn:x>\n  FILTR(?x) }")
    line, caret = caught.value.message.splitlines()[1:3]
    assert (line, caret.index("^")) == ("    FILTR(?x) }", 4)  # the column, and the margin


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?o { <urn:a> <urn:b> ?o FILTER(STR(?o) != "SERVICE <http://x> FROM <urn:no>") }',
        "SELECT ?o { <urn:a> <urn:b> ?o } # SERVICE <http://x>",
        "SELECT ?SERVICE { <urn:a> <urn:b> ?SERVICE }",
        "SELECT ?o FROM <urn:g> { ?s <urn:b> ?o }",
    ],
)
def test_words_in_text_comments_and_names_are_no_keywords(index, query):
    assert len(ask(index, query)) >= 3


def test_kinds_of_answers(index):
    assert ask(index, "ASK { ?s ?p 1 }") is True
    assert ask(index, "ASK { ?s ?p 7 }") is False
    assert isinstance(ask(index, "SELECT * { ?s ?p ?o }"), Table)
    built = ask(index, "CONSTRUCT { ?s <urn:c> 1 } WHERE { ?s ?p ?o }")
    assert isinstance(built, Triples)
    assert len(built) == 1
    assert len(ask(index, "DESCRIBE <urn:a>")) == 4


def test_limits(index):
    with pytest.raises(QueryError, match=r"more than 2 rows.*max_rows"):
        ask(index, "SELECT * { ?s ?p ?o }", max_rows=2)
    assert len(ask(index, "SELECT * { ?s ?p ?o }", max_rows=4)) == 4
    assert len(ask(index, "SELECT * { ?s ?p ?o }", first=2)) == 2
    assert len(ask(index, "SELECT * { ?s ?p ?o }", timeout=60)) == 4


def test_a_runaway_query_is_given_up():
    index = Facts.of(Quad(NamedNode(f"urn:{n}"), B, Literal(str(n))) for n in range(400))
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f) }"
    with pytest.raises(QueryError, match=r"longer than 0\.2 seconds"):
        ask(index, runaway, timeout=0.2)


def test_errors_pass_through_the_time_limit(index):
    with pytest.raises(QueryError, match="line 1, column 13"):
        ask(index, "SELECT ?x { FILTR }", timeout=60)


# Values for variables


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_arrives_as_it_was_and_does_nothing_else(text):
    answer = ask(Facts.of([]), "SELECT (STR($x) AS ?y) {}", values={"x": Literal(text)})
    assert answer.terms == [(Literal(text),)]


INJECTION = 'x" } INSERT DATA { <urn:a> <urn:b> <urn:evil> } #'


def test_a_value_cannot_become_a_query(index):
    before = set(index)
    answer = ask(index, "SELECT ?s { ?s ?p $x }", values={"x": Literal(INJECTION)})
    assert len(answer) == 0
    assert set(index) == before
    with pytest.raises(ValueError, match="code point"):
        NamedNode("urn:a> } #")


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?o { $x <urn:b> ?o } ORDER BY ?o", 4),
        ("SELECT $x ?o { $x <urn:b> ?o }", 4),
        ("SELECT DISTINCT $x { ?x <urn:b> ?o }", 1),
        ("SELECT $x (COUNT(?o) AS ?n) { $x <urn:b> ?o } GROUP BY $x HAVING (COUNT(?o) > 3)", 1),
        ("SELECT (COUNT(?o) AS ?n) { $x <urn:b> ?o }", 1),
        ("SELECT ?n { { SELECT (COUNT(?o) AS ?n) { $x <urn:b> ?o } } FILTER(?n = 4) }", 1),
        ("SELECT ?n { { SELECT $x (COUNT(?o) AS ?n) { $x <urn:b> ?o } GROUP BY $x } }", 1),
        ("SELECT (STR($x) AS ?text) { } ORDER BY $x", 1),
        ("SELECT * { $x <urn:b> ?o FILTER EXISTS { $x <urn:b> 1 } }", 4),
        ("SELECT ?o { ?s <urn:b> ?o FILTER(?s = $x) }", 4),
        ("SELECT ?o { $x <urn:b>|^<urn:b> ?o }", 4),
        ("SELECT ?o FROM <urn:g> { $x <urn:b> ?o }", 3),
    ],
)
def test_values_bind_wherever_a_variable_can_stand(index, query, rows):
    assert len(ask(index, query, values={"x": A})) == rows
    other = ask(index, query, values={"x": NamedNode("urn:other")})
    counts = [row for row in other.terms if Literal("4", datatype=XSD.integer) in row]
    assert not counts
    if "COUNT" not in query and "STR" not in query:
        assert len(other) == 0


def test_a_projected_value_is_shown(index):
    answer = ask(index, "SELECT $x ?o { $x <urn:b> ?o } LIMIT 1", values={"x": A})
    assert answer.column("x") == [A]


def test_tokens_and_parameters():
    text = 'SELECT $city ?n { ?x a?y . $city p:a\\,b "?no $no" ; <urn:$no> 1.5 . } # $no'
    assert variables(text) == {"city"}
    words = [token.text for token in QueryText(text).tokens()]
    assert "p:a\\,b" in words
    assert '"?no $no"' in words
    assert "<urn:$no>" in words
    assert bind("SELECT ?s { ?s ?p 1 FILTER(1 < $n) }", {"n": Literal("x")})[0].count('"x"') == 1
    assert bind("'''a $n''' \"\"\"b\" $n\"\"\" 'c\\' $n'", {"n": A})[0].count("$n") == 3


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), "5"])
def test_no_time_at_all_is_an_error(index, timeout):
    with pytest.raises(ArgumentError, match="number of seconds above zero"):
        ask(index, "ASK {}", timeout=timeout)


@pytest.mark.parametrize("timeout", [1e300, float("inf")])
def test_any_longer_time_may_be_given(index, timeout):
    assert ask(index, "ASK {}", timeout=timeout) is True


@pytest.mark.parametrize("query", [None, 3, b"ASK {}"])
def test_a_query_is_text(index, query):
    with pytest.raises(QueryError, match="A query is text, not"):
        ask(index, query)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", "s p o"),
        ("select distinct * { ?s ?p ?o BIND(1 AS ?a) }", "s p o a"),
        ("SELECT (COUNT(*) AS ?n) ?a { ?s ?p ?a } GROUP BY ?a", "n a"),
        ("SELECT ?o ?s { ?s ?p ?o }", "o s"),
    ],
)
def test_columns_stand_in_the_order_in_which_they_are_written(index, query, columns):
    table = ask(index, query)
    assert isinstance(table, Table)
    assert table.columns == tuple(columns.split())
    if "s" in table.columns:
        assert set(table.column("s")) == {A}
