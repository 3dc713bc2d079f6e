"""Releases: publish a graph as a folder of linked data, verify a folder, compare two graphs."""

from __future__ import annotations

from glocal_kg._publish import (
    Comparison,
    Difference,
    Patch,
    Release,
    ReleaseFinding,
    compare,
    publish,
    read_patch,
    verify,
)

__all__ = [
    "Comparison",
    "Difference",
    "Patch",
    "Release",
    "ReleaseFinding",
    "compare",
    "publish",
    "read_patch",
    "verify",
]
