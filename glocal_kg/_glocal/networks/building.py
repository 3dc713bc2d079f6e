"""Nodes and links as plain values, and the networkx graphs that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import networkx as nx

from glocal_kg.errors import LimitError, ParameterError

# An attribute of a node or link: text, number, date, a list of these, or None where unknown.
Attributes = Mapping[str, Any]
Graph: TypeAlias = "nx.Graph[Any]"
"""Any networkx graph: of one kind of links or with parallel ones, with directions or without."""


def too_large(size: int, most: int) -> LimitError:
    """The error where a projection would have more links than may be made."""
    return LimitError(
        f"The projection would have {size:,} links, and at most {most:,} are made.",
        remedy="Choose fewer practices or places, or raise most_links.",
        limit=most,
    )


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node: what it is known by, what a reader calls it, its kind, and where it lies.

    ``place`` is latitude and longitude in degrees.
    """

    id: str
    name: str = ""
    kind: str = ""
    place: tuple[float, float] | None = None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two nodes: its kind, and what tells it from its parallels.

    ``key`` is its IRI, or the IRI of what makes it, such as the practice two cities share.
    """

    source: str
    target: str
    kind: str = ""
    key: str = ""
    weight: float = 1.0
    attributes: Attributes = field(default_factory=dict)


def build(
    nodes: Iterable[NetworkNode],
    links: Sequence[Link],
    *,
    directed: bool = False,
    most_links: int = 2_000_000,
    **about: object,
) -> nx.MultiGraph[str]:
    """A networkx ``MultiGraph`` (``MultiDiGraph`` where directed) with all parallel links.

    Nodes and links come in the order of their names, whatever order they are given in, so that
    what is worked out over the graph is the same each time. A node that only a link names has
    the name of its id. ``about`` becomes attributes of the graph, such as where it is from.
    Nodes carry ``name``, ``kind`` and, where it is known, ``lat`` and ``lon`` beside their own
    attributes, links ``kind``, ``weight`` and theirs; the key of a link is its ``key``.

    Raises ``LimitError`` with the size where there are more links than ``most_links``,
    ``ParameterError`` where two links between the same nodes have one key.

    >>> graph = build([], [Link("a", "b", key="x"), Link("b", "a", key="y")])
    >>> graph.number_of_edges("a", "b")
    2
    """
    if len(links) > most_links:
        raise too_large(len(links), most_links)
    graph: nx.MultiGraph[str] = nx.MultiDiGraph() if directed else nx.MultiGraph()
    graph.graph.update(about)
    known = {node.id: node for node in nodes}
    for link in links:
        for end in (link.source, link.target):
            known.setdefault(end, NetworkNode(end, end))
    for node in sorted(known.values(), key=lambda one: one.id):
        said = {**node.attributes, "name": node.name or node.id, "kind": node.kind}
        if node.place:
            said |= {"lat": node.place[0], "lon": node.place[1]}
        graph.add_node(node.id, **said)
    ordered = sorted(links, key=lambda one: (one.source, one.target, one.key, one.kind))
    for number, link in enumerate(ordered):
        key = link.key or f"{link.kind or 'link'}-{number}"
        if graph.has_edge(link.source, link.target, key):
            raise ParameterError(
                f"Two links between {link.source} and {link.target} have the key {key!r}.",
                remedy="Give each its own key.",
            )
        graph.add_edge(
            link.source,
            link.target,
            key=key,
            **{**link.attributes, "kind": link.kind, "weight": link.weight},
        )
    return graph
