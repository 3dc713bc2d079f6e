"""The drawing itself: all elements, nothing overlaps, nothing leaves its place."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from math import cos, radians, sin

import pytest
from pyoxigraph import parse

from glocal_kg._glocal.butterfly.content import read_map
from glocal_kg._glocal.butterfly.curves import Box, Line
from glocal_kg._glocal.butterfly.layout import lay_out
from glocal_kg._glocal.butterfly.page import SHEETS
from glocal_kg._glocal.butterfly.scene import Scene
from glocal_kg._glocal.butterfly.setting import TextBlock
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.packaged import files
from glocal_kg.errors import ParameterError

KINDS = ["Principle", "AdverseTrend", "FavorableTrend", "AreaOfAttraction"]
LONG = "Unforeseeable consequences of intergovernmental disagreement for international cooperation"


@pytest.fixture(scope="module")
def packaged() -> Facts:
    """The packaged data."""
    return Facts.of(quad for path in files("data", ".trig") for quad in parse(path=path))


def scene_of(store: Facts, size: str = "page", language: str = "en") -> Scene:
    return drawn(store, size, language)


@cache
def drawn(store: Facts, size: str, language: str) -> Scene:
    return lay_out(read_map(store, languages=(language,)), size, (language,))


def corners(block: TextBlock, trim: float = 0.0) -> list[Line]:
    """The four corners of each line as it stands, turned where the block is turned.

    ``trim`` takes a share of the height off at top and foot.
    """
    c, s = cos(radians(block.turn)), sin(radians(block.turn))
    found = []
    for box in block.boxes():
        top, foot = box.y + trim * box.height, box.bottom - trim * box.height
        around = [(box.x, top), (box.right, top), (box.right, foot), (box.x, foot)]
        away = [(x - block.x, y - block.y) for x, y in around]
        found.append([(block.x + x * c - y * s, block.y + x * s + y * c) for x, y in away])
    return found


def apart(one: Line, two: Line) -> bool:
    """True where a straight line separates two convex outlines (separating axis theorem)."""
    for outline in (one, two):
        for a, b in zip(outline, outline[1:] + outline[:1], strict=True):
            normal = (b[1] - a[1], a[0] - b[0])
            first, second = (
                [x * normal[0] + y * normal[1] for x, y in points] for points in (one, two)
            )
            if max(first) <= min(second) or max(second) <= min(first):
                return True
    return False


def rectangle(box: Box) -> Line:
    return [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]


def check(scene: Scene) -> None:
    """Lines of text are apart, on the sheet, and inside the cell of their element."""
    # Lines of one block may share the room kept for accents and tails.
    lines = [line for block in scene.blocks() for line in corners(block, trim=0.08)]
    for one, two in combinations(lines, 2):
        assert apart(one, two), (one, two)
    for line in lines:
        assert all(0 <= x <= scene.width and 0 <= y <= scene.height for x, y in line)
    poles = scene.parts[-1].figures
    for figure in scene.figures():
        for line in corners(figure.text.block, trim=0.01):
            for pole in poles:
                assert isinstance(pole.cell, Box)
                assert figure is pole or apart(rectangle(pole.cell), line)
            assert figure.cell is not None
            cell = rectangle(figure.cell) if isinstance(figure.cell, Box) else figure.cell
            assert not _leaves(line, cell), figure.element.label


def _leaves(corners: Line, outline: Line) -> bool:
    """True where a point along the edge of the box is not inside the outline."""
    around = [
        (a[0] + (b[0] - a[0]) * i / 8, a[1] + (b[1] - a[1]) * i / 8)
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
        for i in range(8)
    ]
    middle = (sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4)
    # A hair toward the middle: text as wide as its room touches it.
    return any(
        not _inside((x + (middle[0] - x) * 1e-4, y + (middle[1] - y) * 1e-4), outline)
        for x, y in around
    )


def _inside(point: tuple[float, float], outline: Line) -> bool:
    x, y = point
    hits = 0
    for a, b in zip(outline, outline[1:] + outline[:1], strict=True):
        if (a[1] > y) != (b[1] > y):
            hits += x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
    return hits % 2 == 1


@pytest.mark.parametrize(("size", "language"), list(product(SHEETS, ["en", "it", "fr"])))
def test_the_map_of_the_study(study: Facts, size: str, language: str) -> None:
    scene = scene_of(study, size, language)
    check(scene)
    assert {part.name: len(part.figures) for part in scene.parts} == {
        "mottos": 1,
        "axis": 7,
        "adverse": 5,
        "favorable": 5,
        "areas": 7,
        "poles": 2,
    }
    # It is readable as it is: nothing had to be enlarged.
    assert scene.enlarge == 1.0
    sheet = SHEETS[size]
    assert all(figure.text.block.size >= sheet.legible for figure in scene.figures())


@pytest.mark.parametrize("language", ["en", "it", "fr"])
def test_the_packaged_map(packaged: Facts, language: str) -> None:
    for size in SHEETS:
        scene = scene_of(packaged, size, language)
        check(scene)
        assert [len(part.figures) for part in scene.parts] == [1, 7, 5, 5, 7, 2]
        assert {figure.element.language for figure in scene.figures()} == {language}


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("counts", [(1, 1, 1, 1), (3, 2, 4, 5), (12, 8, 8, 12), (20, 20, 20, 20)])
@pytest.mark.slow
def test_other_numbers(build, size: str, counts: tuple[int, ...]) -> None:
    labels = {
        kind: [f"{kind} number {i}" for i in range(count)]
        for kind, count in zip(KINDS, counts, strict=True)
    }
    scene = scene_of(build(**labels), size)
    check(scene)
    assert tuple(len(part.figures) for part in scene.parts[1:5]) == counts
    smallest = min(figure.text.block.size for figure in scene.figures())
    assert smallest * scene.enlarge >= SHEETS[size].legible - 1e-6


def turns(scene: Scene) -> set[float]:
    return {figure.text.block.turn for part in scene.parts[2:4] for figure in part.figures}


def test_names_stand_level_and_run_along_the_cells_only_where_there_are_many(
    study: Facts, build
) -> None:
    assert turns(scene_of(study)) == {0.0}
    many = scene_of(build(AdverseTrend=[f"adverse trend number {i}" for i in range(20)]))
    assert len(turns(many)) > 10
    assert all(-80 < turn < 80 for turn in turns(many))


@pytest.mark.parametrize("missing", KINDS)
def test_a_part_may_be_missing(build, missing: str) -> None:
    labels = {kind: ["one", "two"] for kind in KINDS if kind != missing}
    scene = scene_of(build(**labels))
    check(scene)
    assert sum(len(part.figures) for part in scene.parts[1:5]) == 6


@pytest.mark.parametrize(
    "label",
    [LONG, "Donaudampfschifffahrtsgesellschaftskapitän", "國際合作與城市外交的問題與限制", "x"],
)
def test_long_and_strange_labels(build, label: str) -> None:
    check(scene_of(build(**{kind: [label, "short", label] for kind in KINDS})))


@pytest.mark.parametrize("size", SHEETS)
def test_long_title_headings_and_motto(graphs, size: str) -> None:
    text = graphs.turtle(graphs.of_the_study())
    for short in ("ideal map of glocalization", "adverse trends", "axis of principles"):
        text = text.replace(short, LONG)
    text = text.replace("favorable trends", LONG).replace("areas of attraction", LONG)
    text = text.replace("The glocalization for", LONG * 3)
    scene = scene_of(graphs.store_of(text), size)
    check(scene)
    assert all(part.heading and part.heading.element.label == LONG for part in scene.parts[1:5])


def test_the_two_wings_have_one_size_of_type(study: Facts) -> None:
    scene = scene_of(study)
    sizes = {figure.text.block.size for part in scene.parts[2:4] for figure in part.figures}
    assert len(sizes) == 1


def test_adverse_left_favorable_right_principles_down_the_axis(study: Facts) -> None:
    _, axis, adverse, favorable, areas, _ = scene_of(study).parts
    middle = SHEETS["page"].width / 2
    assert all(figure.text.block.x < middle - 80 for figure in adverse.figures)
    assert all(figure.text.block.x > middle + 80 for figure in favorable.figures)
    heights = [figure.text.block.y for figure in axis.figures]
    assert heights == sorted(heights)
    assert all(abs(figure.text.block.x - middle) < 10 for figure in axis.figures)
    places = [figure.text.block.x for figure in areas.figures]
    assert places == sorted(places)


def test_headings_stand_clear_of_wings_and_antennae(study: Facts) -> None:
    for size in SHEETS:
        scene = scene_of(study, size)
        points = [(float(x), float(y)) for shape in scene.backdrop for x, y in _points(shape.path)]
        for part in scene.parts[1:5]:
            assert part.heading is not None
            for box in part.heading.text.block.boxes():
                assert not any(
                    box.x < x < box.right and box.y < y < box.bottom for x, y in points
                ), part.name


def _points(path: str) -> list[tuple[str, str]]:
    """The points that the curves of a path pass (not their handles); circles are left out."""
    import re

    ends = re.findall(r"C(?:\S+ ){4}(\S+?) (-?[\d.]+)", path)
    return [(x, y) for x, y in ends]


def test_flowers_stand_clear_of_wings_and_names(build) -> None:
    for count in (3, 7, 14):
        scene = scene_of(
            build(AdverseTrend=["a"], AreaOfAttraction=[f"area {i}" for i in range(count)])
        )
        wings = [line for shape in scene.backdrop[:2] for line in [shape.path]]
        outline = [[(float(x), float(y)) for x, y in _points(path)] for path in wings]
        areas = scene.parts[4]
        names = [box for figure in areas.figures for box in figure.text.block.boxes()]
        for figure in areas.figures:
            petals = [(float(x), float(y)) for x, y in _points(figure.shapes[-2].path)]
            assert petals
            for point in petals:
                assert not any(_inside(point, line) for line in outline)
                assert not any(
                    box.x < point[0] < box.right and box.y < point[1] < box.bottom for box in names
                )


def test_the_picture_says_that_the_layout_is_ours(study: Facts) -> None:
    for language, words in {"en": "is ours", "it": "è nostra", "fr": "la nôtre"}.items():
        scene = scene_of(study, language=language)
        assert "stud" not in scene.description.lower()  # it says so of the map of 2002 alone
        assert words in scene.description
        assert any(words in " ".join(text.block.lines.texts) for text in scene.texts)


def test_an_unknown_size_names_the_known_ones(study: Facts) -> None:
    with pytest.raises(ParameterError, match="'page', 'talk', 'phone'"):
        scene_of(study, "poster")
