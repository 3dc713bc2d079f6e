"""A finished picture: as SVG text, as PNG bytes, as a file, in a notebook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from glocal_kg._glocal.butterfly.scene import Scene
from glocal_kg._glocal.butterfly.svg import write
from glocal_kg._glocal.butterfly.typeface import FAMILY, INSTALL, face, read_typeface
from glocal_kg.errors import GlocalError, ParameterError, ReadError

_WEIGHTS = ("regular", "semibold")


@dataclass(frozen=True)
class Picture:
    """A drawing of a map; nothing is written before ``write`` is called."""

    scene: Scene
    svg: str

    @classmethod
    def of(cls, scene: Scene) -> Picture:
        """The picture of a scene."""
        return cls(scene, write(scene))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels at which the picture is meant to be seen."""
        scale = self.scene.enlarge
        return round(self.scene.width * scale), round(self.scene.height * scale)

    def png(self, *, width: int | None = None, fonts: Sequence[str | Path] = ()) -> bytes:
        """The picture as PNG: ``width`` pixels wide, by default twice its size (8000 at most).

        It is drawn with the typeface that comes along, on every machine alike; fonts of the
        system are not looked at. ``fonts`` are files for scripts which that typeface lacks.

        Raises ``ParameterError`` for a width that cannot be drawn, ``ReadError`` for a file that
        is no font, ``GlocalError`` for signs that no given font has (instead of empty boxes)
        and where the renderer is not installed.
        """
        try:
            import resvg_py
        except ModuleNotFoundError as error:
            raise GlocalError("A PNG needs the renderer resvg-py.", remedy=INSTALL) from error

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
        target = Path(path)
        if target.suffix.lower() == ".svg":
            data = self.svg.encode()
        elif target.suffix.lower() == ".png":
            data = self.png(fonts=fonts)
        else:
            raise ParameterError(
                f"A picture cannot be written as '{target.name}'.",
                remedy="Give a name that ends in .svg or .png.",
            )
        unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            unfinished.write_bytes(data)
            os.replace(unfinished, target)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise GlocalError(
                f"The picture cannot be written to '{target}': {error.strerror}.",
                remedy="Give a file in a folder that exists and may be written to.",
            ) from error
        return target

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
        for block in self.scene.blocks():
            for line in block.lines.texts:
                for sign in face(block.weight).lacks(line):
                    if all(other.lacks(sign) for other in faces):
                        missing[sign] = None
        if missing:
            listed = " ".join(list(missing)[:20])
            raise GlocalError(
                f"{FAMILY} has no glyph for {len(missing)} signs of this map: {listed}",
                remedy="Give a font that has them (fonts=[...], on the command line --font), or "
                "write SVG, which the viewer draws with its own fonts.",
            )
