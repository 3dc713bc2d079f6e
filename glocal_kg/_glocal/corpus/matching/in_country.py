"""In which country a point is, by the cities of the gazetteer that are near it.

A point is in a country where cities of that country are near. Overseas parts count as the country.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.gazetteer import Gazetteer, packaged
from glocal_kg.errors import GlocalError

Point: TypeAlias = tuple[float, float]

HOME = 40.0  # kilometers within which most places have a city of their country
_ROUGH = 200.0  # the same for coordinates in whole degrees
AWAY = 150.0  # without one within so many, a point is not in the country
_LONELY = 600.0  # the same where no city of any country is near: deserts, forests, islands


class Right(NamedTuple):
    """What a point was meant to be."""

    slip: Literal["swapped", "lost-sign"]
    point: Point


class Whereabouts:
    """Whether points are in countries, by one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def within(self, point: Point, state: countries.FormerState, kilometers: float = HOME) -> bool:
        """Whether a city of the country is so near."""
        return self._gazetteer.has(point, state.today, kilometers)

    def outside(self, point: Point, state: countries.FormerState) -> bool:
        """Whether a point is surely in no part of the country."""
        near = self._gazetteer.near(*point, AWAY)
        if near:
            return not any(place.country in state.today for place in near)
        return not self.within(point, state, _LONELY)

    def right(self, point: Point, state: countries.FormerState) -> Right | None:
        """The point that one outside of its country was meant to be, where that is clear."""
        exchanged = (point[1], point[0])
        # A whole degree says no more than this of where a place is.
        rough = all(value == int(value) for value in point)
        if abs(exchanged[0]) <= 90 and self.within(exchanged, state, _ROUGH if rough else HOME):
            return Right("swapped", exchanged)
        for other in ((-point[0], point[1]), (point[0], -point[1]), (-point[0], -point[1])):
            if self.within(other, state):
                return Right("lost-sign", other)
        return None


def amiss(point: Point, country: str) -> tuple[str, Right | None] | None:
    """The country that a point is not in, and what the point was meant to be, if that is clear.

    ``country`` is its name in any language, or its code. None where the point is in it, and where
    the country or the gazetteer is not known here.
    """
    state = countries.state(country)
    if state is None:
        return None
    try:
        where = Whereabouts(packaged())
    except GlocalError:  # no gazetteer is installed
        return None
    if where.within(point, state) or not where.outside(point, state):
        return None
    return state.name, where.right(point, state)
