"""A network as a picture: nodes on a circle by community, links as chords.

The circle needs no drawing of lots and no forces, so the same network is the same picture; nodes
of one community stand together, and a name never lies on another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import cos, pi, sin, sqrt

from glocal_kg._drawing.picture import Picture
from glocal_kg._drawing.typeface import FONTS, face, fixed
from glocal_kg._glocal.networks.building import Graph
from glocal_kg._glocal.networks.measures import NetworkMeasures, NodeMeasures, measure
from glocal_kg._glocal.networks.words import WORDS
from glocal_kg._glocal.tongues import spoken
from glocal_kg._rdf.escaping import escape

_SIZE, _HEAD, _FOOT, _MARGIN = 1200, 70, 50, 24
_HIGH, _MIDDLE = _SIZE + _HEAD + _FOOT - 2 * _MARGIN, _HEAD + _SIZE / 2 - _MARGIN
_LEAD = 20  # from a node to its name
_INK, _QUIET, _PAPER = "#1c1e26", "#4d505e", "#fcfaf4"
# Okabe and Ito's colors, told apart with any color vision; communities stand apart on the circle
# as well, with a gap between them.
_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


def draw_network(
    graph: Graph,
    measured: NetworkMeasures | None = None,
    *,
    most: int = 90,
    title: str = "",
    language: str | Sequence[str] = "en",
) -> Picture:
    """The nodes with most links on a circle, and the links between them; SVG and PNG.

    ``measured`` are the measures of the graph, where they are at hand. How many nodes there are
    and how many are shown is said. Raises nothing of its own: an empty network is an empty circle.
    """
    measured = measured or measure(graph)
    chosen = sorted(measured.nodes, key=lambda one: (-one.links, one.name, one.id))[:most]
    chosen.sort(key=lambda one: (one.community, -one.links, one.name, one.id))
    words = WORDS[spoken(language)]
    projection = str(graph.graph.get("projection", "network"))
    title = title or words.names.get(projection, projection)
    counts = {"nodes": len(measured.nodes), "links": measured.links, "shown": len(chosen)}
    said = words.heading.format(network=title, **counts)
    note = words.few.format(**counts) if len(chosen) < len(measured.nodes) else ""
    angles, step = _angles(chosen)
    radius, type_size = _room(chosen, step)
    lines = [*_chords(graph, chosen, angles, radius)]
    texts = [("semibold", said), ("regular", note)]
    for node in chosen:
        lines += _node(node, angles[node.id], radius, type_size)
        texts.append(("regular", _short(node.name)))
    about = ", ".join(f"{node.name} ({node.links})" for node in measured.top("links", 8))
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_HIGH}" width="{_SIZE}" '
        f'height="{_HIGH}" role="img" aria-labelledby="glocal-network-title" '
        f'aria-describedby="glocal-network-about" xml:lang="{words.language}" '
        f'lang="{words.language}" '
        f'font-family="{FONTS}">',
        f'<title id="glocal-network-title">{escape(said)}</title>',
        f'<desc id="glocal-network-about">{escape(f"{note} {about}".strip())}</desc>',
        f'<rect width="{_SIZE}" height="{_HIGH}" fill="{_PAPER}"/>',
        f'<text x="30" y="48" font-size="28" font-weight="600" fill="{_INK}"'
        f"{fixed('semibold', said, 28)}>{escape(said)}</text>",
        f'<text x="30" y="{_HIGH - 24}" font-size="17" fill="{_QUIET}"'
        f"{fixed('regular', note, 17)}>{escape(note)}</text>",
    ]
    return Picture("\n".join([*head, *lines, "</svg>", ""]), (_SIZE, _HIGH), tuple(texts))


def _angles(chosen: list[NodeMeasures]) -> tuple[dict[str, float], float]:
    """Where each node stands, with a gap of one node between communities; and the least angle."""
    groups = len({node.community for node in chosen})
    step = 2 * pi / max(1, len(chosen) + (groups if groups > 1 else 0))
    found: dict[str, float] = {}
    at, before = -pi / 2, None
    for node in chosen:
        at += step * (2 if before is not None and node.community != before else 1)
        found[node.id] = at
        before = node.community
    return found, step


def _room(chosen: list[NodeMeasures], step: float) -> tuple[float, float]:
    """The radius of the circle and the size of type, so that every name is on the sheet whole."""
    widest = max((face("regular").width(_short(node.name)) for node in chosen), default=1.0)
    room = _SIZE / 2 - _MARGIN - _LEAD
    size = min(21.0, room / (widest + 1 / step))
    return room - widest * size, size


def _point(angle: float, radius: float) -> tuple[float, float]:
    return _SIZE / 2 + radius * cos(angle), _MIDDLE + radius * sin(angle)


def _chords(
    graph: Graph, chosen: list[NodeMeasures], angles: dict[str, float], radius: float
) -> list[str]:
    """Links as curves that bend to the middle; parallel links are one, as wide as their number."""
    community = {node.id: node.community for node in chosen}
    counted = Counter(
        (min(str(one), str(other)), max(str(one), str(other)))
        for one, other in graph.edges()
        if str(one) in angles and str(other) in angles and one != other
    )
    lines = ['<g fill="none" stroke-opacity="0.45" aria-hidden="true">']
    for (one, other), count in sorted(counted.items()):
        (x, y), (to_x, to_y) = _point(angles[one], radius), _point(angles[other], radius)
        same = community[one] == community[other]
        color = _COLORS[(community[one] - 1) % len(_COLORS)] if same else "#8d8778"
        bend_x, bend_y = _SIZE / 2, _MIDDLE
        pull = 0.35 if same else 0.8
        middle_x = (x + to_x) / 2 + (bend_x - (x + to_x) / 2) * pull
        middle_y = (y + to_y) / 2 + (bend_y - (y + to_y) / 2) * pull
        lines.append(
            f'<path d="M{x:.1f} {y:.1f}Q{middle_x:.1f} {middle_y:.1f} {to_x:.1f} {to_y:.1f}" '
            f'stroke="{color}" stroke-width="{min(8.0, 1 + count):.1f}"/>'
        )
    return [*lines, "</g>"]


def _node(node: NodeMeasures, angle: float, circle: float, size: float) -> list[str]:
    x, y = _point(angle, circle)
    radius = round(min(14.0, 3 + 1.5 * sqrt(node.links)), 1)
    to_x, to_y = _point(angle, circle + _LEAD)
    turned = angle * 180 / pi
    anchor = "start"
    if cos(angle) < 0:
        turned, anchor = turned + 180, "end"
    color = _COLORS[(node.community - 1) % len(_COLORS)]
    return [
        f"<g><title>{escape(f'{node.name}: {node.links}')}</title>"
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{color}" stroke="{_PAPER}"/></g>',
        f'<text x="{to_x:.1f}" y="{to_y:.1f}" font-size="{size:.1f}" fill="{_INK}" '
        f'text-anchor="{anchor}" dominant-baseline="middle" '
        f'transform="rotate({turned:.2f} {to_x:.1f} {to_y:.1f})"'
        f"{fixed('regular', _short(node.name), size)}>"
        f"{escape(_short(node.name))}</text>",
    ]


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
