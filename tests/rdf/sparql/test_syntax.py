"""The parser: what it takes, what it refuses, where it says the error is, how long it takes."""

import pytest

from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.sparql.tokens import QueryText
from glocal_kg.errors import QueryError
from tests.rdf.sparql.ask import PREFIXES, ask


def refusal(text: str) -> str:
    with pytest.raises(QueryError) as caught:
        parse(text, PREFIXES)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1: the query is empty"),
        ("SELECT ?x {\n  ?x a ex:y ;; ?p }", "line 2, column 19: expected a variable"),
        ("SELECT ?x { ?x a ex:y ", "expected a pattern or '}', but the query ends"),
        ("SELECT ?x { ?x a exx:y }", "the prefix 'exx:' is not declared."),
        ("SELECT ?x { ?x a <y> }", "<y> is relative, and there is no base"),
        ("SELECT ?x { ?x a <urn:a b> }", "expected a variable, an IRI"),
        ("SELECT ?x { ?x a 'y }", "this string is not closed"),
        ("SELECT ?x { FILTER(1 = 2 = 3) }", "two comparisons in a row"),
        ("SELECT ?x { FILTER(REGEX(?x)) }", "REGEX takes 2 to 3 arguments, not 1"),
        ("SELECT ?x { FILTER(COUNT(?x) > 1) }", "COUNT cannot stand here"),
        ("SELECT (SUM(COUNT(?x)) AS ?y) {}", "COUNT cannot stand inside another aggregate"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", "?x is no key of GROUP BY"),
        ("SELECT (1 AS ?x) { ?x ?p ?o }", "?x has a value already"),
        ("SELECT * { ?x ?p ?o } GROUP BY ?x", "SELECT * and groups"),
        ("SELECT * { ?x ?p ?o BIND(1 AS ?o) }", "?o has a value already"),
        ("SELECT * { VALUES (?a ?b) { (1) } }", "values in this row: 1; variables: 2."),
        ("SELECT * { _:a ?p ?o OPTIONAL { _:a ?q 1 } }", "stands in two groups"),
        ("SELECT * { SERVICE <urn:s> { } }", "SERVICE would ask another server"),
        ("SELECT * { ?s ?p true.SERVICE <urn:s> { } }", "SERVICE would ask another server"),
        ("SELECT * { ?s ?p 1SERVICE<urn:s>{} }", "SERVICE would ask another server"),
        ("CONSTRUCT WHERE { ?s ^ex:p ?o }", "expected an IRI, but found '^'"),  # no paths there
        ("CONSTRUCT WHERE { ?s ex:p/ex:q ?o }", "but found '/'"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "this is an update (INSERT)"),
        ("LOAD <urn:x>", "this is an update (LOAD)"),
        ("SELECT * { ?s ?p ?o } LIMIT ?x", "expected a whole number"),
        ("SELECT * { <<?s ?p ?o>> ?q 1 }", "triple terms are not part of SPARQL 1.1"),
        ("SELECT ?x { ?x a Rome }", "but found 'Rome'"),
        ("SELECT * { ?s ?p ?o } LIMIT ten", "but found 'ten'"),
        ("SELECT COUNT(*) { ?s ?p ?o }", "Write (COUNT(*) AS ?n)"),
        ("SELECT ?s STR( ?o ) { ?s ?p ?o }", "Write (STR( ?o ) AS ?n)"),
        ("SELECT ?s, ?o { ?s ?p ?o }", "parted by spaces: SELECT ?x ?y."),
        (
            "SELECT (YEAR(?d) AS ?y) (COUNT(*) AS ?n) { ?s ?p ?d } GROUP BY YEAR(?d)",
            "GROUP BY (YEAR(?d) AS ?y), and SELECT ?y.",
        ),
        ("SELECT (- + +3e0 AS ?y) {}", "but found '+'"),
        ("SELECT (- -?x AS ?y) {}", "but found '-'"),
        ("SELECT (-!true AS ?y) {}", "but found '!'"),
        ("SELECT ?x (1 AS ?x) {}", "?x stands for two columns"),
        ("SELECT * { ?s ?p '\\ud83c' }", "an escape in here is no character"),
    ],
)
def test_errors_say_where_and_what(text: str, said: str) -> None:
    assert said in refusal(text)


def test_an_error_points_at_its_place() -> None:
    lines = refusal("SELECT ?x {\n  ?x ex:p )\n}").splitlines()
    assert lines[1].index(")") == lines[2].index("^")


def test_an_error_shows_no_control_codes() -> None:
    assert "\x1b" not in refusal("SELECT ?x { ?x \x1b[31m }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s a ex:Service . { ?s ex:p ?o } }",
        "SELECT ?s { ?s ex:service <urn:s> . { } }",
        "SELECT ?s { ?s ex:p ?o .\n#  SERVICE <urn:s> { ?a ?b ?c }\n }",
        "SELECT ?s { ?s ex:p ' SERVICE <urn:s> { ' }",
        "SELECT ?from ?values { ?from ex:from ?values ; ex:values ex:hasElectricalPhase }",
        "SELECT ?insert { ?insert ex:LOAD ?delete }",
    ],
)
def test_only_tokens_are_keywords(text: str) -> None:
    parse(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ex:p (" + " 1" * 4116 + ") }",
        "SELECT * {" + "{} UNION " * 5000 + "{}}",
        "SELECT * {" + "".join(f"BIND(1 AS ?x{n})" for n in range(3000)) + "}",
        "SELECT (1" + "+1" * 20000 + " AS ?y) {}",
        "SELECT (" + "REPLACE(" * 90 + "?x" + ",'a','b')" * 90 + " AS ?y) {}",
        "SELECT * {" + "{?s a ?o}" * 5000 + "}",
        "SELECT * {" + "FILTER(1)" * 5000 + "}",
        "SELECT " + "".join(f"(1 AS ?v{n})" for n in range(3000)) + "{}",
    ],
    ids=lambda text: text[:30],
)
@pytest.mark.timeout(60)
def test_long_queries_take_little_time(text: str) -> None:
    parse(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (" + "REGEX(" * 5000,
        "SELECT * " + "{" * 5000,
        "SELECT * { ?s ?p " + "(" * 5000,
        "SELECT * { ?s ?p " + "[ex:p " * 5000,
        "SELECT * { ?s " + "(" * 5000,
        "SELECT * {" + "1OPTIONAL{}" * 5000 + "}",
        "SELECT * {" + "a." * 20000 + "}",
    ],
    ids=lambda text: text[:30],
)
@pytest.mark.timeout(60)
def test_monsters_are_refused_at_once(text: str) -> None:
    assert "column" in refusal(text)


def test_escapes_of_code_points_stand_anywhere() -> None:
    assert ask("SELECT ?\\u0073 { ?\\u0073 ex:p '\\u0078' }", "ex:a ex:p 'x' .") == [
        ("<http://ex.org/a>",)
    ]
    said = refusal("SELECT ?\\u0073 {\n ?\\u0073 ?? }")
    assert "line 2, column 10" in said


def test_base_and_prefixes() -> None:
    query = parse("BASE <http://h/a/b> PREFIX x: <c#> SELECT * FROM <../d> { x:y ?p <> }")
    assert [node.value for node in query.default or ()] == ["http://h/d"]
    assert "http://h/a/c#y" in str(query.select.where)
    assert "<NamedNode value=http://h/a/b>" in str(query.select.where)


def test_parameters_are_the_variables_with_a_dollar() -> None:
    assert parse("SELECT ?x { ?x a $c }").parameters == {"c"}


def test_literals_stay_as_written() -> None:
    found = ask("SELECT (1.300 AS ?a) (+01 AS ?b) (-0.50 AS ?c) ('x'@EN AS ?d) (1e0 AS ?e) {}")
    assert [term.partition("^^")[0] for term in found[0]] == [
        '"1.300"', '"+01"', '"-0.50"', '"x"@en', '"1e0"',
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["ex:p", "^ex:q", "(ex:p)", "a", "!ex:q", "(ex:q/ex:q)"])
@pytest.mark.parametrize("gap", [" ", "\n", " #+\n", ""])
def test_a_sign_before_a_digit_is_of_the_number_and_no_path(verb: str, gap: str) -> None:
    [pattern] = parse(f"ASK {{ ex:s {verb}{gap}+1 }}", PREFIXES).select.where.steps
    assert "value=+1" in str(pattern)
    assert "Repeat" not in str(pattern)
    [pattern] = parse(f"ASK {{ ex:s {verb}{gap}+ 1 }}", PREFIXES).select.where.steps
    assert "value=1" in str(pattern)
    assert "Repeat" in str(pattern)


@pytest.mark.parametrize("node", ["[ ex:p ?x ]", "[ ex:p ?x ; ]", "(?x)", "([ ex:p ?x ] 2)"])
@pytest.mark.parametrize(
    "after",
    ["", ".", "FILTER(?x > 1)", "OPTIONAL { ?x ex:q ?y }", "MINUS { ?x ex:q 1 }", "{ }",
     "BIND(?x AS ?y)", "VALUES ?z { 1 }", "GRAPH ?g { }", "{ SELECT * { } }", ". ?x ex:q ?y"],
)  # fmt: skip
def test_a_node_with_what_is_said_in_it_needs_no_more(node: str, after: str) -> None:
    """Rule 75: a TriplesNode may stand alone, before any step of a group."""
    first, *_ = parse(f"SELECT * {{ {node} {after} }}", PREFIXES).select.where.steps
    [alone] = parse(f"SELECT * {{ {node} }}", PREFIXES).select.where.steps
    assert alone.patterns == first.patterns[: len(alone.patterns)]
    for empty in ("[]", "()"):
        assert "expected a predicate" in refusal(f"SELECT * {{ {empty} {{ }} }}")


@pytest.mark.parametrize("blank", [" ", "\n", " # note\n", "# a\r\n\t"])
@pytest.mark.parametrize("times", [1, 98, 99, 100, 101, 300])
def test_what_is_blank_is_skipped_however_long_it_is(blank: str, times: int) -> None:
    gap = blank * times
    found = QueryText(f"{gap}ASK{gap}{{}}{gap}").tokens()
    assert [token.text for token in found] == ["ASK", "{", "}", ""]
    assert [token.start for token in found] == [
        len(gap), 2 * len(gap) + 3, 2 * len(gap) + 4, 3 * len(gap) + 5,
    ]  # fmt: skip
    with pytest.raises(QueryError, match="the character '~' has no meaning here"):
        QueryText(f"ASK{gap}~").tokens()


MEANT = {
    "SELCT ?x { ?x a ?y }": "Did you mean SELECT?",
    "SELECT ?x { ?x a ?y OPTINAL { ?x a ?z } }": "Did you mean OPTIONAL?",
    "SELECT ?x { ?x a ?y FLITER(?x = 3) }": "Did you mean FILTER?",
    "SELECT ?x { ?x a ?y } ODER BY ?x": "Did you mean ORDER?",
    "SELECT ?x { ?x a ?y } LIMT 3": "Did you mean LIMIT?",
    "SELECT ?x { ?x a ?y } ORDER ?x": "Write BY before ?x.",
    "SELECT ?x { ?x a ?y } GROUPBY ?x": "Write GROUP BY.",
    "SELECT (COUNT(?x) ?n) { ?x a ?y }": "Write AS before ?n",
    "SELECT ?x { ?x a ?y FILTER(CONTAIN(?x, 'a')) }": "Did you mean CONTAINS?",
    "SELECT ?x { ?x a ?y FILTER ?x = 3 }": "in brackets: FILTER(?x = ?y).",
    "SELECT ?x { ?x a ?y FILTER(?x == 3) }": "Equality is one sign",
    "SELECT ?x { ?x a ?y FILTER(?x <> 3) }": "Unequal is !=.",
    "SELECT ?x { ?x a ?y FILTER(?x = 3 and ?y = 4) }": "by &&.",
    "SELECT ?x { ?x a ?y FILTER(?x LIKE 'a') }": "Write CONTAINS",
    "SELECT ?x { ?x a ?y AND ?x a ?z }": "Patterns are parted by a point",
    "SELECT ?x { ?x a ?y } WHERE ?x = 3": "one pair of braces",
    "SELECT ?x { ?x a ?y } LIMIT ten": "Correct the query at this place.",
}


@pytest.mark.parametrize("query", MEANT)
def test_an_error_says_what_was_probably_meant(query: str) -> None:
    assert MEANT[query] in refusal(query)


def test_a_variable_that_is_selected_twice_is_one_column() -> None:  # a set: 18.2.4.4
    assert [one.name for one in parse("SELECT ?x ?y ?x {}").select.columns] == ["x", "y"]
    assert ask("SELECT ?o ?o { ?s ?p ?o }", "ex:a ex:p 1, 1.0 .") == ask(
        "SELECT ?o { ?s ?p ?o }", "ex:a ex:p 1, 1.0 ."
    )
    assert ask("SELECT (1 AS ?x) ?x {}") == ask("SELECT (1 AS ?x) {}")


@pytest.mark.parametrize(
    ("written", "truth"),
    [("!!1", "true"), ("!!!1", "false"), ("! ! ! !''", "false"), ("!-1", "false"), ("! - ?x", "")],
)
def test_not_may_stand_before_not_and_a_sign(written: str, truth: str) -> None:
    (row,) = ask(f"SELECT ({written} AS ?y) {{}}")
    assert row == ((f'"{truth}"^^<{PREFIXES["xsd"]}boolean>' if truth else ""),)


def test_signs_by_the_thousand_take_no_room() -> None:
    assert ask(f"ASK {{ FILTER({'!' * 20_000}true) }}") is True
