"""Projections and measures: parallel links, weights, the same on every run and in every engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from glocal_kg._glocal.networks.building import Link, NetworkNode, build
from glocal_kg._glocal.networks.measures import measure
from glocal_kg._glocal.networks.projections import (
    Participation,
    co_participation,
    participation,
    partnerships,
    relations,
)
from glocal_kg.errors import GlocalError, LimitError, ParameterError

ROME, KIGALI, NABLUS = (
    NetworkNode("rome", "Rome", "City", (41.9, 12.5), {"since": None}),
    NetworkNode("kigali", "Kigali", "City", (-1.95, 30.06)),
    NetworkNode("nablus", "Nablus", "City"),
)


def ties(*pairs: str) -> list[Link]:
    """Links of pairs such as ``ab``, keyed in order."""
    return [Link(pair[0], pair[1], "partner", f"p{n}") for n, pair in enumerate(pairs)]


def random_graph(seed: int, directed: bool = False) -> nx.Graph:
    made = nx.gnm_random_graph(40, 60, seed=seed, directed=directed)
    return nx.relabel_nodes(made, {n: f"n{n:02}" for n in made})


def test_parallel_links_and_attributes_are_kept():
    links = [
        Link("rome", "kigali", "twinning", "t1", attributes={"since": "2003"}),
        Link("kigali", "rome", "twinning", "t2", attributes={"since": "2010"}),
    ]
    graph = partnerships(links, [ROME, KIGALI, NABLUS], source="mine.ttl")
    assert graph.number_of_edges("rome", "kigali") == 2
    assert graph.edges["rome", "kigali", "t2"]["since"] == "2010"
    assert graph.nodes["rome"]["name"] == "Rome"
    assert "lat" not in graph.nodes["nablus"]
    assert graph.graph == {"projection": "partnerships", "weight": "count", "source": "mine.ttl"}
    measured = measure(graph)
    rome = next(node for node in measured if node.id == "rome")
    assert (rome.links, rome.neighbors) == (2, 1)
    assert measured.bridges == ()  # two parallel links are no bridge


def test_two_links_with_one_key_are_refused_and_not_merged():
    twice = [Link("a", "b", key="x"), Link("a", "b", key="x")]
    with pytest.raises(ParameterError, match="key 'x'"):
        build([], twice)


def test_cities_that_share_practices_are_linked_once_for_each():
    rows = [Participation(a, p) for p, actors in {"p": "abc", "q": "ab"}.items() for a in actors]
    rows.append(Participation("a", "p", "promoter"))  # a second role is no second participation
    graph = co_participation(rows, weight="share")
    assert sorted(graph.edges(keys=True)) == [
        ("a", "b", "p"),
        ("a", "b", "q"),
        ("a", "c", "p"),
        ("b", "c", "p"),
    ]
    assert graph.edges["a", "b", "p"]["weight"] == 0.5
    assert graph.edges["a", "b", "q"]["weight"] == 1.0
    alone = co_participation([Participation("a", "p")])
    assert list(alone.nodes) == ["a"]


def test_actors_lead_to_practices_once_for_each_role():
    rows = [Participation("a", "p", "site"), Participation("a", "p", "promoter")]
    graph = participation(rows)
    assert graph.is_directed()
    assert sorted(graph.edges(keys=True)) == [("a", "p", "promoter"), ("a", "p", "site")]
    concepts = relations([Link("x", "y", "broader"), Link("y", "x", "narrower")])
    assert concepts.number_of_edges() == 2


def test_the_distance_of_partners_is_that_on_the_globe():
    graph = partnerships([Link("rome", "kigali", key="t")], [ROME, KIGALI], weight="distance")
    assert graph.edges["rome", "kigali", "t"]["weight"] == pytest.approx(5211, abs=30)
    assert measure(graph).nodes[0].weight == 1  # a long link is no strong link
    with pytest.raises(ParameterError, match="'nablus' has no place"):
        partnerships([Link("rome", "nablus")], [ROME, NABLUS], weight="distance")
    with pytest.raises(ParameterError, match="no shares"):
        partnerships([], weight="share")


def test_too_large_a_projection_is_refused_with_its_size_before_it_is_made():
    rows = [Participation(f"a{n}", "p") for n in range(3000)]
    with pytest.raises(LimitError, match="4,498,500 links") as caught:
        co_participation(rows)
    assert caught.value.limit == 2_000_000
    with pytest.raises(LimitError, match="3 links, and at most 2"):
        partnerships(ties("ab", "bc", "ca"), most_links=2)


def test_measures_by_hand():
    # a triangle abc with a tail c-d-e, and f apart
    graph = build([NetworkNode("f")], ties("ab", "bc", "ca", "cd", "de", "aa"))
    measured = measure(graph)
    by_id = {node.id: node for node in measured}
    assert [by_id[n].core for n in "abcdef"] == [2, 2, 2, 1, 1, 0]
    assert [by_id[n].component for n in "abcdef"] == [1, 1, 1, 1, 1, 2]
    assert by_id["a"].links == 4  # a loop has two ends
    # c lies between {a, b} and {d, e} (4 pairs), d between {a, b, c} and e (3), of 10 pairs
    assert [by_id[n].betweenness for n in "acd"] == [0, 0.4, 0.3]
    assert measured.bridges == (("c", "d"), ("d", "e"))
    assert (measured.links, measured.pairs, measured.loops) == (6, 5, 1)
    assert measured.components == (5, 1)
    assert [node.id for node in measured.top(most=2)] == ["c", "d"]


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_measures_are_those_of_networkx(seed, directed):
    graph = random_graph(seed, directed)
    flat = nx.Graph(graph)
    measured = measure(graph)
    between = nx.betweenness_centrality(graph)
    core = nx.core_number(flat)
    for node in measured:
        assert node.betweenness == pytest.approx(between[node.id], abs=1e-9)
        assert node.core == core[node.id]
        assert node.neighbors == flat.degree(node.id)
    assert measured.components == tuple(
        sorted(map(len, nx.connected_components(flat)), reverse=True)
    )
    both = {frozenset(pair) for pair in graph.edges if graph.has_edge(*pair[::-1])}
    expected = {frozenset(pair) for pair in nx.bridges(flat)} - (both if directed else set())
    assert {frozenset(pair) for pair in measured.bridges} == expected


@pytest.mark.parametrize("directed", [False, True])
def test_rustworkx_agrees_to_the_last_digit_shown(directed):
    pytest.importorskip("rustworkx", reason="rustworkx is not installed")
    for seed in range(5):
        graph = random_graph(seed, directed)
        one, other = (measure(graph, engine=name) for name in ("networkx", "rustworkx"))
        assert one.to_dicts() == other.to_dicts()


def test_what_is_drawn_is_said_and_settled_by_the_seed():
    graph = random_graph(1)
    one, other = measure(graph, sample=10, seed=3), measure(graph, sample=10, seed=3)
    assert one.to_dicts() == other.to_dicts()
    assert one.method[0] == "Betweenness: estimated from 10 of 40 nodes as sources, seed 3."
    assert measure(graph).method[0] == "Betweenness: exact, from all nodes."
    with pytest.raises(ParameterError, match="no sample"):
        measure(graph, sample=0)
    with pytest.raises(ParameterError, match="rustworkx takes no sample"):
        measure(graph, sample=10, engine="rustworkx")
    with pytest.raises(ParameterError, match="no engine"):
        measure(graph, engine="igraph")


PROGRAM = """
import networkx as nx
from glocal_kg._glocal.networks.measures import measure
made = nx.relabel_nodes(nx.karate_club_graph(), str)
for line in measure(made, engine="networkx").to_dicts():
    print(line)
"""


def test_a_run_is_as_the_next_whatever_the_hash_order():
    root = Path(__file__).parents[3]
    found = set()
    for seed in ("0", "1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=env
        )
        assert run.returncode == 0, run.stderr
        found.add(run.stdout)
    assert len(found) == 1


def test_the_order_of_reading_changes_nothing():
    links = ties("ab", "bc", "ca", "cd", "de", "ea")
    one = measure(build([ROME, KIGALI], links))
    other = measure(build([KIGALI, ROME], links[::-1]))
    assert one.to_dicts() == other.to_dicts()


def test_an_empty_network_is_measured():
    measured = measure(build([], []))
    assert (measured.nodes, measured.modularity) == ((), None)
    assert "nodes: 0; links: 0" in measured.to_text()


def test_measures_tell_themselves():
    measured = measure(build([NetworkNode("x", "A <b>", "City")], ties("ab", "bc")))
    assert "Betweenness: exact, from all nodes." in str(measured)
    assert "A &lt;b&gt;" in measured._repr_html_()
    assert repr(measured) == "<NetworkMeasures: 4 nodes, 2 links between 2 pairs, 2 components>"


def test_rustworkx_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "rustworkx", None)
    with pytest.raises(GlocalError, match=r"glocal-kg\[networks\]"):
        measure(random_graph(1), engine="rustworkx")
    assert measure(random_graph(1)).method[0] == "Betweenness: exact, from all nodes."


def test_figures_say_what_made_them_and_from_what():
    graph = build([], [Link("a", "b", key="1")], projection="partnerships", sources=["urn:g"])
    measured = measure(graph)
    assert "Made by measure(partnerships), from urn:g." in measured.to_text()
    assert measured.to_pandas().attrs["sources"] == ["urn:g"]
