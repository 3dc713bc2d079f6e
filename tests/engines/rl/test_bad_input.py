"""Input that could hang or fill the memory: a finding or an error, soon, and naming the place."""

from __future__ import annotations

import pytest

from glocal_kg.errors import LimitError


def ring(p: str, size: int) -> str:
    return " . ".join(f"ex:a{i} {p} ex:a{(i + 1) % size}" for i in range(size))


def test_ten_thousand_same_as_in_a_ring(turtle) -> None:
    with pytest.raises(LimitError, match=r"10,000 things are the same .*100,000,000 facts"):
        turtle(ring("owl:sameAs", 10_000)).close()


def test_a_smaller_ring_is_closed_in_full(turtle) -> None:
    graph = turtle(ring("owl:sameAs", 60) + " . ex:a7 ex:p ex:a9")
    closure = graph.close()
    assert len(closure.inferred) == 60 * 59 - 60 + 60 * 60 - 1
    assert closure.clashes == []


def test_a_value_that_makes_everything_the_same(turtle) -> None:
    facts = " . ".join(f"ex:x{i} ex:code 'unknown'" for i in range(5_000))
    with pytest.raises(LimitError, match="5,000 things are the same"):
        turtle(f"ex:code a owl:InverseFunctionalProperty . {facts}").close()


def test_every_class_equal_to_every_other(turtle) -> None:
    graph = turtle(ring("rdfs:subClassOf", 100) + " . ex:x a ex:a0")
    closure = graph.close()
    assert len(closure.inferred) == (100 * 99 - 100) + 100 * 99 + 99
    with pytest.raises(LimitError, match="scm-sco gives more than"):
        turtle(ring("rdfs:subClassOf", 6_000)).close()


def test_a_join_of_everything_with_everything(turtle) -> None:
    facts = " . ".join(f"ex:x{i} ex:a ex:hub . ex:hub ex:b ex:y{i}" for i in range(6_000))
    with pytest.raises(LimitError, match="prp-spo2"):
        turtle(f"ex:p owl:propertyChainAxiom (ex:a ex:b) . {facts}").close(limit=1_000_000)


def test_a_property_chain_that_refers_to_itself(turtle) -> None:
    facts = " . ".join(f"ex:x{i} ex:p ex:x{i + 1}" for i in range(30))
    closure = turtle(f"ex:p owl:propertyChainAxiom (ex:p ex:p) . {facts}").close()
    assert len(closure.inferred) == 31 * 30 // 2 - 30
    closure = turtle(f"ex:p owl:propertyChainAxiom (ex:p) . {facts}").close()
    assert len(closure.inferred) == 0


@pytest.mark.parametrize(
    ("axiom", "node", "message"),
    [
        ("ex:C owl:unionOf ex:l . ex:l rdf:first ex:D ; rdf:rest ex:l", "l", "loop"),
        ("ex:C owl:unionOf ex:l . ex:l rdf:first ex:D", "l", "no end: a node without rdf:rest"),
        ("ex:C owl:unionOf ex:l", "l", "no end: a node without rdf:first"),
        ("ex:C owl:unionOf ex:l . ex:l rdf:first ex:D, ex:E ; rdf:rest ()", "l", "splits"),
        ("ex:p owl:propertyChainAxiom (ex:q) . () rdf:first ex:q", "rdf:nil", "rdf:nil"),
    ],
)
def test_a_broken_list_is_named_and_left_out(axiom, node, message, turtle) -> None:
    graph = turtle(f"{axiom} . ex:x a ex:D, ex:E")
    closure = graph.close()
    (problem,) = closure.problems
    assert problem.node == graph.number(node)
    assert message in problem.message
    assert not any(" rdf:type ex:C" in fact for fact in graph.says(closure))


def test_empty_lists_say_nothing(turtle) -> None:
    graph = turtle(
        "ex:C owl:intersectionOf () . ex:D owl:unionOf () . ex:p owl:propertyChainAxiom () . "
        "ex:C owl:hasKey () . ex:x a ex:C . ex:y a ex:C"
    )
    closure = graph.close()
    assert graph.says(closure) == set()
    assert closure.problems == []


def test_a_literal_where_a_list_or_a_class_belongs(turtle) -> None:
    graph = turtle("ex:C owl:unionOf 'D' . ex:p rdfs:range 'C' . ex:x ex:p ex:y")
    closure = graph.close()
    assert len(closure.problems) == 1
    assert graph.says(closure) == {'ex:y rdf:type "C"'}


def test_an_empty_graph(turtle) -> None:
    closure = turtle("").close()
    assert closure.inferred.shape == (0, 3)
    assert closure.clashes == []


def test_owl_terms_with_other_names(turtle) -> None:
    graph = turtle("ex:isA owl:sameAs rdf:type . ex:x ex:isA ex:C . ex:C rdfs:subClassOf ex:D")
    assert "ex:x rdf:type ex:D" in graph.says(graph.close())


def test_a_domain_of_everything_is_not_worth_saying(turtle) -> None:
    graph = turtle("ex:p rdfs:domain ex:C ; rdfs:range ex:C . ex:C a owl:Class . ex:x ex:p ex:y")
    assert graph.says(graph.close()) == {"ex:x rdf:type ex:C", "ex:y rdf:type ex:C"}
    told = graph.says(graph.close(trivial=True))
    assert {"ex:p rdfs:domain owl:Thing", "ex:p rdfs:range owl:Thing"} <= told
