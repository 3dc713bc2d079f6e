"""Jobs on tables of one's own: reading, importing, matching. Workbooks are made, not kept."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

from benchmarks.peers.common import dispatch, measured, tell

CITIES = Path(__file__).parents[3] / "shared/realdata/wikidata-sister-cities-eu/sistercities.tsv"
HEADER = ["id", "name", "country", "lat", "long", "population", "joined", "status"]
HEADER += [f"flag {n}" for n in range(6)] + [f"note {n}" for n in range(8)]
MAPPING = """
language: en
missing: ["-"]
things:
  city:
    class: glocal:City
    key: id
    columns:
      id: dcterms:identifier
      name: {property: rdfs:label, required: true}
      lat: geo:lat
      long: geo:long
      population: {property: gn:population, type: whole}
      joined: {property: schema:startDate, type: date}
      status: {property: schema:status, values: {member: ex:Member, guest: ex:Guest}}
FLAGS
    match: {name: name, country: country, latitude: lat, longitude: long, population: population}
    links: {glocal:locatedIn: country}
  country:
    class: glocal:Place
    key: country
    columns: {country: skos:notation}
prefixes: {ex: https://example.org/}
"""


def mapping() -> Any:
    """The mapping of the workbook: all of its 22 columns are read."""
    from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of

    flags = [f"      flag {n}: {{property: ex:flag{n}, type: boolean}}" for n in range(6)]
    flags += [f"      note {n}: ex:note{n}" for n in range(8)]
    return mapping_of(MAPPING.replace("FLAGS", "\n".join(flags)), "bench.yaml", "bench")


def write(path: str, rows: str) -> None:
    """A workbook of cities with a slip here and there, as spreadsheet programs write it."""
    import openpyxl

    from glocal_kg._glocal.corpus.matching.gazetteer import packaged

    chance = random.Random(1)
    places = packaged().places
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER)
    for number in range(int(rows)):
        place = places[number * 17 % len(places)]
        slip = chance.random()
        population: Any = place.population if slip > 0.01 else chance.choice(["-", "12 000"])
        sheet.append(
            [f"{number:06}", place.name, place.country, place.latitude, place.longitude]
            + [population, f"{1990 + number % 30}-05-17", chance.choice(["member", "guest"])]
            + [chance.random() < 0.5 for _ in range(6)]
            + [f"note {chance.randrange(50)}" for _ in range(8)]
        )
    book.save(path)
    tell(rows=int(rows))


def read(path: str) -> None:
    """What openpyxl's read-only mode needs for the same cells."""
    import openpyxl

    with measured() as clock:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        cells = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    tell(**clock.told(), cells=cells)


def table(path: str) -> None:
    """The import, with matching, checks and the report."""
    from glocal_kg import KnowledgeGraph

    kg = KnowledgeGraph()
    given = mapping()
    with measured() as clock:
        result = kg.import_table(path, given)
        report = result.findings.csv()
    tell(
        **clock.told(), facts=len(kg), findings=report.count("\n") - 1,
        aside=result.set_aside,
    )  # fmt: skip


def match(coordinates: str, times: str = "1") -> None:
    """The cities of the given file: right and wrong by 15 km, and how long it took."""
    from glocal_kg._glocal.corpus.matching import Wanted, match_places
    from glocal_kg._glocal.corpus.matching.gazetteer import distance, packaged

    cities: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    with CITIES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            cell = list(row.values())
            cities.setdefault((cell[0], cell[1]), set()).add(tuple(cell[2:5]))
            cities.setdefault((cell[5], cell[9]), set()).add(tuple(cell[6:9]))
    wanted, truth = [], []
    for (name, country), seen in cities.items():
        latitude, longitude, population = (float(v) if v else None for v in min(seen))
        assert latitude is not None
        assert longitude is not None
        truth.append((latitude, longitude))
        point = (latitude, longitude) if coordinates == "with" else (None, None)
        wanted.append(Wanted(name, country, *point, population))
    with measured() as clock:
        found = match_places(wanted * int(times), packaged())[: len(wanted)]
    near = [
        distance(point, (one.place.latitude, one.place.longitude)) <= 15
        for one, point in zip(found, truth, strict=True)
        if one.place and one.place.latitude is not None and one.place.longitude is not None
    ]
    tell(**clock.told(), right=sum(near), wrong=len(near) - sum(near))


if __name__ == "__main__":
    dispatch({"write": write, "read": read, "import": table, "match": match})
