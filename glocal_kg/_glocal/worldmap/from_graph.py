"""The world map of a graph: its places with their practices, and the partnerships between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from glocal_kg._drawing.picture import Picture
from glocal_kg._glocal.gazetteer_points import (
    GAZETTEER,
    gazetteer_places,
    geonames_matches,
    unplaced,
)
from glocal_kg._glocal.networks.participants import partners, taking_part
from glocal_kg._glocal.row_queries import Asks, Once, class_names, sources_of, things
from glocal_kg._glocal.tongues import unspoken
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
    languages = (language,) if isinstance(language, str) else tuple(language or kg.languages)
    kg = kg if isinstance(kg, Once) else Once(kg, languages)
    read = sources_of(source, interpretations)
    taking = taking_part(kg, read)
    found = partners(kg, read, taking)
    counted = Counter(actor for _, actor in taking.parts)
    known = things(kg, counted)
    matches = geonames_matches(kg, (actor for actor in counted if actor not in known.places))
    placed = gazetteer_places(matches)
    kinds = class_names(kg, known.kinds.values())
    places = []
    for actor, practices in counted.items():
        lat, lon = known.places.get(actor) or placed.get(actor) or (None, None)
        kind = known.kinds.get(actor, "")
        by = GAZETTEER if actor in placed else ""
        name = known.name(actor)
        places.append(MappedPlace(actor, name, lat, lon, practices, kinds.get(kind, kind), by))
    ties = [Tie(one, other) for one, other, _ in found.pairs]
    sources = sorted(taking.sources | found.sources)
    told = ", ".join(str(name).rpartition("/")[2] for name in sources[:6])
    more = f" +{len(sources) - 6}" if len(sources) > 6 else ""
    picture = draw_world(
        places,
        ties,
        language=languages,
        **{"source": f"{told}{more}", **looks},
    )
    nodes = {one.iri: {"lat": one.lat, "geonames": matches.get(one.iri)} for one in places}
    words = unspoken(languages)
    return replace(picture, remarks=(*words, *unplaced(nodes, counted)))
