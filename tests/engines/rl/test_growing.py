"""Facts that come to a closed graph give what closing all of them gives."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glocal_kg._engines.rl import Closure
from glocal_kg._engines.rl.engine import Engine
from glocal_kg._rdf.store.index import TripleIndex
from tests.engines.rl.test_update import alone, array


def facts_of(closure: Closure) -> set[tuple[int, ...]]:
    """All facts, those not worth saying too."""
    return set(map(tuple, closure.index.columns().tolist()))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_equals_closing_all(graphs, graphs_of_values, data) -> None:
    graph = data.draw(st.one_of(graphs, graphs_of_values))
    rows = sorted(set(graph.rows))
    some = set(data.draw(st.sets(st.sampled_from(rows))))
    before = Closure(graph.terms, array(some))
    known = facts_of(before)
    added = TripleIndex(array(set(rows) - some))
    grown = before.grown({p: added.table(p).keys for p in added.predicates()})
    full = alone(graph.terms, set(rows))
    assert set(map(tuple, grown.inferred.tolist())) == set(map(tuple, full.inferred.tolist()))
    assert grown.clashes == full.clashes
    assert facts_of(before) == known
    fact = data.draw(st.sampled_from(rows))
    grown.update(removed=[fact])
    left = alone(graph.terms, set(rows) - {fact})
    assert set(map(tuple, grown.inferred.tolist())) == set(map(tuple, left.inferred.tolist()))


def test_what_is_known_is_not_looked_for_again(turtle, monkeypatch) -> None:
    graph = turtle("ex:C rdfs:subClassOf ex:D . ex:x a ex:C . ex:y a ex:C")
    last = graph.fact("ex:y a ex:C")
    before = Closure(graph.terms, array(set(graph.rows) - {last}))
    monkeypatch.delattr(Engine, "run")
    grown = before.grown({last[1]: TripleIndex(array({last})).table(last[1]).keys})
    assert graph.says(grown) == {"ex:x rdf:type ex:D", "ex:y rdf:type ex:D"}


def test_values_that_get_a_second_form_are_read_by_value(turtle, monkeypatch) -> None:
    graph = turtle(
        'ex:One owl:hasValue 1 ; owl:onProperty ex:p . ex:x ex:p 1 . ex:y ex:p "1.0"^^xsd:decimal'
    )
    last = graph.fact('ex:y ex:p "1.0"^^xsd:decimal')
    before = Closure(graph.terms, array(set(graph.rows) - {last}))
    monkeypatch.delattr(Engine, "run")
    grown = before.grown({last[1]: TripleIndex(array({last})).table(last[1]).keys})
    assert graph.says(grown) >= {"ex:x rdf:type ex:One", "ex:y rdf:type ex:One"}
