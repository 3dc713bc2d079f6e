"""Questions are published for any engine: Oxigraph and rdflib give the same answers as ours."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pytest
import rdflib

import glocal_kg as gk
from glocal_kg._graph.graph import Graph
from glocal_kg._questions import find, names
from glocal_kg._questions.parameters import bind_all
from glocal_kg._rdf.sparql.binding import bind
from glocal_kg._study.vocab import PREFIXES

SLOW = {"actors/organized", "evidence/coverage"}  # rdflib needs seconds for them


@cache
def kg() -> gk.KnowledgeGraph:
    return gk.load()


@cache
def in_oxigraph(interpreted: bool) -> ox.Store:
    """What is seen, without or with what is read into the sources."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*quad.triple) for quad in kg().seen(interpreted=interpreted))
    return store


@cache
def in_rdflib(interpreted: bool) -> rdflib.Graph:
    lines = {f"{quad.triple} ." for quad in kg().seen(interpreted=interpreted)}
    return rdflib.Graph().parse(data="\n".join(lines), format="nt")


def by_oxigraph(text: str, values: dict[str, ox.NamedNode], interpreted: bool) -> list[list[str]]:
    known = {prefix: str(iri) for prefix, iri in PREFIXES.items()}
    given = {ox.Variable(name): term for name, term in values.items()}
    found = in_oxigraph(interpreted).query(text, prefixes=known, substitutions=given)
    return [iris(row) for row in found]


def by_rdflib(text: str, values: dict[str, ox.NamedNode], interpreted: bool) -> list[list[str]]:
    given = {name: rdflib.URIRef(term.value) for name, term in values.items()}
    found = in_rdflib(interpreted).query(text, initNs=PREFIXES, initBindings=given)
    return [iris(row) for row in found]


def iris(row) -> list[str | None]:
    """The IRIs of a row; the other cells differ in how an engine writes a number or a date."""
    kinds = (rdflib.URIRef, ox.NamedNode)
    return [str(getattr(cell, "value", cell)) if isinstance(cell, kinds) else None for cell in row]


# rdflib gives ``re.sub`` its count in a way that Python 3.13 warns of.
@pytest.mark.filterwarnings("ignore:'count' is passed as positional:DeprecationWarning")
@pytest.mark.parametrize("engine", [by_oxigraph, by_rdflib], ids=lambda engine: engine.__name__)
@pytest.mark.parametrize("name", names())
def test_another_engine_answers_as_we_do(name, engine):
    if engine is by_rdflib and name in SLOW:
        pytest.skip("asked of Oxigraph alone, as rdflib needs seconds")
    question = find(name)
    given = question.examples[0] if question.examples else {}
    values = bind_all(question.parameters, given, name, lambda node, kind: True)
    limit = values.pop("limit", None)
    text, named = bind(question.text, values)
    found = engine(text, {key: values[key] for key in named}, question.interpreted)
    ours = Graph.answer(kg(), question, given).terms
    assert found[: limit and int(limit.value)] == [iris(row) for row in ours]
