"""A scene as SVG text: valid XML, with links and names for readers who do not see it."""

from __future__ import annotations

from dataclasses import dataclass

from glocal_kg._drawing.picture import Picture
from glocal_kg._drawing.typeface import FONTS, fixed
from glocal_kg._glocal.butterfly.curves import number
from glocal_kg._glocal.butterfly.scene import (
    DrawnComponent,
    DrawnElement,
    DrawnPath,
    Lettering,
    Scene,
)
from glocal_kg._rdf.escaping import escape, quoted

# Orange and blue stay apart for all kinds of color vision; in gray, the dark rims, the spots and
# the headings carry the picture. Each pair of text and ground has a contrast of 4.5 or more.
PALETTE = {
    "paper": "#fcfaf4",
    "ink": "#1c1e26",
    "quiet": "#4d505e",
    "light": "#ffffff",
    "adverse-dark": "#5c2307",
    "adverse-near": "#e9963a",
    "adverse-far": "#f9cd85",
    "adverse-ink": "#8a3a0a",
    "favorable-dark": "#0c2f4b",
    "favorable-near": "#68b6dc",
    "favorable-far": "#b5dff0",
    "favorable-ink": "#0c4f7e",
    "body": "#20222e",
    "segment": "#3b3f54",
    "spot": "#fff6e0",
    "petal": "#93519e",
    "heart": "#f6cf4f",
    "stem": "#5b7f56",
    "area-ink": "#6d3379",
}
_SHADED = {
    "adverse-cell": ("adverse-far", "adverse-near"),
    "favorable-cell": ("favorable-near", "favorable-far"),
}
"""Fills that run from left to right: darker near the body, lighter toward the rim."""


@dataclass(frozen=True, repr=False)
class Butterfly(Picture):
    """A drawing of a map that keeps its scene; nothing is written before ``write`` is called."""

    scene: Scene

    @classmethod
    def of(cls, scene: Scene) -> Butterfly:
        """The picture of a scene."""
        size = (round(scene.width * scene.enlarge), round(scene.height * scene.enlarge))
        texts = ((block.weight, line) for block in scene.blocks() for line in block.lines.texts)
        return cls(write(scene), size, tuple(texts), scene)


def write(scene: Scene) -> str:
    """The scene as an SVG document; the same scene always gives the same bytes."""
    width, height = (number(side * scene.enlarge) for side in (scene.width, scene.height))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(scene.width)} '
        f'{number(scene.height)}" width="{width}" height="{height}" '
        f'role="graphics-document document" aria-labelledby="glocal-map-title" '
        f'aria-describedby="glocal-map-about"{_language(scene.language)} '
        f'font-family="{FONTS}">',
        f'<title id="glocal-map-title">{_clean(scene.title)}</title>',
        f'<desc id="glocal-map-about">{_clean(scene.description)}</desc>',
        "<defs>",
        *(_gradient(name, *ends) for name, ends in _SHADED.items()),
        "<style>a:hover text,a:focus text{text-decoration:underline}</style>",
        "</defs>",
        f'<rect width="{number(scene.width)}" height="{number(scene.height)}" '
        f'fill="{PALETTE["paper"]}"/>',
        '<g aria-hidden="true">',
        *map(_shape, scene.backdrop),
        "</g>",
        *map(_text, scene.texts),
    ]
    for part in scene.parts:
        if part.figures or part.heading:
            lines += _part(part)
    return "\n".join([*lines, "</svg>", ""])


def _part(part: DrawnComponent) -> list[str]:
    lines = [f'<g id="{part.name}">']
    if part.heading:
        lines += _figure(part.heading, 'role="heading" aria-level="2"')
    lines.append(f'<g role="list" aria-label={_attribute(part.label)}>')
    for figure in part.figures:
        lines += _figure(figure, 'role="listitem"')
    return [*lines, "</g>", "</g>"]


def _figure(figure: DrawnElement, role: str) -> list[str]:
    element = figure.element
    about = ": ".join(filter(None, (element.label, element.printed, element.definition)))
    body = [
        f"<title>{_clean(about)}</title>",
        *map(_shape, figure.shapes),
        _text(figure.text),
    ]
    if _is_web_address(element.iri):
        label = _attribute(": ".join(filter(None, (element.label, element.printed))))
        body = [f"<a href={_attribute(element.iri)} aria-label={label}>", *body, "</a>"]
    return [f"<g {role}{_language(element.language)}>", *body, "</g>"]


def _is_web_address(iri: str) -> bool:
    """Only web addresses become links: an IRI such as ``javascript:...`` must not be run."""
    return iri.lower().startswith(("https://", "http://"))


def _shape(shape: DrawnPath) -> str:
    fill = _paint(shape.fill) if shape.fill else "none"
    stroke = ""
    if shape.stroke:
        stroke = (
            f' stroke="{_paint(shape.stroke)}" stroke-width="{number(shape.width)}" '
            'stroke-linecap="round" stroke-linejoin="round"'
        )
    return f'<path d="{shape.path}" fill="{fill}"{stroke}/>'


def _text(text: Lettering) -> str:
    block = text.block
    weight = {"regular": "400", "semibold": "600"}[block.weight]
    anchor = "" if block.anchor == "start" else f' text-anchor="{block.anchor}"'
    lines = []
    for words, y in zip(block.lines.texts, block.baselines(), strict=True):
        length = fixed(block.weight, words, block.size)
        lines.append(
            f'<tspan x="{number(block.x)}" y="{number(y)}"{length}>{_clean(words)}</tspan>'
        )
    turn = ""
    if block.turn:
        turn = f' transform="rotate({number(block.turn)} {number(block.x)} {number(block.y)})"'
    return (
        f'<text font-size="{number(block.size)}" font-weight="{weight}" '
        f'fill="{PALETTE[text.color]}"{anchor}{turn}{_language(text.language)}>{"".join(lines)}</text>'
    )


def _paint(name: str) -> str:
    return f"url(#glocal-map-{name})" if name in _SHADED else PALETTE[name]


def _gradient(name: str, left: str, right: str) -> str:
    return (
        f'<linearGradient id="glocal-map-{name}"><stop offset="0" stop-color="{PALETTE[left]}"/>'
        f'<stop offset="1" stop-color="{PALETTE[right]}"/></linearGradient>'
    )


def _language(tag: str) -> str:
    return f' xml:lang="{tag}"' if tag else ""


def _clean(text: str) -> str:
    """Text for the content of an XML element."""
    return escape(_legal(text))


def _attribute(text: str) -> str:
    """Text for the value of an XML attribute, with its quotes."""
    return quoted(_legal(text))


def _legal(text: str) -> str:
    """Text without the signs that XML forbids; a replacement sign stands for each."""
    return "".join(
        c if (c >= " " and c not in "\ufffe\uffff") or c in "\t\n" else "\ufffd" for c in text
    )
