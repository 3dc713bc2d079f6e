"""Shapes that no data can satisfy, found by reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from glocal_kg.validation.report import Doubt
from glocal_kg.validation.shape import Shape
from glocal_kg.validation.terms import Term


def about_shapes(roots: Sequence[Shape], shapes: Mapping[Term, Shape]) -> list[Doubt]:
    """A doubt for each."""
    return []
