"""Edits: all or nothing, and to the byte as before where nothing was changed."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import glocal_kg as gk
from glocal_kg._glocal.things.thing import GLOCAL
from glocal_kg.errors import GlocalError, ParameterError

from ..conftest import GRAPH

EX = "https://example.org/"
MINE = "https://example.org/graph"


def dump(kg: gk.KnowledgeGraph) -> list[str]:
    return sorted(map(str, kg.facts))


def test_things_read_and_put_back_change_nothing_to_the_byte(corpus):
    before = dump(corpus)
    with corpus.edit(source=GRAPH) as edit:
        edit.put(*corpus.practices(), *corpus.cities(), corpus.get(EX + "ann"))
    assert not edit.change
    assert dump(corpus) == before


def test_a_change_is_kept_at_the_end_and_only_it(corpus):
    before = set(dump(corpus))
    twins = corpus.get(EX + "twins")
    with corpus.edit() as edit:
        edit.put(twins.with_label("gemelle", "it"))
        assert set(dump(corpus)) == before
    (new,) = set(dump(corpus)) - before
    assert "gemelle" in new
    assert before - set(dump(corpus)) == set()
    assert corpus.get(EX + "twins").labels == {"en": "twin towns", "it": "gemelle"}


def test_an_error_leaves_the_graph_as_it_was(corpus):
    before = dump(corpus)

    def fail() -> None:
        with corpus.edit(source=MINE) as edit:
            edit.put(edit.new("City", EX + "nadi", "Nadi"))
            edit.remove(corpus.get(EX + "twins"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert dump(corpus) == before


def test_new_things_go_to_the_source_and_removed_ones_go(corpus):
    with corpus.edit(source=MINE) as edit:
        nadi = edit.new("City", EX + "nadi", "Nadi", "en")
        fair = edit.new("Practice", EX + "fair", "fair")
        fair = fair.with_values(GLOCAL + "participant", [NamedNode(nadi.iri)])
        edit.put(nadi, fair)
        edit.remove(corpus.get(EX + "choirs"))
    assert corpus.get(EX + "nadi").sources == (MINE,)
    assert [one.iri for one in corpus.get(EX + "fair").participants] == [EX + "nadi"]
    assert EX + "choirs" not in [one.iri for one in corpus.practices()]
    assert isinstance(corpus.get(EX + "fair"), gk.Practice)


def test_what_other_graphs_say_stays(corpus):
    reading = "https://w3id.org/glocal/graph/interpretation/rossi"
    said = Quad(
        NamedNode(EX + "twins"), NamedNode(GLOCAL + "reason"), Literal("a"), NamedNode(reading)
    )
    corpus.add([said])
    twins = corpus.get(EX + "twins")
    assert twins.sources == (GRAPH,)
    with corpus.edit() as edit:
        edit.put(twins.with_label("x", "it"))
    assert said in set(corpus.facts)


def test_what_cannot_be_edited_is_refused(corpus):
    with corpus.edit() as edit, pytest.raises(ParameterError, match="no source"):
        edit.new("City", EX + "nadi", "Nadi")
    with pytest.raises(GlocalError, match="not open"):
        edit.add([])
    with corpus.edit(source=MINE) as edit, pytest.raises(GlocalError, match="already"):
        edit.new("City", EX + "rome", "Rome")


def test_literals_come_back_as_written():
    kg = gk.KnowledgeGraph()
    kg.add(
        gk.Text(
            "@prefix glocal: <https://w3id.org/glocal/ontology#> ."
            "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
            "@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> ."
            "<https://example.org/a> a glocal:City ; geo:lat 1.50 ; geo:long '007'^^xsd:integer ;"
            " geo:alt 'x'@en-GB .",
            "turtle",
        )
    )
    before = dump(kg)
    (city,) = kg.cities()
    assert (city.lat, city.lon) == (1.5, 7.0)
    with kg.edit() as edit:
        edit.put(city)
    assert dump(kg) == before
    assert any('"1.50"' in fact for fact in before)


def test_a_city_without_a_name_is_put_back_as_it_was():
    kg = gk.KnowledgeGraph()
    kg.add(
        gk.Text(
            "@prefix glocal: <https://w3id.org/glocal/ontology#> ."
            "[] a glocal:City ; glocal:locatedIn <https://example.org/land> .",
            "turtle",
        )
    )
    before = dump(kg)
    with kg.edit() as edit:
        edit.put(*kg.cities())
    assert dump(kg) == before
    with kg.edit() as edit:
        assert edit.remove(kg.cities()[0]) == 2
    assert len(kg) == 0


def test_a_class_that_is_none_is_refused(corpus):
    with corpus.edit(source=MINE) as edit, pytest.raises(ParameterError, match="Take Practice"):
        edit.new("Practise", EX + "new", "new")
    kg = gk.load()
    with kg.edit(source=MINE) as edit:
        assert edit.new("Source", EX + "book", "a book").types == (
            "https://w3id.org/glocal/ontology#Source",
        )
