"""``glocal map``: the ideal map as a picture."""

from __future__ import annotations

from glocal_kg._cli.common import DATA, LANG, graph, on_terminal, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError

VERB = Verb(
    "map [FILE] [options]",
    "Draw the ideal map from the graph as a butterfly: principles as body, adverse and favorable\n"
    "trends as wings, areas of attraction as flowers. SVG or PNG by the suffix of FILE; without\n"
    "FILE, SVG into a pipe.",
    "glocal map ideal-map.svg\nglocal map ideal-map.png --lang it --size talk",
    [
        Option("--size", "a page (default) or a slide of a talk", choices=("page", "talk")),
        Option("--map", "which map, where the graph has several", value="IRI"),
        Option("--font", "font for signs that ours lacks, for PNG", value="FILE", many=True),
        DATA,
        LANG,
    ],
    most=1,
)


def run(given: Given) -> int:
    """Draw, and write the picture."""
    if not given.arguments and on_terminal():
        raise GlocalError("A picture needs a file.", remedy="glocal map ideal-map.svg")
    from glocal_kg._glocal.butterfly import draw

    picture = draw(graph(given), map=given.one("map") or None, size=given.one("size", "page"))
    if given.arguments:
        write(str(picture.write(given.arguments[0], fonts=given.all("font"))))
    else:
        write(picture.svg)
    return 0
