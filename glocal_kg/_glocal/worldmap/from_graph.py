"""The world map of a graph: its places with their practices, and the partnerships between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from warnings import warn

from glocal_kg._drawing.picture import Picture
from glocal_kg._glocal.asking import Asks, Once, class_names
from glocal_kg._glocal.networks.from_graph import network
from glocal_kg._glocal.placing import unplaced
from glocal_kg._glocal.worldmap.content import MappedPlace, Tie
from glocal_kg._glocal.worldmap.drawing import draw_world


def world_map(
    kg: Asks,
    *,
    source: str | Sequence[str] | None = None,
    language: str | Sequence[str] | None = None,
    interpretations: bool = False,
    **looks: Any,
) -> Picture:
    """The places that take part in practices, and the partnerships between them, on a world map.

    A place is where a participant lies, or what it governs. ``source`` names graphs to read, or
    ``mine``; ``looks`` are those of ``draw_world``, such as ``size`` and ``arcs``. The map says
    how many participants have no place, and how many a gazetteer placed. Where nothing can be
    drawn, or the gazetteer is missing, the ``remarks`` of the picture say what to do.
    """
    kg = kg if isinstance(kg, Once) else Once(kg)
    asked = {"source": source, "interpretations": interpretations}
    taking = network(kg, "participation", **asked)  # type: ignore[arg-type]
    partners = network(kg, "partnerships", **asked)  # type: ignore[arg-type]
    counted: dict[str, set[str]] = {}
    for actor, practice in taking.edges():
        counted.setdefault(actor, set()).add(practice)
    kinds = class_names(kg, (data["kind"] for _, data in taking.nodes(data=True)))
    places = [
        MappedPlace(
            actor,
            data["name"],
            data["lat"],
            data["lon"],
            len(counted[actor]),
            kinds.get(data["kind"], data["kind"]),
            data.get("placed_by", ""),
        )
        for actor, data in taking.nodes(data=True)
        if actor in counted
    ]
    ties = [Tie(one, other) for one, other in partners.edges()]
    sources = taking.graph["sources"]
    told = ", ".join(str(name).rpartition("/")[2] for name in sources[:6])
    more = f" +{len(sources) - 6}" if len(sources) > 6 else ""
    picture = draw_world(
        places,
        ties,
        language=kg.languages if language is None else language,
        **{"source": f"{told}{more}", **looks},
    )
    remarks = tuple(unplaced(taking.nodes, counted))
    return replace(picture, remarks=remarks)


def warned_map(kg: Asks, **asked: Any) -> Picture:
    """The same for Python: what is remarked of it becomes a warning of the caller's caller."""
    picture = world_map(kg, **asked)
    for remark in picture.remarks:
        warn(remark, stacklevel=3)
    return picture
