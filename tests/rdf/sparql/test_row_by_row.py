"""What is found row by row for a node is what the columns find for it."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import numpy as np
import pyoxigraph as ox
import pytest

from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.sparql.row_by_row import RowPlan
from glocal_kg._rdf.sparql.row_terms import NotByRows
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.sparql.solutions import solutions
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.index import TripleIndex
from glocal_kg.errors import QueryError
from tests.rdf.sparql.ask import PREFIXES
from tests.rdf.sparql.random_queries import Writer, data_of

NODE = "a"


def planned(text: str, facts: Facts) -> RowPlan:
    return RowPlan(parse(text, PREFIXES), NODE, TripleIndex.of(facts.pairs()))


def by_rows(plan: RowPlan, facts: Facts, nodes: list[int]) -> Counter[Any]:
    run = Evaluation(facts.moment, facts.selection, facts.selection, None, Limits())
    return told(plan.solutions(run, nodes))


def by_columns(text: str, facts: Facts, nodes: list[int]) -> Counter[Any]:
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return told(solutions(head + text, facts, nodes={NODE: np.array(nodes, np.int32)}))


def told(rows: Any) -> Counter[Any]:
    return Counter(tuple(sorted((name, str(term)) for name, term in row.items())) for row in rows)


def about(random: Random) -> str:
    """A random query of the node ?a, of what can mostly be done row by row."""
    writer, choice = Writer(random), random.choice
    parts = [choice(["?a ex:p ?b", "?b ex:q ?a", "?a ?c ?b", "?a ex:p ?b ; ex:q ?c", "?a ex:r ?d"])]

    def triples() -> str:
        return " ".join(writer.triple() for _ in range(choice([1, 1, 2])))

    for _ in range(choice([0, 1, 1, 2])):
        inner = f"{triples()} {choice(['', '', f'FILTER({writer.expression()})', triples()])}"
        parts.append(
            choice([
                triples(),
                f"FILTER({writer.expression()})",
                f"FILTER {choice(['EXISTS', 'NOT EXISTS'])} {{ {inner} }}",
                f"{{ {inner} }} UNION {{ {triples()} }}",
                f"{{ {inner} BIND({writer.expression()} AS ?x{len(parts)}) }}",
                f"BIND({writer.expression()} AS ?v{len(parts)})",
                f"VALUES (?b ?c) {{ (ex:n0 UNDEF) (UNDEF {choice(['1', 'ex:n1', 'ex:absent'])}) }}",
                f"{{ SELECT ?b ({choice(['MIN', 'MAX'])}(?e) AS ?f{len(parts)}) "
                "{ ?e ex:p ?b } GROUP BY ?b }",
            ])
        )  # fmt: skip
    ending = choice(["", "", "", "GROUP BY ?a ?b"])
    columns = "?a ?b (COUNT(?c) AS ?n)" if ending else choice(["*", "*", "DISTINCT ?a ?b"])
    return f"SELECT {columns} {{ {' . '.join(parts)} }} {ending}"


def compared(seed: int) -> str:
    """Whether a random query was answered row by row; the answers are the same."""
    random = Random(seed)
    facts = Facts.of(ox.parse(data_of(random), ox.RdfFormat.TRIG))
    text = about(random)
    nodes = sorted({end for row in facts.columns().tolist() for end in (row[0], row[2])})
    try:
        plan = planned(text, facts)
        found = by_rows(plan, facts, nodes)
    except NotByRows:
        return "columns"
    except QueryError:
        return "not valid"
    assert found == by_columns(text, facts, nodes), (seed, text)
    return "found" if found else "nothing"


def test_random_queries_say_the_same() -> None:
    words = Counter(compared(seed) for seed in range(150))
    assert words["found"] > 30
    assert words["nothing"] > 30


@pytest.mark.parametrize(
    "pattern",
    [
        "?a ex:p ?b MINUS { ?b ex:q ?c }",
        "?a ex:p ?b . GRAPH ?g { ?a ex:q ?c }",
        "?a ex:p ?b . ?c ex:q ?d",
        "?a ex:p ?b . BIND(RAND() AS ?c)",
        "?a ex:p ?b . ?b !ex:q ?c",
        "?a ex:p ?b . { SELECT ?b { ?b ex:q ?c } }",
        "?a ex:p ?b . { SELECT ?b { ?b ex:q ?c } GROUP BY ?b LIMIT 1 }",
        "?a ex:p ?b OPTIONAL { ?b ex:q ?c }",
        "?a ex:p ?b FILTER(?b = 1 || EXISTS { ?b ex:q ?c })",
        "BIND(1 AS ?b)",
        "?b ex:p ?c",
    ],
)
def test_the_rest_is_left_to_the_columns(pattern: str) -> None:
    with pytest.raises(NotByRows):
        planned(f"SELECT * {{ {pattern} }}", Facts.of([]))


def test_many_rows_are_left_to_the_columns() -> None:
    p, hub = ox.NamedNode("http://ex.org/p"), ox.NamedNode("http://ex.org/hub")
    facts = Facts.of(ox.Quad(ox.NamedNode(f"http://ex.org/{n}"), p, hub) for n in range(1001))
    first, number = facts.moment.find(ox.NamedNode("http://ex.org/0")), facts.moment.find(hub)
    plan = planned("SELECT ?a ?c { ?a ex:p ?b . ?c ex:p ?b }", facts)
    with pytest.raises(NotByRows):
        by_rows(plan, facts, [first])
    assert by_rows(plan, facts, [number]) == Counter()


def test_a_term_that_comes_later_is_found() -> None:
    text = "SELECT ?b { ?a ex:p ?b . ?a ex:q ex:late }"
    head = "@prefix ex: <http://ex.org/> . "
    facts = Facts.of(ox.parse(head + "ex:n ex:p 1 .", ox.RdfFormat.TURTLE))
    index = TripleIndex.of(facts.pairs())
    plan = RowPlan(parse(text, PREFIXES), NODE, index)
    node = facts.moment.find(ox.NamedNode("http://ex.org/n"))
    assert by_rows(plan, facts, [node]) == Counter()
    q, late = (facts.terms.add(ox.NamedNode(f"http://ex.org/{name}")) for name in ("q", "late"))
    index.add(node, q, late)
    facts.moment.term_count = len(facts.terms)
    assert len(by_rows(plan, facts, [node])) == 1
