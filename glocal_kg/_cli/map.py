"""``glocal map``: the ideal map as a butterfly, or practices and partnerships on a world map."""

from __future__ import annotations

import os

from glocal_kg._cli.common import LANG, OWN, graph, on_terminal, tell, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._drawing.picture import Picture
    from glocal_kg._kg import KnowledgeGraph

VERB = Verb(
    "map [FILE] [options]",
    "Draw the ideal map from the graph as a butterfly: principles as body, adverse and favorable\n"
    "trends as wings, areas of attraction as flowers. With --world, draw practices and\n"
    "partnerships on a map of the world. SVG or PNG by the suffix of FILE; without FILE, SVG\n"
    "into a pipe.",
    "glocal map ideal-map.svg\n"
    "glocal map ideal-map.png --lang it --size talk\n"
    "glocal map both.svg --practices mine -d ours.ttl --beside theirs.ttl\n"
    "glocal map world.svg --world -d corpus.ttl",
    [
        Option(
            "--size",
            "a page (default), a slide of a talk, or a phone",
            choices=("page", "talk", "phone"),
        ),
        Option(
            "--map", "which ideal map, where the graph has several", value="NAME", without="world"
        ),
        Option(
            "--practices",
            "count practices by area: all, mine, or a graph",
            value="IRI",
            without="world",
        ),
        Option(
            "--beside", "a second butterfly, of this corpus alone", value="FILE", without="world"
        ),
        Option("--world", "a map of the world"),
        Option(
            "--arcs",
            "how lines run (--world)",
            choices=("great-circle", "straight"),
            only="world",
        ),
        Option(
            "--extent",
            "the world, or as much as the data need (--world)",
            choices=("world", "data"),
            only="world",
        ),
        Option(
            "--labels",
            "how many places are named (--world; default: 12)",
            value="N",
            only="world",
        ),
        Option(
            "--source",
            "read only a graph, or mine (--world)",
            value="IRI",
            many=True,
            only="world",
        ),
        Option("--font", "font for signs that ours lacks, for PNG", value="FILE", many=True),
        *OWN,
        LANG,
    ],
    most=1,
)


def run(given: Given) -> int:
    """Draw, and write the picture."""
    if not given.arguments and on_terminal():
        raise GlocalError("A picture needs a file.", remedy="glocal map ideal-map.svg")
    if given.has("font") and not (given.arguments and given.arguments[0].endswith(".png")):
        raise GlocalError(
            "--font has no effect on SVG, which its viewer draws with fonts of its own.",
            remedy="Leave it out, or name a file that ends in .png.",
        )
    picture = _world(given) if given.has("world") else _butterfly(given)
    for remark in picture.remarks:
        tell(remark)
    if given.arguments:
        write(str(picture.write(given.arguments[0], fonts=given.all("font"))))
    else:
        write(picture.svg, data=True)
    return 0


def _butterfly(given: Given) -> Picture:
    from glocal_kg._glocal.butterfly import draw
    from glocal_kg._glocal.source_graphs import named_sources

    def drawn(kg: KnowledgeGraph) -> Picture:
        return draw(
            kg,
            map=given.one("map") or None,
            size=given.one("size", "page"),
            practices=named_sources(kg, given.one("practices") or None, "all"),
        )

    kg = graph(given)
    picture = drawn(kg)
    if not given.has("beside"):
        return picture
    from glocal_kg._glocal.butterfly.pair import side_by_side
    from glocal_kg._opening import packaged_graph

    other = given.one("beside")
    own = ", ".join(os.path.basename(path) for path in given.all("data")) or "glocal-kg"
    second = packaged_graph(kg.languages)
    second.add(other)
    return side_by_side(picture, drawn(second), (own, os.path.basename(other)))


def _world(given: Given) -> Picture:
    from glocal_kg._glocal.source_graphs import named_sources
    from glocal_kg._glocal.worldmap.from_graph import world_map

    kg = graph(given)
    return world_map(
        kg,
        source=named_sources(kg, given.all("source") or None),
        size=given.one("size", "page"),
        arcs=given.one("arcs", "great-circle"),
        extent=given.one("extent", "world"),
        labels=given.whole("labels", 12),
    )
