"""Networks of a corpus in plain Turtle, counted by hand."""

from __future__ import annotations

import pytest

from glocal_kg._glocal.networks.from_graph import network
from glocal_kg.errors import LimitError, ParameterError

from ..conftest import CORPUS, GRAPH, graph_of

EX = "https://example.org/"


def short(graph):
    return sorted(
        (one.removeprefix(EX), other.removeprefix(EX), key.rpartition("/")[2])
        for one, other, key in graph.edges(keys=True)
    )


def test_partners_are_linked_or_partners_or_the_only_two(corpus):
    graph = network(corpus)
    assert short(graph) == [
        ("apia", "council", "port"),
        ("apia", "suva", "school"),
        ("kigali", "rome", "twins"),
    ]
    by = {key.removeprefix(EX): data["by"] for *_, key, data in graph.edges(keys=True, data=True)}
    assert by == {"port": "partners", "school": "linked", "twins": "the only two"}
    twins = graph.edges[EX + "kigali", EX + "rome", EX + "twins"]
    assert (twins["start"], twins["practice_name"]) == ("2004", "twin towns")
    assert graph.nodes[EX + "rome"]["name_it"] == "Roma"
    assert graph.nodes[EX + "rome"]["kind"] == "City"
    # an actor lies where the place lies that it governs
    assert graph.nodes[EX + "council"]["lat"] == -18.14
    assert graph.graph["sources"] == GRAPH
    assert "glocal:linkedWith" in graph.graph["query"]


def test_two_with_other_roles_are_no_partners():
    more = """ex:gift a glocal:Practice ;
    glocal:qualifiedParticipation ex:giver , ex:given .
ex:giver glocal:ofParticipant ex:ngo ; glocal:inRole role:funder .
ex:given glocal:ofParticipant ex:suva ."""
    graph = network(graph_of(CORPUS + more))
    assert not graph.has_node(EX + "ngo")
    assert graph.graph["partners_by"] == "linked: 1; partners: 1; the only two: 1"
    links = CORPUS + more + " ex:giver glocal:linkedWith ex:given ."
    assert network(graph_of(links)).has_edge(EX + "ngo", EX + "suva")


def test_all_participants_of_a_practice_take_part_together(corpus):
    graph = network(corpus, "co-participation")
    assert ("kigali", "rome", "choirs") in short(graph)
    assert ("kigali", "rome", "twins") in short(graph)
    assert graph.number_of_edges() == 3 + 1 + 3 + 3


def test_actors_lead_to_practices_with_their_roles(corpus):
    graph = network(corpus, "participation")
    assert graph.is_directed()
    assert graph.number_of_edges() == 3 + 2 + 3 + 3
    kinds = {data["kind"] for *_, data in graph.edges(data=True)}
    assert kinds == {"takes part in", "partner"}
    (apia,) = [
        data
        for one, other, data in graph.edges(data=True)
        if (one, other) == (EX + "apia", EX + "port")
    ]
    assert apia["start"] == "2010"


def test_concepts_are_related(corpus):
    graph = network(corpus, "relations")
    kinds = sorted(data["kind"] for *_, data in graph.edges(data=True))
    assert kinds == ["broader", "contrastsWith"]


def test_a_plain_link_beside_a_role_is_one_participation():
    more = (
        "ex:choirs glocal:qualifiedParticipation "
        "[ glocal:ofParticipant ex:rome ; glocal:inRole role:partner ] ."
    )
    graph = network(graph_of(CORPUS + more), "participation")
    links = [data["kind"] for *_, data in graph.edges(EX + "rome", data=True)]
    assert sorted(links) == ["partner", "takes part in"]  # in choirs, and in twins


def test_sources_weights_and_sizes(corpus):
    assert network(corpus, source=GRAPH + "-1").number_of_nodes() == 0
    assert network(corpus, source="mine").number_of_edges() == 3
    far = network(corpus, weight="distance")
    assert far.edges[EX + "apia", EX + "suva", EX + "school"]["weight"] < 1500
    with pytest.raises(LimitError, match="10 links"):
        network(corpus, "co-participation", most_links=5)
    with pytest.raises(ParameterError, match="no network of 'friends'"):
        network(corpus, "friends")
    with pytest.raises(ParameterError, match="counted only"):
        network(corpus, "relations", weight="share")


def test_the_packaged_graph_has_networks():
    import glocal_kg as gk

    kg = gk.load()
    assert network(kg, "relations").number_of_edges() > 10


def test_networkx_itself_writes_what_is_found(tmp_path):
    import networkx as nx

    import glocal_kg as gk

    kg = gk.load()
    for kind in ("partnerships", "co-participation", "participation", "relations"):
        graph = kg.network(kind)
        nx.write_graphml(graph, tmp_path / "n.graphml")
        nx.write_gexf(graph, tmp_path / "n.gexf")
        again = nx.read_graphml(tmp_path / "n.graphml")
        assert set(again) == set(graph)
        assert all({"name", "kind", "iri"} <= set(data) for _, data in again.nodes(data=True))
