"""The whole drawing: the parts at their places, each with type as large as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from glocal_kg._drawing.typeface import LEADING, face
from glocal_kg._glocal.butterfly.body import Body, body
from glocal_kg._glocal.butterfly.content import Element, Group, MapContent
from glocal_kg._glocal.butterfly.curves import Box, Line
from glocal_kg._glocal.butterfly.flowers import Flower, flower_row
from glocal_kg._glocal.butterfly.page import Page, page
from glocal_kg._glocal.butterfly.scene import (
    DrawnComponent,
    DrawnElement,
    DrawnPath,
    Lettering,
    Scene,
    area_of,
    disc,
    stroke_of,
    together,
)
from glocal_kg._glocal.butterfly.setting import (
    TextBlock,
    TextLines,
    breaks,
    largest,
    place,
    shorten,
)
from glocal_kg._glocal.butterfly.trends import WingCells, room_in, sides
from glocal_kg._glocal.butterfly.wings import Wing
from glocal_kg._glocal.butterfly.words import ButterflyWords, words
from glocal_kg._study.vocab import RESOURCE

Ways = list[TextLines]
MAP_OF_2002 = f"{RESOURCE}map/butterfly-2002"  # the study says that it is a butterfly
_OF_AXIS, _OF_AREAS = 0.8, 0.85  # largest type there, as a share of that of the trends


def lay_out(content: MapContent, size: str, languages: Sequence[str], more: str = "") -> Scene:
    """The scene of a map on the page of the named size (see ``page``).

    ``more`` is printed before the note.
    """
    paper, said = page(size), words(languages)
    note = said.note if content.map.iri == MAP_OF_2002 else said.unnamed
    said = replace(said, note=f"{more} {note}".strip())
    poles = content.poles
    trunk = _trunk(paper, content.principles, max(2, len(poles)))
    left, right = sides(
        paper.wings,
        [_ways(element) for element in content.adverse.elements],
        [_ways(element) for element in content.favorable.elements],
        trunk.reach(),
        paper.type,
        paper.legible,
    )
    outlines = [*left.wing.outlines, *right.wing.outlines, trunk.outline]
    parts = [
        DrawnComponent("mottos", said.mottos, None, tuple(_mottos(paper, content.mottos))),
        _axis(paper, content.principles, trunk),
        _trends(paper, trunk, "adverse", content.adverse, left),
        _trends(paper, trunk, "favorable", content.favorable, right),
        _areas(paper, content.areas, trunk, outlines),
        DrawnComponent("poles", said.poles, None, tuple(_poles(poles, trunk))),
    ]
    sizes = [figure.text.block.size for part in parts[1:5] for figure in part.figures]
    return Scene(
        width=paper.width,
        height=paper.height,
        title=content.map.label,
        description=_description(content, said),
        language=content.map.language or said.language,
        backdrop=tuple(_backdrop(trunk, left.wing, right.wing)),
        texts=tuple(_lines(paper, content, said)),
        parts=tuple(parts),
        enlarge=max(1.0, paper.legible / min(sizes)),
    )


def sentence(label: str) -> str:
    """A label with a capital at its start, as on a poster.

    >>> sentence("“fuel” of conflict"), sentence("ICT")
    ('“Fuel” of conflict', 'ICT')
    """
    for first, character in enumerate(label):
        if character.isalpha():
            capital = character.upper()
            return label[:first] + capital + label[first + 1 :] if len(capital) == 1 else label
    return label


def _ways(element: Element, weight: str = "semibold") -> Ways:
    return breaks(sentence(shorten(element.label)), face(weight))


def _lines(paper: Page, content: MapContent, said: ButterflyWords) -> list[Lettering]:
    """Title and note."""
    head = paper.title
    if not content.mottos:  # the title has both rows to itself
        head = Box(head.x, head.y, head.width, paper.motto.bottom - head.y)
    title = _fitted(_ways(content.map), head, paper.type * 1.5)
    note = _fitted(breaks(said.note, face("regular")), paper.note, paper.type * 0.6, "regular")
    return [Lettering(title, "ink", content.map.language), Lettering(note, "quiet", said.language)]


def _mottos(paper: Page, mottos: Sequence[Element]) -> list[DrawnElement]:
    """What the picture of the source says in words, below the title."""
    figures = []
    for number, motto in enumerate(mottos):
        height = paper.motto.height / len(mottos)
        row = Box(paper.motto.x, paper.motto.y + number * height, paper.motto.width, height)
        ways = breaks(shorten(motto.printed), face("regular"))
        block = _fitted(ways, row, paper.type, "regular")
        figures.append(DrawnElement(motto, Lettering(block, "quiet"), (), row))
    return figures


def _fitted(ways: Ways, box: Box, most: float, weight: str = "semibold") -> TextBlock:
    return place(ways, [box], min(most, largest(ways, [box])), air=1.0, weight=weight)


def _trunk(paper: Page, principles: Group, antennae: int) -> Body:
    """The body, each of its cells as high as the lines of its name need."""
    ways = [_ways(element) for element in principles.elements]
    width, high = paper.trunk.width * 0.76, paper.trunk.height * 0.80  # what the taper leaves
    weights = [1.0] * len(ways)
    for step in range(60):
        size = paper.type * _OF_AXIS * 0.97**step
        rows = [
            next((len(way.texts) for way in some if way.width * size <= width), 0) for some in ways
        ]
        needed = [row * LEADING + 0.7 for row in rows]
        needed[-1:] = [last + 0.4 for last in needed[-1:]]  # the round end of the tail
        if all(rows) and sum(needed) * size <= high:
            weights = needed
            break
    return body(paper.trunk, weights, antennae, paper.headings.center[1])


def _trends(paper: Page, trunk: Body, name: str, group: Group, side: WingCells) -> DrawnComponent:
    figures = [
        DrawnElement(
            element,
            Lettering(block, "ink", element.language),
            (area_of(cell, f"{name}-cell", side.wing.rounding),),
            cell,
        )
        for element, block, cell in zip(group.elements, side.names, side.wing.cells, strict=True)
    ]
    return _part(name, group, paper, trunk, figures)


def _axis(paper: Page, group: Group, trunk: Body) -> DrawnComponent:
    ways = [_ways(element) for element in group.elements]
    rooms = [room_in(cell) for cell in trunk.segments]
    fits = [largest(way, free) for way, free in zip(ways, rooms, strict=True)]
    size = min([paper.type * _OF_AXIS, *fits])
    figures = [
        DrawnElement(
            element,
            Lettering(place(way, free, size, air=1.0), "light", element.language),
            (area_of(cell, "segment", trunk.rounding),),
            cell,
        )
        for element, way, free, cell in zip(
            group.elements, ways, rooms, trunk.segments, strict=True
        )
    ]
    return _part("axis", group, paper, trunk, figures)


def _areas(paper: Page, group: Group, trunk: Body, outlines: list[Line]) -> DrawnComponent:
    most = paper.type * _OF_AREAS
    ways = [_ways(element) for element in group.elements]
    flowers = flower_row(paper.flowers, ways, outlines, most)
    fits = [largest(way, [flower.label]) for way, flower in zip(ways, flowers, strict=True)]
    size = min([most, *fits])
    figures = [
        DrawnElement(
            element,
            Lettering(_hanging(way, flower.label, size), "ink", element.language),
            tuple(_flower_shapes(flower)),
            flower.label,
        )
        for element, way, flower in zip(group.elements, ways, flowers, strict=True)
    ]
    return _part("areas", group, paper, trunk, figures)


def _hanging(ways: Ways, box: Box, size: float) -> TextBlock:
    """Text at the top of its box, so that names below a row of stems start at one height."""
    block = place(ways, [box], size, air=1.0)
    height = block.lines.height * size
    return place([block.lines], [Box(box.x, box.y, box.width, height)], size)


def _poles(poles: Sequence[Element], trunk: Body) -> list[DrawnElement]:
    figures = []
    for element, tip in zip(poles, trunk.tips, strict=False):
        radius = _tip(trunk)
        box = Box(tip[0] - radius, tip[1] - radius, 2 * radius, 2 * radius)
        # A typewriter's hyphen stands for the minus that the sign of the pole is.
        signs = breaks(element.printed.replace("-", "−"), face("semibold"))
        size = radius * 1.7
        # A sign stands higher on the line than letters do.
        block = place(signs, [Box(box.x, box.y + size * 0.07, box.width, box.height)], size)
        shape = disc(tip, radius, "body")
        figures.append(
            DrawnElement(element, Lettering(block, "light", element.language), (shape,), box)
        )
    return figures


def _part(
    name: str, group: Group, paper: Page, trunk: Body, figures: list[DrawnElement]
) -> DrawnComponent:
    """A component with its heading: in the row above the wings, or below the flowers."""
    element = group.heading
    if element is None:  # they are in no list: only those who cannot see are told a name
        return DrawnComponent(name, name, None, tuple(figures))
    row, axis = paper.headings, trunk.head[0][0]
    # Beside the tips of the antennae, or between the feelers.
    spread = trunk.tips[-1][0] - axis
    beside = axis - spread - 1.4 * _tip(trunk) - row.x
    box, anchor, color = {
        "axis": (Box(axis - 0.56 * spread, row.y, 1.12 * spread, row.height), "middle", "ink"),
        "adverse": (Box(row.x, row.y, beside, row.height), "start", "adverse-ink"),
        "favorable": (Box(row.right - beside, row.y, beside, row.height), "end", "favorable-ink"),
        "areas": (paper.areas, "middle", "area-ink"),
    }[name]
    block = _fitted(_ways(element), box, paper.type * 1.1)
    x = {"start": box.x, "middle": box.center[0], "end": box.right}[anchor]
    block = TextBlock(block.lines, block.size, x, block.y, block.weight, anchor)
    heading = DrawnElement(element, Lettering(block, color, element.language), (), box)
    return DrawnComponent(name, element.label, heading, tuple(figures))


def _tip(trunk: Body) -> float:
    """The radius of the disc at the end of a feeler that holds the sign of a pole."""
    return trunk.head[1] * 0.47


def _backdrop(trunk: Body, left: Wing, right: Wing) -> list[DrawnPath]:
    """All that stands for nothing by itself: dark wings, spots, the body."""
    shapes = []
    for name, side in (("adverse", left), ("favorable", right)):
        shapes += [area_of(line, f"{name}-dark", 3.5) for line in side.outlines]
        shapes += [area_of(line, f"{name}-cell", side.rounding) for line in side.plain]
        shapes.append(together(disc(center, radius, "spot") for center, radius in side.spots))
    shapes += [stroke_of(line, "body", 5.0) for line in trunk.antennae]
    shapes += [disc(tip, trunk.head[1] * 0.22, "body") for tip in trunk.tips]
    return [*shapes, disc(*trunk.head, "body"), area_of(trunk.outline, "body", 2.0)]


def _flower_shapes(flower: Flower) -> list[DrawnPath]:
    shapes = [stroke_of(flower.stem, "stem", 4.0)]
    if flower.leaves:
        shapes.append(together(area_of(leaf, "stem", 0.5) for leaf in flower.leaves))
    shapes.append(together(area_of(petal, "petal") for petal in flower.petals))
    return [*shapes, disc(*flower.heart, "heart")]


def _description(content: MapContent, said: ButterflyWords) -> str:
    listed = {
        name: ", ".join(element.label for element in group.elements) or "–"
        for name, group in (
            ("principles", content.principles),
            ("adverse", content.adverse),
            ("favorable", content.favorable),
            ("areas", content.areas),
        )
    }
    return f"{said.about.format(**listed)} {said.note}"
