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
        ("SELECT * { ?x ?p ?o }\nGROUP BY ?x\n", "line 1, column 8: SELECT * and groups"),
        ("SELECT ?x { ?x ?p ?o } GROUP BY (STR(?x) AS ?x)", "column 45: ?x has a value already"),
        ("SELECT ?x { ?y ?p ?o } GROUP BY (1 AS ?x) (2 AS ?x)", "?x has a value already"),
        ("CONSTRUCT { ?s ex:q ?o } { ?s ?p ?o } GROUP BY ?s", "column 21: ?o is no key"),
        ("CONSTRUCT WHERE { ?s ex:p ?o } GROUP BY ?s", "column 27: ?o is no key of GROUP BY"),
        ("CONSTRUCT WHERE {\n?s ex:p ?o OPTIONAL { } }", "line 2, column 12: CONSTRUCT WHERE"),
        ("CONSTRUCT WHERE { { ?s ex:p ?o } }", "column 19: CONSTRUCT WHERE takes triples alone"),
        ("SELECT * { ?s ?p ?o FILTER(ex:f(?o)) }", "column 28: the function <http://ex.org/f> is"),
        ("SELECT * { FILTER(true || ex:f(?o)) }", "the function <http://ex.org/f> is not known"),
        ("SELECT * { ?s ?p ?o } ORDER BY xsd:integer(?o, 1)", "takes one argument, not 2"),
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
    "SELECT ?x { ?x a ?y LET (?z := ?y) }": "Write BIND(expression AS ?name).",
    "SELECT ?x { ?x a ?y } BINDINGS ?y { (1) }": "Write VALUES.",
    "VERSION '1.2' SELECT ?x { ?x a ?y }": "queries are SPARQL 1.1.",
    "SELECT (isTRIPLE(?y) AS ?z) { ?x a ?y }": "are SPARQL 1.2: queries are SPARQL 1.1.",
    "SELECT (object(?y) AS ?z) { ?x a ?y }": "are SPARQL 1.2: queries are SPARQL 1.1.",
    "SELECT ?x { ?x a ?y NOT EXISTS { ?y a ?x } }": "FILTER NOT EXISTS { ... }.",
    "SELECT ?x { EXISTS { ?y a ?x } }": "FILTER NOT EXISTS { ... }.",
    "CONSTRUCT { GRAPH ?g { ?s ?p ?o } } { GRAPH ?g { ?s ?p ?o } }": "leave GRAPH out.",
    "CONSTRUCT WHERE { ?s ?p ?o FILTER(?o > 1) }": "CONSTRUCT { ... } WHERE { ... }.",
    "CONSTRUCT { ?s ex:n COUNT(?o) } { ?s ?p ?o } GROUP BY ?s": "with BIND, or in a subquery.",
    "SELECT * { ?s ?p STR(?o) }": "with BIND, or in a subquery.",
    "SELECT * { ?s ?p ?o } GROUP BY ?s": "SELECT ?key (COUNT(*) AS ?n)",
    "SELECT ?o { ?s ?p ?o } GROUP BY ?s": "Put it into GROUP BY",
}


@pytest.mark.parametrize("query", MEANT)
def test_an_error_says_what_was_probably_meant(query: str) -> None:
    assert MEANT[query] in refusal(query)


@pytest.mark.parametrize(
    ("close", "apart"),
    [
        ("SELECTDISTINCT?x{?x?p?o}", "SELECT DISTINCT ?x { ?x ?p ?o }"),
        ("ASK{?x?p?o FILTERisIRI(?o)}", "ASK { ?x ?p ?o FILTER isIRI(?o) }"),
        ("ASK{FILTERNOTEXISTS{?o?p?x}}", "ASK { FILTER NOT EXISTS { ?o ?p ?x } }"),
        ("ASK{}ORDERBYDESC(?x)LIMIT10OFFSET2", "ASK {} ORDER BY DESC(?x) LIMIT 10 OFFSET 2"),
        ("SELECT?x{?x?p?o}GROUPBY?x", "SELECT ?x { ?x ?p ?o } GROUP BY ?x"),
        ("ASK{VALUES?y{TRUEUNDEFfalse}}", "ASK { VALUES ?y { true UNDEF false } }"),
        ("ASKWHERE{FILTER(?x NOTIN(1))}", "ASK WHERE { FILTER(?x NOT IN (1)) }"),
        ("ASK{FILTER(strUUID()=1)}", "ASK { FILTER(STRUUID() = 1) }"),  # the longest is the one
    ],
)
def test_keywords_need_no_space_between_them(close: str, apart: str) -> None:
    """The longest match is the token (19.8), and nothing is longer here than a keyword."""
    assert parse(close) == parse(apart)


@pytest.mark.parametrize("word", ["FILTERS", "LIMIT1x", "ORDERLY", "aSELECT", "SELECTa", "LIMIT_1"])
def test_a_word_that_is_not_of_keywords_alone_is_one(word: str) -> None:
    assert f"found '{word}'" in refusal(f"SELECT * {{ ?s ?p ?o }} {word}")


@pytest.mark.timeout(20)
def test_keywords_by_the_thousand_are_cut_at_once() -> None:
    assert "found 'SELECT" in refusal("SELECT" * 100_000 + "X")


@pytest.mark.parametrize(
    ("query", "made"),
    [
        ("CONSTRUCT { ?s ex:q 9 } { ?s ex:p ?o } GROUP BY ?s HAVING(COUNT(?o) > 1)", "ex:a ex:q 9"),
        ("CONSTRUCT { ?s ex:q ?t } { ?s ex:p 3 } GROUP BY ?s (STRLEN('xx') AS ?t)", "ex:b ex:q 2"),
        ("CONSTRUCT { ?s ex:q 1 } { ?s ex:p ?o } GROUP BY ?s ORDER BY MAX(?o) LIMIT 1",
         "ex:a ex:q 1"),
        ("DESCRIBE * { ?s ex:p ?o } GROUP BY ?s HAVING(COUNT(?o) < 2)", "ex:b ex:p 3"),
    ],
)  # fmt: skip
def test_triples_are_made_of_groups(query: str, made: str) -> None:
    """Rule 10: the modifiers of a SELECT follow a template, too; its variables are keys then."""
    found = ask(query, "ex:a ex:p 1, 2 . ex:b ex:p 3 .")
    assert found == ask("CONSTRUCT WHERE { ?s ?p ?o }", f"{made} .")


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
