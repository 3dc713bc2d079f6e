"""Measures of a network: the same on every run, and of any networkx graph.

Nodes are numbered in the order of their names first, so that no hash order and no order of
reading enters; a seed settles what is drawn. Parallel links count in degree and in weights; for
paths, cores and communities two nodes are linked or not, and their weight is the sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from glocal_kg._glocal.networks.betweenness import betweenness
from glocal_kg._glocal.networks.building import Graph
from glocal_kg._glocal.networks.words import WORDS
from glocal_kg._glocal.records import Records
from glocal_kg._glocal.tongues import chosen
from glocal_kg._rdf.arguments import TEXT_OR_TEXTS, WHOLE, a, one_of, takes
from glocal_kg._rdf.counted import counted

DIGITS = 9
"""Betweenness is rounded to so many digits: what lies beyond depends on the order of adding."""


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """The measures of one node.

    ``links`` counts parallel ones, ``neighbors`` does not; ``weight`` is the sum over links;
    ``component`` and ``community`` are numbered from the largest, from 1; ``core`` is the
    largest k such that the node is in the k-core.
    """

    id: str
    name: str
    kind: str
    links: int
    neighbors: int
    weight: float
    component: int
    core: int
    betweenness: float
    community: int


FIELDS = tuple(NodeMeasures.__dataclass_fields__)
_MEASURES = one_of(*FIELDS[3:])


def parts_of(told: object) -> list[str]:
    """What an attribute of a network lists: a list, or one text with semicolons between."""
    if isinstance(told, list | tuple):
        return list(map(str, told))
    return [part for part in str(told or "").split("; ") if part]


@dataclass(frozen=True, repr=False)
class NetworkMeasures(Records):
    """What ``measure`` gives: a row for each node, and the figures of the whole.

    ``bridges`` are the links without which a component would fall apart. ``method`` says how
    each was worked out, and what was drawn, in the ``language`` of its sentences.
    """

    nodes: tuple[NodeMeasures, ...]
    links: int
    pairs: int
    loops: int
    components: tuple[int, ...]
    communities: tuple[int, ...]
    modularity: float | None
    bridges: tuple[tuple[str, str], ...]
    method: tuple[str, ...]
    about: dict[str, object]
    language: str = "en"

    def __repr__(self) -> str:
        return (
            f"<NetworkMeasures: {counted(len(self.nodes), 'node')}, {counted(self.links, 'link')}"
            f" between {counted(self.pairs, 'pair')}, {counted(len(self.components), 'component')}>"
        )

    def __iter__(self) -> Iterator[NodeMeasures]:
        return iter(self.nodes)

    @takes(by=_MEASURES, most=WHOLE)
    def top(self, by: str = "betweenness", most: int = 10) -> list[NodeMeasures]:
        """The nodes with the highest value of a measure; equal ones by name."""
        return sorted(self.nodes, key=lambda node: (-getattr(node, by), node.name, node.id))[:most]

    def to_dicts(self) -> list[dict[str, object]]:
        """A dictionary for each node."""
        return [{name: getattr(node, name) for name in FIELDS} for node in self.nodes]

    def origin(self) -> dict[str, object]:
        """The function and how it worked, and the query and sources of the network."""
        sources = self.about.get("sources")
        return {
            "made_by": f"measure({self.about.get('projection', 'graph')})",
            "method": list(self.method),
            "query": self.about.get("query", ""),
            "sources": parts_of(sources),
        }

    def to_text(self) -> str:
        """Figures of the whole and the ten nodes between most others, for a terminal."""
        from glocal_kg._glocal.networks.telling import text

        return text(self)

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self) -> str:
        """The same as a piece of HTML, for a notebook or a page."""
        from glocal_kg._glocal.networks.telling import html

        return html(self)

    def _repr_html_(self) -> str:
        return self.to_html()


@takes(
    graph=a("a networkx graph", nx.Graph),
    seed=WHOLE,
    sample=WHOLE.or_none(),
    language=TEXT_OR_TEXTS,
)
def measure(
    graph: Graph,
    *,
    seed: int = 1,
    sample: int | None = None,
    engine: str = "auto",
    language: str | Sequence[str] = "en",
) -> NetworkMeasures:
    """The measures of a networkx graph, directed or not, with parallel links or without.

    The strength of a link is its ``weight``, 1 where it has none or where the graph says that its
    weights are distances. ``seed`` settles the communities (Louvain) and the drawing of
    ``sample`` sources for betweenness, by default all nodes. ``engine`` is ``auto`` (rustworkx
    where installed, and nothing is sampled), ``networkx`` or ``rustworkx``; the values are the
    same. ``language`` is that of the sentences (en, it, fr).

    >>> path = nx.path_graph(["a", "b", "c"])
    >>> measured = measure(path)
    >>> measured.top(most=1)[0].id, measured.bridges
    ('b', (('a', 'b'), ('b', 'c')))
    """
    said = WORDS[chosen(language)]
    names = sorted(graph.nodes, key=str)
    sampled = sample is not None and sample < len(names)
    number = {name: place for place, name in enumerate(names)}
    simple: nx.Graph[int] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    simple.add_nodes_from(range(len(names)))
    links, weights, loops = [0] * len(names), [0.0] * len(names), 0
    strong = graph.graph.get("weight") != "distance"
    parallel: dict[tuple[int, int], int] = {}
    ends = ((number[one], number[other], data) for one, other, data in graph.edges(data=True))
    for one, other, data in sorted(ends, key=lambda end: end[:2]):
        weight = float(data.get("weight", 1.0)) if strong else 1.0
        for end in (one, other):
            links[end] += 1
            weights[end] += weight
        if one == other:
            loops += 1
            continue
        pair = (min(one, other), max(one, other))
        parallel[pair] = parallel.get(pair, 0) + 1
        already = simple.get_edge_data(one, other, {"weight": 0.0})["weight"]
        simple.add_edge(one, other, weight=already + weight)
    flat: Any = _flat(simple)
    component, components = _numbered(list(nx.connected_components(flat)))
    parts = list(nx.community.louvain_communities(flat, weight="weight", seed=seed))
    community, communities = _numbered([set(part) for part in parts])
    between = betweenness(simple, sample=sample, seed=seed, engine=engine)
    core = nx.core_number(flat)
    bridges = sorted(
        (min(pair), max(pair)) for pair in nx.bridges(flat) if parallel[min(pair), max(pair)] == 1
    )
    rows = tuple(
        NodeMeasures(
            str(name),
            str(graph.nodes[name].get("name", name)),
            str(graph.nodes[name].get("kind", "")),
            links[place],
            flat.degree(place),
            round(weights[place], DIGITS),
            component[place],
            core[place],
            round(between[place], DIGITS),
            community[place],
        )
        for place, name in enumerate(names)
    )
    return NetworkMeasures(
        rows,
        graph.number_of_edges(),
        len(parallel),
        loops,
        components,
        communities,
        _modularity(flat, parts),
        tuple((str(names[one]), str(names[other])) for one, other in bridges),
        (
            said.estimated.format(sample=sample, nodes=len(names), seed=seed)
            if sampled
            else said.exact,
            said.louvain.format(seed=seed),
            said.undirected,
        ),
        dict(graph.graph),
        said.language,
    )


def _flat(simple: nx.Graph[int]) -> nx.Graph[int]:
    """The graph without direction, the weights of both directions added."""
    if not simple.is_directed():
        return simple
    flat: nx.Graph[int] = nx.Graph()
    flat.add_nodes_from(simple.nodes)
    for one, other, data in simple.edges(data=True):
        already = flat.get_edge_data(one, other, {"weight": 0.0})["weight"]
        flat.add_edge(one, other, weight=already + data["weight"])
    return flat


def _numbered(parts: list[set[int]]) -> tuple[dict[int, int], tuple[int, ...]]:
    """The number of the part of each node, from 1 for the largest; and the sizes in that order."""
    ordered = sorted(parts, key=lambda part: (-len(part), min(part)))
    found = {node: place for place, part in enumerate(ordered, 1) for node in part}
    return found, tuple(map(len, ordered))


def _modularity(flat: nx.Graph[int], parts: list[set[int]]) -> float | None:
    """How much more lies within communities than by chance; None where there is no link."""
    if not flat.number_of_edges():
        return None
    return round(float(nx.community.modularity(flat, parts, weight="weight")), DIGITS)
