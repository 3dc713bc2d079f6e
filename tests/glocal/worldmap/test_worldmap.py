"""The world map: right across the antimeridian, readable without color, said in words too."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from glocal_kg._glocal.sphere import cut, great_circles, straight_lines
from glocal_kg._glocal.worldmap import looks
from glocal_kg._glocal.worldmap.content import MappedPlace, Tie, content_of
from glocal_kg._glocal.worldmap.drawing import draw_world
from glocal_kg._glocal.worldmap.outline import outline
from glocal_kg._glocal.worldmap.projection import equal_earth, frame_of
from glocal_kg._glocal.worldmap.ties import tie_paths
from glocal_kg.errors import GlocalError, ParameterError

SVG = "{http://www.w3.org/2000/svg}"
PLACES = [
    MappedPlace("https://example.org/rome", "Rome", 41.9, 12.5, 9, "city of the study"),
    MappedPlace("https://example.org/suva", "Suva", -18.14, 178.44, 3, "city of mine"),
    MappedPlace("urn:apia", "Apia", -13.83, -171.77, 4, "city of mine"),
    MappedPlace("urn:kigali", "Kigali", -1.95, 30.06, 5, "city of the study"),
    MappedPlace("urn:nowhere", "Nowhere", None, None, 1, "city of mine"),
]
TIES = [
    Tie("https://example.org/rome", "urn:kigali", "twinning"),
    Tie("https://example.org/suva", "urn:apia", "works with"),
    Tie("urn:nowhere", "urn:apia", "twinning"),
]


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def described(svg: str) -> str:
    return tree(svg).find(f"{SVG}desc").text


# The globe


def test_a_great_circle_keeps_its_ends_and_its_plane():
    start, end = np.array([[2.35, 48.86]]), np.array([[139.7, 35.7]])
    line = great_circles(start, end, 40)[0]
    assert line[0].tolist() == start[0].tolist()
    assert line[-1].tolist() == end[0].tolist()
    lon, lat = np.radians(line).T
    on_globe = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
    normal = np.cross(on_globe[0], on_globe[-1])
    assert np.abs(on_globe @ normal).max() < 1e-12
    assert line[:, 1].max() > 60  # Paris to Tokyo goes over Siberia


@pytest.mark.parametrize("line_of", [great_circles, straight_lines])
def test_a_line_over_the_antimeridian_takes_the_short_way_and_is_cut_there(line_of):
    line = line_of(np.array([[178.44, -18.14]]), np.array([[-171.77, -13.83]]), 9)[0]
    parts = cut(line)
    assert [(part[0, 0], part[-1, 0]) for part in parts] == [(178.44, 180.0), (-180.0, -171.77)]
    assert parts[0][-1, 1] == parts[1][0, 1]
    for part in parts:
        assert np.ptp(part[:, 0]) < 10


def test_opposite_places_and_one_place_twice_have_a_line():
    opposite = great_circles(np.array([[10.0, 20.0]]), np.array([[-170.0, -20.0]]), 8)[0]
    assert np.isfinite(opposite).all()
    assert opposite[:, 1].max() > 60  # over the north pole
    assert np.isfinite(great_circles(np.zeros((1, 2)), np.zeros((1, 2)), 3)).all()
    poles = great_circles(np.array([[0.0, 90.0]]), np.array([[0.0, -90.0]]), 4)[0]
    assert np.isfinite(poles).all()


def test_the_projection_keeps_areas():
    def area(lat: float) -> float:
        box = np.array([[0, lat], [1, lat], [1, lat + 1], [0, lat + 1]], np.float64)
        x, y = equal_earth(box).T
        shown = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        low, high = np.radians([lat, lat + 1])
        return shown / (np.sin(high) - np.sin(low))

    assert [area(lat) for lat in (0, 40, 70)] == pytest.approx([area(10)] * 3, rel=1e-3)


def test_no_land_runs_back_across_the_map():
    found = outline()
    assert len(found.land) > 100
    for ring in found.land:
        assert ring[0].tolist() == ring[-1].tolist()
        steps = np.abs(np.diff(ring[:, 0]))
        along_the_pole = np.abs(ring[:-1, 1]) == 90
        assert (steps[~along_the_pole] < 30).all()
    for line in (*found.borders, *found.disputed):
        assert np.abs(np.diff(line[:, 0])).max() < 30


def test_disputed_borders_are_dashed_where_the_file_knows_them():
    found = outline()
    assert 8 <= len(found.disputed) <= 20
    middles = [line.mean(axis=0) for line in found.disputed]
    for lon, lat in ((21, 42.5), (45, 9.5), (-10.5, 27.5), (33.5, 35.1), (35.2, 32)):
        near = [abs(x - lon) + abs(y - lat) for x, y in middles]
        assert min(near) < 5, (lon, lat)  # Kosovo, Somaliland, Western Sahara, Cyprus, Palestine
    assert 'stroke-dasharray="30 25"' in draw_world(PLACES).svg


# The picture


def test_the_picture_is_valid_named_and_described_in_three_languages():
    for language, word, borders in (
        ("en", "Most partnerships: Apia (1), Kigali (1)", "takes no side"),
        ("it", "Più partenariati: Apia (1)", "non prende posizione"),
        ("fr", "Le plus de partenariats : Apia (1)", "ne prend pas parti"),
    ):
        picture = draw_world(PLACES, TIES, language=language)
        root = tree(picture.svg)
        assert root.get("lang") == language
        assert word in described(picture.svg)
        assert borders in described(picture.svg)
        printed = " ".join(text.text for text in root.iter(f"{SVG}text"))
        assert borders.split()[-1] in printed
        names = [one.text for one in root.iter(f"{SVG}title")]
        assert any(name.startswith("Rome: 9 ") for name in names)


def test_what_cannot_be_drawn_is_counted_and_said():
    printed = " ".join(text.text for text in tree(draw_world(PLACES, TIES).svg).iter(f"{SVG}text"))
    assert "Places without coordinates, not shown: 1." in printed
    assert "Partnerships with such places, not drawn: 1." in printed
    assert "not shown" not in draw_world(PLACES[:2], TIES[:0]).svg


def test_the_same_values_give_the_same_bytes_in_any_order():
    one = draw_world(PLACES, TIES).svg
    assert draw_world(PLACES[::-1], TIES[::-1]).svg == one


def test_only_web_addresses_become_links():
    bad = MappedPlace('javascript:alert("x")', 'A <b>"&', 1.0, 1.0, 1)
    svg = draw_world([*PLACES, bad]).svg
    links = [a.get("href") for a in tree(svg).iter(f"{SVG}a")]
    assert sorted(links) == ["https://example.org/rome", "https://example.org/suva"]
    assert "javascript" not in svg


def test_kinds_are_told_apart_without_color():
    assert len({looks.sign(kind, 0, 0, 5) for kind in range(4)}) == 4
    assert len(set(looks.LINES)) == len(looks.KINDS)
    svg = draw_world(PLACES, TIES).svg
    for kind in ("city of the study", "city of mine", "twinning", "works with"):
        assert f">{kind}</text>" in svg


def test_a_tie_across_the_antimeridian_is_drawn_on_both_sides():
    content = content_of(PLACES, TIES)
    frame = frame_of((0, 0, 1500, 730), equal_earth(np.array([[-180.0, 0], [180, 0], [0, 84]])))
    places = {place.iri: place for place in content.places}
    paths = tie_paths(content.ties, places, frame, straight=False)
    across = paths["works with", 1]
    starts = [int(x) / 10 for x in re.findall(r"M(-?\d+) ", across)]
    assert len(starts) == 2
    assert min(starts) < 100 < 1400 < max(starts)


def test_parallel_ties_are_one_wider_line():
    content = content_of(PLACES, [TIES[0], TIES[0], Tie("urn:kigali", TIES[0].source, "twinning")])
    places = {place.iri: place for place in content.places}
    frame = frame_of((0, 0, 1500, 730), equal_earth(np.array([[-180.0, 0], [180, 0], [0, 84]])))
    assert list(tie_paths(content.ties, places, frame, straight=True)) == [("twinning", 2)]


def test_names_do_not_lie_on_each_other():
    crowd = [MappedPlace(f"u{n:03}", f"Town {n}", 50 + n % 7 / 9, 9 + n / 30, n) for n in range(60)]
    svg = draw_world(crowd, labels=40).svg
    assert 1 < svg.count(">Town ") - 60 < 40  # titles aside: some find no room
    assert svg == draw_world(crowd[::-1], labels=40).svg


@pytest.mark.parametrize("size", list(looks.SHEETS))
def test_every_size_can_be_printed(size):
    picture = draw_world(PLACES, TIES, size=size)
    png = picture.png(width=400)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 400
    for text in tree(picture.svg).iter(f"{SVG}text"):
        if text.get("font-size"):
            assert float(text.get("font-size")) >= 13


def test_a_name_without_glyphs_is_told_for_png_and_left_to_the_viewer_in_svg(tmp_path):
    picture = draw_world([MappedPlace("u", "広島", 34.4, 132.45, 1)])
    assert "広島" in picture.svg
    with pytest.raises(GlocalError, match="no glyph for 2 signs"):
        picture.write(tmp_path / "map.png")
    assert picture.write(tmp_path / "map.svg").read_text(encoding="utf-8") == picture.svg


@pytest.mark.parametrize(
    ("place", "options", "message"),
    [
        (MappedPlace("u", "Swapped", 178.4, -18.1), {}, "Swapped cannot lie at latitude 178.4"),
        (PLACES[0], {"size": "wall"}, "no picture size 'wall'"),
        (PLACES[0], {"arcs": "bent"}, "no arcs 'bent'"),
        (PLACES[0], {"extent": "moon"}, "'moon'"),
    ],
)
def test_what_cannot_be_is_refused(place, options, message):
    with pytest.raises(ParameterError, match=message):
        draw_world([place], **options)


def test_a_map_of_nothing_is_a_map():
    assert "Places: 0; partnerships between them: 0." in described(draw_world([]).svg)


@pytest.mark.timeout(60)
def test_ten_thousand_partnerships_are_drawn():
    generator = np.random.default_rng(1)
    towns = [
        MappedPlace(
            f"u{n}", f"Town {n}", *generator.uniform((-60, -180), (75, 180)).tolist(), n % 5
        )
        for n in range(3000)
    ]
    ends = generator.integers(0, 3000, (10_000, 2)).tolist()
    ties = [Tie(f"u{one}", f"u{other}") for one, other in ends]
    assert "Places: 3000; partnerships between them: 10000." in described(
        draw_world(towns, ties).svg
    )
