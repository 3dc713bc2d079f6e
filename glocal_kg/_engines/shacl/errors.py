"""The error of a shapes graph that cannot be used."""

from __future__ import annotations

from glocal_kg.errors import GlocalError


class ShapesError(GlocalError):
    """A shapes graph breaks the rules of SHACL; ``shape`` names the node where.

    >>> print(ShapesError("ex:A: sh:minCount is 'two'.", shape="ex:A", remedy="Give an integer."))
    ex:A: sh:minCount is 'two'. Give an integer.
    """

    def __init__(self, message: str, *, shape: str = "", remedy: str = "") -> None:
        self.shape = shape
        super().__init__(message, remedy=remedy)
