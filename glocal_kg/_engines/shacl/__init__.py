"""Checks facts against shapes (SHACL) and says where, what and what to do.

    shapes = Shapes(quads_of_the_shapes_graph)               # raises ShapesError
    report = shapes.validate(terms, triples, languages=["it", "en"])
    print(report.to_text())

``terms`` is a term table, ``triples`` an int32 array of shape (n, 3) or a ``TripleIndex``; the
facts are never changed. ``engine="pyshacl"`` asks the reference engine for the same report.
A ``Validator`` keeps a report up to date change by change. What needs numpy is imported when it
is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from glocal_kg._engines.shacl.report import Doubt, Finding, ValidationReport
from glocal_kg.errors import ShapesError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.shacl.incremental import ReportChange, Validator
    from glocal_kg._engines.shacl.shapes import Shapes

__all__ = [
    "Doubt",
    "Finding",
    "ReportChange",
    "Shapes",
    "ShapesError",
    "ValidationReport",
    "Validator",
]

_HOMES = {
    "ReportChange": "incremental",
    "Shapes": "shapes",
    "Validator": "incremental",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"glocal_kg._engines.shacl.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
