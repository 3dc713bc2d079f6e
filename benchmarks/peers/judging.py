"""Jobs on ratings, networks and maps, ours and the peers'. All data are made with a fixed seed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.common import dispatch, measured, tell

CITIES = Path(__file__).parents[3] / "shared/realdata/wikidata-sister-cities-eu/sistercities.tsv"


def codes(units: int, raters: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Ratings on a scale of five that agree somewhat, a tenth of them missing."""
    generator = np.random.default_rng(1)
    true = generator.integers(0, 5, units)
    found = np.clip(true[:, None] + generator.integers(-1, 2, (units, raters)), 0, 4)
    found[generator.random((units, raters)) < 0.1] = -1
    return found.astype(np.int32)


def matrix(units: int, raters: int) -> Any:
    from glocal_kg._glocal.ratings.ratings import Matrix
    from glocal_kg._glocal.ratings.scale import Scale

    names = (tuple(map(str, range(units))), tuple(map(str, range(raters))))
    return Matrix(*names, codes(units, raters), Scale((1, 2, 3, 4, 5)))


def alpha(units: str, raters: str) -> None:
    """Ordinal alpha of one table."""
    from glocal_kg._glocal.ratings.rating import agree

    table = matrix(int(units), int(raters))
    with measured() as clock:
        found = agree(table, names=["alpha ordinal"], resamples=0)
    tell(**clock.told(), alpha=round(found["alpha ordinal"].value or 0.0, 10))


def alpha_peer(units: str, raters: str) -> None:
    """The same by the package krippendorff."""
    import krippendorff

    found = codes(int(units), int(raters))
    data = np.where(found < 0, np.nan, found + 1.0).T
    with measured() as clock:
        value = krippendorff.alpha(data, level_of_measurement="ordinal")
    tell(**clock.told(), alpha=round(float(value), 10))


def bootstrap(units: str, raters: str, resamples: str) -> None:
    """The interval of ordinal alpha over units."""
    from glocal_kg._glocal.ratings.bootstrap import interval
    from glocal_kg._glocal.ratings.coefficients import coefficient

    table = matrix(int(units), int(raters))
    with measured() as clock:
        found = interval(coefficient("alpha ordinal"), table, seed=1, resamples=int(resamples))
    tell(**clock.told(), low=found.low, high=found.high)


def bootstrap_peer(units: str, raters: str, resamples: str) -> None:
    """The same, one resample after the other, by the package krippendorff."""
    import krippendorff

    found = codes(int(units), int(raters))
    data = np.where(found < 0, np.nan, found + 1.0)
    drawn = np.random.default_rng(1).integers(0, int(units), (int(resamples), int(units)))
    with measured() as clock:
        values = [
            krippendorff.alpha(data[rows].T, level_of_measurement="ordinal") for rows in drawn
        ]
        low, high = np.quantile(values, [0.025, 0.975])
    tell(**clock.told(), low=float(low), high=float(high))


def cities() -> Any:
    """The largest component of the sister cities, or a random graph of its size."""
    import networkx as nx

    if not CITIES.exists():
        graph = nx.gnm_random_graph(5678, 7400, seed=1)
        return nx.relabel_nodes(graph, str)
    graph = nx.MultiGraph()
    with CITIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            graph.add_edge(
                f"{row['origincityLabel']}, {row['origincountry']}",
                f"{row['sistercityLabel']}, {row['destination_countryLabel']}",
            )
    return graph.subgraph(max(nx.connected_components(graph), key=len)).copy()


def betweenness(engine: str) -> None:
    """All measures of a network with one engine for betweenness."""
    from hashlib import sha256

    from glocal_kg._glocal.networks.measures import measure

    graph = cities()
    with measured() as clock:
        found = measure(graph, engine=engine)
    digest = sha256(repr(found.to_dicts()).encode()).hexdigest()
    tell(**clock.told(), nodes=len(found.nodes), measures=digest)


def world(partnerships: str) -> None:
    """A world map, as SVG."""
    from glocal_kg._glocal.worldmap.content import MappedPlace, Tie
    from glocal_kg._glocal.worldmap.drawing import draw_world

    count = int(partnerships)
    generator = np.random.default_rng(1)
    spots = generator.uniform((-60, -180), (75, 180), (max(2, count // 3), 2)).tolist()
    places = [
        MappedPlace(f"u{n}", f"Town {n}", lat, lon, n % 9) for n, (lat, lon) in enumerate(spots)
    ]
    ends = generator.integers(0, len(places), (count, 2)).tolist()
    ties = [Tie(f"u{one}", f"u{other}") for one, other in ends]
    with measured() as clock:
        picture = draw_world(places, ties)
    tell(**clock.told(), bytes=len(picture.svg))


def drawn(what: str, practices: str) -> None:
    """A world map or a butterfly of a graph with so many practices of two, as SVG."""
    import glocal_kg as gk

    generator = np.random.default_rng(1)
    towns = max(2, int(practices) // 2)
    spots = generator.uniform((-60, -180), (75, 180), (towns, 2)).round(3).tolist()
    areas = ("culture", "youth", "sport", "tourism")
    facts = [
        f'ex:t{n} a glocal:City ; rdfs:label "Town {n}"@en ; geo:lat {lat} ; geo:long {lon} .'
        for n, (lat, lon) in enumerate(spots)
    ]
    facts += [
        f'ex:p{n} a glocal:Practice ; rdfs:label "Practice {n}"@en ; '
        f"glocal:theme area:{areas[n % 4]} ; glocal:participant ex:t{one} , ex:t{other} ."
        for n, (one, other) in enumerate(generator.integers(0, towns, (int(practices), 2)).tolist())
    ]
    prefixes = {
        "glocal": "https://w3id.org/glocal/ontology#",
        "area": "https://w3id.org/glocal/id/area/",
        "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "ex": "https://example.org/",
    }
    head = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in prefixes.items()]
    kg = gk.load()
    kg.add(gk.Text("\n".join([*head, *facts]), "turtle"))
    with measured() as clock:
        picture = kg.map(world=True, source="mine") if "world" in what else kg.map(practices="mine")
    tell(**clock.told(), bytes=len(picture.svg))


if __name__ == "__main__":
    dispatch(
        {
            "alpha": alpha,
            "alpha-peer": alpha_peer,
            "bootstrap": bootstrap,
            "bootstrap-peer": bootstrap_peer,
            "betweenness": betweenness,
            "world": world,
            "drawn": drawn,
        }
    )
