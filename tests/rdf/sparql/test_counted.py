"""``max_rows`` ends a query as soon as it is known that there are more, and never before."""

from __future__ import annotations

from typing import Any

import pytest

from glocal_kg._rdf.sparql import constructing, evaluating, solution_table
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.sparql.selecting import Selector
from glocal_kg._rdf.sparql.solution_table import SolutionTable
from glocal_kg._rdf.sparql.solving import Solver
from glocal_kg.errors import TooLargeError
from tests.rdf.sparql.ask import ask, read

GRAPH = read(
    "".join(f"ex:n{n} ex:type ex:A ; ex:p {n % 7} ; ex:q ex:n{n // 2} . " for n in range(40))
    + "".join(f'ex:n{n} ex:label "name {n}" . ' for n in range(0, 40, 3))
    + "ex:g { ex:n1 ex:p 1 . ex:n2 ex:p 2 . } ex:h { ex:n1 ex:p 1 . }"
)
QUERIES = [
    "SELECT * { ?a ex:p ?x . ?b ex:p ?x }",
    "SELECT * { ?a ex:p ?x . ?b ex:p ?y } ORDER BY ?y",
    "SELECT * { ?a ex:p ?x . ?b ex:p ?y FILTER(?x < ?y) }",
    "SELECT * { ?a ex:p ?x . ?b ex:p ?y FILTER(STR(?x) < STR(?y)) FILTER(?a != ?b) }",
    "SELECT ?a { ?a ex:p ?x FILTER(?x > 3) ?a ex:q ?b }",
    "SELECT * { ?a ex:p ?x OPTIONAL { ?b ex:p ?x ; ex:label ?l } }",
    "SELECT * { ?a ex:p ?x OPTIONAL { ?b ex:p ?y FILTER(?x + 1 = ?y) } BIND(?x + 1 AS ?z) }",
    "SELECT * { ?a ex:p ?x OPTIONAL { ?a ex:label ?l } ?b ex:label ?l }",
    "SELECT * { ?a ex:p ?x OPTIONAL { ?a ex:label ?l } FILTER(BOUND(?l)) }",
    "SELECT * { ?a ex:p ?x MINUS { ?a ex:label ?l } }",
    "SELECT * { { ?a ex:p ?x } UNION { ?a ex:q ?x } UNION { ?a ex:label ?x } }",
    "SELECT * { ?a ex:type ?t { ?a ex:p 3 } UNION { ?a ex:label ?x } }",
    "SELECT * { { ?a ex:p ?x } { ?b ex:p ?x } }",
    "SELECT * { VALUES ?x { 1 2 UNDEF } ?a ex:p ?x }",
    "SELECT * { ?a ex:p ?x VALUES (?x ?y) { (1 2) (UNDEF 3) } }",
    "SELECT * { ?a ?p ?x . ?a ?p ?y }",
    "SELECT * { ?a ?p ?x . ?x ?q ?y }",
    "SELECT * { ?a ex:q+ ?b }",
    "SELECT * { ?a ex:label ?l ; (ex:q|^ex:q)* ?b }",
    "SELECT * { GRAPH ?g { ?a ex:p ?x } }",
    "SELECT * { ?a ex:p ?x . GRAPH ?g { ?b ex:p ?x } }",
    "SELECT * { ?a ex:p ?x { SELECT ?x (COUNT(*) AS ?n) { ?b ex:p ?x } GROUP BY ?x } }",
    "SELECT * { { SELECT DISTINCT ?x { ?b ex:p ?x } } }",
    "SELECT * { { SELECT ?x { ?b ex:p ?x } ORDER BY ?x LIMIT 5 OFFSET 2 } ?a ex:p ?x }",
    "SELECT * { { SELECT * { ?b ex:p ?x } OFFSET 30 } ?a ex:p ?x }",
    "SELECT DISTINCT ?x ?y { ?a ex:p ?x . ?b ex:p ?y }",
    "SELECT DISTINCT ?a { ?a ex:p ?x . ?b ex:p ?x }",
    "SELECT REDUCED ?x { ?a ex:p ?x }",
    "SELECT ?x (COUNT(*) AS ?n) { ?a ex:p ?x } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) { ?a ex:p ?x } GROUP BY ?x HAVING (?x > 3)",
    "SELECT DISTINCT (COUNT(*) AS ?n) { ?a ex:p ?x } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) { ?a ex:p ?x } GROUP BY ?x VALUES ?x { 1 2 }",
    "SELECT * { ?a ex:p ?x } OFFSET 33",
    "SELECT * { ?a ex:p ?x } ORDER BY ?x LIMIT 9 OFFSET 35",
    "SELECT * { ?a ex:p ?x } LIMIT 9",
    "SELECT * { ?a ex:p ?x FILTER EXISTS { ?a ex:label ?l } }",
    "SELECT (CONCAT(STR(?x), '!') AS ?y) { ?a ex:p ?x }",
    "CONSTRUCT { ?a ex:r ?b . ?b ex:r [ ex:s ?x ] } { ?a ex:q ?b ; ex:p ?x }",
    "CONSTRUCT { ?b a ex:B } { ?a ex:q ?b } ORDER BY ?b",
    "CONSTRUCT { ?a ex:r ?b } { ?a ex:q ?b } ORDER BY ?b LIMIT 3",
    "DESCRIBE ?a { ?a ex:label ?l }",
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 1 << 20])
@pytest.mark.parametrize("query", QUERIES)
def test_as_many_rows_as_there_are_may_come(
    query: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in (
        (evaluating, "_COUNTED"),
        (solution_table, "_APART"),
        (constructing, "PIECE"),
    ):
        monkeypatch.setattr(module, name, size)
    whole = ask(query, GRAPH)
    assert len(whole) > 1
    assert len(ask(query, GRAPH, max_rows=len(whole))) == len(whole)
    with pytest.raises(TooLargeError, match=f"more than {len(whole) - 1} "):
        ask(query, GRAPH, max_rows=len(whole) - 1)


def _never(*_: Any, **__: Any) -> Any:
    raise AssertionError("it was known before that there are too many")


@pytest.mark.parametrize(
    ("query", "owner", "name"),
    [
        ("SELECT * { ?a ex:p ?x } ORDER BY ?x", Selector, "_sorted"),
        ("SELECT (STR(?x) AS ?y) { ?a ex:p ?x }", evaluating.Evaluator, "numbers"),
        ("SELECT * { ?a ex:p ?x BIND(STR(?x) AS ?y) }", Solver, "_bound"),
        ("SELECT * { ?a ex:p ?x OPTIONAL { ?a ex:q ?y } }", Solver, "_optional"),
        ("SELECT ?a ?x { ?a ex:p ?x . ?b ex:q ?c }", SolutionTable, "take"),
        ("SELECT ?a (MAX(?x) AS ?y) { ?a ex:p ?x } GROUP BY ?a", evaluating.Evaluator, "numbers"),
        ("CONSTRUCT { ?a ex:r ?x ; ex:s [] } { ?a ex:p ?x }", Evaluation, "new_nodes"),
        ("CONSTRUCT { ?a ex:r ?x } { ?a ex:p ?x } ORDER BY ?x", Selector, "_sorted"),
    ],
)
def test_what_follows_is_not_done(
    query: str, owner: type, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, _never)
    with pytest.raises(TooLargeError, match="more than 10 "):
        ask(query, GRAPH, max_rows=10)


def test_filters_end_once_enough_rows_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    truth = evaluating.Evaluator.truth

    def counted(self: evaluating.Evaluator, expression: Any) -> Any:
        asked.append(self.table.rows)
        return truth(self, expression)

    monkeypatch.setattr(evaluating, "_COUNTED", 100)
    monkeypatch.setattr(evaluating.Evaluator, "truth", counted)
    with pytest.raises(TooLargeError):
        ask("SELECT * { ?a ex:p ?x . ?b ex:p ?y FILTER(?x <= ?y) }", GRAPH, max_rows=150)
    assert len(asked) <= 4  # of sixteen pieces
