"""What a world map shows: places with practices, and ties between them. No looks here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glocal_kg.errors import ParameterError


@dataclass(frozen=True, slots=True)
class MappedPlace:
    """A place: its IRI (or any name of its own), its label, where it lies, how much is there.

    ``lat`` and ``lon`` are degrees, or None where they are not known: then it is counted and not
    drawn. ``practices`` is how many practices it takes part in. ``kind`` is what tells its sign:
    places of one kind look alike. ``placed_by`` names the gazetteer that told where it lies.
    """

    iri: str
    label: str
    lat: float | None
    lon: float | None
    practices: int = 0
    kind: str = ""
    placed_by: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A partnership between two places, named by their ``iri``."""

    source: str
    target: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class WorldContent:
    """The places that can be drawn, the ties between them, and what cannot be drawn."""

    places: tuple[MappedPlace, ...]
    ties: tuple[Tie, ...]
    unplaced: int
    untied: int

    def place_kinds(self) -> list[str]:
        """The kinds of the places, in order; the place in it is the number of the sign."""
        return sorted({place.kind for place in self.places})

    def tie_kinds(self) -> list[str]:
        """The kinds of the ties, in order."""
        return sorted({tie.kind for tie in self.ties})

    def placed_by(self) -> dict[str, int]:
        """How many places each gazetteer placed, by its name."""
        return dict(sorted(Counter(one.placed_by for one in self.places if one.placed_by).items()))

    def partners(self) -> dict[str, int]:
        """How many ties end at each place."""
        found = dict.fromkeys((place.iri for place in self.places), 0)
        for tie in self.ties:
            found[tie.source] += 1
            found[tie.target] += 1
        return found


def content_of(places: Iterable[MappedPlace], ties: Sequence[Tie]) -> WorldContent:
    """What can be drawn of places and ties, in the order of their names.

    Raises ``ParameterError`` for coordinates that are none, with the place.
    """
    listed = sorted(places, key=lambda place: (place.iri, place.label))
    drawn = {place.iri: place for place in listed if _is_placed(place)}
    known = [tie for tie in ties if tie.source in drawn and tie.target in drawn]
    return WorldContent(
        tuple(drawn.values()),
        tuple(sorted(known, key=lambda tie: (tie.kind, tie.source, tie.target))),
        len({place.iri for place in listed} - drawn.keys()),
        len(ties) - len(known),
    )


def _is_placed(place: MappedPlace) -> bool:
    if place.lat is None or place.lon is None:
        return False
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        raise ParameterError(
            f"{place.label or place.iri} cannot lie at latitude {place.lat}, longitude "
            f"{place.lon}.",
            remedy="Latitudes go from -90 to 90, longitudes from -180 to 180.",
        )
    return True
