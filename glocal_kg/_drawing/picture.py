"""A finished picture: as SVG text, as PNG bytes, as a file, in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from glocal_kg._drawing.typeface import FAMILY, face, read_typeface
from glocal_kg._rdf.arguments import PATH, WHOLE, every, path_of, takes
from glocal_kg._rdf.extras import need
from glocal_kg._rdf.writing.whole_file import write_whole
from glocal_kg.errors import GlocalError, ParameterError, ReadError

T = TypeVar("T")
_WEIGHTS = ("regular", "semibold")


@dataclass(frozen=True, repr=False)
class Picture:
    """A drawing; nothing is written before ``write`` is called.

    ``size`` is the width and height in pixels at which it is meant to be seen, ``texts`` every
    line of text on it with its weight, ``regular`` or ``semibold``, ``remarks`` what could not
    be drawn and what to do about it.
    """

    svg: str
    size: tuple[int, int]
    texts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...] = field(default=(), kw_only=True)

    def __repr__(self) -> str:
        return f"<Picture: {self.size[0]} by {self.size[1]} pixels>"

    @takes(width=WHOLE.or_none(), fonts=every(PATH, "a list of paths"))
    def png(self, *, width: int | None = None, fonts: Sequence[str | Path] = ()) -> bytes:
        """The picture as PNG: ``width`` pixels wide, by default twice its size (8000 at most).

        It is drawn with the typeface that comes along, on every machine alike; fonts of the
        system are not looked at. ``fonts`` are files for scripts which that typeface lacks.

        Raises ``ParameterError`` for a width that cannot be drawn, ``ReadError`` for a file that
        is no font, ``GlocalError`` for signs that no given font has (instead of empty boxes)
        and where the renderer is not installed.
        """
        need("resvg_py", "picture", "A PNG")
        import resvg_py

        pixels = min(2 * self.size[0], 8000) if width is None else width
        if not 16 <= pixels <= 20000:
            raise ParameterError(
                f"A picture cannot be {pixels} pixels wide.", remedy="Take 16 to 20000."
            )
        self._need_signs(fonts)
        return resvg_py.svg_to_bytes(
            svg_string=self.svg,
            width=pixels,
            skip_system_fonts=True,
            font_files=[str(face(weight).path) for weight in _WEIGHTS] + [str(f) for f in fonts],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )

    def write(self, path: str | Path, *, fonts: Sequence[str | Path] = ()) -> Path:
        """Write ``.svg`` or ``.png``, as the suffix says, whole or not at all.

        Raises ``ParameterError`` for another suffix, ``GlocalError`` where the file cannot be
        written.
        """
        target = path_of("path", path)
        suffix = target.suffix.lower()
        if suffix not in (".svg", ".png"):
            raise ParameterError(
                f"A picture cannot be written as '{target.name}'.",
                remedy="Give a name that ends in .svg or .png.",
            )
        return write_whole(target, self.svg if suffix == ".svg" else self.png(fonts=fonts))

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg

    def _need_signs(self, fonts: Sequence[str | Path]) -> None:
        faces = []
        for font in fonts:
            try:
                faces.append(read_typeface(Path(font)))
            except (OSError, ValueError, LookupError, ArithmeticError) as error:
                raise ReadError(
                    f"This is no font that can be read ({error}).",
                    source=str(font),
                    remedy="Give a TrueType or OpenType file (.ttf, .otf).",
                ) from error
        missing: dict[str, None] = {}
        for weight, line in self.texts:
            for sign in face(weight).lacks(line):
                if all(other.lacks(sign) for other in faces):
                    missing[sign] = None
        if missing:
            listed = " ".join(list(missing)[:20])
            raise GlocalError(
                f"{FAMILY} has no glyph for {len(missing)} signs of this map: {listed}",
                remedy="Give a font that has them (fonts=[...], on the command line --font), or "
                "write SVG, which the viewer draws with its own fonts.",
            )


def of_size(sizes: Mapping[str, T], size: str) -> T:
    """What a size of a picture stands for, by its name.

    >>> of_size({"page": 1, "talk": 2}, "wall")
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ParameterError: There is no picture size 'wall'. Take 'page', 'talk'.
    """
    if not isinstance(size, str) or size not in sizes:
        raise ParameterError(
            f"There is no picture size {size!r}.", remedy=f"Take {', '.join(map(repr, sizes))}."
        )
    return sizes[size]
