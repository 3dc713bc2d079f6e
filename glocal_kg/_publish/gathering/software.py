"""The software that made a release: its version and a hash of its own source."""

from __future__ import annotations

import hashlib
from pathlib import Path


def software() -> str:
    """Name, version and SHA-256 of the source of this package, separated by spaces.

    >>> software().split(" ")[0]
    'glocal-kg'
    """
    from glocal_kg._version import version

    root = Path(__file__).parent.parent.parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda one: one.relative_to(root).as_posix()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return f"glocal-kg {version()} {digest.hexdigest()}"
