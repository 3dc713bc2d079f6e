"""Networks as files: GEXF for Gephi, GraphML for yEd and igraph, GeoJSON for maps.

Each says what made the network and which sources it rests on. The whole file is made before it is
written, so a failed export leaves no file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import networkx as nx

from glocal_kg._glocal.networks.attributes import as_name, clean, plain, shown, types
from glocal_kg._glocal.networks.building import Graph
from glocal_kg._glocal.sphere import arc
from glocal_kg._glocal.tongues import chosen
from glocal_kg._rdf.arguments import TEXT_OR_TEXTS, a, path_of, takes
from glocal_kg._rdf.escaping import escape, quoted
from glocal_kg._rdf.writing.whole_file import write_whole
from glocal_kg.errors import ParameterError

_GRAPHML_TYPES = {"integer": "int", "liststring": "string"}


@takes(graph=a("a networkx graph", nx.Graph), language=TEXT_OR_TEXTS)
def export(
    graph: Graph, path: str | PathLike[str], *, language: str | Sequence[str] = "en"
) -> Path:
    """Write a networkx graph to ``.gexf``, ``.graphml`` or ``.geojson``, as the suffix says.

    ``.svg`` and ``.png`` are a picture of its nodes with most links on a circle, with words in
    ``language`` (en, it, fr).

    Raises ``ParameterError`` for another suffix, ``GlocalError`` where the file cannot be
    written; then nothing is left of it.
    """
    target = path_of("path", path)
    if target.suffix.lower() in PICTURES:
        from glocal_kg._glocal.networks.drawing import draw_network

        return draw_network(graph, language=chosen(language)).write(target)
    if target.suffix.lower() not in WRITERS:
        raise ParameterError(
            f"A network cannot be written as '{target.name}'.",
            remedy=f"Give a name that ends in {', '.join((*WRITERS, *PICTURES))}.",
        )
    return write_whole(target, WRITERS[target.suffix.lower()](graph))


def gexf(graph: Graph) -> str:
    """The graph in GEXF 1.3: every attribute declared with its type, parallel links by id.

    The kind of a link is its kind in Gephi too, so that links of several kinds stay apart there.
    """
    nodes = list(graph.nodes(data=True))
    links = _links(graph)
    of_nodes, of_links = types(data for _, data in nodes), types(data for *_, data in links)
    of_links.pop("weight", None)  # GEXF has its own
    kind = "directed" if graph.is_directed() else "undirected"
    about = "; ".join(f"{name}: {value}" for name, value in _about(graph).items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f"<meta><creator>glocal-kg</creator><description>{escape(about)}</description></meta>",
        f'<graph defaultedgetype="{kind}" mode="static">',
        *_gexf_attributes("node", of_nodes),
        *_gexf_attributes("edge", of_links),
        "<nodes>",
    ]
    for node, data in nodes:
        label = quoted(clean(str(data.get("name", node))))
        lines.append(f"<node id={quoted(clean(str(node)))} label={label}>")
        lines += [*_gexf_values(data, of_nodes), "</node>"]
    lines += ["</nodes>", "<edges>"]
    for number, (one, other, key, data) in enumerate(links):
        ends = f"source={quoted(clean(str(one)))} target={quoted(clean(str(other)))}"
        weight = shown(data.get("weight")) or "1.0"
        told = f'weight="{weight}" label={quoted(clean(str(key)))}'
        if data.get("kind"):
            told += f" kind={quoted(clean(str(data['kind'])))}"
        lines.append(f'<edge id="{number}" {ends} {told}>')
        lines += [*_gexf_values(data, of_links), "</edge>"]
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""])


def _gexf_attributes(of: str, kinds: dict[str, str]) -> list[str]:
    return [
        f'<attributes class="{of}" mode="static">',
        *(
            f'<attribute id={quoted(name)} title={quoted(name)} type="{kind}"/>'
            for name, kind in kinds.items()
        ),
        "</attributes>",
    ]


def _gexf_values(data: Mapping[str, object], kinds: dict[str, str]) -> list[str]:
    cells = [(name, shown(data.get(name))) for name in kinds]
    return [
        "<attvalues>",
        *(
            f"<attvalue for={quoted(name)} value={quoted(cell)}/>"
            for name, cell in cells
            if cell is not None
        ),
        "</attvalues>",
    ]


def graphml(graph: Graph) -> str:
    """The graph in GraphML 1.0, valid by its schema, with every attribute and its type declared.

    The schema takes no IRI for an id: nodes and links are numbered, and ``identifier`` is what a
    node is called in the graph, and the key of a link. ``label`` is the name of a node and again
    the key of a link: what Gephi and others print.
    """
    about = _about(graph)
    numbers = {node: f"n{place}" for place, node in enumerate(graph)}
    nodes = [
        (numbers[node], {"identifier": str(node), "label": data.get("name", node), **data})
        for node, data in graph.nodes(data=True)
    ]
    links = [
        (numbers[one], numbers[other], {**_keyed(key), **data})
        for one, other, key, data in _links(graph)
    ]
    keys = {
        of: _Keys(of, types(rows), first)
        for of, rows, first in (
            ("graph", [about], "g"),
            ("node", [data for _, data in nodes], "v"),
            ("edge", [data for *_, data in links], "e"),
        )
    }
    kind = "directed" if graph.is_directed() else "undirected"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(line for one in keys.values() for line in one.declared()),
        f'<graph id="G" edgedefault="{kind}">',
        *keys["graph"].values(about),
    ]
    for node, data in nodes:
        lines += [f'<node id="{node}">', *keys["node"].values(data), "</node>"]
    for number, (one, other, data) in enumerate(links):
        lines.append(f'<edge id="l{number}" source="{one}" target="{other}">')
        lines += [*keys["edge"].values(data), "</edge>"]
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _keyed(key: object) -> dict[str, object]:
    return {} if key in (None, "") else {"identifier": str(key), "label": str(key)}


@dataclass(frozen=True, slots=True)
class _Keys:
    """The attributes of nodes, links or the graph with their types, and how GraphML names them."""

    of: str
    kinds: dict[str, str]
    first: str

    def declared(self) -> Iterator[str]:
        """A key for each; names are as the schema takes them, with ``_`` for other signs."""
        taken: set[str] = set()
        for place, (name, kind) in enumerate(self.kinds.items()):
            shown_name = as_name(name, taken)
            taken.add(shown_name)
            yield (
                f'<key id="{self.first}{place}" for="{self.of}" attr.name={quoted(shown_name)} '
                f'attr.type="{_GRAPHML_TYPES.get(kind, kind)}"/>'
            )

    def values(self, data: Mapping[str, object]) -> Iterator[str]:
        """What is known of a node, of a link, or of the graph."""
        for place, name in enumerate(self.kinds):
            cell = shown(data.get(name))
            if cell is not None:
                yield f'<data key="{self.first}{place}">{escape(cell)}</data>'


def geojson(graph: Graph) -> str:
    """The graph in GeoJSON (RFC 7946): nodes as points, links along great circles.

    What crosses the antimeridian is cut there, as the standard asks; what has no place is a
    feature without a geometry. What made the graph stands beside the features.
    """
    features = []
    places = {}
    for node, data in graph.nodes(data=True):
        lat, lon = data.get("lat"), data.get("lon")
        places[node] = None if lat is None or lon is None else (float(lat), float(lon))
        point = None if places[node] is None else {"type": "Point", "coordinates": [lon, lat]}
        rest = {name: value for name, value in data.items() if name not in ("lat", "lon")}
        features.append(_feature(point, {"id": str(node), **rest}))
    for one, other, key, data in _links(graph):
        ends = {"source": str(one), "target": str(other), "key": str(key)}
        features.append(_feature(_line(places[one], places[other]), {**ends, **data}))
    about = {"about": _about(graph)} if graph.graph else {}
    return _json({"type": "FeatureCollection", **about, "features": features})


Place = tuple[float, float] | None


def _line(one: Place, other: Place) -> dict[str, object] | None:
    if one is None or other is None or one == other:
        return None
    parts = [
        [[round(lon, 5), round(lat, 5)] for lon, lat in part]
        for part in arc((one[1], one[0]), (other[1], other[0]))
    ]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _feature(geometry: object, properties: dict[str, object]) -> dict[str, object]:
    known = {name: plain(value) for name, value in sorted(properties.items())}
    return {"type": "Feature", "geometry": geometry, "properties": known}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _about(graph: Graph) -> dict[str, object]:
    """What the graph says of itself: its projection, the query that made it, its sources."""
    return {str(name): plain(value) for name, value in sorted(graph.graph.items())}


def _links(graph: Graph) -> list[tuple[object, object, object, dict[str, object]]]:
    """The links with their keys; of a graph without parallel links, with an empty key."""
    if isinstance(graph, nx.MultiGraph):
        return list(graph.edges(keys=True, data=True))
    return [(one, other, "", data) for one, other, data in graph.edges(data=True)]


WRITERS: dict[str, Callable[[Graph], str]] = {
    ".gexf": gexf,
    ".graphml": graphml,
    ".geojson": geojson,
}
PICTURES = (".svg", ".png")
