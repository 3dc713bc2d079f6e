"""Widths from the font file are the widths that the renderer draws."""

from __future__ import annotations

from pathlib import Path

import pytest
import resvg_py

from glocal_kg._drawing.typeface import FAMILY, face, read_typeface


@pytest.mark.parametrize("weight", ["regular", "semibold"])
@pytest.mark.parametrize("text", ["HHHHHHHHHH", "International cooperation", "ÉÀÔÇœßł ЖЩ Ωψ"])
def test_measured_width_is_the_drawn_width(weight: str, text: str, pixels) -> None:
    number = {"regular": 400, "semibold": 600}[weight]
    drawn = resvg_py.svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" width="900" height="80">'
        '<rect width="900" height="80" fill="white"/>'
        f'<text x="20" y="60" font-size="50" font-family="{FAMILY}" font-weight="{number}">'
        f"{text}</text></svg>",
        skip_system_fonts=True,
        font_files=[str(face("regular").path), str(face("semibold").path)],
    )
    image = pixels(drawn)
    inked = [x for x in range(image.width) for y in range(80) if image.at(x, y)[0] < 128]
    measured = 50 * face(weight).width(text)
    # Ink begins and ends a little inside the advance widths, and kerning brings signs closer.
    assert measured * 0.97 - 8 <= max(inked) - min(inked) <= measured


def test_weights_are_two_fonts() -> None:
    assert face("semibold").width("weight") > face("regular").width("weight")


def test_unknown_signs_count_as_wide_and_marks_as_nothing() -> None:
    assert face("regular").width("平和") == 2.0
    assert face("regular").lacks("平a和 平") == ["平", "和"]
    assert face("regular").width("\u0f71") == 0.0


def test_a_file_that_is_no_font(tmp_path: Path) -> None:
    path = tmp_path / "letter.ttf"
    path.write_bytes(b"Dear reader")
    with pytest.raises(ValueError, match=r"letter\.ttf is not a TrueType"):
        read_typeface(path)
