"""The picture as PNG and as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from glocal_kg._glocal.butterfly import draw
from glocal_kg._glocal.butterfly.curves import Box
from glocal_kg._glocal.butterfly.svg import PALETTE
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import GlocalError, ParameterError, ReadError


def rgb(name: str) -> tuple[int, ...]:
    return tuple(int(PALETTE[name][i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.parametrize(("size", "shape"), [("page", (1600, 1131)), ("talk", (1920, 1080))])
@pytest.mark.slow
def test_png_shows_the_picture(study: Facts, pixels, size: str, shape: tuple[int, int]) -> None:
    picture = draw(study, size=size)
    assert picture.size == shape
    image = pixels(picture.png(width=1200))
    scale = 1200 / shape[0]
    assert image.width == 1200
    assert abs(image.height - shape[1] * scale) < 1
    whole = Box(0, 0, image.width, image.height)
    assert image.at(3, 3) == rgb("paper")
    # Every text is there: its color is found inside its box.
    scene = picture.scene
    for text in (*scene.texts, *(figure.text for figure in scene.figures())):
        for box in text.block.boxes():
            place = Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
            assert image.has(rgb(text.color), place), text.block.lines.texts
    # And so are the parts of the butterfly and the flowers.
    for color in ("adverse-dark", "favorable-dark", "segment", "spot", "petal", "heart", "stem"):
        assert image.has(rgb(color), whole), color


def test_wings_are_orange_left_and_blue_right(study: Facts, pixels) -> None:
    image = pixels(draw(study).png(width=400))
    half = image.width // 2
    left = [image.at(x, y) for x in range(20, half - 40, 5) for y in range(70, 200, 5)]
    right = [image.at(x, y) for x in range(half + 40, 380, 5) for y in range(70, 200, 5)]
    assert sum(red > blue + 40 for red, _, blue in left) > len(left) / 2
    assert sum(blue > red + 40 for red, _, blue in right) > len(right) / 2


@pytest.mark.parametrize("width", [0, -5, 1_000_000])
def test_a_width_that_cannot_be(study: Facts, width: int) -> None:
    with pytest.raises(ParameterError, match="Take 16 to 20000"):
        draw(study).png(width=width)


def test_the_same_bytes_twice(study: Facts) -> None:
    assert draw(study).png(width=300) == draw(study).png(width=300)


def test_a_font_for_other_scripts(build, tmp_path: Path) -> None:
    picture = draw(build(Principle=["平和", "city"]))
    with pytest.raises(GlocalError, match=r"no glyph for 2 signs of this map: 平 和 Give a font"):
        picture.png()
    with pytest.raises(GlocalError):
        picture.write(tmp_path / "map.png")
    assert list(tmp_path.iterdir()) == []
    picture.write(tmp_path / "map.svg")
    no_font = tmp_path / "letter.ttf"
    no_font.write_text("Dear reader")
    with pytest.raises(ReadError, match=r"letter\.ttf: This is no font"):
        picture.png(fonts=[no_font])
    with pytest.raises(ReadError, match=r"absent\.ttf"):
        picture.png(fonts=[tmp_path / "absent.ttf"])


def test_a_given_font_is_used(build, pixels) -> None:
    path = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not path.is_file():
        pytest.skip("needs a font with Armenian letters, DejaVu Sans, which is not installed")
    picture = draw(build(Principle=["Խաղաղություն"]))
    with pytest.raises(GlocalError, match="no glyph"):
        picture.png()
    image = pixels(picture.png(width=800, fonts=[path]))
    (box,) = picture.scene.parts[1].figures[0].text.block.boxes()
    place = Box(box.x / 2, box.y / 2, box.width / 2, box.height / 2)
    assert image.has(rgb("light"), place)
    assert image.has(rgb("segment"), place)


def test_write_goes_by_suffix_and_png_is_twice_the_size(study: Facts, tmp_path: Path) -> None:
    picture = draw(study)
    svg = picture.write(tmp_path / "map.svg")
    assert svg.read_text(encoding="utf-8") == picture.svg == picture._repr_svg_()
    png = picture.write(str(tmp_path / "map.PNG"))
    data = png.read_bytes()
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (3200, 2262)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.PNG", "map.svg"]


@pytest.mark.parametrize("name", ["map.jpg", "map", "svg"])
def test_another_suffix_is_refused(study: Facts, tmp_path: Path, name: str) -> None:
    with pytest.raises(ParameterError, match=r"ends in \.svg or \.png"):
        draw(study).write(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(study: Facts, tmp_path: Path) -> None:
    with pytest.raises(GlocalError, match=r"absent.*cannot be written|cannot be written.*absent"):
        draw(study).write(tmp_path / "absent" / "map.svg")


def test_a_failed_write_leaves_the_old_file(study: Facts, tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    target.mkdir()
    with pytest.raises(GlocalError, match="cannot be written"):
        draw(study).write(target)
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


def test_drawing_svg_does_not_load_the_renderer() -> None:
    import subprocess

    program = (
        "import sys; import glocal_kg._glocal.butterfly; "
        "assert 'resvg_py' not in sys.modules, 'loaded too early'"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root)


def test_missing_packages_are_named(study: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    from glocal_kg._drawing import typeface

    picture = draw(study)
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(GlocalError, match=r"needs resvg_py.*glocal-kg\[picture\]"):
        picture.png()
    monkeypatch.setattr(typeface, "_PACKAGE", "no_such_package_of_fonts")
    typeface.face.cache_clear()
    try:
        with pytest.raises(GlocalError, match=r"Source Sans Pro .*glocal-kg\[picture\]"):
            draw(study)
    finally:
        typeface.face.cache_clear()
