"""Typed projections: which links a network has, made of who takes part in what.

Each gives a networkx graph by ``build``. A projection that would be too large is refused before
it is made.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from glocal_kg._glocal.networks.building import Attributes, Link, NetworkNode, build, too_large
from glocal_kg._glocal.sphere import kilometers
from glocal_kg.errors import ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from networkx import MultiGraph

Weight = Literal["count", "share", "distance"]


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody takes part in something, in a role, perhaps from one date to another."""

    actor: str
    practice: str
    role: str = ""
    attributes: Attributes = field(default_factory=dict)


def partnerships(
    links: Sequence[Link],
    nodes: Iterable[NetworkNode] = (),
    *,
    weight: Weight = "count",
    most_links: int = 2_000_000,
    **about: Any,
) -> MultiGraph[str]:
    """Who is partner of whom: a ``MultiGraph`` with one link for each partnership.

    ``weight`` is 1 for each link (count), or the kilometers between its ends (distance; links
    whose ends have no place have none). Two partnerships of one pair are two links.
    """
    listed = list(nodes)
    if weight == "share":
        raise ParameterError(
            "Partnerships have no shares.", remedy="Take weight='count' or 'distance'."
        )
    links = _by_distance(links, listed) if weight == "distance" else links
    return build(
        listed, links, most_links=most_links, projection="partnerships", weight=weight, **about
    )


def co_participation(
    rows: Iterable[Participation],
    nodes: Iterable[NetworkNode] = (),
    *,
    weight: Weight = "count",
    most_links: int = 2_000_000,
    **about: Any,
) -> MultiGraph[str]:
    """Who takes part in a practice together: a ``MultiGraph``, a link for each pair and practice.

    ``weight`` of a link is 1 (count), or 1 / (n - 1) for a practice of n (share; M. E. J. Newman
    (2001), Scientific collaboration networks II, Physical Review E 64, 016132), so that who
    shares a practice with few is linked more than who shares it with many; or kilometers.
    """
    together: dict[str, dict[str, None]] = {}
    for row in rows:
        together.setdefault(row.practice, {})[row.actor] = None
    size = sum(len(actors) * (len(actors) - 1) // 2 for actors in together.values())
    if size > most_links:
        raise too_large(size, most_links)
    links = [
        Link(
            one,
            other,
            "takes part with",
            practice,
            1 / (len(actors) - 1) if weight == "share" else 1.0,
            {"practice": practice},
        )
        for practice, actors in together.items()
        for one, other in itertools.combinations(sorted(actors), 2)
    ]
    listed = list(nodes)
    alone = [NetworkNode(actor, actor) for actors in together.values() for actor in actors]
    links = _by_distance(links, listed) if weight == "distance" else links
    return build(
        [*alone, *listed],
        links,
        most_links=most_links,
        projection="co-participation",
        weight=weight,
        **about,
    )


def participation(
    rows: Iterable[Participation],
    nodes: Iterable[NetworkNode] = (),
    *,
    most_links: int = 2_000_000,
    **about: Any,
) -> MultiGraph[str]:
    """Who takes part in what: a ``MultiDiGraph`` from actors to practices, a link for each role."""
    links = [
        Link(
            row.actor,
            row.practice,
            row.role or "takes part in",
            row.role,
            1.0,
            row.attributes,
        )
        for row in rows
    ]
    return build(
        nodes, links, directed=True, most_links=most_links, projection="participation", **about
    )


def relations(
    links: Sequence[Link],
    nodes: Iterable[NetworkNode] = (),
    *,
    most_links: int = 2_000_000,
    **about: Any,
) -> MultiGraph[str]:
    """How concepts are related: a ``MultiDiGraph`` with one link for each relation."""
    return build(
        nodes, links, directed=True, most_links=most_links, projection="relations", **about
    )


def _by_distance(links: Sequence[Link], nodes: Iterable[NetworkNode]) -> list[Link]:
    places: Mapping[str, tuple[float, float] | None] = {node.id: node.place for node in nodes}
    found = []
    for link in links:
        one, other = places.get(link.source), places.get(link.target)
        if one is None or other is None:
            nowhere = link.source if one is None else link.target
            raise ParameterError(
                f"'{nowhere}' has no place, so the link to it has no length.",
                remedy="Give it latitude and longitude, leave it out, or take weight='count'.",
            )
        length = kilometers(one[::-1], other[::-1])
        found.append(Link(link.source, link.target, link.kind, link.key, length, link.attributes))
    return found


PROJECTIONS: dict[str, Callable[..., MultiGraph[str]]] = {
    "partnerships": partnerships,
    "co-participation": co_participation,
    "participation": participation,
    "relations": relations,
}
