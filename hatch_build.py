"""What building the package adds to it: the checkpoint of the packaged facts."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Checkpoint(BuildHookInterface[Any]):
    """Makes the checkpoint where it is not that of the sources, for every kind of build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make it beside the data, and name its place in what is built."""
        sys.path.insert(0, self.root)
        from glocal_kg._graph.checkpoint import FOLDER, is_current, make
        from glocal_kg._study.packaged import place

        folder = place(FOLDER)
        if not is_current():
            make(folder)
        inside = "glocal_kg/_packaged/" if self.target_name == "wheel" else ""
        build_data["force_include"][folder] = inside + FOLDER
