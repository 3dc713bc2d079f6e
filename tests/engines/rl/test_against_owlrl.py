"""On random ontologies and data the engine gives what owlrl gives."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glocal_kg._engines.rl import reference


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_same_closure_and_every_clash(graphs, data) -> None:
    graph = data.draw(graphs)
    closure = graph.close()
    other = reference.close(graph.terms, graph.triples)
    ours = {graph.told(row) for row in closure.inferred.tolist()}
    theirs = {graph.told(row) for row in other.inferred.tolist()}
    assert ours == theirs
    found = {clash.rule for clash in closure.clashes}
    for message in other.clashes:
        assert found & rules_of(message), message


def rules_of(message: str) -> set[str]:
    """The rules an owlrl message may stand for."""
    for words, rules in MESSAGES.items():
        if words in message:
            return set(rules.split())
    raise AssertionError(f"Unknown message: {message}")


MESSAGES = {
    "'sameAs' and 'differentFrom'": "eq-diff1",
    "'sameAs' and 'AllDifferent'": "eq-diff2 eq-diff3",
    "Irreflexive": "prp-irp",
    "asymmetric": "prp-asyp",
    "in an 'AllDisjointProperties'": "prp-adp",
    "disjoint properties": "prp-pdw",
    "Negative": "prp-npa1 prp-npa2",
    "'Nothing'": "cls-nothing2",
    "complementarity": "cls-com",
    "usage of maximum cardinality": "cls-maxc1",
    "maximum qualified": "cls-maxqc1 cls-maxqc2",
    "Disjoint classes": "cax-dw cax-adc",
    "does not match": "dt-not-type",
}


def test_owlrl_alone(turtle) -> None:
    graph = turtle(
        "ex:C rdfs:subClassOf ex:D . ex:x a ex:C ; ex:p 'a'@en . ex:D owl:complementOf ex:C"
    )
    result = reference.close(graph.terms, graph.triples)
    assert [graph.told(row) for row in result.inferred.tolist()] == ["ex:x rdf:type ex:D"]
    assert len(result.clashes) == 1


def test_owlrl_alone_with_truisms(turtle) -> None:
    graph = turtle("ex:C a owl:Class")
    result = reference.close(graph.terms, graph.triples, trivial=True)
    assert "ex:C rdfs:subClassOf owl:Thing" in {graph.told(r) for r in result.inferred.tolist()}
