"""Releases: publish a graph as a folder of linked data, verify a folder, compare two graphs.

>>> from glocal_kg.release import compare, publish, verify
"""

from __future__ import annotations

from glocal_kg.release.changes import Change, Changes
from glocal_kg.release.comparing import compare
from glocal_kg.release.finding import Finding
from glocal_kg.release.patch import Patch, read_patch
from glocal_kg.release.publishing import Release, publish
from glocal_kg.release.verifying import verify

__all__ = [
    "Change", "Changes", "Finding", "Patch", "Release", "compare", "publish", "read_patch",
    "verify",
]  # fmt: skip
