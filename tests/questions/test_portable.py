"""Questions are published for any engine: rdflib's own gives the same answers as ours."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import NamedNode

import glocal_kg as gk
from glocal_kg._graph.graph import Graph
from glocal_kg._questions import find, names
from glocal_kg._questions.parameters import bind_all
from glocal_kg._rdf.sparql.binding import bind
from glocal_kg._study.vocab import PREFIXES


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@pytest.fixture(scope="module")
def plain(kg) -> dict[bool, rdflib.Graph]:
    """What is seen, in the memory of rdflib: without and with what is read into the sources."""
    return {
        interpreted: rdflib.Graph().parse(
            data="\n".join({f"{quad.triple} ." for quad in kg.seen(interpreted=interpreted)}),
            format="nt",
        )
        for interpreted in (False, True)
    }


def iris(row) -> list[str | None]:
    """The IRIs of a row; the other cells differ in how an engine writes a number or a date."""
    kinds = (rdflib.URIRef, NamedNode)
    return [str(getattr(cell, "value", cell)) if isinstance(cell, kinds) else None for cell in row]


@pytest.mark.parametrize("name", names())
def test_rdflib_answers_as_we_do(name, kg, plain):
    question = find(name)
    given = question.examples[0] if question.examples else {}
    values = bind_all(question.parameters, given, name, lambda node, kind: True)
    limit = values.pop("limit", None)
    text, named = bind(question.text, values)
    selected = {key: rdflib.URIRef(values[key].value) for key in named}
    graph = plain[question.interpreted]
    answer = graph.query(text, initNs=PREFIXES, initBindings=selected)
    theirs = [tuple(row) for row in answer][: limit and int(limit.value)]
    ours = Graph.answer(kg, question, given).terms
    assert len(theirs) == len(ours)
    assert [iris(row) for row in theirs] == [iris(row) for row in ours]
