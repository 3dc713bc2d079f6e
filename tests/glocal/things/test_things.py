"""Typed objects: what they say, and that reading them changes nothing."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

import glocal_kg as gk
from glocal_kg._glocal.things.from_graph import cities, get, practices
from glocal_kg._glocal.things.kinds import Actor, City, Participant, Practice
from glocal_kg._glocal.things.thing import RDFS, SCHEMA, Thing, changes
from glocal_kg.errors import NotFoundError, ParameterError

from ..conftest import CORPUS, GRAPH, graph_of

EX = "https://example.org/"
ROLE = "https://w3id.org/glocal/id/role/partner"


def test_practices_are_objects_with_their_participants(corpus):
    found = {one.iri.removeprefix(EX): one for one in practices(corpus)}
    assert list(found) == ["choirs", "port", "school", "twins"]
    assert found["choirs"].label == "meeting of choirs"
    assert [one.iri.removeprefix(EX) for one in found["choirs"].participants] == [
        "kigali",
        "ngo",
        "rome",
    ]
    assert found["twins"].start == "2004"
    assert found["port"].participants == (
        Participant(EX + "apia", ROLE, start="2010"),
        Participant(EX + "council", ROLE),
        Participant(EX + "ngo"),
    )
    assert found["choirs"].sources == (GRAPH,)


def test_practices_are_chosen_by_participant_and_source(corpus):
    assert [one.iri for one in practices(corpus, participant=EX + "apia")] == [
        EX + "port",
        EX + "school",
    ]
    assert practices(corpus, source=GRAPH + "-1") == []
    assert len(practices(corpus, source="mine")) == 4


def test_practices_are_chosen_by_theme():
    kg = gk.load()
    chosen = practices(kg, theme="area:culture")
    assert chosen
    assert all("https://w3id.org/glocal/id/area/culture" in one.themes for one in chosen)
    assert practices(kg, theme="area:none-of-ours") == []
    both = practices(kg, theme="area:culture", participant=chosen[0].participants[0].iri)
    assert chosen[0] in both


def test_cities_lie_somewhere_and_are_called_by_language():
    kg = gk.KnowledgeGraph(languages=("it",))
    kg.add(gk.Text("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ." + CORPUS, "turtle"))
    found = {one.iri.removeprefix(EX): one for one in cities(kg)}
    assert (found["rome"].label, found["suva"].label) == ("Roma", "Suva")
    assert found["rome"].labels == {"en": "Rome", "it": "Roma"}
    assert (found["rome"].lat, found["rome"].lon) == (41.9, 12.5)
    assert isinstance(found["rome"], City)


def test_one_thing_is_the_object_of_its_kind(corpus):
    assert type(get(corpus, EX + "council")) is Actor
    assert type(get(corpus, EX + "port")) is Practice
    assert type(get(corpus, EX + "sport")) is Thing
    assert get(corpus, NamedNode(EX + "rome")) == cities(corpus)[2]
    with pytest.raises(NotFoundError, match=r"Did you mean https://example\.org/rome"):
        get(corpus, EX + "romme")
    with pytest.raises(NotFoundError, match="Nothing is called"):
        get(corpus, "no iri")


def test_the_users_own_subclass_is_a_practice():
    own = "ex:Fair rdfs:subClassOf glocal:Practice . ex:market a ex:Fair ; rdfs:label 'market' ."
    assert EX + "market" in [one.iri for one in practices(graph_of(CORPUS + own))]


def test_what_is_read_and_not_changed_is_the_facts_as_they_were(corpus):
    for one in (*practices(corpus), *cities(corpus)):
        assert changes(one, one) == ([], [])
        assert changes(one, get(corpus, one.iri)) == ([], [])
    port = get(corpus, EX + "port")
    assert port.with_values(SCHEMA + "x", []) == port
    assert port.with_label("harbor", "en") == port


def test_a_change_is_the_facts_that_differ(corpus):
    twins = get(corpus, EX + "twins")
    changed = twins.with_label("gemelle", "it").with_values(
        SCHEMA + "startDate",
        [Literal("2005", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))],
    )
    gone, come = changes(twins, changed)
    assert [quad.object.value for quad in gone] == ["2004"]
    assert sorted(quad.object.value for quad in come) == ["2005", "gemelle"]
    assert {quad.graph_name.value for quad in come} == {GRAPH}
    assert twins.labels == {"en": "twin towns"}  # the object read is as it was


def test_a_thing_without_facts_needs_a_graph():
    new = Practice(EX + "new", ())
    with pytest.raises(ParameterError, match="No graph is known"):
        new.with_label("new", "en")
    made = new.with_label("new", "en", graph=GRAPH)
    assert made.values(RDFS + "label") == (Literal("new", language="en"),)
    assert repr(made) == "<Practice new: new>"


def test_a_theme_is_looked_for_by_name_among_what_can_be_one():
    kg = gk.load()
    found = kg.practices(theme="culture")
    assert found
    assert [one.iri for one in found] == [one.iri for one in kg.practices(theme="area:culture")]
    with pytest.raises(gk.NotFoundError, match="Nothing is called 'cultures of the moon'"):
        kg.practices(theme="cultures of the moon")


def test_a_value_goes_to_the_graph_that_is_named_though_another_has_it():
    city = Thing(EX + "suva", tuple(graph_of(f'<{EX}suva> rdfs:label "Suva" .').facts))
    moved = city.with_values(RDFS + "label", [Literal("Suva")], graph=EX + "other")
    assert moved.sources == (EX + "other",)
