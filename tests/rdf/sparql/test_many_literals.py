"""What is asked of many terms at once is what is asked of each."""

import numpy as np
import pyoxigraph as ox
import pytest

from glocal_kg._rdf.sparql.query_terms import QueryTerms
from glocal_kg._rdf.store import literal_tails
from tests.rdf.sparql.ask import ask, moment_of
from tests.rdf.sparql.test_answers import num

LONG = ox.NamedNode(f"urn:{'long' * 30}")
LITERALS = [
    literal
    for n in range(40)
    for literal in (
        ox.Literal(f"text {n}"),
        ox.Literal(f'a "quoted" "@en {n}'),
        ox.Literal("x" * n, language="en"),
        ox.Literal("x" * n, language="en-gb-oxendict"),
        ox.Literal(f"{n}", language="ar", direction=ox.BaseDirection.RTL),
        ox.Literal(n),
        ox.Literal(f"{n}.5", datatype=LONG),
        ox.Literal(f"{n}", datatype=ox.NamedNode(f"urn:kind-{n}")),
    )
]


@pytest.mark.parametrize("resting", [True, False])
@pytest.mark.parametrize("kinds", [1, 64])
def test_literals_are_told_apart_by_what_stands_behind_their_text(
    resting: bool, kinds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(literal_tails, "_KINDS", kinds)
    a = ox.NamedNode("urn:a")
    moment = moment_of(ox.Quad(a, a, literal) for literal in LITERALS)
    if resting:
        moment.dictionary.rest()
    terms = QueryTerms(moment)
    new = [ox.Literal("new", language="en"), ox.Literal("new", datatype=LONG)]
    column = np.sort(terms.numbers([*LITERALS, *new]))
    assert (terms.sorts(column) == ord('"')).all()

    def tail(number: int) -> str:
        return str(terms.term(number)).rpartition('"')[2]

    examples, alike = terms.like_literals(column)
    assert [tail(examples[place]) for place in alike] == list(map(tail, column.tolist()))
    assert len({tail(number) for number in examples}) == len(examples)


def test_the_sort_of_terms() -> None:
    data = "ex:a ex:p ex:b, _:b, 'c', 'd'@en, 5 ."
    counts = []
    for test in ("ISIRI(?o)", "ISBLANK(?o)", "ISLITERAL(?o)", "!ISLITERAL(?o)", "ISIRI(?none)"):
        counts.append(len(ask(f"SELECT ?o {{ ?s ex:p ?o FILTER({test}) }}", data)))
    assert counts == [1, 1, 3, 2, 0]
    (row,) = ask("SELECT (ISIRI(?x) AS ?i) { BIND(IRI('urn:new') AS ?x) }")
    assert row == (num("true", "boolean"),)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1e0 / (-?zero)", num("INF", "double")),
        ("1e0 / (0 * ?minus)", num("INF", "double")),
        ("?zero * ?minus", num("0", "decimal")),
        ("-(1 / ?three)", num("-0.3333333333333333333333333333", "decimal")),
        ("1000000000000000000000000000001 / 2", num("500000000000000000000000000000.5", "decimal")),
        ("ROUND(?half) + 1", num("2", "decimal")),
        ("(1 / ?three) * ?three < 1", num("true", "boolean")),
        ("?half * 2 >= 'x'", ""),
        ("'2001-01-01'^^xsd:date + 1", ""),
        ("SUBSTR('12345', ?half * 3, 26 / 10)", '"234"'),
        ("SUBSTR('12345', 'a')", ""),
        ("ABS(-?minus) - CEIL(?half)", num("0.5", "decimal")),
    ],
)
def test_arithmetic_makes_no_terms_between(expression: str, expected: str) -> None:
    query = f"""SELECT ({expression} AS ?x) {{
        VALUES (?zero ?minus ?three ?half) {{ (0.0 -1.5 3 0.5) }} }}"""
    assert ask(query) == [(expected,)]


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
@pytest.mark.parametrize(
    "bound",
    ["'b'", "2", "'2000-01-01'^^xsd:date", "'2000-01-01T00:00:00Z'^^xsd:dateTime",
     "'b'@en", "true", "'x'^^ex:t", "'P1Y'^^xsd:yearMonthDuration"],
)  # fmt: skip
def test_a_literal_in_a_query_is_compared_as_one_in_a_row(sign: str, bound: str) -> None:
    data = """ex:a ex:p 'a', 'b', 'c', 'b'@en, 1, 2.0, 3e0, true, false, 'x'^^ex:t, ex:b,
        '1999-12-31'^^xsd:date, '2000-01-01'^^xsd:date, '2000-01-01Z'^^xsd:date, 'x'^^xsd:date,
        '2000-01-01T06:00:00'^^xsd:dateTime, '2001-01-01T00:00:00'^^xsd:dateTime,
        'P12M'^^xsd:yearMonthDuration, 'P2Y'^^xsd:yearMonthDuration ."""
    one = ask(f"SELECT ?o (?o {sign} {bound} AS ?x) {{ ?s ex:p ?o }}", data)
    rows = f"VALUES ?y {{ {bound} UNDEF }} FILTER(BOUND(?y))"
    other = ask(f"SELECT ?o (IF(RAND() > 2, 1, ?o {sign} ?y) AS ?x) {{ ?s ex:p ?o {rows} }}", data)
    assert sorted(one) == sorted(other)
    assert any(row[1] for row in one) != (bound in ("'b'@en", "'x'^^ex:t"))
