"""Paths that callers give, told at the call where they are none."""

from __future__ import annotations

import os
from pathlib import Path

from glocal_kg.errors import ArgumentError


def path_of(name: str, given: object) -> Path:
    """The path given as an argument.

    >>> path_of("folder", 3)
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ArgumentError: folder takes a path; 3 is not one.
    """
    if not isinstance(given, str | os.PathLike):
        raise ArgumentError(name, given, "a path")
    return Path(given)
