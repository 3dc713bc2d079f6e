"""The checks of the trade, run on any ontology and its data."""

from __future__ import annotations

from glocal_kg._quality.argued import Argument, read_arguments
from glocal_kg._quality.checklist import items
from glocal_kg._quality.item import Item
from glocal_kg._quality.outcomes import Outcome, QualityFinding, QualityReport
from glocal_kg._quality.running import check

__all__ = [
    "Argument",
    "Item",
    "Outcome",
    "QualityFinding",
    "QualityReport",
    "check",
    "items",
    "read_arguments",
]
