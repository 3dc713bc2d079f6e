"""After any sequence of edits the closure is that of a full run."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.rl import Closure
from glocal_kg._engines.rl import closure as module
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg.errors import GlocalError, LimitError


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
@pytest.mark.slow
def test_equals_a_full_run(graphs, graphs_of_values, graphs_of_both, data) -> None:
    graph = data.draw(st.one_of(graphs, graphs_of_values, graphs_of_both))
    rows = sorted(set(graph.rows))
    now = set(data.draw(st.sets(st.sampled_from(rows))))
    closure = Closure(graph.terms, array(now))
    if data.draw(st.booleans()):
        _ = closure.clashes
    told = set(map(tuple, closure.inferred.tolist()))
    links = {p for _, p, _ in rows if graph.told((0, p, 0)).split(" ")[1].startswith("ex:")}
    facts = [row for row in rows if row[1] in links] or rows
    for _ in range(data.draw(st.integers(1, 4))):
        pool = facts if data.draw(st.integers(0, 3)) else rows
        added = data.draw(st.sets(st.sampled_from(pool), max_size=4))
        if data.draw(st.booleans()):
            (a, p, _), (_, _, b) = data.draw(st.tuples(*[st.sampled_from(facts)] * 2))
            added = added | {(a, p, b)}
        if told and data.draw(st.booleans()):
            added = added | {data.draw(st.sampled_from(sorted(told)))}  # what follows is said too
        removed = data.draw(st.sets(st.sampled_from(pool), max_size=4))
        before, now = now, (now - removed) | added
        bare = {part for row in before - now for part in row}.difference(*now)
        things = {part for part in bare if not isinstance(graph.terms[part], Literal)}
        told_bare = things if data.draw(st.booleans()) else ()
        change = closure.update(added, removed, bare=told_bare)
        full = alone(graph.terms, now)
        after = set(map(tuple, closure.inferred.tolist()))
        assert after == set(map(tuple, full.inferred.tolist()))
        assert (change.added, change.removed) == (after - told, told - after)
        assert closure.clashes == full.clashes
        told = after


def alone(terms: Dictionary, rows: set[tuple[int, int, int]]) -> Closure:
    """A full run that knows the literals of these facts alone; the numbers are the same."""
    used = {part for row in rows for part in row}
    own = Dictionary()
    for number, term in enumerate(terms):
        gone = isinstance(term, Literal) and number not in used
        own.add(NamedNode(f"urn:gone:{number}") if gone else term)
    return Closure(own, array(rows))


def array(rows: set[tuple[int, int, int]]) -> np.ndarray:
    return np.array(sorted(rows), np.int32).reshape(-1, 3)


def followed(closure: Closure, **edit: object) -> bool:
    """Carry out an edit; whether it was followed up without closing anew."""
    engine = closure._engine
    closure.update(**edit)
    return closure._engine is engine


def test_a_fact_with_another_proof_stays(turtle) -> None:
    graph = turtle("ex:p rdfs:range ex:City . ex:a ex:p ex:rome . ex:b ex:p ex:rome")
    closure = graph.close()
    first, second = graph.fact("ex:a ex:p ex:rome"), graph.fact("ex:b ex:p ex:rome")
    assert followed(closure, removed=[first])
    assert graph.says(closure) == {"ex:rome rdf:type ex:City"}
    assert followed(closure, removed=[second])
    assert graph.says(closure) == set()
    assert followed(closure, added=np.array([first], np.int32))
    assert graph.says(closure) == {"ex:rome rdf:type ex:City"}


def test_a_ring_that_supports_itself_falls(turtle) -> None:
    graph = turtle(
        "ex:near a owl:SymmetricProperty, owl:TransitiveProperty . "
        "ex:a ex:near ex:b . ex:b ex:near ex:c"
    )
    closure = graph.close()
    assert len(closure.inferred) == 7
    assert followed(closure, removed=[graph.fact("ex:a ex:near ex:b")])
    assert graph.says(closure) == {
        "ex:b ex:near ex:b", "ex:c ex:near ex:b", "ex:c ex:near ex:c",
    }  # fmt: skip


def test_an_asserted_fact_that_also_follows_becomes_inferred_and_back(turtle) -> None:
    graph = turtle("ex:C rdfs:subClassOf ex:D . ex:x a ex:C . ex:x a ex:D")
    closure = graph.close()
    fact = graph.fact("ex:x a ex:D")
    change = closure.update(removed=[fact])
    assert (change.added, change.removed) == ({fact}, frozenset())
    change = closure.update(added=[fact])
    assert (change.added, change.removed) == (frozenset(), {fact})


def test_a_change_of_axioms_is_closed_anew(turtle) -> None:
    graph = turtle("ex:x a ex:C")
    closure = graph.close()
    axiom = graph.fact("ex:C rdfs:subClassOf ex:D")
    assert not followed(closure, added=[axiom])
    assert graph.says(closure) == {"ex:x rdf:type ex:D"}
    assert not followed(closure, removed=[axiom])
    assert graph.says(closure) == set()


def test_a_large_edit_is_closed_anew(turtle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SMALL", 2)
    graph = turtle("ex:p rdfs:range ex:C . ex:a ex:p ex:b")
    closure = graph.close()
    assert not followed(closure, added=[graph.fact(f"ex:a ex:p ex:b{i}") for i in range(3)])
    assert len(closure.inferred) == 4


def test_clashes_come_and_go_with_their_facts(turtle) -> None:
    graph = turtle(
        "ex:C owl:disjointWith ex:D . ex:x a ex:C . "
        "ex:p rdfs:range xsd:integer ; a owl:FunctionalProperty"
    )
    closure = graph.close()
    assert closure.clashes == []
    for text, rule in (("ex:x a ex:D", "cax-dw"), ("ex:x ex:p 'no'", "dt-not-type")):
        assert followed(closure, added=[graph.fact(text)])
        assert [clash.rule for clash in closure.clashes] == [rule]
        assert followed(closure, removed=[graph.fact(text)])
        assert closure.clashes == []
    closure.update(added=[graph.fact("ex:x ex:p 1"), graph.fact("ex:x ex:p 2")])
    assert [clash.rule for clash in closure.clashes] == ["dt-diff"]


@pytest.mark.parametrize(
    ("axiom", "facts", "rule"),
    [
        ("ex:D rdfs:subClassOf [ owl:onProperty ex:p ; owl:allValuesFrom xsd:token ]",
         ("ex:x ex:p 1", "ex:x a ex:D"), "dt-not-type"),
        ("ex:D rdfs:subClassOf [ owl:onProperty ex:p ; owl:maxCardinality 1 ]",
         ("ex:x ex:p 1", "ex:x ex:p 2", "ex:x a ex:D"), "dt-diff"),
        ("ex:D rdfs:subClassOf [ owl:onProperty ex:p ; owl:hasValue 1 ] . "
         "ex:p rdfs:range xsd:string", ("ex:x ex:q 2", "ex:x a ex:D"), "dt-not-type"),
    ],
)  # fmt: skip
def test_a_clash_by_value_whichever_fact_comes_last(axiom, facts, rule, turtle) -> None:
    for order in permutations(facts):
        graph = turtle(axiom)
        closure = graph.close()
        assert closure.clashes == []
        for fact in order:
            closure.update(added=[graph.fact(fact)])
        assert [clash.rule for clash in closure.clashes] == [rule]


def test_asserting_a_value_that_follows_and_clashes_already(turtle) -> None:
    graph = turtle(
        "ex:p rdfs:subPropertyOf ex:q . ex:q a owl:FunctionalProperty . ex:x ex:p 1 ; ex:q 2"
    )
    closure = graph.close()
    before = closure.clashes
    assert [clash.rule for clash in before] == ["dt-diff"]
    for edit in ("added", "removed"):
        assert followed(closure, **{edit: [graph.fact("ex:x ex:q 1")]})
        assert closure.clashes == before


def test_a_thing_apart_from_itself_clashes_once_whether_it_is_said_the_same_or_not(turtle) -> None:
    graph = turtle("ex:y owl:sameAs ex:x . ex:x owl:differentFrom ex:x")
    alone = graph.close().clashes
    itself = graph.fact("ex:x owl:sameAs ex:x")
    graph.rows.append(itself)
    closure = graph.close()
    assert closure.clashes == alone
    assert followed(closure, removed=[itself])
    assert closure.clashes == alone


def test_an_update_beyond_the_limit_leaves_all_as_it_was(turtle) -> None:
    graph = turtle("ex:p a owl:TransitiveProperty . ex:a ex:p ex:b . ex:c ex:p ex:d")
    closure = graph.close(limit=100)
    before = closure.inferred.tolist()
    ring = [graph.fact(f"ex:n{i} ex:p ex:n{(i + 1) % 12}") for i in range(12)]
    with pytest.raises(LimitError):
        closure.update(added=ring)
    assert closure.inferred.tolist() == before
    assert len(closure.asserted) == 3
    assert closure.update(added=[graph.fact("ex:b ex:p ex:c")]).added


def test_an_interrupted_update_is_not_taken_for_a_whole_one(turtle, monkeypatch) -> None:
    graph = turtle("ex:p rdfs:range ex:C . ex:a ex:p ex:b")
    closure = graph.close()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "follow", interrupt)
    fact = graph.fact("ex:a ex:p ex:c")
    with pytest.raises(KeyboardInterrupt):
        closure.update(added=[fact])
    monkeypatch.undo()
    with pytest.raises(GlocalError, match="interrupted"):
        closure.update(added=[fact])
