"""The typeface of the picture and its real widths, read from its TrueType file.

Every text is measured before it is placed, so that no line leaves its cell in any language.
Only four tables of the file are read: ``head``, ``hhea``, ``hmtx`` and ``cmap``.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from glocal_kg.errors import GlocalError

FAMILY = "Source Sans Pro"
FALLBACKS = "'Source Sans 3', 'Open Sans', 'Helvetica Neue', Arial, sans-serif"
FONTS = f"'{FAMILY}', {FALLBACKS}"
ASCENT, DESCENT, LEADING = 0.76, 0.24, 1.16
"""Above and below the base line, and from line to line, in shares of the size."""

INSTALL = "Install it with: pip install 'glocal-kg[picture]'."
_PACKAGE = "font_source_sans_pro"
_FILES = {"regular": "SourceSansPro-Regular.ttf", "semibold": "SourceSansPro-Semibold.ttf"}


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font file: which characters it has and how wide they are, in shares of the size."""

    path: Path
    widths: dict[int, float]

    def width(self, text: str) -> float:
        """The width of a text set at size 1, without kerning (which only brings signs closer).

        A character that the file lacks is drawn by some other font, so it counts as wide as it
        may be there: nothing for a combining mark, one size for everything else.

        >>> face("regular").width("i") < face("regular").width("m") < 1
        True
        >>> face("regular").width("図")
        1.0
        """
        total = 0.0
        for character in text:
            known = self.widths.get(ord(character))
            if known is None:
                known = 0.0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1.0
            total += known
        return total

    def lacks(self, text: str) -> list[str]:
        """The characters of a text that this font cannot draw, each once, in order.

        >>> face("regular").lacks("pace, мир, 平和")
        ['平', '和']
        """
        visible = (c for c in text if not c.isspace() and ord(c) not in self.widths)
        return list(dict.fromkeys(visible))


@cache
def face(weight: str) -> Typeface:
    """The font of the picture in one weight, ``regular`` or ``semibold``.

    Raises ``GlocalError`` where the package with the font is not installed.

    >>> face("semibold").path.name
    'SourceSansPro-Semibold.ttf'
    """
    try:
        package = files(_PACKAGE)
    except ModuleNotFoundError as error:
        raise GlocalError(
            f"Drawing needs the typeface {FAMILY} to measure text.", remedy=INSTALL
        ) from error
    return read_typeface(Path(str(package / "files" / _FILES[weight])))


def read_typeface(path: Path) -> Typeface:
    """Read the widths from a TrueType file with a Unicode character map.

    Raises ``ValueError`` where the file is no such font.
    """
    data = path.read_bytes()
    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        raise ValueError(f"{path} is not a TrueType or OpenType font.")
    tables = {}
    for place in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, place)
        tables[tag] = data[start : start + length]
    units = struct.unpack_from(">H", tables[b"head"], 18)[0]
    count = struct.unpack_from(">H", tables[b"hhea"], 34)[0]
    advances = [struct.unpack_from(">H", tables[b"hmtx"], 4 * glyph)[0] for glyph in range(count)]
    # Glyphs after the last listed one share its width (monospaced tails).
    return Typeface(
        path,
        {
            code: advances[min(glyph, count - 1)] / units
            for code, glyph in _characters(tables[b"cmap"]).items()
        },
    )


def _characters(table: bytes) -> dict[int, int]:
    """Character code to glyph number, from the fullest Unicode map of a ``cmap`` table."""
    maps = {}
    for number in range(struct.unpack_from(">H", table, 2)[0]):
        platform, encoding, start = struct.unpack_from(">HHL", table, 4 + 8 * number)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            maps[struct.unpack_from(">H", table, start)[0]] = table[start:]
    if 12 in maps:
        return _segments_of_format_12(maps[12])
    if 4 in maps:
        return _segments_of_format_4(maps[4])
    raise ValueError("The font has no Unicode character map.")


def _segments_of_format_12(table: bytes) -> dict[int, int]:
    found = {}
    for group in range(struct.unpack_from(">L", table, 12)[0]):
        first, last, glyph = struct.unpack_from(">LLL", table, 16 + 12 * group)
        found.update({code: glyph + code - first for code in range(first, last + 1)})
    return found


def _segments_of_format_4(table: bytes) -> dict[int, int]:
    double = struct.unpack_from(">H", table, 6)[0]
    found = {}
    for place in range(14, 14 + double, 2):
        last = struct.unpack_from(">H", table, place)[0]
        first, delta, offset = (
            struct.unpack_from(">H", table, place + 2 + double * column)[0] for column in (1, 2, 3)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                spot = place + 2 + 3 * double + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", table, spot)[0]
            if glyph or not offset:
                found[code] = (glyph + delta) & 0xFFFF
    return {code: glyph for code, glyph in found.items() if glyph}


def fixed(weight: str, text: str, size: float) -> str:
    """The length of a line of text as attributes of SVG: it fits where another font is used.

    Nothing for a single sign, nor where signs could not be measured, which must not be stretched
    to a guess.

    >>> fixed("regular", "map", 10), fixed("regular", "地図", 10)
    (' textLength="18.9" lengthAdjust="spacingAndGlyphs"', '')
    """
    if len(text) < 2 or face(weight).lacks(text):
        return ""
    length = face(weight).width(text) * size
    told = f"{length:.1f}".removesuffix(".0")
    return f' textLength="{told}" lengthAdjust="spacingAndGlyphs"'
