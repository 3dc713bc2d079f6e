"""The finished butterfly: a picture that keeps the scene it was drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from glocal_kg._drawing import picture
from glocal_kg._glocal.butterfly.scene import Scene
from glocal_kg._glocal.butterfly.svg import write


@dataclass(frozen=True, repr=False)
class Butterfly(picture.Picture):
    """A drawing of a map; nothing is written before ``write`` is called."""

    scene: Scene

    @classmethod
    def of(cls, scene: Scene) -> Butterfly:
        """The picture of a scene."""
        size = (round(scene.width * scene.enlarge), round(scene.height * scene.enlarge))
        texts = ((block.weight, line) for block in scene.blocks() for line in block.lines.texts)
        return cls(write(scene), size, tuple(texts), scene)
