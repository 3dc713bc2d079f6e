"""Facts and index stay equal through reads, edits and failures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from glocal_kg._rdf.namespaces import XSD
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.store import quads as module
from glocal_kg._rdf.store.quads import QuadStore
from glocal_kg._study.vocab import INFERRED
from glocal_kg.errors import ReadError

EX = "https://example.org/"
TARGET = NamedNode(EX + "graph/target")


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def decimal(form: str) -> Literal:
    return Literal(form, datatype=XSD.decimal)


def agree(quads: QuadStore) -> None:
    """The index holds what a fresh index of the facts holds, besides the inferred graph."""
    fresh = Store()
    fresh.extend(quads.facts)
    asserted = {quad for quad in quads.index if quad.graph_name != INFERRED}
    assert asserted == set(fresh)


def infer(quads: QuadStore, *facts: Quad) -> None:
    """Offer some facts as inferred, and have the index take them in."""
    add = quads.facts.terms.add
    rows = sorted((add(p), add(s), add(o)) for s, p, o, _ in facts)
    triples = np.array([(s, p, o) for p, s, o in rows], np.int32).reshape(-1, 3)
    quads.inferred.offer(lambda: triples)
    quads.inferred.show()


def inferred(quads: QuadStore) -> set[Quad]:
    return set(quads.index.quads_for_pattern(None, None, None, INFERRED))


OBJECTS = [node("o"), Literal("x"), decimal("1.5"), decimal("1.50"), decimal("01.5"), Literal("2")]
QUADS = st.builds(
    Quad,
    st.sampled_from([node("a"), BlankNode("b")]),
    st.just(node("p")),
    st.sampled_from(OBJECTS),
    st.sampled_from([node("g"), DefaultGraph()]),
)
EDITS = st.lists(st.tuples(st.lists(QUADS, max_size=4), st.lists(QUADS, max_size=3)), max_size=8)


@settings(max_examples=200)
@given(edits=EDITS)
def test_edits_keep_facts_and_index_equal_whatever_the_literals(edits):
    quads, model = QuadStore(), {}
    for added, removed in edits:
        gone = {quad for quad in removed if quad in model}
        for quad in gone:
            del model[quad]
        new = {quad for quad in added if quad not in model}
        model.update(dict.fromkeys(added))
        assert quads.edit(added, removed) == (len(new), len(gone))
        assert set(quads.facts) == set(model)
        agree(quads)


def test_default_graph_goes_to_the_target_and_named_graphs_keep_their_name():
    quads = QuadStore()
    text = Text("<urn:a> <urn:b> <urn:c> . <urn:g> { <urn:a> <urn:b> <urn:d> }", "trig")
    assert quads.read(open_source(text), TARGET) == 2
    assert {quad.graph_name for quad in quads.facts} == {TARGET, NamedNode("urn:g")}
    agree(quads)


def test_blank_nodes_of_two_texts_stay_apart():
    quads = QuadStore()
    for _ in range(2):
        quads.read(open_source(Text("_:x <urn:b> <urn:c> .", "turtle")), TARGET)
    assert len({quad.subject for quad in quads.facts}) == 2


BROKEN = {
    "syntax": "<urn:a> <urn:b> <urn:c> . oops",
    "inferred": f"<urn:a> <urn:b> <urn:c> . <{INFERRED.value}> {{ <urn:a> <urn:b> <urn:d> }}",
    "triple term": "<urn:a> <urn:b> <urn:c> , <<( <urn:a> <urn:b> <urn:d> )>> .",
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("big", [False, True])
def test_a_failed_read_leaves_everything_as_it_was(kind, big, tmp_path, monkeypatch):
    if big and kind == "inferred":
        pytest.skip("Turtle has no named graphs")
    if big:  # let the second reader start, and let the problem come after it has
        monkeypatch.setattr(module, "BIG", 0)
        monkeypatch.setattr(module, "LOOK", 2)
    path = tmp_path / ("x.ttl" if big else "x.trig")
    many = "".join(f"<urn:a> <urn:b> <urn:new{n}> .\n" for n in range(50))
    path.write_text(many + BROKEN[kind])
    quads = QuadStore()
    quads.edit([Quad(node("a"), node("p"), node("b"), node("g"))])
    infer(quads, Quad(node("a"), node("p"), node("c"), INFERRED))
    before = set(quads.index), list(quads.facts), list(quads.facts.terms), quads.facts.version
    with pytest.raises(ReadError):
        quads.read(open_source(path), TARGET)
    after = set(quads.index), list(quads.facts), list(quads.facts.terms), quads.facts.version
    assert after == before


@pytest.mark.parametrize("suffix", [".nt", ".ttl"])
@pytest.mark.parametrize("blank", ["none", "early", "late"])
def test_a_big_file_gives_the_same_as_a_small_one(suffix, blank, tmp_path, monkeypatch):
    lines = [f'<urn:a> <urn:b> "{n}.50"^^<{XSD.decimal.value}> .\n' for n in range(50)]
    if blank != "none":
        lines.insert({"early": 0, "late": 40}[blank], "_:x <urn:b> _:y .\n")
    path = tmp_path / f"x{suffix}"
    path.write_text("".join(lines))
    small, big = QuadStore(), QuadStore()
    small.read(open_source(path), TARGET)
    monkeypatch.setattr(module, "BIG", 0)
    monkeypatch.setattr(module, "LOOK", 10)
    assert big.read(open_source(path), TARGET) == len(lines)
    agree(big)
    assert {quad.graph_name for quad in big.facts} == {TARGET}
    literals = [q.object.value for q in big.facts if isinstance(q.object, Literal)]
    assert literals == [f"{n}.50" for n in range(50)]
    assert len(big.facts) == len(small.facts) == len(lines)


FACTS = [Quad(node(s), node(p), node("o"), INFERRED) for s in "abc" for p in "pqr"]
STEPS = st.lists(
    st.one_of(
        st.sets(st.sampled_from("pqrx"), max_size=2),  # predicates to show
        st.none(),  # show all
        st.tuples(st.sets(st.sampled_from(FACTS)), st.sets(st.sampled_from(FACTS))),  # a change
    ),
    max_size=8,
)


@settings(max_examples=200)
@given(steps=STEPS)
def test_the_index_shows_the_inferred_facts_that_were_asked_for(steps):
    quads = QuadStore()
    numbers = {quad: quads.facts.row(quad)[:3] for quad in FACTS}
    held: set[Quad] = set()

    def triples() -> np.ndarray:
        rows = sorted((numbers[quad] for quad in held), key=lambda row: (row[1], row))
        return np.array(rows, np.int32).reshape(-1, 3)

    quads.inferred.offer(triples)
    asked: set[str] = set()
    for step in steps:
        if step is None:
            asked = set("pqr")
            assert inferred(quads) <= held
            quads.inferred.show()
            assert inferred(quads) == held
            assert not quads.inferred.hides()
        elif isinstance(step, set):
            asked |= step
            quads.inferred.show(map(node, step))
            assert not quads.inferred.hides(map(node, step))
        else:
            added, removed = step[0] - held, (step[1] - step[0]) & held
            held = (held - removed) | added
            quads.inferred.change(*([numbers[q] for q in some] for some in (added, removed)))
        assert inferred(quads) == {q for q in held if q.predicate.value[-1] in asked}
    quads.inferred.offer(triples)
    assert inferred(quads) == set()


def test_the_inferred_graph_is_not_for_edits():
    quads = QuadStore()
    own = Quad(node("a"), node("p"), node("b"), node("g"))
    with pytest.raises(ReadError, match="infer"):
        quads.edit([own, Quad(node("a"), node("p"), node("b"), INFERRED)])
    term = Triple(node("a"), node("p"), node("b"))
    with pytest.raises(ReadError, match="Triple terms"):
        quads.edit([own, Quad(node("a"), node("p"), term)])
    assert len(quads.facts) == len(quads.index) == 0
