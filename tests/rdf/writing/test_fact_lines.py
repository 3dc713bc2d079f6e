"""Facts in the order of their texts, as N-Triples and N-Quads: the bytes of the parser's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    serialize,
)

from glocal_kg._rdf.store import text_order
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.loading import numbered
from glocal_kg._rdf.store.text_order import OrderedFacts
from glocal_kg._rdf.writing.fact_lines import lines

signs = st.text(st.sampled_from('ab\\"\n\r\t\0\x7f\x85é城🦋'), max_size=3)
iris = st.text(st.sampled_from("ab/é🦋"), max_size=3).map(lambda text: NamedNode(f"urn:{text}"))
nodes = iris | st.sampled_from(("a", "ab", "a0")).map(BlankNode)
literals = st.one_of(
    signs.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag), signs, st.sampled_from(("en", "en-us"))
    ),
    signs.map(lambda text: Literal(text, language="en", direction=BaseDirection.RTL)),
    st.builds(lambda text, kind: Literal(text, datatype=kind), signs, iris),
)
quads = st.lists(st.builds(Quad, nodes, iris, nodes | literals, nodes | st.just(DefaultGraph())))


@pytest.mark.parametrize("held", ["all", "parts", "rows"])
@given(given_quads=quads)
@settings(max_examples=30)
def test_lines_are_those_of_the_parser_sorted(given_quads, held):
    every = sorted(set(given_quads), key=str)
    terms = Dictionary()
    columns = list(numbered(set(given_quads), terms, DefaultGraph()).T)
    terms.rest()
    with pytest.MonkeyPatch.context() as patch:
        if held == "parts":
            patch.setattr(text_order, "PART", 3)
            patch.setattr(text_order, "SORTED", 4)
            patch.setattr(text_order, "_SAMPLE", 1)
        elif held == "rows":
            patch.setattr(text_order, "_PACKED", 1)
        facts = OrderedFacts(terms, columns)
        written = b"".join(lines(facts))
        assert written == serialize(every, format=RdfFormat.N_QUADS)
        assert len(facts) == len(every)
        plain = sorted((quad.triple for quad in every), key=str)
        triples = OrderedFacts(terms, columns[:3])
        assert b"".join(lines(triples)) == serialize(plain, format=RdfFormat.N_TRIPLES)
    held_texts = [str(part) for quad in every for part in quad if part != DefaultGraph()]
    for sought in ("<urn:a", "<urn:é", "_:a", '"a'):
        assert facts.has(sought.encode()) is any(one.startswith(sought) for one in held_texts)
