"""Findings on places: what real lists of cities get wrong, cell by cell.

Where a point is, the gazetteer tells.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files

from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.candidate import NEAR
from glocal_kg._glocal.corpus.matching.gazetteer import distance
from glocal_kg._glocal.corpus.matching.in_country import AWAY, Whereabouts
from glocal_kg._glocal.corpus.matching.names import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Entity, Record
    from glocal_kg._glocal.corpus.matching import Gazetteer

    Point = tuple[float, float]

_FEW = 5  # places of one name and country that others are compared with
_MANY = 3  # places at one point that are too many
_CENTER = 3.0  # kilometers from a country's center
_NAMESAKE = 25.0  # within which a place of the same name explains a point at the center


class PlaceChecks:
    """Looks at the places of an import, and tells what is odd about them."""

    def __init__(self, gazetteer: Gazetteer | None, file: str, findings: Findings) -> None:
        self._gazetteer = gazetteer
        self._file = file
        self._findings = findings

    def check(self, entities: list[Entity]) -> None:
        """Check all places of an import."""
        places = [entity for entity in entities if entity.first.wanted is not None]
        for entity in places:
            for record in _pointed(entity):
                self._degrees(entity, record)
                self._country(entity, record)
        self._one_point(places)
        self._two_countries(places)
        self._names_of_countries(places)

    def _add(self, record: Record, word: str, rule: str, value: str, suggestion: str) -> None:
        column = record.columns.get(word, next(iter(record.columns.values())))
        self._findings.add(
            self._file, record.sheet.name, record.place(column), rule, value=value,
            suggestion=suggestion, row=record.row, column=column,
        )  # fmt: skip

    def _degrees(self, entity: Entity, record: Record) -> None:
        point = record.point
        assert point is not None
        whole = [value == int(value) for value in point]
        match = entity.match
        if not any(whole) or (match is not None and match.place is not None):
            return
        # Degrees and minutes turned into decimals are whole at full minutes too.
        rough = [abs(value * 60 - round(value * 60)) < 0.01 for value in point]
        if all(whole) or not all(rough):
            word = "latitude" if whole[0] else "longitude"
            self._add(
                record, word, "whole-degrees", _shown(point),
                f"{entity.name} may be up to 80 km away; look the coordinate up.",
            )  # fmt: skip

    def _country(self, entity: Entity, record: Record) -> None:
        wanted, point = record.wanted, record.point
        if wanted is None or point is None or self._gazetteer is None or not wanted.country:
            return
        state = countries.state(wanted.country)
        if state is None:
            return
        where = Whereabouts(self._gazetteer)
        if self._center(record, entity.name, state) or where.within(point, state):
            return
        if not where.outside(point, state):
            return
        right = where.right(point, state)
        if right is not None:
            word = "latitude" if right.point[0] != point[0] else "longitude"
            self._add(
                record, word, right.slip, _shown(point),
                f"{_shown(right.point)} is in {state.name}.",
            )  # fmt: skip
            return
        near = self._gazetteer.near(*point, AWAY)
        told = (
            f"The nearest city, {near[0].name}, is in {near[0].country}."
            if near
            else ("No city is near.")
        )
        self._add(record, "latitude", "outside-country", f"{_shown(point)}, {state.name}", told)

    def _center(self, record: Record, called: str, state: countries.FormerState) -> bool:
        point = record.point
        assert self._gazetteer is not None
        assert point is not None
        for center in _centers().get(state.code, ()):
            if distance(point, center) > _CENTER:
                continue
            name = fold(called)
            near = self._gazetteer.near(*point, _NAMESAKE)
            if any(fold(place.name) in name or name in fold(place.name) for place in near):
                continue
            self._add(
                record, "latitude", "country-center", _shown(point),
                f"This is the center of {state.name}, which a search gives for the country"
                " alone.",
            )  # fmt: skip
            return True
        return False

    def _one_point(self, places: list[Entity]) -> None:
        at: dict[Point, list[Entity]] = defaultdict(list)
        for entity in places:
            point = _point(entity)
            if point is not None:
                at[point].append(entity)
        for point, entities in at.items():
            names = {fold(entity.name) for entity in entities}
            if len(names) < _MANY:
                continue
            for entity in entities:
                other = entities[1] if entity is entities[0] else entities[0]
                self._add(
                    _with_point(entity), "latitude", "one-point", _shown(point),
                    f"{len(entities) - 1} other places have it too, {other.name} among them.",
                )  # fmt: skip

    def _two_countries(self, places: list[Entity]) -> None:
        named: dict[str, list[Entity]] = defaultdict(list)
        for entity in places:
            if entity.first.wanted is not None and entity.first.wanted.country:
                named[fold(entity.first.wanted.name)].append(entity)
        told = {(f.sheet, f.row) for f in self._findings.of("one-name-two-spellings")}
        for name, entities in named.items():
            # A few places of each country are enough to compare others with.
            kept: dict[str, list[Entity]] = {}
            for entity in entities if name else ():
                one = entity.first
                assert one.wanted is not None
                for country, others in kept.items():
                    found = [o for o in others if self._same_place_elsewhere(entity, o)]
                    if country != one.wanted.country and found:
                        self._add(
                            one, "country", "two-countries", one.wanted.country,
                            f"Row {found[0].first.row} has {found[0].name} at the same point,"
                            f" in {country}.",
                        )  # fmt: skip
                        break
                of_country = kept.setdefault(one.wanted.country, [])
                self._same_place_twice(entity, of_country, told)
                if len(of_country) < _FEW:
                    of_country.append(entity)

    def _same_place_twice(
        self, entity: Entity, others: list[Entity], told: set[tuple[str, int]]
    ) -> None:
        """Tell of two things of one name and country at one place, which may be one."""
        point, one = _point(entity), entity.first
        for other in others:
            near = _point(other)
            if point is None or near is None or distance(point, near) > NEAR:
                continue
            if entity.thing.pool != other.thing.pool or one.spot in told:
                continue
            self._add(
                one, "name", "one-name-two-spellings", entity.name,
                f"{other.name} in row {other.first.row} is {distance(point, near):.0f} km away;"
                " give both one key if they are one. They were kept apart.",
            )  # fmt: skip
            return

    def _same_place_elsewhere(self, entity: Entity, other: Entity) -> bool:
        one, two = _point(entity), _point(other)
        if one is None or two is None or distance(one, two) > NEAR:
            return False
        assert entity.first.wanted is not None
        assert other.first.wanted is not None
        states = [
            countries.state(wanted.country) for wanted in (entity.first.wanted, other.first.wanted)
        ]
        names = [fold(entity.first.wanted.country), fold(other.first.wanted.country)]
        if states[0] is not None and states[1] is not None:
            return states[0] != states[1]
        return names[0] != names[1]

    def _names_of_countries(self, places: list[Entity]) -> None:
        seen: dict[str, list[Record]] = defaultdict(list)
        for entity in places:
            for record in entity.records:
                wanted = record.wanted
                if wanted is None or not wanted.country:
                    continue
                seen[wanted.country].append(record)
                state = countries.state(wanted.country)
                if state is not None and wanted.year and not state.existed(wanted.year):
                    years = f"{state.since or ''}-{state.until or ''}"
                    self._add(
                        record, "when", "country-before-it-was", str(wanted.year),
                        f"{state.name} existed {years}; was it another state?",
                    )  # fmt: skip
        for name, records in seen.items():
            state = countries.state(name)
            rows = len({record.spot for record in records})
            count = f" ({rows} rows)" if rows > 1 else ""
            if countries.is_blank(name):
                self._add(
                    records[0], "country", "country-absent", name,
                    f"Say which country it is, or leave the cell empty{count}.",
                )  # fmt: skip
            elif state is None:
                self._add(
                    records[0], "country", "country-unknown", name,
                    f"Correct it, or write its ISO 3166 code{count}.",
                )  # fmt: skip
            elif state.former:
                today = ", ".join(countries.names(code) for code in state.today)
                self._add(
                    records[0], "country", "country-former", name,
                    f"{state.since}-{state.until}; today {today}{count}.",
                )  # fmt: skip


def _point(entity: Entity) -> Point | None:
    return next((record.point for record in entity.records if record.point), None)


def _pointed(entity: Entity) -> list[Record]:
    """The first record of each point that the rows of a place say."""
    if len(entity.records) == 1:
        return entity.records if entity.first.point else []
    found: dict[Point, Record] = {}
    for record in entity.records:
        if record.point is not None:
            found.setdefault(record.point, record)
    return list(found.values())


def _with_point(entity: Entity) -> Record:
    return next((record for record in entity.records if record.point), entity.first)


def _shown(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


_CENTERS: dict[str, list[Point]] = {}


def _centers() -> dict[str, list[Point]]:
    """The points that common geocoders give for a country alone."""
    if not _CENTERS:
        text = files("glocal_kg._glocal.corpus.matching").joinpath("centers.tsv").read_text("utf-8")
        for line in text.splitlines()[1:]:
            code, latitude, longitude = line.split("\t")
            _CENTERS.setdefault(code, []).append((float(latitude), float(longitude)))
    return _CENTERS
