"""A value that is given, or tested by EXISTS, is as a term written in the variable's place."""

from __future__ import annotations

import numpy as np
import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.answering import Rows, answer
from glocal_kg._rdf.sparql.parser import parse
from tests.rdf.sparql.ask import PREFIXES, ask, default_graph, read

DATA = "ex:a ex:q ex:z ; ex:r 1 . ex:b ex:q ex:y ."
ABSENT = NamedNode("http://ex.org/absent")
PATHS = [
    "ex:p*", "ex:p?", "(ex:p/ex:q)*", "(ex:p|ex:q)*", "(!ex:q)*", "(^ex:r)?", "(!(ex:p|^ex:q))*",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("term", [ABSENT, Literal("absent"), Literal(5)])
def test_a_given_term_reaches_itself_though_no_fact_has_it(
    path: str, term: NamedNode | Literal
) -> None:
    """SPARQL 1.1, 18.4: a path of no step leads from a term to itself."""
    for pattern in (f"$x {path} ?y", f"?y {path} $x"):
        assert ask(f"SELECT ?y {{ {pattern} }}", DATA, given={"x": term}) == [(str(term),)]
    assert ask(f"ASK {{ $x {path} $x }}", DATA, given={"x": term})
    assert ask(
        f"ASK {{ ?s ex:q ?o FILTER NOT EXISTS {{ $x {path} ?s }} }}", DATA, given={"x": term}
    )


@pytest.mark.parametrize("path", PATHS)
def test_so_does_a_term_that_exists_is_asked_for(path: str) -> None:
    """18.6: EXISTS puts the terms of a row in the place of its variables."""
    rows = "VALUES (?x ?k) { (ex:absent 1) (5 2) (ex:a 3) (UNDEF 4) }"
    for pattern in (f"?x {path} ?y", f"?y {path} ?x", f"?x {path} ?x"):
        query = f"SELECT ?k {{ {rows} FILTER EXISTS {{ {pattern} }} }}"
        assert [row[0][1] for row in ask(query, DATA)] == ["1", "2", "3", "4"]
    # A variable that only a row so far has a value for is none of these, as 18.4 has it.
    assert ask(f"SELECT ?k {{ {rows} ?x {path} ?x }} ORDER BY ?k", DATA)[0][0][1] == "3"


@pytest.mark.parametrize("path", PATHS)
def test_so_does_each_of_many_nodes(path: str) -> None:
    moment = read(f"{DATA} ex:unsaid ex:unsaid ex:unsaid .")
    node = moment.find(NamedNode("http://ex.org/r"))  # a predicate, and an end of no fact
    query = parse(f"SELECT ?this ?y {{ ?this {path} ?y }}", PREFIXES)
    found = answer(query, moment, default_graph(moment), nodes={"this": np.array([node], np.int32)})
    assert isinstance(found, Rows)
    assert [list(map(str, row)) for row in found] == [["<http://ex.org/r>"] * 2]


@pytest.mark.parametrize(
    "removed",
    [
        "ex:a ex:r ?w",  # nothing of what is given stands in it
        "ex:a ex:r 1",
        "$x ex:r ?w",  # a term: no variable is on both sides
        "BIND($x AS ?w)",
        "{ SELECT ?w { ex:a ex:r ?w FILTER($x = ex:a) } }",
        "VALUES $x { ex:a }",
    ],
)
def test_a_term_in_place_is_no_variable_that_minus_shares(removed: str) -> None:
    """18.5: MINUS takes away nothing where the two sides have no variable in common."""
    given = {"x": NamedNode("http://ex.org/a")}
    query = f"SELECT ?z {{ $x ex:q ?z MINUS {{ {removed} }} }}"
    assert ask(query, DATA, given=given) == [("<http://ex.org/z>",)]
    query = f"SELECT ?x {{ ?x ex:q ?y FILTER EXISTS {{ ?x ex:q ?z MINUS {{ {removed} }} }} }}"
    assert len(ask(query.replace("$", "?"), DATA)) == 2
    query = f"ASK {{ VALUES ?x {{ ex:a }} FILTER EXISTS {{ {{ MINUS {{ {removed} }} }} }} }}"
    assert ask(query.replace("$", "?"), DATA)


def test_minus_still_takes_away_by_what_both_sides_have() -> None:
    given = {"x": NamedNode("http://ex.org/a")}
    assert ask("SELECT ?z { $x ex:q ?z MINUS { $x ex:q ?z } }", DATA, given=given) == []
    query = "SELECT ?z { ?s ex:q ?z MINUS { $x ex:q ?z } }"
    assert ask(query, DATA, given=given) == [("<http://ex.org/y>",)]
    query = "SELECT ?x { ?x ex:q ?y FILTER EXISTS { ?x ex:q ?z MINUS { ?x ex:q ?z ; ex:r 1 } } }"
    assert ask(query, DATA) == [("<http://ex.org/b>",)]


def test_a_key_that_nothing_binds_agrees_with_any_value() -> None:
    """11.2, 18.5: its group has no value for it, so VALUES behind it finds it compatible."""
    query = "SELECT ?k (COUNT(*) AS ?n) { ?s ex:q ?o } GROUP BY ?k VALUES ?k { 1 2 }"
    assert [row[0][1] for row in ask(query, DATA)] == ["1", "2"]
    query = """SELECT ?k ?n { VALUES ?k { 1 2 }
        { SELECT ?k (COUNT(*) AS ?n) { ?s ex:q ?o } GROUP BY ?k } }"""
    assert [(row[0][1], row[1][1]) for row in ask(query, DATA)] == [("1", "2"), ("2", "2")]
    query = "SELECT * { { SELECT ?s { ?x ex:q ?o } GROUP BY ?s } ?s ex:r ?r }"
    assert ask(query, DATA)[0][0] == "<http://ex.org/a>"


@pytest.mark.parametrize(
    ("pattern", "reached"),
    [
        ("ex:absent (ex:q|(ex:p?/ex:r?)) ?y", False),  # ?y comes from a variable in between
        ("?y (ex:q|(ex:p?/ex:r*)) ex:absent", False),
        ("ex:absent (ex:p?/ex:r?) ?y", False),
        ("ex:absent (ex:p?/ex:r?)+ ?y", False),
        ("ex:absent (ex:p?/ex:r?)* ?y", True),
        ("ex:absent (ex:q|(ex:p?/ex:r?)) ex:absent", True),  # both ends are terms
        ("ex:absent (ex:q|(ex:p?/ex:q?/ex:r?)) ex:absent", False),  # from a variable to another
        ("ex:absent (ex:q|(ex:p?/ex:r?))? ex:absent", True),
        ("ex:absent (ex:q|^(ex:p?/ex:r?)) ?y", False),
        ("ex:a (ex:q|(ex:p?/ex:r?)) ?y", True),  # a node of the facts
    ],
)
def test_between_two_parts_of_a_path_stands_a_variable(pattern: str, reached: bool) -> None:
    """18.4: a sequence is the join of its parts, and a variable reaches nodes of facts alone."""
    assert ask(f"ASK {{ {pattern} }}", "ex:a ex:l ex:b .") is reached
    assert ask(f"SELECT * {{ {pattern} }}", "") == [] or reached
