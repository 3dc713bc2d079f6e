"""The version of the package, from its metadata."""

from __future__ import annotations


def version() -> str:
    """The version that is installed; ``0+unknown`` in a checkout that is not.

    >>> bool(version())
    True
    """
    from importlib import metadata

    try:
        return metadata.version("glocal-kg")
    except metadata.PackageNotFoundError:
        return "0+unknown"
