"""Releases: publish a graph as a folder of linked data, verify a folder, compare two graphs.

>>> from glocal_kg._publish import compare, publish, verify
"""

from __future__ import annotations

from glocal_kg._publish.compare.changes import Comparison, Difference
from glocal_kg._publish.compare.comparing import compare
from glocal_kg._publish.compare.patch import Patch, read_patch
from glocal_kg._publish.publishing import Release, publish
from glocal_kg._publish.verify.finding import ReleaseFinding
from glocal_kg._publish.verify.verifying import verify

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
]  # fmt: skip
