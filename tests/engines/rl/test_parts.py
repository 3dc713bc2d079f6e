"""The parts of the engine against plain definitions of what they compute."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.rl import joins, transitive
from glocal_kg._engines.rl.bindings import fill, solve, unify
from glocal_kg._engines.rl.datatypes import holds, is_well_typed, value_key
from glocal_kg._engines.rl.equality import EqualGroups, Equality, Spreader
from glocal_kg._engines.rl.joins import Budget, solutions
from glocal_kg._engines.rl.program import Instance, Vocabulary
from glocal_kg._engines.rl.relevance import Literals
from glocal_kg._engines.rl.rule_steps import RuleStep
from glocal_kg._engines.rl.rules import BY_NAME, PREFIXES
from glocal_kg._engines.rl.trivial import Nontrivial
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import TripleIndex, distinct, unpack
from glocal_kg.errors import LimitError

node = st.integers(0, 7)
pairs = st.sets(st.tuples(node, node), max_size=14)


def keys(found) -> np.ndarray:
    return distinct(np.array([a << 32 | b for a, b in found], np.int64))


def plain(packed: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(*(part.tolist() for part in unpack(packed)), strict=True))


def closed(relation: set[tuple[int, int]]) -> set[tuple[int, int]]:
    while True:
        more = {(a, d) for (a, b), (c, d) in product(relation, relation) if b == c} - relation
        if not more:
            return relation
        relation = relation | more


@settings(max_examples=150, deadline=None)
@given(pairs, pairs, st.sampled_from([0, 1, 24]))
def test_paths_is_transitive_closure(before, edges, rounds) -> None:
    known = closed(before)
    together = known | edges
    transitive.ROUNDS, kept = rounds, transitive.ROUNDS
    try:
        found = transitive.paths(keys(together), keys(edges - known), Budget(10_000), "test")
    finally:
        transitive.ROUNDS = kept
    assert plain(found) == closed(together) - together


def test_paths_of_a_tree_with_a_ring_are_found_without_components(monkeypatch) -> None:
    tree = {(n, (n - 1) // 2) for n in range(3, 60)} | {(2, 1), (1, 2)}
    monkeypatch.setattr(transitive, "components", None)
    found = transitive.paths(keys(tree), keys(tree), Budget(100_000), "test")
    assert plain(found) == closed(tree) - tree


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(node, node), max_size=6), pairs)
def test_spreading_gives_every_combination_of_names(same, facts) -> None:
    groups = EqualGroups()
    groups.unite(same)
    spread = Spreader(groups, 8, 10_000).spread(keys(facts))
    assert plain(spread) == {
        pair for a, b in facts for pair in product(groups.members(a), groups.members(b))
    }


def test_a_name_that_came_after_the_groups_joins_them() -> None:
    terms = Dictionary()
    a, b, same = (terms.add(NamedNode(f"urn:{name}")) for name in ("a", "b", "same"))
    equality = Equality(terms, same, 100)
    assert equality.unite(TripleIndex(np.array([(a, same, b)], np.int32)))
    late = terms.add(NamedNode("urn:late"))
    assert equality.unite(TripleIndex(np.array([(b, same, late)], np.int32)))
    assert sorted(equality.groups.members(late)) == [a, b, late]


triples = st.sets(st.tuples(node, st.integers(8, 9), node), min_size=1, max_size=16)
part = st.sampled_from([-1, -2, -3, 0, 1])
patterns = st.lists(st.tuples(part, st.integers(8, 9), part), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(triples, patterns, st.sampled_from([2, 1 << 22]))
def test_joins_and_the_matcher_find_the_same_bindings(facts, when, piece) -> None:
    index = TripleIndex(np.array(sorted(facts), np.int32))
    variables = sorted({v for pattern in when for v in pattern if v < 0})
    expected = set()
    for values in product(range(8), repeat=len(variables)):
        bound = dict(zip(variables, values, strict=True))
        if all((bound.get(s, s), p, bound.get(o, o)) in facts for s, p, o in when):
            expected.add(values)
    one_by_one = {tuple(bound[v] for v in variables) for bound in solve(index, when, {})}
    assert one_by_one == expected
    found = set()
    joins.PIECE, kept = piece, joins.PIECE
    try:
        for columns in solutions(index, when, set(variables), Budget(10_000), "test"):
            found |= set(zip(*(columns[v].tolist() for v in variables), strict=True)) or {()}
    finally:
        joins.PIECE = kept
    assert found == expected


@settings(max_examples=150, deadline=None)
@given(triples, patterns, st.data())
def test_a_step_finds_what_the_matcher_finds(facts, when, data) -> None:
    index = TripleIndex(np.array(sorted(facts), np.int32))
    place = data.draw(st.integers(0, len(when) - 1))
    fact = data.draw(st.sampled_from(sorted(facts)))
    when[place] = (when[place][0], fact[1], when[place][2])
    instance = Instance(BY_NAME["eq-diff1"], (), tuple(when), None)
    step = RuleStep(instance, when[place], tuple(when[:place] + when[place + 1 :]))
    binding = unify(when[place], fact)
    expected = [] if binding is None else solve(index, instance.when, binding)
    found = [step.facts(row) for row in step.rows(index, fact)]
    assert sorted(found) == sorted(tuple(fill(p, b) for p in when) for b in expected)


@pytest.mark.parametrize("trivial", [True, False])
def test_one_fact_is_worth_saying_as_it_is_among_many(trivial: bool) -> None:
    terms = Dictionary()
    words = Vocabulary(terms)
    names = ["rdf:type", "owl:sameAs", "rdfs:subClassOf", "rdfs:domain", "owl:Thing", "rdfs:label"]
    things = [words[n] for n in (*names, "owl:Nothing", "owl:Class", "owl:AnnotationProperty")]
    things += [terms.add(Literal("x")), terms.add(BlankNode("b"))]
    literals = Literals(terms)
    nontrivial = Nontrivial(terms, words, lambda: literals.mask, trivial)
    for s, p, o in product(things, repeat=3):
        assert nontrivial.fact(s, p, o) == bool(len(nontrivial.keys(p, keys([(s, o)]))))


def test_a_spent_budget_says_what_spent_it() -> None:
    index = TripleIndex(np.array([[i, 8, 0] for i in range(50)], np.int32))
    with pytest.raises(LimitError, match="prp-fp goes through more than 20 combinations"):
        list(solutions(index, [(-1, 8, -2), (-3, 8, -2)], {-1, -3}, Budget(1), "prp-fp"))


def xsd(form: str, name: str) -> Literal:
    return Literal(form, datatype=NamedNode(PREFIXES["xsd"] + name))


@pytest.mark.parametrize(
    ("literal", "datatype", "expected"),
    [
        (xsd("7", "integer"), "xsd:byte", True),
        (xsd("700", "integer"), "xsd:byte", False),
        (xsd("7.0", "decimal"), "xsd:integer", True),
        (xsd("7.5", "decimal"), "xsd:integer", False),
        (xsd("7", "integer"), "xsd:decimal", True),
        (xsd("7", "double"), "xsd:decimal", False),
        (xsd("7", "float"), "xsd:double", False),
        (xsd("x", "integer"), "xsd:integer", False),
        (Literal("a b"), "xsd:token", True),
        (Literal("a  b"), "xsd:token", False),
        (Literal("a"), "xsd:anyURI", False),
        (Literal("a", language="en"), "xsd:string", False),
        (Literal("a", language="en"), "rdf:PlainLiteral", True),
        (xsd("2020-01-01T00:00:00Z", "dateTime"), "xsd:dateTimeStamp", True),
        (xsd("2020-01-01T00:00:00", "dateTime"), "xsd:dateTimeStamp", False),
        (xsd("2020-01-01T00:00:00Z", "dateTimeStamp"), "xsd:dateTime", True),
        (Literal("a", datatype=NamedNode("https://example.org/own")), "xsd:string", None),
        (Literal("a", datatype=NamedNode("https://example.org/own")), "rdfs:Literal", True),
    ],
)
def test_value_spaces(literal, datatype, expected) -> None:
    prefix, local = datatype.split(":")
    assert holds(PREFIXES[prefix] + local, literal) is expected


def test_equal_values_have_equal_keys() -> None:
    for one, two in [
        (xsd("01", "integer"), xsd("1.0", "decimal")),
        (xsd("0F", "hexBinary"), xsd("0f", "hexBinary")),
        (Literal("a", language="en"), Literal("a", language="EN")),
        (xsd("NaN", "double"), xsd("NaN", "double")),
        (Literal("a"), xsd("a", "token")),
    ]:
        assert value_key(one) == value_key(two) is not None
    assert value_key(xsd("1", "integer")) != value_key(xsd("1", "double"))
    assert value_key(xsd("x", "integer")) is None
    assert not is_well_typed(xsd("2023-02-30", "date"))
