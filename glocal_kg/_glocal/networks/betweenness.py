"""How often a node lies on shortest paths between others, exact or from drawn sources.

After U. Brandes (2001), A faster algorithm for betweenness centrality, J. Math. Sociology 25,
163-177, counted without weights and divided by the number of pairs of other nodes. rustworkx
does it some twenty times faster than networkx; its values differ in the last bits at most.
"""

from __future__ import annotations

from typing import Any

import networkx as nx

from glocal_kg._rdf.extras import need
from glocal_kg.errors import ParameterError


def betweenness(graph: Any, *, sample: int | None, seed: int, engine: str) -> dict[int, float]:
    """The betweenness of each node of a graph of numbered nodes."""
    if engine not in ("auto", "networkx", "rustworkx"):
        raise ParameterError(
            f"There is no engine {engine!r}.", remedy="Take 'auto', 'networkx' or 'rustworkx'."
        )
    size = len(graph)
    if sample is not None and sample < 1:
        raise ParameterError(f"{sample} nodes are no sample.", remedy="Take 1 or more.")
    if sample is not None and sample < size:
        if engine == "rustworkx":
            raise ParameterError("rustworkx takes no sample.", remedy="Take engine='networkx'.")
        return dict(nx.betweenness_centrality(graph, k=sample, seed=seed))
    if engine == "rustworkx":
        need("rustworkx", "networks", "The engine rustworkx", "take networkx")
    quick = has_rustworkx() and engine != "networkx"
    return _quick(graph) if quick else dict(nx.betweenness_centrality(graph))


def has_rustworkx() -> bool:
    """Is the quicker library installed?"""
    try:
        import rustworkx  # noqa: F401 - to see whether it can be
    except ImportError:
        return False
    return True


def _quick(graph: Any) -> dict[int, float]:
    import rustworkx as rx

    same: Any = rx.PyDiGraph() if graph.is_directed() else rx.PyGraph()
    same.add_nodes_from(range(len(graph)))
    same.add_edges_from_no_data(list(graph.edges))
    return dict(rx.betweenness_centrality(same, normalized=True))
